"""A process that ends when this one does, on Windows: in a job that is closed with the last handle to it."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from toc.log import tell

if TYPE_CHECKING:
    import subprocess

EXTENDED_LIMITS: Final = 9  # JobObjectExtendedLimitInformation
KILL_ON_CLOSE: Final = 0x2000  # JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE


class _Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION: of all that can be limited, only the flags are set here."""

    _fields_ = (
        ("times", ctypes.c_int64 * 2),
        ("flags", ctypes.c_uint32),
        ("working_set", ctypes.c_size_t * 2),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("classes", ctypes.c_uint32 * 2),
        ("counters", ctypes.c_uint64 * 6),
        ("memory", ctypes.c_size_t * 4),
    )


if sys.platform == "win32":

    @contextmanager
    def job_of(process: subprocess.Popen[bytes]) -> Iterator[None]:
        """Have the process, and what it starts, end with the block, or with this process if that is sooner."""
        system = ctypes.WinDLL("kernel32", use_last_error=True)
        system.CreateJobObjectW.restype = ctypes.c_void_p
        job = ctypes.c_void_p(system.CreateJobObjectW(None, None))
        limits = _Limits(flags=KILL_ON_CLOSE)
        handle = ctypes.c_void_p(int(process._handle))  # type: ignore[attr-defined]  # noqa: SLF001  # no other way
        try:
            if not (
                system.SetInformationJobObject(job, EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
                and system.AssignProcessToJobObject(job, handle)
            ):
                tell("an engine that hangs would outlive this process: error %d of Windows", ctypes.get_last_error())
            yield
        finally:
            system.CloseHandle(job)

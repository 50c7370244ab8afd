"""Whose line it was: the first one outside this package, for warnings, for errors in a notebook and for sketches."""

from __future__ import annotations

import linecache
import os
import sys
from types import FrameType, TracebackType
from typing import Final

HERE: Final = os.path.dirname(__file__) + os.sep  # noqa: PTH120  # pathlib would be imported for this alone


def caller() -> tuple[FrameType, int]:
    """The innermost frame outside this package, and how many calls lie between it and whoever asks, itself included."""
    frame, calls = sys._getframe(1), 1  # noqa: SLF001  # `inspect` would read source files
    while frame.f_code.co_filename.startswith(HERE) and frame.f_back is not None:
        frame, calls = frame.f_back, calls + 1
    return frame, calls


def source_name(file: str) -> str:
    """What a person calls a file of Python: a notebook gives each cell a file name that nobody knows."""
    return "this cell" if "ipykernel" in file or "<ipython" in file else os.path.basename(file)  # noqa: PTH119


def asking_line(trace: TracebackType | None) -> str:
    """The line outside this package that led into it, with its place; nothing where there is none."""
    asked: TracebackType | None = None
    while trace is not None and not trace.tb_frame.f_code.co_filename.startswith(HERE):
        asked, trace = trace, trace.tb_next
    if asked is None or trace is None:
        return ""
    file, line = asked.tb_frame.f_code.co_filename, asked.tb_lineno
    place = "" if source_name(file) == "this cell" else f"{source_name(file)}, "
    return f"{place}line {line}: {linecache.getline(file, line).strip()}"

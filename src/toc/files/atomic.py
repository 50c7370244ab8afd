"""Writing a file at one stroke: whoever reads it meanwhile, or after a crash, finds the old file or the new one."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from toc.errors import TheoryError
from toc.problems import Problem

_NOT_WRITTEN: Final = {
    errno.ENOENT: "the folder does not exist: make it first, or choose another",
    errno.ENOTDIR: "the folder does not exist: make it first, or choose another",
    errno.EACCES: "no permission to write here: choose another folder or ask its owner",
    errno.EPERM: "no permission to write here: choose another folder or ask its owner",
    errno.EROFS: "nothing can be written to this disk: choose another folder",
    errno.ENOSPC: "the disk is full: nothing was changed",
    errno.EDQUOT: "the disk is full: nothing was changed",
    errno.ELOOP: "this is a link that leads back to itself",
    errno.ENAMETOOLONG: "the name of the file is too long",
}


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Replace what stands in a file, or make the file, completely or not at all.

    An existing file keeps its permissions; a link keeps leading to its target, and the target is replaced.
    Raises `TheoryError` (TOC001) when the file cannot be written; nothing is changed then and nothing left behind.

    >>> write_bytes("my.yaml", b"title: Reading")
    >>> write_bytes("no-such-folder/my.yaml", b"")
    Traceback (most recent call last):
      ...
    toc.errors.TheoryError: no-such-folder/my.yaml: the folder does not exist: make it first, or choose another [TOC001]
    """
    source = os.fspath(path)
    try:
        target = Path(os.path.realpath(source))
        mode = _mode_of(target, source)
        _replace(target, data, mode)
    except OSError as error:
        message = _NOT_WRITTEN.get(error.errno or 0) or f"the file cannot be written ({error.strerror or error})"
        raise TheoryError([Problem("TOC001", message)], source=source) from None
    except ValueError as error:
        if isinstance(error, TheoryError):
            raise
        raise TheoryError([Problem("TOC001", "this is not the name of a file")], source=source) from None


def _mode_of(target: Path, source: str) -> int:
    """The permissions the new file is to have: the old file's, or what the system gives to new files."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return 0o666 & ~_umask()
    if stat.S_ISREG(status.st_mode):
        return stat.S_IMODE(status.st_mode)
    message = (
        "this is a folder: give the name of a file in it" if stat.S_ISDIR(status.st_mode) else "this is not a file"
    )
    raise TheoryError([Problem("TOC001", message)], source=source)


def _umask() -> int:
    # The only way to ask is to set it; a strict mask in between can only make another thread's file more private.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _replace(target: Path, data: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """Make the new name last through a power cut, on systems where folders can be written through."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

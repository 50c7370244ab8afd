"""Writing a file at one stroke: whoever reads it meanwhile, or after a crash, finds the old file or the new one."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Final

from toc.errors import TheoryError
from toc.problems import Problem

_NO_PERMISSION: Final = "no permission to write here: choose another folder or ask its owner"
_NOT_WRITTEN: Final = {
    errno.ENOENT: "the folder does not exist: make it first, or choose another",
    errno.ENOTDIR: "the folder does not exist: make it first, or choose another",
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EROFS: "nothing can be written to this disk: choose another folder",
    errno.ENOSPC: "the disk is full: make room and save again; nothing was changed",
    errno.EDQUOT: "your share of the disk is full: make room and save again; nothing was changed",
    errno.ELOOP: "this is a link that leads back to itself",
    errno.ENAMETOOLONG: "the name of the file is too long",
}
# The new file stands ready beside the old one, so what is refused here is only that it takes the old one's place.
_IN_USE: Final = "this file cannot be replaced: close it in other programs and save again, or choose another name"
_NOT_REPLACED: Final = dict.fromkeys((errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY), _IN_USE)
_PROTECTED: Final = "this file is protected against writing: allow writing to it, or choose another name"

_OURS: Final = re.compile(r"\.toc-[0-9a-f]{16}\.part")
_DAY: Final = 24 * 60 * 60
_MOST_LOOKED_AT: Final = 10_000
"""The most files of a folder among which left-over ones are looked for."""


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Replace what stands in a file, or make the file, completely or not at all.

    An existing file keeps its permissions; a link keeps leading to its target, and the target is replaced.
    Raises `TheoryError` (TOC001) when the file cannot be written; nothing is changed then and nothing left behind.
    """
    with _told_in_words(os.fspath(path)):
        target = Path(os.path.realpath(path))
        old = _standing(target)
        part = target.parent / f".toc-{os.urandom(8).hex()}.part"
        try:
            written = _write(part, data, old)
            try:
                part.replace(target)
            except OSError as error:
                raise _refused(_NOT_REPLACED.get(error.errno or 0, _reason(error))) from None
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
        _settle(target.parent)
        _sweep(target.parent, written.st_mtime)


@contextmanager
def _told_in_words(source: str) -> Iterator[None]:
    """Turn whatever the system says into one problem of the file `source`."""
    try:
        yield
    except TheoryError as error:
        raise TheoryError(error.problems, source=source) from None
    except OSError as error:
        raise TheoryError(_refused(_reason(error)).problems, source=source) from None
    except ValueError:
        raise TheoryError(_refused("this is not the name of a file").problems, source=source) from None


def _reason(error: OSError) -> str:
    return _NOT_WRITTEN.get(error.errno or 0) or f"the file cannot be written ({error.strerror or error})"


def _refused(message: str) -> TheoryError:
    return TheoryError([Problem("TOC001", message)])


def _standing(target: Path) -> os.stat_result | None:
    """What the system says of the file that is to be replaced; None where none stands."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise _refused("this is a folder: give the name of a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise _refused("this is not a file: give the name of one")
    # A file can be replaced without a right to write into it; that is not what its owner meant.
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise _refused(_PROTECTED)
    return status


def _write(part: Path, data: bytes, old: os.stat_result | None) -> os.stat_result:
    """Make a new file with what the system allows new files, or with the owner and the permissions of the old one."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # What replaces a private file is private from the start.
    handle = os.open(part, flags, 0o666 if old is None else 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        if old is not None:
            _take_after(part, old)
        os.fsync(handle)
        return os.fstat(handle)


def _take_after(part: Path, old: os.stat_result) -> None:
    """Give a file the owner and group of another, as far as that is allowed, and then its permissions."""
    for ids in ((-1, old.st_gid), (old.st_uid, -1)) if hasattr(os, "chown") else ():
        with suppress(OSError):
            os.chown(part, *ids)
    part.chmod(stat.S_IMODE(old.st_mode))


def _settle(folder: Path) -> None:
    """Make the new name last through a power cut, on systems where folders can be written through."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path, now: float) -> None:
    """Delete what writers left behind that were killed a day ago or earlier, by the clock that dates the files.

    A process number would not do: on a shared disk, the writer may live on another machine.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in islice(entries, _MOST_LOOKED_AT):
            if _OURS.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    if now - entry.stat(follow_symlinks=False).st_mtime > _DAY:
                        Path(entry.path).unlink()

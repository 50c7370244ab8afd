"""Bytes to text: every file is a stranger's, so it is opened, measured and looked over before anything reads it."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable
from itertools import islice
from pathlib import Path, PurePath
from typing import Final

from toc.errors import TheoryError
from toc.files.spots import position
from toc.limits import DEFAULT, limits_now
from toc.problems import Problem
from toc.spelling import hint, nearest

LARGEST: Final = DEFAULT.bytes
"""The most bytes a theory may take where no other limit is set."""

BOM: Final = b"\xef\xbb\xbf"
"""The byte order mark that some programs put before text; it says nothing, and a file that has it keeps it."""

_ASCII_CONTROLS: Final = bytes([*range(9), 11, 12, *range(14, 32), 127])
_C1_CONTROL: Final = re.compile(b"\xc2[\x80-\x9f]|\xef\xbf[\xbe\xbf]")
REFUSED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_OFFICE: Final = (
    "this is a Word or Excel file: save it as plain text; `toc new my.yaml --from file.xlsx` reads a workbook"
)
_STRANGERS: Final = (
    (b"PK\x03\x04", _OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    (b"%PDF", "this is a PDF: copy its words into a text file, or start one with `toc new`"),
    (b"{\\rtf", "this is a Rich Text file: save it as plain text"),
    (b"\xff\xfe", "this text is saved as UTF-16: save it again with the encoding UTF-8"),
    (b"\xfe\xff", "this text is saved as UTF-16: save it again with the encoding UTF-8"),
)
_NOT_OPENED: Final = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "there is no such file",
    errno.EACCES: "no permission to read this file: ask its owner, or copy it to a place of your own",
    errno.EPERM: "no permission to read this file: ask its owner, or copy it to a place of your own",
    errno.ELOOP: "this is a link that leads back to itself",
    errno.ENAMETOOLONG: "the name of the file is too long",
    errno.ENXIO: "this is not a file: give the file that holds the theory",
}

_LOCKED: Final = (32, 33)
"""What Windows calls a file, or a part of one, that another program keeps to itself."""


def read_text(path: str | os.PathLike[str]) -> str:
    """The text of a file, without its byte order mark; raises `TheoryError` (TOC001, TOC002 or TOC004)."""
    return decode(read_bytes(path), source=os.fspath(path))


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """What stands in the file, unless it is too large; raises `TheoryError` (TOC001 or TOC004)."""
    source = os.fspath(path)
    try:
        _refuse_unless_file(Path(source).stat(), source)
        # The file may have become a pipe since: opening must not wait, and what was opened is looked at again.
        handle = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb", buffering=0) as stream:
            _refuse_unless_file(os.fstat(handle), source)
            return _bounded(stream.read, source)
    except OSError as error:
        raise _not_opened(error, source) from None
    except ValueError as error:
        if isinstance(error, TheoryError):
            raise
        raise _error("TOC001", "this is not the name of a file", source) from None


def decode(data: bytes, *, source: str | None = None) -> str:
    """Bytes as text without a byte order mark; raises `TheoryError` (TOC002 or TOC004) unless they are fit for a theory."""
    if len(data) > limits_now().bytes:
        raise _too_large(len(data), source)
    for start, message in _STRANGERS:
        if data.startswith(start):
            raise _error("TOC002", message, source)
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _not_utf8(data, error.start, source) from None
    if len(data.translate(None, _ASCII_CONTROLS)) != len(data) or (not data.isascii() and _C1_CONTROL.search(data)):
        refuse_characters(text, source=source)
    return text


def check_text(text: str, *, source: str | None = None) -> str:
    """Text given as text, held to the same rules, without its byte order mark."""
    size = len(text)
    if size <= limits_now().bytes and not text.isascii():
        size = len(text.encode("utf-8", "surrogatepass"))
    if size > limits_now().bytes:
        raise _too_large(size, source)
    text = text.removeprefix("\ufeff")
    refuse_characters(text, source=source)
    return text


def refuse_characters(text: str, *, source: str | None = None) -> None:
    """Raises `TheoryError` (TOC002) at the first character that may not stand in a theory's text."""
    found = REFUSED.search(text)
    if found is None:
        return
    character = found[0]
    if character == "\x00":
        text_is = "the invisible character U+0000 may not stand in the text: delete it"
        if text.count("\x00") > len(text) // 4:
            text_is = "this text is saved as UTF-16: save it again with the encoding UTF-8"
    elif "\ud800" <= character <= "\udfff":
        text_is = f"half a character (U+{ord(character):04X}) stands alone: delete it and type the character again"
    else:
        text_is = f"the invisible character U+{ord(character):04X} may not stand in the text: delete it"
    raise _error("TOC002", text_is, source, *position(text, found.start()))


def _bounded(read: Callable[[int], bytes | None], source: str) -> bytes:
    """Everything there is to read, or an error as soon as it is too much; sizes the system names are not trusted."""
    pieces: list[bytes] = []
    total = 0
    while piece := read(1 << 20):
        pieces.append(piece)
        total += len(piece)
        if total > limits_now().bytes:
            raise _error("TOC004", f"the file is larger than {_size(limits_now().bytes)}", source)
    return b"".join(pieces)


def _refuse_unless_file(status: os.stat_result, source: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise _error("TOC001", "this is a folder: name the file in it that is meant", source)
    if not stat.S_ISREG(status.st_mode):
        raise _error("TOC001", "this is not a file: give the file that holds the theory, or `-` for a pipe", source)
    if status.st_size > limits_now().bytes:
        raise _too_large(status.st_size, source)


def _not_opened(error: OSError, source: str) -> TheoryError:
    message = _NOT_OPENED.get(error.errno or 0) or f"the file cannot be read ({error.strerror or error})"
    suggestion = None
    if getattr(error, "winerror", None) in _LOCKED:
        message = "another program has locked this file: close it there and try again"
    elif error.errno == errno.ENOENT and Path(source).is_symlink():
        message = "this is a link to a file that is not there"
    elif error.errno == errno.ENOENT:
        suggestion = _nearest_file(Path(source))
        message += hint(suggestion)
    return TheoryError([Problem("TOC001", message, suggestion=suggestion)], source=source)


def _nearest_file(path: Path) -> str | None:
    try:
        with os.scandir(path.parent) as entries:
            names = [entry.name for entry in islice(entries, 1000)]
    except (OSError, ValueError):
        return None
    if f"{path.name}.txt" in names:  # as an editor may call it that hides endings
        return os.fspath(path.with_name(f"{path.name}.txt"))
    stems = {PurePath(name).stem: name for name in names if name != path.name}
    found = nearest(path.stem, stems)
    return None if found is None else os.fspath(path.with_name(stems[found]))


def _not_utf8(data: bytes, index: int, source: str | None) -> TheoryError:
    before = data[:index].decode("utf-8").removeprefix("\ufeff")
    message = f"byte {index + 1} (0x{data[index]:02X}) is not UTF-8: save the text again with the encoding UTF-8"
    return _error("TOC002", message, source, *position(before, len(before)))


def _too_large(size: int, source: str | None) -> TheoryError:
    limits = limits_now()
    by = " (the limit `bytes`)" if limits.bytes != LARGEST else ""
    return _error("TOC004", f"{_size(size)} is too large: a theory takes at most {_size(limits.bytes)}{by}", source)


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB".replace(".0 MB", " MB") if size > 1024 * 1024 else f"{size:,} bytes"


def _error(
    code: str, message: str, source: str | None, line: int | None = None, column: int | None = None
) -> TheoryError:
    return TheoryError([Problem(code, message, line=line, column=column)], source=source)

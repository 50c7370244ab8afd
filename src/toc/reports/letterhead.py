"""Somebody's Word document whose paper, styles, header and footer a report takes: looked over before it is opened."""

from __future__ import annotations

import os
from typing import Final

from toc.draw_options import StrPath
from toc.errors import TocError, path_to
from toc.files.opening import read_bytes
from toc.pages.word_template import prepared
from toc.spreadsheet.grid import refused
from toc.spreadsheet.xlsx_package import DOCUMENT, Package

LARGEST: Final = 100 * 1024 * 1024
"""The most bytes that a template may unpack to, pictures included."""
_MACROS: Final = "this document holds macros, which a report does not take over: save it as .docx and name that file"


def letterhead(template: StrPath | bytes) -> bytes:
    """The bytes of a template that can be opened.

    Raises TheoryError: TOC001 for a file that is not there, TOC002 for what is no readable document or holds macros, TOC004
    for what is too large.
    """
    source = None if isinstance(template, bytes) else os.fspath(path_to(template))
    data = template if isinstance(template, bytes) else read_bytes(template)
    try:
        _look_over(Package(data, source, kind=DOCUMENT))
        prepared("", "en-GB", data)
    except TocError:
        raise
    except Exception:  # noqa: BLE001  # python-docx says what is wrong with a file in many ways
        raise refused("TOC002", DOCUMENT.cut, source) from None
    return data


def _look_over(package: Package) -> None:
    """Refuse macros, and what is too large with its pictures."""
    package.main()
    if any(name.endswith("vbaproject.bin") for name in package.parts):
        raise refused("TOC002", _MACROS, package.source)
    if sum(info.file_size for info in package.parts.values()) > LARGEST:
        message = f"the document is larger than {LARGEST >> 20} MB when it is unpacked: take large pictures out of it"
        raise refused("TOC004", message, package.source)

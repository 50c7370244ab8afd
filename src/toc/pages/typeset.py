"""A page as PDF: tagged, for screen readers too, and the same bytes each time. Needs the extra `report`."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from toc.errors import DrawingError, missing_extra, one_of, warn
from toc.language.text import listed, one_line
from toc.pages.blocks import (
    Block,
    Bullets,
    Cell,
    Contents,
    Figure,
    Heading,
    Note,
    Page,
    PageBreak,
    Paragraph,
    Table,
    lines,
    pieces,
)
from toc.pages.print_layout import Run, is_number, kept, runs, shares

if TYPE_CHECKING:
    import typst

PAPERS: Final = MappingProxyType({"a4": "a4", "a3": "a3", "letter": "us-letter"})
ACCESSIBLE: Final = "ua-1"  # PDF/UA-1
_UNSHOWN: Final = re.compile(r'`"(?P<letters>.+?)"` could not be displayed', re.DOTALL)
_NUMBERED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_MOST_UNSHOWN: Final = 200


def as_pdf(page: Page, language: str = "en-GB", paper: str = "a4") -> bytes:
    """The page as a PDF that says to a screen reader what is a heading, a table and a picture (PDF/UA-1).

    Where no font of this machine has a letter, the file makes no such claim, and a `TocWarning` names the letters.

    Raises:
        DrawingError: the page could not be set.
        MissingExtraError: typst is not installed.
        OptionError: there is no such paper.
    """
    size = PAPERS[one_of("paper", paper, PAPERS)]
    try:
        import typst
    except ImportError:
        raise missing_extra("report", "making a PDF of a page") from None
    said = {
        "title": one_line(page.title), "language": language.partition("-")[0], "paper": size,
        "runs": [_run(run) for run in runs(page)],
    }  # fmt: skip
    text = json.dumps(said, ensure_ascii=False)
    compiler = typst.Compiler()
    if not (unshown := _unshown(compiler, text)):
        return _made(compiler, text, (ACCESSIBLE,))
    letters = listed([f"{letter} (U+{ord(letter[0]):04X})" for letter in unshown])
    message = f"no font here has {letters}: the PDF shows a box there, and does not claim to be accessible (PDF/UA-1)"
    warn(message)
    return _made(compiler, text, ())


def _unshown(compiler: typst.Compiler, text: str) -> list[str]:
    """The letters that no font has: typst names one at a time, so they are taken out of a copy until none is left."""
    import typst

    found: list[str] = []
    while len(found) < _MOST_UNSHOWN:
        try:
            _made(compiler, text, (ACCESSIBLE,))
        except typst.TypstError as error:
            named = _UNSHOWN.search(error.message)
            letters = _NUMBERED.sub(lambda one: chr(int(one[1], 16)), named[1]) if named else ""
            if not letters or letters not in text:
                raise DrawingError(f"the PDF could not be set: {one_line(error.message)}") from None
            found.append(letters)
            text = text.replace(letters, "")
        else:
            return found
    return found


def _made(compiler: typst.Compiler, text: str, standards: tuple[Any, ...]) -> bytes:
    return compiler.compile(  # type: ignore[return-value]  # one PDF, where no other format and no file is named
        files("toc.pages").joinpath("page.typ").read_bytes(),
        format="pdf",
        sys_inputs={"page": text},
        pdf_standards=list(standards),
        timestamp=0,  # always of the same day, so that the same page gives the same bytes
    )


def _run(run: Run) -> dict[str, Any]:
    return {
        "flipped": run.on_its_side,
        "blocks": [_block(block, run) | {"kept": is_kept} for block, is_kept in kept(run)],
    }


def _block(block: Block, run: Run) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "level": level, "text": one_line(text)}
        case Paragraph(text, strong):
            return {"kind": "paragraph", "strong": strong, "parts": _parts(text)}
        case Bullets(items):
            return {"kind": "bullets", "items": [_parts(item) for item in items]}
        case Table(columns, rows):
            numbers = [all(row[at] is None or is_number(row[at]) for row in rows) for at in range(len(columns))]
            told = [[_cell(cell) for cell in row] for row in rows]
            return {
                "kind": "table",
                "columns": columns,
                "shares": shares(block, on_its_side=run.on_its_side),
                "numbers": numbers,
                "rows": told,
            }
        case Figure(picture, alt, caption):
            data, form = (picture, "svg") if isinstance(picture, str) else (list(picture), "png")
            return {"kind": "figure", "picture": data, "format": form, "alt": one_line(alt), "caption": caption}
        case Note(text):
            return {"kind": "note", "parts": _parts(text)}
        case PageBreak():
            return {"kind": "break"}
        case Contents(level):
            return {"kind": "contents", "level": level}


def _cell(cell: Cell) -> dict[str, Any]:
    return {"lines": [_parts(line) for line in lines(cell)]}


def _parts(text: str) -> list[dict[str, Any]]:
    return [{"text": part, "typed": typed} for part, typed in pieces(text) if part]

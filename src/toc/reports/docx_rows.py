"""From the bytes of a .docx file, which may come from anybody, to the rows of its tables and the lines between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from toc.errors import TheoryError
from toc.files.opening import REFUSED
from toc.spreadsheet.grid import MOST_COLUMNS, MOST_ROWS, Cell, Row, refused
from toc.spreadsheet.xlsx_package import DAMAGED, DOCUMENT, Package, local

MOST_LETTERS: Final = 32_767
ENDINGS: Final = (".docx", ".docm", ".doc")
_WRAPPERS: Final = ("sdt", "sdtContent", "ins", "smartTag", "customXml")
_ZIP: Final = b"PK\x03\x04"

Placed = tuple[str, Row]


def is_document(data: bytes, name: str | None) -> bool:
    """Whether a file is a Word document, or should be one by its name."""
    return (name or "").lower().endswith(ENDINGS) or (data.startswith(_ZIP) and DOCUMENT.main.encode() in data)


def document_rows(data: bytes, source: str | None) -> list[Placed]:
    """The rows of all tables, each with the name of its table, and every line between them as a row of one cell.

    Raises TheoryError: TOC002 for what is no readable document, TOC004 for what is too large.
    """
    try:
        package = Package(data, source, kind=DOCUMENT)
        body = next(package.elements(package.main(), "body"), None)
        if body is None:
            raise package.of_another_kind()
        found = list(_rows(body))
    except TheoryError:
        raise
    except DAMAGED:
        raise refused("TOC002", DOCUMENT.cut, source) from None
    if len(found) > MOST_ROWS:
        raise refused("TOC004", f"more than {MOST_ROWS:,} rows and lines: save what matters only", source)
    for name, row in found:
        if len(row.cells) > MOST_COLUMNS or max(map(len, row.cells)) > MOST_LETTERS:
            message = (
                f"more than {MOST_COLUMNS} columns, or {MOST_LETTERS:,} letters in one cell: save what matters only"
            )
            raise refused("TOC004", message, source, Cell(row.number, 0, name))
    return found


def _rows(body: Element) -> Iterator[Placed]:
    tables = paragraphs = 0
    for one in _inside(body, "tbl", "p"):
        if local(one) == "p":
            paragraphs += 1
            yield f"line {paragraphs}", Row(1, (_said(one),))
            continue
        tables += 1
        for number, row in enumerate(_inside(one, "tr"), 1):
            cells = tuple(cell for part in _inside(row, "tc") for cell in _cells(part))
            yield f"table {tables}", Row(number, cells or ("",))


def _cells(part: Element) -> Iterator[str]:
    """A cell, and an empty one for each further column that it spans; nothing where it goes on from above."""
    marks = {local(mark): mark for one in part if local(one) == "tcPr" for mark in one}
    above = marks.get("vMerge")
    goes_on = above is not None and _value(above) != "restart"
    yield "" if goes_on else "\n".join(map(_said, (one for one in part.iter() if local(one) == "p"))).strip()
    span = _value(marks["gridSpan"]) if "gridSpan" in marks else "1"
    yield from [""] * (min(int(span), MOST_COLUMNS + 1) - 1 if span.isdecimal() else 0)


def _value(mark: Element) -> str:
    return next((value for key, value in mark.items() if key.rpartition("}")[2] == "val"), "")


def _inside(element: Element, *names: str) -> Iterator[Element]:
    """The elements of these names right inside another one, what only wraps them aside."""
    for one in element:
        if local(one) in names:
            yield one
        elif local(one) in _WRAPPERS:
            yield from _inside(one, *names)


def _said(paragraph: Element) -> str:
    """The text of a paragraph, without what was deleted."""
    signs = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
    parts = (one.text or "" if local(one) == "t" else signs.get(local(one), "") for one in paragraph.iter())
    return REFUSED.sub(" ", "".join(parts))

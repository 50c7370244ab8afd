"""A logframe as an .xlsx file: no merged cells, rows as high as their text, text as text, A4 on its side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from toc.errors import missing_extra
from toc.language.text import one_line
from toc.pages.blocks import Bullets, Cell, Heading, Note, Paragraph, Table, lines
from toc.pages.plain_text import columns, wrapped
from toc.reports.logframe_pages import logframe_page

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from toc.reports.logframe import Logframe

LINE: Final = 13.5  # points, of letters of 10 points
ABOVE_AND_BELOW: Final = 4.0
HIGHEST: Final = 400.0  # points that Excel gives a row
MOST_LINES: Final = int(HIGHEST / LINE)
NARROWEST: Final = 7
WIDEST: Final = 40
WIDEST_OF_ALL: Final = 250
ACROSS: Final = 146
"""Letters that stand side by side on A4 on its side; a narrower sheet is widened to that."""
PAPER: Final = (784.0, 505.0)
"""Points across and down that A4 on its side leaves between the margins."""
SMALLEST: Final = 0.5
"""The least scale at which letters of 10 points can be read; a wider sheet goes on beside itself, on a second page."""
READABLE: Final = 0.7
NAMED: Final = 3
"""The columns by which rows are told apart on the pages beside the first: level, code and result."""
_TODAY_IS_NO_MATTER: Final = datetime(2000, 1, 1)  # noqa: DTZ001  # the same logframe gives the same bytes

Value = Cell | date


def to_xlsx(frame: Logframe) -> bytes:
    """The logframe as a workbook. Raises MissingExtraError."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise missing_extra("xlsx", "writing a workbook") from None
    file = BytesIO()
    texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(file, {"in_memory": True, **texts})
    book.set_properties({"created": _TODAY_IS_NO_MATTER, "title": one_line(frame.theory.title)[:250]})
    _Sheet(book, frame).write()
    book.close()
    return file.getvalue()


class _Sheet:
    """The one sheet while it is written, from top to bottom."""

    def __init__(self, book: Workbook, frame: Logframe) -> None:
        self.frame = frame
        self.blocks = logframe_page(frame).blocks
        if frame.style == "results":
            self.blocks = tuple(_table(frame) if isinstance(block, Table) else block for block in self.blocks)
        self.sheet: Worksheet = book.add_worksheet("Logframe")
        base = {"font_size": 10, "valign": "top", "align": "left"}
        boxed = {**base, "text_wrap": True, "border": 1, "border_color": "#A0A0A0"}
        self.title: Format = book.add_format({**base, "font_size": 15, "bold": True})
        self.strong: Format = book.add_format({**base, "font_size": 11, "bold": True})
        self.broken: Format = book.add_format({**base, "font_size": 11, "bold": True, "text_wrap": True})
        self.plain: Format = book.add_format({**base, "num_format": "@"})
        self.head: Format = book.add_format({**boxed, "bold": True, "bg_color": "#E8E8E8"})
        self.text: Format = book.add_format({**boxed, "num_format": "@"})
        self.number: Format = book.add_format(boxed)
        self.day: Format = book.add_format({**boxed, "num_format": "yyyy-mm-dd"})
        self.widths = _widths([block for block in self.blocks if isinstance(block, Table)])
        self.scale = PAPER[0] / sum(0.75 * (7 * width + 5) for width in self.widths)
        goes_on = frame.style != "milestones" and self.scale < SMALLEST
        self.named = NAMED if goes_on else 0  # the columns that stand again on the pages beside the first
        self.room = sum(self.widths[: self.named] or self.widths)
        self.row, self.down = 0, 0.0
        self.starts: list[tuple[int, float]] = []
        self.head_row = 0

    def write(self) -> None:
        """All blocks, then how the sheet is shown and printed."""
        for place, width in enumerate(self.widths):
            self.sheet.set_column(place, place, width)
        for block in self.blocks:
            match block:
                case Heading(text, level):
                    if level > 1:
                        self.heading(text)
                    else:
                        self.line(text, self.title, 20)
                case Table():
                    self.table(block)
                case Bullets(items):
                    for item in items:
                        self.line(item, self.plain)
                case Note(text) | Paragraph(text):
                    self.line(text, self.plain)
                case _:
                    pass
        self.begin()
        self.finish()

    def begin(self) -> None:
        """A new block, which is not to be cut by the end of a page, after an empty row."""
        self.starts.append((self.row, self.down))
        self.row += 1
        self.down += 15

    def set_height(self, height: float) -> None:
        """How high the present row is, in points."""
        self.sheet.set_row(self.row, height)
        self.down += height

    def heading(self, text: str) -> None:
        """What a block is about, in one cell: it runs on over those beside it, or is broken where they do not suffice."""
        self.begin()
        text = one_line(text)
        fits = columns(text) * 1.15 < sum(self.widths)
        count = 1 if fits else min(_lines([text], [self.widths[0] - 2]), MOST_LINES)
        self.set_height(16 if fits else 15 * count)
        self.sheet.write_string(self.row, 0, text, self.strong if fits else self.broken)
        self.row += 1

    def line(self, text: str, form: Format, height: float = LINE) -> None:
        """A text that runs on over the empty cells beside it, on as many rows as it needs; a title where it stands once."""
        is_title = form is self.title
        room, place = (sum(self.widths) * 0.4, self.named) if is_title and self.named else (self.room, 0)
        for part in wrapped(one_line(text), int(room * (0.7 if is_title else 0.9))):
            self.set_height(height)
            self.sheet.write_string(self.row, place, part, form)
            self.row += 1

    def table(self, table: Table) -> None:
        """The headings and the rows under them."""
        self.head_row = self.row
        for number, row in enumerate([table.columns, *table.rows]):
            self.set_height(LINE * min(_lines(row, self.widths), MOST_LINES) + ABOVE_AND_BELOW)
            for place, value in enumerate(row):
                self.cell(place, value, self.head if number == 0 else None)
            self.row += 1

    def cell(self, place: int, value: Any, form: Format | None) -> None:
        """One cell; a text is never a formula."""
        match value:
            case date():
                moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001
                self.sheet.write_datetime(self.row, place, moment, form or self.day)
            case int() | float():
                self.sheet.write_number(self.row, place, value, form or self.number)
            case _ if text := "\n".join(lines(value)):
                self.sheet.write_string(self.row, place, text, form or self.text)
            case _:
                self.sheet.write_blank(self.row, place, None, form or self.text)

    def finish(self) -> None:
        """On its side and as wide as the page, or two; blocks stay whole, and the headings of a single table in sight."""
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&RPage &P of &N")
        sheet.hide_gridlines(2)
        sheet.ignore_errors({"number_stored_as_text": f"A1:AZ{self.row + 1}"})
        sheet.set_paper(9)
        sheet.fit_to_pages(ceil(READABLE / self.scale) if self.named else 1, 0)
        if self.frame.style == "milestones":
            sheet.set_h_pagebreaks(list(self.breaks(PAPER[1] / min(self.scale, 1))))
        else:
            sheet.repeat_rows(self.head_row)
            if self.named:
                sheet.repeat_columns(0, self.named - 1)
            sheet.freeze_panes(self.head_row + 1, 0)

    def breaks(self, room: float) -> Iterator[int]:
        """The rows before which a page ends, so that no heading stands apart from its table."""
        page = 0.0
        for (row, top), (_, bottom) in pairwise(self.starts):
            if bottom - page > room and top > page:
                yield row
                page = top


def _table(frame: Logframe) -> Table:
    """The rows of the style "results" with each value in a column of its own."""
    sheet = frame._sheets()["logframe"]()  # noqa: SLF001  # the same house
    shown = [column for column in sheet.columns if column.heading]
    rows: Any = tuple(tuple(column.of(row) for column in shown) for row in sheet.rows)
    return Table(tuple(column.heading for column in shown), rows)


def _widths(tables: Sequence[Table]) -> list[int]:
    """How wide the columns are: enough for what stands in them, so that no row is higher than Excel allows."""
    count = max((len(table.columns) for table in tables), default=1)
    found = []
    for place in range(count):
        cells = [
            text for table in tables for row in (table.columns, *table.rows) for text in _texts(row[place : place + 1])
        ]
        longest = max((columns(word) for text in cells for word in text.split()), default=0)
        total = max(map(columns, cells), default=0)
        width = max(NARROWEST, min(longest + 2, WIDEST), min(WIDEST, 12 + total // 5, total + 2))
        rows = [row for table in tables for row in table.rows]
        while width < WIDEST_OF_ALL and any(_lines(row[place : place + 1], [width]) > MOST_LINES for row in rows):
            width += 10
        found.append(width)
    wider = max(1.0, ACROSS / sum(found))
    return [int(width * wider) for width in found]


def _texts(cells: Sequence[Any]) -> Iterator[str]:
    """The lines in cells, a day as it is shown."""
    for cell in cells:
        yield from (cell.isoformat(),) if isinstance(cell, date) else lines(cell)


def _lines(cells: Sequence[Any], widths: Sequence[int]) -> int:
    """How many lines a row has: programs other than Excel do not see that by themselves."""
    needed = (
        sum(max(1, len(wrapped(text, max(width - 1, 4)))) for text in _texts([cell]))
        for cell, width in zip(cells, widths, strict=False)
    )
    return max(needed, default=1)

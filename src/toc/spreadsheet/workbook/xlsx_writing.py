"""The sheets as an .xlsx file: headings with notes, dropdowns, widths that fit, and hidden in it what it was written from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from toc.errors import missing_extra
from toc.merging.three_way import Things
from toc.problems import letters
from toc.spreadsheet.workbook.cell_values import Shown
from toc.spreadsheet.workbook.hidden_base import as_cells
from toc.spreadsheet.workbook.labels import POOLS, Labels, labels_of
from toc.spreadsheet.workbook.row_sheets import ID, RowSheet, row_sheets
from toc.spreadsheet.workbook.sheet_shapes import (
    HIDDEN,
    LISTS,
    README,
    SHAPES,
    Column,
    Control,
    Shape,
    how_to_fill,
    note_on,
    readme,
    sheet_notes,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LINE: Final = 15.0
MOST_LINES: Final = 12
FITS: Final = 240
"""So many letters beside each other can still be read on one page across."""
BEYOND: Final = 500
"""So many rows below the last have dropdowns too."""
SEVERAL: Final = ("words", "gifts")
NARROWEST: Final = 11
WIDEST: Final = 48
MOST_INLINE: Final = 255
"""The most letters of a list that stands in the dropdown itself."""
HEADS: Final = {
    "boxes": "what leads or is led to",
    "pillars": "pillars",
    "kpis": "KPIs",
    "groups": "groups",
    "partners": "partners",
    "activities": "activities",
    "reviews": "reviews",
    "frames": "frames",
}
_NUMBER_FORMATS: Final[dict[Control, str]] = {
    "day": "yyyy-mm-dd",
    "number": "General",
    "since": "General",
    "own": "General",
}
_TODAY_IS_NO_MATTER: Final = datetime(2000, 1, 1)  # noqa: DTZ001  # the same theory gives the same bytes


def to_xlsx(things: Things) -> bytes:
    """A workbook with everything that its sheets can hold. Raises MissingExtraError."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise missing_extra("xlsx", "writing a workbook") from None
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(file, options)
    book.set_properties({"created": _TODAY_IS_NO_MATTER})
    labels = labels_of(things)
    sheets = [*row_sheets(things, labels)]
    writer = _Writer(book, labels)
    writer.readme(things)
    for sheet in sheets:
        writer.transposed(sheet) if sheet.shape.is_alone else writer.sheet(sheet)
    writer.lists()
    hidden = book.add_worksheet(HIDDEN)
    for row, text in enumerate(as_cells(things)):
        hidden.write_string(row, 0, text)
    hidden.very_hidden()
    book.close()
    return file.getvalue()


class _Writer:
    """Writes sheets into one workbook."""

    def __init__(self, book: Workbook, labels: Labels) -> None:
        self.book = book
        self.labels = labels
        base = {"valign": "top", "align": "left", "text_wrap": True}
        self.head = book.add_format({**base, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3864", "border": 1})
        self.quiet = book.add_format({"valign": "top", "font_color": "#808080", "num_format": "@"})
        self.title = book.add_format({**base, "bold": True, "font_size": 16})
        self.strong = book.add_format({**base, "bold": True})
        self.formats: dict[str, Format] = {
            code: book.add_format({**base, "num_format": code}) for code in ("@", "General", "yyyy-mm-dd")
        }

    def format(self, control: Control, value: Shown = None) -> Format:
        """How a cell looks: a text stays a text, whatever is typed into it later."""
        code = "yyyy-mm-dd" if isinstance(value, date) else _NUMBER_FORMATS.get(control, "@")
        return self.formats["@" if isinstance(value, str) and control != "number" else code]

    def readme(self, things: Things) -> None:
        """What the workbook is, what stands where, and how it goes back."""
        sheet = self.book.add_worksheet(README)
        sheet.set_column(0, 0, 16, self.formats["@"])
        sheet.set_column(1, 1, 90, self.formats["@"])
        sheet.merge_range(0, 0, 0, 1, "", self.title)
        sheet.write_string(0, 0, str(things["theory",].get(("title",), "")), self.title)
        row = 2
        for line in readme():
            sheet.merge_range(row, 0, row, 1, "", self.formats["@"])
            sheet.write_string(row, 0, line, self.formats["@"])
            sheet.set_row(row, LINE * _lines([line], [100]))
            row += 1
        there = {shape.name for shape in SHAPES if shape.is_wanted(things)} | {LISTS}
        for name, note in sheet_notes().items():
            if name not in there:
                continue
            row += 1
            sheet.write_string(row, 0, name, self.strong)
            sheet.write_string(row, 1, note, self.formats["@"])
        sheet.hide_gridlines(2)
        _paper(sheet)

    def sheet(self, of: RowSheet) -> None:
        """One thing a row."""
        sheet = self.book.add_worksheet(of.shape.name)
        last = len(of.columns)
        widths = [_width(column, [row.cells[place] for row in of.rows]) for place, column in enumerate(of.columns)]
        for number, row in enumerate(of.rows, 1):
            sheet.set_row(number, LINE * _lines(row.cells, widths))
        for place, column in enumerate(of.columns):
            cells = [row.cells[place] for row in of.rows]
            sheet.set_column(place, place, widths[place], self.format(column.control))
            self.heading(sheet, of.shape, (0, place), column)
            self.dropdown(sheet, column, (1, place, len(of.rows) + BEYOND, place))
            for number, value in enumerate(cells, 1):
                self.write(sheet, number, place, column, value)
        ids = [row.id for row in of.rows]
        id_column = Column(ID, (ID,), "text")
        sheet.set_column(last, last, min(_width(id_column, ids), 30), self.quiet)
        self.heading(sheet, of.shape, (0, last), id_column)
        for number, id in enumerate(ids, 1):
            sheet.write_string(number, last, id, self.quiet)
        named = len(of.shape.places) + 1 if of.shape.table == "nodes" else 1
        sheet.freeze_panes(1, named)
        sheet.autofilter(0, 0, len(of.rows), last)
        _paper(sheet, sum(widths), named)

    def transposed(self, of: RowSheet) -> None:
        """One key a row, as there is one theory only."""
        sheet = self.book.add_worksheet(of.shape.name)
        sheet.set_column(0, 0, 26, self.formats["@"])
        sheet.set_column(1, 1, 90, self.formats["General"])
        for place, name in enumerate(("key", "value")):
            self.heading(sheet, of.shape, (0, place), Column(name, (name,), "own"))
        for number, (column, value) in enumerate(zip(of.columns, of.rows[0].cells, strict=True), 1):
            sheet.set_row(number, LINE * _lines([value], [90]))
            sheet.write_string(number, 0, column.heading, self.strong)
            self.note(sheet, of.shape, (number, 0), column)
            self.write(sheet, number, 1, column, value)
            self.dropdown(sheet, column, (number, 1, number, 1))
        sheet.freeze_panes(1, 1)
        _paper(sheet)

    def heading(self, sheet: Worksheet, shape: Shape, place: tuple[int, int], column: Column) -> None:
        """A heading with its note."""
        sheet.write_string(*place, column.heading, self.head)
        self.note(sheet, shape, place, column)

    def note(self, sheet: Worksheet, shape: Shape, place: tuple[int, int], column: Column) -> None:
        """What stands in a column, and how to fill it."""
        text = "\n".join(filter(None, (note_on(shape, column), *how_to_fill(column))))
        if text:
            size = {"width": 260, "height": 24 + 18 * sum(1 + len(line) // 40 for line in text.split("\n"))}
            sheet.write_comment(*place, text, {**size, "author": "", "font_size": 9})

    def write(self, sheet: Worksheet, row: int, place: int, column: Column, value: Shown) -> None:
        """One cell; a text is never a formula."""
        form = self.format(column.control, value)
        match value:
            case None:
                sheet.write_blank(row, place, None, form)
            case bool():
                sheet.write_boolean(row, place, value, form)
            case str():
                sheet.write_string(row, place, value, form)
            case date():
                sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), form)  # noqa: DTZ001
            case _:
                sheet.write_number(row, place, value, form)

    def dropdown(self, sheet: Worksheet, column: Column, area: tuple[int, int, int, int]) -> None:
        """What may be chosen: of closed words one of them only, of titles and days others after a warning."""
        choices = self.choices(column)
        if choices is None:
            return
        sheet.data_validation(*area, {"ignore_blank": True, **choices})

    def choices(self, column: Column) -> dict[str, Any] | None:
        """The rule for what may stand in a column."""
        if column.control == "day":
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": date(1900, 1, 1),
                "maximum": date(9999, 12, 31),
                "error_type": "warning",
                "error_title": "Not a date",
                "error_message": "A date is wanted here, such as 2027-07-31.",
            }
        if column.control in SEVERAL:
            return None  # a list offers one word only
        if column.words:
            rule = {"validate": "list", "source": [*column.words], "error_title": "Not in the list"}
            free = column.control == "number"
            return {
                **rule,
                "error_message": f"One of: {', '.join(column.words)}."[:MOST_INLINE],
                "show_error": not free,
            }
        labels = self.labels.get(column.pool, {})
        if not labels:
            return None
        place = letters(POOLS.index(column.pool))
        rule = {
            "validate": "list",
            "source": f"={LISTS}!${place}$2:${place}${len(labels) + 1}",
            "error_type": "warning",
        }
        text = "Nothing has this title yet. If you add it in its own sheet, that is fine."
        return {**rule, "error_title": "Not in the list", "error_message": text, "show_error": column.control == "name"}

    def lists(self) -> None:
        """The titles that dropdowns offer."""
        sheet = self.book.add_worksheet(LISTS)
        for place, pool in enumerate(POOLS):
            labels = [*self.labels[pool].values()]
            sheet.set_column(place, place, 36, self.formats["@"])
            sheet.write_string(0, place, HEADS[pool], self.head)
            for row, label in enumerate(labels, 1):
                sheet.write_string(row, place, label, self.formats["@"])
        sheet.freeze_panes(1, 0)
        _paper(sheet)


def _width(column: Column, cells: Iterable[Shown]) -> int:
    """How wide a column is: enough for what stands in it, and no wider than people read at a glance."""
    longest = max((len(line) for cell in cells if cell is not None for line in str(cell).split("\n")), default=0)
    least = 18 if column.control in ("text", "texts", "name", "names") and column.heading != ID else 0
    return max(NARROWEST, len(column.heading) + 4, least, min(WIDEST, longest + 2))


def _lines(cells: Iterable[Shown], widths: Iterable[int]) -> int:
    """How many lines a row needs; programs other than Excel do not see that by themselves."""
    needed = (
        sum(1 + int(len(line) * 0.93) // width for line in str(cell).split("\n"))
        for cell, width in zip(cells, widths, strict=True)
        if cell is not None
    )
    return min(MOST_LINES, max(needed, default=1))


def _paper(sheet: Worksheet, letters_across: int = 0, named: int = 0) -> None:
    """A4 across, for those who print it; what does not fit beside each other is told apart by its first columns."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.repeat_rows(0)
    if letters_across <= FITS:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_print_scale(70)
        sheet.repeat_columns(0, named - 1)

"""A table to fill in with new readings: a row for each KPI, with what it says already, and empty cells."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from toc.errors import missing_extra
from toc.given_rows import WHERE
from toc.language.facts import latest_reading
from toc.model import Theory
from toc.model.nodes import Kpi
from toc.pages.sheet import Column, Sheet, as_csv
from toc.spreadsheet.reading_headings import DATE, KPI, NOTE, UNIT, VALUE, N

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HOW: Final = (
    "Write the day and the value of each KPI that you have a new figure of, and leave the other rows empty. "
    "n is how many people or things the figure rests on. For a group, copy the row and name the group."
)
SHEET: Final = "Readings"
_HEAD: Final = 1  # the row of the headings, from 0
_LONGEST: Final = 32_767  # letters that a cell of Excel holds
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001  # the same theory makes the same bytes
_WIDTHS: Final = {KPI: 20, "title": 36, UNIT: 20, N: 8, NOTE: 28}
_WIDTH: Final = 12
_LINE: Final = 15  # the height of a line, in points
_DAY: Final = {"num_format": "yyyy-mm-dd"}
_TOLD: Final = {"font_color": "#595959"}
_ASKED: Final = {"bg_color": "#FFF9E5", "border": 1, "border_color": "#BFBFBF"}
_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "how": {"italic": True},
    "head": {"bold": True, "bottom": 1, "bg_color": "#E7E6E6"},
    "told": _TOLD,
    "told day": _TOLD | _DAY,
    "asked": _ASKED,
    "asked day": _ASKED | _DAY,
}
_CHECKED: Final[Mapping[str, Mapping[str, Any]]] = {
    DATE: {
        "validate": "date", "criteria": ">=", "value": date(1900, 1, 1),
        "error_title": "Not a date", "error_message": "Write a day, like 2027-07-15.",
    },
    VALUE: {
        "validate": "decimal", "criteria": "between", "minimum": -1e300, "maximum": 1e300,
        "error_title": "Not a number", "error_message": "Write the number alone; words belong in the column note.",
    },
    N: {
        "validate": "integer", "criteria": ">=", "value": 0,
        "error_title": "Not a whole number", "error_message": "Write how many people or things the figure rests on.",
    },
}  # fmt: skip


def template(theory: Theory, day: date | None = None) -> Sheet[Kpi]:
    """The KPIs with their last values and targets; `day` fills in the dates."""
    keys = dict.fromkeys(key for kpi in theory.kpis.values() for reading in kpi.readings for key in reading.where)
    keys = keys or {"group": None}
    told = [
        _column(KPI, lambda kpi: kpi.id),
        _column("title", lambda kpi: kpi.title),
        _column(UNIT, lambda kpi: kpi.unit),
        _column("last_date", lambda kpi: getattr(latest_reading(kpi), "date", None)),
        _column("last_value", lambda kpi: getattr(latest_reading(kpi), "value", None)),
        _column("target", lambda kpi: kpi.target and kpi.target.value),
        _column("target_by", lambda kpi: kpi.target and kpi.target.by),
    ]
    asked = [_column(DATE, lambda _: day), *(_column(name, lambda _: None) for name in (VALUE, N, NOTE))]
    asked += [_column(f"{WHERE}_{key}", lambda _: None) for key in keys]
    return Sheet((*told, *asked), tuple(theory.kpis.values()))


def _column(name: str, value: Any) -> Column[Kpi]:
    return Column(name, name, value=value)


def template_csv(theory: Theory, day: date | None = None) -> bytes:
    """The template as CSV."""
    return as_csv(template(theory, day)).encode()


def template_xlsx(theory: Theory, day: date | None = None) -> bytes:
    """The template as a workbook of one sheet. Raises MissingExtraError."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise missing_extra("xlsx", "writing a workbook") from None
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": theory.title[:255], "created": _MADE})
        looks = {name: book.add_format({"valign": "top", "text_wrap": True, **look}) for name, look in _LOOKS.items()}
        _fill(book.add_worksheet(SHEET), template(theory, day), looks)
    return file.getvalue()


def _fill(page: Worksheet, sheet: Sheet[Kpi], looks: Mapping[str, Format]) -> None:
    """How to fill it in, the headings, and a row for each KPI."""
    page.merge_range(0, 0, 0, len(sheet.columns) - 1, HOW, looks["how"])
    page.set_row(0, 2 * _LINE)
    kind = "told"
    for place, column in enumerate(sheet.columns):
        kind = "asked" if column.name == DATE else kind
        page.set_column(place, place, _WIDTHS.get(column.name, _WIDTH))
        page.write_string(_HEAD, place, column.heading, looks["head"])
        for row, kpi in enumerate(sheet.rows, _HEAD + 1):
            value = column.of(kpi)
            is_day = column.name == DATE or isinstance(value, date)
            _write(page, (row, place), value, looks[f"{kind} day" if is_day else kind])
        if rule := _CHECKED.get(column.name):
            page.data_validation(_HEAD + 1, place, _HEAD + max(len(sheet.rows), 1), place, dict(rule))
    for row, kpi in enumerate(sheet.rows, _HEAD + 1):
        texts = ((len(str(column.of(kpi) or "")), _WIDTHS.get(column.name, _WIDTH)) for column in sheet.columns)
        page.set_row(row, _LINE * max(1 + letters // width for letters, width in texts))
    page.freeze_panes(_HEAD + 1, 2)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.set_margins(left=0.4, right=0.4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD)


def _write(page: Worksheet, at: tuple[int, int], value: Any, look: Format) -> None:
    """One cell; Excel counts days from 1900 on."""
    if value is None:
        page.write_blank(*at, None, look)
    elif isinstance(value, date) and value.year >= 1900:
        page.write_datetime(*at, value, look)
    elif isinstance(value, (int, float)):
        page.write_number(*at, value, look)
    else:
        page.write_string(*at, str(value)[:_LONGEST], look)

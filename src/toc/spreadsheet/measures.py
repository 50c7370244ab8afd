"""The KPIs of a row: what they measure, their unit, baseline, target, owner and source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from toc.language.kpi_units import says_percentage
from toc.language.numbers import number
from toc.model.types import shown
from toc.spreadsheet.cells import Amount, amount, content, parts_of
from toc.spreadsheet.columns import KpiColumns
from toc.spreadsheet.entries import Book, Entry
from toc.spreadsheet.grid import Row
from toc.spreadsheet.notation import day
from toc.spreadsheet.sheet_reading import Sheet, Spot

_TEXTS: Final = ("owner", "source", "method")
_VALUES: Final = ("baseline", "target")


class Measures:
    """Reads the KPIs of one sheet."""

    def __init__(self, sheet: Sheet, book: Book) -> None:
        self.sheet, self.book = sheet, book
        self.found: dict[tuple[Any, ...], Entry] = {}

    def take(self, row: Row, named: Mapping[str, list[Entry]], about: list[Entry]) -> None:
        """The KPIs of one row; `named` is what the row names, by the field of its column."""
        pillars = [pillar for one in about for pillar in (*one.pillars, *one.reached)]
        for columns in self.sheet.columns.kpis:
            measured = pillars if columns.about == "pillar" else named.get(columns.about or "") or about
            self.measure(row, columns, measured or about)

    def measure(self, row: Row, columns: KpiColumns, measured: list[Entry]) -> None:
        """The KPIs in one cell, with what stands in the columns that describe them."""
        titles = self.sheet.texts(row, columns.title)
        kpis = [Entry("kpi", title, self.sheet.table.cell(row, columns.title)) for title in titles]
        if not titles:
            self.refuse_nameless(row, columns, measured)
            return
        for kpi in kpis:
            kpi.links = dict.fromkeys(measured)
        self.describe(row, columns, kpis)
        for kpi in kpis:
            self.add(kpi, row, columns)

    def refuse_nameless(self, row: Row, columns: KpiColumns, measured: list[Entry]) -> None:
        """What describes a KPI that no cell names: a number is a problem, a text is kept where it stands."""
        for field, column in columns.details.items():
            if self.sheet.is_said(row, column) and field not in _TEXTS:
                table = self.sheet.table
                message = (
                    f"{table.heading(column)} is filled, but {table.heading(columns.title)} is empty: name the KPI"
                )
                self.sheet.report("TOC011", message, row, column)
                return
            if content(row.cell(column)):
                self.sheet.keep(measured, row, column, "kept-here")

    def add(self, kpi: Entry, row: Row, columns: KpiColumns) -> None:
        """A KPI that no row above has given in the same words already."""
        fields = tuple((field, str(value)) for field, value in kpi.fields.items())
        key = (kpi.title.casefold(), tuple(kpi.links), fields)
        first = self.found.setdefault(key, kpi)
        if first is not kpi:
            self.sheet.tell("merged-kpi", row, columns.title, f"with {first.cell}")
            first.extras |= kpi.extras
            return
        self.book.kpis.append(kpi)
        to = next(iter(kpi.links))
        if to.kind != "activity":
            self.sheet.tell("measures", row, columns.title, f"measures '{to.title[:40]}'")

    def describe(self, row: Row, columns: KpiColumns, kpis: list[Entry]) -> None:
        """Unit, baseline, target with its day, owner, source and method."""
        details, sheet = columns.details, self.sheet
        if unit := sheet.text(row, details.get("unit")):
            for kpi in kpis:
                kpi.fields["unit"] = unit
        for field in _VALUES:
            self.value(row, field, details.get(field), kpis)
        found = sheet.read(row, details.get("by"), lambda text: day(text, sheet.rule), "TOC015")
        if found and (column := details.get("by")) is not None:
            self.due(row, column, kpis, found)
        for field in _TEXTS:
            if text := sheet.text(row, details.get(field)):
                for kpi in kpis:
                    kpi.fields[field] = text

    def due(self, row: Row, column: int, kpis: list[Entry], found: tuple[str, bool]) -> None:
        """The day of a target; without a target it is kept as it is."""
        with_target = [kpi for kpi in kpis if "target" in kpi.fields]
        for kpi in with_target:
            kpi.fields["target"] = {"value": kpi.fields["target"], "by": found[0]}
        if with_target and found[1]:
            self.sheet.tell("day", row, column, f"as {found[0]}")
        if len(with_target) < len(kpis):
            self.sheet.keep([kpi for kpi in kpis if kpi not in with_target], row, column, "kept-here")

    def value(self, row: Row, field: str, column: int | None, kpis: list[Entry]) -> None:
        """A baseline or target: as many as there are KPIs, or one for one."""
        sheet = self.sheet
        if column is None or not sheet.is_said(row, column):
            return
        texts = parts_of(row.cell(column)).texts
        if len(kpis) > 1 and len(texts) != len(kpis):
            sheet.keep(kpis, row, column, "shared")
            return
        if len(kpis) == 1:
            texts = (content(row.cell(column)),)
        elif len(texts) > 1:
            sheet.tell_parts(row, column, texts)
        for kpi, text in zip(kpis, texts, strict=True):
            try:
                self.put((row, column), kpi, field, text, amount(text, sheet.rule))
            except ValueError as error:
                sheet.report("TOC012", f"{sheet.table.heading(column)}: {error}", row, column)

    def put(self, at: Spot, kpi: Entry, field: str, text: str, found: Amount) -> None:
        """Set a value, and the unit behind it where no other is given."""
        kpi.fields[field] = found.value
        unit = kpi.fields.setdefault("unit", found.unit) if found.unit else kpi.fields.get("unit")
        digits = number(found.value).replace(",", "")
        is_share = found.unit == "%" and says_percentage(unit)
        if found.unit == "%" and not is_share:
            raise ValueError(f"{shown(text)} is a percentage, and the unit is {shown(unit)}: make the two agree")
        if is_share or at[1] in at[0].numbers:
            return
        if found.unit and found.unit != unit:
            self.sheet.tell("unit", *at, f"as {digits} {unit}")
        elif not found.guessed or text in (f"{digits}{unit}", f"{digits} {unit}"):
            return
        else:
            self.sheet.tell("number", *at, f"as {digits}{f' {unit}' if unit else ''}")
        kpi.notes.append((field, f'"{text[:100]}" in the spreadsheet'))

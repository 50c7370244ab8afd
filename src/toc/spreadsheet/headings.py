"""Which column of a spreadsheet means what, whatever its author calls it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final, Literal

Field = Literal["id", "title", "pillar", "certainty", "participation", "leads_to", "kpi", "unit", "target"]

SYNONYMS: Final[MappingProxyType[Field, tuple[str, ...]]] = MappingProxyType(
    {
        "id": ("id", "ref", "reference", "code", "key", "activity id", "project id", "short name"),
        "title": (
            *("title", "activity", "activities", "activity title", "activity name", "name of activity"),
            *("project", "projects", "project title", "project name", "name of project", "name"),
            *("programme", "initiative", "intervention", "activity stream", "what we do"),
        ),
        "pillar": (
            *("pillar", "pillars", "outcome pillar", "strand", "strands", "workstream", "work stream"),
            *("theme", "area", "focus area", "priority", "priority area"),
        ),
        "certainty": ("certainty", "certainty of impact", "impact certainty", "certainty of effect", "how certain"),
        "participation": (
            *("participation", "participants", "number of participants", "no of participants", "people", "pupils"),
            *("number of people", "number of pupils", "no of pupils", "pupil numbers", "pupils reached", "students"),
            *("number of students", "children", "number of children", "people reached", "beneficiaries", "reach"),
            *("number of beneficiaries", "how many"),
        ),
        "leads_to": ("leads to", "leadsto", "contributes to", "supports", "feeds into", "links to"),
        "kpi": (
            *("kpi", "kpis", "key performance indicator", "key performance indicators", "indicator", "indicators"),
            *("measure", "measures", "metric", "success measure", "measure of success"),
        ),
        "unit": ("unit", "units", "kpi unit", "unit of measure", "unit of measurement", "measured in"),
        "target": ("target", "targets", "target value", "kpi target"),
    }
)
_FIELDS: Final[dict[str, Field]] = {name: field for field, names in SYNONYMS.items() for name in names}
_SEVERAL: Final = frozenset({"pillar", "leads_to"})
_CLOSE: Final = 0.85
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class KpiColumns:
    """The columns, from 0, that describe one KPI of a row."""

    title: int
    unit: int | None = None
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands, from 0; pillars and links may stand in several columns."""

    fields: MappingProxyType[Field, tuple[int, ...]]
    kpis: tuple[KpiColumns, ...]
    unused: tuple[str, ...]
    guesses: tuple[str, ...]

    def one(self, field: Field) -> int | None:
        """The column of a field, or None."""
        return next(iter(self.fields.get(field, ())), None)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The field that a heading means, the number at its end, and whether the heading had to be guessed at."""

    field: Field | None
    number: int | None = None
    guessed: bool = False


def meaning(heading: str) -> Meaning:
    """What a heading means, capitals, brackets and small slips aside.

    >>> meaning("Certainty of impact (H/M/L)"), meaning("KPI 2"), meaning("Colour")
    (Meaning(field='certainty', number=None, guessed=False), Meaning(field='kpi', number=2, guessed=False), Meaning(field=None, number=None, guessed=False))
    """
    if len(heading) > _LONGEST:
        return Meaning(None)
    words = " ".join(re.findall(r"[^\W_]+", re.sub(r"\([^)]*\)?", " ", heading).casefold()))
    number = None
    if found := re.fullmatch(r"(.*[^\d ]) ?(\d{1,4})", words):
        words, number = found[1], int(found[2])
    if words in _FIELDS:
        return Meaning(_FIELDS[words], number)
    close = get_close_matches(words, _FIELDS, n=1, cutoff=_CLOSE)
    return Meaning(_FIELDS[close[0]], number, guessed=True) if close else Meaning(None)


def columns_of(headings: Sequence[str]) -> Columns:
    """What each column means; the second column of a field that stands once is not used.

    >>> columns_of(["Project", "KPI 1", "KPI 2", "Target 1", "Notes"]).kpis
    (KpiColumns(title=1, unit=None, target=3), KpiColumns(title=2, unit=None, target=None))
    """
    fields: dict[Field, tuple[int, ...]] = {}
    details: list[tuple[int, Field, int | None]] = []
    kpis: dict[int, int | None] = {}
    unused: list[int] = []
    guesses: list[str] = []
    for column, heading in enumerate(headings):
        found = meaning(heading)
        field = found.field
        if found.guessed:
            guesses.append(f"the column {named(heading)} is read as {field}")
        if field == "kpi":
            kpis[column] = found.number
        elif field in ("unit", "target"):
            details.append((column, field, found.number))
        elif field and (field in _SEVERAL or field not in fields):
            fields[field] = (*fields.get(field, ()), column)
        elif heading.strip():
            unused.append(column)
    described, spare = _with_details(kpis, details)
    names = tuple(named(headings[column]) for column in sorted([*unused, *spare]))
    return Columns(MappingProxyType(fields), described, names, tuple(guesses))


def named(heading: str) -> str:
    r"""A heading in quotes, on one line and not too long.

    >>> named("Cost\nin pounds")
    "'Cost in pounds'"
    """
    return f"'{' '.join(heading.split())[:60]}'"


def _with_details(
    kpis: dict[int, int | None], details: list[tuple[int, Field, int | None]]
) -> tuple[tuple[KpiColumns, ...], list[int]]:
    """Each KPI column with its unit and target: those of its number, else those that stand to its right."""
    numbered = {number or 1: column for column, number in reversed(kpis.items())}
    taken: dict[tuple[int, Field], int] = {}
    spare: list[int] = []
    for column, field, number in details:
        before = [kpi for kpi in kpis if kpi < column] or list(kpis)[:1]
        owner = numbered.get(number) if number is not None and number in numbered else next(reversed(before), None)
        if owner is None or (owner, field) in taken:
            spare.append(column)
        else:
            taken[owner, field] = column
    return tuple(KpiColumns(kpi, taken.get((kpi, "unit")), taken.get((kpi, "target"))) for kpi in kpis), spare

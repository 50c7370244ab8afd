"""From what a logframe says to a theory: ids, what leads to what, and KPIs in the form of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, get_args

from toc.language.placeholders import REWORD_GOAL
from toc.model.slugs import slug
from toc.model.structure import MAY_LEAD_TO
from toc.model.types import PLURALS as SECTIONS
from toc.model.types import Direction, Frequency, KpiStatus
from toc.reports.logframe_kpis import ReadKpi, ReadResult
from toc.reports.logframe_rows import LogframeReading
from toc.reports.logframe_values import Told
from toc.spreadsheet.ledger import Ledger

PLURALS: Final[Mapping[str, str]] = {kind: plural for kind, plural in SECTIONS.items() if kind not in ("pillar", "kpi")}
CLOSED: Final[Mapping[str, tuple[str, ...]]] = {"frequency": get_args(Frequency), "status": get_args(KpiStatus)}
RANK: Final[Mapping[str, int]] = {kind: place for place, kind in enumerate(PLURALS)}


class LogframeDocument:
    """The theory in the short form in which people write, made of what was read."""

    def __init__(self, reading: LogframeReading, ledger: Ledger) -> None:
        self.ledger = ledger
        self.results = reading.results
        self.kpis = reading.kpis
        if not any(one.kind == "goal" for one in self.results):
            first = self.results[0].cell
            self.results = [ReadResult("goal", "", REWORD_GOAL, first), *self.results]
            ledger.tell("goal", None, "no row is an Impact or Goal: write the goal where the file says so")
        self.goals = [one for one in self.results if one.kind == "goal"]
        coded = [one for one in self.results if one.code]
        self.by_code = {one.code: one for one in reversed(coded)}
        self.is_tree = len(self.by_code) == len(coded)  # else the levels are counted each by itself
        ranks = {RANK[one.kind] for one in self.results if one.kind != "goal"}
        coded_ranks = {RANK[one.kind] for one in coded if one.kind != "goal"}
        self.has_codes_above = {
            kind: not any(one < rank for one in ranks) or any(one < rank for one in coded_ranks)
            for kind, rank in RANK.items()
        }
        self.by_title: dict[str, list[ReadKpi]] = {}
        for kpi in self.kpis:
            self.by_title.setdefault(kpi.title, []).append(kpi)
        for mention in reading.mentions:
            self.refer(mention)
        self.ids: dict[ReadResult | ReadKpi, str] = {}
        self.taken = {"goal"}
        self.name((one, one.kind) for one in self.results)
        self.name((kpi, "kpi") for kpi in self.kpis)

    def name(self, ones: Iterable[tuple[ReadResult | ReadKpi, str]]) -> None:
        """Give each an id; the only goal is called that."""
        for number, (one, kind) in enumerate(ones, 1):
            is_goal = self.goals == [one]
            self.ids[one] = "goal" if is_goal else slug(one.title, self.taken, kind=kind, number=number)
            self.taken.add(self.ids[one])

    def refer(self, mention: ReadKpi) -> None:
        """A KPI that is mentioned beside a result measures that one too."""
        home = self.by_code.get(mention.see.strip(". "), self.goals[0])
        told = self.by_title.get(mention.title, [])
        found = next((one for one in told if home in one.measures), told[0] if told else None)
        if found is None:
            self.ledger.tell("no-kpi", mention.cell, f"'{mention.title[:60]}'")
        else:
            found.measures += [one for one in mention.measures if one not in found.measures]

    def written(self, title: str) -> dict[str, Any]:
        """The whole theory."""
        parts: dict[str, Any] = {plural: {} for plural in PLURALS.values()}
        above: dict[str, ReadResult] = {}  # the last of each kind, the latest last
        for one in self.results:
            parts[PLURALS[one.kind]][self.ids[one]] = self.result(one, above)
            above.pop(one.kind, None)
            above[one.kind] = one
        head: dict[str, Any] = {"toc": 1, "title": title}
        if len(parts["goals"]) == 1:
            head["goal"] = parts.pop("goals")["goal"]
        kpis = {self.ids[one]: self.kpi(one) for one in self.kpis}
        filled = {name: part for name, part in {**parts, "kpis": kpis}.items() if part}
        return {**head, **filled, "settings": {"checks": {"profile": "sketch"}}}

    def result(self, one: ReadResult, above: dict[str, ReadResult]) -> Any:
        """What stands under the id of a result."""
        if one.kind == "goal":
            if one.assumptions:
                self.ledger.tell("unsaid", one.cell, f"'{one.assumptions[0][:60]}'")
            return one.title
        parent = self.ids[self.parent(one, above)]
        assumed = {parent: {"assumptions": one.assumptions}} if one.assumptions else parent
        return {"title": one.title, "leads_to": assumed}

    def parent(self, one: ReadResult, above: dict[str, ReadResult]) -> ReadResult:
        """What a result leads to: by its code, else the nearest higher one above it."""
        by_code = [found for code in codes_above(one.code) if (found := self.by_code.get(code)) and found is not one]
        allowed = [found for found in by_code if may_lead(one, found)]
        if allowed:
            if allowed[0] is not by_code[0]:
                self.ledger.tell("parent", one.cell, f"leads to '{allowed[0].title[:40]}'")
            return allowed[0]
        is_coded = self.is_tree and bool(one.code) and self.has_codes_above[one.kind]
        is_top = is_coded and "." not in one.code and len(self.goals) == 1
        higher = (other for kind, other in reversed(above.items()) if RANK[kind] < RANK[one.kind])
        found = self.goals[0] if is_top else next(higher, self.goals[0])
        if not is_top and not (found.kind == "goal" and len(self.goals) == 1):
            self.ledger.tell("above", one.cell, f"leads to '{found.title[:40]}'")
        return found

    def kpi(self, one: ReadKpi) -> dict[str, Any]:
        """What stands under the id of a KPI; a word that the file does not know stands in its description."""
        words = {name: one.fields.get(name, "").casefold() for name in CLOSED}
        notes = [
            f"{name.capitalize()}: {one.fields[name]}"
            for name, word in words.items()
            if word and word not in CLOSED[name]
        ]
        known = {name: word for name, word in words.items() if word in CLOSED[name]}
        form = {
            "title": one.title,
            "description": "; ".join([*one.notes, *notes]),
            "measures": _one_or_many([self.ids[result] for result in one.measures]),
            "unit": one.fields.get("unit"),
            "direction": self.direction(one),
            "baseline": _value(one.baseline, "date") if one.baseline else None,
            "target": _one_or_many([_value(told, "by") for _, told in sorted(one.stops.items())]),
            "readings": [_reading(told, where) for told, where in one.readings],
            "method": one.fields.get("method"),
            "source": one.fields.get("source"),
            "frequency": known.get("frequency"),
            "owner": one.fields.get("owner"),
            "status": known.get("status"),
        }
        return {key: value for key, value in form.items() if value not in (None, [], "")}

    def direction(self, one: ReadKpi) -> str | None:
        """Which way is better: as it is said, else down where the target lies below the baseline."""
        said = one.fields.get("direction", "").casefold()
        if said in get_args(Direction):
            return said if said != "up" else None
        last = one.stops[max(one.stops)] if one.stops else None
        if one.baseline and last and last.value < one.baseline.value:
            self.ledger.tell("down", one.cell, f"'{one.title[:60]}'")
            return "down"
        return None


def codes_above(code: str) -> Iterator[str]:
    """The codes of what a code stands under, the nearest first.

    >>> list(codes_above("1.2.3"))
    ['1.2', '1']
    """
    while "." in code:
        code = code.rpartition(".")[0]
        yield code


def may_lead(one: ReadResult, other: ReadResult) -> bool:
    """Whether a result can lead to another one."""
    return other.kind in MAY_LEAD_TO[one.kind]  # type: ignore[index]


def _value(told: Told, day: str) -> Any:
    """A value as the file holds it, with its day where there is one."""
    return {"value": told.value, day: told.when.day} if told.when else told.value


def _reading(told: Told, where: Any) -> dict[str, Any]:
    form = {"date": told.when and told.when.day, "value": told.value, "where": dict(where), "n": told.n}
    return {key: value for key, value in form.items() if value not in (None, {})}


def _one_or_many(parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else parts

"""What the tests of logframes share: what a logframe says, and reading one back."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import toc
from toc.reports.indicators import Indicator
from toc.reports.logframe_reading import from_logframe, logframe_in
from toc.spreadsheet import Converted

TODAY = date(2026, 11, 25)


def said(theory: toc.TheoryOfChange) -> tuple[list[Any], list[Any]]:
    """The results, and the KPIs with their values and days, that a logframe of a theory holds."""
    frame = theory.logframe(today=TODAY)
    results = [(one.level, one.code, " ".join(one.node.title.split())) for one in frame.results]
    told = ((line, line.indicator) for line in frame.lines if line.kind != "achieved" and line.indicator)
    kpis = [
        (line.result.code, one.see or "", one.title) if one.see else (line.result.code, "", one.title, *_values(one))
        for line, one in told
    ]
    return results, sorted(kpis, key=repr)


def _values(one: Indicator) -> Iterator[Any]:
    """What was planned and read, with the days."""
    yield one.details
    yield one.kpi.baseline and (one.kpi.baseline.value, one.kpi.baseline.date)
    yield [(stop.value, stop.by) for stop in (*one.milestones, one.target) if stop]
    yield [reading and (reading.value, reading.date) for reading in (*one.achieved, one.latest)]
    yield " ".join((one.kpi.source or "").split())
    yield [part.text for part in one.parts]


def converted(data: bytes, name: str, *, is_sure: bool = False) -> Converted:
    """What is made of the logframe in a file."""
    found = logframe_in(data, name, is_sure=is_sure)
    assert found is not None
    return from_logframe(found, title="Read back", source=name)


def read_back(data: bytes, name: str, *, is_sure: bool = False) -> toc.TheoryOfChange:
    """The theory that a logframe stands for."""
    return toc.loads(converted(data, name, is_sure=is_sure).text)


def partnership() -> toc.TheoryOfChange:
    """Sixty activities, with milestones, readings of small groups and long texts."""
    form = json.loads(toc.example("large-programme").dumps("json"))
    form["activities"] = dict(list(form["activities"].items())[:60])
    form["kpis"] = {id: one for id, one in form["kpis"].items() if not {*_listed(one["measures"])} - _ids(form)}
    chance = random.Random(7)  # noqa: S311  # chance, not secrecy
    for id in list(form["activities"])[::3]:
        values = [chance.randint(10, 90_000) for _ in range(3)]
        form["kpis"][f"k-{id}"[:40].rstrip("-")] = {
            "title": f"Pupils of partner schools who take part in at least five sessions of {id}",
            "measures": id,
            "unit": "pupils, five or more sessions",
            "level": "participation",
            "baseline": {"value": 5, "date": "2025-07-31"},
            "target": [{"value": value, "by": f"{2026 + year}-07-31"} for year, value in enumerate(values)],
            "readings": [
                {"date": "2026-07-15", "value": values[0] + 1},
                {"date": "2026-07-15", "value": 7, "where": {"group": "disadvantaged"}},
            ],
            "source": "Registers of the partner schools, collected each term by the coordinators and added up in the office",
        }
    return toc.loads(json.dumps(form), format="json")


def _listed(names: Any) -> list[str]:
    return [names] if isinstance(names, str) else names


def _ids(form: dict[str, Any]) -> set[str]:
    sections = ("goals", "pillars", "outcomes", "outputs", "activities")
    return {"goal", *(id for section in sections for id in form.get(section) or {})}

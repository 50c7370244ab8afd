"""From what the spreadsheet says to a YAML file with notes for its author."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, Final

from toc.files.loader import loads
from toc.files.locator import Locator
from toc.files.yaml_writer import to_yaml
from toc.language.numbers import counted
from toc.model import Theory
from toc.problems import Path
from toc.spreadsheet.csv_table import Table
from toc.spreadsheet.gathering import GOAL, Activity, Measure, Plan

_GOAL_TITLE: Final = "The change that all of this is for"
_GOAL_NOTE: Final = "Reword this: what do you want to bring about in the end, and for whom?"
_HEADER: Final = """\
# Made from {origin}: {found}.
#
# What to do next:
#  - Reword the goal.
#  - Between an activity and its pillar put the outcomes: what changes for people. Say why one leads to the other.
#  - Find mistakes with toc check, and see the picture with toc draw.
"""


def composed(plan: Plan, table: Table, title: str) -> str:
    """The text of the file, which has been read back before it is given out."""
    text = to_yaml(document(plan, title))
    text = _header(plan, table) + "\n" + _with_notes(text, list(_notes(plan)))
    loads(text, source=table.source, into=Theory)
    return text


def document(plan: Plan, title: str) -> dict[str, Any]:
    """The theory in the short form in which people write."""
    parts: dict[str, Any] = {
        "toc": 1,
        "title": title,
        "goal": _GOAL_TITLE,
        "pillars": plan.pillars,
        "activities": {one.id: _activity(one) for one in plan.activities},
        "kpis": {kpi.id: _kpi(kpi, one) for one in plan.activities for kpi in one.kpis},
    }
    return {key: value for key, value in parts.items() if value or key == "toc"}


def _activity(activity: Activity) -> dict[str, Any]:
    # Who names what an activity leads to has said it all; the first pillar is then only the column it stands in.
    targets = [*activity.links, *(id for id in activity.pillars[1:] if id not in activity.links)]
    if not activity.links:
        targets = activity.pillars or [GOAL]
    form = {
        "title": activity.title,
        "pillar": activity.pillars[0] if activity.links and activity.pillars else None,
        "leads_to": targets[0] if len(targets) == 1 else targets,
        "certainty": activity.certainty,
        "participation": activity.participation,
    }
    return {key: value for key, value in form.items() if value is not None}


def _kpi(kpi: Measure, activity: Activity) -> dict[str, Any]:
    form = {"title": kpi.title, "measures": activity.id, "unit": kpi.unit, "target": kpi.target}
    return {key: value for key, value in form.items() if value is not None}


def _header(plan: Plan, table: Table) -> str:
    """Where the file comes from, what was left out, and what to do next."""
    kpis = sum(len(one.kpis) for one in plan.activities)
    counts = [
        (len(plan.activities), "activity", "activities"),
        (len(plan.pillars), "pillar", "pillars"),
        (kpis, "KPI", "KPIs"),
    ]
    found = ", ".join(counted(*count) for count in counts)
    text = _HEADER.format(origin=_comment(PurePath(table.source or "a spreadsheet").name), found=found)
    if table.columns.unused:
        text += "#\n# Columns that were not used:\n"
        text += "".join(f"#  - {_comment(name)}\n" for name in table.columns.unused)
    return text


def _notes(plan: Plan) -> Iterator[tuple[Path, str]]:
    """What the author should look at, and where it stands."""
    yield (GOAL,), _GOAL_NOTE
    for one in plan.activities:
        path = ("activities", one.id)
        if not one.pillars and not one.links:
            yield (*path, "leads_to"), "no pillar in the spreadsheet: name one here"
        if one.typed is not None:
            yield (*path, "participation"), f'"{_comment(one.typed)}" in the spreadsheet'
        for kpi in one.kpis:
            if kpi.typed is not None:
                yield ("kpis", kpi.id, "target"), f'"{_comment(kpi.typed)}" in the spreadsheet'


def _with_notes(text: str, notes: list[tuple[Path, str]]) -> str:
    """The notes at the ends of the lines they are about; those about a whole part stand above it."""
    lines = text.split("\n")
    locator = Locator(text, "yaml")
    above: dict[int, str] = {}
    for path, note in notes:
        place = locator.place(path, key=True)
        if place is None:
            continue
        line = place[0] - 1
        if len(path) == 1:
            above[line] = f"# {note}\n"
        else:
            lines[line] += f"   # {note}"
    return "\n".join(f"{_gap(line)}{above.get(number, '')}{line}" for number, line in enumerate(lines))


def _gap(line: str) -> str:
    """An empty line above each section and the goal."""
    return "\n" if re.match("(?:[a-z]+:$|goal: )", line) else ""


def _comment(text: str) -> str:
    """Text that stays inside a comment."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:200]

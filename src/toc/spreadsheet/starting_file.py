"""From what the spreadsheet says to a YAML file with notes for its author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any, Final

from toc.files.loader import loads
from toc.files.locator import Locator
from toc.files.yaml_writer import to_yaml
from toc.language.numbers import counted
from toc.language.placeholders import REWORD_GOAL
from toc.language.text import listed
from toc.merging.things import nested
from toc.model import Theory
from toc.problems import Path
from toc.spreadsheet.entries import GOAL, Book, Entry
from toc.spreadsheet.gathering import Plan

_GOAL_NOTE: Final = "Reword this: what do you want to bring about in the end, and for whom?"
_SETTINGS_NOTE: Final = "So long as this is a sketch, toc check asks for no more than a sketch needs; later write plan."
_HEADER: Final = """\
# Made from {origin}: {found}.
#
# What to do next:
{steps}"""
_REWORD: Final = "Reword the goal."
_BETWEEN: Final = (
    "Between an activity and its pillar put the outcomes: what changes for people. Say why one leads to the other."
)
_LOOK: Final = "Look at the notes behind the lines: they say what stood in the spreadsheet where that had to be read."
_FIND: Final = "Find mistakes with toc check, and see the picture with toc draw."
# The order of the keys of what a section holds is that of the format.
_ORDER: Final = (
    *("title", "description", "target_group", "leads_to", "pillar", "horizon", "type", "certainty", "participation"),
    *("starts", "ends", "lead", "funding", "partners", "impact"),
    *("measures", "unit", "baseline", "target", "method", "source", "owner"),
)
_SECTIONS: Final = {"pillars": "pillar", "outcomes": "outcome", "outputs": "output"}


def composed(plan: Plan, sources: Iterable[str | None], title: str) -> str:
    """The text of the file, which has been read back before it is given out."""
    text = to_yaml(document(plan, title))
    notes = list(_notes(plan))
    text = _header(plan, sources, has_notes=len(notes) > 2) + "\n" + _with_notes(text, notes)
    loads(text, source=None, into=Theory)
    return text


def document(plan: Plan, title: str) -> dict[str, Any]:
    """The theory in the short form in which people write."""
    book, goal = plan.book, plan.book.goal.id
    groups = {one.id: one.title for one in book.of("group")}
    parts: dict[str, Any] = {
        "toc": 1,
        "title": title,
        "context": {"target_groups": groups} if groups else None,
        "goal": plan.goal or REWORD_GOAL,
        **{section: {one.id: _written(one, goal) for one in book.of(kind)} for section, kind in _SECTIONS.items()},
        "activities": {one.id: _written(one, goal) for one in book.activities},
        "kpis": {kpi.id: _written(kpi, goal) for kpi in book.kpis},
        "partners": {one.id: _written(one, goal) for one in book.of("partner")},
        "settings": {"checks": {"profile": "sketch"}},
    }
    return {key: value for key, value in parts.items() if value or key == "toc"}


def _written(entry: Entry, goal: str) -> Any:
    """One entry under its id: its title alone where there is no more to say; what leads nowhere leads to the goal."""
    fields = nested({tuple(field.split(".")): _value(value) for field, value in entry.fields.items()})
    form = {"title": entry.title, **fields, **_ends(entry, goal)}
    ordered = {key: form[key] for key in _ORDER if form.get(key) not in (None, [])}
    ordered |= {key: texts[0] if len(texts) == 1 else texts for key, texts in entry.extras.items()}
    return entry.title if len(ordered) == 1 else ordered


def _value(value: Any) -> Any:
    """A field as the file holds it: a name instead of a list of one, ids instead of entries."""
    if isinstance(value, list):
        names = [one.id if isinstance(one, Entry) else one for one in value]
        return names[0] if len(names) == 1 else names
    return value


def _ends(entry: Entry, goal: str) -> dict[str, Any]:
    """What an entry measures or leads to, and the column in which it stands."""
    if entry.kind == "kpi":
        return {"measures": _value(list(entry.links))}
    if entry.kind in ("pillar", "partner", "group"):
        return {}
    direct = [one for one in entry.pillars if one not in entry.reached]
    # Who names what an activity leads to has said it all; the first pillar is then only the column it stands in.
    placed = direct[0].id if entry.named and direct else None
    targets = [one.id for one in dict.fromkeys([*entry.named, *entry.links, *direct[bool(placed) :]])] or [goal]
    if entry.assumptions:
        assumed = {"assumptions": entry.assumptions}
        return {"leads_to": dict.fromkeys(targets, assumed), "pillar": placed}
    return {"leads_to": targets[0] if len(targets) == 1 else targets, "pillar": placed}


def _header(plan: Plan, sources: Iterable[str | None], *, has_notes: bool) -> str:
    """Where the file comes from, and what to do next."""
    names = listed([_comment(PurePath(source or "a spreadsheet").name) for source in sources])
    steps = [_REWORD] * (plan.goal is None) + [_BETWEEN] * (not any(plan.book.of("outcome")))
    steps += [_LOOK] * has_notes + [_FIND]
    return _HEADER.format(origin=names, found=_counts(plan.book), steps="".join(f"#  - {step}\n" for step in steps))


def _counts(book: Book) -> str:
    kinds = [
        ("activity", "activities"),
        ("output", "outputs"),
        ("outcome", "outcomes"),
        ("pillar", "pillars"),
        ("KPI", "KPIs"),
    ]
    numbers = [
        len(book.activities),
        *(len(list(book.of(kind))) for kind in ("output", "outcome", "pillar")),
        len(book.kpis),
    ]
    found = zip(numbers, kinds, strict=True)
    return ", ".join(counted(number, *kind) for number, kind in found if number or kind[0] not in ("output", "outcome"))


def _notes(plan: Plan) -> Iterator[tuple[Path, str]]:
    """What the author should look at, and where it stands."""
    if plan.goal is None:
        yield (GOAL,), _GOAL_NOTE
    yield ("settings",), _SETTINGS_NOTE
    for one in plan.book.activities:
        if not (one.pillars or one.reached or one.named or one.links):
            yield ("activities", one.id, "leads_to"), "no pillar in the spreadsheet: name one here"
    for section, entries in (("activities", plan.book.activities), ("kpis", plan.book.kpis)):
        for one in entries:
            for field, note in one.notes:
                yield (section, one.id, *field.split(".")), _comment(note)


def _with_notes(text: str, notes: list[tuple[Path, str]]) -> str:
    """The notes at the ends of the lines they are about; those about a whole part stand above it."""
    lines = text.split("\n")
    locator = Locator(text, "yaml")
    above: dict[int, str] = {}
    for path, note in dict.fromkeys(notes):
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

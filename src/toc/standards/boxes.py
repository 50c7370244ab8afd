"""Boxes and arrows of another tool as a theory: what kind each box is, which arrows may stay, and what was assumed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from toc.model.slugs import slug
from toc.model.structure import MAY_LEAD_TO
from toc.model.types import ID_PATTERN, PLURALS, Kind
from toc.problems import Path
from toc.standards.exchange import Loss

# What a section, a type or a column may be called; the first that is found in it counts.
_CALLED: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "kpi": r"\b(kpis?|indicators?|metrics?|measures?)\b",
        "output": r"\b(outputs?|deliverables?|products?)\b",
        "activity": r"\b(activit(y|ies)|approach(es)?|actions?|interventions?|inputs?|projects?|strateg(y|ies)|work)\b",
        "pillar": r"\b(pillars?|strands?|themes?|workstreams?)\b",
        "outcome": r"\b(outcomes?|results?|changes?|objectives?|preconditions?|effects?)\b",
        "goal": r"\b(goals?|impacts?|missions?|visions?|purpose|aims?)\b",
    }
)
_ORDER: Final[tuple[Kind, ...]] = ("activity", "output", "outcome", "pillar", "goal")


@dataclass(frozen=True, slots=True)
class Box:
    """A box: how the other tool calls it, its title, what it says it is, and where it stands in the file."""

    name: str
    title: str
    said: str = ""
    description: str = ""
    path: Path = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow between two boxes, with what the link holds."""

    source: str
    target: str
    link: Mapping[str, Any] = field(default_factory=dict)
    path: Path = ()


def kind_called(text: str) -> Kind | None:
    """The kind that a word or heading names; "Intermediate outcomes" are outcomes, "End goal" is a goal.

    >>> kind_called("Intermediate outcomes"), kind_called("Approaches needed for change"), kind_called("Context")
    ('outcome', 'activity', None)
    """
    found = (
        (match.start(), kind) for kind, pattern in _CALLED.items() if (match := re.search(pattern, text, re.IGNORECASE))
    )
    return min(found, default=(0, None), key=lambda one: one[0])[1]


def assembled(title: str, boxes: Sequence[Box], arrows: Iterable[Arrow]) -> tuple[dict[str, Any], list[Loss]]:
    """The theory as plain data, and what was lost or assumed.

    A box that does not say what it is, is told by its arrows: one that leads to nothing is a goal, one to which nothing leads
    an activity, all others are outcomes. An arrow that no two kinds may have, and one to a box that is not there, is lost.
    """
    losses: list[Loss] = []
    joined = [one for one in arrows if _ends_known(one, {box.name for box in boxes}, losses)]
    kinds = _kinds(boxes, joined, losses)
    ids: dict[str, str] = {}
    for box in boxes:
        wanted = box.name if re.search(ID_PATTERN, box.name) else box.title
        ids[box.name] = slug(wanted, taken=set(ids.values()), kind=kinds[box.name])
    raw: dict[str, Any] = {"toc": 1, "title": title}
    for box in boxes:
        node: dict[str, Any] = {
            "title": box.title,
            **({"description": box.description} if box.description else {}),
            **box.more,
        }
        raw.setdefault(PLURALS[kinds[box.name]], {})[ids[box.name]] = node
    for arrow in joined:
        _join(raw, arrow, kinds, ids, losses)
    for id, kpi in list(raw.get("kpis", {}).items()):
        if "measures" not in kpi:
            losses.append(Loss(("kpis", id), kpi["title"], "it is joined to nothing that it would measure"))
            del raw["kpis"][id]
    return raw, losses


def _ends_known(arrow: Arrow, names: set[str], losses: list[Loss]) -> bool:
    for end in (arrow.source, arrow.target):
        if end not in names:
            losses.append(Loss(arrow.path, f"{arrow.source} → {arrow.target}", f"there is no box “{end}”"))
            return False
    return True


def _kinds(boxes: Sequence[Box], arrows: Sequence[Arrow], losses: list[Loss]) -> dict[str, Kind]:
    leading, led = {one.source for one in arrows}, {one.target for one in arrows}
    found: dict[str, Kind] = {}
    for box in boxes:
        kind = kind_called(box.said)
        if kind is None:
            kind = "goal" if box.name not in leading else "activity" if box.name not in led else "outcome"
            said = f"nothing says what it is{f' but “{box.said}”' if box.said else ''}: taken for {_article(kind)} by its arrows"
            losses.append(Loss(box.path, box.title, said))
        found[box.name] = kind
    onward = {one.source for one in arrows if not one.link.get("feedback") and found[one.target] == "goal"}
    for box in boxes:
        if found[box.name] == "goal" and box.name in onward:
            found[box.name] = "outcome"
            losses.append(Loss(box.path, box.title, "a goal leads to nothing further: taken for an outcome"))
    if boxes and "goal" not in found.values():
        last = max(boxes, key=lambda box: (box.name not in leading, _rank(found[box.name])))
        losses.append(
            Loss(last.path, last.title, f"there is no goal: taken for it in place of {_article(found[last.name])}")
        )
        found[last.name] = "goal"
    return found


def _join(
    raw: dict[str, Any], arrow: Arrow, kinds: Mapping[str, Kind], ids: Mapping[str, str], losses: list[Loss]
) -> None:
    source, target = kinds[arrow.source], kinds[arrow.target]
    told = f"{arrow.source} → {arrow.target}"
    if source == "kpi" or target == "kpi":
        measure, measured = (arrow.source, arrow.target) if source == "kpi" else (arrow.target, arrow.source)
        if kinds[measured] == "kpi":
            losses.append(Loss(arrow.path, told, "a KPI measures no KPI"))
            return
        names = raw["kpis"][ids[measure]].setdefault("measures", [])
        names += [ids[measured]] if ids[measured] not in names else []
        return
    link = dict(arrow.link)
    if target not in MAY_LEAD_TO[source] and not link.get("feedback"):
        why = f"{_article(source)} does not lead to {_article(target)}"
        losses.append(Loss(arrow.path, told, why))
        return
    links = raw[PLURALS[source]][ids[arrow.source]].setdefault("leads_to", {})
    if ids[arrow.target] in links:
        losses.append(Loss(arrow.path, told, "the two are joined already"))
    else:
        links[ids[arrow.target]] = link


def _rank(kind: Kind) -> int:
    return _ORDER.index(kind) if kind in _ORDER else -1


def _article(kind: Kind) -> str:
    return f"{'an' if kind[0] in 'ao' else 'a'} {'KPI' if kind == 'kpi' else kind}"

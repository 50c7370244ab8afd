"""Tell the nodes and links of a freshly validated theory where they stand, and see on the way whether all is sound.

This is the fast half of validation: one pass over attributes that says yes or no. Only after a no does `structure`
read the raw form again and name every problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toc.model.edits import led_to_goals
from toc.model.implied import ImpliedLinks
from toc.model.mentions import mention_problems
from toc.model.structure import (
    MAY_LEAD_TO,
    RANKS,
    REFERENCES,
    cycle_problems,
    may_link,
    missing,
    reference_pool,
)
from toc.model.types import KINDS, Kind

if TYPE_CHECKING:
    from toc.model.theory import Theory


def bound(theory: Theory) -> bool:
    """Whether ids, links and references of a theory are sound; its nodes and links know their ends afterwards."""
    contents = theory.__dict__
    contents["pillars"] = led_to_goals(contents["pillars"], contents["goals"])  # no theory shares this mapping yet
    kinds: dict[str, Kind] = {}
    count = 0
    for kind in KINDS:
        section = theory.of_kind(kind)
        kinds.update(dict.fromkeys(section, kind))
        count += len(section)
    sound = len(kinds) == count
    for kind in RANKS:
        sound = _links_bound(theory, kind, kinds) and sound
    sound = sound and not any(kpi.id for kpi in theory.kpis.values())
    for id, kpi in theory.kpis.items():
        kpi.__dict__["id"] = id
    return (
        sound
        and all(_references_sound(theory, kind, kinds) for kind in KINDS)
        and not any(mention_problems(theory.__dict__, kinds))
    )


def _links_bound(theory: Theory, kind: Kind, kinds: Mapping[str, Kind]) -> bool:
    allowed = frozenset(MAY_LEAD_TO[kind])
    among_equals: dict[str, list[str]] = {}
    sound = True
    for id, node in theory.of_kind(kind).items():
        contents = node.__dict__
        if contents["id"]:
            sound = False  # written in the file, or a node made in Python: `structure` tells the two apart
        contents["id"] = id
        if isinstance(contents["leads_to"], ImpliedLinks):
            continue  # a pillar may lead to a goal
        for target, link in contents["leads_to"].items():
            ends = link.__dict__
            if ends["source"] or ends["target"]:
                sound = False
            ends["source"] = id
            ends["target"] = target
            there = kinds.get(target)
            if there == kind and not ends["feedback"]:
                among_equals.setdefault(id, []).append(target)
            if there not in allowed or target == id:
                sound = sound and ends["feedback"] and may_link(there, (), feedback=target != id)
    return sound and not cycle_problems(kind, among_equals)


def _references_sound(theory: Theory, kind: Kind, kinds: Mapping[str, Kind]) -> bool:
    for field in REFERENCES[kind]:
        pool = kinds if field == "measures" else reference_pool(theory.__dict__, field)
        for node in theory.of_kind(kind).values():
            written = node.__dict__[field]
            if written and next(missing(written, pool), None):
                return False
    return kind != "kpi" or all(kinds[name] != "kpi" for kpi in theory.kpis.values() for name in kpi.measures)

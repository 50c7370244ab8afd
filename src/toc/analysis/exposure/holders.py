"""What rests on each assumption, and who holds a theory up: single leads and single funders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from toc import graph
from toc.analysis.exposure.dominators import Supports
from toc.analysis.exposure.exposure import Holder, Resting
from toc.language.text import one_line
from toc.model import Theory
from toc.model.types import AssumptionStatus
from toc.model.values import Assumption, Link


def resting(theory: Theory, held: Supports, status: AssumptionStatus) -> tuple[Resting, ...]:
    """The assumptions of one status, those with most resting on them first.

    First come those over which alone most pillars and goals are reached, then those that most activities have no way
    around, then those that most activities have any way over, then those over which alone most outcomes and outputs
    are reached; else the author's order holds.
    """
    links = [link for link in theory.written_links if any(one.status == status for one in link.assumptions)]
    if not links:
        return ()
    reaching = graph.count_reaching(held.order, held.backwards, held.activities, {link.source for link in links})
    rows = (_row(held, link, one, reaching) for link in links for one in link.assumptions if one.status == status)
    return tuple(sorted(rows, key=lambda row: (-row.heads, -row.every, -row.any, -row.middles)))


def _row(held: Supports, link: Link, one: Assumption, reaching: dict[str, int]) -> Resting:
    pair = (link.source, link.target)
    on_a_way = not link.feedback and link.sign == "+" and link.target in held.cut_off.tree.place
    return Resting(
        text=one.text,
        link=pair,
        status=one.status,
        test=one.test,
        owner=one.owner,
        by=one.by,
        heads=held.heads.count_below(pair),
        every=held.cut_off.count_below(pair),
        any=reaching[link.source] if on_a_way else 0,
        middles=held.middles.count_below(pair),
    )


Names = Mapping[str, Sequence[str]]  # who is named on each activity
SEVERAL: Final = ""  # no name is empty


def named_on(names: Names) -> int:
    """On how many activities anybody is named."""
    return sum(map(bool, names.values()))


def holders(theory: Theory, held: Supports, names: Names) -> tuple[Holder, ...]:
    """Each who is the only one named on an activity, with the pillars all of whose activities name nobody else.

    Activities that name nobody say nothing either way. Capitals and spaces make no difference between names. Those
    who hold most pillars come first, then those with most activities; else the author's order holds.
    """
    only = {id: _only(named) for id, named in names.items() if named}
    written: dict[str, str] = {}
    activities: dict[str, list[str]] = {}
    for id, key in only.items():
        if key != SEVERAL:
            written.setdefault(key, one_line(names[id][0]))
            activities.setdefault(key, []).append(id)
    pillars: dict[str, list[str]] = {}
    at = _alone_at(held, only)
    for pillar in theory.pillars:
        pillars.setdefault(at.get(pillar, SEVERAL), []).append(pillar)
    every = len(set(only.values())) == 1
    found = [Holder(written[key], tuple(own), tuple(pillars.get(key, ())), every) for key, own in activities.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.pillars), -len(one.activities))))


def _only(named: Sequence[str]) -> str:
    """The only name, in a form to compare, or that there are several."""
    keys = {one_line(name).casefold() for name in named}
    return keys.pop() if len(keys) == 1 else SEVERAL


def _alone_at(held: Supports, only: Mapping[str, str]) -> dict[str, str]:
    """The only one named on all activities that lead to each node, or that there are several; nobody, no entry."""
    found: dict[str, str] = {}
    together: dict[int, set[str]] = {}  # of rows that several nodes may share
    for node in held.order:
        keys = {only[node]} if node in only else set()
        for sources in graph.parts(held.backwards, node):
            if id(sources) not in together:
                together[id(sources)] = {found[source] for source in sources if source in found}
            keys |= together[id(sources)]
        if keys:
            found[node] = keys.pop() if len(keys) == 1 else SEVERAL
    return found

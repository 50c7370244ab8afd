"""Assumptions, and what rests on each: which to test first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toc.analysis.exposure_values import Resting
from toc.analysis.supports import Supports
from toc.model import Theory
from toc.model.values import Assumption, Link
from toc.model.words import AssumptionStatus

AT_ONCE: Final = 4096  # activities counted in one walk, each as a bit


def resting(theory: Theory, held: Supports, status: AssumptionStatus) -> tuple[Resting, ...]:
    """The assumptions of one status, those with most resting on them first.

    First come those over which alone most pillars and goals are reached, then those that most activities have no way
    around, then those that most activities have any way over, then those over which alone most outcomes and outputs
    are reached; else the author's order holds.

    >>> import toc
    >>> from toc.analysis.supports import supports
    >>> theory = toc.example("rgs-newcastle")
    >>> [(one.link[0], one.heads, one.every) for one in resting(theory, supports(theory), "untested")][:2]
    [('reading-sessions', 1, 0), ('confident-teachers', 0, 1)]
    """
    links = [link for link in theory.links if any(one.status == status for one in link.assumptions)]
    if not links:
        return ()
    reaching = reaching_each(held, {link.source for link in links})
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


def reaching_each(held: Supports, wanted: Iterable[str]) -> dict[str, int]:
    """How many activities lead to each of some nodes, itself counted where it is one.

    Every activity is a bit and every node holds the bits of all that lead to it, some thousand activities at a time.

    >>> import toc
    >>> from toc.analysis.supports import supports
    >>> reaching_each(supports(toc.example("rgs-newcastle")), ["cpd", "scitt"])
    {'cpd': 5, 'scitt': 1}
    """
    found = dict.fromkeys(wanted, 0)
    for first in range(0, len(held.activities), AT_ONCE):
        bit = {id: 1 << place for place, id in enumerate(held.activities[first : first + AT_ONCE])}
        bits: dict[str, int] = {}
        for node in held.order:
            own = bit.get(node, 0)
            for source in held.backwards[node]:
                own |= bits[source]
            bits[node] = own
            if node in found:
                found[node] += own.bit_count()
    return found

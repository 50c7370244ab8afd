"""What a theory hangs on: single nodes and links, smallest cuts, untested assumptions, single leads and funders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toc import graph
from toc.analysis.exposure.cuts import smallest_cut
from toc.analysis.exposure.dominators import Supports, supports
from toc.analysis.exposure.exposure import Cut, Exposure, Loss
from toc.analysis.exposure.holders import holders, named_on, resting
from toc.analysis.exposure.necessity import necessary_ones
from toc.language.vocabulary import wording
from toc.model import Theory

MOST_STEPS: Final = 500_000  # nodes and links in all cuts; 10,000 nodes with 12 pillars have fewer


def exposed(theory: Theory) -> Exposure:
    """What a theory hangs on, in time close to linear in its size."""
    held = supports(theory)
    leads = {id: activity.lead for id, activity in theory.activities.items()}
    funding = {id: activity.funding for id, activity in theory.activities.items()}
    return Exposure(
        title=theory.title,
        activities=len(theory.activities),
        unconnected=tuple(id for id in theory.activities if id not in held.cut_off.tree.place),
        unreached=tuple(id for id in (*theory.goals, *theory.pillars) if id not in held.heads.tree.place),
        losses=_losses(theory, held),
        necessary=necessary_ones(theory, held),
        cuts=tuple(_cuts(theory, held)),
        untested=resting(theory, held, "untested"),
        failing=resting(theory, held, "failing"),
        leads=holders(theory, held, leads),
        lead_named=named_on(leads),
        funders=holders(theory, held, funding),
        funding_named=named_on(funding),
        left_out=tuple(
            (link.source, link.target) for link in theory.written_links if link.sign == "-" and not link.feedback
        ),
        wording=wording(theory),
        supports=held,
    )


def _losses(theory: Theory, held: Supports) -> tuple[Loss, ...]:
    """Every node but the goals, and every link, whose loss would cut something off, the worst first.

    First what leaves most pillars and goals without any activity, then what cuts off most activities, then what leaves
    most outcomes and outputs; what is equally bad stands in the author's order.
    """
    found = [loss for loss in _each(theory, held) if loss.activities or loss.heads or loss.middles]
    return tuple(sorted(found, key=lambda loss: (-loss.heads, -loss.activities, -loss.middles)))


def _each(theory: Theory, held: Supports) -> Iterator[Loss]:
    elements = (*held.cut_off.tree.place, *held.heads.tree.place)
    alone = {element[0] for element in elements if isinstance(element, tuple)}  # sources of links that all must pass
    for node, targets in held.forwards.items():
        for target in (None, *targets) if node in alone else (None,):
            element = node if target is None else (node, target)
            if element not in theory.goals:
                yield Loss(
                    node,
                    target,
                    held.cut_off.count_below(element),
                    held.heads.count_below(element),
                    held.middles.count_below(element),
                )


def _cuts(theory: Theory, held: Supports) -> Iterator[Cut]:
    """The smallest cut for each pillar and goal that an activity reaches, until there has been enough walking."""
    activities = set(theory.activities)
    useful = graph.reachable(held.forwards, activities)
    walked = 0
    for head in (*theory.goals, *theory.pillars):
        if head not in useful:
            continue
        if walked > MOST_STEPS:
            yield Cut(head, None)
            continue
        inside = graph.reachable(held.backwards, [head]) & useful
        below = {id: _within(held.backwards[id], inside) for id in theory.nodes if id in inside}
        walked += len(theory.nodes) + sum(map(len, below.values()))
        yield Cut(head, smallest_cut(below, activities, head))


def _within(ids: Iterable[str], inside: set[str]) -> list[str]:
    return [id for id in ids if id in inside]

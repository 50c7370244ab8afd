"""What holds a theory up: the links that raise what they lead to, and the two trees of what everything has to pass.

Support runs along every link but feedback and those with a minus: a link that lowers what it leads to holds nothing
up. (Two of them in a row would, but they are left out too, and named, so that a person can judge.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toc import graph
from toc.analysis.dominating import Crowd, crowd, finished, grown
from toc.model import Theory
from toc.model.nodes import CausalNode


@dataclass(frozen=True, slots=True)
class Supports:
    """The links of a theory that hold something up, both ways round, and what has to pass what.

    `cut_off` holds the activities in the tree of what every way to a goal passes; `heads` (goals and pillars) and
    `middles` (outcomes and outputs) stand in the tree of what every way from an activity passes.
    """

    forwards: Mapping[str, Sequence[str]]
    backwards: Mapping[str, Sequence[str]]
    order: tuple[str, ...]
    activities: tuple[str, ...]
    cut_off: Crowd
    heads: Crowd
    middles: Crowd


def supports(theory: Theory) -> Supports:
    """The supports of a theory, in time close to linear.

    >>> import toc
    >>> found = supports(toc.example("small-charity"))
    >>> sorted(found.cut_off.below("early-help")), found.heads.below("tea-and-games")
    (['advice-table'], ())
    """
    forwards = {
        id: [target for target, link in node.leads_to.items() if not link.feedback and link.sign == "+"]
        for id, node in theory.nodes.items()
        if isinstance(node, CausalNode)
    }
    backwards = graph.reversed_graph(forwards)
    order = tuple(graph.order(forwards))
    to_goals = finished(grown(reversed(order), forwards, set(theory.goals), backwards=True))
    from_activities = finished(grown(order, backwards, set(theory.activities), backwards=False))
    return Supports(
        forwards=forwards,
        backwards=backwards,
        order=order,
        activities=tuple(theory.activities),
        cut_off=crowd(to_goals, theory.activities),
        heads=crowd(from_activities, [*theory.goals, *theory.pillars]),
        middles=crowd(from_activities, [*theory.outcomes, *theory.outputs]),
    )

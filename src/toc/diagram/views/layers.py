"""The views in layers: all of a theory by causal depth, what stands around one node, and its ways to the goals."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet

from toc import graph
from toc.diagram.layout.ranks import Layer, Layered, causal_layers, kinds_named, layered
from toc.diagram.layout.turn import SIDEWAYS
from toc.diagram.options import ALL, Asked, Marked
from toc.diagram.shapes import Diagram
from toc.language.numbers import counted
from toc.language.text import listed, quoted
from toc.language.vocabulary import in_sentence
from toc.model import Theory
from toc.model.nodes import Kpi
from toc.ways import count_paths


def layer_view(theory: Theory, asked: Asked = ALL) -> Diagram:
    """The outcome chain: every node but the KPIs in its causal layer, and an arrow for every link.

    Each box names its pillar over its title.
    """
    direction = asked.direction or "up"
    layers = _named(theory, theory.forwards)
    if direction not in SIDEWAYS:
        layers = [layer._replace(is_bar=layer.ids[0] in theory.goals) for layer in layers]
    return layered(theory, asked, Layered("layers", layers, theory.links, direction))


def neighbourhood_view(theory: Theory, asked: Asked) -> Diagram:
    """A node with all that leads to it and all that it leads to, so many steps up and down.

    For a KPI, what it measures stands in the middle.
    """
    middle = _starts(theory, asked.node)
    above, below = _within(theory.forwards, middle, asked.steps), _within(theory.backwards, middle, asked.steps)
    ids = above | below
    links = [link for link in theory.links if link.source in ids and link.target in ids]
    plan = Layered(
        "neighbourhood", _named(theory, ids), links, asked.direction or "right", _beyond(theory, middle, ids)
    )
    return layered(theory, _focused(asked, middle, "The centre of this view"), plan)


def path_view(theory: Theory, asked: Asked) -> Diagram:
    """All ways from one node to the goals, and nothing else. For a KPI, the ways start at what it measures."""
    starts = _starts(theory, asked.node)
    ids = graph.reachable(theory.forwards, starts) & graph.reachable(theory.backwards, theory.goals) | set(starts)
    links = [link for link in theory.links if link.source in ids and link.target in ids and not link.feedback]
    plan = Layered("path", _named(theory, ids), links, asked.direction or "right", (_ways(theory, starts),))
    return layered(theory, _focused(asked, starts, "All ways from here"), plan)


def _named(theory: Theory, ids: Collection[str]) -> list[Layer]:
    return [Layer(layer, kinds_named(theory, layer)) for layer in causal_layers(theory, ids)]


def _starts(theory: Theory, id: str) -> tuple[str, ...]:
    """A node, or what it measures if it is a KPI."""
    node = theory.nodes[id]
    return tuple(dict.fromkeys(node.measures)) if isinstance(node, Kpi) else (id,)


def _focused(asked: Asked, ids: Iterable[str], words: str) -> Asked:
    """The wish with a mark on what is asked about, unless it has one already."""
    return asked._replace(marks=dict.fromkeys(ids, Marked("focus", words)) | dict(asked.marks))


def _within(links: graph.Graph, starts: Iterable[str], steps: int) -> set[str]:
    """What can be reached in so many steps."""
    found = set(starts)
    edge = found
    for _ in range(steps):
        edge = {target for id in edge for target in links[id]} - found
        if not edge:
            break
        found = found | edge
    return found


def _beyond(theory: Theory, middle: Iterable[str], ids: AbstractSet[str]) -> tuple[str, ...]:
    """How much leads here, and follows from here, that is not shown."""
    causes = len(graph.reachable(theory.backwards, middle) - ids)
    effects = len(graph.reachable(theory.forwards, middle) - ids)
    said = [
        *([f"{counted(causes, 'more box leads', 'more boxes lead')} here"] if causes else ()),
        *([f"{counted(effects, 'more follows', 'more follow')} from here"] if effects else ()),
    ]
    return (f"Beyond what is shown: {' and '.join(said)}",) if said else ()


def _ways(theory: Theory, starts: Iterable[str]) -> str:
    """How many ways there are, in words."""
    ways = sum(count_paths(theory, id, None) for id in starts)
    names = listed([quoted(theory.nodes[id].title) for id in starts])
    goal = in_sentence(theory, "goal", plural=len(theory.goals) > 1)
    if not ways:
        return f"No way leads from {names} to the {goal}"
    return f"{counted(ways, 'way', 'ways')} from {names} to the {goal}"

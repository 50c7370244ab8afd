"""The views in layers: by causal depth, around one node, and on its ways to the goals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from toc import graph
from toc.diagram.layout import blueprint
from toc.diagram.layout.assembly import assembled
from toc.diagram.layout.ranks import causal_layers, kinds_named, pillar_title
from toc.diagram.layout.scene import Text
from toc.diagram.options import ALL, Asked, Marked
from toc.diagram.shapes import Diagram
from toc.diagram.type.box_text import lines_of
from toc.diagram.type.kpi_lines import kpi_lines
from toc.draw_options import SIDEWAYS
from toc.language.numbers import counted
from toc.language.text import listed, quoted
from toc.language.vocabulary import in_sentence, word
from toc.model import Theory
from toc.model.nodes import Kpi
from toc.model.types import Kind
from toc.model.values import Link
from toc.ways import count_paths, links_among


class Layer(NamedTuple):
    """Boxes that stand on one level, from the goals down, and what they are."""

    ids: Sequence[str]
    name: str


def layer_view(theory: Theory, asked: Asked = ALL) -> Diagram:
    """The outcome chain: every node but the KPIs above what leads to it, and an arrow for every link.

    Each box names its pillar over its title. Sideways the nodes stand in their causal layers.
    """
    direction = asked.direction or "up"
    if direction in SIDEWAYS:
        return assembled(
            theory, layered(theory, asked, "layers", _named(theory, theory.forwards), links_among(theory, theory.nodes))
        )
    goals, ceiling = blueprint.goal_rows(theory)
    kinds: tuple[tuple[Kind, ...], ...] = (("pillar",), ("outcome", "output"), ("activity",))
    tiers = {id: tier for tier, among in enumerate(kinds) for kind in among for id in theory.of_kind(kind)}
    names: dict[str | int, str] = {tier: blueprint.named(theory, *among) for tier, among in enumerate(kinds)}
    texts, notes = texts_of(theory, asked, [id for id, node in theory.nodes.items() if node.kind != "kpi"])
    plan = blueprint.Plan(
        view="layers",
        goals=goals,
        columns={"": list(tiers)},
        tiers=tiers,
        names={"goal": blueprint.named(theory, "goal"), **names},
        texts=texts,
        links=links_among(theory, theory.nodes),
        page=asked.page,
        search=asked.search,
        ceiling=ceiling,
        notes=(*notes, *asked.notes),
        direction=direction,
        marks=asked.marks,
        hide=asked.hide,
    )
    return assembled(theory, plan)


def texts_of(theory: Theory, asked: Asked, ids: Collection[str]) -> tuple[dict[str, Text], tuple[str, ...]]:
    """What boxes say that name their pillar over their title, where there are several, and how to read their KPIs."""
    kpis = kpi_lines(theory, asked, ids)
    found = {}
    for id in ids:
        node = theory.nodes[id]
        lines = lines_of(theory, node, asked, kpis.of.get(id, ()), pillar_title(theory, id))
        found[id] = Text(node.kind, lines)  # type: ignore[arg-type]
    return found, kpis.notes


def layered(theory: Theory, asked: Asked, view: str, layers: Sequence[Layer], links: Sequence[Link]) -> blueprint.Plan:
    """Layers as columns from left to right, or as the wish leads, the goals last."""
    ids = [id for layer in layers for id in layer.ids]
    above = [number for number, layer in enumerate(layers, 1) if any(is_above_ceiling(theory, id) for id in layer.ids)]
    texts, notes = texts_of(theory, asked, [id for id in ids if id in theory.nodes])
    return blueprint.Plan(
        view=view,
        goals=(),
        columns={"": ids},
        tiers={id: tier for tier, layer in enumerate(layers) for id in layer.ids},
        names={
            tier: layer.name for tier, layer in enumerate(layers) if tier == 0 or layers[tier - 1].name != layer.name
        },
        texts=texts,
        links=links,
        page=asked.page,
        search=asked.search,
        ceiling=(max(above), word(theory, "ceiling")) if above and max(above) < len(layers) else None,
        notes=(*notes, *asked.notes),
        direction=asked.direction or "right",
        marks=asked.marks,
        hide=asked.hide,
    )


def is_above_ceiling(theory: Theory, id: str) -> bool:
    """Whether a node is a goal above the accountability ceiling."""
    return id in theory.goals and theory.goals[id].above_ceiling


def neighbourhood_view(theory: Theory, asked: Asked) -> Diagram:
    """A node with all that leads to it and all that it leads to, so many steps up and down.

    For a KPI, what it measures stands in the middle.
    """
    middle = _starts(theory, asked.node)
    above, below = _within(theory.forwards, middle, asked.steps), _within(theory.backwards, middle, asked.steps)
    ids = above | below
    links = links_among(theory, ids)
    asked = _focused(asked, middle, "The centre of this view")
    asked = asked._replace(notes=(*_beyond(theory, middle, ids), *asked.notes))
    return assembled(theory, layered(theory, asked, "neighbourhood", _named(theory, ids), links))


def path_view(theory: Theory, asked: Asked) -> Diagram:
    """All ways from one node to the goals, and nothing else. For a KPI, the ways start at what it measures."""
    starts = _starts(theory, asked.node)
    ids = graph.reachable(theory.forwards, starts) & graph.reachable(theory.backwards, theory.goals) | set(starts)
    links = [link for link in links_among(theory, ids) if not link.feedback]
    asked = _focused(asked, starts, "All ways from here")
    asked = asked._replace(notes=(_ways(theory, starts), *asked.notes))
    return assembled(theory, layered(theory, asked, "path", _named(theory, ids), links))


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

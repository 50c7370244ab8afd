"""A theory as indented text, for a terminal, an e-mail or a screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from toc import graph
from toc.language.dates import day
from toc.language.facts import HORIZONS, aim, participation
from toc.language.text import one_line
from toc.language.vocabulary import word
from toc.model import Theory
from toc.model.nodes import Activity, HasDate, HasHorizon, Kpi, Node

CEILING: Final = "Above the accountability ceiling: aimed for together with others, not answered for alone."


def outline(theory: Theory) -> str:
    """The theory in words, a line for each node: goals, then each pillar with what stands in its column.

    Within a column the outcomes come first, effects before their causes, then the outputs and the activities. A KPI
    stands beneath all that it measures, and an activity says how it should be measured, as `theory.guidance()` explains.
    The names of the kinds are those of `settings.vocabulary`.
    """
    blocks = [[one_line(theory.title)], _lines(theory, theory.goals.values(), "")]
    columns = _columns(theory)
    for id, pillar in theory.pillars.items():
        blocks.append([*_lines(theory, [pillar], ""), *_lines(theory, columns[id], "  ")])
    if columns[None]:
        outside = [f"Outside every {word(theory, 'pillar')}"] if theory.pillars else []
        blocks.append([*outside, *_lines(theory, columns[None], "  " if outside else "")])
    if any(node.above_ceiling for node in theory.nodes.values()):
        blocks.append([CEILING])
    return "\n\n".join("\n".join(block) for block in blocks)


def _columns(theory: Theory) -> Mapping[str | None, list[Node]]:
    """Outcomes, outputs and activities by column, in the author's order but for outcomes that lead to others."""
    found: dict[str | None, list[Node]] = {id: [] for id in [*theory.pillars, None]}
    distance = {id: depth for depth, layer in enumerate(graph.layers(theory.backwards)) for id in layer}
    outcomes = sorted(theory.outcomes, key=lambda id: distance[id])
    for id in (*outcomes, *theory.outputs, *theory.activities):
        found[theory.columns.get(id)].append(theory.nodes[id])
    return found


def _lines(theory: Theory, nodes: Iterable[Node], indent: str) -> Iterator[str]:
    for node in nodes:
        yield indent + _line(theory, node)
        for kpi in theory.measured_by.get(node.id, ()):
            yield f"{indent or '  '}  {_line(theory, theory.kpis[kpi])}"


def _line(theory: Theory, node: Node) -> str:
    facts = "; ".join(part for part in (", ".join(_facts(node)), _advice(theory, node)) if part)
    return f"{word(theory, node.kind)}: {one_line(node.title)}{f' ({facts})' if facts else ''}"


def _advice(theory: Theory, node: Node) -> str:
    """How an activity is to be measured, in a word or two."""
    if not isinstance(node, Activity):
        return ""
    from toc.guidance import in_few_words

    return in_few_words(theory, node)


def _facts(node: Node) -> Iterator[str]:
    """What is known about a node, in few words."""
    if isinstance(node, Activity):
        yield from _activity_facts(node)
    if isinstance(node, HasHorizon) and node.horizon:
        yield HORIZONS[node.horizon]
    if isinstance(node, HasDate) and node.by:
        yield f"by {day(node.by)}"
    if isinstance(node, Kpi):
        yield from filter(None, (aim(node), "draft" if node.status == "draft" else ""))
    if node.above_ceiling:
        yield "above the accountability ceiling"


def _activity_facts(activity: Activity) -> Iterator[str]:
    if activity.certainty:
        yield f"{activity.certainty.level} certainty"
    if activity.participation is not None:
        yield participation(activity.participation)

"""All that is known about one box, in the order in which somebody asks."""

from __future__ import annotations

from collections.abc import Iterator

from toc.guidance.sentences import number
from toc.model.nodes import Activity, Goal, Node, Outcome, Output, Pillar
from toc.page.arguments import links
from toc.page.markup import bullets, element, paragraphs, said, web_link
from toc.page.measures import Fact, guidance, kpis, terms
from toc.page.shown import Shown
from toc.phrases import HORIZONS, day


def facts_of(part: Shown, id: str, reached: str) -> str:
    """The facts of one box as HTML: reach, description, links with their arguments, KPIs, guidance.

    >>> import toc
    >>> from toc.page.shown import shown
    >>> theory = toc.example("small-charity")
    >>> "Older people who live alone nearby" in facts_of(shown(theory, theory.diagram()), "goal", "")
    True
    """
    return "\n".join(_facts(part, id, reached))


def _facts(part: Shown, id: str, reached: str) -> Iterator[str]:
    node = part.node(id)
    yield element("p", said(reached), class_="reach")
    yield from _marked(part, id)
    if node is None:
        yield bullets(line.text for line in part.boxes[id].lines if line.role not in {"title", "mark"})
        return
    if node.description:
        yield paragraphs(node.description)
    yield terms(_terms(part, node))
    if node.url:
        yield element("p", element("b", "More: "), web_link(node.url, node.url), class_="more")
    yield from links(part, id)
    yield from kpis(part, id)
    if isinstance(node, Activity):
        yield from guidance(part, id)


def _marked(part: Shown, id: str) -> Iterator[str]:
    """What is marked on the box in this drawing."""
    for line in part.boxes[id].lines:
        if line.role == "mark":
            yield element("p", element("strong", said(line.text)), dir="auto")


def _terms(part: Shown, node: Node) -> Iterator[Fact]:
    groups = [part.theory.context.target_groups[id] for id in node.target_group]
    if groups:
        yield "For", "; ".join(f"{one.title}{' (disadvantaged)' if one.disadvantaged else ''}" for one in groups)
    if isinstance(node, (Goal, Pillar, Outcome, Output)) and node.by:
        yield "By", day(node.by)
    if isinstance(node, (Outcome, Output)) and node.horizon:
        yield "When", HORIZONS[node.horizon]
    if isinstance(node, Activity):
        yield from _activity_terms(part, node)
    if node.above_ceiling:
        yield "Above the ceiling", "aimed for together with others, not answered for alone"
    if node.tags:
        yield "Tags", ", ".join(node.tags)


def _activity_terms(part: Shown, node: Activity) -> Iterator[Fact]:
    if node.certainty:
        yield "Certainty", node.certainty.level + (f": {node.certainty.because}" if node.certainty.because else "")
    people = node.participation
    if isinstance(people, int):
        yield "People", f"{number(people)} a year"
    elif people:
        yield "People", f"{people} participation"
    named = (
        ("Type", node.type or ""),
        ("How often", node.recurs or ""),
        ("From", day(node.starts) if node.starts else ""),
        ("Until", day(node.ends) if node.ends else ""),
        ("Led by", ", ".join(node.lead)),
        ("With", ", ".join(part.theory.partners[id].title for id in node.partners)),
        ("Funded by", ", ".join(node.funding)),
    )
    yield from ((name, text) for name, text in named if text)

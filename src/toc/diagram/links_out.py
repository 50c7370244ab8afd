"""What a drawing of a part says of the links to what it leaves out: a line in the box, so that no link is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from toc.diagram.options import Asked
from toc.language.facts import joins
from toc.language.numbers import counted, number
from toc.language.text import listed, one_line
from toc.model import Theory
from toc.model.nodes import CausalNode
from toc.model.values import Link

MOST: Final = 8  # lines of one direction in one box
MOST_HEADS: Final = 12  # pillars in one line
OUT, IN = "→", "←"


class _End(NamedTuple):
    """The other end of a link, which is not drawn."""

    id: str
    link: Link


def links_out(theory: Theory, part: Theory, asked: Asked) -> dict[str, tuple[str, ...]]:
    """For each box of a part the lines that name where links lead and from where they come outside it.

    Goals stand for orientation: what leads to them from elsewhere is not of the part. What is left out because of its kind is counted, as whoever chose the kinds knows of it.
    """
    found = {}
    for id in part.nodes.keys() - part.kpis.keys() - part.goals.keys():
        lines = (*_lines(theory, asked, id, OUT, _effects(theory, part, id)),)
        lines += (*_lines(theory, asked, id, IN, _causes(theory, part, id)),)
        if lines:
            found[id] = lines
    return found


def _effects(theory: Theory, part: Theory, id: str) -> list[_End]:
    node = theory.nodes[id]
    links: Mapping[str, Link] = node.leads_to if isinstance(node, CausalNode) else {}
    return [_End(target, link) for target, link in links.items() if target not in part.nodes]


def _causes(theory: Theory, part: Theory, id: str) -> list[_End]:
    left_out = (source for source in theory.led_by.get(id, ()) if source not in part.nodes)
    nodes = ((source, theory.nodes[source]) for source in left_out)
    return [_End(source, node.leads_to[id]) for source, node in nodes if isinstance(node, CausalNode)]


def _lines(theory: Theory, asked: Asked, id: str, way: str, ends: list[_End]) -> Iterator[str]:
    unasked = [end for end in ends if asked.kind and theory.kind_of(end.id) not in asked.kind]
    ends = [end for end in ends if end not in unasked]
    bars = [end for end in ends if end.id in theory.pillars or end.id in theory.goals]
    plain = [end.id for end in bars if not _manner(end.link)]
    if plain:
        yield f"{way} {listed([one_line(theory.nodes[one].title) for one in plain], most=MOST_HEADS)}"
    named = [end for end in ends if end.id not in plain]
    yield from (f"{way} {other_end(theory, id, end.id, end.link)}" for end in named[:MOST])
    if len(named) > MOST:
        yield f"{way} and {number(len(named) - MOST)} more"
    if unasked:
        yield f"{way} {counted(len(unasked), 'link', 'links')} with what is not drawn"


def other_end(theory: Theory, id: str, end: str, link: Link) -> str:
    """The title of the other end, after that of its pillar where it stands in another one."""
    column = theory.columns.get(end, "")
    title = one_line(theory.nodes[end].title)
    if column and column not in (end, theory.columns.get(id)):
        title = f"{one_line(theory.pillars[column].title)}: {title}"
    return f"{title}{_manner(link)}"


def _manner(link: Link) -> str:
    """In brackets how a link leads, where it does not just help."""
    if link.sign == "+" and not link.feedback:
        return ""
    return f" ({joins(negative=link.sign == '-', feedback=link.feedback)})"

"""What a drawing tells beyond its layout: tooltips and badges, from the whole theory even where a part is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toc.diagram import wording
from toc.diagram.asking import Marked
from toc.diagram.values import Badge, Box, Diagram
from toc.guidance import Guidance, advised
from toc.model import Theory
from toc.model.vocabulary import word
from toc.model.words import PLURALS


def told(diagram: Diagram, theory: Theory, marks: Mapping[str, Marked]) -> Diagram:
    """The diagram with the tooltips, badges and marks of its boxes and the organisation's words."""
    words = tuple((kind, word(theory, kind), word(theory, kind, plural=True)) for kind in PLURALS)
    return diagram._replace(boxes=tuple(_told(diagram, theory, marks)), words=words)


def _told(diagram: Diagram, theory: Theory, marks: Mapping[str, Marked]) -> Iterator[Box]:
    advice = {found.activity: found for found in advised(theory, into=Guidance)}
    for box in diagram.boxes:
        node = theory.nodes.get(box.id)
        if node is None:  # no node of the theory, such as an input of the logic model: it tells of itself
            yield box
            continue
        found = advice.get(box.id)
        badge = _badge(found) if any(line.role == "badge" for line in box.lines) else ""
        tooltip = wording.box_tooltip(theory, node, found)
        mark = marks[box.id].mark if box.id in marks else box.mark
        yield box._replace(tooltip=tooltip, badge=badge, mark=mark)


def _badge(found: Guidance | None) -> Badge:
    if found is None:
        return ""
    return "open" if found.approach is None else found.approach.value

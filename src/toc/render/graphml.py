"""A diagram as GraphML, for tools that work on graphs: yEd, Gephi, Cytoscape, networkx, R.

Every box is a node, and every link between two boxes an edge: those that have an arrow, and those that the drawing says in
another way, as the column of a pillar does; `drawn` tells them apart. A KPI is no node of its own: as in the drawing, it is a line of each box
that it measures, under `kpis`, one a line. Lengths are points (1/72 inch); `x` and `y` are the top left corner of a box,
`x` grows to the right and `y` downwards from the top left corner of the drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Final

from toc.diagram.description import panels
from toc.diagram.looks.themes import LIGHT, Theme
from toc.diagram.shapes import Arrow, Box, Diagram
from toc.render.markup import plain_text, safe_url

# The attributes with their types, by what they belong to. Each is written only where it says something.
KEYS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "graph": {
            "title": "string",
            "description": "string",
            "view": "string",
            "language": "string",
            "width": "double",
            "height": "double",
            "ceiling": "double",
        },
        "node": {
            "kind": "string",
            "title": "string",
            "label": "string",
            "kpis": "string",
            "column": "string",
            "above_ceiling": "boolean",
            "badge": "string",
            "mark": "string",
            "tooltip": "string",
            "url": "string",
            "x": "double",
            "y": "double",
            "width": "double",
            "height": "double",
            "fill": "string",
            "line": "string",
        },
        "edge": {
            "strength": "string",
            "across": "boolean",
            "feedback": "boolean",
            "negative": "boolean",
            "drawn": "boolean",
            "mark": "string",
            "tooltip": "string",
            "points": "string",
        },
    }
)
Value = str | float | bool


def to_graphml(diagram: Diagram, theme: Theme = LIGHT) -> str:
    """The diagram as GraphML text: the same diagram always gives the same text.

    `label` holds all lines of a box, and `points` the corners of an arrow as `x,y` pairs, from its source to its head.

    >>> import toc
    >>> theory = toc.example("small-charity")
    >>> to_graphml(theory.diagram()).count("<edge ") == len(theory.links)
    True
    """
    columns = {box.id: group.id for group, boxes in panels(diagram)[1] for box in boxes}
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *_keys(),
        '<graph id="theory" edgedefault="directed">',
        *_data("graph", _about_graph(diagram)),
    ]
    for box in diagram.boxes:
        parts += _element(f"<node id={_attribute(box.id)}>", "node", _about_box(box, columns.get(box.id, ""), theme))
    for number, arrow in enumerate((*diagram.arrows, *diagram.implied)):
        ends = f"source={_attribute(arrow.source)} target={_attribute(arrow.target)}"
        parts += _element(f'<edge id="e{number}" {ends}>', "edge", _about_arrow(arrow))
    return "\n".join([*parts, "</graph>", "</graphml>", ""])


def _keys() -> Iterator[str]:
    for owner, keys in KEYS.items():
        for name, kind in keys.items():
            yield f'<key id="{owner}-{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>'


def _about_graph(diagram: Diagram) -> dict[str, Value]:
    about: dict[str, Value] = {
        "title": diagram.title,
        "description": diagram.description,
        "view": diagram.view,
        "language": diagram.language,
        "width": diagram.width,
        "height": diagram.height,
    }
    return about | {"ceiling": diagram.ceilings[0].y} if diagram.ceilings and not diagram.ceilings[0].height else about


def _about_box(box: Box, column: str, theme: Theme) -> dict[str, Value]:
    paint = theme.boxes[box.kind]
    return {
        "kind": box.kind,
        "title": box.title,
        "label": _lines(line.text for line in box.lines),
        "kpis": _lines(line.text for line in box.lines if line.role == "kpi"),
        "column": column,
        "above_ceiling": box.above_ceiling,
        "badge": box.badge,
        "mark": box.mark,
        "tooltip": box.tooltip,
        "url": safe_url(box.url),
        "x": box.x,
        "y": box.y,
        "width": box.width,
        "height": box.height,
        "fill": paint.fill,
        "line": paint.line,
    }


def _about_arrow(arrow: Arrow) -> dict[str, Value]:
    return {
        "strength": arrow.strength,
        "across": arrow.across,
        "feedback": arrow.feedback,
        "negative": arrow.negative,
        "drawn": bool(arrow.points),
        "mark": arrow.mark,
        "tooltip": arrow.tooltip,
        "points": " ".join(f"{x!r},{y!r}" for x, y in arrow.points),
    }


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _element(opened: str, owner: str, about: Mapping[str, Value]) -> Iterator[str]:
    yield opened
    yield from _data(owner, about)
    yield f"</{owner}>"


def _data(owner: str, about: Mapping[str, Value]) -> Iterator[str]:
    for name, value in about.items():
        if value != "":
            yield f'<data key="{owner}-{name}">{_written(value)}</data>'


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _escaped(value) if isinstance(value, str) else repr(value)


def _attribute(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    # A carriage return that is not written as its number would be read as a line feed.
    return escape(plain_text(text)).replace("\r", "&#13;")

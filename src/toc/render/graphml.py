"""A diagram as GraphML, for tools that work on graphs: yEd, Gephi, Cytoscape, networkx, R.

Every box is a node, and every link between two boxes an edge: those that have an arrow, and those that the drawing says in
another way, as the column of a pillar does; `drawn` tells them apart. A KPI is no node of its own: as in the drawing, it is a line of each box
that it measures, under `kpis`, one a line. Lengths are points (1/72 inch); `x` and `y` are the top left corner of a box,
`x` grows to the right and `y` downwards from the top left corner of the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Final

from toc.diagram.description import panels
from toc.diagram.looks.themes import LIGHT, Theme
from toc.diagram.shapes import Arrow, Box, Diagram
from toc.render.markup import plain_text, safe_url

_TYPES: Final = {
    **dict.fromkeys(("x", "y", "width", "height", "ceiling"), "double"),
    **dict.fromkeys(("above_ceiling", "across", "feedback", "negative", "drawn"), "boolean"),
}
_NAMES: Final = {
    "graph": "title description view language width height ceiling",
    "node": "kind title label kpis column above_ceiling badge mark tooltip url x y width height fill line",
    "edge": "strength flow across feedback negative drawn mark tooltip points",
}
# The attributes with their types, by what they belong to. Each is written only where it says something.
KEYS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {owner: {name: _TYPES.get(name, "string") for name in names.split()} for owner, names in _NAMES.items()}
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
        *_keys(flows=any(arrow.flow for arrow in diagram.arrows)),
        '<graph id="theory" edgedefault="directed">',
        *_data("graph", _about_graph(diagram)),
    ]
    for box in diagram.boxes:
        parts += _element(f"<node id={_attribute(box.id)}>", "node", _about_box(box, columns.get(box.id, ""), theme))
    for number, arrow in enumerate((*diagram.arrows, *diagram.implied)):
        ends = f"source={_attribute(arrow.source)} target={_attribute(arrow.target)}"
        parts += _element(f'<edge id="e{number}" {ends}>', "edge", _about_arrow(arrow))
    return "\n".join([*parts, "</graph>", "</graphml>", ""])


def _keys(*, flows: bool) -> Iterator[str]:
    """What the attributes are. `flow` belongs to drawings of partners."""
    for owner, names in KEYS.items():
        for name, kind in names.items():
            if flows or name != "flow":
                yield f'<key id="{owner}-{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>'


def _about_graph(diagram: Diagram) -> dict[str, Value]:
    level = [rule.y for rule in diagram.ceilings[:1] if not rule.height]
    notes = [caption.text for caption in diagram.captions if caption.role == "note" and not diagram.boxes]
    about = "\n".join(filter(None, (diagram.description, *notes)))  # of no boxes they say why
    return diagram._asdict() | {"description": about, "ceiling": level[0] if level else ""}


def _about_box(box: Box, column: str, theme: Theme) -> dict[str, Value]:
    paint = theme.boxes[box.kind]
    return box._asdict() | {
        "title": box.title,
        "label": "\n".join(line.text for line in box.lines),
        "kpis": "\n".join(line.text for line in box.lines if line.role == "kpi"),
        "column": column,
        "url": safe_url(box.url),
        "fill": paint.fill,
        "line": paint.line,
    }


def _about_arrow(arrow: Arrow) -> dict[str, Value]:
    points = " ".join(f"{x!r},{y!r}" for x, y in arrow.points)
    return arrow._asdict() | {"drawn": bool(points), "points": points, **({"strength": ""} if arrow.flow else {})}


def _element(opened: str, owner: str, about: Mapping[str, Value]) -> Iterator[str]:
    yield opened
    yield from _data(owner, about)
    yield f"</{owner}>"


def _data(owner: str, about: Mapping[str, Value]) -> Iterator[str]:
    for name in KEYS[owner]:
        if about[name] != "":
            yield f'<data key="{owner}-{name}">{_written(about[name])}</data>'


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _escaped(value) if isinstance(value, str) else repr(value)


def _attribute(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    # A carriage return that is not written as its number would be read as a line feed.
    return escape(plain_text(text)).replace("\r", "&#13;")

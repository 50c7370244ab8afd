"""Views of a theory as neutral, frozen diagrams."""

from toc.diagram.drawing import VIEWS, View, drawn
from toc.diagram.options import Marked
from toc.diagram.shapes import Arrow, Box, Caption, Ceiling, Diagram, Group, Key, Line
from toc.draw_options import Options

__all__ = [
    "VIEWS",
    "Arrow",
    "Box",
    "Caption",
    "Ceiling",
    "Diagram",
    "Group",
    "Key",
    "Line",
    "Marked",
    "Options",
    "View",
    "drawn",
]

"""Views of a theory as neutral, frozen diagrams."""

from toc.diagram.asking import Marked, Options
from toc.diagram.values import Arrow, Box, Caption, Ceiling, Diagram, Group, Key, Line
from toc.diagram.views import VIEWS, View, drawn

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

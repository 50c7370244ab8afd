"""Views of a theory as neutral, frozen diagrams."""

from toc.diagram.asking import Marked, Options
from toc.diagram.values import Arrow, Box, Caption, Diagram, Group, Key, Line, Rule
from toc.diagram.views import VIEWS, View, drawn

__all__ = [
    "VIEWS",
    "Arrow",
    "Box",
    "Caption",
    "Diagram",
    "Group",
    "Key",
    "Line",
    "Marked",
    "Options",
    "Rule",
    "View",
    "drawn",
]

"""The views by name: each a pure function from a theory to a diagram."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from toc.diagram.collapsed import collapsed_view
from toc.diagram.pillars import pillar_view
from toc.diagram.values import Diagram
from toc.errors import DrawingError, hint, nearest
from toc.model import Theory

VIEWS: Final[Mapping[str, Callable[[Theory], Diagram]]] = MappingProxyType(
    {
        "pillars": pillar_view,
        "collapsed": collapsed_view,
    }
)
LARGEST_READABLE: Final = 1000  # nodes in one picture


def drawn(theory: Theory, view: str | None = None) -> Diagram:
    """The theory in a view; without one, in the pillar view, or collapsed when it is too large to read.

    Raises:
        DrawingError: there is no such view.

    >>> import toc
    >>> drawn(toc.example("small-charity")).view
    'pillars'

    """
    if view is None:
        view = "pillars"
        if len(theory.nodes) > LARGEST_READABLE:
            view = "collapsed"
            message = (
                f"{len(theory.nodes):,} nodes are too many to read in one picture, so each pillar is drawn as one box; "
                "view='pillars' draws them all"
            )
            warnings.warn(message, stacklevel=2)
    if view not in VIEWS:
        message = f"there is no view {view!r}; the views are {', '.join(VIEWS)}{hint(nearest(view, VIEWS))}"
        raise DrawingError(message)
    return VIEWS[view](theory)

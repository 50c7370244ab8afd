"""The views by name: each a pure function from a theory to a diagram."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple, Unpack

from toc.diagram.asking import Asked, Marked, Options, asked
from toc.diagram.collapsed import collapsed_view
from toc.diagram.pillars import pillar_view
from toc.diagram.telling import told
from toc.diagram.values import Diagram
from toc.errors import DrawingError, hint, nearest
from toc.model import Theory
from toc.model.mappings import FrozenDict


class View(NamedTuple):
    """One way to look at a theory: its function, what it shows in a few words, and the options that only it takes."""

    of: Callable[[Theory, Asked], Diagram]
    shows: str
    takes: tuple[str, ...] = ()


VIEWS: Final[Mapping[str, View]] = MappingProxyType(
    {
        "pillars": View(pillar_view, "a column for each pillar, the goal across the top"),
        "collapsed": View(collapsed_view, "each pillar as one box that counts what stands in it"),
    }
)
LARGEST_READABLE: Final = 1000  # nodes in one picture


def drawn(
    theory: Theory,
    view: str | None = None,
    *,
    marks: Mapping[str, Marked] = FrozenDict(),
    **options: Unpack[Options],
) -> Diagram:
    """The theory in a view; without one, in the pillar view, or collapsed when it is too large to read.

    Raises:
        DrawingError: there is no such view, or an option that does not fit it.

    >>> import toc
    >>> drawn(toc.example("small-charity")).view
    'pillars'

    """
    view = _known(view) if view is not None else _readable(theory)
    wish = asked(theory, options, marks)
    _check_options(view, options)
    return told(VIEWS[view].of(theory, wish), theory, marks)


def _known(view: str) -> str:
    if view not in VIEWS:
        message = f"there is no view {view!r}; the views are {', '.join(VIEWS)}{hint(nearest(view, VIEWS))}"
        raise DrawingError(message)
    return view


def _readable(theory: Theory) -> str:
    """The view for someone who named none."""
    if len(theory.nodes) <= LARGEST_READABLE:
        return "pillars"
    message = (
        f"{len(theory.nodes):,} nodes are too many to read in one picture, so each pillar is drawn as one box; "
        "view='pillars' draws them all"
    )
    warnings.warn(message, stacklevel=3)
    return "collapsed"


def _check_options(view: str, options: Options) -> None:
    """Refuse an option that another view takes and this one does not."""
    special = {name for one in VIEWS.values() for name in one.takes}
    for name, value in options.items():
        if value is not None and name in special and name not in VIEWS[view].takes:
            takers = " and ".join(other for other, one in VIEWS.items() if name in one.takes)
            raise DrawingError(f"the view {view!r} takes no {name}: {takers} do")

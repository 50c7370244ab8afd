"""The views by name: each a pure function from a theory to a diagram."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple, Unpack

from toc.diagram.ladder import laddered
from toc.diagram.links_out import links_out
from toc.diagram.looks.page import on_page
from toc.diagram.options import Asked, Marked, asked, filtered
from toc.diagram.shapes import LARGEST_READABLE, Diagram
from toc.diagram.tooltips import told
from toc.diagram.views.layers import layer_view, neighbourhood_view, path_view
from toc.diagram.views.logic_model import logic_model_view
from toc.diagram.views.partners import partners_view
from toc.diagram.views.pillars import collapsed_view, pillar_view
from toc.diagram.views.triangle import triangle_view
from toc.draw_options import Options
from toc.errors import OptionError, one_of, warn
from toc.language.text import listed
from toc.limits import for_drawing, held, refuse_over
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.parts import for_outside
from toc.model.types import Kind


class View(NamedTuple):
    """One way to look at a theory: its function, what it shows in a few words, and the options that not every view takes.

    Those of `takes` may be left out, those of `needs` may not. `only` is the kind of node that it draws, without the links between them.
    """

    of: Callable[[Theory, Asked], Diagram]
    shows: str
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    only: Kind | None = None


VIEWS: Final[Mapping[str, View]] = MappingProxyType(
    {
        "pillars": View(pillar_view, "a column for each pillar, the goal across the top"),
        "layers": View(layer_view, "the outcome chain, layer by layer, with an arrow for every link", ("direction",)),
        "logic-model": View(logic_model_view, "columns from inputs and activities to the goal, left to right"),
        "triangle": View(
            triangle_view, "the planning triangle: activities at the base, the goal at the top, no arrows"
        ),
        "neighbourhood": View(
            neighbourhood_view, "what leads to one box and what it leads to", ("steps", "direction"), ("node",)
        ),
        "path": View(path_view, "all ways from one box to the goal, and nothing else", ("direction",), ("node",)),
        "partners": View(
            partners_view,
            "the partners, home first, beside the activities: who gives, who gains, what is done in return",
            only="activity",
        ),
        "collapsed": View(collapsed_view, "each pillar as one box that counts what stands in it"),
    }
)


def drawn(
    theory: Theory,
    view: str | None = None,
    *,
    marks: Mapping[str, Marked] = FrozenDict(),
    **options: Unpack[Options],
) -> Diagram:
    """The theory in a view; without one, in the pillar view, or collapsed when it is too large to read.

    Raises:
        OptionError: there is no such view, or an option that does not fit it.
        DrawingError: there is more to draw than the limits allow.
    """
    with held(for_drawing(options.pop("limits", None))):
        return _drawn(theory, view, marks, options)


def _drawn(theory: Theory, view: str | None, marks: Mapping[str, Marked], options: Options) -> Diagram:
    view = one_of("view", view, VIEWS) if view is not None else _readable(theory)
    wish = asked(theory, options, marks)
    if options.get("audience") is not None:
        theory = for_outside(theory)
    _check_options(theory, view, options)
    return viewed(theory, view, wish)


def viewed(theory: Theory, view: str, wish: Asked) -> Diagram:
    """The theory in a view as it is asked for.

    Raises:
        OptionError: the filters leave out what the view is about.
        DrawingError: there is more to draw than the limits allow.
    """
    part = theory
    if wish.is_filtered:
        part, note = filtered(theory, wish, VIEWS[view].only)
        wish = wish._replace(notes=(note,), links_out=links_out(theory, part, wish))
        if wish.node and wish.node not in part.nodes:
            raise OptionError(
                f"the filters leave out {wish.node!r}, which is asked for: leave out a filter, or the box"
            )
    refuse_over("nodes", len(part.nodes))

    def drawn_as(wish: Asked) -> Diagram:
        return on_page(VIEWS[view].of(part, wish), wish.page)

    found = told(laddered(drawn_as, wish, part), theory, wish)
    return found._replace(implied=()) if VIEWS[view].only else found


def _readable(theory: Theory) -> str:
    """The view for someone who named none."""
    if len(theory.nodes) <= LARGEST_READABLE:
        return "pillars"
    message = (
        f"{len(theory.nodes):,} boxes are too many to read in one picture, so each pillar is drawn as one box; "
        "view='pillars' draws them all"
    )
    warn(message)
    return "collapsed"


def _check_options(theory: Theory, view: str, options: Options) -> None:
    """Refuse an option that other views take and this one does not, and ask for what it cannot do without."""
    given = {name for name, value in options.items() if value is not None}
    takers = {name: [view for view, one in VIEWS.items() if name in (*one.takes, *one.needs)] for name in given}
    for name, views in takers.items():
        if views and view not in views:
            raise OptionError(f"the view {view!r} takes no {name}: {listed(views)} {'do' if views[1:] else 'does'}")
    for name in VIEWS[view].needs:
        if name not in given:
            example = list(theory.forwards)[-1]
            raise OptionError(f"the view {view!r} needs a {name}: give the id of one, {example!r} for example")

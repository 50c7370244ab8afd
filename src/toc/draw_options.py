"""What may be asked of a drawing, by name: for type checkers, for `help()` and for Shift-Tab in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from inspect import Parameter, signature
from os import PathLike
from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict, TypeVar

if TYPE_CHECKING:
    from toc.checks import Finding
    from toc.diagram.looks.themes import Theme
    from toc.limits import Limits
    from toc.monitoring import Progress

Direction = Literal["up", "down", "right", "left"]
Kpis = Literal["full", "short", "once", "count"]
Hidden = Literal["badges", "kpis", "ceiling", "legend", "captions"]
Audience = Literal["outside"]
Search = Literal["full", "quick"]
SIDEWAYS: Final = frozenset({"right", "left"})
StrPath = str | PathLike[str]
F = TypeVar("F", bound=Callable[..., Any])


class OnPage(TypedDict, total=False):
    """For what paper to draw, and how thoroughly to look for places; `Options` says more."""

    page: str
    search: Search


class _Part(TypedDict, total=False):
    node: str
    steps: int
    direction: Direction
    pillar: str | Sequence[str]
    tag: str | Sequence[str]
    target_group: str | Sequence[str]
    kind: str | Sequence[str]


class Options(_Part, OnPage, total=False):
    """What `draw`, `diagram` and the `to_…` methods take beside a view.

    node: the node in the middle of a neighbourhood, or at the start of a path.
    steps: how many links up and down a neighbourhood goes; 2 unless it says otherwise.
    direction: where the layers lead: "up", "down", "right" or "left". All layers lead up unless it says otherwise, those
        around one node or from one node to the right.
    pillar, tag, target_group, kind: one, or several of which any will do. Only what stands in one of the pillars, has
        one of the tags, is meant for one of the groups, is of one of the kinds is drawn, with the goals and the pillars
        it stands in. Where kinds are named, KPIs are shown if "kpi" is one of them; alone it shows what KPIs measure.
    page: the paper for which it is drawn: "slide", "a4", "a4-portrait", "a3", "a3-portrait", a size such as "297x210" in
        millimetres, or "free", which is any size; free unless it says otherwise.
    search: "full" tries many places for the boxes of up to 60, "quick" takes the first that do; full unless it says
        otherwise.
    kpis: how boxes name their KPIs: "full", with target and date; "short", the latest reading and the target; "once",
        the same in the lowest box measured alone; "count". Unless it says otherwise, the first that a page can hold.
    hide: one or several of "badges", "kpis", "ceiling", "legend" and "captions", which are left out.
    audience: "outside" leaves out what is meant for those who do the work: badges, how certain an impact is, advice on
        measuring and who does it, plans to test assumptions, and findings.
    progress: what `progress` found, to be told at each KPI by a mark and a word; in the methods of a theory True stands for
        that of today.
    today: the day of progress and findings that are True; the present day unless it says otherwise.
    limits: how much the drawing may take: its nodes, its links and the seconds for it; `Limits()` unless it says otherwise.
    """

    kpis: Kpis
    hide: Hidden | Sequence[Hidden]
    audience: Audience
    progress: Progress | bool
    today: date | None
    limits: Limits | None


class _Look(TypedDict, total=False):
    view: str | None
    theme: StrPath | Theme
    findings: Iterable[Finding] | bool


class Looks(_Look, Options, total=False):
    """How a picture looks: a view with its options, and a theme.

    view: one of the views; without one the pillar view, or the collapsed view of a theory too large to read.
    theme: "light" (the default), "dark", "print" or "high-contrast"; or a file with one's own, as a `pathlib.Path`: a `str` never names a file.
    findings: what `check` found, to be marked on the boxes; in the methods of a theory True stands for all of today.
    """


def naming(options: type[OnPage]) -> Callable[[F], F]:
    """Give a function that hands on `**options` a signature that names each of them.

    >>> @naming(Options)
    ... def near(id: str, **options) -> str: ...
    >>> list(signature(near).parameters)[:4]
    ['id', 'node', 'steps', 'direction']
    """

    def named(function: F) -> F:
        own = signature(function)
        kept = [one for one in own.parameters.values() if one.kind is not Parameter.VAR_KEYWORD]
        more = [
            Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=getattr(hint, "__forward_arg__", hint))
            for name, hint in options.__annotations__.items()
        ]
        function.__signature__ = own.replace(parameters=[*kept, *more])  # type: ignore[attr-defined]
        return function

    return named

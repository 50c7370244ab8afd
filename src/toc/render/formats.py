"""The formats that a drawing can have: one table, read by whatever draws, lists, offers or documents them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, Final, Literal, NamedTuple

from toc.diagram.looks.themes import Theme
from toc.diagram.shapes import Diagram
from toc.errors import DrawingError
from toc.model.mappings import FrozenDict
from toc.phrases import listed
from toc.spelling import hint, nearest

# What a format may take besides the diagram and the theme. The first two are for people to give; the others are handed
# over by whatever is drawn, and nothing is worked out that the format does not take.
Take = Literal["dpi", "transparent", "description", "notes", "theory"]
Renderer = Callable[..., str | bytes]
# The names of ours, for type checkers; those of others are known only when the program runs.
Picture = Literal["svg", "png", "pdf", "html", "pptx", "drawio", "mmd", "graphml", "dot"]


class Format(NamedTuple):
    """A format: what it is called, what it is for, and the function that makes it.

    name: as in `format="svg"`.
    suffixes: the endings of its files, without the dot, the usual one first.
    media_type: what a web server calls it.
    renderer: a function from a diagram, a theme and what is named in `takes` (by keyword) to text or bytes; or where it
        stands, as "module:function", to be imported when it is needed.
    shows: what it is for, in a few words.
    takes: what it is given besides: of "dpi", "transparent", "description" (all that the drawing says, in words),
        "notes" (what is drawn, as prose for a speaker) and "theory" (a format with it cannot show what changed).
    extra: the extra of this package without which it cannot be made.
    is_text: whether it is text, always in UTF-8.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    renderer: Renderer | str
    shows: str
    takes: tuple[Take, ...] = ()
    extra: str = ""
    is_text: bool = True


class Subject(NamedTuple):
    """What is drawn: a diagram in a theme, and how to work out what some formats take besides, by its name."""

    diagram: Diagram
    theme: Theme
    given: Mapping[str, Callable[[], Any]] = FrozenDict()


FORMATS: Final[tuple[Format, ...]] = (
    Format(
        "svg",
        ("svg",),
        "image/svg+xml",
        "toc.render.svg:to_svg",
        "screens, web pages, large prints: sharp at any size, with tooltips; text can be searched",
        takes=("description",),
    ),
    Format(
        "png",
        ("png",),
        "image/png",
        "toc.render.png:to_png",
        "letters, messages, documents",
        takes=("description", "dpi", "transparent"),
        is_text=False,
    ),
    Format(
        "pdf",
        ("pdf",),
        "application/pdf",
        "toc.render.pdf:to_pdf",
        "print; text can be selected and searched",
        extra="pdf",
        is_text=False,
    ),
    Format(
        "html",
        ("html",),
        "text/html",
        "toc.explore:to_html",
        "a page to explore in a browser, which needs no network",
        takes=("theory",),
    ),
    Format(
        "pptx",
        ("pptx",),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "toc.render.slide:to_pptx",
        "a PowerPoint slide to edit",
        takes=("notes",),
        extra="pptx",
        is_text=False,
    ),
    Format(
        "drawio",
        ("drawio",),
        "application/vnd.jgraph.mxfile",
        "toc.render.drawio:to_drawio",
        "a drawing to edit in draw.io (diagrams.net)",
    ),
    Format(
        "mmd",
        ("mmd", "mermaid"),
        "text/vnd.mermaid",
        "toc.render.mermaid:to_mermaid",
        "Mermaid, for Markdown pages on GitHub, GitLab and the like, which arrange the boxes in their own way",
    ),
    Format(
        "graphml",
        ("graphml",),
        "application/graphml+xml",
        "toc.render.graphml:to_graphml",
        "yEd, Gephi and other programs of graphs, with every link and the places of the boxes",
    ),
    Format(
        "dot",
        ("dot", "gv"),
        "text/vnd.graphviz",
        "toc.render.dot:to_dot",
        "Graphviz and programs that read its language; every place is settled in it",
    ),
)


def formats() -> tuple[Format, ...]:
    """Every format."""
    return FORMATS


def format_of(target: object, format: str | None = None) -> Format:
    """The format asked for, else that of the file's name; SVG for a file without a name.

    Raises:
        DrawingError: there is no such format.

    >>> format_of("reading.v2.GV").name, format_of("reading.svg", "png").name
    ('dot', 'png')
    """
    if format is not None:
        return _known(format)
    name = target if isinstance(target, (str, os.PathLike)) else getattr(target, "name", None)
    if not isinstance(name, (str, os.PathLike)):
        return _known("svg")
    return _known(Path(name).suffix.removeprefix(".").lower())


def _known(word: object) -> Format:
    """The format with a name or an ending."""
    for format in formats():
        if word == format.name or word in format.suffixes:
            return format
    said = "the name has no ending" if word == "" else f"{word!r} is not a format to draw in"
    names = [format.name for format in formats()]
    close = hint(nearest(str(word), names))
    raise DrawingError(f"{said}; end the name in .{', .'.join(names)}{close}")


def chosen_of(format: Format, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that were given: one that is None or False was not.

    Raises:
        DrawingError: the format takes no such option.

    >>> chosen_of(format_of("x.png"), {"dpi": 300, "transparent": False})
    {'dpi': 300}
    """
    chosen = {name: value for name, value in options.items() if value is not None and value is not False}
    for name in chosen:
        if name not in format.takes:
            takers = [one.name for one in formats() if name in one.takes]
            raise DrawingError(f"{format.name} takes no {name}: {listed(takers)} {'do' if takers[1:] else 'does'}")
    return chosen


def rendered(format: Format, subject: Subject, options: Mapping[str, Any] = FrozenDict()) -> str | bytes:
    """The subject in a format, which is handed exactly what it takes; `options` are what `chosen_of` let through.

    Raises:
        DrawingError: the format cannot do without a theory, and none is given.
        MissingExtraError: the format needs an extra that is not installed.

    >>> import toc
    >>> from toc.diagram.looks.themes import LIGHT
    >>> subject = Subject(toc.example("small-charity").diagram(), LIGHT, {"description": lambda: "Seven boxes."})
    >>> rendered(format_of("x.svg"), subject).count("Seven boxes.")
    1
    """
    if "theory" in format.takes and "theory" not in subject.given:
        others = ", ".join(one.name for one in formats() if "theory" not in one.takes)
        raise DrawingError(f"{format.name!r} is for one theory: draw what changed as {others}")
    handed = {name: work_out() for name, work_out in subject.given.items() if name in format.takes}
    function: Renderer = resolve_name(format.renderer) if isinstance(format.renderer, str) else format.renderer
    return function(subject.diagram, subject.theme, **handed, **options)

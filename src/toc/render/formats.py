"""The formats that a drawing can have: one table, read by whatever draws, lists, offers or documents them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, Final, Literal, NamedTuple, cast, get_args

from toc.diagram.looks.themes import Theme
from toc.diagram.shapes import Diagram
from toc.errors import DrawingError, OptionError, TocError, as_given
from toc.language.text import listed
from toc.limits import Bounds
from toc.log import now, tell
from toc.model.mappings import FrozenDict
from toc.plug_ins import PlugIn, complaint, leave_out, plugged_in
from toc.scalars import plain
from toc.spelling import hint, nearest

# What a format may take besides the diagram and the theme. The first seven are for people to give; the others are handed
# over by whatever is drawn, and nothing is worked out that the format does not take.
Take = Literal[
    "dpi", "transparent", "timeout", "tooltips", "prefix", "arrows", "deck", "description", "notes", "progress",
    "theory",
]  # fmt: skip
# What says nothing where it is given, beside None: it is so without.
_AS_IT_IS: Final[Mapping[str, bool]] = FrozenDict({"transparent": False, "tooltips": True})
Renderer = Callable[..., str | bytes]
# The names of ours, for type checkers; those of others are known only when the program runs.
Picture = Literal["svg", "png", "pdf", "html", "pptx", "drawio", "mmd", "graphml", "dot"]


_WORD: Final = re.compile("[a-z0-9]+")


class Format(NamedTuple):
    """A format: what it is called, what it is for, and the function that makes it.

    Args:
        name: as in `format="svg"`.
        suffixes: the endings of its files, without the dot, the usual one first.
        media_type: what a web server calls it.
        renderer: a function from a diagram, a theme and what is named in `takes` (by keyword) to text or bytes; or where it
            stands, as "module:function", to be imported when it is needed.
        shows: what it is for, in a few words.
        takes: what it is given besides: of "dpi", "transparent", "timeout", "tooltips", "prefix" (of its ids),
            "arrows" ("glued" or "drawn"), "deck" (the leaves to draw, where they are asked for, in place of the diagram), "description" (all that the drawing says, in words), "notes" (what is drawn, as prose for a speaker), "progress" (how the KPIs stand, where that is asked for) and "theory" (a format with
            it cannot show what changed).
        extra: the extra of this package without which it cannot be made.
        is_text: whether it is text, always in UTF-8.
        page: the page that a drawing is made for where none is asked for.

    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    renderer: Renderer | str
    shows: str
    takes: tuple[Take, ...] = ()
    extra: str = ""
    is_text: bool = True
    page: str = "free"


class Subject(NamedTuple):
    """What is drawn: a diagram in a theme, and how to work out what some formats take besides, by its name."""

    diagram: Diagram
    theme: Theme
    given: Mapping[str, Callable[[], Any]] = FrozenDict()
    bounds: Bounds = Bounds(is_drawing=True)


FORMATS: Final[tuple[Format, ...]] = (
    Format(
        "svg", ("svg",), "image/svg+xml", "toc.render.svg:to_svg",
        "screens, web pages, large prints: sharp at any size, with tooltips; text can be searched",
        takes=("description", "tooltips", "prefix"),
    ),
    Format(
        "png", ("png",), "image/png", "toc.render.png:to_png",
        "letters, messages, documents",
        takes=("description", "dpi", "transparent", "timeout"), is_text=False,
    ),
    Format(
        "pdf", ("pdf",), "application/pdf", "toc.render.pdf:to_pdf",
        "print; text can be selected and searched",
        takes=("deck",), extra="pdf", is_text=False,
    ),
    Format(
        "html", ("html",), "text/html", "toc.explore:to_html",
        "a page to explore in a browser, which needs no network",
        takes=("deck", "progress", "theory"),
    ),
    Format(
        "pptx", ("pptx",), "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "toc.render.slide:to_pptx", "a PowerPoint slide to edit",
        takes=("arrows", "deck", "notes"), extra="pptx", is_text=False, page="slide",
    ),
    Format(
        "drawio", ("drawio",), "application/vnd.jgraph.mxfile", "toc.render.drawio:to_drawio",
        "a drawing to edit in draw.io (diagrams.net)",
    ),
    Format(
        "mmd", ("mmd", "mermaid"), "text/vnd.mermaid", "toc.render.mermaid:to_mermaid",
        "Mermaid, for Markdown pages on GitHub, GitLab and the like, which arrange the boxes in their own way",
    ),
    Format(
        "graphml", ("graphml",), "application/graphml+xml", "toc.render.graphml:to_graphml",
        "yEd, Gephi and other programs of graphs, with every link and the places of the boxes",
    ),
    Format(
        "dot", ("dot", "gv"), "text/vnd.graphviz", "toc.render.dot:to_dot",
        "Graphviz and programs that read its language; every place is settled in it",
    ),
)  # fmt: skip


@cache
def all_formats() -> tuple[Format, ...]:
    """Every format: ours, then those that plug-ins add under the group `toc.formats`.

    One that is no `Format`, or whose name or ending is taken, is left out with a `TocWarning`.

    >>> [format.name for format in all_formats()][:3]
    ['svg', 'png', 'pdf']
    """
    found = list(FORMATS)
    for plug_in in plugged_in("toc.formats"):
        if why := _unfit(plug_in.value, found):
            leave_out(plug_in, why)
        else:
            format = cast("Format", plug_in.value)
            found.append(format._replace(renderer=partial(_guarded, plug_in, format)))
    return tuple(found)


def _unfit(value: object, others: Iterable[Format]) -> str:
    """Why an object cannot be one of the formats; nothing where it can."""
    if not isinstance(value, Format):
        return f"it is {value!r}, and no toc.render.Format"
    made: Any = value  # by a stranger, so that its fields may hold anything
    words = (made.name, *made.suffixes) if isinstance(made.suffixes, tuple) else ()
    if not words or not all(isinstance(word, str) and _WORD.fullmatch(word) for word in words):
        return "its name and its suffixes are words of small letters and digits, the suffixes in a tuple"
    if not isinstance(made.takes, tuple) or not set(made.takes) <= set(get_args(Take)):
        return f"it takes {made.takes!r}: that is a tuple of some of {', '.join(get_args(Take))}"
    taken = {word: other.name for other in others for word in (other.name, *other.suffixes)}
    return next((f"{word!r} belongs to the format {taken[word]!r} already" for word in words if word in taken), "")


def _guarded(plug_in: PlugIn, format: Format, diagram: Diagram, theme: Theme, **given: Any) -> str | bytes:
    """What somebody else's renderer makes, or one error that names it."""
    try:
        made = renderer_of(format)(diagram, theme, **given)
    except TocError:
        raise
    except Exception as error:
        raise DrawingError(f"{plug_in} could not draw this: {complaint(error)}") from error
    if not isinstance(made, (str, bytes)):
        raise DrawingError(f"{plug_in} made neither text nor bytes but {type(made).__name__}")
    return made


def renderer_of(format: Format) -> Renderer:
    """The function of a format, imported where it is only named."""
    if callable(format.renderer):
        return format.renderer
    found: Renderer = resolve_name(format.renderer)
    return found


def format_of(target: object, format: str | None = None) -> Format:
    """The format asked for, else that of the file's name; SVG for a file without a name.

    Raises:
        OptionError: there is no such format.
    """
    if format is not None:
        return _known(format)
    name = target if isinstance(target, (str, os.PathLike)) else getattr(target, "name", None)
    if not isinstance(name, (str, os.PathLike)):
        return _known("svg")
    return _known(Path(name).suffix.removeprefix(".").lower())


def _known(word: object) -> Format:
    """The format with a name or an ending. Others' formats are looked up only where it is none of ours."""
    if isinstance(word, str) and (found := _called(word, FORMATS) or _called(word, all_formats())):
        return found
    nameless = isinstance(word, str) and not word
    said = "the name has no ending" if nameless else f"{as_given(word)} is not a format to draw in"
    names = [format.name for format in all_formats()]
    close = hint(nearest(word, names))
    raise OptionError(f"{said}; end the name in .{', .'.join(names)}{close}")


def _called(word: str, formats: Iterable[Format]) -> Format | None:
    return next((format for format in formats if word == format.name or word in format.suffixes), None)


def chosen_of(format: Format, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that were given: one that is None, or says what goes without saying, was not.

    Raises:
        OptionError: the format takes no such option.
    """
    chosen = {
        name: value for name, value in options.items() if value is not None and plain(value) is not _AS_IT_IS.get(name)
    }
    for name in chosen:
        if name not in format.takes:
            takers = [one.name for one in all_formats() if name in one.takes]
            raise OptionError(f"{format.name} takes no {name}: {listed(takers)} {'do' if takers[1:] else 'does'}")
    return chosen


def rendered(format: Format, subject: Subject, options: Mapping[str, Any] = FrozenDict()) -> str | bytes:
    """The subject in a format, which is handed exactly what it takes; `options` are what `chosen_of` let through.

    Raises:
        OptionError: the format cannot do without a theory, and none is given.
        MissingExtraError: the format needs an extra that is not installed.
    """
    if "theory" in format.takes and "theory" not in subject.given:
        others = ", ".join(one.name for one in all_formats() if "theory" not in one.takes)
        raise OptionError(f"{format.name!r} is for one theory: draw what changed as {others}")
    handed = {name: work_out() for name, work_out in subject.given.items() if name in format.takes}
    asked, diagram = now(), subject.diagram
    made = renderer_of(format)(diagram, subject.theme, **handed, **options)
    tell("drawn: %s, %d boxes, size %d, in %.1f ms", format.name, len(diagram.boxes), len(made), 1000 * (now() - asked))
    return made

"""From a theory to a picture in a file: which view, which theme, which format, and where it goes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple, cast, get_args

from toc import render
from toc.diagram import Diagram, Marked, Options, drawn
from toc.diagram.filters import filtered
from toc.diagram.looks.page import signed
from toc.diagram.looks.themes import LIGHT, Theme, theme_named
from toc.diagram.options import FILTERS, asked
from toc.errors import DrawingError, OptionError, TheoryError, as_given, one_of
from toc.model import Theory
from toc.model.parts import part_of
from toc.render import RENDERERS, Picture
from toc.spelling import hint, nearest

if TYPE_CHECKING:
    import graphviz

    from toc.checks import Finding

ALIASES: Final = {"gv": "dot"}
THEME_FILES: Final = (".toml", ".yaml", ".yml")


class Looks(Options, total=False):
    """How a picture looks: a view with its options, and a theme.

    view: one of the views; without one the pillar view, or the collapsed view of a theory too large to read.
    theme: "light" (the default), "dark", "print" or "high-contrast"; or the path of a file with one's own.
    findings: what `check` found, to be marked on the boxes; in the methods of a theory True stands for all of today.
    """

    view: str | None
    theme: str | os.PathLike[str] | Theme
    findings: Iterable[Finding] | bool


def pictured(theory: Theory, looks: Looks) -> tuple[Diagram, Theme]:
    """The diagram and the theme that a picture is made of."""
    options: dict[str, Any] = dict(looks)
    _check_names(options)
    theme = theme_of(options.pop("theme", None))
    findings = options.pop("findings", None)
    return signed(drawn(theory, marks=_marks(theory, findings), **options), theme.logo), theme


def _check_names(options: Iterable[str]) -> None:
    """Refuse what is the name of no option, with all there are: the diagram itself knows but some of them."""
    for name in options:
        one_of("option", name, Looks.__annotations__)


def _marks(theory: Theory, findings: Any) -> Mapping[str, Marked]:
    """The marks for findings, whose package is imported only where there are some."""
    if findings is None or findings is False:
        return {}
    from toc.checks import Finding
    from toc.diagram.looks.finding_marks import marks_of

    found = list(findings) if isinstance(findings, Iterable) else [findings]
    for one in found:
        if not isinstance(one, Finding):
            raise OptionError(
                f"{as_given(one)} is no finding: give what theory.check() found, or True for all of today"
            )
    return marks_of(theory, found)


def theme_of(theme: Any) -> Theme:
    """A theme, or the one of a name or in a file; the light one where none is named."""
    if theme is None:
        return LIGHT
    if isinstance(theme, Theme):
        return theme
    if isinstance(theme, os.PathLike) or (isinstance(theme, str) and theme.lower().endswith(THEME_FILES)):
        from toc.diagram.looks.theme_file import load_theme

        try:
            return load_theme(theme)
        except TheoryError as error:
            raise DrawingError(str(error)) from None
    if isinstance(theme, str):
        return theme_named(theme)
    raise OptionError(f"{as_given(theme)} is no theme: give the name of one, or the path of a file .toml or .yaml")


class Bitmap(NamedTuple):
    """What only a PNG has."""

    dpi: int | None = None
    transparent: bool = False


def draw_to(
    theory: Theory, target: str | os.PathLike[str] | IO[bytes], format: str | None, bitmap: Bitmap, looks: Looks
) -> None:
    """Draw a theory to a path or an open binary file."""
    wanted = format_of(target, format)
    if wanted != "png" and (bitmap.dpi is not None or bitmap.transparent is not False):
        raise OptionError(f"dpi and transparent are for PNG: {wanted} has no dots")
    put(painted(theory, wanted, bitmap, looks), target)


def put(content: bytes, target: str | os.PathLike[str] | IO[bytes]) -> None:
    """Write a picture to a path or an open binary file."""
    if isinstance(target, (str, os.PathLike)):
        _write(target, content)
    elif not hasattr(target, "write"):
        raise OptionError(f"{as_given(target)} is neither a path nor an open file")
    else:
        try:
            target.write(content)
        except TypeError:
            raise DrawingError("the file is open for text: open it for bytes, with mode 'wb'") from None
        except ValueError as error:  # closed, or open for reading alone
            raise DrawingError(f"the file takes no picture: {error}") from None


def to_dot(theory: Theory, looks: Looks) -> str:
    """A theory as DOT text."""
    return render.to_dot(*pictured(theory, looks))


def to_svg(theory: Theory, looks: Looks) -> str:
    """A theory as SVG text that says in words all that it shows."""
    return render.to_svg(*pictured(theory, looks))


def to_png(theory: Theory, looks: Looks, *, dpi: int, transparent: bool) -> bytes:
    """A theory as a PNG image."""
    return render.to_png(*pictured(theory, looks), dpi=dpi, transparent=transparent)


def to_pdf(theory: Theory, looks: Looks) -> bytes:
    """A theory as a PDF page."""
    return render.to_pdf(*pictured(theory, looks))


def to_graphviz(theory: Theory, looks: Looks) -> graphviz.Digraph:
    """A theory as a `graphviz.Digraph`: the same drawing, to be added to."""
    import graphviz

    graph: graphviz.Digraph = graphviz.Digraph("theory", engine="neato")
    lines = to_dot(theory, looks).splitlines()
    graph.body.extend(f"\t{line}\n" for line in lines[1:-1])
    return graph


def painted(theory: Theory, format: Picture, bitmap: Bitmap, looks: Looks) -> bytes:
    """A picture of a theory in one of the formats."""
    if format == "png":
        dpi = render.DPI if bitmap.dpi is None else bitmap.dpi
        return to_png(theory, looks, dpi=dpi, transparent=bitmap.transparent)
    diagram, theme = pictured(theory, looks)
    if format == "pptx":
        return render.to_pptx(diagram, theme, notes=_notes(theory, diagram, looks))
    if format == "html":
        from toc import explore

        return explore.to_html(theory, diagram, theme).encode()
    content = RENDERERS[format](diagram, theme)
    return content.encode() if isinstance(content, str) else content


def _notes(theory: Theory, diagram: Diagram, looks: Looks) -> str:
    """The narrative of what is drawn: a slide tells nobody in its notes what was left out of it."""
    from toc.prose import narrative

    part = theory
    filters = {name: value for name, value in looks.items() if name in FILTERS}
    wish = asked(theory, cast("Options", filters), {})
    if wish.is_filtered:
        part, _ = filtered(theory, wish)
    if diagram.view != "collapsed":  # whose boxes stand for all that is in them
        boxes = {box.id for box in diagram.boxes}
        part = part_of(part, boxes | part.kpis.keys())
    return narrative(part, whole=len(part.nodes) == len(theory.nodes))


def format_of(target: Any, format: Any) -> Picture:
    """The format asked for, else that of the file's name; SVG for a file without a name."""
    if format is None:
        name = target if isinstance(target, (str, os.PathLike)) else getattr(target, "name", None)
        if not isinstance(name, (str, os.PathLike)):
            return "svg"
        format = Path(name).suffix.removeprefix(".").lower()
    formats = get_args(Picture)
    if isinstance(format, str):
        format = ALIASES.get(format, format)
    if not isinstance(format, str) or format not in formats:
        message = (
            "the name has no ending"
            if isinstance(format, str) and not format
            else f"{as_given(format)} is not a format to draw in"
        )
        close = hint(nearest(format, formats))
        raise OptionError(f"{message}; end the name in .{', .'.join(formats)}{close}")
    return cast("Picture", format)


def _write(path: str | os.PathLike[str], content: bytes) -> None:
    from toc.files.atomic import write_bytes

    try:
        write_bytes(path, content)
    except TheoryError as error:
        raise DrawingError(str(error)) from None

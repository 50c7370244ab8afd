"""From a theory to a picture in a file: which view, which theme, which format, and where it goes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Unpack, cast

from toc import render
from toc.diagram import Diagram, Options, drawn
from toc.diagram.themes import Theme, theme_of
from toc.errors import DrawingError, TheoryError, hint, nearest
from toc.model import Theory
from toc.outlines import outline
from toc.render import RENDERERS, Picture

if TYPE_CHECKING:
    import graphviz

ALIASES: Final = {"gv": "dot"}


class Looks(Options, total=False):
    """How a picture looks: a view with its options, and a theme.

    view: one of the views; without one the pillar view, or the collapsed view of a theory too large to read.
    theme: the name of a theme, or a theme of one's own.
    """

    view: str | None
    theme: str | Theme


def pictured(theory: Theory, looks: Looks) -> tuple[Diagram, Theme]:
    """The diagram and the theme that a picture is made of."""
    options = dict(looks)
    theme = theme_of(cast("str | Theme", options.pop("theme", None) or "light"))
    return drawn(theory, **options), theme  # type: ignore[arg-type]  # what is left are the view and its options


def draw_to(
    theory: Theory, target: str | os.PathLike[str] | IO[bytes], *, format: str | None = None, **looks: Unpack[Looks]
) -> None:
    """Draw a theory to a path or an open binary file."""
    wanted = _format_of(target, format)
    content = _painted(theory, wanted, looks)
    if isinstance(target, (str, os.PathLike)):
        _write(target, content)
    elif not hasattr(target, "write"):
        raise DrawingError(f"{target!r} is neither a path nor an open file")
    else:
        try:
            target.write(content)
        except TypeError:
            raise DrawingError("the file is open for text: open it for bytes, with mode 'wb'") from None


def to_dot(theory: Theory, looks: Looks) -> str:
    """A theory as DOT text."""
    return render.to_dot(*pictured(theory, looks))


def to_svg(theory: Theory, looks: Looks) -> str:
    """A theory as SVG text that says in words all that it shows."""
    return render.to_svg(*pictured(theory, looks), description=outline(theory))


def to_png(theory: Theory, looks: Looks, dpi: int) -> bytes:
    """A theory as a PNG image."""
    return render.to_png(*pictured(theory, looks), dpi=dpi)


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


def _painted(theory: Theory, format: Picture, looks: Looks) -> bytes:
    content = to_svg(theory, looks) if format == "svg" else RENDERERS[format](*pictured(theory, looks))
    return content.encode() if isinstance(content, str) else content


def _format_of(target: Any, format: str | None) -> Picture:
    """The format asked for, else that of the file's name; SVG for a file without a name."""
    if format is None:
        name = target if isinstance(target, (str, os.PathLike)) else getattr(target, "name", None)
        if not isinstance(name, (str, os.PathLike)):
            return "svg"
        format = Path(name).suffix.removeprefix(".").lower()
    format = ALIASES.get(format, format)
    if format not in RENDERERS:
        said = f"{format!r} is not a format to draw in" if format else "the name has no ending"
        close = hint(nearest(format, RENDERERS))
        raise DrawingError(f"{said}; end the name in .{', .'.join(RENDERERS)}{close}")
    return cast("Picture", format)


def _write(path: str | os.PathLike[str], content: bytes) -> None:
    from toc.files.atomic import write_bytes

    try:
        write_bytes(path, content)
    except TheoryError as error:
        raise DrawingError(str(error)) from None

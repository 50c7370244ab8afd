"""From a theory to a picture in a file: which view, which format, and where it goes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from toc import render
from toc.diagram import drawn
from toc.errors import DrawingError, TheoryError, hint, nearest
from toc.model import Theory
from toc.outlines import outline
from toc.render import RENDERERS, Picture

if TYPE_CHECKING:
    import graphviz


def draw_to(
    theory: Theory, target: str | os.PathLike[str] | IO[bytes], *, view: str | None = None, format: str | None = None
) -> None:
    """Draw a theory to a path or an open binary file."""
    wanted = _format_of(target, format)
    content = _painted(theory, view, wanted)
    if isinstance(target, (str, os.PathLike)):
        _write(target, content)
    elif not hasattr(target, "write"):
        raise DrawingError(f"{target!r} is neither a path nor an open file")
    else:
        try:
            target.write(content)
        except TypeError:
            raise DrawingError("the file is open for text: open it for bytes, with mode 'wb'") from None


def to_dot(theory: Theory, view: str | None) -> str:
    """A theory as DOT text."""
    return render.to_dot(drawn(theory, view))


def to_svg(theory: Theory, view: str | None) -> str:
    """A theory as SVG text that says in words all that it shows."""
    return render.to_svg(drawn(theory, view), outline(theory))


def to_png(theory: Theory, view: str | None, dpi: int) -> bytes:
    """A theory as a PNG image."""
    return render.to_png(drawn(theory, view), dpi)


def to_pdf(theory: Theory, view: str | None) -> bytes:
    """A theory as a PDF page."""
    return render.to_pdf(drawn(theory, view))


def to_graphviz(theory: Theory, view: str | None) -> graphviz.Digraph:
    """A theory as a `graphviz.Digraph`: the same drawing, to be added to."""
    import graphviz

    graph: graphviz.Digraph = graphviz.Digraph("theory", engine="neato")
    lines = to_dot(theory, view).splitlines()
    graph.body.extend(f"\t{line}\n" for line in lines[1:-1])
    return graph


def _painted(theory: Theory, view: str | None, format: Picture) -> bytes:
    content = to_svg(theory, view) if format == "svg" else RENDERERS[format](drawn(theory, view))
    return content.encode() if isinstance(content, str) else content


def _format_of(target: Any, format: str | None) -> Picture:
    """The format asked for, else that of the file's name; SVG for a file without a name."""
    if format is None:
        name = target if isinstance(target, (str, os.PathLike)) else getattr(target, "name", None)
        if not isinstance(name, (str, os.PathLike)):
            return "svg"
        format = Path(name).suffix.removeprefix(".").lower()
    if format == "gv":
        return "dot"
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

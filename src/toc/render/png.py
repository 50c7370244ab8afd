"""A diagram as PNG, with what it says in words as text inside the file, for people who cannot see it."""

from __future__ import annotations

import struct
import zlib
from typing import Final

from toc.diagram import description as words
from toc.diagram.looks.themes import LIGHT, Theme
from toc.diagram.shapes import Diagram
from toc.diagram.type.measures import is_measured
from toc.errors import DrawingError, warn, yes_or_no
from toc.render import engine
from toc.render.dot import to_dot

DPI: Final = 144
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_END: Final = b"IEND\xaeB`\x82"
_HEADER_END: Final = len(_SIGNATURE) + 25  # the header is the first chunk and always as long


def to_png(  # noqa: PLR0913  # three of them are for people to give, as the table of formats says
    diagram: Diagram,
    theme: Theme = LIGHT,
    *,
    dpi: int = DPI,
    transparent: bool = False,
    timeout: float = engine.SECONDS,
    description: str = "",
) -> bytes:
    """The diagram as a PNG image, with its description as text inside the file.

    `dpi` is lowered where the image would pass 50 million pixels; `transparent` leaves the paper out. `timeout` is how
    many seconds the engine may take, the wait for its turn included. A `TocWarning` names scripts that the embedded engine
    has no letters for: SVG shows them all.

    Raises:
        OptionError: `dpi` or `timeout` is no such number.
        DrawingError: there is no engine, it failed, or it took too long.

    >>> import toc
    >>> to_png(toc.example("small-charity").diagram())[1:4]
    b'PNG'
    """
    text = to_dot(diagram, theme, transparent=yes_or_no("transparent", transparent))
    if missing := missing_letters(text):
        some = " ".join(missing[:8])
        message = (
            f"a PNG from the embedded engine shows no {some}{' …' if len(missing) > 8 else ''}: draw an SVG instead"
        )
        warn(message)
    pixels = engine.png_dpi(*diagram.size, dpi)
    painted = engine.paint(text, "png", dpi=pixels, timeout=timeout)
    return described(painted, title=diagram.title, description=description or words.described(diagram))


def missing_letters(text: str) -> list[str]:
    """The letters of a text that the engine here cannot paint as PNG; the embedded one has those of some scripts."""
    missing = {char for char in text if char > "\u024f" and not is_measured(char)}
    return sorted(missing) if missing and engine.is_embedded() else []


def described(png: bytes, *, title: str, description: str) -> bytes:
    """The image with a title and a description, as international text (iTXt, PNG 1.2 section 4.2.3).

    Raises:
        DrawingError: the engine wrote something else than a PNG.

    """
    if not png.startswith(_SIGNATURE) or len(png) <= _HEADER_END or not png.endswith(_END):
        raise DrawingError("the drawing engine did not write PNG")
    chunks = b"".join(
        _chunk(keyword, text) for keyword, text in (("Title", title), ("Description", description)) if text
    )
    return png[:_HEADER_END] + chunks + png[_HEADER_END:]


def _chunk(keyword: str, text: str) -> bytes:
    # Keyword, then: compressed, by deflate, in no stated language, without a translated keyword.
    said = text.replace("\0", "").encode("utf-8", "replace")
    content = keyword.encode("latin-1") + b"\0\1\0\0\0" + zlib.compress(said)
    body = b"iTXt" + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

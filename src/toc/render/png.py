"""What a PNG says in words, for people who cannot see it: text that travels inside the file."""

from __future__ import annotations

import struct
import zlib
from typing import Final

from toc.errors import DrawingError

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_HEADER_END: Final = len(_SIGNATURE) + 25  # the header is the first chunk and always as long


def described(png: bytes, *, title: str, description: str) -> bytes:
    """The image with a title and a description, as international text (iTXt, PNG 1.2 section 4.2.3).

    Raises:
        DrawingError: the engine wrote something else than a PNG.

    """
    if not png.startswith(_SIGNATURE) or len(png) <= _HEADER_END:
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

"""What every format shares: characters no XML may hold, links that may be followed, and the sign of each badge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from toc.diagram.shapes import Badge

LINK_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_ADDRESS: Final = re.compile(r"https?://\S|mailto:\S", re.IGNORECASE)
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain_text(text: str) -> str:
    r"""The text without the characters that XML cannot hold.

    >>> plain_text("a\x00b\u00e9")
    'abé'
    """
    return _NOT_XML.sub("", text)


def safe_url(url: str) -> str:
    r"""A web or mail address as it is; anything else, a script for example, as nothing.

    >>> safe_url("https://example.org"), safe_url("java\tscript:alert(1)"), safe_url("file:///etc/passwd")
    ('https://example.org', '', '')
    """
    return plain_text(url) if _ADDRESS.match(url) else ""


SIGNS: Final[Mapping[Badge, str]] = MappingProxyType(
    {
        "count": "●",
        "redesign": "▼",
        "learning": "◆",
        "attainment": "▲",
        "uptake": "■",
        "comparison": "⬢",
        "open": "○",
    }
)

"""What formats share: texts of strangers as XML and HTML, links that may be followed, and the sign of each badge.

Everything that people wrote passes through `said` on its way into a page: `element` only ever sees what is escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from html import escape
from types import MappingProxyType
from typing import Any, Final

from toc.diagram.shapes import Badge

_ADDRESS: Final = re.compile(r"https?://\S|mailto:\S", re.IGNORECASE)
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain_text(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return text if text.replace("\n", "").isprintable() else _NOT_XML.sub("", text)


def safe_url(url: str) -> str:
    r"""A web or mail address as it is; anything else, a script for example, as nothing.

    >>> safe_url("https://example.org"), safe_url("java\tscript:alert(1)"), safe_url("file:///etc/passwd")
    ('https://example.org', '', '')
    """
    return plain_text(url) if _ADDRESS.match(url) else ""


SIGNS: Final[Mapping[Badge, str]] = MappingProxyType(
    {
        "count": "●", "redesign": "▼", "learning": "◆", "attainment": "▲",
        "uptake": "■", "comparison": "⬢", "open": "○",
    }
)  # fmt: skip


_NOT_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WHOLE_ADDRESS: Final = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)
# What could end the block or the line in which JSON stands.
_IN_A_SCRIPT: Final = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


def said(text: str) -> str:
    """What somebody wrote, as text of a page."""
    return escape(_NOT_TEXT.sub("", text))


def element(name: str, *inside: str, **attributes: str) -> str:
    """An element around pieces of HTML; an underscore in an attribute's name stands for a hyphen, but for `class_`.

    >>> element("li", said("Coding <clubs>"), class_="in", data_to="stem")
    '<li class="in" data-to="stem">Coding &lt;clubs&gt;</li>'
    """
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{said(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(inside)}</{name}>"


def paragraphs(text: str) -> str:
    """What somebody wrote in paragraphs of their own, each in the direction of its script."""
    return "".join(element("p", said(part.strip()), dir="auto") for part in re.split(r"\n\s*\n", text) if part.strip())


def bullets(items: Iterable[str]) -> str:
    """A list of texts."""
    return element("ul", *(element("li", said(item), dir="auto") for item in items))


def web_link(address: str | None, text: str) -> str:
    """A text that links to an address of the web or of e-mail; by any other scheme it stays a text.

    >>> web_link("https://example.org/", "Report")
    '<a href="https://example.org/" target="_blank" rel="noopener noreferrer">Report</a>'
    >>> web_link("javascript:alert(1)", "Report")
    'Report'
    """
    if not address or not _WHOLE_ADDRESS.fullmatch(address.strip()):
        return said(text)
    return element("a", said(text), href=address.strip(), target="_blank", rel="noopener noreferrer")


def json_block(value: Any) -> str:
    """A value as JSON that can stand in a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _NOT_TEXT.sub("", text).translate(_IN_A_SCRIPT)

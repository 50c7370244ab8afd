"""How a theory shows itself in Jupyter and marimo."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from typing import Any, Final

from toc.errors import TocError
from toc.model import Theory
from toc.outlines import outline

_TAG: Final = re.compile(r"<[^<>]+>")
_ID: Final = re.compile(r'(="(?:url\()?#?)toc-')


def bundle(theory: Theory) -> Mapping[str, Any]:
    """The drawing with the guidance as HTML, and the outline as plain text, for `_repr_mimebundle_`.

    >>> import toc
    >>> sorted(bundle(toc.example("small-charity")))
    ['text/html', 'text/plain']
    """
    return {"text/html": html(theory), "text/plain": outline(theory)}


def marimo(theory: Theory) -> tuple[str, str]:
    """The drawing and the guidance with their type, for marimo's `_mime_`.

    >>> import toc
    >>> marimo(toc.example("small-charity"))[0]
    'text/html'
    """
    return "text/html", html(theory)


def html(theory: Theory) -> str:
    """The drawing, as wide as the cell at most, and beneath it how to measure each activity.

    Where there can be no drawing, the outline and the reason take its place.

    >>> import toc
    >>> "Tea, soup and board games" in html(toc.example("small-charity"))
    True
    """
    from toc import drawings

    try:
        svg = drawings.to_svg(theory, {})
    except TocError as error:
        picture = f"<p>{escape(str(error))}</p>\n<pre>{escape(outline(theory))}</pre>"
    else:
        picture = f'<div style="background:#fff">\n{_for_a_page(svg)}\n</div>'
    if not theory.activities:
        return picture
    from toc.report import GuidanceTable

    return f"<div>\n{picture}\n{GuidanceTable(theory)._repr_html_()}\n</div>"


def _for_a_page(svg: str) -> str:
    """The drawing with ids of its own and no wider than its place, so that several can stand in one page.

    >>> print(_for_a_page('<svg width="90pt" aria-labelledby="toc-title"><title id="toc-title">A</title></svg>'))
    <svg style="max-width:100%;height:auto" width="90pt" aria-labelledby="t...-title"><title id="t...-title">A</title></svg>
    """
    prefix = f"t{sha256(svg.encode()).hexdigest()[:10]}"
    own = _TAG.sub(lambda tag: _ID.sub(rf"\1{prefix}-", tag[0]), svg)
    start = own.find("<svg")
    return own[start:].replace("<svg", '<svg style="max-width:100%;height:auto"', 1)

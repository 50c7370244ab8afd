"""A diagram as PDF, from its SVG, so that every machine makes the same one.

It uses the typefaces every PDF reader has (Helvetica, with Symbol for Greek and arrows), so that nothing is embedded
and the text can be selected. Those know the languages of Western Europe; for others the SVG is the better file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from io import BytesIO
from typing import Any, Final
from unicodedata import category, name, normalize

from toc.diagram.leaves import Leaf
from toc.diagram.looks.themes import LIGHT, Theme
from toc.diagram.shapes import Diagram
from toc.errors import DrawingError, missing_extra, warn
from toc.render.svg import to_svg

TYPEFACE: Final = "Helvetica"
MISSING: Final = "■"
DECK_WIDTH: Final = 960.0  # points of each page of a deck
MOST_POINTS_A_SIDE: Final = 14_400  # what PDF allows

_FONT: Final = re.compile(r'font-family="[^"]*"')
_TEXT: Final = re.compile(r"(<text\b[^>]*>)([^<]*)")
_LANGUAGE: Final = re.compile(r'<svg\b[^>]* xml:lang="([^"]*)"')
_NAMED: Final = 8
_UNSEEN: Final = frozenset({"Mn", "Me", "Cf"})  # accents left over, joiners, marks of direction


def to_pdf(diagram: Diagram, theme: Theme = LIGHT, *, deck: Sequence[Leaf] = ()) -> bytes:
    """The diagram as a PDF page, made from its SVG: of the same size, titled, and the same bytes each time.

    The leaves of a deck are pages of one width.

    Raises:
        MissingExtraError: svglib and reportlab are not installed.

    >>> import toc
    >>> to_pdf(toc.example("small-charity").diagram())[:4]
    b'%PDF'
    """
    drawn = [leaf.diagram for leaf in deck] or [diagram]
    return _printed([to_svg(one, theme, tooltips=False) for one in drawn], diagram.title, DECK_WIDTH if deck else None)


def svg_to_pdf(svg: str, *, title: str) -> bytes:
    """A page of the drawing's own size, with text that can be selected; the same SVG gives the same bytes.

    A letter the typeface lacks is drawn without its accent (ŵ as w) or else as a black square, and a `TocWarning`
    names it. A drawing larger than a PDF page may be (200 inches) is made smaller. It needs the extra `pdf`.

    Raises:
        MissingExtraError: svglib and reportlab are not installed.
        DrawingError: the text is not an SVG drawing.
    """
    return _printed([svg], title)


def _printed(pages: Sequence[str], title: str, wide: float | None = None) -> bytes:
    """A page for each SVG, all as wide as that or as they are."""
    try:
        from reportlab.graphics import renderPDF
        from reportlab.pdfgen.canvas import Canvas
    except ImportError as error:
        raise missing_extra("pdf", "drawing a PDF") from error
    language = _LANGUAGE.search(pages[0])
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1, lang=language[1] if language else None)
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("theory-of-change")
    canvas.setDateFormatter(lambda *_: "")  # else it would claim to have been made on 1 January 2000
    for svg in pages:
        drawing = _drawing(_shown(_FONT.sub(f'font-family="{TYPEFACE}"', svg)))
        scale = min(wide / drawing.width if wide else 1.0, MOST_POINTS_A_SIDE / max(drawing.width, drawing.height))
        canvas.setPageSize((drawing.width * scale, drawing.height * scale))
        canvas.scale(scale, scale)
        renderPDF.draw(drawing, canvas, 0, 0)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _drawing(svg: str) -> Any:
    """What svglib makes of the text; it resolves no entities and, given bytes, follows no reference to a file."""
    try:
        from svglib.svglib import svg2rlg
    except ImportError as error:
        raise missing_extra("pdf", "drawing a PDF") from error
    drawing = svg2rlg(BytesIO(svg.encode("utf-8", "replace"))) if "<svg" in svg else None
    if drawing is None or not (drawing.width > 0 and drawing.height > 0):
        raise DrawingError("the PDF could not be drawn: the text is not an SVG drawing with a size")
    return drawing


def _shown(svg: str) -> str:
    """The drawing with letters the typeface has; a warning names the others."""
    missing = sorted(char for char in set(_plain("".join(text for _, text in _TEXT.findall(svg)))) if not _has(char))
    if named := [char for char in missing if not char.isspace() and category(char) not in _UNSEEN]:
        _warn_of(named)
    table = str.maketrans({char: _nearest(char) for char in missing})
    return _TEXT.sub(lambda found: found[1] + escape(_plain(found[2]).translate(table), quote=False), svg)


def _plain(text: str) -> str:
    return normalize("NFC", unescape(text))


def _has(char: str) -> bool:
    """Whether Helvetica, or the symbols that go with it, have the character; a missing one is set as a black square."""
    from reportlab.pdfbase.pdfmetrics import getFont, unicode2T1

    font = getFont(TYPEFACE)
    parts = unicode2T1(char, [font, *font.substitutionFonts])
    return char == MISSING or [(part.fontName, code) for part, code in parts] != [("ZapfDingbats", b"n")]


def _nearest(char: str) -> str:
    if char.isspace():
        return " "
    if category(char) in _UNSEEN:
        return ""
    base = normalize("NFKD", char)[0]
    return base if char.isalpha() and base != char and _has(base) else MISSING


def _warn_of(missing: list[str]) -> None:
    named = [f"{char} ({name(char, f'U+{ord(char):04X}').lower()})" for char in missing[:_NAMED]]
    more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
    warn(
        f"the PDF's typeface has no {', '.join(named)}{more}: accents are left out and other characters become {MISSING}. "
        "An SVG shows them all."
    )

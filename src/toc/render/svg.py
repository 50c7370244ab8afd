"""A diagram as SVG: what the engine paints, made ready to stand in a page: described, self-contained, and harmless.

The engine writes one tag a line, in double quotes, with `<`, `>` and `"` escaped everywhere else. That is relied on
here, and checked: anything that does not belong in a drawing is refused, not repaired.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape, unescape
from types import MappingProxyType
from typing import Final, NamedTuple

from toc.diagram.description import described
from toc.diagram.looks.themes import LIGHT, Font, Theme
from toc.diagram.shapes import Box, Caption, Diagram, Key
from toc.diagram.type.box_text import BULLET_WIDTH, INSET_X
from toc.diagram.type.measures import is_right_to_left
from toc.errors import DrawingError
from toc.render import engine
from toc.render.dot import to_dot
from toc.render.markup import LINK_SCHEMES, plain_text

FONTS: Final[Mapping[Font, str]] = MappingProxyType(
    {
        "Arial": "Arial, Liberation Sans, Arimo, Helvetica, sans-serif",
        "Helvetica": "Helvetica, Arial, Liberation Sans, Arimo, sans-serif",
        "Calibri": "Calibri, Carlito, Arial, Liberation Sans, sans-serif",
        "Times New Roman": "Times New Roman, Liberation Serif, Tinos, Times, serif",
        "Arial Narrow": "Arial Narrow, Liberation Sans Narrow, Arial, Liberation Sans, sans-serif",
    }
)

_ROOT: Final = re.compile(r"<svg\b[^>]*>")
_SIZE: Final = re.compile(r'\b(width|height|viewBox)="([\d.a-z -]+)"')
_COMMENT: Final = re.compile(r"<!--.*?-->\s*", re.DOTALL)
# Graphviz 2.43 leaves the & of a web address as it is.
_LONE_AMPERSAND: Final = re.compile(r"&(?!(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_PREFIX: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

# Only what the engine draws with: no script, image, style or animation, no reference out of the file. Each pattern
# begins with plain letters, which makes the search ten times as fast.
_ALIEN: Final = (
    re.compile(
        r"<(?!/?(?:svg|g|title|a|path|polygon|polyline|ellipse|circle|line|rect|text|tspan|defs|linearGradient"
        r"|radialGradient|stop)[\s/>])[^\s>]*"
    ),
    re.compile(r"""on(?<![\w:-]on)[A-Za-z]+\s*=\s*["']"""),
    re.compile(r"""src\s*=\s*["']"""),
    re.compile(r'url\((?!#)[^"<>]*"'),
)
_LINK: Final = re.compile(r' (?:xlink:)?href="([^"]*)"')
_TARGET: Final = re.compile(r' target="[^"]*"')
_TOOLTIP: Final = re.compile(r' xlink:title="([^"]*)"')
_ID: Final = re.compile(r' id="([^"]*)"')
_GRAPH_TITLE: Final = re.compile(r'(?<=class="graph")([^>]*>\s*)<title>[^<]*</title>\n')
_NO_TOOLTIP: Final = "&lt;TABLE&gt;"  # what the engine says for a label of its own kind that has no tooltip
_FONT: Final = re.compile(r' font-family="[^"]*"')
# A title and the anchor the engine puts around what has a tooltip; an anchor by itself; the end of an anchor.
_ANCHOR: Final = re.compile(
    r'<title>([^<]*)</title>\n(?:<g id="a_[^"]*"><a([^>]*)>\n)?|<g id="a_[^"]*"><a([^>]*)>\n|</a>\n</g>\n'
)


def to_svg(diagram: Diagram, theme: Theme = LIGHT, *, description: str = "") -> str:
    """The diagram as one SVG element; `description` is its long description for people who cannot see it.

    >>> import toc
    >>> to_svg(toc.example("small-charity").diagram())[:4]
    '<svg'
    """
    shown, rows = kept_back(diagram)
    painted = engine.paint(to_dot(shown, theme), "svg").decode()
    return finished(
        put_back(painted, rows),
        title=diagram.title,
        description=description or described(diagram),
        language=diagram.language or None,
        font=theme.font,
    )


def finished(  # noqa: PLR0913  # by name, and each is one thing to know
    svg: str,
    *,
    title: str,
    description: str,
    language: str | None = None,
    prefix: str = "toc",
    font: Font = "Arial",
) -> str:
    """The drawing as one `<svg>` element, to be saved by itself or put into an HTML page.

    It has a title and a description for people who cannot see it; what the engine calls a tooltip becomes the title of
    its box or arrow. Every id begins with `prefix`: give two drawings in one page two prefixes. Links keep http, https,
    mailto and places in the page; others are taken off. `language` is a BCP 47 tag.

    Raises:
        DrawingError: the text is not a drawing, or holds something that no drawing needs.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"a prefix is a letter, then letters, digits, - or _, not {prefix!r}")
    root, body = _parted(svg)
    head = [
        _opened(root, language, prefix, font),
        f'<title id="{prefix}-title">{_text(title)}</title>',
        f'<desc id="{prefix}-description">{_text(description)}</desc>',
    ]
    return "\n".join([*head, _body(body, prefix)])


def _parted(svg: str) -> tuple[str, str]:
    """The root's tag, and all that follows it without comments."""
    root = _ROOT.search(svg)
    if root is None:
        raise DrawingError("the drawing engine did not write SVG")
    body = _COMMENT.sub("", svg[root.end() :]).replace("&#45;", "-")
    body = _LONE_AMPERSAND.sub("&amp;", body)
    return root[0], plain_text(body).strip()


def _opened(root: str, language: str | None, prefix: str, font: Font) -> str:
    size = dict(_SIZE.findall(root))
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "xmlns:xlink": "http://www.w3.org/1999/xlink",
        **{name: size[name] for name in ("width", "height", "viewBox") if name in size},
        "role": "img",
        "aria-labelledby": f"{prefix}-title",
        "aria-describedby": f"{prefix}-description",
    }
    if language and _LANGUAGE.fullmatch(language):
        attributes |= {"lang": language, "xml:lang": language}
    attributes["font-family"] = FONTS[font]
    written = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f"<svg {written}>"


def _body(body: str, prefix: str) -> str:
    ids = frozenset(_ID.findall(body))
    linked = _LINK.sub(lambda link: _safe_link(link[1], ids, prefix), _FONT.sub("", body))
    named = _ANCHOR.sub(_anchors(), _GRAPH_TITLE.sub(r"\1", linked, count=1))
    prefixed = named.replace(' id="', f' id="{prefix}-').replace('="url(#', f'="url(#{prefix}-')
    for pattern in _ALIEN:
        if alien := pattern.search(prefixed):
            raise DrawingError(f"the drawing engine wrote something that does not belong in a drawing: {alien[0]!r}")
    return prefixed


def _safe_link(quoted: str, ids: frozenset[str], prefix: str) -> str:
    """The link as an attribute, or nothing."""
    if quoted.startswith("#"):
        return f' xlink:href="#{prefix}-{quoted[1:]}"' if quoted[1:] in ids else f' xlink:href="{quoted}"'
    # A browser leaves out control characters and spaces before it reads the scheme.
    plain = "".join(char for char in unescape(quoted) if char > " ")
    scheme = plain.partition(":")[0].lower()
    return f' xlink:href="{quoted}"' if scheme in LINK_SCHEMES and ":" in plain else ""


def _anchors() -> Callable[[re.Match[str]], str]:
    """Give each box and arrow its tooltip for a title, and keep of the anchors only those that link."""
    closings: list[str] = []

    def replaced(found: re.Match[str]) -> str:
        name, of_object, alone = found.groups()
        attributes = alone if name is None else of_object
        if attributes is None:
            end = closings.pop() if name is None and closings else found[0]
            return end if name is None else f"<title>{name}</title>\n"
        tooltip = _TOOLTIP.search(attributes)
        said = tooltip[1] if tooltip and tooltip[1] != _NO_TOOLTIP else name
        title = f"<title>{said}</title>\n" if said else ""
        if link := _LINK.search(attributes):
            target = _TARGET.search(attributes)
            closings.append("</a>\n")
            return f"{title}<a{link[0]}{target[0] if target else ''}>\n"
        closings.append("" if name is not None else "</g>\n")
        return title if name is not None else f"<g>{title}"

    return replaced


def _text(text: str) -> str:
    return escape(plain_text(text), quote=False)


# Beyond plain Latin letters the engine only guesses: it takes accented capitals, Arabic or Devanagari to be wider than
# they are, and a label that outgrows its box is moved as a whole. So it is given a short stand-in for each such row, and
# the SVG gets the row itself in its place: from the left edge on, or for letters read from right to left, from the right.
BESIDE_BULLET: Final = BULLET_WIDTH + 2  # the engine rounds widths to whole points
SIGN: Final = "\ue0f0"  # of the private use area: nobody's letter
_STAND_IN: Final = re.compile(rf' x="([^"]*)"([^>]*>)({SIGN}\d+{SIGN})(?=</text>)')


class Row(NamedTuple):
    """A row that is kept back, and its right edge where it starts there."""

    text: str
    right: float | None


def kept_back(diagram: Diagram) -> tuple[Diagram, Mapping[str, Row]]:
    """The diagram with stand-ins for the rows that only a browser measures well, and those rows by their stand-ins."""
    rows: dict[str, Row] = {}
    boxes = tuple(_box(box, rows) for box in diagram.boxes)
    captions = tuple(_caption(caption, rows) for caption in diagram.captions)
    legend = tuple(_key(key, rows) for key in diagram.legend)
    return (diagram._replace(boxes=boxes, captions=captions, legend=legend), rows) if rows else (diagram, rows)


def put_back(svg: str, rows: Mapping[str, Row]) -> str:
    """The SVG of such a diagram with the rows in their places."""
    return _STAND_IN.sub(lambda found: _written(found, rows), svg) if rows else svg


def _box(box: Box, rows: dict[str, Row]) -> Box:
    if all(line.text.isascii() for line in box.lines):
        return box
    right = box.x + box.width - INSET_X
    lines = []
    for line in box.lines:
        edge = right - BESIDE_BULLET if line.role == "kpi" else right
        lines.append(line._replace(rows=tuple(_stand_ins(line.rows, line.text, edge, rows))))
    return box._replace(lines=tuple(lines))


def _caption(caption: Caption, rows: dict[str, Row]) -> Caption:
    shown = _stand_ins(caption.rows, caption.text, caption.x + caption.width, rows)
    return caption._replace(rows=tuple(shown))


def _key(key: Key, rows: dict[str, Row]) -> Key:
    (shown,) = _stand_ins((key.text,), key.text, key.x + key.width, rows)
    return key._replace(text=shown)


def _stand_ins(texts: Sequence[str], whole: str, right: float, rows: dict[str, Row]) -> Iterator[str]:
    """Rows of one text, those that the engine can only guess at by their stand-ins."""
    turned = is_right_to_left(whole)
    for text in texts:
        if turned or not text.isascii():
            stand_in = f"{SIGN}{len(rows)}{SIGN}"
            rows[stand_in] = Row(text, round(right, 2) if turned else None)
            yield stand_in
        else:
            yield text


def _written(found: re.Match[str], rows: Mapping[str, Row]) -> str:
    x, after, stand_in = found.groups()
    row = rows[stand_in]
    place = f' x="{x}"' if row.right is None else f' direction="rtl" x="{row.right:g}"'
    return f"{place}{after}{escape(row.text)}"

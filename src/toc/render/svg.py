"""A diagram as SVG: painted here, without any other program, described for people who cannot see it, and harmless."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Final

from toc.diagram.description import described
from toc.diagram.looks.themes import LIGHT, Font, Theme
from toc.diagram.shapes import Arrow, Box, Diagram, Group
from toc.errors import OptionError, as_given, yes_or_no
from toc.render.markup import plain_text, safe_url
from toc.render.painter import Numbers, painted, written

FONTS: Final[Mapping[Font, str]] = MappingProxyType(
    {
        "Arial": "Arial, Liberation Sans, Arimo, Helvetica, sans-serif",
        "Helvetica": "Helvetica, Arial, Liberation Sans, Arimo, sans-serif",
        "Calibri": "Calibri, Carlito, Arial, Liberation Sans, sans-serif",
        "Times New Roman": "Times New Roman, Liberation Serif, Tinos, Times, serif",
        "Arial Narrow": "Arial Narrow, Liberation Sans Narrow, Arial, Liberation Sans, sans-serif",
    }
)
PREFIX: Final = "toc"

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
# Without a hyphen, which stands between a prefix and an id: else two prefixes and two ids could make the same.
_PREFIX: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def to_svg(
    diagram: Diagram,
    theme: Theme = LIGHT,
    *,
    description: str = "",
    tooltips: bool = True,
    prefix: str = PREFIX,
) -> str:
    """The diagram as one SVG element, to be saved by itself or put into an HTML page. No other program is needed.

    Args:
        diagram: what to paint.
        theme: its colours, strokes and typeface.
        description: its long description for people who cannot see it; made from the diagram where none is given.
        tooltips: whether each box and arrow says all that is known about it when it is pointed at.
        prefix: what every id begins with, a letter and then letters, digits or _: give two drawings in one page two
            prefixes. A box is `toc-ID`, an arrow `toc-SOURCE_TARGET`.

    Raises:
        OptionError: the prefix is none, or `tooltips` is neither yes nor no.

    >>> import toc
    >>> to_svg(toc.example("small-charity").diagram())[:4]
    '<svg'

    """
    name: object = prefix  # whatever a person gave
    if not isinstance(name, str) or not _PREFIX.fullmatch(name):
        raise OptionError(f"a prefix is a letter, then letters, digits or _, not {as_given(prefix)}")
    frames = Named(prefix, tooltips=yes_or_no("tooltips", tooltips))
    at, (wide, high) = Numbers(), diagram.size
    shown = {"width": f"{at[wide]}pt", "height": f"{at[high]}pt", "role": "img"}
    head = opened(diagram, theme.font, description or described(diagram), named=prefix, attributes=shown)
    return "\n".join([*head, *painted(diagram, theme, frames), "</svg>"])


def opened(
    diagram: Diagram, font: Font, description: str, *, named: str, attributes: Mapping[str, str]
) -> Iterator[str]:
    """The tag of the whole, its title and its description, whose ids begin with `named`."""
    at = Numbers()
    given = {
        "xmlns": "http://www.w3.org/2000/svg",
        "xmlns:xlink": "http://www.w3.org/1999/xlink",
        **attributes,
        "viewBox": " ".join([at[length] for length in diagram.sheet]),
        "aria-labelledby": f"{named}_title",
        "aria-describedby": f"{named}_description",
    }
    if _LANGUAGE.fullmatch(diagram.language):
        given |= {"lang": diagram.language, "xml:lang": diagram.language}
    given["font-family"] = FONTS[font]
    yield "<svg " + " ".join(f'{name}="{value}"' for name, value in given.items()) + ">"
    yield f'<title id="{named}_title">{escape(plain_text(diagram.title), quote=False)}</title>'
    yield f'<desc id="{named}_description">{escape(plain_text(description), quote=False)}</desc>'


class Named:
    """Ids for boxes and arrows, and for all parts what they say when they are pointed at.

    The ids of a file hold no `_`, so no two boxes or arrows share one: the box `a--b` is `toc-a--b`, and the arrow from
    `a` to `b` is `toc-a_b`. A second arrow between two boxes has a number.
    """

    def __init__(self, prefix: str, *, tooltips: bool) -> None:
        self.prefix, self.tooltips = prefix, tooltips
        self._arrows: dict[str, int] = {}

    def opened(self, css: str, said: str, id: str = "") -> str:
        """The tag of a group with its classes, with what it says, and with its id if it has one."""
        if not id.replace("-", "_").isidentifier():  # as every id of a file is
            id = escape(plain_text(id))
        own = f' id="{self.prefix}-{id}"' if id else ""
        title = f"\n<title>{written(said)}</title>" if self.tooltips and said else ""
        return f'<g{own} class="{css}">{title}'

    def panel(self, group: Group) -> tuple[str, str]:
        """It names its pillar."""
        return self.opened("cluster panel", group.title), "</g>"

    def box(self, box: Box) -> tuple[str, str]:
        """It links to the address of its node, if that is one of the web or of e-mail."""
        tag = self.opened(f"node {box.kind} {box.mark}".rstrip(), box.tooltip, box.id)
        if url := safe_url(box.url):
            return f'{tag}\n<a xlink:href="{escape(url)}" target="_blank">', "</a>\n</g>"
        return tag, "</g>"

    def badge(self, box: Box, said: str) -> tuple[str, str]:
        """It says what stands beside it."""
        return self.opened(f"node badge {box.badge}", said), "</g>"

    def arrow(self, arrow: Arrow) -> tuple[str, str]:
        """It has the ids of both its ends."""
        id = f"{arrow.source}_{arrow.target}"
        before = self._arrows.get(id, 0)
        self._arrows[id] = before + 1
        if before:
            id = f"{id}_{before + 1}"
        return self.opened(f"edge link {arrow.flow or arrow.strength} {arrow.mark}".rstrip(), arrow.tooltip, id), "</g>"

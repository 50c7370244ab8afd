"""The paper of a drawing: the pages that have a name, any other by its size, or none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from toc.errors import OptionError, as_given
from toc.language.text import listed
from toc.spelling import hint, nearest

POINTS_PER_MM: Final = 72 / 25.4
EDGE: Final = 10 * POINTS_PER_MM  # of paper that is printed on, all around
LEAST_MM: Final = 50.0
MOST_MM: Final = 5000.0
ON_SLIDE: Final = 9.0
ON_PAPER: Final = 8.0
LARGEST_TITLE: Final = 16.0  # points, however few boxes there are
TITLE: Final = 11.0  # in which a diagram sets the title of a box


class Page(NamedTuple):
    """A page: its name, its size and the edge around the drawing, all in points, and the least type that can be read.

    >>> page("a4").name, round(page("a4").sheet[0]), round(page("a4").width)
    ('a4', 842, 785)
    """

    name: str
    sheet: tuple[float, float]
    edge: float = EDGE
    least: float = ON_PAPER

    @property
    def width(self) -> float:
        """The width of the room for a drawing."""
        return self.sheet[0] - 2 * self.edge

    @property
    def height(self) -> float:
        """The height of the room for a drawing."""
        return self.sheet[1] - 2 * self.edge

    @property
    def is_free(self) -> bool:
        """Whether the drawing may be of any shape."""
        return self.name == "free"


def _in_mm(name: str, wide: float, high: float) -> Page:
    return Page(name, (wide * POINTS_PER_MM, high * POINTS_PER_MM))


FREE: Final = Page("free", (960.0, 540.0), 0.0, 0.0)
PAGES: Final[Mapping[str, Page]] = MappingProxyType(
    {
        "slide": Page("slide", (960.0, 540.0), 0.0, ON_SLIDE),
        "a4": _in_mm("a4", 297, 210),
        "a4-portrait": _in_mm("a4-portrait", 210, 297),
        "a3": _in_mm("a3", 420, 297),
        "a3-portrait": _in_mm("a3-portrait", 297, 420),
        "free": FREE,
    }
)
_SIZE: Final = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)\s*[x×]\s*(\d{1,5}(?:\.\d{1,3})?)", re.IGNORECASE)


def page(wish: object) -> Page:
    """The page that is asked for: by its name, or WIDTHxHEIGHT in millimetres.

    Raises:
        OptionError: there is no such page, or nothing could be drawn on it.

    >>> page("297x210").sheet == page("a4").sheet
    True
    """
    if isinstance(wish, Page):
        return wish
    if isinstance(wish, str):
        if wish in PAGES:
            return PAGES[wish]
        if size := _SIZE.fullmatch(wish.strip()):
            wide, high = float(size[1]), float(size[2])
            if min(wide, high) >= LEAST_MM and max(wide, high) <= MOST_MM:
                return _in_mm(f"{wide:g}x{high:g}", wide, high)
    close = hint(nearest(wish, PAGES)) if isinstance(wish, str) else ""
    raise OptionError(
        f"{as_given(wish)} is not a page: choose one of {listed(list(PAGES), 'or')}, or WIDTHxHEIGHT in millimetres, each "
        f"from {LEAST_MM:g} to {MOST_MM:,.0f}, such as 297x210{close}"
    )

"""How much a drawing says of its KPIs so that it can be read on its page, and a word where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, get_args

from toc.diagram.options import Asked
from toc.diagram.paper import PAGES
from toc.diagram.shapes import Diagram
from toc.draw_options import Kpis
from toc.errors import warn
from toc.language.numbers import number
from toc.language.text import listed
from toc.model import Theory

STEPS: Final[tuple[Kpis, ...]] = get_args(Kpis)
GAIN: Final = 1.15  # about how much larger the type of a full search is than that of the start order
LARGER: Final = "a3"

Draw = Callable[[Asked], Diagram]


def laddered(draw: Draw, asked: Asked, theory: Theory) -> Diagram:
    """The drawing with as much said of its KPIs as its page can hold, or as is asked for.

    The start order tells about how large the type of each step will be, so that one step is searched in full or, where
    that misses, two.
    """
    if asked.kpis or asked.page.is_free or not theory.kpis or not asked.shows_kpis:
        return draw(asked._replace(kpis=asked.kpis or "full"))
    least, sizes = asked.page.least, _quick_sizes(draw, asked)
    step = _first(sizes, least / GAIN)
    found = draw(asked._replace(kpis=STEPS[step]))
    gain, is_readable = found.title_size / sizes[step], size_of(found) >= least
    other = step - 1 if is_readable else _first(sizes, least / gain)
    if is_readable and (step == 0 or sizes[other] * gain < least):
        return found
    if other == step:
        return found
    tried = draw(asked._replace(kpis=STEPS[other]))
    return tried if size_of(tried) >= least or not is_readable else found


def _quick_sizes(draw: Draw, asked: Asked) -> list[float]:
    """The size of the type at each step by the start order, as far as the first that the page surely holds."""
    sizes: list[float] = []
    for step in STEPS:
        sizes.append(draw(asked._replace(kpis=step, search="quick")).title_size)
        if sizes[-1] >= asked.page.least:
            break
    return sizes


def _first(sizes: Sequence[float], least: float) -> int:
    """The first step of a size, or the last one there is."""
    return next((step for step, size in enumerate(sizes) if size >= least), len(sizes) - 1)


def size_of(diagram: Diagram) -> float:
    """The size of its titles on its page as it is told, to a tenth of a point."""
    return round(diagram.title_size, 1)


def warn_of_size(diagram: Diagram, of_deck: int = 0) -> None:
    """A warning where the titles are smaller on the page than can be read there, with what would help.

    `of_deck` is the number of the page where it is one of a deck.
    """
    page, size = diagram.page, size_of(diagram)
    if size >= page.least:
        return
    where = f"{page.name}, number {number(of_deck)} of the deck" if of_deck else page.name
    remedies = listed(list(remedies_of(diagram, is_in_deck=of_deck > 0)), "or")
    warn(
        f"on this page ({where}) the titles of boxes are {number(size)} pt, and {number(page.least)} pt is the least "
        f"that reads well there: larger type comes with {remedies}"
    )


def remedies_of(diagram: Diagram, *, is_in_deck: bool = False) -> Iterator[str]:
    """What makes the type larger, by what the drawing has; a comparison shows both theories, whole."""
    if diagram.view != "changes":
        if any(line.role == "kpi" and line.about for box in diagram.boxes for line in box.lines):
            yield "KPIs counted (kpis='count', --kpis count)"
        if not is_in_deck and sum(box.kind == "pillar" for box in diagram.boxes) > 1:
            yield "a deck, where PPTX, PDF or HTML will do (deck=True, --deck)"
            yield "one drawing for each pillar (pillar=…, --pillar)"
    is_of_slides = is_in_deck and diagram.page.name == "slide"
    if not is_of_slides and max(diagram.page.sheet) < max(PAGES[LARGER].sheet) - 1:
        yield f"a larger page (page='{LARGER}', --page {LARGER})"
    yield "fewer words in the titles"

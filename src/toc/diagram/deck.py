"""A theory on several pages: an overview, a page for each pillar, the KPIs that have no room there, what is not claimed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from toc.diagram.drawing import viewed
from toc.diagram.ladder import remedies_of, size_of, warn_of_size
from toc.diagram.leaves import Leaf, tables
from toc.diagram.options import OUTSIDE, Asked, Marked, asked, filtered
from toc.diagram.paper import PAGES
from toc.diagram.shapes import Diagram
from toc.diagram.type.kpi_lines import kpi_as_line
from toc.diagram.type.measures import unwrapped
from toc.draw_options import Options
from toc.errors import OptionError, warn
from toc.guidance import advised
from toc.guidance.advice_file import advice
from toc.guidance.own_words import in_own_words
from toc.guidance.page import claims_of
from toc.language.facts import aim, latest
from toc.language.numbers import number
from toc.language.text import listed, one_line
from toc.language.vocabulary import in_sentence, word
from toc.model import Theory
from toc.model.copies import changed
from toc.model.parts import part_of
from toc.prose import brief, narrative

MOST: Final = 8  # titles in a cell
VIEWS_OF_ITS_OWN: Final = ("node", "steps", "direction")


def deck(theory: Theory, options: Options, marks: Mapping[str, Marked]) -> list[Leaf]:
    """The pages of a theory, for a slide where no page is asked for. No link and no KPI is lost on them.

    Raises:
        OptionError: there is no such option, or it belongs to one view.
    """
    for name in VIEWS_OF_ITS_OWN:
        if options.get(name) is not None:
            raise OptionError(f"a deck takes no {name}: it chooses its views by itself")
    wish = asked(theory, options, marks)
    if wish.page.is_free:
        wish = wish._replace(page=PAGES["slide"])
    part = filtered(theory, wish)[0] if wish.is_filtered else theory
    pages = _Pages(theory, wish)
    drawn = [*pages.pillars(part)] if theory.pillars else [pages.of("layers", "", wish)]
    overview = [pages.overview()] if theory.pillars else []
    return [*overview, *drawn, *pages.kpis(part, drawn), *pages.claims(part)]


def needs_deck(theory: Theory, diagram: Diagram, options: Mapping[str, object]) -> bool:
    """Whether one slide of the whole theory is too small to read where a slide for each pillar is not."""
    asked_for = any(options.get(name) for name in ("pillar", *VIEWS_OF_ITS_OWN))
    is_slide = diagram.page.name == "slide" and diagram.view == "pillars" and len(theory.pillars) > 1
    return is_slide and not asked_for and size_of(diagram) < diagram.page.least


def warn_of_deck(leaves: Sequence[Leaf], instead_of: Diagram | None) -> None:
    """One warning: why there is a deck instead of a slide, where nobody asked for it; and of its smallest page, if that is too small."""
    place, smallest = min(enumerate((leaf.diagram for leaf in leaves), 1), key=lambda one: one[1].title_size)
    if instead_of is None:
        warn_of_size(smallest, place)
        return
    least = instead_of.page.least
    but = ""
    if size_of(smallest) < least:
        remedies = listed(list(remedies_of(smallest, is_in_deck=True)), "or")
        but = f". On number {number(place)} they are {number(size_of(smallest))} pt: larger type comes with {remedies}"
    warn(
        f"on one slide the titles of boxes would be {number(size_of(instead_of))} pt, and {number(least)} pt is the least "
        f"that reads well there, so this is a deck of {number(len(leaves))} slides (view='pillars', --no-deck: one slide){but}"
    )


@dataclass(frozen=True)
class _Pages:
    """What the pages of a deck are made from."""

    theory: Theory
    wish: Asked

    def of(self, view: str, title: str, wish: Asked) -> Leaf:
        """A drawing under a title of its own, with what a speaker can say to it."""
        named = changed(self.theory, title=self._named(title))
        part = filtered(named, wish)[0] if wish.is_filtered else named
        return Leaf(viewed(named, view, wish), brief(narrative(part, whole=not wish.is_filtered)))

    def overview(self) -> Leaf:
        """The goals and the pillars with their outcomes. KPIs stand on the pages that follow."""
        plain = part_of(self.theory, self.theory.nodes.keys() - self.theory.kpis.keys())
        return self.of("collapsed", "", self.wish)._replace(diagram=viewed(plain, "collapsed", self.wish))

    def pillars(self, part: Theory) -> Iterator[Leaf]:
        """A page for each pillar of which something is shown, and one for what stands outside all of them."""
        for id, pillar in part.pillars.items():
            yield self.of("pillars", one_line(pillar.title), self.wish._replace(pillar=frozenset({id})))
        outside = {id for id in part.nodes.keys() - part.goals.keys() - part.kpis.keys() if id not in part.columns}
        if outside and not self.wish.pillar:
            title = f"Outside every {in_sentence(self.theory, 'pillar')}"
            yield self.of("pillars", title, self.wish._replace(pillar=frozenset({OUTSIDE})))

    def kpis(self, part: Theory, drawn: list[Leaf]) -> Iterator[Leaf]:
        """All KPIs, where some are not told in full on the pages before."""
        told = {line.text for leaf in drawn for box in leaf.diagram.boxes for line in box.lines}
        lines = (kpi_as_line(self.wish, kpi, in_full=True) for kpi in part.kpis.values())
        if not self.wish.shows_kpis or all(unwrapped(line.text) in told for line in lines):
            return
        progress = self.wish.progress
        heads = (word(self.theory, "kpi"), "Measures", "Target", "Latest", *(("How it stands",) if progress else ()))
        rows = (
            (
                one_line(kpi.title),
                listed([one_line(part.nodes[id].title) for id in kpi.measures], most=MOST),
                aim(kpi, short=True),
                latest(kpi, progress.today if progress else None, short=True),
                *((progress[kpi.id].status.word,) if progress else ()),
            )
            for kpi in part.kpis.values()
        )
        title = self._named(word(self.theory, "kpi", plural=len(part.kpis) != 1))
        yield from tables(self.theory, title, (heads, *rows), (5, 5, 4, 3, *((2,) if progress else ())), self.wish.page)

    def claims(self, part: Theory) -> Iterator[Leaf]:
        """What the guidance for the activities says not to claim, the most frequent first; nothing where that is hidden."""
        found: dict[str, list[str]] = {}
        if "badges" in self.wish.hide:
            return
        for one in advised(self.theory):
            if one.activity in part.activities:
                for claim in claims_of(one, in_own_words(advice(), one.own_words)):
                    found.setdefault(claim, []).append(one_line(one.title))
        if not found:
            return
        heads = ("Not claimed", word(self.theory, "activity", plural=True))
        often = sorted(found.items(), key=lambda one: -len(one[1]))
        rows = ((claim, listed(titles, most=MOST)) for claim, titles in often)
        title = self._named("What we do not claim")
        yield from tables(self.theory, title, (heads, *rows), (1, 1), self.wish.page)

    def _named(self, title: str) -> str:
        return f"{self.theory.title}: {title}" if title else self.theory.title

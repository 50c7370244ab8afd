"""The benefits as a page: who gains what, what is known of it, what nobody has named, and what not to claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal, get_args

from toc.language.numbers import counted
from toc.language.text import listed, one_line, quoted
from toc.pages.blocks import Block, Bullets, Cell, Heading, Note, Page, Paragraph, Table

if TYPE_CHECKING:
    from toc.partnership.benefits import Benefits

Known = Literal["stated", "anecdote", "counts", "outcomes", "comparison"]
KNOWN: Final[tuple[Known, ...]] = get_args(Known)
OWN: Final = "own words"  # the group of a benefit that is in no table
ABREAST: Final = 4  # partners side by side
MOST_THROUGH: Final = 3
AS_A_WHOLE: Final = "named for the whole"
CAUTIONS: Final = (
    "A benefit that is stated has not been shown.",
    "The other words tell how sturdy the evidence on these activities is, for the people of that partner: not that the benefit came about.",
    "What nobody names is a question, and not a fault. The SPA guide says that as partnerships grow, so does the variety of benefit.",
)


def benefits_page(found: Benefits) -> Page:
    """The benefits by partner, then what nobody has named."""
    parts = (_tables(found), _unnamed(found), map(Note, CAUTIONS))
    return Page.opened(benefits_title(found), benefits_opening(found), *parts)


def benefits_title(found: Benefits) -> str:
    """What the page and the chart are called."""
    return f"Who gains what: {one_line(found.title)}"


def benefits_opening(found: Benefits) -> Iterator[str]:
    """How many kinds of benefit are named, for how many partners, and on what they stand."""
    say, own = found.wording, {row.benefit for row in found.rows if row.group == OWN}
    if not found.partners:
        yield f"There are no {say.many('partner')}, so nobody is said to gain anything."
        return
    if not found.benefits:
        yield f"Nobody has named anything that a {say.one('partner')} gains."
        return
    kinds, partners = {one.benefit for one in found.benefits}, {one.partner for one in found.benefits}
    told = f"{len(kinds - own):,} of {len(found.rows) - len(own):,} benefits and aims are named"
    besides = f" and {counted(len(own), 'other', 'others')}" if own else ""
    yield f"{told}{besides}, for {len(partners):,} of {say.count(len(found.partners), 'partner')}."
    gains, standing = counted(len(found.benefits), "gain", "gains"), [*_standing(found)]
    # Where all stand on the same, their number is said once.
    yield f"Of {gains} {listed(standing)}." if standing[1:] else f"{gains} {standing[0].partition(' ')[2]}."


def _standing(found: Benefits) -> Iterator[str]:
    """How many gains stand on what, the sturdiest first."""
    counts = [(word, found.counts[word]) for word in reversed(KNOWN) if found.counts[word]]
    for place, (known, count) in enumerate(counts):
        if known == "stated":
            yield f"{count:,} {'is' if count == 1 else 'are'} only stated"
        else:
            verb = "" if place else "stands " if count == 1 else "stand "
            yield f"{count:,} {verb}on {known}"


def _tables(found: Benefits) -> Iterator[Block]:
    """The benefits that somebody names, a column for each partner that is said to gain: so many side by side."""
    gaining = {one.partner for one in found.benefits}
    partners = [id for id in found.partners if id in gaining]
    for start in range(0, len(partners), ABREAST):
        yield _table(found, partners[start : start + ABREAST])
    if silent := [quoted(found.partner_titles[id]) for id in found.partners if id not in gaining]:
        yield Paragraph(f"Nothing is named that these gain: {listed(silent, most=5)}.")


def _table(found: Benefits, partners: Sequence[str]) -> Table:
    rows = [
        (row.name, *(_cell(found, row.benefit, partner) for partner in partners))
        for row in found.rows
        if any(found.of(row.benefit, partner) for partner in partners)
    ]
    headings = ("Benefit", *(found.partner_titles[partner] for partner in partners))
    return Table(headings, tuple(rows), (3, *(4 for _ in partners)))


def _cell(found: Benefits, benefit: str, partner: str) -> Cell:
    """What is known, and through which activities."""
    one = found.of(benefit, partner)
    if one is None:
        return None
    through = [found.wording.title(id) for id in one.activities]
    return (one.known, listed(through, most=MOST_THROUGH) if through else AS_A_WHOLE)


def _unnamed(found: Benefits) -> Iterator[Block]:
    """The types and aims that nobody names, as questions."""
    names = {row.benefit: row for row in found.rows}
    rows = [names[id] for id in found.unnamed]
    if rows and found.partners:
        yield Heading("Not said")
        yield Paragraph("Does anybody gain, or hope to gain, any of these?")
        yield Bullets(tuple(row.name if row.group else f"{row.name}: {row.text}" for row in rows))

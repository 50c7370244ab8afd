"""What a report says of the partnership: who gives and gains, on what footing, how well it holds, how much is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from toc.language.text import listed
from toc.pages.blocks import Block, Coded, Heading, Note, Paragraph, Table, deeper
from toc.partnership.health import health, pillars
from toc.partnership.health_page import health_opening, pillars_told
from toc.partnership.ladder import evidence_ladder
from toc.partnership.ladder_page import ladder_opening, rungs_told
from toc.partnership.mutuality import mutuality
from toc.partnership.mutuality_opening import mutuality_opening
from toc.partnership.mutuality_page import matrix_told
from toc.partnership.profile import partnership_profile
from toc.partnership.profile_page import dimensions_told, profile_opening
from toc.partnership.stated import is_stated
from toc.reports.report_basis import Basis

MOST_UPRIGHT: Final = 6  # columns
CAUTION: Final = (
    "These are ratings and statements of whoever wrote the file. They do not show that both sides gained, that the "
    "partnership is healthy, or that it caused anything."
)


def partnership(basis: Basis) -> Iterator[Block]:
    """Whether it is mutual, of what type it is, whether it holds and how much is known; for a funder in half a page."""
    theory = basis.theory
    yield Heading("The partnership")
    if not is_stated(theory):
        yield Paragraph("Nothing is said yet of who gives and who gains, nor of the footing of the partnership.")
        return
    if basis.audience.has_whole_partnership:
        yield from map(_upright, deeper(_whole(basis)))
    else:
        yield from _short(basis)
    yield Note(CAUTION)


def _upright(block: Block) -> Block:
    """A table on upright paper as long as it has room there: on its side each would have a page of its own."""
    return replace(block, is_wide=len(block.columns) > MOST_UPRIGHT) if isinstance(block, Table) else block


def _whole(basis: Basis) -> Iterator[Block]:
    theory = basis.theory
    mutual, kind, ladder = mutuality(theory), partnership_profile(theory), evidence_ladder(theory)
    standing = health(theory, basis.today)
    yield Heading("Who gives and who gains")
    yield Paragraph(Coded(" ".join(mutuality_opening(mutual))), strong=True)
    yield from deeper(matrix_told(mutual, basis.say))
    yield Heading("How it stands")
    yield Paragraph(health_opening(standing), strong=True)
    yield from deeper(pillars_told(standing))
    yield Heading("What kind of partnership")
    yield Paragraph(" ".join(profile_opening(kind)), strong=True)
    yield from deeper(dimensions_told(kind))
    yield Heading("How much is known")
    yield Paragraph(" ".join(ladder_opening(ladder)), strong=True)
    yield from rungs_told(ladder)


def _short(basis: Basis) -> Iterator[Block]:
    theory, standing = basis.theory, health(basis.theory, basis.today)
    yield Paragraph(Coded(" ".join(mutuality_opening(mutuality(theory)))), strong=True)
    yield Paragraph(health_opening(standing))
    states = [*standing.counts]
    rows = []
    for pillar, name in pillars().items():
        lines = {
            state: [one.line.replace("-", " ") for one in standing if (one.pillar, one.state) == (pillar, state)]
            for state in states
        }
        rows.append((name, *(listed(lines[state]) for state in states)))
    yield Table(("", *states), tuple(rows))
    yield Paragraph(" ".join(ladder_opening(evidence_ladder(theory))))

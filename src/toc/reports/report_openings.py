"""The first pages of a report: its cover, and all of it on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from toc.language.dates import day
from toc.language.facts import when
from toc.language.numbers import counted, number
from toc.language.text import bare, one_line, sentence
from toc.language.vocabulary import how_many, in_sentence, word
from toc.monitoring.progress_page import pillar_row
from toc.pages.blocks import Block, Bullets, Cell, Contents, Heading, PageBreak, Paragraph, Table
from toc.prose import brief
from toc.reports.report_basis import Basis
from toc.reports.report_unknowns import three_unknowns

MOST_GOALS: Final = 3
MOST_PILLARS: Final = 7
MOST_WORDS: Final = 90
ROOM: Final = 18  # titles of activities that a page has room for
LONGEST: Final = 90  # letters of such a title


def cover(basis: Basis) -> Iterator[Block]:
    """What it is, for whom and of which day, and what stands in it."""
    theory = basis.theory
    yield Paragraph(f"A report for {basis.audience.named}, as things stood on {day(basis.today)}.", strong=True)
    if theory.description:
        yield Paragraph(sentence(theory.description))
    facts = (
        f"Kept by {one_line(theory.owner)}." if theory.owner else "",
        f"Version {one_line(theory.version)}." if theory.version else "",
        f"Written on {day(theory.created)}." if theory.created else "",
        f"To be looked at again on {day(theory.review_on)}." if theory.review_on else "",
    )
    if told := " ".join(fact for fact in facts if fact):
        yield Paragraph(told)
    yield Contents()
    yield PageBreak()


def summary(basis: Basis) -> Iterator[Block]:
    """The goal, the problem, what is done, how the KPIs stand and what is not known, on one page."""
    theory = basis.theory
    yield Heading("On one page")
    if "cover" not in basis.audience.sections:
        yield Paragraph(f"For {basis.audience.named}, as things stood on {day(basis.today)}.")
    yield Heading(word(theory, "goal", plural=len(theory.goals) > 1), 3)
    goals = [
        f"{sentence(bare(goal.title) + when(goal))}{_above(basis, goal.above_ceiling)}"
        for goal in theory.goals.values()
    ]
    yield Bullets(tuple(goals[:MOST_GOALS])) if len(goals) > 1 else Paragraph(goals[0])
    if len(goals) > MOST_GOALS:
        yield Paragraph(f"And {len(goals) - MOST_GOALS:,} more.")
    yield Heading("The problem", 3)
    problem = theory.context.problem
    yield Paragraph(
        brief(sentence(problem), MOST_WORDS) if problem else "Nobody has written down yet which problem this answers."
    )
    yield Heading("What we do, and how it stands", 3)
    yield from _done(basis)
    yield Heading("Three things we do not know", 3)
    yield from three_unknowns(basis)


def _above(basis: Basis, above: bool) -> str:  # noqa: FBT001  # what a goal says of itself
    if not above:
        return ""
    return f" It lies above the {in_sentence(basis.theory, 'ceiling')}: we work towards it with others, and do not answer for it alone."


def _done(basis: Basis) -> Iterator[Block]:
    """What is done, and the KPIs as counts: by pillar, where there are any."""
    theory, say, tally = basis.theory, basis.say, basis.progress.summary
    if not theory.activities:
        yield Paragraph(f"No {in_sentence(theory, 'activity')} stands in the theory yet.")
    if len(tally):
        drafts = f" {counted(tally.drafts, 'draft is', 'drafts are')} not counted." if tally.drafts else ""
        yield Paragraph(f"{say.count(tally.counted, 'kpi')}: {tally.text}.{drafts}")
    else:
        yield Paragraph(f"There is no {say.one('kpi')} yet, so nobody can say how it stands.")
    if theory.pillars:
        yield from _by_pillar(basis)
    elif theory.activities:
        yield Bullets(tuple(_titles(basis, tuple(theory.activities), ROOM // 2)))


def _by_pillar(basis: Basis) -> Iterator[Block]:
    theory, say = basis.theory, basis.say
    members: dict[str | None, list[str]] = {}
    for id in theory.activities:
        members.setdefault(theory.columns.get(id), []).append(id)
    shown = basis.progress.pillars[:MOST_PILLARS]
    most = max(ROOM // max(len(shown), 1), 2)
    rows: list[tuple[Cell, ...]] = []
    for one in shown:
        title, own, beneath = pillar_row(say, one)
        done = tuple(_titles(basis, members.get(one.node, ()), most))
        rows.append((title, done or "nothing yet", own, beneath))
    kpis = say.many("kpi")
    heads = (word(theory, "pillar"), "What we do", f"Its own {kpis}", f"{kpis} of what leads to it")
    yield Table(heads, tuple(rows), (3, 5, 2, 4))
    if left := len(theory.pillars) - len(shown):
        yield Paragraph(f"And {how_many(theory, 'pillar', left)} more.")
    if outside := members.get(None):
        yield Paragraph(f"Outside every {in_sentence(theory, 'pillar')}: {how_many(theory, 'activity', len(outside))}.")


def _titles(basis: Basis, ids: Sequence[str], most: int) -> Iterator[str]:
    """The titles of some activities, and how many more there are."""
    left = len(ids) - most
    shown = ids if left <= 1 else ids[:most]
    for id in shown:
        title = bare(basis.theory.activities[id].title)
        yield title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"
    if left > 1:
        yield f"and {number(left)} more"

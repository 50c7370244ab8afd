"""How a partnership stands by its four pillars, as a page for those who answer for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from toc.language.dates import day
from toc.language.text import capital, one_line, sentence
from toc.language.vocabulary import Wording, wording
from toc.monitoring.small_groups import FEWEST
from toc.pages.blocks import Block, Bullets, Cell, Coded, Heading, Note, Page, Paragraph, Table
from toc.partnership.health_facts import NOT_SAID
from toc.partnership.shelf import data, sources

if TYPE_CHECKING:
    from toc.partnership.health import Health, HealthLine

MOST: Final = 5  # facts of one line
MOST_ROWS: Final = 60
WIDEST: Final = 5  # groups side by side


def health_page(found: Health) -> Page:
    """How many lines stand how, each of them under its pillar, who takes part, and what not to claim."""
    title = f"Is it mutual, will it last, whom does it reach? {one_line(found.theory.title)}"
    when = Paragraph(f"As on {day(found.today)}. These are counts, and no verdict: nothing is added up.")
    cautions = (Heading("What must not be claimed"), Bullets(CAUTIONS), Note(" ".join(_whence(found))))
    parts = ((when,), pillars_told(found), _taking_part(found, wording(found.theory)), cautions)
    return Page.opened(title, (health_opening(found),), *parts)


def health_opening(found: Health) -> str:
    """How many lines stand how."""
    holds, look, unsaid = found.counts.values()
    return (
        f"Of {len(found)} lines {holds or 'none'} {'hold' if holds > 1 else 'holds'}, "
        f"{look or 'none'} {'are' if look > 1 else 'is'} to be looked at, "
        f"and {unsaid or 'none'} {'are' if unsaid > 1 else 'is'} not said."
    )


def pillars_told(found: Health) -> Iterator[Block]:
    """Each line under its pillar: how it stands, and what the file says."""
    for pillar, name in data("health")["pillars"].items():
        rows = tuple(_row(line) for line in found if line.pillar == pillar)
        yield Heading(name)
        yield Table(("Question", "How it stands", "What the file says"), rows, (4, 2, 6))


def _row(line: HealthLine) -> tuple[Cell, ...]:
    if line.state == NOT_SAID:
        return line.question, line.state, Coded(f"To answer it, {line.write}.")
    told = [f"{sentence(capital(fact.text))} [{fact.place}]" for fact in line.facts[:MOST]]
    more = len(line.facts) - MOST
    return line.question, line.state, (*told, *((f"… and {more:,} more.",) if more > 0 else ()))


def _taking_part(found: Health, say: Wording) -> Iterator[Block]:
    """How many of each group take part: groups side by side, or in a list where they are many."""
    yield Heading("Who takes part")
    cells = {(one.activity, one.group): one.people for one in found.taking_part}
    groups = [id for id in found.theory.context.target_groups if any(group == id for _, group in cells)]
    activities = [*dict.fromkeys(activity for activity, _ in cells)]
    if not cells:
        yield Paragraph(
            Coded("Not said: write how many of each target group take part, under `reach:` of the activities.")
        )
        return
    titles = {id: found.theory.context.target_groups[id].title for id in groups}
    heading = say.nouns["activity"].heading
    if len(groups) <= WIDEST:
        rows: list[tuple[Cell, ...]] = [
            (say.titles[one], *(cells.get((one, id), "not said") for id in groups)) for one in activities
        ]
        yield Table((heading, *titles.values()), tuple(rows[:MOST_ROWS]), is_wide=len(groups) > 3)
    else:
        rows = [
            (say.titles[one], tuple(f"{titles[id]}: {cells[one, id]}" for id in groups if (one, id) in cells))
            for one in activities
        ]
        yield Table((heading, "Who takes part"), tuple(rows[:MOST_ROWS]), (2, 3))
    if len(rows) > MOST_ROWS:
        yield Paragraph(f"And {len(rows) - MOST_ROWS:,} more.")
    if any(not one[:1].isdigit() for one in cells.values()):
        yield Note(
            f"What is hidden, or said to be fewer than {FEWEST}, would tell of single people, or let somebody work out what does."
        )


CAUTIONS: Final = (
    "That the partnership is healthy. A line that holds says what stands in the file, and no more.",
    "That those who take part gain by it: how many they are says nothing of what changes for them.",
    "That what is to be looked at is bad. There may be a good reason; it is a question for the partners.",
    "That what is not said is missing. Nobody wrote it down: that is a question, and no fault.",
)


def _whence(found: Health) -> Iterator[str]:
    """Which questions come from which source, and which are this library's."""
    by_source: dict[str, list[str]] = {}
    for line in found:
        by_source.setdefault("" if line.basis == "extension" else line.source, []).append(line.line.replace("-", " "))
    for source, lines in by_source.items():
        cite = sources()[source].cite if source else "This library"
        yield f"{cite}: {', '.join(lines)}."
    yield "All thresholds are this library's."

"""How the KPIs stand, as a page for those who answer for the work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from toc.language.dates import day
from toc.language.facts import milestone, told
from toc.language.numbers import amount, number, percent
from toc.language.text import capital, listed, one_line
from toc.language.vocabulary import Wording, wording
from toc.model.nodes import Kpi
from toc.model.values import Reading
from toc.monitoring.kpi_progress import KpiProgress, Reached, said_of
from toc.monitoring.small_groups import FEWEST
from toc.monitoring.standing import standing, worked_out
from toc.monitoring.statuses import Status
from toc.monitoring.tally import UNSAID, RollUp, Tally
from toc.pages.blocks import Block, Bullets, Cell, Heading, Note, Page, Paragraph, Table

if TYPE_CHECKING:
    from toc.monitoring.progress import Progress

MOST_ROWS: Final = 60
ALL_SHOWN: Final = (
    f"Figures of groups of fewer than {FEWEST} are shown here, because they were asked for. They may tell of single "
    "people: do not pass this on."
)
SOME_HIDDEN: Final = f"What is hidden, or said to be fewer than {FEWEST}, would tell of single people, or let somebody work out what does."


def progress_page(found: Progress) -> Page:
    """What is known and what is not, the more important of both first; then parts of the people, pillars, and how to read it."""
    top = progress_glance(found)
    return Page(top.title, (*top.blocks, *_parts(found), *_pillars(found), *_caution(found)))


def progress_notes(found: Progress) -> Iterator[Block]:
    """Parts of the people, and how to read the figures."""
    yield from _parts(found)
    yield from _caution(found)


def progress_glance(found: Progress) -> Page:
    """How many KPIs stand how, and each of them; where more than half is not known, that comes first."""
    top = progress_opening(found)
    return Page(top.title, (*top.blocks, *(block for section in known_and_unknown(found) for block in section.blocks)))


class KpiSection(NamedTuple):
    """A table of some KPIs under its heading."""

    kpis: tuple[str, ...]
    blocks: tuple[Block, ...]


def known_and_unknown(found: Progress) -> list[KpiSection]:
    """What the readings say and what is not known; the latter first where that is more than half."""
    say = wording(found.theory)
    unknown = tuple(one.kpi for one in found if one.status is Status.UNKNOWN)
    known = tuple(one.kpi for one in found if one.status is not Status.UNKNOWN)
    sections = [KpiSection(known, tuple(_known(found, say))), KpiSection(unknown, tuple(_unknown(found, say)))]
    if found.summary.is_mostly_unknown:
        sections.reverse()
    return sections


def progress_opening(found: Progress) -> Page:
    """How many KPIs stand how."""
    title = f"Progress: {one_line(found.theory.title)}"
    opening = Paragraph(" ".join(_opening(found, wording(found.theory))), strong=True)
    return Page(title, (Heading(title, 1), opening, *((Note(ALL_SHOWN),) if found.small_groups else ())))


def _opening(found: Progress, say: Wording) -> Iterator[str]:
    tally = found.summary
    if not len(tally):
        yield f"No {say.one('kpi')} yet."
        return
    every = "all " if tally.status and tally.counted > 1 else ""
    if tally.counted:
        yield f"{say.count(tally.counted, 'kpi')} on {day(found.today)}: {every}{tally.text}."
    if tally.drafts:
        many = tally.drafts > 1
        yield f"{tally.drafts} draft{'s are' if many else ' is'} listed and not counted."


def _known(found: Progress, say: Wording) -> Iterator[Block]:
    rows = [one for one in found if one.status is not Status.UNKNOWN]
    if rows:
        yield Heading("What the readings say")
        names = (say.nouns["kpi"].heading, "How it stands", "Latest", "Expected then", "Target")
        yield Table(names, tuple(_known_row(found, say, one) for one in rows), (5, 4, 4, 3, 4))


def _known_row(found: Progress, say: Wording, one: KpiProgress) -> tuple[Cell, ...]:
    kpi = found.theory.kpis[one.kpi]
    wanted = "" if one.expected is None else amount(worked_out(one.expected), kpi.unit)
    return (
        _named(say, one, kpi),
        (one.status.marked, *_distance(kpi, one)),
        tuple(_read(kpi, one)),
        wanted,
        tuple(_targets(kpi, one)),
    )


def _named(say: Wording, one: KpiProgress, kpi: Kpi) -> Cell:
    draft = " (draft)" if one.draft else ""
    return f"{one.title}{draft}", f"measures {listed([*map(say.title, kpi.measures)], most=2)}"


def _distance(kpi: Kpi, one: KpiProgress) -> Iterator[str]:
    """How far a KPI is from where it should be, and a word where it is worse than it began."""
    if one.status is Status.MET:
        return
    if one.share is not None and one.share < 0 and kpi.direction != "keep":
        yield "worse than its baseline"
    elif one.share is not None and one.status is Status.MISSED:
        yield f"{_percent(one.share)} of the way done"
    if one.gap is None or one.status is Status.MISSED or not (away := _percent(abs(one.gap))).strip("0%"):
        return
    if kpi.direction == "keep":
        yield f"{away} away from the aim"
    else:
        yield f"{'behind' if one.gap > 0 else 'ahead of'} its path by {away} of the way"


def _percent(share: float) -> str:
    return percent(round(share, 2))


def _read(kpi: Kpi, one: KpiProgress) -> Iterator[str]:
    """The latest reading, and the one before."""
    if one.latest is None:
        yield "no reading yet"
        return
    yield _reading(kpi, one.latest)
    if one.previous is not None:
        yield f"before: {_reading(kpi, one.previous)}"


def _reading(kpi: Kpi, reading: Reading) -> str:
    return f"{told(kpi, reading)} on {day(reading.date)}"


def _targets(kpi: Kpi, one: KpiProgress) -> Iterator[str]:
    """The milestones, and what became of each where there are several."""
    several = len(one.milestones) > 1
    for place, target in enumerate(kpi.target or ()):
        said = one.milestones[place].status if several else Reached.UNREAD
        yield milestone(kpi, target) + ("" if said is Reached.UNREAD else f": {said.word}")


def _unknown(found: Progress, say: Wording) -> Iterator[Block]:
    rows = [one for one in found if one.status is Status.UNKNOWN]
    if rows:
        yield Heading("What is not known")
        names = (say.nouns["kpi"].heading, "Why", "Latest", "Target")
        yield Table(names, tuple(_unknown_row(found, say, one) for one in rows), (5, 5, 4, 4))


def _unknown_row(found: Progress, say: Wording, one: KpiProgress) -> tuple[Cell, ...]:
    kpi = found.theory.kpis[one.kpi]
    return (
        _named(say, one, kpi),
        (one.status.marked, *standing(found.theory, one).split("; ")),
        tuple(_read(kpi, one)) if one.latest else "–",
        tuple(_targets(kpi, one)) or "–",
    )


def _parts(found: Progress) -> Iterator[Block]:
    """The latest readings of parts of the people."""
    rows = [(one, part) for one in found for part in one.parts]
    if not rows:
        return
    groups = {id: group.title for id, group in found.theory.context.target_groups.items()}
    yield Heading("Parts of the people")
    cells = tuple((one.title, said_of(part.where, groups), (part.text, f"on {day(part.date)}")) for one, part in rows)
    yield Table((wording(found.theory).nouns["kpi"].heading, "Of whom", "Latest"), cells, (4, 4, 3))
    yield Paragraph("They set no status: that is told by the readings of everybody.")
    if any(part.hidden for _, part in rows):
        yield Note(SOME_HIDDEN)


def _pillars(found: Progress) -> Iterator[Block]:
    say, rows = wording(found.theory), found.pillars
    if rows:
        own, name = say.many("kpi"), say.one("pillar")
        yield Heading(f"By {name}")
        names = (capital(name), f"Its own {own}", f"{own} of what leads to it")
        yield Table(names, tuple(pillar_row(say, one) for one in rows[:MOST_ROWS]), (4, 3, 4))
        if len(rows) > MOST_ROWS:
            yield Paragraph(f"And {len(rows) - MOST_ROWS:,} more.")


def pillar_row(say: Wording, one: RollUp) -> tuple[Cell, Cell, Cell]:
    """A pillar, how its own KPIs stand, and, level by level, those of what leads to it."""
    beneath = (f"{_level(level)}: {_counted(tally)}" for level, tally in one.beneath.items())
    return say.titles[one.node], _marked(one.own), tuple(beneath) or "–"


def _level(level: str) -> str:
    return "no level" if level == UNSAID else level


def _counted(tally: Tally) -> str:
    """How many stand how; of several that stand alike, how many they are."""
    return f"{number(tally.counted)} {tally.text}" if tally.status else tally.text


def _marked(tally: Tally) -> Cell:
    """The mark and the word where all stand alike; a mixed one has no mark."""
    if tally.status is None:
        return tally.text
    return (tally.status.marked, *((_counted(tally),) if tally.counted > 1 else ()))


def _caution(found: Progress) -> Iterator[Block]:
    if len(found):
        yield Heading("How to read this")
        yield Bullets(tuple(_rules(found)))


def _rules(found: Progress) -> Iterator[str]:
    say = wording(found.theory)
    near, far = map(percent, found.theory.settings.monitoring.tolerance)
    kpi, kpis = say.a("kpi"), say.many("kpi")
    yield (
        f"{capital(kpi)} is judged on the day of its latest reading, by the path from baseline to target: up to {near} of "
        f"that way behind it is on track, up to {far} behind, and beyond that off track. A target that is reached is met, also "
        "before its day."
    )
    if any(found.theory.kpis[one.kpi].direction == "keep" for one in found):
        yield (
            f"{capital(kpi)} that is to keep a value is judged by how far it is from that, above or below, as a share of it. "
            "It is never met or missed."
        )
    yield "Not known is neither good nor bad: nobody can tell, and the page says why."
    yield f"{capital(kpis)} are counted, and never averaged, weighted or added up."
    if found.pillars:
        yield (
            f"What leads to {say.a('pillar')} stands apart from its own {kpis}, by level: how many took part is no success of "
            f"{say.a('outcome')}."
        )

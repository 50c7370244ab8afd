"""What the boxes of a drawing say of their KPIs: in full, in short, each once, or only how many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from toc import graph
from toc.diagram.options import Asked
from toc.diagram.shapes import Line
from toc.diagram.type.measures import is_right_to_left
from toc.language.dates import day
from toc.language.facts import kpi_line, kpi_short, latest_reading
from toc.language.numbers import counted
from toc.language.text import capital
from toc.language.vocabulary import how_many, in_sentence, word
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.nodes import Kpi
from toc.model.types import KINDS
from toc.monitoring import Progress, Tally

OVER_ALL: Final = frozenset({"goal", "pillar"})  # kinds below which everything else stands


class KpiLines(NamedTuple):
    """The lines of each box that has any, not yet wrapped, and how to read them where they are not in full."""

    of: Mapping[str, tuple[Line, ...]] = FrozenDict()
    notes: tuple[str, ...] = ()


def kpi_lines(theory: Theory, asked: Asked, ids: Collection[str], heads: Collection[str] = ()) -> KpiLines:
    """What the boxes of a drawing say of their KPIs.

    A head has one line at most, and names no KPI that stands again in a box below it.
    """
    if not asked.shows_kpis:
        return KpiLines()
    drawn = {kpi.id: [id for id in dict.fromkeys(kpi.measures) if id in ids] for kpi in theory.kpis.values()}
    homes = {kpi: _lowest(theory, boxes) for kpi, boxes in drawn.items() if boxes}
    found: dict[str, tuple[Line, ...]] = {}
    for id in ids:
        kpis = [theory.kpis[kpi] for kpi in theory.measured_by.get(id, ())]
        if id in heads:
            kpis = [kpi for kpi in kpis if theory.nodes[homes[kpi.id]].kind in OVER_ALL]
        lines = tuple(_lines(theory, asked, kpis, {kpi.id for kpi in kpis if homes[kpi.id] == id}))
        found[id] = _in_one(theory, asked, lines, kpis) if id in heads else lines
    found = {id: lines for id, lines in found.items() if lines}
    return KpiLines(found, _notes(theory, asked, found))


def _lowest(theory: Theory, ids: Sequence[str]) -> str:
    """The one of several boxes that stands lowest, which is nearest to what is done."""
    if len(ids) == 1:
        return ids[0]

    def depth(id: str) -> tuple[int, int]:
        above = graph.reachable(theory.forwards, (id,))
        return KINDS.index(theory.nodes[id].kind), len(above.intersection(ids))

    return max(ids, key=depth)


def _lines(theory: Theory, asked: Asked, kpis: Sequence[Kpi], at_home: Collection[str]) -> Iterator[Line]:
    """The lines of one box. `at_home` are those of its KPIs that are written nowhere lower."""
    match asked.kpis:
        case "count":
            if kpis:
                yield _counted(theory, asked.progress, kpis)
        case "once":
            yield from (kpi_as_line(asked, kpi) for kpi in kpis if kpi.id in at_home)
            if shared := len(kpis) - len(at_home):
                yield Line("kpi", (), _shared(theory, shared))
        case _:
            yield from (kpi_as_line(asked, kpi) for kpi in kpis)


def kpi_as_line(asked: Asked, kpi: Kpi, *, in_full: bool = False) -> Line:
    """A KPI as a line of a box, not yet wrapped: as much as is asked for, or in full; where it is asked for, how it stands."""
    progress = asked.progress
    today = progress.today if progress else None
    text = kpi_line(kpi, today)
    if asked.kpis in {"short", "once"} and not in_full:  # in short no line ends between the reading and the target
        text = kpi_short(kpi, today).replace(" → ", "\u00a0→\u00a0")
    if progress is None:
        return Line("kpi", (), text, kpi.id)
    status = progress[kpi.id].status
    turned = "\u200f" if is_right_to_left(text) else ""  # else the word would turn the line around
    return Line("kpi", (), f"{turned}{status.word} – {text}", kpi.id, status)


def _counted(theory: Theory, progress: Progress | None, kpis: Sequence[Kpi]) -> Line:
    """How many KPIs there are, and how many of them stand how."""
    text = how_many(theory, "kpi", len(kpis))
    if progress is None:
        return Line("kpi", (), text)
    tally = Tally(progress[kpi.id] for kpi in kpis)
    drafts = counted(tally.drafts, "draft", "drafts") if tally.drafts else ""
    told = ", ".join(filter(None, (tally.text if tally.counted else "", drafts)))
    return Line("kpi", (), f"{text}: {told}", status=tally.status)


def _shared(theory: Theory, count: int) -> str:
    return f"{count} shared {in_sentence(theory, 'kpi', plural=count != 1)}"


def _in_one(theory: Theory, asked: Asked, lines: Sequence[Line], kpis: Sequence[Kpi]) -> tuple[Line, ...]:
    """The first line with how many more there would be, and how those stand."""
    if len(lines) < 2:
        return tuple(lines)
    others = [kpi for kpi in kpis if kpi.id != lines[0].about]
    more = f"{len(others)} more {in_sentence(theory, 'kpi', plural=len(others) != 1)}"
    if progress := asked.progress:
        more += f" ({Tally(progress[kpi.id] for kpi in others).text})"
    return (lines[0]._replace(text=f"{lines[0].text}; and {more}"),)


def _notes(theory: Theory, asked: Asked, said: Mapping[str, Sequence[Line]]) -> tuple[str, ...]:
    """The day of the progress, and how to read what is not said in full: nothing is shortened without a word."""
    judged = f"progress on {day(asked.progress.today)}" if asked.progress else ""
    notes = "; ".join(filter(None, (_shortened(theory, asked, said), judged))) if said else ""
    return (capital(notes),) if notes else ()


def _shortened(theory: Theory, asked: Asked, said: Mapping[str, Sequence[Line]]) -> str:
    name = word(theory, "kpi", plural=True)
    if asked.kpis in (None, "full"):
        return ""
    if asked.kpis == "count":
        return f"{name} are counted here, not named"
    lines = [line for lines in said.values() for line in lines]
    arrow = (
        ": latest reading → target" if any(_has_both(theory.kpis[line.about]) for line in lines if line.about) else ""
    )
    once = f"; a shared one stands in the box nearest to the {in_sentence(theory, 'activity', plural=True)}"
    return f"{name} in short{arrow}{'' if all(line.about for line in lines) else once}"


def _has_both(kpi: Kpi) -> bool:
    """Whether a KPI's line is an arrow from its latest reading to its target."""
    return kpi.target is not None and kpi.direction != "keep" and latest_reading(kpi) is not None

"""The page of a logframe in each of its styles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from toc.language.dates import day
from toc.language.numbers import counted
from toc.language.text import one_line
from toc.monitoring.progress_page import ALL_SHOWN
from toc.pages.blocks import Block, Bullets, Cell, Heading, Note, Page, Table
from toc.pages.print_layout import shares
from toc.reports.indicators import Indicator, exact, latest, planned, read
from toc.reports.result_levels import Level, Style

if TYPE_CHECKING:
    from toc.reports.logframe import Line, Logframe

EMPTY: Final[Mapping[Level, tuple[str, ...]]] = MappingProxyType(
    {"impact": (), "outcome": (), "output": ("Impact weighting", "Risk rating"), "activity": ("Inputs",)}
)
"""The columns of the form that a theory cannot fill."""
NONE_YET: Final = "none yet"
NOT_HELD: Final = "What this form does not hold"
"""The heading of what is no part of the form; who reads one back ends there."""
TITLES: Final[Mapping[Style, str]] = MappingProxyType(
    {"classic": "Logframe", "milestones": "Logframe", "results": "Results framework"}
)
CLASSIC: Final = ("Narrative summary", "Indicators", "Means of verification", "Assumptions")
RESULTS: Final = (
    "Result",
    "Indicator",
    "Baseline",
    "Milestones",
    "Target",
    "Latest",
    "Source and method",
    "Assumptions",
)

Row = tuple[Cell, ...]


def logframe_page(frame: Logframe) -> Page:
    """The logframe with what its form cannot hold beneath it."""
    title = f"{TITLES[frame.style]}: {one_line(frame.theory.title)}"
    blocks = [Heading(title, 1), *opening(frame), *_BODIES[frame.style](frame)]
    return Page(title, (*blocks, Heading(NOT_HELD, 2), Bullets(frame.losses)))


def opening(frame: Logframe) -> Iterator[Block]:
    """What to know before the first row."""
    if frame.style != "classic":
        yield Note(f"Readings up to {day(frame.today)}.")
    outcomes = sum(one.level == "outcome" for one in frame.results)
    if frame.style != "results" and outcomes > 1:
        name = frame.names["outcome"]
        yield Note(f"Some funders' forms allow one {name}; this theory has {counted(outcomes, 'of them', 'of them')}.")
    if frame.progress.small_groups and frame.style != "classic":
        yield Note(ALL_SHOWN)


def heads(frame: Logframe, level: Level) -> tuple[str, ...]:
    """The headings of a block of the style "milestones"."""
    stops = (f"Milestone {number}" for number in range(1, frame.milestones + 1))
    return ("Indicator", "Value", "Baseline", *stops, "Target", "Latest", "Source", "Assumptions", *EMPTY[level])


def milestone_row(frame: Logframe, line: Line) -> Row:
    """What was planned of an indicator, or what was achieved."""
    count = frame.milestones
    found: tuple[Cell, ...]
    match line.indicator, line.kind:
        case None, _:
            found = (NONE_YET, *("",) * (count + 5))
        case one, "see":
            found = ((one.title, f"see {one.see}"), *("",) * (count + 5))
        case one, "planned":
            stops = [planned(stop) for stop in one.milestones]
            values = (planned(one.kpi.baseline), *stops, *("",) * (count - len(stops)), planned(one.target))
            found = (one.details, "Planned", *values, "", one_line(one.kpi.source or ""))
        case one, _:
            reached = [read(one.kpi, reading) for reading in one.achieved]
            last = reached.pop() if reached else ""
            values = ("", *reached, *("",) * (count - len(reached)), last)
            found = ("", "Achieved", *values, tuple(latest(one)), "")
    return (*found, line.assumptions, *("",) * len(EMPTY[line.result.level]))


def _milestones(frame: Logframe) -> Iterator[Block]:
    """A block for each result. All of one level have columns of the same widths, so that the eye finds them again."""
    for level, group in groupby(frame.lines, key=lambda line: line.result.level):
        lines, columns = list(group), heads(frame, level)
        whole = Table(columns, tuple(milestone_row(frame, line) for line in lines))
        parts = shares(whole, on_its_side=True)
        for result, own in groupby(lines, key=lambda line: line.result):
            yield Heading(f"{result.label(frame.names)}: {one_line(result.node.title)}", 2)
            rows = tuple(milestone_row(frame, line) for line in own)
            yield Table(columns, rows, parts=parts, is_wide=True)


def classic_row(frame: Logframe, line: Line) -> Row:
    """A result beside one of its indicators."""
    narrative = (line.result.label(frame.names), one_line(line.result.node.title)) if line.is_first else ""
    one = line.indicator
    if one is None or one.see:
        said: Cell = NONE_YET if one is None else (one.title, f"see {one.see}")
        return narrative, said, "", line.assumptions
    return narrative, (*one.details, *_course(one)), means(one), line.assumptions


def means(one: Indicator) -> tuple[str, ...]:
    """Where the values come from, and how."""
    return tuple(one_line(text) for text in (one.kpi.source, one.kpi.method) if text)


def _course(one: Indicator) -> Iterator[str]:
    """From the baseline to the target, with its day."""
    if one.kpi.baseline or one.target:
        start = exact(one.kpi.baseline.value) if one.kpi.baseline else "no baseline yet"
        yield f"{start} → {planned(one.target) or 'no target yet'}"


def _classic(frame: Logframe) -> Iterator[Block]:
    yield Table(CLASSIC, tuple(classic_row(frame, line) for line in frame.lines), is_wide=True)


def _results(frame: Logframe) -> Iterator[Block]:
    yield Table(RESULTS, tuple(_result_row(frame, line) for line in frame.lines), is_wide=True)


def _result_row(frame: Logframe, line: Line) -> Row:
    result, one = line.result, line.indicator
    name = (result.label(frame.names), one_line(result.node.title))
    if one is None or one.see:
        said: Cell = NONE_YET if one is None else (one.title, f"see {one.see}")
        return (name, said, "", "", "", "", "", line.assumptions)
    stops = tuple(planned(stop) for stop in one.milestones)
    values = (planned(one.kpi.baseline), stops, planned(one.target), tuple(latest(one)))
    return (name, one.details, *values, means(one), line.assumptions)


_BODIES: Final[Mapping[Style, Callable[[Logframe], Iterator[Block]]]] = MappingProxyType(
    {"classic": _classic, "milestones": _milestones, "results": _results}
)

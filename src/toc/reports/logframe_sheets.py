"""The rows of a logframe as data: for spreadsheets and pandas, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from toc.language.text import one_line
from toc.model.values import Milestone
from toc.monitoring.kpi_progress import said_of
from toc.pages.answer import Sheets
from toc.pages.sheet import Column, Sheet
from toc.reports.indicators import Indicator, planned, read
from toc.reports.logframe_pages import CLASSIC, EMPTY, NONE_YET, classic_row, milestone_row
from toc.reports.result_levels import Result

if TYPE_CHECKING:
    from toc.reports.logframe import Line, Logframe

NUMBER: Final = "float64"
DAY: Final = "datetime64[s]"
LINES: Final[dict[str, str]] = {"planned": "Planned", "achieved": "Achieved"}


def logframe_sheets(frame: Logframe) -> Sheets:
    """The one table of a logframe, whose columns are those of its style."""
    columns = {"classic": _classic, "milestones": _milestones, "results": _results}[frame.style]
    return {"logframe": lambda: Sheet(tuple(columns(frame)), frame.lines)}


def _names(frame: Logframe) -> Iterator[Column[Line]]:
    """Level, code and title of the result."""
    yield Column("level", "Level", value=lambda line: frame.names[line.result.level])
    yield Column("code", "Code", value=lambda line: line.result.code)
    yield Column("node", "", value=lambda line: line.result.node.id)


def _result(heading: str = "Result") -> Column[Line]:
    return Column("result", heading, value=lambda line: one_line(line.result.node.title))


def _classic(frame: Logframe) -> Iterator[Column[Line]]:
    yield from _names(frame)
    yield _result(CLASSIC[0])
    for place, (name, heading) in enumerate(
        zip(("indicators", "verification", "assumptions"), CLASSIC[1:], strict=True), 1
    ):
        yield Column(name, heading, value=partial(_placed, classic_row, frame, place))


def _milestones(frame: Logframe) -> Iterator[Column[Line]]:
    yield from _names(frame)
    yield _result()
    yield from _indicators()
    yield Column("value", "Value", value=lambda line: LINES.get(line.kind))
    stops = [f"Milestone {number}" for number in range(1, frame.milestones + 1)]
    for place, heading in enumerate(("Baseline", *stops, "Target", "Latest", "Source"), 2):
        yield Column(_key(heading), heading, value=partial(_placed, milestone_row, frame, place))
    yield _assumptions()
    for heading in dict.fromkeys(heading for names in EMPTY.values() for heading in names):
        yield Column(_key(heading), heading, value=lambda _: None)


def _placed(row: Callable[[Logframe, Line], tuple[Any, ...]], frame: Logframe, place: int, line: Line) -> Any:
    """What stands in a column of the page."""
    return row(frame, line)[place] or None


def _key(heading: str) -> str:
    return heading.lower().replace(" ", "_")


def _indicators() -> Iterator[Column[Line]]:
    """What the indicator is, and how its values are read."""
    yield Column("indicator", "Indicator", value=lambda line: line.indicator.title if line.indicator else NONE_YET)
    yield Column("kpi", "", value=lambda line: line.indicator.kpi.id if line.indicator else None)
    yield Column("see", "See", value=lambda line: line.indicator.see if line.indicator else None)
    yield _of("unit", "Unit", lambda one: one_line(one.kpi.unit) if one.kpi.unit else None)
    yield _of("direction", "Direction", lambda one: one.direction or None)
    yield _of("status", "Status", lambda one: one.kpi.status)


def _assumptions() -> Column[Line]:
    return Column("assumptions", "Assumptions", value=lambda line: line.assumptions or None)


def _of(name: str, heading: str, read: Callable[[Indicator], Any], dtype: str = "object") -> Column[Line]:
    """What is said of a KPI where it is told in full."""
    return Column(
        name, heading, dtype, lambda line: read(line.indicator) if line.indicator and not line.indicator.see else None
    )


def _results(frame: Logframe) -> Iterator[Column[Line]]:
    yield from _names(frame)
    yield _result()
    yield from _indicators()
    yield _of("baseline", "Baseline", lambda one: one.kpi.baseline and one.kpi.baseline.value, NUMBER)
    yield _of("baseline_date", "Baseline date", lambda one: one.kpi.baseline and one.kpi.baseline.date, DAY)
    for place in range(frame.milestones):
        yield from _stop(f"Milestone {place + 1}", partial(_milestone, place))
    yield from _stop("Target", lambda one: one.target)
    yield _of("latest", "Latest", lambda one: one.latest and one.latest.value, NUMBER)
    yield _of("latest_date", "Latest date", lambda one: one.latest and one.latest.date, DAY)
    yield _of("n", "Latest n", lambda one: one.latest and one.latest.n, "Int64")
    yield _of("parts", "Latest of parts", lambda one: tuple(_parts(one)) or None)
    for heading in ("Source", "Method", "Frequency", "Owner"):
        yield _of(_key(heading), heading, partial(_field, _key(heading)))
    yield _assumptions()


def _milestone(place: int, one: Indicator) -> Milestone | None:
    return next(iter(one.milestones[place : place + 1]), None)


def _field(name: str, one: Indicator) -> Any:
    return getattr(one.kpi, name)


def _stop(heading: str, stop: Callable[[Indicator], Milestone | None]) -> Iterator[Column[Line]]:
    """A milestone, or the target, and its day."""
    yield _of(_key(heading), heading, lambda one: (found := stop(one)) and found.value, NUMBER)
    yield _of(f"{_key(heading)}_date", f"{heading} date", lambda one: (found := stop(one)) and found.by, DAY)


def _parts(one: Indicator) -> Iterator[str]:
    return (f"{said_of(part.where)}: {part.text}" for part in one.parts)


def logframe_record(frame: Logframe) -> dict[str, Any]:
    """The logframe as plain JSON values, with ids."""
    found = [
        {
            "id": one.node.id, "level": one.level, "code": one.code, "title": one_line(one.node.title),
            "parent": one.parent, "assumptions": list(one.assumptions),
            "kpis": [_kpi(each) for each in _told(frame, one)],
        }
        for one in frame.results
    ]  # fmt: skip
    head = {"title": one_line(frame.theory.title), "style": frame.style, "today": frame.today.isoformat()}
    return {**head, "small_groups": frame.progress.small_groups, "results": found, "losses": list(frame.losses)}


def _told(frame: Logframe, result: Result) -> Iterator[Indicator]:
    """The indicators of a result, each once."""
    lines = (line for line in frame.lines if line.result is result and line.kind != "achieved")
    return (line.indicator for line in lines if line.indicator)


def _kpi(one: Indicator) -> dict[str, Any]:
    if one.see:
        return {"id": one.kpi.id, "see": one.see}
    kpi = one.kpi
    stops = [*one.milestones, *([one.target] if one.target else [])]
    achieved = [
        {"planned": planned(stop), "achieved": read(kpi, got)} for stop, got in zip(stops, one.achieved, strict=True)
    ]
    return {
        "id": kpi.id, "title": one.title, "baseline": planned(kpi.baseline), "milestones": achieved,
        "latest": read(kpi, one.latest), "source": kpi.source, "parts": list(_parts(one)),
    }  # fmt: skip

"""Whether the readings of KPIs can be right, and whether they may be kept as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from toc.checks.check_context import CheckContext, quoted
from toc.checks.rules import ADVICE, ERROR, WARNING, Fault, Grades, rule
from toc.language.kpi_units import is_change, is_percentage, out_of
from toc.language.numbers import number
from toc.language.text import listed
from toc.model.mappings import FrozenDict
from toc.model.nodes import Kpi
from toc.model.values import Reading
from toc.monitoring.small_groups import COUNTING, FEWEST, Part, size, whom

SOME: Final = 5  # readings that are named in one sentence
EVERYBODY: Final[FrozenDict[str, str]] = FrozenDict()


class Wrong(NamedTuple):
    """What is wrong with a reading, and what to do about it."""

    claim: str
    fix: str


@rule("TOC171", "reading-out-of-time", "monitoring", Grades(ADVICE, WARNING, WARNING))
def reading_out_of_time(context: CheckContext) -> Iterable[Fault]:
    for kpi in context.theory.kpis.values():
        start = kpi.baseline.date if kpi.baseline else None
        for place, reading in enumerate(kpi.readings):
            if reading.date > context.today:
                fix = "correct its `date:`, or leave it out until it has been measured"
                yield _of_reading(context, kpi, place, Wrong(f"which is after today, {context.today}", fix))
            elif start and reading.date < start:
                fix = "correct its `date:` or that of the baseline, or let the earliest value be the `baseline:`"
                yield _of_reading(context, kpi, place, Wrong(f"before its baseline of {start}", fix))


@rule("TOC172", "impossible-reading", "monitoring", Grades(WARNING, ERROR, ERROR))
def impossible_reading(context: CheckContext) -> Iterable[Fault]:
    for kpi in context.theory.kpis.values():
        wholes = _wholes(kpi)
        for place, reading in enumerate(kpi.readings):
            wrong = _beyond_its_unit(kpi, reading) or _beyond_its_whole(reading, wholes) or _of_nobody(reading)
            if wrong:
                yield _of_reading(context, kpi, place, wrong)


def _beyond_its_unit(kpi: Kpi, reading: Reading) -> Wrong | None:
    if is_percentage(kpi) and not is_change(kpi) and not 0 <= reading.value <= 100:
        fix = "correct the value; if it is of a change, say so in `unit:`, as in `% change`"
        return Wrong("but a percentage lies from 0 to 100", fix)
    most = out_of(kpi)
    if most is not None and reading.value > most:
        return Wrong(f"more than the {number(most)} that its unit names", "correct the value, or the number in `unit:`")
    return None


def _wholes(kpi: Kpi) -> Mapping[Part, float]:
    """The largest value for the same people on a day, where values count people: those of a part are among them."""
    found: dict[Part, float] = {}
    if kpi.level in COUNTING and not is_percentage(kpi) and not is_change(kpi):
        for one in kpi.readings:
            found[whom(one)] = max(one.value, found.get(whom(one), one.value))
    return found


def _beyond_its_whole(reading: Reading, wholes: Mapping[Part, float]) -> Wrong | None:
    """A part is compared with everybody, and with those who share one thing of several; only whole numbers are counts."""
    if not reading.where or not wholes or not reading.value.is_integer():
        return None
    larger = [FrozenDict({key: text}) for key, text in reading.where.items()] if len(reading.where) > 1 else []
    for where in (EVERYBODY, *larger):
        whole = wholes.get((reading.date, where))
        if whole is not None and whole.is_integer() and reading.value > whole:
            fix = "correct one of the two: whoever is counted in a part is counted in the whole as well"
            return Wrong(f"more than the {number(whole)} {_of(where) or 'of everybody'} on that day", fix)
    return None


def _of_nobody(reading: Reading) -> Wrong | None:
    if reading.n != 0:
        return None
    return Wrong("though it rests on nobody and nothing: its `n` is 0", "correct its `n:`, or delete the reading")


@rule("TOC174", "share-as-percentage", "monitoring", Grades(ADVICE, WARNING, WARNING))
def share_as_percentage(context: CheckContext) -> Iterable[Fault]:
    for kpi in context.theory.kpis.values():
        for place in shares(kpi):
            claim = "while all else about it lies above 1: it looks like a share, and its unit is a percentage"
            fix = f"write {number(kpi.readings[place].value * 100)} if that is what was measured"
            yield _of_reading(context, kpi, place, Wrong(claim, fix))


def shares(kpi: Kpi) -> list[int]:
    """The places of the readings of a percentage that look like shares of one, because nothing else about it does."""
    if not is_percentage(kpi) or is_change(kpi):
        return []
    places = [place for place, one in enumerate(kpi.readings) if 0 < one.value <= 1]
    others = [one.value for one in (kpi.baseline, *(kpi.target or ())) if one]
    others += [one.value for one in kpi.readings if not 0 < one.value <= 1]
    return places if others and min(others) > 1 else []


@rule("TOC175", "percentage-without-base", "monitoring", Grades(None, ADVICE, WARNING))
def percentage_without_base(context: CheckContext) -> Iterable[Fault]:
    for kpi in context.theory.kpis.values():
        bare = [place for place, one in enumerate(kpi.readings) if one.n is None] if is_percentage(kpi) else []
        if bare:
            some = "the only reading" if len(kpi.readings) == 1 else f"{len(bare)} of the {len(kpi.readings)} readings"
            does = "does" if len(bare) == 1 else "do"
            message = f"{some} of {context.called(kpi.id)} {does} not say of how many it is a percentage"
            fix = "write `n:` beside the value: how many people or things are a hundred per cent"
            yield _at(context, kpi, bare[0], message, fix)


@rule("TOC176", "small-group", "monitoring", Grades(ADVICE, ADVICE, WARNING))
def small_group(context: CheckContext) -> Iterable[Fault]:
    for kpi in context.theory.kpis.values():
        small = [place for place, one in enumerate(kpi.readings) if one.where and _is_small(kpi, one)]
        if small:
            parts = sorted((one.date, _who(one.where)) for one in (kpi.readings[place] for place in small))
            told = [f"{quoted(who)} on {day}" for day, who in parts]
            few = f"{'a part' if len(small) == 1 else 'parts'} of fewer than {FEWEST}, who may be known by it"
            message = f"{context.called(kpi.id)} tells of {few}: {listed(told, most=SOME)}"
            fix = (
                "put small groups together, or show this file only to those who may know: what is made of it hides them"
            )
            yield _at(context, kpi, small[0], message, fix)


def _is_small(kpi: Kpi, reading: Reading) -> bool:
    people = size(kpi, reading)
    return people is not None and 0 <= people < FEWEST


@rule("TOC179", "conflicting-readings", "monitoring", Grades(WARNING, ERROR, ERROR))
def conflicting_readings(context: CheckContext) -> Iterable[Fault]:
    for kpi in context.theory.kpis.values():
        places: dict[Part, dict[float, int]] = {}
        for place, reading in enumerate(kpi.readings):
            places.setdefault(whom(reading), {}).setdefault(reading.value, place)
        for (day, where), found in places.items():
            if len(found) > 1:
                values = listed([number(value) for value in sorted(found)], most=SOME)
                people = f" {_of(where)}" if where else ""
                message = f"{context.called(kpi.id)} has different readings{people} on {day}: {values}"
                fix = "keep the right one and delete the others, or say with `where:` of whom each is"
                yield _at(context, kpi, [*found.values()][1], message, fix)


def _of_reading(context: CheckContext, kpi: Kpi, place: int, wrong: Wrong) -> Fault:
    reading = kpi.readings[place]
    people = f" {_of(reading.where)}" if reading.where else ""
    told = f"{context.called(kpi.id)} has a reading of {number(reading.value)}{people} on {reading.date}"
    return _at(context, kpi, place, f"{told}, {wrong.claim}", wrong.fix)


def _at(context: CheckContext, kpi: Kpi, place: int, message: str, fix: str) -> Fault:
    return Fault((kpi.id, *kpi.measures), context.path(kpi.id, "readings", place), message, fix)


def _of(where: Mapping[str, str]) -> str:
    """Of whom a reading is, in words; nothing where it is of everybody."""
    return f"of {quoted(_who(where))}" if where else ""


def _who(where: Mapping[str, str]) -> str:
    return ", ".join(f"{key}: {text}" for key, text in sorted(where.items()))

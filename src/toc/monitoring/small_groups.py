"""Which readings of a part of the people must not leave the office, because they would tell of few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import chain, combinations
from math import inf
from typing import Final, NamedTuple

from toc.language.kpi_units import is_percentage
from toc.model.mappings import FrozenDict
from toc.model.nodes import Kpi
from toc.model.values import Reading

FEWEST: Final = 10
"""A part of fewer is not shown."""
MOST_KEYS: Final = 4
"""Of a part by more keys only some of its wholes are looked at."""
COUNTING: Final = frozenset({"participation", "engagement"})


class Hidden(StrEnum):
    """What stands in the place of a reading that is not shown."""

    FEW = "fewer than 10"
    HIDDEN = "hidden"


Part = tuple[date, FrozenDict[str, str]]
"""The people whom a reading is about, and its day."""


class Family(NamedTuple):
    """What divides some people on a day by one key, or by several at once: all people where `among` is empty."""

    day: date
    among: FrozenDict[str, str]
    keys: tuple[str, ...]


def whom(reading: Reading) -> Part:
    """The day of a reading and the people it is about, by which `hidden` names it."""
    return reading.date, reading.where


def size(kpi: Kpi, reading: Reading) -> float | None:
    """How many people a reading is about, as far as can be told: its `n`, else the value of what counts people.

    >>> kpi = Kpi(title="Pupils", measures="a", level="participation", readings=[{"date": "2026-07-31", "value": 9}])
    >>> size(kpi, kpi.readings[0]), size(kpi.evolve(level="learning"), kpi.readings[0])
    (9.0, None)
    """
    if reading.n is not None:
        return reading.n
    return reading.value if kpi.level in COUNTING and not is_percentage(kpi) else None


def hidden(kpi: Kpi) -> Mapping[Part, Hidden]:
    """The readings of a part that are not shown, and what stands in their place.

    Those of fewer than ten; those that leave one to nine of a whole whose size is known; and of the parts by one key so
    many more, the smallest first, that what is not shown cannot be worked out from the whole and the others.

    >>> parts = [
    ...     {"date": "2026-07-31", "value": value, "where": {"group": name}}
    ...     for name, value in {"a": 9, "b": 30, "c": 61}.items()
    ... ]
    >>> whole = {"date": "2026-07-31", "value": 100}
    >>> kpi = Kpi(title="Pupils", measures="x", level="participation", readings=[whole, *parts])
    >>> {where["group"]: str(why) for (_, where), why in hidden(kpi).items()}
    {'a': 'fewer than 10', 'b': 'hidden'}
    """
    parts = _by_part(kpi)
    found = {part: Hidden.FEW for part, people in parts.items() if part[1] and people is not None and people < FEWEST}
    families: dict[Family, list[Part]] = {}
    for part in parts:
        for family in _families(part):
            families.setdefault(family, []).append(part)
    divided: dict[Part, list[Family]] = {}
    for family in families:
        divided.setdefault((family.day, family.among), []).append(family)
    sides = {(day, frozenset(where)) for day, where in parts}
    waiting = dict.fromkeys(families)
    while waiting:  # what is hidden for one key can be worked out by another, until nothing more is hidden
        again: dict[Family, None] = {}
        for family in waiting:
            whole = (family.day, family.among)
            # A side of a table that is not written down is what the other sides leave.
            is_told = (family.day, frozenset(family.among)) in sides or len(divided[whole]) > 1
            for part in _given_away(families[family], parts, found, whole, is_told=is_told):
                found[part] = Hidden.HIDDEN
                again |= dict.fromkeys((*_families(part), *divided.get(part, ())))
        waiting = again
    return found


def _by_part(kpi: Kpi) -> dict[Part, float | None]:
    """The size of each part of a day as far as it is known; of two readings about the same people that of the fewer."""
    found: dict[Part, float | None] = {}
    for one in kpi.readings:
        part, people = whom(one), size(kpi, one)
        before = found.get(part)
        found[part] = people if before is None else before if people is None else min(before, people)
    return found


def _families(part: Part) -> Iterator[Family]:
    """All that a part is a division of: by each of its keys, by several, by all of them."""
    day, where = part
    names = sorted(where)
    counts = range(1, len(names) + 1) if len(names) <= MOST_KEYS else (1, len(names))
    for keys in chain.from_iterable(combinations(names, count) for count in counts):
        yield Family(day, FrozenDict({name: text for name, text in where.items() if name not in keys}), keys)


def _given_away(
    family: Sequence[Part],
    sizes: Mapping[Part, float | None],
    found: Mapping[Part, Hidden],
    whole: Part,
    *,
    is_told: bool,
) -> list[Part]:
    """What has to be hidden besides, so that neither a part, nor the rest of the whole, nor the whole can be worked out."""
    shown = [part for part in family if part not in found]
    if whole in found:
        return shown
    people = sizes.get(whole)
    more = [part for part in shown if people is not None and 0 < people - _or(people, sizes[part]) < FEWEST]
    left = sorted((part for part in shown if part not in more), key=lambda part: _or(inf, sizes[part]))
    unseen = [_or(inf, sizes[part]) for part in family if part in found or part in more]
    # The people in no part are hidden as well, where they are few.
    rest = 0 if people is None else people - sum(_or(people, sizes[part]) for part in family)
    few = rest if 0 < rest < FEWEST else 0
    while is_told and left and (len(unseen) == 1 or ((unseen or few) and sum(unseen) + few < FEWEST)):
        more.append(left.pop(0))
        unseen.append(_or(inf, sizes[more[-1]]))
    return more


def _or(otherwise: float, size: float | None) -> float:
    """A size, and what stands for one that is not known."""
    return otherwise if size is None else size

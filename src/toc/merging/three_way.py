"""Three versions of some things joined field by field: plain data, that knows neither theories nor spreadsheets.

`base` is what both sides started from, `mine` what stands here now, `theirs` what comes back. A thing is found by its
key in all three. What is returned are the changes to be made to `mine`, and what both sides changed into something else.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, NamedTuple, TypeVar

H = TypeVar("H", bound=Hashable)
Key = tuple[str, ...]
Field = tuple[str, ...]
Fields = Mapping[Field, Any]
Things = Mapping[Key, Fields]
WHOLE: Final[Field] = ()
"""In the place of a field: all of the thing."""


class Absence(Enum):
    """What stands for a field or a thing that is not there: nothing, which is not the same as a value of None."""

    ABSENT = "absent"


ABSENT: Final = Absence.ABSENT


@dataclass(frozen=True, slots=True)
class Change:
    """One field, or a `WHOLE` thing, that becomes another; a new thing stands `behind` another one."""

    key: Key
    field: Field
    old: Any
    new: Any
    behind: Key | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """One field, or a `WHOLE` thing, that both sides changed, each into something else."""

    key: Key
    field: Field
    base: Any
    mine: Any
    theirs: Any

    def taken(self) -> Change:
        """The change that decides for them."""
        return Change(self.key, self.field, self.mine, self.theirs)


class Joined(NamedTuple):
    """What is to be changed in `mine`, and what nobody but people can decide."""

    changes: tuple[Change, ...]
    clashes: tuple[Clash, ...]


def joined(base: Things, mine: Things, theirs: Things) -> Joined:
    """The changes from `base` to `theirs` that `mine` does not contradict, and those that it does.

    >>> base, mine = {("a",): {("x",): 1, ("y",): 1}}, {("a",): {("x",): 1, ("y",): 2, ("z",): 5}}
    >>> joined(base, mine, {("a",): {("x",): 3, ("y",): 1}}).changes
    (Change(key=('a',), field=('x',), old=1, new=3, behind=None),)
    >>> joined(base, mine, {("a",): {("x",): 1, ("y",): 3}}).clashes
    (Clash(key=('a',), field=('y',), base=1, mine=2, theirs=3),)
    """
    found = [*_kept(base, mine, theirs), *_gone(base, mine, theirs)]
    return Joined(
        tuple(one for one in found if isinstance(one, Change)), tuple(one for one in found if isinstance(one, Clash))
    )


def _kept(base: Things, mine: Things, theirs: Things) -> Iterator[Change | Clash]:
    """What became of the things that they have."""
    behind: Key | None = None
    for key, there in theirs.items():
        before, here = base.get(key), mine.get(key)
        if here is not None:
            yield from _fields(key, before or {}, here, there)
        elif before is None:
            yield Change(key, WHOLE, ABSENT, there, behind)
        elif not _alike(before, there):
            yield Clash(key, WHOLE, before, ABSENT, there)
        behind = key


def _fields(key: Key, base: Fields, mine: Fields, theirs: Fields) -> Iterator[Change | Clash]:
    for field in dict.fromkeys((*base, *theirs)):
        before, here, there = (fields.get(field, ABSENT) for fields in (base, mine, theirs))
        if same(there, before) or same(there, here):
            continue
        if same(here, before):
            yield Change(key, field, here, there)
        elif (both := _names_joined(before, here, there)) is None:
            yield Clash(key, field, before, here, there)
        elif not same(both, here):
            yield Change(key, field, here, both)


def _names_joined(before: Any, here: Any, there: Any) -> list[str] | None:
    """A list of texts that both sides changed, with what each of them added and without what each of them took out."""
    lists = [[] if value is ABSENT else value for value in (before, here, there)]
    if all(isinstance(one, list) and all(isinstance(item, str) for item in one) for one in lists):
        return joined_order(*lists)
    return None


def joined_order(base: Sequence[H], mine: Sequence[H], theirs: Sequence[H]) -> list[H] | None:
    """Mine without what they took out, with what they added behind what stands before it there, in the order of who moved it.

    None where both sides put what all three have in an order of their own.

    >>> joined_order(["a", "b"], ["a", "b", "m"], ["b", "t", "a"]), joined_order("abc", "bac", "acb")
    (['b', 't', 'a', 'm'], None)
    """
    shared = set(base) & set(mine) & set(theirs)
    was, here, there = ([item for item in side if item in shared] for side in (base, mine, theirs))
    if there not in (was, here) and here != was:
        return None
    turn = iter(there if here == was else here)
    gone = set(base) - set(theirs)
    made = [next(turn) if item in shared else item for item in mine if item not in gone]
    known = {*base, *mine}
    behind: H | None = None
    for item in theirs:
        if item not in known:
            made.insert(made.index(behind) + 1 if behind is not None and behind in made else 0, item)
        behind = item if item in made else behind
    return made


def _gone(base: Things, mine: Things, theirs: Things) -> Iterator[Change | Clash]:
    """What they have no more."""
    for key, before in base.items():
        if key in theirs or key not in mine:
            continue
        here = mine[key]
        if _alike(before, here):
            yield Change(key, WHOLE, here, ABSENT)
        else:
            yield Clash(key, WHOLE, before, here, ABSENT)


def applied(things: Things, changes: Iterable[Change]) -> dict[Key, dict[Field, Any]]:
    """The things with changes made; a new thing stands behind the one named, or else behind all others."""
    made = {key: dict(fields) for key, fields in things.items()}
    behind: dict[Key | None, list[Key]] = {}
    for change in changes:
        if change.field:
            fields = made.setdefault(change.key, {})
            fields.pop(change.field, None) if change.new is ABSENT else fields.update({change.field: change.new})
        elif change.new is ABSENT:
            made.pop(change.key, None)
        else:
            made[change.key] = dict(change.new)
            behind.setdefault(change.behind, []).append(change.key)
    return _placed(made, behind) if behind.keys() - {None} else made


def _placed(made: dict[Key, dict[Field, Any]], behind: Mapping[Key | None, list[Key]]) -> dict[Key, dict[Field, Any]]:
    """The same things, each new one behind the one that it is to stand behind."""
    new = {key for followers in behind.values() for key in followers}
    order: list[Key] = []
    waiting = [*behind.get(None, ()), *(one for one in behind if one is not None and one not in made)]
    waiting = [key for key in reversed([*(key for key in made if key not in new), *waiting]) if key in made]
    while waiting:
        key = waiting.pop()
        order.append(key)
        waiting += reversed(behind.get(key, ()))
    left = (key for key in made if key not in set(order))
    return {key: made[key] for key in (*order, *left)}


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal, as JSON has it: true is not 1."""
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _alike(one: Fields, other: Fields) -> bool:
    return one.keys() == other.keys() and all(same(value, other[field]) for field, value in one.items())

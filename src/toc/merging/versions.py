"""Two versions of a theory that come from one, joined: what a branch of git, or another copy of the file, has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from toc.files.short_forms import written
from toc.language.text import one_line
from toc.merging.merged import VERSIONS, MergeConflict, Merged, MergedChange, Teller
from toc.merging.things import ITEMS, KIND, Composed, form_of, things_of
from toc.merging.three_way import ABSENT, WHOLE, Change, Clash, Fields, Key, Things, applied, joined, joined_order
from toc.model import Theory
from toc.model.complaints import problems_of
from toc.model.origin import origin_of, with_origin
from toc.model.types import PLURALS
from toc.problems import Problem

T = TypeVar("T", bound=Theory)
SIDES: Final = ("Ours", "Theirs")
WITH_IDS: Final = frozenset({"nodes", "partners", "groups"})


class _Three(NamedTuple):
    """The three versions as things."""

    base: Things
    mine: Things
    theirs: Things

    def of(self, key: Key, change: Change) -> tuple[Any, Any, Any]:
        """What each of them says of what a change is about."""
        things = (side.get(key, ABSENT) for side in self)
        if change.field == WHOLE:
            return tuple(things)  # type: ignore[return-value]
        return tuple(ABSENT if one is ABSENT else one.get(change.field, ABSENT) for one in things)  # type: ignore[return-value]


class _Order(NamedTuple):
    """Things that stand beside each other, in an order of theirs: taken over, or fought over."""

    group: tuple[str, ...]
    base: list[Key]
    mine: list[Key]
    theirs: list[Key]
    is_clash: bool


@dataclass
class _Joining(Generic[T]):
    """What is made of the three: the changes that go together, and what people must decide."""

    mine: T
    sides: _Three
    changes: list[Change]
    clashes: list[tuple[Clash, str]]

    def settle(self) -> None:
        """Take back changes, and leave them to people, until what is left makes a theory."""
        while self.changes and (wrong := self.wrong(self.changes)):
            (problem, key), *_ = wrong
            fault = self.fault(problem, key)
            ids = {fault.key[1]} if fault.key[0] in WITH_IDS and fault.new is ABSENT else set()
            gone = [one for one in self.changes if one is fault or not ids.isdisjoint(one.key[1:])]
            self.changes = [one for one in self.changes if one not in gone]
            clash = Clash(fault.key, fault.field, *self.sides.of(fault.key, fault))
            self.clashes.append((clash, problem.message))

    def fault(self, problem: Problem, key: Key) -> Change:
        """The change without which a problem would not be."""
        own = [one for one in self.changes if one.key == key]
        others = [one for one in self.changes if one.key != key]
        for one in (*own, *others):
            left = [other for other in self.changes if other is not one]
            if not any(same.message == problem.message for same, _ in self.wrong(left)):
                return one
        return (own or others)[-1]

    def wrong(self, changes: Iterable[Change]) -> list[tuple[Problem, Key]]:
        """What is wrong with the theory that has these changes, and with which thing."""
        composed = form_of(applied(self.sides.mine, changes))
        message = "what it belongs to is not there any more"
        found = [(Problem("TOC030", f"{message}: {' '.join(key[1:3])}"), key) for key in composed.astray]
        try:
            type(self.mine).model_validate(composed.form)
        except ValidationError as error:
            found += [(problem, _thing_at(problem, composed)) for problem in problems_of(error)]
        return found


def merged_versions(base: Theory | None, mine: T, theirs: Theory) -> Merged[T]:
    """What `theirs` changed since `base`, joined with `mine`; without a base, what stands in either is new."""
    sides = _Three(*({} if one is None else things_of(written(one)) for one in (base, mine, theirs)))
    found = joined(*sides)
    kept = {clash.key[1] for clash in found.clashes if clash.key[0] in WITH_IDS and clash.theirs is ABSENT}
    changes = [one for one in found.changes if one.new is not ABSENT or kept.isdisjoint(one.key[1:])]
    joining = _Joining(mine, sides, changes, [(clash, "") for clash in found.clashes])
    joining.settle()
    things, orders = _ordered(sides, applied(sides.mine, joining.changes))
    made = mine
    if joining.changes or any(not order.is_clash for order in orders):
        made = with_origin(type(mine).model_validate(form_of(things).form), origin_of(mine))
    besides = (theirs,) if base is None else (theirs, base)
    return _told(joining, Teller(mine, made, VERSIONS, besides), made, orders)


def _thing_at(problem: Problem, composed: Composed) -> Key:
    found = composed.at(problem.path)
    return found[0] if found else ()


# The order of what stands beside each other


def _group(key: Key, fields: Fields) -> tuple[str, ...]:
    """What a thing stands among: nodes of its kind, links of its source, items of their list."""
    table = key[0]
    if table == "nodes":
        return (PLURALS[fields[KIND]],)
    if table == "links":
        return key[:2]
    return key[: 1 + len(ITEMS[table].owner)] if table in ITEMS else (table,)


def _ordered(sides: _Three, things: Things) -> tuple[Things, list[_Order]]:
    """The things in the order of who moved them, and where that is theirs, or nobody's."""
    groups: dict[tuple[str, ...], list[Key]] = {}
    for key, fields in things.items():
        groups.setdefault(_group(key, fields), []).append(key)
    orders, turns = list[_Order](), dict[tuple[str, ...], Iterator[Key]]()
    for group, keys in groups.items():
        base, mine, theirs = ([key for key in side if key in set(keys)] for side in sides)
        made = joined_order(base, mine, theirs)
        shared = set(base) & set(mine) & set(theirs)
        was, here, there = ([key for key in side if key in shared] for side in (base, mine, theirs))
        if made is None or there not in (was, here):
            orders.append(_Order(group, was, here, there, is_clash=made is None))
        turns[group] = iter(keys if made is None else _complete(made, keys))
    return {(key := next(turns[_group(one, fields)])): things[key] for one, fields in things.items()}, orders


def _complete(made: list[Key], keys: list[Key]) -> list[Key]:
    """An order with what is missing in it, each behind what it stood behind."""
    made = [*made]
    for place, key in enumerate(keys):
        if key not in made:
            made.insert(made.index(keys[place - 1]) + 1 if place else 0, key)
    return made


# What is told


def _told(joining: _Joining[T], teller: Teller, made: T, orders: list[_Order]) -> Merged[T]:
    sides = joining.sides
    paths = {key: path for path, key in form_of(sides.mine).places.items()}

    def fields(key: Key) -> Fields:
        return sides.mine.get(key) or sides.theirs.get(key) or sides.base.get(key) or {}

    changes = [teller.change(one, fields(one.key), None) for one in joining.changes]
    conflicts = []
    for clash, why in joining.clashes:
        told = teller.conflict(clash, fields(clash.key), None)
        message = told.problem.message if told.problem else ""
        path = (*paths.get(clash.key, ()), *clash.field)
        problem = Problem("TOC038", f"{message} (together: {why})" if why else message, path)
        conflicts.append(replace(told, problem=problem))
    for order in orders:
        name = order.group[1] if len(order.group) > 1 else ""
        title = one_line(made.nodes[name].title if name in made else made.title)
        field = f"order of {order.group[0]}"
        was, here, there = ([teller.name(key, fields(key)) for key in side] for side in order[1:4])
        if not order.is_clash:
            changes.append(MergedChange("changed", "Theory", title, field, was, there))
            continue
        message = f"{title}, {field}: changed on both sides; {VERSIONS.advice}"
        conflicts.append(MergeConflict("Theory", title, field, was, here, there, None, Problem("TOC038", message)))
    return Merged(made, tuple(changes), tuple(conflicts), (), "their version", SIDES)

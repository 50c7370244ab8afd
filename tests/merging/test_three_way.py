"""Joining three versions of some things, as plain data."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from strategies import tries
from toc.merging.three_way import ABSENT, WHOLE, Change, Clash, applied, joined

KEYS: Any = st.sampled_from([("a",), ("b",), ("c",)])
FIELDS = st.dictionaries(st.sampled_from([("x",), ("y",), ("z", "w")]), st.sampled_from([1, 2, 3]), max_size=3)
THINGS: Any = st.dictionaries(KEYS, FIELDS, max_size=3)


def test_what_only_one_side_changed_is_taken() -> None:
    base: Any = {("a",): {("x",): 1, ("y",): 1}}
    mine: Any = {("a",): {("x",): 1, ("y",): 2}}
    theirs: Any = {("a",): {("x",): 3, ("y",): 1}}
    found = joined(base, mine, theirs)
    assert found.changes == (Change(("a",), ("x",), 1, 3),)
    assert found.clashes == ()


def test_what_both_sides_changed_alike_is_no_change() -> None:
    base: Any = {("a",): {("x",): 1}}
    assert joined(base, {("a",): {("x",): 2}}, {("a",): {("x",): 2}}) == ((), ())


def test_what_both_sides_changed_is_told_with_all_three_values() -> None:
    found = joined({("a",): {("x",): 1}}, {("a",): {("x",): 2}}, {("a",): {}})
    assert found.clashes == (Clash(("a",), ("x",), 1, 2, ABSENT),)


def test_to_take_out_what_the_other_side_changed_is_for_people_to_decide() -> None:
    base: Any = {("a",): {("x",): 1}}
    assert joined(base, {("a",): {("x",): 2}}, {}).clashes == (Clash(("a",), WHOLE, base["a",], {("x",): 2}, ABSENT),)
    assert joined(base, {}, {("a",): {("x",): 2}}).clashes == (Clash(("a",), WHOLE, base["a",], ABSENT, {("x",): 2}),)


def test_what_both_sides_added_alike_is_no_change() -> None:
    assert joined({}, {("a",): {("x",): 1}}, {("a",): {("x",): 1}}) == ((), ())


def test_true_is_not_one() -> None:
    found = joined({("a",): {("x",): 1}}, {("a",): {("x",): 1}}, {("a",): {("x",): True}})
    assert found.changes == (Change(("a",), ("x",), 1, new=True),)


def test_a_new_thing_stands_behind_the_one_that_it_stood_behind() -> None:
    base: Any = {("a",): {}, ("b",): {}}
    theirs: Any = {("new",): {}, ("a",): {}, ("one",): {}, ("two",): {}, ("b",): {}}
    found = joined(base, base, theirs)
    assert [key for (key,) in applied(base, found.changes)] == ["a", "one", "two", "b", "new"]


@tries(300)
@given(THINGS, THINGS)
def test_what_nobody_else_changed_becomes_what_they_say(base: Any, theirs: Any) -> None:
    found = joined(base, base, theirs)
    assert not found.clashes
    assert applied(base, found.changes) == theirs


@tries(300)
@given(THINGS, THINGS)
def test_what_comes_back_unchanged_changes_nothing(base: Any, mine: Any) -> None:
    assert joined(base, mine, base) == ((), ())


@tries(300)
@given(THINGS, THINGS, THINGS)
def test_either_side_may_be_joined_with_the_other(base: Any, mine: Any, theirs: Any) -> None:
    one, other = joined(base, mine, theirs), joined(base, theirs, mine)
    assert {(clash.key, clash.field) for clash in one.clashes} == {(clash.key, clash.field) for clash in other.clashes}
    if not one.clashes:
        assert applied(mine, one.changes) == applied(theirs, other.changes)


@tries(300)
@given(THINGS, THINGS, THINGS)
def test_a_conflict_that_is_taken_says_what_they_say(base: Any, mine: Any, theirs: Any) -> None:
    found = joined(base, mine, theirs)
    made = applied(mine, [*found.changes, *(clash.taken() for clash in found.clashes)])
    for clash in found.clashes:
        there = made.get(clash.key, ABSENT)
        assert clash.theirs == (there if clash.field == WHOLE or there is ABSENT else there.get(clash.field, ABSENT))

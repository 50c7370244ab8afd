"""Whatever Python holds in place of a theory's values is refused in the library's own words, or understood."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

import toc

HUGE = 10**5000  # Python itself refuses to write it in digits
DEEP: list[Any] = []
for _ in range(5000):
    DEEP = [DEEP]
LOOP: list[Any] = []
LOOP.append(LOOP)
NESTED: dict[str, Any] = {}
NESTED["a"] = NESTED
MOMENT = datetime(9999, 12, 31, 23, 59)  # noqa: DTZ001  # as somebody may write it
ODD: dict[str, Any] = {
    "huge": HUGE, "minus huge": -HUGE, "infinite": float("inf"), "not a number": float("nan"), "half a letter": "\ud800", "long": "a" * 100_000,
    "bytes": b"\xff", "bytearray": bytearray(b"x"), "memoryview": memoryview(b"x"), "complex": 1j, "moment": MOMENT, "day": date.min,
    "decimal": Decimal("1e999"), "deep": DEEP, "loop": LOOP, "loop of keys": NESTED, "number as key": {1: 2}, "nothing as key": {None: 1},
    "tuple as key": {(1, 2): 3}, "huge as key": {HUGE: 1}, "huge in a list": [HUGE], "huge under a key": {"a": HUGE}, "object": object(), "set": {"a"},
    "function": print, "class": int, "control": "\x1b[1m",
}  # fmt: skip
SMALL = toc.example("small-charity")
ACTIVITY, KPI = next(iter(SMALL.activities)), next(iter(SMALL.kpis))
TAKES: dict[str, Callable[[Any], Any]] = {
    "title": lambda value: SMALL.edit(ACTIVITY, title=value),
    "participation": lambda value: SMALL.edit(ACTIVITY, participation=value),
    "starts": lambda value: SMALL.edit(ACTIVITY, starts=value),
    "leads_to": lambda value: SMALL.edit(ACTIVITY, leads_to=value),
    "baseline": lambda value: SMALL.edit(KPI, baseline=value),
    "target": lambda value: SMALL.edit(KPI, target=value),
    "readings": lambda value: SMALL.edit(KPI, readings=value),
    "hours": lambda value: SMALL.edit(KPI, hours=value),
    "measures": lambda value: SMALL.edit(KPI, measures=value),
    "settings": lambda value: SMALL.evolve(settings=value),
    "x-own": lambda value: SMALL.evolve(**{"x-own": value}),
    "node": SMALL.with_node,
    "Activity": lambda value: toc.Activity(id="a", title="A", leads_to=value),
    "theory": toc.TheoryOfChange.model_validate,
    "goals": lambda value: toc.TheoryOfChange.model_validate({"toc": 1, "title": "T", "goals": value, "pillars": {"p": value}}),
    "groups": lambda value: toc.TheoryOfChange.model_validate(
        {"toc": 1, "title": "T", "goal": "G", "context": {"target_groups": value}, "activities": {"a": {"title": "A", "target_group": "g"}}}
    ),
    "loads": toc.loads,
    "loads as": lambda value: toc.loads("a: [", format=value),
    "source": lambda value: toc.loads("a: [", source=value),
    "outline": toc.from_outline,
    "outline's title": lambda value: toc.from_outline("G\n  A\n", title=value),
    "outline's source": lambda value: toc.from_outline("G\n  A\n", source=value),
    "compare": SMALL.compare,
    "profile": lambda value: SMALL.check(profile=value),
    "today": lambda value: SMALL.check(today=value),
    "explain": SMALL.explain,
    "limit": lambda value: SMALL.explain(ACTIVITY, limit=value),
    "table": SMALL.to_pandas,
    "view": lambda value: SMALL.to_dot(view=value),
    "theme": lambda value: SMALL.to_dot(theme=value),
    "tag": lambda value: SMALL.to_dot(tag=value),
    "steps": lambda value: SMALL.to_dot(view="neighbourhood", node=ACTIVITY, steps=value),
    "height": lambda value: SMALL.explore(height=value),
}  # fmt: skip


@pytest.mark.parametrize("takes", TAKES)
def test_whatever_is_given_is_understood_or_refused_in_our_own_words(takes: str) -> None:
    amiss = []
    for odd, value in ODD.items():
        try:
            TAKES[takes](value)
        except (toc.TocError, ValidationError) as error:
            amiss += [] if str(error) else [f"{odd}: nothing is said"]
        except Exception as error:  # noqa: BLE001 - any other is the fault that is looked for
            amiss.append(f"{odd}: {type(error).__name__}: {error}")
    assert amiss == []


@pytest.mark.parametrize("value", [10**309, -HUGE], ids=["just", "far"])
def test_a_number_that_is_too_large_is_asked_for_smaller(value: int) -> None:
    with pytest.raises(toc.TheoryError, match="a number of more than 40 digits: write a smaller number") as caught:
        SMALL.edit(KPI, baseline=value)
    assert {problem.code for problem in caught.value.problems} == {"TOC014"}


def test_a_value_that_holds_itself_beside_one_of_numpy_is_refused() -> None:
    raw = copy.deepcopy(json.loads(SMALL.dumps("json"))) | {"x-own": LOOP}
    with pytest.raises(ValidationError, match="at most 100 levels deep"):
        toc.TheoryOfChange.model_validate(raw)

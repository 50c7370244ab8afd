"""Small files stay small: what is counted, calls and characters, grows no faster than the file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import pytest

import toc

FEW, MANY = 40, 160
MOST: Final = 5.0  # times as much for four times as much of a file

Shape = Callable[[int], dict[str, Any]]
Output = Callable[[toc.TheoryOfChange], Any]
RATED: Final = {"title": "A", "certainty": "high", "participation": 10}


def kpis_on_a_pillar(n: int) -> dict[str, Any]:
    activities = {f"a{i}": {"leads_to": "p", **RATED} for i in range(n)}
    kpis = {f"k{i}": {"title": "K", "measures": "p", "level": "learning"} for i in range(n)}
    return {"pillars": {"p": "P"}, "activities": activities, "kpis": kpis}


def kpis_behind_outputs(n: int) -> dict[str, Any]:
    """Every activity has an output with a KPI of its own, and all lead to one outcome with as many KPIs."""
    outputs = {f"u{i}": {"title": "U", "leads_to": "o"} for i in range(n)}
    activities = {f"a{i}": {"leads_to": f"u{i}", **RATED} for i in range(n)}
    own = {f"q{i}": {"title": "Q", "measures": f"u{i}"} for i in range(n)}
    shared = {f"k{i}": {"title": "K", "measures": "o", "level": "learning"} for i in range(n)}
    outcomes = {"o": {"title": "O", "leads_to": "goal"}}
    return {"outcomes": outcomes, "outputs": outputs, "activities": activities, "kpis": own | shared}


def kpis_of_one_and_all(n: int) -> dict[str, Any]:
    """Each KPI measures one activity, and the outcome of all."""
    activities = {f"a{i}": {"leads_to": "o", **RATED} for i in range(n)}
    kpis = {f"k{i}": {"title": "K", "measures": ["o", f"a{i}"]} for i in range(n)}
    return {"outcomes": {"o": {"title": "O", "leads_to": "goal"}}, "activities": activities, "kpis": kpis}


def kpis_beyond_reach(n: int) -> dict[str, Any]:
    """A chain with a KPI at every step, of which only the first is in reach of the activities."""
    outcomes = {f"o{i}": {"title": "O", "leads_to": f"o{i + 1}" if i < n - 1 else "goal"} for i in range(n)}
    activities = {f"a{i}": {"leads_to": "o0", **RATED} for i in range(n)}
    kpis = {f"k{i}": {"title": "K", "measures": f"o{i}"} for i in range(n)}
    return {"outcomes": outcomes, "activities": activities, "kpis": kpis}


def outputs_in_a_row(n: int) -> dict[str, Any]:
    doubt = [{"source": "A trial", "says": "contradicts"}]
    outputs = {
        f"u{i}": {"title": "U", "leads_to": {f"u{i + 1}" if i < n - 1 else "goal": {"evidence": doubt}}}
        for i in range(n)
    }
    return {"outputs": outputs, "activities": {f"a{i}": {"leads_to": "u0", **RATED} for i in range(n)}}


def star(n: int) -> dict[str, Any]:
    return {"outcomes": {f"o{i}": {"title": "O", "leads_to": "goal"} for i in range(n)}}


def feedback_fan(n: int) -> dict[str, Any]:
    links: dict[str, Any] = {"goal": None, "o": {"feedback": True}}
    outcomes = {f"o{i}": {"title": "O", "leads_to": links} for i in range(n)}
    return {"outcomes": {"o": {"title": "O", "leads_to": "goal"}, **outcomes}}


def shared_pillars(n: int) -> dict[str, Any]:
    """A chain each of whose steps leads to a pillar of its own, so that each pillar shares all that stands before."""
    outcomes = {f"o{i}": {"title": "O", "leads_to": [f"p{i}", *([f"o{i + 1}"] if i < n - 1 else [])]} for i in range(n)}
    return {"pillars": {f"p{i}": "P" for i in range(n)}, "outcomes": outcomes}


def long_way_up(n: int) -> dict[str, Any]:
    outcomes = {f"o{i}": {"title": "O", "leads_to": f"o{i + 1}" if i < n - 1 else "goal"} for i in range(n)}
    return {"outcomes": outcomes, "activities": {f"a{i}": {"leads_to": f"o{i}", **RATED} for i in range(n)}}


def readings_of_parts(n: int) -> dict[str, Any]:
    """A KPI that is read every day, of everybody and of two groups that are told apart, and every figure of which is wrong."""
    start = date(2020, 1, 1)
    days = [{"date": start + timedelta(day), "value": 5} for day in range(n)]
    wheres: tuple[dict[str, str], ...] = ({}, {"group": "a"}, {"group": "a", "school": "b"})
    readings = [{**day, "value": 5 + place, "where": where} for day in days for place, where in enumerate(wheres)]
    kpi = {"title": "K", "measures": "o", "level": "participation", "readings": [*readings, *readings[::-1]]}
    return {"outcomes": {"o": {"title": "O", "leads_to": "goal"}}, "kpis": {"k": kpi}}


OUTPUTS: Final[dict[str, Output]] = {
    "guidance": lambda theory: theory.guidance().to_json(),
    "guidance, text": lambda theory: theory.guidance().to_text(all=True),
    "plan": lambda theory: theory.measurement_plan().to_json(),
    "plan, text": lambda theory: theory.measurement_plan().to_text(all=True),
    "plan, table": lambda theory: theory.measurement_plan().to_csv(),
    "check": lambda theory: theory.check().to_json(),
    "exposure": lambda theory: theory.exposure().to_json(),
    "pillars": lambda theory: theory.to_dot(view="pillars", search="quick"),
    "layers": lambda theory: theory.to_dot(view="layers", search="quick"),
    "logic model": lambda theory: theory.to_dot(view="logic-model", search="quick"),
    "collapsed": lambda theory: theory.to_dot(view="collapsed"),
    "describe": lambda theory: theory.describe("collapsed"),
}
SHAPES: Final = (
    kpis_on_a_pillar,
    kpis_behind_outputs,
    kpis_of_one_and_all,
    kpis_beyond_reach,
    outputs_in_a_row,
    star,
    feedback_fan,
    shared_pillars,
    long_way_up,
    readings_of_parts,
)


def theory_of(contents: dict[str, Any]) -> toc.TheoryOfChange:
    return toc.TheoryOfChange.model_validate({"toc": 1, "title": "T", "goal": "G", **contents})


def counted(theory: toc.TheoryOfChange, output: Output) -> tuple[int, int]:
    """How many calls an output takes, and how many characters it has."""
    calls = 0

    def note(*_: Any) -> None:
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        found = output(theory)
    finally:
        sys.setprofile(before)
    return calls, len(found)


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_four_times_the_file_is_about_four_times_the_work_and_the_output(shape: Shape, name: str) -> None:
    output = OUTPUTS[name]
    output(theory_of(shape(3)))  # what is read once is read
    calls, size = counted(theory_of(shape(FEW)), output)
    more_calls, more_size = counted(theory_of(shape(MANY)), output)
    assert more_calls < MOST * calls + 2000
    assert more_size < MOST * size


def test_of_very_many_activities_the_plan_names_the_first_and_counts_all() -> None:
    theory = theory_of(kpis_beyond_reach(MANY))
    near, far = theory.measurement_plan()["k0"], theory.measurement_plan()["k9"]
    assert near.activities == far.activities == tuple(f"a{i}" for i in range(50))
    assert near.activity_count == far.activity_count == MANY
    assert near.advised == near.advised[:1] * 50
    assert far.advised == ()
    assert f"A, A, A and {MANY - 3} more" in near.advice
    assert theory.measurement_plan().to_dict()["rows"][0]["activity_count"] == MANY


def test_activities_of_several_nodes_are_counted_once() -> None:
    theory = theory_of(kpis_of_one_and_all(MANY))
    row = theory.measurement_plan()["k99"]
    assert row.activity_count == MANY
    assert row.activities[:2] == ("a0", "a1")


def test_kpis_that_are_not_told_one_by_one_are_counted_exactly() -> None:
    fit = theory_of(kpis_behind_outputs(MANY)).guidance("a5").kpi_fit
    assert len(fit.kpis) + fit.more == MANY + 1
    assert fit.kpis[0].kpi != "q5"
    gap = theory_of(kpis_of_one_and_all(MANY)).guidance("a5").gaps[-1]
    assert f"and {MANY - 3} more" in gap.message

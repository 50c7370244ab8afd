"""Values that come out of numpy and pandas are understood wherever somebody gives them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import toc
from toc import scalars

RGS = toc.example("rgs-newcastle")
MORNING = pd.Timestamp("2026-09-01 10:30")
MISSING = {
    "nan": float("nan"),
    "numpy": np.float64("nan"),
    "NaT": pd.NaT,
    "NA": pd.NA,
    "datetime": np.datetime64("NaT"),
}
DAYS = {
    "Timestamp": pd.Timestamp("2026-09-01"),
    "of seconds": pd.Timestamp("2026-09-01").as_unit("s"),
    "with a zone": pd.Timestamp("2026-09-01", tz="Europe/London"),
    "numpy": np.datetime64("2026-09-01"),
    "nanoseconds": np.datetime64("2026-09-01T00:00:00.000000000"),
    "datetime": datetime(2026, 9, 1),  # noqa: DTZ001  # as pandas gives it
}
PLAIN: dict[str, tuple[str, Any, Any]] = {
    "whole number": ("participation", np.int64(14), 14),
    "small whole number": ("participation", np.uint8(14), 14),
    "float of a column with gaps": ("participation", np.float64(14.0), 14),
    "flag": ("above_ceiling", np.bool_(1), True),
    "text": ("title", np.str_("Clubs"), "Clubs"),
    "array": ("tags", np.array(["a", "b"]), ("a", "b")),
    "column": ("tags", pd.Series(["a", None]).dropna(), ("a",)),
    "list with a gap": ("tags", ["a", float("nan")], ("a",)),
    "own key": ("x-seen", np.int64(3), 3),
    "own keys within": ("x-seen", {"a": [np.float64(0.5), pd.NA]}, {"a": (0.5,)}),
}


def by_constructor(fields: dict[str, Any]) -> toc.Activity:
    return toc.Activity(**{"title": "Clubs", **fields})


def by_evolve(fields: dict[str, Any]) -> toc.Activity:
    return toc.Activity(title="Clubs", participation=9, starts=date(2020, 1, 1), stakes="high").evolve(**fields)


def by_edit(fields: dict[str, Any]) -> toc.Activity:
    theory = RGS.edit("scitt", participation=9, starts="2020-01-01", stakes="high")
    return theory.edit("scitt", **fields).activities["scitt"]


def by_with_node(fields: dict[str, Any]) -> toc.Activity:
    return RGS.with_node(by_constructor({"id": "clubs", **fields})).activities["clubs"]


def by_networkx(fields: dict[str, Any]) -> toc.Activity:
    graph: nx.DiGraph[str] = nx.DiGraph(title="Reading")
    graph.add_node("goal", kind="goal", title="Goal")
    graph.add_node("clubs", **{"kind": "activity", "title": "Clubs", **fields})
    return toc.TheoryOfChange.from_networkx(graph).activities["clubs"]


def by_sketch(fields: dict[str, Any]) -> toc.Activity:
    with toc.sketch("Reading") as t:
        t.goal("Goal")
        t.activity(**{"title": "Clubs", "id": "clubs", **fields})
    return t.theory.activities["clubs"]


def by_validation(fields: dict[str, Any]) -> toc.Activity:
    activities = {"clubs": {"title": "Clubs", **fields}}
    data = {"toc": 1, "title": "Reading", "goal": "Goal", "activities": activities}
    return toc.TheoryOfChange.model_validate(data).activities["clubs"]


WAYS = {
    way.__name__: way
    for way in (by_constructor, by_evolve, by_edit, by_with_node, by_networkx, by_sketch, by_validation)
}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Any:
    return WAYS[request.param]


@pytest.mark.parametrize("what", PLAIN)
def test_a_scalar_is_the_plain_value_it_stands_for(way: Any, what: str) -> None:
    key, given, expected = PLAIN[what]
    if what == "list with a gap" and way is by_validation:
        pytest.skip("a theory as plain data is read as strictly as a file")
    found = way({key: given})
    value = found.model_extra[key] if key.startswith("x-") else getattr(found, key)
    assert value == expected
    assert type(value).__module__.partition(".")[0] not in {"numpy", "pandas"}
    json.loads(found.model_dump_json())


@pytest.mark.parametrize("what", DAYS)
def test_a_moment_at_midnight_is_its_day(way: Any, what: str) -> None:
    if what == "datetime" and way is by_validation:
        pytest.skip("a theory as plain data is read as strictly as a file")
    found = way({"starts": DAYS[what]})
    assert found.starts == date(2026, 9, 1)
    assert type(found.starts) is date


@pytest.mark.parametrize("moment", [MORNING, MORNING.to_pydatetime(), np.datetime64("2026-09-01T10:30")])
def test_a_moment_at_another_time_is_refused_with_what_to_give(way: Any, moment: Any) -> None:
    with pytest.raises(ValueError, match=r"2026-09-01 10:30:00 is a moment and not a day: give its date\(\) alone"):
        way({"starts": moment})


@pytest.mark.parametrize("what", MISSING)
def test_what_is_missing_is_not_stated(way: Any, what: str) -> None:
    if what == "nan" and way is by_validation:
        pytest.skip("a theory as plain data is read as strictly as a file")
    gap = MISSING[what]
    found = way({"participation": gap, "starts": gap, "stakes": gap, "lead": gap, "above_ceiling": gap, "x-seen": gap})
    assert (found.participation, found.starts, found.stakes, found.lead, found.above_ceiling) == (
        None,
        None,
        None,
        (),
        False,
    )
    assert not found.model_extra
    assert not {"participation", "starts", "stakes", "lead", "above_ceiling"} & found.model_fields_set


@pytest.mark.parametrize("gap", MISSING.values(), ids=MISSING)
def test_a_title_that_is_missing_is_said_to_be(gap: Any) -> None:
    with pytest.raises(toc.TheoryError) as caught:
        RGS.edit("scitt", title=gap)
    assert [(problem.code, problem.message) for problem in caught.value.problems] == [("TOC011", "`title` is missing")]


def test_what_a_table_gives_an_edit_takes() -> None:
    frame = RGS.to_pandas("activities").set_index("id")
    theory = RGS
    for id, row in frame.iterrows():
        theory = theory.edit(str(id), participation=row["participation"], starts=row["starts"], stakes=row["stakes"])
    unlike = {id for id in RGS.activities if RGS.activities[id].participation != theory.activities[id].participation}
    assert unlike == {id for id, activity in RGS.activities.items() if isinstance(activity.participation, str)}
    assert all(theory.activities[id].starts == activity.starts for id, activity in RGS.activities.items())


def test_readings_come_from_a_table() -> None:
    frame = pd.DataFrame(
        {"date": pd.to_datetime(["2026-01-01", "2026-02-01"]), "value": [1, 2.5], "region": ["N", None]}
    )
    readings = [
        {"date": row.date, "value": row.value, "where": {"region": row.region}} for row in frame.itertuples(index=False)
    ]
    kpi = RGS.edit("reading-age", readings=readings).kpis["reading-age"]
    assert [(reading.date, reading.value, dict(reading.where)) for reading in kpi.readings] == [
        (date(2026, 1, 1), 1, {"region": "N"}),
        (date(2026, 2, 1), 2.5, {}),
    ]


def test_gaps_in_a_column_of_confidences_are_links_without_one() -> None:
    graph = RGS.to_networkx()
    for source, target, data in graph.edges(data=True):
        if data["kind"] == "leads_to":
            graph.edges[source, target]["confidence"] = np.float64("nan")
    back = toc.TheoryOfChange.from_networkx(graph)
    assert len(back.links) == len(RGS.links)
    assert {link.confidence for link in back.links} == {None}


def test_a_link_whose_reason_is_missing_stays_a_link() -> None:
    links = dict(zip(["goal", "capital"], pd.Series(["They practise", None]), strict=True))
    found = RGS.edit("scitt", leads_to=links).activities["scitt"].leads_to
    assert {target: link.because for target, link in found.items()} == {"goal": "They practise", "capital": None}
    assert RGS.with_link("scitt", "goal", because=np.nan, confidence=np.float64(0.5)).links


def test_a_number_of_32_bits_is_the_number_that_was_shown() -> None:
    assert toc.Reading(date=DAYS["Timestamp"], value=np.float32(0.1)).value == 0.1


def test_a_file_may_still_hold_no_nan() -> None:
    with pytest.raises(toc.TheoryError, match="nan is not between 0 and 1"):
        toc.loads("{toc: 1, title: T, goal: G, outputs: {a: {title: A, leads_to: {goal: {confidence: .nan}}}}}")


def test_neither_numpy_nor_pandas_is_imported_for_it() -> None:
    code = "import sys, toc; toc.Reading(date='2026-01-01', value=1); print({'numpy', 'pandas'} & sys.modules.keys())"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_reading_a_file_makes_no_detour_for_it() -> None:
    assert not toc.Activity.__pydantic_custom_init__
    assert not toc.TheoryOfChange.__pydantic_custom_init__


def test_a_value_of_pandas_that_is_no_scalar_is_named_as_it_is() -> None:
    assert scalars.plain(pd.Period("2026")) == pd.Period("2026")
    with pytest.raises(toc.TheoryError, match="a Python Period is not a date"):
        RGS.edit("scitt", starts=pd.Period("2026"))

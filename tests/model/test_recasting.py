"""A box that becomes another kind: what stays, what cannot, and what is asked first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import authored, tries
from toc.model import Theory
from toc.model.types import KINDS

RAW: dict[str, Any] = {
    "toc": 1,
    "title": "Reading",
    "goal": "Every child reads",
    "pillars": {"literacy": "Literacy"},
    "outcomes": {"readers": {"title": "Readers", "leads_to": {"literacy": "They read"}, "pillar": "literacy", "horizon": "short"}},
    "activities": {
        "clubs": {"title": "Clubs", "leads_to": {"readers": {"because": "Practice", "confidence": "high"}}, "tags": ["a"]},
        "thanks": {"title": "Thanks", "reciprocates": {"clubs": "They helped"}},
    },
    "kpis": {"gain": {"title": "Gain", "measures": ["readers"], "unit": "months"}},
}  # fmt: skip


def theory(**parts: Any) -> toc.TheoryOfChange:
    return toc.TheoryOfChange.model_validate({**RAW, **parts})


def lost(id: str, kind: Any) -> list[tuple[str | int, ...]]:
    with pytest.raises(toc.TheoryError) as caught:
        theory().recast(id, kind)
    assert {problem.code for problem in caught.value.problems} == {"TOC036"}
    return [problem.path for problem in caught.value.problems]


def test_a_box_keeps_its_id_its_words_and_every_link_that_may_stay() -> None:
    made = theory().recast("readers", "output")
    assert made.outputs["readers"].horizon == "short"
    assert made.outputs["readers"].leads_to["literacy"].because == "They read"
    assert made.causes("readers") == ("clubs",)
    assert made.kpis["gain"].measures == ("readers",)
    assert dict(made.outcomes) == {}


def test_what_cannot_stay_is_listed_and_goes_only_where_it_may() -> None:
    assert lost("readers", "pillar") == [("outcomes", "readers", "pillar"), ("outcomes", "readers", "horizon")]
    made = theory().recast("readers", "pillar", drop=True)
    assert made.effects("readers") == ("literacy",)
    assert (made.pillars["readers"].title, made.kind_of("readers")) == ("Readers", "pillar")


def test_links_from_others_that_may_not_be_any_more_are_told_at_their_own_place() -> None:
    assert lost("literacy", "activity") == [
        ("outcomes", "readers", "leads_to", "literacy"),
        ("outcomes", "readers", "pillar"),
    ]
    made = theory().recast("literacy", "activity", drop=True)
    assert made.effects("readers") == ()
    assert made.effects("literacy") == ("goal",)  # which went without saying


def test_what_is_said_of_an_activity_elsewhere_goes_with_its_kind() -> None:
    assert lost("clubs", "outcome") == [("activities", "thanks", "reciprocates", "clubs")]
    assert dict(theory().recast("clubs", "outcome", drop=True).activities["thanks"].reciprocates) == {}


def test_a_kpi_measures_what_the_box_led_to_and_back() -> None:
    assert lost("clubs", "kpi") == [
        ("activities", "clubs", "leads_to", "readers"),
        ("activities", "thanks", "reciprocates", "clubs"),
    ]
    assert theory().recast("clubs", "kpi", drop=True).kpis["clubs"].measures == ("readers",)
    assert lost("gain", "activity") == [("kpis", "gain", "unit")]
    assert theory().recast("gain", "activity", drop=True).effects("gain") == ("readers",)
    with pytest.raises(toc.TheoryError, match="lead to what it is to measure first"):
        theory().recast("thanks", "kpi", drop=True)


def test_the_last_goal_stays_a_goal_and_a_kind_is_one_of_six() -> None:
    with pytest.raises(toc.TheoryError, match="last goal"):
        theory().recast("goal", "outcome", drop=True)
    with pytest.raises(toc.OptionError, match="did you mean 'output'"):
        theory().recast("clubs", "ouput")  # type: ignore[arg-type]
    same = theory()
    assert same.recast("clubs", "activity") is same


@tries(60)
@given(authored(), st.data())
def test_whatever_is_recast_is_a_theory_and_loses_nothing_that_was_not_told(raw: Any, data: st.DataObject) -> None:
    before = toc.TheoryOfChange.model_validate(raw)
    id, kind = data.draw(st.sampled_from(list(before.nodes))), data.draw(st.sampled_from(KINDS))
    try:
        made = before.recast(id, kind, drop=True)
    except toc.TheoryError as error:
        assert [problem.path[:2] for problem in error.problems] == [(f"{before.kind_of(id)}s".replace("ys", "ies"), id)]  # noqa: PT017
        return
    assert made.kind_of(id) == kind
    assert toc.loads(made.dumps()) == made
    try:
        told = before.recast(id, kind)
    except toc.TheoryError as error:
        assert error.problems  # noqa: PT017
        return
    assert told == made
    old, new = (len(one.written_links) for one in (before, made))
    if "kpi" not in (kind, before.kind_of(id)) and "goal" not in (kind, before.kind_of(id)):
        assert new >= old
    assert before.nodes.keys() == made.nodes.keys()


def test_a_box_moves_to_another_column_and_keeps_its_place() -> None:
    made = theory().edit("clubs", pillar=None).moved("thanks", pillar="literacy")
    assert list(made.activities) == ["clubs", "thanks"]
    assert made.activities["thanks"].pillar == "literacy"
    assert list(made.moved("thanks", before="clubs", pillar="literacy").activities) == ["thanks", "clubs"]
    with pytest.raises(toc.TheoryError, match="unknown pillar 'literacey'"):
        made.moved("thanks", pillar="literacey")


def test_a_link_is_taken_out_and_one_that_is_none_is_told() -> None:
    assert theory().without_link("clubs", "readers").effects("clubs") == ()
    assert theory().without_link("literacy", "goal").effects("literacy") == ()
    with pytest.raises(toc.TheoryError, match="does not lead to"):
        theory().without_link("thanks", "readers")


def test_the_model_alone_can_do_it_too() -> None:
    assert Theory.model_validate(RAW).recast("readers", "output").kind_of("readers") == "output"

"""The ladder of evidence: where each activity stands, where its KPIs would lead, and what the advice asks."""

from __future__ import annotations

import json
from datetime import date
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import LEVELS, tries
from toc.checks import findings_of
from toc.model.types import Depth, Design
from toc.partnership.benefits_page import KNOWN
from toc.partnership.rungs import RUNGS
from toc.partnership.word_tables import entries

RGS = toc.example("rgs-newcastle")
ROWS = {
    "scitt": "outcomes outcomes outcomes",
    "cpd-webinars": "none outcomes outcomes",
    "zones-visits": "anecdote counts outcomes",
    "partnership-teachers": "counts outcomes outcomes",
    "bright-sparks": "none comparison outcomes",
    "digital-schoolhouse": "none outcomes counts",
    "coding-clubs": "none outcomes outcomes",
    "reading-volunteers": "outcomes outcomes outcomes",
    "volunteer-training": "none counts outcomes",
    "mentoring": "none outcomes outcomes",
    "sport": "counts counts counts",
    "art-community": "counts counts counts",
    "careers-fair": "counts outcomes counts",
}


@pytest.mark.parametrize(("activity", "row"), ROWS.items())
def test_each_activity_of_the_example_stands_where_its_file_says(activity: str, row: str) -> None:
    one = RGS.evidence_ladder()[activity]
    assert f"{one.today} {one.planned} {one.asked}" == row


def test_the_opening_counts_what_is_read_and_who_stands_where() -> None:
    assert RGS.evidence_ladder().to_markdown().split("\n\n")[1].strip("*") == (
        "6 of 14 KPIs have been read. 5 of 13 activities stand where the advice asks, 8 lower; for 6 of those the KPIs "
        "planned would reach it."
    )


def theory(*kpis: dict[str, Any], **activity: Any) -> toc.TheoryOfChange:
    """An activity that leads by way of an output to an outcome, on which these KPIs are."""
    return toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "Clubs",
            "goal": "Every child thrives",
            "activities": {
                "clubs": {
                    "title": "Clubs",
                    "leads_to": "sessions",
                    "certainty": "high",
                    "participation": 20,
                    **activity,
                }
            },
            "outputs": {"sessions": {"title": "Sessions", "leads_to": "skills"}},
            "outcomes": {"skills": {"title": "Skills", "leads_to": "goal"}},
            "kpis": {
                f"k{place}": {"title": f"K{place}", "measures": "skills", **kpi} for place, kpi in enumerate(kpis)
            },
        }
    )


def rungs(*kpis: dict[str, Any], **activity: Any) -> tuple[str, str]:
    one = theory(*kpis, **activity).evidence_ladder()["clubs"]
    return one.today, one.planned


READ = {"readings": [{"date": "2026-01-01", "value": 3}]}
STARTED = {"baseline": {"value": 2, "date": "2025-01-01"}}


def test_the_rungs_are_those_of_the_table() -> None:
    assert list(RUNGS) == list(entries("ladder"))


@pytest.mark.parametrize(
    ("kpi", "rung"),
    [
        ({"level": "participation"}, "counts"),
        ({"level": "engagement", **STARTED, "design": "before-after"}, "counts"),
        ({"level": "feedback", **STARTED, "design": "comparison"}, "counts"),
        ({"level": "learning"}, "counts"),
        ({"level": "learning", "design": "before-after"}, "counts"),
        ({"level": "learning", **STARTED}, "counts"),
        ({"level": "learning", **STARTED, "design": "before-after"}, "outcomes"),
        ({"level": "learning", "design": "comparison"}, "counts"),
        ({"level": "learning", **STARTED, "design": "comparison"}, "comparison"),
        ({"level": "attainment"}, "outcomes"),
        ({"level": "practice"}, "outcomes"),
        ({"level": "attainment", "design": "comparison"}, "outcomes"),
        ({"level": "practice", **STARTED, "design": "comparison"}, "comparison"),
        ({}, "none"),
    ],
)
def test_a_kpi_leads_to_its_rung_once_it_is_read(kpi: dict[str, Any], rung: str) -> None:
    assert rungs(kpi) == ("none", rung)
    assert rungs({**kpi, **READ}) == (rung, rung)


def test_learning_that_was_read_twice_beside_a_baseline_is_a_before_and_an_after_as_guidance_has_it() -> None:
    twice = [{"date": "2026-01-01", "value": 3}, {"date": "2026-06-01", "value": 4}]
    assert rungs({"level": "learning", **STARTED, "readings": twice}) == ("outcomes", "outcomes")
    assert rungs({"level": "learning", **STARTED, "design": "trend", "readings": twice}) == ("counts", "counts")


def test_a_reading_of_some_people_is_no_evidence_of_everybody() -> None:
    part = {"readings": [{"date": "2026-01-01", "value": 3, "where": {"year": "9"}}]}
    assert rungs({"level": "attainment", **part}) == ("none", "outcomes")


@pytest.mark.parametrize("where", ["clubs", "sessions"])
def test_what_people_tell_on_a_link_of_the_activity_or_its_outputs_is_an_anecdote(where: str) -> None:
    target = {"clubs": "sessions", "sessions": "skills"}[where]
    told = theory().edit_link(where, target, evidence=[{"source": "A letter", "type": "testimony"}])
    one = told.evidence_ladder()["clubs"]
    assert (one.today, one.planned, one.testimony) == ("anecdote", "anecdote", ((where, target),))
    judged = theory().edit_link(where, target, evidence=[{"source": "Our view", "type": "judgement"}])
    assert judged.evidence_ladder()["clubs"].today == "none"


def test_what_people_tell_of_an_outcome_is_none_of_the_activity() -> None:
    told = theory().edit_link("skills", "goal", evidence=[{"source": "A letter", "type": "testimony"}])
    assert told.evidence_ladder()["clubs"].today == "none"


@pytest.mark.parametrize(
    ("activity", "asked"),
    [
        ({"participation": "high", "certainty": "low"}, "counts"),
        (
            {
                "participation": "high",
                "certainty": "high",
                "evidence_strength": {"level": "established", "source": "S"},
            },
            "counts",
        ),
        ({"participation": "low", "certainty": "high"}, "outcomes"),
        ({"participation": "medium", "certainty": "medium"}, "outcomes"),
        ({"participation": "high", "evidence_strength": "none", "stakes": "high"}, "comparison"),
    ],
)
def test_the_advice_asks_for_a_rung(activity: dict[str, Any], asked: str) -> None:
    assert theory(**activity).evidence_ladder()["clubs"].asked == asked


def test_nothing_is_asked_before_an_activity_is_designed_anew_or_rated() -> None:
    anew = theory(certainty="low", participation="low").evidence_ladder()
    assert (anew["clubs"].asked, anew["clubs"].is_below, anew["clubs"].questions) == (None, False, ())
    assert "Nothing is asked of 1 activity before it is designed anew." in " ".join(anew.to_text().split())
    unrated = theory(certainty=None).evidence_ladder()
    assert (unrated["clubs"].asked, unrated["clubs"].approach, len(unrated["clubs"].questions)) == (None, None, 3)
    assert "1 activity is not rated: three questions come first." in " ".join(unrated.to_text().split())
    assert "Do the same people come often enough" in unrated.to_markdown()


def test_a_kpi_without_a_level_counts_for_nothing_and_is_named() -> None:
    ladder = theory({**READ}, {"level": "participation", **READ}).evidence_ladder()
    assert (ladder["clubs"].today, ladder["clubs"].unlevelled, ladder.unlevelled) == ("counts", ("k0",), ("k0",))
    assert "Without `level`, 1 KPI counts for nothing here: “K0”." in " ".join(ladder.to_markdown().split())


def test_figures_of_very_many_kpis_all_count_and_the_first_are_named() -> None:
    many = [{"level": "participation", **READ}] * 40
    one = theory(*many, {"level": "attainment", **READ}).evidence_ladder()["clubs"]
    assert (one.today, one.today_kpis) == ("outcomes", ("k40",))
    assert len(theory(*many).evidence_ladder()["clubs"].today_kpis) == 12


def test_a_theory_in_which_nothing_is_said_says_so() -> None:
    bare = toc.loads("{toc: 1, title: A, goal: G}").evidence_ladder()
    assert len(bare) == 0
    assert "There are no KPIs. There are no activities." in bare.to_text()


# What holds of any theory

PARTNERS = ("p0", "p1", "p2")
GROUPS = {
    "g": "Pupils",
    **{f"g{place}": {"title": f"Pupils {place}", "partner": [id]} for place, id in enumerate(PARTNERS)},
}
GROUP = st.sampled_from([None, *GROUPS])
SIDE = st.sampled_from([None, *LEVELS])
GAIN = st.sampled_from(["provision", "attainment", "A new roof"])
EVIDENCE = st.sampled_from([[], [{"source": "A letter", "type": "testimony"}]])


def _some(**fields: Any) -> Any:
    """A mapping with those of the fields that are not None."""
    return st.fixed_dictionaries(fields).map(lambda found: {key: value for key, value in found.items() if value})


def _links(*targets: str) -> Any:
    return st.dictionaries(st.sampled_from(targets), st.fixed_dictionaries({"evidence": EVIDENCE}), min_size=1)


ACTIVITY = _some(
    title=st.just("Clubs"),
    leads_to=_links("made", "o0", "o1"),
    certainty=SIDE,
    participation=SIDE,
    impact=_some(internal=SIDE, external=SIDE),
    exchange=st.dictionaries(st.sampled_from(PARTNERS), _some(gains=st.lists(GAIN, unique=True))),
)
KPI = _some(
    title=st.just("Figures"),
    measures=st.lists(st.sampled_from(["a0", "made", "o0", "o1", "over", "pillar"]), min_size=1, unique=True),
    target_group=GROUP,
    level=st.sampled_from([None, *get_args(Depth)]),
    design=st.sampled_from(get_args(Design)),
    baseline=st.sampled_from([None, STARTED["baseline"]]),
    readings=st.sampled_from([[], READ["readings"]]),
)
OUTCOME = _some(title=st.just("Better"), target_group=GROUP)
THEORY = _some(
    toc=st.just(1),
    title=st.just("Together"),
    goal=st.just("Every child thrives"),
    partners=st.just(dict.fromkeys(PARTNERS, "School")),
    partnership=_some(home=st.sampled_from([None, *PARTNERS])),
    context=st.just({"target_groups": GROUPS}),
    activities=st.tuples(ACTIVITY, ACTIVITY, ACTIVITY).map(lambda some: {f"a{place}": one for place, one in enumerate(some)}),
    outputs=_links("o0", "o1").map(lambda links: {"made": {"title": "Sessions", "leads_to": links}}),
    outcomes=st.tuples(OUTCOME, OUTCOME, OUTCOME).map(
        lambda some: {
            "o0": {**some[0], "leads_to": "over"}, "o1": {**some[1], "leads_to": "goal"}, "over": {**some[2], "leads_to": "pillar"}
        }
    ),
    pillars=st.just({"pillar": "Pillar"}),
    kpis=st.lists(KPI, max_size=5).map(lambda some: {f"k{place}": one for place, one in enumerate(some)}),
).map(toc.TheoryOfChange.model_validate)  # fmt: skip


def shuffled(one: toc.TheoryOfChange, order: Random) -> toc.TheoryOfChange:
    """The same theory with partners, groups, activities, outcomes, outputs and KPIs in another order."""
    raw = json.loads(one.dumps("json"))
    for holder, names in (
        (raw, ("partners", "activities", "outcomes", "outputs", "kpis")),
        (raw.get("context", {}), ("target_groups",)),
    ):
        for name in names:
            if isinstance(holder.get(name), dict):
                parts = list(holder[name].items())
                order.shuffle(parts)
                holder[name] = dict(parts)
    return toc.TheoryOfChange.model_validate(raw)


def judged(one: toc.TheoryOfChange) -> Any:
    """Every judgement about evidence, benefits and sides."""
    ladder = {
        row.activity: (row.today, row.planned, row.asked, row.is_below, row.would_reach)
        for row in one.evidence_ladder()
    }
    gains = {(gain.benefit, gain.partner): (gain.known, gain.received) for gain in one.benefits().benefits}
    sides = {finding.path for finding in findings_of(one, today=date(2026, 9, 1), profile="funder", select=("TOC135",))}
    return ladder, set(one.evidence_ladder().unlevelled), gains, set(one.benefits().unnamed), sides


@tries(150)
@given(THEORY, st.randoms(use_true_random=False))
def test_the_order_of_partners_activities_and_kpis_changes_no_judgement(one: toc.TheoryOfChange, order: Random) -> None:
    assert judged(shuffled(one, order)) == judged(one)


@tries(150)
@given(THEORY)
def test_nothing_stands_higher_than_it_was_read_or_is_said_where_nobody_says_it(one: toc.TheoryOfChange) -> None:
    ladder = one.evidence_ladder()
    height = {row.activity: RUNGS.index(row.today) for row in ladder}
    for row in ladder:
        assert RUNGS.index(row.planned) >= height[row.activity]
        assert (row.asked is None) >= bool(row.questions)
    said = {(gain.benefit or gain.text, id) for id, partner in one.partners.items() for gain in partner.receives}
    said |= {
        (gain.benefit or gain.text, id)
        for activity in one.activities.values()
        for id, each in activity.exchange.items()
        for gain in each.gains
    }
    found = one.benefits().benefits
    assert len(found) <= len(said)
    for gain in found:
        assert KNOWN.index(gain.known) <= max((height[id] for id in gain.activities), default=0)
    unread = one.evolve(kpis={})
    assert {row.today for row in unread.evidence_ladder()} <= {"none", "anecdote"}

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc


def line_here() -> int:
    """The line after the one on which this is called."""
    frame = inspect.currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return frame.f_back.f_lineno + 1


def codes(error: toc.TheoryError) -> list[str]:
    return [problem.code for problem in error.problems]


def test_the_code_reads_like_the_diagram() -> None:
    with toc.sketch("Reading partners") as t:
        goal = t.goal("Every child reads at their age")
        readers = t.outcome("Young readers catch up", pillar=t.pillar("Literacy"))
        support = t.activity("Weekly one-to-one reading", certainty="high", participation=100)
        support >> readers >> goal
        t.kpi("Reading age gain", measures=readers, unit="months", baseline=0, target=6)
    assert t.theory == toc.loads("""
toc: 1
title: Reading partners
goal: Every child reads at their age
pillars: {literacy: Literacy}
outcomes: {young-readers-catch-up: {title: Young readers catch up, pillar: literacy, leads_to: goal}}
activities:
  weekly-one-to-one-reading:
    {title: Weekly one-to-one reading, leads_to: young-readers-catch-up, certainty: high, participation: 100}
kpis:
  reading-age-gain: {title: Reading age gain, measures: young-readers-catch-up, unit: months, baseline: 0, target: 6}
""")
    assert type(t.theory) is toc.TheoryOfChange


def test_a_theory_can_be_written_from_the_goal_down_or_from_the_activities_up() -> None:
    with toc.sketch("Reading") as down:
        goal = down.goal("Every child reads")
        readers = down.outcome("Readers")
        readers >> goal
        down.activity("Clubs").leads_to(readers)
    with toc.sketch("Reading") as up:
        clubs = up.activity("Clubs", leads_to="readers")
        up.outcome("Readers", leads_to="goal")
        up.goal("Every child reads")
    assert clubs.id == "clubs"
    assert up.theory == down.theory


def test_arrows_join_several_steps_at_once() -> None:
    with toc.sketch("Fan") as t:
        goal = t.goal("Goal")
        a, b, c, d = (t.outcome(name) for name in ("Aa", "Bb", "Cc", "Dd"))
        first, second = t.activity("First"), t.activity("Second")
        assert first >> [a, b] >> c >> goal is goal
        [first, second] >> d
        second >> (a, b) >> [c, d] >> goal
    effects = t.theory.effects
    assert effects("first") == ("aa", "bb", "dd")
    assert effects("second") == ("dd", "aa", "bb")
    assert effects("aa") == effects("bb") == ("cc", "dd")
    assert effects("cc") == effects("dd") == ("goal",)


def test_a_link_carries_its_argument() -> None:
    with toc.sketch("Reading") as t:
        goal = t.goal("Every child reads")
        clubs = t.activity("Clubs")
        clubs >> goal
        assert (
            clubs.leads_to(goal, because="Practice builds fluency", assumptions=["They come"], confidence="high")
            is goal
        )
        clubs.leads_to(goal, evidence=[{"source": "A review", "type": "review"}])
        goal.leads_to(clubs, feedback=True)
    forward, back = sorted(t.theory.links, key=lambda link: link.feedback)
    assert (forward.because, forward.confidence) == ("Practice builds fluency", 0.8)
    assert (forward.assumptions[0].text, forward.evidence[0].type) == ("They come", "review")
    assert (back.source, back.feedback) == ("goal", True)


def test_links_in_the_fields_and_links_by_arrows_stand_together() -> None:
    with toc.sketch("Reading") as t:
        goal = t.goal("Goal")
        one, two, three = t.outcome("One"), t.outcome("Two", leads_to=goal), t.outcome("Three", leads_to=[goal])
        four = t.outcome("Four", leads_to={goal: "It is so"})
        for outcome in (two, three, four):
            outcome >> one
    for id in ("two", "three", "four"):
        assert t.theory.effects(id) == ("goal", "one")
    assert t.theory.outcomes["four"].leads_to["goal"].because == "It is so"


def test_handles_and_ids_can_be_named_in_any_field() -> None:
    with toc.sketch(
        "Reading", context={"problem": "Few read", "target_groups": {"pupils": "Pupils"}}, partners={"a": "A"}
    ) as t:
        young = t.target_group("Young readers", disadvantaged=True)
        school = t.partner("St Mary’s", url="https://example.org")
        literacy = t.pillar("Literacy")
        goal = t.goal("Goal", target_group=[young, "pupils"])
        t.activity("Clubs", pillar=literacy, partners=[school, "a"], leads_to="goal")
        t.kpi("Both", measures=[goal, literacy])
        t.kpi("By id", measures="literacy")
    theory = t.theory
    assert set(theory.context.target_groups) == {"pupils", "young-readers"}
    assert theory.context.problem == "Few read"
    assert theory.activities["clubs"].partners == ("st-marys", "a")
    assert theory.goals["goal"].target_group == ("young-readers", "pupils")
    assert theory.kpis["both"].measures == ("goal", "literacy")


def test_ids_come_from_titles_and_never_clash() -> None:
    with toc.sketch("Reading") as t:
        handles = [
            t.goal("Read"),
            t.goal("Read"),
            t.goal("Enjoy", id="joy"),
            t.outcome("Read"),
            t.kpi("Read", measures="goal"),
            t.outcome("读书"),
            t.activity("3 visits"),
        ]
    assert [handle.id for handle in handles] == [
        "goal",
        "read",
        "joy",
        "read-2",
        "read-3",
        "outcome-2",
        "activity-3-visits",
    ]


def test_a_goal_gets_another_id_when_goal_is_taken() -> None:
    with toc.sketch("Reading") as t:
        t.pillar("Goal")
        assert t.goal("Every child reads").id == "every-child-reads"


def test_what_the_sketch_begins_with_is_part_of_the_theory() -> None:
    given: dict[str, Any] = {
        "goal": {"id": "end", "title": "Goal"},
        "outcomes": {"readers": {"title": "Readers", "leads_to": "end"}},
    }
    with toc.sketch("Reading", owner="The office", review_on="2027-07-31", **given) as t:
        t.outcome("Readers") >> t.outcome("Calm", id="calm")
    assert list(t.theory.outcomes) == ["readers", "readers-2", "calm"]
    assert t.theory.owner == "The office"


def test_everything_that_is_wrong_is_said_once_with_its_line() -> None:
    with pytest.raises(toc.TheoryError) as caught, toc.sketch("Reading", ownr="me") as t:  # noqa: PT012
        literacy = t.pillar("Literacy")
        first = line_here()
        readers = t.outcome("Readers", pillar="literacey", leads_to="literacy")
        t.outcome("Again", id="readers")
        clubs = t.activity("Clubs", certanty="high")
        link = line_here()
        clubs.leads_to(readers, confidence=7)
        t.kpi("Nothing measured")
        literacy >> readers
        t.output("", id="Not an id")
    problems = {(p.code, p.path): p for p in caught.value.problems}
    assert problems.keys() == {
        ("TOC010", ("ownr",)),
        ("TOC030", ("outcomes", "readers", "pillar")),
        ("TOC031", ("outcomes", "readers")),
        ("TOC010", ("activities", "clubs", "certanty")),
        ("TOC014", ("activities", "clubs", "leads_to", "readers", "confidence")),
        ("TOC011", ("kpis", "nothing-measured", "measures")),
        ("TOC032", ("pillars", "literacy", "leads_to", "readers")),
        ("TOC016", ("outputs", "Not an id")),
        ("TOC017", ("outputs", "Not an id", "title")),
        ("TOC035", ("goal",)),
    }
    assert len(caught.value.problems) == len(problems)
    assert problems["TOC030", ("outcomes", "readers", "pillar")].line == first
    assert problems["TOC031", ("outcomes", "readers")].line == first + 1
    assert problems["TOC014", ("activities", "clubs", "leads_to", "readers", "confidence")].line == link
    assert problems["TOC010", ("activities", "clubs", "certanty")].suggestion == "certainty"
    assert "t.goal(…)" in problems["TOC035", ("goal",)].message
    assert caught.value.source == Path(__file__).name
    assert f"{Path(__file__).name}:{first}:1: unknown pillar 'literacey': did you mean 'literacy'?" in str(caught.value)


def test_an_error_of_the_block_passes_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError), toc.sketch("Reading") as t:
        t.outcome("No goal here", certanty=1 / 0)
    with pytest.raises(toc.TheoryError, match="there is no theory yet"):
        _ = t.theory


def test_there_is_no_theory_before_the_block_has_ended() -> None:
    with toc.sketch("Reading") as t:
        t.goal("Goal")
        with pytest.raises(toc.TheoryError, match="read `theory` after the `with` block has ended"):
            _ = t.theory
    assert t.theory.title == "Reading"


def test_nothing_is_added_before_or_after_the_block() -> None:
    t = toc.sketch("Reading")
    with pytest.raises(toc.TheoryError, match="inside the block"):
        t.goal("Goal")
    with t:
        goal = t.goal("Goal")
        clubs = t.activity("Clubs")
    for late in (lambda: t.outcome("Late"), lambda: clubs >> goal, lambda: t.partner("Late")):
        with pytest.raises(toc.TheoryError, match="the sketch is finished"):
            late()
    assert t.theory.links == ()


def test_an_arrow_joins_steps_of_its_own_sketch_only() -> None:
    with toc.sketch("One") as one, toc.sketch("Two") as two:
        goal, clubs = one.goal("Goal"), one.activity("Clubs")
        other = two.goal("Goal")
        kpi: Any = one.kpi("Age", measures=goal)
        text: Any = "goal"
        number: Any = 3
        with pytest.raises(toc.TheoryError, match="belongs to another sketch") as caught:
            clubs >> other
        assert caught.value.problems[0].line == line_here() - 2
        with pytest.raises(toc.TheoryError, match="belongs to another sketch"):
            one.kpi("Other", measures=other)
        with pytest.raises(toc.TheoryError, match="a link goes to a step of this sketch, not to 'goal'"):
            clubs >> text
        with pytest.raises(toc.TheoryError, match="a link goes from a step of this sketch, not from 'goal'"):
            text >> clubs
        with pytest.raises(toc.TheoryError, match="a link goes to a step of this sketch, not to 3"):
            clubs.leads_to(number)
        with pytest.raises(toc.TheoryError, match="a link cannot go from the KPI 'age': a KPI measures"):
            kpi >> clubs
        with pytest.raises(toc.TheoryError, match="a link cannot go to the KPI 'age'"):
            clubs >> [goal, kpi]
    assert one.theory.links == ()


@pytest.mark.parametrize("id", [5, ["a"], True])
def test_an_id_that_is_no_text_is_a_problem_and_not_a_crash(id: Any) -> None:
    with pytest.raises(toc.TheoryError) as caught, toc.sketch("Reading") as t:
        t.goal("Goal", id=id)
    assert codes(caught.value) == ["TOC016"]


@pytest.mark.parametrize("title", [None, 5, ["a"], {"a": 1}])
def test_a_title_that_is_no_text_is_a_problem_and_not_a_crash(title: Any) -> None:
    with pytest.raises(toc.TheoryError) as caught, toc.sketch("Reading") as t:
        t.goal(title)
    assert codes(caught.value) == ["TOC012"]
    with pytest.raises(toc.TheoryError) as caught, toc.sketch(title) as t:
        t.goal("Goal")
    assert codes(caught.value) == ["TOC012"]


@pytest.mark.parametrize("field", ["context", "partners", "outcomes", "goals", "settings"])
def test_a_section_of_the_wrong_shape_is_a_problem_and_not_a_crash(field: str) -> None:
    with pytest.raises(toc.TheoryError) as caught, toc.sketch("Reading", **{field: "text"}) as t:  # noqa: PT012
        t.target_group("Pupils")
        t.partner("School")
        t.goal("Goal")
        t.outcome("Outcome")
    assert "TOC012" in codes(caught.value)


def test_a_notebook_shows_the_problems_without_the_wall_of_calls() -> None:
    with pytest.raises(toc.TheoryError) as caught, toc.sketch("Reading") as t:
        t.outcome("Readers", leads_to="literacey")
    shown = caught.value._render_traceback_()
    assert shown[0].endswith(': with pytest.raises(toc.TheoryError) as caught, toc.sketch("Reading") as t:')
    assert shown[1] == "TheoryError: 2 problems"
    assert [line.rpartition(" ")[2] for line in shown[2:]] == ["[TOC035]", "[TOC030]"]


def test_handles_and_sketches_say_what_they_are() -> None:
    with toc.sketch("Reading") as t:
        assert repr(t.goal("Every child reads")) == "goal 'goal'"
        assert repr(t) == "<sketch of 'Reading', 1 nodes>"


KINDS = ("outcome", "output", "activity", "pillar", "goal")


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.text(max_size=8)), max_size=12), st.data())
def test_any_sketch_ends_in_a_theory_or_in_one_error_of_ours(nodes: list[tuple[str, str]], data: st.DataObject) -> None:
    try:
        with toc.sketch("Any") as t:
            handles = [getattr(t, kind)(title) for kind, title in nodes]
            for _ in range(data.draw(st.integers(0, 6)) if handles else 0):
                data.draw(st.sampled_from(handles)) >> data.draw(st.sampled_from(handles))
    except toc.TheoryError as error:
        codes_found = set(codes(error))
    else:
        codes_found = set()
        assert set(t.theory.nodes) == {handle.id for handle in handles}
    assert codes_found <= {"TOC014", "TOC017", "TOC032", "TOC033", "TOC035"}


def test_partners_say_what_they_bring_and_activities_what_each_side_gives_and_gains() -> None:
    with toc.sketch("Coding and calm") as t:
        rgs = t.partner("Grammar school", id="rgs", sector="independent")
        primary = t.partner("St Mary's", sector="state", brings="send-inclusion")
        t.goal("Every child thrives")
        clubs = t.activity("Coding clubs", id="clubs", partners=primary, impact={"internal": "low", "external": "high"})
        visits = t.activity("Visits to learn", partners=primary, impact={"internal": "high"}, reciprocates="clubs")
        t.activity(
            "Talks", exchange={rgs: {"gives": ["networks", "A hall"]}}, reciprocates={clubs: "Asked for", visits: None}
        )
    theory = t.theory
    assert theory.partners["st-marys"].brings[0].resource == "send-inclusion"
    assert theory.activities["visits-to-learn"].reciprocates == {"clubs": None}
    assert theory.activities["talks"].reciprocates == {"clubs": "Asked for", "visits-to-learn": None}
    assert [one.resource or one.text for one in theory.activities["talks"].exchange["rgs"].gives] == [
        "networks",
        "A hall",
    ]


def test_an_activity_that_answers_itself_or_nothing_is_told_at_its_line() -> None:
    with pytest.raises(toc.TheoryError) as caught, toc.sketch("Calm") as t:  # noqa: PT012
        t.goal("Every child thrives")
        t.activity("Clubs", id="clubs", reciprocates="clubs")
        t.activity("Visits", id="visits", reciprocates="club")
    assert [(one.code, one.message) for one in caught.value.problems] == [
        ("TOC012", "'clubs' cannot reciprocate itself: name another activity, or delete the id"),
        ("TOC030", "unknown activity 'club': did you mean 'clubs'?"),
    ]
    assert caught.value.problems[1].line == (caught.value.problems[0].line or 0) + 1

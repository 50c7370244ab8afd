"""Whether KPIs fit, in depth and in design, along the ways that are drawn; and the smallest change that would mend it."""

from __future__ import annotations

from itertools import pairwise

import pytest

import toc
from guidance.writing import advice_for, theory_with
from toc.guidance import Fit

LOW = "certainty: low, participation: high"
HIGH = "certainty: high, participation: low"


def fits(activity: str, kpis: str, leads_to: str = "change") -> tuple[str | None, dict[str, str | None]]:
    found = advice_for(activity, kpis, leads_to).kpi_fit
    return found.fit, {kpi.kpi: kpi.fit for kpi in found.kpis}


def test_nothing_measured_is_below() -> None:
    found = advice_for(HIGH).kpi_fit
    assert found.fit is Fit.BELOW
    assert found.kpis == ()
    assert found.reason.startswith("Nothing measures this activity")
    assert found.change == (
        "Add one KPI, for example “People who gain a result that somebody else certifies: An activity, for “Pupils change””."
    )


@pytest.mark.parametrize("level", ["participation", "engagement", "feedback"])
def test_a_certain_activity_in_which_nobody_looks_for_learning_is_below(level: str) -> None:
    assert fits(HIGH, f"k: {{title: K, measures: it, level: {level}}}") == ("below", {"k": "below"})


@pytest.mark.parametrize("measures", ["it", "sessions", "change"])
def test_a_kpi_on_the_activity_an_output_or_a_direct_outcome_counts(measures: str) -> None:
    kpi = f"k: {{title: K, measures: {measures}, level: learning, design: before-after}}"
    assert fits(HIGH, kpi, "sessions")[0] == "fits"


def tutoring(*between: str, more: str = "") -> toc.TheoryOfChange:
    """Tutoring that leads through some unmeasured outcomes to one that is compared."""
    chain = [*between, "read"]
    steps = ", ".join(f"{id}: {{title: {id}, leads_to: {after}}}" for id, after in pairwise([*chain, "p"]))
    return toc.loads(
        f"""
        {{toc: 1, title: T, goal: G, pillars: {{p: Literacy}}, outcomes: {{{steps}}},
         activities: {{it: {{title: Tutoring, type: tutoring, certainty: high, participation: 40, leads_to: {chain[0]}}}}},
         kpis: {{k: {{title: Reading score, measures: read, level: attainment, design: comparison}}{more}}}}}
        """
    )


@pytest.mark.parametrize(("between", "steps", "said"), [((), 1, "one step on"), (("aloud",), 2, "two steps on")])
def test_an_unmeasured_outcome_in_between_changes_the_distance_and_nothing_else(
    between: tuple[str, ...], steps: int, said: str
) -> None:
    found = tutoring(*between).guidance("it")
    assert (found.kpi_fit.fit, found.kpi_fit.depth, found.kpi_fit.design) == ("fits", "fits", "fits")
    assert [(kpi.kpi, kpi.steps) for kpi in found.kpi_fit.kpis] == [("k", steps)]
    assert f"Measured at “read”, {said}" in found.kpi_fit.reason
    assert not any("nobody comparable" in claim for claim in found.do_not_claim)
    assert found.kpi_fit.change is None
    assert not [row for row in tutoring(*between).measurement_plan() if row.missing]


def test_a_way_ends_at_its_first_measured_outcome_and_a_comparison_beyond_is_still_not_denied() -> None:
    theory = tutoring("aloud", more=", heads: {title: Heads, measures: aloud, level: participation}")
    found = theory.guidance("it")
    assert [kpi.kpi for kpi in found.kpi_fit.kpis] == ["heads"]
    assert found.kpi_fit.fit is Fit.BELOW
    assert not any("nobody comparable" in claim for claim in found.do_not_claim)


def test_the_shorter_of_two_ways_counts() -> None:
    theory = tutoring("aloud", "fluent").with_link("it", "fluent")
    assert [kpi.steps for kpi in theory.guidance("it").kpi_fit.kpis] == [2]


def test_a_pillar_is_named_when_nothing_below_is_measured_and_never_fits_alone() -> None:
    theory = tutoring("aloud").edit("k", measures=["p"])
    found = theory.guidance("it").kpi_fit
    assert (found.fit, found.depth, found.design) == ("below", "below", None)
    assert [(kpi.kpi, kpi.steps, kpi.fit) for kpi in found.kpis] == [("k", 3, "supporting")]
    assert found.reason.startswith("Only “Literacy”, three steps on, is measured, by “Reading score”")
    nearer = theory.with_node(toc.Kpi(id="near", title="Near", measures="aloud", level="attainment")).guidance("it")
    assert [kpi.kpi for kpi in nearer.kpi_fit.kpis] == ["near"]


def test_another_activity_a_feedback_link_and_a_minus_are_not_followed() -> None:
    theory = toc.loads(
        """
        {toc: 1, title: T, goal: G, outcomes: {o: {title: O}, lost: {title: L}},
         activities: {it: {title: A, leads_to: {next: , o: {feedback: true}, lost: {sign: "-"}}, certainty: high},
                      next: {title: B, leads_to: o}},
         kpis: {k: {title: K, measures: [o, next, lost], level: attainment}}}
        """
    )
    assert theory.guidance("it").kpi_fit.kpis == ()


@pytest.mark.parametrize("measures", ["it", "sessions", "[change, sessions]"])
@pytest.mark.parametrize("level", ["learning", "attainment"])
def test_a_kpi_of_the_activity_or_an_output_that_claims_too_much_is_above(measures: str, level: str) -> None:
    kpis = f"k: {{title: K, measures: {measures}, level: {level}}}"
    assert fits(LOW, kpis, "sessions") == ("above", {"k": "above"})


@pytest.mark.parametrize("level", ["learning", "attainment"])
def test_a_kpi_of_an_outcome_is_never_above(level: str) -> None:
    found = advice_for(LOW, f"k: {{title: K, measures: change, level: {level}}}").kpi_fit
    assert found.fit is Fit.FITS
    assert "not to be credited to this activity" in found.kpis[0].reason


def test_lower_kpis_beside_a_sufficient_one_support_it() -> None:
    kpis = """
    heads: {title: Heads, measures: it, level: participation}
    voices: {title: Voices, measures: change, level: feedback}
    age: {title: Age, measures: change, level: learning, design: before-after}
    """
    assert fits(HIGH, kpis) == ("fits", {"heads": "supporting", "voices": "supporting", "age": "fits"})


def test_one_kpi_too_many_makes_the_activity_above_whatever_else_fits() -> None:
    kpis = """
    heads: {title: Heads, measures: it, level: participation}
    grades: {title: Grades, measures: it, level: attainment}
    """
    assert fits(LOW, kpis) == ("above", {"heads": "fits", "grades": "above"})


def test_a_kpi_without_a_level_leaves_the_fit_open_unless_another_settles_it() -> None:
    bare = "k: {title: K, measures: it}"
    found = advice_for(HIGH, bare)
    assert found.kpi_fit.fit is None
    assert [gap.missing for gap in found.gaps] == ["level"]
    assert "Write `level:` on “K”" in str(found.kpi_fit.change)
    assert fits(HIGH, f"{bare}\nage: {{title: Age, measures: it, level: practice}}")[0] == "fits"


def test_uptake_is_content_with_engagement() -> None:
    kpis = "k: {title: K, measures: it, level: engagement}"
    proven = "certainty: high, participation: medium, evidence_strength: {level: established, source: A review}"
    assert fits(proven, kpis) == ("fits", {"k": "fits"})
    assert fits("certainty: high, participation: medium", kpis) == ("below", {"k": "below"})


MEDIUM = "certainty: medium, participation: 40"


def test_medium_with_one_feedback_kpi_asked_afterwards_fits_in_depth_and_not_in_design() -> None:
    found = advice_for(MEDIUM, "voices: {title: Voices, measures: it, level: feedback, design: after}").kpi_fit
    assert (found.fit, found.depth, found.design) == ("design", "fits", "design")
    assert found.reason == (
        "“Voices” looks deep enough, but is counted or asked once, afterwards; the advice is before and after."
    )
    assert found.change == "Measure “Voices” twice with the same people, before and after."


@pytest.mark.parametrize(
    ("activity", "level", "design", "fit"),
    [
        (MEDIUM, "attainment", "after", "design"),
        (MEDIUM, "learning", "before-after", "fits"),
        (MEDIUM, "feedback", "trend", "design"),
        (HIGH, "learning", "after", "design"),
        (HIGH, "learning", "trend", "design"),
        (HIGH, "learning", "before-after", "fits"),
        (HIGH, "learning", "comparison", "fits"),
        (HIGH, "attainment", "after", "fits"),
        (HIGH, "practice", "after", "fits"),
        (f"{HIGH}, evidence_strength: none, stakes: high", "attainment", "before-after", "design"),
        (f"{HIGH}, evidence_strength: none, stakes: high", "learning", "comparison", "fits"),
        (LOW, "participation", "after", "fits"),
        ("certainty: high, participation: 100, evidence_strength: established", "engagement", "after", "fits"),
        ("certainty: high, participation: 100, evidence_strength: established", "learning", "after", "design"),
    ],
)
def test_the_design_that_is_asked_for_depends_on_the_advice(activity: str, level: str, design: str, fit: str) -> None:
    kpi = f"k: {{title: K, measures: it, level: {level}, design: {design}}}"
    assert fits(activity, kpi)[0] == fit


READ = "baseline: 8, readings: [{date: 2026-07-31, value: 9}, {date: 2027-07-31, value: 11}]"


@pytest.mark.parametrize(
    ("kpi", "made"),
    [
        (READ, "before-after"),
        (f"design: after, {READ}", "before-after"),
        (f"design: trend, {READ}", "trend"),
        ("readings: [{date: 2026-07-31, value: 9}, {date: 2027-07-31, value: 11}]", "after"),
        ("baseline: 8, readings: [{date: 2026-07-31, value: 9}]", "after"),
        (
            "baseline: 8, readings: [{date: 2026-07-31, value: 9}, {date: 2027-07-31, value: 9, where: {school: A}}]",
            "after",
        ),
    ],
)
def test_a_baseline_and_readings_on_two_dates_count_as_before_and_after_and_that_is_said(kpi: str, made: str) -> None:
    (found,) = advice_for(MEDIUM, f"k: {{title: K, measures: it, level: learning, {kpi}}}").kpi_fit.kpis
    assert found.counts_as == made
    assert found.fit == ("fits" if made == "before-after" else "design")
    assert ("it counts as before and after" in found.reason) == (found.design != made)


def test_practice_ranks_with_attainment() -> None:
    for level in ("attainment", "practice"):
        assert fits(LOW, f"k: {{title: K, measures: it, level: {level}}}") == ("above", {"k": "above"})


@pytest.mark.parametrize(
    ("activity", "level"),
    [(HIGH, "participation"), (HIGH, "feedback"), ("certainty: medium", "engagement"), (LOW, "attainment")],
)
def test_what_is_proposed_is_to_measure_and_never_another_name(activity: str, level: str) -> None:
    found = advice_for(activity, f"k: {{title: My KPI, measures: it, level: {level}}}").kpi_fit
    assert found.fit in {Fit.ABOVE, Fit.BELOW}
    assert found.change
    for change in (found.change, *(kpi.change for kpi in found.kpis if kpi.change)):
        assert "level:" not in change
        assert "design:" not in change


def test_no_change_is_proposed_for_a_kpi_of_other_people() -> None:
    text = """
        {{toc: 1, title: T, goal: G, context: {{target_groups: {{nurses: Nurses, mothers: Mothers}}}},
         outcomes: {{trust: {{title: Mothers trust their nurse, target_group: mothers}}}},
         activities: {{it: {{title: Nurses trained, target_group: {group}, certainty: medium, leads_to: trust}}}},
         kpis: {{k: {{title: Mothers who recommend, measures: trust, level: feedback}}}}}}
        """
    same, other = (toc.loads(text.format(group=group)).guidance("it").kpi_fit for group in ("mothers", "nurses"))
    assert same.fit is other.fit is Fit.DESIGN
    assert same.change == "Measure “Mothers who recommend” twice with the same people, before and after."
    assert str(other.change).startswith("Add a KPI of the people whom this activity means to change")


def test_an_activity_to_redesign_never_fits() -> None:
    found = advice_for("certainty: low, participation: low", "k: {title: K, measures: it, level: participation}")
    assert (found.approach, found.kpi_fit.fit, found.kpi_fit.depth) == ("redesign", None, "fits")
    assert "redesigned first" in found.kpi_fit.reason


def test_the_deepest_kpi_there_is_is_named() -> None:
    kpis = """
    heads: {title: Heads, measures: it, level: participation}
    voices: {title: Voices, measures: it, level: feedback}
    """
    found = advice_for(HIGH, kpis).kpi_fit
    assert "the deepest stops at feedback: “Voices”" in found.reason
    assert str(found.change).startswith("Add a KPI that looks at least at learning")


PROVEN = "certainty: high, participation: 100, evidence_strength: {level: established, source: A review}"


@pytest.mark.parametrize(
    ("says", "approach", "words"),
    [("contradicts", "attainment", "Robling 2016 contradicts it"), ("mixed", "attainment", "Robling 2016 is mixed")],
)
@pytest.mark.parametrize("where", ["it", "sessions"])
def test_evidence_against_an_idea_that_is_called_established_is_settled_first(
    where: str, says: str, approach: str, words: str
) -> None:
    target = "sessions" if where == "it" else "change"
    evidence = [{"source": "Robling 2016", "type": "evaluation", "says": says, "strength": "strong"}]
    theory = theory_with(PROVEN, leads_to="sessions").with_link(where, target, evidence=evidence)
    found = theory.guidance("it")
    assert found.approach == approach
    assert f"The idea is called established, but {words}: settle that first." in found.reasons
    assert "established already" not in found.headline


@pytest.mark.parametrize("says", ["supports", None])
def test_evidence_for_it_or_without_a_stance_leaves_an_established_idea_as_it_is(says: str | None) -> None:
    link = {"evidence": [{"source": "Robling 2016", **({"says": says} if says else {})}]}
    theory = theory_with(PROVEN).with_link("it", "change", **link)
    assert theory.guidance("it").approach == "uptake"


def crowded(count: int) -> toc.TheoryOfChange:
    """Many activities that lead to one outcome with as many KPIs."""
    activities = {
        f"a{n}": {"title": f"Club {n}", "certainty": "high", "participation": 60, "leads_to": "o"} for n in range(count)
    }
    levels = ("participation", "learning", "attainment")
    kpis = {f"k{n}": {"title": f"K {n}", "measures": "o", "level": levels[n % 3]} for n in range(count)}
    return toc.TheoryOfChange.model_validate(
        {"toc": 1, "title": "T", "goal": "G", "outcomes": {"o": "O"}, "activities": activities, "kpis": kpis}
    )


def test_what_activities_share_is_found_once_and_of_very_many_kpis_the_deciding_ones_are_told() -> None:
    table = crowded(60).guidance()
    first, last = table["a0"].kpi_fit, table["a59"].kpi_fit
    assert first.kpis is last.kpis
    assert len(first.kpis) + first.more == 60
    assert {kpi.fit for kpi in first.kpis} == {Fit.FITS}
    assert "K 2, K 5, K 8 and at least 9 more" in " ".join(table.to_text(all=True).split())
    assert f"and {first.more} more" in table["a0"].to_text()


def test_thirty_layers_of_thirty_outcomes_all_linked_have_one_reach() -> None:
    layers = [[f"o{depth}-{place}" for place in range(30)] for depth in range(30)]
    outcomes = {id: {"title": id, "leads_to": after} for here, after in pairwise([*layers, ["goal"]]) for id in here}
    theory = toc.TheoryOfChange.model_validate(
        {
            "toc": 1, "title": "T", "goal": "G", "outcomes": outcomes,
            "activities": {f"a{n}": {"title": "A", "certainty": "high", "leads_to": layers[0][n]} for n in range(30)},
            "kpis": {f"k{n}": {"title": "K", "measures": layers[29][n], "level": "attainment"} for n in range(30)},
        }
    )  # fmt: skip
    found = [one.kpi_fit for one in theory.guidance()]
    assert all(fit.kpis is found[0].kpis for fit in found)
    assert {kpi.steps for kpi in found[0].kpis} == {30}
    assert {fit.fit for fit in found} == {Fit.FITS}

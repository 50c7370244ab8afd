"""Whether KPIs fit: below, above, supporting, and the smallest change that would fix it."""

from __future__ import annotations

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
    assert found.change == "Add one KPI, for example “People who gain a result that somebody else certifies”."


@pytest.mark.parametrize("level", ["participation", "engagement", "feedback"])
def test_a_certain_activity_in_which_nobody_looks_for_learning_is_below(level: str) -> None:
    assert fits(HIGH, f"k: {{title: K, measures: it, level: {level}}}") == ("below", {"k": "below"})


@pytest.mark.parametrize("measures", ["it", "sessions", "change"])
def test_a_kpi_on_the_activity_an_output_or_a_direct_outcome_counts(measures: str) -> None:
    assert fits(HIGH, f"k: {{title: K, measures: {measures}, level: learning}}", "sessions")[0] == "fits"


def test_an_outcome_further_on_does_not_count() -> None:
    theory = toc.loads(
        """
        {toc: 1, title: T, goal: G, outcomes: {near: {title: N, leads_to: far}, far: {title: F, leads_to: goal}},
         activities: {it: {title: A, leads_to: near, certainty: high}},
         kpis: {k: {title: K, measures: far, level: attainment}}}
        """
    )
    assert theory.guidance("it").kpi_fit.fit is Fit.BELOW


def test_a_pillar_that_an_activity_leads_straight_to_counts_as_its_outcome() -> None:
    theory = toc.loads(
        """
        {toc: 1, title: T, goal: G, pillars: {p: P}, activities: {it: {title: A, leads_to: p, certainty: high}},
         kpis: {k: {title: K, measures: p, level: attainment}}}
        """
    )
    assert theory.guidance("it").kpi_fit.fit is Fit.FITS


def test_another_activity_and_a_feedback_link_are_not_followed() -> None:
    theory = toc.loads(
        """
        {toc: 1, title: T, goal: G, outcomes: {o: {title: O}},
         activities: {it: {title: A, leads_to: {next: , o: {feedback: true}}, certainty: high},
                      next: {title: B, leads_to: o}},
         kpis: {k: {title: K, measures: [o, next], level: attainment}}}
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
    age: {title: Age, measures: change, level: learning}
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
    assert fits(HIGH, f"{bare}\nage: {{title: Age, measures: it, level: learning}}")[0] == "fits"


def test_uptake_is_content_with_engagement() -> None:
    kpis = "k: {title: K, measures: it, level: engagement}"
    proven = "certainty: high, participation: medium, evidence_strength: {level: established, source: A review}"
    assert fits(proven, kpis) == ("fits", {"k": "fits"})
    assert fits("certainty: high, participation: medium", kpis) == ("below", {"k": "below"})


@pytest.mark.parametrize(
    ("activity", "level"),
    [(HIGH, "participation"), (HIGH, "feedback"), ("certainty: medium", "engagement"), (LOW, "attainment")],
)
def test_the_smallest_change_fixes_it(activity: str, level: str) -> None:
    theory = theory_with(activity, f"k: {{title: My KPI, measures: it, level: {level}}}")
    found = theory.guidance("it").kpi_fit
    assert found.fit in {Fit.ABOVE, Fit.BELOW}
    assert "“My KPI”" in str(found.change)
    fixed = theory.edit("k", level=found.kpis[0].change_to)
    assert fixed.guidance("it").kpi_fit.fit is Fit.FITS
    assert fixed.guidance("it").kpi_fit.change is None


def test_the_change_names_the_deepest_kpi_there_is() -> None:
    kpis = """
    heads: {title: Heads, measures: it, level: participation}
    voices: {title: Voices, measures: it, level: feedback}
    """
    found = advice_for(HIGH, kpis).kpi_fit
    assert "the deepest stops at feedback" in found.reason
    assert str(found.change).startswith("Let “Voices” look at learning")

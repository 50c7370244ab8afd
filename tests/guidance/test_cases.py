"""The cases that the source itself names, and those of the shipped example."""

from __future__ import annotations

import pytest

import toc
from guidance.writing import advice_for, theory_with
from toc import TheoryError
from toc.guidance import Approach, Basis, Fit

CITED = "Smith in SecEd, after Fiennes 2012"


@pytest.mark.parametrize(
    ("activity", "approach", "basis"),
    [
        ("title: Careers fair, certainty: low, participation: high, type: event", "count", "source"),
        ("title: One-off lecture, certainty: low, participation: 2000, type: lecture", "count", "source"),
        (
            "title: Teacher training, certainty: high, participation: low, type: teacher-training",
            "attainment",
            "source",
        ),
        ("title: Swimming lessons, certainty: high, participation: 24, type: teaching", "attainment", "source"),
        ("title: Music exams, certainty: high, participation: low, type: music", "attainment", "source"),
        ("title: One-off workshop, certainty: low, participation: 12, type: workshop", "redesign", "extension"),
        ("title: Reading support, certainty: high, participation: 100, type: tutoring", "attainment", "extension"),
    ],
    ids=lambda value: value.split(",")[0].removeprefix("title: "),
)
def test_the_cases_of_the_article_come_out_right(activity: str, approach: str, basis: str) -> None:
    found = toc.loads(f"{{toc: 1, title: T, goal: G, activities: {{it: {{{activity}}}}}}}").guidance("it")
    assert (found.approach, found.basis) == (approach, basis)
    assert CITED in {source.cite for source in found.sources}
    assert any(CITED in reason for reason in found.reasons)


def test_trainees_are_followed_to_graduation_a_job_and_staying() -> None:
    found = advice_for("certainty: high, participation: low, type: teacher-training")
    assert [kpi.title.partition(": ")[0] for kpi in found.suggested_kpis] == [
        "Trainees who graduate",
        "Graduates who gain a teaching job",
        "Graduates still teaching after three years",
        "Trainees who improve between their first and last observed lesson",
    ]


def test_a_reading_age_before_and_after_fits_weekly_reading_support() -> None:
    found = advice_for(
        "certainty: high, participation: 100",
        "reading-age: {title: Reading age, measures: change, level: learning, design: before-after}",
        leads_to="sessions",
    )
    assert found.approach is Approach.ATTAINMENT
    assert found.kpi_fit.fit is Fit.FITS


def test_exam_grades_are_too_much_for_a_careers_fair() -> None:
    found = advice_for(
        "certainty: low, participation: high", "grades: {title: Grades, measures: it, level: attainment}"
    )
    assert found.kpi_fit.fit is Fit.ABOVE


def test_heads_are_too_little_for_a_certain_activity() -> None:
    found = advice_for(
        "certainty: high, participation: low", "heads: {title: Heads, measures: it, level: participation}"
    )
    assert found.kpi_fit.fit is Fit.BELOW


def test_the_shipped_example_is_advised_as_its_director_would() -> None:
    theory = toc.example("rgs-newcastle")
    fair, scitt, readers = (theory.guidance(id) for id in ("careers-fair", "scitt", "reading-volunteers"))
    assert (fair.approach, fair.basis, fair.kpi_fit.fit) == (Approach.COUNT, Basis.SOURCE, Fit.FITS)
    assert fair.do_not_claim[0].startswith("Do not claim that anyone changed")
    assert (scitt.approach, scitt.basis, scitt.kpi_fit.fit) == (Approach.ATTAINMENT, Basis.SOURCE, Fit.FITS)
    assert {kpi.kpi: kpi.fit for kpi in scitt.kpi_fit.kpis} == {
        "graduating-trainees": "fits",
        "trainees-in-post": "fits",
        "trainees-still-teaching": "fits",
    }
    assert (readers.approach, readers.kpi_fit.fit) == (Approach.ATTAINMENT, Fit.FITS)
    assert {kpi.kpi: kpi.fit for kpi in readers.kpi_fit.kpis} == {
        "reading-age": "fits",
        "volunteer-skills": "supporting",
    }


def test_without_certainty_three_questions_take_the_place_of_advice() -> None:
    found = advice_for("participation: high", "heads: {title: Heads, measures: it, level: participation}")
    assert found.approach is None
    assert (found.minimum_level, found.maximum_level, found.effort) == (None, None, None)
    assert len(found.questions) == 3
    assert [gap.missing for gap in found.gaps] == ["certainty"]
    assert found.kpi_fit.fit is None
    assert [kpi.fit for kpi in found.kpi_fit.kpis] == [None]
    assert found.do_not_claim
    assert found.sources


def test_an_idea_called_established_names_its_source_or_is_asked_for_it() -> None:
    named = advice_for("certainty: high, participation: 100, evidence_strength: {level: established, source: A review}")
    bare = advice_for("certainty: high, participation: 100, evidence_strength: established")
    assert [gap.missing for gap in named.gaps] == []
    assert [gap.missing for gap in bare.gaps] == ["evidence source"]
    assert "{level: established, source: …}" in str(bare.gaps[0])


def test_a_comparison_that_nobody_makes_is_a_gap() -> None:
    inputs = "certainty: high, participation: high, evidence_strength: none, stakes: high"
    made = "beside: {title: Beside others, measures: change, level: learning, design: comparison}"
    assert [gap.missing for gap in advice_for(inputs).gaps] == ["comparison"]
    assert [gap.missing for gap in advice_for(inputs, made).gaps] == []


def test_what_is_compared_is_not_said_to_be_without_comparison() -> None:
    made = "beside: {title: Beside others, measures: change, level: attainment, design: comparison}"
    assert "nobody comparable" in advice_for("certainty: high, participation: low").do_not_claim[0]
    compared = advice_for("certainty: high, participation: low", made).do_not_claim
    assert not any("nobody comparable" in claim for claim in compared)
    assert any("more than the groups allow" in claim for claim in compared)


def test_feedback_comes_with_its_own_warnings() -> None:
    asked = "voices: {title: Voices, measures: it, level: feedback}"
    warnings = advice_for("certainty: high, participation: low", asked).do_not_claim
    assert any("opinions last" in claim for claim in warnings)
    assert any("the silent agree" in claim for claim in warnings)
    silent = advice_for("certainty: high, participation: low").do_not_claim
    assert not any("opinions" in claim for claim in silent)


def test_notes_on_samples_and_children_are_printed_where_they_apply() -> None:
    few = " ".join(advice_for("certainty: high, participation: low").notes)
    many = " ".join(advice_for("certainty: medium, participation: high").notes)
    broken_down = "heads: {title: Heads, measures: it, level: participation, breakdowns: [girls]}"
    groups = " ".join(advice_for("certainty: medium, participation: high", broken_down).notes)
    assert "Below 30 people" in few
    assert "fewer than 10" in few
    assert "±10" not in few
    assert "±10" in many
    assert "±5" in many
    assert "Below 30" not in many
    assert "fewer than 10" not in many
    assert "fewer than 10" in groups
    assert all("least personal data" in notes for notes in (few, many, groups))


def test_an_own_reason_for_the_certainty_is_read_back_as_a_rating() -> None:
    found = advice_for("certainty: {level: high, because: 'Braces {kpi} and\n\n two lines'}, participation: low")
    assert "The certainty is the partnership’s own rating, high: Braces {kpi} and two lines." in found.reasons


def test_the_levels_and_designs_are_set_beside_two_other_frameworks() -> None:
    found = advice_for("certainty: high, participation: low")
    assert any(line.startswith("learning:") and "NPC: outcomes data" in line for line in found.mapping)
    assert any(line.startswith("before-after:") and "type 2, empirical" in line for line in found.mapping)


def test_an_activity_that_does_not_exist_is_named_with_the_nearest() -> None:
    with pytest.raises(TheoryError, match=r"there is no activity 'scit': did you mean 'scitt'\?") as raised:
        toc.example("rgs-newcastle").guidance("scit")
    assert raised.value.problems[0].suggestion == "scitt"


def test_guidance_is_for_activities_only() -> None:
    theory = toc.example("rgs-newcastle")
    with pytest.raises(TheoryError, match="'literacy' is a pillar, and guidance is for activities"):
        theory.guidance("literacy")
    with pytest.raises(TheoryError, match="'reading-age' is a KPI, and guidance is for activities"):
        theory.with_suggested_kpis("reading-age")


def test_the_table_is_in_the_order_of_the_author_and_found_by_position_and_id() -> None:
    theory = toc.example("rgs-newcastle")
    table = theory.guidance()
    assert [found.activity for found in table] == list(theory.activities)
    assert table[0] == table["scitt"] == theory.guidance("scitt")
    assert table[-1] is table["careers-fair"]
    assert table[:2] == (table[0], table[1])
    assert table == toc.example("rgs-newcastle").guidance()
    with pytest.raises(KeyError, match="did you mean 'scitt'"):
        table["scit"]
    with pytest.raises(TypeError):
        table[0] = table[1]  # type: ignore[index]


def test_the_summary_counts_approaches_fits_and_gaps() -> None:
    theory = toc.loads(
        """
        {toc: 1, title: T, goal: G, activities: {
          a: {title: A, certainty: low, participation: high}, b: {title: B, certainty: high},
          c: {title: C, participation: 3}}, kpis: {heads: {title: Heads, measures: a, level: participation}}}
        """
    )
    summary = theory.guidance().summary
    assert summary.activities == 3
    assert {name: count for name, count in summary.by_approach.items() if count} == {
        "count": 1,
        "attainment": 1,
        "unknown": 1,
    }
    assert summary.by_fit == {"above": 0, "below": 1, "design": 0, "fits": 1, "unknown": 1}
    assert summary.gaps == {"participation": 1, "certainty": 1}


def test_a_value_of_guidance_cannot_be_changed() -> None:
    found = theory_with("certainty: high").guidance("it")
    with pytest.raises(AttributeError):
        found.headline = "Measure everything"  # type: ignore[misc]

"""For whom it is."""

from __future__ import annotations

import pytest

import toc
from checks.finding import found, nodes
from checks.planted_argument import in_need, untold
from checks.planting import CLEAN

NOBODY = """
outcomes:
  readers: {title: Pupils catch up, leads_to: goal}
  keen: {title: Pupils choose books, leads_to: goal}
"""
SOMEBODY = f"context: {{target_groups: {{pupils: Pupils in Year 6}}}}{NOBODY}"


def test_a_theory_for_nobody_is_told_once_even_as_a_sketch() -> None:
    for profile in ("sketch", "plan", "funder"):
        (finding,) = found(NOBODY, "TOC15", profile=profile)
        assert (finding.code, finding.nodes) == ("TOC151", ())
        assert "no goal and no outcome has a target group" in finding.message


def test_each_goal_and_outcome_that_names_nobody_is_told_where_others_do() -> None:
    text = SOMEBODY.replace("Pupils catch up", "Pupils catch up, target_group: pupils")
    assert nodes(text, "TOC151") == [("goal",), ("keen",)]
    assert nodes(text, "TOC151", profile="sketch") == []


def test_pillars_outputs_and_activities_need_no_target_group() -> None:
    theory = toc.load(CLEAN)
    for id in ("reading", "teaching", "reading-support", "book-club", "teacher-training"):
        theory = theory.edit(id, target_group=())
    assert found(theory) == ()


def test_target_groups_are_asked_for_the_disadvantaged_and_their_absence_is_told_of_first() -> None:
    assert [finding.code for finding in found(NOBODY, "TOC15")] == ["TOC151"]
    assert [finding.code for finding in found(SOMEBODY, "TOC15")] == ["TOC151", "TOC152"]
    (finding,) = found(SOMEBODY, "TOC152")
    assert finding.message == "the only target group is not named as disadvantaged"


def test_one_disadvantaged_group_is_enough() -> None:
    text = SOMEBODY.replace("pupils: Pupils in Year 6", "pupils: Pupils, poor: {title: Poor, disadvantaged: true}")
    assert found(text, "TOC152") == ()


def test_the_words_of_the_organisation_are_used() -> None:
    text = f"{NOBODY}settings: {{vocabulary: {{goal: Vision, outcome: Step}}}}"
    (finding,) = found(text, "TOC151")
    assert "no vision and no step has a target group" in finding.message


def test_reach_a_breakdown_or_a_kpi_for_them_alone_tells_of_those_in_need() -> None:
    theory = untold(toc.load(CLEAN))
    (finding,) = found(theory, "TOC153")
    assert finding.message == (
        "the activity “Book clubs after school” is meant for “Pupils eligible for Pupil Premium”, and nothing that is "
        "counted or measured there tells of them apart"
    )
    assert found(theory.edit("book-club", reach={"pp-pupils": 30}), "TOC153") == ()
    assert nodes(theory.edit("book-club", reach={"teachers": 30}), "TOC153") == [("book-club",)]
    assert found(theory.edit("own-choice", breakdowns=["pp-pupils"]), "TOC153") == ()
    assert found(theory.edit("own-choice", target_group="pp-pupils"), "TOC153") == ()
    assert found(theory.edit("keen-readers", target_group="pp-pupils"), "TOC153") == ()


def test_an_activity_aims_at_whom_its_outcomes_are_for_also_behind_an_output() -> None:
    theory = toc.load(CLEAN).edit("reading-age", breakdowns=()).edit("readers", target_group=["pp-pupils", "teachers"])
    theory = theory.edit("reading-support", target_group=())
    assert nodes(theory, "TOC153") == [("reading-support",)]
    assert nodes(theory.edit("readers", target_group="teachers"), "TOC153") == []


@pytest.mark.parametrize(
    ("reached", "people", "cell"),
    [(44, 100, "44 of 100, 44%"), (45, 100, ""), (13, 30, "13 of 30, 43%"), (13, 29, ""), (9, 60, "fewer than 10")],
)
def test_a_smaller_share_than_at_the_school_is_told_from_thirty_people_on(reached: int, people: int, cell: str) -> None:
    findings = found(in_need(toc.load(CLEAN), reached, people), "TOC154")
    assert [finding.message for finding in findings] == [
        f"in the activity “One-to-one reading support each week” “Pupils eligible for Pupil Premium” ({cell}) are a "
        "smaller share than the disadvantaged are at “St Mary's” (45%)"
        for cell in [cell]
        if cell
    ]


def test_the_least_share_of_any_partner_counts_and_that_of_the_home_partner_does_not() -> None:
    theory = in_need(toc.load(CLEAN))
    hill = {"title": "Hill School", "disadvantage": {"share": 0.2}}
    both = theory.evolve(partners={**theory.partners, "hill-school": hill}).edit(
        "reading-support", partners=["hill-school", "st-marys"]
    )
    assert found(both, "TOC154") == ()
    assert len(found(both.evolve(partnership={"home": "hill-school"}), "TOC154")) == 1
    higher = both.evolve(partners={**both.partners, "hill-school": {**hill, "disadvantage": {"share": 0.5}}})
    assert "at each of 2 partners that say theirs (45%)" in found(higher, "TOC154")[0].message


def test_more_of_a_group_than_take_part_is_an_error_in_every_profile() -> None:
    theory = toc.load(CLEAN).edit("reading-support", participation=100, reach={"pp-pupils": 100})
    assert found(theory, "TOC155") == ()
    for profile in ("sketch", "plan", "funder"):
        (finding,) = found(theory.edit("reading-support", reach={"pp-pupils": 101}), "TOC155", profile=profile)
        assert finding.severity == "error"
        assert finding.path == ("activities", "reading-support", "reach", "pp-pupils")
    assert found(theory.edit("reading-support", participation="low"), "TOC155") == ()

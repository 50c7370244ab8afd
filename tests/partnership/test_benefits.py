"""Who gains what, and what is known of it for whom."""

from __future__ import annotations

from typing import Any

import numpy as np

import toc

RGS = toc.example("rgs-newcastle")
KNOWN = {
    ("complementarity", "partner-primaries"): "stated",
    ("shared-learning", "rgs"): "anecdote",
    ("synergy", "partner-secondaries"): "counts",
    ("provision", "partner-primaries"): "counts",
    ("provision", "partner-secondaries"): "counts",
    ("attainment", "partner-primaries"): "outcomes",
    ("enrichment", "rgs"): "anecdote",
}


CLUBS = {
    "title": "Clubs",
    "leads_to": "skills",
    "exchange": {"us": {"gains": "enrichment"}, "them": {"gains": "provision"}},
}
TESTS = {
    "title": "Tests",
    "measures": "skills",
    "level": "attainment",
    "readings": [{"date": "2026-01-01", "value": 3}],
}


def theory(**more: Any) -> toc.TheoryOfChange:
    """Two schools and a club, which both are said to gain by."""
    return toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "Clubs",
            "goal": "Every child thrives",
            "partners": {"us": "Our school", "them": "Their school"},
            "partnership": {"home": "us"},
            "activities": {"clubs": CLUBS},
            "outcomes": {"skills": {"title": "Skills", "leads_to": "goal"}},
            "kpis": {"tests": TESTS},
        }
        | more
    )


def known(one: toc.TheoryOfChange) -> dict[str, str]:
    return {found.partner: found.known for found in one.benefits().benefits}


def test_the_benefits_of_the_example_stand_where_its_file_says() -> None:
    assert {(one.benefit, one.partner): one.known for one in RGS.benefits().benefits} == KNOWN


def test_the_opening_counts_what_is_named_and_on_what_it_stands() -> None:
    assert RGS.benefits().to_markdown().split("\n\n")[1].strip("*") == (
        "6 of 13 benefits and aims are named, for 3 of 4 partners. Of 7 gains 1 stands on outcomes, 3 on counts, 2 on "
        "anecdote and 1 is only stated."
    )


def test_figures_of_which_nobody_says_whose_people_they_are_count_for_others_than_home() -> None:
    assert known(theory()) == {"us": "stated", "them": "outcomes"}


def test_figures_count_for_the_partner_whose_people_they_are_about() -> None:
    groups = {"target_groups": {"ours": {"title": "Our pupils", "partner": "us"}, "theirs": "Their pupils"}}
    skills = {"skills": {"title": "Skills", "leads_to": "goal", "target_group": "ours"}}
    assert known(theory(context=groups, outcomes=skills)) == {"us": "outcomes", "them": "stated"}
    # Its own target group goes before that of what it measures.
    tests = {**TESTS, "target_group": "theirs"}
    assert known(theory(context=groups, outcomes=skills, kpis={"tests": tests})) == {"us": "stated", "them": "outcomes"}


def test_without_a_home_nobody_is_home() -> None:
    assert known(theory(partnership={})) == {"us": "outcomes", "them": "outcomes"}


def test_what_is_told_counts_for_those_whom_the_link_leads_to() -> None:
    groups = {"target_groups": {"ours": {"title": "Our pupils", "partner": "us"}}}
    skills = {"skills": {"title": "Skills", "leads_to": "goal", "target_group": "ours"}}
    told = {"skills": {"evidence": [{"source": "A letter", "type": "testimony"}]}}
    clubs = {**CLUBS, "leads_to": told}
    assert known(theory(context=groups, outcomes=skills, activities={"clubs": clubs}, kpis={})) == {
        "us": "anecdote",
        "them": "stated",
    }


def test_what_a_partner_receives_as_a_whole_is_stated_even_where_its_activities_are_measured() -> None:
    partners = {"us": "Our school", "them": {"title": "Their school", "receives": ["wellbeing", "A new roof"]}}
    found = theory(partners=partners).benefits()
    roof = found.of("A new roof", "them")
    assert roof
    assert (roof.known, roof.activities, roof.received) == ("stated", (), True)
    assert found.rows[-1].benefit == "A new roof"
    assert "3 of 13 benefits and aims are named and 1 other, for 2 of 2 partners" in " ".join(found.to_text().split())


def test_home_stands_first_and_a_partner_for_whom_nothing_is_named_is_named_itself() -> None:
    partners = {"third": "A third", "them": "Their school", "us": "Our school"}
    found = theory(partners=partners).benefits()
    assert found.partners == ("us", "third", "them")
    assert "Nothing is named that these gain: “A third”." in found.to_text()


def test_the_table_has_the_words_from_the_least_to_the_most() -> None:
    frame = RGS.to_pandas("benefits")
    assert frame["known"].cat.categories.tolist() == ["stated", "anecdote", "counts", "outcomes", "comparison"]
    assert {(row.benefit, row.partner): row.known for row in frame.itertuples()} == KNOWN
    polars = RGS.to_polars("benefits")
    assert polars.columns == list(frame.columns) == list(RGS.benefits().to_pandas().columns)
    assert polars["activities"].to_list()[0] == ["coding-clubs"]


def test_where_no_gain_is_named_no_figure_is_said() -> None:
    theory = toc.loads("toc: 1\ntitle: T\ngoal: G\npartners: {a: A school}\n")
    assert "Nobody has named anything that a partner gains." in theory.benefits().to_text()


def test_without_partners_each_line_of_the_chart_still_reaches_what_stands_in_it() -> None:
    axes = toc.loads("toc: 1\ntitle: T\ngoal: G\n").plot_benefits()
    said = [float(text.get_position()[0]) for text in axes.texts if text.get_text() == "not said"]
    ends = [
        x for line in axes.collections for path in line.get_paths() for x in np.asarray(path.vertices)[:, 0].tolist()
    ]
    assert said
    assert max(ends) >= max(said)


def test_gains_that_all_stand_on_the_same_are_counted_once() -> None:
    theory = toc.loads("toc: 1\ntitle: T\ngoal: G\npartners: {a: {title: A, receives: [diversity, synergy]}}\n")
    assert "for 1 of 1 partner. 2 gains are only stated." in theory.benefits().to_text()

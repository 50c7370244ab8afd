"""The collapsed view: goals and pillars with counts, and a theory too large to read becomes one by itself."""

from __future__ import annotations

import re
import warnings

import pytest
from hypothesis import given

import toc
from diagram.geometry import (
    arrows_pass_through_nothing,
    arrows_run_from_border_to_border,
    boxes_keep_apart,
    captions_fit_their_place,
    ceiling_stands_under_the_goals_above_it,
    goals_span_the_width,
    legend_shows_what_occurs,
    lines_keep_apart,
    text_fits_its_box,
)
from diagram.shapes import shapes
from strategies import tries
from toc.diagram import Box, Diagram

RULES = (
    arrows_pass_through_nothing,
    arrows_run_from_border_to_border,
    boxes_keep_apart,
    captions_fit_their_place,
    ceiling_stands_under_the_goals_above_it,
    goals_span_the_width,
    legend_shows_what_occurs,
    lines_keep_apart,
    text_fits_its_box,
)


def notes(diagram: Diagram) -> list[str]:
    return [note for box in diagram.boxes for note in notes_in(box)]


def notes_in(box: Box) -> list[str]:
    return [" ".join(line.rows) for line in box.lines if line.role == "note"]


def theory_of(activities: int, **more: object) -> toc.TheoryOfChange:
    doing = {f"x{number}": {"title": "Doing", "leads_to": "p"} for number in range(activities)}
    data = {"toc": 1, "title": "T", "goal": "G", "pillars": {"p": "P", "q": "Q"}, "activities": doing}
    return toc.TheoryOfChange.model_validate(data | more)


@tries(60)
@given(theory=shapes())
def test_a_theory_of_any_shape_is_collapsed_without_a_fault(theory: toc.TheoryOfChange) -> None:
    diagram = theory.diagram("collapsed")
    assert [fault for rule in RULES for fault in rule(theory, diagram)] == []
    assert [box.id for box in diagram.boxes] == [*theory.goals, *theory.pillars]
    assert {(arrow.source, arrow.target) for arrow in diagram.arrows} == {
        (link.source, link.target)
        for link in theory.links
        if {link.source, link.target} <= {*theory.goals, *theory.pillars}
    }


def test_each_pillar_says_how_much_stands_in_its_column() -> None:
    theory = toc.example("small-charity")
    assert notes(theory.diagram("collapsed")) == ["2 outcomes, 1 output, 2 activities, 1 KPI"]


def test_an_empty_pillar_says_nothing_about_counts() -> None:
    diagram = theory_of(1).diagram("collapsed")
    assert notes(diagram) == ["1 activity"]


def test_counts_use_the_organisation_s_own_words() -> None:
    theory = theory_of(2, settings={"vocabulary": {"activity": "Inquiry"}})
    assert notes(theory.diagram("collapsed")) == ["2 inquiries"]


def test_what_stands_outside_every_pillar_is_counted_at_the_foot() -> None:
    theory = theory_of(1, outcomes={"lone": {"title": "Lone", "leads_to": "goal"}})
    captions = theory.diagram("collapsed").captions
    assert [" ".join(caption.rows) for caption in captions if caption.role == "note"] == [
        "Outside every pillar: 1 outcome"
    ]


def test_every_node_is_counted_somewhere() -> None:
    theory = toc.example("large-programme")
    said = re.sub(r"\(.*?\)", "", " ".join(notes(theory.diagram("collapsed"))))
    parts = re.findall(r"(\d[\d,]*) (\w+)", said)
    own = [int(number.replace(",", "")) for number, what in parts if what not in {"shared", "KPI", "KPIs"}]
    assert sum(own) == len(theory.outcomes) + len(theory.outputs) + len(theory.activities)


def test_what_leads_to_a_pillar_from_another_column_is_counted_as_shared() -> None:
    theory = toc.loads("""
toc: 1
title: Shared
goal: G
pillars: {cooking: Cooking, growing: {title: Growing, leads_to: cooking}, idle: Idle}
outcomes:
  cooks: {title: Families cook, leads_to: cooking}
  growers: {title: Neighbours grow, leads_to: growing}
  both: {title: Neighbours meet, leads_to: [growing, cooking]}
activities:
  fair: {title: Spring fair, leads_to: [cooks, growers]}
  letters: {title: Letters, leads_to: [cooks, both]}
  plots: {title: Plots, leads_to: growers}
kpis: {k: {title: K, measures: both}}
""")
    said = {box.id: notes_of for box in theory.diagram("collapsed").boxes if (notes_of := notes_in(box))}
    assert said == {
        "cooking": ["2 outcomes, 2 activities, 1 KPI"],
        "growing": ["1 outcome, 1 activity, and 3 shared"],
    }


def test_a_theory_of_more_than_a_thousand_nodes_is_collapsed_and_says_so() -> None:
    theory = theory_of(998)
    assert len(theory.nodes) == 1001
    with pytest.warns(UserWarning, match=r"1,001 boxes are too many to read .* view='pillars' draws them all"):
        assert theory.diagram().view == "collapsed"


def test_a_theory_of_a_thousand_nodes_is_drawn_in_full() -> None:
    theory = theory_of(997)
    assert len(theory.nodes) == 1000
    assert theory.diagram().view == "pillars"


def test_a_view_that_is_named_never_collapses() -> None:
    theory = theory_of(998)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(theory.diagram("pillars").boxes) == 1001
        assert len(theory.diagram("collapsed").boxes) == 3


AGAINST = """
toc: 1
title: A
goal: G
pillars: {p: P, q: Q}
outcomes: {o: {title: Takeaways open, leads_to: {p: , q: {sign: "-"}}}}
activities: {a: {title: Clubs, pillar: p, leads_to: q}}
"""


def test_what_works_against_a_pillar_from_elsewhere_is_never_counted_as_shared() -> None:
    theory = toc.loads(AGAINST)
    said = {box.id: box.lines[-1].text for box in theory.diagram("collapsed").boxes}
    assert said["q"] == "1 shared activity, and 1 working against it"
    (note,) = [caption.text for caption in theory.diagram(pillar="q").captions if caption.role == "note"]
    assert "1 shared, not drawn here, which leads there from the column of another pillar: “Clubs”" in note
    assert "which works against it from the column of another pillar: “Takeaways open”" in note

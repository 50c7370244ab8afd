"""What the boxes, arrows and tooltips say."""

from __future__ import annotations

import pytest
from hypothesis import given

import toc
from strategies import theories, tries
from toc.language.facts import kpi_line, strength
from toc.language.vocabulary import word
from toc.model.nodes import Kpi
from toc.model.values import Link


def kpi(**fields: object) -> Kpi:
    return Kpi.model_validate({"title": "Gain", "measures": "goal", **fields})


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, "Gain"),
        ({"target": 14}, "Gain: target 14"),
        ({"target": {"value": 14, "by": "2026-07-31"}, "unit": "months"}, "Gain: target 14 months by Jul 2026"),
        ({"target": 80, "unit": "%"}, "Gain: target 80%"),
        ({"target": 80, "unit": "% of pupils"}, "Gain: target 80% of pupils"),
        ({"target": 1250000, "unit": "pupils"}, "Gain: target 1,250,000 pupils"),
        ({"target": 0.5, "unit": "levels"}, "Gain: target 0.5 levels"),
        ({"target": -3}, "Gain: target -3"),
        ({"readings": [{"date": "2026-01-31", "value": 9}], "unit": "points"}, "Gain: latest 9 points (Jan 2026)"),
        (
            {"target": 14, "unit": "months", "readings": [{"date": "2026-01-31", "value": 9}]},
            "Gain: target 14 months, latest 9 (Jan 2026)",
        ),
        (
            {"readings": [{"date": "2026-05-01", "value": 3}, {"date": "2026-01-01", "value": 9}]},
            "Gain: latest 3 (May 2026)",
        ),
        ({"readings": [{"date": "2026-05-01", "value": 3, "where": {"school": "North"}}]}, "Gain"),
    ],
)
def test_a_kpi_is_one_line_with_its_target_and_latest_reading(fields: dict[str, object], line: str) -> None:
    assert kpi_line(kpi(**fields)) == line


@pytest.mark.parametrize(
    ("confidence", "found"),
    [
        (None, "unknown"),
        (0, "weak"),
        (0.25, "weak"),
        (0.26, "medium"),
        (0.64, "medium"),
        (0.65, "strong"),
        (1, "strong"),
        ("low", "weak"),
        ("medium", "medium"),
        ("high", "strong"),
    ],
)
def test_confidence_decides_the_line(confidence: object, found: str) -> None:
    assert strength(Link.model_validate({"confidence": confidence}).confidence) == found


@pytest.mark.parametrize(
    ("own", "plural"),
    [
        ("Project", "Projects"),
        ("Strategy", "Strategies"),
        ("Day", "Days"),
        ("Process", "Processes"),
        ("Approach", "Approaches"),
        ("Box", "Boxes"),
    ],
)
def test_an_organisation_s_own_words_have_plurals(own: str, plural: str) -> None:
    theory = toc.example("small-charity").evolve(settings={"vocabulary": {"activity": own}})
    assert word(theory, "activity") == own
    assert word(theory, "activity", plural=True) == plural
    assert plural in [" ".join(caption.rows) for caption in theory.diagram(search="quick").captions]


@tries(60)
@given(theory=theories())
def test_what_a_box_has_no_room_for_stands_in_a_tooltip(theory: toc.TheoryOfChange) -> None:
    diagram = theory.diagram("pillars", search="quick")
    for box in diagram.boxes:
        node = theory.nodes[box.id]
        assert node.title in box.tooltip
        assert (node.description or "") in box.tooltip
    tooltips = "\n".join([box.tooltip for box in diagram.boxes] + [arrow.tooltip for arrow in diagram.arrows])
    for link in theory.links:
        said = [link.because, *(it.text for it in link.assumptions), *(it.source for it in link.evidence)]
        assert all(text in tooltips for text in said if text)

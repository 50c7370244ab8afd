"""How much a drawing says of its KPIs, what may be left out of it, and the word where it is too small for its page."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Iterator
from typing import Any, cast

import pytest

import toc
from toc.diagram import VIEWS, Diagram
from toc.diagram.description import described
from toc.render.formats import FORMATS, Picture

RGS = toc.example("rgs-newcastle")
NEEDS = {"neighbourhood": {"node": "capital"}, "path": {"node": "careers-fair"}}
READING: dict[str, Any] = {
    "toc": 1,
    "title": "Reading",
    "goal": "Every child reads",
    "pillars": {"p": {"title": "Literacy", "leads_to": "goal"}},
    "outcomes": {"o": {"title": "Children catch up", "leads_to": "p"}},
    "activities": {"a": {"title": "Clubs", "leads_to": "o"}},
}


def measured(**kpis: object) -> toc.TheoryOfChange:
    return toc.TheoryOfChange.model_validate({**READING, "kpis": kpis})


def lines(diagram: Diagram) -> dict[str, list[str]]:
    """What each box says of its KPIs."""
    found = {
        box.id: [line.text.replace("\u00a0", " ") for line in box.lines if line.role == "kpi"] for box in diagram.boxes
    }
    return {id: said for id, said in found.items() if said}


def notes(diagram: Diagram) -> list[str]:
    return [caption.text for caption in diagram.captions if caption.role == "note"]


def reading(value: float) -> list[dict[str, object]]:
    return [{"date": "2026-07-31", "value": value}]


@pytest.mark.parametrize(
    ("kpi", "short"),
    [
        ({"unit": "pupils", "target": 12, "readings": reading(9)}, "Pupils who stay: 9 → 12"),
        ({"unit": "% of pupils", "target": 95, "readings": reading(89)}, "Pupils who stay: 89 → 95%"),
        ({"unit": "months", "target": 14}, "Pupils who stay: target 14 months"),
        ({"unit": "million", "readings": reading(1200)}, "Pupils who stay: latest 1,200 million"),
        ({"unit": "pupils", "target": 500, "direction": "keep"}, "Pupils who stay: keep 500"),
        ({"unit": "pupils", "target": 5, "direction": "keep", "readings": reading(4)}, "Pupils who stay: 4, keep 5"),
        ({}, "Pupils who stay"),
    ],
)
def test_a_short_line_says_what_is_known_and_the_unit_where_it_must(kpi: dict[str, object], short: str) -> None:
    theory = measured(k={"title": "Pupils who stay", "measures": "o", **kpi})
    assert lines(theory.diagram(kpis="short")) == {"o": [short]}


def test_a_kpi_said_once_stands_in_the_lowest_box_that_it_measures() -> None:
    theory = measured(
        k={"title": "Age", "measures": ["goal", "p", "o", "a"], "target": 3}, own={"title": "B", "measures": "o"}
    )
    assert lines(theory.diagram(kpis="once")) == {
        "goal": ["1 shared KPI"], "o": ["B", "1 shared KPI"], "a": ["Age: target 3"],
    }  # fmt: skip
    assert lines(theory.diagram(kpis="count")) == {"goal": ["1 KPI"], "o": ["2 KPIs"], "a": ["1 KPI"]}


def test_kpis_in_short_are_never_short_without_a_word_for_it() -> None:
    theory = measured(k={"title": "Age", "measures": ["o", "a"], "target": 3, "readings": reading(2)})
    assert notes(theory.diagram(kpis="full")) == []
    assert notes(theory.diagram(kpis="short")) == ["KPIs in short: latest reading → target"]
    assert notes(theory.diagram(kpis="once")) == [
        "KPIs in short: latest reading → target; a shared one stands in the box nearest to the activities"
    ]
    assert notes(theory.diagram(kpis="count")) == ["KPIs are counted here, not named"]
    assert "KPI: Age: target 3, latest 2 (Jul 2026)" in box(theory.diagram(kpis="count"), "o").tooltip


def box(diagram: Diagram, id: str) -> Any:
    return next(box for box in diagram.boxes if box.id == id)


def test_a_head_names_one_kpi_of_its_own_and_counts_the_others() -> None:
    theory = measured(
        below={"title": "Below", "measures": ["p", "o"]},
        one={"title": "One", "measures": "p"},
        two={"title": "Two", "measures": "p"},
        three={"title": "Three", "measures": "p"},
    )
    assert lines(theory.diagram("pillars")) == {"p": ["One; and 2 more KPIs"], "o": ["Below"]}
    assert lines(theory.diagram("layers"))["p"] == ["Below", "One", "Two", "Three"]


@pytest.mark.parametrize("kpis", ["full", "short", "once"])
def test_every_kpi_of_the_example_is_named(kpis: Any) -> None:
    diagram = RGS.diagram("pillars", kpis=kpis, page="a3", search="quick")
    said = " ".join(line for its in lines(diagram).values() for line in its)
    assert [kpi.title for kpi in RGS.kpis.values() if kpi.title not in said] == []


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_takes_each_way_to_name_kpis(view: str) -> None:
    drawn = {
        kpis: lines(RGS.diagram(view, kpis=kpis, **NEEDS.get(view, {})))  # type: ignore[arg-type]
        for kpis in ("full", "count")
    }
    assert drawn["full"].keys() == drawn["count"].keys()
    assert all(line.split()[1].startswith("KPI") for its in drawn["count"].values() for line in its)


def test_a_page_decides_how_much_is_said_of_kpis_and_no_page_leaves_all() -> None:
    small = toc.example("small-charity")
    assert lines(small.diagram(page="slide")) == lines(small.diagram()) == lines(small.diagram(kpis="full"))
    with pytest.warns(toc.TocWarning):
        tiny = RGS.diagram(page="60x60", search="quick")
    assert notes(tiny) == ["KPIs are counted here, not named"]


def test_the_first_way_that_keeps_the_least_type_is_taken() -> None:
    found = RGS.diagram(page="a3", search="quick")
    sizes = {
        kpis: RGS.diagram(page="a3", search="quick", kpis=kpis).title_size
        for kpis in ("full", "short", "once", "count")
    }
    first = next(kpis for kpis, size in sizes.items() if size >= found.page.least)
    assert found == RGS.diagram(page="a3", search="quick", kpis=first)  # type: ignore[arg-type]


def test_a_page_too_small_is_told_with_what_would_help() -> None:
    with pytest.warns(toc.TocWarning) as told:
        size = RGS.diagram(page="a4", search="quick", kpis="full").title_size
    assert f"on this page (a4) the titles of boxes are {size:.1f} pt, and 8 pt is the least" in str(told[0].message)
    assert "kpis='count', --kpis count" in str(told[0].message)
    with pytest.warns(toc.TocWarning) as told:
        RGS.diagram(page="100x100", search="quick", kpis="count")
    assert "kpis=" not in str(told[0].message)


@pytest.mark.parametrize(
    ("options", "choices"),
    [
        ({"kpis": "some"}, "full, short, once, count"),
        ({"hide": "badge"}, "badges, kpis, ceiling, legend, captions"),
        ({"hide": ["kpis", 3]}, "badges, kpis, ceiling, legend, captions"),
        ({"audience": "inside"}, "outside"),
    ],
)
def test_a_wish_that_there_is_not_is_refused_with_the_choices(options: dict[str, Any], choices: str) -> None:
    with pytest.raises(toc.OptionError) as refused:
        RGS.diagram(**options)
    for choice in choices.split(", "):
        assert choice in str(refused.value)


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_hidden_is_told_nowhere(view: str) -> None:
    needs: Any = NEEDS.get(view, {})
    diagram = RGS.diagram(view, hide=["badges", "kpis", "ceiling", "legend", "captions"], **needs)
    assert not any(box.badge for box in diagram.boxes)
    assert {line.role for box in diagram.boxes for line in box.lines} <= {"title", "eyebrow", "note", "mark", "item"}
    assert not diagram.ceilings
    assert not diagram.legend
    assert {caption.role for caption in diagram.captions} <= {"heading", "note"}
    told = described(diagram) + "".join(box.tooltip for box in diagram.boxes)
    for word in ("How to measure", "KPI", "Above the", "Do not claim"):
        assert word not in told


OFFICE: dict[str, Any] = {  # what only those who do the work should read, each text with a word that nothing else has
    "activities": {
        "a": {
            "title": "Clubs",
            "certainty": {"level": "low", "because": "Nobody has tried uncertainly"},
            "evidence_strength": {"level": "emerging", "source": "Elsewhere and co"},
            "stakes": "high",
            "participation": 40,
            "leads_to": {"o": {"assumptions": [{"text": "Pupils come", "test": "Registers", "owner": "Adah"}]}},
        }
    },
    "kpis": {
        "k": {
            "title": "Age",
            "measures": "o",
            "owner": "Betty",
            "source": "Spreadsheet",
            "method": "By phone",
            "hours": 7,
        }
    },
}
FOR_THE_OFFICE = (
    *("uncertainly", "Elsewhere and co", "Registers", "Adah", "Betty", "Spreadsheet", "By phone", "7 hours", "Stakes"),
    *("How to measure", "Do not claim", "not claim", "advice", "incomplete KPI", "Certainty"),
)


def all_pictures(theory: toc.TheoryOfChange, **looks: Any) -> Iterator[tuple[str, str]]:
    """Every format, as text: slides, notes and all; and decks."""
    for format, deck in [(one, None) for one in FORMATS] + [(one, True) for one in FORMATS if "deck" in one.takes]:
        if format.name in {"png", "pdf"}:  # painted from the same boxes, captions and description
            continue
        file = io.BytesIO()
        theory.draw(file, format=cast("Picture", format.name), deck=deck, search="quick", **looks)
        if format.is_text:
            text = file.getvalue().decode()
            yield f"{format.name} {deck}", html.unescape(text.partition("<style>")[0] + text.rpartition("</style>")[2])
        else:
            parts = zipfile.ZipFile(file)
            yield (
                f"{format.name} {deck}",
                "\n".join(html.unescape(parts.read(one).decode()) for one in parts.namelist() if one.endswith(".xml")),
            )


def test_nobody_outside_reads_what_is_meant_for_the_office() -> None:
    theory = toc.TheoryOfChange.model_validate({**READING, **OFFICE})
    inside = "\n".join(text for _, text in all_pictures(theory, findings=True))
    assert [word for word in FOR_THE_OFFICE if word not in inside] == []
    for findings in (True, False):
        for name, text in all_pictures(theory, findings=findings, audience="outside"):
            assert (name, [word for word in FOR_THE_OFFICE if word in text]) == (name, [])
            assert "Clubs" in text
    page = theory.to_html(audience="outside")
    assert "Pupils come" in page
    assert "Age" in page


def test_the_ceiling_has_the_organisation_s_own_name_in_every_format() -> None:
    theory = toc.example("small-charity").evolve(settings={"vocabulary": {"ceiling": "Line of sight"}})
    for text in (theory.to_svg(), theory.to_mermaid(), theory.to_drawio(), theory.to_svg(view="layers")):
        assert "ine of sight" in text
        assert "ccountability ceiling" not in text
    assert "Above the line of sight" in theory.describe()

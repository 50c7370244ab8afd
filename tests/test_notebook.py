from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

import toc

EXAMPLES = ("rgs-newcastle", "small-charity", "large-programme")
HOSTILE = '<script>alert(1)</script> & "quotes" id="toc-title" \u202e'


def html_of(theory: toc.TheoryOfChange) -> str:
    html = theory._repr_mimebundle_()["text/html"]
    assert isinstance(html, str)
    return html


def parsed(html: str) -> ET.Element:
    """The page as a tree; HTML closes no `br`, XML does."""
    return ET.fromstring(html.replace("<br>", "<br/>"))  # noqa: S314  # our own


def ids_in(html: str) -> list[str]:
    return [element.attrib["id"] for element in parsed(html).iter() if "id" in element.attrib]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_notebook_gets_the_drawing_and_the_outline(name: str) -> None:
    theory = toc.example(name)
    shown = theory._repr_mimebundle_()
    assert set(shown) == {"text/html", "text/plain"}
    assert shown["text/plain"] == theory.outline()
    assert "<svg" in shown["text/html"]
    assert theory._mime_() == ("text/html", shown["text/html"])


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_drawing_fits_the_width_of_the_cell(name: str) -> None:
    page = parsed(html_of(toc.example(name)))
    svg = next(element for element in page.iter() if element.tag.endswith("svg"))
    assert svg.attrib["style"] == "max-width:100%;height:auto"
    assert float(svg.attrib["viewBox"].split()[2]) > 0


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_advice_for_every_activity_stands_beneath_the_drawing(name: str) -> None:
    theory = toc.example(name)
    html = html_of(theory)
    picture, _, beneath = html.rpartition("</svg>")
    assert picture
    assert theory.guidance()._repr_html_() in beneath
    *_, table = parsed(html).findall(".//table/tbody")
    assert [row[0].text for row in table] == [activity.title for activity in theory.activities.values()]


def test_a_theory_without_activities_has_no_advice_beneath_its_drawing() -> None:
    theory = toc.loads("{toc: 1, title: T, goal: G}")
    html = html_of(theory)
    assert "<svg" in html
    assert html.count("<table") == 1
    assert theory.guidance()._repr_html_() not in html


def silenced(theory: toc.TheoryOfChange, *, but: int) -> toc.TheoryOfChange:
    """The theory with an answer to all findings but those of the first few rules."""
    codes = list(dict.fromkeys(finding.code for finding in theory.check()))
    silence = [{"code": code, "reason": "tried"} for code in codes[but:]]
    return theory.evolve(settings={"checks": {"silence": silence}})


def test_the_findings_stand_between_the_drawing_and_the_advice_folded_where_they_are_many() -> None:
    many = toc.example("rgs-newcastle")
    few = silenced(toc.loads("{toc: 1, title: T, goal: G, activities: {a: {title: A, leads_to: goal}}}"), but=1)
    for theory, is_folded in ((many, True), (few, False)):
        html = html_of(theory)
        found = theory.check()
        assert (len(found) > 5) == is_folded
        assert html.index("</svg>") < html.index(found._repr_html_()) < html.index(theory.guidance()._repr_html_())
        assert (f"<details>\n<summary>{found.summary}</summary>" in html) == is_folded


def test_a_theory_in_which_nothing_is_found_shows_no_findings() -> None:
    theory = silenced(toc.loads("{toc: 1, title: T, goal: G}"), but=0)
    assert not theory.check()
    assert "<table" not in html_of(theory)


def test_two_drawings_in_a_page_share_no_id_and_lose_no_reference() -> None:
    first, second = (html_of(toc.example(name)) for name in ("rgs-newcastle", "small-charity"))
    for html in (first, second):
        ids = ids_in(html)
        assert len(set(ids)) == len(ids) > 2
        named = re.findall(r'aria-(?:labelledby|describedby)="([^"]*)"', html)
        linked = re.findall(r'(?:href="#|url\(#)([^")]*)', html)
        assert len(named) >= 2
        assert set(named + linked) <= set(ids)
    assert set(ids_in(first)).isdisjoint(ids_in(second))


def test_the_same_theory_is_always_shown_the_same() -> None:
    assert html_of(toc.example("small-charity")) == html_of(toc.example("small-charity"))


def test_what_stands_in_a_theory_cannot_act_in_the_page() -> None:
    hostile = toc.example("small-charity").evolve(title=HOSTILE).edit("company", title=HOSTILE, description=HOSTILE)
    html = html_of(hostile)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert HOSTILE in "".join(parsed(html).itertext())


def test_without_an_engine_the_outline_is_shown_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOC_ENGINE", "no-such-<program>")
    theory = toc.example("small-charity").evolve(title=HOSTILE)
    html = html_of(theory)
    assert "no-such-&lt;program&gt;" in html
    assert "<script" not in html
    assert "<svg" not in html
    assert "Tea, soup and board games" in html
    assert theory.guidance()._repr_html_() in html
    assert theory._repr_mimebundle_()["text/plain"] == theory.outline()

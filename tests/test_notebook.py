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


def ids_in(html: str) -> list[str]:
    return [element.attrib["id"] for element in ET.fromstring(html).iter() if "id" in element.attrib]  # noqa: S314  # our own


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
    svg = next(iter(ET.fromstring(html_of(toc.example(name)))))  # noqa: S314  # our own
    assert svg.attrib["style"] == "max-width:100%;height:auto"
    assert float(svg.attrib["viewBox"].split()[2]) > 0


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
    assert HOSTILE in "".join(ET.fromstring(html).itertext())  # noqa: S314  # our own


def test_without_an_engine_the_outline_is_shown_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOC_ENGINE", "no-such-<program>")
    theory = toc.example("small-charity").evolve(title=HOSTILE)
    html = html_of(theory)
    assert "no-such-&lt;program&gt;" in html
    assert "<script" not in html
    assert "<svg" not in html
    assert "Tea, soup and board games" in html
    assert theory._repr_mimebundle_()["text/plain"] == theory.outline()

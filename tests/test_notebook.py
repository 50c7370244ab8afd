from __future__ import annotations

import re
import struct
from base64 import b64decode
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import toc
from toc.render import engine
from toc.render.engine import is_embedded

EXAMPLES = ("rgs-newcastle", "small-charity", "large-programme")
HOSTILE = '<script>alert(1)</script> & "quotes" id="toc-title" \u202e'


def html_of(theory: toc.TheoryOfChange) -> str:
    html = theory._repr_mimebundle_()["text/html"]
    assert isinstance(html, str)
    return html


def parsed(html: str) -> ET.Element:
    """The page as a tree; HTML closes no `br` and no `img`, XML does."""
    return ET.fromstring(re.sub(r"<(br|img\b[^>]*)>", r"<\1/>", html))  # noqa: S314  # our own


def image(html: str) -> dict[str, str]:
    (found,) = parsed(html).iter("img")
    return found.attrib


def drawing(html: str) -> str:
    kind, data = image(html)["src"].split(",")
    assert kind == "data:image/svg+xml;base64"
    return b64decode(data).decode()


def size(png: str) -> tuple[int, int]:
    """The width and the height of a PNG as it stands in a bundle, in pixels."""
    content = b64decode(png)
    assert content.startswith(b"\x89PNG")
    return struct.unpack(">II", content[16:24])


@pytest.mark.usefixtures("needs_engine")
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_notebook_gets_the_drawing_for_the_screen_and_for_paper_and_the_outline(name: str) -> None:
    theory = toc.example(name)
    shown = theory._repr_mimebundle_()
    assert set(shown) == {"text/html", "image/png", "text/plain"}
    assert shown["text/plain"] == theory.outline()
    assert drawing(shown["text/html"]) == theory.to_svg()
    assert theory._mime_() == ("text/html", shown["text/html"])
    width, height = size(shown["image/png"])
    drawn = theory.diagram()
    assert width / height == pytest.approx(drawn.width / drawn.height, rel=0.03)


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_of_the_drawing_needs_what_an_untrusted_notebook_takes_away(name: str) -> None:
    html = html_of(toc.example(name))
    picture = html.partition("<table")[0]
    assert set(re.findall(r"<([a-z]+)", picture)) <= {"div", "img", "details", "summary", "style", "p"}
    assert "background" not in image(html)["style"]
    paper = re.search(r'<polygon fill="(#[0-9a-f]{6})"', drawing(html))
    assert paper
    assert paper[1] == "#ffffff"  # its own, so that it can be read in a dark notebook


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_image_says_in_words_all_that_the_drawing_says(name: str) -> None:
    theory = toc.example(name)
    assert image(html_of(theory))["alt"] == " ".join(theory.describe().split())


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_drawing_fits_the_width_of_the_cell(name: str) -> None:
    assert image(html_of(toc.example(name)))["style"] == "max-width:100%;height:auto"


@pytest.mark.usefixtures("needs_engine")
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_picture_for_paper_is_no_larger_than_paper_needs(name: str) -> None:
    width, height = size(toc.example(name)._repr_mimebundle_()["image/png"])
    assert 500_000 < width * height < 5_200_000


def test_a_drawing_too_wide_to_be_read_on_paper_is_not_put_there() -> None:
    pillars = {f"p{n}": f"Pillar {n}" for n in range(300)}
    outcomes = {f"o{n}": {"title": f"Change {n}", "leads_to": f"p{n}"} for n in range(300)}
    vast = toc.TheoryOfChange.model_validate(
        {"toc": 1, "title": "T", "goal": "G", "pillars": pillars, "outcomes": outcomes}
    )
    shown = vast._repr_mimebundle_()
    assert set(shown) == {"text/html", "text/plain"}
    assert drawing(shown["text/html"]) == vast.to_svg()


@pytest.mark.usefixtures("needs_engine")
def test_letters_that_a_png_cannot_have_are_left_to_the_image_and_nothing_is_complained_of() -> None:
    theory = toc.loads("{toc: 1, title: 阅读, goal: 每个孩子都阅读, language: zh}")
    shown = theory._repr_mimebundle_()
    assert set(shown) == {"text/html", *(() if is_embedded() else ("image/png",)), "text/plain"}
    assert "每个孩子都阅读" in drawing(shown["text/html"])


def test_an_engine_that_paints_svg_alone_gives_the_notebook_the_rest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    theory = toc.example("small-charity")
    whole = theory._repr_mimebundle_()
    real = engine._engine().path
    script = tmp_path / "engine"
    script.write_text(
        f'#!/bin/sh\ncase "$*" in *-Tpng*) echo "Error: no PNG here" >&2; exit 1;; esac\nexec "{real}" "$@"\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("TOC_ENGINE", str(script))
    assert theory._repr_mimebundle_() == {kind: whole[kind] for kind in ("text/html", "text/plain")}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_advice_for_every_activity_stands_beneath_the_drawing(name: str) -> None:
    theory = toc.example(name)
    html = html_of(theory)
    picture, _, beneath = html.partition(">\n")[2].partition(">\n")
    assert picture.startswith("<img ")
    assert theory.guidance()._repr_html_() in beneath
    *_, table = parsed(html).findall(".//table/tbody")
    assert [row[0].text for row in table] == [activity.title for activity in theory.activities.values()]


def test_a_theory_without_activities_has_no_advice_beneath_its_drawing() -> None:
    theory = toc.loads("{toc: 1, title: T, goal: G}")
    html = html_of(theory)
    assert "<svg" in drawing(html)
    assert html.count("<table") == theory.check()._repr_html_().count("<table")
    assert theory.guidance()._repr_html_() not in html


def test_what_is_to_be_typed_is_set_as_code_among_the_findings() -> None:
    html = html_of(toc.example("small-charity"))
    assert "write <code>company: {because: …}</code> under <code>leads_to:</code> of <code>early-help</code>" in html
    assert "`" not in "".join(parsed(html).itertext())


def test_between_the_drawing_and_the_advice_stands_what_to_do_first() -> None:
    theory = toc.example("rgs-newcastle")
    html, found = html_of(theory), theory.check()
    assert html.index("<img ") < html.index(found._repr_html_()) < html.index(theory.guidance()._repr_html_())
    first, _ = parsed(html).findall(".//table/tbody")
    then = parsed(html).findall(".//ul/li")
    assert len(first) == 3
    assert len(first) + len(then) == len({finding.code for finding in found}) < len(found)


def test_a_theory_in_which_nothing_is_found_shows_no_findings() -> None:
    bare = toc.loads("{toc: 1, title: T, goal: G}")
    silence = [{"code": finding.code, "reason": "tried"} for finding in bare.check()]
    theory = bare.evolve(settings={"checks": {"silence": silence}})
    assert not theory.check()
    assert "<table" not in html_of(theory)


def test_two_theories_in_a_page_share_no_id() -> None:
    assert not [it for name in EXAMPLES for it in parsed(html_of(toc.example(name))).iter() if "id" in it.attrib]


def test_the_same_theory_is_always_shown_the_same() -> None:
    assert html_of(toc.example("small-charity")) == html_of(toc.example("small-charity"))


def test_what_stands_in_a_theory_cannot_act_in_the_page() -> None:
    hostile = toc.example("small-charity").evolve(title=HOSTILE).edit("company", title=HOSTILE, description=HOSTILE)
    html = html_of(hostile)
    assert "<script" not in html + drawing(html)
    assert "&lt;script&gt;" in html
    assert HOSTILE in "".join(parsed(html).itertext())
    assert HOSTILE in image(html)["alt"]
    assert HOSTILE in "".join(ET.fromstring(drawing(html)).itertext())  # noqa: S314  # our own


def test_without_an_engine_the_drawing_is_shown_all_the_same_but_for_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    theory = toc.example("small-charity").evolve(title=HOSTILE)
    html = html_of(theory)
    monkeypatch.setenv("TOC_ENGINE", "no-such-<program>")
    assert theory._repr_mimebundle_() == {"text/html": html, "text/plain": theory.outline()}

"""The page as a file: what it lets in, what it holds, and that it holds it as text."""

from __future__ import annotations

import base64
import json
import re
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given

import toc
from page.theories import NASTY, nasty, reading
from strategies import theories, tries
from toc.diagram.looks.page import untitled
from toc.diagram.looks.themes import DARK, LIGHT, THEMES
from toc.draw_options import Looks
from toc.errors import DrawingError
from toc.explore.picture import colours
from toc.language.text import one_line
from toc.pages.blocks import Figure
from toc.render.svg import to_svg

EXAMPLES = ("small-charity", "rgs-newcastle", "large-programme")
VOID = {"meta", "link", "input", "br", "img"}
ALLOWED_SCRIPTS = [{"type": "application/json", "id": "data"}, {}]


class Read(HTMLParser):
    """The elements with their attributes, the text around them, and those that were left open."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.inside: dict[str, str] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self.open[-1:] in (["script"], ["style"]):
            self.inside[f"{self.open[-1]} {self.elements[-1][1].get('type', '')}".strip()] = data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def kept(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_policy_lets_in_the_one_script_and_the_one_style_sheet_and_nothing_else(name: str) -> None:
    page = Read(toc.example(name).to_html())
    (policy,) = [one["content"] for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    hashes = [
        f"'sha256-{base64.b64encode(sha256(page.inside[part].encode()).digest()).decode()}'"
        for part in ("script", "style")
    ]
    assert policy == (
        f"default-src 'none'; script-src {hashes[0]}; style-src {hashes[1]}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    assert page.all("script") == ALLOWED_SCRIPTS
    assert len(page.all("style")) == 1


@pytest.mark.parametrize("theory", [toc.example("rgs-newcastle"), reading(), nasty()], ids=["rgs", "reading", "nasty"])
def test_nothing_comes_from_elsewhere_and_nothing_acts_but_the_script(theory: toc.TheoryOfChange) -> None:
    page = Read(theory.to_html(search="quick"))
    for tag, attributes in page.elements:
        assert not {
            name for name in attributes if name.startswith("on") or name in {"style", "src", "srcset", "action"}
        }
        for name in ("href", "xlink:href"):
            assert re.match(r"#|https?://|mailto:|data:,$", attributes.get(name, "#")), (tag, attributes)
        if attributes.get("href", "").startswith(("http", "mailto")):
            assert attributes["rel"] == "noopener noreferrer"
    assert not page.open
    assert {"img", "iframe", "object", "base", "form"}.isdisjoint(tag for tag, _ in page.elements)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_id_stands_once_and_every_link_within_the_page_arrives(name: str) -> None:
    page = Read(toc.example(name).to_html())
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {one["href"][1:] for one in page.all("a") if one["href"].startswith("#")}
    assert targets <= set(ids)
    for name_of in ("aria-labelledby", "aria-describedby", "aria-controls"):
        assert {attributes[name_of] for _, attributes in page.elements if name_of in attributes} <= set(ids)


def test_ids_that_are_also_names_of_the_page_do_no_harm() -> None:
    page = Read(nasty().to_html())
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {"toc-title", "toc-node1", "toc-graph0", "about-about", "about-title"} <= set(ids)


def test_a_box_and_an_arrow_of_the_same_name_keep_apart() -> None:
    ids = ("a", "a--b", "b", "b--c", "c")
    outcomes = {id: {"title": id, "leads_to": [*ids[at + 1 :], "g"]} for at, id in enumerate(ids)}
    theory = toc.TheoryOfChange.model_validate({"toc": 1, "title": "T", "goals": {"g": "G"}, "outcomes": outcomes})
    page = Read(theory.to_html(view="layers", search="quick"))
    found = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(found) == len(set(found))
    ends = sorted((one["data-source"], one["data-target"]) for one in page.all("g") if "data-source" in one)
    assert ends == sorted((link.source, link.target) for link in theory.links)


@pytest.mark.parametrize("text", NASTY)
def test_what_people_wrote_is_text(text: str) -> None:
    page = Read(nasty().to_html())
    whole = kept("".join(page.text))
    assert kept(text) in whole
    data = json.loads(page.inside["script application/json"])
    assert kept(text) in [kept(node["title"]) for node in data["nodes"]]


def test_the_data_block_cannot_be_left() -> None:
    data = Read(nasty().to_html()).inside["script application/json"]
    assert not re.search("[<>&\u2028\u2029]", data)


@pytest.mark.parametrize("theme", THEMES)
def test_the_picture_is_the_one_that_is_drawn_elsewhere(theme: str) -> None:
    theory = toc.example("rgs-newcastle")
    page, svg = (
        theory.to_html(theme=theme, search="quick"),
        to_svg(untitled(theory.diagram(search="quick")), THEMES[theme]),
    )
    shape = re.compile(r' (?:d|points|stroke-dasharray|stroke-width)="[^"]*"')
    drawn = page[page.index("<svg") : page.index("</svg>")]
    assert shape.findall(re.sub(r' data-way="[^"]*"', "", drawn)) == shape.findall(svg)
    assert re.findall(r"<text[^>]*>([^<]*)", drawn) == re.findall(r"<text[^>]*>([^<]*)", svg)
    names = re.findall(r'(?:fill|stroke)="var\(--t-([a-z-]+)\)"', drawn)
    painted = [colours(THEMES[theme])[name] for name in names]
    assert painted == re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', svg)


def test_light_and_dark_know_each_other_and_an_own_theme_stays_as_it_is() -> None:
    theory = reading()
    light, dark, own = (
        theory.to_html(theme=one, search="quick") for one in (LIGHT, DARK, LIGHT._replace(ink="#102030"))
    )
    assert '<html lang="en-GB" data-look="light">' in light
    assert '<html lang="en-GB" data-look="dark">' in dark
    assert "data-look" not in own.partition("</html>")[0].partition("<style>")[0]
    assert "--t-ink: #102030" in own
    assert light.count(f"--t-paper: {DARK.paper}") == 1


def test_a_theme_cannot_bring_in_more_than_colours() -> None:
    with pytest.raises(DrawingError, match=r"'red;\}' is no colour for paper"):
        reading().to_html(theme=LIGHT._replace(paper="red;}"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_outline_holds_every_box_once_with_its_title(name: str) -> None:
    theory = toc.example(name)
    page = Read(theory.to_html(search="quick"))
    about = [one["id"].removeprefix("about-") for one in page.all("details") if one.get("id", "").startswith("about-")]
    boxes = [box.id for box in theory.diagram(search="quick").boxes]
    assert sorted(about) == sorted(boxes)
    whole = kept("".join(page.text))
    assert [node.title for id in boxes if kept((node := theory.nodes[id]).title) not in whole] == []


def test_every_argument_kpi_and_piece_of_advice_is_in_the_page() -> None:
    theory = toc.example("rgs-newcastle")
    whole = kept("".join(Read(theory.to_html(search="quick")).text))
    for link in theory.links:
        assert kept(link.because or "").rstrip(".") in whole
        assert all(kept(one.text) in whole for one in link.assumptions)
        assert all(kept(one.source) in whole for one in link.evidence)
    for kpi in theory.kpis.values():
        assert all(kept(text) in whole for text in (kpi.title, kpi.owner or "", kpi.source or ""))
    for advice in (theory.guidance(id) for id in theory.activities):
        assert all(kept(text) in whole for text in (advice.headline, *advice.reasons, *advice.do_not_claim))


def test_what_a_filter_leaves_out_is_not_in_the_page() -> None:
    theory = reading()
    page = theory.to_html(tag="families", search="quick")
    for text in ("Fête of stories", "Library visits"):
        assert text in page
    for text in ("Reading clubs", "Mentors read with pupils", "Clubs are where sessions happen", "Reading age gain"):
        assert text not in page


def test_the_organisations_words_stand_in_headings_and_filters() -> None:
    page = reading().to_html()
    text = kept("".join(Read(page).text))
    assert "Outcome Pupils read fluently" in text
    assert "Project Reading clubs" in text
    assert "<legend>Strand</legend>" in page
    headings = re.findall(r'(?:<h[345]>|class="(?:kind|reach)">)([^<]+)', page)
    assert len(headings) > 40
    assert not [text for text in headings if re.search(r"\b(activit|pillar)", text, re.IGNORECASE)]


@pytest.mark.parametrize("view", ["pillars", "layers", "logic-model", "triangle", "collapsed"])
def test_every_view_can_be_explored(view: str) -> None:
    theory = reading()
    page = Read(theory.to_html(view=view, search="quick"))
    data = json.loads(page.inside["script application/json"])
    drawn = [one["id"].removeprefix("toc-") for one in page.all("g") if "id" in one and one["class"].startswith("node")]
    assert sorted(drawn) == sorted(node["id"] for node in data["nodes"])
    assert sorted(drawn) == sorted(box.id for box in theory.diagram(view, search="quick").boxes)


def test_a_path_and_a_neighbourhood_can_be_explored() -> None:
    theory = reading()
    assert 'id="toc-clubs"' in theory.to_html(view="path", node="clubs", search="quick")
    assert 'id="about-mentors"' not in theory.to_html(view="path", node="clubs", search="quick")
    assert "1 more, not in this drawing" in theory.to_html(view="path", node="clubs", search="quick")
    assert 'id="about-mentors"' in theory.to_html(view="neighbourhood", node="fluent", search="quick")


def test_a_finding_on_a_box_stands_among_its_facts() -> None:
    theory = toc.example("rgs-newcastle")
    diagram = theory.diagram(search="quick")
    marked = Read(theory.to_html(findings=True, search="quick"))
    assert len("".join(marked.text)) > len("".join(Read(theory.to_html(search="quick")).text))
    assert len(diagram.boxes) == sum(one["class"].startswith("node") for one in marked.all("g") if "id" in one)


def test_the_same_theory_gives_the_same_page() -> None:
    assert reading().to_html() == reading().to_html()


def test_the_page_is_in_the_language_of_the_theory() -> None:
    assert '<html lang="de"' in reading().evolve(language="de").to_html()


def test_a_frame_is_harmless_and_says_what_it_is() -> None:
    frame = nasty().explore(height=480)._repr_html_()
    read = Read(frame)
    (_, place), (_, still), (_, attributes) = read.elements
    assert [tag for tag, _ in read.elements] == ["div", "img", "iframe"]
    assert place["style"] == "position:relative;height:480px"
    assert still["src"] == Figure(nasty().to_svg(), "").address
    assert still["alt"] == one_line(nasty().describe())
    assert "position:absolute;top:0;left:0;width:100%;height:100%" in attributes["style"]
    assert attributes["sandbox"] == "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    assert attributes["srcdoc"] == nasty().to_html()
    assert attributes["title"] == f"{NASTY[0]}, to explore"
    assert attributes["height"] == "480"
    assert nasty().explore(height=480)._mime_() == ("text/html", frame)


@pytest.mark.usefixtures("needs_engine")
def test_a_notebook_that_shows_no_frames_shows_the_drawing_that_was_asked_for() -> None:
    asked = Looks(view="path", node="clubs", theme="dark")
    found = reading().explore(**asked)._repr_mimebundle_()
    assert set(found) == {"text/html", "image/png", "text/plain"}
    assert Figure(reading().to_svg(**asked), "").address in found["text/html"]
    assert base64.b64decode(found["image/png"])[1:4] == b"PNG"
    assert found["text/plain"] == "Explorer(title='Reading together', height=720)"


def test_a_frame_too_low_to_show_anything_is_refused() -> None:
    with pytest.raises(toc.OptionError, match="200 or more, not 20"):
        reading().explore(height=20)


@tries(15)
@given(theory=theories())
def test_any_theory_makes_a_page(theory: toc.TheoryOfChange) -> None:
    page = Read(theory.to_html(view="pillars", search="quick"))
    assert not page.open
    assert page.all("script") == ALLOWED_SCRIPTS
    data = json.loads(page.inside["script application/json"])
    assert [node["id"] for node in data["nodes"]] == [box.id for box in theory.diagram("pillars", search="quick").boxes]
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_a_box_tells_what_the_partners_give_gain_and_answer() -> None:
    theory = toc.example("rgs-newcastle").edit("zones-visits", reach={"teachers": 12}, places="Whoever asks first")
    said = theory.explore()._repr_html_()
    for text in (
        "Internal impact",
        "Given by Partner primary schools",
        "special needs and inclusion",
        "In return for",
        "Coding clubs for primary schools: The same schools taught RGS in return",
        "12 people of Teachers in partner schools and at RGS",
        "Whoever asks first",
        "No school could have raised the money, paid or found such a teacher alone",
    ):
        assert text in said, text

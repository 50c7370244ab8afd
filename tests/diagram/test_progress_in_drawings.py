"""How KPIs stand, in a drawing: a sign of its own shape and a word for each, and what the rest of the drawing says of it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections import Counter
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import toc
from diagram.geometry import text_fits_its_box
from toc.diagram import Diagram
from toc.diagram.looks.legend import sample_of
from toc.diagram.looks.theme_file import contrast, plain, theme_from
from toc.diagram.looks.themes import THEMES
from toc.diagram.shapes import Sign
from toc.diagram.type.box_text import signs_of
from toc.monitoring import Status

DAY = dt.date(2026, 11, 25)
RGS = toc.example("rgs-newcastle")
GLYPHS = "★●▲■✕○"
MAIN = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def kpi(title: str, measures: str, latest: float | None, **more: Any) -> dict[str, Any]:
    """A KPI from 10 to 20 months, half of its way due."""
    readings = [] if latest is None else [{"date": "2026-11-01", "value": latest}]
    return {
        "title": title, "measures": measures, "unit": "months", "frequency": "yearly", "readings": readings,
        "baseline": {"value": 10, "date": "2025-11-01"}, "target": {"value": 20, "by": "2027-11-01"}, **more,
    }  # fmt: skip


EVERY = toc.TheoryOfChange.model_validate(
    {
        "toc": 1,
        "title": "A programme",
        "goal": "Every child reads",
        "pillars": {"p": {"title": "Literacy", "leads_to": "goal"}},
        "outcomes": {"o": {"title": "Pupils read", "leads_to": "p"}},
        "activities": {"a": {"title": "Reading partners", "leads_to": "o"}},
        "kpis": {
            "met": kpi("Gain", "o", 21),
            "on": kpi("Pairs", "o", 15),
            "behind": kpi("Books", "o", 13.2),
            "off": kpi("Visits", "a", 12),
            "missed": kpi("Loans", "a", 12, target={"value": 20, "by": "2026-11-10"}),
            "unknown": kpi("Joy", "p", None),
        },
    }
)
WORDS = {
    "met": "met", "on": "on track", "behind": "behind", "off": "off track", "missed": "missed", "unknown": "not known",
}  # fmt: skip


def drawn(theory: toc.TheoryOfChange = EVERY, **options: Any) -> Diagram:
    return theory.diagram(progress=True, today=DAY, search="quick", **options)


def kpi_lines(diagram: Diagram) -> dict[str, Any]:
    return {line.about or line.text: line for box in diagram.boxes for line in box.lines if line.role == "kpi"}


@pytest.mark.parametrize("kpis", ["full", "short", "once"])
def test_each_kpi_says_how_it_stands(kpis: str) -> None:
    found = kpi_lines(drawn(kpis=kpis))
    assert {id: line.text.split(" – ")[0] for id, line in found.items()} == WORDS
    assert {id: line.status.word for id, line in found.items()} == WORDS
    for id, line in kpi_lines(EVERY.diagram(kpis=kpis, search="quick")).items():  # type: ignore[arg-type]
        assert found[id].text == f"{WORDS[id]} – {line.text}"
        assert line.status is None


def test_where_kpis_are_counted_so_are_those_that_stand_alike_and_a_mixed_count_has_no_sign() -> None:
    found = {text: line.status for text, line in kpi_lines(drawn(kpis="count")).items()}
    assert found == {
        "3 KPIs: 1 met, 1 on track, 1 behind": None,
        "2 KPIs: 1 off track, 1 missed": None,
        "1 KPI: not known": Status.UNKNOWN,
    }
    both = EVERY.evolve(
        kpis={"on": kpi("Pairs", "o", 15), "too": kpi("Gain", "o", 15), "d": kpi("D", "o", 1, status="draft")}
    )
    assert kpi_lines(drawn(both, kpis="count"))["3 KPIs: on track, 1 draft"].status is Status.ON_TRACK


def test_a_head_says_how_the_kpis_stand_that_it_only_counts() -> None:
    two = EVERY.evolve(
        kpis={"one": kpi("Gain", "p", 15), "two": kpi("Joy", "p", None), "three": kpi("Mood", "p", None)}
    )
    (line,) = kpi_lines(drawn(two)).values()
    assert line.text.endswith("; and 2 more KPIs (not known)")


def test_boxes_carry_no_mark() -> None:
    assert {box.mark for box in drawn().boxes} == {""}


def test_the_legend_has_a_sample_of_each_sign_that_occurs() -> None:
    keys = [key for key in drawn().legend if isinstance(sample_of(key), Sign)]
    assert [key.text for key in keys] == ["progress: met", "on track", "behind", "off track", "missed", "not known"]
    few = [key.text for key in drawn(RGS).legend if isinstance(sample_of(key), Sign)]
    assert few == ["progress: on track", "behind", "not known"]
    assert not any(isinstance(sample_of(key), Sign) for key in EVERY.diagram().legend)
    assert [key.text for key in drawn().legend if key.sample == "unknown"] == ["confidence not stated"]


def test_the_drawing_tells_the_day() -> None:
    said = [caption.text for caption in drawn(kpis="short").captions if caption.role == "note"]
    assert said == ["KPIs in short: latest reading → target; progress on 25 November 2026"]


def test_a_tooltip_says_why_and_what_was_expected() -> None:
    boxes = {box.id: box.tooltip for box in drawn().boxes}
    assert "KPI: not known – Joy: target 20 months by Nov 2027; no reading is due yet" in boxes["p"]
    assert (
        "KPI: behind – Books: target 20 months by Nov 2027, latest 13.2 (Nov 2026); 15 expected by then" in boxes["o"]
    )
    over = EVERY.evolve(
        kpis={"k": kpi("Joy", "goal", 15, above_ceiling=True)}, settings={"vocabulary": {"ceiling": "Horizon"}}
    )
    assert "above the horizon" in next(box.tooltip for box in drawn(over).boxes if box.id == "goal")


def test_the_description_says_each_word() -> None:
    told = EVERY.describe(progress=True, today=DAY)
    assert all(f"KPI: {word} – {EVERY.kpis[id].title}: " in told for id, word in WORDS.items())
    assert "on 25 November 2026" in told
    assert "All arrows: confidence not stated." in told


@pytest.mark.parametrize("theme", THEMES)
def test_every_sign_stands_out_from_its_ground(theme: str) -> None:
    look = THEMES[theme]
    assert look.plain >= plain(look)
    grounds = {"": look.paper} | {kind: paint.fill for kind, paint in look.boxes.items()}
    for kind, ground in grounds.items():
        for status in Status:
            assert contrast(look.of_sign(Sign(status, kind, 0, 0)), ground) >= 3, (kind, status)  # type: ignore[arg-type]


def test_a_theme_of_one_s_own_never_hides_a_sign() -> None:
    own = theme_from("boxes:\n  activity: {fill: '#17384a', text: '#fff', note: '#fff'}\n", source="ours.yaml")
    assert "activity" in own.plain
    assert own.of_sign(Sign(Status.MISSED, "activity", 0, 0)) == "#ffffff"
    assert own.of_sign(Sign(Status.MISSED, "outcome", 0, 0)) == own.marks["removed"].colour


@pytest.mark.parametrize("theme", THEMES)
def test_no_two_signs_differ_by_colour_alone(theme: str) -> None:
    svg = EVERY.to_svg(progress=True, today=DAY, theme=theme, search="quick")
    shapes = {}
    for element, status, looks, rest in re.findall(
        r'<(polygon|ellipse) class="sign ([\w-]+)" fill="([^"]+)"([^>]*)/>', svg
    ):
        points = re.findall(r"[\d.]+,[\d.]+", rest)
        shapes[status] = (element, looks == "none", len(points))
    assert len(shapes) == 6
    assert len(set(shapes.values())) == 6


def count_of_signs(diagram: Diagram) -> Counter[str]:
    """The signs of the boxes and of the legend."""
    found = Counter(str(sign.status) for box in diagram.boxes for sign in signs_of(box))
    found.update(str(sample.status) for key in diagram.legend if isinstance(sample := sample_of(key), Sign))
    return found


def test_signs_are_drawn_shapes_in_every_format_that_draws() -> None:
    wanted = count_of_signs(drawn())
    assert wanted == Counter(dict.fromkeys(Status, 2))
    svg = EVERY.to_svg(progress=True, today=DAY, search="quick")
    assert Counter(re.findall(r'class="sign ([\w-]+)"', svg)) == wanted
    dot = EVERY.to_dot(progress=True, today=DAY, search="quick")
    assert Counter(re.findall(r'class="sign ([\w-]+)"', dot)) == wanted + Counter({"missed": 2}), "a cross is two lines"
    names = {status.word: str(status) for status in Status}
    page = ET.fromstring(EVERY.to_drawio(progress=True, today=DAY, search="quick"))  # noqa: S314  # ours
    shown = [one for one in page.iter("object") if one.get("label") in {"", None} and one.get("tooltip") in names]
    assert Counter(names[str(one.get("tooltip"))] for one in shown) == wanted
    inside = [one for cell in shown if (one := cell.find("mxCell")) is not None and one.get("parent") != "1"]
    assert {one.get("parent") for one in inside} == {"node-o", "node-a", "node-p"}, "they move with their boxes"
    for text in (svg, dot, ET.tostring(page, encoding="unicode")):
        assert not any(f"{glyph} {word}" in text for glyph in GLYPHS for word in names)


def test_signs_are_shapes_on_a_slide_that_move_with_their_boxes() -> None:
    pytest.importorskip("pptx")
    deck = zipfile.ZipFile(io.BytesIO(EVERY.to_pptx(progress=True, today=DAY, search="quick", view="pillars")))
    slide = ET.fromstring(deck.read("ppt/slides/slide1.xml"))  # noqa: S314  # ours
    words = {status.word for status in Status}
    named = {
        shape: str(shape[0][0].get("name")) for shape in slide.iter() if shape.tag in {f"{MAIN}sp", f"{MAIN}grpSp"}
    }
    signs = (name for shape, name in named.items() if name in words and shape[0][1].get("txBox") is None)
    assert Counter(signs) == Counter(dict.fromkeys(words, 2))
    moving = {named[group] for group in named if {named.get(one) for one in group} & words}
    assert moving == {"Pupils read", "Reading partners", "Literacy"}
    ids = [shape[0][0].get("id") for shape in named]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("format", ["mermaid", "graphml"])
def test_formats_of_text_use_the_word(format: str) -> None:
    text = getattr(EVERY, f"to_{format}")(progress=True, today=DAY, search="quick")
    assert all(f"{word} – {EVERY.kpis[id].title}" in text for id, word in WORDS.items())
    assert not any(glyph in text for glyph in "★✕")


def test_a_line_that_is_read_from_right_to_left_has_its_sign_on_the_right() -> None:
    theory = EVERY.evolve(kpis={"k": kpi("مكاسب عمر القراءة خلال العام الدراسي", "o", 15), "l": kpi("Gain", "o", 15)})
    (box,) = [box for box in drawn(theory).boxes if box.id == "o"]
    first, second = signs_of(box)
    assert first.x > box.x + box.width / 2 > second.x
    assert second.y > first.y


@pytest.mark.parametrize("page", ["free", "a4", "slide"])
@pytest.mark.parametrize("kpis", ["full", "short", "once", "count"])
@pytest.mark.filterwarnings("ignore::toc.TocWarning")
def test_words_fit_their_boxes(page: str, kpis: str) -> None:
    assert list(text_fits_its_box(RGS, drawn(RGS, page=page, kpis=kpis))) == []


def test_the_ladder_takes_the_first_step_that_keeps_the_least_type() -> None:
    found = drawn(RGS, page="a3")
    sizes = {kpis: drawn(RGS, page="a3", kpis=kpis).title_size for kpis in ("full", "short", "once", "count")}
    first = next(kpis for kpis, size in sizes.items() if size >= found.page.least)
    assert found == drawn(RGS, page="a3", kpis=first)


def test_the_table_of_a_deck_says_how_each_kpi_stands() -> None:
    html = RGS.to_html(deck=True, progress=True, today=DAY, search="quick", page="slide")
    assert "How it stands" in html
    assert "How it stands" not in RGS.to_html(deck=True, search="quick", page="slide")


def test_the_day_decides_and_later_readings_do_not_count() -> None:
    early = dt.date(2026, 5, 1)
    line = kpi_lines(RGS.diagram(progress=True, today=early, search="quick"))["reading-age"]
    assert line.text == "not known – Reading-age gain over the school year: target 14 months by Jul 2027"
    found = RGS.progress(dt.date(2026, 11, 25))
    assert RGS.to_svg(progress=found, search="quick") == RGS.to_svg(progress=True, today=DAY, search="quick")
    assert RGS.to_svg(findings=True, today=DAY, search="quick") == RGS.to_svg(
        findings=RGS.check(today=DAY), search="quick"
    )


def test_what_is_no_progress_of_this_theory_is_refused() -> None:
    with pytest.raises(toc.OptionError, match=r"progress=3 is none: give what theory\.progress\(\) found"):
        RGS.to_svg(progress=3)  # type: ignore[arg-type]
    with pytest.raises(toc.OptionError, match="another theory: it knows no KPI graduating-trainees"):
        RGS.to_svg(progress=EVERY.progress(DAY))
    with pytest.raises(toc.OptionError, match="today is a date"):
        RGS.to_svg(progress=True, today="tomorrow")  # type: ignore[arg-type]


def test_without_progress_a_drawing_is_as_it_was() -> None:
    assert "sign" not in EVERY.to_svg(progress=False, search="quick")
    assert EVERY.to_svg(progress=False, search="quick") == EVERY.to_svg(search="quick")

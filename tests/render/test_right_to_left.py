"""Rows that are read from right to left start at the right edge of their place, whatever their letters' width."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

import toc

ARABIC = "كل طفل يقرأ بمستوى عمره في مدارس المدينة"
HEBREW = "כל ילד קורא ברמת גילו בבתי הספר של העיר"
ROW = re.compile(r'<text[^>]* direction="rtl" x="([\d.]+)"[^>]*>([^<]+)</text>')


def theory_in(words: str) -> toc.TheoryOfChange:
    theory = toc.example("small-charity").edit("friendships", title=words)
    return theory.edit("company", title=words).edit(next(iter(theory.kpis)), title=words)


@pytest.mark.parametrize("words", [ARABIC, HEBREW])
@pytest.mark.parametrize("view", ["pillars", "layers", "logic-model"])
def test_every_row_of_it_ends_at_the_right_edge_of_its_box(words: str, view: str) -> None:
    theory = theory_in(words)
    diagram = theory.diagram(view, search="quick")
    rows = [row for box in diagram.boxes for line in box.lines if line.text.startswith(words[:9]) for row in line.rows]
    found = ROW.findall(theory.to_svg(view=view, search="quick"))
    assert sorted(text for _, text in found if text != "•") == sorted(rows)
    edges = {round(box.x + box.width - 8, 2) for box in diagram.boxes}
    assert {float(x) for x, text in found if text == "•"} <= edges
    assert {float(x) for x, _ in found} <= edges | {round(edge - 7, 2) for edge in edges}  # beside a bullet


def test_a_title_in_such_a_script_stands_on_the_right() -> None:
    theory = toc.example("small-charity").evolve(title=ARABIC)
    diagram = theory.diagram(search="quick")
    ((x, text),) = [row for row in ROW.findall(theory.to_svg(search="quick")) if row[1] == ARABIC]
    assert text == diagram.captions[0].text
    assert float(x) == pytest.approx(diagram.width - 18, abs=0.01)


def test_other_scripts_stay_where_they_are() -> None:
    theory = toc.example("small-charity").evolve(title="Élèves 每个孩子 Lesen")
    assert "rtl" not in theory.to_svg(search="quick")


def test_accented_capitals_stand_where_others_do() -> None:
    theory = toc.example("small-charity").edit(
        "company", title="ÉVALUATION DES APPRENTISSAGES À L’ŒUVRE DÈS LA RENTRÉE"
    )
    svg = theory.to_svg(view="collapsed", search="quick")
    (box,) = (box for box in theory.diagram("collapsed", search="quick").boxes if box.id == "company")
    rows = {row for line in box.lines for row in line.rows}
    found = {text: float(x) for x, text in re.findall(r'<text[^>]* x="([\d.]+)"[^>]*>([^<]+)</text>', svg)}
    assert rows <= found.keys()
    assert {found[row] - box.x for row in rows} <= {8, 15}


def test_quotation_marks_beside_such_letters_stay_text() -> None:
    words = "كل onload='alert(1)' \"><script>"
    theory = toc.example("small-charity").edit("company", title=words)
    root = ET.fromstring(theory.to_svg(view="collapsed", search="quick"))  # noqa: S314  # our own text
    shown = " ".join(text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text"))
    assert words in shown
    assert not any(name.startswith("on") for part in root.iter() for name in part.attrib)

"""The PDF says what the SVG says, in the same places, and admits what its typeface cannot say."""

from __future__ import annotations

import base64
import builtins
import re
import subprocess
import warnings
import zlib
from pathlib import Path
from typing import Any

import pytest

import toc
from toc.errors import DrawingError, MissingExtraError
from toc.render.pdf import svg_to_pdf

pytest.importorskip("svglib")
pytest.importorskip("reportlab")

TITLES = ["Réading partners – café", "Größe & Œuvre", "Señor’s “ñandú”", "£2 → €3, 50 % • µm", "Άλφα <b>ß</b>"]


def drawing(*labels: str) -> str:
    """A drawing of pillars with these titles, each with its number among the KPIs."""
    pillars = {
        f"p{number}": {"title": label, "leads_to": {"goal": {"confidence": "medium"}}}
        for number, label in enumerate(labels)
    }
    kpis = {f"k{number}": {"title": f"KPI number {number}", "measures": f"p{number}"} for number in range(len(labels))}
    data = {"toc": 1, "title": "T", "language": "en-GB", "goal": "G", "pillars": pillars, "kpis": kpis}
    return toc.TheoryOfChange.model_validate(data).to_svg()


def text_of(pdf: bytes, pdftotext: str, folder: Path, *options: str) -> str:
    path = folder / "drawing.pdf"
    path.write_bytes(pdf)
    return subprocess.run([pdftotext, *options, str(path), "-"], capture_output=True, check=True).stdout.decode()


def test_every_title_can_be_selected(pdftotext: str, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        found = " ".join(text_of(svg_to_pdf(drawing(*TITLES), title="T"), pdftotext, tmp_path).split())
    for title in TITLES[:-1]:
        assert title in found
    assert "<b>ß</b>" in found
    assert "KPI number 3" in found


def test_text_stands_where_the_svg_has_it(pdftotext: str, tmp_path: Path) -> None:
    svg = drawing("Reading")
    found = text_of(svg_to_pdf(svg, title="T"), pdftotext, tmp_path, "-bbox")
    text = re.search(r'x="([-\d.]+)" y="([-\d.]+)"[^>]*>Reading<', svg)
    word = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">Reading<', found)
    assert text
    assert word
    assert float(word[1]) == pytest.approx(float(text[1]), abs=0.2)
    assert float(word[2]) < float(text[2]) < float(word[4])


def test_the_page_is_as_large_as_the_drawing() -> None:
    svg = drawing("Reading")
    size = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg)
    assert size
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", svg_to_pdf(svg, title="T"))
    assert box
    assert [float(side) for side in box.groups()] == [float(side) for side in size.groups()]


def test_a_drawing_larger_than_a_page_may_be_is_made_smaller() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="28800pt" height="100pt" viewBox="0 0 28800 100"></svg>'
    assert re.search(rb"/MediaBox \[ 0 0 14400 50 \]", svg_to_pdf(svg, title="T"))


def test_bold_text_is_bold_and_dashes_are_dashed() -> None:
    pdf = svg_to_pdf(drawing("Reading"), title="T")
    fonts = dict(re.findall(rb"/BaseFont /([\w-]+) .*?/Name /(F\d+)", pdf, re.DOTALL))
    stream = re.search(rb"stream\r?\n(.*?)~>", pdf, re.DOTALL)
    assert stream
    page = zlib.decompress(base64.a85decode(stream[1]))
    assert re.search(rb"/%b [\d.]+ Tf[^()]*\(Reading\)" % fonts[b"Helvetica-Bold"], page)
    assert re.search(rb"/%b [\d.]+ Tf[^()]*\(KPI number 0\)" % fonts[b"Helvetica"], page)
    assert b"[5 2] 0 d" in page


def test_the_same_drawing_gives_the_same_bytes() -> None:
    svg = drawing("Réading")
    assert svg_to_pdf(svg, title="Réading") == svg_to_pdf(svg, title="Réading")


def test_the_document_is_titled_and_its_language_told() -> None:
    pdf = svg_to_pdf(drawing("Reading"), title="Reading partners")
    assert b"/Title (Reading partners)" in pdf
    assert b"/Lang (en-GB)" in pdf


def test_letters_the_typeface_lacks_are_named_and_lose_their_accents(pdftotext: str, tmp_path: Path) -> None:
    with pytest.warns(
        UserWarning, match=r"no ŵ \(latin small letter w with circumflex\), 漢 .*SVG shows them all"
    ) as caught:
        pdf = svg_to_pdf(drawing("Gŵyl 漢"), title="T")
    assert caught[0].filename == __file__
    found = text_of(pdf, pdftotext, tmp_path)
    assert "Gwyl" in found
    assert "漢" not in found


@pytest.mark.parametrize(
    "text", ["漢字かな", "مرحبا", "😀👩‍🚀👍🏽🇬🇧", "שלום", "กำ", "\u0301x", "\ue000", "≠≮", "Привет"]
)
def test_no_script_stops_the_drawing(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        assert svg_to_pdf(drawing(text), title=text).startswith(b"%PDF-")


def test_accents_typed_as_separate_marks_need_no_warning(pdftotext: str, tmp_path: Path) -> None:
    assert "Réading" in text_of(svg_to_pdf(drawing("Re\u0301ading\u200d"), title="T"), pdftotext, tmp_path)


def test_many_unknown_letters_are_counted() -> None:
    with pytest.warns(UserWarning, match="and 4 more"):
        svg_to_pdf(drawing("漢字山川日本語学校金水木"), title="T")


def test_no_file_and_no_address_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    svg = (
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{secret.as_uri()}">]><svg xmlns="http://www.w3.org/2000/svg" width="90" '
        f'height="90"><image href="{secret}" width="9" height="9"/><image href="https://example.org/x.png" width="9" '
        'height="9"/><text x="1" y="20">a&x;b</text></svg>'
    )
    opened: list[str] = []
    real_open = builtins.open

    def watched(file: Any, *args: Any, **more: Any) -> Any:
        opened.append(str(file))
        return real_open(file, *args, **more)

    monkeypatch.setattr(builtins, "open", watched)
    pdf = svg_to_pdf(svg, title="T")
    assert str(secret) not in opened
    assert b"secret" not in pdf


@pytest.mark.parametrize("text", ["", "digraph {}", "<svg", "<html><svg/></html>", '<svg width="0" height="0"/>'])
def test_a_text_that_is_no_drawing_is_refused(text: str) -> None:
    with pytest.raises(DrawingError, match="not an SVG drawing"):
        svg_to_pdf(text, title="T")


def test_without_the_libraries_the_command_to_install_them_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real_import = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name.split(".", maxsplit=1)[0] == "svglib":
            raise ImportError(name)
        return real_import(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"pip install 'theory-of-change\[pdf\]'"):
        svg_to_pdf("<svg/>", title="T")

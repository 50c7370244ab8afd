"""Answers on paper: Word and PDF hold every word, say what each part is, and open in real programs."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import docx
import openxml_audit  # type: ignore[import-untyped]
import pikepdf
import pytest

import toc
from pages.test_every_answer import EXAMPLES
from toc.pages.answer import Answer
from toc.pages.blocks import Bullets, Coded, Contents, Figure, Heading, Note, Page, PageBreak, Paragraph, Table, lines
from toc.pages.typeset import as_pdf
from toc.pages.word import as_docx

HOSTILE = '#read("/etc/passwd") *b* $x$ <w:p> _u_ @l {} \\ &amp; =1+1'
PLANS = {name: EXAMPLES[name] for name in EXAMPLES if name != "Comparison"}
LONG = "a sentence of several words that takes its room in a column"
WIDE = Table(tuple(f"Column number {at}" for at in range(8)), (tuple(f"{LONG} {at}" for at in range(8)),) * 60)
NARROW = Table(("Who", "How many"), (("Head", 3), ("Office", 14)))
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><circle cx="9" cy="9" r="6"/></svg>'

every_answer = pytest.mark.parametrize("answer", PLANS.values(), ids=PLANS)


def page(*blocks: Any) -> Page:
    """A page of these blocks under one title."""
    return Page("Title", (Heading("Title", 1), *blocks))


def words_of_docx(data: bytes) -> str:
    """All the text of a Word document, with single spaces."""
    document = docx.Document(io.BytesIO(data))
    return " ".join(" ".join(piece.text or "" for piece in document.element.body.iter("{*}t")).split())


def words_of_pdf(data: bytes, tmp_path: Path) -> str:
    """All the text of a PDF, as poppler reads it, without spaces."""
    (tmp_path / "a.pdf").write_bytes(data)
    read = subprocess.run(["pdftotext", "-raw", tmp_path / "a.pdf", "-"], check=True, capture_output=True)
    return squeezed(read.stdout.decode())


def squeezed(text: str) -> str:
    """A text without spaces, line ends and the hyphens that breaking a line puts in."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def texts(one: Page) -> list[str]:
    """Every text of a page that people read."""
    found: list[str] = []
    for block in one.blocks:
        match block:
            case Heading(text) | Paragraph(text) | Note(text):
                found.append(text)
            case Bullets(items):
                found.extend(items)
            case Table(columns, rows):
                found.extend([*columns, *(line for row in rows for cell in row for line in lines(cell))])
            case Figure() | PageBreak() | Contents():
                pass
    return [text.replace("`", "") for text in found if text]


@every_answer
def test_word_holds_every_text_of_an_answer(answer: Answer) -> None:
    said = squeezed(words_of_docx(answer.to_docx()))
    assert [text for text in texts(answer._page()) if squeezed(text) not in said] == []


def test_what_is_to_be_typed_stands_apart_from_the_words_beside_it_in_word() -> None:
    one = page(Paragraph(Coded("write `power:` and  `design:` under it")), Paragraph("  as it\n`is`  "))
    document = docx.Document(io.BytesIO(as_docx(one)))
    assert [line.text for line in document.paragraphs[-2:]] == ["write power: and design: under it", "as it `is`"]


@every_answer
def test_a_pdf_holds_every_text_of_an_answer(answer: Answer, tmp_path: Path) -> None:
    said = words_of_pdf(answer.to_pdf(), tmp_path)
    assert [text for text in texts(answer._page()) if len(text) < 40 and squeezed(text) not in said] == []


@every_answer
def test_nothing_in_a_word_document_is_refused_by_office(answer: Answer, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(answer.to_docx())
    found = openxml_audit.OpenXmlValidator().validate(tmp_path / "a.docx")
    assert [error.description for error in found.errors] == []


@every_answer
def test_the_same_answer_gives_the_same_pdf(answer: Answer) -> None:
    assert answer.to_pdf() == answer.to_pdf()


def test_what_looks_like_markup_is_text_everywhere(tmp_path: Path) -> None:
    one = Page(
        HOSTILE,
        (Heading(HOSTILE, 1), Paragraph(HOSTILE), Bullets((HOSTILE,)), Table((HOSTILE,), ((HOSTILE,),)), Note(HOSTILE)),
    )
    assert words_of_docx(as_docx(one)).count(HOSTILE) == 6
    assert words_of_pdf(as_pdf(one), tmp_path).count(squeezed(HOSTILE)) == 6


def structure(data: bytes) -> list[Any]:
    """Every element of a tagged PDF's tree, from the top."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found: list[Any] = []
        waiting: list[Any] = [pdf.Root.StructTreeRoot]
        while waiting:
            one = waiting.pop(0)
            if isinstance(one, pikepdf.Array):
                waiting[:0] = list(one)
            elif isinstance(one, pikepdf.Dictionary):
                found.append(
                    {str(key): str(one[key]) for key in ("/S", "/Alt") if key in one} | {"/A": repr(one.get("/A"))}
                )
                waiting[:0] = [one["/K"]] if "/K" in one else []
        return found


def test_a_pdf_says_to_a_screen_reader_what_each_part_is() -> None:
    data = as_pdf(page(Heading("Part", 2), Paragraph("x"), NARROW, Figure(DOT, "A dot at the left")), language="de-AT")
    found = structure(data)
    kinds = [one.get("/S") for one in found]
    assert [kind for kind in kinds if kind in {"/H1", "/H2", "/Table", "/Figure"}] == [
        "/H1",
        "/H2",
        "/Table",
        "/Figure",
    ]
    assert [one["/A"] for one in found if one.get("/S") == "/TH" and "Scope" not in one["/A"]] == []
    assert kinds.count("/TH") == 2
    assert [one["/Alt"] for one in found if one.get("/S") == "/Figure"] == ["A dot at the left"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "de"
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()


def test_letters_that_no_font_has_are_named_and_nothing_is_claimed() -> None:
    with pytest.warns(toc.TocWarning, match=r"U\+10ABC0\) and .* \(U\+10ABC1"):
        data = as_pdf(page(Paragraph("a \U0010abc0 b \U0010abc1 c \U0010abc0")))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert b"pdfuaid" not in pdf.Root.Metadata.read_bytes()
        assert "/StructTreeRoot" in pdf.Root


def test_a_wide_table_lies_on_its_side_and_its_heading_goes_with_it() -> None:
    one = page(*[Paragraph(LONG * 30)] * 6, Heading("Wide", 2), WIDE, Heading("After", 2), *[Paragraph(LONG * 30)] * 6)
    document = docx.Document(io.BytesIO(as_docx(one)))
    shapes = [section.page_width > section.page_height for section in document.sections]  # type: ignore[operator]
    assert shapes == [False, True, False]
    with pikepdf.open(io.BytesIO(as_pdf(one))) as pdf:
        sides = [sheet.mediabox[2] > sheet.mediabox[3] for sheet in pdf.pages]
    assert (sides[0], sides[-1]) == (False, False)
    assert True in sides


def test_an_answer_without_a_wide_table_stays_upright() -> None:
    document = docx.Document(io.BytesIO(as_docx(page(Paragraph("x"), NARROW))))
    assert [section.page_width < section.page_height for section in document.sections] == [True]  # type: ignore[operator]


def test_the_first_row_of_a_table_repeats_and_no_row_is_split() -> None:
    body = docx.Document(io.BytesIO(as_docx(page(NARROW)))).element.body
    assert len(list(body.iter("{*}tblHeader"))) == 1
    assert len(list(body.iter("{*}cantSplit"))) == 3


def test_a_header_row_stands_again_on_every_page_of_a_pdf(tmp_path: Path) -> None:
    long = Table(("Who is asked", "How many"), tuple((f"Person {at}", at) for at in range(240)))
    data = as_pdf(page(long))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        sheets = len(pdf.pages)
    assert sheets > 2
    assert words_of_pdf(data, tmp_path).count("Whoisasked") == sheets


def test_headings_in_word_are_headings() -> None:
    document = docx.Document(io.BytesIO(as_docx(page(Heading("Part", 2), Heading("Piece", 3)))))
    assert [(line.text, line.style.name) for line in document.paragraphs if line.style] == [
        ("Title", "Heading 1"),
        ("Part", "Heading 2"),
        ("Piece", "Heading 3"),
    ]


def test_a_picture_in_word_is_an_svg_with_a_png_for_those_who_cannot_show_it(tmp_path: Path) -> None:
    still = toc.example("small-charity").to_png(search="quick")
    data = as_docx(page(Figure(DOT, "A dot", caption="Where it is", still=still)))
    document = docx.Document(io.BytesIO(data))
    kinds = sorted(part.content_type for part in document.part.package.iter_parts() if "image" in part.content_type)
    assert kinds == ["image/png", "image/svg+xml"]
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == ["A dot"]
    (tmp_path / "a.docx").write_bytes(data)
    assert openxml_audit.OpenXmlValidator().validate(tmp_path / "a.docx").errors == []


def test_a_new_page_begins_where_it_is_asked_for(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(as_pdf(page(Paragraph("x"), PageBreak(), Paragraph("y"))))) as pdf:
        assert len(pdf.pages) == 2
    assert page(PageBreak()).blocks[1] == PageBreak()


def test_an_unknown_paper_is_told_with_those_there_are() -> None:
    with pytest.raises(toc.OptionError, match="the papers are a4, a3, letter"):
        EXAMPLES["Coverage"].to_pdf("a44")


@pytest.mark.parametrize(("library", "extra", "form"), [("docx", "docx", "to_docx"), ("typst", "report", "to_pdf")])
def test_a_missing_library_is_told_with_the_command(
    library: str, extra: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(toc.MissingExtraError, match=rf"pip install 'theory-of-change\[{extra}\]'"):
        getattr(EXAMPLES["Coverage"], form)()


@every_answer
def test_making_a_page_warns_of_nothing(answer: Answer) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer.to_docx()
        answer.to_pdf()

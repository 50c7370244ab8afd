"""The printed forms: what strangers wrote stays text in each of them."""

from __future__ import annotations

import csv
import re
from html import escape
from html.parser import HTMLParser
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import tries
from toc.pages.blocks import Bullets, Coded, Figure, Heading, Note, Page, Paragraph, Table
from toc.pages.html import as_fragment, as_html
from toc.pages.markdown import as_markdown, escaped
from toc.pages.plain_text import as_text, columns, wrapped
from toc.pages.sheet import Column, Sheet, as_csv

NASTY = ('<script>alert("x")</script>', "a | b", "**bold** _it_ `code`", "[link](http://x)", "# head", "&lt;", "1. one")


def page(*texts: str) -> Page:
    table = Table(("Text", "Number"), tuple((text, -5) for text in texts))
    return Page(texts[0], (Heading(texts[0], 1), Paragraph(texts[0], strong=True), Bullets(texts), table))


def nasty_theory(text: str) -> toc.TheoryOfChange:
    theory = toc.example("small-charity")
    for id in ("tea-and-games", "new-friends", "company", "friendships"):
        theory = theory.edit(id, title=text)
    return theory.edit("new-friends", unit=text, method=text, owner=text).edit("advice-table", type=text)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


ALLOWED = {"html", "head", "meta", "title", "style", "body", "div", "h1", "h2", "h3", "p", "strong", "ul", "li", "table",
           "thead", "tbody", "tr", "th", "td", "br"}  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_html_shows_what_people_wrote_and_runs_nothing(text: str) -> None:
    theory = nasty_theory(text)
    for shown in (theory.measurement_plan().to_html(), theory.guidance().to_html(), theory.guidance()[0].to_html()):
        tags = Tags()
        tags.feed(shown)
        assert tags.names <= ALLOWED
        assert tags.attributes <= {"lang", "charset", "name", "content", "class", "scope", "style"}
        assert set(re.findall(r'style="[^"]*"', shown)) <= {'style="text-align:left"', 'style="text-align:right"'}
        assert text in tags.text
        assert "http-equiv" not in shown
        assert not re.search(r"(src|href|url)\s*[=(]", shown.replace(text, ""))


def test_a_fragment_for_notebooks_leaves_colours_to_the_page_around_it() -> None:
    theory = toc.example("rgs-newcastle")
    for shown in (theory.guidance(), theory.guidance("scitt"), theory.measurement_plan()):
        html = shown._repr_html_()
        assert html.startswith('<div class="toc-page">')
        style = html.split("</style>")[0]
        assert "color: inherit" in style
        assert not re.search(r"#[0-9a-f]{3,6}|white|black", style)


def test_a_whole_page_follows_light_and_dark_and_names_its_language() -> None:
    shown = as_html(page("Plan"), "de")
    assert "color-scheme: light dark" in shown
    assert '<html lang="de">' in shown
    assert as_fragment(page("Plan")) in shown


@pytest.mark.parametrize("text", NASTY)
def test_what_is_to_be_typed_is_code_and_what_people_wrote_is_not(text: str) -> None:
    shown = Page("P", (Paragraph(Coded(f"write `a: {{b|c}}` for “{text}”")), Paragraph(text)))
    quoted = escape(text)
    assert f"<p>write <code>a: {{b|c}}</code> for “{quoted}”</p>\n<p>{quoted}</p>" in as_fragment(shown)
    assert as_markdown(shown) == f"write `a: {{b\\|c}}` for “{within(text)}”\n\n{escaped(text)}\n"
    assert as_text(shown).startswith("write `a: {b|c}` for “")


def within(text: str) -> str:
    """A text that is not at the start of its line, escaped as Markdown."""
    return escaped(f"“{text}").removeprefix("“")


@pytest.mark.parametrize("text", NASTY)
def test_markdown_keeps_its_tables_whatever_people_wrote(text: str) -> None:
    shown = as_markdown(page(text))
    rows = [line for line in shown.splitlines() if line.startswith("|")]
    assert len(rows) == 3
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 3 for row in rows)
    assert not re.search(r"(?<!\\)<(?!br>)", shown)
    assert not re.search(r"(?<!\\)[`\[\]]", shown)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠"])
def test_a_text_that_looks_like_a_formula_is_made_harmless_in_csv(start: str) -> None:
    columns: tuple[Column[str], ...] = (
        Column("a", start, value=lambda row: f"{row}cmd|' /C calc'!A0"),
        Column("b", "B", value=lambda _: -5.5),
    )
    ((heading, _), (cell, number)) = csv.reader(StringIO(as_csv(Sheet(columns, [start])).removeprefix("\ufeff")))
    assert heading.startswith("'")
    assert cell.startswith("'")
    assert number == "-5.5"


def test_titles_that_look_like_formulas_are_harmless_in_every_csv() -> None:
    theory = nasty_theory('=HYPERLINK("http://x")')
    for text in (theory.measurement_plan().to_csv(), theory.guidance().to_csv()):
        rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
        assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a;=1+1;b", "a;'=1+1;b"),
        ("a; @SUM(A1)", "a; '@SUM(A1)"),
        ('a;"=1+1"', 'a;"\'=1+1"'),
        ("a|-1+1", "a|'-1+1"),
        ("a;+1;-1;＝1", "a;'+1;'-1;'＝1"),
        ("sports; music – all - and more; 5-a-side; ask us@example.org; 1 + 1 = 2", None),
    ],
)
def test_a_part_of_a_text_that_a_spreadsheet_would_cut_off_at_a_semicolon_is_no_formula(
    text: str, written: str | None
) -> None:
    """Where people write decimals with a comma, Excel cuts at semicolons, whatever stands in quotes."""
    columns: tuple[Column[str], ...] = (Column("a", text, value=str),)
    ((heading,), (cell,)) = csv.reader(StringIO(as_csv(Sheet(columns, [text])).removeprefix("\ufeff")))
    assert (heading, cell) == ((written or text),) * 2


@given(st.text("a ;|\"'=+-@\t,", max_size=12))
def test_no_cell_read_at_semicolons_tabs_or_bars_begins_like_a_formula(text: str) -> None:
    columns: tuple[Column[str], ...] = (Column("a", "A", value="x{}".format),)
    line = as_csv(Sheet(columns, [text])).splitlines()[1]
    parts = [part.strip(' "') for separator in ";|\t" for part in line.split(separator)]
    assert [part for part in parts if part.startswith(("=", "+", "-", "@"))] == []


def test_negative_numbers_stay_numbers_in_csv() -> None:
    theory = toc.example("small-charity").edit("new-friends", baseline=-10, target={"value": -2.5})
    header, first, *_ = csv.reader(StringIO(theory.measurement_plan().to_csv().removeprefix("\ufeff")))
    cells = dict(zip(header, first, strict=True))
    assert (cells["Baseline"], cells["Target"]) == ("-10", "-2.5")


def test_a_cell_of_csv_stays_on_one_line_and_an_unknown_one_says_what_is_missing() -> None:
    theory = toc.example("small-charity").edit("new-friends", title="Two\nlines, and a comma")
    text = theory.measurement_plan().to_csv()
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == text.count("\r\n") == 3
    assert "Two lines, and a comma" in rows[1]
    assert "no method yet" in rows[1]


@pytest.mark.parametrize("name", ["rgs-newcastle", "small-charity", "large-programme"])
def test_text_fits_a_terminal_of_a_hundred_columns_without_cutting_words(name: str) -> None:
    theory = toc.example(name)
    answers = theory.measurement_plan(), theory.guidance()
    for shown in (answer.to_text(all=whole) for answer in answers for whole in (False, True)):
        assert max(columns(line) for line in shown.splitlines()) <= 100
        assert not [line for line in shown.splitlines() if line != line.rstrip()]
    words = set(re.findall(r"\S+", theory.measurement_plan().to_text(all=True)))
    titles = {word for kpi in theory.kpis.values() for word in kpi.title.split() if len(word) <= 16}
    assert titles <= words


def test_a_word_wider_than_its_column_is_cut_and_wide_letters_count_twice() -> None:
    shown = as_text(Page("P", (Table(("A", "B"), (("x" * 200, "读书伙伴" * 20),)),)), 40)
    assert max(columns(line) for line in shown.splitlines()) <= 40
    assert shown.count("x") == 200
    assert shown.count("读") == 20


def test_wrapping_loses_nothing() -> None:
    text = "Reading support for 100 pupils, every-week"
    for width in range(1, 50):
        assert "".join(wrapped(text, width)).replace(" ", "") == text.replace(" ", "")
        assert max(map(len, wrapped(text, width))) <= width


LETTERS = st.lists(st.sampled_from(["a", "é", "读", "e\u0301", "🎓", "-", " "]), max_size=40).map("".join)


def filled(text: str, width: int) -> list[str]:
    """The lines of a text, each measured from its start for every letter: slow, and plain to read."""
    found = [""]
    for word in text.split():
        if found[-1] and columns(f"{found[-1]} {word}") <= width:
            found[-1] += f" {word}"
            continue
        found += [""] if found[-1] else []
        for letter in word:
            found += [""] if columns(found[-1] + letter) > width else []
            found[-1] += letter
    return found


@tries(300)
@given(text=LETTERS, width=st.integers(2, 12))
def test_a_line_is_as_full_as_can_be(text: str, width: int) -> None:
    assert wrapped(text, width) == filled(text, width)
    assert max(map(columns, wrapped(text, width))) <= width


@tries(200)
@given(one=st.text(max_size=8), other=st.text(max_size=8))
def test_a_text_is_as_wide_as_its_parts_together(one: str, other: str) -> None:
    assert columns(one + other) == columns(one) + columns(other)


def test_a_very_long_word_is_cut_into_full_lines() -> None:
    found = wrapped("读" * 300_001, 41)
    assert (len(found), set(found[:-1]), found[-1]) == (15_001, {"读" * 20}, "读")
    accents = "e" + "\u0301" * 100_000
    assert wrapped(accents * 3, 2) == [accents * 2, accents]


def test_str_is_the_text_and_repr_is_short() -> None:
    theory = toc.example("rgs-newcastle")
    assert str(theory.guidance("sport")) == theory.guidance("sport").to_text()
    assert str(theory.measurement_plan()) == theory.measurement_plan().to_text()
    assert repr(theory.measurement_plan()) == "<MeasurementPlan of 14>"
    assert repr(theory.guidance()) == "<GuidanceTable of 13>"


@pytest.mark.parametrize(
    "picture", ["<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n"], ids=["svg", "png"]
)
@pytest.mark.parametrize("text", NASTY)
def test_a_figure_is_held_in_the_page_told_by_its_words_and_a_note_is_only_text(
    picture: str | bytes, text: str
) -> None:
    shown = Page("P", (Figure(picture, f'{text}" onload="x'), Note(text)))
    tags = Tags()
    tags.feed(as_html(shown))
    kind = "svg+xml" if isinstance(picture, str) else "png"
    assert tags.names <= ALLOWED | {"figure", "img"}
    assert tags.attributes <= {"lang", "charset", "name", "content", "class", "src", "alt"}
    assert f'src="data:image/{kind};base64,' in as_html(shown)
    first, second = as_markdown(shown).strip().split("\n\n")
    assert re.fullmatch(rf"!\[.*\]\(data:image/{re.escape(kind)};base64,[\w+/=]*\)", first)
    assert not re.search(r"(?<!\\)[<`\[\]]", second)
    assert as_text(shown, 200) == f'[Picture: {text}" onload="x]\n\nNote: {text}'

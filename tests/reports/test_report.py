"""Reports: every part in its place, no figure of their own, nothing claimed that must not be, and every page in order."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openxml_audit  # type: ignore[import-untyped]
import pikepdf
import pytest
from hypothesis import given

import toc
from pages.test_printed import HOSTILE, squeezed, structure, texts, words_of_docx, words_of_pdf
from strategies import theories, tries
from toc.language.numbers import percent
from toc.model.types import Profile
from toc.pages.blocks import Figure, Heading, Note, Page, Table
from toc.reports.report import Report

TODAY = date(2026, 11, 25)
AUDIENCES = ("governors", "trustees", "funder", "team")
QUICK = ["summary", "narrative", "measuring", "plan", "unknown", "partners"]  # without pictures, which take their time
BARE = toc.loads("{toc: 1, title: Reading, goal: Every child reads}")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

every_audience = pytest.mark.parametrize("audience", AUDIENCES)


@cache
def rgs(audience: str) -> Report:
    """The report of the larger example."""
    return toc.example("rgs-newcastle").report(TODAY, audience)


@cache
def rgs_pdf(audience: str) -> bytes:
    """That report as a PDF."""
    return rgs(audience).to_pdf()


def parts(report: Report) -> list[str]:
    """The headings of its parts."""
    return [block.text for block in report.blocks if isinstance(block, Heading) and block.level == 2]


def pages(data: bytes, folder: Path) -> list[list[str]]:
    """The lines of each page of a PDF, without its number."""
    (folder / "a.pdf").write_bytes(data)
    read = subprocess.run(["pdftotext", "-layout", folder / "a.pdf", "-"], check=True, capture_output=True)
    sheets = read.stdout.decode().split("\f")[:-1]
    return [[line.strip() for line in sheet.splitlines() if line.strip()][:-1] for sheet in sheets]


def test_the_parts_stand_in_their_order_and_each_audience_has_its_own() -> None:
    whole = [
        *("On one page", "The theory as a drawing", "In words", "What we measure and why", "Measurement plan"),
        *("KPI progress", "What we do not know", "Partners", "The partnership"),
    ]
    assert parts(rgs("trustees")) == parts(rgs("team")) == whole
    assert parts(rgs("funder"))[: len(whole)] == whole
    assert parts(rgs("governors")) == ["On one page", "The theory as drawings"]


def test_some_parts_stand_in_the_same_order_however_they_are_named() -> None:
    found = BARE.report(TODAY, sections=["unknown", "summary"])
    assert found.sections == ("summary", "unknown")
    assert parts(BARE.report(TODAY, sections="plan")) == ["Measurement plan"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"audience": "trustee"}, "did you mean 'trustees'"),
        ({"sections": ["plans"]}, "did you mean 'plan'"),
        ({"sections": []}, "a report without sections says nothing"),
        ({"sections": 3}, "sections=3 are none"),
        ({"view": "pilars"}, "did you mean 'pillars'"),
        ({"today": "tomorrow"}, "tomorrow"),
    ],
)
def test_what_there_is_not_is_told_with_what_there_is(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(toc.OptionError, match=message):
        BARE.report(**asked)


def test_a_theory_of_a_goal_alone_says_in_every_part_what_is_missing() -> None:
    found = BARE.report(TODAY)
    assert "partners" not in found.sections
    said = found.to_markdown()
    for missing in (
        "Nobody has written down yet which problem this answers.",
        "No activity stands in the theory yet.",
        "There is no KPI yet: nothing can be said about progress.",
        "There is no KPI yet, and nothing that needs one.",
        "There is no activity yet, so there is nothing to say how to measure.",
        "Whether anything changes: there is no KPI yet.",
    ):
        assert missing in said
    for before, after in zip(found.blocks, found.blocks[1:], strict=False):
        assert not (isinstance(before, Heading) and isinstance(after, Heading) and after.level <= before.level)
    assert not isinstance(found.blocks[-1], Heading)


def test_the_partnership_is_told_in_full_to_trustees_and_the_team_in_short_to_a_funder_and_not_to_governors() -> None:
    told = {audience: headings_of_the_partnership(rgs(audience)) for audience in AUDIENCES}
    whole = ["Who gives and who gains", "How it stands", "What kind of partnership", "How much is known"]
    assert [one for one in told["trustees"] if one in whole] == [one for one in told["team"] if one in whole] == whole
    assert (told["funder"], told["governors"]) == (["Annex: logframe"], [])
    funder, trustees = (rgs(audience).to_markdown() for audience in ("funder", "trustees"))
    for said in (
        "3 of 13 activities are rated on both sides.",
        "not said.",
        "of 13 activities stand where the advice asks",
        "They do not show that both sides gained",
    ):
        assert said in funder
        assert said in trustees
    assert "fit type 3, alliance" in trustees
    assert "fit type 3, alliance" not in funder


def headings_of_the_partnership(report: Report) -> list[str]:
    texts = [block.text for block in report.blocks if isinstance(block, Heading)]
    return texts[texts.index("The partnership") + 1 :] if "The partnership" in texts else []


def test_a_report_of_a_theory_that_states_nothing_of_its_partnership_is_as_it_was() -> None:
    theory = toc.example("large-programme")
    assert "partnership" not in theory.report(TODAY, sections=None).sections
    asked = theory.report(TODAY, sections="partnership").to_markdown()
    assert "Nothing is said yet of who gives and who gains" in asked


def test_a_partner_that_only_gives_or_gains_takes_part_in_that() -> None:
    (table,) = (block for block in rgs("trustees").blocks if isinstance(block, Table) and block.columns[0] == "Partner")
    taking = {str(row[0][0]) if isinstance(row[0], tuple) else str(row[0]): str(row[1]) for row in table.rows}
    assert "Coding clubs for primary schools" in taking["Royal Grammar School Newcastle"]


def figures(text: str) -> set[float]:
    """The numbers of a text."""
    return {
        float(one.replace(",", "")) for one in NUMBER.findall(re.sub(r"\(data:[^)]*\)", "", text)) if one.count(".") < 2
    }


def known(theory: toc.TheoryOfChange, found: Report) -> set[float]:
    """The numbers that the theory, its progress and its other answers hold, and all that can be counted in it."""
    profile: Profile = "funder" if found.audience == "funder" else "plan"
    answers = [
        *(found.progress, theory.measurement_plan(), theory.guidance(), theory.exposure()),
        theory.check(profile=profile, today=found.today),
        theory.logframe("classic", today=found.today),
        *(theory.partnership_profile(), theory.health(today=found.today)),
    ]
    shares = (partner.disadvantage.share for partner in theory.partners.values() if partner.disadvantage)
    said = [theory.dumps("json"), theory.describe(search="quick"), *("\n".join(texts(one._page())) for one in answers)]
    most = len(theory.nodes) + len(theory.written_links) + len(theory.partners)
    days = {float(found.today.day), float(found.today.year)}
    percentages = figures(" ".join(percent(share) for share in shares))
    return (
        {float(one) for one in range(most + 1)}
        | days
        | percentages
        | {number for text in said for number in figures(text)}
    )


@every_audience
def test_every_figure_of_a_report_stands_in_the_theory_or_its_progress(audience: str) -> None:
    theory = toc.example("rgs-newcastle")
    assert figures(rgs(audience).to_markdown()) - known(theory, rgs(audience)) == set()


@given(raw=theories())
@tries(25)
def test_no_report_has_a_figure_of_its_own(raw: Any) -> None:
    theory = toc.TheoryOfChange.model_validate(raw)
    found = theory.report(TODAY, "funder", [*QUICK, "partnership"])
    said = "\n".join(texts(found._page()))
    assert figures(said) - known(theory, found) == set()


def tables_of_kpis(found: Report) -> Iterator[tuple[Table, list[str]]]:
    """Each table of KPIs with the notes right under it."""
    for place, block in enumerate(found.blocks):
        if isinstance(block, Table) and block.columns[0].startswith("KPI") and len(block.columns) > 3:
            notes = []
            for after in found.blocks[place + 1 :]:
                if not isinstance(after, Note):
                    break
                notes.append(after.text)
            yield block, notes


@pytest.mark.parametrize("audience", ["trustees", "funder", "team"])
def test_under_each_table_of_kpis_stands_what_their_activities_must_not_claim(audience: str) -> None:
    theory, found = toc.example("rgs-newcastle"), rgs(audience)
    activities = {row.title: row.activities for row in theory.measurement_plan()}
    tables = list(tables_of_kpis(found))
    assert len(tables) == (2 if audience == "trustees" else 3)
    for table, notes in tables:
        assert table.rows
        for row in table.rows:
            title = str(row[0][0] if isinstance(row[0], tuple) else row[0]).removesuffix(" (draft)")
            for id in activities[title]:
                assert any(claim in note for note in notes for claim in theory.guidance(id).do_not_claim)


def test_of_few_people_nothing_is_told_in_any_form(tmp_path: Path) -> None:
    rows = [{"date": "2026-07-31", "value": value, "where": {"group": name}} for name, value in (("a", 7), ("b", 6193))]
    whole = {"date": "2026-07-31", "value": 6200}
    theory = toc.loads(
        "{toc: 1, title: Clubs, goal: G, activities: {clubs: {title: Clubs, leads_to: goal}}, kpis: {k: {title: Pupils, measures: clubs}}}"
    ).edit(
        "k",
        level="participation",
        unit="pupils",
        readings=[whole, *rows],
        baseline={"value": 100, "date": "2025-07-31"},
    )
    found = theory.report(TODAY, "team", ["summary", "narrative", "measuring", "plan", "progress", "unknown"])
    for said in (
        found.to_markdown(),
        found.to_html(),
        words_of_docx(found.to_docx()),
        words_of_pdf(found.to_pdf(), tmp_path),
    ):
        assert "6,193" not in said
        assert "6193" not in said
    assert "Hidden in “Pupils”." in found.to_markdown()


def test_what_looks_like_markup_is_text_in_every_form(tmp_path: Path) -> None:
    hostile = '#read("/etc/passwd") *b* $x$'
    theory = toc.example("small-charity").evolve(title=hostile).edit("tea-and-games", title=HOSTILE)
    found = theory.report(TODAY, sections=["cover", "summary", "drawing", "measuring"])
    assert hostile in words_of_docx(found.to_docx())
    assert squeezed(hostile) in words_of_pdf(found.to_pdf(), tmp_path)
    assert "<h1>#read(&quot;/etc/passwd&quot;) *b* $x$</h1>" in found.to_html()
    assert "root:" not in words_of_pdf(found.to_pdf(), tmp_path)
    assert "<script" not in found.to_html()


@every_audience
def test_a_report_is_tagged_and_the_same_each_time(audience: str) -> None:
    data = rgs_pdf(audience)
    assert data == toc.example("rgs-newcastle").report(TODAY, audience).to_pdf()
    found = structure(data)
    kinds = [one.get("/S") for one in found]
    assert {"/H1", "/H2", "/H3", "/Table", "/Figure", "/TH"} <= set(kinds)
    assert [one for one in found if one.get("/S") == "/TH" and "Scope" not in one["/A"]] == []
    alt = [one.get("/Alt", "") for one in found if one.get("/S") == "/Figure"]
    assert len(alt) == sum(isinstance(block, Figure) for block in rgs(audience).blocks)
    assert all(len(text) > 200 for text in alt)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()


@every_audience
def test_no_page_is_empty_and_no_heading_stands_alone_at_its_foot(audience: str, tmp_path: Path) -> None:
    # The title stands as a caption as well.
    headings = {
        squeezed(block.text) for block in rgs(audience).blocks if isinstance(block, Heading) and block.level > 1
    }
    for lines in pages(rgs_pdf(audience), tmp_path):
        assert len(lines) > 1
        assert squeezed(lines[-1]) not in headings


def test_governors_get_one_page_and_the_pictures(tmp_path: Path) -> None:
    for name in ("rgs-newcastle", "small-charity"):
        found = toc.example(name).report(TODAY, "governors")
        first, *others = pages(found.to_pdf(), tmp_path)
        assert "Three things we do not know" in first
        assert len(others) == sum(isinstance(block, Figure) for block in found.blocks)


def test_a_funder_s_report_has_at_most_14_pages(tmp_path: Path) -> None:
    assert len(pages(rgs_pdf("funder"), tmp_path)) <= 14


@every_audience
def test_office_refuses_nothing_in_a_report(audience: str, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(rgs(audience).to_docx())
    found = openxml_audit.OpenXmlValidator().validate(tmp_path / "a.docx")
    assert [error.description for error in found.errors] == []


def test_the_contents_in_word_lead_to_the_headings() -> None:
    document = docx.Document(io.BytesIO(rgs("trustees").to_docx()))
    body = document.element.body
    anchors = [one.get(docx.oxml.ns.qn("w:anchor")) for one in body.iter("{*}hyperlink")]
    marks = {
        one.get(docx.oxml.ns.qn("w:name")): "".join(piece.text for piece in one.getparent().iter("{*}t"))
        for one in body.iter("{*}bookmarkStart")
    }
    assert [marks[one] for one in anchors] == parts(rgs("trustees"))


def test_the_contents_of_a_page_lead_to_the_headings() -> None:
    page = rgs("trustees").to_html()
    links = re.findall(r'<li><a href="#(part-\d+)">([^<]*)</a>', page)
    assert [text for _, text in links] == parts(rgs("trustees"))
    assert all(f'<h2 id="{name}">{text}</h2>' in page for name, text in links)


def test_every_text_of_a_report_stands_in_word(tmp_path: Path) -> None:
    said = squeezed(words_of_docx(rgs("funder").to_docx()))
    assert [text for text in texts(Page("", rgs("funder").blocks)) if squeezed(text) not in said] == []


def test_the_organisation_s_own_words_stand_in_the_report() -> None:
    words = {"pillar": "Strand", "activity": "Project", "kpi": "Measure"}
    theory = toc.example("rgs-newcastle").evolve(settings={"vocabulary": words})
    said = theory.report(TODAY, sections=QUICK).to_markdown()
    assert "| Strand | What we do | Its own measures |" in said
    assert "| Project | How to measure it, and how its measures fit | Do not claim |" in said
    assert not re.search(r"\bKPIs?\b", "".join(line for line in said.splitlines() if line.startswith("#")))


def test_a_report_is_a_value_that_is_the_same_for_the_same_theory() -> None:
    one, other = (toc.example("small-charity").report(TODAY, sections=QUICK) for _ in range(2))
    assert one == other
    assert one.to_dict()["sections"] == ["summary", "narrative", "measuring", "plan", "unknown"]

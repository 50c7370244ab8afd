"""A page inside notebooks whose own styles align tables right, and flatten headings and lists."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import browser
import toc
from toc.pages.blocks import Bullets, Figure, Heading, Note, Page, Paragraph, Table
from toc.pages.html import as_fragment

# What JupyterLab and nbconvert say of tables, and what marimo takes from everything.
HOSTS = """
:not(.jp-RenderedMarkdown).jp-RenderedHTMLCommon td,
:not(.jp-RenderedMarkdown).jp-RenderedHTMLCommon th,
:not(.jp-RenderedMarkdown).jp-RenderedHTMLCommon tr { text-align: right; vertical-align: middle; }
.jp-RenderedHTMLCommon table { table-layout: fixed; margin-left: auto; margin-right: auto; }
.jp-RenderedHTMLCommon td, .jp-RenderedHTMLCommon th { border: none; padding: 0.5em; }
h1, h2, h3 { font-size: inherit; font-weight: inherit; margin: 0; }
ol, ul { list-style: none; margin: 0; padding: 0; }
"""
PAGE = Page(
    "Plan",
    (
        Heading("Plan", 1),
        Paragraph("Text"),
        Heading("Part"),
        Heading("Small part", 3),
        Bullets(("One", "Two")),
        Table(("KPI", "Baseline"), (("Reading age", 14.0),)),
        Figure('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>', "Nothing to see"),
        Note("As counted"),
    ),
)
SCRIPT = """
const style = (place) => getComputedStyle(document.querySelector(place));
const size = (place) => parseFloat(style(place).fontSize);
addEventListener("load", () => {
  const found = {
    td: style("td").textAlign, th: style("th").textAlign, number: style("td:last-child").textAlign,
    top: style("td").verticalAlign, layout: style("table").tableLayout, border: style("td").borderTopWidth,
    left: style("table").marginLeft, list: style("ul").listStyleType, indent: parseFloat(style("ul").paddingLeft),
    sizes: ["h1", "h2", "h3", "p"].map(size), bold: ["h1", "h2", "h3"].map((place) => style(place).fontWeight),
    picture: document.querySelector("img").naturalWidth,
  };
  document.body.textContent = JSON.stringify(found);
});
"""


@pytest.mark.parametrize("host", ["jp-RenderedHTMLCommon jp-RenderedHTML", "marimo"])
def test_tables_are_left_aligned_and_headings_and_bullets_kept_whatever_the_notebook_says(
    host: str, chromium: str, tmp_path: Path
) -> None:
    body = f'<body><style>{HOSTS}</style><div class="{host}">{as_fragment(PAGE)}</div><script>{SCRIPT}</script>'
    found = json.loads(browser.run(chromium, tmp_path, body))
    assert (found["td"], found["th"], found["number"]) == ("left", "left", "right")
    assert (found["top"], found["layout"], found["border"], found["left"]) == ("top", "auto", "1px", "0px")
    assert found["list"] == "disc"
    assert found["indent"] > 10
    assert sorted(found["sizes"], reverse=True) == found["sizes"]
    assert len(set(found["sizes"])) == 4
    assert found["bold"] == ["600"] * 3
    assert found["picture"] == 40


def test_tables_are_left_aligned_where_the_notebook_takes_the_style_sheet_away(chromium: str, tmp_path: Path) -> None:
    """JupyterLab does so where the notebook was run by somebody else."""
    bare = re.sub(r"<style>.*?</style>", "", as_fragment(PAGE), flags=re.DOTALL)
    body = f'<body><style>{HOSTS}</style><div class="jp-RenderedHTMLCommon">{bare}</div><script>{SCRIPT}</script>'
    found = json.loads(browser.run(chromium, tmp_path, body))
    assert (found["td"], found["th"], found["number"]) == ("left", "left", "right")


def test_no_heading_of_a_page_is_a_chapter_of_the_notebook_around_it() -> None:
    """JupyterLab lists every heading in an output but those of one class, which are headings all the same."""
    theory = toc.example("rgs-newcastle")
    for answer in (theory.measurement_plan(), theory.exposure(), theory.guidance("scitt"), theory.coverage()):
        headings = re.findall(r"<h[1-6][^>]*>", answer._repr_html_())
        assert headings
        assert all('class="jp-toc-ignore"' in heading for heading in headings)
        assert "<h1" in answer.to_html()

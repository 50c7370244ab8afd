"""A deck as one HTML file: a section for each leaf, which prints on a page of its own, and nothing from anywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from toc.diagram.leaves import Leaf, Table
from toc.diagram.looks.themes import Theme
from toc.render.markup import element, paragraphs, said
from toc.render.svg import FONTS, to_svg

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE: Final = """
body { margin: 0; background: %(paper)s; color: %(ink)s; font: 16px/1.4 %(font)s; }
section { max-width: 1280px; margin: 0 auto; padding: 16px; border-bottom: 1px solid %(line)s; }
section > svg { display: block; width: 100%%; height: auto; }
section > svg + h2 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%%); }
table { width: 100%%; border-collapse: collapse; text-align: start; }
th, td { padding: 6px 8px; text-align: start; vertical-align: top; border-bottom: 1px solid %(line)s; }
footer { text-align: end; color: %(faint)s; }
@page { size: 13.333in 7.5in; margin: 0; }
@media print {
  section { break-inside: avoid; border: 0; padding: 0.1in 0.2in; max-width: none; }
  section + section { break-before: page; }
  section > svg { max-height: 6.8in; }
  table { line-height: 1.2; }
  th, td { padding: 4px 8px; }
  details { display: none; }
}
"""


def deck_page(leaves: Sequence[Leaf], theme: Theme) -> str:
    """The whole page; its title is that of the first leaf."""
    first = leaves[0].diagram
    colours = {"paper": theme.paper, "ink": theme.ink, "faint": theme.faint, "line": theme.panel_line}
    style = STYLE % (colours | {"font": FONTS[theme.font]})
    head = (
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        element("title", said(first.title)),
        f"<style>{style}</style>",
    )
    sections = "\n".join(_section(leaf, number, theme) for number, leaf in enumerate(leaves, 1))
    body = element("body", element("h1", said(first.title), hidden="hidden"), element("main", sections))
    return f"<!DOCTYPE html>\n{element('html', element('head', *head), body, lang=first.language or 'en')}\n"


def _section(leaf: Leaf, number: int, theme: Theme) -> str:
    title = element("h2", said(leaf.diagram.title), id=f"s{number}-name", dir="auto")
    drawn = [title, _table(leaf.table)] if leaf.table else [to_svg(leaf.diagram, theme, prefix=f"s{number}"), title]
    notes = element("details", "<summary>Notes</summary>", paragraphs(leaf.notes)) if leaf.notes else ""
    return element("section", *drawn, notes, element("footer", str(number)), aria_labelledby=f"s{number}-name")


def _table(table: Table) -> str:
    head, *rows = table.rows
    heads = element("thead", element("tr", *(element("th", said(text), scope="col") for text in head)))
    return element("table", heads, element("tbody", *(element("tr", *map(_cell, row)) for row in rows)))


def _cell(text: str) -> str:
    return element("td", said(text), dir="auto")

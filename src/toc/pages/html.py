"""A page as HTML that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import count
from typing import Final

from toc.language.text import one_line
from toc.pages.blocks import (
    Block,
    Bullets,
    Cell,
    Contents,
    Figure,
    Heading,
    Marked,
    Note,
    Page,
    PageBreak,
    Paragraph,
    Table,
    lines,
    pieces,
)

# Colours are those of the page around it, or mixed from them, so that light and dark are both readable. Notebooks have
# strong rules for tables of data, which align everything right, or take the size from headings and the signs from lists:
# a class named three times is stronger than what JupyterLab, nbconvert and marimo say.
_RULES: Final = (
    ("", "line-height: 1.45; overflow-x: auto;"),
    ("h1", "font-size: 1.6em; font-weight: 600; margin: 0.8em 0 0.5em;"),
    ("h2", "font-size: 1.3em; font-weight: 600; margin: 1.2em 0 0.4em;"),
    ("h3", "font-size: 1.1em; font-weight: 600; margin: 1em 0 0.3em;"),
    ("p", "margin: 0.6em 0;"),
    ("ul", "list-style: disc outside; margin: 0.6em 0; padding: 0 0 0 1.6em;"),
    ("li", "display: list-item; list-style: inherit; margin: 0.2em 0;"),
    ("table", "border-collapse: collapse; table-layout: auto; margin: 0.6em 0 1.2em; font-size: 0.92em;"),
    ("th", "background: rgba(128, 128, 128, 0.16); font-weight: 600;"),
    ("td", "background: transparent;"),
    (":is(th, td)", "border: 1px solid rgba(128, 128, 128, 0.45); padding: 0.35em 0.6em; color: inherit;"),
    (":is(th, td)", "vertical-align: top;"),
    ("figure", "margin: 0.8em 0;"),
    ("img", "max-width: 100%; height: auto;"),
    ("p.note", "font-size: 0.88em; border-left: 3px solid rgba(128, 128, 128, 0.45); padding-left: 0.8em;"),
)
STYLE: Final = "".join(f"{'.toc-page' * 3} {place} {{ {rules} }}\n" for place, rules in _RULES)
# JupyterLab lists the headings of outputs among those of the notebook; a page in a cell is no chapter of it.
NOT_LISTED: Final = ' class="jp-toc-ignore"'
# A notebook that somebody else ran is shown without this style sheet, and JupyterLab's own aligns every cell right.
LEFT: Final = ' style="text-align:left"'
PAGE_STYLE: Final = """\
:root { color-scheme: light dark; }
body { font-family: system-ui, sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em; }
@page { size: A4; margin: 16mm; }
@page on-its-side { size: A4 landscape; margin: 12mm; }
@media print {
  body { margin: 0; max-width: none; font-size: 10pt; }
  .toc-page { overflow: visible !important; }
  tr, figure, li { break-inside: avoid; }
  h1, h2, h3, h4, thead, :is(h2, h3, h4) + p:has(+ :is(table, figure)) { break-after: avoid; }
  .wide, :is(h2, h3, h4):has(+ .wide) { page: on-its-side; }
  .wide img { max-height: 160mm; }
  .new-page { break-after: page; }
}
"""


def as_html(page: Page, language: str = "en-GB") -> str:
    """The page as a whole HTML document, in light or dark as the reader's computer is set."""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(page.title)}</title>\n<style>\n{PAGE_STYLE}</style>\n</head>\n<body>\n{as_fragment(page)}\n"
        "</body>\n</html>\n"
    )


def as_fragment(page: Page, *, in_cell: bool = False) -> str:
    """The page as a piece of HTML for a page that exists, or for a notebook's cell."""
    inner = "\n".join(_lines(page, NOT_LISTED if in_cell else ""))
    return f'<div class="toc-page">\n<style>\n{STYLE}</style>\n{inner}\n</div>'


def _lines(page: Page, of_heading: str) -> Iterator[str]:
    """The blocks line by line; the headings of a table of contents have the names by which it links to them."""
    level = next((block.level for block in page.blocks if isinstance(block, Contents)), None)
    numbers = count(1)
    for block in page.blocks:
        if isinstance(block, Contents):
            yield "<nav><ul>"
            listed = enumerate(page.headings(block.level), 1)
            yield from (f'<li><a href="#part-{at}">{escape(text)}</a></li>' for at, text in listed)
            yield "</ul></nav>"
        elif isinstance(block, Heading) and block.level == level:
            yield from _block(block, f'{of_heading} id="part-{next(numbers)}"')
        else:
            yield from _block(block, of_heading)


def _block(block: Block, of_heading: str) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"<h{level}{of_heading}>{escape(text)}</h{level}>"
        case Paragraph(text, strong):
            yield f"<p><strong>{_said(text)}</strong></p>" if strong else f"<p>{_said(text)}</p>"
        case Bullets(items):
            yield "<ul>"
            yield from (f"<li>{_said(item)}</li>" for item in items)
            yield "</ul>"
        case Table(columns, rows, parts=parts):
            yield '<table style="width: 100%">' if parts else "<table>"
            if parts:
                widths = "".join(f'<col style="width: {100 * part:.3g}%">' for part in parts)
                yield f"<colgroup>{widths}</colgroup>"
            names = "".join(f'<th scope="col"{LEFT}>{escape(name)}</th>' for name in columns)
            yield f"<thead><tr>{names}</tr></thead>"
            yield "<tbody>"
            yield from (f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
            yield "</tbody>\n</table>"
        case Figure(_, alt, caption):
            wide = ' class="wide"' if block.is_wide else ""
            below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
            yield f'<figure{wide}><img src="{block.address}" alt="{escape(one_line(alt))}">{below}</figure>'
        case Note(text):
            yield f'<p class="note">{_said(text)}</p>'
        case PageBreak():
            yield '<div class="new-page"></div>'
        case Contents():
            pass


def _cell(cell: Cell) -> str:
    look = ' style="text-align:right"' if isinstance(cell, (int, float)) else LEFT
    return f"<td{look}>{'<br>'.join(_said(line) for line in lines(cell) if line)}</td>"


def _said(text: str) -> str:
    """A text as HTML; what is to be typed is set as code, and a mark is drawn."""
    if isinstance(text, Marked):
        return f"{_shape(text.outline)} {escape(text.word)}"
    return "".join(f"<code>{escape(part)}</code>" if typed else escape(part) for part, typed in pieces(text))


def _shape(outline: str) -> str:
    """A mark as high as the letters and of their colour; who listens hears the word behind it alone."""
    return (
        '<svg aria-hidden="true" viewBox="0 0 16 16" width="0.8em" height="0.8em" style="vertical-align:-0.05em">'
        f'<path d="{escape(outline)}" fill="currentColor"></path></svg>'
    )

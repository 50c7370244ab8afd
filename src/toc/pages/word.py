"""A page as a Word document: real headings, header rows that repeat, pictures with their words. Needs the extra `docx`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from toc.language.text import leftwards, one_line
from toc.pages.blocks import (
    Block,
    Bullets,
    Cell,
    Coded,
    Contents,
    Figure,
    Heading,
    Note,
    Page,
    PageBreak,
    Paragraph,
    Table,
    lines,
    pieces,
)
from toc.pages.print_layout import Run, is_number, kept, runs, shares
from toc.pages.word_template import MARGIN, element, prepared

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import Table as Grid
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as Line

MARGIN_ON_SIDE: Final = 12.0
CAPTION: Final = 30.0  # mm that a heading and a caption leave of a page's height
_EMU: Final = 36000  # units of Office in a millimetre
_SVG: Final = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{}"/></a:ext></a:extLst>'
)
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STYLES: Final = {"bullet": "List Bullet", "note": "Quote", "caption": "Caption", "table": "Table Grid"}


def as_docx(page: Page, language: str = "en-GB", template: bytes | None = None) -> bytes:
    """The page as a Word document on A4; a `template` gives its paper, styles, header and footer.

    Raises:
        MissingExtraError: python-docx is not installed.
    """
    document = prepared(page.title, language, template)
    named = _named(page)
    for position, run in enumerate(runs(page)):
        section = _section(document, run, is_first=position == 0, is_own=template is None)
        is_new_page = False
        for block, is_kept in kept(run):
            if is_new_page and not isinstance(block, Heading):
                document.add_page_break()  # type: ignore[no-untyped-call]
            line = _write(document, section, block, run)
            if line is not None and is_kept:
                line.paragraph_format.keep_with_next = True
            if isinstance(block, Heading) and line is not None:
                line.paragraph_format.page_break_before = is_new_page or None
                if block.level == named.level:
                    _mark(line, next(named.marks))
            elif isinstance(block, Contents):
                _list(document, page.headings(block.level))
            is_new_page = block == PageBreak()
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _section(document: Document, run: Run, *, is_first: bool, is_own: bool) -> Section:
    """The section in which a run stands: upright or on its side; the margins of somebody's template stay."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Mm

    section = document.sections[-1] if is_first else document.add_section(WD_SECTION.NEW_PAGE)
    lies = section.orientation == WD_ORIENT.LANDSCAPE
    if lies != run.on_its_side:
        section.orientation = WD_ORIENT.LANDSCAPE if run.on_its_side else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = section.page_height, section.page_width
        if is_own:
            margin = Mm(MARGIN_ON_SIDE if run.on_its_side else MARGIN)
            section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin
    return section


class _Named(NamedTuple):
    """The level of the headings that a table of contents links to, and numbers for the marks at them."""

    level: int | None
    marks: Iterator[int]


def _named(page: Page) -> _Named:
    return _Named(next((block.level for block in page.blocks if isinstance(block, Contents)), None), count(1))


def _mark(line: Line, number: int) -> None:
    """A mark at a heading, to which a link can lead."""
    start = element("w:bookmarkStart", id=str(number), name=f"part_{number}")
    line._p.insert(1 if line._p.pPr is not None else 0, start)  # noqa: SLF001  # python-docx knows no bookmarks
    line._p.append(element("w:bookmarkEnd", id=str(number)))  # noqa: SLF001


def _list(document: Document, headings: Iterable[str]) -> None:
    """A line for each heading that leads to it."""
    for number, text in enumerate(headings, 1):
        line = document.add_paragraph()
        _say(line, text)
        link = element("w:hyperlink", anchor=f"part_{number}", history="1")
        for run in line.runs:
            run.font.underline = True
            link.append(run._r)  # noqa: SLF001
        line._p.append(link)  # noqa: SLF001


def _write(document: Document, section: Section, block: Block, run: Run) -> Line | None:
    """Put a block into the document; its line, where it is one."""
    match block:
        case Heading(text, level):
            line: Line = document.add_heading(level=min(level, 4))
            _say(line, text)
            return line
        case Paragraph(text, strong):
            line = document.add_paragraph()
            _say(line, text, bold=strong)
            return line
        case Bullets(items):
            for item in items:
                _say(_styled(document, "bullet"), item)
        case Table():
            _tabulate(document, section, block, run)
        case Figure():
            _show(document, section, block)
        case Note(text):
            line = _styled(document, "note")
            _say(line, text)
            return line
        case PageBreak() | Contents():
            pass
    return None


def _styled(document: Document, use: str) -> Line:
    """A new paragraph in the style for this use, or an ordinary one where a template has none."""
    name = _STYLES[use]
    return document.add_paragraph(style=name if name in {style.name for style in document.styles} else None)


def _say(line: Line, text: str, *, bold: bool = False) -> None:
    """Put a text into a paragraph; what is to be typed is set in letters of one width."""
    if leftwards(text):
        line.paragraph_format.element.get_or_add_pPr().append(element("w:bidi"))
    for part, typed in pieces(text if isinstance(text, Coded) else one_line(text)):
        if part:
            piece = line.add_run(_NOT_XML.sub("", part))  # with the spaces that part it from the next
            piece.bold = True if bold else None
            piece.font.name = "Courier New" if typed else None


def _plain(text: str) -> str:
    """A text without what XML cannot hold."""
    return _NOT_XML.sub("", one_line(text))


def _tabulate(document: Document, section: Section, table: Table, run: Run) -> None:
    from docx.shared import Emu, Pt

    grid: Grid = document.add_table(rows=0, cols=len(table.columns))
    if _STYLES["table"] in {style.name for style in document.styles}:
        grid.style = _STYLES["table"]
    else:
        lines_around = element("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            lines_around.append(element(f"w:{side}", val="single", sz="4", space="0", color="A6A6A6"))
        below = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
        grid._tbl.tblPr.insert_element_before(lines_around, *below)  # noqa: SLF001  # python-docx has no name for borders
    grid.autofit = False
    parts = shares(table, on_its_side=run.on_its_side)
    widths = [Emu(int(_room(section)[0] * share)) for share in parts]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for position, row in enumerate([table.columns, *table.rows]):
        cells = grid.add_row()  # type: ignore[no-untyped-call]
        marks = cells._tr.get_or_add_trPr()  # noqa: SLF001  # python-docx has no name for what a row may do
        marks.append(element("w:cantSplit"))
        if position == 0:
            marks.append(element("w:tblHeader"))
        for cell, width, said in zip(cells.cells, widths, row, strict=True):
            cell.width = width
            _fill(cell, said, is_head=position == 0)
            cell.paragraphs[0].paragraph_format.keep_with_next = True if position == 0 else None
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(0)
    after.paragraph_format.line_spacing = Pt(8)


def _fill(cell: _Cell, said: Cell, *, is_head: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for position, text in enumerate(lines(said)):
        line = cell.paragraphs[0] if position == 0 else cell.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        if is_number(said):
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _say(line, text, bold=is_head)
        for piece in line.runs:
            piece.font.size = Pt(8.5)
    if is_head:
        cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill="E8E8E8"))  # noqa: SLF001


def _show(document: Document, section: Section, figure: Figure) -> None:
    """A picture as large as its page allows, with an SVG behind it where there is one, and its words for a screen reader."""
    from docx.oxml import parse_xml
    from docx.shared import Emu

    still = figure.still if isinstance(figure.picture, str) else figure.picture
    if callable(still):
        still = still()
    if still is None:
        _say(_styled(document, "note"), figure.alt)
        return
    line = document.add_paragraph()
    line.paragraph_format.keep_with_next = bool(figure.caption)
    shown = line.add_run().add_picture(BytesIO(still))
    width, height = _room(section)
    scale = min(width / shown.width, (height - CAPTION * _EMU) / shown.height)
    shown.width, shown.height = Emu(int(shown.width * scale)), Emu(int(shown.height * scale))
    shown._inline.docPr.set("descr", _plain(figure.alt))  # noqa: SLF001
    if isinstance(figure.picture, str):
        blip = shown._inline.graphic.graphicData.pic.blipFill.blip  # noqa: SLF001
        blip.append(parse_xml(_SVG.format(_svg_part(document, figure.picture))))
    if figure.caption:
        _say(_styled(document, "caption"), figure.caption)


def _svg_part(document: Document, svg: str) -> str:
    """Put an SVG beside the document; the id by which its text names it."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    name = PackURI(f"/word/media/drawing{len(document.part.rels)}.svg")
    part = Part(name, "image/svg+xml", svg.encode(), document.part.package)
    return document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)


def _room(section: Section) -> tuple[int, int]:
    """Width and height between the margins."""
    sizes = (section.page_width, section.left_margin, section.right_margin)
    tall = (section.page_height, section.top_margin, section.bottom_margin)
    (width, left, right), (height, top, bottom) = ([int(one or 0) for one in group] for group in (sizes, tall))
    return width - left - right, height - top - bottom

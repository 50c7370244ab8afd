"""A page as a Word document: real headings, header rows that repeat, pictures with their words. Needs the extra `docx`."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from toc.errors import missing_extra
from toc.language.text import leftwards, one_line
from toc.pages.blocks import (
    Block,
    Bullets,
    Cell,
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
from toc.pages.print_layout import Run, is_number, runs, shares

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import Table as Grid
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as Line

A4: Final = (210.0, 297.0)  # mm, upright
MARGIN: Final = 18.0
CAPTION: Final = 26.0  # mm that a heading and a caption leave of a page's height
_EMU: Final = 36000  # units of Office in a millimetre
# In python-docx's own template: what is no part of the standard, and the picture of another document.
_NOT_OURS: Final = ("stylesWithEffects", "thumbnail")
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
    try:
        import docx
    except ImportError:
        raise missing_extra("docx", "making a Word document") from None
    document = docx.Document() if template is None else docx.Document(BytesIO(template))
    _prepare(document, page, language, own=template is None)
    for position, run in enumerate(runs(page)):
        section = _section(document, run, is_first=position == 0)
        for block in run.blocks:
            _write(document, section, block, run)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document: Document, page: Page, language: str, *, own: bool) -> None:
    """An empty document of this title and language; what stood in a template's text goes, its last section stays."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    body = document.element.body
    for element in list(body):
        if not element.tag.endswith("}sectPr"):
            body.remove(element)
    document.core_properties.title = one_line(page.title)
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.language = language
    for tongue in document.styles.element.xpath("w:docDefaults//w:lang"):
        tongue.set(_w("val"), language)
    if not own:
        return
    for relations in (document.part.rels, document.part.package.rels if document.part.package else {}):
        for id, relation in list(relations.items()):
            if relation.reltype.endswith(_NOT_OURS):
                del relations[id]
    first = document.sections[0]
    first.page_width, first.page_height = Mm(A4[0]), Mm(A4[1])
    first.left_margin = first.right_margin = first.top_margin = first.bottom_margin = Mm(MARGIN)
    looks = (
        ("Normal", 10.5),
        ("Heading 1", 20.0),
        ("Heading 2", 14.0),
        ("Heading 3", 11.5),
        ("Quote", 9.5),
        ("Caption", 9.0),
    )
    for name, size in looks:
        font = document.styles[name].font
        font.size, font.color.rgb = Pt(size), RGBColor(0x22, 0x22, 0x22)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    number = first.footer.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    number._p.append(_element("w:fldSimple", instr="PAGE"))  # noqa: SLF001  # python-docx has no name for a field


def _section(document: Document, run: Run, *, is_first: bool) -> Section:
    """The section in which a run stands: upright or on its side."""
    from docx.enum.section import WD_ORIENT, WD_SECTION

    section = document.sections[-1] if is_first else document.add_section(WD_SECTION.NEW_PAGE)
    lies = section.orientation == WD_ORIENT.LANDSCAPE
    if lies != run.on_its_side:
        section.orientation = WD_ORIENT.LANDSCAPE if run.on_its_side else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = section.page_height, section.page_width
    return section


def _write(document: Document, section: Section, block: Block, run: Run) -> None:
    match block:
        case Heading(text, level):
            _say(document.add_heading(level=min(level, 9)), text)
        case Paragraph(text, strong):
            _say(document.add_paragraph(), text, bold=strong)
        case Bullets(items):
            for item in items:
                _say(_styled(document, "bullet"), item)
        case Table():
            _tabulate(document, section, block, run)
        case Figure():
            _show(document, section, block)
        case Note(text):
            _say(_styled(document, "note"), text)
        case PageBreak():
            document.add_page_break()  # type: ignore[no-untyped-call]


def _styled(document: Document, use: str) -> Line:
    """A new paragraph in the style for this use, or an ordinary one where a template has none."""
    name = _STYLES[use]
    return document.add_paragraph(style=name if name in {style.name for style in document.styles} else None)


def _say(line: Line, text: str, *, bold: bool = False) -> None:
    """Put a text into a paragraph; what is to be typed is set in letters of one width."""
    if leftwards(text):
        line.paragraph_format.element.get_or_add_pPr().append(_element("w:bidi"))
    for part, typed in pieces(text):
        if part:
            piece = line.add_run(_plain(part))
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
    grid.autofit = False
    parts = shares(table, on_its_side=run.on_its_side)
    widths = [Emu(int(_room(section)[0] * share)) for share in parts]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for position, row in enumerate([table.columns, *table.rows]):
        cells = grid.add_row()  # type: ignore[no-untyped-call]
        marks = cells._tr.get_or_add_trPr()  # noqa: SLF001  # python-docx has no name for what a row may do
        marks.append(_element("w:cantSplit"))
        if position == 0:
            marks.append(_element("w:tblHeader"))
        for cell, width, said in zip(cells.cells, widths, row, strict=True):
            cell.width = width
            _fill(cell, said, is_head=position == 0)
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(0)


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
            piece.font.size = Pt(9)
    if is_head:
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill="E8E8E8"))  # noqa: SLF001


def _show(document: Document, section: Section, figure: Figure) -> None:
    """A picture as large as its page allows, with an SVG behind it where there is one, and its words for a screen reader."""
    from docx.oxml import parse_xml
    from docx.shared import Emu

    still = figure.still if isinstance(figure.picture, str) else figure.picture
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


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(_w(key), value)
    return made


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))

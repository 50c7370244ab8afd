"""The document in which a page is written: one of our own on A4, or somebody's with its paper, styles, header and footer."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from toc.errors import missing_extra
from toc.language.text import one_line

if TYPE_CHECKING:
    from docx.document import Document

A4: Final = (210.0, 297.0)  # mm, upright
FONT: Final = "Arial"
MARGIN: Final = 16.0
# In python-docx's own template: what is no part of the standard, and the picture of another document.
_NOT_OURS: Final = ("stylesWithEffects", "thumbnail")
_SIZES: Final = (
    ("Normal", 10.0), ("Heading 1", 20.0), ("Heading 2", 14.0), ("Heading 3", 11.0), ("Heading 4", 10.0), ("Quote", 8.5),
    ("Caption", 9.0),
)  # fmt: skip


def prepared(title: str, language: str, template: bytes | None = None) -> Document:
    """An empty document of this title and language; what stood in a template's text goes, its last section stays.

    Raises:
        MissingExtraError: python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        raise missing_extra("docx", "making a Word document") from None
    document = docx.Document() if template is None else docx.Document(BytesIO(template))
    body = document.element.body
    for part in list(body):
        if not part.tag.endswith("}sectPr"):
            body.remove(part)
    document.core_properties.title = one_line(title)
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.language = language
    for tongue in document.styles.element.xpath("w:docDefaults//w:lang"):
        tongue.set(word_name("val"), language)
    if template is None:
        _with_own_looks(document)
    else:
        _completed(document)
    return document


def _with_own_looks(document: Document) -> None:
    """A4, one typeface that every computer has, dark headings, and the number of the page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    for relations in (document.part.rels, document.part.package.rels if document.part.package else {}):
        for id, relation in list(relations.items()):
            if relation.reltype.endswith(_NOT_OURS):
                del relations[id]
    first = document.sections[0]
    first.page_width, first.page_height = Mm(A4[0]), Mm(A4[1])
    first.left_margin = first.right_margin = first.top_margin = first.bottom_margin = Mm(MARGIN)
    for name, size in _SIZES:
        style = document.styles[name]
        font = style.font
        font.name, font.size, font.color.rgb = FONT, Pt(size), RGBColor(0x22, 0x22, 0x22)
        for place in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            font.element.rPr.rFonts.attrib.pop(word_name(place), None)
        if name in {"Normal", "Quote"}:
            style.paragraph_format.space_after = Pt(4 if name == "Normal" else 2)
            style.paragraph_format.line_spacing = 1.0
    document.styles["Quote"].font.italic = document.styles["Heading 4"].font.italic = False
    number = first.footer.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    number._p.append(element("w:fldSimple", instr="PAGE"))  # noqa: SLF001  # python-docx has no name for a field


def _completed(document: Document) -> None:
    """Somebody's document with what a page needs and it lacks, and without a link to a template elsewhere."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.shared import Mm, Pt

    for link in document.settings.element.xpath("w:attachedTemplate"):
        link.getparent().remove(link)
    relations = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).rels
    for id, relation in list(relations.items()):
        if relation.is_external:
            del relations[id]
    document.element.body.get_or_add_sectPr()
    last = document.sections[-1]
    if not (last.page_width and last.page_height):
        last.page_width, last.page_height = Mm(A4[0]), Mm(A4[1])
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        if getattr(last, side) is None:
            setattr(last, side, Mm(MARGIN))
    there = {style.name for style in document.styles}
    for level, (name, size) in enumerate(_SIZES[1:5]):
        if name not in there:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
            style.font.size, style.font.bold = Pt(size), True
            style.paragraph_format.keep_with_next = True
            style.element.get_or_add_pPr().append(element("w:outlineLvl", val=str(level)))


def element(name: str, /, **attributes: str) -> Any:
    """An element of Word's own, for what python-docx has no name for."""
    from docx.oxml import OxmlElement

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(word_name(key), value)
    return made


def word_name(name: str) -> str:
    """A name in Word's own namespace."""
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))

"""A Word document of somebody's as the template of a report: its looks are taken, and nothing that could harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import openxml_audit  # type: ignore[import-untyped]
import pytest
from docx.shared import Mm, Pt

import toc

REPORT = toc.example("small-charity").report(date(2026, 12, 1), sections=["cover", "summary", "drawing"])
BOMB = b"<w:styles xmlns:w='x'>" + b" " * (21 * 1024 * 1024) + b"</w:styles>"
ENTITY = b'<!DOCTYPE w:styles [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:styles>&a;</w:styles>'


def letterhead() -> bytes:
    """A letterhead with a header, a heading of its own looks and text that is to go."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Tyne Schools Partnership"
    document.sections[0].left_margin = Mm(35)
    document.styles["Heading 1"].font.size = Pt(31)
    document.add_paragraph("Dear Sir or Madam")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def changed(part: str, content: bytes | None, into: str | None = None) -> bytes:
    """The letterhead with another content of one part, or with a part more, or without one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(letterhead())) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        if content is not None:
            new.writestr(into or part, content)
    return stream.getvalue()


def test_paper_styles_header_and_footer_are_those_of_the_template(tmp_path: Path) -> None:
    (tmp_path / "letterhead.docx").write_bytes(letterhead())
    data = REPORT.to_docx(tmp_path / "letterhead.docx")
    document = docx.Document(io.BytesIO(data))
    assert document.sections[0].header.paragraphs[0].text == "Tyne Schools Partnership"
    assert document.sections[-1].header.is_linked_to_previous or document.sections[-1].header.paragraphs[0].text
    assert round((document.sections[0].left_margin or 0) / Mm(1)) == 35
    assert document.styles["Heading 1"].font.size == Pt(31)
    assert document.paragraphs[0].text == "A warm space on Tuesdays"
    assert "Dear Sir or Madam" not in [line.text for line in document.paragraphs]


def test_a_template_without_headings_gets_them_and_office_refuses_nothing(tmp_path: Path) -> None:
    document = docx.Document()
    for name in ("Heading 2", "Heading 3", "List Bullet", "Table Grid", "Caption"):
        document.styles[name].delete()
    for relation in list(document.part.rels):
        if document.part.rels[relation].reltype.endswith("stylesWithEffects"):
            del document.part.rels[relation]
    document.save(str(tmp_path / "bare.docx"))
    (tmp_path / "a.docx").write_bytes(REPORT.to_docx((tmp_path / "bare.docx").read_bytes()))
    found = openxml_audit.OpenXmlValidator().validate(tmp_path / "a.docx")
    assert [error.description for error in found.errors] == []
    names = {line.style.name for line in docx.Document(str(tmp_path / "a.docx")).paragraphs if line.style}
    assert {"Heading 1", "Heading 2", "Heading 3"} <= names


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (lambda: b"", "the file is empty"),
        (lambda: b"Dear Sir", "this is no Word document"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office file, like .doc"),
        (lambda: letterhead()[:9000], "damaged or was not copied to its end"),
        (lambda: changed("word/styles.xml", BOMB), "larger than 20 MB"),
        (lambda: changed("word/styles.xml", ENTITY), "a DOCTYPE"),
        (lambda: changed("word/styles.xml", b"<a><b>"), "damaged"),
        (lambda: changed("word/document.xml", None), "no Word document"),
        (lambda: changed("[Content_Types].xml", None), "damaged"),
        (lambda: changed("docProps/thumbnail.jpeg", b"x", "word/vbaProject.bin"), "holds macros"),
        (lambda: changed("docProps/thumbnail.jpeg", b"\0" * (101 << 20)), "larger than 100 MB"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_in_one_line(made: Callable[[], bytes], message: str) -> None:
    with pytest.raises(toc.TheoryError, match=message) as found:
        REPORT.to_docx(made())
    assert len(str(found.value).splitlines()) == 1


def test_a_template_that_is_not_there_is_named() -> None:
    with pytest.raises(toc.TheoryError, match="no such file"):
        REPORT.to_docx("nowhere.docx")


def test_a_link_of_the_template_to_another_file_is_not_kept() -> None:
    document = docx.Document()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    settings = document.part.part_related_by(kind.replace("attachedTemplate", "settings"))
    settings.rels.get_or_add_ext_rel(kind, "file:///c:/evil.dotm")
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(io.BytesIO(REPORT.to_docx(stream.getvalue()))) as found:
        assert [name for name in found.namelist() if b"evil" in found.read(name)] == []

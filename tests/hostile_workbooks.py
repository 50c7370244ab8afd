"""Workbooks as nobody should send them, built by hand: some are too large, some lie, some are no workbooks."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

SHEET: Final = "xl/worksheets/sheet1.xml"
STRINGS: Final = "xl/sharedStrings.xml"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KINDS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
MB: Final = 1024 * 1024


def relations(*targets: tuple[str, str]) -> str:
    """What a part needs, each by its kind and its name."""
    listed = (f'<Relationship Id="r{n}" Type="{_KINDS}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(targets))
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(listed)}</Relationships>'


def sheet(cells: str) -> str:
    """A sheet of these rows."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'


def strings(items: str) -> str:
    """The texts that cells name by number."""
    return f'<sst xmlns="{_MAIN}">{items}</sst>'


PLAIN: Final = {
    "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_KINDS}"><sheets><sheet name="Plan" sheetId="1" r:id="r0"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": relations(
        ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
    ),
    SHEET: sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row><row><c t="inlineStr"><is><t>Chess</t></is></c></row>'),
    STRINGS: strings("<si><t>Activity</t></si>"),
}


def workbook(parts: Mapping[str, str | bytes] = MappingProxyType({})) -> bytes:
    """A workbook of one column, with some parts that are others."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in {**PLAIN, **parts}.items():
            file.writestr(name, text)
    return held.getvalue()


def with_declaration(declaration: str, what: str) -> bytes:
    """A workbook whose first text is what a DOCTYPE says."""
    text = strings(f"<si><t>{what}</t></si>")
    return workbook({STRINGS: f"<?xml version='1.0'?><!DOCTYPE sst {declaration}>{text}"})


def in_an_old_encoding() -> bytes:
    """A DOCTYPE in letters that are not those of ASCII, where the bytes `<!DOCTYPE` do not stand."""
    rest = f'<!DOCTYPE sst [<!ENTITY a "b">]>{strings("<si><t>&a;</t></si>")}'
    return workbook(
        {STRINGS: "\ufeff<?xml version='1.0' encoding='utf-16'?>".encode("utf-16-le") + rest.encode("utf-16-le")}
    )


def lying_about_its_size() -> bytes:
    """A workbook whose table of contents says that a large part is small."""
    data = bytearray(workbook({SHEET: sheet("<row/>" * 5_000_000)}))
    at = data.index(SHEET.encode(), data.index(b"PK\x01\x02")) - 46
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(data)


def many_names_for_one_sheet() -> bytes:
    """A workbook with thousands of sheets that are all the same large part."""
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r0"/>' for n in range(2000))
    main = f'<workbook xmlns="{_MAIN}" xmlns:r="{_KINDS}"><sheets>{listed}</sheets></workbook>'
    return workbook({"xl/workbook.xml": main, SHEET: sheet("<row/>" * 1_000_000)})


_LAUGHS: Final = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

REFUSED: Final[Mapping[str, tuple[Callable[[], bytes], str]]] = {
    "text bomb": (lambda: workbook({STRINGS: strings(f"<si><t>{'a' * (21 * MB)}</t></si>")}), "TOC004"),
    "space bomb": (lambda: workbook({SHEET: sheet(" " * (21 * MB))}), "TOC004"),
    "row bomb": (lambda: workbook({SHEET: sheet("<row/>" * (4 * MB))}), "TOC004"),
    "string bomb": (lambda: workbook({STRINGS: strings("<si><t>a</t></si>" * (2 * MB))}), "TOC004"),
    "sparse bomb": (
        lambda: workbook({SHEET: sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')}),
        "TOC004",
    ),
    "long text": (
        lambda: workbook({SHEET: sheet(f"<row><c t='inlineStr'><is><t>{'a' * 40_000}</t></is></c></row>")}),
        "TOC004",
    ),
    "too many rows": (lambda: workbook({SHEET: sheet("<row><c><v>1</v></c></row>" * 10_011)}), "TOC004"),
    "entities": (lambda: with_declaration(f'[<!ENTITY l0 "ha">{_LAUGHS}]', "&l9;"), "TOC002"),
    "external entity": (lambda: with_declaration('[<!ENTITY x SYSTEM "file:///etc/passwd">]', "&x;"), "TOC002"),
    "external DTD": (lambda: with_declaration('SYSTEM "http://192.0.2.1/x.dtd"', "a"), "TOC002"),
    "DOCTYPE in UTF-16": (in_an_old_encoding, "TOC002"),
    "200,000 parts": (lambda: workbook({f"xl/media/{n}": "" for n in range(200_000)}), "TOC004"),
    "deep": (lambda: workbook({SHEET: sheet("<a>" * 1_000_000)}), "TOC002"),
    "lying": (lying_about_its_size, "TOC002"),
    "one sheet with 2,000 names": (many_names_for_one_sheet, "TOC002"),
    "cut": (lambda: workbook()[:-200], "TOC002"),
    "empty": (bytes, "TOC002"),
    "OLE": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "TOC002"),
    "with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
        "TOC002",
    ),
    "no zip": (lambda: b"PK, and nothing else of a workbook", "TOC002"),
    "Word": (
        lambda: workbook(
            {"_rels/.rels": relations(("officeDocument", "word/document.xml")), "word/document.xml": "<w/>"}
        ),
        "TOC002",
    ),
    "no sheet": (lambda: workbook({"xl/workbook.xml": "<workbook/>"}), "TOC002"),
    "XML that breaks off": (lambda: workbook({SHEET: "<worksheet><sheetData>"}), "TOC002"),
    "a text that is not there": (lambda: workbook({STRINGS: strings("")}), "TOC002"),
}
"""What is refused in one line, with the code."""

BEARABLE: Final[Mapping[str, Callable[[], bytes]]] = {
    "rows": lambda: workbook({SHEET: PLAIN[SHEET].replace("</sheetData>", f"{'<row/>' * 2_000_000}</sheetData>")}),
    "cells": lambda: workbook(
        {SHEET: PLAIN[SHEET].replace("</sheetData>", f"<row>{'<c/>' * 3_000_000}</row></sheetData>")}
    ),
    "strings": lambda: workbook({STRINGS: strings(f"<si><t>Activity</t></si>{'<si/>' * 2_000_000}")}),
    "spaces": lambda: workbook({SHEET: PLAIN[SHEET].replace("</sheetData>", f"{' ' * (15 * MB)}</sheetData>")}),
}
"""What is large and foolish, and read within bounds: the same workbook of one activity each time."""

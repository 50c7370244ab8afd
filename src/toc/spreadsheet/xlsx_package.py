"""The parts of an .xlsx file, which may come from anybody: measured and looked over before one of them is read.

Links to other files are never followed, macros never run, and no part is unpacked but those that are asked for.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET
from xml.parsers import expat

from toc.errors import TheoryError
from toc.limits import limits_now
from toc.spreadsheet.grid import refused

MOST_PARTS: Final = 2_000
MOST_XML: Final = 20 * 1024 * 1024
DEEPEST: Final = 64
DAMAGED: Final = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, ET.ParseError, expat.ExpatError),
    *(EOFError, LookupError, NotImplementedError, OSError, RuntimeError, ValueError),
)
"""What the standard library raises at a file that is not what it says."""

_XML: Final = (".xml", ".rels", ".vml")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY: Final = b"PK\x01\x02"  # the beginning of each line of a zip's table of contents
_HAS_PASSWORD: Final = "EncryptedPackage".encode("utf-16-le")
_LOCKED: Final = (
    "this workbook has a password: open it in Excel, save it as .xlsx without a password, and name that file"
)
_OLD: Final = (
    "this is an old Office file, like .xls: open it in Excel, save it as .xlsx without a password, and name that file"
)
_NO_WORKBOOK: Final = "this is no Excel workbook: save the spreadsheet as .xlsx and name that file"
CUT: Final = (
    "the workbook is damaged or was not copied to its end: copy it again, or open it in Excel and save it again"
)


class Relation(NamedTuple):
    """That a part of the package needs another: under which id, what kind of part, and its name."""

    id: str
    kind: str
    target: str


class Package:
    """The XML parts of a workbook by name. Raises TheoryError (TOC002, TOC004) for a file that is none, or too large."""

    def __init__(self, data: bytes, source: str | None) -> None:
        self.source = source
        _refuse_strangers(data, source)
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.parts = {_part_name(info.filename): info for info in self.zip.infolist()}
        self.left = 3 * MOST_XML  # to be unpacked: nothing is read more than twice, unless many sheets are one part
        self._refuse_large()
        for name in self.parts:
            if name.endswith(_XML):
                self._refuse_declarations(name)

    def workbook(self) -> str:
        """The name of the part that lists the sheets."""
        found = next((one.target for one in self.related("") if one.kind == "officeDocument"), "xl/workbook.xml")
        if not found.endswith(".xml") or found not in self.parts:
            raise self.not_a_workbook()
        return found

    def not_a_workbook(self) -> TheoryError:
        """That the file is of another kind."""
        return refused("TOC002", _NO_WORKBOOK, self.source)

    def related(self, part: str) -> tuple[Relation, ...]:
        """The other parts that a part needs; "" is the package itself. What lies outside the file is left out."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self.parts:
            return ()
        return tuple(
            Relation(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], _joined(folder, one.get("Target", "")))
            for one in self.elements(path, "Relationship")
            if one.get("TargetMode") != "External"
        )

    def elements(self, part: str, *wanted: str) -> Iterator[ET.Element]:
        """The elements of these names in a part, one after the other; nothing else of it is kept."""
        self.left -= self.parts[part].file_size
        if not part.endswith(_XML) or self.left < 0:
            raise refused("TOC002", CUT, self.source)
        opened: list[ET.Element] = []
        inside = 0
        with self.zip.open(self.parts[part]) as stream:
            for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314  # no entity is left
                is_wanted = local(element) in wanted
                if event == "start":
                    opened.append(element)
                    inside += is_wanted
                    if len(opened) > DEEPEST:
                        raise refused("TOC002", f"its XML is more than {DEEPEST} elements deep: {CUT}", self.source)
                    continue
                opened.pop()
                inside -= is_wanted
                if is_wanted:
                    yield element
                if opened and not inside:
                    del opened[-1][:]

    def _refuse_large(self) -> None:
        if len(self.parts) > MOST_PARTS:
            raise _too_many_parts(self.source)
        if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in self.parts.values()):
            raise refused("TOC002", CUT, self.source)
        size = sum(info.file_size for name, info in self.parts.items() if name.endswith(_XML))
        if size > MOST_XML:
            message = (
                f"the workbook is larger than {MOST_XML >> 20} MB when it is unpacked: save the rows that matter only"
            )
            raise refused("TOC004", message, self.source)

    def _refuse_declarations(self, part: str) -> None:
        """A DOCTYPE could name other files, or make a few bytes very long; no program writes one into a workbook."""
        seen: list[str] = []
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = lambda name, *_: seen.append(name)
        parser.StartElementHandler = lambda *_: seen.append("")
        with self.zip.open(self.parts[part]) as stream:
            while not seen and (piece := stream.read(1 << 14)):
                parser.Parse(piece)
        if seen and seen[0]:
            raise refused(
                "TOC002", "the workbook holds a DOCTYPE, which none needs: save it in Excel again", self.source
            )


def local(element: ET.Element) -> str:
    """The name of an element without its namespace, of which there are an old and a strict one."""
    return element.tag.rpartition("}")[2]


def _part_name(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").casefold()


def _joined(folder: str, target: str) -> str:
    return _part_name(posixpath.normpath(posixpath.join("/", folder, target)))


def _refuse_strangers(data: bytes, source: str | None) -> None:
    if len(data) > limits_now().bytes:
        raise refused("TOC004", f"the workbook is larger than {limits_now().bytes / 1024 / 1024:.3g} MB", source)
    if not data:
        raise refused("TOC002", "the file is empty: save the spreadsheet again", source)
    if data.startswith(_OLE):
        raise refused("TOC002", _LOCKED if _HAS_PASSWORD in data else _OLD, source)
    if not data.startswith(b"PK"):
        raise refused("TOC002", _NO_WORKBOOK, source)
    if data.count(_ENTRY) > MOST_PARTS:
        raise _too_many_parts(source)


def _too_many_parts(source: str | None) -> TheoryError:
    return refused(
        "TOC004", f"the workbook has more than {MOST_PARTS:,} parts: save the sheets that matter only", source
    )

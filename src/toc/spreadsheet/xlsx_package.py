"""The parts of an .xlsx or .docx file, which may come from anybody: measured and looked over before one of them is read.

Links to other files are never followed, macros never run, and no part is unpacked but those that are asked for.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Final, NamedTuple
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

_ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb")
_XML: Final = (".xml", ".rels", ".vml")
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY: Final = b"PK\x01\x02"  # the beginning of each line of a zip's table of contents
_HAS_PASSWORD: Final = "EncryptedPackage".encode("utf-16-le")


class Office(NamedTuple):
    """A kind of file: what people call it, its ending, the program that makes it, and the part with which reading begins."""

    noun: str
    ending: str
    program: str
    main: str

    @property
    def cut(self) -> str:
        """That a file cannot be read."""
        return (
            f"the {self.noun} is damaged or was not copied to its end: copy it again, or open it in {self.program} and "
            "save it again"
        )

    @property
    def again(self) -> str:
        """What to do with a file of an old kind, or with a password."""
        return f"open it in {self.program}, save it as {self.ending} without a password, and name that file"


WORKBOOK: Final = Office("workbook", ".xlsx", "Excel", "xl/workbook.xml")
DOCUMENT: Final = Office("document", ".docx", "Word", "word/document.xml")
_NOT_IT: Final = {
    WORKBOOK: "this is no Excel workbook: save the spreadsheet as .xlsx and name that file",
    DOCUMENT: "this is no Word document: save it as .docx and name that file",
}
CUT: Final = WORKBOOK.cut


def is_workbook(data: bytes, name: str | None) -> bool:
    """Whether a file is a workbook, or should be one by its name."""
    return data.startswith((_ZIP, _OLE)) or (name or "").lower().endswith(_ENDINGS)


Tell = Callable[[int, int], None]


class Relation(NamedTuple):
    """That a part of the package needs another: under which id, what kind of part, and its name."""

    id: str
    kind: str
    target: str


class Package:
    """The XML parts of a workbook or document by name. Raises TheoryError (TOC002, TOC004) for what is none, or too large."""

    def __init__(self, data: bytes, source: str | None, tell: Tell | None = None, kind: Office = WORKBOOK) -> None:
        """`tell` is told, again and again, how many bytes of how many are read."""
        self.source, self.kind = source, kind
        self.tell = tell
        self.read = 0
        _refuse_strangers(data, source, kind)
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.parts = {_part_name(info.filename): info for info in self.zip.infolist()}
        self.left = 3 * MOST_XML  # to be unpacked: nothing is read more than twice, unless many sheets are one part
        self._refuse_large()
        for name in self.parts:
            if name.endswith(_XML):
                self._refuse_declarations(name)

    def main(self) -> str:
        """The name of the part that lists the sheets, or holds the text."""
        found = next((one.target for one in self.related("") if one.kind == "officeDocument"), self.kind.main)
        if not found.endswith(".xml") or found not in self.parts:
            raise self.of_another_kind()
        return found

    def of_another_kind(self) -> TheoryError:
        """That the file is of another kind."""
        return refused("TOC002", _NOT_IT[self.kind], self.source)

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
            raise refused("TOC002", self.kind.cut, self.source)
        opened: list[ET.Element] = []
        inside = 0
        with self.zip.open(self.parts[part]) as stream:
            for event, element in ET.iterparse(_Counted(stream, self._count), ("start", "end")):  # noqa: S314  # no entity is left
                is_wanted = local(element) in wanted
                if event == "start":
                    opened.append(element)
                    inside += is_wanted
                    if len(opened) > DEEPEST:
                        raise refused(
                            "TOC002", f"its XML is more than {DEEPEST} elements deep: {self.kind.cut}", self.source
                        )
                    continue
                opened.pop()
                inside -= is_wanted
                if is_wanted:
                    yield element
                if opened and not inside:
                    del opened[-1][:]

    def _count(self, read: int) -> None:
        self.read += read
        if self.tell:
            self.tell(self.read, sum(info.file_size for name, info in self.parts.items() if name.endswith(".xml")))

    def _refuse_large(self) -> None:
        if len(self.parts) > MOST_PARTS:
            raise _too_many_parts(self.source, self.kind)
        if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in self.parts.values()):
            raise refused("TOC002", self.kind.cut, self.source)
        size = sum(info.file_size for name, info in self.parts.items() if name.endswith(_XML))
        if size > MOST_XML:
            message = (
                f"the {self.kind.noun} is larger than {MOST_XML >> 20} MB when it is unpacked: save what matters only"
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
            message = f"the {self.kind.noun} holds a DOCTYPE, which none needs: save it in {self.kind.program} again"
            raise refused("TOC002", message, self.source)


class _Counted:
    """A stream whose bytes are counted as they are read."""

    def __init__(self, stream: IO[bytes], count: Callable[[int], None]) -> None:
        self.stream = stream
        self.count = count

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        found = self.stream.read(size)
        self.count(len(found))
        return found


def local(element: ET.Element) -> str:
    """The name of an element without its namespace, of which there are an old and a strict one."""
    return element.tag.rpartition("}")[2]


def _part_name(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").casefold()


def _joined(folder: str, target: str) -> str:
    return _part_name(posixpath.normpath(posixpath.join("/", folder, target)))


def _refuse_strangers(data: bytes, source: str | None, kind: Office) -> None:
    if len(data) > limits_now().bytes:
        raise refused("TOC004", f"the {kind.noun} is larger than {limits_now().bytes / 1024 / 1024:.3g} MB", source)
    if not data:
        raise refused("TOC002", "the file is empty: save it again", source)
    if data.startswith(_OLE):
        why = (
            f"this {kind.noun} has a password"
            if _HAS_PASSWORD in data
            else f"this is an old Office file, like {kind.ending[:-1]}"
        )
        raise refused("TOC002", f"{why}: {kind.again}", source)
    if not data.startswith(b"PK"):
        raise refused("TOC002", _NOT_IT[kind], source)
    if data.count(_ENTRY) > MOST_PARTS:
        raise _too_many_parts(source, kind)


def _too_many_parts(source: str | None, kind: Office) -> TheoryError:
    return refused("TOC004", f"the {kind.noun} has more than {MOST_PARTS:,} parts: save what matters only", source)

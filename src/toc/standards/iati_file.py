"""A file of IATI as bytes: read within bounds, and the one place in it where the results of a theory belong."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree import ElementTree as ET
from xml.parsers import expat

from toc.errors import TheoryError
from toc.limits import Limits
from toc.problems import Problem
from toc.spelling import hint, nearest

DEEPEST: Final = 100
MOST_BYTES: Final = Limits().bytes
_ACTIVITY: Final = ("iati-activities", "iati-activity")
# What the schema puts behind the results.
_AFTER: Final = frozenset({"crs-add", "fss"})
OWN_NAMESPACE: Final = "urn:theory-of-change:1"
OWN_ID: Final = f"{OWN_NAMESPACE} id"


def tree(data: str | bytes) -> ET.Element:
    """A file as a tree of elements. Raises TheoryError where it is no XML, is too large, or declares a type (DOCTYPE)."""
    encoding = "utf-8" if isinstance(data, str) else None  # whatever a text says that its bytes once were
    data = data.encode() if isinstance(data, str) else data
    _bounded(data)
    builder = ET.TreeBuilder()
    parser = _parser(encoding)
    parser.StartElementHandler = lambda name, looks: builder.start(
        _braced(name), {_braced(key): looks[key] for key in looks}
    )
    parser.EndElementHandler = lambda name: builder.end(_braced(name))
    parser.CharacterDataHandler = builder.data
    _parse(parser, data)
    return builder.close()


@dataclass(frozen=True, slots=True)
class Place:
    """Where results go in a file: before `at`, in place of what stands between each two of `old`."""

    data: bytes
    encoding: str
    at: int
    old: tuple[tuple[int, int], ...]

    def with_results(self, results: str) -> str:
        """The file with these results, and no earlier ones of a theory."""
        before, start = b"", 0
        for begin, end in (*self.old, (self.at, self.at)):
            before += self.data[start:begin]
            start = end
        if before[before.rfind(b"\n") + 1 :].strip():  # in a line of others, so that they are found there again
            results = results.lstrip()
        if b"\r\n" in self.data:
            results = results.replace("\n", "\r\n")
        return before.decode(self.encoding) + results + self.data[start:].decode(self.encoding)


@dataclass(slots=True)
class _Found:
    """An activity of the file: its identifier, where its results end, and the earlier results of a theory."""

    identifier: str = ""
    end: int | None = None
    old: list[tuple[int, int]] = field(default_factory=list)


def place_for(data: bytes, identifier: str | None) -> Place:
    """The place of the results in the activity of this identifier, or in the only one. Raises TheoryError."""
    _bounded(data)
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise TheoryError([Problem("TOC002", "the file is written in UTF-16: save it as UTF-8")])
    looking = _Looking(data)
    _parse(looking.parser, data)
    found = {one.identifier: one for one in looking.activities}
    if identifier is None and len(looking.activities) == 1:
        chosen = looking.activities[0]
    elif identifier in found:
        chosen = found[identifier]
    else:
        names = ", ".join(found) or "none"
        message = (
            f"there is no activity {identifier!r} in this file{hint(nearest(identifier, found))}: it has {names}"
            if identifier
            else "there is no activity in this file"
            if not found
            else f"the file has several activities: write `identifier` under `settings: iati:`, one of {names}"
        )
        raise TheoryError([Problem("TOC011", message, ("settings", "iati", "identifier"))])
    assert chosen.end is not None  # noqa: S101  # every element ends where the file is well-formed
    return Place(data, looking.encoding, chosen.end, tuple(chosen.old))


class _Looking:
    """What follows a parser through the file and remembers the places."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.activities: list[_Found] = []
        self.encoding = "utf-8"
        self.parser = _parser()
        self.parser.XmlDeclHandler = self._declared
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.path: list[str] = []
        self.begun: int | None = None

    def _declared(self, _version: str, encoding: str | None, _alone: int) -> None:
        self.encoding = encoding or self.encoding

    def _start(self, name: str, looks: dict[str, str]) -> None:
        self.path.append(name)
        here = self.parser.CurrentByteIndex
        if tuple(self.path) == _ACTIVITY:
            self.activities.append(_Found())
        elif tuple(self.path[:-1]) == _ACTIVITY:
            if name == "result" and OWN_ID in looks:
                self.begun = here
            elif name in _AFTER and self.activities[-1].end is None:
                self.activities[-1].end = self._line_start(here)

    def _end(self, name: str) -> None:
        here = self.parser.CurrentByteIndex
        is_empty = not self.data.startswith(f"</{name}".encode(), here)  # no end of its own: `here` is behind it
        if tuple(self.path) == _ACTIVITY and is_empty:
            self.activities.pop()
        elif tuple(self.path) == _ACTIVITY and self.activities[-1].end is None:
            self.activities[-1].end = self._line_start(here)
        elif tuple(self.path[:-1]) == _ACTIVITY and self.begun is not None and self.path[-1] == "result":
            close = here if is_empty else self.data.index(b">", here) + 1
            self.activities[-1].old.append((self._line_start(self.begun), self._line_end(close)))
            self.begun = None
        self.path.pop()

    def _text(self, text: str) -> None:
        if tuple(self.path) == (*_ACTIVITY, "iati-identifier"):
            self.activities[-1].identifier += text.strip()

    def _line_start(self, at: int) -> int:
        """The begin of the line, where nothing but spaces stands before `at`."""
        begin = self.data.rfind(b"\n", 0, at) + 1
        return begin if not self.data[begin:at].strip() else at

    def _line_end(self, at: int) -> int:
        end = self.data.find(b"\n", at) + 1
        return end if end and not self.data[at:end].strip() else at


def _bounded(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise TheoryError([Problem("TOC004", f"the file has more than {MOST_BYTES:,} bytes")])


def _parser(encoding: str | None = None) -> Any:
    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    parser.buffer_text = True

    def refused(*_: Any) -> None:
        message = "the file declares a document type (DOCTYPE), which may name other files: take that line out"
        raise TheoryError(
            [Problem("TOC005", message, line=parser.CurrentLineNumber, column=parser.CurrentColumnNumber + 1)]
        )

    parser.StartDoctypeDeclHandler = refused
    return parser


def _parse(parser: Any, data: bytes) -> None:
    deep = 0
    start, end = parser.StartElementHandler, parser.EndElementHandler

    def into(name: str, looks: dict[str, str]) -> None:
        nonlocal deep
        deep += 1
        if deep > DEEPEST:
            raise TheoryError(
                [Problem("TOC004", f"the file has more than {DEEPEST} levels", line=parser.CurrentLineNumber)]
            )
        start(name, looks)

    def out(name: str) -> None:
        nonlocal deep
        deep -= 1
        end(name)

    parser.StartElementHandler, parser.EndElementHandler = into, out
    try:
        parser.Parse(data, True)  # noqa: FBT003  # expat takes it by position
    except TheoryError:  # ours, from within
        raise
    except expat.ExpatError as error:
        message = f"this is not XML: {expat.ErrorString(error.code)}"
        raise TheoryError([Problem("TOC003", message, line=error.lineno, column=error.offset + 1)]) from None
    except (LookupError, UnicodeError, ValueError):
        raise TheoryError(
            [Problem("TOC002", "the text is in an encoding that is not known: save it as UTF-8")]
        ) from None


def _braced(name: str) -> str:
    """A name of another namespace as ElementTree writes it."""
    space, _, own = name.rpartition(" ")
    return f"{{{space}}}{own}" if space else own

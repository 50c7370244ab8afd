"""Files of other programs, as somebody uploads them, to the text of a theory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import NamedTuple

from toc.files.loader import format_of, loads
from toc.files.opening import decode
from toc.files.saver import dumps
from toc.front import TheoryOfChange
from toc.spreadsheet import Converted


class BroughtIn(NamedTuple):
    """The text of a theory, and what was not used, merged, guessed or lost on the way."""

    text: str
    remarks: tuple[str, ...] = ()


def brought_in(data: bytes, name: str, title: str | None = None, standard: str | None = None) -> BroughtIn:
    """The theory in a file, known by its name: an outline, a spreadsheet, a logframe, a standard, or a theory already.

    Raises:
        TheoryError: with every problem of the file.
        OptionError: there is no such standard.
    """
    from toc.standards.registry import told_by

    if wanted := standard or told_by(name):
        return _of_standard(data, wanted)
    match PurePath(name).suffix.lower():
        case ".txt" | ".md":
            return _of_outline(data, name, title)
        case ".yaml" | ".yml" | ".json":
            return BroughtIn(_as_yaml(data, name))
        case _:
            return _of_tables(data, name, title)


def _of_standard(data: bytes, standard: str) -> BroughtIn:
    from toc.standards import imported

    made = imported(data, standard, into=TheoryOfChange)
    return BroughtIn(dumps(made.theory), tuple(f"{loss.place}: {loss.what}: {loss.why}" for loss in made.losses))


def _of_outline(data: bytes, name: str, title: str | None) -> BroughtIn:
    from toc.editing import from_outline

    made = from_outline(data, title=title, source=name, into=TheoryOfChange)
    return BroughtIn(made.text, tuple(made.remarks))


def _as_yaml(data: bytes, name: str) -> str:
    """A file that holds a theory already: as it is, or of JSON the same as YAML."""
    format = format_of(name)
    theory = loads(data, format=format, source=name, into=TheoryOfChange)
    return decode(data, source=name) if format == "yaml" else dumps(theory)


def _of_tables(data: bytes, name: str, title: str | None) -> BroughtIn:
    """A workbook of ours, a logframe, or rows of activities."""
    from toc.reports.docx_rows import is_document
    from toc.reports.logframe_reading import from_logframe, logframe_in
    from toc.spreadsheet import from_grids, grids_in, workbook_in
    from toc.spreadsheet.workbook import whole_text

    read = data if is_document(data, name) else workbook_in(data, name) or data
    if not isinstance(read, bytes) and (whole := whole_text(read, title)):
        return BroughtIn(*whole)
    title = title or _title_of(name)
    if frame := logframe_in(read, name):
        return _told(from_logframe(frame, title=title, source=name))
    return _told(from_grids(grids_in(read, name), title=title))


def _told(made: Converted) -> BroughtIn:
    return BroughtIn(made.text, _texts(made.remarks))


def _texts(remarks: Iterable[object]) -> tuple[str, ...]:
    return tuple(map(str, remarks))


def _title_of(name: str) -> str:
    """A title from the name of a file."""
    return PurePath(name).stem.replace("-", " ").replace("_", " ").strip().capitalize() or "Our theory of change"

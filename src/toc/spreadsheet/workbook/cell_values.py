"""What stands in a cell for a value of a theory, and which value somebody means by what stands in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from math import isclose
from typing import Any, Final, NamedTuple

from pydantic_core import PydanticCustomError

from toc.language.text import one_line
from toc.model.meant import number_advice
from toc.model.structure import is_id
from toc.model.types import read_date, refuse_share_as_text, shown
from toc.pages.sheet import harmless, plain_number
from toc.problems import Problem
from toc.spelling import hint, nearest
from toc.spreadsheet.workbook.labels import BETWEEN, Labels, Names, parted, tidy
from toc.spreadsheet.workbook.sheet_shapes import Column
from toc.spreadsheet.workbook_cells import WorkbookCell

Shown = str | float | bool | date | None
EARLIEST: Final = date(1900, 3, 1)
"""Before that day Excel and other programs count days differently."""
MOST_LETTERS: Final = 32_767
SHARES: Final = ("confidence", "disadvantage")
"""The columns that hold a share from 0 to 1."""
_CUT: Final = " … [longer than a cell can be: change it in the file]"
_SPACES: Final = re.compile("[\u00a0\u202f]")
_MADE_HARMLESS: Final = re.compile(r"^'(?=\s*[=+\-@＝＋－＠])|(?<=[;|])'(?=[=+\-@＝＋－＠])")  # noqa: RUF001
_YEAR: Final = re.compile("[0-9]{4}")
_WHOLE: Final = re.compile(r"[-−]?[0-9]+")
_DECIMAL: Final = re.compile(r"[-−]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")


class Read(NamedTuple):
    """A value that somebody meant, and what was mended to see it: the kind of a remark, or nothing."""

    value: Any
    mended: str = ""


class CellError(Exception):
    """A cell that cannot be read."""

    def __init__(self, code: str, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.suggestion = suggestion

    def problem(self, sheet: str, row: int, column: int) -> Problem:
        """The problem with its place."""
        return Problem(self.code, self.message, line=row, column=column, sheet=sheet, suggestion=self.suggestion)


def shown_in_cell(column: Column, value: Any, labels: Labels) -> Shown:
    """What stands in a cell for a value; nothing for one that no cell of this column can hold."""
    if value is None:
        return None
    named = labels.get(column.pool, {})
    match column.control:
        case "name":
            return named.get(str(value), tidy(str(value)))
        case "gifts" | "shown":
            return _cut(tidy(BETWEEN.join(one_line(_listed(one, column, labels)) for one in value)))
        case "names" | "texts" | "words":
            return _cut(tidy(BETWEEN.join(one_line(named.get(str(one), str(one))) for one in value)))
        case "flag":
            return "yes" if value else "no"
        case "day" | "since" if isinstance(value, str):
            day = date.fromisoformat(value)
            return day if day >= EARLIEST else value
        case _:
            return (_cut(tidy(value)) or None) if isinstance(value, str) else value if is_plain(value) else None


def is_plain(value: Any) -> bool:
    """Whether a value can stand in a cell: a spreadsheet knows no number as large as the largest of ours."""
    return isinstance(value, (str, bool, int, float)) and (isinstance(value, str) or abs(value) < 1e300)


def listed_label(item: Mapping[str, Any]) -> str:
    """The word, the id or the text of something that is given, gained or shown; nothing where it has none."""
    return next((str(item[key]) for key in ("resource", "benefit", "node", "partner", "text") if item.get(key)), "")


def _listed(item: Mapping[str, Any], column: Column, labels: Labels) -> str:
    """What stands in a cell for one of several things: a title for an id."""
    label = listed_label(item)
    if column.control == "gifts" or "text" in item:
        return label
    pools = ("partners",) if "partner" in item else SHOWN_POOLS
    return next((labels[pool][label] for pool in pools if label in labels.get(pool, {})), label)


SHOWN_POOLS: Final = ("boxes", "kpis")


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - len(_CUT)] + _CUT


def as_csv_text(value: Shown) -> str:
    """What stands in a cell as the text of a CSV file; one that looks like a formula is made harmless."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case str():
            return harmless(value)
        case date():
            return value.isoformat()
        case _:
            return plain_number(value)


def from_csv_text(cell: WorkbookCell) -> WorkbookCell:
    """A cell of a CSV file without what made it harmless; what spreadsheets write for yes and no is that."""
    text = str(cell.value)
    value = {"TRUE": True, "FALSE": False}.get(text)
    return replace(cell, value=_MADE_HARMLESS.sub("", text) if value is None else value)


def says_the_same(cell: WorkbookCell | None, there: Shown) -> bool:
    """Whether a cell still says what was written into it."""
    if cell is not None and (cell.is_error or (cell.is_formula and cell.value is None)):
        return False
    found = None if cell is None else cell.value
    if isinstance(found, str):
        found = tidy(_SPACES.sub(" ", found)) or None
    if isinstance(there, str):
        return isinstance(found, str) and found == tidy(_SPACES.sub(" ", there))
    if isinstance(there, (int, float)) and not isinstance(there, bool):
        return _is_number(found) and isclose(float(found), there, rel_tol=1e-14)  # type: ignore[arg-type]
    return type(found) is type(there) and found == there


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what people typed. `names` finds what is meant by titles; in text alone, as in CSV, numbers are text too.

    `labels` are the titles when the workbook was written.
    """

    names: Names
    labels: Labels
    is_text_alone: bool = False

    def value(self, column: Column, cell: WorkbookCell, before: Any, *, percentage: bool) -> Read:
        """The value that a cell means, None for an empty one; `before` is what stood there. Raises CellError."""
        _refuse_unreadable(cell)
        if isinstance(cell.value, str) and not cell.value.strip():
            return Read(None)
        match column.control:
            case "number":
                return self._number(column, cell, percentage=percentage)
            case "day":
                return _day(cell)
            case "since" if _is_number(cell.value):
                return Read(cell.value)
            case "since":
                return (
                    Read(int(cell.text), "" if self.is_text_alone else "text-number")
                    if _YEAR.fullmatch(cell.text.strip())
                    else _day(cell)
                )
            case "own":
                return Read(_own(cell))
            case "word" | "flag":
                return Read(_word(column, cell))
            case _:
                return self._words(column, cell, before)

    def _words(self, column: Column, cell: WorkbookCell, before: Any) -> Read:
        """A text, several of them, or the ids of what is named."""
        text, mended = _text(cell)
        found: Any = text
        match column.control:
            case "name":
                found = self._name(column, text)
            case "names":
                found = self._names(column, text)
            case "texts":
                found = [*dict.fromkeys(parted(text, before or ()))]
            case "words":
                found = [*dict.fromkeys(_one_word(column, part) for part in parted(text, ()))]
            case "gifts" | "shown":
                found = self._listed(column, text, before or ())
            case _:
                pass
        return Read(found, mended)

    def _listed(self, column: Column, text: str, before: Iterable[Mapping[str, Any]]) -> list[Any]:
        """What is given, gained or shown: what stood there before keeps all that is said of it."""
        there: dict[str, list[Mapping[str, Any]]] = {}
        for item in before:
            there.setdefault(one_line(tidy(_listed(item, column, self.labels))), []).append(item)
        known = there if column.control == "gifts" else {**there, **self.names.all_in(*SHOWN_POOLS, "partners")}
        found: dict[int | str, Any] = {}
        for part in map(one_line, parted(text, known)):
            if there.get(part):
                found[len(found)] = there[part].pop(0)
            elif part not in there:
                found.setdefault(part, self._new(column, part))
        return [*found.values()]

    def _new(self, column: Column, text: str) -> Any:
        """A word of the table, or a title, or else an own text, as the file holds it; what looks like a word is read as one."""
        if column.control == "gifts":
            return _meant(text, column.words) or (text if is_id(text) else {"text": text})
        for key, pool in (*(("node", pool) for pool in SHOWN_POOLS), ("partner", "partners")):
            if id := self.names.id(text, pool):
                return {key: id}
        return {"text": text}

    def _name(self, column: Column, text: str) -> str:
        id = self.names.id(text, column.pool)
        if id is None:
            near = self.names.nearest(text, column.pool)
            raise CellError("TOC030", f"nothing is called {shown(one_line(text))}{hint(near)}", near)
        return id

    def _names(self, column: Column, text: str) -> list[str]:
        ids = dict[str, None]()
        for part, id in self.names.ids_in(text, column.pool):
            ids[self._name(column, part) if id is None else id] = None
        return [*ids]

    def _number(self, column: Column, cell: WorkbookCell, *, percentage: bool) -> Read:
        value = cell.value
        if _is_number(value):
            return _shown_as_share(column, cell, percentage=percentage) if cell.is_percent else Read(value)
        text = one_line(str(value)) if isinstance(value, str) else cell.text
        if word := _meant(text, column.words):
            return Read(word)
        plain = text.replace("−", "-")
        if (_DECIMAL if self.is_text_alone else _WHOLE).fullmatch(text):
            return Read(
                float(plain) if re.search("[.eE]", plain) else int(plain), "" if self.is_text_alone else "text-number"
            )
        if percentage and _DECIMAL.fullmatch(text.removesuffix("%").rstrip()):
            return Read(_whole(float(plain.removesuffix("%").rstrip())), "percentage")
        if column.heading in SHARES:
            _refuse_share(text)
        near = nearest(text.casefold(), column.words)
        choices = f", or {', '.join(column.words)}," if column.words else ""
        raise CellError(
            "TOC012", f"expected a number{choices} but found {shown(text)}{number_advice(text) or hint(near)}", near
        )


def _refuse_unreadable(cell: WorkbookCell) -> None:
    if cell.is_error:
        error = shown(str(cell.value))
        raise CellError("TOC039", f"{error} is an error of the spreadsheet: mend it, or empty the cell")
    if cell.value is None:
        message = "a formula without a stored result: open the workbook, let it be worked out, and save it"
        raise CellError("TOC039", message)
    if isinstance(cell.value, str) and cell.value.endswith(_CUT):
        raise CellError("TOC039", "this text is longer than a cell can be: change it in the file")


def _shown_as_share(column: Column, cell: WorkbookCell, *, percentage: bool) -> Read:
    """A number that the cell shows as 80%: of a percentage that is 80."""
    if percentage:
        return Read(_whole(round(float(cell.value) * 100, 10)), "percentage")  # type: ignore[arg-type]
    value = float(cell.value)  # type: ignore[arg-type]
    choice = f"a share, {value:g}," if column.heading in SHARES else "the number itself"
    raise CellError(
        "TOC012",
        f"the cell shows {cell.text}, and holds {value:g}: give it the format Number, and write {choice} there",
    )


def _refuse_share(text: str) -> None:
    """Go on where a text is no share either, such as 35%."""
    try:
        refuse_share_as_text(text)
    except PydanticCustomError as error:
        raise CellError(error.type, error.message()) from None


def _whole(value: float) -> float:
    return int(value) if value.is_integer() else value


def _day(cell: WorkbookCell) -> Read:
    value = cell.value
    if isinstance(value, datetime):
        return Read(value.date().isoformat(), "time")
    if isinstance(value, date):
        return Read(value.isoformat())
    try:
        return Read(read_date(_SPACES.sub(" ", value) if isinstance(value, str) else cell.text).isoformat())
    except PydanticCustomError as error:
        raise CellError(error.type, error.message()) from None


def _own(cell: WorkbookCell) -> Any:
    if isinstance(cell.value, (date, time)):
        return cell.text
    return tidy(cell.value) if isinstance(cell.value, str) else cell.value


def _word(column: Column, cell: WorkbookCell) -> Any:
    value = cell.value
    text = ("yes" if value else "no") if isinstance(value, bool) and column.control == "flag" else one_line(cell.text)
    word = _one_word(column, text)
    return word == "yes" if column.control == "flag" else word


def _one_word(column: Column, text: str) -> str:
    word = _meant(one_line(text), column.words)
    if word is None:
        near = nearest(text.casefold(), column.words)
        raise CellError("TOC013", f"{shown(text)} is not one of {', '.join(column.words)}{hint(near)}", near)
    return word


def _meant(text: str, words: tuple[str, ...]) -> str | None:
    """A word of a closed list, capitals and spaces aside."""
    known: Mapping[str, str] = {word.casefold(): word for word in words}
    return known.get(one_line(text).casefold())


def _text(cell: WorkbookCell) -> tuple[str, str]:
    """The text in a cell, and whether it held something else that is read as text."""
    if isinstance(cell.value, str):
        return tidy(cell.value), ""
    return cell.text, "number-text"

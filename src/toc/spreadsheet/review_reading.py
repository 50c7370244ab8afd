"""A review from the CSV form that somebody filled in, with every problem by row and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, NamedTuple, TypeVar

from toc.errors import OptionError, TheoryError
from toc.language.text import one_line
from toc.model import Theory
from toc.model.own_frames import NOT_OURS
from toc.model.reviews import Review, ReviewAnswer
from toc.model.types import shown
from toc.pages.sheet import unguarded
from toc.partnership.evaluation import evaluation
from toc.partnership.frame_file import frame_in
from toc.partnership.review_edits import with_reviews
from toc.partnership.review_sheet import HEADINGS, answer_sheet
from toc.partnership.statements import Frame
from toc.problems import Problem, letters
from toc.spelling import hint, nearest
from toc.spreadsheet.csv_grid import csv_grid
from toc.spreadsheet.grid import Grid, Row, refused
from toc.spreadsheet.headings import LOOKED_AT
from toc.spreadsheet.reading_cells import error_shown, rules_shown
from toc.spreadsheet.review_cells import evidence_parts, parts, scale_word
from toc.spreadsheet.xlsx_package import is_workbook

T = TypeVar("T", bound=Theory)
OF_REVIEW: Final = ("review", "frame", "date", "judged_by")
ANSWER: Final = ("judgement", "because", "evidence", "owner", "next_step", "by")
NEEDED: Final = ("review", "frame", "date", "id", "judgement")
MAKE: Final = "`toc review my.yaml --frame practices -o form.csv` makes a form"


class Judged(NamedTuple):
    """A statement whose answer a form changes."""

    statement: str
    before: ReviewAnswer | None
    after: ReviewAnswer


@dataclass(frozen=True, slots=True)
class ReviewRead(Generic[T]):
    """The theory with a review as the form says it, and what that changes; `left` rows are empty though answered in the file."""

    theory: T
    id: str
    is_new: bool
    changes: tuple[Judged, ...]
    left: tuple[str, ...]


def review_read(theory: T, data: bytes, source: str, *, day_first: bool | None = None) -> ReviewRead[T]:
    """The theory with the answers of a form. Raises TheoryError with every problem."""
    if is_workbook(data, source):
        raise refused("TOC002", "a review is read from CSV: save the sheet as CSV", source)
    form = _Form(theory, csv_grid(data, source, _sense), source, day_first)
    return form.read()


def _known(heading: str) -> str:
    """The column that a heading means; another heading as it is."""
    plain = one_line(heading).casefold()
    return next((name for name, said in HEADINGS.items() if plain in (said.casefold(), name)), "")


def _sense(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How many of our headings stand in the row that has most of them."""
    return max((sum(bool(_known(cell)) for cell in cells) for cells in rows), default=0), 0


class _Form(Generic[T]):
    """A form on the way from rows to a review."""

    def __init__(self, theory: T, grid: Grid, source: str, day_first: bool | None) -> None:  # noqa: FBT001
        self.theory, self.source = theory, source
        self.problems: list[Problem] = []
        at = max(
            range(min(len(grid.rows), LOOKED_AT)), key=lambda place: _sense([grid.rows[place].cells]), default=None
        )
        if at is None:
            raise refused("TOC003", f"the form is empty: {MAKE}", source)
        self.head, self.rows = grid.rows[at], grid.rows[at + 1 :]
        self.columns = self._columns()
        self.of_review = {name: self._of_review(name) for name in OF_REVIEW}
        self.rules = rules_shown((), [*self._days()], decimal=grid.decimal, day_first=day_first)
        self.places: dict[str, Row] = {}

    def read(self) -> ReviewRead[T]:
        """The theory with the review."""
        id, frame = self._value("review"), self._value("frame")
        before = self.theory.reviews.get(id)
        if before and frame and before.frame != frame:
            self._report(
                "TOC012", f"the review '{id}' judges by '{before.frame}', and this form by {shown(frame)}", "frame"
            )
        if not (id and frame) or (before and before.frame != frame):
            self._refuse()
        held: dict[str, Any] = dict(before.answers) if before else {}
        there = self._written(id, before)
        found = self._answers(held, there)
        said: dict[str, Any] = {"frame": frame, "date": self._date()}
        who = next((one_line(unguarded(one["judged_by"])) for one in there.values()), "")
        if "judged_by" in self.columns and self._value("judged_by") != who:
            said["by"] = parts(self._value("judged_by"))
        review = {**(before.contents() if before else {}), **said, "answers": {**held, **found}}
        theory = self._checked(id, review)
        changes = tuple(Judged(name, held.get(name), theory.reviews[id].answers[name]) for name in found)
        changes = tuple(one for one in changes if one.before != one.after)
        left = tuple(name for name in held if name in self.places and name not in found)
        return ReviewRead(theory, id, before is None, changes, left)

    def _refuse(self) -> None:
        if self.problems:
            raise TheoryError(
                sorted(self.problems, key=lambda one: (one.line or 0, one.column or 0)), source=self.source
            )

    def _checked(self, id: str, review: Mapping[str, Any]) -> T:
        """The theory with the review; what the model finds wrong is told by its place in the form, beside all else."""
        theory = self.theory
        try:
            theory = with_reviews(self.theory, {id: review})
        except TheoryError as error:
            self.problems += map(self._placed, error.problems)
        self._refuse()
        return theory

    def _placed(self, problem: Problem) -> Problem:
        _, _, *steps = (*problem.path, *("",) * 3)[: max(len(problem.path), 3)]
        first, row = str(steps[0]), self.head
        if first == "answers" and len(steps) > 1:
            row = self.places.get(str(steps[1]), self.head)
            first = str(steps[2]) if len(steps) > 2 else "id"
        elif first in {*OF_REVIEW, "by"}:
            first = "judged_by" if first == "by" else first
            row = self.of_review[first][0]
        else:
            first, row = "review", self.of_review["review"][0]
        return self._problem(problem.code, problem.message, row, first, problem.suggestion)

    # Columns

    def _columns(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for place in range(max(len(row.cells) for row in (self.head, *self.rows))):
            heading = self.head.cell(place)
            name = _known(heading)
            if name in found:
                message = f"two columns are headed {HEADINGS[name]}: keep one"
                self.problems.append(Problem("TOC019", message, line=self.head.number, column=place + 1))
            elif name:
                found[name] = place
            elif any(row.cell(place).strip() for row in self.rows):
                self.problems.append(self._stranger(heading, place))
        missing = [HEADINGS[name] for name in NEEDED if name not in found]
        if missing:
            told = f"no column is headed {', '.join(missing)}: {MAKE}"
            self.problems.append(Problem("TOC011", told, line=self.head.number, column=1))
        self._refuse()
        return found

    def _stranger(self, heading: str, place: int) -> Problem:
        near = nearest(heading, HEADINGS.values())
        what = shown(heading) if heading.strip() else f"the column {letters(place)} without a heading"
        message = f"{what} is no column of a review{hint(near) or ': empty it, or take it out'}"
        return Problem("TOC010", message, line=self.head.number, column=place + 1, suggestion=near)

    def _of_review(self, name: str) -> tuple[Row, str]:
        """What every row says of the review as a whole, and in which row that stands first."""
        said = [(row, text) for row in self.rows if (text := one_line(unguarded(row.cell(self.columns.get(name)))))]
        if not said:
            if name != "judged_by":
                self._report("TOC011", f"{HEADINGS[name]} is missing: write it in the first row", name)
            return (self.rows or (self.head,))[0], ""
        for row, text in said:
            if text != said[0][1]:
                message = f"this row says {shown(text)} and row {said[0][0].number} {shown(said[0][1])}: a form holds one review"
                self.problems.append(self._problem("TOC012", message, row, name))
                break
        return said[0]

    def _value(self, name: str) -> str:
        """What the form says of the review as a whole."""
        return self.of_review[name][1]

    # Rows

    def _answers(self, held: Mapping[str, ReviewAnswer], there: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
        """What the form says of each statement of which it says something; `there` is what a form would say now."""
        found: dict[str, Any] = {}
        for row in self.rows:
            cells = {name: row.cell(self.columns.get(name)).strip() for name in ANSWER}
            statement = one_line(unguarded(row.cell(self.columns["id"])))
            if not statement:
                if any(cells.values()):
                    self.problems.append(self._problem("TOC011", "the id of the statement is missing", row, "id"))
                continue
            if statement in self.places:
                message = f"'{statement}' stands in row {self.places[statement].number} already: keep one"
                self.problems.append(self._problem("TOC018", message, row, "id"))
                continue
            self.places[statement] = row
            if not any(cells.values()):
                self._look_at(statement, row)
            else:
                before = held[statement].contents() if statement in held else {}
                found[statement] = self._answer(row, cells, there.get(statement, {}), before)
        return found

    def _look_at(self, statement: str, row: Row) -> None:
        """Tell of a statement without an answer that the frame does not hold; the model refuses those with one."""
        frame = self._frame()
        ids = [one.id for one in frame.statements] if frame else [statement]
        if frame and statement not in ids:
            near = nearest(statement, ids)
            message = f"unknown statement '{statement}'{hint(near)}"
            self.problems.append(self._problem("TOC030", message, row, "id", near))

    def _written(self, id: str, review: Review | None) -> dict[str, dict[str, str]]:
        """What a form of the review as it is now would say: a cell that still says so changes nothing."""
        if review is None:
            return {}
        sheet = answer_sheet(evaluation(self.theory, id, review.date))
        return {one.id: {column.name: column.told(one) for column in sheet.columns} for one in sheet.rows}

    def _answer(
        self, row: Row, cells: Mapping[str, str], there: Mapping[str, str], held: dict[str, Any]
    ) -> dict[str, Any]:
        """An answer in the form in which a file says it."""
        found = dict(held)
        for name, text in cells.items():
            if name not in self.columns or text == there.get(name, "").strip():
                continue
            if not text:
                found.pop(name, None)
            elif error := error_shown(text):
                self.problems.append(self._problem("TOC039", error, row, name))
            elif (value := self._read(row, name, unguarded(text))) is not None:
                found[name] = value
        return found

    def _read(self, row: Row, name: str, text: str) -> Any:
        match name:
            case "judgement":
                return scale_word(text, self._scale())
            case "evidence":
                return evidence_parts(self.theory, text)
            case "by":
                return self._day(row, text, name)
            case _:
                return text

    def _scale(self) -> tuple[str, ...]:
        frame = self._frame()
        return (*(frame.scale if frame else ()), NOT_OURS)

    def _frame(self) -> Frame | None:
        """The frame of the form; an unknown one is for the model to refuse."""
        try:
            return frame_in(self.theory, self._value("frame"))
        except OptionError:
            return None

    # Days and places

    def _days(self) -> Iterator[tuple[str, str]]:
        for row in self.rows:
            for name in ("date", "by"):
                if name in self.columns and (text := row.cell(self.columns[name]).strip()):
                    yield f"{letters(self.columns[name])}{row.number}", text

    def _date(self) -> str:
        """The day of the review; any day where that cannot be read, which is told and ends the reading."""
        row, text = self.of_review["date"]
        return (text and self._day(row, text, "date")) or date.min.isoformat()

    def _day(self, row: Row, text: str, name: str) -> str | None:
        try:
            return self.rules.day(text.strip())
        except ValueError as error:
            self.problems.append(self._problem("TOC015", str(error), row, name))
            return None

    def _report(self, code: str, message: str, name: str) -> None:
        row = self.of_review[name][0] if name in getattr(self, "of_review", {}) else (self.rows or (self.head,))[0]
        self.problems.append(self._problem(code, message, row, name))

    def _problem(self, code: str, message: str, row: Row, name: str, near: str | None = None) -> Problem:
        return Problem(code, message, line=row.number, column=self.columns.get(name, 0) + 1, suggestion=near)

"""The grid and its refinements: from the inputs of an activity to how deep and how widely to measure it, and the three questions that rate its certainty."""

from __future__ import annotations

from typing import NamedTuple, Self

from toc.guidance.advice_file import advice, filled, some
from toc.guidance.advice_schema import Book, Cell
from toc.guidance.reach import MOST_DOUBTS, doubts_of
from toc.guidance.scales import Basis, Effort, participation_level
from toc.language.text import bare, capital
from toc.model import Theory
from toc.model.nodes import Activity
from toc.model.types import Depth, Level, Stakes, Strength
from toc.model.values import Evidence


class Inputs(NamedTuple):
    """What the advice for an activity depends on."""

    certainty: Level | None
    participation: Level | None
    strength: Strength | None
    stakes: Stakes | None
    doubts: tuple[Evidence, ...] = ()

    @classmethod
    def of(cls, theory: Theory, activity: Activity) -> Self:
        """What an activity says about itself."""
        return cls(
            activity.certainty.level if activity.certainty else None,
            participation_level(theory, activity.participation),
            activity.evidence_strength.level if activity.evidence_strength else None,
            activity.stakes,
            doubts_of(theory, activity),
        )

    @property
    def is_proven(self) -> bool:
        """Whether the idea is called established, and no evidence of the activity speaks against it."""
        return self.strength == "established" and not self.doubts


class Settled(NamedTuple):
    """The advice for some inputs: a cell of the grid, refined where they call for it."""

    cell: Cell
    minimum: Depth
    maximum: Depth


def settled(inputs: Inputs, book: Book) -> Settled | None:
    """How deep and how widely to measure, or None while the certainty is missing.

    Only the certainty sets how deep; a refinement may ask for less. With the participation missing, the advice is that
    of the certainty alone.
    """
    if inputs.certainty is None:
        return None
    depths = book.certainty[inputs.certainty]
    cell = _refined(inputs, _cell(inputs.certainty, inputs.participation, book), book)
    return Settled(cell, cell.minimum or depths.minimum, depths.maximum)


def _cell(certainty: Level, participation: Level | None, book: Book) -> Cell:
    return book.uncounted[certainty] if participation is None else book.cells[f"{certainty}-{participation}"]


def _refined(inputs: Inputs, cell: Cell, book: Book) -> Cell:
    """The cell, or the refinement that takes its place; and what speaks against an idea that is called established."""
    if inputs.strength == "established" and inputs.doubts:
        doubt = filled(book.inputs.doubted, sources=_doubts(inputs, book))
        cell = cell._replace(reasons=(doubt, *cell.reasons))
    if inputs.certainty == "low":
        return _piloted(cell, book) if inputs.stakes == "high" else cell
    if inputs.is_proven and inputs.participation in {"medium", "high"}:
        return book.uptake
    if inputs.strength == "none" and inputs.stakes == "high":
        return _compared(inputs, book)
    return cell


def _doubts(inputs: Inputs, book: Book) -> str:
    """The sources that speak against the idea, each with what it says."""
    words = {"contradicts": book.inputs.contradicts, "mixed": book.inputs.mixed}
    said = [filled(words[str(one.says)], source=bare(one.source)) for one in inputs.doubts]
    if len(said) < MOST_DOUBTS:
        return some(book, said)
    return filled(
        book.plan.more_at_least, names=", ".join(said[:3]), count=f"{len(said) - 3:,}"
    )  # others may be behind


def _piloted(cell: Cell, book: Book) -> Cell:
    """The cell with a pilot before it; what is measured stays the same."""
    pilot = book.pilot
    return cell._replace(
        headline=pilot.headlines[cell.approach],
        basis=Basis.EXTENSION,
        reasons=pilot.reasons + cell.reasons,
        effort=max(cell.effort, pilot.effort, key=tuple(Effort).index),
        who=pilot.who,
        notes=cell.notes + pilot.notes,
        sources=cell.sources + pilot.sources,
    )


def _compared(inputs: Inputs, book: Book) -> Cell:
    """The comparison; pooled with partners where few take part."""
    found = book.comparison
    if inputs.participation != "low" or found.headline_few is None or found.reason_few is None:
        return found
    return found._replace(headline=found.headline_few, reasons=(*found.reasons, found.reason_few))


class Rating(NamedTuple):
    """A certainty and its reason: `level` and `because` as the file holds them."""

    level: Level
    because: str


def questions() -> tuple[str, ...]:
    """The three questions, in the order in which `certainty_from_answers` takes their answers."""
    return tuple(question.asks for question in advice().questions)


def certainty_from_answers(often_enough: bool, in_touch: bool, this_activity: bool) -> Rating:  # noqa: FBT001  # yes or no
    """The certainty that three answers stand for, with the answers as its reason.

    Three times yes is high, twice is medium, anything less is low.

    Args:
        often_enough: do the same people come often enough to change?
        in_touch: would the change show while you are still in touch?
        this_activity: if they changed, would you be fairly sure that it was this activity?

    >>> certainty_from_answers(True, True, False).level
    'medium'
    >>> certainty_from_answers(False, False, False).because[:47]
    'The same people do not come often enough to cha'

    """
    answers = (often_enough, in_touch, this_activity)
    level: Level = "high" if all(answers) else "medium" if sum(map(bool, answers)) == 2 else "low"
    said = [q.yes if answer else q.no for q, answer in zip(advice().questions, answers, strict=True)]
    because = "; ".join(said)
    return Rating(level, capital(because))

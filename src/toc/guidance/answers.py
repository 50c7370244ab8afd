"""The three questions, asked where nobody has rated the certainty, and the rating that follows from their answers."""

from __future__ import annotations

from typing import NamedTuple

from toc.guidance.loading import advice
from toc.model.words import Level


class Rating(NamedTuple):
    """A certainty and its reason: `level` and `because` as the file holds them."""

    level: Level
    because: str


def questions() -> tuple[str, ...]:
    """The three questions, in the order in which `certainty_from_answers` takes their answers.

    >>> questions()[0]
    'Do the same people come often enough to change?'
    """
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
    return Rating(level, because[:1].upper() + because[1:])

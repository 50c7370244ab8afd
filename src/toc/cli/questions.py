"""The three questions of `toc guide --ask`, and the ratings that follow from their answers, written into the file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from toc.cli.streams import failure, note, prompt

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.files import Format
    from toc.guidance import Rating

WORDS: Final = {"y": True, "yes": True, "n": False, "no": False}
SKIP: Final = frozenset({"", "s", "skip"})
STOP: Final = frozenset({"q", "quit"})
LONGEST: Final = 1000


class Skipped(Exception):  # noqa: N818  # not an error
    """This activity is left as it is."""


class Stopped(Exception):  # noqa: N818  # not an error
    """Nothing more is asked."""


def ask_for_certainties(
    theory: TheoryOfChange, file: str, read_as: Format | None, only: str | None = None
) -> TheoryOfChange:
    """The theory with the certainties that somebody at the keyboard, or a pipe, has just answered for.

    Every activity without certainty is asked about, or `only` one; each rating is in the file before the next question.
    """
    open_ones = [one for one in theory.activities.values() if one.certainty is None and only in (None, one.id)]
    if not open_ones:
        note("nothing to ask: the certainty is written already")
        return theory
    note("How to measure an activity depends on how certain it is that it changes those who take part.")
    note("Nobody has said so yet of those below. Answer y or n; Enter skips an activity, q stops.")
    rated = 0
    for position, activity in enumerate(open_ones, 1):
        note("")
        note(f"{activity.title} ({position} of {len(open_ones)})")
        try:
            rating = answered()
        except Skipped:
            continue
        except Stopped:
            break
        theory = rewritten(activity.id, rating, file, read_as)
        rated += 1
        note(f"  {rating.level} certainty, written into {file}")
    if rated < len(open_ones):
        note(f"left open: {len(open_ones) - rated} of {len(open_ones)}")
    return theory


def rewritten(id: str, rating: Rating, file: str, read_as: Format | None) -> TheoryOfChange:
    """Write a rating into the file as it is by now, so that nothing is undone that was changed there meanwhile."""
    import toc

    theory = toc.load(file, format=read_as).edit(id, certainty=rating._asdict())
    from toc.files import format_of

    theory.save(file, format=read_as or format_of(file))
    return theory


def answered() -> Rating:
    """The rating that three answers give. Raises Skipped or Stopped."""
    from toc.guidance import certainty_from_answers, questions

    often_enough, in_touch, this_activity = (yes_or_no(question) for question in questions())
    return certainty_from_answers(often_enough, in_touch, this_activity)


def yes_or_no(question: str) -> bool:
    """The answer to one question; whatever else is typed is asked for again."""
    while True:
        prompt(f"  {question} [y/n, Enter skips] ")
        line = sys.stdin.buffer.readline(LONGEST) if sys.stdin is not None else b""
        if not line:
            note("")
            note("no more answers")
            raise Stopped
        word = line.decode("utf-8", "replace").strip().lower()
        if not sys.stdin.isatty():
            note(word)  # on a terminal it stands there already
        if word in WORDS:
            return WORDS[word]
        if word in SKIP:
            raise Skipped
        if word in STOP:
            raise Stopped
        failure("  please answer y, n, Enter or q")

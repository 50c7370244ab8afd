"""The questions of `toc review --ask`: each answer is in the file before the next question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from toc.cli.questions import Skipped, Stopped, typed
from toc.cli.streams import failure, note

if TYPE_CHECKING:
    from toc import Review, TheoryOfChange
    from toc.files.locator import Format


def ask_for_answers(theory: TheoryOfChange, id: str, file: str, read_as: Format | None) -> TheoryOfChange:
    """The theory with what somebody at the keyboard, or a pipe, has just judged; a new review is written with its first answer."""
    found = theory.review(id)
    if not found.unanswered:
        note("nothing to ask: every statement has an answer")
        return theory
    note(f"{found.frame.title}: {id}. Answer as the brackets say; Enter skips, q stops.")
    review = theory.reviews[id]
    for position, name in enumerate(found.unanswered, 1):
        one = found.statements[name]
        note("")
        note(f"{one.statement.label} ({position} of {len(found.unanswered)})")
        if one.statement.name:
            note(f"  {one.statement.text}")
        note(f"  In the file: {one.in_the_file or 'nothing.'}")
        said: dict[str, Any] = {}
        try:
            for key, value in _answers(found.frame.scale):
                said[key] = value
                theory = _rewritten((id, review), name, said, file, read_as)
                note(f"  {key.replace('_', ' ')}: {value}, written into {file}")
        except Stopped:
            break
    left = len(theory.review(id).unanswered)
    if left:
        note(f"left open: {left} of {len(found.statements)}")
    return theory


def _answers(scale: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """What is answered of one statement; without a judgement nothing more is asked."""
    from toc.model.own_frames import NOT_OURS
    from toc.partnership.judgements import is_upper

    words = (*scale, NOT_OURS)
    try:
        word = _asked(f"How is it? [{', '.join(words)}]", lambda text: _word(text, words))
    except Skipped:
        return
    yield "judgement", word
    questions = [("because", "Why? [a sentence]", _text)]
    if word in scale and not is_upper(word, scale):
        questions += [("next_step", "What comes next? [a sentence]", _text), ("owner", "Who does it? [a role]", _text)]
        questions += [("by", "By when? [a day, such as 2027-02-28]", _day)]
    for key, question, meaning in questions:
        try:
            yield key, _asked(question, meaning)
        except Skipped:
            continue


def _asked(question: str, meaning: Callable[[str], str | None]) -> str:
    """What is answered, once it can be understood. Raises Skipped or Stopped."""
    while True:
        answer = meaning(typed(question))
        if answer is not None:
            return answer
        failure("  please answer as the brackets say, or press Enter or q")


def _word(text: str, words: tuple[str, ...]) -> str | None:
    """A word of the scale, by itself or by its number."""
    from toc.spreadsheet.review_cells import scale_word

    numbered = {str(number): word for number, word in enumerate(words, 1)}
    word = numbered.get(text.strip()) or scale_word(text, words)
    return word if word in words else None


def _text(text: str) -> str | None:
    return text if text.isprintable() and any(map(str.isalnum, text)) else None


def _day(text: str) -> str | None:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() if re.fullmatch("[0-9-]{10}", text) else None
    except ValueError:
        return None


def _rewritten(
    review: tuple[str, Review], statement: str, said: dict[str, Any], file: str, read_as: Format | None
) -> TheoryOfChange:
    """Write an answer into the file as it is by now, so that nothing is undone that was changed there meanwhile."""
    import toc
    from toc.files.loader import format_of
    from toc.partnership.review_edits import with_reviews

    theory = toc.load(file, format=read_as)
    id, begun = review
    there = theory.reviews.get(id, begun)
    held = there.answers[statement].contents() if statement in there.answers else {}
    answers = {**there.answers, statement: {**held, **said}}
    theory = with_reviews(theory, {id: {**there.contents(), "answers": answers}})
    theory.save(file, format=read_as or format_of(file))
    return theory

"""The questions of `toc guide --ask`, and what follows from their answers, written into the file."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from toc.cli.streams import failure, note, prompt

if TYPE_CHECKING:
    from toc import Activity, TheoryOfChange
    from toc.files.locator import Format

WORDS: Final = {"y": True, "yes": True, "n": False, "no": False}
SKIP: Final = frozenset({"", "s", "skip"})
STOP: Final = frozenset({"q", "quit"})
LEVELS: Final = ("low", "medium", "high")
MOST_PEOPLE: Final = 10**10
LONGEST: Final = 1000


class Skipped(Exception):  # noqa: N818  # not an error
    """This question is left open."""


class Stopped(Exception):  # noqa: N818  # not an error
    """Nothing more is asked."""


def ask_for_ratings(
    theory: TheoryOfChange, file: str, read_as: Format | None, only: str | None = None
) -> TheoryOfChange:
    """The theory with what somebody at the keyboard, or a pipe, has just answered about its activities.

    Every activity of which nobody has said how certain its effect is, or how many people it is meant to change, is asked
    about, or `only` one; each answer is in the file before the next question.
    """
    open_ones = [one.id for one in theory.activities.values() if _is_open(one) and only in (None, one.id)]
    if not open_ones:
        note("nothing to ask: certainty and number of people are written already")
        return theory
    note("How to measure an activity depends on how certain it is that it changes those who take part, and on how many")
    note("people that is. Nobody has said so yet of those below. Answer as the brackets say; Enter skips, q stops.")
    for position, id in enumerate(open_ones, 1):
        note("")
        note(f"{theory.activities[id].title} ({position} of {len(open_ones)})")
        try:
            for changes, said in _answers(theory.activities[id], theory):
                theory = _rewritten(id, changes, file, read_as)
                note(f"  {said}, written into {file}")
        except Stopped:
            break
    left = sum(_is_open(theory.activities[id]) for id in open_ones)
    if left:
        note(f"left open: {left} of {len(open_ones)}")
    return theory


def _is_open(activity: Activity) -> bool:
    return activity.certainty is None or activity.participation is None


def _answers(activity: Activity, theory: TheoryOfChange) -> Iterator[tuple[Mapping[str, Any], str]]:
    """What is to be written of an activity, one answer after the other, each with how it is said."""
    asked = (
        (activity.certainty is None, _certainty),
        (activity.participation is None, lambda: _people(theory)),
        (not activity.target_group, lambda: _whom(theory)),
    )
    for is_missing, ask in asked:
        if is_missing:
            try:
                yield ask()
            except Skipped:
                continue


def _rewritten(id: str, changes: Mapping[str, Any], file: str, read_as: Format | None) -> TheoryOfChange:
    """Write an answer into the file as it is by now, so that nothing is undone that was changed there meanwhile."""
    import toc
    from toc.files.loader import format_of

    theory = toc.load(file, format=read_as)
    group = changes.get("new_group")
    if group is not None:
        theory, id_of_group = _with_group(theory, group)
        changes = {"target_group": [id_of_group]}
    theory = theory.edit(id, **changes)
    theory.save(file, format=read_as or format_of(file))
    return theory


def _with_group(theory: TheoryOfChange, title: str) -> tuple[TheoryOfChange, str]:
    """The theory with one target group more, and its id."""
    from toc.model.slugs import slug

    groups = dict(theory.context.target_groups)
    id = slug(title, {**theory.nodes, **groups}, kind="group")
    return theory.evolve(context=theory.context.evolve(target_groups={**groups, id: title})), id


def _certainty() -> tuple[Mapping[str, Any], str]:
    """The rating that three answers give."""
    from toc.guidance import certainty_from_answers, questions

    often_enough, in_touch, this_activity = (_yes_or_no(question) for question in questions())
    rating = certainty_from_answers(often_enough, in_touch, this_activity)
    return {"certainty": rating._asdict()}, f"{rating.level} certainty"


def _yes_or_no(question: str) -> bool:
    while True:
        word = typed(f"{question} [y/n]").lower()
        if word in WORDS:
            return WORDS[word]
        failure("  please answer y, n, Enter or q")


def _people(theory: TheoryOfChange) -> tuple[Mapping[str, Any], str]:
    """How many different people, as a number or as a level."""
    low, high = theory.settings.participation_scale
    question = (
        "How many different people is it meant to change in a year? Volunteers and repeat visits do not count. "
        f"[a number; or low, medium, high: below {low:,}, below {high:,}, more]"
    )
    while True:
        word = typed(question).lower()
        if word in LEVELS:
            return {"participation": word}, f"{word} participation"
        if re.fullmatch(r"[0-9]+|[0-9]{1,3}(,[0-9]{3})+", word) and int(word.replace(",", "")) < MOST_PEOPLE:
            people = int(word.replace(",", ""))
            return {"participation": people}, f"{people:,} {'person' if people == 1 else 'people'} a year"
        failure("  please answer a whole number, low, medium, high, Enter or q")


def _whom(theory: TheoryOfChange) -> tuple[Mapping[str, Any], str]:
    """The people it is for: a group that is there, by its number or its title, or a new one."""
    groups = {id: group.title for id, group in theory.context.target_groups.items()}
    for number, title in enumerate(groups.values(), 1):
        note(f"    {number} {title}")
    choice = "a number from above, or their name" if groups else "their name, such as Year 4 pupils"
    while True:
        word = " ".join(typed(f"For whom is it? [{choice}]").split())
        if word.isdecimal() and 1 <= int(word) <= len(groups):
            id, title = list(groups.items())[int(word) - 1]
            return {"target_group": [id]}, f"for {title}"
        named = next((id for id, title in groups.items() if word.casefold() in {id, title.casefold()}), None)
        if named is not None:
            return {"target_group": [named]}, f"for {groups[named]}"
        if word.isprintable() and any(map(str.isalpha, word)) and word.lower() not in WORDS:
            return {"new_group": word}, f"for {word}"
        failure("  please name the people, or press Enter or q")


def typed(question: str) -> str:
    """What is typed after a question. Raises Skipped or Stopped."""
    prompt(f"  {question[:-1]}, Enter skips] ")
    line = sys.stdin.buffer.readline(LONGEST) if sys.stdin is not None else b""
    if not line:
        note("")
        note("no more answers")
        raise Stopped
    word = line.decode("utf-8", "replace").strip()
    if not sys.stdin.isatty():
        note(word)  # on a terminal it stands there already
    if word.lower() in SKIP:
        raise Skipped
    if word.lower() in STOP:
        raise Stopped
    return word

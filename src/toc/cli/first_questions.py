"""The six questions of `toc new --ask`, from the goal downwards, and the outline that their answers make."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from toc.cli.streams import note, prompt

LONGEST: Final = 2000  # bytes of one answer
MOST: Final = 100  # answers to one question
STOP: Final = frozenset({"q", "quit"})
_UNFIT: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]+")
_INTRODUCTION: Final = (
    "Six questions, from what you want in the end down to how you would know. One answer a line.",
    "Enter alone goes on to the next question; q stops, and what you have said by then is kept.",
)
_GOAL: Final = ("1. What do you want to bring about in the end?", "Every child in our town reads well and likes to")
_WHOM: Final = ("2. For whom?", "Pupils eligible for Pupil Premium")
_PILLARS: Final = (
    "3. Which few broad changes lead to it together? They are its pillars.",
    "Children read at their age",
)
_CHANGES: Final = ("4. What has to change for people, so that “{}” comes about?", "Young readers become fluent")
_DOING: Final = ("5. What do you do that leads to “{}”?", "Weekly one-to-one reading with a sixth-former")
_KNOWING: Final = ("6. How would you know of “{}”? What would you count or measure?", "Gain in reading age over a year")


class Stopped(Exception):  # noqa: N818  # not an error
    """Nothing more is asked."""


@dataclass(slots=True)
class Box:
    """An answer, and what was said of it: what leads to it, what is done for it, and how one would know."""

    title: str = ""
    causes: list[Box] = field(default_factory=list)
    doing: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)


def ask_for_an_outline() -> str:
    """The outline of what somebody at the keyboard, or a pipe, has answered; empty where not even a goal was given."""
    goals: list[str] = []
    whom: list[str] = []
    goal = Box()
    for line in _INTRODUCTION:
        note(line)
    try:
        _ask(_GOAL, goals.append, most=1)
        if goals:
            _ask(_WHOM, whom.append)
            _ask_below(goal, goals[0])
    except (Stopped, KeyboardInterrupt):
        note("")
    if not goals:
        return ""
    goal.title = goals[0]
    return "\n".join([f"Goal: {goal.title}", *(f"\tFor: {group}" for group in whom), *_below(goal, 1, "Pillar")])


def _ask_below(goal: Box, title: str) -> None:
    """The questions 3 to 6. Each answer is kept as soon as it is given."""
    goal.title = title
    _ask_causes(_PILLARS, goal)
    for pillar in goal.causes:
        _ask_causes(_about(_CHANGES, pillar), pillar)
    changes = [change for pillar in goal.causes for change in pillar.causes or [pillar]] or [goal]
    for change in changes:
        _ask(_about(_DOING, change), change.doing.append)
    for change in changes:
        _ask(_about(_KNOWING, change), change.measures.append)


def _ask_causes(question: tuple[str, str], box: Box) -> None:
    """What has to come about first; each answer is a box of its own."""
    _ask(question, lambda one: box.causes.append(Box(one)))


def _about(question: tuple[str, str], box: Box) -> tuple[str, str]:
    return question[0].format(box.title), question[1]


def _below(box: Box, depth: int, word: str) -> Iterator[str]:
    """The lines of an outline under a box. `word` names the kind of what leads to it."""
    tabs = "\t" * depth
    yield from (f"{tabs}KPI: {title}" for title in box.measures)
    yield from (f"{tabs}Activity: {title}" for title in box.doing)
    for cause in box.causes:
        yield f"{tabs}{word}: {cause.title}"
        yield from _below(cause, depth + 1, "Outcome")


def _ask(question: tuple[str, str], keep: Callable[[str], object], most: int = MOST) -> None:
    """Ask until Enter alone, and keep each answer at once. Raises Stopped where nobody answers any more."""
    note("")
    note(question[0])
    note(f"   For example: {question[1]}")
    for _ in range(most):
        said = _answer()
        if not said:
            return
        keep(said)


def _answer() -> str:
    prompt("   > ")
    line = sys.stdin.buffer.readline(LONGEST) if sys.stdin is not None else b""
    if not line:
        raise Stopped
    said = " ".join(_UNFIT.sub(" ", line.decode("utf-8", "replace")).lstrip(" \t-•*").split())
    if not sys.stdin.isatty():
        note(said)  # on a terminal it stands there already
    if said.lower() in STOP:
        raise Stopped
    return said

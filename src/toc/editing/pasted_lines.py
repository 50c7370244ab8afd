"""The lines of an outline as Word, mail and note programs paste them: how deep each stands, and what it says.

Indentation tells the depth. Where no line is indented, its marks do: the parts of numbers like 1.2.1, or the kinds of
bullets in the order in which they come, because a list pasted without its formatting keeps nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

TAB: Final = 4  # columns to the next stop
DEEPEST: Final = 50  # levels; nobody reads more, and everything below works on one line after another
_BULLETS: Final = "-–—*+•‣\u2043◦∙·●○◘◙■□▪▫▸►▶➢➤✓✔❖\uf0a7\uf0b7\uf0d8\uf0fc§"
_BULLET: Final = re.compile(rf"(?P<bullet>[{re.escape(_BULLETS)}]|o(?=[\t ]))[\t ]+")
_NUMBER: Final = re.compile(
    r"(?:(?P<dotted>\d{1,3}(?:\.\d{1,3})+)\.?\)?|(?P<digits>\d{1,3})[.)]"
    r"|\(?(?P<roman>[ivx]{2,5})[.)]|\(?(?P<letter>[a-zA-Z])[.)])[\t ]+"
)
_DOTTED: Final = frozenset(f"digits {parts}" for parts in range(2, 20))
_SPACES: Final = re.compile(r"[^\S\t\n]")  # every kind of space but the tab, the no-break space included


class Line(NamedTuple):
    """One line with words: its number from 1, how deep it stands from 0, and its words without their mark.

    `stray` tells that its indentation is that of no line above; it then stands under the last line that is less deep.
    """

    number: int
    depth: int
    text: str
    stray: bool = False


class _Raw(NamedTuple):
    number: int
    indent: int
    mark: str
    text: str


def pasted_lines(text: str) -> list[Line]:
    r"""The lines of an outline that hold words, each with its depth.

    >>> pasted_lines("Goal\n\t• Pillar\n\t\to Activity")
    [Line(number=1, depth=0, text='Goal', stray=False), Line(number=2, depth=1, text='Pillar', stray=False), Line(number=3, depth=2, text='Activity', stray=False)]
    >>> [line.depth for line in pasted_lines("1. Goal\n1.1 Pillar\n1.1.1 Activity\n1.2 Pillar")]
    [0, 1, 2, 1]
    """
    raw = list(_raw_lines(text))
    if len({line.indent for line in raw}) <= 1:
        raw = _indented_by_marks(raw)
    return list(_with_depths(raw))


def _raw_lines(text: str) -> Iterator[_Raw]:
    for number, whole in enumerate(re.split(r"\r\n|[\r\n\v\u2028\u2029]", text), 1):
        line = _SPACES.sub(" ", whole)
        words = line.lstrip()
        if not words.strip():
            continue
        indent = len(line[: len(line) - len(words)].expandtabs(TAB))
        mark = ""
        if found := _BULLET.match(words) or _NUMBER.match(words):
            mark, rest = _kind_of(found), words[found.end() :]
            words = rest if rest.strip() else words
        yield _Raw(number, indent, mark, " ".join(words.split()))


def _kind_of(found: re.Match[str]) -> str:
    """What a mark looks like, so that marks of one level are alike: its bullet, or the kind of its number."""
    named = {name: value for name, value in found.groupdict().items() if value}
    (name, value), *_ = named.items()
    if name == "bullet":
        return value
    return f"digits {value.count('.') + 1}" if name in {"dotted", "digits"} else name


def _indented_by_marks(lines: list[_Raw]) -> list[_Raw]:
    """Lines without indentation, indented by the parts of their numbers, else by the order in which marks first come."""
    if not any(line.mark in _DOTTED for line in lines):
        order = {mark: level for level, mark in enumerate(dict.fromkeys(line.mark for line in lines))}
        return [line._replace(indent=order[line.mark]) for line in lines]
    found: list[_Raw] = []
    parts = 0  # of the last number; what has none stands below it
    for line in lines:
        numbered = line.mark in _DOTTED or line.mark == "digits 1"
        parts = int(line.mark.removeprefix("digits ")) if numbered else parts
        found.append(line._replace(indent=parts - numbered))
    return found


def _with_depths(lines: Iterable[_Raw]) -> Iterator[Line]:
    above: list[int] = []  # the indents of the lines that this one may stand under
    for line in lines:
        stray = bool(above) and line.indent < above[-1] and line.indent not in above
        while above and above[-1] >= line.indent:
            above.pop()
        yield Line(line.number, len(above), line.text, stray)
        above.append(line.indent)

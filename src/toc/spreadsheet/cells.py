"""What a cell means: several texts, levels, numbers of people and targets as people type them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from toc.model.types import Level, shown
from toc.spelling import hint, nearest
from toc.spreadsheet.headings import plain, words
from toc.spreadsheet.notation import TOKEN, Notation

MOST_PEOPLE: Final = 10**10
_LIST_MARK: Final = re.compile(
    r"^\s*(?:[•‣▪▫●○◦·∙*–—\-\uf0b7\uf0a7]+[\s\u00a0]+|[•‣▪●○◦\uf0b7\uf0a7]|[0-9]{1,2}[.)]\s+|[a-z]\)\s+)"
)
_SIGNS: Final = " \u00a0\u202f"


class Amount(NamedTuple):
    """A number, the unit that stood behind it, and whether the cell held more than the number."""

    value: float
    unit: str | None = None
    guessed: bool = False


class Parts(NamedTuple):
    """The texts in a cell, and whether lines of it were joined."""

    texts: tuple[str, ...]
    joined: bool = False


def content(cell: str) -> str:
    r"""A cell on one line.

    >>> content("  Weekly\n reading ")
    'Weekly reading'
    """
    return " ".join(cell.split())


@cache
def _open() -> frozenset[str]:
    return frozenset(words()["open"])


def is_open(cell: str) -> bool:
    """Whether a cell holds one of the signs with which people leave it open.

    >>> is_open("n/a"), is_open("TBC"), is_open("Chess")
    (True, True, False)
    """
    return content(cell).casefold() in _open()


def parts_of(cell: str) -> Parts:
    r"""The texts in a cell: one a line, or between semicolons, without list marks.

    >>> parts_of("- Cooking lessons\n- Raised beds").texts, parts_of("Weekly\nreading")
    (('Cooking lessons', 'Raised beds'), Parts(texts=('Weekly reading',), joined=True))
    """
    lines: list[str] = []
    joined = False
    for line in cell.replace("\u2028", "\n").splitlines():
        bare = _LIST_MARK.sub("", line)
        text = content(bare)
        if lines and text[:1].islower() and bare == line and not lines[-1].endswith((";", ".")):
            lines[-1], joined = f"{lines[-1]} {text}", True
        elif text:
            lines.append(text)
    texts = (content(_LIST_MARK.sub("", part)) for line in lines for part in re.split(r";|(?<=\S) ?[•●▪]", line))
    return Parts(tuple(dict.fromkeys(text for text in texts if text)), joined)


@cache
def _levels(table: str) -> Mapping[str, Level]:
    found: dict[str, Level] = {name: level for level, names in words()[table].items() for name in names}
    return found


def level(text: str) -> Level:
    """A level in one of the words for it. Raises ValueError.

    >>> level("Med."), level("H")
    ('medium', 'high')
    """
    found = level_or_none(text)
    if found is None:
        raise ValueError(
            f"{shown(text)} is not one of low, medium, high{hint(nearest(text.casefold(), _levels('levels')))}"
        )
    return found


def level_or_none(text: str) -> Level | None:
    """A level, or None for a text that is none."""
    word = text.casefold().strip(" .!*")
    return _levels("levels").get(word) or _levels("near_levels").get(plain(word))


def is_near_level(text: str) -> bool:
    """Whether a level was not named by its own word.

    >>> is_near_level("Very high"), is_near_level("H")
    (True, False)
    """
    return text.casefold().strip(" .!*") not in _levels("levels")


def people(text: str, rule: Notation) -> Amount:
    """A number of people from whatever was typed. Raises ValueError.

    >>> people("1,200", Notation()).value, people("100+", Notation()).value, people("25k", Notation()).value
    (1200, 100, 25000)
    """
    before, value, behind, token = _taken_apart(
        text, rule, "a number of people: write digits like 120, or low, medium or high"
    )
    if not _is_about(before) or not _is_people(behind):
        raise ValueError(f"{shown(text)} is not a number of people: write digits like 120, or low, medium or high")
    if value != int(value) or value >= MOST_PEOPLE:
        as_read = (
            f" (by the rest of the sheet it is {value:g})" if re.search("[.,]", token) and value != int(value) else ""
        )
        raise ValueError(f"{shown(text)} is not a number of people{as_read}: write a whole number like 120")
    return Amount(int(value), guessed=not rule.is_plain(text))


def amount(text: str, rule: Notation) -> Amount:
    """A target and the unit behind it. Raises ValueError.

    >>> amount("14", Notation()), amount("80%", Notation()).unit, amount("£25k", Notation())
    (Amount(value=14, unit=None, guessed=False), '%', Amount(value=25000, unit='£', guessed=True))
    """
    before, value, behind, _ = _taken_apart(
        text, rule, "one number: write it in digits, and the words in another column"
    )
    lead = re.search(r"([-−]?)\s*([£$€]?)\s*([-−]?)$", before)
    before, minus, money = (before[: lead.start()], lead[1] or lead[3], lead[2]) if lead else (before, "", "")
    if not _is_about(before):
        raise ValueError(f"{shown(text)} is not one number: write it in digits, and the words in another column")
    unit = money or behind.strip(" +.,;:") or None
    value = -value if minus else value
    guessed = not rule.is_plain(text)
    return Amount(int(value) if value.is_integer() else value, unit if unit and len(unit) <= 40 else None, guessed)


def _taken_apart(text: str, rule: Notation, wanted: str) -> tuple[str, float, str, str]:
    """What stands before the one number in a cell, its value, what stands behind it, and its digits as typed."""
    found = list(TOKEN.finditer(text))
    if len(found) != 1 or (found[0].start() and text[found[0].start() - 1].isalnum()):
        why = "a range: write one number, like " + found[0][0] if _is_range(text) else None
        raise ValueError(f"{shown(text)} is {why or f'not {wanted}'}")
    token = found[0][0]
    value, behind = rule.value(token), text[found[0].end() :]
    before = text[: found[0].start()]
    scale = re.match(r"(\s*)([^\W\d_]+)", behind)
    times = words()["numbers"]["times"].get(scale[2] if len(scale[2]) == 1 else scale[2].casefold()) if scale else None
    if scale and times:
        if scale[1] and scale[2] in "mM":
            raise ValueError(
                f"{shown(text)} may be millions or a unit: write {value * times:.0f}, or the unit in another column"
            )
        value, behind = float(round(value * times, 6)), behind[scale.end() :]
    return before.strip(), value, behind.strip(_SIGNS), token


def _is_range(text: str) -> bool:
    return bool(re.search(r"[0-9]\s*(?:-|–|—|to|bis|à)\s*[0-9]", text))


def _is_about(text: str) -> bool:
    """Whether these words say no more than "about"."""
    bare = text.casefold().strip(" .:")
    return not bare or bare in words()["numbers"]["about"] or plain(bare) in words()["numbers"]["about"]


def _is_people(text: str) -> bool:
    """Whether these words say no more than that people are counted."""
    bare = text.strip(" .+").strip()
    return not bare or ("%" not in bare and bare[:1].isalpha() and plain(bare) in words()["numbers"]["people"])

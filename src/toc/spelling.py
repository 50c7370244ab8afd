"""The nearest valid choice to what somebody wrote: only where it differs by a slip of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

LISTED: Final = 8
"""The most choices that are named where none of them is near."""
_SHORT: Final = 4
"""In words of so many letters one letter may be wrong, in longer ones two."""
_CODE: Final = re.compile("TOC[0-9]{3}")
_JOINTS: Final = re.compile(r"[\s_-]+")


def nearest(word: object, choices: Iterable[str]) -> str | None:
    """The choice of which `word` is a slip of the pen, or None: one of another meaning is worse than none.

    >>> nearest("literacey", ["literacy", "stem"]), nearest("Target Group", ["target_group"])
    ('literacy', 'target_group')
    >>> nearest("girls-read", ["boys-read"]), nearest("year-7", ["year-8"])
    (None, None)
    """
    if not isinstance(word, str) or len(word) > 200:
        return None
    alike = [choice for choice in choices if abs(len(choice) - len(word)) <= 8]
    matches = get_close_matches(word.casefold(), {choice.casefold(): choice for choice in alike}, n=8, cutoff=0.6)
    near = [(_slips(word, choice), choice) for choice in alike if choice.casefold() in matches]
    least = min(near, default=(9, ""), key=lambda pair: pair[0])
    return least[1] if least[0] <= (1 if len(word) <= _SHORT else 2) else None


def hint(suggestion: str | None) -> str:
    """The end of a message that offers the nearest valid choice.

    >>> hint("literacy"), hint(None)
    (": did you mean 'literacy'?", '')
    """
    return f": did you mean '{suggestion}'?" if suggestion else ""


def listed(what: str, choices: Iterable[str]) -> str:
    """The end of a message that names all choices, where there are few enough to read.

    >>> listed("pillars", ["literacy", "stem"]), listed("pillars", [])
    (': the pillars are literacy, stem', '')
    """
    names = [*choices]
    return f": the {what} are {', '.join(names)}" if 0 < len(names) <= LISTED else ""


def _slips(word: str, choice: str) -> int:
    """Letters that are wrong, missing, too many or swapped; 9 where the digits differ, a slip in codes alone."""
    one, other = (_JOINTS.sub("", text.casefold()) for text in (word, choice))
    numbered = not _CODE.fullmatch(choice) and re.findall(r"\d", one) != re.findall(r"\d", other)
    if numbered or abs(len(one) - len(other)) > 2:
        return 9
    before: list[int] = []
    row = [*range(len(other) + 1)]
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, there in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]

"""Whether an id that nothing has is a slip of the pen, so that it may be put right without asking."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from toc.spelling import distance

LONGEST: Final = 200
MOST: Final = 2
"""So many letters may be wrong, missing, too many or swapped."""
_PARTS: Final = re.compile(r"[\s_-]+")
_DIGITS: Final = re.compile(r"\d+")


def slips(word: str, choices: Iterable[str]) -> list[str]:
    """The ids that are like a word; exactly one where it is a slip of the pen and clear what was meant.

    A slip is a matter of case and hyphens, of one letter, or in long words of two. It leaves numbers alone, and the
    first letter of each word: who writes `women-read` does not mean `men-read`. One is clear where no other is nearly
    as near.

    >>> slips("cook-skills", ["cook-skill", "cook-books"]), slips("girls-read", ["boys-read"])
    (['cook-skill'], [])
    >>> slips("readres", ["readers", "reader"])
    ['readers', 'reader']
    """
    if not word or len(word) > LONGEST:
        return []
    near = [(distance(_plain(word), _plain(choice), 2 * MOST), choice) for choice in dict.fromkeys(choices)]
    meant = [far for far, choice in near if _is_slip(word, choice, far)]
    if not meant:
        alike = [choice for far, choice in near if far <= MOST]
        return alike if len(alike) > 1 else []
    least = min(meant)
    return [choice for far, choice in near if far <= (least + 1 if least else 0)]


def _plain(word: str) -> str:
    """A word without what is no letter of it."""
    return _PARTS.sub("", word.strip().casefold())


def _is_slip(word: str, choice: str, far: int) -> bool:
    least = min(len(_plain(word)), len(_plain(choice)))
    allowed = MOST if least > 7 else 1 if least > 3 else 0
    return far <= allowed and _DIGITS.findall(word) == _DIGITS.findall(choice) and _same_beginnings(word, choice)


def _same_beginnings(word: str, choice: str) -> bool:
    """Whether the words of both begin alike, or only the hyphens are others."""
    parts, others = (_PARTS.split(text.strip().casefold()) for text in (word, choice))
    if len(parts) != len(others):
        return _plain(word) == _plain(choice)
    return all(part[:1] == other[:1] for part, other in zip(parts, others, strict=True))

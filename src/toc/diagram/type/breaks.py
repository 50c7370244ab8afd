"""Where a word may be broken over two lines, by a short reading of Unicode's rules (UAX 14 and 29).

`pieces` finds the places an author expects: after a hyphen, a dash or a slash, at a soft hyphen, between Chinese or
Japanese characters. `chunks` is the last resort for a word wider than its line. Neither ever separates a letter from
its accent or an emoji from its parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final
from unicodedata import category, combining, east_asian_width

SOFT_HYPHEN: Final = "\u00ad"
LEAST_TAIL: Final = 3  # letters: of “Berufsorientierungsmesse” no “se” stands on a line of its own
ZERO_WIDTH_SPACE: Final = "\u200b"
Piece = tuple[str, str]

_JOINER: Final = "\u200d"
_MARKS: Final = frozenset({"Mn", "Me", "Mc"})
_VIRAMA_CLASS: Final = 9
_THAI_AND_LAO_AM: Final = "\u0e33\u0eb3"
# Not before a digit: "2024-25", "01/09" and "50–500" read as one. Not after a letter by itself: "A-level", "T-shirt".
_DASHES: Final = re.compile(r"(?<=\w\w)[-\u2010\u2013\u2014/]+(?=[^\W\d])")
INVISIBLE: Final = re.compile(f"[{SOFT_HYPHEN}{ZERO_WIDTH_SPACE}]+")
# Chinese and Japanese punctuation that may not begin or end a line.
_NEVER_FIRST: Final = frozenset(
    "、。，．・：；？！」』）］｝】〕〉》ー々ゝゞヽヾぁぃぅぇぉっゃゅょァィゥェォッャュョ…‥,.!?;:)]}’”»%"
)
_NEVER_LAST: Final = frozenset("「『（［｛【〔〈《([{‘“«")


def clusters(text: str) -> list[str]:
    """The characters as a reader counts them: accents, joined emoji, flags and syllables stay whole."""
    if text.isascii():
        return list(text)
    found: list[str] = []
    start = 0
    for end in range(1, len(text)):
        if not _belongs(text[end - 1], text[end], alone=end - start == 1):
            found.append(text[start:end])
            start = end
    found.append(text[start:])
    return found


def pieces(word: str) -> tuple[Piece, ...]:
    """The parts between which a word may break, each with the mark it gets when it ends a line.

    Soft hyphens and zero-width spaces are taken out: they only say where.
    """
    found: list[Piece] = []
    start = 0
    for match in INVISIBLE.finditer(word):
        found += _marked(word[start : match.start()], "-" if SOFT_HYPHEN in match[0] else "")
        start = match.end()
    return (*found, *_marked(word[start:], ""))


def chunks(word: str, limit: int, units: Callable[[str], int]) -> list[str]:
    """The word cut so that no chunk is wider than `limit`, a single character excepted.

    A hyphen shows the cut between two letters of an alphabet, of which no fewer than three stand alone at the end where
    there is room for three.
    """
    cells, hyphen = clusters(word), units("-")
    hyphenated = [*map(_hyphenated, cells, cells[1:]), False]
    found: list[str] = []
    start = before = used = 0
    for index, cell in enumerate(cells):
        wide = units(cell)
        if index > start and used + wide + hyphen * hyphenated[index] > limit:
            shown = hyphenated[index - 1] and used + hyphen <= limit
            found.append("".join(cells[start:index]) + "-" * shown)
            before, start, used = start, index, 0
        used += wide
    earlier = len(cells) - LEAST_TAIL
    tail = "".join(cells[earlier:])
    if before + LEAST_TAIL <= earlier < start and all(hyphenated[earlier - 1 : -1]) and units(tail) <= limit:
        return [*found[:-1], "".join(cells[before:earlier]) + "-", tail]
    return [*found, "".join(cells[start:])]


def _marked(part: str, mark: str) -> list[Piece]:
    found = _between_dashes(part)
    if not part.isascii():
        found = [piece for dashed in found for piece in _ideographs(dashed)]
    return [*((piece, "") for piece in found[:-1]), *((piece, mark) for piece in found[-1:])]


def _between_dashes(part: str) -> list[str]:
    cuts = [0, *(match.end() for match in _DASHES.finditer(part)), len(part)]
    return [part[start:end] for start, end in pairwise(cuts) if start < end]


def _ideographs(part: str) -> list[str]:
    cells = clusters(part)
    cuts = [0, *(index for index in range(1, len(cells)) if _may_break(cells[index - 1], cells[index])), len(cells)]
    return ["".join(cells[start:end]) for start, end in pairwise(cuts)]


def _may_break(before: str, after: str) -> bool:
    wide = east_asian_width(before[-1]) in "WF" or east_asian_width(after[0]) in "WF"
    return wide and after[0] not in _NEVER_FIRST and before[-1] not in _NEVER_LAST


def _hyphenated(before: str, after: str) -> bool:
    return _in_alphabet(before[0]) and _in_alphabet(after[0])


def _in_alphabet(char: str) -> bool:
    # Latin, Greek and Cyrillic, with their extensions; Arabic and Hebrew words are not hyphenated.
    return char.isalpha() and (char < "\u0590" or "\u1e00" <= char <= "\u1fff")


def _belongs(before: str, char: str, *, alone: bool) -> bool:
    if category(char) in _MARKS or char in _THAI_AND_LAO_AM or _extends(char):
        return True
    if before == _JOINER or combining(before) == _VIRAMA_CLASS:
        return True
    return alone and _is_flag_half(before) and _is_flag_half(char)


def _extends(char: str) -> bool:
    # The joiner, skin tones, the tags of regional flags, the vowels and finals of taken-apart Korean syllables.
    return (
        char == _JOINER
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
        or "\u1160" <= char <= "\u11ff"
    )


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"

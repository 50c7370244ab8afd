"""How wide a text is drawn, and how it is broken into lines that fit.

All measuring is done in whole units of the font, so that the same text breaks the same way on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import Final
from unicodedata import bidirectional, category, east_asian_width

from toc.diagram.type.breaks import INVISIBLE, SOFT_HYPHEN, ZERO_WIDTH_SPACE, Piece, chunks, pieces

UNITS_PER_EM: Final = 2048  # what `letter_widths` counts in
UNKNOWN_EM: Final = 0.7
# Noto Color Emoji, the one on most phones and on Linux, is 2550/2048 em wide.
EMOJI_EM: Final = 1.25
REMEMBERED_WORDS: Final = 20_000
REMEMBERED_LENGTH: Final = 40
BALANCED_WITHIN: Final = UNITS_PER_EM // 16

_NO_BREAK_SPACES: Final = re.compile("[\u00a0\u2007\u202f]")
_BREAKING_SPACES: Final = re.compile(r"[^\S\u00a0\u2007\u202f]+")
_STRONG: Final = frozenset({"L", "R", "AL"})  # the classes of letters that have a direction
_NO_WIDTH: Final = frozenset({"Mn", "Me", "Cf", "Cc"})


def width(text: str, size: float, bold: bool = False) -> float:  # noqa: FBT001, FBT002  # as short as it is common
    """How wide `text` is on one line, in points, in Liberation Sans (Arial, Helvetica) of `size` points.

    Kerning is left out: it makes most texts a little narrower and none wider. Accents have no width. Chinese,
    Japanese and Korean characters are 1 em wide, emoji 1.25 em; a character the font does not have counts 0.7 em.

    >>> width("Every child reads", 12)
    92.0390625
    >>> width("Every child reads", 12, bold=True)
    99.38671875
    """
    return _FONTS[bold].units(text) * size / UNITS_PER_EM


def wrap(
    text: str,
    max_width: float,
    size: float,
    bold: bool = False,  # noqa: FBT001, FBT002  # as for `width`
    *,
    balance: bool = False,
) -> tuple[str, ...]:
    """The lines of `text` when no line may be wider than `max_width` points; none for an empty text.

    Lines break at spaces, after hyphens, dashes and slashes, at soft hyphens, and between Chinese or Japanese
    characters. A word wider than a whole line is cut, with a hyphen between letters. Nothing is left out; runs of
    spaces and line ends become one space. Only a single character that is too wide by itself stands out.
    With `balance` the lines are about equally long, in as many lines as without.

    Raises:
        ValueError: `size` is not more than 0.

    >>> wrap("Young readers catch up with their classmates", 120, 12)
    ('Young readers catch', 'up with their', 'classmates')
    >>> wrap("Safeguarding", 40, 12)
    ('Safeg-', 'uard-', 'ing')
    >>> wrap("Pupils enjoy reading at home", 120, 12, balance=True)
    ('Pupils enjoy', 'reading at home')
    """
    font = _FONTS[bold]
    limit = _limit(max_width, size)
    if text.isascii():
        words = text.split()
        lines = _lines(words, limit, font)
    else:
        words = _words(text)
        soft = SOFT_HYPHEN in text or ZERO_WIDTH_SPACE in text
        lines = _lines_within_words(words, limit, font) if soft else _lines(words, limit, font)
    return tuple(_balanced(words, lines, limit, font) if balance and len(lines) > 1 else lines)


def is_measured(char: str) -> bool:
    """Whether Liberation Sans has this character, or it has no width of its own."""
    return char in _FONTS[False].advances or category(char) in _NO_WIDTH


def unwrapped(text: str) -> str:
    """A text as it stands where it is not wrapped: on one line, without the places where it may be broken."""
    one_line = _BREAKING_SPACES.sub(" ", text).strip()
    return one_line if one_line.isascii() else INVISIBLE.sub("", one_line)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter of a text is of a script that is read from right to left."""
    if text.isascii():
        return False
    return next((way != "L" for way in map(bidirectional, text) if way in _STRONG), False)


class _Advances(dict[str, int]):
    """The widths of the font's characters; others are estimated each time."""

    def __missing__(self, char: str) -> int:
        if category(char) in _NO_WIDTH:
            return 0
        if "\U0001f1e6" <= char <= "\U0001f1ff":
            return round(UNITS_PER_EM * EMOJI_EM / 2)  # half a flag
        if "\u2600" <= char <= "\u27bf" or "\U0001f000" <= char <= "\U0001faff":
            return round(UNITS_PER_EM * EMOJI_EM)
        return UNITS_PER_EM if east_asian_width(char) in "WF" else round(UNITS_PER_EM * UNKNOWN_EM)


class _Font:
    """One weight of the font. It remembers words, up to a bound: they come back from title to title."""

    def __init__(self, *, is_bold: bool) -> None:
        self._is_bold = is_bold
        self.known: dict[str, int] = {}

    @cached_property
    def advances(self) -> _Advances:
        from toc.diagram.type import letter_widths as table

        digit = {char: value for value, char in enumerate(table.DIGITS)}
        values = [digit[char] for char in (table.BOLD if self._is_bold else table.REGULAR)]
        numbers = (high * len(digit) + low for high, low in zip(values[::2], values[1::2], strict=True))
        runs = (run.split("-") for run in table.RANGES.split())
        codes = chain.from_iterable(range(int(first, 16), int(last, 16) + 1) for first, last in runs)
        advances = _Advances(zip(map(chr, codes), numbers, strict=True))
        del advances[SOFT_HYPHEN]
        return advances

    @cached_property
    def space(self) -> int:
        return self.advances[" "]

    def units(self, text: str) -> int:
        """The width of any text."""
        return sum(map(self.advances.__getitem__, text))

    def word(self, word: str) -> int:
        """The width of a word, looked up where it can be."""
        wide = self.known.get(word)
        return self.learned(word) if wide is None else wide

    def learned(self, word: str) -> int:
        """The width of a word, which is `known` from now on."""
        wide = self.units(word)
        if len(word) <= REMEMBERED_LENGTH:
            if len(self.known) >= REMEMBERED_WORDS:
                self.known.clear()
            self.known[word] = wide
        return wide


_FONTS: Final = (_Font(is_bold=False), _Font(is_bold=True))


@lru_cache(maxsize=256)
def _limit(max_width: float, size: float) -> int:
    """The most units whose width in points is at most `max_width`."""
    if not size > 0:
        raise ValueError(f"the size of the type must be more than 0 points, not {size}")
    # The millionth lets a text just fit into the width measured for it.
    units = int(min(max_width * UNITS_PER_EM / size, 1e12) + 1e-6)
    return units if units * size / UNITS_PER_EM <= max_width else units - 1


def _words(text: str) -> list[str]:
    if _NO_BREAK_SPACES.search(text):
        return [word for word in _BREAKING_SPACES.split(text) if word]
    return text.split()


def _lines(words: list[str], limit: int, font: _Font) -> list[str]:
    known, space = font.known.get, font.space
    lines: list[str] = []
    start, used = 0, -space
    for index, word in enumerate(words):
        wide = known(word)
        if wide is None:
            wide = font.learned(word)
        used += space + wide
        if used > limit:
            if wide > limit or len(_pieces(word)) > 1:
                return lines + _lines_within_words(words[start:], limit, font)
            lines.append(" ".join(words[start:index]))
            start, used = index, wide
    if words:
        lines.append(" ".join(words[start:]))
    return lines


def _lines_within_words(words: list[str], limit: int, font: _Font) -> list[str]:
    """As `_lines`, for texts where words are to be broken too; several times slower."""
    lines: list[str] = []
    line, used, ending, hyphen = "", 0, "", font.word("-")
    for word in words:
        gap = font.space if line else 0
        for part, mark in _fitting(word, limit - used - gap, limit, font):
            wide = font.word(part)
            if line and used + gap + wide + (hyphen if mark else 0) > limit:
                lines.append(line + ending if used + hyphen <= limit else line)
                line, used = part, wide
            else:
                line += " " + part if gap else part
                used += gap + wide
            gap, ending = 0, mark
    return [*lines, line] if line else lines


def _fitting(word: str, room: int, limit: int, font: _Font) -> Sequence[Piece]:
    """The word whole when there is room, else its parts, none of them wider than a line."""
    if font.word(word) <= room:
        return [(word if word.isascii() else INVISIBLE.sub("", word), "")]
    parts = _pieces(word)
    if all(font.word(part) <= limit for part, _ in parts):
        return parts
    found: list[Piece] = []
    for part, mark in parts:
        cut = chunks(part, limit, font.word)
        found += [*((chunk, "") for chunk in cut[:-1]), (cut[-1], mark)]
    return found


@lru_cache(maxsize=4096)
def _remembered_pieces(word: str) -> tuple[Piece, ...]:
    return pieces(word)


def _pieces(word: str) -> tuple[Piece, ...]:
    return _remembered_pieces(word) if len(word) <= REMEMBERED_LENGTH else pieces(word)


def _balanced(words: list[str], lines: list[str], limit: int, font: _Font) -> list[str]:
    """As many lines, broken at about the narrowest width that needs no more of them.

    A text with a word broken over two lines, or a character too wide for one, stays as it is.
    """
    high = max(map(font.units, lines))
    if high > limit or " ".join(lines) != " ".join(words):
        return lines
    widths = [font.word(word) for word in words]
    low = max(*widths, sum(widths) // len(lines))
    while high - low > BALANCED_WITHIN:
        middle = (low + high) // 2
        if len(_starts(widths, middle, font.space)) <= len(lines):
            high = middle
        else:
            low = middle
    starts = _starts(widths, high, font.space)
    return [" ".join(words[start:end]) for start, end in pairwise([*starts, len(words)])]


def _starts(widths: list[int], limit: int, space: int) -> list[int]:
    """Where each line starts, counted in words."""
    starts, used = [0], -space
    for index, wide in enumerate(widths):
        used += space + wide
        if used > limit and index:
            starts.append(index)
            used = wide
    return starts

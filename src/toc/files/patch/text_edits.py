"""Changes to a text, collected first and made together; its comments; and paragraphs folded anew, few lines of them changed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from textwrap import wrap
from typing import Any, Final

from toc.files.spots import Lines, Places, Spot
from toc.files.yaml_reader import read_yaml

_OWN_LINE_COMMENT: Final = re.compile(r"[ \t]*#")


class CannotPatchError(Exception):
    """The text is written in a way that cannot be changed piece by piece."""


def line_end_of(text: str) -> str:
    """How most lines of a text end."""
    both = text.count("\r\n")
    counts = {"\n": text.count("\n") - both, "\r\n": both, "\r": text.count("\r") - both}
    return max(counts, key=lambda end: counts[end])


class TextEdits:
    """Replacements in one text; those made first come first where two meet.

    `text` has line ends of one character, and offsets, from 0, lead into it. The result has the line ends of the text
    that was given, and what is put in has those that most of its lines have.
    """

    def __init__(self, text: str) -> None:
        self.given = text
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        # In `given`, each of these line ends takes a character more.
        self.doubles = [found.start() - n for n, found in enumerate(re.finditer("\r\n", text))]
        self.edits: list[tuple[int, int, str]] = []

    def replace(self, start: int, end: int, replacement: str) -> None:
        """Put other text in the place of some."""
        self.edits.append((start, end, replacement))

    def add_lines(self, after: int, lines: list[str]) -> None:
        """Add lines behind the line that holds an offset."""
        end = self.line_end(after)
        self.replace(end, end, "".join(f"\n{line}" for line in lines))

    def remove_lines(self, start: int, end: int) -> None:
        """Remove the lines from one offset's to another's."""
        first, last = self.line_start(start), self.line_end(end)
        if first:  # with the line break before them, so that lines can still be added behind
            first = self.line_end(first - 1)
        elif last < len(self.text):
            last = self.text.index("\n", last) + 1
        self.replace(first, last, "")

    def remove_lines_between(self, start: int, end: int, kept: Collection[int]) -> None:
        """Remove the lines from one offset's to another's, but for those that begin, after spaces, at a kept one."""
        first = self.line_start(start)
        while first < max(end, start + 1):
            last = min(self.line_end(first) + 1, len(self.text))
            line = self.text[first:last]
            if first + len(line) - len(line.lstrip()) not in kept:
                self.replace(first, last, "")
            first = last

    def line_start(self, offset: int) -> int:
        """The offset at which the line of an offset starts."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """The offset behind the last character of the line of an offset."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end

    def column(self, offset: int) -> int:
        """How many characters stand before an offset in its line."""
        return offset - self.line_start(offset)

    def starts_line(self, offset: int) -> bool:
        """Whether nothing but spaces stands before an offset in its line."""
        return not self.text[self.line_start(offset) : offset].strip(" ")

    def with_comments(self, offset: int) -> int:
        """The offset at which the comment lines start that stand directly above a line, as far in as it."""
        column, start = self.column(offset), self.line_start(offset)
        while start:
            above = self.line_start(start - 1)
            line = self.text[above : self.line_end(above)]
            if not _OWN_LINE_COMMENT.match(line) or len(line) - len(line.lstrip(" ")) != column:
                break
            start = above
        return start

    def follows_blank_line(self, offset: int) -> bool:
        """Whether the line of an offset, with the comments above it, comes after an empty line."""
        start = self.with_comments(offset)
        return start > 0 and not self.text[self.line_start(start - 1) : start].strip()

    def result(self) -> str:
        """The text with all replacements made; raises `CannotPatchError` when two overlap."""
        pieces, at, newline = [], 0, line_end_of(self.given)
        for start, end, replacement in sorted(self.edits, key=lambda edit: edit[:2]):
            if start < at and replacement:
                raise CannotPatchError
            pieces += [self._given(at, start), replacement.replace("\n", newline)]  # removals may share a line break
            at = max(at, end)
        return "".join([*pieces, self._given(at, len(self.text))])

    def _given(self, start: int, end: int) -> str:
        return self.given[start + bisect_left(self.doubles, start) : end + bisect_left(self.doubles, end)]


def is_one_paragraph(value: Any) -> bool:
    """Whether a value is text whose words are parted by single spaces, so that it can be folded anywhere."""
    return isinstance(value, str) and value.split() != [] and " ".join(value.split()) == value.removesuffix("\n")


def refolded(lines: list[str], text: str) -> list[str]:
    """Text in lines about as long as those before it; the first and the last of them stay while they still fit."""
    left, head, tail = text.removesuffix("\n"), list[str](), list[str]()
    for line in lines:
        if not f"{left} ".startswith(f"{line} "):
            break
        head.append(line)
        left = left[len(line) + 1 :]
    for line in reversed(lines[len(head) :]):
        if not f" {left}".endswith(f" {line}"):
            break
        tail.insert(0, line)
        left = left[: max(0, len(left) - len(line) - 1)]
    width = max(map(len, lines))
    return [*head, *wrap(left, width, break_long_words=False, break_on_hyphens=False), *tail]


_SIGN: Final = re.compile(r"(?<![^\s])#")


def comments_in(text: str, root: Spot) -> list[int]:
    """The offsets of the signs that begin a comment: those that stand in no key and no value."""
    signs = [found.start() for found in _SIGN.finditer(text)]
    if not signs:
        return signs
    spans = [(0, 0), *sorted(_spans(text, root))]
    starts = [start for start, _ in spans]
    return [at for at in signs if at >= spans[bisect_right(starts, at) - 1][1]]


def comment_lines(text: str) -> list[int]:
    """The lines, from 1, in which comments begin."""
    places = Places()
    read_yaml(text, places=places)
    lines = Lines(text)
    return [lines.place(at)[0] for at in comments_in(text, places.root or Spot())]


def comments_within(comments: Sequence[int], start: int, end: int) -> Iterator[int]:
    """The comments that start between two offsets."""
    return iter(comments[bisect_left(comments, start) : bisect_left(comments, end)])


def _spans(text: str, spot: Spot) -> Iterator[tuple[int, int]]:
    """From where to where each key and each single value stands."""
    if spot.key_end > spot.key >= 0:
        yield spot.key, spot.key_end
    if spot.style == "*":
        return
    if spot.parts is not None:
        for part in spot.each():
            yield from _spans(text, part)
    elif spot.end > spot.start:
        start = spot.start
        if spot.style in ("|", ">"):  # a comment may stand behind the sign
            start = text.find("\n", start)
        yield start, spot.end

"""Changes to a text, collected first and made together, and paragraphs folded anew with as few lines changed as may be."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import Any, Final

_OWN_LINE_COMMENT: Final = re.compile(r"[ \t]*#")


class CannotPatchError(Exception):
    """The text is written in a way that cannot be changed piece by piece."""


class TextEdits:
    r"""Replacements in one text by offsets from 0; those made first come first where two meet.

    >>> edits = TextEdits("a: 1\nb: 2\n")
    >>> edits.replace(3, 4, "one")
    >>> edits.add_lines(3, ["c: 3"])
    >>> edits.result()
    'a: one\nc: 3\nb: 2\n'
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.edits: list[tuple[int, int, str]] = []

    def replace(self, start: int, end: int, replacement: str) -> None:
        """Put other text in the place of some."""
        self.edits.append((start, end, replacement))

    def add_lines(self, after: int, lines: list[str]) -> None:
        """Add lines behind the line that holds an offset."""
        end = self.line_end(after)
        self.replace(end, end, "".join(self.newline + line for line in lines))

    def remove_lines(self, start: int, end: int) -> None:
        """Remove the lines from one offset's to another's."""
        first, last = self.line_start(start), self.line_end(end)
        if first:  # with the line break before them, so that lines can still be added behind
            first = self.line_end(first - 1)
        elif last < len(self.text):
            last = self.text.index("\n", last) + 1
        self.replace(first, last, "")

    def line_start(self, offset: int) -> int:
        """The offset at which the line of an offset starts."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """The offset behind the last character of the line of an offset."""
        end = self.text.find("\n", offset)
        if end < 0:
            return len(self.text)
        return end - 1 if self.text[end - 1 : end] == "\r" else end

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
        pieces, at = [], 0
        for start, end, replacement in sorted(self.edits, key=lambda edit: edit[:2]):
            if start < at and replacement:
                raise CannotPatchError
            pieces += [self.text[at:start], replacement]  # removals may share a line break
            at = max(at, end)
        return "".join([*pieces, self.text[at:]])


def is_one_paragraph(value: Any) -> bool:
    r"""Whether a value is text whose words are parted by single spaces, so that it can be folded anywhere.

    >>> is_one_paragraph("one  two"), is_one_paragraph("one two\n")
    (False, True)
    """
    return isinstance(value, str) and value.split() != [] and " ".join(value.split()) == value.removesuffix("\n")


def refolded(lines: list[str], text: str) -> list[str]:
    """Text in lines about as long as those before it; the first and the last of them stay while they still fit.

    >>> refolded(["one two", "three four", "five six"], "one two three and four five six")
    ['one two', 'three and', 'four', 'five six']
    """
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

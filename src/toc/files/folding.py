"""Paragraphs in folded lines, of which as few change as the words allow."""

from __future__ import annotations

from textwrap import wrap
from typing import Any


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

"""Where the comments of a YAML text stand: what the reader passes over, and saving must not lose without a word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from toc.files.spots import Lines, Places, Spot
from toc.files.yaml.yaml_reader import read_yaml

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

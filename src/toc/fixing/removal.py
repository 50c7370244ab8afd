"""Entries of a list taken out of a text, with the keys that are left without a value by it and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from copy import deepcopy
from typing import Any

from toc.files.patch.text_edits import CannotPatchError, TextEdits
from toc.files.spots import Spot


def removed(text: str, root: Spot, path: Sequence[str], gone: Collection[int], *, has_comments: bool) -> str:
    r"""The text without some entries of the list at a path; where none is left, without the keys that led to it.

    Comments in lines of their own stay. Raises CannotPatchError where a text is written so that more would go.

    >>> from toc.files.spots import Places
    >>> from toc.files.yaml.yaml_reader import read_yaml
    >>> places, text = Places(), "a: 1\nb:\n  c:\n    - x  # the first\n    - y\n"
    >>> _ = read_yaml(text, places=places)
    >>> removed(text, places.root, ("b", "c"), {0}, has_comments=True)
    'a: 1\nb:\n  c:\n    - y\n'
    >>> removed(text, places.root, ("b", "c"), {0, 1}, has_comments=True)
    'a: 1\n'
    """
    if "\r" in text.replace("\r\n", ""):
        raise CannotPatchError
    way = _way(root, path)
    edits = TextEdits(text)
    entries = list(way[-1].each())
    removal = _Removal(edits, has_comments=has_comments)
    if len(gone) < len(entries):
        removal.entries(way[-1], [entries[index] for index in gone])
    else:
        parent, part = _highest(way)
        removal.key(parent, part, entries)
    return edits.result()


def without(form: dict[str, Any], path: Sequence[str], gone: Collection[int]) -> dict[str, Any]:
    """The full form without some entries of the list at a path; where none is left, without the keys that led to it.

    >>> without({"a": 1, "b": {"c": ["x", "y"]}}, ("b", "c"), {0})
    {'a': 1, 'b': {'c': ['y']}}
    >>> without({"a": 1, "b": {"c": ["x", "y"]}}, ("b", "c"), {0, 1})
    {'a': 1}
    """
    form = deepcopy(form)
    boxes = [form]
    for step in path[:-1]:
        boxes.append(boxes[-1][step])
    boxes[-1][path[-1]] = [entry for index, entry in enumerate(boxes[-1][path[-1]]) if index not in gone]
    for box, step in zip(reversed(boxes), reversed(path), strict=True):
        if not box[step]:
            del box[step]
    return form


def _way(root: Spot, path: Sequence[str]) -> list[Spot]:
    way = [root]
    for step in path:
        part = way[-1].part(step)
        if part is None or part.style == "*":
            raise CannotPatchError
        way.append(part)
    return way


def _highest(way: list[Spot]) -> tuple[Spot, Spot]:
    """The uppermost value on the way that holds nothing else, and what holds it."""
    place = len(way) - 1
    while place > 1 and len(list(way[place - 1].each())) == 1:
        place -= 1
    return way[place - 1], way[place]


class _Removal:
    """What is taken out of one text."""

    def __init__(self, edits: TextEdits, *, has_comments: bool) -> None:
        self.edits = edits
        self.has_comments = has_comments

    def entries(self, spot: Spot, gone: list[Spot]) -> None:
        if spot.style == "[":
            self.in_line(spot, gone)
            return
        for entry in gone:
            dash = self.edits.text.rfind("-", 0, entry.start)
            if dash < 0 or not self.edits.starts_line(dash):
                raise CannotPatchError
            self.lines(dash, max(self.end(entry), dash), [entry])

    def key(self, parent: Spot, part: Spot, entries: list[Spot]) -> None:
        if parent.style == "{":
            self.in_line(parent, [part])
        elif self.edits.starts_line(part.key):
            self.lines(part.key, self.end(part), entries)
        else:
            raise CannotPatchError

    def in_line(self, spot: Spot, gone: list[Spot]) -> None:
        """Take parts out of brackets, each with the comma before it, or behind it where none is before."""
        parts = list(spot.each())
        is_first = True
        for index, part in enumerate(parts):
            if part not in gone:
                is_first = False
            elif is_first:
                following = _start(parts[index + 1])
                self.stretch(_start(part), following, comma=(self.end(part), following))
            else:
                before = self.end(parts[index - 1])
                self.stretch(before, self.end(part), comma=(before, _start(part)))

    def stretch(self, start: int, end: int, *, comma: tuple[int, int]) -> None:
        """Take out what stands between two offsets, unless a comment stands beside the comma in it."""
        if self.has_comments and "#" in self.edits.text[slice(*comma)]:
            raise CannotPatchError
        self.edits.replace(start, end, "")

    def lines(self, start: int, end: int, kept_whole: list[Spot]) -> None:
        """Take out the lines from one offset's to another's, but for comments outside of the entries."""
        inside = [(self.edits.line_start(_start(spot)), self.end(spot)) for spot in kept_whole]
        for first, last in self._each_line(start, end):
            line = self.edits.text[first:last].strip()
            is_comment = line.startswith("#") and not any(low <= first < high for low, high in inside)
            if not is_comment:
                self.edits.replace(first, last, "")

    def _each_line(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The lines from one offset's to another's, each with its line end."""
        first = self.edits.line_start(start)
        while first < max(end, start + 1):
            found = self.edits.text.find("\n", first)
            last = len(self.edits.text) if found < 0 else found + 1
            yield first, last
            first = last

    def end(self, spot: Spot) -> int:
        """The offset behind the last character of a value that is not white space."""
        start = max(spot.start, spot.key_end)
        return start + len(self.edits.text[start : max(spot.end, start)].rstrip())


def _start(spot: Spot) -> int:
    return spot.key if spot.key >= 0 else spot.start

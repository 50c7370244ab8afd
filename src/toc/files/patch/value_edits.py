"""Single values in a YAML text added, taken out and written anew, each in the form in which its neighbours stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from toc.files.patch.text_edits import (
    CannotPatchError,
    TextEdits,
    comments_in,
    comments_within,
    is_one_paragraph,
    refolded,
)
from toc.files.spots import Spot
from toc.files.yaml_writer import Writer, flow, key_text, quoted, scalar
from toc.problems import Path

_REST_OF_ITEM: Final = re.compile(r"[ \t]*(,?)[ \t]*(?:(?<=[ \t,])#.*)?")
"""What may stand behind an item in brackets that has a line of its own: a comma, and a comment."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value as its author wrote it, its spot in the text, its path in the full form, and what surrounds it."""

    raw: Any
    spot: Spot
    path: Path
    in_flow: bool = False
    indent: int = 0

    def part(self, step: str | int, path: Path, indent: int) -> Value:
        """The value at a step further in, whose key or dash stands behind `indent` spaces."""
        spot = self.spot.part(step)
        if spot is None:
            raise CannotPatchError
        return Value(self.raw[step], spot, path, self.is_in_line, indent)

    @property
    def is_in_line(self) -> bool:
        """Whether the parts stand in brackets."""
        return self.in_flow or self.spot.style in ("{", "[")


class ValueEdits(TextEdits):
    """Changes to a text whose values are known; `root` is the spot of all of it.

    With `only_prunes`, nothing is written, and comments in lines of their own stay when something is taken out.
    """

    def __init__(self, text: str, *, only_prunes: bool = False) -> None:
        super().__init__(text)
        self.root = Spot()
        self.only_prunes = only_prunes
        self.writer = Writer()

    @cached_property
    def comments(self) -> list[int]:
        """The offsets of all comments."""
        return comments_in(self.text, self.root)

    def has_comments(self, start: int, end: int) -> bool:
        """Whether a comment starts between two offsets."""
        return next(comments_within(self.comments, start, end), None) is not None

    # Keys and items

    def indent_of(self, value: Value) -> int:
        """The indentation of the keys of a mapping by indentation."""
        if value.spot.style != "block":
            return value.indent
        first = next(value.spot.each(), None)
        if first is None or first.key < 0:
            raise CannotPatchError
        return self.column(first.key)

    def rename(self, spot: Spot, key: str) -> None:
        """Write another key before a value."""
        self.replace(spot.key, spot.key_end, scalar(key, in_flow=True))

    def remove_keys(self, value: Value, keys: Iterable[str]) -> None:
        """Take keys out of a mapping, with their values."""
        gone = [value.part(key, (), 0).spot for key in keys]
        if value.is_in_line:
            self.remove_in_line(list(value.spot.each()), gone)
            return
        for spot in gone:
            if not self.starts_line(spot.key):
                raise CannotPatchError
            self.remove_part(spot.key, spot)

    def remove_items(self, value: Value, gone: list[Spot], indent: int) -> None:
        """Take items out of a list."""
        if value.is_in_line:
            self.remove_in_line(list(value.spot.each()), gone)
            return
        for spot in gone:
            self.remove_part(self.dash(spot, indent), spot)

    def remove_part(self, start: int, spot: Spot) -> None:
        """Take out the lines of a value from its key or dash on."""
        end = max(self.end(spot), start)
        if self.only_prunes:
            self.remove_lines_between(start, end, set(self.comments))
        else:
            self.remove_lines(self.with_comments(start), end)

    def remove_in_line(self, spots: list[Spot], gone: list[Spot]) -> None:
        """Remove parts from brackets, each with the comma before it; those before all others with the one behind."""
        is_first = True
        for index, spot in enumerate(spots):
            if spot not in gone:
                is_first = False
                continue
            start, end = first_of(spot), self.end(spot)
            before, behind = (start, first_of(spots[index + 1])) if is_first else (self.end(spots[index - 1]), end)
            if self.has_comments(before, start) or self.has_comments(end, behind):
                raise CannotPatchError  # the comment may be about what stays
            self.replace(before, behind, "")

    def add_key(self, value: Value, key: str, short: Any, after: str | None, indent: int) -> None:
        """Add a key behind another, or before all others, as its own lines or inside the brackets."""
        if after is None:
            self._add_before(value, key, short, indent)
            return
        predecessor = value.spot.part(after)
        if predecessor is None:
            raise CannotPatchError
        end = self.end(predecessor)
        if value.is_in_line:
            self.replace(end, end, f", {key_text(key, in_flow=True)}: {flow(short)}")
            return
        lines = self.writer.entry(key, short, indent, (*value.path, key))
        if self.starts_line(predecessor.key) and self.follows_blank_line(predecessor.key):
            lines.insert(0, "")
        self.add_lines(end, lines)

    def _add_before(self, value: Value, key: str, short: Any, indent: int) -> None:
        """Add a key before all others, and above the comments of the first of them."""
        first, *others = value.spot.each()
        if value.is_in_line:
            self.replace(first.key, first.key, f"{key_text(key, in_flow=True)}: {flow(short)}, ")
            return
        lines = self.writer.entry(key, short, indent, (*value.path, key))
        if not self.starts_line(first.key):  # it stands behind a dash
            self.replace(first.key, first.key, "\n".join(lines)[indent:] + "\n" + " " * indent)
            return
        if others and self.follows_blank_line(others[0].key):
            lines.append("")
        start = self.line_start(self.with_comments(first.key))
        if start:  # behind the line before, so that the first may be taken out as well
            self.add_lines(start - 1, lines)
        else:
            self.replace(0, 0, "".join(line + "\n" for line in lines))

    def add_first(self, value: Value, key: str, new: str) -> None:
        """Add a key before all others."""
        first = next(value.spot.each()).key
        between = ", " if value.is_in_line else "\n" + " " * self.column(first)
        self.replace(first, first, f"{key}: {scalar(new, in_flow=True)}{between}")

    def add_items(self, value: Value, after: Value | None, items: list[Any], indent: int) -> None:
        """Add items behind another, or before all others."""
        if value.is_in_line and after is not None:
            self.add_in_line(after.spot, [flow(item) for item in items])
            return
        if value.is_in_line:
            start = first_of(next(value.spot.each()))
            self.replace(start, start, "".join(f"{flow(item)}, " for item in items))
            return
        lines = [line for item in items for line in self.writer.item(item, indent, (*value.path, 0))]
        if after is not None:
            self.add_lines(self.end(after.spot), lines)
            return
        dash = self.dash(next(value.spot.each()), indent)
        start = self.line_start(self.with_comments(dash))
        self.replace(start, start, "".join(line + "\n" for line in lines))

    def add_in_line(self, after: Spot, texts: list[str]) -> None:
        """Add items behind another in brackets, each on a line of its own where that one has its own."""
        end, first = self.end(after), first_of(after)
        rest = _REST_OF_ITEM.fullmatch(self.text[end : self.line_end(end)])
        if rest is None or not self.starts_line(first):
            self.replace(end, end, "".join(f", {text}" for text in texts))
            return
        if not rest[1]:
            self.replace(end, end, ",")
        lines = [f"{' ' * self.column(first)}{text}," for text in texts]
        self.add_lines(end, lines if rest[1] else [*lines[:-1], lines[-1].removesuffix(",")])

    def item_to_entry(self, spot: Spot, key: str, short: Any, indent: int, path: Path) -> None:
        """Write a key with its value in the place of a list's item."""
        first, *rest = self.writer.entry(key, short, indent, path)
        self.replace_lines(self.dash(spot, indent), self.end(spot), first[indent:], rest)

    def dash(self, spot: Spot, indent: int) -> int:
        """The offset of a list item's dash, which must be the first thing in its line."""
        dash = self.text.rfind("-", 0, spot.start)
        if dash < 0 or self.column(dash) != indent or not self.starts_line(dash):
            raise CannotPatchError
        return dash

    # Single values

    def whole(self, value: Value, short: Any) -> None:
        """Write a value anew, in the place of the old one."""
        if self.only_prunes:
            raise CannotPatchError
        spot = value.spot
        start, end = spot.start, self.end(spot)
        if spot.style == ">" and is_one_paragraph(value.raw) and is_one_paragraph(short):
            self.folded(start, end, short)
        elif value.in_flow:
            self.replace(start, end, self.spaced(value, _styled(short, spot.style, in_flow=True)))
        elif spot.key < 0:
            dash = self.dash(spot, value.indent)
            first, *rest = self.writer.item(short, value.indent, value.path)
            if not rest and "\n" not in self.text[start:end]:
                self.leaf(value, short)
            else:
                self.replace_lines(dash, end, first[value.indent :] + self.remark(spot), rest)
        else:
            colon = self.colon(spot)
            first, *rest = self.writer.after(short, value.indent, value.path, used=colon - self.line_start(spot.key))
            if not rest and short is not None and "\n" not in self.text[colon:end]:
                self.leaf(value, short)
            else:
                self.replace_lines(colon, end, first + self.remark(spot), rest)

    def folded(self, start: int, end: int, text: str) -> None:
        """Put other text into a folded block, whose lines stay where the words in them do."""
        body = self.line_end(start) + 1
        lines = self.text[body:end].splitlines()
        indent = min(len(line) - len(line.lstrip()) for line in lines)
        folded = refolded([line.strip() for line in lines], text)
        self.replace(body, end, "\n".join(" " * indent + line for line in folded))

    def leaf(self, value: Value, new: Any) -> None:
        """Write a value that takes one line in the place of another that does, in its author's quotes."""
        text = _styled(new, value.spot.style, in_flow=value.in_flow or isinstance(new, (dict, list)))
        self.replace(value.spot.start, self.end(value.spot), self.spaced(value, text))

    def replace_lines(self, start: int, end: int, first: str, rest: list[str]) -> None:
        """Put lines in the place of a value; a comment behind it moves up, so that no text swallows it."""
        line_end = self.line_end(end)
        tail = self.text[end:line_end]
        if rest and tail.strip():
            first, end = first + tail, line_end
        self.replace(start, end, "\n".join([first, *rest]))

    def remark(self, spot: Spot) -> str:
        """The comment behind the `|` or `>` of a block of text, with the space before it."""
        line_end = self.line_end(spot.start)
        at = next(comments_within(self.comments, spot.start, line_end), None) if spot.style in ("|", ">") else None
        return "" if at is None else f"   {self.text[at:line_end]}"

    def colon(self, spot: Spot) -> int:
        """The offset behind a key's colon."""
        at = spot.key_end
        while at < len(self.text) and self.text[at] in " \t":
            at += 1
        if self.text[at : at + 1] != ":":
            raise CannotPatchError
        return at + 1

    def spaced(self, value: Value, text: str) -> str:
        """Text for a value, with the space or colon that an empty value before it did not need."""
        start = value.spot.start
        before = self.text[start - 1 : start]
        if value.spot.key >= 0 and start == value.spot.key_end:
            return ": " + text
        return text if before in (" ", "\t", "\n", "[", "{", "") else " " + text

    def end(self, spot: Spot) -> int:
        """The offset behind the last character of a value that is not white space."""
        return end_of(self.text, spot)


def end_of(text: str, spot: Spot) -> int:
    """The offset behind the last character of a value that is not white space."""
    end = max(spot.end, spot.start)
    lowest = max(spot.start, spot.key_end)
    while end > lowest and text[end - 1] in " \t\n":
        end -= 1
    return end


def first_of(spot: Spot) -> int:
    """The offset at which a part starts, with its key."""
    return spot.key if spot.key >= 0 else spot.start


def _styled(value: Any, style: str, *, in_flow: bool) -> str:
    """One line of text for a value, in the quotes its author used for the old one."""
    if isinstance(value, str) and style in ("'", '"'):
        return quoted(value, style)
    return flow(value) if in_flow else scalar(value)

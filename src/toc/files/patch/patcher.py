"""New values into an existing YAML text: only the lines change that must, whatever short forms its author used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from toc.errors import TheoryError
from toc.files.patch.differences import changes, renamed_keys, same, with_predecessors
from toc.files.patch.ordering import SINGLE, end_of, reordered
from toc.files.patch.text_edits import CannotPatchError, TextEdits, is_one_paragraph, refolded
from toc.files.spots import Places, Spot
from toc.files.yaml.yaml_reader import read_yaml
from toc.files.yaml.yaml_writer import Writer, flow, quoted, scalar
from toc.problems import Path

Shorten = Callable[[Any, Path], Any]


def as_it_is(value: Any, _: Path) -> Any:
    """The short form of values that have none."""
    return value


def patched(text: str, old: Any, new: Any, shorten: Shorten = as_it_is) -> str | None:
    r"""The text changed to mean `new`, where it means `old` now; None when it cannot be changed line by line.

    `old` and `new` are mappings in full form; the text may use short forms: text for a mapping, a list for a mapping
    without values, one value for a list. `shorten` gives the short form of a new value at a path. Comments, quotes,
    empty lines, the order in which a node's keys are written, and line ends stay. The caller reads the result and compares: text with anchors
    may come out meaning something else.

    >>> print(
    ...     patched("title: Old  # ours\ntags: [a]\n", {"title": "Old", "tags": ["a"]}, {"title": "New", "tags": ["a"]})
    ... )
    title: New  # ours
    tags: [a]
    <BLANKLINE>
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix("\ufeff")
    places = Places()
    try:
        if isinstance(old, dict) and isinstance(new, dict):
            text = reordered(text, old, new)
        raw, problems = read_yaml(text, places=places)
        root = places.root
        is_mapping = isinstance(raw, dict) and isinstance(old, dict) and isinstance(new, dict)
        if problems or root is None or not is_mapping or "\r" in text.replace("\r\n", ""):
            return None
        edits = TextEdits(text)
        _Patch(edits, shorten).theory(Value(raw, root, ()), old, new)
        return mark + edits.result()
    except (TheoryError, CannotPatchError):
        return None


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


class _Patch:
    """The walk through what the author wrote, what it meant and what it is to mean."""

    def __init__(self, edits: TextEdits, shorten: Shorten) -> None:
        self.edits = edits
        self.shorten = shorten
        self.writer = Writer()

    def theory(self, value: Value, old: dict[str, Any], new: dict[str, Any]) -> None:
        """The whole text, in which `goal` may stand for `goals`."""
        for section, single in SINGLE.items():
            if single in value.raw and section not in value.raw and section in old and section in new:
                self.single(value, section, old[section], new[section])
                # Done: to the walk through the other keys it looks like a key that stays.
                old = {**{key: part for key, part in old.items() if key != section}, single: None}
                new = {single if key == section else key: None if key == section else new[key] for key in new}
        if not self.mapping(value, old, new):
            raise CannotPatchError

    def single(self, value: Value, section: str, old: dict[str, Any], new: dict[str, Any]) -> None:
        """A section's only member, written at the top: it changes, takes another id, or is joined by others."""
        (old_id, *_), (new_id, *others) = old, new
        part = value.part(SINGLE[section], (section, old_id), self.indent_of(value))
        if others:
            self.rename(part.spot, section)
            self.whole(replace(part, path=(section,)), self.shorten(new, (section,)))
        elif new_id == old_id:
            self.value(part, old[old_id], new[new_id])
        elif isinstance(part.raw, dict) and part.raw and part.spot.style != "*":
            if "id" in part.raw:
                self.leaf(part.part("id", (), 0), new_id)
            else:
                self.add_first(part, "id", new_id)
            self.value(part, old[old_id], new[new_id])
        else:
            short = self.shorten({section: new}, ()).get(SINGLE[section])
            if short is None:
                raise CannotPatchError
            self.whole(part, short)

    def value(self, value: Value, old: Any, new: Any) -> None:
        """One value: left alone, changed inside, or written anew."""
        if same(old, new):
            return
        made = len(self.edits.edits)
        try:
            if self.inside(value, old, new):
                return
        except CannotPatchError:
            del self.edits.edits[made:]
        short = self.shorten(new, value.path)
        if isinstance(short, str) and "\n" in short and isinstance(old, str) and value.raw == old + "\n":
            short += "\n"  # a literal block whose last line break does not count
        self.whole(value, short)

    def inside(self, value: Value, old: Any, new: Any) -> bool:
        """Change parts of a mapping or list where its author wrote one; False when it must be written anew."""
        if value.spot.style == "*":
            return False
        if isinstance(value.raw, dict) and isinstance(old, dict) and isinstance(new, dict):
            return self.mapping(value, old, new)
        if not isinstance(value.raw, list):
            return False
        if not isinstance(old, list) or not isinstance(new, list) or len(value.raw) != len(old):
            if not isinstance(old, (dict, list)) or not isinstance(new, (dict, list)):
                return False
            old, new = _listed(self.shorten(old, value.path)), _listed(self.shorten(new, value.path))
            if new is None or not same(old, value.raw):
                return False
            return _Patch(self.edits, as_it_is).sequence(value, old, new)
        return self.sequence(value, old, new)

    # Mappings

    def mapping(self, value: Value, old: dict[str, Any], new: dict[str, Any]) -> bool:
        names = renamed_keys(value.raw, old, new)
        kept = {names.get(key, key): key for key in value.raw if key not in old or names.get(key, key) in new}
        added = [key for key in new if key not in kept and not (key in old and same(old[key], new[key]))]
        if not any(key in new for key in kept) and (added or len(kept) < len(value.raw)):
            return False
        indent = self.indent_of(value)
        for key, raw_key in kept.items():
            part = value.part(raw_key, (*value.path, key), indent)
            if key != raw_key:
                self.rename(part.spot, key)
            if key in new:
                self.value(part, old.get(raw_key), new[key])
        staying = set(kept.values())
        self.remove_keys(value, [key for key in value.raw if key not in staying])
        for key, before in with_predecessors(added, list(new), kept):
            self.add_key(value, key, new[key], None if before is None else kept[before], indent)
        return True

    def indent_of(self, value: Value) -> int:
        """The indentation of the keys of a mapping by indentation."""
        if value.spot.style != "block":
            return value.indent
        first = next(value.spot.each(), None)
        if first is None or first.key < 0:
            raise CannotPatchError
        return self.edits.column(first.key)

    def rename(self, spot: Spot, key: str) -> None:
        self.edits.replace(spot.key, spot.key_end, scalar(key, in_flow=True))

    def remove_keys(self, value: Value, keys: list[str]) -> None:
        gone = [value.part(key, (), 0).spot for key in keys]
        if value.is_in_line:
            self.remove_in_line(list(value.spot.each()), gone)
            return
        for spot in gone:
            if not self.edits.starts_line(spot.key):
                raise CannotPatchError
            self.edits.remove_lines(self.edits.with_comments(spot.key), self.end(spot))

    def remove_in_line(self, spots: list[Spot], gone: list[Spot]) -> None:
        """Remove parts from brackets, each with the comma before it; those before all others with the one behind."""
        is_first = True
        for index, spot in enumerate(spots):
            if spot not in gone:
                is_first = False
            elif is_first:
                self.edits.replace(first_of(spot), first_of(spots[index + 1]), "")
            else:
                self.edits.replace(self.end(spots[index - 1]), self.end(spot), "")

    def add_key(self, value: Value, key: str, new: Any, after: str | None, indent: int) -> None:
        """Add a key behind another, or at the end, as its own lines or inside the brackets."""
        path = (*value.path, key)
        short = self.shorten(new, path)
        predecessor = value.spot.part(after) if after is not None else list(value.spot.each())[-1]
        if predecessor is None:
            raise CannotPatchError
        end = self.end(predecessor)
        if value.is_in_line:
            self.edits.replace(end, end, f", {scalar(key, in_flow=True)}: {flow(short)}")
            return
        lines = self.writer.entry(key, short, indent, path)
        if self.edits.starts_line(predecessor.key) and self.edits.follows_blank_line(predecessor.key):
            lines.insert(0, "")
        self.edits.add_lines(end, lines)

    def add_first(self, value: Value, key: str, new: str) -> None:
        """Add a key before all others."""
        first = next(value.spot.each()).key
        between = ", " if value.is_in_line else self.edits.newline + " " * self.edits.column(first)
        self.edits.replace(first, first, f"{key}: {scalar(new, in_flow=True)}{between}")

    # Lists

    def sequence(self, value: Value, old: list[Any], new: list[Any]) -> bool:
        if not new or not old:
            return False
        indent = value.indent if value.is_in_line else self.edits.column(value.spot.start)
        parts = [value.part(index, (*value.path, index), indent) for index in range(len(old))]
        gone: list[Spot] = []
        for step, first, last, new_first, new_last in changes(old, new):
            if step == "replace":
                for index in range(last - first):
                    self.value(parts[first + index], old[first + index], new[new_first + index])
            elif step == "delete":
                gone += [part.spot for part in parts[first:last]]
            else:
                self.add_items(value, parts[first - 1] if first else None, new[new_first:new_last], indent)
        if len(gone) == len(parts):
            return False
        if value.is_in_line:
            self.remove_in_line([part.spot for part in parts], gone)
            return True
        for spot in gone:
            dash = self.dash(spot, indent)
            self.edits.remove_lines(self.edits.with_comments(dash), max(self.end(spot), dash))
        return True

    def add_items(self, value: Value, after: Value | None, items: list[Any], indent: int) -> None:
        short = [self.shorten(item, (*value.path, 0)) for item in items]
        if value.is_in_line:
            text = ", ".join(flow(item) for item in short)
            if after is None:
                start = first_of(next(value.spot.each()))
                self.edits.replace(start, start, text + ", ")
            else:
                self.edits.replace(self.end(after.spot), self.end(after.spot), ", " + text)
            return
        lines = [line for item in short for line in self.writer.item(item, indent, (*value.path, 0))]
        if after is not None:
            self.edits.add_lines(self.end(after.spot), lines)
            return
        dash = self.dash(next(value.spot.each()), indent)
        start = self.edits.line_start(self.edits.with_comments(dash))
        self.edits.replace(start, start, "".join(line + self.edits.newline for line in lines))

    def dash(self, spot: Spot, indent: int) -> int:
        """The offset of a list item's dash, which must be the first thing in its line."""
        dash = self.edits.text.rfind("-", 0, spot.start)
        if dash < 0 or self.edits.column(dash) != indent or not self.edits.starts_line(dash):
            raise CannotPatchError
        return dash

    # Single values

    def whole(self, value: Value, short: Any) -> None:
        """Write a value anew, in the place of the old one."""
        spot = value.spot
        start, end = spot.start, self.end(spot)
        if spot.style == ">" and is_one_paragraph(value.raw) and is_one_paragraph(short):
            self.folded(start, end, short)
            return
        if value.in_flow:
            self.edits.replace(start, end, self.spaced(value, _styled(short, spot.style, in_flow=True)))
            return
        if spot.key < 0:
            self.whole_item(value, short, start, end)
            return
        colon = self.colon(spot)
        first, *rest = self.writer.after(short, value.indent, value.path, used=colon - self.edits.line_start(spot.key))
        is_one_line = "\n" not in self.edits.text[colon:end]
        if not rest and short is not None and is_one_line:
            self.leaf(value, short)
            return
        self.replace_lines(colon, end, first, rest)

    def folded(self, start: int, end: int, text: str) -> None:
        """Put other text into a folded block, whose lines stay where the words in them do."""
        body = self.edits.line_end(start) + len(self.edits.newline)
        lines = self.edits.text[body:end].splitlines()
        indent = min(len(line) - len(line.lstrip()) for line in lines)
        folded = refolded([line.strip() for line in lines], text)
        self.edits.replace(body, end, self.edits.newline.join(" " * indent + line for line in folded))

    def leaf(self, value: Value, new: Any) -> None:
        """Write a value that takes one line in the place of another that does, in its author's quotes."""
        text = _styled(new, value.spot.style, in_flow=value.in_flow or isinstance(new, (dict, list)))
        self.edits.replace(value.spot.start, self.end(value.spot), self.spaced(value, text))

    def whole_item(self, value: Value, short: Any, start: int, end: int) -> None:
        dash = self.dash(value.spot, value.indent)
        first, *rest = self.writer.item(short, value.indent, value.path)
        if not rest and "\n" not in self.edits.text[start:end]:
            self.leaf(value, short)
            return
        self.replace_lines(dash, end, first[value.indent :], rest)

    def replace_lines(self, start: int, end: int, first: str, rest: list[str]) -> None:
        """Put lines in the place of a value; a comment behind it moves up, so that no text swallows it."""
        line_end = self.edits.line_end(end)
        tail = self.edits.text[end:line_end]
        if rest and tail.strip():
            first, end = first + tail, line_end
        self.edits.replace(start, end, self.edits.newline.join([first, *rest]))

    def colon(self, spot: Spot) -> int:
        """The offset behind a key's colon."""
        text = self.edits.text
        at = spot.key_end
        while at < len(text) and text[at] in " \t":
            at += 1
        if text[at : at + 1] != ":":
            raise CannotPatchError
        return at + 1

    def spaced(self, value: Value, text: str) -> str:
        """Text for a value, with the space or colon that an empty value before it did not need."""
        start = value.spot.start
        before = self.edits.text[start - 1 : start]
        if value.spot.key >= 0 and start == value.spot.key_end:
            return ": " + text
        return text if before in (" ", "\t", "\n", "[", "{", "") else " " + text

    def end(self, spot: Spot) -> int:
        """The offset behind the last character of a value that is not white space."""
        return end_of(self.edits.text, spot)


def _listed(short: Any) -> list[Any] | None:
    """A short form as its author might have written it in a list."""
    if isinstance(short, list):
        return short
    return [short] if isinstance(short, (str, int, float)) else None


def first_of(spot: Spot) -> int:
    """The offset at which a part starts, with its key."""
    return spot.key if spot.key >= 0 else spot.start


def _styled(value: Any, style: str, *, in_flow: bool) -> str:
    """One line of text for a value, in the quotes its author used for the old one."""
    if isinstance(value, str) and style in ("'", '"'):
        return quoted(value, style)
    return flow(value) if in_flow else scalar(value)

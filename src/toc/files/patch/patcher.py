"""New values into an existing text: only the lines change that must, whatever short forms its author used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from toc.errors import TheoryError
from toc.files.patch.differences import changes, renamed_keys, same, with_predecessors
from toc.files.patch.ordering import SINGLE, reordered
from toc.files.patch.text_edits import CannotPatchError
from toc.files.patch.value_edits import Value, ValueEdits
from toc.files.spots import Parsed, Places, Spot
from toc.files.yaml_reader import read_yaml
from toc.problems import Path

Shorten = Callable[[Any, Path], Any]


def as_it_is(value: Any, _: Path) -> Any:
    """The short form of values that have none."""
    return value


def patched(text: str, old: dict[str, Any], new: dict[str, Any], shorten: Shorten = as_it_is) -> str | None:
    """The YAML text changed to mean `new`, where it means `old` now; None when it cannot be changed line by line.

    `old` and `new` are mappings in full form; the text may use short forms: text for a mapping, a list for a mapping
    without values, one value for a list. `shorten` gives the short form of a new value at a path. Comments, quotes,
    empty lines, the order in which a node's keys are written, and line ends stay; comments go only with what they are
    about. The caller reads the result and compares: text with anchors may come out meaning something else.
    """
    try:
        text, old = reordered(text, old, new)
        return _walked(ValueEdits(text), old, new, shorten, read_yaml)
    except (TheoryError, CannotPatchError):
        return None


def pruned(text: str, old: dict[str, Any], new: dict[str, Any], read: Callable[..., Parsed]) -> str | None:
    """The YAML or JSON text, which means `old`, without what `new` lacks; None where more than that would have to change."""
    try:
        return _walked(ValueEdits(text, only_prunes=True), old, new, as_it_is, read)
    except (TheoryError, CannotPatchError):
        return None


def _walked(
    edits: ValueEdits, old: dict[str, Any], new: dict[str, Any], shorten: Shorten, read: Callable[..., Parsed]
) -> str | None:
    places = Places()
    raw, problems = read(edits.text, places=places)
    if problems or places.root is None or not isinstance(raw, dict):
        return None
    edits.root = places.root
    _Patch(edits, shorten).theory(Value(raw, places.root, ()), old, new)
    return edits.result()


class _Patch:
    """The walk through what the author wrote, what it meant and what it is to mean."""

    def __init__(self, edits: ValueEdits, shorten: Shorten) -> None:
        self.edits = edits
        self.shorten = shorten

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
        part = value.part(SINGLE[section], (section, old_id), self.edits.indent_of(value))
        if others:
            self.edits.rename(part.spot, section)
            self.anew(replace(part, path=(section,)), self.shorten(new, (section,)))
        elif new_id == old_id:
            self.value(part, old[old_id], new[new_id])
        elif isinstance(part.raw, dict) and part.raw and part.spot.style != "*":
            if "id" in part.raw and new_id == SINGLE[section]:
                self.edits.remove_keys(part, ["id"])  # the id that it has without saying so
            elif "id" in part.raw:
                self.edits.leaf(part.part("id", (), 0), new_id)
            else:
                self.edits.add_first(part, "id", new_id)
            self.value(part, old[old_id], new[new_id])
        else:
            short = self.shorten({section: new}, ()).get(SINGLE[section])
            if short is None:
                raise CannotPatchError
            self.edits.whole(part, short)

    def value(self, value: Value, old: Any, new: Any) -> None:
        """One value: left alone, changed inside, or written anew."""
        if same(old, new):
            return
        made = len(self.edits.edits)
        short = self.shorten(new, value.path)
        if isinstance(short, str) and "\n" in short and isinstance(old, str) and value.raw == old + "\n":
            short += "\n"  # a literal block whose last line break does not count
        try:
            if not self.inside(value, old, new):
                self.edits.whole(value, short)
        except CannotPatchError:
            del self.edits.edits[made:]
            self.anew(value, short)

    def anew(self, value: Value, short: Any) -> None:
        """Write a value anew of which something stays, unless the comments within would be lost by it."""
        if self.edits.has_comments(value.spot.start, self.edits.end(value.spot)):
            raise CannotPatchError
        self.edits.whole(value, short)

    def inside(self, value: Value, old: Any, new: Any) -> bool:
        """Change parts of a mapping or list where its author wrote one; False when nothing of it stays.

        Raises CannotPatchError where something stays, but in another form.
        """
        raw = value.raw
        if value.spot.style == "*" or not isinstance(raw, (dict, list)) or not isinstance(new, (dict, list)):
            return False
        if isinstance(raw, dict) and isinstance(old, dict):
            return isinstance(new, dict) and self.mapping(value, old, new)
        if isinstance(old, list):
            if isinstance(raw, list) and len(raw) == len(old):
                return isinstance(new, list) and self.sequence(value, old, new)
            if isinstance(raw, dict) and isinstance(new, list) and len(old) == len(new) == 1:
                self.value(replace(value, path=(*value.path, 0)), old[0], new[0])
                return True
        if isinstance(raw, list) and same(_listed(self.shorten(old, value.path)), raw):
            return self.listed(value, old, new)
        raise CannotPatchError

    # Mappings

    def mapping(self, value: Value, old: dict[str, Any], new: dict[str, Any]) -> bool:
        names = renamed_keys(value.raw, old, new)
        kept = {names.get(key, key): key for key in value.raw if key not in old or names.get(key, key) in new}
        added = [key for key in new if key not in kept and not (key in old and same(old[key], new[key]))]
        if not any(key in new for key in kept) and (added or len(kept) < len(value.raw)):
            return False
        indent = self.edits.indent_of(value)
        for key, raw_key in kept.items():
            part = value.part(raw_key, (*value.path, key), indent)
            if key != raw_key:
                self.edits.rename(part.spot, key)
            if key in new:
                self.value(part, old.get(raw_key), new[key])
        staying = set(kept.values())
        self.edits.remove_keys(value, [key for key in value.raw if key not in staying])
        for key, before in with_predecessors(added, list(new), kept):
            short = self.shorten(new[key], (*value.path, key))
            self.edits.add_key(value, key, short, None if before is None else kept[before], indent)
        return True

    def entries(self, value: Value, old: dict[str, Any], new: dict[str, Any]) -> bool:
        """A list of names becomes a mapping, because something is now said of one."""
        indent = self.edits.column(value.spot.start)
        if indent <= value.indent or not any(key in new for key in old):
            raise CannotPatchError
        spots = dict(zip(old, value.spot.each(), strict=True))
        for key, spot in spots.items():
            path = (*value.path, key)
            if key in new:
                self.edits.item_to_entry(spot, key, self.shorten(new[key], path), indent, path)
        self.edits.remove_items(value, [spot for key, spot in spots.items() if key not in new], indent)
        added = [key for key in new if key not in old]
        for key, before in with_predecessors(added, list(new), {key: key for key in old}):
            path = (*value.path, key)
            lines = self.edits.writer.entry(key, self.shorten(new[key], path), indent, path)
            self.edits.add_lines(self.edits.end(spots[before] if before else list(spots.values())[-1]), lines)
        return True

    # Lists

    def listed(self, value: Value, old: Any, new: Any) -> bool:
        """A list that is the short form of something."""
        short = _listed(self.shorten(new, value.path))
        if short is not None:
            return _Patch(self.edits, as_it_is).sequence(value, value.raw, short)
        if value.spot.style == "block" and isinstance(old, dict) and isinstance(new, dict):
            return self.entries(value, old, new)
        raise CannotPatchError

    def sequence(self, value: Value, old: list[Any], new: list[Any]) -> bool:
        if not new or not old:
            return False
        indent = value.indent if value.is_in_line else self.edits.column(value.spot.start)

        def part(index: int) -> Value:
            return value.part(index, (*value.path, index), indent)

        gone: list[Spot] = []
        for step, first, last, new_first, new_last in changes(old, new):
            if step == "replace":
                for index in range(last - first):
                    self.value(part(first + index), old[first + index], new[new_first + index])
            elif step == "delete":
                gone += [part(index).spot for index in range(first, last)]
            else:
                items = [self.shorten(item, (*value.path, 0)) for item in new[new_first:new_last]]
                self.edits.add_items(value, part(first - 1) if first else None, items, indent)
        if len(gone) == len(old):
            return False
        self.edits.remove_items(value, gone, indent)
        return True


def _listed(short: Any) -> list[Any] | None:
    """A short form as its author might have written it in a list."""
    if isinstance(short, list):
        return short
    return [short] if isinstance(short, (str, int, float)) else None

"""YAML to plain values, with YAML 1.2's meanings, in one pass over libyaml's events.

The same pass records where everything stands when it is given a recorder, so values, places and errors cannot
disagree. Why not a ready-made loader: docs/decisions/0002-one-yaml-loader-on-libyaml-events.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from toc.files.opening import refuse_characters
from toc.files.spots import (
    DEEPEST,
    LONGEST_NUMBER,
    Lines,
    Parsed,
    Places,
    Spot,
    fault,
    repeated,
    shown,
    too_deep,
    too_long_number,
)
from toc.files.yaml_faults import NO_TAGS, depth_refused, no_such_alias, syntax_fault
from toc.problems import Path, Problem

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]

    _Parser: Any = CParser
except ImportError:  # PyYAML built without libyaml: the same events, many times slower
    _Parser = yaml.SafeLoader

Event: TypeAlias = Any  # PyYAML's types make every mark optional, but no parser's event lacks one

LARGEST_EXPANSION: Final = 1_000_000
"""The most characters that all aliases of a text may stand for together."""
MOST_REPEATS: Final = 1000
"""The most repeated keys that are listed."""

_WORDS: Final = MappingProxyType(
    {
        **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
        **dict.fromkeys(("true", "True", "TRUE"), True),
        **dict.fromkeys(("false", "False", "FALSE"), False),
    }
)
# Only plain text that starts with one of these, or with nothing, can be anything but text.
_SUSPECT: Final = frozenset(["", *"0123456789+-.~nNtTfF"])
_NUMBER: Final = re.compile(
    r"""(?P<decimal>[-+]?[0-9]+) | (?P<base>0o[0-7]+|0x[0-9a-fA-F]+)
    | (?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)
    | (?P<word>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))""",
    re.VERBOSE,
)
_ODD_BREAK: Final = re.compile("[\x85\u2028\u2029]")
_TEXT_KEYS: Final = "a key must be plain text: a list, braces or an alias cannot stand before the colon"
_TWO_DOCUMENTS: Final = "a second document starts here: a file holds one theory, so delete the line or split the file"
_BEGUN: Final = "<<<<<<< "
_MERGE: Final = "the YAML merge key `<<` is not part of this format: write the keys out"


def read_yaml(text: str, *, places: Places | None = None) -> Parsed:
    """What a YAML text means: dictionaries, lists, text, numbers, true, false and None; keys are always text.

    Plain words mean what YAML 1.2's core schema says: `no`, `on`, `1:30` and dates are text, `010` is ten.
    A repeated key is a problem in the result (TOC019; its last value counts). Everything else that is wrong raises
    `TheoryError` with one problem with line and column: TOC003 for syntax, TOC004 above 100 levels or too many
    aliases, TOC005 for tags, second documents, merge keys and keys that are not text, TOC014 for endless numbers.

    `places`, when given, holds afterwards where every key and value stands.
    """
    text = text.removeprefix("\ufeff")
    if not text.isascii() and (odd := _ODD_BREAK.search(text)):
        message = f"an invisible line break (U+{ord(odd[0]):04X}) stands here: delete it and press Enter instead"
        raise fault("TOC002", message, Lines(text).place(odd.start()))
    if _BEGUN in text:
        from toc.files.strays import unfinished_merge

        if merge := unfinished_merge(text, surely=True):
            raise merge
    reading = _Reading(places)
    value = reading.read(text)
    return Parsed(value, tuple(reading.repeats))


def events_of(text: str) -> Iterator[Event]:
    """The events of a text, one after the other; raises what PyYAML raises."""
    parser = _Parser(text)
    while parser.check_event():
        yield parser.get_event()


def plain_value(text: str) -> Any:
    """What text without quotes means in YAML 1.2's core schema.

    Raises `ValueError` for a whole number of more than 4,300 digits.
    """
    if text in _WORDS:
        return _WORDS[text]
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    if match.lastgroup == "float":
        return float(text)
    if match.lastgroup == "word":
        return float(text.replace(".", ""))
    # Four bits are more than a decimal digit: the shorter limit keeps what is printed within the longer one.
    if len(text) > (LONGEST_NUMBER if match.lastgroup == "decimal" else LONGEST_NUMBER * 4 // 5):
        raise ValueError("too many digits")
    return int(text, 10 if match.lastgroup == "decimal" else 0)


@dataclass(slots=True)
class _Anchored:
    """What an anchor names: the value, the characters it stands for, its levels and its spot."""

    value: Any = None
    size: int = 0
    levels: int = 0
    spot: Spot | None = None
    is_open: bool = True


class _Reading:
    """One pass over one text's events. `spot` is None all the way down unless places are recorded."""

    def __init__(self, places: Places | None) -> None:
        self.places = places
        self.anchors: dict[str, _Anchored] = {}
        self.expanded = 0
        self.deepest = 0
        self.behind = 0
        self.repeats: list[Problem] = []

    def read(self, text: str) -> Any:
        try:
            parser = _Parser(text)
            self.take: Callable[[], Event] = parser.get_event
            return self.document()
        except yaml.reader.ReaderError as error:
            refuse_characters(text)
            raise fault("TOC002", f"a character may not stand in YAML ({error.reason})", (1, 1)) from None
        except yaml.MarkedYAMLError as error:
            if end := depth_refused(error):  # far beyond our limit: the text before it is read up to ours
                _Reading(None).read(text[:end])
            from toc.files.strays import unfinished_merge

            raise unfinished_merge(text) or syntax_fault(error, text) from None
        except UnicodeEncodeError:
            refuse_characters(text)
            raise

    def document(self) -> Any:
        self.take()
        event = self.take()
        if not isinstance(event, DocumentStartEvent):
            return None
        root = self.places.spot() if self.places else None
        value = self.node(self.take(), (), 0, root)
        if self.places:
            self.places.root = root
        event = self.take()
        while isinstance(event, DocumentEndEvent):
            event = self.take()
        if isinstance(event, DocumentStartEvent):
            raise fault("TOC005", _TWO_DOCUMENTS, _start(event))
        return value

    def node(self, event: Event, path: Path, depth: int, spot: Spot | None) -> Any:
        """The value that starts with an event; the events up to its end are taken."""
        if type(event) is AliasEvent:
            return self.alias(event, depth, spot)
        if event.tag is not None:
            raise fault("TOC005", NO_TAGS, _start(event))
        if event.anchor is not None:
            return self.anchored(event, path, depth, spot)
        return self.bare_node(event, path, depth, spot)

    def bare_node(self, event: Event, path: Path, depth: int, spot: Spot | None) -> Any:
        kind = type(event)
        if kind is ScalarEvent:
            if spot is not None:
                spot.start, spot.end, spot.style = event.start_mark.index, event.end_mark.index, event.style or ""
            return self.scalar(event, path)
        if depth >= DEEPEST:
            raise too_deep(_start(event))
        if depth >= self.deepest:
            self.deepest = depth + 1
        if spot is not None:
            spot.start = event.start_mark.index
        if kind is MappingStartEvent:
            return self.mapping(event, path, depth + 1, spot)
        return self.sequence(event, path, depth + 1, spot)

    def scalar(self, event: Event, path: Path) -> Any:
        text = event.value
        if event.style or text[:1] not in _SUSPECT:
            return text
        try:
            return plain_value(text)
        except ValueError:
            raise too_long_number(_start(event), path) from None

    def mapping(self, start: Event, path: Path, depth: int, spot: Spot | None) -> dict[str, Any]:
        # The two loops are where reading spends its time: an ordinary pair of scalars takes the shortest way.
        take = self.take
        out: dict[str, Any] = {}
        marks: dict[str, Any] = {}
        parts: dict[str, Spot] | None = None
        if spot is not None:
            parts = spot.parts = {}
        while True:
            event = take()
            kind = type(event)
            if kind is not ScalarEvent:
                break
            key, key_style = event.value, event.style
            if event.tag is not None or event.anchor is not None or not key:
                self.odd_key(event)
            mark = event.start_mark
            if marks.setdefault(key, mark) is not mark and len(self.repeats) < MOST_REPEATS:
                self.repeats.append(repeated(key, (*path, key), marks[key].line + 1, _start(event)))
            part = None if parts is None else self.part(parts, key, event)
            event = take()
            if part is None and type(event) is ScalarEvent and event.tag is None and event.anchor is None:
                text = event.value
                out[key] = text if event.style or text[:1] not in _SUSPECT else self.scalar(event, (*path, key))
            else:
                if key == "<<" and not key_style and type(event) is not ScalarEvent:
                    raise fault("TOC005", _MERGE, _start(event))
                out[key] = self.node(event, (*path, key), depth, part)
        if kind is not MappingEndEvent:
            raise fault("TOC005", _TEXT_KEYS, _start(event))
        self.behind = event.end_mark.index
        if spot is not None:
            _close(spot, "{" if start.flow_style else "block", event)
        return out

    def sequence(self, start: Event, path: Path, depth: int, spot: Spot | None) -> list[Any]:
        take = self.take
        out: list[Any] = []
        parts: list[Spot] | None = None
        if spot is not None:
            parts = spot.parts = []
        while True:
            event = take()
            kind = type(event)
            if kind is SequenceEndEvent:
                break
            part = None
            if parts is not None and self.places and (part := self.places.spot()):
                parts.append(part)
            if part is None and kind is ScalarEvent and event.tag is None and event.anchor is None:
                text = event.value
                is_text = event.style or text[:1] not in _SUSPECT
                out.append(text if is_text else self.scalar(event, (*path, len(out))))
            else:
                out.append(self.node(event, (*path, len(out)), depth, part))
        self.behind = event.end_mark.index
        if spot is not None:
            _close(spot, "[" if start.flow_style else "block", event)
        return out

    def part(self, parts: dict[str, Spot], key: str, event: Event) -> Spot | None:
        """A spot for the value of a key, in the order of the text (of a repeated key: its last place)."""
        spot = self.places.spot() if self.places else None
        parts.pop(key, None)
        if spot is not None:
            spot.key, spot.key_end = event.start_mark.index, event.end_mark.index
            parts[key] = spot
        return spot

    def odd_key(self, event: Event) -> None:
        if event.tag is not None:
            raise fault("TOC005", NO_TAGS, _start(event))
        if not event.value and not event.style:
            raise fault("TOC005", "there is no key before this colon: write one, or delete the colon", _start(event))
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(event.value, len(event.value), is_open=False)

    def anchored(self, event: Event, path: Path, depth: int, spot: Spot | None) -> Any:
        """A value with an anchor, measured on the way, so that its aliases can be counted."""
        anchor = self.anchors[event.anchor] = _Anchored(spot=spot)
        expanded_before, deepest_before, self.deepest = self.expanded, self.deepest, depth
        anchor.value = self.bare_node(event, path, depth, spot)
        anchor.levels = self.deepest - depth
        # Characters rather than values: a long text repeated a thousand times is as bad as a thousand texts.
        kind = type(event)
        behind = event.end_mark.index if kind is ScalarEvent else self.behind
        anchor.size = behind - event.start_mark.index + self.expanded - expanded_before
        self.deepest = max(self.deepest, deepest_before)
        anchor.is_open = False
        if spot is not None:
            spot.anchored = True
        return anchor.value

    def alias(self, event: Event, depth: int, spot: Spot | None) -> Any:
        anchor = self.anchors.get(event.anchor)
        if anchor is None:
            raise no_such_alias(event.anchor, list(self.anchors), _start(event))
        if anchor.is_open:
            message = f"the alias {shown('*' + event.anchor)} stands inside the very value that it names: write it out"
            raise fault("TOC004", message, _start(event))
        if depth + anchor.levels > DEEPEST:
            raise too_deep(_start(event))
        self.deepest = max(self.deepest, depth + anchor.levels)
        self.expanded += anchor.size
        if self.expanded > LARGEST_EXPANSION:
            message = f"the aliases stand for more than {LARGEST_EXPANSION:,} characters: write the values out"
            raise fault("TOC004", message, _start(event))
        if spot is not None:
            spot.start, spot.end, spot.style = event.start_mark.index, event.end_mark.index, "*"
            spot.parts = anchor.spot.parts if anchor.spot else None
        return anchor.value


def _close(spot: Spot, style: str, end: Event) -> None:
    """Ends a container: by indentation it ends with its last part, not where the next line's text starts."""
    spot.style = style
    if style != "block":
        spot.end = end.end_mark.index
        return
    spot.end = max((part.end for part in spot.each()), default=spot.start)


def _start(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1

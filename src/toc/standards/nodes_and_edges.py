"""Boxes and arrows as lists, the shape in which most tools for drawing and for networks give theirs away."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from toc.errors import TheoryError
from toc.files.json_reader import read_json
from toc.files.opening import check_text, decode
from toc.language.text import one_line
from toc.problems import Path, Problem
from toc.standards.boxes import Arrow, Box, assembled
from toc.standards.exchange import Loss

MOST_ROWS: Final = 100_000
# What the parts are called, the usual name first.
NODES: Final = ("nodes", "elements", "boxes", "vertices")
EDGES: Final = ("edges", "links", "connections", "relationships")
_NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "id": ("id", "key", "name", "_id"),
        "title": ("title", "label", "name", "text"),
        "kind": ("kind", "type", "category", "group", "class"),
        "description": ("description", "notes", "note"),
        "source": ("source", "from", "from_id", "source_id", "start"),
        "target": ("target", "to", "to_id", "target_id", "end"),
        "because": ("because", "reason", "description", "label"),
        "confidence": ("confidence", "strength"),
        "feedback": ("feedback",),
        "sign": ("sign", "polarity"),
    }
)
# The columns of a table of edges that say what its ends are.
_KINDS_OF: Final = MappingProxyType(
    {side: tuple(f"{name}_{of}" for name in _NAMES[side] for of in _NAMES["kind"]) for side in ("source", "target")}
)
_YES: Final = frozenset({"true", "yes", "1", "x"})
_MINUS: Final = frozenset({"-", "−", "negative", "minus", "works against"})


def read(text: str | bytes) -> tuple[dict[str, Any], list[Loss]]:
    """A theory as plain data from JSON with a list of nodes and one of edges, or from CSV with a row for each edge."""
    text = decode(text) if isinstance(text, bytes) else check_text(text)
    if text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}:
        return _from_json(text)
    return _from_csv(text)


def _from_json(text: str) -> tuple[dict[str, Any], list[Loss]]:
    data = read_json(text).value
    nodes = (
        next((data[key] for key in NODES if isinstance(data.get(key), list)), None) if isinstance(data, dict) else None
    )
    edges = (
        next((data[key] for key in EDGES if isinstance(data.get(key), list)), None) if isinstance(data, dict) else None
    )
    if nodes is None or edges is None:
        message = f"this JSON has no list of boxes and of arrows: write them under `{NODES[0]}` and `{EDGES[0]}`"
        raise TheoryError([Problem("TOC003", message)])
    boxes, losses = [], []
    for at, one in enumerate(nodes):
        path: Path = (NODES[0], at)
        record = _flat(one)
        name, title = _first(record, "id") or _first(record, "title"), _first(record, "title") or _first(record, "id")
        if not name:
            losses.append(Loss(path, "a box", "it has neither an id nor a title"))
        else:
            boxes.append(Box(name, title, _first(record, "kind"), _first(record, "description"), path))
            losses += [Loss((*path, key), str(record[key]), _UNREAD) for key in record if key not in _KNOWN_OF_NODES]
    by_label = {box.title: box.name for box in reversed(boxes)}
    names = {box.name for box in boxes}
    arrows = []
    for at, one in enumerate(edges):
        record, path = _flat(one), (EDGES[0], at)
        ends = [_first(record, end) for end in ("source", "target")]
        source, target = (end if end in names else by_label.get(end, end) for end in ends)
        arrows.append(Arrow(source, target, dict(_link(record, path, losses)), path))
        losses += [Loss((*path, key), str(record[key]), _UNREAD) for key in record if key not in _KNOWN_OF_EDGES]
    raw, lost = assembled(_first(_flat(data), "title") or "A theory of change", boxes, arrows)
    return raw, [*losses, *lost]


def _from_csv(text: str) -> tuple[dict[str, Any], list[Loss]]:
    """Each row an arrow from a title to a title; what a box is stands in `source kind` and `target kind`."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    heads = {one_line(name or "").casefold().replace(" ", "_"): name for name in rows.fieldnames or ()}
    found = {key: next((heads[one] for one in _NAMES[key] if one in heads), None) for key in ("source", "target")}
    if None in found.values():
        message = "the first row names the columns: there must be `source` and `target`, and there may be `source kind`, `target kind`, `because`, `confidence`"
        raise TheoryError([Problem("TOC003", message, line=1, column=1, sheet="")])
    boxes: dict[str, Box] = {}
    arrows, losses = [], []
    for at, row in enumerate(rows):
        if at >= MOST_ROWS:
            raise TheoryError([Problem("TOC004", f"more than {MOST_ROWS:,} rows")])
        record = {key: one_line(row.get(name) or "") for key, name in heads.items()}
        ends = [_first(record, end) for end in ("source", "target")]
        path: Path = ("rows", at + 2)
        if not all(ends):
            losses.append(Loss(path, " → ".join(ends), "an end is missing"))
            continue
        for end, side in zip(ends, ("source", "target"), strict=True):
            said = next((record[key] for key in _KINDS_OF[side] if record.get(key)), "")
            if end not in boxes or (said and not boxes[end].said):
                boxes[end] = Box(end, end, said, path=path)
        arrows.append(Arrow(ends[0], ends[1], dict(_link(record, path, losses)), path))
    raw, lost = assembled("A theory of change", list(boxes.values()), arrows)
    return raw, [*losses, *lost]


_UNREAD: Final = "there is no such key in a theory"
_KNOWN_OF_NODES: Final = frozenset(name for key in ("id", "title", "kind", "description") for name in _NAMES[key]) | {
    "tags"
}
_KNOWN_OF_EDGES: Final = frozenset(
    name
    for key in ("source", "target", "because", "confidence", "feedback", "sign", "kind", "id")
    for name in _NAMES[key]
) | {"direction"}


def _link(record: Mapping[str, str], path: Path, losses: list[Loss]) -> Iterator[tuple[str, Any]]:
    """What an arrow says: why, how sure, and whether it feeds back or works against."""
    kind = _first(record, "kind").casefold()
    if because := _first(record, "because"):
        yield "because", because
    if said := _first(record, "confidence"):
        share = _share(said)
        if share is None:
            losses.append(Loss((*path, "confidence"), said, "is no share from 0 to 1 and no percentage"))
        else:
            yield "confidence", share
    if _first(record, "feedback").casefold() in _YES or "feed" in kind:
        yield "feedback", True
    if _first(record, "sign").casefold() in _MINUS or "against" in kind:
        yield "sign", "-"


def _share(text: str) -> float | str | None:
    if text in {"low", "medium", "high"}:
        return text
    try:
        value = float(text.rstrip("% "))
    except ValueError:
        return None
    value /= 100 if "%" in text or value > 1 else 1
    return value if 0 <= value <= 1 else None


def _first(record: Mapping[str, str], key: str) -> str:
    """What stands under the first of the names of a key."""
    return next((record[name] for name in _NAMES[key] if record.get(name)), "")


def _flat(value: Any) -> dict[str, str]:
    """The texts and numbers of a record, with those that some tools put under `data` or `attributes`."""
    found: dict[str, str] = {}
    for one in (value, *(value.get(key) for key in ("data", "attributes") if isinstance(value, dict))):
        if isinstance(one, dict):
            found |= {
                str(key): one_line(str(item).lower() if isinstance(item, bool) else str(item))
                for key, item in one.items()
                if isinstance(item, (str, int, float))
            }
    return found

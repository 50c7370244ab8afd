"""Where ids of partners, nodes and groups stand outside the nodes' own references: data that validation and edits share.

What reads them takes the raw form as well as values, and is total: whatever has a wrong shape is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from toc.model.complaints import ADVISED
from toc.model.copies import changed
from toc.model.frame_words import STATEMENTS
from toc.model.mappings import FrozenDict
from toc.model.meant import id_advice
from toc.model.own_frames import NOT_OURS, frame_problems
from toc.model.partner_words import SCALE, SCALES
from toc.model.types import ID_PATTERN, shown
from toc.model.values import Value
from toc.problems import Path, Problem
from toc.spelling import hint, nearest

if TYPE_CHECKING:
    from toc.model.nodes import Node
    from toc.model.theory import Theory

T = TypeVar("T", bound="Theory")
Change = Callable[[str], str | None]


class Mention(NamedTuple):
    """Where ids stand, and of what; `*` is every value of a mapping, `[]` every item of a list or the only one."""

    path: tuple[str, ...]
    of: str


MENTIONS: Final = (
    Mention(("activities", "*", "exchange"), "partner"),
    Mention(("activities", "*", "reciprocates"), "activity"),
    Mention(("activities", "*", "reach"), "target group"),
    Mention(("context", "target_groups", "*", "partner"), "partner"),
    Mention(("partnership", "home"), "partner"),
    Mention(("partnership", "agreed_by"), "partner"),
    Mention(("settings", "checks", "silence", "[]", "node"), "id"),
    Mention(("settings", "checks", "silence", "[]", "partner"), "partner"),
    Mention(("reviews", "*", "answers", "*", "evidence", "[]", "node"), "id"),
    Mention(("reviews", "*", "answers", "*", "evidence", "[]", "partner"), "partner"),
)
REFERENCES: Final = (  # which `structure` checks, node by node
    Mention(("activities", "*", "partners"), "partner"),
    Mention(("kpis", "*", "collected_by"), "partner"),
)
KEYED: Final = frozenset({"leads_to", "exchange", "reciprocates", "reach", "agreed_by", "answers"})
"""The keys under which ids stand as keys themselves."""
OF_NODES: Final = frozenset({"id", "activity"})
OF_PARTNERS: Final = frozenset({"partner"})
_DECLARED: Final = {"partner": "partners", "target group": "context.target_groups"}


# What is wrong


def mention_problems(raw: Mapping[str, Any], kinds: Mapping[str, Any]) -> Iterator[Problem]:
    """Ids that nothing bears, and what answers itself; `kinds` are the ids of all nodes."""
    pools = _pools(raw, kinds)
    told = 0
    for mention in MENTIONS:
        for path, id in _ids(raw.get(mention.path[0]), mention.path[1:], mention.path[:1]):
            if problem := _wrong(mention, path, id, pools, is_advised=told < ADVISED):
                told += 1
                yield problem
    yield from _review_problems(raw)


def node_mention_problems(theory: Theory, plural: str, node: Node) -> Iterator[Problem]:
    """The same of one node of a theory."""
    pools = _pools(theory.__dict__, theory.nodes)
    for mention in MENTIONS:
        if mention.path[0] == plural:
            for path, named in _ids(node, mention.path[2:], (plural, node.id)):
                if problem := _wrong(mention, path, named, pools, is_advised=True):
                    yield problem


def _pools(raw: Mapping[str, Any], nodes: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {
        "partner": _under(raw, "partners"),
        "activity": _under(raw, "activities"),
        "target group": _under(raw.get("context"), "target_groups"),
        "id": nodes,
    }


def _wrong(
    mention: Mention, path: Path, id: str, pools: Mapping[str, Mapping[str, Any]], *, is_advised: bool
) -> Problem | None:
    pool = pools[mention.of]
    if mention.of == "activity" and path[1] == id:
        return Problem("TOC012", f"'{id}' cannot reciprocate itself: name another activity, or delete the id", path)
    if id in pool:
        return None
    known: Any = list(pool) if mention.of == "id" else pool  # of nodes the kinds are given, and not what they hold
    advice, suggestion = id_advice(id, known if is_advised else {}, f"{mention.of}s".replace("ys", "ies"))
    if "evidence" in mention.path and suggestion is None:
        advice = _as_evidence(id, pools["partner"]) or advice
    where = _DECLARED.get(mention.of)
    declare = f"{';' if advice else ':'} declare it under `{where}`" if where and not suggestion else ""
    return Problem("TOC030", f"unknown {mention.of} {shown(id)}{advice}{declare}", path, suggestion=suggestion)


def _as_evidence(id: str, partners: Mapping[str, Any]) -> str:
    """How a partner, or a text, stands as evidence, where an id of a node alone does not do."""
    if id in partners:
        return f": that is a partner: write {{partner: {id}}}"
    return "" if re.fullmatch(ID_PATTERN, id) else ": a text stands as {text: …}, and an address beside it as `url:`"


def _ids(value: Any, steps: tuple[str, ...], path: Path) -> Iterator[tuple[Path, str]]:
    """Every id at some steps below a value, with its path."""
    if not value:
        return
    if not steps:
        if isinstance(value, str):
            yield path, value.strip()
        elif isinstance(value, dict):
            yield from (((*path, id), id) for id in value if isinstance(id, str))
        elif isinstance(value, (list, tuple)):
            yield from (((*path, place), id.strip()) for place, id in enumerate(value) if isinstance(id, str))
        return
    step, *rest = steps
    following = rest[0] if rest and rest[0] not in "*[]" else ""
    for key, part in _parts(value, step):
        if part and (not following or isinstance(part, str) or _at(part, following)):  # most have nothing there
            yield from _ids(part, tuple(rest), (*path, key))


def _parts(value: Any, step: str) -> Iterable[tuple[Any, Any]]:
    """What stands one step below a value, by key or place."""
    if step == "*":
        return value.items() if isinstance(value, dict) else ()
    if step == "[]":
        return enumerate(value if isinstance(value, (list, tuple)) else (value,))
    if step == "node" and isinstance(value, str):
        return ((step, value),)  # an id alone is a node's
    return ((step, _at(value, step)),)


def _at(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return value.get(key)
    return value.__dict__.get(key) if isinstance(value, Value) else None


def _under(value: Any, key: str) -> Mapping[str, Any]:
    found = _at(value, key)
    return found if isinstance(found, dict) else {}


# Reviews and frames


def _review_problems(raw: Mapping[str, Any]) -> Iterator[Problem]:
    frames = _under(raw, "frames")
    written = {id: one.model_dump(mode="json") if isinstance(one, Value) else one for id, one in frames.items()}
    yield from frame_problems(written, ("frames",))
    for id, review in _under(raw, "reviews").items():
        named = _at(review, "frame")
        if isinstance(named, str):
            yield from _answer_problems(id, review, named.strip(), frames)


def _answer_problems(id: str, review: Any, name: str, frames: Mapping[str, Any]) -> Iterator[Problem]:
    if name not in frames and name not in STATEMENTS:
        yield _unknown("frame", name, {**frames, **STATEMENTS}, ("reviews", id, "frame"))
        return
    frame = None if name in STATEMENTS else frames.get(name)
    statements: Any = STATEMENTS.get(name) or _under(frame, "statements")
    scale = _at(frame, "scale") or SCALES.get(name, SCALE)
    words = [word.strip() for word in scale if isinstance(word, str)] if isinstance(scale, (list, tuple)) else []
    for key, answer in _under(review, "answers").items():
        path = ("reviews", id, "answers", key)
        if key not in statements:
            yield _unknown("statement", key, statements, path)
        word = answer if isinstance(answer, str) else _at(answer, "judgement")
        if isinstance(word, str) and words and word.strip() not in (*words, NOT_OURS):
            meant = nearest(word, (*words, NOT_OURS))
            told = f"{shown(word)} is not one of {', '.join((*words, NOT_OURS))}{hint(meant)}"
            yield Problem("TOC013", told, (*path, "judgement"), suggestion=meant)


def _unknown(what: str, name: str, known: Any, path: Path) -> Problem:
    advice, suggestion = id_advice(name, list(known), f"{what}s")
    return Problem("TOC030", f"unknown {what} {shown(name)}{advice}", path, suggestion=suggestion)


# What may stand there


def choices_at(raw: Mapping[str, Any], path: Path) -> list[str] | None:
    """The ids among which the one at a path may be; None where no partner, activity, group or part of a frame is meant."""
    frames = _under(raw, "frames")
    match path:
        case ("reviews", _, "frame"):
            return [*frames, *STATEMENTS]
        case ("reviews", id, "answers", _):
            name = _at(_under(raw, "reviews").get(str(id)), "frame")
            return list(STATEMENTS.get(str(name).strip()) or _under(frames.get(name), "statements"))
        case ("frames", id, "statements", _, "theme"):
            return list(_under(frames.get(str(id)), "themes"))
        case _:
            pools = _pools(raw, {})
            of = next((one.of for one in (*MENTIONS, *REFERENCES) if _leads_to(path, one.path)), "id")
            return None if of == "id" else [id for id in pools[of] if of != "activity" or id != path[1]]


def _leads_to(path: Path, steps: tuple[str, ...]) -> bool:
    """Whether a path leads to the ids at some steps, or to one of several there."""
    if len(path) not in (len(steps), len(steps) + 1):
        return False
    return all(
        step in ("*", at) or (step == "[]" and isinstance(at, int)) for step, at in zip(steps, path, strict=False)
    )


# What changes with an id


def with_mentions(theory: T, of: Collection[str], change: Change) -> T:
    """The theory with every mention of some ids changed, or taken out where `change` gives None; nothing is checked.

    An item of a list whose mention is gone is gone itself.
    """
    fields: dict[str, Any] = {}
    for path, kind in (*MENTIONS, *REFERENCES):
        if kind in of:
            before = fields.get(path[0], theory.__dict__[path[0]])
            if (after := _changed(before, path[1:], change)) is not before:
                fields[path[0]] = after
    return changed(theory, **fields) if fields else theory


def fields_with(node: Node, plural: str, change: Callable[[str, str], str | None]) -> dict[str, Any]:
    """The fields of a node that mention ids, each changed, or taken out where `change` gives None for its kind and id."""
    own = [one for one in (*MENTIONS, *REFERENCES) if one.path[0] == plural]
    return {path[2]: _ids_changed(node.__dict__[path[2]], partial(change, of)) for path, of in own}


def forgotten(theory: T, of: Collection[str], gone: Collection[str]) -> T:
    """The theory without the mentions of what is gone from it."""
    return with_mentions(theory, of, lambda id: None if id in gone else id)


def _changed(value: Any, steps: tuple[str, ...], change: Change) -> Any:
    if not value:
        return value
    if not steps:
        return _ids_changed(value, change)
    step, *rest = steps
    if step == "*":
        parts = {key: _changed(part, tuple(rest), change) for key, part in value.items()}
        return value if all(parts[key] is part for key, part in value.items()) else FrozenDict(parts)
    if step == "[]":
        items = [(item, _changed(item, tuple(rest), change)) for item in value]
        kept = (new for old, new in items if new is old or getattr(new, rest[0]) is not None)
        return value if all(new is old for old, new in items) else tuple(kept)
    before = value.__dict__[step]
    after = _changed(before, tuple(rest), change)
    return value if after is before else changed(value, **{step: after})


def _ids_changed(value: Any, change: Change) -> Any:
    if isinstance(value, str):
        after = change(value)
        return value if after == value else after
    held = list(value)
    names = [change(id) for id in held]
    if names == held:
        return value
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(name for name in names if name is not None))
    return FrozenDict((name, value[id]) for name, id in zip(names, held, strict=True) if name is not None)

"""The parts of a sketch put together in the form of a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Nodes = Mapping[str, Mapping[str, Any]]


def assembled(
    fields: Mapping[str, Any], sections: Mapping[str, Nodes], links: Mapping[str, Nodes], groups: Nodes
) -> dict[str, Any]:
    """The whole theory: the fields it began with, the sections of nodes and partners, links by source, target groups.

    >>> assembled({"title": "Reading"}, {"outcomes": {"a": {"leads_to": "c"}}}, {"a": {"b": {}}}, {})
    {'title': 'Reading', 'outcomes': {'a': {'leads_to': {'c': {}, 'b': {}}}}}
    """
    data = dict(fields)
    for name, section in sections.items():
        if section:
            data[name] = _joined(
                data.get(name), {id: _with_links(thing, links.get(id)) for id, thing in section.items()}
            )
    if groups:
        context: Any = data.get("context")
        if hasattr(context, "contents"):
            context = context.contents()
        everyone = _joined(given(fields, "context", "target_groups"), groups)
        data["context"] = _joined(context, {"target_groups": everyone})
    return data


def given(fields: Mapping[str, Any], *path: str) -> Any:
    """What stands at a path of the fields that a sketch began with, or None.

    >>> given({"context": {"problem": "Few read"}}, "context", "problem")
    'Few read'
    """
    found: Any = fields
    for step in path:
        found = found.get(step) if isinstance(found, Mapping) else getattr(found, step, None)
    return found


def keys(value: Any) -> set[str]:
    """The keys of a mapping; none of anything else.

    >>> keys({"a": 1}), keys("text")
    ({'a'}, set())
    """
    return set(value) if isinstance(value, Mapping) else set()


def _with_links(thing: Mapping[str, Any], links: Nodes | None) -> Mapping[str, Any]:
    """A node with the links drawn by arrows after those written in its fields."""
    if links is None:
        return thing
    written = thing.get("leads_to")
    if isinstance(written, str):
        written = {written: {}}
    elif isinstance(written, (list, tuple)) and all(isinstance(target, str) for target in written):
        written = {target: {} for target in written}
    return {**thing, "leads_to": _joined(written, links)}


def _joined(given: Any, made: Mapping[str, Any]) -> Any:
    """What was given with what was added; something else than a mapping is left to be refused."""
    if given is None:
        return dict(made)
    return {**given, **made} if isinstance(given, Mapping) else given

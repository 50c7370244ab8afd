"""The form in which a theory is written: nothing that goes without saying, and the short forms where they fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from toc.files.partner_forms import KEYS, SECTIONS, lone, partner_form
from toc.model import Theory
from toc.model.types import KINDS, PLURALS, WordedShare
from toc.problems import Path

NODE_SECTIONS: Final = frozenset(PLURALS[kind] for kind in KINDS)
TITLED: Final = NODE_SECTIONS - {"kpis"} | {"partners", "target_groups"}
FIRST: Final = ("id", "title", "description", "type", "pillar", "leads_to", "measures")
LAST: Final = ("target_group", "above_ceiling", "tags", "url")
LONE_NAMES: Final = frozenset({"target_group", "measures", "lead", "partner", "phase"})


def written(theory: Theory) -> dict[str, Any]:
    """The theory as JSON values in full form, without what goes without saying."""
    form: dict[str, Any] = theory.model_dump(mode="json", exclude_defaults=True, exclude_computed_fields=True)
    for pillar in form.get("pillars", {}).values():
        if pillar["leads_to"] is None:
            del pillar["leads_to"]
    for link in theory.written_links:
        if isinstance(link.confidence, WordedShare):
            section = form[PLURALS[theory.nodes[link.source].kind]]
            section[link.source]["leads_to"][link.target]["confidence"] = link.confidence.word
    return {"toc": form.pop("toc"), **_whole_numbers(form)}


def shortened(value: Any, path: Path) -> Any:
    """A value of the full form at `path` in the shortest form that says the same."""
    if not path:
        return _theory(value)
    if path == ("context",):
        return {key: shortened(item, (*path, key)) for key, item in value.items()}
    if path[0] == "context":
        path = path[1:]
    if path[0] in SECTIONS:
        return partner_form(value, path)
    if path[0] == "settings":
        return _settings(value, path[1:])
    section = path[0]
    if section not in NODE_SECTIONS | TITLED:
        return value
    match len(path):
        case 1:
            return {id: shortened(item, (*path, id)) for id, item in value.items()}
        case 2:
            return _node(value, str(section))
        case _:
            return _field(value, path[2:])


def _theory(value: dict[str, Any]) -> dict[str, Any]:
    short = {key: shortened(item, (key,)) for key, item in value.items()}
    if len(value.get("goals", ())) == 1:
        ((id, goal),) = short["goals"].items()
        named = goal if id == "goal" else {"id": id, **(goal if isinstance(goal, dict) else {"title": goal})}
        short = {"goal" if key == "goals" else key: named if key == "goals" else item for key, item in short.items()}
    return short


def _settings(value: Any, path: Path) -> Any:
    """The settings, or what stands at `path` below them: an own word with nothing but itself is written as that word."""
    match path:
        case ():
            return {key: _settings(item, (key,)) for key, item in value.items()}
        case ("vocabulary",):
            return {idea: lone(word, "one") for idea, word in value.items()}
        case ("vocabulary", _):
            return lone(value, "one")
        case _:
            return value


def _node(node: Any, section: str) -> Any:
    if not isinstance(node, dict):
        return node
    if section in TITLED and node.keys() == {"title"}:
        return node["title"]
    keys = sorted(
        node, key=lambda key: FIRST.index(key) if key in FIRST else 8 + (key in LAST) + 2 * key.startswith("x-")
    )
    return {key: _field(node[key], (key,)) for key in keys}


def _field(value: Any, path: Path) -> Any:
    """A field of a node, or what stands at `path` below it."""
    match path:
        case (name,) if name in LONE_NAMES and isinstance(value, list) and len(value) == 1:
            return value[0]
        case (name,) if name in SHORTENED:
            return SHORTENED[str(name)](value)
        case (name, *_) if name in KEYS:
            return partner_form(value, path)
        case ("leads_to", _):
            return _link(value)
        case ("leads_to", _, "assumptions"):
            return [lone(item, "text") for item in value]
        case ("leads_to", _, "assumptions", _):
            return lone(value, "text")
        case ("target", _):
            return lone(value, "value")
        case _:
            return value


def _links(links: Any) -> Any:
    if not isinstance(links, dict) or any(links.values()):
        return {target: _link(link) for target, link in links.items()}
    return next(iter(links)) if len(links) == 1 else list(links)


def _link(link: Any) -> Any:
    if not link:
        return None
    if link.keys() == {"because"}:
        return link["because"]
    if "assumptions" in link:
        return {**link, "assumptions": [lone(item, "text") for item in link["assumptions"]]}
    return link


def _target(milestones: Any) -> Any:
    items = [lone(item, "value") for item in milestones]
    return items[0] if len(items) == 1 else items


SHORTENED: Final[dict[str, Callable[[Any], Any]]] = {
    "leads_to": _links,
    "certainty": lambda value: lone(value, "level"),
    "evidence_strength": lambda value: lone(value, "level"),
    "baseline": lambda value: lone(value, "value"),
    "target": _target,
}


def _whole_numbers(value: Any) -> Any:
    """Numbers as people write them: 14 and not 14.0."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, dict):
        return {key: item if type(item) is str else _whole_numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_whole_numbers(item) for item in value]
    return value

"""The one total function from what people write to the form that is validated. It accepts any JSON and never fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toc.model.complaints import version_message
from toc.model.nodes import Node
from toc.model.types import KINDS, PLURALS, Kind, shown
from toc.problems import Problem


def normalised(data: Mapping[Any, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """A theory's sections keyed by id, titles in mappings, `goal` among the `goals`.

    The values inside a node keep their short forms, which their own types expand. What does not have the expected
    shape is left as it is. The problems are those that this step alone can see.
    """
    raw = dict(data)
    problems = _goals_joined(raw)
    if isinstance(raw.get("toc"), (bool, float)) and raw["toc"] == 1:  # which Python takes for the number 1
        problems.append(Problem("TOC013", version_message(raw["toc"]), ("toc",)))
    for kind in KINDS:
        section = raw.get(PLURALS[kind])
        if isinstance(section, Mapping):
            raw[PLURALS[kind]] = {
                id: node if type(node) is dict else _node(node, id, kind) for id, node in section.items()
            }
        elif section is None and PLURALS[kind] in raw:
            raw[PLURALS[kind]] = {}
    if raw.get("partners", raw) is None:
        raw["partners"] = {}
    return raw, problems


def _goals_joined(raw: dict[str, Any]) -> list[Problem]:
    """Put a single `goal` among the `goals`, under its own id or `goal`."""
    if "goal" not in raw:
        if raw.get("goals") not in (None, {}):
            return []
        message = "there is no goal: write `goal:` and the long-term change this is all for"
        return [Problem("TOC035", message, ("goals" if "goals" in raw else "goal",))]
    goal = raw.pop("goal")
    if "goals" in raw:
        return [Problem("TOC034", "both `goal` and `goals` are written: put every goal under `goals`", ("goals",))]
    id = "goal"
    problems = []
    if isinstance(goal, dict) and "id" in goal:
        id = goal["id"] if isinstance(goal["id"], str) else id
        if id is not goal["id"]:
            message = f"expected an id but found {shown(goal['id'])}: write small letters, digits and hyphens"
            problems.append(Problem("TOC012", message, ("goal", "id")))
        goal = {key: value for key, value in goal.items() if key != "id"}
    elif isinstance(goal, Node):
        id = goal.id or id
    raw["goals"] = {id: goal}
    return problems


def _node(node: Any, id: Any, kind: Kind) -> Any:
    """A node that was not written as a plain mapping of its keys."""
    if isinstance(node, Node):
        return node if node.id == id else _unnamed(node)
    if isinstance(node, Mapping):
        return dict(node)
    if node is None:
        return {}
    return node if kind == "kpi" or isinstance(node, (list, tuple)) else {"title": node}


def _unnamed(node: Node) -> dict[str, Any]:
    """What a node holds, to be validated under another id."""
    return {key: value for key, value in node.contents().items() if key != "id"}

"""What an operation is made of: its name and its fields, as data that is checked by and handed on as JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from toc.model.types import KINDS, shown
from toc.problems import Problem
from toc.spelling import hint, nearest

DEEPEST: Final = 100
"""How many levels of lists and mappings an operation may have: as many as a file."""
MOST: Final = 1_000
"""The most operations of one call."""

Schema = Mapping[str, Any]
_TEXT: Final[Schema] = {"type": "string"}
_TEXT_OR_NULL: Final[Schema] = {"type": ["string", "null"]}
_PATH: Final[Schema] = {"type": "array", "items": {"type": ["string", "integer"]}, "minItems": 1, "maxItems": 20}
_MAPPING: Final[Schema] = {"type": "object"}
_FLAG: Final[Schema] = {"type": "boolean"}
_ANY: Final[Schema] = {}
_KIND: Final[Schema] = {"type": "string", "enum": [*KINDS]}


class Shape(NamedTuple):
    """The fields that an operation must have, and those that it may have."""

    must: Mapping[str, Schema]
    may: Mapping[str, Schema] = {}


_ENDS: Final = {"source": _TEXT, "target": _TEXT}
SHAPES: Final[Mapping[str, Shape]] = {
    "add": Shape(
        {"kind": {"type": "string", "enum": [*KINDS, "partner"]}, "fields": _MAPPING},
        {"after": _TEXT_OR_NULL, "id": _TEXT},
    ),
    "set": Shape({"id": _TEXT, "path": _PATH, "value": _ANY}),
    "about": Shape({"path": _PATH, "value": _ANY}),
    "link": Shape(_ENDS, {"fields": _MAPPING}),
    "unlink": Shape(_ENDS),
    "move": Shape({"id": _TEXT}, {"after": _TEXT_OR_NULL, "pillar": _TEXT_OR_NULL}),
    "recast": Shape({"id": _TEXT, "kind": _KIND}, {"drop": _FLAG}),
    "rename": Shape({"id": _TEXT, "to": _TEXT}),
    "remove": Shape({"id": _TEXT}),
    "suggest-kpis": Shape({"id": _TEXT}),
    "silence": Shape({"code": _TEXT, "reason": _TEXT}, {"node": _TEXT_OR_NULL, "partner": _TEXT_OR_NULL}),
    "fix": Shape({}),
    "text": Shape({"text": _TEXT}),
    "theory": Shape({"theory": _MAPPING}),
}
_TYPES: Final[Mapping[str, tuple[type, str]]] = {
    "string": (str, "text"),
    "null": (type(None), "null"),
    "integer": (int, "a whole number"),
    "boolean": (bool, "true or false"),
    "object": (dict, "keys with values"),
    "array": (list, "a list"),
}


def schema() -> dict[str, Any]:
    """JSON Schema of a list of operations."""
    forms = [
        {
            "type": "object",
            "title": name,
            "properties": {"op": {"const": name}, **shape.must, **shape.may},
            "required": ["op", *shape.must],
            "additionalProperties": False,
        }
        for name, shape in SHAPES.items()
    ]
    return {"type": "array", "items": {"oneOf": forms}, "maxItems": MOST}


def shape_problems(op: Any) -> Iterator[Problem]:
    """What is wrong with an operation before anything is done; its paths lead into the operation."""
    if not isinstance(op, dict):
        yield Problem("TOC012", f"an operation is keys with values, such as {{op: remove, id: …}}, not {shown(op)}")
        return
    if _is_too_deep(op):
        yield Problem("TOC004", f"the operation has more than {DEEPEST} levels")
        return
    name = op.get("op")
    if not isinstance(name, str) or name not in SHAPES:
        told = (
            "the operation does not say what to do: write `op`"
            if name is None
            else f"there is no operation {shown(name)}"
        )
        near = nearest(name, SHAPES) if isinstance(name, str) else None
        yield Problem(
            "TOC013", f"{told}{hint(near) or ':'} the operations are {', '.join(SHAPES)}", ("op",), suggestion=near
        )
        return
    shape = SHAPES[name]
    for key in shape.must.keys() - op.keys():
        yield Problem("TOC011", f"the operation `{name}` needs `{key}`", (key,))
    for key, value in op.items():
        if key == "op":
            continue
        form = shape.must.get(key, shape.may.get(key))
        if form is None:
            near = nearest(str(key), (*shape.must, *shape.may))
            yield Problem(
                "TOC010", f"the operation `{name}` has no {shown(key)}{hint(near) or ''}", (), suggestion=near
            )
        elif wrong := _wrong(value, form):
            yield Problem("TOC013" if "enum" in form and isinstance(value, str) else "TOC012", wrong, (str(key),))


def _wrong(value: Any, form: Schema) -> str | None:
    """How a value differs from what its schema asks, in words."""
    named = form.get("type")
    names = [named] if isinstance(named, str) else named or []
    if names and not any(_is_of(value, name) for name in names):
        return f"expected {' or '.join(_TYPES[name][1] for name in names)} but found {shown(value)}"
    if "enum" in form and value not in form["enum"]:
        return f"{shown(value)} is not one of {', '.join(form['enum'])}{hint(nearest(value, form['enum']))}"
    if "maxItems" in form and not form["minItems"] <= len(value) <= form["maxItems"]:
        return f"expected a path of {form['minItems']} to {form['maxItems']} steps"
    if "items" in form:
        return next((wrong for item in value if (wrong := _wrong(item, form["items"]))), None)
    return None


def _is_of(value: Any, name: str) -> bool:
    kind = _TYPES[name][0]
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _is_too_deep(value: Any) -> bool:
    """Whether lists and mappings nest too deeply; one level after the other, so that nothing is walked twice a level."""
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [
            inner
            for one in {id(one): one for one in level}.values()
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, (dict, list, tuple))
        ]
        if not level:
            return False
    return True

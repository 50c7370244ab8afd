"""The JSON Schema of the file format: it accepts every file that loads, as far as a schema can tell."""

from __future__ import annotations

from typing import Any

from toc.model.theory import Theory

NAMED = frozenset({"properties", "patternProperties", "$defs"})  # keywords that hold schemas by name
VALUES = frozenset({"default", "enum", "const"})  # keywords that hold values and no schemas
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(model: type[Theory]) -> dict[str, Any]:
    """The schema of a theory's file. References, cycles and ids used twice are left to the program.

    >>> from toc.model import Theory
    >>> schema(Theory)["oneOf"]
    [{'required': ['goal']}, {'required': ['goals']}]
    """
    form: dict[str, Any] = _tidy(model.model_json_schema(mode="validation"))
    form |= {"title": "Theory of change", "description": "A theory of change in the format `toc: 1`."}
    return {"$schema": DIALECT, **form}


def _tidy(form: Any) -> Any:
    """The schema for people and editors: no Python titles and examples, no key that is not an id."""
    if isinstance(form, list):
        return [_tidy(item) for item in form]
    if not isinstance(form, dict):
        return form
    tidy: dict[str, Any] = {}
    for key, item in form.items():
        if key in NAMED:
            tidy[key] = {
                name: _untitled(_tidy(part)) if key == "properties" else _tidy(part) for name, part in item.items()
            }
        else:
            tidy[key] = item if key in VALUES else _tidy(item)
    if "patternProperties" in form and "properties" not in form:
        tidy.setdefault("additionalProperties", False)
    if "description" in form:
        tidy["description"] = form["description"].split(">>>")[0].strip()
    if form.get("type") in {"object", "array"} or "pattern" in form:
        tidy.pop("minLength", None)
    return tidy


def _untitled(form: Any) -> Any:
    """A property without the title that pydantic makes from its name; a property called title keeps its schema."""
    if isinstance(form, dict) and isinstance(form.get("title"), str):
        return {key: item for key, item in form.items() if key != "title"}
    return form

"""A value put at a path inside another, which stays what it is everywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from toc.errors import TheoryError
from toc.model.nodes import LEADS_TO, CausalNode
from toc.model.types import shown
from toc.model.values import Value
from toc.problems import Path, Problem
from toc.scalars import UNSTATED

_KEPT: Final = frozenset({LEADS_TO})
"""Mappings that mean something when nothing is in them: a pillar without links leads nowhere."""


def put(held: Any, path: Path, value: Any) -> Any:
    """What `held` is with a value at a path below it; None takes away what stands there.

    What is taken out of the last mapping or list takes that with it, except for an entry under an id. UNSTATED is what is
    left of nothing. Raises TheoryError with the path as far as it can be walked.
    """
    if not path:
        return UNSTATED if value is None else value
    step, below = path[0], path[1:]
    if isinstance(held, (list, tuple)) or (held is None and isinstance(step, int)):
        return _in_list([*(held or ())], step, below, value)
    if held is not None and not isinstance(held, (Value, Mapping)):
        raise _astray(step, f"{shown(held)} stands here, and nothing below it")
    if not isinstance(step, str):
        raise _astray(step, "a key is named here, not a number")
    parts = _parts(held)
    try:
        inner = put(parts.get(step), below, value)
    except TheoryError as error:
        raise _below(step, error) from None
    if inner is UNSTATED:
        parts.pop(step, None)
    else:
        parts[step] = inner
    is_entry = isinstance(held, Mapping) and bool(below)
    return parts if parts or is_entry or step in _KEPT else UNSTATED


def part(held: Any, step: Any) -> Any:
    """What stands one step below a value, None for nothing."""
    if isinstance(held, (list, tuple)):
        return held[step] if isinstance(step, int) and -1 < step < len(held) else None
    return _parts(held).get(step) if isinstance(held, (Value, Mapping)) else None


def _parts(held: Any) -> dict[str, Any]:
    if isinstance(held, CausalNode):  # with the links that go without saying, which stay when another is changed
        links = {LEADS_TO: held.leads_to} if held.leads_to else {}
        return {name: one for name, one in held.contents().items() if name not in held.derived} | links
    if isinstance(held, Value):
        return {name: one for name, one in held.contents().items() if name not in held.derived}
    return {} if held is None else dict(held)


def _in_list(items: list[Any], step: Any, below: Path, value: Any) -> Any:
    if isinstance(step, bool) or not isinstance(step, int):
        raise _astray(step, "a list stands here: its items are counted from 0")
    if not 0 <= step <= len(items):
        raise _astray(step, f"the list has {len(items)} items, counted from 0")
    try:
        inner = put(items[step] if step < len(items) else None, below, value)
    except TheoryError as error:
        raise _below(step, error) from None
    items[step : step + 1] = [] if inner is UNSTATED else [inner]
    return items or UNSTATED


def _astray(step: Any, message: str) -> TheoryError:
    return TheoryError([Problem("TOC012", message, (step,) if isinstance(step, (str, int)) else ())])


def _below(step: str | int, error: TheoryError) -> TheoryError:
    (problem,) = error.problems
    return TheoryError([Problem(problem.code, problem.message, (step, *problem.path))])

"""What changed in the readings of a KPI, without the figures of groups so small that they must not leave the office."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from toc.analysis.comparison.differences import FieldChange
from toc.analysis.comparison.fields import KEYS
from toc.model.mappings import FrozenDict
from toc.model.nodes import Kpi, Node
from toc.model.values import Reading
from toc.monitoring.small_groups import hidden, whom

READINGS = "readings"


def shown(changes: Iterable[FieldChange], old: Node, new: Node) -> Iterator[FieldChange]:
    """The changes of a node; of a reading that is not shown its date and of whom it is, and None for all the rest."""
    before, after = _hidden(old), _hidden(new)
    for one in changes:
        key = one.path[1] if one.path[0] == READINGS and len(one.path) > 1 else None
        was, now = (_veiled(value) if key in names else value for value, names in ((one.old, before), (one.new, after)))
        yield FieldChange(one.path, was, now) if key in before or key in after else one


def shown_fields(node: Node, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a node as JSON holds them, its readings as far as they may be shown."""
    names = _hidden(node)
    if not names or not isinstance(node, Kpi):
        return dict(fields)
    pairs = zip(node.readings, fields[READINGS], strict=True)
    return {**fields, READINGS: tuple(_veiled(said) if KEYS[Reading](one) in names else said for one, said in pairs)}


def _hidden(node: Node) -> Collection[str]:
    """What the readings of a KPI that are not shown are known by."""
    unseen = hidden(node) if isinstance(node, Kpi) else {}
    return {KEYS[Reading](one) for one in node.readings if whom(one) in unseen} if isinstance(node, Kpi) else ()


def _veiled(value: Any) -> Any:
    """Of a reading its date and of whom it is; of a part of one nothing."""
    if isinstance(value, Mapping):
        return FrozenDict((key, part) for key, part in value.items() if key in {"date", "where"})
    return None

"""A theory as a networkx graph that GraphML, GML and GEXF can hold: plain attributes under plain names."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeVar

from toc import ways
from toc.model import Theory
from toc.model.types import PLURALS
from toc.tables import rows

K = TypeVar("K")
Attributes = dict[str, str | int | float | bool]

LINKED: Final = frozenset({"id", "leads_to", "measures", "kpis"})
"""Columns that the graph says by its nodes and edges."""
ENDS: Final = ("source", "target")
LARGEST: Final = 2**63
_ILLEGAL_IN_XML: Final = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END: Final = re.compile("\\r\\n?")
_ILLEGAL_IN_NAMES: Final = re.compile(r"[^0-9A-Za-z]+")


def flat_nodes(theory: Theory) -> dict[str, Attributes]:
    """Each node with the columns of its kind's table, its `kind`, its causal depth, and its title as `label`."""
    depths = {id: depth for depth, layer in enumerate(ways.layers(theory)) for id in layer}
    found: dict[str, Attributes] = {}
    for kind, section in PLURALS.items():
        for row in rows(theory, section):
            own = {name: value for name, value in row.items() if name not in LINKED}
            more = {"kind": kind, "label": row["title"], "toc_layer": depths.get(row["id"])}
            found[row["id"]] = flattened({**own, **more})
    return _agreed(found)


def flat_edges(theory: Theory) -> dict[tuple[str, str], Attributes]:
    """Each link with the columns of the table of links, then what each KPI measures."""
    found: dict[tuple[str, str], Attributes] = {}
    for row in rows(theory, "links"):
        own = {name: value for name, value in row.items() if not name.startswith(ENDS)}
        found[row["source"], row["target"]] = flattened({**own, "kind": "leads_to"})
    measured: dict[tuple[str, str], Attributes] = {
        (kpi.id, target): {"kind": "measures"} for kpi in theory.kpis.values() for target in kpi.measures
    }
    return {**_agreed(found), **measured}


def flattened(values: Mapping[str, Any]) -> Attributes:
    """Text, numbers and flags under names that every format takes; names in a list are joined, all else is JSON.

    What is not stated is left out.
    """
    found: Attributes = {}
    for key, value in values.items():
        if value is None or value == ():
            continue
        name = _ILLEGAL_IN_NAMES.sub("_", key)
        while name in found:
            name += "_"
        found[name] = _flat(value)
    return found


def _agreed(things: dict[K, Attributes]) -> dict[K, Attributes]:
    """The same with one type for each name, as GEXF and most programs want it: numbers, or else text."""
    types: dict[str, set[type]] = {}
    for attributes in things.values():
        for name, value in attributes.items():
            types.setdefault(name, set()).add(type(value))
    mixed = {name: float if found == {int, float} else _text for name, found in types.items() if len(found) > 1}
    if not mixed:
        return things
    return {
        thing: {name: mixed[name](value) if name in mixed else value for name, value in attributes.items()}
        for thing, attributes in things.items()
    }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _flat(value: Any) -> str | int | float | bool:
    if isinstance(value, (bool, float)) or (isinstance(value, int) and abs(value) < LARGEST):
        return value
    if isinstance(value, date):
        text = value.isoformat()
    elif isinstance(value, (tuple, list)) and all(isinstance(item, str) for item in value):
        text = "; ".join(value)
    else:
        text = _text(value)
    return _ILLEGAL_IN_XML.sub("\ufffd", _LINE_END.sub("\n", text))

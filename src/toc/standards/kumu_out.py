"""A theory as a blueprint for Kumu: elements and connections, to be looked at and arranged there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Final

from toc.language.facts import kpi_line
from toc.model import Theory
from toc.model.nodes import Kpi
from toc.model.types import KINDS
from toc.standards.exchange import Loss
from toc.standards.left_out import Kept, left_out

KEPT: Final[Kept] = MappingProxyType(
    {
        "theory": frozenset({"title"}),
        **dict.fromkeys((*KINDS, "kpi"), frozenset({"description", "tags"})),
        "kpi": frozenset({"description", "tags", "measures", "unit", "target"}),
        "link": frozenset({"because", "confidence", "sign", "feedback"}),
    }
)


def written(theory: Theory) -> tuple[str, list[Loss]]:
    """The theory as Kumu's JSON. Elements are joined by their labels: of those that are equal each gets its id."""
    count = Counter(node.title for node in theory.nodes.values())
    labels = {id: node.title if count[node.title] == 1 else f"{node.title} ({id})" for id, node in theory.nodes.items()}
    elements = [_element(theory, id, label) for id, label in labels.items()]
    document = {"elements": elements, "connections": list(_connections(theory, labels))}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n", list(_lost(theory))


def _element(theory: Theory, id: str, label: str) -> dict[str, Any]:
    node = theory.nodes[id]
    told = [node.description] if node.description else []
    told += [kpi_line(node)] if isinstance(node, Kpi) else []
    found: dict[str, Any] = {
        "label": label,
        "type": node.kind,
        "description": "\n\n".join(told),
        "tags": list(node.tags),
        "id": id,
    }
    return {key: value for key, value in found.items() if value}


def _connections(theory: Theory, labels: dict[str, str]) -> Iterator[dict[str, Any]]:
    for link in theory.links:
        kind = (
            " and ".join(filter(None, ("feeds back to" * link.feedback, "works against" * (link.sign == "-"))))
            or "leads to"
        )
        found: dict[str, Any] = {
            "from": labels[link.source],
            "to": labels[link.target],
            "direction": "directed",
            "type": kind,
        }
        if link.because:
            found["description"] = link.because
        if link.confidence is not None:
            found["strength"] = float(link.confidence)
        yield found
    for kpi in theory.kpis.values():
        for id in kpi.measures:
            yield {"from": labels[kpi.id], "to": labels[id], "direction": "directed", "type": "measures"}


def _lost(theory: Theory) -> Iterator[Loss]:
    yield Loss(("title",), theory.title, "Kumu asks for the name of a map when it is made")
    yield from left_out(theory, KEPT, "Kumu has no place for it")

"""Many theories of 30 nodes, one after the other, against the same values in pydantic's own models, without the graph."""

from __future__ import annotations

import json

import toc
from data import theory
from plain import Theory
from timing import report

TEXTS = [json.dumps(theory(30, seed=seed)) for seed in range(100)]


def all_of_them() -> None:
    """Load every one."""
    for text in TEXTS:
        toc.loads(text, format="json")


def floor() -> None:
    """Only check every one's values."""
    for text in TEXTS:
        Theory.model_validate_json(text)


report("a hundred theories of 30 nodes", all_of_them, ("pydantic's own models", floor), goal=2.5)

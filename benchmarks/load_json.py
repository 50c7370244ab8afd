"""JSON to a valid theory, values and graph, against only parsing it."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import orjson

import toc
from data import json_text
from timing import Work, growth, python, report, sizes


def loading(nodes: int) -> Work:
    """Everything that `loads` does for a theory of so many nodes."""
    return partial(toc.loads, json_text(nodes), format="json")


for size in sizes(30, 1_000, 10_000, 100_000):
    content = json_text(size).encode()
    parsing = ("orjson.loads", partial(orjson.loads, content))
    rounds = 5 if size > 10_000 else 7
    goal = 10 if size >= 10_000 else None
    report(f"loads, JSON, {size:,} nodes", loading(size), parsing, goal=goal, rounds=rounds)
    validating = partial(toc.TheoryOfChange.model_validate_json, content)
    report(f"model_validate_json, {size:,} nodes", validating, parsing, rounds=rounds)

growth("loads, JSON", loading, sizes(1_000, 10_000, 100_000))

with tempfile.TemporaryDirectory() as folder:
    for size in sizes(1_000, 10_000, 100_000):
        path = Path(folder, "theory.json")
        path.write_text(json_text(size), encoding="utf-8")
        whole = python(f"import toc; toc.load({str(path)!r})")
        floor = (
            "a process with orjson.loads",
            python(f"import orjson; orjson.loads(open({str(path)!r}, 'rb').read())"),
        )
        goal = 4 if size >= 10_000 else None
        report(f"whole process, JSON, {size:,} nodes", whole, floor, goal=goal, rounds=5)

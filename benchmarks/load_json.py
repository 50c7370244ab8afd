"""JSON to a valid theory, values and graph: against only parsing it, and as a process against plain models."""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

import orjson

import toc
from data import json_text
from timing import process, python, report, sizes

PLAIN = Path(__file__).with_name("plain.py")
PARSING = {10_000: 9.0}
PROCESSES = {30: 1.3, 10_000: 1.3, 100_000: 1.1}


def parsing() -> None:
    """Against `orjson.loads`, in one process."""
    for size in sizes(30, 1_000, 10_000, 100_000):
        content = json_text(size).encode()
        peer = ("orjson.loads", partial(orjson.loads, content))
        loading = partial(toc.loads, content, format="json")
        rounds = 5 if size > 10_000 else 7
        report(f"loads, JSON, {size:,} nodes", loading, peer, goal=PARSING.get(size), rounds=rounds)


def whole_processes(folder: Path) -> None:
    """From the start of Python to a theory, against models of the same shape without what makes it one."""
    path = folder / "theory.json"
    for size in sizes(*PROCESSES):
        path.write_text(json_text(size), encoding="utf-8")
        whole = python(f"import toc; toc.load({str(path)!r})")
        peer = ("a process with plain pydantic models", process(sys.executable, str(PLAIN), str(path)))
        rounds = 5 if size > 10_000 else 21
        report(f"whole process, JSON, {size:,} nodes", whole, peer, goal=PROCESSES.get(size), rounds=rounds)


parsing()
with tempfile.TemporaryDirectory() as name:
    whole_processes(Path(name))

"""An operation to its answer, as an editor asks for it: text, words, picture, findings and theory."""

from __future__ import annotations

from datetime import date
from itertools import count

import toc
from data import yaml_text
from timing import Work, report, sizes
from toc import editing

TODAY = date(2026, 11, 26)


def answering(size: int, *see: str) -> Work:
    """One operation after the other, answered."""
    text, calls = yaml_text(size), count()
    id = next(iter(toc.loads(text).outcomes))

    def answer() -> None:
        nonlocal text
        op = {"op": "set", "id": id, "path": ["title"], "value": f"Young readers catch up {next(calls)}"}
        found = editing.changed(text, [op], see=see, today=TODAY, looks={"view": "pillars"})
        text = found["text"]

    return answer


def drawing(size: int) -> Work:
    """An edit and its drawing alone."""
    theory, calls = toc.loads(yaml_text(size)), count()
    id = next(iter(theory.outcomes))

    def draw() -> None:
        theory.edit(id, title=f"Young readers catch up {next(calls)}").to_svg(view="pillars", search="quick")

    return draw


for size, goal in zip(sizes(30, 100, 300), (12 / 8, 25 / 20, 70 / 50), strict=False):
    peer = ("an edit and its drawing", drawing(size))
    report(f"an operation to its picture, {size} nodes", answering(size, "picture"), peer, goal=goal)
    report(
        f"an operation to its picture, findings and theory, {size} nodes",
        answering(size, "picture", "findings", "theory"),
        peer,
    )

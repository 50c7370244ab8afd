"""One edit of a large theory, against validating the whole of it again."""

from __future__ import annotations

from functools import partial

import toc
from data import json_text
from timing import report, sizes

for size in sizes(1_000, 10_000):
    text = json_text(size)
    theory = toc.loads(text, format="json")
    first, *_, last = theory.outcomes
    again = (f"validating all {size:,} nodes", partial(toc.TheoryOfChange.model_validate_json, text))
    edits = {
        "a node's title": partial(theory.edit, last, title="Another title"),
        "a new link": partial(theory.with_link, last, first, because="it helps"),
        "a removal": partial(theory.without, last),
    }
    for name, edit in edits.items():
        report(f"{name}, {size:,} nodes", edit, again, goal=0.05 if size == 10_000 else None)

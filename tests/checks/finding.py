"""What the rules find in a theory that a test writes down, or makes of the clean one."""

from __future__ import annotations

from datetime import date
from typing import Any

import toc
from checks.planting import TODAY
from toc.checks import Finding, findings_of


def found(
    theory: toc.TheoryOfChange | str, code: str = "", *, profile: Any = "funder", day: date = TODAY
) -> tuple[Finding, ...]:
    """The findings of one rule, or of all, in a theory or in a part of a file."""
    if isinstance(theory, str):
        theory = toc.loads(whole(theory), format="yaml")
    return findings_of(theory, today=day, profile=profile, select=(code,) if code else ())


def nodes(theory: toc.TheoryOfChange | str, code: str, *, profile: Any = "funder") -> list[tuple[str, ...]]:
    """The nodes of each finding of one rule."""
    return [finding.nodes for finding in found(theory, code, profile=profile)]


def whole(example: str) -> str:
    """An example as a whole file, with the keys that are left out of a rule's page."""
    keys = {line.partition(":")[0] for line in example.splitlines()}
    head = [("toc", "toc: 1"), ("title", "title: Example")]
    if "goals" not in keys:
        head.append(("goal", "goal: Every child reads"))
    return "\n".join([*(line for key, line in head if key not in keys), example])

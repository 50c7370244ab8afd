"""How the boxes hang together: ways to the goal, levels, density, time."""

from __future__ import annotations

from typing import Final

from toc.checks.rules import Rule

RULES: Final[tuple[Rule, ...]] = ()

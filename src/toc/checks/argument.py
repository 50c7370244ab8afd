"""Why each link should hold: reasons, assumptions, weak places, what may come from outside or against intention."""

from __future__ import annotations

from typing import Final

from toc.checks.rules import Rule

RULES: Final[tuple[Rule, ...]] = ()

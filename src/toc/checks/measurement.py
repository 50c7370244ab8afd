"""Whether what matters is measured, and whether its KPIs can be read."""

from __future__ import annotations

from typing import Final

from toc.checks.rules import Rule

RULES: Final[tuple[Rule, ...]] = ()

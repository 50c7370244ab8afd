"""Whether it will last: several years, several people, several sources of funding."""

from __future__ import annotations

from typing import Final

from toc.checks.rules import Rule

RULES: Final[tuple[Rule, ...]] = ()

"""Whether it is kept alive: when it is looked at again."""

from __future__ import annotations

from typing import Final

from toc.checks.rules import Rule

RULES: Final[tuple[Rule, ...]] = ()

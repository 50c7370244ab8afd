"""How boxes are worded; English only, and always advice: a person judges."""

from __future__ import annotations

from typing import Final

from toc.checks.rules import Rule

RULES: Final[tuple[Rule, ...]] = ()

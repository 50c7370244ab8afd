"""The sign of each badge, where a format has letters and no shapes for it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from toc.diagram.values import Badge

SIGNS: Final[Mapping[Badge, str]] = MappingProxyType(
    {
        "count": "●",
        "redesign": "▼",
        "learning": "◆",
        "attainment": "▲",
        "uptake": "■",
        "comparison": "⬢",
        "open": "○",
    }
)

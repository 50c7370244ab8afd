"""What a KPI's unit says of its values; the words for it stand in `language`, because every text that tells a value asks."""

from __future__ import annotations

from toc.language.kpi_units import is_change, is_percentage, out_of

__all__ = ["is_change", "is_percentage", "out_of"]

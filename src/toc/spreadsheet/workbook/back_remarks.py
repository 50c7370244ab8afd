"""What is told of a workbook that came back, besides its changes: what matters most first."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

KINDS: Final = MappingProxyType(
    {
        "no-base": "it is not known from what the workbook was written, because its hidden sheet is missing or damaged: "
        "what stands in a cell counts, and empty cells and missing rows mean nothing{}",
        "no-base-in-csv": "CSV files do not say from what they were written: what stands in a cell counts, and empty cells and "
        "missing rows mean nothing{}",
        "left": "changed on both sides, and left as the file has it: {}",
        "gone": "rows that are gone, and kept in the file (--delete takes them out): {}",
        "gone-unknown": "not deleted, because it is not known what the workbook was written from: {}",
        "twice": "an id that stands twice, so the second row is taken for a new one: {}",
        "no-head": "no heading was recognised, so nothing of the sheet was read: {}",
        "no-sheet": "sheets that are missing, so nothing in them changes: {}",
        "no-column": "columns that are missing, so nothing in them changes: {}",
        "column": "columns that the file does not have, of which nothing is read (--keep and the heading keeps one): {}",
        "heading-twice": "a heading that stands twice, of which the first is read: {}",
        "sheet": "sheets of your own, of which nothing is read: {}",
        "percentage": "shown as a percentage, and read as one: {}",
        "text-number": "a number that was typed as text, read as a number: {}",
        "number-text": "a number or a day where text is wanted, read as text: {}",
        "time": "a day with a time, which is not kept: {}",
        "formula": "formulas, which count as what they showed last: {}",
        "cell-note": "notes on cells, which are not kept: {}",
    }
)

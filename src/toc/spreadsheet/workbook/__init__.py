"""The whole theory as a workbook, for people who work in spreadsheets; and what they changed, joined with the file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from toc.errors import names_of, one_of, yes_or_no
from toc.files.opening import read_bytes
from toc.files.short_forms import written
from toc.merging.merged import Merged
from toc.merging.things import things_of
from toc.model import Theory
from toc.spreadsheet.workbook_cells import Workbook
from toc.spreadsheet.xlsx_package import Tell

__all__ = ["csv_texts", "merged", "to_csv_bundle", "to_xlsx", "whole_text"]

T = TypeVar("T", bound=Theory)
StrPath = str | os.PathLike[str]


def to_xlsx(theory: Theory) -> bytes:
    """The theory as a workbook. Raises MissingExtraError."""
    from toc.spreadsheet.workbook.xlsx_writing import to_xlsx as as_workbook

    return as_workbook(things_of(written(theory)))


def to_csv_bundle(theory: Theory) -> bytes:
    """The same sheets as CSV files in a zip."""
    from toc.spreadsheet.workbook.csv_bundle import to_zip

    return to_zip(things_of(written(theory)))


def csv_texts(theory: Theory) -> Iterator[tuple[str, str]]:
    """The same sheets as the names and the texts of CSV files."""
    from toc.spreadsheet.workbook.csv_bundle import csv_files

    return csv_files(things_of(written(theory)))


def merged(  # noqa: PLR0913  # by name, as they are asked for
    theory: T, path: StrPath, *, take: Any, delete: Any, keep: Any, tell: Tell | None = None
) -> Merged[T]:
    """The theory joined with a workbook, or with a zip or folder of CSV files. Raises TheoryError and OptionError.

    `tell` is told, again and again, how many bytes of how many are read.
    """
    from toc.spreadsheet.workbook.merging_back import Wishes, merged_back

    names = names_of("the columns to keep are named by their headings", keep)
    side = None if take is None else one_of("side to take", take, ("workbook", "file"))
    wishes = Wishes(side, yes_or_no("delete", delete), names)  # type: ignore[arg-type]
    return merged_back(theory, opened(path, tell), wishes)


def whole_text(workbook: Workbook | bytes, title: str | None) -> tuple[str, tuple[str, ...]] | None:
    """The YAML text of the theory in a workbook, and what is told of it; None for a workbook without our sheets."""
    from toc.files.saver import dumps
    from toc.spreadsheet.workbook.merging_back import theory_in
    from toc.spreadsheet.workbook.returned_heads import is_ours

    if not isinstance(workbook, Workbook) or not is_ours(workbook):
        return None
    theory, remarks = theory_in(workbook)
    return dumps(theory.evolve(title=title) if title else theory), remarks


def opened(path: StrPath, tell: Tell | None = None) -> Workbook:
    """What stands in a workbook, or in a zip or a folder of CSV files. Raises TheoryError."""
    place = Path(path)
    if os.path.isdir(path) or place.suffix.lower() == ".zip":  # noqa: PTH112  # which knows no name too long
        from toc.spreadsheet.workbook.csv_bundle import csv_workbook

        return csv_workbook(place)
    from toc.spreadsheet.xlsx_reading import workbook_of

    return workbook_of(read_bytes(path), os.fspath(path), tell)

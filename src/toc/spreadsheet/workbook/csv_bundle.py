"""The sheets as CSV files in one zip, for programs that read no workbooks; and such a zip, or a folder, read back."""

from __future__ import annotations

import csv
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final

from toc.errors import TheoryError
from toc.files.opening import LARGEST, read_bytes
from toc.merging.three_way import Things
from toc.pages.sheet import BYTE_ORDER_MARK
from toc.problems import Problem
from toc.spreadsheet.csv_grid import csv_grid
from toc.spreadsheet.grid import refused
from toc.spreadsheet.workbook.cell_values import as_csv_text
from toc.spreadsheet.workbook.labels import labels_of
from toc.spreadsheet.workbook.row_sheets import ID, RowSheet, row_sheets
from toc.spreadsheet.workbook.sheet_shapes import SHAPES, columns_of
from toc.spreadsheet.workbook_cells import Workbook, WorkbookCell, Worksheet

NEVER: Final = (1980, 1, 1, 0, 0, 0)  # the same theory gives the same bytes


def csv_files(things: Things) -> Iterator[tuple[str, str]]:
    """The name and the text of each CSV file."""
    for sheet in row_sheets(things, labels_of(things)):
        yield f"{sheet.shape.name}.csv", _text(sheet)


def to_zip(things: Things) -> bytes:
    """The CSV files in one zip."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in csv_files(things):
            bundle.writestr(zipfile.ZipInfo(name, NEVER), text.encode(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _text(sheet: RowSheet) -> str:
    file = StringIO()
    writer = csv.writer(file)
    if sheet.shape.is_alone:
        writer.writerow(("key", "value"))
        writer.writerows(
            zip((column.heading for column in sheet.columns), map(as_csv_text, sheet.rows[0].cells), strict=True)
        )
    else:
        writer.writerow([*(column.heading for column in sheet.columns), ID])
        writer.writerows([*map(as_csv_text, row.cells), row.id] for row in sheet.rows)
    return BYTE_ORDER_MARK + file.getvalue()


def _known(heads: Collection[str], rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How many of our headings stand in the first row."""
    return sum(cell.strip() in heads for cell in (rows[0] if rows else ())), 0


def csv_workbook(path: Path) -> Workbook:
    """The CSV files in a zip or a folder as a workbook without anything hidden. Raises TheoryError."""
    names = {f"{shape.name}.csv".casefold(): shape.name for shape in SHAPES}
    heads = {"key", "value", ID, *(column.heading for shape in SHAPES for column in columns_of(shape))}
    sheets = []
    for name, data in _files(path):
        sheet = names.get(name.casefold())
        grid = csv_grid(data, f"{path}:{name}", partial(_known, heads))
        rows = tuple(
            tuple(WorkbookCell(row.number, at, text) for at, text in enumerate(row.cells, 1) if text.strip())
            for row in grid.rows
        )
        sheets.append(Worksheet(sheet or name, rows))
    return Workbook(tuple(sheets), str(path), is_text=True)


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """The names and the bytes of the CSV files, at most as many bytes as a theory may have."""
    source = str(path)
    if path.is_dir():
        yield from ((file.name, read_bytes(file)) for file in sorted(path.iterdir()) if file.suffix.lower() == ".csv")
        return
    try:
        with zipfile.ZipFile(BytesIO(read_bytes(path))) as bundle:
            infos = [info for info in bundle.infolist() if info.filename.lower().endswith(".csv")][: 10 * len(SHAPES)]
            if sum(info.file_size for info in infos) > LARGEST:
                raise refused("TOC004", "it is larger than 50 MB when it is unpacked", source)
            yield from ((Path(info.filename).name, bundle.open(info).read(LARGEST)) for info in infos)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        message = "the zip is damaged, or was not copied to its end: copy it again"
        raise TheoryError([Problem("TOC002", message)], source=source) from None

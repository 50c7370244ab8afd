"""From a spreadsheet saved as CSV to a theory to go on from: activities with their pillars and KPIs, one to a row."""

from __future__ import annotations

from dataclasses import dataclass

from toc.spreadsheet.csv_table import table_of, text_of
from toc.spreadsheet.gathering import gathered
from toc.spreadsheet.starting_file import composed

__all__ = ["Converted", "converted", "from_csv"]


@dataclass(frozen=True, slots=True)
class Converted:
    """The YAML text of a theory, and what was left out or guessed on the way, for its author to look at."""

    text: str
    remarks: tuple[str, ...]


def from_csv(text: str, *, title: str, source: str | None = None) -> str:
    r"""The text of a valid, commented YAML file made from the text of a CSV file, one activity a row.

    Known columns are id, title, pillar, certainty, participation, leads to, KPI, unit and target, under many other
    names too. Only titles are needed. Commas, semicolons and tabs are understood between columns. A cell is text
    whatever it starts with: no formula is worked out.

    Args:
        text: at most 50 MB and 10,000 rows.
        title: the title of the theory.
        source: what messages and the file's first comment call the spreadsheet.

    Raises:
        TheoryError: with every problem; its line is the row and its column the column of the spreadsheet, from 1.

    >>> made = from_csv("Activity,Strand,Pupils\nCoding club,STEM,1200\n", title="Our partnerships")
    >>> import toc
    >>> toc.loads(made).activities["coding-club"].participation
    1200

    """
    return converted(text, title=title, source=source).text


def converted(data: str | bytes, *, title: str, source: str | None = None) -> Converted:
    r"""Like `from_csv`, from bytes too, together with remarks on what was left out or guessed.

    Bytes that are not UTF-8 are read as Windows-1252, the encoding in which Excel saves plain CSV.

    >>> converted("Project,Colour\nChess,red\n", title="Our partnerships").remarks
    ("columns not used: 'Colour'", "no pillar: 'Chess' (row 2) leads straight to the goal")
    """
    table = table_of(text_of(data, source), source)
    plan = gathered(table)
    columns = table.columns
    unused = [f"columns not used: {', '.join(columns.unused)}"] if columns.unused else []
    return Converted(composed(plan, table, title), (*columns.guesses, *unused, *plan.remarks))

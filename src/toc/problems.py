"""One thing that is wrong: its code, its words and its place.

A code is never reused and its meaning never changes; `CODES` is the whole list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

Step = str | int
Path = tuple[Step, ...]

CODES: Final = MappingProxyType(
    {
        # Nothing could be read or written: the command line exits with 2.
        "TOC001": "the file cannot be opened",
        "TOC002": "the file is not text that may stand in a theory",
        "TOC003": "the text is not YAML or JSON",
        "TOC004": "the file goes over a limit of size, depth or repetition",
        "TOC005": "the YAML uses something this format leaves out",
        "TOC006": "saving would lose what stands in the file",
        # A value is wrong: the command line exits with 1, from here on.
        "TOC010": "unknown key",
        "TOC011": "missing key",
        "TOC012": "wrong kind of value",
        "TOC013": "word outside its closed list",
        "TOC014": "value out of range",
        "TOC015": "not a date",
        "TOC016": "not an id",
        "TOC017": "empty text",
        "TOC018": "repeated name in a list",
        "TOC019": "repeated key",
        "TOC020": "newer version of the format",
        "TOC021": "more problems than are listed",
        # The values do not fit together.
        "TOC030": "unknown id",
        "TOC031": "id used twice",
        "TOC032": "link between kinds that do not link",
        "TOC033": "cycle",
        "TOC034": "both `goal` and `goals`",
        "TOC035": "no goal",
        "TOC036": "edit that cannot be made",
        # A table or a workbook does not fit the theory that it belongs to.
        "TOC037": "a reading that is there already with another value",
        "TOC038": "changed on both sides of what is joined",
        "TOC039": "a cell that cannot be read",
    }
)
UNREADABLE: Final = frozenset({"TOC001", "TOC002", "TOC003", "TOC004", "TOC005", "TOC006"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it stands and what to do about it.

    `path` is the author's own path through the file, `line` and `column` count from 1 and are None
    when there is no text to point into. In a spreadsheet `sheet` is the name of the sheet, "" where there is only one;
    the line is then the row, and messages name the cell as Excel does.

    >>> Problem("TOC030", "unknown id 'literacey'", ("outcomes", "readers", "leads_to"), line=31, column=15)
    Problem(code='TOC030', message="unknown id 'literacey'", path=('outcomes', 'readers', 'leads_to'), line=31, column=15, suggestion=None)
    """

    code: str
    message: str
    path: Path = ()
    line: int | None = None
    column: int | None = None
    suggestion: str | None = None
    sheet: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        # Half a character (a lone surrogate) cannot be printed, so it is shown as its number.
        object.__setattr__(self, "message", printable(self.message))
        object.__setattr__(self, "path", tuple(printable(s) if isinstance(s, str) else s for s in self.path))

    def at(self, line: int | None, column: int | None) -> Problem:
        """The same problem with a place in the text."""
        return replace(self, line=line, column=column)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values.

        >>> Problem("TOC017", "the title is empty", ("title",)).to_dict()["path"]
        ['title']
        """
        return {
            "code": self.code,
            "message": self.message,
            "path": list(self.path),
            "line": self.line,
            "column": self.column,
            "suggestion": self.suggestion,
            **({} if self.sheet is None else {"sheet": self.sheet}),
        }

    def text(self, source: str | None = None) -> str:
        """One line: `FILE:LINE:COLUMN: message`, or the path where there is no line.

        >>> Problem("TOC017", "the title is empty", ("title",), 2, 8).text("my.yaml")
        'my.yaml:2:8: the title is empty [TOC017]'
        >>> Problem("TOC017", "the title is empty", ("title",)).text()
        'title: the title is empty [TOC017]'
        >>> Problem("TOC017", "the title is empty", line=6, column=9, sheet="").text("my.csv")
        'my.csv:I6: the title is empty [TOC017]'
        """
        if self.sheet is not None and self.line is not None:
            cell = f"{self.sheet}{'!' if self.sheet else ''}{letters((self.column or 1) - 1)}{self.line}"
            place = f"{source}:{cell}: " if source else f"{cell}: "
        elif self.line is not None:
            place = f"{source or '<text>'}:{self.line}:{self.column or 1}: "
        else:
            parts = [source] if source else []
            if self.path:
                parts.append(dotted(self.path))
            place = "".join(f"{part}: " for part in parts)
        return f"{place}{self.message} [{self.code}]"


def letters(column: int) -> str:
    """What Excel calls a column, which is counted from 0 here.

    >>> letters(0), letters(8), letters(26), letters(701), letters(702)
    ('A', 'I', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    while column >= 0:
        name = chr(ord("A") + column % 26) + name
        column = column // 26 - 1
    return name


def printable(text: str) -> str:
    """The text with what is no character shown as its number."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def dotted(path: Sequence[Step]) -> str:
    """A path as people write it."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text

"""Problems and findings as GitHub shows them beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toc.checks import Finding, Severity
from toc.report.placed import CheckedFile, Placed

LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def as_annotations(files: Iterable[CheckedFile]) -> Iterator[str]:
    """One workflow command for each problem and finding.

    >>> from toc.errors import Problem
    >>> file = CheckedFile("a,b.yaml", "a%2Cb.yaml", (Placed(Problem("TOC017", "the title is empty"), 2, 8),))
    >>> print(*as_annotations([file]))
    ::error file=a%2Cb.yaml,line=2,col=8,title=TOC017::the title is empty
    """
    return (_command(file, placed) for file in files for placed in file.found)


def _command(file: CheckedFile, placed: Placed) -> str:
    found = placed.found
    title = f"{found.code} {found.name}" if isinstance(found, Finding) else found.code
    values = {"file": file.name, "line": placed.line, "col": placed.column, "title": title}
    named = ",".join(f"{key}={_property(str(value))}" for key, value in values.items() if value is not None)
    return f"::{LEVELS[placed.severity]} {named}::{_data(placed.sentences)}"


def _data(text: str) -> str:
    r"""The message of a command: what would end it or be read as an escape is escaped.

    >>> _data("100 %\nof them")
    '100 %25%0Aof them'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a property, which a comma or a colon would end."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")

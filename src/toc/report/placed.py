"""Problems and findings where they stand in their files: what every report for programs is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from toc.checks import Finding, Severity
from toc.errors import Path, Problem


@dataclass(frozen=True, slots=True)
class Placed:
    """A problem or a finding with its line and column, both from 1, or None where no line can be named.

    `path` leads to a finding through the file as its author wrote it, short forms and all; None is the finding's own.
    """

    found: Problem | Finding
    line: int | None = None
    column: int | None = None
    path: Path | None = None

    @property
    def severity(self) -> Severity:
        """How grave it is; a problem always is an error.

        >>> Placed(Problem("TOC017", "the title is empty")).severity
        <Severity.ERROR: 'error'>
        """
        return Severity.ERROR if isinstance(self.found, Problem) else self.found.severity

    @property
    def sentences(self) -> str:
        """What is wrong and what to do, on one line.

        >>> Placed(Problem("TOC017", "the title is empty: write one")).sentences
        'the title is empty: write one'
        """
        if isinstance(self.found, Problem):
            return " ".join(self.found.message.split())
        message = " ".join(self.found.message.split())
        stop = "" if message.endswith((".", "!", "?")) else "."
        return f"{message}{stop} To mend it: {' '.join(self.found.mend.split())}"

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values: a finding has the keys of a problem, and its own behind them.

        >>> list(Placed(Problem("TOC017", "the title is empty"), 2, 8).to_dict())
        ['code', 'message', 'path', 'line', 'column', 'suggestion']
        """
        shared = {"line": self.line, "column": self.column}
        if isinstance(self.found, Problem):
            return {**self.found.to_dict(), **shared}
        found = self.found.to_dict()
        first = {"code": found.pop("code"), "message": found.pop("message"), "path": found.pop("path")}
        if self.path is not None:
            first["path"] = list(self.path)
        return {**first, **shared, "suggestion": None, **found}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file and everything that was found in it. `uri` is its percent-encoded address, relative where it can be."""

    name: str
    uri: str
    found: tuple[Placed, ...]

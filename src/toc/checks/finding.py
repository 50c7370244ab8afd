"""What a check finds: a frozen value, never an exception."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from toc.problems import Path


class Severity(StrEnum):
    """How much a finding matters: an error contradicts itself, a warning weakens the case, advice is worth a thought."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


NAMES: Final[Mapping[Severity, tuple[str, str]]] = MappingProxyType(
    {
        Severity.ERROR: ("error", "errors"),
        Severity.WARNING: ("warning", "warnings"),
        Severity.ADVICE: ("piece of advice", "pieces of advice"),
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One weakness of a theory, where it stands, and how to fix it.

    `nodes` holds every id concerned, the main one first: both ends of a link, a KPI and what it measures; it is empty
    for the theory as a whole. `links` are pairs of ids. `path` is the author's place in the file.

    >>> Finding("TOC161", "review-missing", Severity.WARNING, (), (), ("review_on",), "No review.", "Write one.").text()
    'review_on: warning: No review. [TOC161 review-missing]'
    """

    code: str
    name: str
    severity: Severity
    nodes: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    path: Path
    message: str
    fix: str

    def text(self) -> str:
        """One line: the place, the severity, the message and the code with the rule's name."""
        from toc.problems import dotted

        place = f"{dotted(self.path)}: " if self.path else ""
        return f"{place}{self.severity}: {self.message} [{self.code} {self.name}]"

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values.

        >>> Finding("TOC161", "review-missing", Severity.WARNING, (), (), (), "No review.", "Write one.").to_dict()[
        ...     "nodes"
        ... ]
        []
        """
        return {
            "code": self.code,
            "name": self.name,
            "severity": str(self.severity),
            "nodes": list(self.nodes),
            "links": [list(ends) for ends in self.links],
            "path": list(self.path),
            "message": self.message,
            "fix": self.fix,
        }

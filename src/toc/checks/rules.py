"""A rule: its code, its name, how grave it is in each profile, what it finds, and its page, all in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

from toc.checks.check_context import Look
from toc.checks.finding import Severity
from toc.checks.rule_docs import Page, page_of
from toc.model.types import Profile
from toc.problems import Path

Group = Literal["structure", "argument", "measurement", "evidence", "sustainability", "people", "hygiene"]

ERROR: Final = Severity.ERROR
WARNING: Final = Severity.WARNING
ADVICE: Final = Severity.ADVICE


class Fault(NamedTuple):
    """What a rule found, before it is graded: the fields are those of `Finding`."""

    nodes: tuple[str, ...]
    path: Path
    message: str
    mend: str
    links: tuple[tuple[str, str], ...] = ()


class Grades(NamedTuple):
    """How grave a rule's findings are in each profile; None leaves the rule out."""

    sketch: Severity | None
    plan: Severity | None
    funder: Severity | None

    def of(self, profile: Profile) -> Severity | None:
        """The grade in one profile.

        >>> Grades(None, ADVICE, WARNING).of("funder")
        <Severity.WARNING: 'warning'>
        """
        match profile:
            case "sketch":
                return self.sketch
            case "plan":
                return self.plan
            case "funder":
                return self.funder


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue. Its `documentation` is the docstring of its check."""

    code: str
    name: str
    group: Group
    grades: Grades
    check: Callable[[Look], Iterable[Fault]]
    documentation: str

    @cached_property
    def page(self) -> Page:
        """The documentation in its parts."""
        return page_of(self.documentation)


def rule(code: str, name: str, group: Group, grades: Grades) -> Callable[[Callable[[Look], Iterable[Fault]]], Rule]:
    """Make a rule of a check: a function from what there is to see to the faults in it.

    It registers nothing: the catalogue lists its rules by name.
    """

    def made(check: Callable[[Look], Iterable[Fault]]) -> Rule:
        return Rule(code, name, group, grades, check, check.__doc__ or "")

    return made

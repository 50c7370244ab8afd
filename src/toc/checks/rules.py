"""A rule: its code, its name, how grave it is in each profile, what it finds, and its page.

The pages are data: those of a group stand in `GROUP.toml`, beside the module of its checks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple

from toc.checks.check_context import CheckContext
from toc.checks.finding import Severity
from toc.language.text import one_line
from toc.model.types import Profile
from toc.problems import Path

Group = Literal[
    "structure", "argument", "measurement", "evidence", "sustainability", "people", "hygiene", "monitoring", "partnership"
]  # fmt: skip

ERROR: Final = Severity.ERROR
WARNING: Final = Severity.WARNING
ADVICE: Final = Severity.ADVICE
EXAMPLES: Final = ("fails", "passes")


class Fault(NamedTuple):
    """What a rule found, before it is graded: the fields are those of `Finding`."""

    nodes: tuple[str, ...]
    path: Path
    message: str
    fix: str
    links: tuple[tuple[str, str], ...] = ()


class Grades(NamedTuple):
    """How grave a rule's findings are in each profile; None leaves the rule out."""

    sketch: Severity | None
    plan: Severity | None
    funder: Severity | None

    def of(self, profile: Profile) -> Severity | None:
        """The grade in one profile."""
        match profile:
            case "sketch":
                return self.sketch
            case "plan":
                return self.plan
            case "funder":
                return self.funder


@dataclass(frozen=True, slots=True)
class RulePage:
    """Everything that a rule says of itself.

    `fails` and `passes` are YAML: a theory in which the rule finds something, and one in which it does not. The keys
    `toc`, `title` and `goal` may be left out of them. Paragraphs are parted by an empty line.
    """

    summary: str
    what: str
    why: str
    fix: str
    source: str
    fails: str
    passes: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue. `own_page` is for rules from elsewhere: ours have theirs in the file of their group."""

    code: str
    name: str
    group: Group
    grades: Grades
    check: Callable[[CheckContext], Iterable[Fault]]
    own_page: RulePage | None = None

    @property
    def page(self) -> RulePage:
        """What it looks for, why, how to fix what it finds, whence it comes, and two examples."""
        return self.own_page or pages_of(self.group)[self.code]


def rule(
    code: str, name: str, group: Group, grades: Grades, page: RulePage | None = None
) -> Callable[[Callable[[CheckContext], Iterable[Fault]]], Rule]:
    """Make a rule of a check: a function from what there is to see to the faults in it.

    It registers nothing: the catalogue lists its rules by name.
    """
    return lambda check: Rule(code, name, group, grades, check, page)


@cache
def pages_of(group: Group) -> Mapping[str, RulePage]:
    """The page of each rule of a group by its code, read when somebody first asks.

    >>> pages_of("evidence")["TOC132"].what
    'An assumption whose `status` is `failing`.'
    """
    tables = tomllib.loads((files("toc.checks") / f"{group}.toml").read_text(encoding="utf-8"))
    return {
        code: RulePage(**{key: _unwrapped(key, text) for key, text in page.items()}) for code, page in tables.items()
    }


def _unwrapped(key: str, text: str) -> str:
    """An example as it stands, and of all else each paragraph as one line."""
    if key in EXAMPLES:
        return text
    return "\n\n".join(map(one_line, re.split(r"\n\s*\n", text)))

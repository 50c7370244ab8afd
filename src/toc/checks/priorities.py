"""What to do first about findings, by what it is worth: a kind of finding after the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from toc.checks.catalogue import all_rules
from toc.checks.finding import Finding, Severity
from toc.model import Theory

MOST: Final = 3
"""So many kinds are told in full; nobody does more at a time."""
PLACEHOLDER: Final = "TOC166"
# What a theory is not worth much without, whoever it is for.
FIRST: Final = ("TOC108", "TOC151", "TOC121")
# Of what is equally grave, what changes most about the theory; the others follow in the order of their codes.
NEXT: Final = ("TOC122", "TOC111", "TOC128")


class Kind(NamedTuple):
    """All findings of one rule; the first of them first."""

    code: str
    name: str
    severity: Severity
    summary: str
    findings: tuple[Finding, ...]


def kinds(theory: Theory, found: Iterable[Finding]) -> list[Kind]:
    """The findings by kind, what is to be done first at the head.

    >>> import datetime, toc
    >>> theory = toc.loads("{toc: 1, title: Clubs, goal: TBC, activities: {chess: Chess club}}")
    >>> [kind.name for kind in kinds(theory, theory.check(today=datetime.date(2026, 9, 1)))][:3]
    ['placeholder', 'activity-without-way', 'no-target-group']
    """
    summaries = {rule.code: rule.page.summary for rule in all_rules()}
    members: dict[str, list[Finding]] = {}
    for finding in found:
        members.setdefault(finding.code, []).append(finding)
    told = []
    for code, those in members.items():
        those.sort(key=lambda finding: not _is_of_goal(theory, finding))
        first = those[0]
        summary = summaries.get(code, first.name).removesuffix(".")
        told.append(Kind(code, first.name, first.severity, summary, tuple(those)))
    return sorted(told, key=lambda kind: _place(theory, kind))


def _place(theory: Theory, kind: Kind) -> tuple[int, int, int, str]:
    """Where a kind stands among the others: the smaller, the earlier."""
    severity = [*Severity].index(kind.severity)
    first = kind.findings[0]
    if kind.code == PLACEHOLDER and _is_of_goal(theory, first):
        return 0, 0, 0, ""
    if kind.severity is Severity.ERROR:
        return 1, 0, 0, kind.code
    if kind.code in FIRST and not (kind.code == "TOC151" and first.nodes):
        return 2, 0, FIRST.index(kind.code), ""
    return 3, severity, NEXT.index(kind.code) if kind.code in NEXT else len(NEXT), kind.code


def _is_of_goal(theory: Theory, finding: Finding) -> bool:
    return bool(finding.nodes) and finding.nodes[0] in theory.goals

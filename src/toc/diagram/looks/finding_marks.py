"""Marks on the boxes for what a check found: the gravest of its findings, and how many there are, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from toc.checks.finding import NAMES, Finding, Severity
from toc.diagram.options import Marked
from toc.language.numbers import counted
from toc.model import Theory

SIGNS: Final = {Severity.ERROR: "×", Severity.WARNING: "▲", Severity.ADVICE: "○"}


def marks_of(theory: Theory, findings: Iterable[Finding]) -> Mapping[str, Marked]:
    """A mark for each box that a finding is about: its main node, or for a KPI the first node that it measures.

    >>> import toc
    >>> from toc.checks import Finding, Severity
    >>> theory = toc.example("small-charity")
    >>> finding = Finding("TOC121", "unmeasured-pillar", Severity.WARNING, ("company",), (), (), "No KPI.", "Add one.")
    >>> marks_of(theory, [finding])["company"]
    Marked(mark='warning', words='▲ 1 warning: TOC121')
    """
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        box = next((id for id in finding.nodes if theory.kind_of(id) not in (None, "kpi")), None)
        if box is not None:
            found.setdefault(box, []).append(finding)
    return {box: _marked(some) for box, some in found.items()}


def _marked(findings: list[Finding]) -> Marked:
    by_severity: dict[Severity, list[Finding]] = {}
    for finding in findings:
        by_severity.setdefault(finding.severity, []).append(finding)
    present = [severity for severity in Severity if severity in by_severity]
    return Marked(present[0].value, ", ".join(_counted(severity, by_severity[severity]) for severity in present))


def _counted(severity: Severity, findings: list[Finding]) -> str:
    codes = " ".join(dict.fromkeys(finding.code for finding in findings))
    return f"{SIGNS[severity]} {counted(len(findings), *NAMES[severity])}: {codes}"

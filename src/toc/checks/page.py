"""Findings as pages, before any format: grouped by pillar, the whole theory first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from toc.checks.finding import NAMES, Finding, Severity
from toc.checks.priorities import MOST, Kind
from toc.language import numbers
from toc.language.text import capital, listed, one_line
from toc.language.vocabulary import in_sentence, word
from toc.model import Theory
from toc.pages.blocks import Block, Bullets, Cell, Coded, Heading, Page, Paragraph, Table
from toc.pages.sheet import Column, Sheet
from toc.problems import dotted
from toc.ways import pillar_of

# A word, a sign and, on a terminal, a colour: each says it without the others.
MARKS: Final = MappingProxyType({Severity.ERROR: "✖", Severity.WARNING: "▲", Severity.ADVICE: "●"})
WHOLE: Final = "The whole theory"
NOWHERE: Final[Mapping[Finding, str]] = MappingProxyType({})
GRAVEST: Final = {severity: place for place, severity in enumerate(Severity)}


class Group(NamedTuple):
    """The findings under one heading, the gravest first, those of one rule together."""

    heading: str
    findings: tuple[Finding, ...]


def grouped(theory: Theory, found: Iterable[Finding]) -> tuple[Group, ...]:
    """The findings about the theory as a whole and its goals, then pillar by pillar in the author's order."""
    outside = f"Outside every {in_sentence(theory, 'pillar')}"
    names = {id: f"{word(theory, 'pillar')}: {one_line(node.title)}" for id, node in theory.pillars.items()}
    ids: list[str | None] = ["", *names, None]
    groups: dict[str | None, list[Finding]] = {id: [] for id in ids}
    for finding in sorted(found, key=lambda finding: (GRAVEST[finding.severity], finding.code)):
        groups[_column(theory, finding)].append(finding)
    headings = {"": WHOLE, **names}
    return tuple(
        Group(outside if id is None else headings[id], tuple(members)) for id, members in groups.items() if members
    )


def counted(found: Iterable[Finding]) -> str:
    """How many there are of each severity, in words."""
    counts = Counter(finding.severity for finding in found)
    return listed([numbers.counted(counts[one], *NAMES[one]) for one in Severity if counts[one]] or ["nothing"])


def findings_page(
    theory: Theory, found: Sequence[Finding], profile: str, places: Mapping[Finding, str] = NOWHERE
) -> Page:
    """All findings as a page: a table for each group. `places` says where each stands in the author's file."""
    title = f"Findings: {one_line(theory.title)}"
    blocks: list[Block] = [Heading(title, 1), Paragraph(summary(found, profile))]
    for group in grouped(theory, found):
        rows = tuple((*_cells(finding), _place(finding, places)) for finding in group.findings)
        columns = ("how grave", "finding", "how to fix it", "rule", "where")
        blocks += [Heading(group.heading), Table(columns, rows, (2, 5, 5, 3, 3))]
    return Page(title, tuple(blocks))


def findings_glance(kinds: Sequence[Kind], title: str, summary: str) -> Page:
    """What to do first in a table, and how many there are of every other kind."""
    blocks: list[Block] = [Paragraph(summary)]
    rows = [(kind, kind.findings[0], len(kind.findings) - 1) for kind in kinds[:MOST]]
    if rows:
        columns = ("How grave", "What to do first", "How to fix it", "Rule")
        more = [f" (and {count} more like this)" if count else "" for _, _, count in rows]
        cells = [_cells(finding) for _, finding, _ in rows]
        told = tuple(
            (mark, Coded(f"{what}{and_more}"), *rest) for (mark, what, *rest), and_more in zip(cells, more, strict=True)
        )
        blocks.append(Table(columns, told, (2, 5, 5, 3)))
    if others := kinds[MOST:]:
        blocks.append(Bullets(tuple(Coded(counted_kind(kind)) for kind in others)))
    if len(kinds) > MOST or any(count for _, _, count in rows):
        blocks.append(Paragraph(Coded("`to_text(all=True)` and `to_pandas()` have them all.")))
    return Page(f"Findings: {one_line(title)}", tuple(blocks))


def counted_kind(kind: Kind) -> str:
    """How many findings of one kind there are, in a line without its mark."""
    count = len(kind.findings)
    return f"{kind.severity}: {kind.summary}{f' ({count} times)' if count > 1 else ''} [{kind.code}]"


def findings_sheet(theory: Theory, found: Sequence[Finding]) -> Sheet[Finding]:
    """A row for each finding. `node` is the main one."""

    def about(finding: Finding) -> tuple[str, ...]:
        return tuple(theory.nodes[id].title for id in finding.nodes if id in theory.nodes)

    columns: tuple[Column[Finding], ...] = (
        Column("code", "Code"),
        Column("name", "Rule"),
        Column("severity", "How grave"),
        Column("node", "", value=lambda finding: finding.nodes[0] if finding.nodes else None),
        Column("nodes", "About", cell=about),
        Column("links", ""),
        Column("path", "Place", value=lambda finding: dotted(finding.path)),
        Column("message", "Finding"),
        Column("fix", "How to fix it"),
    )
    return Sheet(columns, found)


def summary(found: Sequence[Finding], profile: str) -> str:
    """What was found, in one sentence."""
    what = capital(counted(found)) if found else "Nothing was found"
    return f"{what} in the profile “{profile}”."


def _cells(finding: Finding) -> tuple[Cell, ...]:
    return (
        _mark(finding.severity),
        Coded(finding.message),
        Coded(finding.fix),
        f"{finding.code} {finding.name}",
    )


def _mark(severity: Severity) -> str:
    return f"{MARKS[severity]} {severity}"


def _place(finding: Finding, places: Mapping[Finding, str]) -> str:
    return places.get(finding) or dotted(finding.path)


def _column(theory: Theory, finding: Finding) -> str | None:
    """The id of the pillar in whose column the main node stands, "" for the theory as a whole.

    Where there are no pillars, everything stands under the theory as a whole; so does what is asked of many boxes at
    once, whose place is their section.
    """
    if len(finding.path) < 2:
        return ""
    main = finding.nodes[0] if finding.nodes else None
    if main is None or main not in theory.nodes or theory.nodes[main].kind == "goal" or not theory.pillars:
        return ""
    return pillar_of(theory, main)

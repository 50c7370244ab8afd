"""What `toc check` prints, in each of its formats."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from toc.cli.failures import tell_problems
from toc.cli.inspection import Inspection
from toc.cli.terminal import one_line, say, width

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.checks.finding_text import Ink
    from toc.checks.findings import Findings

COLOURS: Final[dict[str, dict[str, Any]]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "advice": {"fg": "cyan", "bold": True},
    "strong": {"bold": True},
    "faint": {"dim": True},
    "plain": {},
}


def as_lines(found: Sequence[Inspection], *, is_folded: bool) -> None:
    """For people: findings on stdout, then the problems of malformed files on stderr."""
    for place, inspection in enumerate(found):
        if inspection.theory is None or inspection.findings is None:
            continue
        if place and inspection.findings:
            say("")
        _say_file(inspection, inspection.theory, inspection.findings, is_folded=is_folded)
    tell_problems([inspection.error for inspection in found if inspection.error])


def as_json(found: Sequence[Inspection]) -> None:
    """A list of problems and findings, each with its file; a finding has the keys of a problem and more."""
    entries = [
        {"file": file.name, **placed.to_dict()}
        for file in (inspection.checked() for inspection in found)
        for placed in file.found
    ]
    say(json.dumps(entries, ensure_ascii=False, indent=2))


def as_sarif(found: Sequence[Inspection]) -> None:
    """SARIF 2.1.0."""
    import toc
    from toc.checks import machine_reports as sarif

    log = sarif.as_sarif((inspection.checked() for inspection in found), toc.__version__)
    say(json.dumps(log, ensure_ascii=False, indent=2))


def as_annotations(found: Sequence[Inspection]) -> None:
    """Workflow commands of GitHub."""
    from toc.checks import machine_reports as annotations

    for line in annotations.as_annotations(inspection.checked() for inspection in found):
        say(one_line(line))


def as_markdown(found: Sequence[Inspection]) -> None:
    """A page for each file."""
    from toc.checks.page import findings_page
    from toc.pages.blocks import Bullets, Heading, Page
    from toc.pages.markdown import as_markdown as laid_out

    for inspection in found:
        if inspection.theory is not None and inspection.findings is not None:
            places = {finding: one_line(excerpt.place) for finding, excerpt in inspection.excerpts().items()}
            page = findings_page(inspection.theory, inspection.findings, inspection.findings.profile, places)
        else:
            problems = inspection.error.problems if inspection.error else ()
            name = one_line(inspection.name)
            bullets = Bullets(tuple(problem.text(name) for problem in problems))
            page = Page(name, (Heading(f"Problems: {name}", 1), bullets))
        say(laid_out(page))


REPORTS: Final = {"json": as_json, "sarif": as_sarif, "github": as_annotations, "markdown": as_markdown}


def contents(theory: TheoryOfChange) -> str:
    """How many there are of each kind, and of links.

    >>> import toc
    >>> contents(toc.loads("{toc: 1, title: Reading, goal: Every child reads}"))
    '1 goal'
    """
    counts = {
        ("goal", "goals"): len(theory.goals),
        ("pillar", "pillars"): len(theory.pillars),
        ("outcome", "outcomes"): len(theory.outcomes),
        ("output", "outputs"): len(theory.outputs),
        ("activity", "activities"): len(theory.activities),
        ("KPI", "KPIs"): len(theory.kpis),
        ("link", "links"): len(theory.links),
    }
    return ", ".join(f"{count} {one if count == 1 else many}" for (one, many), count in counts.items() if count)


def _say_file(inspection: Inspection, theory: TheoryOfChange, findings: Findings, *, is_folded: bool) -> None:
    from toc.checks.finding_text import Layout, as_report, folded
    from toc.checks.page import counted, grouped

    grave = [*findings.errors, *findings.warnings]
    say(one_line(f"{inspection.name}: {f'{counted(grave)} in' if grave else 'fine:'} {contents(theory)}"))
    if not findings:
        return
    groups = grouped(theory, findings)
    layout = Layout(inspection.excerpts(), width(), _painted, is_folded=is_folded)
    hint = "`--all` lists them all, and " if is_folded and folded(groups) else ""
    first = (grave or findings)[0]
    more = f"{hint}`toc rule {first.code}` says more about {first.name}."
    say(f"\n{as_report(groups, layout)}\n")
    say(f"{one_line(inspection.name)}: {findings.summary} {more[:1].upper()}{more[1:]}")


def _painted(text: str, ink: Ink) -> str:
    """Text from a stranger's file made harmless, in colour on a terminal."""
    safe = one_line(text)
    return click.style(safe, **COLOURS[ink]) if COLOURS[ink] and _is_coloured() else safe


def _is_coloured() -> bool:
    context = click.get_current_context(silent=True)
    refused = os.environ.get("NO_COLOR") or (context is not None and context.color is False)
    return sys.stdout is not None and sys.stdout.isatty() and not refused

"""What `toc check` prints, in each of its formats."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import click

from toc.cli.command_options import printed
from toc.cli.inspection import Inspection
from toc.cli.streams import one_line, width

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.checks.finding_text import Ink
    from toc.checks.findings import Findings
    from toc.pages.blocks import Page

COLOURS: Final[dict[str, dict[str, Any]]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "advice": {"fg": "cyan", "bold": True},
    "strong": {"bold": True},
    "faint": {"dim": True},
    "plain": {},
}


def as_lines(found: Sequence[Inspection], *, is_folded: bool, is_coloured: bool) -> str:
    """The findings for people, file by file; malformed files are left out."""
    parts = []
    for place, inspection in enumerate(found):
        if inspection.theory is None or inspection.findings is None:
            continue
        parts += [""] if place and inspection.findings else []
        parts += _lines(
            inspection, inspection.theory, inspection.findings, is_folded=is_folded, is_coloured=is_coloured
        )
    return "".join(f"{part}\n" for part in parts)


def as_json(found: Sequence[Inspection]) -> str:
    """A list of problems and findings, each with its file; a finding has the keys of a problem and more."""
    entries = [
        {"file": file.name, **placed.to_dict()}
        for file in (inspection.checked() for inspection in found)
        for placed in file.found
    ]
    return _json(entries)


def as_sarif(found: Sequence[Inspection]) -> str:
    """SARIF 2.1.0."""
    import toc
    from toc.checks import machine_reports as sarif

    return _json(sarif.as_sarif((inspection.checked() for inspection in found), toc.__version__))


def _json(value: Any) -> str:
    """JSON in which the name of a file cannot steer a terminal, nor keep the text from being written."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return re.sub("[\x7f-\x9f\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def as_annotations(found: Sequence[Inspection]) -> str:
    """Workflow commands of GitHub."""
    from toc.checks import machine_reports as annotations

    lines = annotations.as_annotations(inspection.checked() for inspection in found)
    return "".join(f"{one_line(line)}\n" for line in lines)


def as_markdown(found: Sequence[Inspection]) -> str:
    """A page for each file."""
    from toc.pages.markdown import as_markdown as laid_out

    return "".join(f"{laid_out(page)}\n" for page in map(_page, found))


def as_document(found: Sequence[Inspection], format: str) -> str | bytes:
    """One document with the pages of all files."""
    from toc.pages.blocks import Page

    pages = [*map(_page, found)]
    title = ", ".join(page.title for page in pages)
    return printed(Page(title, tuple(block for page in pages for block in page.blocks)), format)


def as_csv(found: Sequence[Inspection]) -> str:
    """A row for each problem and finding of all files."""
    from toc.checks.machine_reports import Placed
    from toc.pages.sheet import Column, Sheet
    from toc.pages.sheet import as_csv as laid_out
    from toc.problems import dotted

    columns: tuple[Column[tuple[str, Placed]], ...] = (
        Column("file", "File", value=lambda row: row[0]),
        Column("line", "Line", value=lambda row: row[1].line),
        Column("column", "Column", value=lambda row: row[1].column),
        Column("severity", "How grave", value=lambda row: row[1].severity),
        Column("code", "Code", value=lambda row: row[1].found.code),
        Column("name", "Rule", value=lambda row: getattr(row[1].found, "name", None)),
        Column("message", "Finding", value=lambda row: row[1].found.message),
        Column("fix", "How to fix it", value=lambda row: getattr(row[1].found, "fix", None)),
        Column("path", "Place", value=lambda row: dotted(row[1].path or row[1].found.path)),
    )
    files = [inspection.checked() for inspection in found]
    return laid_out(Sheet(columns, [(one_line(file.name), placed) for file in files for placed in file.found]))


def _page(inspection: Inspection) -> Page:
    """The findings of a file, or its problems."""
    from toc.checks.page import findings_page
    from toc.pages.blocks import Bullets, Heading, Page

    if inspection.theory is not None and inspection.findings is not None:
        places = {finding: one_line(excerpt.place) for finding, excerpt in inspection.excerpts().items()}
        return findings_page(inspection.theory, inspection.findings, inspection.findings.profile, places)
    problems = inspection.error.problems if inspection.error else ()
    name = one_line(inspection.name)
    return Page(name, (Heading(f"Problems: {name}", 1), Bullets(tuple(problem.text(name) for problem in problems))))


REPORTS: Final[Mapping[str, Callable[[Sequence[Inspection]], str | bytes]]] = MappingProxyType(
    {
        "markdown": as_markdown,
        **{format: partial(as_document, format=format) for format in ("html", "docx", "pdf")},
        "csv": as_csv,
        "json": as_json,
        "sarif": as_sarif,
        "github": as_annotations,
    }
)


def contents(theory: TheoryOfChange) -> str:
    """How many there are of each kind, and of links.

    >>> import toc
    >>> contents(toc.loads("{toc: 1, title: Reading, goal: Every child reads}"))
    '1 goal'
    """
    from toc.language.vocabulary import how_many
    from toc.model.types import KINDS

    counts = {kind: len(theory.of_kind(kind)) for kind in KINDS} | {"link": len(theory.links)}
    return ", ".join(how_many(theory, idea, count) for idea, count in counts.items() if count)


def _lines(
    inspection: Inspection, theory: TheoryOfChange, findings: Findings, *, is_folded: bool, is_coloured: bool
) -> Iterator[str]:
    from toc.checks.finding_text import Layout, as_priorities, as_report, left_out
    from toc.checks.page import counted, grouped
    from toc.checks.priorities import kinds
    from toc.language.text import capital

    grave = [*findings.errors, *findings.warnings]
    yield one_line(f"{inspection.name}: {f'{counted(grave)} in' if grave else 'fine:'} {contents(theory)}")
    if not findings:
        return
    layout = Layout(inspection.excerpts(), width(), _painted if is_coloured else _plain)
    those = kinds(theory, findings)
    hint = "`--all` lists them all, and " if is_folded and left_out(those) else ""
    more = f"{hint}`toc rule {those[0].code}` says more about {those[0].name}."
    yield f"\n{as_priorities(those, layout) if is_folded else as_report(grouped(theory, findings), layout)}\n"
    yield f"{one_line(inspection.name)}: {findings.summary} {capital(more)}"


def _plain(text: str, _: Ink) -> str:
    """Text from a stranger's file made harmless."""
    return one_line(text)


def _painted(text: str, ink: Ink) -> str:
    """Text from a stranger's file made harmless, in colour."""
    return click.style(one_line(text), **COLOURS[ink]) if COLOURS[ink] else one_line(text)


def is_coloured() -> bool:
    """Whether colours show: on a terminal, unless somebody does not want them."""
    context = click.get_current_context(silent=True)
    refused = os.environ.get("NO_COLOR") or (context is not None and context.color is False)
    return sys.stdout is not None and sys.stdout.isatty() and not refused

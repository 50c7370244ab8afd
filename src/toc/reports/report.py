"""A theory as a report: for governors, trustees, a funder or the team, in Word, PDF, HTML and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import takewhile
from types import MappingProxyType
from typing import Any, Final

from toc.diagram import VIEWS
from toc.draw_options import StrPath
from toc.errors import OptionError, as_given, day_of, one_of
from toc.language.text import one_line, sentence
from toc.language.vocabulary import language
from toc.model import Theory
from toc.model.parts import part_of
from toc.monitoring import Progress
from toc.monitoring.progress_sheets import progress_sheets
from toc.pages.answer import Answer, Sheets
from toc.pages.blocks import Block, Heading, Page, PageBreak, Paragraph, deeper
from toc.pages.html import as_html
from toc.partnership.stated import is_stated
from toc.prose import narrative_page
from toc.prose.partners_text import together
from toc.reports.logframe import Logframe
from toc.reports.report_basis import AUDIENCES, SECTIONS, Basis
from toc.reports.report_measuring import measuring, partners, plan, progress
from toc.reports.report_openings import cover, summary
from toc.reports.report_partnership import partnership
from toc.reports.report_pictures import drawing
from toc.reports.report_unknowns import unknown


def _narrative(basis: Basis) -> Iterator[Block]:
    """What leads to what and why; how the KPIs stand is told in a part of its own."""
    yield Heading("In words")
    whole, parts = basis.theory, basis.audience.sections
    without = part_of(whole, whole.nodes.keys() - whole.kpis.keys()) if "progress" in parts else whole
    told = narrative_page(without, progress=None if without is not whole else basis.progress).blocks[1:]
    repeated: set[Block] = {Paragraph(sentence(whole.description or "-"))} if "cover" in parts else set()
    repeated |= {Paragraph(f"The problem: {sentence(whole.context.problem or '-')}")} if "summary" in parts else set()
    if "partnership" in parts:
        repeated |= {*together(whole)}
    yield from deeper(block for block in told if block not in repeated)


def _annex(basis: Basis) -> Iterator[Block]:
    """The logframe in its most compact style."""
    yield PageBreak()
    yield Heading("Annex: logframe")
    page = Logframe(basis.theory, "classic", basis.today)._page()  # noqa: SLF001  # it is put into another page
    # What the form does not hold stands in the report itself.
    yield from takewhile(lambda block: not isinstance(block, Heading), page.blocks[1:])


WRITERS: Final[Mapping[str, Callable[[Basis], Iterable[Block]]]] = MappingProxyType(
    {
        "cover": cover,
        "summary": summary,
        "drawing": drawing,
        "narrative": _narrative,
        "measuring": measuring,
        "plan": plan,
        "progress": progress,
        "unknown": unknown,
        "partners": partners,
        "partnership": partnership,
        "logframe": _annex,
    }
)


@dataclass(frozen=True)
class Report(Answer):
    """A theory to hand in, on a day and for an audience; `blocks` are what stands in it, before any format.

    `sections` names its parts. The tables are those of the progress.

    >>> import datetime, toc
    >>> theory = toc.example("small-charity")
    >>> report = theory.report(datetime.date(2026, 12, 1), sections=["summary", "progress"])
    >>> report
    <Report for trustees on 2026-12-01: summary, progress>
    >>> report.to_markdown().splitlines()[2]
    '## On one page'
    """

    title: str
    audience: str
    today: date
    sections: tuple[str, ...]
    blocks: tuple[Block, ...] = field(repr=False)
    language: str
    progress: Progress = field(repr=False, compare=False)

    def to_html(self) -> str:
        """The report as one HTML file that needs nothing else, no script, and prints well.

        >>> import toc
        >>> toc.example("small-charity").report(sections="summary").to_html()[:15]
        '<!doctype html>'
        """
        return as_html(self._page(), self.language)

    def to_docx(self, template: StrPath | bytes | None = None) -> bytes:
        """The report as a Word document on A4; a `template` gives its paper, styles, header and footer.

        Args:
            template: a `.docx` of yours, such as a letterhead, or its bytes; what is written in it is left out.

        Raises:
            TheoryError: the template cannot be read (TOC001, TOC002, TOC004), or holds macros.
            MissingExtraError: python-docx is not installed.

        >>> import toc
        >>> toc.example("small-charity").report(sections="summary").to_docx()[:2]
        b'PK'
        """
        from toc.pages.word import as_docx

        if template is None:
            return as_docx(self._page(), self.language)
        from toc.reports.letterhead import letterhead

        return as_docx(self._page(), self.language, letterhead(template))

    def to_pdf(self, paper: str = "a4") -> bytes:
        """The report as a tagged PDF, on `paper` "a4", "a3" or "letter"; the same report gives the same bytes.

        Raises:
            MissingExtraError: typst is not installed.
            OptionError: there is no such paper.

        >>> import toc
        >>> toc.example("small-charity").report(sections="summary").to_pdf()[:5]
        b'%PDF-'
        """
        from toc.pages.typeset import as_pdf

        return as_pdf(self._page(), self.language, paper)

    def __repr__(self) -> str:
        return f"<Report for {self.audience} on {self.today}: {', '.join(self.sections)}>"

    def _page(self) -> Page:
        return Page(self.title, self.blocks)

    def _sheets(self) -> Sheets:
        return progress_sheets(self.progress)

    def _record(self) -> dict[str, Any]:
        about = {"title": self.title, "audience": self.audience, "today": self.today.isoformat()}
        return {**about, "sections": list(self.sections), "progress": self.progress.to_dict()}


def report(theory: Theory, today: date, audience: str, sections: Iterable[str] | None, view: str) -> Report:
    """A theory as a report; see the method of the theory."""
    wanted = AUDIENCES[name := one_of("audience", audience, AUDIENCES)]
    chosen = wanted.sections if sections is None else _chosen(sections)
    empty = {"partners": not theory.partners, "partnership": sections is None and not is_stated(theory)}
    chosen = tuple(one for one in chosen if not empty.get(one))
    basis = Basis(theory, day_of(today), replace(wanted, sections=chosen), one_of("view", view, VIEWS))
    title = one_line(theory.title)
    blocks = (Heading(title, 1), *(block for one in chosen for block in WRITERS[one](basis)))
    spoken = theory.language if theory.language and language(theory) == "en" else "en-GB"
    return Report(title, name, basis.today, chosen, blocks, spoken, basis.progress)


def _chosen(sections: Iterable[str]) -> tuple[str, ...]:
    """The parts that are asked for, in the order of a report."""
    names = [sections] if isinstance(sections, str) else sections
    if not isinstance(names, Iterable):
        raise OptionError(f"sections={as_given(sections)} are none: give the names of some of {', '.join(SECTIONS)}")
    asked = {one_of("section", one, SECTIONS) for one in names}
    if not asked:
        raise OptionError(f"a report without sections says nothing: give some of {', '.join(SECTIONS)}")
    return tuple(one for one in SECTIONS if one in asked)

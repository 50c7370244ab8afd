"""What the checks found: a sequence that is an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

from toc.checks.checking import DEFAULT_PROFILE
from toc.checks.finding import Finding, Severity
from toc.checks.finding_text import Layout, as_priorities, as_report, left_out
from toc.checks.page import counted, findings_glance, findings_page, findings_sheet, grouped, summary
from toc.checks.priorities import kinds
from toc.errors import whole_number, yes_or_no
from toc.model import Theory
from toc.model.references import named
from toc.model.types import Profile
from toc.pages.answer import Answer, Sheets
from toc.pages.blocks import Page
from toc.pages.plain_text import WIDTH, wrapped


class Findings(Sequence[Finding], Answer):
    """The findings about one theory, in the order of the catalogue; it never changes.

    >>> import datetime, toc
    >>> found = toc.example("small-charity").check(today=datetime.date(2026, 9, 1))
    >>> len(found.errors), len(found.warnings)
    (0, 0)
    >>> list(found.to_pandas().columns)[:4]
    ['code', 'name', 'severity', 'node']
    """

    __slots__ = ("_found", "_profile", "_theory")

    def __init__(self, theory: Theory, found: Iterable[Finding], profile: Profile | None = None) -> None:
        self._theory = theory
        self._found = tuple(found)
        self._profile: Profile = profile or theory.settings.checks.profile or DEFAULT_PROFILE

    @property
    def profile(self) -> Profile:
        """How much was asked for: "sketch", "plan" or "funder"."""
        return self._profile

    @property
    def errors(self) -> Findings:
        """Those that contradict themselves; with any of them `toc check` exits with 1."""
        return self._only(finding for finding in self if finding.severity is Severity.ERROR)

    @property
    def warnings(self) -> Findings:
        """Those that weaken the case."""
        return self._only(finding for finding in self if finding.severity is Severity.WARNING)

    @property
    def advice(self) -> Findings:
        """Those that are worth a thought."""
        return self._only(finding for finding in self if finding.severity is Severity.ADVICE)

    @property
    def summary(self) -> str:
        """How many there are of each severity, and in which profile, in one sentence."""
        return summary(self, self.profile)

    def of(self, id: str) -> Findings:
        """Those that concern a node, given by its id or its title, as the main one or as another.

        Raises:
            TheoryError: there is no node with that id.

        >>> import datetime, toc
        >>> found = toc.example("small-charity").check(today=datetime.date(2026, 9, 1))
        >>> all("tea-and-games" in finding.nodes for finding in found.of("tea-and-games"))
        True

        """
        node = named(self._theory, id).id
        return self._only(finding for finding in self if node in finding.nodes)

    def to_text(self, width: int = WIDTH, *, all: bool = False) -> str:  # noqa: A002  # as `--all` of the program
        """What to do first, in at most three things, then one line a kind; no line wider than `width` columns.

        Args:
            width: in columns, 1 or more.
            all: tell every finding instead, grouped by pillar.

        >>> import toc
        >>> theory = toc.loads("{toc: 1, title: Reading, goal: Every child reads}")
        >>> print(theory.check(select="TOC16").to_text())
        What to do
        ----------
        ● advice: missing-review (TOC161)
          the theory does not say when it is next reviewed
          To fix it: write the day as `review_on: YEAR-MONTH-DAY`, beside its title
        <BLANKLINE>
        1 piece of advice in the profile “plan”.
        """
        width = whole_number("the width in columns", width, 1)
        layout = Layout(width=width)
        if yes_or_no("all", all):
            return self._closed(as_report(grouped(self._theory, self), layout), width)
        those = kinds(self._theory, self)
        hint = "`to_text(all=True)` tells them all." if left_out(those) else ""
        return self._closed(as_priorities(those, layout) if those else "", width, hint)

    def _closed(self, text: str, width: int, hint: str = "") -> str:
        closing = "\n".join(line for part in (hint, self.summary) if part for line in wrapped(part, width))
        return "\n\n".join(part for part in (text, closing) if part)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Findings: ...
    def __getitem__(self, index: int | slice) -> Finding | Findings:
        return self._only(self._found[index]) if isinstance(index, slice) else self._found[index]

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._found)

    def __eq__(self, other: object) -> bool:
        return self._found == other._found if isinstance(other, Findings) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._found)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {counted(self)}>"

    def _page(self) -> Page:
        return findings_page(self._theory, self, self.profile)

    def _glance(self) -> Page:
        return findings_glance(kinds(self._theory, self), self._theory.title, self.summary)

    def _sheets(self) -> Sheets:
        return {"findings": lambda: findings_sheet(self._theory, self)}

    def _record(self) -> dict[str, Any]:
        counts = Counter(finding.severity for finding in self)
        return {
            "title": self._theory.title,
            "profile": self.profile,
            "counts": {str(severity): counts[severity] for severity in Severity},
            "findings": [finding.to_dict() for finding in self],
        }

    def _only(self, found: Iterable[Finding]) -> Findings:
        return Findings(self._theory, found, self.profile)

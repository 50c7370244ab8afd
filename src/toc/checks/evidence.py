"""What the evidence and the tests of assumptions say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from toc.checks.check_context import Look, quoted
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule, rule
from toc.language.dates import months_later
from toc.language.numbers import number
from toc.language.text import listed

MOST_YEARS: Final = 10_000  # more than the calendar has


@rule("TOC131", "contradicted-link", "evidence", Grades(ADVICE, WARNING, WARNING))
def contradicted_link(look: Look) -> Iterable[Fault]:
    """A link that some of its own evidence contradicts.

    What: A link under whose `evidence` a source stands that says `contradicts`. Mixed evidence is no fault.

    Why: To write such a source down is honest. A reader who comes upon it will ask why the link is still there.

    Mend: Weigh the source: lower `confidence:` and say in `because:` why the link should hold here all the same, or
    take the link out. Where it has been weighed, silence this finding and give the reason.

    Source: Changeroo, *ToC quality audit*; Mayne 2017, "Theory of change analysis: building robust theories of
    change", *Canadian Journal of Program Evaluation* 32(2).

    Fails:
        outcomes:
          readers:
            title: Pupils catch up
            leads_to:
              goal:
                because: Reading is what the other subjects are built on
                evidence: [{source: Follow-up after two years, says: contradicts}]
    Passes:
        outcomes:
          readers:
            title: Pupils catch up
            leads_to:
              goal:
                because: Reading is what the other subjects are built on
                evidence: [{source: Follow-up after two years, says: mixed}]
    """
    for link in look.evidenced:
        against = [place for place, found in enumerate(link.evidence) if found.says == "contradicts"]
        if against:
            ends = (link.source, link.target)
            sources = listed([quoted(link.evidence[place].source) for place in against], most=5)
            verb = "contradicts" if len(against) == 1 else "contradict"
            message = f"{sources} {verb} the link from {look.called(ends[0])} to {look.called(ends[1])}"
            mend = "lower `confidence:` and answer the source in `because:`, or take the link out"
            yield Fault(ends, look.of_link(*ends, "evidence", against[0]), message, mend, (ends,))


@rule("TOC132", "failing-assumption", "evidence", Grades(ADVICE, WARNING, WARNING))
def failing_assumption(look: Look) -> Iterable[Fault]:
    """An assumption that is known to fail.

    What: An assumption whose `status` is `failing`.

    Why: A link holds only as long as its assumptions do. This one has been tested and does not, so that everything
    built on the link is in doubt.

    Mend: Change what is done, so that the link no longer needs the assumption or so that it holds again; then write
    its new `status:`.

    Source: Changeroo, *ToC quality audit*. That a failing assumption is reported until it is answered is an extension.

    Fails:
        outcomes:
          readers:
            title: Pupils catch up
            leads_to:
              goal:
                assumptions: [{text: Other lessons ask pupils to read, status: failing}]
    Passes:
        outcomes:
          readers:
            title: Pupils catch up
            leads_to:
              goal:
                assumptions: [{text: Other lessons ask pupils to read, status: holding}]
    """
    for link in look.assumed:
        for position, assumption in enumerate(link.assumptions):
            if assumption.status == "failing":
                ends = (link.source, link.target)
                claim = f"{look.called(ends[0])} leads to {look.called(ends[1])}"
                message = f"the assumption {quoted(assumption.text)} is failing, and with it the claim that {claim}"
                mend = "change what is done so that the assumption holds or is not needed, then write its `status:`"
                yield Fault(ends, look.of_link(*ends, "assumptions", position), message, mend, (ends,))


@rule("TOC133", "old-evidence", "evidence", Grades(None, ADVICE, WARNING))
def old_evidence(look: Look) -> Iterable[Fault]:
    """Evidence older than the theory allows.

    What: A source whose `date` lies more than `settings.checks.evidence_years` years back. Without that setting nothing
    is too old; a source without a date is not judged.

    Why: What was found long ago was found among other people, and sometimes with other means.

    Mend: Look for a newer source, or allow a greater age in the settings.

    Source: Changeroo, *ToC quality audit*, on the evidence behind a theory. The age is each theory's own.

    Fails:
        outcomes:
          readers:
            title: Pupils catch up
            leads_to:
              goal:
                evidence: [{source: First study, date: 1999-05-01}]
        settings: {checks: {evidence_years: 10}}
    Passes:
        outcomes:
          readers:
            title: Pupils catch up
            leads_to:
              goal:
                evidence: [{source: First study, date: 1999-05-01}]
    """
    years = look.theory.settings.checks.evidence_years
    if years is None:
        return
    first = months_later(look.today, -round(min(years, MOST_YEARS) * 12))
    for link in look.evidenced:
        for position, found in enumerate(link.evidence):
            if found.date is not None and found.date < first:
                ends = (link.source, link.target)
                message = f"{_dated(found.source, found.date)} is more than {number(years)} years old"
                mend = "look for a newer source, or raise `evidence_years:` under `settings: checks:`"
                yield Fault(ends, look.of_link(*ends, "evidence", position), message, mend, (ends,))


def _dated(source: str, day: date) -> str:
    return f"the evidence {quoted(source)} of {day}"


RULES: Final[tuple[Rule, ...]] = (contradicted_link, failing_assumption, old_evidence)

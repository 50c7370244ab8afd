"""What may go otherwise than meant, and what is decided elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from toc.checks.looking import Look
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, rule


@rule("TOC115", "no-unintended-outcome", "argument", Grades(None, ADVICE, WARNING))
def no_unintended_outcome(look: Look) -> Iterable[Fault]:
    """No unintended outcome has been considered.

    What: Nothing stands under `context.unintended`.

    Why: Whatever changes people may change them otherwise than was meant: volunteers lose study time, the schools that
    find it easy come and those in need do not. What nobody has thought of, nobody will look for.

    Mend: Write `unintended:` under `context:`, a list of what may go otherwise than meant.

    Source: Bamberger, Tarsilla and Hesse-Biber 2016, "Why so many 'rigorous' evaluations fail to identify unintended
    consequences of development programs", *Evaluation and Program Planning* 55; HM Treasury, *Magenta Book* (2020).

    Fails:
        context: {external_factors: [School budgets hold]}
    Passes:
        context: {unintended: [Volunteers lose study time]}
    """
    if not look.theory.context.unintended:
        message = "no unintended outcome is named: what may go otherwise than meant, and for whom?"
        yield Fault((), ("context", "unintended"), message, "write `unintended:` under `context:`, as a list")


@rule("TOC116", "no-external-factor", "argument", Grades(None, ADVICE, WARNING))
def no_external_factor(look: Look) -> Iterable[Fault]:
    """No external factor is named.

    What: Nothing stands under `context.external_factors`.

    Why: No programme works alone. What others decide can help or stop it, and a reader wants to know that its authors
    have seen this.

    Mend: Write `external_factors:` under `context:`, a list of what must stay as it is, or may change.

    Source: NPC, *Theory of change in ten steps* (Noble 2019), step 9, stakeholders and enabling factors; HM Treasury,
    *Magenta Book* (2020).

    Fails:
        context: {unintended: [Volunteers lose study time]}
    Passes:
        context: {external_factors: [School budgets hold]}
    """
    if not look.theory.context.external_factors:
        message = "no external factor is named: what, decided by others, could help or stop this?"
        yield Fault(
            (), ("context", "external_factors"), message, "write `external_factors:` under `context:`, as a list"
        )

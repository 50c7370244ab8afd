"""Findings that the author has answered in the file, and silences that no longer silence anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from toc.checks.looking import Look
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, rule
from toc.checks.values import Finding
from toc.errors import Path, hint, nearest
from toc.model.values import Silence

SILENCES: Path = ("settings", "checks", "silence")


@rule("TOC169", "unused-silence", "hygiene", Grades(ADVICE, WARNING, WARNING))
def UNUSED_SILENCE(look: Look) -> Iterable[Fault]:  # noqa: ARG001, N802  # it is a constant; `silenced` finds the faults
    """A silence that no longer silences anything.

    What: An entry under `settings.checks.silence` whose rule was followed and found nothing that the entry answers.

    Why: A silence is an answer to a finding. Once the finding is gone the answer stays behind, and would hide the
    next fault of that kind, which nobody has answered for.

    Mend: Delete the entry; `toc check --fix` does it.

    Source: this library's own.

    Fails:
        review_on: 2999-01-01
        settings:
          checks:
            silence:
              - {code: TOC161, reason: reviewed at each meeting of the trustees}
    Passes:
        settings:
          checks:
            silence:
              - {code: TOC161, reason: reviewed at each meeting of the trustees}
    """
    return ()


def silenced(
    look: Look, found: Iterable[Finding], followed: Collection[str], known: Collection[str]
) -> tuple[list[Finding], list[Fault]]:
    """The findings that no silence answers, and the silences that answer none.

    A silence for a node answers the findings whose main node it is; one without a node answers all of its code.
    A silence of a known rule that was not followed this time is not called unused.
    """
    entries = look.theory.settings.checks.silence
    by_code: dict[str, list[int]] = {}
    for index, entry in enumerate(entries):
        by_code.setdefault(entry.code, []).append(index)
    used: set[int] = set()
    kept = []
    for finding in found:
        answers = [index for index in by_code.get(finding.code, ()) if _answers(entries[index], finding)]
        used.update(answers)
        if not answers:
            kept.append(finding)
    left = (index for index, entry in enumerate(entries) if entry.code in followed or entry.code not in known)
    return kept, [_unused(index, entries[index], known) for index in left if index not in used]


def _answers(entry: Silence, finding: Finding) -> bool:
    return entry.node is None or finding.nodes[:1] == (entry.node,)


def _unused(index: int, entry: Silence, known: Collection[str]) -> Fault:
    where = f" for {entry.node}" if entry.node else ""
    if entry.code in known:
        message = f"the silence of {entry.code}{where} silences nothing"
        mend = "delete it: `toc check --fix` does"
    else:
        message = f"the silence of {entry.code}{where} silences nothing: there is no rule {entry.code}"
        mend = f"delete it{hint(nearest(entry.code, known))}"
    return Fault((entry.node,) if entry.node else (), (*SILENCES, index), message, mend)

"""What is open in the newest review by each frame: judgements without evidence, gaps without a next step, steps overdue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toc.checks.check_context import CheckContext, quoted
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule, rule
from toc.model.reviews import ReviewAnswer
from toc.partnership.frame_file import frame_in
from toc.partnership.judgements import GapKind, is_open, newest_by_frame


@rule("TOC211", "judged-without-evidence", "partnership", Grades(None, ADVICE, WARNING))
def judged_without_evidence(context: CheckContext) -> Iterable[Fault]:
    for told, _, path in _open(context, "no-evidence"):
        fix = "write under `evidence:` what shows it: the id of a box, or a text; or judge it lower"
        yield Fault((), path, f"{told}, and no evidence is named", fix)


@rule("TOC212", "gap-without-next-step", "partnership", Grades(None, ADVICE, WARNING))
def gap_without_next_step(context: CheckContext) -> Iterable[Fault]:
    for told, _, path in _open(context, "no-next-step"):
        fix = "write `next_step:`, with its `owner:` and the day `by:` which it is done"
        yield Fault((), path, f"{told}, and no next step is named", fix)


@rule("TOC213", "overdue-next-step", "partnership", Grades(ADVICE, ADVICE, WARNING))
def overdue_next_step(context: CheckContext) -> Iterable[Fault]:
    for told, answer, path in _open(context, "overdue"):
        fix = "say what came of it in a new review, or write another day under `by:`"
        yield Fault((), (*path, "by"), f"{told}; its next step was due by {answer.by}", fix)


def _open(context: CheckContext, kind: GapKind) -> Iterator[tuple[str, ReviewAnswer, tuple[str, ...]]]:
    """The answers with a gap of some kind, each with how it is told and its place, in the newest review by each frame."""
    theory = context.theory
    for by, id in newest_by_frame(theory).items():
        frame = frame_in(theory, by)
        for name, answer in theory.reviews[id].answers.items():
            if is_open(kind, answer, frame.scale, context.today):
                judged = f"judged “{answer.judgement}”" if answer.judgement else "not judged yet"
                told = f"{quoted(frame.statements[name].label)} is {judged} in the review “{id}”"
                yield told, answer, ("reviews", id, "answers", name)


RULES: Final[tuple[Rule, ...]] = (judged_without_evidence, gap_without_next_step, overdue_next_step)

"""A review as a page, as a form to fill in, and what changed between two reviews."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from toc.language.dates import day
from toc.language.numbers import counted
from toc.language.text import bare, capital, listed, one_line, quoted, sentence
from toc.model.own_frames import NOT_OURS
from toc.model.reviews import ReviewAnswer, ReviewEvidence
from toc.pages.blocks import Block, Bullets, Cell, Heading, Note, Page, Paragraph, Table
from toc.partnership.review_sheet import evidence_text
from toc.partnership.statements import NO_GRADE, Frame, licensed

if TYPE_CHECKING:
    from toc.partnership.evaluation import Evaluation, JudgedStatement
    from toc.partnership.judgements import Change, GapKind
    from toc.partnership.review_changes import ReviewChanges

MOST: Final = 6  # statements named in one line
NOTHING: Final = "In the file: nothing."
FOUND_ONLY: Final = (
    "What stands behind “In the file” was found in the theory. It is there to talk about, and judges nothing."
)
GAP_WORDS: Final[dict[GapKind, str]] = {
    "unanswered": "Not answered",
    "no-next-step": "In the lower half of the scale, without a next step",
    "no-evidence": "In the upper half of the scale, without evidence",
    "overdue": "The next step was due before {today}",
}
CHANGE_WORDS: Final[dict[Change, str]] = {
    "up": "up", "down": "down", "same": "the same", "new": "judged now only", "dropped": "judged then only",
    "changed": f"to or from {NOT_OURS}",
}  # fmt: skip


def review_page(found: Evaluation) -> Page:
    """How many were judged how, what is open, and every statement."""
    title = f"Review {found.id}: {one_line(found.frame.title)}"
    about = Paragraph(one_line(found.theory.title))
    opening = Paragraph(opening_of(found), strong=True)
    blocks = (Heading(title, 1), about, opening, *_gaps(found), *_statements(found), *_caution(found.frame))
    return Page(title, blocks)


def opening_of(found: Evaluation) -> str:
    """How many statements were judged by each word, when and by whom."""
    if not found.answers:
        return f"{counted(len(found.statements), *found.frame.nouns)}, none of them answered yet."
    counts = [f"{count:,} {word}" for word, count in reversed(in_order(found).items()) if count]
    left = [f"{len(found.unanswered):,} not answered"] if found.unanswered else []
    return f"{judged_when(found)}: {', '.join([*counts, *left])}."


def judged_when(found: Evaluation) -> str:
    """How many statements there are, and when and by whom they were judged."""
    by = f" by {listed([*map(bare, found.review.by)])}" if found.review.by else ""
    return f"{counted(len(found.statements), *found.frame.nouns)}, judged on {day(found.review.date)}{by}"


def in_order(found: Evaluation) -> dict[str, int]:
    """The counts with `not-ours` first, so that it comes last behind the best."""
    return {NOT_OURS: found.counts[NOT_OURS], **{word: found.counts[word] for word in found.frame.scale}}


def _gaps(found: Evaluation) -> Iterator[Block]:
    gaps: dict[GapKind, list[str]] = {}
    for gap in found.gaps:
        gaps.setdefault(gap.kind, []).append(quoted(found.statements[gap.statement].statement.label))
    if gaps:
        said = {kind: GAP_WORDS[kind].format(today=day(found.today)) for kind in gaps}
        yield Heading("What is open")
        yield Bullets(tuple(f"{said[kind]}: {listed(names, most=MOST)}." for kind, names in gaps.items()))


def _statements(found: Evaluation) -> Iterator[Block]:
    for heading, rows in by_theme(found):
        yield Heading(heading)
        said = [one for one in rows if one.answer != ReviewAnswer()]
        yield from (Paragraph(" ".join(_told(found, one))) for one in said)
        left = [one for one in rows if one not in said]
        if left:
            yield Bullets(tuple(f"{quoted(one.statement.label)}: not answered. {_file(one)}" for one in left))


def by_theme(found: Evaluation) -> Iterator[tuple[str, list[JudgedStatement]]]:
    """The statements under their themes, those without one first."""
    for theme, rows in found.frame.by_theme():
        yield theme or "Statement by statement", [found.statements[one.id] for one in rows]


def _file(one: JudgedStatement) -> str:
    return f"In the file: {one.in_the_file}" if one.found else NOTHING


def _told(found: Evaluation, one: JudgedStatement) -> Iterator[str]:
    """Everything about one statement, in sentences."""
    answer = one.answer
    yield f"{quoted(one.statement.label)}: {one.judgement or 'not judged yet'}."
    yield _file(one)
    if answer.because:
        yield f"Because: {sentence(answer.because)}"
    if answer.evidence:
        yield f"Evidence: {sentence(listed([_evidence(found, piece) for piece in answer.evidence]))}"
    if step := _step(answer):
        yield f"Next step: {sentence(', '.join(step))}"


def _step(answer: ReviewAnswer) -> list[str]:
    """What is done next, by whom, by when."""
    said = [bare(text) for text in (answer.next_step, answer.owner) if text]
    return [*said, f"by {day(answer.by)}"] if answer.by else said


def _evidence(found: Evaluation, piece: ReviewEvidence) -> str:
    if piece.node:
        return quoted(found.theory.nodes[piece.node].title)
    if piece.partner:
        return quoted(found.theory.partners[piece.partner].title)
    return one_line(evidence_text(piece))


def _caution(frame: Frame) -> tuple[Block, ...]:
    source = Bullets(tuple(map(licensed, frame.sources)))
    notes = [*([frame.ours] if frame.ours else []), FOUND_ONLY, NO_GRADE]
    return Heading("Where it comes from, and how to read it"), source, *map(Note, notes)


# The form


def form_page(found: Evaluation) -> Page:
    """The statements with what stands in the file, and room to write."""
    title = f"{one_line(found.frame.title)}: {found.id}"
    scale = f"Judge each as {', '.join(found.frame.scale)}, or as {NOT_OURS} where it does not apply."
    who = f"{one_line(found.theory.title)}. {day(found.review.date)}. Judged by: {listed(found.review.by) or '…'}"
    blocks: list[Block] = [Heading(title, 1), Paragraph(who), Paragraph(scale, strong=True)]
    for heading, rows in by_theme(found):
        blocks += [Heading(heading), _form_table(found, rows)]
    return Page(title, (*blocks, *_caution(found.frame)))


def _form_table(found: Evaluation, rows: Iterable[JudgedStatement]) -> Table:
    columns = ("Statement", "In the file", "Judgement", "Because, evidence", "Next step: what, who, by when")
    cells = tuple(tuple(_form_row(found, one)) for one in rows)
    return Table(columns, cells, (5, 5, 3, 4, 4), (0.24, 0.24, 0.13, 0.2, 0.19), is_wide=True)


def _form_row(found: Evaluation, one: JudgedStatement) -> Iterator[Cell]:
    said = one.statement
    yield tuple(filter(None, (said.name and f"{said.name}:", said.text, said.forward)))
    yield capital(one.in_the_file) or "–"
    yield tuple(f"[{'x' if word == one.judgement else ' '}] {word}" for word in (*found.frame.scale, NOT_OURS))
    yield tuple(filter(None, (one.answer.because, *(_evidence(found, piece) for piece in one.answer.evidence))))
    yield tuple(_step(one.answer))


# What changed


def changes_page(found: ReviewChanges) -> Page:
    """How many statements went up, down and so on, and each of them."""
    earlier, later = found.earlier, found.later
    title = f"From {earlier.id} to {later.id}: {one_line(later.frame.title)}"
    changes = [one.change for one in found]
    told = [f"{changes.count(change):,} {word}" for change, word in CHANGE_WORDS.items() if change in changes]
    what = counted(len(found), *later.frame.nouns)
    days = [day(one.review.date) for one in (earlier, later)]
    then, now = days if days[0] != days[1] else [f"{days[0]} ({one.id})" for one in (earlier, later)]
    counts = f"{what} judged on {then} or {now}: {', '.join(told)}."
    opening = counts if found else f"Nothing was judged on {then} or {now}."
    rows = tuple((one.statement.label, one.before or "–", one.after or "–", CHANGE_WORDS[one.change]) for one in found)
    heads = ("Statement", then, now, "Change")
    table = (Table(heads, rows, (6, 2, 2, 3)),) if rows else ()
    note = Note(f"{PEOPLE_CHANGE} {NO_GRADE}")
    return Page(
        title,
        (Heading(title, 1), Paragraph(one_line(later.theory.title)), Paragraph(opening, strong=True), *table, note),
    )


PEOPLE_CHANGE: Final = "A judgement that went up says that those who judged see it so: they may be other people, or have looked more closely."

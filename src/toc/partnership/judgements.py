"""What a judgement comes to: which half of its scale it stands in, what is open about it, how it changed, and which review is newest."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, get_args

from toc.model import Theory
from toc.model.own_frames import NOT_OURS
from toc.model.reviews import ReviewAnswer

GapKind = Literal["unanswered", "no-next-step", "no-evidence", "overdue"]
Change = Literal["up", "down", "same", "new", "dropped", "changed"]
GAPS: Final[tuple[GapKind, ...]] = get_args(GapKind)
"""In the order in which they are told."""


def is_upper(word: str, scale: tuple[str, ...]) -> bool:
    """Whether a word stands in the upper half of a scale, the middle of an odd one counted as lower.

    >>> [is_upper(word, ("not-yet", "partly", "mostly", "fully")) for word in ("partly", "mostly", "not-ours")]
    [False, True, False]
    """
    return word in scale and 2 * scale.index(word) >= len(scale)


def is_open(kind: GapKind, answer: ReviewAnswer, scale: tuple[str, ...], today: date) -> bool:
    """Whether an answer has a gap of some kind."""
    word = answer.judgement
    match kind:
        case "unanswered":
            return not word
        case "no-next-step":
            return word in scale and not is_upper(str(word), scale) and not answer.next_step
        case "no-evidence":
            return is_upper(str(word), scale) and not answer.evidence
        case "overdue":
            return answer.by is not None and answer.by < today


def change_between(before: str | None, after: str | None, scale: tuple[str, ...]) -> Change:
    """How one judgement became another; one of them at least is there.

    >>> scale = ("not-yet", "partly", "mostly", "fully")
    >>> change_between("partly", "mostly", scale), change_between("partly", "not-ours", scale)
    ('up', 'changed')
    """
    if not before or not after:
        return "new" if after else "dropped"
    if before == after:
        return "same"
    if NOT_OURS in {before, after}:
        return "changed"
    return "up" if scale.index(after) > scale.index(before) else "down"


def newest_by_frame(theory: Theory) -> dict[str, str]:
    """The id of the newest review by each frame; of two on one day the later in the file."""
    found: dict[str, str] = {}
    for id, one in theory.reviews.items():
        if one.frame not in found or theory.reviews[found[one.frame]].date <= one.date:
            found[one.frame] = id
    return found


def newest(theory: Theory) -> str | None:
    """The id of the newest review."""
    return max(reversed(theory.reviews), key=lambda id: theory.reviews[id].date, default=None)


def one_before(theory: Theory, id: str) -> str | None:
    """The id of the newest review by the same frame that is older than another."""
    late = theory.reviews[id]
    found = [other for other, one in theory.reviews.items() if one.frame == late.frame and one.date < late.date]
    return max(reversed(found), key=lambda other: theory.reviews[other].date, default=None)

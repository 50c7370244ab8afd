"""Silences that silence nothing, deleted with their own lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from toc.checks import RULES, Finding
from toc.errors import TheoryError
from toc.files.loader import loads
from toc.files.patch.differences import same
from toc.files.patch.text_edits import CannotPatchError
from toc.files.short_forms import written
from toc.files.source.locator import Format
from toc.files.spots import Spot, position
from toc.fixing.fixes import UNSAFE, Fix, Mended, walked
from toc.fixing.removal import removed, without
from toc.model import Theory
from toc.model.values import Silence
from toc.spelling import hint, nearest

T = TypeVar("T", bound=Theory)

UNUSED: Final = "TOC169"
SILENCES: Final = ("settings", "checks", "silence")
CODES: Final = frozenset(rule.code for rule in RULES)


def without_unused(text: str, check: Callable[[T], Sequence[Finding]], *, format: Format, into: type[T]) -> Mended:
    """The text of a right theory without the silences that `check` finds unused.

    A silence of a code that no rule has is left: the code is mistyped more often than not, and the answer is somebody's.

    Raises TheoryError where the text is not right.
    """
    theory = loads(text, format=format, into=into)
    before = _Before(theory, tuple(check(theory)), check, format)
    unused = [finding for finding in before.findings if finding.code == UNUSED and finding.path[:-1] == SILENCES]
    if not unused:
        return Mended(text)
    _, root = walked(text, format)
    sure = [one for one in unused if _code(one, theory) in CODES]
    made, best = list[Finding](), text
    for more in [sure, *([one] for one in sure)]:  # all at once, else as many as go together
        tried = [*made, *more]
        changed = None if len(made) == len(sure) else _removed(text, root, format, tried)
        if changed is not None and before.stays(changed, tried):
            made, best = tried, changed
    fixes = {one: Fix(UNUSED, _line_of(one, root, text), _named(one, theory)) for one in unused}
    done = [fixes[one]._replace(what=f"{fixes[one].what} is deleted") for one in made]
    left = [
        fixes[one]._replace(what=f"{fixes[one].what} is left: {_why_left(_code(one, theory))}")
        for one in unused
        if one not in made
    ]
    return Mended(best, tuple(done), tuple(left))


@dataclass(frozen=True)
class _Before(Generic[T]):
    """A theory as it was, and what was found in it."""

    theory: T
    findings: tuple[Finding, ...]
    check: Callable[[T], Sequence[Finding]]
    format: Format

    def stays(self, text: str, gone: Sequence[Finding]) -> bool:
        """Whether a text means the theory without those silences, and has all findings but theirs."""
        try:
            after = loads(text, format=self.format, into=type(self.theory))
        except TheoryError:
            return False
        if not same(written(after), without(written(self.theory), SILENCES, _indices(gone))):
            return False
        return Counter(map(_said, self.check(after))) == Counter(map(_said, self.findings)) - Counter(map(_said, gone))


def _removed(text: str, root: Spot, format: Format, unused: Sequence[Finding]) -> str | None:
    try:
        return removed(text, root, SILENCES, _indices(unused), has_comments=format == "yaml")
    except CannotPatchError:
        return None


def _said(finding: Finding) -> tuple[str, tuple[str, ...], str]:
    return finding.code, finding.nodes, finding.message


def _indices(unused: Iterable[Finding]) -> set[int]:
    return {finding.path[-1] for finding in unused if isinstance(finding.path[-1], int)}


def _entry(finding: Finding, theory: Theory) -> Silence:
    (index,) = _indices([finding])
    return theory.settings.checks.silence[index]


def _code(finding: Finding, theory: Theory) -> str:
    return _entry(finding, theory).code


def _named(finding: Finding, theory: Theory) -> str:
    entry = _entry(finding, theory)
    return f"the unused silence of {entry.code}{f' for {entry.node}' if entry.node else ''}"


def _why_left(code: str) -> str:
    return UNSAFE if code in CODES else f"there is no rule {code}{hint(nearest(code, sorted(CODES)))}"


def _line_of(finding: Finding, root: Spot, text: str) -> int:
    spot = root
    for step in finding.path:
        spot = spot.part(step) or spot
    return position(text, spot.start)[0]

"""Silences that silence nothing, deleted with their own lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Generic, TypeVar

from toc.checks import RULES, Finding
from toc.errors import TheoryError
from toc.files.loader import loads
from toc.files.locator import Format, read, walked
from toc.files.patch.differences import same
from toc.files.patch.patcher import pruned
from toc.files.short_forms import written
from toc.files.spots import Spot, position
from toc.fixing.fixes import UNSAFE, Fix, Fixed
from toc.model import Theory
from toc.model.values import Silence
from toc.spelling import hint, nearest

T = TypeVar("T", bound=Theory)

UNUSED: Final = "TOC169"
SILENCES: Final = ("settings", "checks", "silence")
CODES: Final = frozenset(rule.code for rule in RULES)


def without_unused(text: str, check: Callable[[T], Sequence[Finding]], *, format: Format, into: type[T]) -> Fixed:
    """The text of a right theory without the silences that `check` finds unused.

    A silence of a code that no rule has is left: the code is mistyped more often than not, and the answer is somebody's.

    Raises TheoryError where the text is not right.
    """
    theory = loads(text, format=format, into=into)
    before = _Before(theory, tuple(check(theory)), check, format)
    unused = [finding for finding in before.findings if finding.code == UNUSED and finding.path[:-1] == SILENCES]
    if not unused:
        return Fixed(text)
    way = _way(text, format)
    sure = [one for one in unused if _code(one, theory) in CODES and all(spot.style != "*" for spot in way)]
    made, best = list[Finding](), text
    for more in [sure, *([one] for one in sure)]:  # all at once, else as many as go together
        tried = [*made, *more]
        if len(made) < len(sure) and (changed := before.without(tried, text)) is not None:
            made, best = tried, changed
    fixes = {one: Fix(UNUSED, _line_of(one, way, text), _named(one, theory)) for one in unused}
    done = [fixes[one]._replace(what=f"{fixes[one].what} is deleted") for one in made]
    left = [
        fixes[one]._replace(what=f"{fixes[one].what} is left: {_why_left(_code(one, theory))}")
        for one in unused
        if one not in made
    ]
    return Fixed(best, tuple(done), tuple(left))


@dataclass(frozen=True)
class _Before(Generic[T]):
    """A theory as it was, and what was found in it."""

    theory: T
    findings: tuple[Finding, ...]
    check: Callable[[T], Sequence[Finding]]
    format: Format

    def without(self, gone: Sequence[Finding], text: str) -> str | None:
        """The text of the theory without those silences, if it means just that and has all findings but theirs."""
        form = written(self.theory)
        left = _without(form, {finding.path[-1] for finding in gone})
        changed = pruned(text, form, left, partial(read, format=self.format))
        try:
            after = None if changed is None else loads(changed, format=self.format, into=type(self.theory))
        except TheoryError:
            return None
        if after is None or not same(written(after), left):
            return None
        found = Counter(map(_said, self.check(after)))
        return changed if found == Counter(map(_said, self.findings)) - Counter(map(_said, gone)) else None


def _without(form: dict[str, Any], gone: Collection[Any]) -> dict[str, Any]:
    """The full form without some silences; where none is left, without the keys that led to them."""
    form = deepcopy(form)
    boxes = [form]
    for step in SILENCES[:-1]:
        boxes.append(boxes[-1][step])
    boxes[-1][SILENCES[-1]] = [entry for index, entry in enumerate(boxes[-1][SILENCES[-1]]) if index not in gone]
    for box, step in zip(reversed(boxes), reversed(SILENCES), strict=True):
        if not box[step]:
            del box[step]
    return form


def _said(finding: Finding) -> tuple[str, tuple[str, ...], str]:
    return finding.code, finding.nodes, finding.message


def _entry(finding: Finding, theory: Theory) -> Silence:
    return theory.settings.checks.silence[int(finding.path[-1])]


def _code(finding: Finding, theory: Theory) -> str:
    return _entry(finding, theory).code


def _named(finding: Finding, theory: Theory) -> str:
    entry = _entry(finding, theory)
    return f"the unused silence of {entry.code}{f' for {entry.node}' if entry.node else ''}"


def _why_left(code: str) -> str:
    return UNSAFE if code in CODES else f"there is no rule {code}{hint(nearest(code, sorted(CODES)))}"


def _way(text: str, format: Format) -> list[Spot]:
    """Where the silences stand, and all that they stand in."""
    spot = walked(text, format)[1] or Spot()
    way = [spot]
    for step in SILENCES:
        spot = spot.part(step) or spot
        way.append(spot)
    return way


def _line_of(finding: Finding, way: list[Spot], text: str) -> int:
    spot = way[-1].part(finding.path[-1]) or way[-1]
    return position(text, spot.start)[0]

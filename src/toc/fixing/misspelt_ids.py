"""Misspelt ids that can mean one other id only, spelt right in their own lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from toc.errors import TheoryError
from toc.files.loader import loads
from toc.files.locator import Format, walked
from toc.files.patch.text_edits import TextEdits
from toc.files.spots import Spot
from toc.files.yaml_writer import scalar
from toc.fixing.fixes import UNSAFE, Fix, Fixed
from toc.fixing.slips import slips
from toc.model import Theory
from toc.model.mentions import KEYED, choices_at
from toc.model.structure import nodes_of, reference_pool
from toc.model.types import PLURALS
from toc.problems import Path, Problem

MISSPELT: Final = "TOC030"
MOST: Final = 40
"""The most misspelt ids that are fixed at once; run it again for more."""
MOST_NAMED: Final = 4
TRIES: Final = 20
"""How often a fixed text is read to prove that it is right."""
WORSE: Final = "fixing it would make another mistake"
LATER: Final = "run it again once the others are fixed"
FIELDS: Final = frozenset({"leads_to", "measures", "target_group", "pillar", "node"})


class _Respelling(NamedTuple):
    """One misspelt id and what it becomes."""

    problem: Problem
    name: str
    start: int
    end: int
    text: str
    fix: Fix

    def left(self, reason: str) -> Fix:
        """What is said where it is not made after all."""
        return self.fix._replace(what=f"{self.name!r} is left: {reason}")


def respelt(text: str, *, format: Format, into: type[Theory]) -> Fixed:
    """A text without misspelt ids for which only one other comes into question; the others are left, with the reason."""
    problems = _problems(text, format, into)
    wrong = [problem for problem in problems if problem.code == MISSPELT][:MOST]
    if not wrong:
        return Fixed(text)
    plain = TextEdits(text).text
    try:
        raw, root = walked(plain, format)
    except TheoryError:
        return Fixed(text)
    found: list[_Respelling] = []
    left: list[Fix] = []
    for problem in wrong:
        result = _respelling(problem, plain, raw, root or Spot(), format)
        found.append(result) if isinstance(result, _Respelling) else left.append(result)
    made, unproved = _proved(found, text, problems, format, into)
    left += unproved
    return Fixed(_spelt(text, made), tuple(one.fix for one in made), tuple(sorted(left, key=lambda fix: fix.line)))


def _respelling(problem: Problem, text: str, raw: Any, root: Spot, format: Format) -> _Respelling | Fix:
    """How to spell an id that nothing has, or why it is left."""
    name, start, end = _written_at(problem.path, raw, root, text)
    line = problem.line or 1
    if name is None:
        return Fix(MISSPELT, line, f"the id is left: {UNSAFE}")
    near = slips(name, _pool(raw, problem.path))
    if len(near) != 1:
        what = f"several ids are like it: {', '.join(near[:MOST_NAMED])}" if near else "no id is like it"
        return Fix(MISSPELT, line, f"{name!r} is left: {what}")
    (right,) = near
    styled = _in_the_same_quotes(text[start:end], name, right, format)
    if styled is None:
        return Fix(MISSPELT, line, f"{name!r} is left: {UNSAFE}")
    return _Respelling(problem, name, start, end, styled, Fix(MISSPELT, line, f"{name!r} is now {right!r}"))


def _written_at(path: Path, raw: Any, root: Spot, text: str) -> tuple[str | None, int, int]:
    """The id at the end of a path and where it stands: as a value, or as a key; a text may stand for what is under it."""
    spot = root
    for step in path:
        if isinstance(raw, str) and spot.style != "*":
            break
        part = spot.part(step)
        if part is None or part.style == "*":
            return None, 0, 0
        spot, raw = part, raw[step]
    else:
        if len(path) > 1 and path[-2] in KEYED and isinstance(path[-1], str):
            return path[-1].strip(), spot.key, spot.key_end
    if not isinstance(raw, str):
        return None, 0, 0
    return raw.strip(), spot.start, spot.start + len(text[spot.start : spot.end].rstrip())


def _in_the_same_quotes(was: str, name: str, right: str, format: Format) -> str | None:
    """The right id written as the wrong one was; None where that is not a plain or a quoted word in its line."""
    quote = was[:1]
    if quote in ("'", '"'):
        return f"{quote}{right}{quote}" if was == f"{quote}{name}{quote}" else None
    return scalar(right, in_flow=True) if was == name and format == "yaml" else None


def _pool(raw: Any, path: Path) -> list[str]:
    """The ids that may stand where a misspelt one does."""
    field = next((step for step in reversed(path) if isinstance(step, str) and step in FIELDS), "leads_to")
    if (others := choices_at(raw, path)) is not None:
        return others
    if field in ("target_group", "pillar"):
        return list(reference_pool(raw, field))
    ids = {kind: list(section) for kind, section in nodes_of(raw).items()}
    if "goal" in raw and not ids["goal"]:
        own = raw["goal"].get("id") if isinstance(raw["goal"], dict) else None
        ids["goal"] = [own if isinstance(own, str) else "goal"]
    return [id for kind in PLURALS for id in ids[kind] if field != "measures" or kind != "kpi"]


def _proved(
    found: list[_Respelling], text: str, problems: Sequence[Problem], format: Format, into: type[Theory]
) -> tuple[list[_Respelling], list[Fix]]:
    """Those that take exactly their own problems away, and the others with the reason.

    All are tried together, and halves where that does not hold, so that one that is wrong costs few readings.
    """
    before = Counter(map(_key, problems))
    kept, left = list[_Respelling](), list[Fix]()
    groups = [found] if found else []
    for _ in range(TRIES):
        if not groups:
            break
        group = groups.pop(0)
        tried = [*kept, *group]
        after = Counter(map(_key, _problems(_spelt(text, tried), format, into)))
        if after == before - Counter(_key(one.problem) for one in tried):
            kept = tried
        elif len(group) == 1:
            left.append(group[0].left(WORSE))
        else:
            groups[:0] = [group[: len(group) // 2], group[len(group) // 2 :]]
    left += [one.left(LATER) for group in groups for one in group]
    return sorted(kept, key=lambda one: one.start), left


def _spelt(text: str, respellings: Iterable[_Respelling]) -> str:
    edits = TextEdits(text)
    for one in respellings:
        edits.replace(one.start, one.end, one.text)
    return edits.result()


def _key(problem: Problem) -> tuple[str, Path, str]:
    return problem.code, problem.path, problem.message


def _problems(text: str, format: Format, into: type[Theory]) -> tuple[Problem, ...]:
    try:
        loads(text, format=format, into=into)
    except TheoryError as error:
        return error.problems
    return ()

"""Findings that the author has answered in the file, and silences that no longer silence anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from toc.checks.check_context import CheckContext
from toc.checks.finding import Finding
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule
from toc.model.values import Silence
from toc.problems import Path
from toc.spelling import hint, nearest

SILENCES: Path = ("settings", "checks", "silence")
_Place = tuple[str, str | None, str | None]  # the code, and the node or the partner that a silence names


# Its faults are found by `silenced`, which knows what the other rules have found.
UNUSED_SILENCE: Final = Rule("TOC169", "unused-silence", "hygiene", Grades(ADVICE, WARNING, WARNING), lambda _: ())


def silenced(
    context: CheckContext,
    found: Iterable[Finding],
    followed: Collection[str],
    known: Mapping[str, Rule],
) -> tuple[list[Finding], list[Fault]]:
    """The findings that no silence answers, and the silences that answer none.

    A silence for a node answers the findings whose main node it is, one for a partner those that stand at it; one without
    either answers all of its code.
    A silence of a known rule that was not followed this time is not called unused, and neither is one that answers
    what only the profile "funder" finds: it would be missed as soon as somebody asks for more.
    """
    entries = context.theory.settings.checks.silence
    if not entries:
        return list(found), []
    by_place: dict[_Place, list[int]] = {}
    for index, entry in enumerate(entries):
        by_place.setdefault((entry.code, entry.node, entry.partner), []).append(index)
    kept, used = [], set[_Place]()
    for finding in found:
        answers = [place for place in _places(finding.code, finding.nodes, finding.path) if place in by_place]
        used.update(answers)
        if not answers:
            kept.append(finding)
    left = [place for place in by_place if place not in used and (place[0] in followed or place[0] not in known)]
    unused = set(left) - _used_for_a_funder(context, {code for code, _, _ in left if code in known}, known)
    indices = sorted(index for place in unused for index in by_place[place])
    return kept, [_unused(index, entries[index], known) for index in indices]


def _places(code: str, nodes: Sequence[str], path: Path) -> list[_Place]:
    """What a silence may name so that it answers a finding at these nodes, or at a partner."""
    partners = path[1:2] if path[:1] == ("partners",) else ()
    return [
        (code, None, None),
        *((code, id, None) for id in nodes[:1]),
        *((code, None, str(partner)) for partner in partners),
    ]


def _used_for_a_funder(context: CheckContext, codes: Iterable[str], known: Mapping[str, Rule]) -> set[_Place]:
    """Where silences of these rules would answer something in the profile that asks for most."""
    if context.profile == "funder":
        return set()
    stricter = replace(context, profile="funder")
    faults = ((code, fault) for code in codes for fault in known[code].check(stricter))
    return {place for code, fault in faults for place in _places(code, fault.nodes, fault.path)}


def _unused(index: int, entry: Silence, known: Collection[str]) -> Fault:
    where = "".join(f" for {id}" for id in (entry.node, entry.partner) if id)
    if entry.code in known:
        message = f"the silence of {entry.code}{where} silences nothing"
        fix = "delete it: `toc check --fix` does"
    else:
        message = f"the silence of {entry.code}{where} silences nothing: there is no rule {entry.code}"
        fix = f"put the code right, or delete it{hint(nearest(entry.code, known))}"
    return Fault((entry.node,) if entry.node else (), (*SILENCES, index), message, fix)

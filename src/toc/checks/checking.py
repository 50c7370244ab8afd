"""All rules over a theory: chosen by profile and by code, graded, and silenced where the author says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Final, TypeVar, cast, get_args

from toc.checks.catalogue import all_rules, rules_meant
from toc.checks.check_context import CheckContext
from toc.checks.finding import Finding
from toc.checks.rules import Fault, Rule
from toc.checks.silences import UNUSED_SILENCE, silenced
from toc.errors import OptionError, as_given, day_of, one_of
from toc.model import Theory
from toc.model.types import Profile

DEFAULT_PROFILE: Final[Profile] = "plan"
F = TypeVar("F", bound=Finding)


def findings_of(
    theory: Theory,
    *,
    today: date,
    profile: Profile | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
) -> tuple[Finding, ...]:
    """What the rules find in a theory, in the order of the catalogue and, within a rule, of the author.

    Args:
        theory: a valid theory.
        today: the day from which dates are judged; of a moment its day.
        profile: "sketch", "plan" or "funder"; without one the theory's own, else "plan".
        select: the only rules to follow, by code or name, or by the beginning of a code ("TOC12"), in capitals or
            small letters; empty for all.
        ignore: rules to leave out, likewise.

    Raises:
        OptionError: there is no such profile or rule, or `today` is no date.

    >>> import toc
    >>> findings = findings_of(toc.example("small-charity"), today=date(2026, 9, 1))
    >>> {str(finding.severity) for finding in findings} <= {"advice"}
    True

    """
    wanted = _profile(theory, profile)
    rules = _chosen(wanted, select, ignore)
    context = CheckContext(theory, day_of(today), wanted)
    found = [finding for rule in rules for finding in _graded(rule, rule.check(context), wanted)]
    kept, unused = silenced(context, found, {rule.code for rule in rules}, {rule.code: rule for rule in all_rules()})
    if UNUSED_SILENCE in rules:
        kept += _graded(UNUSED_SILENCE, unused, wanted)
        places = {rule.code: place for place, rule in enumerate(rules)}
        kept.sort(key=lambda finding: places[finding.code])
    return tuple(kept)


def _profile(theory: Theory, profile: Profile | None) -> Profile:
    """The profile that is asked for, else the file's, else the usual one."""
    wanted = profile if profile is not None else theory.settings.checks.profile or DEFAULT_PROFILE
    return cast("Profile", one_of("profile", wanted, get_args(Profile)))


def _chosen(profile: Profile, select: Iterable[str], ignore: Iterable[str]) -> list[Rule]:
    """The rules of a profile that are selected and not ignored."""
    wanted, unwanted = _meant(select), _meant(ignore)
    return [
        rule
        for rule in all_rules()
        if rule.grades.of(profile) is not None and (not wanted or rule.code in wanted) and rule.code not in unwanted
    ]


def _meant(words: Iterable[str]) -> set[str]:
    """The codes that codes, names or beginnings of codes stand for."""
    if isinstance(words, str):
        words = (words,)
    if not isinstance(words, Iterable):
        raise OptionError(f"rules are named in a list, such as ['TOC121'], not by {as_given(words)}")
    return {rule.code for word in words for rule in _meant_by(word)}


def _meant_by(word: str) -> list[Rule]:
    if not isinstance(word, str):
        raise OptionError(f"a rule is named by its code or its name, such as 'TOC121', not by {as_given(word)}")
    return rules_meant(word)


def _graded(rule: Rule, faults: Iterable[Fault], profile: Profile) -> Iterator[Finding]:
    severity = rule.grades.of(profile)
    if severity is None:
        return
    for nodes, path, message, fix, links in faults:
        yield Finding(rule.code, rule.name, severity, nodes, links, path, message, fix)

"""The probes that look at what a theory is for, and at what is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from toc.language.dates import day
from toc.language.numbers import counted_in_words
from toc.language.text import listed, quoted
from toc.partnership.mutuality import mutuality
from toc.partnership.prefill import LONGEST, MOST, FactFound, Look, Probe, counting
from toc.partnership.timing import dated, years_told


def _need(look: Look, probe: str) -> Iterator[FactFound]:
    context = look.theory.context
    if context.problem:
        yield FactFound(probe, "the problem", is_thing=True)
    groups = {id: one.title for id, one in context.target_groups.items() if one.disadvantaged}
    if groups:
        who = listed([*map(quoted, groups.values())], most=MOST)
        yield FactFound(probe, f"{who}, marked as disadvantaged", tuple(groups), is_thing=True)


def _groups(look: Look, probe: str) -> Iterator[FactFound]:
    groups = look.theory.context.target_groups
    if groups:
        titles = listed([quoted(one.title) for one in groups.values()], most=MOST)
        what = counted_in_words(len(groups), "target group", "target groups")
        yield FactFound(probe, f"{what}: {titles}", tuple(groups))


def _goal(look: Look, probe: str) -> Iterator[FactFound]:
    ids, say = tuple(look.theory.goals), look.say
    text = f"the {say.one('goal')}" if len(ids) == 1 else counted_in_words(len(ids), say.one("goal"), say.many("goal"))
    yield FactFound(probe, text, ids, is_thing=True)


def _pillars(look: Look, probe: str) -> Iterator[FactFound]:
    ids, say = tuple(look.theory.pillars), look.say
    if ids:
        text = counted_in_words(len(ids), say.one("pillar"), say.many("pillar"))
        yield FactFound(probe, text, ids, is_thing=True)


def _agreed(look: Look, probe: str) -> Iterator[FactFound]:
    signed = look.theory.partnership.agreed_by
    if not signed:
        nobody = "nobody has signed up to"
        yield FactFound(probe, f"{nobody} this theory yet", after=f"{nobody} them yet")
        return
    who = listed([f"{look.partner(id)}{f' on {day(when)}' if when else ''}" for id, when in signed.items()], most=MOST)
    verb = "has" if len(signed) == 1 else "have"
    yield FactFound(probe, f"{who} {verb} signed up to it", tuple(signed))


# What is done, and with what


def _together(look: Look, probe: str) -> Iterator[FactFound]:
    for id, one in look.theory.activities.items():
        if one.only_together:
            yield FactFound(probe, f"of {look.say.title(id)}: {quoted(one.only_together, LONGEST)}", (id,))


def _reciprocates(look: Look, probe: str) -> Iterator[FactFound]:
    for id, one in look.theory.activities.items():
        if one.reciprocates:
            yield FactFound(
                probe, f"{look.say.title(id)} answers {look.named(one.reciprocates)}", (id, *one.reciprocates)
            )


def _years(look: Look, probe: str) -> Iterator[FactFound]:
    runs = dated(look.theory, look.day)
    if runs:
        yield FactFound(probe, years_told(look.say, runs), tuple(id for id, is_long in runs.items() if is_long))


def _mutuality(look: Look, probe: str) -> Iterator[FactFound]:
    found = mutuality(look.theory)
    if both := found.sweet_spot:
        yield FactFound(probe, f"rated high on both sides: {look.named(both)}", both)
    one_sided = tuple(one.activity for one in found.activities if one.one_sided)
    left = [one.activity for one in found.activities if one.open]
    if one_sided:
        rest = f"nothing that is named comes back for {look.named(left)}" if left else "something comes back for each"
        yield FactFound(probe, f"rated as helping one side only: {look.named(one_sided)}; {rest}", one_sided)


def _listed(one: str, many: str, of: Callable[[Look], tuple[str, ...]]) -> Probe:
    """A probe that counts some texts and repeats the first."""

    def probed(look: Look, probe: str) -> Iterator[FactFound]:
        if texts := of(look):
            told = listed([quoted(text, LONGEST) for text in texts], most=MOST)
            yield FactFound(probe, f"{counted_in_words(len(texts), one, many)}: {told}")

    return probed


THEORY_PROBES: Final[Mapping[str, Probe]] = MappingProxyType(
    {
        "need": _need,
        "groups": _groups,
        "goal": _goal,
        "pillars": _pillars,
        "activities": counting(
            "activity", "is said to run", "are said to run", lambda one: one.stage == "running", is_always_told=True
        ),
        "together": _together,
        "external": _listed("external factor", "external factors", lambda look: look.theory.context.external_factors),
        "unintended": _listed("unintended effect", "unintended effects", lambda look: look.theory.context.unintended),
        "mutuality": _mutuality,
        "reciprocates": _reciprocates,
        "leads": counting("activity", "says who leads", "say who leads", lambda one: one.lead),
        "reach": counting("activity", "says who takes part", "say who takes part", lambda one: one.reach),
        "places": counting("activity", "says who gets a place", "say who gets a place", lambda one: one.places),
        "years": _years,
        "pilots": counting("activity", "is a pilot", "are pilots", lambda one: one.stage == "pilot"),
        "ends": counting("activity", "has an end", "have an end", lambda one: one.ends),
        "agreed": _agreed,
    }
)

"""Whether it is mutual: what is given comes back somewhere, and what is said of the partnership fits what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toc.checks.check_context import CheckContext
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule, rule
from toc.language.text import listed, with_article
from toc.model.partners import Partner
from toc.partnership.exchanges import gains, gifts
from toc.partnership.footing import stated
from toc.partnership.mutuality_opening import little_for, one_way_told, side_called
from toc.partnership.profile import partnership_profile
from toc.partnership.profile_page import type_named, types_numbered
from toc.partnership.reciprocity import SIDES

DEEP: Final = 3  # from this type on the guide expects high trust and even power
NEEDED: Final = {"trust": "high", "power": "even"}


@rule("TOC201", "one-sided-partnership", "partnership", Grades(None, ADVICE, WARNING))
def one_sided_partnership(context: CheckContext) -> Iterable[Fault]:
    found = context.mutuality
    if found.whole == "one-sided":
        rated = tuple(one.activity for one in found.activities if one.is_rated)
        many = f"{'both' if len(rated) == 2 else f'all {len(rated)}'} {context.word('activity', plural=True)}"
        message = f"in {many} that are rated, little comes back to {little_for(found)}"
        fix = (
            f"name what comes back, in another {context.word('activity')} with `reciprocates:`; or ask the partners and "
            "rate again"
        )
        yield Fault(rated, ("activities",), message, fix)


@rule("TOC202", "unanswered-activity", "partnership", Grades(None, ADVICE, WARNING))
def unanswered_activity(context: CheckContext) -> Iterable[Fault]:
    found = context.mutuality
    for one in found.activities if found.whole == "open" else ():
        if one.open:
            low, high = SIDES if one.internal == "low" else SIDES[::-1]
            message = (
                f"{context.called(one.activity)} is rated high for {side_called(context.theory, high)} and low for "
                f"{side_called(context.theory, low)}, and nothing that is named comes back"
            )
            fix = (
                f"write `reciprocates: {one.activity}` under what comes back for it, or ask the partners what would, and "
                "plan that"
            )
            yield Fault((one.activity,), context.path(one.activity, "impact"), message, fix)


@rule("TOC203", "reciprocity-one-way", "partnership", Grades(ADVICE, WARNING, WARNING))
def reciprocity_one_way(context: CheckContext) -> Iterable[Fault]:
    rows, told = context.mutuality.activities, set[frozenset[str]]()
    for id, activity in context.theory.activities.items():
        for other in activity.reciprocates:
            pair = rows[id], rows[other]
            low = [side for side in SIDES if all(getattr(one, side) == "low" for one in pair)]
            if not low or not all(one.is_rated for one in pair) or frozenset((id, other)) in told:
                continue
            told.add(frozenset((id, other)))
            message = (
                f"{context.called(id)} is to give back for {context.called(other)}, yet both are rated low for "
                f"{listed([side_called(context.theory, side) for side in low])}"
            )
            fix = f"name under `reciprocates:` what does come back for `{other}`, or ask the partners and rate again"
            yield Fault((id, other), context.path(id, "reciprocates", other), message, fix)


@rule("TOC204", "one-way-partner", "partnership", Grades(None, ADVICE, WARNING))
def one_way_partner(context: CheckContext) -> Iterable[Fault]:
    given, gained = gifts(context.theory), gains(context.theory)
    for id, partner in context.theory.partners.items():
        if bool(given[id]) != bool(gained[id]):
            yield _one_way(id, partner, context, gives=bool(given[id]))


@rule("TOC205", "facts-unlike-type", "partnership", Grades(ADVICE, ADVICE, ADVICE))
def facts_unlike_type(context: CheckContext) -> Iterable[Fault]:
    if context.theory.partnership.type is None:
        return
    profile = partnership_profile(context.theory)
    declared = profile.declared
    unlike = [fact for one in profile.dimensions for fact in one.telling if declared not in fact.types]
    if unlike and declared:
        first, *more = [f"{fact}|{types_numbered(fact.types)}" for fact in unlike]
        told = listed([first.replace("|", " fits "), *(one.replace("|", " ") for one in more)])
        message = f"declared as {type_named(declared)}, but {told}"
        fix = "ask the partners which of them is so, and change that fact or `type:`; mixed ones are normal, and no type is better"
        yield Fault((), ("partnership", "type"), message, fix)


@rule("TOC206", "trust-below-type", "partnership", Grades(ADVICE, ADVICE, ADVICE))
def trust_below_type(context: CheckContext) -> Iterable[Fault]:
    said = stated(context.theory)
    low = [said[key] for key, needed in NEEDED.items() if key in said and said[key].value != needed]
    if not low:
        return
    profile = partnership_profile(context.theory)
    types = (profile.declared,) if profile.declared else profile.types
    if types and min(types) >= DEEP:
        told = "is declared as" if profile.declared else "mostly fits"
        message = (
            f"it {told} {listed([type_named(one) for one in types], 'or')}, for which the guide expects high trust and even power, "
            f"and says {listed([*map(str, low)])}"
        )
        fix = "ask every partner what would build trust or share decisions, or whether something simpler suits all for now"
        yield Fault((), ("partnership", low[0].name), message, fix)


def _one_way(id: str, partner: Partner, context: CheckContext, *, gives: bool) -> Fault:
    """A partner that only gives, or only gains, as far as is named."""
    key, lacks = ("receives", "gains") if gives else ("brings", "gives")
    hope = "they hope" if partner.organisations > 1 else "it hopes"
    hint = f"ask what {hope} for" if gives else "knowledge and time count too"
    activity = with_article(context.word("activity"))
    fix = f"write `{key}:` under `{id}`, or `{lacks}:` for it in the `exchange:` of {activity}; {hint}"
    return Fault((), ("partners", id), one_way_told(partner, gives=gives), fix)


RULES: Final[tuple[Rule, ...]] = (
    one_sided_partnership,
    unanswered_activity,
    reciprocity_one_way,
    one_way_partner,
    facts_unlike_type,
    trust_below_type,
)

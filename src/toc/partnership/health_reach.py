"""The lines of the health view on impact, and on those in greatest need."""

from __future__ import annotations

from typing import Final

from toc.guidance.advising import all_settled, settled_verdicts
from toc.guidance.scales import Approach, Fit
from toc.language.dates import day
from toc.language.numbers import percent
from toc.language.text import listed, quoted
from toc.partnership.health_facts import HealthFact, Judgement, Seen, judged
from toc.partnership.ladder import evidence_ladder
from toc.partnership.need import in_need, meant, shortfalls, uncounted
from toc.partnership.timing import first_measured, is_late

MOST: Final = 5  # that are named in one sentence
UNFIT: Final = {
    Fit.BELOW: "is not measured as deep as advised",
    Fit.ABOVE: "is measured by more than it can answer for",
    Fit.DESIGN: "is measured deep enough, and otherwise than advised",
}
ANEW: Final = "is to be designed anew before it is measured"


def fit(seen: Seen) -> Judgement:
    """Whether all rated activities are measured as guidance advises."""
    theory = seen.theory
    rated = all_settled(theory)
    fits = settled_verdicts(theory, rated)
    unfit = {id: _unfit(one, redesign=rated[id].cell.approach is Approach.REDESIGN) for id, one in fits.items()}
    bad = [seen.of_activity(id, "certainty", text) for id, text in unfit.items() if text]
    good = f"{seen.say.count(len(fits), 'activity')} rated: what is measured fits all that is rated"
    known = fits and all(one is Fit.FITS for one in fits.values())
    return judged(bad, [HealthFact(good, "activities")] if known else ())


def _unfit(found: Fit | None, *, redesign: bool) -> str:
    return UNFIT.get(found, "") if found else ANEW if redesign else ""


def planned(seen: Seen) -> Judgement:
    """Whether each activity that has started was to be judged by something that was agreed or measured in time."""
    started, kpi = [*first_measured(seen.theory, seen.today)], seen.say.one("kpi")
    late = [
        seen.of_activity(
            one.id,
            "starts",
            f"started on {day(one.starts)}, and no {kpi} that tells of it has a baseline, or says that it was agreed, before {day(first)}",
        )
        for one, first in started
        if first and one.starts and is_late(one, first)
    ]
    known = started and all(first for _, first in started)
    text = f"{seen.say.count(len(started), 'activity')} started, and a {kpi} that tells of each has a baseline, or was agreed, by then"
    return judged(late, [HealthFact(text, "activities")] if known else ())


def evidence(seen: Seen) -> Judgement:
    """Whether no activity stands on a lower rung of evidence than is asked."""
    asked = [one for one in evidence_ladder(seen.theory) if one.asked]
    below = [
        seen.of_activity(one.activity, "certainty", f"stands on “{one.today}”, and “{one.asked}” is asked")
        for one in asked
        if one.is_below
    ]
    text = f"{seen.say.count(len(asked), 'activity')} of which evidence is asked: none stands lower"
    return judged(below, [HealthFact(text, "activities")] if asked else ())


def who_measures(seen: Seen) -> Judgement:
    """Whether the partners that collect figures are of two sectors or more."""
    partners = seen.theory.partners
    named_there = dict.fromkeys(id for kpi in seen.theory.kpis.values() for id in kpi.collected_by)
    collecting = [id for id in named_there if partners[id].sector]
    sectors = [*dict.fromkeys(str(partners[id].sector) for id in collecting)]
    if not sectors:
        return judged()
    named = listed([quoted(partners[id].title) for id in collecting], most=MOST)
    told = [
        HealthFact(
            f"figures are collected by {named}, of the {'sectors' if sectors[1:] else 'sector'} {listed(sectors)}",
            "kpis",
        )
    ]
    return judged(told) if len(sectors) == 1 else judged(good=told)


def named(seen: Seen) -> Judgement:
    """Whether a target group is marked as disadvantaged."""
    groups = seen.theory.context.target_groups
    marked = [
        HealthFact(f"{_groups(seen, [id])} is marked as disadvantaged", f"context.target_groups.{id}")
        for id in groups
        if id in in_need(seen.theory)
    ]
    none = HealthFact("target groups are named, and none is marked as disadvantaged", "context.target_groups")
    return judged((), marked) if marked else judged([none] if groups else ())


def meant_for(seen: Seen) -> Judgement:
    """Whether activities aim at a group in need."""
    activities = seen.theory.activities
    if not in_need(seen.theory) or not activities:
        return judged()
    told = seen.say.count(len(meant(seen.theory)), "activity")
    of = (
        f"{told} of {len(activities):,}"
        if meant(seen.theory)
        else f"none of {seen.say.count(len(activities), 'activity')}"
    )
    verb = "are" if len(meant(seen.theory)) > 1 else "is"
    groups = [id for id in seen.theory.context.target_groups if id in in_need(seen.theory)]
    fact = [HealthFact(f"{of} {verb} meant for {_groups(seen, groups)}", "activities")]
    return judged(good=fact) if meant(seen.theory) else judged(fact)


def counted_in(seen: Seen) -> Judgement:
    """Whether a figure tells of those in need wherever they are meant."""
    left = [
        seen.of_activity(id, "reach", f"is meant for {_groups(seen, groups)}, and no figure tells of them apart")
        for id, groups in uncounted(seen.theory).items()
    ]
    aimed = meant(seen.theory)
    in_each = " in each" if len(aimed) > 1 else ""
    told = f"{seen.say.count(len(aimed), 'activity')} meant for the disadvantaged: a figure tells of them{in_each}"
    return judged(left, [HealthFact(told, "activities")] if aimed else ())


def schools_chosen(seen: Seen) -> Judgement:
    """How great the need is at the partners that say so; home left out."""
    home = seen.theory.partnership.home
    return judged(
        good=(
            HealthFact(
                f"at {quoted(one.title)} {percent(one.disadvantage.share)} are disadvantaged{_measure(one.disadvantage.measure)}",
                f"partners.{id}.disadvantage",
            )
            for id, one in seen.theory.partners.items()
            if one.disadvantage and id != home
        )
    )


def _measure(measure: str | None) -> str:
    return f" ({' '.join(measure.split())})" if measure else ""


def greatest_need(seen: Seen) -> Judgement:
    """Whether each activity for those in need says who gets a place, and none of them reaches too few."""
    fewer = [
        seen.of_activity(
            one.activity, "reach", f"reaches a smaller share of {_groups(seen, one.groups)} than there are disadvantaged at "
            f"the partners that say theirs ({percent(one.least)} or more)"
        )
        for one in shortfalls(seen.theory)
    ]  # fmt: skip
    said = {id: seen.theory.activities[id].places for id in meant(seen.theory)}
    places = [
        seen.of_activity(id, "places", f"gives places so: {' '.join(text.split())}")
        for id, text in said.items()
        if text
    ]
    return judged(fewer, places if len(places) == len(said) else ())


def _groups(seen: Seen, ids: list[str] | tuple[str, ...]) -> str:
    return listed([quoted(seen.theory.context.target_groups[id].title) for id in ids], most=MOST)

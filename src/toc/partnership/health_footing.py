"""The lines of the health view on mutuality and on what lasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from toc.analysis.exposure.dominators import supports
from toc.analysis.exposure.holders import holders, named_on
from toc.guidance.advising import Known
from toc.language.dates import day
from toc.language.numbers import counted
from toc.language.text import listed, quoted
from toc.partnership.footing import STEERED, stated
from toc.partnership.health_facts import HealthFact, Judgement, Seen, judged
from toc.partnership.mutuality import mutuality
from toc.partnership.mutuality_opening import little_for, one_way_told, titles_of
from toc.partnership.profile_page import fact_told
from toc.partnership.timing import MOST, dated, ending_money, funders, years_told

MANY: Final = 3  # activities that one role should not carry alone
VOICES: Final = {"power": {"even"}, "design": {"co-designed"}}
HELD: Final = {"governance": STEERED, "agreement": {"written", "mou", "legal"}}
COORDINATED: Final = {"coordinator": {"joint", "team"}}


def sweet_spot(seen: Seen) -> Judgement:
    """Whether any activity is high on both sides."""
    found = mutuality(seen.theory)
    high = [seen.of_activity(id, "impact", "is rated high on both sides") for id in found.sweet_spot]
    rated = _rated(seen)
    none = [HealthFact(f"{rated}; high on both: none", "activities")] if rated and not high else ()
    return judged(none, high)


def reciprocity(seen: Seen) -> Judgement:
    """Whether anything that helps one side only is left unanswered."""
    found, rated = mutuality(seen.theory), _rated(seen)
    if found.whole == "one-sided":
        return judged([HealthFact(f"{rated}: in all of them little comes back to {little_for(found)}", "activities")])
    left = [
        seen.of_activity(one.activity, "impact", "helps one side only, and nothing that is named comes back")
        for one in found.activities
        if one.open
    ]
    answered = [HealthFact(f"{rated}: nothing is left unanswered", "activities")] if found.whole else ()
    return judged(left, answered)


def _rated(seen: Seen) -> str:
    """How many activities are rated on both sides; nothing where none is."""
    both = sum(one.is_rated for one in mutuality(seen.theory).activities)
    verb = "is" if both == 1 else "are"
    return f"{seen.say.count(both, 'activity')} {verb} rated on both sides" if both else ""


def gives_and_gains(seen: Seen) -> Judgement:
    """Whether every partner of which anything is named both gives and gains."""
    partners = seen.theory.partners
    named = [row for row in mutuality(seen.theory).partners if row.gives or row.gains]
    one_way = [
        HealthFact(one_way_told(partners[row.partner], gives=bool(row.gives)), f"partners.{row.partner}")
        for row in named
        if not (row.gives and row.gains)
    ]
    all_of_them = counted(len(partners), "partner", "partners")
    some = all_of_them if len(named) == len(partners) else f"{len(named):,} of {all_of_them}"
    every = "each of them gives and gains" if len(named) > 1 else "it gives and gains"
    both = [HealthFact(f"something is named of {some}: {every}", "partners")]
    return judged(one_way, both if named else ())


def equal_voice(seen: Seen) -> Judgement:
    """Whether power is even, or what is done was designed together."""
    return judged(_stated(seen, VOICES, fits=False), _stated(seen, VOICES, fits=True))


def infrastructure(seen: Seen) -> Judgement:
    """Whether a steering group and an agreement, or somebody who coordinates for all, hold it together."""
    held = [*_stated(seen, HELD, fits=True)]
    if len(held) == len(HELD) or (held := [*_stated(seen, COORDINATED, fits=True)]):
        return judged(good=held)
    return judged(_stated(seen, {**HELD, **COORDINATED}, fits=False))


def _stated(seen: Seen, words: Mapping[str, AbstractSet[str]], *, fits: bool) -> Iterator[HealthFact]:
    """The facts under some keys whose words are among those wanted, or are not."""
    found = stated(seen.theory)
    for key, wanted in words.items():
        fact = found.get(key)
        if fact is not None and (fact.value in wanted) is fits:
            yield HealthFact(fact_told(fact), fact.place)


def people(seen: Seen) -> Judgement:
    """Whether no role alone carries three activities, or all that leads to a pillar."""
    theory, say = seen.theory, seen.say
    leads = {id: activity.lead for id, activity in theory.activities.items()}
    alone = []
    for one in holders(theory, supports(theory), leads):
        parts = [say.count(len(one.activities), "activity")] if len(one.activities) >= MANY else []
        if one.pillars:
            parts.append(f"everything that leads to {titles_of(say, one.pillars)}")
        if parts:
            text = f"{quoted(one.name)} leads {listed(parts)}, and nobody else is named there"
            alone.append(HealthFact(text, f"activities.{one.activities[0]}.lead"))
    named = named_on(leads)
    spread = f"who leads is said of {named:,} of {say.count(len(leads), 'activity')}: nobody leads {MANY} alone, or everything that leads to {say.a('pillar')}"
    return judged(alone, [HealthFact(spread, "activities")] if named else ())


def funding(seen: Seen) -> Judgement:
    """Whether there are two sources or more, and each lasts as long as what it pays for."""
    named, say = funders(seen.theory), seen.say
    short = [
        HealthFact(
            f"{quoted(one.source)} pays until {day(one.until)}, and goes no further with "
            f"{titles_of(say, one.activities)}",
            f"partnership.funding.sources.{one.source}.until",
        )
        for one in ending_money(seen.theory, seen.today)
    ]
    if not named:
        return judged()
    place = ".".join(map(str, next(iter(named.values()))))
    names = listed([*map(quoted, named)], most=MOST)
    if len(named) == 1:
        return judged([HealthFact(f"{names} is the only source that is named", place), *short])
    return judged(short, [HealthFact(f"{len(named)} sources are named: {names}", place)])


def years(seen: Seen) -> Judgement:
    """Whether half or more of the activities with dates run for more than twelve months."""
    runs = dated(seen.theory, seen.today)
    told = [HealthFact(years_told(seen.say, runs), "activities")] if runs else ()
    return judged(told) if 2 * sum(runs.values()) < len(runs) else judged(good=told)


def proof_of_concept(seen: Seen) -> Judgement:
    """Whether each pilot has an end and a KPI."""
    pilots = [id for id, activity in seen.theory.activities.items() if activity.stage == "pilot"]
    lacking = {id: [*_lacking(seen, id)] for id in pilots}
    return judged(
        _each(seen, ((id, f"is a pilot with {listed(parts)}") for id, parts in lacking.items() if parts)),
        _each(seen, ((id, "is a pilot with an end and something that is measured") for id in pilots)),
    )


def _lacking(seen: Seen, id: str) -> Iterator[str]:
    if seen.theory.activities[id].ends is None:
        yield "no end"
    if not Known.of(seen.theory).reaches.of(id).telling:
        yield f"no {seen.say.one('kpi')}"


def _each(seen: Seen, told: Iterable[tuple[str, str]]) -> Iterator[HealthFact]:
    return (seen.of_activity(id, "stage", text) for id, text in told)

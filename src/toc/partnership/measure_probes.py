"""The probes that look at what is measured, and at what is assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, get_args

from toc.guidance import Fit
from toc.guidance.advising import all_settled, settled_verdicts
from toc.language.numbers import counted
from toc.language.text import listed, quoted
from toc.model.types import AssumptionStatus, Depth
from toc.partnership.ladder import evidence_ladder
from toc.partnership.prefill import LONGEST, MOST, FactFound, Look, Probe, counting, tallied
from toc.partnership.rungs import RUNGS, is_read
from toc.partnership.timing import first_measured, is_late


def _outcomes(look: Look, probe: str) -> Iterator[FactFound]:
    found = look.theory.outcomes
    measured = {id for one in look.theory.kpis.values() for id in one.measures}
    ids = tuple(id for id in found if id in measured)
    if found:
        kpi = look.say.a("kpi")
        yield FactFound(probe, look.share(ids, "outcome", len(found), f"has {kpi}", f"have {kpi}"), ids)


def _kpis(look: Look, probe: str) -> Iterator[FactFound]:
    found = look.theory.kpis
    if found:
        levels = tallied((one.level for one in found.values()), "without a level", get_args(Depth))
        yield FactFound(probe, f"{look.say.count(len(found), 'kpi')}: {levels}", tuple(found))


def _voices(look: Look, probe: str) -> Iterator[FactFound]:
    groups = look.theory.context.target_groups
    for id, one in look.theory.kpis.items():
        if one.level == "feedback":
            whom = listed([quoted(groups[group].title) for group in one.target_group], most=MOST)
            yield FactFound(probe, f"{look.say.title(id)} asks {whom or 'for an opinion'}", (id,))


def _collectors(look: Look, probe: str) -> Iterator[FactFound]:
    for id, one in look.theory.kpis.items():
        if one.collected_by:
            who = listed([*map(look.partner, one.collected_by)], most=MOST)
            yield FactFound(probe, f"{look.say.title(id)} is collected by {who}", (id, *one.collected_by))


def _planned(look: Look, probe: str) -> Iterator[FactFound]:
    started = [*first_measured(look.theory, look.day)]
    early = tuple(one.id for one, first in started if first and not is_late(one, first))
    if started:
        what = look.say.count(len(started), "activity")
        told = (
            f"of {what} that started {len(early) or 'none'} had {look.say.a('kpi')} with a baseline, or agreed, by then"
        )
        yield FactFound(probe, told, early)


def _fit(look: Look, probe: str) -> Iterator[FactFound]:
    verdicts = settled_verdicts(look.theory, all_settled(look.theory))
    found = {id: fit for id, fit in verdicts.items() if fit is not None}
    ids = tuple(id for id, fit in found.items() if fit is Fit.FITS)
    if found:
        what = look.say.count(len(found), "activity")
        text = f"what is measured fits the advice for {len(ids):,} of {what} of which that can be said"
        yield FactFound(probe, text, ids)


def _rungs(look: Look, probe: str) -> Iterator[FactFound]:
    ladder = evidence_ladder(look.theory)
    if len(ladder):
        text = f"evidence on {look.say.many('activity')} today: {tallied((one.today for one in ladder), '', RUNGS)}"
        yield FactFound(probe, text, tuple(one.activity for one in ladder if one.today != "none"))


def _assumptions(look: Look, probe: str) -> Iterator[FactFound]:
    links = [link for link in look.theory.written_links if link.assumptions]
    if links:
        states = [one.status for link in links for one in link.assumptions]
        text = f"{counted(len(states), 'assumption', 'assumptions')}: {tallied(states, 'not said', get_args(AssumptionStatus))}"
        yield FactFound(probe, text, tuple(dict.fromkeys(link.source for link in links)))


def _tested(look: Look, probe: str) -> Iterator[FactFound]:
    for link in look.theory.written_links:
        for one in link.assumptions:
            if one.status in {"holding", "failing"}:
                yield FactFound(probe, f"{quoted(one.text, LONGEST)} is {one.status}", (link.source, link.target))


MEASURE_PROBES: Final[Mapping[str, Probe]] = MappingProxyType(
    {
        "outcomes": _outcomes,
        "kpis": _kpis,
        "targets": counting("kpi", "has a target", "have a target", lambda one: one.target, is_always_told=True),
        "readings": counting("kpi", "has been read", "have been read", is_read, is_always_told=True),
        "rungs": _rungs,
        "fit": _fit,
        "planned": _planned,
        "voices": _voices,
        "assumptions": _assumptions,
        "tested": _tested,
        "collectors": _collectors,
    }
)

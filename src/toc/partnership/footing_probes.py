"""The probes that look at partners and at the footing on which they work together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from toc.language.dates import day
from toc.language.text import bare, listed, quoted
from toc.model import Theory
from toc.model.partners import Gain
from toc.partnership.exchanges import Things, gains, gifts, marked, said
from toc.partnership.footing import declared_type, stated
from toc.partnership.prefill import LONGEST, MOST, FactFound, Look, Probe, because, tallied
from toc.partnership.profile_page import type_named
from toc.partnership.timing import funders

LEARNT: Final = frozenset(said(Gain(benefit=word)) for word in ("shared-learning", "teacher-capacity"))


def _partners(look: Look, probe: str) -> Iterator[FactFound]:
    found = look.theory.partners
    if found:
        sectors = tallied((one.sector for one in found.values()), "of a sector that is not said")
        word = "partner" if len(found) == 1 else "partners"
        yield FactFound(probe, f"{len(found):,} {word}: {sectors}", tuple(found))


def _contacts(look: Look, probe: str) -> Iterator[FactFound]:
    named = {id: one.contact for id, one in look.theory.partners.items() if one.contact}
    if named:
        who = listed([f"{bare(role)} ({look.partner(id)})" for id, role in named.items()], most=MOST)
        yield FactFound(probe, f"to be asked: {who}", tuple(named))


def _of_partners(verb: str, verbs: str, of: Callable[[Theory], Things]) -> Probe:
    """A probe that tells of each partner what it gives or gains, where something is named."""

    def probed(look: Look, probe: str) -> Iterator[FactFound]:
        for id, things in of(look.theory).items():
            if things:
                yield FactFound(probe, f"{look.who(id, verb, verbs)} {listed(marked(things), most=MOST)}", (id,))

    return probed


def _learning(look: Look, probe: str) -> Iterator[FactFound]:
    for id, things in gains(look.theory).items():
        if found := [thing for thing in things if thing in LEARNT]:
            yield FactFound(probe, f"{look.who(id, 'gains', 'gain')} {listed(found)}", (id,))


def _funding(look: Look, probe: str) -> Iterator[FactFound]:
    if names := funders(look.theory):
        yield FactFound(probe, f"paid for by {listed([*map(bare, names)], most=MOST)}")
    yield from _facts("funding level", "funding paid by")(look, probe)
    outside = look.theory.partnership.funding.outside
    if outside is not None:
        yield FactFound(probe, "money comes from outside" if outside else "no money comes from outside")


def _pooled(look: Look, probe: str) -> Iterator[FactFound]:
    pooled = look.theory.partnership.funding.pooled
    if pooled is not None:
        yield FactFound(probe, "money is pooled" if pooled else "money is not pooled")
    yield from _facts("resourcing")(look, probe)


def _facts(*names: str) -> Probe:
    """A probe that tells what is stated of the footing under some names, each word with its reason."""

    def probed(look: Look, probe: str) -> Iterator[FactFound]:
        for fact in stated(look.theory).values():
            if fact.name in names:
                yield FactFound(probe, f"{fact.name}: {fact.value}{because(fact.because)}")

    return probed


def _decisions(look: Look, probe: str) -> Iterator[FactFound]:
    if said := look.theory.partnership.decisions:
        yield FactFound(probe, f"decisions: {quoted(said, LONGEST)}")


def _type(look: Look, probe: str) -> Iterator[FactFound]:
    if declared := declared_type(look.theory):
        yield FactFound(probe, f"declared as {type_named(declared)}")


def _review_day(look: Look, probe: str) -> Iterator[FactFound]:
    if when := look.theory.review_on:
        yield FactFound(probe, f"the theory is looked at again on {day(when)}")
    if often := look.theory.partnership.review:
        yield FactFound(probe, f"the partnership is looked at again {often}")


def _reviews(look: Look, probe: str) -> Iterator[FactFound]:
    earlier = {id: one for id, one in look.theory.reviews.items() if one.date < look.day}
    if earlier:
        told = listed([f"{id} ({day(one.date)})" for id, one in earlier.items()], most=MOST)
        yield FactFound(probe, f"judged before: {told}")


FACT_PROBES: Final = (
    "agreement", "governance", "strategy", "heads", "coordinator", "trust", "power", "design", "leadership", "communication",
)  # fmt: skip
FOOTING_PROBES: Final[Mapping[str, Probe]] = MappingProxyType(
    {
        "partners": _partners,
        "contacts": _contacts,
        "brings": _of_partners("gives", "give", gifts),
        "receives": _of_partners("gains", "gain", gains),
        "learning": _learning,
        "funding": _funding,
        "pooled": _pooled,
        **{name: _facts(name) for name in FACT_PROBES},
        "decisions": _decisions,
        "type": _type,
        "review-day": _review_day,
        "reviews": _reviews,
    }
)

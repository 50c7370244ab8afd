"""The probes that look at partners and at the footing on which they work together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from toc.language.dates import day
from toc.language.text import bare, listed, quoted
from toc.model import Theory
from toc.model.partner_words import TYPES
from toc.model.partners import Fact, Gain
from toc.partnership.exchanges import Things, gains, gifts, marked, said
from toc.partnership.prefill import LONGEST, MOST, FactFound, Look, Probe, because, tallied

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
    funding = look.theory.partnership.funding
    names = dict.fromkeys(
        (*funding.sources, *(name for one in look.theory.activities.values() for name in one.funding))
    )
    if names:
        yield FactFound(probe, f"paid for by {listed([*map(bare, names)], most=MOST)}")
    words = [f"{key}: {word}" for key, word in (("level", funding.level), ("paid by", funding.paid_by)) if word]
    if funding.outside is not None:
        words.append("money from outside" if funding.outside else "no money from outside")
    if words:
        yield FactFound(probe, f"funding: {', '.join(words)}")


def _pooled(look: Look, probe: str) -> Iterator[FactFound]:
    pooled = look.theory.partnership.funding.pooled
    if pooled is not None:
        yield FactFound(probe, "money is pooled" if pooled else "money is not pooled")
    yield from _facts(look, probe, ("resourcing",))


def _facts(look: Look, probe: str, keys: Iterable[str]) -> Iterator[FactFound]:
    """What is said of the footing under some keys, each word with its reason."""
    for key in keys:
        fact: Fact | None = getattr(look.theory.partnership, key)
        if fact is not None:
            word = fact.value if isinstance(fact.value, str) else "yes" if fact.value else "no"
            yield FactFound(probe, f"{key}: {str(word).replace('-', ' ')}{because(fact.because)}")


def _fact(look: Look, probe: str) -> Iterator[FactFound]:
    """The fact whose key is called as the probe."""
    return _facts(look, probe, (probe,))


def _decisions(look: Look, probe: str) -> Iterator[FactFound]:
    if said := look.theory.partnership.decisions:
        yield FactFound(probe, f"decisions: {quoted(said, LONGEST)}")


def _type(look: Look, probe: str) -> Iterator[FactFound]:
    declared = look.theory.partnership.type
    if declared is not None:
        number = TYPES.index(declared) + 1 if isinstance(declared, str) else declared
        yield FactFound(probe, f"declared as type {number}, {TYPES[number - 1]}")


def _review_day(look: Look, probe: str) -> Iterator[FactFound]:
    if when := look.theory.review_on:
        yield FactFound(probe, f"the theory is looked at again on {day(when)}")
    if often := look.theory.partnership.review:
        yield FactFound(probe, f"the partnership is looked at again {often}")


def _reviews(look: Look, probe: str) -> Iterator[FactFound]:
    earlier = {id: one for id, one in look.theory.reviews.items() if one.date < look.before}
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
        **dict.fromkeys(FACT_PROBES, _fact),
        "decisions": _decisions,
        "type": _type,
        "review-day": _review_day,
        "reviews": _reviews,
    }
)

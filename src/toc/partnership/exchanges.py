"""What each partner brings and gives, receives and gains, over the whole file: in words, with the activities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Literal, get_args

from toc.language.text import one_line, quoted
from toc.model import Theory
from toc.model.frame_words import Aim, Benefit, Resource
from toc.model.kept import kept
from toc.model.mappings import FrozenDict
from toc.model.nodes import Activity
from toc.model.partners import Exchange, Gain, Gift, Partner
from toc.partnership.word_tables import entries

Things = Mapping[
    str, Mapping[str, tuple[str, ...]]
]  # by partner, then by what is named, the activities that it is about
Part = Literal["gives", "gains", "both", "takes part", ""]


def said(thing: Gift | Gain) -> str:
    """What is given or gained, in the words of its table, or in the author's own.

    >>> said(Gift(resource="send-inclusion")), said(Gain(benefit="shared-learning")), said(Gain(text="Planetarium"))
    ('special needs and inclusion', 'shared learning', 'Planetarium')
    """
    if thing.text is not None:
        return one_line(thing.text)
    word = str(thing.resource if isinstance(thing, Gift) else thing.benefit)
    named = entries("resources" if isinstance(thing, Gift) else "benefits").get(word)
    if named is None or not named.name:
        return word.replace("-", " ")
    return named.name if isinstance(thing, Gift) else named.name.lower()


def marked(things: Iterable[str]) -> list[str]:
    """Things as they stand in a sentence: words of the tables as they are, an author's own in quotation marks.

    >>> marked(["special needs and inclusion", "Tea, and time"])
    ['special needs and inclusion', '“Tea, and time”']
    """
    known = _of_tables()
    return [one if one in known else quoted(one) for one in things]


@cache
def _of_tables() -> frozenset[str]:
    gains = (Gain(benefit=id) for id in (*get_args(Benefit), *get_args(Aim)))
    return frozenset((*(said(Gift(resource=id)) for id in get_args(Resource)), *map(said, gains)))


def partners_in_order(theory: Theory) -> tuple[str, ...]:
    """The partners in the author's order, home first."""
    home = theory.partnership.home
    return tuple(sorted(theory.partners, key=lambda id: id != home))


def taking_part(activity: Activity) -> tuple[str, ...]:
    """The partners of an activity, and those that give to it or gain from it."""
    return tuple(dict.fromkeys((*activity.partners, *activity.exchange)))


def gifts(theory: Theory) -> Things:
    """What each partner brings or gives; without an activity where only `brings` says so."""
    return kept(theory, _gifts)


def gains(theory: Theory) -> Things:
    """What each partner receives or gains; without an activity where only `receives` says so."""
    return kept(theory, _gains)


def part(activity: Activity, partner: str) -> Part:
    """What a partner does in an activity."""
    dealt = activity.exchange.get(partner)
    if dealt is None or not (dealt.gives or dealt.gains):
        return "takes part" if dealt is not None or partner in activity.partners else ""
    return "both" if dealt.gives and dealt.gains else "gives" if dealt.gives else "gains"


def _gifts(theory: Theory) -> Things:
    return _named(theory, lambda partner: partner.brings, lambda exchange: exchange.gives)


def _gains(theory: Theory) -> Things:
    return _named(theory, lambda partner: partner.receives, lambda exchange: exchange.gains)


def _named(
    theory: Theory,
    standing: Callable[[Partner], Iterable[Gift | Gain]],
    dealt: Callable[[Exchange], Iterable[Gift | Gain]],
) -> Things:
    found: dict[str, dict[str, list[str]]] = {
        id: {said(one): [] for one in standing(partner)} for id, partner in theory.partners.items()
    }
    for id, activity in theory.activities.items():
        for partner, exchange in activity.exchange.items():
            for one in dealt(exchange):
                found[partner].setdefault(said(one), []).append(id)
    return FrozenDict({id: FrozenDict({word: tuple(ids) for word, ids in one.items()}) for id, one in found.items()})

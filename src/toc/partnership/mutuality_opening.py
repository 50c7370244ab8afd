"""What the ratings come to, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from toc.language.numbers import counted_in_words
from toc.language.text import capital, listed, quoted
from toc.language.vocabulary import Wording, wording
from toc.model.partners import Partner
from toc.partnership.reciprocity import ActivityMutuality, Side, low_sides

if TYPE_CHECKING:
    from toc.model import Theory
    from toc.partnership.mutuality import Mutuality

MOST: Final = 5
FEW: Final = 2
LONGEST: Final = 80  # characters of a title


def mutuality_opening(found: Mutuality) -> Iterator[str]:
    """What the ratings come to, in sentences."""
    say, both = wording(found.theory), [one for one in found.activities if one.is_rated]
    total = say.count(len(found.activities), "activity")
    if not found.activities:
        yield f"No {say.one('activity')} yet."
        return
    if not both:
        none = f"None of {total} is" if len(found.activities) > 1 else f"{total} is not"
        yield f"{none} rated on both sides, so nothing is judged."
        yield from _told_by(found)
        return
    yield f"{len(both):,} of {total} {'is' if len(both) == 1 else 'are'} rated on both sides."
    sweet = [*found.sweet_spot]
    if sweet:
        yield f"{_number(len(sweet), 'is', 'are')} high on both: {titles_of(say, sweet)}."
    else:
        yield "None is high on both."
    yield from _one_sided(say, [one for one in both if one.one_sided])
    yield from _closing(found, len(both))
    yield from _told_by(found)


def _one_sided(say: Wording, rows: Sequence[ActivityMutuality]) -> Iterator[str]:
    """What helps one side only: answered, balanced elsewhere, or neither."""
    answered = [one for one in rows if one.answered_by]
    elsewhere = [one for one in rows if one.elsewhere]
    left = [one.activity for one in rows if one.open]
    if len(answered) == 2 and all(one.answered_by == (other.activity,) for one, other in (answered, answered[::-1])):
        yield f"Two help one side only, and answer each other: {titles_of(say, [one.activity for one in answered])}."
    elif answered:
        told = _with_what(say, {one.activity: one.answered_by for one in answered})
        yield f"{_help(len(answered))}, and {_is(answered)} answered: {told}."
    if elsewhere:
        told = _with_what(say, {one.activity: one.elsewhere for one in elsewhere})
        yield f"{_help(len(elsewhere))}, and {_is(elsewhere)} balanced elsewhere, with one of the same partners: {told}."
    if left:
        yield f"{_help(len(left))}, and nothing that is named comes back: {titles_of(say, left)}."


def _with_what(say: Wording, pairs: Mapping[str, Sequence[str]]) -> str:
    """Some activities, each with what answers or balances it as long as they are few: the table below has all."""
    if len(pairs) > FEW:
        return titles_of(say, [*pairs])
    return listed([f"{say.title(id)} by {titles_of(say, others, FEW)}" for id, others in pairs.items()])


def _closing(found: Mutuality, both: int) -> Iterator[str]:
    """What is left of the whole, and what is not judged."""
    others = len(found.activities) - both
    are = f"{found_count(found, others)} {'is' if others == 1 else 'are'} not rated on both sides and {'is' if others == 1 else 'are'} not judged"
    if found.whole == "one-sided":
        yield f"In all that is rated, little comes back to {little_for(found)}."
    elif found.whole == "reciprocal":
        yield f"Of what is rated, nothing is left unanswered{f'; {are}' if others else ''}."
        return
    if others:
        yield f"{are}."


def found_count(found: Mutuality, number: int) -> str:
    """A number of activities, in the organisation's own word."""
    return wording(found.theory).count(number, "activity")


def little_for(found: Mutuality) -> str:
    """Whom everything that is rated leaves with little, in a sentence."""
    low = low_sides(found.activities)
    return "either side" if len(low) > 1 else side_called(found.theory, low[0])


def side_called(theory: Theory, side: Side) -> str:
    """A side in a sentence: the home partner, or “our side” where none is named; and the others."""
    home = theory.partnership.home
    return "the other partners" if side == "external" else quoted(theory.partners[home].title) if home else "our side"


def one_way_told(partner: Partner, *, gives: bool) -> str:
    """That a partner only gives, or only gains, as far as is named."""
    they, ending = ("they", "") if partner.organisations > 1 else ("it", "s")
    does, lacks = ("give", "gain") if gives else ("gain", "give")
    return (
        f"{quoted(partner.title, LONGEST)} {does}{ending} something, and nothing is named that {they} {lacks}{ending}"
    )


def _told_by(found: Mutuality) -> Iterator[str]:
    """Whether anybody is named who says what the others gain."""
    partners, home = found.theory.partners, found.home
    gains = [one for id, partner in partners.items() if id != home for one in partner.receives]
    for activity in found.theory.activities.values():
        gains += [one for id, exchange in activity.exchange.items() if id != home for one in exchange.gains]
    if gains and not any(one.said_by for one in gains):
        whose = (
            "What the others gain is told by the home side alone"
            if home
            else "Who says what the partners gain is not said"
        )
        yield f"{whose}: nobody is named under `said_by`."


def titles_of(say: Wording, ids: Sequence[str], most: int = MOST) -> str:
    """Some activities by their titles, the first of them and how many more."""
    return listed([*map(say.title, ids)], most=most)


def _number(count: int, one: str, many: str) -> str:
    return capital(counted_in_words(count, one, many))


def _help(count: int) -> str:
    return f"{_number(count, 'helps', 'help')} one side only"


def _is(rows: Sequence[object]) -> str:
    return "is" if len(rows) == 1 else "are"

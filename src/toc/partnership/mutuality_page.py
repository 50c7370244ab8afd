"""Who gives and who gains, as a page: what the ratings come to, each partner, the matrix, and what is done only together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from toc.language.numbers import counted_in_words
from toc.language.text import capital, listed, quoted, sentence
from toc.language.vocabulary import Wording, wording
from toc.pages.blocks import Block, Bullets, Cell, Coded, Heading, Note, Page, Paragraph, Table
from toc.partnership.reciprocity import ActivityMutuality, low_sides

if TYPE_CHECKING:
    from toc.partnership.mutuality import Mutuality, PartnerRow

MOST: Final = 5
MOST_PAIRS: Final = 10
WIDEST: Final = 6  # partners that a matrix can hold side by side
NOT_RATED: Final = "–"


def mutuality_page(found: Mutuality) -> Page:
    """What the ratings come to, and what they rest on."""
    title = f"Who gives and who gains: {found.title}"
    say = wording(found.theory)
    blocks = (
        Heading(title, 1),
        Paragraph(" ".join(mutuality_opening(found)), strong=True),
        *_partners(found, say),
        *_ratings(found, say),
        *_matrix(found, say),
        *_together(found, say),
        *_caution(say),
    )
    return Page(title, blocks)


def mutuality_opening(found: Mutuality) -> Iterator[str]:
    """What the ratings come to, in sentences."""
    say, both = wording(found.theory), [one for one in found.activities if one.is_rated]
    total = say.count(len(found.activities), "activity")
    if not found.activities:
        yield f"No {say.one('activity')} yet."
        return
    if not both:
        yield f"None of {total} is rated on both sides, so nothing is judged."
        yield from _told_by(found)
        return
    yield f"{len(both):,} of {total} {'is' if len(both) == 1 else 'are'} rated on both sides."
    sweet = [*found.sweet_spot]
    if sweet:
        yield f"{_number(len(sweet), 'is', 'are')} high on both: {_titles(say, sweet)}."
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
        yield f"Two help one side only, and answer each other: {_titles(say, [one.activity for one in answered])}."
    elif answered:
        told = [f"{say.title(one.activity)} by {_titles(say, one.answered_by)}" for one in answered]
        yield f"{_help(len(answered))}, and {_is(answered)} answered: {listed(told, most=MOST)}."
    if elsewhere:
        told = [f"{say.title(one.activity)} by {_titles(say, one.elsewhere)}" for one in elsewhere]
        yield f"{_help(len(elsewhere))}, and {_is(elsewhere)} balanced elsewhere, with the same partners: {listed(told, most=MOST)}."
    if left:
        yield f"{_help(len(left))}, and nothing that is named comes back: {_titles(say, left)}."


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
    if len(low) == 2:
        return "either side"
    return our_side(found) if low == ("internal",) else "the other partners"


def our_side(found: Mutuality) -> str:
    """The home partner, or “our side” where none is named."""
    return quoted(found.theory.partners[found.home].title) if found.home else "our side"


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


def _partners(found: Mutuality, say: Wording) -> Iterator[Block]:
    """What each partner gives and gains, in sentences."""
    told = [_partner(found, say, one) for one in found.partners if one.gives or one.gains]
    silent = [found.theory.partners[one.partner].title for one in found.partners if not one.gives and not one.gains]
    if silent:
        told.append(
            f"What {listed([*map(quoted, silent)], most=MOST)} {'give and gain' if silent[1:] else 'gives and gains'} is not said."
        )
    if told:
        yield Heading("What each partner gives and gains")
        yield Bullets(tuple(told))


def _partner(found: Mutuality, say: Wording, row: PartnerRow) -> str:
    """One partner, as a group where it stands for several organisations."""
    partner = found.theory.partners[row.partner]
    many = partner.organisations > 1
    parts = (
        ("give" if many else "gives", _things(say, row.gives)),
        ("gain" if many else "gains", _things(say, row.gains)),
    )
    told = [f"{verb} {things or 'nothing that is named'}" for verb, things in parts]
    return f"{quoted(partner.title)} {told[0]}; {'they' if many else 'it'} {told[1]}."


def _things(say: Wording, things: Mapping[str, tuple[str, ...]]) -> str:
    """What is given or gained, those of one activity together, and first what is said of no activity."""
    by_activities: dict[tuple[str, ...], list[str]] = {(): []}
    for thing, activities in things.items():
        by_activities.setdefault(activities, []).append(thing)
    told = [
        listed(named) + (f" through {_titles(say, activities)}" if activities else "")
        for activities, named in by_activities.items()
        if named
    ]
    return ", ".join(told)


def _ratings(found: Mutuality, say: Wording) -> Iterator[Block]:
    """The activities that are rated, and what their ratings come to."""
    rows = [one for one in found.activities if one.internal or one.external]
    if not rows:
        return
    yield Heading("As rated")
    inside = f"Internal ({found.theory.partners[found.home].title})" if found.home else "Internal (our side)"
    columns = (say.nouns["activity"].heading, inside, "External (the others)", "What follows")
    cells = tuple(
        (one.title, one.internal or NOT_RATED, one.external or NOT_RATED, tuple(_follows(say, one))) for one in rows
    )
    yield Table(columns, cells, (4, 2, 2, 5))
    if len(rows) < len(found.activities):
        yield Paragraph(f"Nobody has rated {found_count(found, len(found.activities) - len(rows))}.")


def _follows(say: Wording, one: ActivityMutuality) -> Iterator[str]:
    if not one.is_rated:
        yield "rated for one side only, and not judged"
    elif one.sweet_spot:
        yield "sweet spot: high on both sides"
    elif one.lean == "even":
        yield "even"
    else:
        yield f"leans {one.lean}{', one-sided' if one.one_sided else ''}"
    if one.answered_by:
        yield f"answered by {_titles(say, one.answered_by)}"
    if one.elsewhere:
        yield f"balanced elsewhere, with the same partners, by {_titles(say, one.elsewhere)}"
    if one.open:
        yield "nothing that is named comes back"


def _matrix(found: Mutuality, say: Wording) -> Iterator[Block]:
    """Who gives and gains in each activity: partners side by side, or in lists where they are many."""
    rows = {id: parts for id, parts in found.matrix.items() if any(parts.values())}
    partners = [one.partner for one in found.partners]
    if not rows:
        return
    titles = {id: found.theory.partners[id].title for id in partners}
    activity = say.nouns["activity"].heading
    yield Heading(f"Who takes part in each {say.one('activity')}")
    if len(partners) <= WIDEST:
        cells = tuple((say.titles[id], *parts.values()) for id, parts in rows.items())
        yield Table((activity, *titles.values()), cells, (4, *(2 for _ in partners)), is_wide=len(partners) > 3)
        return
    lists = tuple((say.titles[id], *(_listed(titles, parts, one) for one in _PARTS)) for id, parts in rows.items())
    yield Table((activity, *_PARTS.values()), lists, (3, 3, 3, 3), is_wide=True)


_PARTS: Final = {
    ("gives", "both"): "Gives",
    ("gains", "both"): "Gains",
    ("takes part",): "Takes part, and no more is said",
}


def _listed(titles: Mapping[str, str], parts: Mapping[str, str], wanted: tuple[str, ...]) -> Cell:
    return tuple(titles[id] for id, part in parts.items() if part in wanted)


def _together(found: Mutuality, say: Wording) -> Iterator[Block]:
    """What nobody could do alone."""
    points = [f"{say.title(id)}: {sentence(why)}" for id, why in found.together.activities.items()]
    pairs = found.together.pairs
    for pair in pairs[:MOST_PAIRS]:
        first, second = (quoted(found.theory.partners[id].title) for id in pair.partners)
        points.append(
            f"{first} and {second} name different means: {listed(pair.of_first, most=MOST)}; {listed(pair.of_second, most=MOST)}."
        )
    if len(pairs) > MOST_PAIRS:
        points.append(f"So do {len(pairs) - MOST_PAIRS:,} more pairs of partners.")
    if points:
        yield Heading("More than the sum of the parts")
        yield Bullets(tuple(points))


def _caution(say: Wording) -> Iterator[Block]:
    yield Heading("How to read this")
    activity = say.one("activity")
    yield Bullets(
        (
            (
                "These are ratings by whoever wrote the file. They do not show that both sides gained, nor that the "
                "partners feel it so; ask them."
            ),
            (
                f"One {activity} may help one side only, as long as another gives back. Reciprocal means that nothing "
                "rated is left unanswered. It does not mean equal, and there is no figure for it."
            ),
            (
                f"{capital(say.a('activity'))} is answered by what `reciprocates` names. It is balanced elsewhere when another one with the same "
                "partner is medium or high where it is low; this library adds that."
            ),
            f"What is not said is a question and no fault. {capital(say.many('activity'))} that ended count too.",
        )
    )
    yield Note(
        Coded(
            "The two axes, the sweet spot and one-sided projects that others repay: Smith in SecEd. The three levels are ours."
        )
    )


def _titles(say: Wording, ids: Sequence[str]) -> str:
    return listed([*map(say.title, ids)], most=MOST)


def _number(count: int, one: str, many: str) -> str:
    return capital(counted_in_words(count, one, many))


def _help(count: int) -> str:
    return f"{_number(count, 'helps', 'help')} one side only"


def _is(rows: Sequence[object]) -> str:
    return "is" if len(rows) == 1 else "are"

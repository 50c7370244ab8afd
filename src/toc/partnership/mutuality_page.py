"""Who gives and who gains, as a page: what the ratings come to, each partner, the matrix, and what is done only together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from toc.language.text import capital, listed, one_line, quoted, sentence
from toc.language.vocabulary import Wording, wording
from toc.pages.blocks import Block, Bullets, Cell, Coded, Heading, Note, Page, Paragraph, Table
from toc.partnership.exchanges import marked
from toc.partnership.mutuality_opening import found_count, mutuality_opening, titles_of
from toc.partnership.reciprocity import ActivityMutuality

if TYPE_CHECKING:
    from toc.partnership.mutuality import Mutuality, PartnerRow

MOST: Final = 5
MOST_PAIRS: Final = 10
MOST_ROWS: Final = 60
WIDEST: Final = 6  # partners that a matrix can hold side by side
NOT_RATED: Final = "–"


def mutuality_page(found: Mutuality) -> Page:
    """What the ratings come to, and what they rest on."""
    title = f"Who gives and who gains: {found.title}"
    say = wording(found.theory)
    parts = (_partners(found, say), _ratings(found, say), matrix_told(found, say), _together(found, say), _caution(say))
    return Page.opened(title, mutuality_opening(found), *parts)


def _partners(found: Mutuality, say: Wording) -> Iterator[Block]:
    """What each partner gives and gains, in sentences."""
    told = [partner_told(found, say, one) for one in found.partners if one.gives or one.gains]
    silent = [found.theory.partners[one.partner].title for one in found.partners if not one.gives and not one.gains]
    if silent:
        told.append(
            f"What {listed([*map(quoted, silent)], most=MOST)} {'give and gain' if silent[1:] else 'gives and gains'} is not said."
        )
    if told:
        yield Heading("What each partner gives and gains")
        yield Bullets(tuple(told))


def partner_told(found: Mutuality, say: Wording, row: PartnerRow) -> str:
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
    parts = [
        listed(marked(named)) + (f" through {titles_of(say, activities)}" if activities else "")
        for activities, named in by_activities.items()
        if named
    ]
    return ", ".join(parts)


def _ratings(found: Mutuality, say: Wording) -> Iterator[Block]:
    """The activities that are rated, and what their ratings come to."""
    rows = [one for one in found.activities if one.internal or one.external]
    if not rows:
        return
    yield Heading("As rated")
    inside = f"Internal ({one_line(found.theory.partners[found.home].title)})" if found.home else "Internal (our side)"
    columns = (say.nouns["activity"].heading, inside, "External (the others)", "What follows")
    cells = tuple(
        (one.title, one.internal or NOT_RATED, one.external or NOT_RATED, tuple(_follows(say, one)))
        for one in rows[:MOST_ROWS]
    )
    yield Table(columns, cells, (4, 2, 2, 5))
    yield from _more(len(rows) - MOST_ROWS, "activities")
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
        yield f"answered by {titles_of(say, one.answered_by)}"
    if one.elsewhere:
        yield f"balanced elsewhere, with one of the same partners, by {titles_of(say, one.elsewhere)}"
    if one.open:
        yield "nothing that is named comes back"


def matrix_told(found: Mutuality, say: Wording) -> Iterator[Block]:
    """Who gives and gains in each activity: partners side by side, or in lists where they are many."""
    rows = {id: parts for id, parts in found.matrix.items() if any(parts.values())}
    partners = [one.partner for one in found.partners]
    if not rows:
        return
    titles = {id: one_line(found.theory.partners[id].title) for id in partners}
    shown = dict(list(rows.items())[:MOST_ROWS])
    activity = say.nouns["activity"].heading
    yield Heading(f"Who takes part in each {say.one('activity')}")
    if len(partners) <= WIDEST:
        cells = tuple((say.titles[id], *parts.values()) for id, parts in shown.items())
        yield Table((activity, *titles.values()), cells, (4, *(2 for _ in partners)), is_wide=len(partners) > 3)
    else:
        lists = tuple((say.titles[id], *(_listed(titles, parts, one) for one in _PARTS)) for id, parts in shown.items())
        yield Table((activity, *_PARTS.values()), lists, (3, 3, 3, 3), is_wide=True)
    yield from _more(len(rows) - MOST_ROWS, "matrix")


def _more(count: int, table: str) -> Iterator[Block]:
    if count > 0:
        yield Paragraph(f"And {count:,} more, which the table “{table}” has.")


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
            f"{first} and {second} name different means: {listed(marked(pair.of_first), most=MOST)}; {listed(marked(pair.of_second), most=MOST)}."
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
            Coded(
                f"{capital(say.a('activity'))} is answered by what `reciprocates` names. It is balanced elsewhere when another one with one of the "
                "same partners is medium or high where it is low; this library adds that."
            ),
            f"What is not said is a question and no fault. {capital(say.many('activity'))} that ended count too.",
        )
    )
    yield Note(
        Coded(
            "The two axes, the sweet spot and one-sided projects that others repay: Smith in SecEd. The three levels are ours."
        )
    )

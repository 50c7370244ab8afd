"""Who gives and who gains: the partners, home first, beside the activities that say so, and what is done in return.

More partners or activities than can be read in a column stand in a table, whose rows say it without arrows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate
from math import fsum
from typing import Final

from toc.diagram.layout.assembly import in_columns
from toc.diagram.layout.blueprint import Plan
from toc.diagram.layout.scene import Text
from toc.diagram.looks.page import Drawn, paged, titled, under
from toc.diagram.options import ALL, Asked
from toc.diagram.shapes import MARGIN, Arrow, Box, Diagram, Flow, Line
from toc.diagram.type.box_text import BOX_WIDTH, lines_of, said
from toc.language.vocabulary import how_many, noun, word, wording
from toc.model import Theory
from toc.partnership.exchanges import partners_in_order
from toc.partnership.stated import exchanged, offered, standing_of, things

ON_ONE_SIDE: Final = 5  # activities beside the partners; of more, half stand on either side of them
MOST: Final = 20  # boxes in a column with arrows; more stand in a table
RIGHT, PARTNERS, LEFT = range(3)  # columns from the right
PREFIX: Final = "_partner-"  # before the id of a partner, which may be that of a node too


def partners_view(theory: Theory, asked: Asked = ALL) -> Diagram:
    """The partners beside the activities that say what one gives or gains, with an arrow for each gift and each gain.

    Each activity says what is given and gained, each partner what it brings and receives. A line joins two activities
    of which one is done in return for the other. What says nothing of this is counted at the foot.
    """
    about = exchanging(theory)
    boxes = {box.id: box for box in _partners(theory, about)}
    is_table = max(len(about), len(boxes)) > MOST
    texts = {id: Text("activity", tuple(_lines(theory, asked, id, is_table=is_table))) for id in about}
    notes = (*_notes(theory, about, is_table=is_table), *asked.notes)
    if not boxes:
        return _without_boxes(theory, asked, notes)
    sides = _sides(texts, is_table=is_table)
    activities = word(theory, "activity", plural=len(about) != 1)
    plan = Plan(
        view="partners",
        goals=(),
        columns={"": [*about, *boxes]},
        tiers={**sides, **dict.fromkeys(boxes, PARTNERS)},
        names={**dict.fromkeys(sides.values(), activities), PARTNERS: word(theory, "partner", plural=len(boxes) != 1)},
        texts={**texts, **{id: Text("input", box.lines) for id, box in boxes.items()}},
        links=(),
        page=asked.page,
        search=asked.search,
        notes=notes,
        direction="right",
        more=boxes,
        marks=asked.marks,
        hide=asked.hide,
        arrows=() if is_table else tuple(_arrows(theory, about)),
    )
    return in_columns(theory, plan)._replace(words=(("input", noun(theory, "partner")),))


def _sides(texts: Mapping[str, Text], *, is_table: bool) -> dict[str, int]:
    """On which side of the partners each activity stands: on the right, or on the left those that say the first half."""
    long = [fsum(len(line.text) for line in text.lines) for text in texts.values()]
    half = 0.0 if is_table or len(texts) <= ON_ONE_SIDE else fsum(long) / 2
    over = accumulate(long, initial=0.0)
    return {id: LEFT if at + own / 2 < half else RIGHT for id, own, at in zip(texts, long, over, strict=False)}


def exchanging(theory: Theory) -> list[str]:
    """The activities that say what a partner gives or gains, or that are joined in return, in the author's order."""
    answered = {other for activity in theory.activities.values() for other in activity.reciprocates}
    return [
        id
        for id, activity in theory.activities.items()
        if activity.reciprocates or id in answered or any(one.gives or one.gains for one in activity.exchange.values())
    ]


def _partners(theory: Theory, about: Collection[str]) -> Iterator[Box]:
    """The box of each partner. How many activities it takes part in stands there where none says what it gives or gains."""
    trading = {partner for id in about for partner in theory.activities[id].exchange}
    for id in partners_in_order(theory):
        partner = theory.partners[id]
        taking = sum(id in activity.partners and id not in trading for activity in theory.activities.values())
        facts = [f"Sector: {partner.sector}"] if partner.sector else []
        facts += [text for name, text in standing_of(partner) if name == "Stands for"]
        lines = [said("eyebrow", "Home")] if id == theory.partnership.home else []
        lines.append(said("title", partner.title))
        lines += [said("note", "; ".join(facts))] if facts else []
        for name, found in (("Brings", partner.brings), ("Receives", partner.receives)):
            lines += [said("note", f"{name}: {things(found)}")] if found else []
        lines += [said("note", f"Takes part in {how_many(theory, 'activity', taking)}")] if taking else []
        facts = [f"{name}: {text}" for name, text in (*standing_of(partner), *offered(partner))]
        tooltip = filter(None, (f"{word(theory, 'partner')}: {partner.title}", partner.description, *facts))
        yield Box(
            id=f"{PREFIX}{id}", kind="input", lines=tuple(lines), tooltip="\n".join(tooltip), url=partner.url or "",
            x=0.0, y=0.0, width=BOX_WIDTH, height=0.0,
        )  # fmt: skip


def _lines(theory: Theory, asked: Asked, id: str, *, is_table: bool) -> Iterator[Line]:
    """What the box of an activity says: its title, what is given and gained, and without arrows what it is in return for."""
    activity = theory.activities[id]
    title, *marks = lines_of(theory, activity, asked._replace(hide=asked.hide | {"badges"}, links_out={}))
    yield title
    yield from (said("note", f"{name}: {text}") for name, text in exchanged(theory, activity, in_full=is_table))
    if is_table and activity.reciprocates:
        titles = [theory.activities[other].title for other in activity.reciprocates]
        yield said("note", f"In return for: {'; '.join(titles)}")
    yield from marks


def _arrows(theory: Theory, about: Collection[str]) -> Iterator[Arrow]:
    for id in about:
        activity = theory.activities[id]
        for partner, exchange in activity.exchange.items():
            box, title = f"{PREFIX}{partner}", theory.partners[partner].title
            if exchange.gives:
                yield _arrow(box, id, "gives", f"Given by {title} to {activity.title}: {things(exchange.gives)}")
            if exchange.gains:
                yield _arrow(id, box, "gains", f"Gained by {title} from {activity.title}: {things(exchange.gains)}")
        for other, because in activity.reciprocates.items():
            told = f"{activity.title}, in return for {theory.activities[other].title}"
            yield _arrow(id, other, "reciprocates", f"{told}: {because}" if because else told)


def _arrow(source: str, target: str, flow: Flow, tooltip: str) -> Arrow:
    return Arrow(source, target, "unknown", across=False, feedback=False, negative=False, tooltip=tooltip, flow=flow)


def _notes(theory: Theory, about: Collection[str], *, is_table: bool) -> Iterator[str]:
    """What is not drawn, and why."""
    say = wording(theory)
    exchange = f"what {say.a('partner')} gives or gains"
    if not about:
        yield f"No {say.one('activity')} says yet {exchange}: `exchange:` under one says so"
        return
    if left := len(theory.activities) - len(about):
        yield f"{say.count(left, 'activity')} {'says' if left == 1 else 'say'} nothing of {exchange}: not drawn here"
    if is_table:
        many = f"More than {MOST} {say.many('activity' if len(about) > MOST else 'partner')}"
        yield f"{many} stand in a table, which says in words who gives and gains; a part of them has arrows"


def _without_boxes(theory: Theory, asked: Asked, notes: tuple[str, ...]) -> Diagram:
    """The sentence that says that there is nothing to draw."""
    title = titled(theory, asked.page.width - 2 * MARGIN)
    return paged(theory, "partners", title, Drawn((), title.width + MARGIN, under(title), hide=asked.hide), notes)

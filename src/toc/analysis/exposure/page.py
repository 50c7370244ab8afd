"""What a theory hangs on, as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from toc.language.dates import month
from toc.language.numbers import counted
from toc.language.text import capital, chained, listed
from toc.language.vocabulary import Wording
from toc.pages.blocks import Block, Bullets, Cell, Heading, Page, Paragraph, Table

if TYPE_CHECKING:
    from toc.analysis.exposure.exposure import Cut, Exposure, Holder, Loss, Resting

MOST_ROWS: Final = 12
MANY: Final = 3  # activities from which a single lead is worth a word


def exposure_page(found: Exposure) -> Page:
    """What is not connected, what single things carry, what to test first, and who carries it alone."""
    title = f"What hangs on what: {' '.join(found.title.split())}"
    if not found.activities:
        return Page.opened(title, _opening(found))
    tables = (_loose_ends(found), _single_points(found), _by_word(found), _cuts(found), _assumptions(found))
    return Page.opened(title, _opening(found), *tables, _people(found), _caution(found))


def _opening(found: Exposure) -> Iterator[str]:
    say = found.wording
    if not found.activities:
        yield f"There are no {say.many('activity')}, so nothing can be said about what hangs on them."
        return
    single = [cut.node for cut in found.cuts if cut.nodes is not None and len(cut.nodes) == 1]
    heads = f"{say.many('pillar')} and {say.many('goal')}"
    if single:
        yield (
            f"{len(single):,} of {len(found.cuts):,} {heads} would be left without any {say.one('activity')} if one "
            f"thing failed: {_titles(single, say)}."
        )
    elif found.cuts:
        yield f"No single failure would leave one of the {heads} without any {say.one('activity')}."
    if found.necessary:
        first = found.necessary[0]
        yield f"By the author's word, {_titles(first.directly, say)} cannot come about without {say.title(first.node)}."
    if found.unconnected:
        yield f"{say.count(len(found.unconnected), 'activity')} with no way to {say.a('goal')}."
    if found.untested:
        yield f"{say.count(len(found.untested), 'assumption')} not tested yet."


def _loose_ends(found: Exposure) -> Iterator[Block]:
    say = found.wording
    points = []
    if found.unconnected:
        points.append(f"No way to {say.a('goal')}: {_titles(found.unconnected, say)}.")
    if found.unreached:
        points.append(f"No {say.one('activity')} leads to: {_titles(found.unreached, say)}.")
    if found.left_out:
        names = listed([chained(map(say.title, pair)) for pair in found.left_out], most=4)
        points.append(
            f"Left out on this page, because a minus holds nothing up: {names}. Two in a row may do; judge for yourself."
        )
    if points:
        yield Heading("Not connected")
        yield Bullets(tuple(points))


def _single_points(found: Exposure) -> Iterator[Block]:
    say = found.wording
    yield Heading("If one thing is lost")
    worth = [loss for loss in found.losses if loss.heads or loss.activities > 1]
    if not worth:
        yield Paragraph(
            f"No single loss cuts off more than one {say.one('activity')}, or leaves {say.a('pillar')} without any."
        )
        return
    boxes = [loss for loss in worth if loss.target is None]
    links = [loss for loss in worth if loss.target is not None]
    if boxes:
        yield _loss_table(found, boxes[:MOST_ROWS])
        yield from _more(len(boxes) - MOST_ROWS)
    if links:
        yield Paragraph(f"The same if a single {say.one('link')} does not hold:")
        yield Bullets(tuple(_broken(found, loss) for loss in links[:MOST_ROWS]))
        yield from _more(len(links) - MOST_ROWS)
    rest = len(found.losses) - len(worth)
    if rest:
        yield Paragraph(
            f"{counted(rest, 'more box or', 'more boxes and')} {say.one('link') if rest == 1 else say.many('link')} would cut off "
            f"one {say.one('activity')}, or leave "
            f"{say.many('outcome')} or {say.many('output')} without any."
        )


def _by_word(found: Exposure) -> Iterator[Block]:
    say = found.wording
    if not found.necessary:
        return
    yield Heading("Lost by the author's word")
    columns = ("If this is lost", "The author says that these cannot come about", "And so neither can these")
    rows = []
    for one in found.necessary[:MOST_ROWS]:
        further = [id for id in found.lost_by_word(one.node) if id not in one.directly]
        rows.append((say.titles[one.node], _counted(one.directly, say), _counted(further, say)))
    yield Table(columns, tuple(rows), (3, 3, 3))
    yield from _more(len(found.necessary) - MOST_ROWS)
    yield Paragraph(
        f"This does not depend on how many ways are left. Where the author calls a {say.one('link')} necessary, its end is "
        "lost with its beginning, and so is what that end is necessary for. Where nobody has said so, nothing is counted."
    )


def _loss_table(found: Exposure, losses: Iterable[Loss]) -> Table:
    say = found.wording
    columns = (
        "If this is lost",
        f"{capital(say.many('activity'))} with no way left to {say.a('goal')}",
        f"Left without any {say.one('activity')}",
    )
    rows = tuple(
        (say.titles[loss.node], _counted(found.cut_off_by(loss.node), say), _counted(found.left_by(loss.node), say))
        for loss in losses
    )
    return Table(columns, rows, (3, 3, 3))


def _counted(ids: Sequence[str], say: Wording) -> Cell:
    return f"{len(ids):,}: {_titles(ids, say)}" if ids else "none"


def _broken(found: Exposure, loss: Loss) -> str:
    """What the loss of one link does, in a line."""
    say = found.wording
    cut_off = f"{say.count(loss.activities, 'activity')} cut off" if loss.activities else ""
    left = found.left_by(loss.node, loss.target)
    without = f"{_titles(left, say)} without any {say.one('activity')}" if left else ""
    return f"{say.link((loss.node, loss.target or ''))}: {'; '.join(filter(None, (cut_off, without)))}"


def _cuts(found: Exposure) -> Iterator[Block]:
    say = found.wording
    if not found.cuts:
        return
    yield Heading(f"What carries each {say.one('pillar')}")
    columns = (
        f"{capital(say.one('pillar'))} or {say.one('goal')}",
        "Separate ways",
        f"The fewest boxes that would have to fail before no {say.one('activity')} leads to it",
    )
    yield Table(columns, tuple(_cut(cut, say) for cut in found.cuts[:MOST_ROWS]), (3, 1, 5))
    yield from _more(len(found.cuts) - MOST_ROWS)


def _cut(cut: Cut, say: Wording) -> tuple[Cell, ...]:
    if cut.nodes is None:
        return say.titles[cut.node], "not known", "not worked out: the theory is too large"
    return say.titles[cut.node], len(cut.nodes), _titles(cut.nodes, say)


def _assumptions(found: Exposure) -> Iterator[Block]:
    say = found.wording
    if found.untested:
        yield Heading("Test these first")
        yield _resting_table(found.untested, say)
        yield from _more(len(found.untested) - MOST_ROWS)
        yield Paragraph(
            f"First stand the {say.many('assumption')} over which alone most {say.many('pillar')} and "
            f"{say.many('goal')} are reached, then those that most {say.many('activity')} have no way around, then "
            f"those that most {say.many('activity')} have any way over; else the order of the file holds."
        )
    if found.failing:
        yield Heading("Already failing")
        yield _resting_table(found.failing, say)
        yield from _more(len(found.failing) - MOST_ROWS)


def _resting_table(rows: Sequence[Resting], say: Wording) -> Table:
    activities = capital(say.many("activity"))
    columns = (
        f"{capital(say.one('assumption'))}, and where",
        f"{capital(say.many('pillar'))} and {say.many('goal')} on it alone",
        f"{activities} with no way around it",
        f"{activities} with a way over it",
        "Test",
    )
    found = tuple(
        ((one.text, f"on {say.link(one.link)}"), one.heads, one.every, one.any, _test(one)) for one in rows[:MOST_ROWS]
    )
    return Table(columns, found, (6, 2, 2, 2, 4))


def _test(one: Resting) -> Cell:
    day = f"by {month(one.by)}" if one.by else ""
    return tuple(filter(None, (one.test or "no test named", one.owner, day)))


def _people(found: Exposure) -> Iterator[Block]:
    yield from _single(found, "lead", found.leads, found.lead_named)
    yield from _single(found, "funder", found.funders, found.funding_named)


def _single(found: Exposure, who: str, holders: Iterable[Holder], count: int) -> Iterator[Block]:
    say = found.wording
    yield Heading(f"Single {who}s")
    if not count:
        yield Paragraph(f"No {say.one('activity')} names a {who}, so nothing can be said.")
        return
    points = tuple(_holder(one, who, count, say) for one in holders if _is_told(one, who, count))
    if points:
        yield Bullets(points[:MOST_ROWS])
        yield from _more(len(points) - MOST_ROWS)
    else:
        yield Paragraph(
            f"Nobody is the only {who} of {say.a('pillar')}, of all {say.many('activity')}, or of {MANY} or more."
        )
    if count < found.activities:
        yield Paragraph(
            f"No {who} is named on {found.activities - count:,} of {say.count(found.activities, 'activity')}."
        )


def _is_told(one: Holder, who: str, count: int) -> bool:
    """Whether this one carries a pillar, or many activities, or all of them."""
    return bool(one.pillars) or len(one.activities) >= MANY or (one.every and (who == "funder" or count >= MANY))


def _holder(one: Holder, who: str, count: int, say: Wording) -> str:
    of = "all" if one.every else f"{len(one.activities):,} of"
    text = f"{one.name}: the only {who} named on {of} {say.count(count, 'activity')} that {'names' if count == 1 else 'name'} one"
    if one.pillars:
        text += f", and on everything that leads to {_titles(one.pillars, say)}"
    return f"{text}."


def _caution(found: Exposure) -> Iterator[Block]:
    say = found.wording
    yield Heading("How to read this")
    yield Bullets(
        (
            (
                f"This is about the drawing: which {say.many('link')} there are, not how strong they are. A way that is not "
                "drawn does not count, and one that is drawn counts however unlikely it is. What the author calls necessary "
                + ("stands apart." if found.necessary else "would stand apart; nothing is called so.")
            ),
            (
                f"A way runs from {say.a('activity')} to {say.a('goal')} along {say.many('link')} that are neither "
                "feedback nor marked with a minus."
            ),
            (
                f"Separate ways share no box but the last. There are as many as boxes that would have to fail together; "
                f"{say.many('activity')} count among these, the box at the end does not. Where several choices are equally "
                f"small, the one nearest to the {say.many('activity')} is shown."
            ),
        )
    )


def _titles(ids: Iterable[str], say: Wording) -> str:
    return listed([*map(say.title, ids)], most=4)


def _more(count: int) -> Iterator[Block]:
    if count > 0:
        yield Paragraph(f"And {count:,} more.")

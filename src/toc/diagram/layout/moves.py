"""The steps of the search: one thing changed at a time, whether or not it is for the better."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Final, NamedTuple

from toc.diagram.layout.scene import Places, Scene

WIDTHS: Final = (104.0, 112.0, 120.0, 128.0, 136.0, 144.0, 152.0, 160.0, 172.0, 184.0, 200.0, 220.0, 240.0)
MOST_SLOTS: Final = 8
MOST_ROWS: Final = 4  # that one box may stand in


class Draft(NamedTuple):
    """Places that can be changed. Here the slot of a box is counted within its column."""

    width: list[float]
    slots: list[int]
    slot: list[int]
    order: list[int]
    span: list[int]

    def copy(self) -> Draft:
        """Another one that starts from the same places."""
        return Draft(self.width[:], self.slots[:], self.slot[:], self.order[:], self.span[:])

    def places(self, scene: Scene) -> Places:
        """The same as a value, the slots counted over all columns."""
        first, at = [0], 0
        for slots in self.slots:
            at += slots
            first.append(at)
        slot = tuple(first[column] + one for column, one in zip(scene.column, self.slot, strict=True))
        return Places(self.width[0], tuple(self.slots), slot, tuple(self.order), tuple(self.span))


def _elsewhere(scene: Scene, draft: Draft, box: int, chance: Random) -> bool:
    """A box in another slot of its column, or earlier or later in the order, or both."""
    slots = draft.slots[scene.column[box]]
    if slots > 1 and chance.random() < 0.8:
        draft.slot[box] = (draft.slot[box] + 1 + int(chance.random() * (slots - 1))) % slots
        return chance.random() < 0.4 or _reordered(scene, draft, box, chance) or True
    return _reordered(scene, draft, box, chance)


def _nearer(scene: Scene, draft: Draft, box: int, chance: Random) -> bool:
    """A box as near as its column lets it be to one that it is linked to."""
    others = scene.linked[box]
    if not others:
        return False
    other = others[int(chance.random() * len(others))]
    here, there = scene.column[box], scene.column[other]
    last = draft.slots[here] - 1
    slot = draft.slot[other] if here == there else 0 if there < here else last
    if here == there and chance.random() < 0.5:
        slot += 1 if chance.random() < 0.5 else -1
    slot = min(max(slot, 0), last)
    if slot == draft.slot[box]:
        return _reordered(scene, draft, box, chance)
    draft.slot[box] = slot
    return chance.random() < 0.5 or _reordered(scene, draft, box, chance) or True


def _reordered(scene: Scene, draft: Draft, box: int, chance: Random) -> bool:
    """Earlier or later, but after what it leads to, before what leads to it, and within its tier."""
    order, effects, tier = draft.order, scene.effects, scene.tier
    at = low = high = order.index(box)
    while low and tier[order[low - 1]] == tier[box] and order[low - 1] not in effects[box]:
        low -= 1
    last = len(order) - 1
    while high < last and tier[order[high + 1]] == tier[box] and box not in effects[order[high + 1]]:
        high += 1
    beside = [to for to in range(low, high + 1) if to != at and scene.column[order[to]] == scene.column[box]]
    if not beside:
        return False
    order.insert(beside[int(chance.random() * len(beside))], order.pop(at))
    return True


def _exchanged(scene: Scene, draft: Draft, box: int, chance: Random) -> bool:
    """Two boxes of a column in each other's places."""
    order, column, tier = draft.order, scene.column, scene.tier
    others = [one for one in order if column[one] == column[box] and tier[one] == tier[box] and one != box]
    if not others:
        return False
    other = others[int(chance.random() * len(others))]
    one, two = sorted((order.index(box), order.index(other)))
    order[one], order[two] = order[two], order[one]
    if not _leads_down(scene, order[one : two + 1]):
        order[one], order[two] = order[two], order[one]
        if draft.slot[box] == draft.slot[other]:
            return False
    draft.slot[box], draft.slot[other] = draft.slot[other], draft.slot[box]
    return True


def _leads_down(scene: Scene, boxes: list[int]) -> bool:
    """Whether every box stands after those of the boxes that it leads to."""
    later = set(boxes)
    for box in boxes:
        later.discard(box)
        if not later.isdisjoint(scene.effects[box]):
            return False
    return True


def _spanned(scene: Scene, draft: Draft, box: int, chance: Random) -> bool:
    """A box over more rows, or again over one."""
    if box in scene.last_tier and not scene.effects[box]:
        return False
    single = draft.span[box] > 1 and chance.random() < 0.6
    draft.span[box] = 1 if single else min(MOST_ROWS, draft.span[box] + 1)
    return True


def _resized(scene: Scene, draft: Draft, box: int, chance: Random) -> bool:
    """A slot more in a column, or one less."""
    column = scene.column[box]
    inside = [box for box in draft.order if scene.column[box] == column]
    slots, share = draft.slots[column], chance.random()
    if share < 0.5 and slots > 1:
        if sum(draft.slots) <= scene.least_slots:
            return False
        gone = int(chance.random() * slots)
        for one in inside:
            if draft.slot[one] == gone:
                draft.slot[one] = int(chance.random() * (slots - 1))
            elif draft.slot[one] > gone:
                draft.slot[one] -= 1
        draft.slots[column] -= 1
        return True
    if slots >= min(len(inside), len(inside) if scene.turned else MOST_SLOTS):
        return False
    new = int(chance.random() * (slots + 1))
    for one in inside:
        draft.slot[one] += draft.slot[one] >= new
        if chance.random() < 1 / (slots + 1):
            draft.slot[one] = new
    draft.slots[column] += 1
    return True


def _turned_over(scene: Scene, draft: Draft, box: int, chance: Random) -> bool:
    """Two slots of a column in each other's places, with all that stands in them."""
    column = scene.column[box]
    slots = draft.slots[column]
    if slots < 2:
        return False
    one = int(chance.random() * slots)
    two = (one + 1 + int(chance.random() * (slots - 1))) % slots
    for other in draft.order:
        if scene.column[other] == column and draft.slot[other] in {one, two}:
            draft.slot[other] = one + two - draft.slot[other]
    return True


Move = Callable[[Scene, Draft, int, Random], bool]
Moves = tuple[tuple[float, Move], ...]  # each with the share of chance up to which it is taken

MOVES: Final[Moves] = (
    (0.22, _nearer),
    (0.44, _elsewhere),
    (0.76, _exchanged),
    (0.86, _spanned),
    (0.95, _resized),
    (1.0, _turned_over),
)
WITHIN: Final[Moves] = (  # all that keep the number of slots
    (0.25, _nearer),
    (0.48, _elsewhere),
    (0.82, _exchanged),
    (0.94, _spanned),
    (1.0, _turned_over),
)


def moved(scene: Scene, draft: Draft, chance: Random, blamed: Sequence[int] = (), moves: Moves = MOVES) -> Draft | None:
    """The draft with one thing changed; nothing where what chance has chosen cannot be done.

    As often as not what is changed is one of the `blamed` boxes.
    """
    found = draft.copy()
    share = chance.random()
    move = next(move for most, move in moves if share < most)
    boxes = blamed if blamed and chance.random() < 0.5 else draft.order
    return found if move(scene, found, boxes[int(chance.random() * len(boxes))], chance) else None

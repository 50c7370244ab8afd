"""What can be read off a finished diagram: whole titles, what stands in which panel, what lies above the ceiling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from unicodedata import east_asian_width

from toc.diagram.values import Box, Diagram, Group

_BROKEN: Final = re.compile(r"\w[-\u2010\u2013\u2014/]+$")


def joined(rows: Sequence[str]) -> str:
    """Wrapped rows as one line: no space where a word was broken after a hyphen, or between Chinese characters.

    >>> joined(["Weekly one-to-", "one reading"]), joined(["maths –", "physics"])
    ('Weekly one-to-one reading', 'maths – physics')
    """
    parts = list(rows[:1])
    for before, after in pairwise(rows):
        parts += [after] if _is_one_word(before, after) else [" ", after]
    return "".join(parts)


def _is_one_word(before: str, after: str) -> bool:
    if not before or not after:
        return True
    wide = east_asian_width(before[-1]) in "WF" and east_asian_width(after[0]) in "WF"
    return wide or (after[0].isalpha() and _BROKEN.search(before) is not None)


def panels(diagram: Diagram) -> tuple[list[Box], list[tuple[Group, list[Box]]]]:
    """The boxes that stand in no panel, and each panel with the boxes in it, all in reading order.

    >>> import toc
    >>> free, ((panel, boxes),) = panels(toc.example("small-charity").diagram())
    >>> [box.id for box in free], panel.id, len(boxes)
    (['goal'], 'company', 6)
    """
    free: list[Box] = []
    members: list[list[Box]] = [[] for _ in diagram.groups]
    for box in diagram.boxes:
        x, y = box.x + box.width / 2, box.y + box.height / 2
        homes = (
            own
            for group, own in zip(diagram.groups, members, strict=True)
            if group.x <= x <= group.x + group.width and group.y <= y <= group.y + group.height
        )
        next(homes, free).append(box)
    return free, list(zip(diagram.groups, members, strict=True))


def above_ceiling(diagram: Diagram) -> list[Box]:
    """The boxes on the far side of the accountability ceiling, where there is one: that of the goals above it.

    >>> import toc
    >>> [box.id for box in above_ceiling(toc.example("small-charity").diagram())]
    ['goal']
    """
    if not diagram.rules:
        return []
    rule = diagram.rules[0]
    if rule.height:  # upright
        sides = [
            [box for box in diagram.boxes if box.x + box.width <= rule.x],
            [box for box in diagram.boxes if box.x >= rule.x],
        ]
    else:
        sides = [
            [box for box in diagram.boxes if box.y + box.height <= rule.y],
            [box for box in diagram.boxes if box.y >= rule.y],
        ]
    return max(sides, key=lambda boxes: sum(box.above_ceiling for box in boxes) / max(len(boxes), 1))


def title_of(box: Box) -> str:
    """The title of a box."""
    return box.title

"""What can be read off a finished diagram: whole titles, what stands in which panel, what lies above the ceiling."""

from __future__ import annotations

import re
from typing import Final

from toc.diagram.values import Box, Diagram, Group

_BROKEN: Final = re.compile(r"\w[-\u2010\u2013\u2014/]+$")


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
    if not diagram.ceilings:
        return []
    rule = diagram.ceilings[0]
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

"""Who holds a theory up: single leads and single funders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from toc.analysis.exposure_values import Holder
from toc.analysis.supports import Supports
from toc.model import Theory
from toc.phrases import one_line

Names = Mapping[str, Sequence[str]]  # who is named on each activity
SEVERAL: Final = ""  # no name is empty


def named_on(names: Names) -> int:
    """On how many activities anybody is named."""
    return sum(map(bool, names.values()))


def holders(theory: Theory, held: Supports, names: Names) -> tuple[Holder, ...]:
    """Each who is the only one named on an activity, with the pillars all of whose activities name nobody else.

    Activities that name nobody say nothing either way. Capitals and spaces make no difference between names. Those
    who hold most pillars come first, then those with most activities; else the author's order holds.

    >>> import toc
    >>> from toc.analysis.supports import supports
    >>> theory = toc.example("small-charity")
    >>> leads = {id: activity.lead for id, activity in theory.activities.items()}
    >>> [(one.name, one.activities) for one in holders(theory, supports(theory), leads)]
    [('Volunteer rota', ('tea-and-games',)), ('Advice volunteers', ('advice-table',))]
    """
    only = {id: _only(named) for id, named in names.items() if named}
    written: dict[str, str] = {}
    activities: dict[str, list[str]] = {}
    for id, key in only.items():
        if key != SEVERAL:
            written.setdefault(key, one_line(names[id][0]))
            activities.setdefault(key, []).append(id)
    pillars: dict[str, list[str]] = {}
    at = _alone_at(held, only)
    for pillar in theory.pillars:
        pillars.setdefault(at.get(pillar, SEVERAL), []).append(pillar)
    every = len(set(only.values())) == 1
    found = [Holder(written[key], tuple(own), tuple(pillars.get(key, ())), every) for key, own in activities.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.pillars), -len(one.activities))))


def _only(named: Sequence[str]) -> str:
    """The only name, in a form to compare, or that there are several."""
    keys = {one_line(name).casefold() for name in named}
    return keys.pop() if len(keys) == 1 else SEVERAL


def _alone_at(held: Supports, only: Mapping[str, str]) -> dict[str, str]:
    """The only one named on all activities that lead to each node, or that there are several; nobody, no entry."""
    found: dict[str, str] = {}
    for node in held.order:
        keys = {found[source] for source in held.backwards[node] if source in found}
        keys |= {only[node]} if node in only else set()
        if keys:
            found[node] = keys.pop() if len(keys) == 1 else SEVERAL
    return found

"""What other distributions add: the objects that they name in their metadata under one of our groups of entry points."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from toc.errors import warn


class PlugIn(NamedTuple):
    """An object that a distribution adds, and what its entry point is called."""

    name: str
    distribution: str
    value: object

    def __str__(self) -> str:
        return f"the plug-in {self.name!r} of {self.distribution}"


@cache
def plugged_in(group: str) -> tuple[PlugIn, ...]:
    """The objects of a group, in the order of their distributions and names; looked up once, when somebody asks.

    One that cannot be imported is left out with a `TocWarning`.
    """
    from importlib.metadata import entry_points

    found = []
    named = ((entry.dist.name if entry.dist else "?", entry.name, entry) for entry in entry_points(group=group))
    for distribution, name, entry in sorted(named, key=lambda one: one[:2]):
        try:
            found.append(PlugIn(name, distribution, entry.load()))
        except (Exception, SystemExit) as error:  # noqa: BLE001  # a stranger's module may fail in any way
            leave_out(PlugIn(name, distribution, None), f"it cannot be imported ({complaint(error)})")
    return tuple(found)


def leave_out(plug_in: PlugIn, why: str) -> None:
    """Say that a plug-in is not used: all others are."""
    warn(f"{plug_in} is left out: {why}")


def complaint(error: BaseException) -> str:
    """What somebody else's error says, on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]

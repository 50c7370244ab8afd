"""The type profile as a chart: a row for each dimension, a column for each of the four types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from toc.charts.chart_marks import Kind, boxed
from toc.charts.mark_painting import plotted
from toc.charts.mark_rows import Mark, MarkRows, Row
from toc.diagram.looks.themes import LIGHT
from toc.model.mappings import FrozenDict
from toc.partnership.profile import PartnershipProfile, ProfileDimension
from toc.partnership.profile_page import NO_GRADE, profile_opening, types_numbered
from toc.partnership.word_tables import TYPES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NOT_SAID: Final = "not said"
KINDS: Final = FrozenDict(
    {
        "fits": Kind("fits all that is stated", "s", "#2b6d75", "#17384a", scale=1.2),
        "some": Kind("fits some of it: mixed", "s", "none", "#51636e", scale=1.2),
    }
)


def plot_types(profile: PartnershipProfile, ax: Axes | None = None) -> Axes:
    """Draw which types the facts fit; see the method of the theory."""
    chart = _chart(profile)
    ax = plotted(chart, ax)
    for number in profile.types:
        _outline(ax, number - 1, len(chart.rows), "solid", "type")
    if profile.declared:
        _outline(ax, profile.declared - 1, len(chart.rows), "dashed", "declared")
    return ax


def _chart(found: PartnershipProfile) -> MarkRows:
    *said, _ = profile_opening(found)  # its last sentence stands beneath the chart
    return MarkRows(
        title=f"What kind of partnership: {found.title}",
        opening=" ".join(said),
        rows=[Row(_name(one)) for one in found.dimensions],
        columns=[f"{number} {name}" for number, name in TYPES.items()],
        marks=[mark for place, one in enumerate(found.dimensions) for mark in _marks(place, one)],
        kinds=KINDS,
        notes=[*_notes(found)],
        lines=[*map(_told, found.dimensions)],
    )


def _name(one: ProfileDimension) -> str:
    """A dimension with what is stated on it; a fact that has its name needs it no second time."""
    facts = [fact.value if fact.name == one.id else str(fact).removeprefix(f"{one.id} ") for fact in one.facts]
    return f"{one.name}: {', '.join(facts) or NOT_SAID}"


def _marks(place: int, one: ProfileDimension) -> Iterator[Mark]:
    for column, number in enumerate(TYPES):
        if number in one.types:
            yield Mark(place, column, "fits")
        elif one.mixed and any(number in fact.types for fact in one.telling):
            yield Mark(place, column, "some")


def _notes(found: PartnershipProfile) -> Iterator[str]:
    if found.types:
        yield "Outlined: what most of the stated dimensions fit."
    if found.declared:
        yield "Outlined with dashes: what the file declares."
    yield NO_GRADE


def _told(one: ProfileDimension) -> str:
    if not one.stated:
        return f"{_name(one)}."
    return f"{_name(one)}, {f'fits {types_numbered(one.types)}' if one.types else 'mixed'}."


def _outline(ax: Axes, column: int, rows: int, line: str, role: str) -> None:
    """A frame around a column; that of the declared type is a little wider, so that both can be seen."""
    wide = 0.46 if role == "declared" else 0.4
    looks = {"edgecolor": LIGHT.ink, "linewidth": 1.3, "linestyle": line, "zorder": 2, "gid": role}
    boxed(ax, (column - wide, -0.5), 2 * wide, rows, fill=False, **looks)

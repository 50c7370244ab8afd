"""The benefits as a chart: a row for each type and aim, a column for each partner, a mark by what is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from toc.charts.mark_painting import plotted
from toc.charts.mark_rows import Mark, MarkRows, Row
from toc.language.text import capital, one_line
from toc.partnership.benefits import Benefits
from toc.partnership.benefits_page import CAUTIONS, benefits_opening

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TYPES: Final = "types of benefit"
NOT_SAID: Final = "not said"
# By shape first, then by filling: a copy in black and white loses nothing.
KINDS: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = MappingProxyType(
    {
        "stated": ("only stated", {"marker": "o", "facecolor": "#ffffff", "edgecolor": "#51636e"}),
        "anecdote": ("anecdote", {"marker": "^", "facecolor": "#e0a52b", "edgecolor": "#7a5200"}),
        "counts": ("counts", {"marker": "s", "facecolor": "#6f9ec2", "edgecolor": "#17384a"}),
        "outcomes": ("outcomes", {"marker": "D", "facecolor": "#2b6d75", "edgecolor": "#17384a", "scale": 0.9}),
        "comparison": ("comparison", {"marker": "*", "facecolor": "#17384a", "edgecolor": "#17384a", "scale": 1.4}),
    }
)


def plot_benefits(benefits: Benefits, ax: Axes | None = None) -> Axes:
    """Draw the benefits; see the method of the theory."""
    return plotted(_chart(benefits), ax)


def _chart(found: Benefits) -> MarkRows:
    title, opening = f"Who gains what: {one_line(found.title)}", " ".join(benefits_opening(found))
    names = {row.benefit: row.name for row in found.rows}
    rows: list[Row] = []
    places: dict[str, int] = {}
    for group, members in groupby(found.rows, key=lambda row: row.group):
        rows.append(Row(capital(group or TYPES), is_heading=True))
        for row in members:
            places[row.benefit] = len(rows)
            rows.append(Row(row.name, NOT_SAID if row.benefit in found.unnamed else ""))
    columns = {partner: place for place, partner in enumerate(found.partners)}
    return MarkRows(
        title=title,
        opening=opening,
        rows=rows,
        columns=[found.partner_titles[id] for id in found.partners] or [""],
        marks=[Mark(places[one.benefit], columns[one.partner], one.known, one.known) for one in found.benefits],
        kinds={kind: (word, {"linewidth": 0.9, "zorder": 3, **looks}) for kind, (word, looks) in KINDS.items()},
        notes=CAUTIONS[:1],
        told=f"{title}. {opening} {' '.join(_told(found, names))}",
    )


def _told(found: Benefits, names: Mapping[str, str]) -> Iterator[str]:
    for one in found.benefits:
        yield f"{found.partner_titles[one.partner]}: {names[one.benefit]}, {KINDS[one.known][0]}."

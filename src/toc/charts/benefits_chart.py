"""The benefits as a chart: a row for each type and aim, a column for each partner, a mark by what is known."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from toc.charts.chart_marks import Kind
from toc.charts.mark_painting import plotted
from toc.charts.mark_rows import Mark, MarkRows, Row
from toc.language.text import capital
from toc.model.mappings import FrozenDict
from toc.partnership.benefits import Benefits
from toc.partnership.benefits_page import CAUTIONS, benefits_opening, benefits_title

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TYPES: Final = "types of benefit"
NOT_SAID: Final = "not said"
KINDS: Final = FrozenDict(
    {
        "stated": Kind("only stated", "o", "#ffffff", "#51636e"),
        "anecdote": Kind("anecdote", "^", "#e0a52b", "#7a5200"),
        "counts": Kind("counts", "s", "#6f9ec2", "#17384a"),
        "outcomes": Kind("outcomes", "D", "#2b6d75", "#17384a", scale=0.9),
        "comparison": Kind("comparison", "*", "#17384a", "#17384a", scale=1.4),
    }
)


def plot_benefits(benefits: Benefits, ax: Axes | None = None) -> Axes:
    """Draw the benefits; see the method of the theory."""
    return plotted(_chart(benefits), ax)


def _chart(found: Benefits) -> MarkRows:
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
        title=benefits_title(found),
        opening=" ".join(benefits_opening(found)),
        rows=rows,
        columns=[found.partner_titles[id] for id in found.partners] or [""],
        marks=[Mark(places[one.benefit], columns[one.partner], one.known, one.known) for one in found.benefits],
        kinds=KINDS,
        notes=CAUTIONS[:1],
        lines=[
            f"{found.partner_titles[one.partner]}: {names[one.benefit]}, {KINDS[one.known].label}."
            for one in found.benefits
        ],
    )

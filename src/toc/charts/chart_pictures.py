"""The charts by name, and a chart as pictures in files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from toc.charts.benefits_chart import plot_benefits
from toc.charts.certainty_chart import plot_certainty_participation
from toc.charts.evidence_chart import plot_evidence
from toc.charts.mutuality_chart import plot_mutuality
from toc.charts.progress_chart import plot_progress
from toc.charts.review_chart import plot_review
from toc.charts.types_chart import plot_types
from toc.errors import OptionError, one_of
from toc.model import Theory
from toc.monitoring import Progress
from toc.partnership.benefits import benefits
from toc.partnership.ladder import evidence_ladder
from toc.partnership.mutuality import mutuality
from toc.partnership.profile import partnership_profile
from toc.render.markup import plain_text
from toc.spelling import hint, nearest

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Chart(NamedTuple):
    """A chart: how it is drawn, from the theory, from how its KPIs stand on a day, or from a review and one before."""

    of: Callable[[Theory, Callable[[], Progress]], Figure | list[Figure]]
    has_progress: bool = False
    of_reviews: Callable[[Theory, str | None, str | None], Figure] | None = None


def _reviews(theory: Theory, id: str | None, since: str | None) -> Figure:
    return plot_review(theory, id, since=since).figure.figure


CHARTS: Final[Mapping[str, Chart]] = MappingProxyType(
    {
        "certainty": Chart(lambda theory, _: plot_certainty_participation(theory).figure.figure),
        "progress": Chart(lambda _, progress: plot_progress(progress()), has_progress=True),
        "mutuality": Chart(lambda theory, _: plot_mutuality(mutuality(theory)).figure.figure),
        "types": Chart(lambda theory, _: plot_types(partnership_profile(theory)).figure.figure),
        "evidence": Chart(lambda theory, _: plot_evidence(evidence_ladder(theory)).figure.figure),
        "benefits": Chart(lambda theory, _: plot_benefits(benefits(theory)).figure.figure),
        "review": Chart(lambda theory, _: _reviews(theory, None, None), of_reviews=_reviews),
    }
)
FORMATS: Final = ("svg", "png", "pdf")
# No clock and no random names: the same theory gives the same bytes.
_UNDATED: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}
)
_DESCRIBED: Final[Mapping[str, str]] = MappingProxyType({"svg": "Description", "pdf": "Subject", "png": "Description"})


def chart_pictures(
    theory: Theory,
    format: str,
    *,
    chart: str = "certainty",
    progress: Callable[[], Progress],
    reviews: tuple[str | None, str | None] = (None, None),
) -> list[bytes]:
    """A chart as SVG, PNG or PDF; several where it has pages, which a PDF holds all. It needs the extra `plot`.

    `progress` is how the KPIs stand, for the charts that show it, and `reviews` which review and which one before; the
    newest ones where nothing is said.

    Raises:
        OptionError: there is no such chart, or no such format.
        MissingExtraError: matplotlib is not installed.
    """
    if format not in FORMATS:
        said = (
            f"{format!r} is not a format to plot in{hint(nearest(format, FORMATS))}"
            if format
            else "the name has no ending"
        )
        raise OptionError(f"{said}; end the name in .{', .'.join(FORMATS)}")
    one = CHARTS[one_of("chart", chart, CHARTS)]
    drawn = one.of_reviews(theory, *reviews) if one.of_reviews else one.of(theory, progress)
    from toc.charts.shown_axes import bound, saved

    figures = drawn if isinstance(drawn, list) else [drawn]
    metadata = {"Title": theory.title, **_UNDATED[format]}
    if told := " ".join(str(one.get_label()) for one in figures).strip():
        metadata[_DESCRIBED[format]] = plain_text(told)
    if format == "pdf":
        return [bound(figures, metadata)]
    return [saved(figure, format, metadata=metadata) for figure in figures]

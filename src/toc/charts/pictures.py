"""The chart as the bytes of a picture."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from toc.charts.certainty import plot_certainty_participation
from toc.errors import DrawingError, hint, missing_extra, nearest
from toc.model import Theory

FORMATS: Final = ("svg", "png", "pdf")
# No clock and no random names: the same theory gives the same bytes.
_UNDATED: Final[dict[str, dict[str, Any]]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}


def chart_picture(theory: Theory, format: str) -> bytes:
    """The certainty–participation chart as SVG, PNG or PDF. It needs the extra `plot`.

    Raises:
        DrawingError: there is no such format.
        MissingExtraError: matplotlib is not installed.

    >>> import toc
    >>> chart_picture(toc.example("small-charity"), "png")[1:4]
    b'PNG'
    """
    if format not in FORMATS:
        said = (
            f"{format!r} is not a format to plot in{hint(nearest(format, FORMATS))}"
            if format
            else "the name has no ending"
        )
        raise DrawingError(f"{said}; end the name in .{', .'.join(FORMATS)}")
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise missing_extra("plot", "plotting a chart") from error

    figure = plot_certainty_participation(theory).figure.figure
    picture = BytesIO()
    metadata = {"Title": theory.title, **_UNDATED[format]}
    with mpl.rc_context({"svg.hashsalt": "toc", "pdf.fonttype": 42, "savefig.bbox": "standard"}):
        figure.savefig(picture, format=format, dpi=150, metadata=metadata)
    return picture.getvalue()

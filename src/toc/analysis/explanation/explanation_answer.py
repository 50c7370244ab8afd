"""How a node leads to the goals, as people hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from toc.analysis.explanation import explanation as explaining
from toc.analysis.explanation.page import explanation_page
from toc.language.numbers import counted
from toc.pages.answer import Paged
from toc.pages.blocks import Page
from toc.pages.frame import as_frame

if TYPE_CHECKING:
    import pandas as pd

TYPES: Final = {
    "way": "object", "links": "Int64", "weakest": "float64", "weakest_link": "object", "unrated": "Int64", "helps": "bool",
}  # fmt: skip


@dataclass(frozen=True, repr=False)
class Explanation(Paged, explaining.Explanation):
    """How one node leads to the goals, and the ways of showing it.

    >>> import toc
    >>> found = toc.example("rgs-newcastle").explain("scitt", to="stem")
    >>> found
    <Explanation of 'scitt': 2 ways to 'stem'>
    >>> found.weakest.weakest_link
    ('new-teachers', 'specialist-teaching')
    """

    def to_pandas(self) -> pd.DataFrame:
        """A row for each way that is listed, with the ids on it as a tuple and its weakest link.

        Raises MissingExtraError where pandas is not installed.

        >>> import toc
        >>> toc.example("rgs-newcastle").explain("scitt").to_pandas()[["links", "weakest", "unrated"]]
           links  weakest  unrated
        0      3      0.8        0
        1      5      0.5        0
        2      4      0.5        1
        """
        return as_frame(map(_record, self.listed), TYPES)

    def __repr__(self) -> str:
        aim = ", ".join(map(repr, self.ends)) or "a goal"
        return f"<{type(self).__name__} of {self.id!r}: {counted(self.ways, 'way', 'ways')} to {aim}>"

    def _page(self) -> Page:
        return explanation_page(self)


def _record(way: explaining.Way) -> dict[str, Any]:
    return {
        "way": way.nodes,
        "links": len(way.nodes) - 1,
        "weakest": way.weakest,
        "weakest_link": way.weakest_link,
        "unrated": way.unrated,
        "helps": way.helps,
    }

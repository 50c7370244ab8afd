"""What a theory hangs on, as people hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from toc.analysis.exposure import exposure as exposure_values
from toc.analysis.exposure.page import exposure_page
from toc.errors import one_of
from toc.pages.answer import Paged
from toc.pages.blocks import Page
from toc.pages.frame import as_frame

if TYPE_CHECKING:
    import pandas as pd

RESTING: Final = {
    "text": "object", "source": "object", "target": "object", "status": "object", "test": "object", "owner": "object",
    "by": "datetime64[s]", "heads": "Int64", "every": "Int64", "any": "Int64", "middles": "Int64",
}  # fmt: skip
HOLDER: Final = {"name": "object", "activities": "object", "pillars": "object", "every": "bool"}
TABLES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "losses": {"node": "object", "target": "object", "activities": "Int64", "heads": "Int64", "middles": "Int64"},
        "cuts": {"node": "object", "size": "Int64", "nodes": "object"},
        "untested": RESTING,
        "failing": RESTING,
        "leads": HOLDER,
        "funders": HOLDER,
    }
)


@dataclass(frozen=True, repr=False)
class Exposure(Paged, exposure_values.Exposure):
    """What a theory hangs on, and the ways of showing it.

    >>> import toc
    >>> found = toc.example("rgs-newcastle").exposure()
    >>> found
    <Exposure: 13 untested assumptions, 1 of 5 pillars and goals on one thing>
    >>> found.untested[0].text
    'Sessions are extra to reading lessons and fit what the class is learning'
    """

    def to_pandas(self, table: str = "losses") -> pd.DataFrame:
        """One table: "losses", "cuts", "untested", "failing", "leads" or "funders". Several ids are a tuple.

        Raises:
            MissingExtraError: pandas is not installed.
            OptionError: there is no such table.

        >>> import toc
        >>> toc.example("rgs-newcastle").exposure().to_pandas("cuts")[["node", "size"]].head(3)
             node  size
        0    goal     4
        1     cpd     3
        2    stem     2

        """
        one_of("table", table, TABLES)
        return as_frame((_record(row) for row in getattr(self, table)), TABLES[table])

    def __repr__(self) -> str:
        single = sum(cut.nodes is not None and len(cut.nodes) == 1 for cut in self.cuts)
        untested = f"{len(self.untested):,} untested assumption{'s' * (len(self.untested) != 1)}"
        return f"<{type(self).__name__}: {untested}, {single:,} of {len(self.cuts):,} pillars and goals on one thing>"

    def _page(self) -> Page:
        return exposure_page(self)


def _record(row: Any) -> dict[str, Any]:
    found = asdict(row)
    if "link" in found:
        found["source"], found["target"] = found.pop("link")
    if isinstance(row, exposure_values.Cut):
        found["size"] = None if row.nodes is None else len(row.nodes)
    return found

"""Rows that do not change, found by position or by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, overload

from toc.errors import hint, nearest

R = TypeVar("R")


class Rows(Sequence[R], Generic[R]):
    """An immutable sequence whose rows are found by position, by slice or by id."""

    __slots__ = ("_by_id", "_rows")

    def __init__(self, rows: Iterable[R], by_id: Mapping[str, R]) -> None:
        self._rows = tuple(rows)
        self._by_id = dict(by_id)

    @overload
    def __getitem__(self, index: int | str) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[R, ...]: ...
    def __getitem__(self, index: int | str | slice) -> R | tuple[R, ...]:
        if not isinstance(index, str):
            return self._rows[index]
        if index not in self._by_id:
            raise KeyError(f"there is no row for {index!r}{hint(nearest(index, self._by_id))}")
        return self._by_id[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        return self._rows == other._rows if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._rows)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self._rows)}>"

    def _ipython_key_completions_(self) -> list[Any]:
        return list(self._by_id)

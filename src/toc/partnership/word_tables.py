"""The tables of words about partnerships as values: benefits, aims, resources, the ladder, probes, and the four types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from toc.model.mappings import FrozenDict
from toc.model.partner_words import TYPES as TYPE_WORDS
from toc.partnership.shelf import data
from toc.partnership.statements import Basis

WordTable = Literal["benefits", "aims", "resources", "ladder", "probes"]
TYPES: Final = FrozenDict(enumerate(TYPE_WORDS, 1))
"""The four types by their numbers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word that may stand in a file, and what is meant by it. `group` is the source's heading, `kind` ours."""

    id: str
    text: str
    basis: Basis
    source: str
    place: str
    name: str = ""
    group: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A side of how partners stand to each other. `expects` says what the guide expects of each of the four types."""

    id: str
    name: str
    question: str
    basis: Basis
    source: str
    place: str
    expects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactWords:
    """The words of one key of a file, or of what is worked out, and the types that each fits: none says nothing."""

    id: str
    dimension: str
    words: FrozenDict[str, frozenset[int]]
    basis: Basis
    source: str
    place: str
    key: str = ""
    is_worked_out: bool = False


@cache
def entries(table: WordTable) -> Mapping[str, Entry]:
    """The entries of a table by their ids.

    >>> entries("resources")["venue"].kind, len(entries("benefits"))
    ('tangible', 7)
    """
    return FrozenDict({id: Entry(id, **said) for id, said in data(table).items()})


@cache
def dimensions() -> Mapping[str, Dimension]:
    """The twelve dimensions of a partnership's footing by their ids.

    >>> dimensions()["power"].expects[0]
    'with the one who leads or pays'
    """
    found = data("types")["dimensions"]
    return FrozenDict(
        {id: Dimension(id, **{**said, "expects": tuple(said.get("expects", ()))}) for id, said in found.items()}
    )


@cache
def fact_words() -> Mapping[str, FactWords]:
    """What each fact about a partnership says of its type.

    >>> sorted(fact_words()["agreement"].words["written"])
    [2, 3]
    """
    found = data("types")["facts"]
    return FrozenDict({id: FactWords(id, **{**said, "words": _types(said["words"])}) for id, said in found.items()})


def _types(words: Mapping[str, list[int]]) -> FrozenDict[str, frozenset[int]]:
    return FrozenDict({word: frozenset(types) for word, types in words.items()})

"""Which column of a spreadsheet means what, whatever its author calls it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Final

LOOKED_AT: Final = 10  # so many rows may stand above the headings
KINDS: Final = ("output", "short", "outcome", "medium", "long")  # what an activity leads to, step by step
STARTS_ROWS: Final = ("title", *reversed(KINDS))  # what a row may be about
_CLOSE: Final = 0.87
_SHORTEST: Final = 5  # of a heading that may be misspelt
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Meaning:
    """The field that a heading means, the number at its end, of what a KPI speaks, and whether it had to be guessed."""

    field: str | None
    number: int | None = None
    about: str | None = None
    guessed: bool = False


@cache
def headings() -> Mapping[str, Mapping[str, Any]]:
    """What headings mean, field by field, as `headings.toml` says."""
    return tomllib.loads(files("toc.spreadsheet").joinpath("headings.toml").read_text(encoding="utf-8"))


@cache
def words() -> Mapping[str, Any]:
    """What cells say in words, as `words.toml` says."""
    return tomllib.loads(files("toc.spreadsheet").joinpath("words.toml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """The words of a text in small letters, without the signs between them.

    >>> plain("Work-stream / Theme"), plain("Nombre d'élèves")
    ('work stream theme', 'nombre d élèves')
    """
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


@cache
def _fields() -> Mapping[str, str]:
    return {plain(name): field for field, one in headings().items() for name in one["names"]}


@cache
def meaning(heading: str) -> Meaning:
    """What a heading means, capitals, brackets and small slips aside.

    >>> meaning("Certainty of impact (H/M/L)"), meaning("KPI 2")
    (Meaning(field='certainty', number=None, about=None, guessed=False), Meaning(field='kpi', number=2, about=None, guessed=False))
    """
    if len(heading) > _LONGEST:
        return Meaning(None)
    heading = re.sub(r"\([^)]*\)?", " ", heading)
    text, number = _numbered(plain(heading))
    parts = {_field(plain(part)) for part in re.split(r"[/,|]| or ", heading) if plain(part)}
    field = _field(text) or (parts.pop() if len(parts) == 1 else None)
    if field:
        return Meaning(field, number)
    about, _, rest = text.partition(" ")
    kind = _field(about)
    if _field(rest) == "kpi" and kind in (*STARTS_ROWS, "pillar", "goal"):
        return Meaning("kpi", number, kind)
    close = get_close_matches(text, _fields(), n=1, cutoff=_CLOSE) if len(text) >= _SHORTEST else ()
    return Meaning(_fields()[close[0]], number, guessed=True) if close else Meaning(None)


def _numbered(text: str) -> tuple[str, int | None]:
    """A heading without the numbers at its end, which count KPIs or name a year."""
    found = re.fullmatch(r"(.*[^\d ])((?: ?\d{1,4})+)", text)
    return (found[1], int(found[2].split()[0])) if found else (text, None)


def _field(text: str) -> str | None:
    """The field of exactly these words, with one of the words that say nothing before or behind them."""
    shorter = [text, text.removesuffix("s")]
    for word in words()["before"]:
        shorter += [text.removeprefix(f"{word} ")] * text.startswith(f"{word} ")
    for word in words()["after"]:
        shorter += [text.removesuffix(f" {word}")] * text.endswith(f" {word}")
    if found := re.match(r"(?:kpi|indicator|measure)s? (.+)", text):
        shorter.append(found[1])
    return next((_fields()[one] for one in (*shorter, *(f"{one}s" for one in shorter[:1])) if one in _fields()), None)


def named(heading: str) -> str:
    r"""A heading in quotes, on one line and not too long.

    >>> named("Cost\nin pounds")
    "'Cost in pounds'"
    """
    return f"'{' '.join(heading.split())[:60]}'"


def starts_table(cells: Sequence[str]) -> bool:
    """Whether a row of cells looks like headings: something that rows are about, and no long text."""
    return any(meaning(cell).field in STARTS_ROWS for cell in cells[:200])


def sense(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How much sense rows make as a table: the headings that mean something, and how many columns there are."""
    for cells in rows:
        if starts_table(cells):
            return sum(meaning(cell).field is not None for cell in cells[:200]), len(cells)
    return 0, max(map(len, rows), default=0)

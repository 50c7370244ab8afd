"""Write the tables and the bibliography of `docs/measurement-guidance.md` from `advice.toml`.

What stands between two comments, `<!-- grid -->` and `<!-- end of grid -->` for example, is written anew; the rest of the
page is left as it is. After a change to the advice:

    python scripts/make_guidance_tables.py
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from pathlib import Path

from toc.guidance.advice_file import advice, filled
from toc.guidance.advice_schema import Book, Cell, Wanted
from toc.guidance.scales import Basis
from toc.model.types import LEVELS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "measurement-guidance.md"
MARK = {Basis.SOURCE: "**source**", Basis.EXTENSION: "extension"}


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    names = list(columns)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def bullets(items: Iterable[str]) -> str:
    """A list in Markdown."""
    return "\n".join(f"- {item}" for item in items)


def cites(names: Iterable[str], book: Book) -> str:
    """Sources as they are cited."""
    return "; ".join(book.sources[name].cite for name in names)


def grid(book: Book) -> str:
    """The nine headlines, certainty downwards and participation across."""
    rows = (
        [
            f"**{certainty} certainty**",
            *(_headline(book.cells[f"{certainty}-{people}"]) for people in LEVELS),
        ]
        for certainty in reversed(LEVELS)
    )
    return table(["", *(f"{people} participation" for people in LEVELS)], rows)


def _headline(cell: Cell) -> str:
    return f"{cell.headline} ({MARK[cell.basis]})"


def cells(book: Book) -> str:
    """Each cell with how deep it looks, its basis and what it rests on."""
    rows = []
    for certainty, people in product(reversed(LEVELS), LEVELS):
        cell, depths = book.cells[f"{certainty}-{people}"], book.certainty[certainty]
        look = f"{depths.minimum} to {depths.maximum}"
        rows.append(
            [f"{certainty}, {people}", cell.approach, look, cell.effort, MARK[cell.basis], cites(cell.sources, book)]
        )
    return table(["certainty, participation", "approach", "look at", "effort", "basis", "rests on"], rows)


def refinements(book: Book) -> str:
    """What takes the place of a cell, or comes before it, and when."""
    pilot = book.pilot
    rows = [
        [
            "medium or high certainty; the idea is established elsewhere; medium or high participation",
            *_row(book.uptake, book),
        ],
        [
            "medium or high certainty; no evidence for the idea anywhere; a decision depends on it",
            *_row(book.comparison, book),
        ],
        [
            "low certainty; a decision depends on it",
            pilot.headlines["count"],
            MARK[pilot.basis],
            cites(pilot.sources, book),
        ],
    ]
    return table(["when", "advice", "basis", "rests on"], rows)


def _row(cell: Cell, book: Book) -> list[str]:
    return [cell.headline, MARK[cell.basis], cites(cell.sources, book)]


def ladder(book: Book) -> str:
    """The levels and the designs, and what two frameworks call them."""
    levels = table(
        ["level", "looks at", "at NPC"],
        ([f"**{level}**", entry.asks, entry.npc] for level, entry in book.levels.items()),
    )
    designs = table(
        ["design", "how the answer is made", "at the Office for Students"],
        ([f"**{design}**", entry.asks, entry.ofs] for design, entry in book.designs.items()),
    )
    return f"{levels}\n\n{designs}"


def wanted(book: Book) -> str:
    """The designs that are asked for, by approach."""
    rows = ([approach, entry.words, _exception(entry)] for approach, entry in book.wanted.items() if entry.designs)
    return table(["approach", "the advice is", "but"], rows)


def _exception(entry: Wanted) -> str:
    if entry.certified:
        return "attainment and practice need no other figure beside them"
    return f"only where a KPI looks at {entry.since} or deeper" if entry.since != "participation" else ""


def questions(book: Book) -> str:
    """The three questions."""
    return "\n".join(f"{number}. {question.asks}" for number, question in enumerate(book.questions, 1))


def claims(book: Book) -> str:
    """What not to claim, by approach, and of feedback."""
    words = book.do_not_claim
    rows = [
        *(
            [name, getattr(words, name)]
            for name in ("count", "redesign", "learning", "attainment", "uptake", "comparison")
        ),
        ["count, where a KPI looks at a change all the same", filled(words.count_beside, kpi="…")],
        ["attainment, where only something further on is compared", words.attainment_further],
        ["any question of feedback", f"{words.feedback_lasts} {words.feedback_silent}"],
    ]
    return table(["approach", "do not claim"], rows)


def notes(book: Book) -> str:
    """The notes on samples and children."""
    return bullets(note.text for note in book.notes.values())


def bibliography(book: Book) -> str:
    """Every source in full, with what it supports and where to find it."""
    return bullets(
        f"**{source.cite}.** {source.reference}{f' <{source.url}>' if source.url else ''} *Supports:* {source.supports}"
        for source in book.sources.values()
    )


PARTS = {
    "questions": questions,
    "grid": grid,
    "cells": cells,
    "refinements": refinements,
    "ladder": ladder,
    "wanted": wanted,
    "claims": claims,
    "notes": notes,
    "bibliography": bibliography,
}


def page(text: str) -> str:
    """The page with every part written from the advice as it is now. Raises ValueError where a part has no place."""
    for name, part in PARTS.items():
        place = re.compile(rf"(?<=<!-- {name} -->\n)(?s:.*?)(?=<!-- end of {name} -->\n)")
        made = f"\n{part(advice())}\n\n"
        text, found = place.subn(lambda _, made=made: made, text)
        if found != 1:
            raise ValueError(f"{PAGE.name}: there must be one place for {name!r}, and there are {found}")
    return text


def main() -> None:
    """Write the page and say so."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"docs/{PAGE.name}: {len(PARTS)} parts")


if __name__ == "__main__":
    main()

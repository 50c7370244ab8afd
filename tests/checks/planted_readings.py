"""Planted faults of the rules on readings."""

from __future__ import annotations

from typing import Any, Final

import toc
from checks.planting import Planted

PUPILS: Final = {"group": "pp-pupils"}


def read(id: str, *readings: tuple[Any, ...], **changes: Any) -> Any:
    """A change of one KPI: readings of a date and a value, and perhaps of whom, and of how many."""
    fields = ("date", "value", "where", "n")
    rows = [{key: value for key, value in zip(fields, row, strict=False) if value is not None} for row in readings]
    return lambda theory: theory.edit(id, readings=rows, **changes)


def counted(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The theory with a KPI that counts people, of whom more are in a part than in the whole."""
    rows = [{"date": "2026-08-01", "value": 40}, {"date": "2026-08-01", "value": 41, "where": PUPILS}]
    first = theory.kpis["taken-up"]
    return theory.with_node(first.evolve(id="visitors", level="participation", unit="teachers", readings=rows))


PLANTED: Final[tuple[Planted, ...]] = (
    Planted("TOC171", read("taken-up", ("2026-09-02", 1)), ("taken-up", "shared-practice")),
    Planted("TOC171", read("taken-up", ("2026-06-29", 1)), ("taken-up", "shared-practice")),
    Planted("TOC172", read("lessons-seen", ("2026-08-01", 140, None, 30)), ("lessons-seen", "teaching")),
    Planted("TOC172", read("taken-up", ("2026-08-01", 6), unit="methods out of 5"), ("taken-up", "shared-practice")),
    Planted("TOC172", read("taken-up", ("2026-08-01", 1, None, 0)), ("taken-up", "shared-practice")),
    Planted("TOC172", counted, ("visitors", "shared-practice")),
    Planted("TOC173", read("lessons-seen", ("2026-08-01", 36, None, 30)), ("lessons-seen", "teaching")),
    Planted("TOC174", read("lessons-seen", ("2026-08-01", 0.45, None, 30)), ("lessons-seen", "teaching")),
    Planted("TOC175", read("lessons-seen", ("2026-08-01", 45)), ("lessons-seen", "teaching")),
    Planted(
        "TOC176",
        read("at-age", ("2026-08-01", 62, None, 100), ("2026-08-01", 60, PUPILS, 9)),
        ("at-age", "reading"),
    ),
    Planted(
        "TOC177",
        read("methods-used", baseline={"value": 15, "date": "2025-06-30"}),
        ("methods-used", "confident-teachers"),
    ),
    Planted(
        "TOC177",
        read("taken-up", ("2024-09-01", 1), baseline={"value": 0, "date": "2024-08-01"}),
        ("taken-up", "shared-practice"),
    ),
    Planted("TOC178", read("own-choice", target={"value": 50, "by": "2026-08-31"}), ("own-choice", "keen-readers")),
    Planted("TOC179", read("taken-up", ("2026-08-01", 1), ("2026-08-01", 1.5)), ("taken-up", "shared-practice")),
    Planted(
        "TOC180",
        read(
            "taken-up",
            ("2026-08-01", 1),
            baseline={"value": 0, "date": "2023-06-30"},
            target={"value": 2, "by": "2024-07-31"},
        ),
        ("taken-up", "shared-practice"),
    ),
    Planted("TOC181", read("at-age", ("2026-08-01", 62, None, 100)), ("at-age", "reading")),
)

"""The ladder of evidence: on which rung each activity stands, which its KPIs would reach, and which the advice asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from toc.guidance import Approach, approach_of, questions
from toc.language.vocabulary import Wording, wording
from toc.model import Theory
from toc.model.kept import kept
from toc.model.mappings import FrozenDict
from toc.pages.answer import Answer, Rows, Sheets, plain
from toc.pages.blocks import Page
from toc.pages.sheet import Column, Sheet
from toc.partnership.ladder_page import ladder_page
from toc.partnership.rungs import RUNGS, Ends, Rung, Standings, is_read

ASKED: Final = FrozenDict[Approach, Rung](
    {
        Approach.COUNT: "counts",
        Approach.UPTAKE: "counts",
        Approach.LEARNING: "outcomes",
        Approach.ATTAINMENT: "outcomes",
        Approach.COMPARISON: "comparison",
    }
)


@dataclass(frozen=True, slots=True)
class ActivityEvidence:
    """The rungs of one activity: today, planned with the KPIs there are, and asked for by the advice.

    `asked` is None while the activity is to be redesigned (`approach`), and while nobody has said how certain its effect
    is; then `questions` holds three. `today_kpis` and `planned_kpis` are those on which the rungs rest, `testimony` the
    ends of the links on which people tell of it, `unlevelled` the KPIs in reach that count for nothing; of very many KPIs
    the first twelve are named.
    """

    activity: str
    title: str
    today: Rung
    planned: Rung
    asked: Rung | None
    approach: Approach | None
    questions: tuple[str, ...]
    today_kpis: tuple[str, ...]
    planned_kpis: tuple[str, ...]
    testimony: tuple[Ends, ...]
    unlevelled: tuple[str, ...]

    @property
    def is_below(self) -> bool:
        """Whether it stands below what is asked."""
        return self.asked is not None and RUNGS.index(self.today) < RUNGS.index(self.asked)

    @property
    def would_reach(self) -> bool:
        """Whether it would stand where it is asked if all of its KPIs were read."""
        return self.asked is not None and RUNGS.index(self.planned) >= RUNGS.index(self.asked)


class EvidenceLadder(Rows[ActivityEvidence], Answer):
    """The rungs of evidence of every activity, in the author's order; `ladder["sport"]` is one of them.

    The rungs are none, anecdote, counts, outcomes and comparison. They say how sturdy what is known is, and not how well an
    activity works. `read` are the KPIs with a reading of everybody, `kpis` all; those that are `unlevelled` are in reach of
    an activity and count for nothing. The table is "activities".

    >>> import toc
    >>> ladder = toc.example("rgs-newcastle").evidence_ladder()
    >>> ladder
    <EvidenceLadder: 5 of 13 activities where the advice asks>
    >>> ladder["bright-sparks"].today, ladder["bright-sparks"].planned, ladder["bright-sparks"].asked
    ('none', 'comparison', 'outcomes')
    """

    __slots__ = ("kpis", "read", "title", "unlevelled", "wording")

    def __init__(self, theory: Theory) -> None:
        standings = Standings.of(theory)
        found = [_on_activity(theory, standings, id) for id in theory.activities]
        super().__init__(found, {one.activity: one for one in found})
        self.title: str = theory.title
        self.wording: Wording = wording(theory)
        self.kpis: tuple[str, ...] = tuple(theory.kpis)
        self.unlevelled: tuple[str, ...] = standings.unlevelled
        self.read: tuple[str, ...] = tuple(id for id, kpi in theory.kpis.items() if is_read(kpi))

    @property
    def below(self) -> tuple[str, ...]:
        """The activities that stand below what is asked."""
        return tuple(one.activity for one in self if one.is_below)

    def __repr__(self) -> str:
        met = sum(one.asked is not None and not one.is_below for one in self)
        return f"<EvidenceLadder: {met:,} of {self.wording.count(len(self), 'activity')} where the advice asks>"

    def _page(self) -> Page:
        return ladder_page(self)

    def _sheets(self) -> Sheets:
        return {"activities": partial(_sheet, self)}

    def _record(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "kpis": len(self.kpis),
            "read": [*self.read],
            "unlevelled": [*self.unlevelled],
            "activities": plain((*self,)),
        }


def evidence_ladder(theory: Theory) -> EvidenceLadder:
    """The rungs of evidence of every activity, in time linear in the size of the theory."""
    return kept(theory, EvidenceLadder)


def _on_activity(theory: Theory, standings: Standings, id: str) -> ActivityEvidence:
    activity, found = theory.activities[id], standings[id]
    approach = approach_of(theory, activity)
    return ActivityEvidence(
        activity=id,
        title=activity.title,
        today=RUNGS[found.height],
        planned=RUNGS[max(found.planned, found.height)],
        asked=ASKED.get(approach) if approach else None,
        approach=approach,
        questions=() if approach else questions(),
        today_kpis=found.today_kpis,
        planned_kpis=found.planned_kpis,
        testimony=found.testimony,
        unlevelled=found.unlevelled,
    )


def _sheet(found: EvidenceLadder) -> Sheet[ActivityEvidence]:
    def titles(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(found.wording.titles[id] for id in ids)

    columns: tuple[Column[ActivityEvidence], ...] = (
        Column("activity", ""),
        Column("title", "Activity"),
        Column("today", "Today"),
        Column("planned", "Planned"),
        Column("asked", "Asked"),
        Column("approach", "Advice"),
        Column("today_kpis", "Rests today on", cell=lambda row: titles(row.today_kpis)),
        Column("planned_kpis", "Would rest on", cell=lambda row: titles(row.planned_kpis)),
        Column("testimony", "Told on", cell=lambda row: tuple(map(found.wording.link, row.testimony))),
        Column("unlevelled", "KPIs without a level", cell=lambda row: titles(row.unlevelled)),
    )
    return Sheet(columns, found)

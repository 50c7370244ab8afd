"""The same values in pydantic's own models, as anybody would write them: without the graph, ids and short forms."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict


class Plain(BaseModel):
    """Unknown keys are refused, values are checked; ids, links and short forms are not."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Link(Plain):
    """A link with its argument."""

    because: str | None = None
    assumptions: list[str] = []
    evidence: list[dict[str, Any]] = []
    confidence: float | None = None
    contribution: str | None = None
    sign: str = "+"
    feedback: bool = False


class Node(Plain):
    """The keys that every node may have."""

    title: str
    description: str | None = None
    leads_to: str | dict[str, Link | None] = {}
    pillar: str | None = None
    target_group: list[str] = []
    tags: list[str] = []
    url: str | None = None
    by: dt.date | None = None


class Activity(Node):
    """What is done."""

    certainty: str | None = None
    participation: int | str | None = None
    evidence_strength: str | None = None
    stakes: str | None = None
    starts: dt.date | None = None
    ends: dt.date | None = None
    recurs: str | None = None
    lead: str | None = None
    funding: list[str] = []
    partners: list[str] = []


class Milestone(Plain):
    """A target with its date."""

    value: float
    by: dt.date | None = None


class Kpi(Plain):
    """What is measured."""

    title: str
    measures: str
    level: str | None = None
    design: str = "after"
    unit: str | None = None
    direction: str | None = None
    baseline: float | None = None
    target: Milestone | None = None
    readings: list[dict[str, Any]] = []
    source: str | None = None
    method: str | None = None
    frequency: str | None = None
    owner: str | None = None


class Theory(Plain):
    """The file as a whole."""

    toc: int
    title: str
    goal: str
    pillars: dict[str, str]
    outcomes: dict[str, Node]
    outputs: dict[str, Node]
    activities: dict[str, Activity]
    kpis: dict[str, Kpi]


if __name__ == "__main__":  # a process that reads one file and ends
    Theory.model_validate_json(Path(sys.argv[1]).read_bytes())

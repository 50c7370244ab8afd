"""Many theories of 30 nodes, one after the other, against the same values in pydantic's own models, without the graph."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from pydantic import BaseModel, ConfigDict

import toc
from data import theory
from timing import report

TEXTS = [json.dumps(theory(30, seed=seed)) for seed in range(100)]


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


def all_of_them() -> None:
    """Load every one."""
    for text in TEXTS:
        toc.loads(text, format="json")


def floor() -> None:
    """Only check every one's values."""
    for text in TEXTS:
        Theory.model_validate_json(text)


report("a hundred theories of 30 nodes", all_of_them, ("pydantic's own models", floor), goal=1.67)

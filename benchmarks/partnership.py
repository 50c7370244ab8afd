"""What is said of a partnership, against loading its theory: so many activities with so many partners."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final

import toc
from timing import QUICK, Work, growth, report

SIZES: Final = ((20, 5),) if QUICK else ((100, 12), (1_000, 50))
BENEFITS: Final = ("relationship", "complementarity", "shared-learning", "provision", "attainment", "enrichment")
GIFTS: Final = ("facilities", "subject-expertise", "staff-time", "networks", "venue")
LEVELS: Final = ("low", "medium", "high")
DEPTHS: Final = ("participation", "learning", "attainment", "feedback")
DAY: Final = date(2026, 9, 1)
PARTS: Final[dict[str, Callable[[toc.TheoryOfChange], object]]] = {
    "mutuality": toc.TheoryOfChange.mutuality,
    "profile": toc.TheoryOfChange.partnership_profile,
    "evidence ladder": toc.TheoryOfChange.evidence_ladder,
    "benefits": toc.TheoryOfChange.benefits,
    "health": lambda theory: theory.health(today=DAY),
}


def theory_of(activities: int, partners: int) -> str:
    """Activities that lead to outcomes, a KPI on every third, each with two partners that give and gain, as JSON."""
    outcomes = max(2, activities // 3)

    def activity(place: int) -> dict[str, Any]:
        with_whom = [f"p{place % partners}", f"p{(place + 1 + place % (partners - 1)) % partners}"]
        exchange = {"gives": GIFTS[place % 5], "gains": [BENEFITS[place % 6], BENEFITS[(place + 1) % 6]]}
        evidence = [{"source": "A letter", "type": "testimony"}] if place % 4 == 0 else []
        return {
            "title": f"Activity {place}",
            "leads_to": {
                f"o{place % outcomes}": {"because": "It has worked before", "evidence": evidence},
                f"o{place * 3 % outcomes}": {"because": "It is near"},
            },
            "certainty": LEVELS[place % 3],
            "participation": 20 + place % 600,
            "starts": "2024-09-01",
            "impact": {"internal": LEVELS[place % 3], "external": LEVELS[place // 3 % 3]},
            "partners": with_whom,
            "exchange": dict.fromkeys(with_whom, exchange),
        }

    def kpi(place: int) -> dict[str, Any]:
        return {
            "title": f"KPI {place}",
            "measures": f"o{place * 3 % outcomes}",
            "level": DEPTHS[place % 4],
            "design": "before-after",
            "baseline": {"value": 10, "date": "2025-07-31"},
            "readings": [{"date": "2026-07-31", "value": 12}] if place % 2 else [],
        }

    ends = {
        f"o{place}": {"title": f"Outcome {place}", "leads_to": f"o{(place + 1) // 2 - 1}"}
        for place in range(2, outcomes)
    }
    first = {f"o{place}": {"title": f"Outcome {place}", "leads_to": "goal"} for place in range(2)}
    groups = {f"g{place}": {"title": f"Pupils {place}", "partner": f"p{place}"} for place in range(partners)}
    for place, outcome in enumerate({**first, **ends}.values()):
        outcome["target_group"] = f"g{place % partners}"
    return json.dumps(
        {
            "toc": 1,
            "title": "A partnership",
            "goal": "Every child thrives",
            "context": {"target_groups": groups},
            "outcomes": {**first, **ends},
            "activities": {f"a{place}": activity(place) for place in range(activities)},
            "kpis": {f"k{place}": kpi(place) for place in range(activities // 2)},
            "partners": {f"p{place}": {"title": f"School {place}", "sector": "state"} for place in range(partners)},
            "partnership": {"home": "p0", "type": 3, "trust": "high", "power": "even", "communication": "open"},
        }
    )


def answering(text: str, *parts: str) -> Work:
    """Some answers, or all, for a theory that nobody has looked at yet: a copy that is not validated again has no views."""
    fields = toc.loads(text, format="json").contents()

    def work() -> None:
        theory = toc.TheoryOfChange.model_construct(**fields)
        for part in parts or PARTS:
            PARTS[part](theory)

    return work


for activities, partners in SIZES:
    text = theory_of(activities, partners)
    loading = ("loading its JSON", partial(toc.loads, text, format="json"))
    size = f"{activities:,} activities and {partners} partners"
    for part in PARTS:
        report(f"{part}, {size}", answering(text, part), loading)
    report(f"all answers, {size}", answering(text), loading, goal=2)

growth(
    "all answers, 50 partners",
    lambda activities: answering(theory_of(activities, 50)),
    (20, 40) if QUICK else (500, 4_000),
    goal=1.2,
)

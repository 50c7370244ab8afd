"""Where a key belongs that stands where none such may: words of the trade, and keys beside their place.

Data, and one function that is asked only once a key was refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from toc.model.types import PLURALS
from toc.problems import Step

KeysAt = Callable[[Sequence[Step]], list[str]]

# What people call what the format calls otherwise. All the words of a row say the same; the keys stand in one place.
_CALLED: Final = (
    ("because", "reason rationale why justification mechanism theory explanation"),
    ("assumptions", "assumption precondition preconditions condition conditions risk risks hypothesis"),
    ("evidence", "proof research studies evidence_base"),
    ("confidence", "likelihood probability plausibility"),
    ("leads_to", "leadsto lead_to leads links link supports support contributes_to contributes causes feeds results_in parent"),
    ("leads_to", "parents target_outcome next effect effects connections edges arrows depends_on"),
    ("kpis", "indicator indicators metric metrics measure kpi measurement measurements measured_by means_of_measurement"),
    ("source", "means_of_verification mov verification data_source sources_of_verification data"),
    ("goal", "impact impacts purpose aim aims vision mission overall_objective overall_goal ultimate_outcome end_goal"),
    ("pillars", "strand strands theme themes workstream workstreams priorities domains areas"),
    ("outcomes", "outcome result results changes change objective objectives benefits"),
    ("outputs", "output deliverable deliverables product products"),
    ("activities", "activity intervention interventions project projects programme programmes program actions action tasks"),
    ("target_group", "beneficiary beneficiaries participants audience target_groups target_audience population pupils who for_whom"),
    ("partners", "partner stakeholder stakeholders organisations organizations schools collaborators"),
    ("lead", "responsible responsibility person_responsible leader manager coordinator accountable staff"),
    ("funding", "funder funders funded_by fund"),
    ("lead funding partners", "input inputs resource resources"),
    ("starts ends", "timeline timeframe timescale schedule dates period duration"),
    ("starts", "start start_date from begins"),
    ("ends", "end end_date until finish"),
    ("by", "deadline due due_date target_date when"),
    ("title", "name label heading text"),
    ("description", "details detail summary notes note comment comments"),
    ("external_factors", "external context_factors environment"),
    ("problem", "need needs challenge situation problem_statement"),
    ("readings", "reading actual actuals achieved progress values"),
    ("x-cost", "cost costs budget price spend expenditure"),
)  # fmt: skip
_KEYS_OF: Final = MappingProxyType(
    {word: tuple(dict.fromkeys(keys.split())) for keys, words in _CALLED for word in words.split()}
)
# Keys that another kind calls otherwise.
_TWINS: Final = MappingProxyType(
    {
        "frequency": "recurs",
        "recurs": "frequency",
        "owner": "lead",
        "lead": "owner",
        "leads_to": "measures",
        "by": "ends",
    }
)
_SECTIONS: Final = frozenset(
    {*PLURALS.values(), "goal", "partners", "partnership", "reviews", "frames", "context", "settings"}
)
PLACES: Final[tuple[tuple[str, tuple[Step, ...]], ...]] = (
    ("a goal", ("goals", "x")),
    ("a pillar", ("pillars", "x")),
    ("an outcome", ("outcomes", "x")),
    ("an output", ("outputs", "x")),
    ("an activity", ("activities", "x")),
    ("a KPI", ("kpis", "x")),
    ("a link", ("activities", "x", "leads_to", "y")),
    ("an assumption", ("activities", "x", "leads_to", "y", "assumptions", 0)),
    ("a piece of evidence", ("activities", "x", "leads_to", "y", "evidence", 0)),
    ("a reading", ("kpis", "x", "readings", 0)),
    ("a target", ("kpis", "x", "target", 0)),
    ("`context`", ("context",)),
    ("a target group", ("context", "target_groups", "x")),
    ("a partner", ("partners", "x")),
    ("`disadvantage` of a partner", ("partners", "x", "disadvantage")),
    ("something under `brings`", ("partners", "x", "brings", 0)),
    ("something under `receives`", ("partners", "x", "receives", 0)),
    ("`partnership`", ("partnership",)),
    ("a word under `partnership`", ("partnership", "trust")),
    ("what a partner gives and gains", ("activities", "x", "exchange", "y")),
    ("a review", ("reviews", "x")),
    ("an answer of a review", ("reviews", "x", "answers", "y")),
    ("a frame", ("frames", "x")),
    ("`settings`", ("settings",)),
    ("`settings: checks`", ("settings", "checks")),
    ("`settings: monitoring`", ("settings", "monitoring")),
    ("`settings: iati`", ("settings", "iati")),
    ("`settings: cids`", ("settings", "cids")),
    ("the theory as a whole", ()),
)
_COMMON: Final = 8  # a key of so many places is no sign of one of them


def belongs(key: str, above: Sequence[Step], beside: Any, keys_at: KeysAt) -> tuple[str, str | None] | None:
    """What to write instead of a key that stands below `above`, and the key to write there; None where nobody knows.

    `beside` is what stands there, as its author wrote it; `keys_at` gives the keys of a place.
    """
    here = keys_at(above)
    word = key.strip().casefold().replace("-", "_").replace(" ", "_")
    keys = _KEYS_OF.get(word, ())
    if keys and all(one in here for one in keys):
        return f"here that is {_ways(keys)}", keys[0] if len(keys) == 1 else None
    if (twin := _TWINS.get(word)) and twin in here:
        return f"here that is `{twin}`", twin
    if keys[:1] and keys[0].startswith("x-"):
        return f"the format has no place for it: write `x-{word}`, which is kept and never read", None
    keys = keys or ((word,) if word not in here else ())
    places = [(name, path) for name, path in PLACES if keys and keys[0] in keys_at(path)]
    if not places or len(places) >= _COMMON:
        return None
    return _advice(key, keys, [name for name, _ in places], above, beside), None


def _advice(key: str, keys: tuple[str, ...], places: list[str], above: Sequence[Step], beside: Any) -> str:
    id = above[1] if len(above) > 1 and above[0] in PLURALS.values() else None
    one = keys[0]
    if places == ["the theory as a whole"] and one in _SECTIONS:
        points = f"`{'measures' if one == 'kpis' else 'leads_to'}: {id or 'ID'}`"
        if one not in PLURALS.values() or one == "goals" or id is None:
            return f"that is `{one}:`, which stands at the left margin"
        return f"that is `{one}:`, which stands at the left margin; each of them says {points}"
    if "a link" in places:
        target, told = _target(beside), "" if one == key else f"that is `{one}`; "
        if above[:1] == ("kpis",) or id is None:
            return f"{told}it is about one link, so it stands under `leads_to` of the box that the link starts from"
        return (
            f"{told}it is about one link: write `leads_to:` and on the line below, indented, `{target}: {{{one}: …}}`"
        )
    if places == ["a KPI"]:
        told = "a KPI holds it" if one == key else f"that is {_ways(keys)} of a KPI"
        return f"{told}: write it under `kpis`, in one with `measures: {id or 'ID'}`"
    return f"that is {_ways(keys)} of {_either(places)}" if keys != (key,) else f"it belongs to {_either(places)}"


def _target(beside: Any) -> str:
    """The first id that a box leads to, as an example."""
    written = beside.get("leads_to") if isinstance(beside, Mapping) else None
    found = next(iter(written), None) if isinstance(written, (Mapping, list, tuple)) else written
    return found if isinstance(found, str) and found.strip() else "ID"


def _ways(keys: Collection[str]) -> str:
    return _either([f"`{key}`" for key in keys])


def _either(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]

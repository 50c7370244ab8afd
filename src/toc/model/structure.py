"""What makes the values one theory: ids, references, the grammar of links, cycles.

Everything here reads the raw form, before pydantic or after it failed, so that these problems are reported together
with those of the values. It is total: whatever has a wrong shape is passed over, because pydantic names it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

from toc import graph
from toc.limits import refuse_over
from toc.model.complaints import ADVISED, unknown_key
from toc.model.meant import id_advice
from toc.model.mentions import mention_problems
from toc.model.nodes import CausalNode, written_links
from toc.model.types import KINDS, PLURALS, Kind, shown
from toc.problems import Path, Problem

RANKS: Final[dict[Kind, int]] = {"activity": 0, "output": 1, "outcome": 2, "pillar": 3, "goal": 4}
MAY_LEAD_TO: Final[dict[Kind, tuple[Kind, ...]]] = {
    "activity": ("activity", "output", "outcome", "pillar", "goal"),
    "output": ("output", "outcome", "pillar", "goal"),
    "outcome": ("outcome", "pillar", "goal"),
    "pillar": ("pillar", "goal"),
    "goal": (),
}
REFERENCES: Final[dict[Kind, tuple[str, ...]]] = {
    "goal": ("target_group",),
    "pillar": ("target_group",),
    "outcome": ("target_group", "pillar"),
    "output": ("target_group", "pillar"),
    "activity": ("target_group", "pillar", "partners"),
    "kpi": ("target_group", "measures", "collected_by"),
}
REFERENCE_NAMES: Final = {
    "target_group": "target group",
    "partners": "partner",
    "collected_by": "partner",
    "pillar": "pillar",
    "measures": "id",
}
LINK_ENDS: Final = ("source", "target")

Raw = Mapping[str, Any]
Nodes = Mapping[Kind, Mapping[str, Any]]


def nodes_of(raw: Raw) -> dict[Kind, Mapping[str, Any]]:
    """The raw nodes by kind and id, as far as they have the shape of such."""
    found: dict[Kind, Mapping[str, Any]] = {}
    for kind in KINDS:
        section = raw.get(PLURALS[kind])
        found[kind] = section if isinstance(section, dict) else {}
    return found


def refuse_excess(raw: Any) -> None:
    """Go on, unless there are more nodes or written links than the limits at work. Raises TheoryError (TOC004)."""
    if not isinstance(raw, Mapping):
        return
    sections = nodes_of(raw).values()
    refuse_over("nodes", sum(map(len, sections)) + ("goal" in raw))
    written = (node.get("leads_to") for section in sections for node in section.values() if type(node) is dict)
    refuse_over("links", sum(len(links) if isinstance(links, (dict, list)) else links is not None for links in written))


def structure_problems(raw: Raw) -> list[Problem]:
    """Everything that is wrong between the parts of a theory in its raw form."""
    nodes = nodes_of(raw)
    kinds: dict[str, Kind] = {}
    problems = list(_ids_used_twice(nodes, kinds))
    problems += derived_key_problems(raw)
    problems += _link_problems(nodes, kinds)
    problems += _reference_problems(raw, nodes, kinds)
    return problems


def _ids_used_twice(nodes: Nodes, kinds: dict[str, Kind]) -> Iterator[Problem]:
    """Fill `kinds` and yield a problem for each id that stands in two kinds."""
    for kind, section in nodes.items():
        if kinds.keys().isdisjoint(section):
            kinds.update(dict.fromkeys(section, kind))
            continue
        for id in section:
            if id in kinds:
                message = (
                    f"the id '{id}' is used twice: it is {article(kinds[id])} already, so give one of them another id"
                )
                yield Problem("TOC031", message, (PLURALS[kind], id))
            else:
                kinds[id] = kind


def _link_problems(nodes: Nodes, kinds: Mapping[str, Kind]) -> list[Problem]:
    problems: list[Problem] = []
    all_nodes = {id: node for kind in RANKS for id, node in nodes[kind].items()}
    for kind in RANKS:
        allowed = frozenset(MAY_LEAD_TO[kind])
        among_equals: dict[str, list[str]] = {}
        for id, node in nodes[kind].items():
            if type(node) is dict and "leads_to" not in node:
                continue
            for target, feedback in raw_links(node):
                there = kinds.get(target)
                if there == kind and not feedback and there in allowed:
                    among_equals.setdefault(id, []).append(target)
                elif ((target == id and feedback) or not may_link(there, allowed, feedback=feedback)) and isinstance(
                    target, str
                ):
                    known = all_nodes if len(problems) < ADVISED and there is None else {}
                    problems.append(link_problem(Claim(id, kind, target, there, feedback), known))
        problems += cycle_problems(kind, among_equals)
    return problems


def may_link(there: Kind | None, allowed: Collection[Kind], *, feedback: bool) -> bool:
    """Whether a link to a node of the kind `there` is one of those allowed, or a declared feedback loop."""
    return there in allowed or (feedback and there is not None and there != "kpi")


def raw_links(node: Any) -> Iterable[tuple[str, bool]]:
    """Target and feedback of each link that a raw node writes, in whichever form."""
    if type(node) is dict:
        written = node.get("leads_to")
        if type(written) is dict:
            return [(t, type(link) is dict and link.get("feedback") is True) for t, link in written.items()]
        if isinstance(written, str):
            return ((written.strip(), False),)
        if isinstance(written, (list, tuple)):
            return [(target, False) for target in dict.fromkeys(t.strip() for t in written if isinstance(t, str))]
    elif isinstance(node, CausalNode):
        return [(target, link.feedback) for target, link in written_links(node).items()]
    return ()


class Claim(NamedTuple):
    """A link that may not be: from `source`, of `kind`, to `target`, which is of the kind `there` or unknown."""

    source: str
    kind: Kind
    target: str
    there: Kind | None
    feedback: bool


def link_problem(claim: Claim, known: Mapping[str, Any]) -> Problem:
    """Why a link may not be; `known` are the nodes among which the one that was meant is looked for."""
    source, kind, target, there, feedback = claim
    path: Path = (PLURALS[kind], source, "leads_to", target)
    if there is None:
        advice, suggestion = id_advice(target, known, besides=source)
        return Problem("TOC030", f"unknown id {shown(target)}{advice}", path, suggestion=suggestion)
    if there == "kpi":
        message = f"'{source}' cannot lead to the KPI '{target}': a KPI measures; write `measures: {source}` in the KPI"
    elif feedback:
        message = f"'{source}' cannot feed back to itself"
    elif kind == "goal":
        message = f"a goal leads nowhere: turn the link round, or declare `feedback: true` if '{target}' gains from it"
    else:
        message = (
            f"{article(kind)} cannot lead to {article(there)} ('{source}' → '{target}'): "
            f"{article(kind)} leads to {choices(MAY_LEAD_TO[kind])}; turn the link round or declare `feedback: true`"
        )
    return Problem("TOC032", message, path)


def cycle_problems(kind: Kind, links: Mapping[str, list[str]]) -> list[Problem]:
    """A problem for each loop among nodes of one kind that needs a mark of its own; other links only go upwards."""
    adjacency = {id: list(targets) for id, targets in links.items()}
    for targets in links.values():
        for target in targets:
            adjacency.setdefault(target, [])
    found = graph.cycles(adjacency)
    shared = Counter(id for walk in found.walks for id in walk[1:])
    problems = [
        cycle_problem(kind, walk, closing if any(shared[id] > 1 for id in walk) else None)
        for walk, closing in zip(found.walks, found.closing, strict=True)
    ]
    if found.more:
        problems[-1] = replace(problems[-1], message=f"{problems[-1].message}; and {found.more} more loops like these")
    return problems


def cycle_problem(kind: Kind, walk: list[str], closing: tuple[str, str] | None = None) -> Problem:
    """The problem of one cycle, in walking order with its first node repeated at the end.

    `closing` is the link that closes this loop and no other: marks on those are enough for all.
    """
    message = f"a cycle: {' → '.join(walk)}; "
    if len(walk) == 2:
        message += "delete the link: nothing is its own cause"
    else:
        message += "delete a link, or mark it `feedback: true` if the loop is meant"
        message += f"; {closing[0]} → {closing[1]} closes this loop and no other" if closing else ""
    return Problem("TOC033", message, (PLURALS[kind], walk[0], "leads_to", walk[1]))


def is_id(id: str) -> bool:
    """Whether a text may be an id.

    >>> is_id("year-9-maths"), is_id("Year 9")
    (True, False)
    """
    return re.fullmatch("[a-z][a-z0-9-]*", id) is not None


def article(kind: Kind) -> str:
    """The kind with its article.

    >>> article("activity"), article("kpi")
    ('an activity', 'a KPI')
    """
    return "a KPI" if kind == "kpi" else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def choices(words: Iterable[str]) -> str:
    """Words joined by commas and a last or.

    >>> choices(["outcome", "pillar", "goal"])
    'outcome, pillar or goal'
    """
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _reference_problems(raw: Raw, nodes: Nodes, kinds: Mapping[str, Kind]) -> list[Problem]:
    measurable = {id: node for kind in RANKS for id, node in nodes[kind].items()}
    pools = {field: measurable if field == "measures" else reference_pool(raw, field) for field in REFERENCE_NAMES}
    problems: list[Problem] = []
    for kind, section in nodes.items():
        fields = [(field, pools[field]) for field in REFERENCES[kind]]
        for id, node in section.items():
            for field, pool in fields:
                written = node.get(field) if type(node) is dict else getattr(node, field, None)
                if written:
                    for position, name in missing(written, pool):
                        known = pool if len(problems) < ADVISED else {}
                        path = (PLURALS[kind], id, field, position)
                        problems.append(reference_problem(name, field, kinds.get(name), known, path))
    problems += mention_problems(raw, kinds)
    return problems


def reference_pool(raw: Raw, field: str) -> Mapping[str, Any]:
    """The ids that a field other than `measures` may hold."""
    match field:
        case "target_group":
            return names_in(raw.get("context"), "target_groups")
        case "partners" | "collected_by":
            return names_in(raw, "partners")
        case _:
            return names_in(raw, "pillars")


def missing(written: Any, pool: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The ids of a raw reference that are not in the pool, with their positions."""
    if isinstance(written, str):
        written = (written,)
    if isinstance(written, (list, tuple)):
        for position, name in enumerate(written):
            if isinstance(name, str) and name.strip() not in pool and name.strip():
                yield position, name.strip()


def reference_problem(name: str, field: str, there: Kind | None, known: Mapping[str, Any], path: Path) -> Problem:
    """Why a node's field may not hold the id `name`."""
    if field == "measures" and there == "kpi":
        message = f"'{name}' is a KPI: a KPI measures an activity, output, outcome, pillar or goal"
        return Problem("TOC032", message, path)
    advice, suggestion = id_advice(name, known, f"{REFERENCE_NAMES[field]}s")
    where = {"target group": "context.target_groups", "partner": "partners"}.get(REFERENCE_NAMES[field])
    declare = (
        f"{';' if advice else ':'} declare it under `{where}`"
        if where and "list" not in advice and not suggestion
        else ""
    )
    return Problem(
        "TOC030", f"unknown {REFERENCE_NAMES[field]} {shown(name)}{advice}{declare}", path, suggestion=suggestion
    )


def names_in(mapping: Any, key: str) -> Mapping[str, Any]:
    """The mapping under a key of a mapping or value, or an empty one."""
    found = mapping.get(key) if isinstance(mapping, dict) else getattr(mapping, key, None)
    return found if isinstance(found, dict) else {}


def derived_key_problems(raw: Raw) -> Iterator[Problem]:
    """Keys that exist as attributes but stand in no file: a node's `id`, a link's `source` and `target`."""
    for kind, section in nodes_of(raw).items():
        for id, node in section.items():
            if type(node) is dict:
                if "id" in node:
                    yield _derived(PLURALS[kind], id, "id")
                links = node.get("leads_to")
                if type(links) is dict:
                    for target, link in links.items():
                        if link and type(link) is dict and ("source" in link or "target" in link):
                            yield from (
                                _derived(PLURALS[kind], id, "leads_to", target, end) for end in LINK_ENDS if end in link
                            )


def _derived(*path: str) -> Problem:
    code, _, _ = unknown_key(path[-1])
    place = "the id is the key under which it stands" if path[-1] == "id" else "the ends of a link are its place"
    return Problem(code, f"unknown key '{path[-1]}': {place}, so delete this line", path)

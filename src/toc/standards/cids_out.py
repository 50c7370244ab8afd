"""A theory in the Common Impact Data Standard (version 3.2) as JSON-LD: an impact pathway with all its parts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

from toc.errors import TheoryError
from toc.language.text import one_line
from toc.model import Theory
from toc.model.nodes import CausalNode, Kpi, Node
from toc.model.values import CidsSettings, Link
from toc.problems import Path, Problem
from toc.standards.exchange import Loss, plain_number
from toc.standards.left_out import Kept, arrow, left_out, place
from toc.standards.spans import spans

Thing = dict[str, Any]
CONTEXT: Final = "https://ontology.commonapproach.org/contexts/cidsContext.jsonld"
# The published context has no word for the targets of an indicator.
MORE: Final = {"hasTarget": {"@id": "https://ontology.commonapproach.org/cids#hasTarget", "@type": "@id"}}
_OUTCOMES: Final = frozenset({"goal", "pillar", "outcome"})
_A_RISK: Final = "worded as a risk"
_NODE: Final = frozenset({"description"})
_OUTCOME: Final = _NODE | {"target_group", "pillar"}
KEPT: Final[Kept] = MappingProxyType(
    {
        "theory": frozenset({"title", "description"}),
        "context": frozenset({"target_groups", "external_factors"}),
        **dict.fromkeys(("goal", "pillar", "outcome"), _OUTCOME),
        **dict.fromkeys(("activity", "output"), _NODE),
        "kpi": _NODE | {"unit", "baseline", "target", "readings", "measures"},
        "link": frozenset({"assumptions", "sign", "feedback"}),
    }
)


def written(theory: Theory) -> tuple[str, list[Loss]]:
    """The theory as JSON-LD. Raises TheoryError where the settings do not say who publishes, and under which address."""
    if missing := list(_missing(theory)):
        raise TheoryError(missing)
    document = {"@context": [CONTEXT, MORE], "@graph": list(_Pathway(theory).things())}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n", list(_lost(theory))


def _missing(theory: Theory) -> Iterator[Problem]:
    said = theory.settings.cids
    if said is None or not said.base or not said.base.startswith(("https://", "http://")):
        message = 'CIDS names every part by an address: write `base: "https://…"` of your own under `settings: cids:`'
        yield Problem("TOC011", message, ("settings", "cids", "base"))
    if said is None or not said.organization.id:
        message = "CIDS asks for who publishes: write `id`, a short word, under `settings: cids: organization:`"
        yield Problem("TOC011", message, ("settings", "cids", "organization", "id"))
    if said is None or not said.organization.legal_name:
        message = (
            "CIDS asks for the organisation's name in law: write `legal_name` under `settings: cids: organization:`"
        )
        yield Problem("TOC011", message, ("settings", "cids", "organization", "legal_name"))


class _Pathway:
    """The things of one theory, and how they are named."""

    def __init__(self, theory: Theory) -> None:
        said = theory.settings.cids or CidsSettings()
        self.theory = theory
        self.base = f"{(said.base or '').rstrip('/')}/"
        self.organization = self.named("organization", said.organization.id or "")
        self.legal_name = said.organization.legal_name

    def named(self, kind: str, *ids: str) -> str:
        """The address of a thing."""
        return "/".join((f"{self.base}{kind}", *(quote(id, safe="") for id in ids)))

    def of(self, id: str) -> str:
        """The address of a node."""
        return self.named(self.theory.nodes[id].kind, id)

    def things(self) -> Iterator[Thing]:
        """Everything, the pathway first."""
        parts = [*self._nodes(), *self._stakeholders(), *self._indicators(), *self._risks()]
        yield self._pathway(parts)
        yield {
            "@id": self.organization, "@type": "cids:Organization", "hasLegalName": self.legal_name,
            "hasOutcome": _ids(parts, "cids:Outcome"), "hasIndicator": _ids(parts, "cids:Indicator"),
        }  # fmt: skip
        yield from parts

    def _pathway(self, parts: list[Thing]) -> Thing:
        theory = self.theory
        return {
            "@id": self.named("pathway"), "@type": "cids:ImpactPathway", "hasName": theory.title,
            "hasDescription": theory.description or theory.context.problem or theory.title, "forOrganization": self.organization,
            "hasOutcome": _ids(parts, "cids:Outcome"), "hasActivity": _ids(parts, "cids:Activity"),
            "hasOutput": _ids(parts, "cids:Output"), "hasIndicator": _ids(parts, "cids:Indicator"),
            "hasStakeholder": _ids(parts, "cids:BeneficialStakeholder"),
            "hasStakeholderOutcome": _ids(parts, "cids:StakeholderOutcome"),
            "hasImpactRisk": [*_ids(parts, "cids:EvidenceRisk"), *_ids(parts, "cids:ExternalRisk")],
        }  # fmt: skip

    def _nodes(self) -> Iterator[Thing]:
        theory = self.theory
        for node in theory.nodes.values():
            if node.kind == "kpi":
                continue
            links = node.leads_to if isinstance(node, CausalNode) else {}
            led = [theory.nodes[target] for target, link in links.items() if _is_told(link)]
            thing = self._thing(node, "cids:Outcome" if node.kind in _OUTCOMES else f"cids:{node.kind.capitalize()}")
            thing["canProduce"] = [self.of(one.id) for one in led if one.kind in _OUTCOMES]
            if node.kind in _OUTCOMES:
                thing["forOrganization"] = self.organization
                thing["hasIndicator"] = [self.of(id) for id in theory.measured_by.get(node.id, ())]
                pillar = node.id if node.kind == "pillar" else getattr(node, "pillar", None)
                thing["forTheme"] = [self.named("theme", pillar)] if pillar else []
            else:
                thing["hasOutput"] = [self.of(one.id) for one in led if one.kind == "output"]
            yield thing
            if node.kind == "pillar":
                yield self._thing(node, "cids:Theme") | {"@id": self.named("theme", node.id)}

    def _thing(self, node: Node, kind: str) -> Thing:
        about = node.description or node.title
        return {"@id": self.of(node.id), "@type": kind, "hasName": node.title, "hasDescription": about}

    def _stakeholders(self) -> Iterator[Thing]:
        for id, group in self.theory.context.target_groups.items():
            thing = {
                "@id": self.named("stakeholder", id),
                "@type": "cids:BeneficialStakeholder",
                "hasName": group.title,
            }
            thing["hasDescription"] = group.description or group.title
            yield {**thing, "isUnderserved": True} if group.disadvantaged else thing
        for node in self.theory.nodes.values():
            for id in node.target_group if node.kind in _OUTCOMES else ():
                who = self.theory.context.target_groups[id].title
                yield {
                    "@id": self.named("stakeholder-outcome", node.id, id), "@type": "cids:StakeholderOutcome",
                    "hasName": f"{who}: {node.title}", "hasDescription": node.description or node.title,
                    "forStakeholder": self.named("stakeholder", id), "forOutcome": self.of(node.id),
                }  # fmt: skip

    def _indicators(self) -> Iterator[Thing]:
        for kpi in self.theory.kpis.values():
            told = {
                "forOrganization": self.organization,
                "unitDescription": kpi.unit or "not stated",
                "hasIdentifier": kpi.id,
            }
            thing = self._thing(kpi, "cids:Indicator") | told
            measured = [id for id in kpi.measures if self.theory.nodes[id].kind in _OUTCOMES]
            thing["forOutcome"] = list(map(self.of, measured))
            if kpi.baseline:
                thing["hasBaseline"] = self._measure(kpi, kpi.baseline.value)
            parts = list(self._values(kpi))
            thing["hasTarget"] = _ids(parts, "cids:Target")
            thing["hasIndicatorReport"] = _ids(parts, "cids:IndicatorReport")
            yield thing
            yield from parts

    def _values(self, kpi: Kpi) -> Iterator[Thing]:
        """What was to be reached and what was read, each with the time it is about."""
        for span in spans(kpi):
            end = span.end.isoformat()
            for number, milestone in enumerate(span.due):
                about = {"hasComment": f"{kpi.title}: {plain_number(milestone.value)} by {end}"}
                yield (
                    self._value(kpi, "Target", (end, str(number)), span.begin, span.end)
                    | about
                    | self._worth(kpi, milestone.value)
                )
            for number, reading in enumerate(span.read):
                ids = (reading.date.isoformat(), str(number))
                thing = self._value(kpi, "IndicatorReport", ids, min(span.begin, reading.date), reading.date)
                said = [f"{key}: {value}" for key, value in reading.where.items()]
                said += [f"n: {reading.n}"] if reading.n is not None else []
                if text := "; ".join([*said, *([reading.note] if reading.note else [])]):
                    thing["hasComment"] = text
                of = {"forOrganization": self.organization, "forIndicator": self.of(kpi.id)}
                yield thing | of | self._worth(kpi, reading.value)

    def _value(self, kpi: Kpi, kind: str, ids: tuple[str, ...], begin: date, end: date) -> Thing:
        return {
            "@id": self.named(kind.lower(), kpi.id, *ids), "@type": f"cids:{kind}", "hasName": f"{kpi.title}, {end.isoformat()}",
            "startedAtTime": f"{begin.isoformat()}T00:00:00Z", "endedAtTime": f"{end.isoformat()}T00:00:00Z",
        }  # fmt: skip

    def _worth(self, kpi: Kpi, value: float) -> Thing:
        return {"value": self._measure(kpi, value)}

    def _measure(self, kpi: Kpi, value: float) -> Thing:
        return {
            "@type": "i72:Measure",
            "hasNumericalValue": plain_number(value),
            "unitDescription": kpi.unit or "not stated",
        }

    def _risks(self) -> Iterator[Thing]:
        """Assumptions and what may come from outside, worded as what may go wrong."""
        for link in self.theory.written_links:
            for number, one in enumerate(link.assumptions):
                id = "-".join((link.source, link.target, str(number + 1)))
                yield self._risk("EvidenceRisk", id, f"It may not hold that: {one_line(one.text)}")
        for number, text in enumerate(self.theory.context.external_factors):
            yield self._risk("ExternalRisk", f"external-{number + 1}", f"From outside: {one_line(text)}")

    def _risk(self, kind: str, id: str, text: str) -> Thing:
        return {"@id": self.named("risk", id), "@type": f"cids:{kind}", "hasIdentifier": id, "hasDescription": text}


def _ids(parts: list[Thing], kind: str) -> list[str]:
    return [one["@id"] for one in parts if one["@type"] == kind]


def _is_told(link: Link) -> bool:
    """Whether a link says that one thing brings about another: CIDS has no word for the opposite, nor for feedback."""
    return link.sign != "-" and not link.feedback


def _lost(theory: Theory) -> Iterator[Loss]:
    """What CIDS cannot hold, and what it holds with another meaning."""
    yield from left_out(theory, KEPT, "CIDS has no place for it")
    for link in theory.written_links:
        yield from _lost_of_link(theory, link)
    for number, text in enumerate(theory.context.external_factors):
        yield Loss(("context", "external_factors", number), text, _A_RISK)
    for id, kpi in theory.kpis.items():
        yield from _lost_of_kpi(theory, kpi, ("kpis", id))


def _lost_of_link(theory: Theory, link: Link) -> Iterator[Loss]:
    source, target = theory.nodes[link.source].kind, theory.nodes[link.target].kind
    if not _is_told(link):
        yield Loss(place(theory, link), arrow(theory, link), "CIDS knows only what can produce something")
    elif target == "activity" or (source, target) == ("output", "output"):
        yield Loss(place(theory, link), arrow(theory, link), "CIDS has no such link")
    for number, one in enumerate(link.assumptions):
        yield Loss((*place(theory, link), "assumptions", number), one.text, _A_RISK)


def _lost_of_kpi(theory: Theory, kpi: Kpi, path: Path) -> Iterator[Loss]:
    for id in kpi.measures:
        if theory.nodes[id].kind not in _OUTCOMES:
            yield Loss(
                (*path, "measures"), theory.nodes[id].title, "CIDS measures outcomes, and not activities or outputs"
            )
    if kpi.baseline and kpi.baseline.date:
        yield Loss((*path, "baseline", "date"), kpi.title, "CIDS asks for no day of a baseline")
    yield from (
        Loss((*path, "target"), plain_number(one.value), "CIDS asks for the time of a target")
        for one in kpi.target or ()
        if not one.by
    )

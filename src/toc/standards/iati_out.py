"""A theory as results of an IATI activity (version 2.03), in a file of their own or in one that exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from xml.etree import ElementTree as ET

from toc.errors import TheoryError
from toc.language.kpi_units import is_percentage
from toc.model import Theory
from toc.model.nodes import Kpi
from toc.model.types import KINDS, PLURALS, Kind
from toc.model.values import Reading
from toc.problems import Path, Problem
from toc.render.markup import plain_text
from toc.standards.exchange import Loss, plain_number
from toc.standards.iati_file import OWN_NAMESPACE, place_for
from toc.standards.left_out import Kept, arrow, left_out, place
from toc.standards.spans import spans

OWN: Final = "toc:"  # what stands before names of ours, as each result says
TYPES: Final[Mapping[Kind, str]] = MappingProxyType(
    {"goal": "3", "pillar": "2", "outcome": "2", "output": "1", "activity": "1"}
)
VOCABULARIES: Final = MappingProxyType({"who": "1", "sphere": "2", "wdi": "4", "hipso": "8", "sdg": "9"})
OURS: Final = "99"  # the vocabulary of who reports
# What IATI has no place for, in elements of our own, so that our file reads back: the fields of a KPI that are written so.
KEPT: Final = (
    "description", "unit", "source", "method", "level", "design", "direction", "path", "frequency", "owner", "hours", "status",
    "breakdowns", "tags", "url", "above_ceiling",
)  # fmt: skip
_NEEDED: Final = (
    ("identifier", "the identifier of the activity, such as `GB-CHC-1234567-reading`"),
    ("reporting_org.ref", "the identifier of the organisation that publishes, such as `GB-CHC-1234567`"),
    ("reporting_org.type", 'the code of its kind in quotes, such as `"22"` for a national charity'),
    ("reporting_org.name", "its name"),
    ("starts", "the first day of the activity"),
    ("status", 'the code of its state in quotes, such as `"2"` for running'),
    ("country", "the two letters of the country, such as `GB`"),
    ("sector", 'the five digits of the sector in quotes, such as `"11220"` for primary education'),
)
_TOLD: Final[Kept] = MappingProxyType(
    {
        "theory": frozenset({"title", "description"}),
        **dict.fromkeys(KINDS, frozenset({"description"})),
        "kpi": frozenset({*KEPT, "measures", "baseline", "target", "readings", "codes"}),
        "link": frozenset(),
    }
)
_PIPELINE: Final = "1"  # the status of an activity that has not begun


def written(theory: Theory) -> tuple[str, list[Loss]]:
    """The theory as an IATI file of one activity. Raises TheoryError where the settings miss what IATI asks for."""
    if missing := list(_missing(theory)):
        raise TheoryError(missing)
    losses = list(_lost(theory))
    said = theory.settings.iati
    root = ET.Element("iati-activities", {"version": "2.03"})
    activity = ET.SubElement(root, "iati-activity", {"xml:lang": theory.language or "en"})
    assert said is not None and said.starts is not None  # noqa: PT018, S101  # `_missing` has looked
    ET.SubElement(activity, "iati-identifier").text = said.identifier
    who = {"ref": said.reporting_org.ref or "", "type": said.reporting_org.type or ""}
    _narrative(ET.SubElement(activity, "reporting-org", who), said.reporting_org.name or "")
    _narrative(ET.SubElement(activity, "title"), theory.title)
    _narrative(ET.SubElement(activity, "description", {"type": "1"}), theory.description or theory.title)
    _narrative(ET.SubElement(activity, "participating-org", {**who, "role": "2"}), said.reporting_org.name or "")
    ET.SubElement(activity, "activity-status", {"code": said.status or ""})
    began = "1" if said.status == _PIPELINE else "2"
    ET.SubElement(activity, "activity-date", {"iso-date": said.starts.isoformat(), "type": began})
    ET.SubElement(activity, "recipient-country", {"code": said.country or ""})
    ET.SubElement(activity, "sector", {"vocabulary": "1", "code": said.sector or ""})
    activity.extend(_results(theory, losses))
    losses.append(
        Loss(
            ("settings", "iati", "reporting_org"),
            said.reporting_org.name or "",
            "named as accountable: IATI asks who takes part",
        )
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_text(root)}\n', losses


def joined(theory: Theory, file: bytes) -> tuple[str, list[Loss], str]:
    """A file of others with the results of the theory in its activity; all else stays as it is, byte for byte."""
    said = theory.settings.iati
    place = place_for(file, said.identifier if said else None)
    losses = list(_lost(theory))
    results = "".join(f"{_text(result, 2)}\n" for result in _results(theory, losses))
    return place.with_results(results), losses, place.encoding


def _missing(theory: Theory) -> Iterator[Problem]:
    """What IATI asks about an activity and the settings do not say, each with what to write there."""
    said = theory.settings.iati
    for key, what in _NEEDED:
        value: Any = said
        for one in key.split("."):
            value = getattr(value, one, None)
        if value is None:
            message = f"IATI asks for {what}: write `{key.split('.')[-1]}` under `settings: iati:{' reporting_org:' * ('.' in key)}`"
            yield Problem("TOC011", message, ("settings", "iati", *key.split(".")))
    if not any(kpi.measures for kpi in theory.kpis.values()):
        yield Problem(
            "TOC011", "IATI tells results by indicators, and there is no KPI: add one under `kpis:`", ("kpis",)
        )


def _lost(theory: Theory) -> Iterator[Loss]:
    """What stands in the theory and has no place in IATI, but for what is lost of its KPIs."""
    measured = {kpi.measures[0] for kpi in theory.kpis.values()}
    for node in theory.nodes.values():
        if node.kind != "kpi" and node.id not in measured:
            why = "no KPI measures it first, and IATI has no result without an indicator"
            yield Loss((PLURALS[node.kind], node.id), node.title, why)
    for link in theory.written_links:
        yield Loss(place(theory, link), arrow(theory, link), "IATI has no links")
    yield from left_out(theory, _TOLD, "IATI has no place for it")


def _results(theory: Theory, losses: list[Loss]) -> Iterator[ET.Element]:
    """A result for each node that a KPI measures first, in the author's order, goals before what leads to them."""
    by_node: dict[str, list[Kpi]] = {}
    for kpi in theory.kpis.values():
        by_node.setdefault(kpi.measures[0], []).append(kpi)
    for node in theory.nodes.values():
        if node.id in by_node:
            ours = {"xmlns:toc": OWN_NAMESPACE, f"{OWN}id": node.id, f"{OWN}kind": node.kind}
            result = ET.Element("result", {"type": TYPES[node.kind], **ours})
            _narrative(ET.SubElement(result, "title"), node.title)
            if node.description:
                _narrative(ET.SubElement(result, "description"), node.description)
            result.extend(_indicator(theory, kpi, losses) for kpi in by_node[node.id])
            yield result


def _indicator(theory: Theory, kpi: Kpi, losses: list[Loss]) -> ET.Element:
    path: Path = ("kpis", kpi.id)
    found = ET.Element("indicator", {"measure": "2" if is_percentage(kpi) else "1"})
    if kpi.direction == "keep":
        losses.append(Loss((*path, "direction"), kpi.title, "IATI knows more and less, and not a value to be kept"))
    else:
        found.set("ascending", "true" if kpi.direction == "up" else "false")
    if is_percentage(kpi):
        found.set("aggregation-status", "false")
    _narrative(ET.SubElement(found, "title"), kpi.title)
    if text := _about(kpi):
        _narrative(ET.SubElement(found, "description"), text)
    found.extend(_references(kpi, losses))
    losses.extend(
        Loss((*path, "measures"), theory.nodes[id].title, "an indicator stands under one result")
        for id in kpi.measures[1:]
    )
    if kpi.baseline and kpi.baseline.date:
        day = kpi.baseline.date
        said = {"iso-date": day.isoformat(), "year": str(day.year), "value": plain_number(kpi.baseline.value)}
        ET.SubElement(found, "baseline", said)
    elif kpi.baseline:
        losses.append(
            Loss((*path, "baseline"), plain_number(kpi.baseline.value), "IATI asks for the day of a baseline")
        )
    found.extend(_periods(kpi, losses))
    found.extend(_kept(kpi))
    return found


def _about(kpi: Kpi) -> str:
    """What IATI has no element for, as people read it."""
    named = (("", kpi.description), ("Unit: ", kpi.unit), ("Source: ", kpi.source), ("Method: ", kpi.method))
    return ". ".join(f"{name}{text.rstrip('.')}" for name, text in named if text)


def _references(kpi: Kpi, losses: list[Loss]) -> Iterator[ET.Element]:
    yield ET.Element("reference", {"vocabulary": OURS, "code": kpi.id, "indicator-uri": OWN_NAMESPACE})
    for vocabulary, code in kpi.codes.items():
        if vocabulary in VOCABULARIES:
            yield ET.Element("reference", {"vocabulary": VOCABULARIES[vocabulary], "code": code})
        else:
            losses.append(Loss(("kpis", kpi.id, "codes", vocabulary), code, "IATI has no such list of indicators"))


def _kept(kpi: Kpi) -> Iterator[ET.Element]:
    """What only a file of ours says, in elements of our own."""
    for key in KEPT:
        value = getattr(kpi, key)
        if value in (None, type(kpi).model_fields[key].default):
            continue
        for one in value if isinstance(value, tuple) else (value,):
            element = ET.Element(f"{OWN}{key}")
            element.text = _written(one)
            yield element


def _periods(kpi: Kpi, losses: list[Loss]) -> Iterator[ET.Element]:
    """A period for each span of time, with what was to be reached and what was read."""
    losses.extend(
        Loss(
            ("kpis", kpi.id, "target"),
            plain_number(one.value),
            "IATI asks for the day by which a value is to be reached",
        )
        for one in kpi.target or ()
        if not one.by
    )
    for span in spans(kpi):
        found = ET.Element("period")
        ET.SubElement(found, "period-start", {"iso-date": span.begin.isoformat()})
        ET.SubElement(found, "period-end", {"iso-date": span.end.isoformat()})
        found.extend(ET.Element("target", {"value": plain_number(one.value)}) for one in span.due)
        found.extend(_actual(reading, span.end) for reading in span.read)
        yield found


def _actual(reading: Reading, end: date) -> ET.Element:
    actual = ET.Element("actual", {"value": plain_number(reading.value)})
    actual.extend(ET.Element("dimension", {"name": name, "value": value}) for name, value in reading.where.items())
    told = [f"Read on {reading.date.isoformat()}" if reading.date != end else "", reading.note or ""]
    if text := ". ".join(filter(None, told)):
        _narrative(ET.SubElement(actual, "comment"), text)
    ET.SubElement(actual, f"{OWN}date").text = reading.date.isoformat()
    if reading.n is not None:
        ET.SubElement(actual, f"{OWN}n").text = str(reading.n)
    if reading.note:
        ET.SubElement(actual, f"{OWN}note").text = reading.note
    return actual


def _narrative(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "narrative").text = text


def _written(value: Any) -> str:
    return (
        plain_number(value)
        if isinstance(value, float)
        else str(value).lower()
        if isinstance(value, bool)
        else str(value)
    )


def _text(element: ET.Element, level: int = 0) -> str:
    """An element as text, indented as IATI's own examples are."""
    ET.indent(element, level=level)
    return "  " * level + plain_text(ET.tostring(element, encoding="unicode")).rstrip()

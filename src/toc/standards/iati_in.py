"""The results of an IATI activity (version 2) as a theory: its goal, what was to change, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from xml.etree import ElementTree as ET

from toc.errors import TheoryError
from toc.model.slugs import slug
from toc.model.types import ID_PATTERN, PLURALS, Kind
from toc.problems import Path, Problem
from toc.standards.exchange import Loss
from toc.standards.iati_file import OWN_NAMESPACE, tree
from toc.standards.iati_out import KEPT, OURS, VOCABULARIES

OWN: Final = f"{{{OWN_NAMESPACE}}}"
KINDS: Final[Mapping[str, Kind]] = MappingProxyType({"3": "goal", "2": "outcome", "1": "output", "9": "outcome"})
_CODED: Final = MappingProxyType({number: name for name, number in VOCABULARIES.items()})
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_SEVERAL: Final = frozenset({"breakdowns", "tags"})
_NUMBERS: Final = frozenset({"hours"})
_NO_GOAL: Final = "the file tells no impact (result type 3): the title of the activity stands for the goal"


def read(text: str | bytes) -> tuple[dict[str, Any], list[Loss]]:
    """A theory as plain data, and what of the file it does not hold. Raises TheoryError where the text is no such file."""
    root = tree(text)
    activities = [root] if root.tag == "iati-activity" else root.findall("iati-activity")
    if not activities:
        message = f"this is no file of IATI activities: it begins with <{root.tag}>, and not with <iati-activities>"
        raise TheoryError([Problem("TOC003", message)])
    reading = _Reading()
    reading.activity(activities[0])
    for other in activities[1:]:
        reading.lose(other, ("iati-activity",), "one theory is read from one activity: the first")
    return reading.raw, reading.losses


class _Reading:
    """The theory as it grows, with what is lost."""

    def __init__(self) -> None:
        self.raw: dict[str, Any] = {"toc": 1}
        self.losses: list[Loss] = []
        self.ids: set[str] = set()

    def lose(self, element: ET.Element, path: Path, why: str) -> None:
        """Say that an element is left out."""
        what = _told(element) or element.get("value") or element.get("code") or element.tag
        self.losses.append(Loss(path, what, why))

    def activity(self, element: ET.Element) -> None:
        """Read the title, what is said of the activity, and its results."""
        title = _told(element.find("title")) or _told(element.find("iati-identifier")) or "An IATI activity"
        self.raw["title"] = title
        for about in element.findall("description"):
            if about.get("type", "1") == "1" and "description" not in self.raw and _told(about) not in {"", title}:
                self.raw["description"] = _told(about)
            elif _told(about) not in {title, self.raw.get("description")}:
                self.lose(about, ("description",), "a theory has one description")
        if language := element.get(_LANG):
            self.raw["language"] = language
        self.raw["settings"] = {"iati": _settings(element)}
        results = list(enumerate(element.findall("result")))
        goals = [one for one in results if _kind(one[1]) == "goal"]
        if not goals:
            goal = slug("goal", taken=_named(element), kind="goal")
            self.ids.add(goal)
            self.raw["goals"] = {goal: {"title": title}}
            self.losses.append(Loss(("goals", goal), title, _NO_GOAL))
        for position, result in [*goals, *(one for one in results if one not in goals)]:
            self.result(result, position)
        for tag in sorted({one.tag for one in element} - _READ):
            self.losses.append(Loss((tag,), tag, "a theory says nothing of that"))

    def result(self, element: ET.Element, position: int) -> None:
        """Read a result with its indicators; what is no goal leads to the first one."""
        kind = _kind(element)
        path: Path = ("result", position)
        if element.get("type") == "9":
            self.losses.append(Loss((*path, "type"), "9", "other results become outcomes"))
        title = _told(element.find("title")) or f"Result {position + 1}"
        id = self.free(element.get(f"{OWN}id"), title, kind)
        node: dict[str, Any] = {"title": title}
        if about := _told(element.find("description")):
            node["description"] = about
        if kind != "goal":
            node["leads_to"] = [next(iter(self.raw["goals"]))]
        self.raw.setdefault(PLURALS[kind], {})[id] = node
        for tag in ("document-link", "reference"):
            for one in element.findall(tag):
                self.lose(one, (*path, tag), "a theory has no place for it at a result")
        for number, indicator in enumerate(element.findall("indicator")):
            self.indicator(indicator, (*path, "indicator", number), id)

    def indicator(self, element: ET.Element, path: Path, measured: str) -> None:
        """Read an indicator as a KPI."""
        title = _told(element.find("title")) or "An indicator without a title"
        kpi: dict[str, Any] = {"title": title, "measures": [measured]}
        codes: dict[str, str] = {}
        ours: str | None = None
        for one in element.findall("reference"):
            vocabulary, code = one.get("vocabulary", ""), one.get("code", "")
            if vocabulary == OURS and re.search(ID_PATTERN, code) and ours is None:
                ours = code
            elif vocabulary in _CODED and code and _CODED[vocabulary] not in codes:
                codes[_CODED[vocabulary]] = code
            else:
                self.lose(one, (*path, "reference"), f"there is no name here for the vocabulary {vocabulary}")
        if codes:
            kpi["codes"] = codes
        own = {key: [one.text or "" for one in element.findall(f"{OWN}{key}")] for key in KEPT}
        is_ours = f"{OWN}date" in {one.tag for one in element.iter()} or any(own.values())
        if not is_ours:
            kpi |= _of_others(element)
        for key, texts in own.items():
            if texts:
                kpi[key] = texts if key in _SEVERAL else _value(key, texts[0])
        self.baseline(element, path, kpi)
        self.periods(element, path, kpi)
        for one in element.findall("document-link"):
            self.lose(one, (*path, "document-link"), "a KPI has no place for documents")
        self.raw.setdefault("kpis", {})[self.free(ours, title, "kpi")] = kpi

    def baseline(self, element: ET.Element, path: Path, kpi: dict[str, Any]) -> None:
        """Read the first baseline of everybody."""
        for one in element.findall("baseline"):
            value = _number(one.get("value"))
            if (
                value is None
                or "baseline" in kpi
                or one.find("location") is not None
                or one.find("dimension") is not None
            ):
                why = "a value that is no number" if value is None else "a KPI has one baseline, of everybody"
                self.lose(one, (*path, "baseline"), why)
                continue
            day = _day(one.get("iso-date"))
            kpi["baseline"] = {"value": value, "date": day} if day else {"value": value}
            if day is None:
                self.losses.append(
                    Loss((*path, "baseline"), one.get("year", ""), "a baseline has a day, and not a year alone")
                )
            if comment := _told(one.find("comment")):
                self.losses.append(Loss((*path, "baseline", "comment"), comment, "a baseline has no note"))

    def periods(self, element: ET.Element, path: Path, kpi: dict[str, Any]) -> None:
        """Read what is to be reached and what was read, period by period."""
        targets: list[dict[str, Any]] = []
        readings: list[dict[str, Any]] = []
        for number, period in enumerate(element.findall("period")):
            here: Path = (*path, "period", number)
            end = period.find("period-end")
            day = _day(end.get("iso-date")) if end is not None else None
            for one in period.findall("target"):
                value = _number(one.get("value"))
                if value is None or one.find("location") is not None or one.find("dimension") is not None:
                    why = "a value that is no number" if value is None else "targets are of everybody"
                    self.lose(one, (*here, "target"), why)
                else:
                    targets.append({"value": value, "by": day} if day else {"value": value})
                    if comment := _told(one.find("comment")):
                        self.losses.append(Loss((*here, "target", "comment"), comment, "a target has no note"))
            for one in period.findall("actual"):
                value, on = _number(one.get("value")), _day(one.findtext(f"{OWN}date")) or day
                if value is None or on is None:
                    self.lose(one, (*here, "actual"), "a value that is no number" if value is None else "it has no day")
                else:
                    readings.append({"date": on, "value": value, **_particulars(one)})
        if targets:
            kpi["target"] = sorted(targets, key=lambda one: one.get("by", ""))
        if readings:
            kpi["readings"] = readings

    def free(self, wanted: str | None, title: str, kind: str) -> str:
        """The id that a file of ours names, or one made of the title."""
        if wanted and re.search(ID_PATTERN, wanted) and wanted not in self.ids:
            id = wanted
        else:
            id = slug(title, taken=self.ids, kind=kind)
        self.ids.add(id)
        return id


def _named(activity: ET.Element) -> set[str]:
    """The ids that a file of ours names, of results and of indicators."""
    ours = {one.get("code", "") for one in activity.iter("reference") if one.get("vocabulary") == OURS}
    return ours | {one.get(f"{OWN}id", "") for one in activity.iter("result")}


# What is read of an activity; what else stands in it is named.
_READ: Final = frozenset(
    {
        "title", "description", "iati-identifier", "reporting-org", "participating-org", "activity-status", "activity-date",
        "recipient-country", "sector", "result",
    }
)  # fmt: skip


def _settings(element: ET.Element) -> dict[str, Any]:
    """What the settings hold of an activity, so that it can be published again."""
    who = element.find("reporting-org")
    found: dict[str, Any] = {"identifier": (element.findtext("iati-identifier") or "").strip()}
    if who is not None:
        found["reporting_org"] = _stated({"ref": who.get("ref"), "type": who.get("type"), "name": _told(who)})
    starts = [_day(one.get("iso-date")) for one in element.findall("activity-date") if one.get("type") in {"1", "2"}]
    for key, tag in (("status", "activity-status"), ("country", "recipient-country"), ("sector", "sector")):
        one = element.find(tag)
        found[key] = one.get("code") if one is not None else None
    found["starts"] = next((day for day in reversed(starts) if day), None)
    return _stated(found)


def _stated(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _kind(result: ET.Element) -> Kind:
    own = result.get(f"{OWN}kind")
    kinds: Mapping[str, Kind] = {one: one for one in ("goal", "pillar", "outcome", "output", "activity")}
    return kinds.get(own or "") or KINDS.get(result.get("type", ""), "outcome")


def _of_others(indicator: ET.Element) -> dict[str, Any]:
    """What an indicator that is not ours says of itself."""
    found: dict[str, Any] = {}
    if about := _told(indicator.find("description")):
        found["description"] = about
    if indicator.get("measure") == "2":
        found["unit"] = "%"
    if indicator.get("ascending") in {"false", "0"}:
        found["direction"] = "down"
    return found


def _particulars(actual: ET.Element) -> dict[str, Any]:
    """Of whom a value is, on how many it rests, and what is noted beside it."""
    found: dict[str, Any] = {}
    where = {one.get("name", ""): one.get("value", "") for one in actual.findall("dimension")}
    places = [one.get("ref", "") for one in actual.findall("location")]
    where |= {"location": ", ".join(filter(None, places))} if any(places) else {}
    if stated := {key.strip(): value.strip() for key, value in where.items() if key.strip() and value.strip()}:
        found["where"] = stated
    if (size := actual.findtext(f"{OWN}n")) and size.isdecimal():
        found["n"] = int(size)
    is_ours = actual.find(f"{OWN}date") is not None
    note = actual.findtext(f"{OWN}note") if is_ours else _told(actual.find("comment"))
    return found | ({"note": note} if note else {})


def _value(key: str, text: str) -> Any:
    if key in _NUMBERS:
        return _number(text)
    return text == "true" if key == "above_ceiling" else text


def _told(element: ET.Element | None) -> str:
    """What an element says: its first narrative, or its own text."""
    if element is None:
        return ""
    said = next((one.text for one in element.findall("narrative") if (one.text or "").strip()), element.text)
    return " ".join((said or "").split())


def _number(text: str | None) -> float | None:
    """A number as it stands in a file, thousands apart or not."""
    plain = (text or "").strip()
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"[+-]?(\d{1,300}(\.\d*)?|\.\d+)", plain):
        return None
    found = float(plain)
    return int(found) if found.is_integer() and "." not in plain else found


def _day(text: str | None) -> str | None:
    """A day in the first ten letters of a date or moment."""
    try:
        return date.fromisoformat((text or "").strip()[:10]).isoformat()
    except ValueError:
        return None

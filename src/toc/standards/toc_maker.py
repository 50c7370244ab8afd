"""A theory as ToC-Maker keeps it, and back: sections of columns of boxes, joined by connections."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Final

from toc.errors import TheoryError
from toc.files.json_reader import read_json
from toc.language.facts import kpi_line
from toc.language.text import one_line
from toc.language.vocabulary import word
from toc.model import Theory
from toc.model.nodes import CausalNode, Node
from toc.model.types import KINDS, Kind
from toc.problems import Path, Problem
from toc.standards.boxes import Arrow, Box, assembled
from toc.standards.exchange import Loss
from toc.standards.left_out import Kept, arrow, left_out, place

_SECTIONS: Final[tuple[Kind, ...]] = ("activity", "output", "outcome", "pillar", "goal")
KEPT: Final[Kept] = MappingProxyType(
    {
        "theory": frozenset({"title"}),
        **dict.fromkeys(KINDS, frozenset({"description"})),
        "kpi": frozenset({"description", "measures", "unit", "target"}),
        "link": frozenset({"because", "confidence", "assumptions", "evidence"}),
    }
)
_LOOKS: Final = ("yPosition", "width", "color", "waypoints")
_PAGE_LOOKS: Final = ("color", "textSize", "curvature", "columnPadding", "sectionPadding", "fontFamily")
_ONLY_LOOKS: Final = "a theory is drawn anew: places and colours are not kept"


def written(theory: Theory) -> tuple[str, list[Loss]]:
    """The theory as ToC-Maker's JSON: a section for each kind, KPIs as lines of what they measure."""
    sections = []
    for kind in _SECTIONS:
        nodes = [_box(theory, node) for node in theory.nodes.values() if node.kind == kind]
        if nodes:
            sections.append({"title": word(theory, kind, plural=True).capitalize(), "columns": [{"nodes": nodes}]})
    document = {"title": theory.title, "sections": sections}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n", list(_lost(theory))


def _box(theory: Theory, node: Node) -> dict[str, Any]:
    told = [node.description] if node.description else []
    told += [kpi_line(theory.kpis[id]) for id in theory.measured_by.get(node.id, ())]
    links = node.leads_to if isinstance(node, CausalNode) else {}
    return {
        "id": node.id, "title": node.title, "text": "\n\n".join(told), "connectionIds": list(links),
        "connections": [_connection(target, link) for target, link in links.items()],
    }  # fmt: skip


def _connection(target: str, link: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"targetId": target}
    if link.confidence is not None:
        found["confidence"] = round(link.confidence * 100)
    evidence = [one_line(one.source) for one in link.evidence]
    if told := [*([link.because] if link.because else []), *evidence]:
        found["evidence"] = "\n".join(told)
    if link.assumptions:
        found["assumptions"] = "\n".join(one_line(one.text) for one in link.assumptions)
    return found


def _lost(theory: Theory) -> Iterator[Loss]:
    for id, kpi in theory.kpis.items():
        yield Loss(("kpis", id), kpi.title, "ToC-Maker has no KPIs: it stands as a line in the boxes that it measures")
    yield from left_out(theory, KEPT, "ToC-Maker has no place for it")
    for link in theory.written_links:
        path = place(theory, link)
        if link.because:
            yield Loss((*path, "because"), link.because, "written before the evidence: ToC-Maker keeps no reason apart")
        for key, parts in (("evidence", link.evidence), ("assumptions", link.assumptions)):
            for number, one in enumerate(parts):
                if len(one.model_dump(exclude_defaults=True)) > 1:
                    yield Loss((*path, key, number), arrow(theory, link), "its text alone is written")


def read(text: str | bytes) -> tuple[dict[str, Any], list[Loss]]:
    """A theory as plain data from ToC-Maker's JSON, and what it does not hold. Raises TheoryError for another JSON."""
    data = read_json(text).value
    if not isinstance(data, dict) or not isinstance(data.get("sections"), list):
        message = "this is no file of ToC-Maker: it has no list of `sections`"
        raise TheoryError([Problem("TOC003", message)])
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    losses: list[Loss] = []
    for at, section in enumerate(_maps(data["sections"])):
        said = _text(section.get("title"))
        for column, one in enumerate(_maps(section.get("columns"))):
            for number, node in enumerate(_maps(one.get("nodes"))):
                path: Path = ("sections", at, "columns", column, "nodes", number)
                name = _text(node.get("id")) or f"box-{len(boxes) + 1}"
                title = _text(node.get("title")) or _text(node.get("text")) or name
                about = _text(node.get("text"))
                boxes.append(Box(name, title, said, about if about != title else "", path))
                arrows += _arrows(name, node, path)
                losses += [Loss((*path, key), title, _ONLY_LOOKS) for key in _LOOKS if key in node]
    losses += [Loss((key,), _text(data[key]) or key, _ONLY_LOOKS) for key in _PAGE_LOOKS if key in data]
    raw, lost = assembled(_text(data.get("title")) or "A theory of change", boxes, arrows)
    return raw, [*losses, *lost]


def _arrows(name: str, node: dict[str, Any], path: Path) -> Iterator[Arrow]:
    """Connections with what is said of them, and ids alone where nothing is."""
    told = {_text(one.get("targetId")): one for one in _maps(node.get("connections"))}
    for target in dict.fromkeys([*map(_text, _list(node.get("connectionIds"))), *told]):
        one = told.get(target, {})
        link: dict[str, Any] = {}
        confidence = one.get("confidence")
        if isinstance(confidence, (int, float)) and not isinstance(confidence, bool) and 0 <= confidence <= 100:
            link["confidence"] = confidence / 100
        if evidence := _lines(one.get("evidence")):
            link["evidence"] = [{"source": line} for line in evidence]
        if assumptions := _lines(one.get("assumptions")):
            link["assumptions"] = list(dict.fromkeys(assumptions))
        yield Arrow(name, target, link, (*path, "connections"))


def _maps(value: Any) -> list[dict[str, Any]]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    """A text on one line, or "" for what is none; a number is a name too."""
    return one_line(str(value)) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _lines(value: Any) -> list[str]:
    return [one_line(line) for line in str(value).splitlines() if line.strip()] if isinstance(value, str) else []

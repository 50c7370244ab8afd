"""What the boxes, arrows and tooltips of a drawing say, from the whole theory even where a part is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toc.diagram.options import Asked, Marked
from toc.diagram.shapes import Arrow, Box, Diagram
from toc.diagram.type.kpi_lines import kpi_as_line
from toc.diagram.type.measures import unwrapped
from toc.guidance import Guidance, advised
from toc.language.facts import joins, participation, strength
from toc.language.numbers import percent
from toc.language.text import capital
from toc.language.vocabulary import noun, word
from toc.model import Theory
from toc.model.nodes import Activity, CausalNode, Node, written_links
from toc.model.types import KINDS
from toc.model.values import Link
from toc.monitoring.standing import standing
from toc.partnership.stated import sides_of
from toc.ways import links_among

STANCES: Final = {
    "supports": " that supports",
    "contradicts": " that contradicts",
    "mixed": " that is mixed",
    None: ", for or against not said",
}


def box_tooltip(theory: Theory, node: Node, kpis: Iterable[str] = (), advice: Iterable[str] = ()) -> str:
    """Everything about a node that its box has no room for: some of its KPIs, and the advice on how to measure it."""
    name = word(theory, "kpi")
    return "\n".join([*_about(theory, node), *(f"{name}: {kpi}" for kpi in kpis), *advice])


def _advice(advice: Guidance | None, *, kpis: bool) -> Iterator[str]:
    """The advice on how to measure an activity, with or without a word on its KPIs."""
    if advice is None:
        return
    yield f"How to measure: {advice.headline}"
    yield from advice.reasons
    yield from advice.questions
    if kpis:
        yield f"{advice.own_words['Own_kpi']} fit: {advice.kpi_fit.reason}"
        if advice.kpi_fit.change:
            yield f"To mend it: {advice.kpi_fit.change}"
    yield f"Do not claim: {' '.join(advice.do_not_claim)}"
    yield f"Sources: {'; '.join(source.cite for source in advice.sources)}"


def _about(theory: Theory, node: Node) -> Iterator[str]:
    yield f"{word(theory, node.kind)}: {node.title}"
    if node.description:
        yield node.description
    groups = [theory.context.target_groups[id].title for id in node.target_group]
    if groups:
        yield f"For: {', '.join(groups)}"
    if isinstance(node, Activity):
        yield from _about_activity(theory, node)
    if isinstance(node, CausalNode):
        column = theory.columns.get(node.id)
        for target, link in written_links(node).items():
            if target == column and target != node.id:  # told by the column, so its argument stands here
                verb = capital(joins(negative=link.sign == "-"))
                yield from _argument(theory, f"{verb} {theory.nodes[target].title}", link)


def _about_activity(theory: Theory, activity: Activity) -> Iterator[str]:
    if activity.certainty:
        because = f": {activity.certainty.because}" if activity.certainty.because else ""
        yield f"Certainty of impact: {activity.certainty.level}{because}"
    if isinstance(activity.participation, int):
        yield f"Participation: {participation(activity.participation)}"
    elif activity.participation:
        yield f"Participation: {activity.participation}"
    if activity.lead:
        yield f"Led by: {', '.join(activity.lead)}"
    if activity.partners:
        yield f"With: {', '.join(theory.partners[id].title for id in activity.partners)}"
    if activity.funding:
        yield f"Funded by: {', '.join(activity.funding)}"
    yield from (f"{name}: {text}" for name, text in sides_of(theory, activity))


def arrow_of(theory: Theory, link: Link) -> Arrow:
    """A link as an arrow that says its argument and has no place yet."""
    source, target = theory.columns.get(link.source), theory.columns.get(link.target)
    return Arrow(
        source=link.source,
        target=link.target,
        strength=strength(link.confidence),
        across=source != target and link.target not in theory.goals and link.source not in theory.goals,
        feedback=link.feedback,
        negative=link.sign == "-",
        tooltip=_arrow_tooltip(theory, link),
    )


def _arrow_tooltip(theory: Theory, link: Link) -> str:
    verb = joins(negative=link.sign == "-", feedback=link.feedback)
    head = f"{theory.nodes[link.source].title} {verb} {theory.nodes[link.target].title}"
    return "\n".join(_argument(theory, head, link))


def _argument(theory: Theory, head: str, link: Link) -> Iterator[str]:
    yield f"{head}, because: {link.because}" if link.because else head
    if link.confidence is not None:
        yield f"Confidence: {percent(link.confidence)}"
    for assumption in link.assumptions:
        yield f"Assumes ({assumption.status}): {assumption.text}"
    for evidence in link.evidence:
        yield f"{word(theory, 'evidence')}{STANCES[evidence.says]}: {evidence.source}"


def told(diagram: Diagram, theory: Theory, asked: Asked) -> Diagram:
    """The diagram with the tooltips, badges and marks of its boxes, the organisation's words, and the links it implies."""
    words = tuple((idea, noun(theory, idea)) for idea in (*KINDS, "ceiling"))
    implied = tuple(_implied(diagram, theory))
    return diagram._replace(
        boxes=tuple(_told(diagram, theory, asked)), words=(*words, *diagram.words), implied=implied, hidden=asked.hide
    )


def _implied(diagram: Diagram, theory: Theory) -> Iterator[Arrow]:
    """The links between boxes that no arrow stands for."""
    ids = {box.id for box in diagram.boxes}
    drawn = {(arrow.source, arrow.target) for arrow in diagram.arrows}
    for link in links_among(theory, ids):
        if (link.source, link.target) not in drawn:
            yield arrow_of(theory, link)


def _told(diagram: Diagram, theory: Theory, asked: Asked) -> Iterator[Box]:
    advice = {} if "badges" in asked.hide else {found.activity: found for found in advised(theory)}
    kpis = _kpis(diagram, theory, asked) if asked.shows_kpis else {}
    for box in diagram.boxes:
        node = theory.nodes.get(box.id)
        if node is None:  # no node of the theory, such as an input of the logic model: it tells of itself
            yield box
            continue
        found = advice.get(box.id)
        unsaid = [kpis[id] for id in theory.measured_by.get(box.id, ()) if id in kpis]
        tooltip = box_tooltip(theory, node, unsaid, _advice(found, kpis="kpis" not in asked.hide))
        marked = asked.marks.get(box.id, Marked(box.mark))
        yield box._replace(tooltip="\n".join(filter(None, (tooltip, marked.told))), mark=marked.mark)


def _kpis(diagram: Diagram, theory: Theory, asked: Asked) -> dict[str, str]:
    """What tooltips say of the KPIs that no box names in full, or of all where more is known of how they stand."""
    lines = {kpi.id: kpi_as_line(asked, kpi, in_full=True).text for kpi in theory.kpis.values()}
    if progress := asked.progress:
        return {id: "; ".join(filter(None, (text, standing(theory, progress[id])))) for id, text in lines.items()}
    said = {line.text for box in diagram.boxes for line in box.lines if line.role == "kpi"}
    return {id: text for id, text in lines.items() if unwrapped(text) not in said}

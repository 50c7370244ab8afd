"""Two theories in one drawing: what was added, removed and changed, and who lost support, by word and mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, cast

from toc.analysis import Changes, Effect, FieldChange, SupportChange
from toc.analysis.comparison.change_text import missing_title
from toc.analysis.comparison.union import Ends, Union, united
from toc.diagram.layout.assembly import assembled
from toc.diagram.layout.blueprint import Plan
from toc.diagram.looks.legend import Entry, in_rows
from toc.diagram.looks.page import on_page
from toc.diagram.options import Marked, asked
from toc.diagram.shapes import LARGEST_READABLE, MARGIN, Arrow, Diagram, Key, Mark
from toc.diagram.tooltips import told
from toc.diagram.views.pillars import pillar_plan
from toc.draw_options import OnPage, Options
from toc.errors import one_of, warn
from toc.language.facts import Strength
from toc.language.text import listed, quoted
from toc.language.vocabulary import how_many, in_sentence
from toc.limits import for_drawing, held
from toc.model import Theory
from toc.model.values import Link
from toc.ways import links_among

SIGNS: Final[Mapping[str, str]] = {"added": "+", "removed": "−", "changed": "≠", "lost": "○", "weakened": "▼"}
MEANINGS: Final[Mapping[str, str]] = {
    "added": "added",
    "removed": "removed",
    "changed": "changed",
    "lost": "no support left",
    "weakened": "less support",
    "unknown": "not changed",
    "across": "to another {pillar}",
    "feedback": "feedback",
    "negative": "works against",
}
# Arrows share a trunk where they are alike in confidence. Here a confidence stands for a mark until they are routed,
# so that what was removed never shares one with what was added.
STAND_INS: Final[Mapping[Mark, Strength]] = {"": "unknown", "added": "strong", "changed": "medium", "removed": "weak"}
CONFIDENCES: Final[Mapping[Strength, float]] = {"strong": 0.9, "medium": 0.5, "weak": 0.1}
MOST_FIELDS: Final = 4  # in a box
UNDER_DRAWING: Final = 14.0
UNDER_LEGEND: Final = 10.0
EMPTY: Final = OnPage()


def changed_view(found: Changes, options: OnPage = EMPTY) -> Diagram:
    """The new theory with what was removed still in its place, in the pillar view, and what changed marked.

    A box says in words what became of it. Lines do not show confidence here. A removed link that cannot stand beside
    those there are now is named in a note. Beyond 1,000 nodes a `UserWarning` says that this is not to be read.

    Raises:
        OptionError: there is no such option, page or search.
    """
    for name in options:
        one_of("option", name, OnPage.__annotations__)
    with held(for_drawing(None)):
        return _changed(found, united(found), options)


def _changed(found: Changes, union: Union, options: OnPage) -> Diagram:
    _warn_of_size(union.theory)
    theory = _dressed(found, union.theory)
    boxes, arrows = box_marks(found), arrow_marks(found, union)
    wish = asked(theory, cast("Options", options), boxes)._replace(notes=tuple(_notes(found, union)))
    plan = pillar_plan(theory, wish)
    drawn = assembled(theory, _with_arrows(plan, theory, arrows))
    marked = tuple(_marked(arrow, arrows) for arrow in drawn.arrows)
    complete = told(drawn._replace(arrows=marked, view="changes"), theory, wish)
    implied = tuple(_marked(arrow, arrows) for arrow in complete.implied)
    return on_page(_with_legend(complete._replace(implied=implied), theory), wish.page)


def box_marks(found: Changes) -> dict[str, Marked]:
    """What became of each node, as the mark of its box and the words in it."""
    said: dict[str, list[tuple[Mark, str]]] = {}
    for node in found.added:
        said.setdefault(node.id, []).append(("added", "added"))
    for node in found.removed:
        said.setdefault(node.id, []).append(("removed", "removed"))
    for support in found.support:
        mark, words = _support(found.new, support)
        if mark:
            said.setdefault(support.id, []).append((mark, words))
    for lost in found.lost_by_word:
        needed = listed([quoted(missing_title(found, id)) for id, _ in lost.without], most=2)
        said.setdefault(lost.id, []).append(("weakened", f"by the author's word it cannot do without {needed}"))
    for one in found.renamed:
        said.setdefault(one.new, []).append(("changed", f"renamed, was {one.old}"))
    for change in found.changed:
        said.setdefault(change.id, []).append(("changed", f"changed: {_fields(found.new, change.changes)}"))
    return {
        id: Marked(parts[0][0], "; ".join(f"{SIGNS[mark]} {words}" for mark, words in parts))
        for id, parts in said.items()
    }


def arrow_marks(found: Changes, union: Union) -> dict[Ends, Mark]:
    """What became of each link that did not stay as it was."""
    marks: dict[Ends, Mark] = dict.fromkeys(union.removed, "removed")
    marks.update(((link.source, link.target), "added") for link in found.links_added)
    marks.update(((link.source, link.target), "changed") for link in found.links_changed)
    return marks


def _support(theory: Theory, change: SupportChange) -> tuple[Mark, str]:
    before, after = (how_many(theory, "activity", count) for count in (change.before, change.after))
    match change.effect:
        case Effect.LOST:
            return "lost", f"no support left: {before} led here"
        case Effect.WEAKENED if change.kept == change.after:
            return "weakened", f"less support: {change.after:,} of {before} left"
        case Effect.WEAKENED:
            return "weakened", f"less support: {after}, {change.before:,} before"
        case _:
            return "", ""


def _fields(theory: Theory, changes: tuple[FieldChange, ...]) -> str:
    """The names of the fields that changed, each once, and how many more there are."""
    steps = dict.fromkeys(str(change.path[0]) for change in changes)
    names = [in_sentence(theory, "pillar") if step == "pillar" else step.replace("_", " ") for step in steps]
    more = len(names) - MOST_FIELDS
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:MOST_FIELDS])} and {more} more"


def _dressed(found: Changes, theory: Theory) -> Theory:
    """The theory under the title of the drawing, its KPIs with what became of them in theirs: they are only lines."""
    became = {id: marked.words for id, marked in box_marks(found).items() if id in theory.kpis}
    kpis = {
        id: kpi.evolve(title=f"{kpi.title} ({became[id]})") if id in became else kpi for id, kpi in theory.kpis.items()
    }
    title = f"What changed: {theory.title}"
    return theory.evolve(title=title, kpis=kpis) if became else theory.evolve(title=title)


def _with_arrows(plan: Plan, theory: Theory, marks: Mapping[Ends, Mark]) -> Plan:
    """The plan with an arrow for every link that is marked, even where the column would tell it."""
    shown = {(link.source, link.target) for link in plan.links} | marks.keys()
    links = [
        _standing_in(link, marks) for link in links_among(theory, theory.nodes) if (link.source, link.target) in shown
    ]
    return plan._replace(links=links)


def _standing_in(link: Link, marks: Mapping[Ends, Mark]) -> Link:
    strength = STAND_INS[marks.get((link.source, link.target), "")]
    return link.evolve(confidence=CONFIDENCES.get(strength))


def _marked(arrow: Arrow, marks: Mapping[Ends, Mark]) -> Arrow:
    return arrow._replace(strength="unknown", mark=marks.get((arrow.source, arrow.target), ""))


def _notes(found: Changes, union: Union) -> Iterator[str]:
    if union.left_out:
        pairs = "; ".join(
            f"{union.theory.nodes[source].title} → {union.theory.nodes[target].title}"
            for source, target in union.left_out
        )
        yield f"Removed too, and not drawn, because they cannot stand beside the links there are now: {pairs}."
    if found.is_empty:
        yield "Nothing changed: both theories say the same."


def _with_legend(diagram: Diagram, theory: Theory) -> Diagram:
    """The diagram with a legend of changes in place of the one of confidence, and its notes moved along."""
    notes = [caption for caption in diagram.captions if caption.role == "note"]
    foot = diagram.height - MARGIN
    if diagram.legend:
        foot = min(key.y for key in diagram.legend) - UNDER_DRAWING
    elif notes:
        foot = notes[0].y - UNDER_LEGEND
    keys = _keys(diagram, theory, foot + UNDER_DRAWING)
    end = max((key.y + key.height for key in keys), default=foot)
    down = end + UNDER_LEGEND - notes[0].y if notes else 0.0
    moved = [note._replace(y=round(note.y + down, 2)) for note in notes]
    end = max([end, *(note.y + note.height for note in moved)])
    width = max([diagram.width, *(key.x + key.width + MARGIN for key in keys)])
    others = (caption for caption in diagram.captions if caption.role != "note")
    return diagram._replace(
        legend=keys, captions=(*others, *moved), width=round(width, 2), height=round(end + MARGIN, 2)
    )


def _keys(diagram: Diagram, theory: Theory, y: float) -> tuple[Key, ...]:
    """An entry for exactly what occurs, in rows."""
    return in_rows(_entries(diagram, in_sentence(theory, "pillar")), MARGIN, diagram.width - MARGIN, y)


def _entries(diagram: Diagram, pillar: str) -> Iterator[Entry]:
    """What became of boxes, each by a box, then what became of arrows, by an arrow, and what else lines say."""
    kinds = {box.mark: box.kind for box in diagram.boxes}
    yield from (Entry(mark, f"{SIGNS[mark]} {MEANINGS[mark]}", kind=kinds[mark]) for mark in SIGNS if mark in kinds)
    found: set[str] = {arrow.mark for arrow in diagram.arrows}
    found |= {name for name in ("across", "feedback", "negative") for arrow in diagram.arrows if getattr(arrow, name)}
    if not all(arrow.mark for arrow in diagram.arrows):
        found.add("unknown")
    for sample, text in MEANINGS.items():
        if sample in found:
            yield Entry(sample, f"{SIGNS.get(sample, '')} {text.format(pillar=pillar)}".strip())


def _warn_of_size(theory: Theory) -> None:
    if len(theory.nodes) > LARGEST_READABLE:
        message = (
            f"{len(theory.nodes):,} boxes are too many to read in one picture: what changed is easier read as text"
        )
        warn(message)

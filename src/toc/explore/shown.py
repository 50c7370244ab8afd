"""What of a theory a drawing shows: its boxes in reading order, the links between them, and how far each reaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toc import graph
from toc.diagram import Box, Diagram
from toc.diagram.shapes import BoxKind
from toc.language.numbers import counted
from toc.language.text import capital, listed
from toc.language.vocabulary import WORDS, Noun, how_many
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.nodes import Node
from toc.model.values import Link
from toc.monitoring import Progress
from toc.ways import links_among


class Shown(NamedTuple):
    """A theory as one drawing shows it. A box may stand for a node that the theory has no longer."""

    theory: Theory
    boxes: Mapping[str, Box]
    effects: Mapping[str, Sequence[Link]]
    causes: Mapping[str, Sequence[Link]]
    unseen_effects: Mapping[str, int]
    unseen_causes: Mapping[str, int]
    hidden: frozenset[str] = frozenset()
    progress: Progress | None = None
    words: Mapping[str, Noun] = WORDS
    joined: Mapping[str, frozenset[str]] = FrozenDict()

    def node(self, id: str) -> Node | None:
        """The node of a box, if the theory has it."""
        return self.theory.nodes.get(id)

    def title(self, id: str) -> str:
        """The title of a box, in full."""
        node = self.node(id)
        return node.title if node else self.boxes[id].title

    def word(self, id: str) -> str:
        """The organisation's word for what a box is."""
        return self.words[self.boxes[id].kind].heading

    def pillar(self, id: str) -> str:
        """The pillar in whose column a box stands, if that pillar is drawn; a pillar stands in its own."""
        column = self.theory.columns.get(id, "")
        return column if column in self.boxes else ""


def shown(theory: Theory, diagram: Diagram) -> Shown:
    """What a drawing shows of its theory."""
    boxes = {box.id: box for box in diagram.boxes}
    effects: dict[str, list[Link]] = {id: [] for id in boxes}
    causes: dict[str, list[Link]] = {id: [] for id in boxes}
    unseen: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    for link in links_among(theory, boxes):
        effects[link.source].append(link)
        causes[link.target].append(link)
    for link in theory.written_links:
        if link.source in boxes and link.target in boxes:
            continue
        if link.source in boxes:
            unseen[0][link.source] += 1
        elif link.target in boxes:
            unseen[1][link.target] += 1
    pillars, goals = (len(all_of) - sum(id in boxes for id in all_of) for all_of in (theory.unsaid, theory.goals))
    unseen[0].update(dict.fromkeys(boxes.keys() & theory.unsaid.keys(), goals) if goals else ())
    unseen[1].update(dict.fromkeys(boxes.keys() & theory.goals.keys(), pillars) if pillars else ())
    words = {**WORDS, **dict(diagram.words)}
    joined: dict[str, set[str]] = {}
    for arrow in diagram.arrows:
        if arrow.flow:
            joined.setdefault(arrow.source, set()).add(arrow.target)
            joined.setdefault(arrow.target, set()).add(arrow.source)
    found = {id: frozenset(others) for id, others in joined.items()}
    return Shown(
        theory, boxes, effects, causes, dict(unseen[0]), dict(unseen[1]), diagram.hidden, words=words, joined=found
    )


def reach(part: Shown) -> Mapping[str, str]:
    """For each box, in a sentence, what of the drawing leads to it and what it leads to, feedback left out."""
    forwards = {id: [link.target for link in links if not link.feedback] for id, links in part.effects.items()}
    order = graph.order(forwards)
    before = _counts(part, order, graph.reversed_graph(forwards))
    after = _counts(part, order[::-1], forwards)
    said: dict[str, str] = {}
    for id in part.boxes:
        words = [f"reached from {before[id]}"] * bool(before[id]) + [f"leads to {after[id]}"] * bool(after[id])
        words += [f"joined by arrows to {_joined(part, id)}"] if id in part.joined else []
        text = "; ".join(words) or "joined to nothing else in this drawing"
        said[id] = f"{capital(text)}."
    return said


def _joined(part: Shown, id: str) -> str:
    """How many of each kind gifts and gains join to a box."""
    kinds = Counter(part.boxes[other].kind for other in part.joined[id])
    return listed([counted(kinds[kind], part.words[kind].one, part.words[kind].many) for kind in sorted(kinds)])


def _counts(part: Shown, order: Sequence[str], before: graph.Graph) -> dict[str, str]:
    """For each box, how many of each kind lead to it, those nearest to the work first."""
    kinds: dict[BoxKind, list[str]] = {}
    for id, box in reversed(list(part.boxes.items())):
        kinds.setdefault(box.kind, []).append(id)
    numbers = {kind: graph.count_reaching(order, before, ids, order) for kind, ids in kinds.items()}
    return {
        id: listed(
            [
                how_many(part.theory, kind, number)
                for kind, found in numbers.items()
                if (number := found[id] - (box.kind == kind))
            ]
        )
        for id, box in part.boxes.items()
    }

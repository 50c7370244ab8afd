"""A theory as indented text, for a terminal, an e-mail or a screen reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import Final

from toc.language.dates import day
from toc.language.facts import HORIZONS, aim, joins, participation
from toc.language.numbers import number
from toc.language.text import one_line, quoted, with_article
from toc.language.vocabulary import how_many, in_sentence, word
from toc.model import Theory
from toc.model.nodes import Activity, HasDate, HasHorizon, Kpi, Node
from toc.model.types import CONFIDENCES
from toc.model.values import Link
from toc.pages.blocks import Block, Bullets, Heading, Note, Page

CEILING: Final = "Above the accountability ceiling: aimed for together with others, not answered for alone."
DEEPEST: Final = 12  # steps to the right; what leads there from further away begins anew at the left


def outline(theory: Theory) -> str:
    """The theory in words, everything indented under what it leads to: first the goals, then pillar by pillar.

    Every link is told once, by a line under its target. A node is told in full in one place, with its KPIs and with what
    leads to it; where else it leads, its title says where to look. What is not simply said to lead there says so: that
    it works against it, feeds back to it, how confident somebody is, and that it is necessary. An activity says how it
    should be measured, as `theory.guidance()` explains. The names of the kinds are those of `settings.vocabulary`.
    """
    blocks = [[one_line(theory.title)], *Outline(theory).blocks(), [*_ceiling(theory)]]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def outline_page(theory: Theory) -> Page:
    """The outline as a page, before any format: a heading for each goal and pillar, and a dash for each step below it."""
    title = one_line(theory.title)
    blocks: list[Block] = [Heading(title, 1)]
    for block in Outline(theory).blocks():
        for is_head, lines in groupby(block, lambda line: not line.startswith(" ")):
            if is_head:
                blocks += map(Heading, lines)
            else:
                blocks.append(Bullets(tuple(map(_stepped, lines))))
    return Page(title, (*blocks, *map(Note, _ceiling(theory))))


def _stepped(line: str) -> str:
    text = line.lstrip(" ")
    return "– " * ((len(line) - len(text)) // 2 - 1) + text


def _ceiling(theory: Theory) -> Iterator[str]:
    if any(node.above_ceiling for node in theory.nodes.values()):
        yield CEILING


class Outline:
    """A theory on its way into lines: what has been told in full so far, and what is still to come."""

    def __init__(self, theory: Theory) -> None:
        self.theory = theory
        self.told: set[str] = set()
        self.far: list[str] = []  # met too far to the right to be told there
        self.column: str | None = None  # the pillar whose block is being written

    @cached_property
    def into(self) -> dict[str, list[Link]]:
        """The links into each node, feedback last."""
        found: dict[str, list[Link]] = {}
        links = self.theory.written_links if self.theory.has_many_goals else self.theory.links
        for link in sorted(links, key=lambda link: link.feedback):
            found.setdefault(link.target, []).append(link)
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """What each node is called, by its kind and title; its id as well where another is called the same."""
        called = {
            id: f"{word(self.theory, node.kind)}: {one_line(node.title)}" for id, node in self.theory.nodes.items()
        }
        times = Counter(called.values())
        return {id: f"{name} [{id}]" if times[name] > 1 else name for id, name in called.items()}

    def blocks(self) -> Iterator[list[str]]:
        """The goals, each pillar with what stands in its column, and what has no way to a goal."""
        theory = self.theory
        yield [*self._roots(theory.goals, ""), *self._rest(), *self._everywhere()]
        for id in theory.pillars:
            self.column = id
            yield [*self._roots([id], ""), *self._placed(id), *self._rest()]
        self.column = None
        loose = [id for id in self._below if id not in self.told]
        heading = f"No way to {with_article(in_sentence(theory, 'goal'))}"
        yield [heading, *self._roots(loose, "  "), *self._rest()] if loose else []

    def _everywhere(self) -> Iterator[str]:
        """How many pillars lead to every goal, where the goals are too many to list them under each."""
        theory = self.theory
        if theory.has_many_goals and theory.unsaid:
            verb = "leads" if len(theory.unsaid) == 1 else "lead"
            yield f"  {how_many(theory, 'pillar', len(theory.unsaid))} {verb} to every {in_sentence(theory, 'goal')}"

    @cached_property
    def _below(self) -> tuple[str, ...]:
        """The nodes that are neither goals nor pillars nor KPIs."""
        return (*self.theory.outcomes, *self.theory.outputs, *self.theory.activities)

    def _placed(self, pillar: str) -> Iterator[str]:
        """What the author put in the column of a pillar though nothing in it says that it leads there."""
        far = set(self.far)
        loose = [id for id in self._members.get(pillar, ()) if id not in self.told and id not in far]
        if loose:
            yield f"  Also placed in this {in_sentence(self.theory, 'pillar')}"
            yield from self._roots(loose, "    ")

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        """What stands in the column of each pillar."""
        found: dict[str, list[str]] = {}
        for id in self._below:
            if id in self.theory.columns:
                found.setdefault(self.theory.columns[id], []).append(id)
        return found

    def _roots(self, ids: Iterable[str], indent: str) -> Iterator[str]:
        """Some nodes, each with everything under it; one that was told under another by then is left out."""
        for id in ids:
            if id not in self.told:
                yield from self._tree(id, indent)

    def _rest(self) -> Iterator[str]:
        """What was met too far to the right, from the left again."""
        while self.far:
            waiting, self.far = self.far, []
            yield from self._roots(waiting, "")

    def _tree(self, root: str, indent: str) -> Iterator[str]:
        """A node with its KPIs and with everything that leads to it, depth first."""
        waiting: list[tuple[str, int, Link | None]] = [(root, 0, None)]
        while waiting:
            id, depth, link = waiting.pop()
            start = indent + "  " * depth
            if link is not None and not self._is_told_here(id, depth, link):
                yield f"{start}{self.names[id]}{_how(link)} (see {self._where(id)})"
                continue
            self.told.add(id)
            yield f"{start}{self._line(id)}{_how(link)}"
            yield from (f"{start}  {self._line(kpi)}" for kpi in self.theory.measured_by.get(id, ()))
            waiting += ((link.source, depth + 1, link) for link in reversed(self.into.get(id, ())))

    def _is_told_here(self, id: str, depth: int, link: Link) -> bool:
        """Whether this is the place where a node that leads here is told in full."""
        if id in self.told or link.feedback or self.theory.columns.get(id) != self.column:
            return False
        if id in self.theory.pillars:
            return False
        if depth > DEEPEST:
            self.far.append(id)
            return False
        return True

    def _where(self, id: str) -> str:
        column = self.theory.columns.get(id)
        if column in {self.column, id}:
            return "above" if id in self.told else "below"
        return (
            f"under {quoted(self.theory.pillars[column].title)}" if column else "above" if id in self.told else "below"
        )

    def _line(self, id: str) -> str:
        """A node and what is known about it."""
        node = self.theory.nodes[id]
        facts = "; ".join(part for part in (", ".join(_facts(node)), _advice(self.theory, node)) if part)
        return f"{self.names[id]}{f' ({facts})' if facts else ''}"


def _how(link: Link | None) -> str:
    """What a link says beyond that one leads to the other."""
    if link is None:
        return ""
    special = link.feedback or link.sign == "-"
    said = [f"{joins(negative=link.sign == '-', feedback=link.feedback)} it"] if special else []
    said += [_confidence(link.confidence)] if link.confidence is not None else []
    said += [link.contribution] if "contribution" in link.model_fields_set else []
    return f" – {', '.join(said)}" if said else ""


def _confidence(share: float) -> str:
    known = next((word for word, one in CONFIDENCES.items() if one == share), None)
    return f"{known} confidence" if known else f"confidence {number(share)}"


def _advice(theory: Theory, node: Node) -> str:
    """How an activity is to be measured, in a word or two."""
    if not isinstance(node, Activity):
        return ""
    from toc.guidance import in_few_words

    return in_few_words(theory, node)


def _facts(node: Node) -> Iterator[str]:
    """What is known about a node, in few words."""
    if isinstance(node, Activity):
        yield from _activity_facts(node)
    if isinstance(node, HasHorizon) and node.horizon:
        yield HORIZONS[node.horizon]
    if isinstance(node, HasDate) and node.by:
        yield f"by {day(node.by)}"
    if isinstance(node, Kpi):
        yield from filter(None, (aim(node), "draft" if node.status == "draft" else ""))
    if node.above_ceiling:
        yield "above the accountability ceiling"


def _activity_facts(activity: Activity) -> Iterator[str]:
    if activity.certainty:
        yield f"{activity.certainty.level} certainty"
    if activity.participation is not None:
        yield participation(activity.participation)

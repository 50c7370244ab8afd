"""The theory as prose: what it is for, then pillar by pillar what is done, what follows from it and why."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate
from typing import Any, Final

from toc import graph
from toc.errors import TheoryError, as_given
from toc.language.facts import about_activity, about_kpi, when
from toc.language.numbers import counted_in_words
from toc.language.text import bare, capital, in_brackets, listed, one_line, quoted, sentence, with_article
from toc.language.vocabulary import word
from toc.model import Theory
from toc.model.nodes import Activity, CausalNode, Kpi, Node, written_links
from toc.model.references import id_among, not_found
from toc.model.types import KINDS
from toc.model.values import Link
from toc.monitoring import Progress, Status, progress_given
from toc.monitoring.standing import standing
from toc.pages.blocks import Block, Heading, Page, Paragraph
from toc.prose.partners_text import together
from toc.prose.reasons import IFS, THENS, Words, named, own, small_words, steps_into, words_of

ABOVE: Final = (
    "lies above the accountability ceiling: we aim for it together with others and do not answer for it alone."
)
BELOW: Final = "lies below the accountability ceiling: we answer for it."
MOST_WORDS: Final = 250  # that a speaker has an eye for
MORE: Final = "The narrative of the theory goes on from here."


def narrative(theory: Theory, pillar: Any = None, *, whole: bool = True, progress: object = None) -> str:
    """The theory as plain paragraphs, pillar by pillar: if we do this, then we expect that, because of this.

    Paragraphs and headings are separated by empty lines. Titles stand in quotation marks, so that any phrase may be
    one. The names of the kinds are those of `settings.vocabulary`. With a `pillar`, only the goals and that pillar are
    told. Where the theory is but a part of another, which is not `whole`, what is said of all of it is left out: its
    description, its context and how much there is. With `progress` each KPI says how it stands. The time taken grows with the size of the theory.

    Raises:
        TheoryError: there is no pillar with that id.
        OptionError: the progress is that of another theory, or none.
    """
    page = narrative_page(theory, pillar, whole=whole, progress=progress)
    return "\n\n".join(block.text for block in page.blocks if isinstance(block, (Heading, Paragraph)))


def narrative_page(theory: Theory, pillar: Any = None, *, whole: bool = True, progress: object = None) -> Page:
    """The narrative with its headings, before any format."""
    if pillar is not None:
        pillar = _known_pillar(theory, pillar)
    told = Told(theory, progress_given(theory, progress))
    title = one_line(theory.title)
    blocks: list[Block] = [Heading(title, 1)]
    if pillar is None and whole:
        blocks += map(Paragraph, _opening(theory))
    blocks += [Heading(_heading(theory, "goal")), *(Paragraph(told.goal(goal)) for goal in theory.goals.values())]
    for id in theory.pillars if pillar is None else [pillar]:
        blocks += told.section(id)
    if pillar is None:
        blocks += told.section(None)
    if pillar is None and whole:
        blocks += (*together(theory), *_closing(theory))
    return Page(title, tuple(blocks))


def brief(text: str, most: int = MOST_WORDS) -> str:
    """The beginning of a narrative in whole sentences, of at most so many words, and a word where there is more."""
    if len(text.split()) <= most:
        return text
    room, kept = most - len(MORE.split()), []
    for paragraph in text.split("\n\n"):
        parts = re.split(r"(?<=[.!?]) ", paragraph)
        counts = [*accumulate(len(part.split()) for part in parts)]
        held = bisect_right(counts, room)
        kept += [" ".join(parts[:held])] if held else []
        if held < len(parts):
            break
        room -= counts[-1]
    return "\n\n".join([*kept, MORE])


def _known_pillar(theory: Theory, id: Any) -> str:
    """The id of a pillar, given by it or by its title."""
    found = id_among(theory.pillars, id)
    if found is not None:
        return found
    kind = theory.kind_of(id) if isinstance(id, str) else None
    said = f"{id!r} is {with_article(kind)}, not a pillar" if kind else f"unknown pillar {as_given(id)}"
    choices = f"the pillars are {', '.join(theory.pillars)}" if theory.pillars else "this theory has no pillars"
    raise TheoryError([not_found(f"{said}; {choices}", id, theory.pillars)])


def _heading(theory: Theory, kind: str) -> str:
    return word(theory, kind, plural=len(theory.of_kind(kind)) != 1)  # type: ignore[arg-type]


def _opening(theory: Theory) -> Iterator[str]:
    if theory.description:
        yield sentence(theory.description)
    context = theory.context
    if context.problem:
        yield f"The problem: {sentence(context.problem)}"
    groups = [bare(group.title) for group in context.target_groups.values()]
    if groups:
        yield f"Whom it is for: {sentence('; '.join(groups))}"
    sizes = [(kind, len(theory.of_kind(kind))) for kind in KINDS]
    counts = [counted_in_words(size, own(theory, kind), own(theory, kind, 2)) for kind, size in sizes if size]
    yield f"This theory of change has {listed(counts)}."


def _closing(theory: Theory) -> Iterator[Block]:
    for title, texts in (
        ("What depends on others", theory.context.external_factors),
        ("What could go wrong", theory.context.unintended),
    ):
        if texts:
            yield Heading(title)
            yield Paragraph(sentence("; ".join(map(bare, texts))))


class Told:
    """A theory sorted for telling: what stands in each column, and what leads to each of its nodes."""

    def __init__(self, theory: Theory, progress: Progress | None = None) -> None:
        self.theory = theory
        self.progress = progress

    @cached_property
    def words(self) -> Words:
        """The words for the arguments."""
        return words_of(self.theory, small_words(_texts(self.theory)))

    @cached_property
    def columns(self) -> Mapping[str | None, list[Node]]:
        """Activities, outputs and outcomes by column, then its pillar: outcomes after those that lead to them."""
        theory = self.theory
        depth = {id: place for place, layer in enumerate(graph.layers(theory.forwards)) for id in layer}
        found: dict[str | None, list[Node]] = {id: [] for id in (*theory.pillars, None)}
        outcomes = sorted(theory.outcomes, key=depth.__getitem__)
        for id in (*theory.activities, *theory.outputs, *outcomes):
            found[theory.columns.get(id)].append(theory.nodes[id])
        for id, pillar in theory.pillars.items():
            found[id].append(pillar)
        return found

    @cached_property
    def into(self) -> Mapping[str, list[Link]]:
        """The links into each node but the goals."""
        found: dict[str, list[Link]] = {}
        for link in self.theory.written_links:
            if link.target not in self.theory.goals:
                found.setdefault(link.target, []).append(link)
        return found

    @cached_property
    def to_goals(self) -> Mapping[str | None, Mapping[str, list[Link]]]:
        """The links into each goal, by the column of their source: they are told there."""
        found: dict[str | None, dict[str, list[Link]]] = {}
        for link in self.theory.written_links if self.theory.has_many_goals else self.theory.links:
            if link.target in self.theory.goals:
                column = self.theory.columns.get(link.source)
                found.setdefault(column, {}).setdefault(link.target, []).append(link)
        return found

    def goal(self, goal: Node) -> str:
        """A goal, where it lies and how it is measured."""
        theory = self.theory
        about = sentence(goal.description) if goal.description else ""
        told = goal.above_ceiling and "above the accountability ceiling" in about
        parts = [
            f"We aim for {named(theory, [goal])}{when(goal)}.",
            about,
            "" if told else f"It {ABOVE if goal.above_ceiling else BELOW}",
            self._measured(goal, f"this {own(theory, 'goal')}"),
        ]
        return " ".join(part for part in parts if part)

    def _measured(self, node: Node, name: str) -> str:
        """By which KPIs a node is measured; empty where there is none."""
        kpis = [self.theory.kpis[id] for id in self.theory.measured_by.get(node.id, ())]
        if not kpis:
            return ""
        titles = [quoted(kpi.title) + in_brackets(list(self._about(kpi))) for kpi in kpis]
        return f"We measure {name} by the {own(self.theory, 'kpi', len(kpis))} {listed(titles)}."

    def _about(self, kpi: Kpi) -> Iterator[str]:
        """What is known of a KPI, and how it stands where that is asked for."""
        progress = self.progress
        yield from about_kpi(kpi, None if progress is None else progress.today)
        if progress is not None:
            one = progress[kpi.id]
            why = standing(self.theory, one) if one.status is Status.UNKNOWN else ""
            yield f"{one.status.word}{f': {why}' if why else ''}"

    def section(self, column: str | None) -> Iterator[Block]:
        """The heading and paragraphs about a pillar, or about what stands in no pillar; nothing where there is none."""
        theory = self.theory
        nodes = self.columns[column]
        paragraphs = [*self._done(column), *map(self._node, nodes), *self._loose(nodes), *self._goals(column)]
        told = [paragraph for paragraph in paragraphs if paragraph]
        if column is not None:
            pillar = theory.pillars[column]
            yield Heading(f"{word(theory, 'pillar')}: {bare(pillar.title)}")
            if pillar.description:
                yield Paragraph(sentence(pillar.description))
        elif told:
            yield Heading(f"Outside every {own(theory, 'pillar')}" if theory.pillars else "How it is meant to work")
        yield from map(Paragraph, told)

    def _done(self, column: str | None) -> Iterator[str]:
        """What is done, with the KPIs that measure it."""
        theory = self.theory
        activities = [node for node in self.columns[column] if isinstance(node, Activity)]
        if activities:
            titles = [quoted(activity.title) + about_activity(theory, activity) for activity in activities]
            under = f"Under this {own(theory, 'pillar')} we" if column else "We"
            count = counted_in_words(len(activities), own(theory, "activity"), own(theory, "activity", 2))
            kpis = (self._measured(activity, named(theory, [activity])) for activity in activities)
            yield " ".join(part for part in (f"{under} run {count}: {listed(titles)}.", *kpis) if part)

    def _node(self, node: Node) -> str:
        """What leads to a node, where it lies and how it is measured."""
        theory = self.theory
        steps = steps_into(theory, node, self.into.get(node.id, ()), self.words)
        this = f"this {own(theory, node.kind)}" if steps else named(theory, [node])
        ceiling = f"{capital(this)} {ABOVE}" if node.above_ceiling else ""
        measured = "" if isinstance(node, Activity) else self._measured(node, this)
        return " ".join(part for part in (steps, ceiling, measured) if part)

    def _loose(self, nodes: Iterable[Node]) -> Iterator[str]:
        """What no link joins to anything."""
        theory = self.theory
        loose = [node for node in nodes if node.id not in self.into and not self._leads_on(node)]
        if loose:
            yield f"Not joined to anything yet: {listed([named(theory, [node]) for node in loose])}."

    def _leads_on(self, node: Node) -> bool:
        return node.id in self.theory.unsaid or (isinstance(node, CausalNode) and bool(written_links(node)))

    def _goals(self, column: str | None) -> Iterator[str]:
        if self.theory.has_many_goals and column in self.theory.unsaid:
            pillar = named(self.theory, [self.theory.nodes[str(column)]])
            every = f"every {own(self.theory, 'goal')}"
            yield f"{IFS['pillar'][0].format(pillar)}, then {THENS['goal'].format(every)}."
        for goal, links in self.to_goals.get(column, {}).items():
            yield steps_into(self.theory, self.theory.nodes[goal], links, self.words)


def _texts(theory: Theory) -> Iterator[str]:
    """Everything that people wrote in sentences."""
    for node in theory.nodes.values():
        yield node.title
        yield node.description or ""
    for link in theory.written_links:
        yield link.because or ""
        yield from (assumption.text for assumption in link.assumptions)
    yield theory.description or ""
    yield theory.context.problem or ""

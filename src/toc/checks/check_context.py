"""What a rule looks at: the theory, the day, and what several rules would otherwise each work out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Final

from toc import graph
from toc.guidance.advising import all_settled
from toc.guidance.grid import Settled
from toc.language.english.grammar import is_english, words
from toc.language.text import quoted as in_quotation_marks
from toc.language.vocabulary import in_sentence, language
from toc.model import Theory
from toc.model.nodes import CausalNode, written_links
from toc.model.theory import FEW_GOALS
from toc.model.types import KINDS, PLURALS, Kind, Profile
from toc.model.values import Link
from toc.monitoring.judging import Terms
from toc.monitoring.kpi_progress import KpiProgress, kpi_progress
from toc.partnership.mutuality import Mutuality, mutuality
from toc.problems import Path, Step

LONGEST: Final = 80  # characters of an author's text within a finding


def quoted(text: str) -> str:
    """An author's text in quotation marks, its beginning where it is long: a finding is read at a glance."""
    return in_quotation_marks(text, LONGEST)


@dataclass(frozen=True)
class CheckContext:
    """A theory on a day, held to a profile."""

    theory: Theory
    today: date
    profile: Profile

    @cached_property
    def to_goal(self) -> frozenset[str]:
        """Every node from which a way leads to a goal, the goals included; feedback is no way."""
        return frozenset(graph.reachable(self.theory.backwards, self.theory.goals))

    @cached_property
    def words(self) -> Mapping[tuple[str, bool], str]:
        """The organisation's word for each kind of node as it stands inside a sentence, and (True) its plural."""
        return {
            (kind, plural): in_sentence(self.theory, kind, plural=plural) for kind in KINDS for plural in (False, True)
        }

    @cached_property
    def order(self) -> list[str]:
        """Every node but the KPIs, each after all that lead to it; feedback left out."""
        return graph.order(self.theory.forwards)

    @cached_property
    def dead_end(self) -> Mapping[str, str]:
        """For each node from which no way leads to a goal: where its first way stops, itself where it leads nowhere."""
        forwards, found = self.theory.forwards, dict[str, str]()
        for id in reversed(self.order):
            if id not in self.to_goal:
                targets = forwards[id]
                found[id] = found[targets[0]] if targets else id
        return found

    def has_causes(self, id: str) -> bool:
        """Whether anything leads to a node; feedback does not."""
        return any(graph.parts(self.theory.backwards, id))

    def goes_only_back(self, id: str) -> bool:
        """Whether a node has links and all of them are feedback."""
        node = self.theory.nodes[id]
        return isinstance(node, CausalNode) and bool(written_links(node)) and not self.theory.forwards[id]

    @cached_property
    def only_way(self) -> Mapping[str, str]:
        """For each node whose ways to the goals all begin with one link: the target of that link."""
        found = {}
        for id, targets in self.theory.forwards.items():
            useful = [*islice((target for target in targets if target in self.to_goal), 2)]
            if len(useful) == 1:
                found[id] = useful[0]
        return found

    @cached_property
    def links_between(self) -> Mapping[tuple[Kind, Kind], int]:
        """How many links lead from boxes of one kind to those of another, feedback and the goals left out."""
        theory = self.theory
        kinds = {id: node.kind for id, node in theory.nodes.items()}
        pairs = Counter((kinds[link.source], kinds[link.target]) for link in theory.written_links if not link.feedback)
        return {pair: count for pair, count in pairs.items() if pair[0] != pair[1] and pair[1] != "goal"}

    @cached_property
    def assumed(self) -> tuple[Link, ...]:
        """The links with assumptions."""
        return tuple(link for link in self.theory.written_links if link.assumptions)

    @cached_property
    def evidenced(self) -> tuple[Link, ...]:
        """The links with evidence."""
        return tuple(link for link in self.theory.written_links if link.evidence)

    @cached_property
    def argued(self) -> tuple[Link, ...]:
        """The links that are asked for their argument: it would be lost on the others.

        Left out are the links of what has no way to a goal and those that skip every level, because both must first be
        led elsewhere. Below the profile "funder" so are the bare links from a pillar to a goal: most go without saying.
        Of those that go without saying each pillar has a dozen at most here.
        """
        theory, lenient = self.theory, self.profile != "funder"
        return tuple(
            link
            for link in theory.links.cut(0 if lenient else FEW_GOALS)
            if link.source in self.to_goal
            and not (link.target in theory.goals and _needs_no_argument(link, theory, lenient=lenient))
        )

    @cached_property
    def titles(self) -> Mapping[str, tuple[str, ...]]:
        """The words of the titles of pillars and outcomes, by id; none where the titles are not in English."""
        theory = self.theory
        if language(theory) != "en":
            return {}
        if theory.language is None and not is_english(words(box.title) for box in theory.nodes.values()):
            return {}
        return {box.id: words(box.title) for box in (*theory.pillars.values(), *theory.outcomes.values())}

    def silenced(self, code: str) -> frozenset[str]:
        """The nodes for which the author silences a rule."""
        return frozenset(one.node for one in self.theory.settings.checks.silence if one.code == code and one.node)

    @property
    def settled(self) -> Mapping[str, Settled]:
        """What the guidance settles for each activity whose certainty is rated."""
        return all_settled(self.theory)

    @cached_property
    def progress(self) -> Mapping[str, KpiProgress]:
        """How each KPI stands on the day."""
        theory = self.theory
        terms = Terms(self.today, theory.settings.monitoring.tolerance, theory.created)
        return {id: kpi_progress(theory, kpi, terms, small_groups=True) for id, kpi in theory.kpis.items()}

    @cached_property
    def mutuality(self) -> Mutuality:
        """Who gives and who gains, as rated."""
        return mutuality(self.theory)

    def path(self, id: str, *steps: Step) -> Path:
        """Where a node, or something in it, stands in the author's file."""
        theory = self.theory
        kind = theory.nodes[id].kind
        if kind == "goal" and len(theory.goals) == 1:
            return ("goal", *steps)
        return (PLURALS[kind], id, *steps)

    def of_link(self, source: str, target: str, *steps: Step) -> Path:
        """Where a link, or something in it, stands in the author's file."""
        return self.path(source, "leads_to", target, *steps)

    def called(self, id: str) -> str:
        """A node in a sentence: the organisation's word for its kind, and its title."""
        said = self._called.get(id)
        if said is None:
            node = self.theory.nodes[id]
            said = self._called[id] = f"the {self.words[node.kind, False]} {quoted(node.title)}"
        return said

    @cached_property
    def _called(self) -> dict[str, str]:
        """What `called` has said so far: a theory full of faults names each node many times."""
        return {}

    @property
    def any_goal(self) -> str:
        """The goal, or any of several, in words that need no article before the organisation's own word."""
        if len(self.theory.goals) == 1:
            return f"the {self.word('goal')}"
        return f"any of the {self.word('goal', plural=True)}"

    def word(self, kind: str, *, plural: bool = False) -> str:
        """The organisation's word for a kind of node, as it stands inside a sentence."""
        return self.words[kind, plural]


def _needs_no_argument(link: Link, theory: Theory, *, lenient: bool) -> bool:
    """Whether a link to a goal skips every level, or is the bare link of a pillar."""
    if link.source in theory.activities or link.source in theory.outputs:
        return not link.feedback
    return lenient and link.source in theory.pillars and is_bare(link)


def is_bare(link: Link) -> bool:
    """Whether a link comes without any argument."""
    return link.because is None and link.confidence is None and not link.assumptions and not link.evidence

"""What a rule looks at: the theory, the day, and what several rules would otherwise each work out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from toc import graph
from toc.errors import Path, Step
from toc.guidance import Guidance, advised
from toc.model import Theory
from toc.model.vocabulary import in_sentence
from toc.model.words import PLURALS, Profile


@dataclass(frozen=True)
class Look:
    """A theory on a day, held to a profile."""

    theory: Theory
    today: date
    profile: Profile

    @cached_property
    def to_goal(self) -> frozenset[str]:
        """Every node from which a way leads to a goal, the goals included; feedback is no way."""
        return frozenset(graph.reachable(self.theory.backwards, self.theory.goals))

    @cached_property
    def advice(self) -> Mapping[str, Guidance]:
        """The guidance for each activity, by its id."""
        return {found.activity: found for found in advised(self.theory, into=Guidance)}

    def path(self, id: str, *steps: Step) -> Path:
        """Where a node, or something in it, stands in the author's file.

        >>> import toc
        >>> look = Look(toc.example("small-charity"), date(2026, 9, 1), "plan")
        >>> look.path("goal", "by"), look.path("company")
        (('goal', 'by'), ('pillars', 'company'))
        """
        theory = self.theory
        kind = theory.nodes[id].kind
        if kind == "goal" and len(theory.goals) == 1:
            return ("goal", *steps)
        return (PLURALS[kind], id, *steps)

    def of_link(self, source: str, target: str, *steps: Step) -> Path:
        """Where a link, or something in it, stands in the author's file."""
        return self.path(source, "leads_to", target, *steps)

    def called(self, id: str) -> str:
        """A node in a sentence: the organisation's word for its kind, and its title.

        >>> import toc
        >>> Look(toc.example("small-charity"), date(2026, 9, 1), "plan").called("company")
        'the pillar “Company and friendship”'
        """
        node = self.theory.nodes[id]
        return f"the {self.word(node.kind)} “{node.title}”"

    def word(self, kind: str, *, plural: bool = False) -> str:
        """The organisation's word for a kind of node, as it stands inside a sentence."""
        return in_sentence(self.theory, kind, plural=plural)

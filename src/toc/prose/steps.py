"""If–then: what leads to a node, the sources that lead to it for the same reason in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from toc.language.facts import joins, when
from toc.language.text import listed, quoted
from toc.language.vocabulary import in_sentence
from toc.model import Theory
from toc.model.nodes import Node
from toc.model.values import Link
from toc.prose.reasons import Words, argument

# What is supposed of one source of some kind, and of several; and what then follows for a target.
IFS: Final = {
    "activity": ("If we run {}", "If we run {}"),
    "output": ("If {} is delivered", "If {} are delivered"),
    "outcome": ("If {} comes about", "If {} come about"),
    "pillar": ("If we make progress on {}", "If we make progress on {}"),
    "goal": ("If {} is reached", "If {} are reached"),
}
THENS: Final = {
    "activity": "this supports {}",
    "output": "we expect {}",
    "outcome": "we expect {}",
    "pillar": "we make progress on {}",
    "goal": "we contribute to {}",
}


class Step(NamedTuple):
    """Links into one target, from sources of one kind, that say the same."""

    kind: str
    negative: bool
    feedback: bool
    argument: str


def own(theory: Theory, kind: str, number: int = 1) -> str:
    """The organisation's word for a kind within a sentence."""
    return in_sentence(theory, kind, plural=number != 1)


def named(theory: Theory, nodes: Sequence[Node], home: str | None = None, *, placed: bool = False) -> str:
    """Some nodes of one kind by kind and title; with `placed`, those of another column than `home` say which."""
    titles = []
    for node in nodes:
        column = theory.columns.get(node.id)
        far = placed and column is not None and column not in {home, node.id}
        where = f" (under {quoted(theory.pillars[column].title)})" if far and column else ""
        titles.append(quoted(node.title) + where)
    return f"the {own(theory, nodes[0].kind, len(nodes))} {listed(titles)}"


def steps_into(theory: Theory, target: Node, links: Iterable[Link], words: Words) -> str:
    """Everything that leads to a node, as sentences; empty where nothing does."""
    grouped: dict[Step, list[Node]] = {}
    for link in sorted(links, key=lambda link: link.feedback):
        source = theory.nodes[link.source]
        step = Step(source.kind, link.sign == "-", link.feedback, argument(link, words))
        grouped.setdefault(step, []).append(source)
    return " ".join(_said(theory, target, grouped))


def _said(theory: Theory, target: Node, grouped: dict[Step, list[Node]]) -> Iterator[str]:
    home = theory.columns.get(target.id)
    known = False
    for step, sources in grouped.items():
        who = named(theory, sources, home, placed=target.kind != "goal")
        if step.feedback:
            verb = joins(negative=step.negative, feedback=True, many=len(sources) != 1)
            yield f"In turn, {who} {verb} {named(theory, [target])}{step.argument}"
            continue
        supposed = IFS[step.kind][len(sources) != 1].format(who)
        if step.negative:
            follows = f"this {joins(negative=True)} {named(theory, [target])}"
        elif known:
            follows = f"{THENS[target.kind].format(f'this {own(theory, target.kind)}')} too"
        else:
            due = "" if target.kind == "goal" else when(target)  # the date of a goal is told with the goal
            follows = THENS[target.kind].format(named(theory, [target])) + due
            known = True
        yield f"{supposed}, then {follows}{step.argument}"

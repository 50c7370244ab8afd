"""How a node leads to the goals: the ways, the reasons on them, and what stands out among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any, Final

from toc import graph
from toc.analysis.explanation.page import explanation_page
from toc.analysis.explanation.strengths import (
    Between,
    Pair,
    links_between,
    passed_by_all,
    strongest,
    ways_for_and_against,
    weakest,
)
from toc.errors import whole_number
from toc.language.numbers import counted, number
from toc.language.text import chained
from toc.language.vocabulary import Wording, wording
from toc.model import Theory
from toc.model.references import named
from toc.model.types import Kind
from toc.model.values import Link
from toc.pages.answer import Answer, Sheets, plain
from toc.pages.blocks import Page
from toc.pages.sheet import Column, Sheet

SAFE: Final = 2**53  # whole numbers up to here mean the same to every program that reads JSON


@dataclass(frozen=True, slots=True)
class Way:
    """One way. `weakest` is the lowest confidence written on it, `helps` whether it works towards its end."""

    nodes: tuple[str, ...]
    weakest: float | None
    weakest_link: Pair | None
    unrated: int
    helps: bool


@dataclass(frozen=True, repr=False)
class Explanation(Answer):
    """How one node leads to the goals, or to the node `to`.

    `ways` counts every way, `against` those with an odd number of minus signs; `listed` are the first of them, and
    `links` all links of those listed and of the strongest and the weakest. What the author says (`necessary`,
    `sufficient`, `contributory`, `unstated`) and what the drawing shows (`passes`, `follows`) are kept apart; both are
    about all ways. `unrated` are the links on any way without a confidence, `feedback` the links beside the ways that
    nothing was counted along. The tables are "ways", those listed, and "links".

    In JSON a number of ways that is too large for it is null; `ways_in_words` always says it.

    >>> import toc
    >>> toc.example("rgs-newcastle").explain("scitt", to="stem")
    <Explanation of 'scitt': 2 ways to 'stem'>
    >>> found = toc.example("rgs-newcastle").explain("scitt")
    >>> found.ways, found.strongest.weakest, found.passes
    (3, 0.8, ('new-teachers',))
    """

    id: str
    kind: Kind
    to: str | None
    ends: tuple[str, ...]
    ways: int
    against: int
    listed: tuple[Way, ...]
    links: tuple[Link, ...]
    strongest: Way | None
    weakest: Way | None
    necessary: tuple[Pair, ...]
    sufficient: tuple[Pair, ...]
    contributory: tuple[Pair, ...]
    unstated: tuple[Pair, ...]
    passes: tuple[str, ...]
    follows: tuple[Pair, ...]
    unrated: tuple[Pair, ...]
    feedback: tuple[Pair, ...]
    assumptions: tuple[tuple[str, int], ...]
    evidence: tuple[tuple[str, int], ...]
    wording: Wording = field(repr=False, compare=False)

    def __repr__(self) -> str:
        aim = ", ".join(map(repr, self.ends)) or "a goal"
        return f"<Explanation of {self.id!r}: {counted(self.ways, 'way', 'ways')} to {aim}>"

    def _page(self) -> Page:
        return explanation_page(self)

    def _record(self) -> dict[str, Any]:
        found = super()._record()
        for name in ("ways", "against"):
            count = found[name]
            found[name] = count if count < SAFE else None
            found[f"{name}_in_words"] = number(count)
        return found | {
            "links": [_link(link) for link in self.links],
            "assumptions": dict(self.assumptions),
            "evidence": dict(self.evidence),
        }

    def _sheets(self) -> Sheets:
        return {"ways": self._ways, "links": self._links}

    def _ways(self) -> Sheet[Way]:
        columns: tuple[Column[Way], ...] = (
            Column("way", "Way", value=lambda row: row.nodes, cell=lambda row: self._chain(row.nodes)),
            Column("links", "Links", "Int64", lambda row: len(row.nodes) - 1),
            Column("weakest", "Lowest confidence", "float64"),
            Column("weakest_link", "Weakest link", cell=lambda row: self._chain(row.weakest_link or ())),
            Column("unrated", "Links without a confidence", "Int64"),
            Column("helps", "Works towards its end", "bool"),
        )
        return Sheet(columns, self.listed)

    def _links(self) -> Sheet[Link]:
        columns: tuple[Column[Link], ...] = (
            Column("source", "From", cell=lambda row: self.wording.titles[row.source]),
            Column("target", "To", cell=lambda row: self.wording.titles[row.target]),
            Column("because", "Because"),
            Column("assumptions", "Assumptions", value=lambda row: tuple(one.text for one in row.assumptions)),
            Column("evidence", "Evidence", value=lambda row: tuple(one.source for one in row.evidence)),
            Column("confidence", "Confidence", "float64"),
            Column("contribution", "The author says", value=_stated_of),
            Column("sign", "Sign", cell=lambda row: "minus" if row.sign == "-" else "plus"),
        )
        return Sheet(columns, self.links)

    def _chain(self, ids: Iterable[str]) -> str:
        return chained(self.wording.titles[id] for id in ids)


def explained(theory: Theory, id: str, *, to: str | None, limit: int) -> Explanation:
    """How a node leads to the goals, or to one node; at most `limit` ways are listed. Titles stand for ids.

    Raises TheoryError for an id that is not in the theory, and OptionError for a negative limit.
    """
    node = named(theory, id)
    id = node.id
    to = None if to is None else named(theory, to).id
    limit = whole_number("limit, the most ways to be listed,", limit)
    between = links_between(theory, id, theory.goals if to is None else [to])
    shown = list(islice(_ways(between), limit))
    best, worst = strongest(between), weakest(between)
    towards, against = ways_for_and_against(between)
    passes, follows = passed_by_all(between)
    return Explanation(
        id=id,
        kind=node.kind,
        to=to,
        ends=tuple(end for end in theory.nodes if end in between.ends) if between.steps else (),
        ways=towards + against,
        against=against,
        listed=tuple(map(_way, shown)),
        links=_each_once(between, [*shown, best, worst]),
        strongest=_way(best) if best else None,
        weakest=_way(worst) if worst else None,
        passes=passes,
        follows=follows,
        unrated=tuple(_ends(link) for link in between.links if link.confidence is None),
        feedback=tuple(
            _ends(link)
            for link in theory.written_links
            if link.feedback and (link.source in between.steps or link.target in between.steps)
        ),
        **_stated(between),
        assumptions=_tallied(one.status for link in between.links for one in link.assumptions),
        evidence=_tallied(one.says or "unstated" for link in between.links for one in link.evidence),
        wording=wording(theory),
    )


def _ways(between: Between) -> Iterable[tuple[Link, ...]]:
    """Every way as its links, one at a time."""
    inner = {node: [link.target for link in links] for node, links in between.steps.items()}
    if not inner:
        return
    arrows = {_ends(link): link for link in between.links}
    for nodes in graph.ways(inner, between.start, between.ends):
        yield tuple(arrows[pair] for pair in pairwise(nodes))


def _way(links: tuple[Link, ...]) -> Way:
    rated = [link for link in links if link.confidence is not None]
    lowest = min(rated, key=lambda link: link.confidence or 0, default=None)
    return Way(
        nodes=(links[0].source, *(link.target for link in links)),
        weakest=lowest.confidence if lowest else None,
        weakest_link=_ends(lowest) if lowest else None,
        unrated=len(links) - len(rated),
        helps=sum(link.sign == "-" for link in links) % 2 == 0,
    )


def _each_once(between: Between, ways: Iterable[tuple[Link, ...]]) -> tuple[Link, ...]:
    """The links of these ways, each once and after those that lead to it."""
    wanted = {_ends(link) for way in ways for link in way}
    return tuple(link for link in between.links if _ends(link) in wanted)


def _stated(between: Between) -> dict[str, tuple[Pair, ...]]:
    """The links on any way by what the author wrote of their contribution; not written is not the same as chosen."""
    found: dict[str, list[Pair]] = {"necessary": [], "sufficient": [], "contributory": [], "unstated": []}
    for link in between.links:
        found[_stated_of(link) or "unstated"].append(_ends(link))
    return {name: tuple(pairs) for name, pairs in found.items()}


def _tallied(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return tuple(sorted(found.items()))


def _ends(link: Link) -> Pair:
    return link.source, link.target


def _stated_of(link: Link) -> str | None:
    """What the author wrote of its contribution, if anything."""
    return link.contribution if "contribution" in link.model_fields_set else None


def _link(link: Link) -> dict[str, Any]:
    return {
        "source": link.source,
        "target": link.target,
        "because": link.because,
        "assumptions": [one.model_dump(mode="json") for one in link.assumptions],
        "evidence": [one.model_dump(mode="json") for one in link.evidence],
        "confidence": plain(link.confidence),
        "contribution": _stated_of(link),
        "sign": link.sign,
    }

"""All that is known about one box, in the order in which somebody asks, with the arguments of its links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toc.explore.markup import bullets, element, paragraphs, said, web_link
from toc.explore.measures import Fact, guidance, kpis, labels, more, terms, whom
from toc.explore.shown import Shown
from toc.language.dates import day
from toc.language.facts import HORIZONS, strength
from toc.language.numbers import number
from toc.language.text import capital, sentence
from toc.language.vocabulary import word
from toc.model.nodes import Activity, HasDate, HasHorizon, Node
from toc.model.values import Assumption, Evidence, Link
from toc.prose.reasons import CONTRIBUTIONS, STATUSES


def links(part: Shown, id: str) -> Iterator[str]:
    """Two lists, what a box leads to and what leads to it, with how many ends the drawing leaves out."""
    yield from _list(
        "Leads to",
        "out",
        [_link(part, link, link.target) for link in part.effects[id]],
        _unseen(part.unseen_effects.get(id, 0)),
    )
    yield from _list(
        "Comes from",
        "in",
        [_link(part, link, link.source) for link in part.causes[id]],
        _unseen(part.unseen_causes.get(id, 0)),
    )


def _list(heading: str, css: str, items: Sequence[str], unseen: str) -> Iterator[str]:
    if items or unseen:
        yield element("h4", said(heading))
        yield element("ul", *items, unseen, class_=f"links {css}")


def _unseen(count: int) -> str:
    return element("li", f"{count} more, not in this drawing", class_="aside") if count else ""


def _link(part: Shown, link: Link, other: str) -> str:
    name = element("span", said(f"{part.word(other)}: "), class_="kind")
    title = element("span", said(part.title(other)), dir="auto")
    return element(
        "li",
        element("a", name, title, href=f"#about-{other}", class_="jump"),
        element("div", *_argument(part, link), class_="argument"),
    )


def _argument(part: Shown, link: Link) -> Iterator[str]:
    yield element("p", said(_standing(link)), class_="standing")
    if link.because:
        yield _line("Because", sentence(link.because))
    if CONTRIBUTIONS[link.contribution]:
        yield element("p", said(CONTRIBUTIONS[link.contribution]))
    for assumption in link.assumptions:
        yield _line(f"{word(part.theory, 'assumption')}, {STATUSES[assumption.status]}", _assumed(assumption))
    for evidence in link.evidence:
        yield _evidence(word(part.theory, "evidence"), evidence)


def _standing(link: Link) -> str:
    """How sure the link is, and what else its arrow shows."""
    known = strength(link.confidence)
    words = [f"{capital(known)} confidence" if known != "unknown" else "Confidence not stated"]
    if link.sign == "-":
        words.append("works against it")
    if link.feedback:
        words.append("feedback")
    return ", ".join(words)


def _line(label: str, text: str, *more: str) -> str:
    """A paragraph that begins with its label."""
    return element("p", element("b", said(f"{label}: ")), element("span", said(text), dir="auto"), *more)


def _assumed(assumption: Assumption) -> str:
    plan = ", ".join([
        *([f"test: {assumption.test}"] if assumption.test else []),
        *([assumption.owner] if assumption.owner else []),
        *([f"by {day(assumption.by)}"] if assumption.by else []),
    ])  # fmt: skip
    return f"{assumption.text} ({plan})" if plan else assumption.text


def _evidence(name: str, evidence: Evidence) -> str:
    label = {None: "", "supports": " in support", "contradicts": " against", "mixed": " mixed"}[evidence.says]
    facts: list[str] = [fact for fact in (evidence.type, evidence.strength) if fact]
    facts += [str(evidence.date.year)] if evidence.date else []
    source = element("span", web_link(evidence.url, evidence.source), dir="auto")
    return element("p", element("b", said(f"{name}{label}: ")), source, said(f" ({', '.join(facts)})" if facts else ""))


def facts_of(part: Shown, id: str, reached: str) -> str:
    """The facts of one box as HTML: reach, description, links with their arguments, KPIs, guidance."""
    return "\n".join(_facts(part, id, reached))


def _facts(part: Shown, id: str, reached: str) -> Iterator[str]:
    node = part.node(id)
    yield element("p", said(reached), class_="reach")
    yield from _marked(part, id)
    if node is None:
        yield bullets(line.text for line in part.boxes[id].lines if line.role not in {"title", "mark"})
        return
    if node.description:
        yield paragraphs(node.description)
    yield terms(_terms(part, node))
    yield more(node)
    yield from links(part, id)
    yield from kpis(part, id)
    if isinstance(node, Activity):
        yield from guidance(part, id)


def _marked(part: Shown, id: str) -> Iterator[str]:
    """What is marked on the box in this drawing."""
    for line in part.boxes[id].lines:
        if line.role == "mark":
            yield element("p", element("strong", said(line.text)), dir="auto")


def _terms(part: Shown, node: Node) -> Iterator[Fact]:
    yield from whom(part, node)
    if isinstance(node, HasDate) and node.by:
        yield "By", day(node.by)
    if isinstance(node, HasHorizon) and node.horizon:
        yield "When", HORIZONS[node.horizon]
    if isinstance(node, Activity):
        yield from _activity_terms(part, node)
    yield from labels(node)


def _activity_terms(part: Shown, node: Activity) -> Iterator[Fact]:
    if node.certainty:
        yield "Certainty", node.certainty.level + (f": {node.certainty.because}" if node.certainty.because else "")
    people = node.participation
    if isinstance(people, int):
        yield "People", f"{number(people)} a year"
    elif people:
        yield "People", f"{people} participation"
    proven = node.evidence_strength
    named = (
        ("Proven elsewhere", f"{proven.level}{f': {proven.source}' if proven.source else ''}" if proven else ""),
        ("Stakes", node.stakes or ""),
        ("Type", node.type or ""),
        ("How often", node.recurs or ""),
        ("From", day(node.starts) if node.starts else ""),
        ("Until", day(node.ends) if node.ends else ""),
        ("Led by", ", ".join(node.lead)),
        ("With", ", ".join(part.theory.partners[id].title for id in node.partners)),
        ("Funded by", ", ".join(node.funding)),
    )
    yield from ((name, text) for name, text in named if text)

"""The links of a box with their arguments: because, how sure, what is assumed, and what supports it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toc.model.values import Assumption, Evidence, Link
from toc.page.markup import element, said, web_link
from toc.page.shown import Shown
from toc.phrases import capital, day, strength
from toc.prose.arguments import CONTRIBUTIONS, STATUSES
from toc.prose.phrases import sentence


def links(part: Shown, id: str) -> Iterator[str]:
    """Two lists, what a box leads to and what leads to it, with how many ends the drawing leaves out.

    >>> import toc
    >>> from toc.page.shown import shown
    >>> theory = toc.example("small-charity")
    >>> any("A friend is company" in text for text in links(shown(theory, theory.diagram()), "friendships"))
    True
    """
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


def _unseen(number: int) -> str:
    return element("li", f"{number} more, not in this drawing", class_="aside") if number else ""


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
    own = part.theory.settings.vocabulary
    for assumption in link.assumptions:
        yield _line(f"{capital(own.assumption or 'assumption')}, {STATUSES[assumption.status]}", _assumed(assumption))
    for evidence in link.evidence:
        yield _evidence(capital(own.evidence or "evidence"), evidence)


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


def _evidence(word: str, evidence: Evidence) -> str:
    label = {"supports": "in support", "contradicts": "against", "mixed": "mixed"}[evidence.says]
    facts: list[str] = [fact for fact in (evidence.type, evidence.strength) if fact]
    facts += [str(evidence.date.year)] if evidence.date else []
    source = element("span", web_link(evidence.url, evidence.source), dir="auto")
    return element(
        "p", element("b", said(f"{word} {label}: ")), source, said(f" ({', '.join(facts)})" if facts else "")
    )

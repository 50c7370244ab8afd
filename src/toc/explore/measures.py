"""How a box is measured: its KPIs, and for an activity the advice, with its reasons and its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain

from toc.explore.markup import bullets, element, paragraphs, said, web_link
from toc.explore.shown import Shown
from toc.guidance import advised_on
from toc.guidance.advice_file import advice
from toc.guidance.own_words import in_own_words
from toc.language.dates import day
from toc.language.facts import latest_reading, milestone
from toc.language.numbers import amount, counted
from toc.language.vocabulary import word
from toc.model.mappings import FrozenDict
from toc.model.nodes import Kpi, Node

Fact = tuple[str, str]


def kpis(part: Shown, id: str) -> Iterator[str]:
    """The KPIs that measure a box, each with what is known of it."""
    found = [part.theory.kpis[kpi] for kpi in part.theory.measured_by.get(id, ())]
    if found:
        yield element("h4", said(word(part.theory, "kpi", plural=len(found) != 1)))
        yield element("ul", *(_kpi(part, kpi) for kpi in found), class_="kpis")


def _kpi(part: Shown, kpi: Kpi) -> str:
    title = element("p", element("b", said(kpi.title), dir="auto"), " (draft)" if kpi.status == "draft" else "")
    about = paragraphs(kpi.description) if kpi.description else ""
    facts = chain(_kpi_facts(kpi), whom(part, kpi), labels(kpi))
    return element("li", title, about, terms(facts), more(kpi))


def whom(part: Shown, node: Node) -> Iterator[Fact]:
    """The people whom a node is about."""
    groups = [part.theory.context.target_groups[id] for id in node.target_group]
    if groups:
        yield "For", "; ".join(f"{one.title}{' (disadvantaged)' if one.disadvantaged else ''}" for one in groups)


def labels(node: Node) -> Iterator[Fact]:
    """On which side of the accountability ceiling a node stands, where that is worth a word, and its tags."""
    if node.above_ceiling:
        yield "Above the ceiling", "aimed for together with others, not answered for alone"
    if node.tags:
        yield "Tags", ", ".join(node.tags)


def more(node: Node) -> str:
    """Where more is said of a node, if its author says where."""
    return element("p", element("b", "More: "), web_link(node.url, node.url), class_="more") if node.url else ""


def terms(facts: Iterator[Fact]) -> str:
    """Names and what stands for each, as a list of terms; nothing where there are none.

    >>> terms(iter([("Unit", "visitors")]))
    '<dl><div><dt>Unit</dt><dd dir="auto">visitors</dd></div></dl>'
    """
    rows = [element("div", element("dt", said(name)), element("dd", said(text), dir="auto")) for name, text in facts]
    return element("dl", *rows) if rows else ""


def _kpi_facts(kpi: Kpi) -> Iterator[Fact]:
    for one in kpi.target or ():
        yield "Target", milestone(kpi, one)
    latest = latest_reading(kpi)
    yield "Latest", f"{amount(latest.value, kpi.unit)} on {day(latest.date)}" if latest else "no reading yet"
    if kpi.baseline:
        on = f" on {day(kpi.baseline.date)}" if kpi.baseline.date else ""
        yield "Baseline", f"{amount(kpi.baseline.value, kpi.unit)}{on}"
    named = (
        ("Level", kpi.level), ("Owner", kpi.owner), ("Source", kpi.source), ("How", kpi.method),
        ("How often", kpi.frequency), ("Told apart by", ", ".join(kpi.breakdowns)),
        ("Design", "" if kpi.design == "after" else kpi.design.replace("-", " and ")),
        ("Work", f"{counted(kpi.hours, 'hour', 'hours')} each time" if kpi.hours is not None else ""),
    )  # fmt: skip
    yield from ((name, text) for name, text in named if text)


def guidance(part: Shown, id: str) -> Iterator[str]:
    """How to measure an activity: the advice, why, what not to claim, whether its KPIs fit, and the sources."""
    found = advised_on(part.theory, id)
    words = _words(found.own_words)
    yield element("h4", "How to measure")
    yield element("p", element("strong", said(found.headline)))
    if found.questions:
        yield bullets(found.questions)
    yield element("h5", said(words["why"]))
    yield bullets((*found.reasons, found.basis_words))
    yield element("h5", said(words["claims"]))
    yield bullets(found.do_not_claim)
    yield element("h5", said(words["fit"]))
    yield bullets([text for text in (found.kpi_fit.reason, found.kpi_fit.change) if text])
    yield element("h5", said(words["sources"]))
    yield element("ul", *(element("li", web_link(source.url, source.cite)) for source in found.sources))


@lru_cache(maxsize=8)
def _words(own: FrozenDict[str, str]) -> Mapping[str, str]:
    """The headings in the words of one theory, found once for all of its activities."""
    return in_own_words(advice(), own).words

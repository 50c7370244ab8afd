"""All that is known about one box, in the order in which somebody asks: its links, how it is measured, the advice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from toc.explore.shown import Shown
from toc.guidance import advised_on
from toc.guidance.advice_file import advice
from toc.guidance.own_words import in_own_words
from toc.language.dates import day
from toc.language.facts import HORIZONS, joins, latest_reading, milestone, strength, told
from toc.language.numbers import amount, counted, number
from toc.language.text import capital, sentence
from toc.language.vocabulary import in_sentence, word
from toc.model.mappings import FrozenDict
from toc.model.nodes import Activity, HasDate, HasHorizon, Kpi, Node
from toc.model.values import Assumption, Evidence, Link
from toc.monitoring.standing import standing
from toc.partnership.stated import sides_of
from toc.prose.reasons import CONTRIBUTIONS, STATUSES
from toc.render.markup import bullets, element, paragraphs, said, web_link


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
        words.append(f"{joins(negative=True)} it")
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
    stances = {"supports": " in support", "contradicts": " against", "mixed": " mixed"}
    stance = stances[evidence.says] if evidence.says else ", for or against not said"
    facts: list[str] = [fact for fact in (evidence.type, evidence.strength) if fact]
    facts += [str(evidence.date.year)] if evidence.date else []
    source = element("span", web_link(evidence.url, evidence.source), dir="auto")
    return element(
        "p", element("b", said(f"{name}{stance}: ")), source, said(f" ({', '.join(facts)})" if facts else "")
    )


def facts_of(part: Shown, id: str, reached: str) -> str:
    """The facts of one box as HTML: reach, description, links with their arguments, KPIs, guidance."""
    return "\n".join(_facts(part, id, reached))


def _facts(part: Shown, id: str, reached: str) -> Iterator[str]:
    node = part.node(id)
    yield element("p", said(reached), class_="reach")
    for line in part.boxes[id].lines:
        if line.role == "mark":
            yield element("p", element("strong", said(line.text)), dir="auto")
    if node is None:
        yield bullets(line.text for line in part.boxes[id].lines if line.role not in {"title", "mark"})
        return
    if node.description:
        yield paragraphs(node.description)
    yield terms(_terms(part, node))
    yield more(node)
    yield from links(part, id)
    if "kpis" not in part.hidden:
        yield from kpis(part, id)
    if isinstance(node, Activity) and "badges" not in part.hidden:
        yield from guidance(part, id)


def _terms(part: Shown, node: Node) -> Iterator[Fact]:
    yield from whom(part, node)
    if isinstance(node, HasDate) and node.by:
        yield "By", day(node.by)
    if isinstance(node, HasHorizon) and node.horizon:
        yield "When", HORIZONS[node.horizon]
    if isinstance(node, Activity):
        yield from _activity_terms(part, node)
    yield from labels(part, node)


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
    yield from sides_of(part.theory, node)


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
    facts = chain(_stands(part, kpi), _kpi_facts(part, kpi), whom(part, kpi), labels(part, kpi))
    return element("li", title, about, terms(facts), more(kpi))


def whom(part: Shown, node: Node) -> Iterator[Fact]:
    """The people whom a node is about."""
    groups = [part.theory.context.target_groups[id] for id in node.target_group]
    if groups:
        yield "For", "; ".join(f"{one.title}{' (disadvantaged)' if one.disadvantaged else ''}" for one in groups)


def labels(part: Shown, node: Node) -> Iterator[Fact]:
    """On which side of the accountability ceiling a node stands, where that is worth a word, and its tags."""
    if node.above_ceiling and "ceiling" not in part.hidden:
        yield (
            f"Above the {in_sentence(part.theory, 'ceiling')}",
            "aimed for together with others, not answered for alone",
        )
    if node.tags:
        yield "Tags", ", ".join(node.tags)


def more(node: Node) -> str:
    """Where more is said of a node, if its author says where."""
    return element("p", element("b", "More: "), web_link(node.url, node.url), class_="more") if node.url else ""


def terms(facts: Iterator[Fact]) -> str:
    """Names and what stands for each, as a list of terms; nothing where there are none."""
    rows = [element("div", element("dt", said(name)), element("dd", said(text), dir="auto")) for name, text in facts]
    return element("dl", *rows) if rows else ""


def _stands(part: Shown, kpi: Kpi) -> Iterator[Fact]:
    """How a KPI stands, where that is asked for."""
    if part.progress is not None:
        one = part.progress[kpi.id]
        more = standing(part.theory, one)
        yield f"On {day(part.progress.today)}", f"{one.status.word}{f': {more}' if more else ''}"


def _kpi_facts(part: Shown, kpi: Kpi) -> Iterator[Fact]:
    progress = part.progress
    for one in kpi.target or ():
        yield "Target", milestone(kpi, one)
    latest = latest_reading(kpi, None if progress is None else progress.today)
    yield "Latest", f"{told(kpi, latest)} on {day(latest.date)}" if latest else "no reading yet"
    if kpi.baseline:
        on = f" on {day(kpi.baseline.date)}" if kpi.baseline.date else ""
        yield "Baseline", f"{amount(kpi.baseline.value, kpi.unit)}{on}"
    named = (
        ("Level", kpi.level), ("Owner", kpi.owner), ("Source", kpi.source), ("How", kpi.method),
        ("How often", kpi.frequency), ("Told apart by", ", ".join(kpi.breakdowns)),
        ("Between milestones", "in steps" if kpi.path == "steps" else ""),
        ("Collected by", ", ".join(part.theory.partners[id].title for id in kpi.collected_by)),
        ("Agreed on", day(kpi.agreed_on) if kpi.agreed_on else ""),
        ("Codes", ", ".join(f"{vocabulary} {code}" for vocabulary, code in kpi.codes.items())),
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
    if "kpis" not in part.hidden:
        yield element("h5", said(words["fit"]))
        yield bullets([text for text in (found.kpi_fit.reason, found.kpi_fit.change) if text])
    yield element("h5", said(words["sources"]))
    yield element("ul", *(element("li", web_link(source.url, source.cite)) for source in found.sources))


@lru_cache(maxsize=8)
def _words(own: FrozenDict[str, str]) -> Mapping[str, str]:
    """The headings in the words of one theory, found once for all of its activities."""
    return in_own_words(advice(), own).words

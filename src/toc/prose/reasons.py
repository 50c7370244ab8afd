"""A claim as sentences: who leads to what, because, how necessary, how sure, what is assumed and what supports it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from toc.language.dates import day
from toc.language.facts import joins, strength, when
from toc.language.text import STOPS, bare, capital, in_brackets, listed, one_line, quoted, sentence
from toc.language.vocabulary import in_sentence, language
from toc.model import Theory
from toc.model.nodes import Node
from toc.model.values import Assumption, Evidence, Link

# Words that begin a clause in small letters; every other word must be seen in small letters elsewhere in the theory.
SMALL: Final = """
a after all although an and another any anybody anyone at because before both during each either enough every
everybody everyone everything few fewer from good he here how if in it its knowing learning less many more most much
neither no nobody none not nothing often on once one only other our out over people regular several she small some
somebody someone sometimes such teaching that the their there these they this those two under until up we well what
when where whether while who whoever with within without working you your
adults art arts better books boys carers charities children classes clubs coaches communities confidence doctors employers
early earlier families food friends funding girls grades groups health homes jobs learners lessons meetings mentors money music
new neighbours nurseries older parents participants partners people places practice pupils reading schools science sessions
sixth-formers skills sport sports staff students talking teachers time trainees trustees visitors visits volunteers
women workshops writing young younger youth
"""
# Words after which no clause follows: "because to build fluency" is no English.
NO_CLAUSE: Final = "as by due for given hence in owing since so thanks that therefore through thus to via which"
_SENTENCES: Final = re.compile(r"[.!?…]\s")
_LOWER: Final = re.compile(r"(?<![\w’'-])[a-z]+(?:-[a-z]+)*(?![\w-])")
_PLAIN: Final = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)(?:['’]s?)?,?")
_SHORT_FORM: Final = re.compile(r"I$|[A-Z]-|.*[A-Z0-9].*[A-Z0-9]")  # I, A-level, STEM, GCSEs, 16-year-olds
_SMALL: Final = frozenset(SMALL.split())
_NO_CLAUSE: Final = frozenset(NO_CLAUSE.split())


def small_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that these texts write in small letters: where one begins a text, its capital may be taken off."""
    return frozenset(word for text in texts for word in _LOWER.findall(text))


def clause(text: str, small: Collection[str] = ()) -> str | None:
    """A text as the rest of a sentence, after "because" or "if"; None where it can only stand by itself.

    A first word loses its capital only where it is known to be no name; short forms keep theirs. Several sentences, a
    question, fewer than three words, or a beginning that makes no clause stand by themselves.
    """
    text = bare(text)
    words = text.split()
    if len(words) < 3 or text.endswith((*STOPS, ":", ";", ",")) or _SENTENCES.search(text):
        return None
    first = words[0]
    if first.lower().strip(",") in _NO_CLAUSE:
        return None
    if first[0].islower() or _SHORT_FORM.match(first):
        return text
    plain = _PLAIN.fullmatch(first)
    return text[0].lower() + text[1:] if plain and _is_small(plain[1].lower(), small) else None


def _is_small(word: str, small: Collection[str]) -> bool:
    return word in _SMALL or word in small or (word.endswith("s") and word[:-1] in small)


CONTRIBUTIONS: Final = {
    "necessary": "It cannot come about without this.",
    "sufficient": "This alone is thought to be enough.",
    "contributory": "",
}
STATUSES: Final = {
    "untested": "not yet tested",
    "holding": "tested and holding so far",
    "failing": "tested and failing",
}
SAYS: Final = {
    "supports": "that supports this",
    "contradicts": "that contradicts this",
    "mixed": "that is mixed",
    None: "of which nobody has said whether it supports this",
}


class Words(NamedTuple):
    """What the sentences of one theory need: its own words, and those that are known to be written small."""

    assumption: str
    evidence: str
    small: Collection[str]
    english: bool


def words_of(theory: Theory, small: Collection[str]) -> Words:
    """The words for the arguments of a theory."""
    return Words(
        in_sentence(theory, "assumption"), in_sentence(theory, "evidence"), small, english=language(theory) == "en"
    )


def argument(link: Link, words: Words) -> str:
    """What follows a claim, from its confidence to its evidence, the full stop of the claim included."""
    known = strength(link.confidence)
    sure = f" ({known} confidence)" if known != "unknown" else ""
    parts = [
        sure + (_because(link.because, words) if link.because else "."),
        CONTRIBUTIONS[link.contribution],
        *_assumptions(link, words),
        *_evidence(link, words),
    ]
    return " ".join(part for part in parts if part)


def _because(text: str, words: Words) -> str:
    if one_line(text)[:8].lower() == "because ":
        return f", because {sentence(one_line(text)[8:])}"
    said = clause(text, words.small) if words.english else None
    return f", because {said}." if said else f". The reason: {sentence(text)}"


def _assumptions(link: Link, words: Words) -> Iterator[str]:
    """First the assumptions that read on as a clause, in one sentence, then the others, each in one of its own."""
    clauses, others = [], []
    for assumption in link.assumptions:
        said = clause(assumption.text, words.small) if words.english else None
        if said:
            clauses.append(f"{_if(said)}{_standing(assumption)}")
        else:
            others.append(f"{capital(words.assumption)}{_standing(assumption)}: {sentence(assumption.text)}")
    if clauses:
        yield f"This holds only {listed(clauses)}."
    yield from others


def _if(said: str) -> str:
    if said[:8].lower() == "only if ":
        return said[5:]
    return said if said[:3].lower() == "if " else f"if {said}"


def _standing(assumption: Assumption) -> str:
    """Whether an assumption has been tested, and who will test it by when."""
    plan = f" by {day(assumption.by)}" if assumption.by else ""
    again = "" if assumption.status == "untested" else " again"
    if assumption.owner:
        plan = f"{bare(assumption.owner)} to test it{again}{plan}"
    elif plan:
        plan = f"to be tested{again}{plan}"
    return in_brackets([STATUSES[assumption.status], *([plan] if plan else [])])


def _evidence(link: Link, words: Words) -> Iterator[str]:
    for says, claim in SAYS.items():
        found = [_source(evidence) for evidence in link.evidence if evidence.says == says]
        if found:
            yield f"{capital(words.evidence)} {claim}: {listed(found)}."


def _source(evidence: Evidence) -> str:
    facts: list[str] = [fact for fact in (evidence.type, evidence.strength) if fact]
    if evidence.date:
        facts.append(str(evidence.date.year))
    return f"{quoted(evidence.source)}{in_brackets(facts)}"


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

"""The argument of a link as sentences: because, how necessary, how sure, what is assumed and what supports it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from toc.model import Theory
from toc.model.values import Assumption, Evidence, Link
from toc.phrases import capital, day, listed, one_line, strength
from toc.prose.clauses import clause
from toc.prose.facts import in_brackets
from toc.prose.phrases import bare, quoted, sentence

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
SAYS: Final = {"supports": "that supports this", "contradicts": "that contradicts this", "mixed": "that is mixed"}


class Words(NamedTuple):
    """What the sentences of one theory need: its own words, and those that are known to be written small."""

    assumption: str
    evidence: str
    small: Collection[str]
    english: bool


def words_of(theory: Theory, small: Collection[str]) -> Words:
    """The words for the arguments of a theory."""
    own = theory.settings.vocabulary
    english = (theory.language or "en").lower().startswith("en")
    return Words(one_line(own.assumption or "assumption"), one_line(own.evidence or "evidence"), small, english)


def argument(link: Link, words: Words) -> str:
    """What follows a claim, from its confidence to its evidence, the full stop of the claim included.

    >>> words = Words("assumption", "evidence", (), True)
    >>> argument(Link(because="A friend is company.", confidence="high"), words)
    ' (strong confidence), because a friend is company.'
    >>> argument(Link(because="Practice"), words)
    '. The reason: Practice.'
    """
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

"""The words for the ideas of the format: the organisation's own where its theory names them, else the field's.

Each has two forms, as a heading and within a sentence, and each of these for one and for many.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from toc.language.facts import joins
from toc.language.numbers import counted
from toc.language.text import chained, one_line, quoted, with_article
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.types import KINDS, PLURALS
from toc.model.values import OwnWord

_PART: Final = re.compile(r"\w[\w&.'’]*")  # what stands between spaces, hyphens and slashes
# Words that stay small in an English title, "Theory of Change", unless they begin it.
_SMALL: Final = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "our", "the", "to", "with"}
)
_CAPITAL_NOUNS: Final = frozenset({"de", "lb"})  # German and Luxembourgish write every noun with a capital


class Noun(NamedTuple):
    """A word for one and for many: as a heading, and within a sentence."""

    heading: str
    headings: str
    one: str
    many: str

    def word(self, *, plural: bool = False) -> str:
        """The word as a heading, and as it begins a sentence."""
        return self.headings if plural else self.heading

    def in_sentence(self, *, plural: bool = False) -> str:
        """The word within a sentence."""
        return self.many if plural else self.one


WORDS: Final[Mapping[str, Noun]] = MappingProxyType(
    {
        "goal": Noun("Goal", "Goals", "goal", "goals"),
        "pillar": Noun("Pillar", "Pillars", "pillar", "pillars"),
        "outcome": Noun("Outcome", "Outcomes", "outcome", "outcomes"),
        "output": Noun("Output", "Outputs", "output", "outputs"),
        "activity": Noun("Activity", "Activities", "activity", "activities"),
        "kpi": Noun("KPI", "KPIs", "KPI", "KPIs"),
        "link": Noun("Link", "Links", "link", "links"),
        "assumption": Noun("Assumption", "Assumptions", "assumption", "assumptions"),
        "evidence": Noun("Evidence", "Evidence", "evidence", "evidence"),
        "partner": Noun("Partner", "Partners", "partner", "partners"),
        "source": Noun("Source", "Sources", "source", "sources"),
        "input": Noun("Input", "Inputs", "input", "inputs"),
        "ceiling": Noun(
            "Accountability ceiling", "Accountability ceilings", "accountability ceiling", "accountability ceilings"
        ),
    }
)


def noun(theory: Theory, idea: str) -> Noun:
    """All forms of the word for an idea.

    >>> import toc
    >>> theory = toc.example("small-charity")
    >>> noun(theory, "activity")
    Noun(heading='Activity', headings='Activities', one='activity', many='activities')
    >>> noun(theory.evolve(settings={"vocabulary": {"pillar": "Priority Area"}}), "pillar").many
    'priority areas'
    """
    own: OwnWord | None = getattr(theory.settings.vocabulary, idea, None)
    if own is None:
        return WORDS[idea]
    return _own(own.one, own.many or (own.one if idea == "evidence" else None), language(theory))


def word(theory: Theory, idea: str, *, plural: bool = False) -> str:
    """The word for an idea as a heading, and as it begins a sentence.

    >>> import toc
    >>> word(toc.example("small-charity"), "activity", plural=True)
    'Activities'
    """
    return noun(theory, idea).word(plural=plural)


def in_sentence(theory: Theory, idea: str, *, plural: bool = False) -> str:
    """The word for an idea within a sentence: small letters, unless it is an abbreviation.

    Of several words the first has its capital taken away. All have, where the theory is in English and every word of
    any length has one: "Intermediate Outcome" is set like a title, while the second capital in "Key step in Gateshead"
    is a name's. A word with a second capital or with a digit is an abbreviation, such as KPI or KS2, and a later letter
    by itself is a label. In German every word stays as it is written.

    >>> import toc
    >>> in_sentence(toc.example("small-charity"), "kpi", plural=True)
    'KPIs'
    """
    return noun(theory, idea).in_sentence(plural=plural)


def language(theory: Theory) -> str:
    """The language of a theory without its region, English where it does not say.

    >>> import toc
    >>> language(toc.example("small-charity").evolve(language="de-AT"))
    'de'
    """
    return (theory.language or "en").lower().partition("-")[0]


@lru_cache(maxsize=256)  # the words of some twenty theories
def _own(one: str, many: str | None, spoken: str) -> Noun:
    """An organisation's word. Only English makes its own plural; a word of another language stands for many too."""
    one = one_line(one)
    many = one_line(many) if many else _plural(one) if spoken == "en" else one
    return Noun(one, many, _within(one, spoken), _within(many, spoken))


def _within(found: str, spoken: str) -> str:
    if spoken in _CAPITAL_NOUNS:
        return found
    every = spoken == "en" and all(map(_is_titled, found.split()))
    return _PART.sub(lambda part: _small(part) if every or part.start() == 0 else part[0], found)


def _is_titled(one: str) -> bool:
    """Whether one of several words is written as in a title: with a capital, or so short that it needs none."""
    return one in _SMALL or not one[0].islower()


def _small(part: re.Match[str]) -> str:
    """A part without its capital, unless it is an abbreviation, or a letter by itself that labels what stands before."""
    first, rest = part[0][0], part[0][1:]
    if any(letter.isupper() or letter.isdigit() for letter in rest) or (part.start() and not rest):
        return part[0]
    return first.lower() + rest


def _plural(word: str) -> str:
    if word[-1:] in "sxz" or word[-2:] in {"ch", "sh"}:
        return f"{word}es"
    if word[-1:] == "y" and word[-2:-1] not in set("aeiou"):
        return f"{word[:-1]}ies"
    return f"{word}s"


@dataclass(frozen=True, slots=True)
class Wording:
    """What an answer needs to be put into words: the titles of the nodes by id, and the words within a sentence."""

    titles: Mapping[str, str]
    nouns: Mapping[str, Noun]
    against: Collection[tuple[str, str]] = ()  # the ends of the links with a minus

    def title(self, id: str) -> str:
        """The title of a node, in quotation marks."""
        return quoted(self.titles[id])

    def link(self, ends: tuple[str, str]) -> str:
        """A link as its two titles and an arrow, and that it works against its target where it does."""
        minus = f" ({joins(negative=True)} it)" if ends in self.against else ""
        return chained(map(self.title, ends)) + minus

    def one(self, idea: str) -> str:
        """The word for one of an idea."""
        return self.nouns[idea].one

    def a(self, idea: str) -> str:
        """The word for one of an idea with its article."""
        return with_article(self.one(idea))

    def many(self, idea: str) -> str:
        """The word for several of an idea."""
        return self.nouns[idea].many

    def count(self, number: int, idea: str) -> str:
        """A number with the word for an idea."""
        return counted(number, self.one(idea), self.many(idea))


def wording(theory: Theory) -> Wording:
    """The titles and words of a theory.

    >>> import toc
    >>> found = wording(toc.example("small-charity"))
    >>> found.title("company"), found.count(2, "kpi"), found.many("link")
    ('“Company”', '2 KPIs', 'links')
    """
    titles = {id: one_line(node.title) for id, node in theory.nodes.items()}
    against = frozenset((link.source, link.target) for link in theory.written_links if link.sign == "-")
    return Wording(titles, {idea: noun(theory, idea) for idea in WORDS}, against)


def how_many(theory: Theory, idea: str, count: int) -> str:
    """A number with the word for an idea.

    >>> import toc
    >>> how_many(toc.example("small-charity"), "activity", 2)
    '2 activities'
    """
    found = noun(theory, idea)
    return counted(count, found.one, found.many)


def own_words(theory: Theory) -> FrozenDict[str, str]:
    """The words for the kinds under the names that the sentences of `advice.toml` hold in braces.

    >>> import toc
    >>> found = own_words(toc.example("small-charity"))
    >>> found["own_activities"], found["Own_activity"], found["own_kpis"]
    ('activities', 'Activity', 'KPIs')
    """
    found: dict[str, str] = {}
    for kind in KINDS:
        own = noun(theory, kind)
        many = PLURALS[kind]
        found |= {f"own_{kind}": own.one, f"own_{many}": own.many}
        found |= {f"Own_{kind}": own.heading, f"Own_{many}": own.headings}
    return FrozenDict(found)

"""What an answer needs to be put into words: the titles of the nodes, and the organisation's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log10
from typing import Final
from unicodedata import bidirectional

from toc.model import Theory
from toc.model.vocabulary import WORDS, in_sentence
from toc.phrases import one_line

# The ideas that are no kind of node: one and many, within a sentence.
OTHERS: Final = {"link": ("link", "links"), "assumption": ("assumption", "assumptions"), "evidence": ("evidence",) * 2}
SOURCES: Final = ("source", "sources")
MOST_DIGITS: Final = 15  # a count with more is a size, not a number that anybody reads


@dataclass(frozen=True, slots=True)
class Wording:
    """The titles of the nodes by id, and the words for one and many of each idea, as they stand in a sentence."""

    titles: Mapping[str, str]
    words: Mapping[str, tuple[str, str]]

    def title(self, id: str) -> str:
        """The title of a node, in quotation marks."""
        return f"“{self.titles[id]}”"

    def link(self, ends: tuple[str, str]) -> str:
        """A link as its two titles and an arrow."""
        return chained(map(self.title, ends))

    def one(self, idea: str) -> str:
        """The word for one of an idea, within a sentence."""
        return self.words[idea][0]

    def a(self, idea: str) -> str:
        """The word for one of an idea with its article."""
        return f"{'an' if self.words[idea][0][:1].lower() in 'aeiou' else 'a'} {self.words[idea][0]}"

    def many(self, idea: str) -> str:
        """The word for several of an idea, within a sentence."""
        return self.words[idea][1]

    def count(self, number: int, idea: str) -> str:
        """A number with the word for an idea."""
        return f"{written(number)} {self.words[idea][number != 1]}"


def wording(theory: Theory) -> Wording:
    """The titles and words of a theory.

    >>> import toc
    >>> found = wording(toc.example("small-charity"))
    >>> found.title("company"), found.count(2, "kpi"), found.many("link")
    ('“Company”', '2 KPIs', 'links')
    """
    own = {kind: (in_sentence(theory, kind), in_sentence(theory, kind, plural=True)) for kind in WORDS}
    words = {idea: (one_line(one), one_line(many)) for idea, (one, many) in ({**_others(theory), **own}).items()}
    words["source"] = SOURCES
    return Wording({id: one_line(node.title) for id, node in theory.nodes.items()}, words)


def _others(theory: Theory) -> dict[str, tuple[str, str]]:
    """The words for what is no kind of node; evidence cannot be counted."""
    own = {
        idea: (in_sentence(theory, idea), in_sentence(theory, idea, plural=idea != "evidence")) for idea in _own(theory)
    }
    return {**OTHERS, **own}


def _own(theory: Theory) -> list[str]:
    """The ideas for which the organisation has a word of its own."""
    return [idea for idea in OTHERS if getattr(theory.settings.vocabulary, idea) is not None]


def written(number: int) -> str:
    """A whole number as people write it; beyond fifteen digits its size is enough.

    >>> written(12500), written(3**99)
    ('12,500', 'about 10 to the power of 47')
    """
    if number < 10**MOST_DIGITS:
        return f"{number:,}"
    return f"about 10 to the power of {int(log10(number))}"  # Python writes no number of more than 4,300 digits


def chained(names: Iterable[str]) -> str:
    r"""Names with arrows between them.

    An arrow between two Arabic or Hebrew names would be read from right to left while its head still points right, so
    there it stands between two marks that keep the direction.

    >>> chained("ab"), chained("אב")
    ('a → b', 'א \u200e→\u200e ב')
    """
    found = list(names)
    leftwards = any(bidirectional(letter) in {"R", "AL"} for name in found if not name.isascii() for letter in name)
    return (" \u200e→\u200e " if leftwards else " → ").join(found)

"""What a theory says already about a statement of a frame: facts that its probes find, and never a judgement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from toc.language.text import listed, quoted, sentence
from toc.language.vocabulary import Wording, wording
from toc.model import Theory
from toc.model.nodes import Node
from toc.model.types import PLURALS, Kind

MOST: Final = 3  # names in one sentence
LONGEST: Final = 120  # characters of an author's text within a sentence


@dataclass(frozen=True, slots=True)
class FactFound:
    """Something that stands in a theory, and the ids that it is about.

    A thing is named (“the goal”), anything else is said (“nobody has signed up to this theory yet”): `after` is how that
    is said behind a thing.
    """

    probe: str
    text: str
    ids: tuple[str, ...] = ()
    is_thing: bool = False
    after: str = ""


@dataclass(frozen=True)
class Look:
    """A theory as probes see it on a day, of its reviews those before; `known` is what probes found already."""

    theory: Theory
    day: date = date.max
    known: dict[str, tuple[FactFound, ...]] = field(default_factory=dict)

    @cached_property
    def say(self) -> Wording:
        """The titles and words of the theory."""
        return wording(self.theory)

    def partner(self, id: str) -> str:
        """The title of a partner."""
        return quoted(self.theory.partners[id].title)

    def who(self, id: str, verb: str, verbs: str) -> str:
        """A partner with what it does; one that stands for several organisations does so in the plural."""
        return f"{self.partner(id)} {verb if self.theory.partners[id].organisations == 1 else verbs}"

    def named(self, ids: Iterable[str]) -> str:
        """Some boxes by their titles."""
        return listed([*map(self.say.title, ids)], most=MOST)

    def share(self, ids: Sequence[str], idea: str, of: int, does: str, do: str) -> str:
        """How many of all things of a kind do something, and which."""
        if not ids:
            return f"none of {self.say.count(of, idea)} {does}"
        who = f"{len(ids):,} of {self.say.count(of, idea)} {does if len(ids) == 1 else do}"
        return who if len(ids) == of else f"{who}: {self.named(ids)}"


Probe = Callable[[Look, str], Iterator[FactFound]]
"""What finds facts about one thing: it is given its own name, under which they are known."""


def counting(idea: Kind, does: str, do: str, has: Callable[[Any], object], *, is_always_told: bool = False) -> Probe:
    """A probe that counts the nodes of a kind of which something is said, and names them.

    Where it is said of none the probe is silent, but for what is always told.
    """

    def probed(look: Look, probe: str) -> Iterator[FactFound]:
        nodes: Mapping[str, Node] = getattr(look.theory, PLURALS[idea])
        ids = tuple(id for id, one in nodes.items() if has(one))
        if ids or (nodes and is_always_told):
            yield FactFound(probe, look.share(ids, idea, len(nodes), does, do), ids)

    return probed


def in_the_file(found: Iterable[FactFound]) -> str:
    """Facts as one sentence: first what is there, then what is said of it; "" where there are none.

    >>> in_the_file([FactFound("goal", "the goal", ("goal",), is_thing=True), FactFound("agreed", "nobody signed up")])
    'the goal; nobody signed up.'
    """
    facts = tuple(found)
    things = [one.text for one in facts if one.is_thing]
    said = [(things and one.after) or one.text for one in facts if not one.is_thing]
    return sentence("; ".join(filter(None, (listed(things), *said)))) if facts else ""


def tallied(words: Iterable[str | None], unsaid: str, order: Sequence[str] = ()) -> str:
    """How often each word occurs, in an order, and how often none is said.

    >>> tallied(["untested", None, "holding", "untested"], "not said", ("holding", "untested"))
    '1 holding, 2 untested, 1 not said'
    """
    counts: dict[str | None, int] = dict.fromkeys(order, 0)
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    bare_count = counts.pop(None, 0)
    told = [f"{count:,} {word}" for word, count in counts.items() if count]
    return ", ".join([*told, *([f"{bare_count:,} {unsaid}"] if bare_count else [])])


def because(text: str | None) -> str:
    """An author's reason behind what it is the reason for."""
    return f" ({quoted(text, LONGEST)})" if text else ""

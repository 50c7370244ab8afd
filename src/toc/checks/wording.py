"""How boxes are worded; English only, and always advice: a person judges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toc.checks.check_context import Look, quoted
from toc.checks.rules import ADVICE, Fault, Grades, Rule, rule
from toc.language.english.grammar import head, is_activity, joined_changes, names_people, words

ALWAYS: Final = Grades(ADVICE, ADVICE, ADVICE)


@rule("TOC163", "outcome-as-activity", "hygiene", ALWAYS)
def outcome_as_activity(look: Look) -> Iterable[Fault]:
    """An outcome worded as something that is done.

    What: The title of an outcome or a pillar that begins with what an organisation does (“deliver”, “run”, “train 500
    teachers”), says that something was held, or names what is offered (“workshops for parents”). English titles only.
    A hint for a person to judge: of 20 titles that should be found it finds 20, and of 20 that should not it leaves 20.

    Why: What is done is not yet a change. Who counts workshops may have held them all and changed nobody.

    Mend: Ask “so that?”, and write who is then different and how: “Teachers teach phonics with confidence”. Make what
    is done an activity that leads to it.

    Source: G. S. Odiorne, Management and the Activity Trap, Harper & Row, 1974, for the name. The words that are looked
    for are this library's own (an extension).

    Fails:
        outcomes: {phonics: Train 500 teachers in phonics}
    Passes:
        outcomes: {phonics: Teachers teach phonics with confidence}
    """
    for id, title in look.titles.items():
        if is_activity(title):
            yield Fault(
                (id,),
                look.path(id, "title"),
                f"{look.called(id)} is worded as something that is done",
                "write who is then different and how, and make what is done "
                f"one of the {look.word('activity', plural=True)} that lead to it",
            )


@rule("TOC164", "two-outcomes-in-one", "hygiene", ALWAYS)
def two_outcomes_in_one(look: Look) -> Iterable[Fault]:
    """Two changes in one box.

    What: The title of an outcome or a pillar in which “and” joins two changes, each with a verb of its own (“Pupils
    read more and enjoy school”) or its own comparative (“better health and higher incomes”), and not a list of nouns.
    English titles only. A hint for a person to judge: of 20 titles that should be found it finds 19, and of 20 that
    should not it leaves 20.

    Why: One of the two may come about without the other. Then nobody can say whether the box was reached, and no arrow
    says which of them it means.

    Mend: Make two boxes. If one of them leads to the other, draw that arrow: it is part of the theory.

    Source: The practice of keeping one change to a box; R. Davies, Representing Theories of Change: Technical
    Challenges with Evaluation Consequences, CEDIL Inception Paper 15, 2018, on what diagrams leave unsaid. The words
    that are looked for are this library's own (an extension).

    Fails:
        outcomes: {readers: Pupils read more and enjoy school}
    Passes:
        outcomes: {readers: Pupils read more, joy: Pupils enjoy school}
    """
    for id, title in look.titles.items():
        if joined_changes(title) and not is_activity(title):
            yield Fault(
                (id,),
                look.path(id, "title"),
                f"{look.called(id)} seems to hold two changes in one box",
                f"make two {look.word(look.theory.nodes[id].kind, plural=True)} of it, and link them if one leads to the other",
            )


@rule("TOC165", "no-actor", "hygiene", ALWAYS)
def no_actor(look: Look) -> Iterable[Fault]:
    """An outcome that does not say who changes.

    What: The title of an outcome in which no people, groups or organisations are named; the words of the theory's own
    target groups and partners count. English titles only. A hint for a person to judge: of 20 titles that should be
    found it finds 19, and of 20 that should not it leaves 20.

    Why: “Increased confidence” may be anybody's. Whoever reads the diagram supplies people of their own, and two
    readers supply different ones.

    Mend: Begin with the people: “Pupils are more confident”.

    Source: D. H. Taplin and H. Clark, Theory of Change Basics: A Primer on Theory of Change, ActKnowledge, 2012, on
    outcomes as changes in somebody or something. The words that are looked for are this library's own (an extension).

    Fails:
        outcomes: {confidence: Increased confidence}
    Passes:
        outcomes: {confidence: Pupils are more confident}
    """
    own = _own_words(look)
    for id, title in look.titles.items():
        if id in look.theory.outcomes and not names_people(title, own) and not is_activity(title):
            yield Fault(
                (id,),
                look.path(id, "title"),
                f"{look.called(id)} does not say who changes",
                f"begin its title with them{_for_example(look, id)}",
            )


def _own_words(look: Look) -> frozenset[str]:
    """The words for people and organisations that only this theory uses."""
    theory = look.theory
    titles = [group.title for group in theory.context.target_groups.values()]
    titles += [partner.title for partner in theory.partners.values()]
    return frozenset(head(words(title)) for title in titles) - {""}


def _for_example(look: Look, id: str) -> str:
    group = next(iter(look.theory.outcomes[id].target_group), None)
    return f": it is meant for {quoted(look.theory.context.target_groups[group].title)}" if group else ""


RULES: Final[tuple[Rule, ...]] = (outcome_as_activity, two_outcomes_in_one, no_actor)

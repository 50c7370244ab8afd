"""Who works together, as prose: the partners, what each gives and gains, what is done in return, and on what footing."""

from __future__ import annotations

from collections.abc import Iterator

from toc.language.dates import day
from toc.language.text import bare, in_brackets, listed, quoted, sentence
from toc.language.vocabulary import in_sentence, wording
from toc.model import Theory
from toc.pages.blocks import Block, Heading, Paragraph
from toc.partnership.footing import facts
from toc.partnership.mutuality import mutuality
from toc.partnership.mutuality_page import partner_told
from toc.partnership.stated import began, is_stated, standing_of
from toc.partnership.word_tables import TYPES


def together(theory: Theory) -> Iterator[Block]:
    """What a file states of its partners and of their partnership; nothing where it states nothing."""
    if is_stated(theory):
        yield Heading("Who works together")
        told = (*_partners(theory), " ".join(_between(theory)), " ".join(_footing(theory)))
        yield from (Paragraph(text) for text in told if text)


def _partners(theory: Theory) -> Iterator[str]:
    """Each partner of which something is said."""
    found, say = mutuality(theory), wording(theory)
    for row in found.partners:
        partner = theory.partners[row.partner]
        about = [f"{name.lower()}: {bare(text)}" for name, text in standing_of(partner)]
        home = [f"the home {in_sentence(theory, 'partner')}"] if row.partner == found.home else []
        name = quoted(partner.title)
        known = f"{name}{in_brackets(['; '.join((*home, *about))])}" if home or about else name
        if row.gives or row.gains:
            yield f"{known}{partner_told(found, say, row).removeprefix(name)}"
        elif home or about:
            yield f"{known}."


def _between(theory: Theory) -> Iterator[str]:
    """What is done in return for what, and what nobody could do alone, in the author's words."""
    for activity in theory.activities.values():
        for other, why in activity.reciprocates.items():
            answered = quoted(theory.activities[other].title)
            yield sentence(f"{quoted(activity.title)} is done in return for {answered}{f': {why}' if why else ''}")
    for activity in theory.activities.values():
        if activity.only_together:
            yield sentence(f"Only together, {quoted(activity.title)}: {activity.only_together}")


def _footing(theory: Theory) -> Iterator[str]:
    """The facts about the partnership as a whole, each in its word and with its reason."""
    own = theory.partnership
    if own.since:
        yield f"The partnership began {'in' if isinstance(own.since, int) else 'on'} {began(own.since)}."
    if own.type:
        number = own.type if isinstance(own.type, int) else next(key for key, word in TYPES.items() if word == own.type)
        yield f"It calls itself type {number}, {TYPES[number]}."
    stated = [
        f"{fact}{f': {bare(fact.because)}' if fact.because else ''}"
        for fact in facts(theory, None)
        if not fact.worked_out
    ]
    if stated:
        yield f"What is stated of the partnership: {sentence('; '.join(stated))}"
    if own.decisions:
        yield f"How decisions are made: {sentence(own.decisions)}"
    if own.agreed_by:
        names = [
            quoted(theory.partners[id].title) + (f" on {day(date)}" if date else "")
            for id, date in own.agreed_by.items()
        ]
        yield f"Signed up to this theory: {listed(names)}."
    if own.review:
        yield f"How often it is reviewed: {own.review}."

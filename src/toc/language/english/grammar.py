"""As much English grammar as three rules about titles need: no more than a hint. Nothing here understands English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from toc.language.english import word_lists as lists

# The title of a box is read this far: enough for any, and the time stays bounded.
LONGEST: Final = 400
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?|[;&]")
_LATIN_ENDS: Final = "\u0250"
_YEARS: Final = re.compile(r"\d{1,3}s")


def words(text: str) -> tuple[str, ...]:
    """The words of a title in small letters, `;` and `&` among them; a hyphen parts two words.

    >>> words("Sixth-formers' skills & habits")
    ('sixth', "formers'", 'skills', '&', 'habits')
    """
    return tuple(_WORD.findall(text[:LONGEST].lower().replace("’", "'")))


def is_latin(text: str) -> bool:
    """Whether a text is written in Latin letters, so that it may be English."""
    return text.isascii() or all(letter < _LATIN_ENDS or not letter.isalpha() for letter in text[:LONGEST])


def is_change(title: Sequence[str], place: int) -> bool:
    """Whether the word at a place is likely to be a verb that says what people do or become.

    >>> is_change(("pupils", "use", "numbers"), 1), is_change(("pupils", "use", "the", "library"), 1)
    (False, True)
    """
    word = title[place]
    if place > 0 and title[place - 1] in lists.BEFORE_A_NOUN:
        return False
    if word in lists.CHANGES:
        return True
    return word in lists.BOTH and place + 1 < len(title) and title[place + 1] in lists.AFTER_A_VERB


def first_change(title: Sequence[str], *, stop: frozenset[str] = lists.CLAUSES) -> int | None:
    """The place of the first such verb of the sentence itself: what stands after `who` or `to` belongs to a clause.

    >>> first_change(words("Teachers who stay teach better")), first_change(words("Young people feel safe"))
    (None, 2)
    """
    for place, word in enumerate(title):
        if word in stop:
            return None
        if is_change(title, place):
            return place
    return None


def names_people(title: Sequence[str], own: frozenset[str] = frozenset()) -> bool:
    """Whether a title names anybody who could change: people, groups of them, or organisations.

    `own` holds further words: those of the theory's own target groups and partners.

    >>> names_people(words("Over-65s live independently")), names_people(words("Increased confidence"))
    (True, False)
    """
    return any(_is_person(word, own) or _is_year_group(title, place) for place, word in enumerate(title))


def head(title: Sequence[str]) -> str:
    """The word that says whom a title is about: the last before `of`, `who` and the like.

    >>> head(words("Older neighbours who live alone")), head(words("Digital Schoolhouse"))
    ('neighbours', 'schoolhouse')
    """
    place = next(
        (place for place, word in enumerate(title) if word in lists.AFTER_AN_OFFER | lists.RELATIVES), len(title)
    )
    return title[place - 1] if place else ""


def _is_person(word: str, own: frozenset[str]) -> bool:
    plain = word.removesuffix("'s").removesuffix("'")
    if plain in own or not {plain, plain.removesuffix("s")}.isdisjoint(lists.PEOPLE):
        return True
    if plain.endswith(lists.PEOPLE_ENDS):
        return len(plain) > 4 and plain not in lists.NOT_PEOPLE
    return _YEARS.fullmatch(plain) is not None


def _is_year_group(title: Sequence[str], place: int) -> bool:
    """Year 9, or Key Stage 2."""
    return title[place] in {"year", "stage"} and place + 1 < len(title) and title[place + 1].isdigit()


def is_activity(title: Sequence[str]) -> bool:
    """Whether a title says what is done and not what will have changed.

    >>> [is_activity(words(text)) for text in ("Train 500 teachers", "Teachers stay", "Clubs for primary pupils")]
    [True, False, True]
    """
    rest = list(title)
    while rest and rest[0] in lists.BEFORE_DOING:
        rest = rest[1:]
    done = bool(rest) and (rest[0] in lists.DOING or _is_being_done(rest) or _was_done(rest) or _is_offer(rest))
    return done and first_change(_without_more_doing(rest)[1:]) is None


def _without_more_doing(title: Sequence[str]) -> list[str]:
    """The title without the second verb of “deliver workshops and run clubs”, which is no change either."""
    return [
        word
        for place, word in enumerate(title)
        if not (word in lists.DOING and place > 0 and title[place - 1] in {"and", "&"})
    ]


def _is_being_done(title: Sequence[str]) -> bool:
    """Providing debt advice; but not: teaching that lasts."""
    return title[0] in lists.DOING_NOW and not {*title[1:2]} & (lists.RELATIVES | {"and", "&"})


def _was_done(title: Sequence[str]) -> bool:
    """Workshops delivered; 200 health checks carried out."""
    if lists.DONE.isdisjoint(title):
        return False
    places = [place for place, word in enumerate(title) if word in lists.DONE and place > 0]
    return bool(places) and (
        places[0] == len(title) - 1 or title[places[0] + 1] in lists.AFTER_AN_OFFER | lists.AFTER_DONE
    )


def _is_offer(title: Sequence[str]) -> bool:
    """Mentoring for young people; a programme of visits."""
    if lists.OFFERS.isdisjoint(title) or title[0] in lists.COMPARATIVES:
        return False
    if first_change(title, stop=lists.RELATIVES) is not None:
        return False
    place = next((place for place, word in enumerate(title) if word in lists.AFTER_AN_OFFER), len(title))
    start = title[:place]
    return bool(start) and start[-1] in lists.OFFERS and not any(_are_people(word) for word in start[:-1])


def _are_people(word: str) -> bool:
    """Whether a word names several people, so that a verb may follow: teachers and people, but not teacher."""
    return _is_person(word, frozenset()) and (word.endswith("s") or word in lists.PEOPLE_WITHOUT_S)


def joined_changes(title: Sequence[str]) -> bool:
    """Whether `and` joins two changes, each with its own verb or its own comparative, and not a list of nouns.

    >>> [joined_changes(words(text)) for text in ("Pupils read more and enjoy school", "Maths and physics teachers")]
    [True, False]
    """
    joins = [place for place, word in enumerate(title) if _is_join(title, place)]
    return any(_joins_changes(title[:place], _after(title, place)) for place in joins)


def _is_join(title: Sequence[str], place: int) -> bool:
    return title[place] in lists.JOINS or tuple(title[place : place + 3]) == ("as", "well", "as")


def _after(title: Sequence[str], place: int) -> Sequence[str]:
    rest = title[place + (3 if title[place] == "as" else 1) :]
    return rest[1:] if rest and rest[0] in {"and", "also", "then", "they"} else rest


def _joins_changes(left: Sequence[str], right: Sequence[str]) -> bool:
    if not left or not right or any(word in lists.RELATIVES for word in left):
        return False
    second = first_change(right)
    if first_change(left) is None:
        both = left[0] in lists.COMPARATIVES and right[0] in lists.COMPARATIVES
        return both and left[-1] not in lists.COMPARATIVES and second is None
    if second == 0:
        # In "plan and teach better lessons" both verbs have one object.
        return left[-1] not in lists.CHANGES or left[-1] in lists.ALONE
    return second is not None

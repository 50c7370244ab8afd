"""As much English grammar as three rules about titles need: they speak where they are sure. Nothing here understands English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from toc.language.english import word_lists as lists

# The title of a box is read this far: enough for any, and the time stays bounded.
LONGEST: Final = 400
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?|[;&]")
SHARE: Final = 5
"""One word in so many at least must be known to be English."""


def words(text: str) -> tuple[str, ...]:
    """The words of a title in small letters, `;` and `&` among them; a hyphen parts two words.

    >>> words("Sixth-formers' skills & habits")
    ('sixth', "formers'", 'skills', '&', 'habits')
    """
    return tuple(_WORD.findall(text[:LONGEST].lower().replace("’", "'")))


def is_english(titles: Iterable[Sequence[str]]) -> bool:
    """Whether the words of some titles together are English: enough are known, and few are those of other languages.

    >>> is_english([words("Children read more"), words("Bücher")]), is_english([words("Workshops für Eltern")])
    (True, False)
    """
    found = [word for title in titles for word in title if len(word) > 1 and not word.isdigit()]
    known = sum(word in lists.ENGLISH for word in found)
    foreign = sum(word in lists.ELSEWHERE or not word.isascii() for word in found)
    return known * SHARE >= len(found) > 0 and known > 2 * foreign


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


def names_nothing(title: Sequence[str]) -> bool:
    """Whether a title only names qualities and states, and nobody and nothing that has them.

    >>> names_nothing(words("Improved mental health")), names_nothing(words("Cleaner rivers"))
    (True, False)
    """
    return not lists.QUALITIES.isdisjoint(title) and all(
        word in lists.QUALITIES or word in lists.BESIDE_QUALITIES for word in title
    )


def is_activity(title: Sequence[str]) -> bool:
    """Whether a title says what is done and not what will have changed.

    >>> [is_activity(words(text)) for text in ("Train 500 teachers", "Teachers stay", "Clubs for primary pupils")]
    [True, False, True]
    """
    rest = list(title)
    while rest and rest[0] in lists.BEFORE_DOING:
        rest = rest[1:]
    done = bool(rest) and (_says_what_to_do(rest) or _is_being_done(rest) or _was_done(rest) or _is_offer(rest))
    return done and first_change(_without_more_doing(rest)[1:]) is None


def _without_more_doing(title: Sequence[str]) -> list[str]:
    """The title without the second verb of “deliver workshops and run clubs”, which is no change either."""
    doing = lists.DOING | lists.DOING_OR_NOUN
    return [
        word
        for place, word in enumerate(title)
        if not (word in doing and place > 0 and title[place - 1] in {"and", "&"})
    ]


def _says_what_to_do(title: Sequence[str]) -> bool:
    """Deliver training; train 500 teachers; train teachers; but not: support workers, run-off."""
    first, following = title[0], title[1] if len(title) > 1 else ""
    if first in lists.DOING:
        return following != "off"
    if first in lists.DOING_OR_NOUN:
        is_sure = following.isdigit() or following in lists.SHOWS_DOING
        return is_sure or (first in lists.DOING_TO and _leads_to_people(title[1:4]))
    return False


def _leads_to_people(words: Sequence[str]) -> bool:
    """Whether these words end in people, with nothing but what describes them before: primary school teachers."""
    for word in words:
        if _are_people(word):
            return word not in lists.COMPOUNDS
        if word.endswith("s") or word in lists.AFTER_AN_OFFER | lists.RELATIVES:
            return False
    return False


def _is_being_done(title: Sequence[str]) -> bool:
    """Providing debt advice; teaching a class; but not: teaching that lasts."""
    first, following = title[0], title[1] if len(title) > 1 else ""
    if following in lists.RELATIVES or following in {"and", "&"}:
        return False
    is_sure = following.isdigit() or following in lists.SHOWS_DOING
    return first in lists.DOING_NOW or (first in lists.DOING_NOW_OR_NOUN and is_sure)


def _was_done(title: Sequence[str]) -> bool:
    """Workshops delivered; 200 health checks carried out; but not: homes built."""
    places = [place for place, word in enumerate(title) if word in lists.DONE and place > 0]
    if not places or not lists.PRAISE.isdisjoint(title):
        return False
    is_held = not (lists.OFFERS | lists.OFFERS_FOR).isdisjoint(title[: places[0]])
    after = title[places[0] + 1] if places[0] + 1 < len(title) else "out"
    return is_held and after in lists.AFTER_AN_OFFER | lists.AFTER_DONE


def _is_offer(title: Sequence[str]) -> bool:
    """Mentoring for young people; a programme of visits."""
    if not lists.PRAISE.isdisjoint(title) or first_change(title, stop=lists.RELATIVES) is not None:
        return False
    place = next((place for place, word in enumerate(title) if word in lists.AFTER_AN_OFFER), len(title))
    start, following = title[:place], title[place] if place < len(title) else ""
    if not start or any(_are_people(word) for word in start[:-1]):
        return False
    return start[-1] in lists.OFFERS or (start[-1] in lists.OFFERS_FOR and following in {"for", "on", "of"})


def _are_people(word: str) -> bool:
    """Whether a word names several people, so that a verb may follow: teachers and people, but not teacher."""
    if word in lists.PEOPLE_WITHOUT_S:
        return True
    is_known = word.removesuffix("s") in lists.PEOPLE or word.endswith(lists.PEOPLE_ENDS)
    return word.endswith("s") and is_known and len(word) > 4 and word not in lists.NOT_PEOPLE


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
    """Whether a change stands on either side of an `and`, and neither belongs to a clause of the other."""
    if not left or not right or any(word in lists.RELATIVES for word in left):
        return False
    first, second = first_change(left), first_change(right)
    if first is None:
        both = left[0] in lists.COMPARATIVES and right[0] in lists.COMPARATIVES
        return both and left[-1] not in lists.COMPARATIVES and second is None and len(right) > 1
    if second is None or not lists.CLAUSES.isdisjoint(left[first:]):
        return False
    if second == 0:
        # In "plan and teach better lessons" both verbs have one object.
        shares_object = left[-1] in lists.CHANGES and left[-1] not in lists.ALONE
        return not shares_object and _is_surely_verb(right)
    subject = right[second - 1]
    if subject.endswith("ly") or subject in lists.BEFORE_A_NOUN:
        return False
    return subject.endswith("s") or _is_surely_verb(right[second:])


def _is_surely_verb(title: Sequence[str]) -> bool:
    """Whether the first word is a verb and no noun: `shares` is one only in "shares the work"."""
    after = title[1] if len(title) > 1 else ""
    return title[0] not in lists.NOUNS_TOO or after in lists.AFTER_A_VERB - {
        "in",
        "for",
        "with",
        "at",
        "on",
        "from",
        "to",
    }

"""The nearest valid choice to what somebody wrote, by a slip of the pen only; and what bears a title that stands for an id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

LISTED: Final = 8
"""The most choices that are named where none of them is near."""
MOST_SLIPS: Final = 2
_SHORT: Final = 4
"""In words of so many letters only one may be wrong."""
_JOINTS: Final = re.compile(r"[\s_-]+")
MOST: Final = 5  # ids of one title that are listed
LONGEST: Final = 60  # letters of a title in a message


def nearest(word: object, choices: Iterable[str]) -> str | None:
    """The choice of which `word` is a slip of the pen, or None: one of another meaning is worse than none.

    >>> nearest("literacey", ["literacy", "stem"]), nearest("Target Group", ["target_group"])
    ('literacy', 'target_group')
    >>> nearest("girls-read", ["boys-read"]), nearest("year-7", ["year-8"])
    (None, None)
    >>> nearest("a", ["b"])
    """
    if not isinstance(word, str) or len(word) > 200:
        return None
    letters = _folded(word)
    found = [(slips, choice) for choice in choices if (slips := _slips(letters, _folded(choice))) <= MOST_SLIPS]
    least, close = min(found, default=(MOST_SLIPS + 1, ""), key=lambda pair: pair[0])
    alone = sum(slips == least for slips, _ in found) == 1
    most = min(1 if len(word) <= _SHORT else MOST_SLIPS, len(letters) - 1)  # another letter is no slip of one letter
    return close if alone and least <= most else None


def hint(suggestion: str | None) -> str:
    """The end of a message that offers the nearest valid choice.

    >>> hint("literacy"), hint(None)
    (": did you mean 'literacy'?", '')
    """
    return f": did you mean '{suggestion}'?" if suggestion else ""


def ids_titled(text: object, titles: Mapping[str, str]) -> list[str]:
    """The ids of what bears this title: capitals, spaces and a full stop at the end make no difference.

    >>> ids_titled("reading  buddies", {"buddies": "Reading buddies.", "clubs": "Clubs"}), ids_titled(3, {})
    (['buddies'], [])
    """
    if not isinstance(text, str):
        return []
    key = plain_title(text)
    return [id for id, title in titles.items() if plain_title(title) == key]


def by_title(titles: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
    """The ids that bear each title, written as `plain_title` writes it, for whoever asks for many."""
    found: dict[str, list[str]] = {}
    for id, title in titles.items():
        found.setdefault(plain_title(title), []).append(id)
    return found


def meant(text: object, titles: Mapping[str, str]) -> str:
    """The end of a message about an id that there is not: the nearest id, and the nearest title with its id.

    >>> titles = {"pairs": "Reading buddies", "club-1": "Chess", "club-2": "chess"}
    >>> meant("pair", titles), meant("Reeding buddies", titles)
    (": did you mean 'pairs'?", ": did you mean 'pairs' (“Reading buddies”)?")
    >>> meant("Chess", titles), meant("nothing like it", titles)
    (": several have that title; give the id of one: 'club-1' or 'club-2'", '')
    """
    several = ids_titled(text, titles)
    if len(several) > 1:
        shown = [f"'{id}'" for id in several[:MOST]] + ([f"{len(several) - MOST:,} more"] if several[MOST:] else [])
        return f": several have that title; give the id of one: {', '.join(shown[:-1])} or {shown[-1]}"
    by_id, by_title = nearest(text, titles), nearest_title(text, titles)
    near = [f"'{by_id}'"] if by_id else []
    near += [f"'{by_title}' (“{_shown(titles[by_title])}”)"] if by_title and by_title != by_id else []
    return f": did you mean {' or '.join(near)}?" if near else ""


def nearest_title(text: object, titles: Mapping[str, str]) -> str | None:
    """The id of what bears the title most like a text, or None when nothing is close."""
    plain = {plain_title(title): id for id, title in reversed([*titles.items()])}
    found = nearest(plain_title(text), plain) if isinstance(text, str) else None
    return None if found is None else plain[found]


def plain_title(text: str) -> str:
    """A title without what makes no difference: capitals, spaces and a full stop at the end."""
    return " ".join(text.split()).casefold().removesuffix(".")


def _shown(title: str) -> str:
    title = " ".join(title.split())
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"


def listed(what: str, choices: Iterable[str], most: int = LISTED) -> str:
    """The end of a message that names all choices, where there are few enough to read.

    >>> listed("pillars", ["literacy", "stem"]), listed("pillars", [])
    (': the pillars are literacy, stem', '')
    """
    names = [*choices]
    return f": the {what} are {', '.join(names)}" if 0 < len(names) <= most else ""


def _folded(text: str) -> str:
    """Only the letters and digits: capitals, spaces, hyphens and underscores are never what is meant differently."""
    return _JOINTS.sub("", text.casefold())


def _slips(one: str, other: str) -> int:
    """Letters that are wrong, missing, too many or swapped; too many to be slips where the digits differ."""
    if (
        abs(len(one) - len(other)) > MOST_SLIPS
        or len({*one} ^ {*other}) > 2 * MOST_SLIPS
        or re.findall(r"\d", one) != re.findall(r"\d", other)
    ):
        return MOST_SLIPS + 1
    return distance(one, other, MOST_SLIPS)


def distance(one: str, other: str, most: int) -> int:
    """How many letters must be changed, added, left out or swapped with the next; `most` + 1 where it is more.

    >>> distance("gaol", "goal", 2), distance("girls", "boys", 2)
    (1, 3)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = list[int](), list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, row = row, [i]
        for j, there in enumerate(other, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = last
    return min(row[-1], most + 1)

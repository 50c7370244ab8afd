"""The nearest valid choice to what somebody wrote, and what bears the title that somebody wrote in place of an id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

MOST: Final = 5  # ids of one title that are listed
LONGEST: Final = 60  # letters of a title in a message


def nearest(word: object, choices: Iterable[str]) -> str | None:
    """The choice most like `word`, or None when nothing is close, or it is no text.

    >>> nearest("literacey", ["literacy", "stem"])
    'literacy'
    """
    if not isinstance(word, str) or len(word) > 200:
        return None
    matches = get_close_matches(
        word, [choice for choice in choices if abs(len(choice) - len(word)) <= 8], n=1, cutoff=0.6
    )
    return matches[0] if matches else None


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
    key = _plain(text)
    return [id for id, title in titles.items() if _plain(title) == key]


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
    plain = {_plain(title): id for id, title in reversed([*titles.items()])}
    found = nearest(_plain(text), plain) if isinstance(text, str) else None
    return None if found is None else plain[found]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().removesuffix(".")


def _shown(title: str) -> str:
    title = " ".join(title.split())
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"

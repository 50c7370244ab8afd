"""The nearest valid choice to what somebody wrote."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


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

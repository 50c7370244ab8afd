"""Small pieces of sentences that stay grammatical whatever people wrote: one line, quotation marks, lists, full stops."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from unicodedata import bidirectional

STOPS: Final = tuple(".!?…\u3002\uff01\uff1f\u061f\u0964")  # those of Chinese, Arabic and Hindi included


def one_line(text: str) -> str:
    r"""A text with every run of spaces and line ends as one space.

    >>> one_line(" Coding \n clubs")
    'Coding clubs'
    """
    return " ".join(text.split())


def capital(text: str) -> str:
    """A text as it begins a sentence.

    >>> capital("our goal")
    'Our goal'
    """
    return text[:1].upper() + text[1:]


def bare(text: str) -> str:
    r"""A text on one line, without its final full stop.

    >>> bare("Every child\n reads."), bare("Wait for it...")
    ('Every child reads', 'Wait for it...')
    """
    text = one_line(text)
    return text[:-1].rstrip() if text.endswith(".") and not text.endswith("..") and len(text) > 1 else text


def quoted(text: str, most: int | None = None) -> str:
    """A title in quotation marks, so that any phrase may stand where a name stands; of a longer one the first `most` characters.

    >>> quoted("Tea, soup and board games."), quoted("The “big” read"), quoted("Pupils are present", 10)
    ('“Tea, soup and board games”', '‘The “big” read’', '“Pupils ar…”')
    """
    text = bare(text)
    if most is not None and len(text) > most:
        text = f"{text[: most - 1].rstrip()}…"
    return f"‘{text}’" if "“" in text or "”" in text else f"“{text}”"


def sentence(text: str) -> str:
    """A text that ends as a sentence does.

    >>> sentence("Pupils read"), sentence("Who reads?")
    ('Pupils read.', 'Who reads?')
    """
    text = one_line(text)
    return text if text.endswith(STOPS) else f"{text}."


def in_brackets(facts: Sequence[str]) -> str:
    """Some facts in brackets behind what they are about, or nothing.

    >>> in_brackets(["weekly", "60 people"]), in_brackets([])
    (' (weekly, 60 people)', '')
    """
    return f" ({', '.join(facts)})" if facts else ""


def listed(words: Sequence[str], last: str = "and", *, most: int | None = None) -> str:
    """Words one after the other, as in a sentence. Those beyond the first `most` are counted, but never a single one.

    >>> listed(["reading", "maths", "music"]), listed(["reading", "maths"], "or"), listed(["tea"])
    ('reading, maths and music', 'reading or maths', 'tea')
    >>> listed(["one", "two", "three"], "or", most=1), listed(["one", "two", "three"], "or", most=2)
    ('one and 2 more', 'one, two or three')
    """
    if most is not None and len(words) > most + 1:
        words, last = [*words[:most], f"{len(words) - most:,} more"], "and"
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def chained(names: Iterable[str]) -> str:
    r"""Names with arrows between them.

    An arrow between two Arabic or Hebrew names would be read from right to left while its head still points right, so
    there it stands between two marks that keep the direction.

    >>> chained("ab"), chained("אב")
    ('a → b', 'א \u200e→\u200e ב')
    """
    found = list(names)
    return (" \u200e→\u200e " if any(map(leftwards, found)) else " → ").join(found)


def leftwards(text: str) -> bool:
    """Whether some of a text is read from right to left.

    >>> leftwards("reading"), leftwards("قراءة")
    (False, True)
    """
    return not text.isascii() and any(bidirectional(letter) in {"R", "AL"} for letter in text)


def with_article(noun: str) -> str:
    """A noun with the article that stands before it.

    >>> with_article("activity"), with_article("KPI")
    ('an activity', 'a KPI')
    """
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"

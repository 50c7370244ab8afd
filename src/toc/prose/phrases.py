"""Parts of sentences that stay grammatical whatever people wrote: quoted titles, lists, sentences."""

from __future__ import annotations

from typing import Final

from toc.phrases import one_line

NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
STOPS: Final = tuple(".!?…\u3002\uff01\uff1f\u061f\u0964")  # those of Chinese, Arabic and Hindi included


def bare(text: str) -> str:
    r"""A text on one line, without its final full stop.

    >>> bare("Every child\n reads."), bare("Wait for it...")
    ('Every child reads', 'Wait for it...')
    """
    text = one_line(text)
    return text[:-1].rstrip() if text.endswith(".") and not text.endswith("..") and len(text) > 1 else text


def quoted(text: str) -> str:
    """A title in quotation marks, so that any phrase may stand where a name stands.

    >>> quoted("Tea, soup and board games."), quoted("The “big” read")
    ('“Tea, soup and board games”', '‘The “big” read’')
    """
    text = bare(text)
    return f"‘{text}’" if "“" in text or "”" in text else f"“{text}”"


def sentence(text: str) -> str:
    """A text that ends as a sentence does.

    >>> sentence("Pupils read"), sentence("Who reads?")
    ('Pupils read.', 'Who reads?')
    """
    text = one_line(text)
    return text if text.endswith(STOPS) else f"{text}."


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun, small numbers in words.

    >>> counted(1, "goal", "goals"), counted(4, "pillar", "pillars"), counted(1200, "link", "links")
    ('one goal', 'four pillars', '1,200 links')
    """
    said = NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"
    return f"{said} {one if number == 1 else many}"

"""What people wrote as the rest of a sentence: "because a friend is company", and where it can only stand by itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from toc.prose.phrases import STOPS, bare

# Words that begin a clause in small letters; every other word must be seen in small letters elsewhere in the theory.
SMALL: Final = """
a after all although an and another any anybody anyone at because before both during each either enough every
everybody everyone everything few fewer from good he here how if in it its knowing learning less many more most much
neither no nobody none not nothing often on once one only other our out over people regular several she small some
somebody someone sometimes such teaching that the their there these they this those two under until up we well what
when where whether while who whoever with within without working you your
adults art arts better books boys carers charities children classes clubs coaches communities confidence doctors employers
early earlier families food friends funding girls grades groups health homes jobs learners lessons meetings mentors money music
new neighbours nurseries older parents participants partners people places practice pupils reading schools science sessions
sixth-formers skills sport sports staff students talking teachers time trainees trustees visitors visits volunteers
women workshops writing young younger youth
"""
# Words after which no clause follows: "because to build fluency" is no English.
NO_CLAUSE: Final = "as by due for given hence in owing since so thanks that therefore through thus to via which"
_SENTENCES: Final = re.compile(r"[.!?…]\s")
_LOWER: Final = re.compile(r"(?<![\w’'-])[a-z]+(?:-[a-z]+)*(?![\w-])")
_PLAIN: Final = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)(?:['’]s?)?,?")
_SHORT_FORM: Final = re.compile(r"I$|[A-Z]-|.*[A-Z0-9].*[A-Z0-9]")  # I, A-level, STEM, GCSEs, 16-year-olds
_SMALL: Final = frozenset(SMALL.split())
_NO_CLAUSE: Final = frozenset(NO_CLAUSE.split())


def small_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that these texts write in small letters: where one begins a text, its capital may be taken off.

    >>> sorted(small_words(["Year 9 pupils from Newcastle"]))
    ['from', 'pupils']
    """
    return frozenset(word for text in texts for word in _LOWER.findall(text))


def clause(text: str, small: Collection[str] = ()) -> str | None:
    """A text as the rest of a sentence, after "because" or "if"; None where it can only stand by itself.

    A first word loses its capital only where it is known to be no name; short forms keep theirs. Several sentences, a
    question, fewer than three words, or a beginning that makes no clause stand by themselves.

    >>> clause("A child who reads well can learn."), clause("STEM careers pay well")
    ('a child who reads well can learn', 'STEM careers pay well')
    >>> clause("Newcastle is large enough"), clause("To build fluency"), clause("Regular practice")
    (None, None, None)
    """
    text = bare(text)
    words = text.split()
    if len(words) < 3 or text.endswith((*STOPS, ":", ";", ",")) or _SENTENCES.search(text):
        return None
    first = words[0]
    if first.lower().strip(",") in _NO_CLAUSE:
        return None
    if first[0].islower() or _SHORT_FORM.match(first):
        return text
    plain = _PLAIN.fullmatch(first)
    return text[0].lower() + text[1:] if plain and _is_small(plain[1].lower(), small) else None


def _is_small(word: str, small: Collection[str]) -> bool:
    return word in _SMALL or word in small or (word.endswith("s") and word[:-1] in small)

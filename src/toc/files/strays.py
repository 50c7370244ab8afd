"""What nobody meant to write: characters that look like others or like nothing, and the marks of an unfinished merge.

Looked for only once a text was refused. A character is told where the text is right without it, so that text which
merely holds such characters is never accused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final, NamedTuple

from toc.errors import TheoryError
from toc.files.spots import Lines, fault
from toc.problems import Problem

# What is meant, and the characters that are typed or pasted for it.
_MEANT: Final[Mapping[str, str]] = MappingProxyType(
    {
        " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
        "": "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
        "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u3164\ufeff\uffa0",
        '"': "“”„‟«»″〝〞「」『』",
        "'": "‘’‚‛‹›′",  # noqa: RUF001
        "-": "‐‑‒–—―−⁃﹘﹣",  # noqa: RUF001
        "- ": "•‣◦▪●○■□◆➢✓·",
        ": ": "：﹕∶",  # noqa: RUF001
        ", ": "，、،﹐",  # noqa: RUF001
        "[": "［【〔",  # noqa: RUF001
        "]": "］】〕",  # noqa: RUF001
        "{": "｛",  # noqa: RUF001
        "}": "｝",  # noqa: RUF001
        "#": "＃",  # noqa: RUF001
    }
)
_FULL_WIDTH: Final = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
_FOR: Final = {**_FULL_WIDTH, **{odd: meant for meant, odds in _MEANT.items() for odd in odds}}
_ODD: Final = re.compile(rf"[{re.escape(''.join(_FOR))}]|(?![0-9])\d")
_CALLED: Final = {" ": "an ordinary space", "": "", '"': 'a straight quote, `"`', "'": "a straight quote, `'`"}
_NAMES: Final = {"\ufeff": "byte order mark"}
_BLANK: Final = " \t" + _MEANT[" "] + _MEANT[""]
_ROUNDS: Final = 20
_LINES_ABOVE: Final = 40
_FAR: Final = 200
_MOST_READ: Final = 5_000_000
_LARGEST: Final = 400_000
"""The most characters that are read again to find out what is meant, and of a text: a large one is refused as it is."""
_LINES_NAMED: Final = 5
_MERGE: Final = re.compile(r"^(?:(?:<{7,}|>{7,}|\|{7,})(?: .*)?|={7,})\r?$", re.MULTILINE)
_MERGE_BEGINS: Final = re.compile(r"^<{7} ", re.MULTILINE)
# Texts that mean something else than they seem to, where they stand without quotes: one that is quoted whole by quotes
# that YAML takes for part of it, where no quotation is to be expected, and a list whose marks are no hyphens.
_KEPT: Final = (
    re.compile(  # begins with a plain colon, which is found quickly: every file with such a quote is searched
        r":(?: +(?P<text>“[^“”\n]*”|„[^„“”\n]*[“”]|«[^«»\n]*»|‘[^‘’\n]*’)[ \t]*(?=[,}]|\r?$)"
        rf"| *\r?\n +(?P<mark>[{_MEANT['-'] + _MEANT['- ']}])(?=[ \t\u00a0]))",
        re.MULTILINE,
    )
)
_SHORT_TEXT: Final = re.compile(r"(?:^|[\s{,])(?:title|unit|goal|lead|owner|type|tags|funding)$")
_KEY_ALONE: Final = re.compile(r"(?:^|\n) *(?:- )?[\w-]+$")
_LONGEST_KEY: Final = 80


def unfinished_merge(text: str, *, surely: bool = False) -> TheoryError | None:
    r"""The error for the marks that git leaves where two versions of a file differ; `surely` asks for its first mark.

    >>> print(unfinished_merge("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> mine\n"))
    <text>:2:1: an unfinished git merge stands here (`<<<<<<<`; lines 2, 4 and 6): keep what is right of it, and delete these lines [TOC003]
    """
    if surely and not _MERGE_BEGINS.search(text):
        return None
    found = [*_MERGE.finditer(text)]
    if not found or all(mark[0][0] == "=" for mark in found):
        return None
    begins = next((place for place, mark in enumerate(found) if mark[0][0] == "<"), 0)
    lines = Lines(text)
    numbers = [lines.place(mark.start())[0] for mark in found[begins:]]
    first = found[begins][0][:7]
    message = (
        f"an unfinished git merge stands here (`{first}`; {_lines(numbers)}): "
        "keep what is right of it, and delete these lines"
    )
    return fault("TOC003", message, (numbers[0], 1))


def doubts(text: str) -> Iterator[tuple[int, int, str]]:
    r"""Line, column and words for what was read, but hardly as it was meant.

    >>> [words for _, _, words in doubts("unit: “% of pupils”\n")]
    ['the quotes “ (U+201C) and ” (U+201D) are part of this text and are printed: type straight quotes, or none']
    """
    lines = Lines(text)
    for found in _KEPT.finditer(text):
        key = _KEY_ALONE if found["mark"] else _SHORT_TEXT
        if not key.search(text[max(0, found.start() - _LONGEST_KEY) : found.start()]):
            continue
        if found["mark"]:
            words = f"{character_told(found['mark'])}, if this is a list"
        else:
            one, other = (f"{quote} (U+{ord(quote):04X})" for quote in (found["text"][0], found["text"][-1]))
            words = f"the quotes {one} and {other} are part of this text and are printed: type straight quotes, or none"
        yield (*lines.place(found.start("mark" if found["mark"] else "text")), words)


def straightened(
    text: str,
    problems: Sequence[Problem],
    span: Callable[[str], Callable[[Problem], tuple[int, int] | None]],
    again: Callable[[str], Sequence[Problem]],
) -> list[Problem]:
    """The problems of a text, where characters that look like others are told instead of what comes of them.

    `span` finds where the key or value of a problem stands in a text; `again` gives the problems of another text.
    """
    told: list[Problem] = []
    now = list(problems)
    tries = iter(range(_MOST_READ // (len(text) + 1)))

    def tried(other: str) -> Sequence[Problem]:
        return again(other) if next(tries, None) is not None else now

    for _ in range(_ROUNDS if len(text) <= _LARGEST and _ODD.search(text) else 0):
        kept = _proved(text, now, span(text), tried)
        if not kept:
            break
        told += [suspect.told(text) for suspect in kept]
        text = _mended(text, kept)
        now = list(again(text))
    return told + now


class _Suspect(NamedTuple):
    """A problem, the places of the characters that may be its cause, and whether they are to be left out."""

    problem: Problem
    places: tuple[int, ...]
    left_out: bool = False

    def told(self, text: str) -> Problem:
        """The problem in words about its first character."""
        lines = Lines(text)
        at = self.places[0]
        line, column = lines.place(at)
        elsewhere = {lines.place(place)[0] for place in self.places if text[place] == text[at]} - {line}
        also = f" (and on {_lines(sorted(elsewhere))})" if elsewhere else ""
        message = character_told(text[at], left_out=self.left_out) + also
        return replace(self.problem, message=message, line=line, column=column, suggestion=None)


def character_told(character: str, *, left_out: bool = False) -> str:
    """What an odd character is, and what to type instead.

    >>> character_told("\u00a0"), character_told("–")
    ('a no-break space (U+00A0) stands here: type an ordinary space instead', '– (en dash, U+2013) stands here: type `-` instead')
    """
    meant = _meant(character)
    name = _NAMES.get(character) or unicodedata.name(character, "unnamed character").lower()
    number = f"U+{ord(character):04X}"
    if not meant:
        return f"{_a(name)} ({number}) stands here, which cannot be seen: delete it"
    what = f"{_a(name)} ({number})" if meant == " " else f"{character} ({name}, {number})"
    if left_out:
        return f"{what} stands here: delete it"
    typed = _CALLED.get(meant) or (f"`{meant.strip()}` and a space" if meant.endswith(" ") else f"`{meant}`")
    return f"{what} stands here: type {typed} instead"


def _proved(
    text: str,
    problems: Sequence[Problem],
    span: Callable[[Problem], tuple[int, int] | None],
    again: Callable[[str], Sequence[Problem]],
) -> list[_Suspect]:
    """The suspects whose problem is gone, and that leave no text that cannot be read, once they are mended."""
    if problems and problems[0].code in ("TOC003", "TOC005"):
        for places in _structural(text, problems[0].line or 1):
            for left_out in (False, True):
                suspect = _Suspect(problems[0], places, left_out)
                if _key(suspect.problem) not in _keys(again(_mended(text, [suspect]))):
                    return [suspect]
        return []
    for left_out in (False, True):
        suspects = _in_values(text, problems, span, left_out=left_out)
        left = _keys(again(_mended(text, suspects))) if suspects else set()
        if not any(code == "TOC003" for code, _ in left):
            kept = [suspect for suspect in suspects if _key(suspect.problem) not in left]
            if kept:
                return _grouped(text, kept)
    return []


def _in_values(
    text: str, problems: Sequence[Problem], span: Callable[[Problem], tuple[int, int] | None], *, left_out: bool
) -> list[_Suspect]:
    """Each problem whose own key or value holds odd characters. Quotes around it go; of keys and ids, spaces may go too."""
    found = []
    for problem in problems:
        start, end = span(problem) or (0, 0)
        places = tuple(start + match.start() for match in _ODD.finditer(text[start:end]))
        if places and (not left_out or problem.code in ("TOC010", "TOC016", "TOC030")):
            found.append(_Suspect(problem, places, left_out or _meant(text[places[0]]) in ('"', "'")))
    return found


def _grouped(text: str, suspects: Sequence[_Suspect]) -> list[_Suspect]:
    """One suspect for each character, at its first place."""
    groups: dict[tuple[str, bool], _Suspect] = {}
    for one in suspects:
        first = groups.setdefault((text[one.places[0]], one.left_out), one)
        if first is not one:
            groups[text[one.places[0]], one.left_out] = first._replace(places=first.places + one.places)
    return [*groups.values()]


def _key(problem: Problem) -> tuple[str, int | None]:
    return problem.code, problem.line


def _keys(problems: Sequence[Problem]) -> set[tuple[str, int | None]]:
    return {_key(problem) for problem in problems}


def _structural(text: str, line: int) -> Iterator[tuple[int, ...]]:
    """Odd characters that take the place of punctuation, from a line upwards, each kind with all others like it."""
    starts = [*Lines(text).starts, len(text)]
    tried: set[str] = set()
    for number in (line, *range(line - 1, max(0, line - _LINES_ABOVE), -1), line + 1):
        if 0 < number < len(starts):
            for at in _in_places(text, starts[number - 1], starts[number]):
                meant = _meant(text[at])
                if meant not in tried:
                    tried.add(meant)
                    alike = (place for place in _in_places(text, 0, len(text)) if _meant(text[place]) == meant)
                    yield tuple(sorted({at, *alike}, key=lambda place: (place < starts[number - 1], place)))


def _in_places(text: str, start: int, end: int) -> Iterator[int]:
    """The odd characters between two places that stand where YAML or JSON needs an ordinary one."""
    for match in _ODD.finditer(text, start, end):
        at = match.start()
        near = max(0, at - _FAR)
        first = max(near, text.rfind("\n", near, at) + 1, text.rfind("\r", near, at) + 1)
        before = text[first:at].rstrip(_BLANK)
        after = re.match(r"[^\r\n]*", text[at + 1 : at + _FAR])
        behind = after[0].lstrip(_BLANK)[:1] if after else ""
        begins = not before or before[-1] in ":-,[{"
        meant = _meant(match[0])
        if (
            (meant in (" ", "") and (begins or behind == ":"))
            or (meant in ("-", "- ") and not before)
            or (meant in ('"', "'") and (begins or behind in ("", ":", ",", "]", "}")))
            or meant in (": ", ", ", "[", "]", "{", "}", "#")
        ):
            yield at


def _mended(text: str, suspects: Sequence[_Suspect]) -> str:
    characters = list(text)
    for suspect in suspects:
        for place in suspect.places:
            meant = _meant(text[place])
            if suspect.left_out and meant in (" ", '"', "'"):
                meant = ""
            is_spaced = meant.endswith(" ") and meant != " " and text[place + 1 : place + 2] in (" ", "\t")
            characters[place] = meant.rstrip() if is_spaced else meant
    return "".join(characters)


def _meant(character: str) -> str:
    found = _FOR.get(character)
    return str(unicodedata.decimal(character)) if found is None else found


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _lines(numbers: Sequence[int]) -> str:
    """Lines by number, not too many.

    >>> _lines([3]), _lines([3, 5, 7]), _lines(range(1, 12))
    ('line 3', 'lines 3, 5 and 7', 'lines 1, 2, 3, 4, 5 and 6 more')
    """
    shown = [str(number) for number in numbers[:_LINES_NAMED]]
    if len(numbers) > _LINES_NAMED:
        shown.append(f"{len(numbers) - _LINES_NAMED} more")
    return f"line{'s' * (len(numbers) > 1)} {' and '.join(filter(None, [', '.join(shown[:-1]), shown[-1]]))}"

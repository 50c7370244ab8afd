"""libyaml's complaints in words that help somebody who does not program."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from toc.errors import TheoryError
from toc.files.spots import fault, shown
from toc.model.belongings import PLACES
from toc.model.complaints import keys_at
from toc.model.meant import number_meant
from toc.spelling import nearest

if TYPE_CHECKING:
    import yaml

_LINE_BREAK: Final = re.compile("\r\n?|\n")
_NO_SPACE: Final = re.compile(r"\s*(?:- +)*(?P<key>[\w-]+):(?P<value>[^\s:/][^:]*)$")
_IN_BRACKETS: Final = re.compile(r"(?P<key>[\w-]+):\s+(?P<words>(?:\[[^]]*\]|\{[^}]*\})\s*)$")
_PAIRS: Final = {"]": "[", "}": "{"}
_OPEN_QUOTE: Final = "a quote opens here and never closes: add the closing quote"
_QUOTE_COLON: Final = "a colon inside text: put the whole text in quotes, or start a new line after the key"
NO_TAGS: Final = "the YAML tag is not part of this format: delete it, or put the text in quotes if it starts with `!`"
_NO_COLON: Final = "this line has no colon after its key: add one, or indent the line if it goes on with the text above"
_INDENTATION: Final = "this line does not fit: give it the same indentation as the lines that it belongs with"
# The first line whose words stand in libyaml's complaint (or in that of PyYAML's own parser) wins.
_SENTENCES: Final = (
    ("could not find expected ':'", _NO_COLON),
    ("unknown escape character", "an unknown escape after a backslash: use single quotes, or write two backslashes"),
    ("hexdecimal", "an unfinished escape after a backslash: use single quotes, or write two backslashes"),
    ("hexadecimal", "an unfinished escape after a backslash: use single quotes, or write two backslashes"),
    ("Unicode character escape", "an escape that is no character: type the character itself"),
    ("block sequence entries are not allowed", "a list item `- ` cannot start here: put it on a line of its own"),
    ("expected '-' indicator", "this line stands among list items: start it with `- `, or change its indentation"),
    ("expected comment or line break", "nothing may follow `|` or `>` on its line: start the text on the next line"),
    ("comment or a line break", "nothing may follow `|` or `>` on its line: start the text on the next line"),
    ("incompatible YAML", "an unknown version of YAML: delete the line that starts with %YAML"),
    ("directive", "a line cannot start with `%`: put the text in quotes"),
    ("expected <document start>", "this does not belong to the text above: a bracket too many, or wrong indentation"),
)


def syntax_fault(error: yaml.MarkedYAMLError, text: str) -> TheoryError:
    """The error for a text that is not YAML: TOC003 with line and column and a sentence that says what to do."""
    lines = _LINE_BREAK.split(text)
    line, column = place = _place(error.problem_mark)
    opened = _place(error.context_mark)
    complaint = f"{error.context or ''}; {error.problem or ''}"
    if tab_line := _tab_line(lines, line, opened[0]):
        return fault("TOC003", f"line {tab_line} is indented with a tab (U+0009): use spaces", (tab_line, 1))
    if "tag" in complaint:
        return fault("TOC005", NO_TAGS, opened)
    for slip in (_joined_colon, _bracketed_words, _quote_of_before, _sign_of_more, _unclosed):
        if found := slip(_Seen(lines, complaint, place, opened)):
            return fault("TOC003", *found)
    if message := _opened(complaint):
        return fault("TOC003", message, opened)
    if "mapping values are not allowed" in complaint:
        return fault("TOC003", _colon(lines, line, column), place)
    message = next((sentence for words, sentence in _SENTENCES if words in complaint), None)
    if message == _NO_COLON:
        place = opened
    return fault("TOC003", message or _by_character(lines, complaint, line, column), place)


def depth_refused(error: yaml.MarkedYAMLError) -> int | None:
    """The character where libyaml refuses to go deeper: from 0.2.6 on, at 1,000 levels, even while it looks ahead."""
    if error.problem_mark is None or "maximum nesting depth" not in (error.problem or ""):
        return None
    return error.problem_mark.index


def no_such_alias(name: str, known: list[str], place: tuple[int, int]) -> TheoryError:
    """The error for `*name` where nothing bears `&name`: most often text that merely starts with a star."""
    close = nearest(name, known)
    advice = f"did you mean '*{close}'?" if close else "put the text in quotes if it starts with a star"
    return fault("TOC005", f"{shown('*' + name)} is an alias of nothing: {advice}", place)


def _place(mark: yaml.Mark | None) -> tuple[int, int]:
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def _tab_line(lines: list[str], problem_line: int, context_line: int) -> int | None:
    """The line, where the complaint points or begins, whose indentation holds a tab."""
    for number in (problem_line, context_line):
        if number <= len(lines):
            content = lines[number - 1].lstrip(" \t")
            if content and "\t" in lines[number - 1][: -len(content)]:
                return number
    return None


# Slips that libyaml sees late and tells of in its own way: each looks for one kind, and gives its sentence and place.
Told = tuple[str, tuple[int, int]]


class _Seen(NamedTuple):
    """The text by lines, what libyaml complains of, where, and where what it was reading began."""

    lines: list[str]
    complaint: str
    place: tuple[int, int]
    opened: tuple[int, int]

    def line(self, number: int) -> str:
        """A line by its number from 1; nothing where there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @property
    def character(self) -> str:
        """The character the complaint points at."""
        return self.line(self.place[0])[self.place[1] - 1 : self.place[1]]


def _joined_colon(seen: _Seen) -> Told | None:
    """`certainty:high`: the colon without a space behind it, on the line or on the one above it."""
    if "expected ':'" not in seen.complaint and "mapping values" not in seen.complaint:
        return None
    for number in (seen.opened[0], seen.place[0], seen.place[0] - 1):
        found = _NO_SPACE.match(seen.line(number))
        if found and "mapping values" in seen.complaint and number == seen.place[0]:
            continue
        if found and found["key"] in _keys():
            message = f"write a space after the colon: `{found['key']}: {found['value'][:60]}`"
            return message, (number, found.end("key") + 1)
    return None


def _bracketed_words(seen: _Seen) -> Told | None:
    """`title: [Draft] Reading`: text that begins with a bracket."""
    number, column = seen.place
    before = seen.line(number)[: column - 1]
    found = _IN_BRACKETS.search(before)
    if (
        not found
        or not any(words in seen.complaint for words in ("<block end>", "expected key", "flow "))
        or seen.character in "]},:"
    ):
        return None
    words = (found["words"] + re.split("[,}]", seen.line(number)[column - 1 :])[0]).strip()
    message = f'text that begins with `{words[0]}` must stand in quotes: `{found["key"]}: "{words[:60]}"`'
    return message, (number, found.start("words") + 1)


def _quote_of_before(seen: _Seen) -> Told | None:
    """A quote that was left open and closed by the next one further down."""
    number, column = seen.place
    before = seen.line(number)[: column - 1].rstrip()
    if not before.endswith(("'", '"')) or before.count(before[-1]) % 2 == 0:
        return None
    for above in range(number - 1, 0, -1):
        if seen.line(above).count(before[-1]) % 2:
            return _OPEN_QUOTE, (above, seen.line(above).rindex(before[-1]) + 1)
    return None


def _sign_of_more(seen: _Seen) -> Told | None:
    """`>50`, where YAML takes the sign for the start of a text of several lines."""
    found = re.search(r": +(> ?(?:[\d£$€][^#]*))", seen.line(seen.place[0]))
    if not found or "comment or" not in seen.complaint:
        return None
    meant = number_meant(found[1])
    message = f"text cannot start with `>`: {f'write {meant}, or ' if meant else ''}put it in quotes"
    return message, (seen.place[0], found.start(1) + 1)


def _unclosed(seen: _Seen) -> Told | None:
    """A bracket that does not close, at the line on which its end, or a comma, is missing."""
    bracket = {"flow sequence": "]", "flow mapping": "}"}.get(
        seen.complaint.rsplit(" a ", maxsplit=1)[-1].split(";", maxsplit=1)[0], ""
    )
    if not bracket:
        return None
    number, column = seen.place
    before = seen.line(number)[: column - 1]
    key = re.search(r"[\w-]+$", before) if seen.character == ":" else None
    if key and (before[: key.start()].strip(" -{[") or number == seen.opened[0]):
        if key[0] in _keys() and re.search(r":\s+[^\s:,]+\s+$", before[: key.start()]):
            return f"a comma is missing before `{key[0]}`", (number, key.start() + 1)
        return f"a text holds a colon inside `{_PAIRS[bracket]}…{bracket}`: put it in quotes", seen.place
    if number > seen.opened[0] and not (before.strip() if not key else ""):
        while number > seen.opened[0] and (number >= seen.place[0] or not seen.line(number).strip()):
            number -= 1
        end = len(seen.line(number).rstrip()) + 1
        return f"`{bracket}` is missing at the end of line {number}, or a comma if the list goes on", (number, end)
    return f"a comma or `{bracket}` is missing on line {number}", seen.place if seen.character else seen.opened


@cache
def _keys() -> frozenset[str]:
    """Every key of the format, to tell a key from a word of a text."""
    from toc.model import Theory

    return frozenset(key for _, path in PLACES for key in keys_at(Theory, path))


def _opened(complaint: str) -> str | None:
    """A quote that never closes is reported where it opens; so are stars and ampersands."""
    if "quoted scalar" in complaint and ("end of stream" in complaint or "document" in complaint):
        return _OPEN_QUOTE
    if "an alias" in complaint or "an anchor" in complaint:
        return "text that starts with `*` or `&` must stand in quotes"
    return None


def _colon(lines: list[str], line: int, column: int) -> str:
    """A second colon in a line is inside text; a first one shows that its line, or the one above, does not fit."""
    before = lines[line - 1][: column - 1]
    if line == 1 or ":" in before:
        key = before.split()[-1] if before.split() else ""
        alone = re.fullmatch(r"\s*[\w-]+:\s+[\w-]+", before)
        return f"start a new line before `{key}`, and indent it" if alone and key in _keys() else _QUOTE_COLON
    number = next((n for n in range(line - 1, 0, -1) if lines[n - 1].strip(" ") and lines[n - 1].lstrip()[0] != "#"), 0)
    above = lines[number - 1] if number else ""
    if above and ":" not in above and not above.lstrip().startswith("-"):
        return f"line {number}, just above, has no colon after its key: add one"
    told = re.fullmatch(r"(?P<indent>\s*)(?P<id>[\w-]+): +(?P<text>[^\s|>].*?)\s*", above)
    if told and told["id"] not in _keys() and len(before) - len(before.lstrip()) > len(told["indent"]):
        return (
            f"`{told['id']}` has a text already: write it below, on a line of its own, as `title: {told['text'][:60]}`"
        )
    return "this line is indented too far for the text above it: give it the indentation of the keys around it"


def _by_character(lines: list[str], complaint: str, line: int, column: int) -> str:
    """A sentence about the character the complaint points at, where the complaint itself says too little."""
    character = lines[line - 1][column - 1 : column] if line <= len(lines) else ""
    if character == ":":
        return "there is no key before this colon: write one, or put the text in quotes"
    if character and character in "]}" and ("<block end>" in complaint or "expected key" in complaint):
        return f"`{character}` closes nothing: delete it, or add the `{_PAIRS[character]}` that it closes"
    if "expected key" in complaint or "<block end>" in complaint:
        before = lines[line - 1][: column - 1].rstrip() if line <= len(lines) else ""
        if before.endswith(("'", '"')):
            return "text goes on after a closing quote: put all of it in quotes of a kind that it does not hold itself"
        return _INDENTATION
    if not character:
        return "the text ends too early: a value or a closing bracket is missing"
    if character in "]},":
        return f"`{character}` stands where a value should: write the value, or put the text in quotes"
    return f"text cannot start with {shown(character)}: put it in quotes"

"""libyaml's complaints in words that help somebody who does not program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from toc.errors import TheoryError
from toc.files.spots import fault, shown
from toc.spelling import nearest

if TYPE_CHECKING:
    import yaml

_LINE_BREAK: Final = re.compile("\r\n?|\n")
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
        return fault("TOC003", f"line {tab_line} is indented with a tab: use spaces", (tab_line, 1))
    if "tag" in complaint:
        return fault("TOC005", NO_TAGS, opened)
    if message := _opened(complaint, line, lines[line - 1][column - 1 : column] if line <= len(lines) else ""):
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


def _opened(complaint: str, line: int, character: str) -> str | None:
    """Quotes and brackets that never close are reported where they open; so are stars and ampersands."""
    if "quoted scalar" in complaint and ("end of stream" in complaint or "document" in complaint):
        return "a quote opens here and never closes: add the closing quote"
    for words, name, bracket in (("flow sequence", "list", "[]"), ("flow mapping", "mapping", "{}")):
        if words in complaint:
            missing = f"a comma or `{bracket[1]}` is missing"
            if character == ":":
                missing = "a text holds a colon: put it in quotes"
            return f"a {name} opens here with `{bracket[0]}`: on line {line} {missing}"
    if "an alias" in complaint or "an anchor" in complaint:
        return "text that starts with `*` or `&` must stand in quotes"
    return None


def _colon(lines: list[str], line: int, column: int) -> str:
    """A second colon in a line is inside text; a first one shows that its line, or the one above, does not fit."""
    if line == 1 or ":" in lines[line - 1][: column - 1]:
        return _QUOTE_COLON
    above = lines[line - 2]
    if above.strip() and ":" not in above and not above.lstrip().startswith(("#", "-")):
        return f"line {line - 1}, just above, has no colon after its key: add one"
    return "this line is indented too far for the text above it: give it the indentation of the keys around it"


def _by_character(lines: list[str], complaint: str, line: int, column: int) -> str:
    """A sentence about the character the complaint points at, where the complaint itself says too little."""
    character = lines[line - 1][column - 1 : column] if line <= len(lines) else ""
    if character == ":":
        return "there is no key before this colon: write one, or put the text in quotes"
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

"""Every sentence that people read stands in a room that speaks, so that a translator knows where to look."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "toc"
# Where sentences stand, and why there; anywhere else only a mistake that is raised may be put into words.
PLACES = {
    "language/*": "words, numbers, dates and facts, and what a check knows of English",
    "prose/*": "the narrative and the outline",
    "analysis/*": "the page of an answer and the headings of its columns",
    "checks/*": "what a rule finds and how to fix it, beside the rule",
    "guidance/*": "the advice, most of it in `advice.toml`",
    "monitoring/*": "how the KPIs stand, and why that is not known",
    "partnership/*": "what the partners give, gain and judge; the frames and their sources, most of it in data files beside it",
    "merging/*": "what was joined, and what is for people to decide",
    "diagram/*": "what a drawing says of itself: its notes, its tooltips, its legend, its description",
    "charts/*": "the axes, the legend and the warnings of the chart",
    "explore/*": "the page to explore; what it does there stands in its script",
    "render/*": "what a format cannot show",
    "cli/*": "help texts, and what a command did",
    "documents.py": "what stands over the words of a drawing",
    "errors.py": "what a wrong argument is called",
    "plug_ins.py": "why what another distribution adds is left out",
    "problems.py": "what each code of a problem means",
    "spelling.py": "what may have been meant",
    "model/*": "what is wrong with a theory",
    "files/*": "what is wrong with a file",
    "fixing/*": "what was mended, and why something was left",
    "editing/*": "what was done by an operation, and what is asked in a form; what was guessed in an outline, and what is wrong in it",
    "spreadsheet/*": "the headings that are understood, and what is wrong with a table",
    "standards/*": "what a standard cannot hold, and what was assumed in reading one",
    "reports/*": "the report and the logframe: what they say, what is missing or does not fit, and what was guessed in one that was read",
    "builder/*": "what is wrong with a sketch",
    "web/*": "what an address answers, and why one is refused",
}
SENTENCE = re.compile(r"(?:^|[\s“(])[a-z’']+(?:,? [a-z’'-]+){2,}(?=$|[\s.,:;!?”)])")
NO_PROSE = re.compile(r"[<>{}\\^$|]|\(\?")  # XML, CSS and regular expressions
RAISES = re.compile(r"(Error|[Pp]roblem|_failed|whole_number)$")


def is_message(node: ast.AST) -> bool:
    """Whether what stands in a node tells of a mistake, at the place where it is found."""
    match node:
        case ast.Raise() | ast.Assign(targets=[ast.Name(id="message")]) | ast.keyword(arg="message"):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return bool(RAISES.search(name))
        case ast.Expr(value=ast.Constant()):  # a docstring
            return True
        case _:
            return False


def sentences(node: ast.AST) -> Iterator[str]:
    """Every piece of prose in a module but for docstrings and for messages of mistakes."""
    match node:
        case _ if is_message(node):
            return
        case ast.Constant(value=str(text)) if SENTENCE.search(text) and not NO_PROSE.search(text):
            yield text
        case _:
            for part in ast.iter_child_nodes(node):
                yield from sentences(part)


@cache
def spoken() -> dict[str, list[str]]:
    """The modules that hold sentences, and which."""
    found = {
        path.relative_to(SOURCE).as_posix(): list(sentences(ast.parse(path.read_text(encoding="utf-8"))))
        for path in sorted(SOURCE.rglob("*.py"))
    }
    return {module: texts for module, texts in found.items() if texts}


def test_sentences_stand_in_the_rooms_that_speak() -> None:
    astray = {
        module: texts for module, texts in spoken().items() if not any(fnmatch(module, place) for place in PLACES)
    }
    assert astray == {}


@pytest.mark.parametrize("place", PLACES)
def test_a_place_that_may_speak_does(place: str) -> None:
    assert any(fnmatch(module, place) for module in spoken())


def test_contributors_are_told_of_the_same_places() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (section,) = re.findall(r"## Where the sentences stand\n(.*?)\n## ", page, re.DOTALL)
    assert dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", section, re.MULTILINE)) == PLACES


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('say("nothing leads to it yet")', ["nothing leads to it yet"]),
        ('say(f"{n} boxes lead to it now")', [" boxes lead to it now"]),
        ('raise ValueError("there is no such box")', []),
        ('message = "there is no such box"', []),
        ('def f():\n    "What it does in words."', []),
        ('FORM = "<b>and so it goes on</b>"', []),
        ('NAME = "leads_to"', []),
    ],
)
def test_a_piece_of_prose_is_recognised(line: str, found: list[str]) -> None:
    assert list(sentences(ast.parse(line))) == found

"""What people read holds no word of programmers: neither the messages, nor the pages for those who do not program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "toc"
WORDS = re.compile(
    r"\b(nodes?|mappings?|scalars?|sequences?|pars(?:e[sd]?|ing|er)|tokens?|nulls?|strings?|booleans?|floats?|ints?|integers?)\b",
    re.IGNORECASE,
)
AS_WRITTEN = re.compile(
    r"```.*?```|`[^`]*`|\{[^{}]*\}|--node\b|--token-file\b|\bnode: |^ {4,}.*$", re.DOTALL | re.MULTILINE
)
FOR_PROGRAMMERS = {
    "networks.py": "graphs of networkx have nodes",
    "flat_networks.py": "graphs of networkx have nodes",
    "table_reader.py": "a table is called nodes",
    "web": "it answers programs",
}
# Constants that are no text for people: what libyaml, Graphviz and XML are asked and say, and descriptions of constants.
NO_MESSAGES = re.compile(
    r"^(block sequence|mapping values|quoted scalar|flow (sequence|mapping)|node \[|<node id=|<g (id|class)=|node badge )"
)
PAGES = sorted(
    path
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "rules").glob("*.md")]
    if path.name not in {"api.md", "python.md", "embedding.md", "editing.md", "service.md", "tables.md", "analysis.md"}
)


def texts(tree: ast.AST) -> Iterator[str]:
    """Every text with a space in it that is no description of the code."""
    for part in ast.iter_child_nodes(tree):
        if isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
            continue
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value.strip():
            yield part.value
        yield from texts(part)


def told(text: str) -> set[str]:
    """The words of programmers in a text, but for what is to be typed as it stands."""
    return {found[0].casefold() for found in WORDS.finditer(AS_WRITTEN.sub("", text))}


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_message_holds_a_word_of_programmers(path: Path) -> None:
    if {path.relative_to(SOURCE).as_posix(), path.relative_to(SOURCE).parts[0]} & set(FOR_PROGRAMMERS):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {text: told(text) for text in texts(tree) if not NO_MESSAGES.match(text) and "(?P<" not in text}
    assert {text: words for text, words in found.items() if words} == {}


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.toml")), ids=lambda path: path.name)
def test_no_sentence_kept_as_data_holds_one(path: Path) -> None:
    sentences = re.findall(
        r"""^[\w-]+ = (.*?)(?=^[\w-]+ = |^\[|\Z)""", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert set().union(*map(told, sentences)) == set()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_for_those_who_do_not_program_holds_one(path: Path) -> None:
    assert told(path.read_text(encoding="utf-8").replace("backward mapping", "")) == set()

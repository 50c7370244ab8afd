from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toc.files.locator import Format, Locator
from toc.problems import Path

YAML = """\
# A note
toc: 1
title: "Reading"
outcomes:
  readers:
    title: Young readers catch up
    leads_to: {literacy: null, 'stem': {because: "it: helps"}}
    tags:
    - one
    - two
  empty:
goal: &g Every child
again: *g
notes: [a, {b: c}, ]
text: |
  more
  lines
"""


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (2, 1), (2, 1)),
        (("toc",), (2, 6), (2, 1)),
        (("title",), (3, 8), (3, 1)),
        (("outcomes",), (5, 3), (4, 1)),
        (("outcomes", "readers", "title"), (6, 12), (6, 5)),
        (("outcomes", "readers", "leads_to"), (7, 15), (7, 5)),
        (("outcomes", "readers", "leads_to", "literacy"), (7, 26), (7, 16)),
        (("outcomes", "readers", "leads_to", "stem", "because"), (7, 50), (7, 41)),
        (("outcomes", "readers", "tags", 1), (10, 7), (10, 7)),
        (("outcomes", "empty"), (11, 9), (11, 3)),
        (("goal",), (12, 7), (12, 1)),
        (("again",), (13, 8), (13, 1)),
        (("notes", 1, "b"), (14, 16), (14, 13)),
        (("text",), (15, 7), (15, 1)),
    ],
)
def test_a_place_in_yaml_is_exact(path: Path, value: tuple[int, int], key: tuple[int, int]) -> None:
    locator = Locator(YAML, "yaml")
    assert locator.place(path) == value
    assert locator.place(path, key=True) == key


@pytest.mark.parametrize("key", [False, True])
@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("pillars",), (2, 1)),
        (("pillars", "literacy", "title"), (2, 1)),
        (("outcomes", "readers", "by"), (5, 3)),
        (("outcomes", "readers", "tags", 7), (8, 5)),
        (("outcomes", "readers", "tags", "one"), (8, 5)),
        (("goal", "title"), (12, 7)),
        (("outcomes", "readers", "leads_to", "literacy", "because"), (7, 26)),
        (("again", "title"), (13, 8)),
    ],
)
def test_what_is_missing_is_found_at_its_parent_and_a_short_form_at_itself(
    path: Path, place: tuple[int, int], *, key: bool
) -> None:
    assert Locator(YAML, "yaml").place(path, key=key) == place


def test_a_part_of_an_alias_is_where_it_was_written() -> None:
    text = "a: &x\n  b: 1\nc: *x\n"
    assert Locator(text, "yaml").place(("c",)) == (3, 4)
    assert Locator(text, "yaml").place(("c", "b")) == (2, 6)


def test_of_a_repeated_key_the_last_counts_as_it_does_for_the_value() -> None:
    assert Locator("a: 1\nb: 2\na: 3\n", "yaml").place(("a",)) == (3, 4)
    assert Locator('{"a": 1,\n"a": 3}', "json").place(("a",)) == (2, 6)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(line_end: str) -> None:
    assert Locator(f"\ufeffa: é😀{line_end}b: {{c: 1}}", "yaml").place(("b", "c")) == (2, 8)
    assert Locator(f'\ufeff{{"a": "é😀",{line_end}"b": 1}}', "json").place(("b",)) == (2, 6)


@pytest.mark.parametrize("format", ["yaml", "json"])
@pytest.mark.parametrize("text", ["", "# nothing", "[1, 2", "a: b: c", "\x00"])
def test_what_cannot_be_read_or_holds_nothing_has_no_places(text: str, format: Format) -> None:
    assert Locator(text, format).place(("a",)) is None


def test_a_place_in_json_is_exact() -> None:
    text = '{\n  "a": [1, {"b\\"": "x"}],\n  "c" : {}\n}'
    locator = Locator(text, "json")
    assert locator.place(("a", 1, 'b"')) == (2, 20)
    assert locator.place(("a", 1, 'b"'), key=True) == (2, 13)
    assert locator.place(("c",)) == (3, 9)
    assert locator.place(("c", "d")) == (3, 3)
    assert locator.place(()) == (1, 1)


def paths(value: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    found = [(path, value)]
    if isinstance(value, dict):
        for key, part in value.items():
            found += paths(part, (*path, key))
    if isinstance(value, list):
        for index, part in enumerate(value):
            found += paths(part, (*path, index))
    return found


plain = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"), max_size=6
)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | plain,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain, inner, max_size=4),
    max_leaves=10,
)


@given(json_values, st.sampled_from([None, 2]), st.sampled_from(["yaml", "json"]))
def test_at_every_place_stands_the_value(value: Any, indent: int | None, format: Format) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    locator = Locator(text, format)
    lines = text.split("\n")

    def text_at(place: tuple[int, int] | None) -> str:
        assert place is not None
        line, column = place
        return "\n".join([lines[line - 1][column - 1 :], *lines[line:]])

    for path, part in paths(value):
        assert json.JSONDecoder().raw_decode(text_at(locator.place(path)))[0] == part
        if path and isinstance(path[-1], str):
            assert text_at(locator.place(path, key=True)).startswith(json.dumps(path[-1], ensure_ascii=False))

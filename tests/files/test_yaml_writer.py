from __future__ import annotations

import math
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from toc.errors import TheoryError
from toc.files.yaml_reader import read_yaml
from toc.files.yaml_writer import flow, quoted, to_yaml

THEORY = {
    "toc": 1,
    "title": "Reading partners",
    "description": "First line\n  second line\n\nlast line",
    "context": {"external_factors": ["School budgets hold"], "unintended": []},
    "goal": "Every child in the city reads at their age",
    "pillars": {"literacy": "Literacy"},
    "outcomes": {
        "readers": {"title": "Young readers catch up", "leads_to": ["literacy", "stem"], "by": "2028-07-31"},
        "no": {"title": "On: time", "leads_to": {"readers": None, "literacy": "because: it helps"}},
    },
    "kpis": {
        "age": {
            "title": "Gain",
            "target": {"value": 14.0, "by": "2026-07-31"},
            "readings": [
                {"date": "2026-02-01", "value": 6},
                {"date": "2026-07-31", "value": 15, "where": {"group": "pp"}},
            ],
        }
    },
}
WRITTEN = """\
toc: 1
title: Reading partners
description: |-
  First line
    second line

  last line
context:
  external_factors: [School budgets hold]
  unintended: []
goal: Every child in the city reads at their age
pillars:
  literacy: Literacy
outcomes:
  readers:
    title: Young readers catch up
    leads_to: [literacy, stem]
    by: 2028-07-31
  "no":
    title: "On: time"
    leads_to:
      readers:
      literacy: "because: it helps"
kpis:
  age:
    title: Gain
    target: {value: 14.0, by: 2026-07-31}
    readings:
      - {date: 2026-02-01, value: 6}
      - {date: 2026-07-31, value: 15, where: {group: pp}}
"""


def test_a_theory_is_written_as_people_would_write_it() -> None:
    assert to_yaml(THEORY) == WRITTEN
    assert read_yaml(WRITTEN).value == THEORY


def test_a_header_stands_on_top_as_it_is() -> None:
    assert to_yaml({"a": 1}, header="# Note\n\n") == "# Note\n\na: 1\n"


def test_the_caller_decides_which_mappings_never_stand_in_one_line() -> None:
    value = {"a": {"b": {"c": 1}}}
    assert to_yaml(value, stays_block=lambda path, _: path == ("a",)) == "a:\n  b: {c: 1}\n"
    assert to_yaml(value, stays_block=lambda *_: True) == "a:\n  b:\n    c: 1\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        *[(word, f'"{word}"') for word in ["no", "On", "y", "N", "true", "Null", "~", "1:30", "010", "1_000", "0x1F", "0o7"]],
        *[(word, f'"{word}"') for word in ["1e3", ".inf", "=", "<<", "2026-07-31 10:00:00", "14", "-3", "+.5", ""]],
        *[(word, f'"{word}"') for word in [" a", "a ", "a: b", "a:", "a #b", "#a", "- a", "-", "---", "...", "*a", "&a"]],
        *[(word, f'"{word}"') for word in ["!a", "%a", "@a", "`a`", "?", "[a", "{a", "'a'", "|", ">", ", a"]],
        *[(word, word) for word in ["2026-07-31", "it's", "C#", "a:b", "http://x.org/a?b=c#d", "É 50%", "(a)", "[".join("ab")]],
        ('"a"', "'\"a\"'"),
        ("it's \"so\": yes", "'it''s \"so\": yes'"),
        ("\\: ", "'\\: '"),
        ("a\tb", '"a\\tb"'),
        ("a\x00b\x85\u2028\ufeff\uffff", '"a\\u0000b\\x85\\u2028\\ufeff\\uffff"'),
        ("a \nb", '"a \\nb"'),
        ("a\n\n", '"a\\n\\n"'),
        ("\n", '"\\n"'),
        ("a\r\nb", '"a\\r\\nb"'),
    ],
)  # fmt: skip
def test_text_is_quoted_only_where_it_must_be(text: str, written: str) -> None:
    assert to_yaml({"a": text}) == f"a: {written}\n"
    assert read_yaml(f"a: {written}\n").value == {"a": text}


@pytest.mark.parametrize("text", ["a\nb", "a\nb\n", " a\nb", "\na\nb", "\ta\nb", "a\n\n b: [c\n# d", "---\n..."])
def test_lines_of_text_stay_lines(text: str) -> None:
    for value in ({"a": text, "b": 1}, [text, 1], {"a": [{"b": text, "c": text}]}, text):
        written = to_yaml(value)
        assert "|" in written
        assert read_yaml(written).value == value


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (14.0, "14.0"),
        (0.1, "0.1"),
        (1e16, "1.0e+16"),
        (1e-7, "1.0e-07"),
        (2.5e300, "2.5e+300"),
        (-0.0, "-0.0"),
        (3, "3"),
    ],
)
def test_numbers_read_back_as_the_same_kind_of_number(number: float, written: str) -> None:
    assert to_yaml({"a": number}) == f"a: {written}\n"
    for read in (read_yaml(written).value, yaml.safe_load(written)):
        assert (read, type(read)) == (number, type(number))


def test_numbers_that_are_none_are_written_too() -> None:
    assert to_yaml({"a": math.inf, "b": -math.inf}) == "a: .inf\nb: -.inf\n"
    assert math.isnan(read_yaml(to_yaml(math.nan)).value)


def test_a_key_too_long_for_readers_is_marked_as_a_key() -> None:
    value = {"k" * 2000: {"title": "x"}, "b": {"l" * 1500: [1]}}
    assert read_yaml(to_yaml(value)).value == value


def test_a_line_never_grows_beyond_its_width() -> None:
    value = {
        "tags": ["word-" + "x" * 12] * 6,
        "l": [{"a": "x" * 50, "b": "y" * 50}],
        "m": {"a": "x" * 50, "b": "y" * 50},
    }
    assert all(len(line) <= 100 for line in to_yaml(value).splitlines())
    assert read_yaml(to_yaml(value)).value == value


def test_half_a_character_cannot_be_written() -> None:
    with pytest.raises(TheoryError, match="half a character"):
        to_yaml({"a": "\ud800"})


texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
    st.text(st.sampled_from("ab:-[]{},&*!|>'\"%@`#?~<=. \n\t0.1e_é\u2028\ufeff\x00\\yn"), max_size=8),
    st.from_regex(r"[-+0-9._:eExoabTZ ]{1,12}", fullmatch=True),
    st.sampled_from(
        ["no", "On", "y", "null", "NULL", "true", "1:30", "010", "2026-07-31", "<<", "=", "---", "...", "0o17"]
    ),
)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def exactly(value: Any) -> str:
    return repr(value)


@given(values)
@example({"a": [[["b", {"c": [{}]}]], [[]]]})
def test_what_is_written_reads_back_exactly(value: Any) -> None:
    written = to_yaml(value)
    assert exactly(read_yaml(written).value) == exactly(value)
    assert to_yaml(read_yaml(written).value) == written


@given(values)
def test_one_line_reads_back_exactly(value: Any) -> None:
    written = flow(value)
    assert "\n" not in written
    assert exactly(read_yaml(written).value) == exactly(value)


@given(texts, st.sampled_from(["", "'", '"']))
def test_quoted_text_reads_back_exactly(text: str, quote: str) -> None:
    assert read_yaml(quoted(text, quote)).value == text


@given(texts.filter(lambda text: len(text) != 10 or text.count("-") != 2))
def test_readers_of_yaml_1_1_see_the_same_text(text: str) -> None:
    assert yaml.safe_load(to_yaml({text: [text, {"a": text}]})) == {text: [text, {"a": text}]}

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toc.errors import TheoryError
from toc.files.json_reader import read_json
from toc.files.spots import Places
from toc.problems import Problem


def problem_of(text: str | bytes) -> Problem:
    with pytest.raises(TheoryError) as caught:
        read_json(text)
    (problem,) = caught.value.problems
    assert problem.line is not None
    assert problem.column is not None
    assert "\n" not in problem.message
    return problem


def test_bytes_and_text_mean_the_same_with_or_without_a_byte_order_mark() -> None:
    text = '{"title": "Café", "share": 0.7, "n": [1, true, null]}'
    value = {"title": "Café", "share": 0.7, "n": [1, True, None]}
    for given_text in (text, "\ufeff" + text, text.encode(), b"\xef\xbb\xbf" + text.encode()):
        assert read_json(given_text) == (value, ())


@pytest.mark.parametrize(
    ("text", "value", "places"),
    [
        ('{"a": 1,\n "a": 2}', {"a": 2}, [(("a",), 2, 2)]),
        ('{"a" :1, "a":2}', {"a": 2}, [(("a",), 1, 10)]),
        ('{"a":1, "a"\n:2}', {"a": 2}, [(("a",), 1, 9)]),
        ('{"a":1, "\\u0061":2}', {"a": 2}, [(("a",), 1, 9)]),
        ('[{"b": {"x": 1, "y": [], "x": {"x": 0}}}]', [{"b": {"y": [], "x": {"x": 0}}}], [((0, "b", "x"), 1, 26)]),
        ('{"a":1, "a":2, "c":"\\":"}', {"a": 2, "c": '":'}, [(("a",), 1, 9)]),
        ('{"a":1,"a":1,"a":1}', {"a": 1}, [(("a",), 1, 8), (("a",), 1, 14)]),
    ],
)
def test_repeated_keys_are_found_however_they_are_written(text: str, value: Any, places: list[Any]) -> None:
    parsed = read_json(text)
    assert parsed.value == value
    assert [(p.path, p.line, p.column) for p in parsed.problems] == places
    assert {p.code for p in parsed.problems} == {"TOC019"}
    assert "it already stands on line 1" in parsed.problems[0].message


@pytest.mark.parametrize(
    "text", ['{"a" : 1}', '{"a": "x\\": y : z"}', '{":": ":"}', '{"\\":": "http://x"}', '{"a"\t:\n1}']
)
def test_colons_in_text_are_no_repeated_keys(text: str) -> None:
    assert read_json(text) == (json.loads(text), ())


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('{"a": 1,}', (1, 8), "delete the comma"),
        ('{\n "a": [1,\n]}', (2, 9), "delete the comma"),
        ("{'a': 1}", (1, 2), "double quotes"),
        ('{"a": ‘x’}', (1, 7), "double quotes"),
        ('{"a": 1 "b": 2}', (1, 9), "comma or a closing bracket is missing"),
        ('{"a" 1}', (1, 6), "colon is missing"),
        ("{a: 1}", (1, 2), "cannot be a key"),
        ('{"a": }', (1, 7), "value is missing"),
        ('{"a": [,1]}', (1, 8), "value is missing"),
        ('{"a": x}', (1, 7), "double quotes"),
        ('{"a": True}', (1, 7), "write true"),
        ('{"a": None}', (1, 7), "write null"),
        ('{"a": NaN}', (1, 7), "not a number"),
        ('{"a": [1, -Infinity]}', (1, 11), "not a number"),
        ('{"a": 01}', (1, 7), "not a number"),
        ('{"a": .5}', (1, 7), "not a number"),
        ('{"a": +1}', (1, 7), "not a number"),
        ('{"a": "x}', (1, 7), "a quote opens here"),
        ('{"a": "x\n"}', (1, 7), "a quote opens here"),
        ('{"a": "x\ty"}', (1, 9), "tab"),
        ('{"a": "\\x"}', (1, 8), "no escape"),
        ('{"a": "\\u12"}', (1, 8), "no escape"),
        ('{"a": "\\ud800"}', (1, 7), "half a character"),
        ('{"\\udc00": 1}', (1, 2), "half a character"),
        ('{"a": 1} x', (1, 10), "goes on after its end"),
        ('{"a": 1}}', (1, 9), "goes on after its end"),
        ('{"a": [1}', (1, 9), "write `]`"),
        ('{"a": 1', (1, 8), "still open"),
        ('{"a": [1,\n2', (2, 2), "opened on line 1"),
        ('{"a":', (1, 6), "value is still missing"),
        ('{"a"', (1, 5), "colon"),
        ("{", (1, 2), "still open"),
        ('{ // note\n"a": 1}', (1, 3), "no comments"),
        ('{"a": 1, /* note */ "b": 2}', (1, 10), "no comments"),
        ("", (1, 1), "nothing here"),
        (" \n", (1, 1), "nothing here"),
        ("title: Reading", (1, 1), "double quotes"),
    ],
)  # fmt: skip
def test_a_slip_in_the_syntax_says_where_and_what_to_do(text: str, place: tuple[int, int], words: str) -> None:
    problem = problem_of(text)
    assert problem.code == "TOC003"
    assert words in problem.message
    assert (problem.line, problem.column) == place


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_deep_nesting_is_one_error(opening: str) -> None:
    problem = problem_of(opening * 1_000_000)
    assert (problem.code, problem.line) == ("TOC004", 1)


def test_a_hundred_levels_are_allowed_and_one_more_is_not() -> None:
    assert read_json("[" * 100 + "]" * 100).value
    assert problem_of("[" * 101 + "]" * 101).column == 101
    assert problem_of('{"a":' * 101 + "1" + "}" * 101).code == "TOC004"


@pytest.mark.parametrize("number", ["9" * 1_000_000, "-" + "1" * 4301])
def test_an_endless_number_is_one_error_with_its_path(number: str) -> None:
    problem = problem_of(f'{{"x": [0, {{"b": {number}}}]}}')
    assert (problem.code, problem.path, problem.column) == ("TOC014", ("x", 1, "b"), 17)


def test_bytes_that_are_no_text_are_refused() -> None:
    assert problem_of(b'{"a": "\xe9"}').code == "TOC002"
    assert problem_of(b'{"a": "\x00"}').code == "TOC002"
    assert problem_of('{"a": "\ud800"}').code == "TOC002"


json_text = st.text(max_size=8).filter(lambda text: not any("\ud800" <= character <= "\udfff" for character in text))
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | json_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(json_text, inner, max_size=4),
    max_leaves=12,
)


@given(json_values, st.sampled_from([None, 1]), st.sampled_from([":", " : ", ": "]))
def test_what_json_wrote_is_read(value: Any, indent: int | None, colon: str) -> None:
    text = json.dumps(value, indent=indent, separators=(",", colon))
    assert read_json(text) == (value, ())
    assert read_json(text, places=Places()) == (value, ())


@given(st.lists(st.tuples(st.sampled_from(["a", "b", '":', " :"]), st.sampled_from(["1", '"a":'])), max_size=6))
def test_every_repeat_is_found(pairs: list[tuple[str, str]]) -> None:
    body = ", ".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in pairs)
    keys = [key for key, _ in pairs]
    again = [(key,) for index, key in enumerate(keys) if key in keys[:index]]
    assert [problem.path for problem in read_json(f"{{{body}}}").problems] == again


def pairs_without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("repeated")
    return dict(pairs)


@given(st.text(st.sampled_from("{}[]:,\"ab\\u0061 \n1.e-truenlNa'/é\x00"), max_size=24))
def test_any_text_is_a_value_or_one_problem_as_the_standard_library_says(text: str) -> None:
    try:
        expected = json.loads(text, object_pairs_hook=pairs_without_repeats)
    except ValueError:
        expected = ValueError
    try:
        parsed = read_json(text)
        read = ValueError if parsed.problems else parsed.value
    except TheoryError:
        problem_of(text)
        read = ValueError
    if "NaN" not in text and "\\u" not in text:
        assert repr(read) == repr(expected)

from __future__ import annotations

import json
import math
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toc.errors import TheoryError
from toc.files.spots import Places
from toc.files.yaml_reader import read_yaml
from toc.problems import Problem


def problem_of(text: str) -> Problem:
    with pytest.raises(TheoryError) as caught:
        read_yaml(text)
    (problem,) = caught.value.problems
    assert problem.line is not None
    assert problem.column is not None
    assert "\n" not in problem.message
    return problem


TRAPS = [
    *[
        "no",
        "No",
        "NO",
        "yes",
        "on",
        "off",
        "y",
        "n",
        "1:30",
        "190:20:30",
        "2026-07-31",
        "2024-01",
        "1_000",
        "0b101",
        "0o8",
        "0o",
        "1e",
        "e3",
        "0x",
        ".",
        "..",
        "+",
        "1.2.3",
        "12e03x",
    ],
    *["nULL", "tRUE", "None", ".nAn", "-.nan", "+.nan", ".inff", "-0x1F", "=", "1,000", "50%", "~x", "٣", "٣.٣", "²"],
    "2026-07-31 10:00:00",
    "1 000",
]


@pytest.mark.parametrize("word", TRAPS)
def test_plain_words_that_other_readers_change_stay_text(word: str) -> None:
    assert read_yaml(f"a: {word}\n").value == {"a": word}
    assert read_yaml(f"- {word}\n").value == [word]


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("", None), ("~", None), ("null", None), ("Null", None), ("NULL", None),
        ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False),
        ("0", 0), ("010", 10), ("+12", 12), ("-3", -3), ("0o17", 15), ("0x1F", 31), ("00", 0),
        ("0.7", 0.7), ("1e3", 1000.0), ("-1.5E-2", -0.015), (".5", 0.5), ("5.", 5.0), ("+.5e1", 5.0), ("1e400", math.inf),
        (".inf", math.inf), ("-.Inf", -math.inf), ("+.INF", math.inf),
    ],
)  # fmt: skip
def test_plain_words_mean_what_yaml_1_2_says(word: str, value: object) -> None:
    read = read_yaml(f"a: {word}\n").value["a"]
    assert (read, type(read)) == (value, type(value))
    assert read_yaml(f"- [{word or '~'}]").value == [[value]]


@pytest.mark.parametrize("word", [".nan", ".NaN", ".NAN"])
def test_not_a_number_is_one(word: str) -> None:
    assert math.isnan(read_yaml(word).value)


@pytest.mark.parametrize("word", ["'0.7'", '"true"', "|-\n  12", ">-\n  null"])
def test_quoted_text_is_always_text(word: str) -> None:
    assert isinstance(read_yaml(f"a: {word}").value["a"], str)


def test_keys_are_text_as_written() -> None:
    text = "no: 1\n1: 2\nnull: 3\n2026-07-31: 4\n0.50: 5\n'q': 6\ntrue: 7\n~: 8\n'': 9\n"
    assert list(read_yaml(text).value) == ["no", "1", "null", "2026-07-31", "0.50", "q", "true", "~", ""]


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "---\n...\n", "%YAML 1.1\n---\n", "\ufeff"])
def test_a_document_with_nothing_in_it_is_none(text: str) -> None:
    assert read_yaml(text) == (None, ())


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_yaml_directive_changes_no_meaning(version: str) -> None:
    assert read_yaml(f"%YAML {version}\n---\na: no\n...\n").value == {"a": "no"}


def test_aliases_stand_for_their_anchors() -> None:
    assert read_yaml("a: &x [1, &y two]\nb: *x\nc: *y").value == {
        "a": [1, "two"],
        "b": [1, "two"],
        "c": "two",
    }
    assert read_yaml("&k key: &k 1\nb: *k").value == {"key": 1, "b": 1}


def test_repeated_keys_are_all_listed_with_the_line_of_the_first() -> None:
    parsed = read_yaml("a: 1\nb:\n  c: 1\n  'c': 2\na: 3\nl:\n  - {x: 1, x: 2}\n")
    assert parsed.value == {"a": 3, "b": {"c": 2}, "l": [{"x": 2}]}
    assert [(p.code, p.path, p.line, p.column) for p in parsed.problems] == [
        ("TOC019", ("b", "c"), 4, 3),
        ("TOC019", ("a",), 5, 1),
        ("TOC019", ("l", 0, "x"), 7, 12),
    ]
    assert parsed.problems[0].message == "repeated key 'c': it already stands on line 3; keep one of the two"


def test_a_key_repeated_without_end_is_listed_within_bounds() -> None:
    assert len(read_yaml("a: 1\n" * 5000).problems) == 1000


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a:\n  b: 1\n\tc: 2\n", (3, 1), "line 3 is indented with a tab (U+0009): use spaces"),
        ("a:\n\tb: 1\n", (2, 1), "line 2 is indented with a tab"),
        ("title: Reading: partners\n", (1, 15), "put the whole text in quotes"),
        ("title: A\n  lead: B\n", (2, 7), "indented too far"),
        ("title\nlead: B\n", (2, 5), "line 1, just above, has no colon"),
        ("a: 1\nlead B\n", (2, 1), "no colon after its key"),
        ('title: "Reading\nlead: B\n', (1, 8), "never closes"),
        ("title: 'Reading\nlead: B\n", (1, 8), "never closes"),
        ("title: 'it's'\n", (1, 12), "after a closing quote"),
        ('title: "A" and B\n', (1, 12), "after a closing quote"),
        ("tags: [a, b\nlead: B\n", (1, 12), "`]` is missing at the end of line 1"),
        ("tags: [a, b\n- c\n", (2, 4), "`]` is missing at the end of line 2, or a comma"),
        ("a: {b: 1\nlead\n", (2, 5), "`}` is missing at the end of line 2, or a comma"),
        ("tags: [a, b]]\n", (1, 13), "`]` closes nothing"),
        ("a: [x: y: z]\n", (1, 9), "holds a colon"),
        ("a:\n  b: 1\n c: 2\n", (3, 2), "same indentation"),
        ("a:\n- b\nc\n", (3, 1), "no colon"),
        ("- a\nb: 1\n", (2, 1), "`- `"),
        ("a: - b\n", (1, 4), "on a line of its own"),
        ("a: *bold* text\n", (1, 4), "`*` or `&`"),
        ("a: & co\n", (1, 4), "`*` or `&`"),
        ("a: @home\n", (1, 4), "put it in quotes"),
        ("a: `x`\n", (1, 4), "put it in quotes"),
        ("a: %x\n", (1, 4), "put it in quotes"),
        ("%x\n", (1, 3), "cannot start with `%`"),
        ('a: "C:\\data"\n', (1, 7), "two backslashes"),
        ('a: "\\ud800"\n', (1, 7), "no character"),
        ("a: |x\n  b\n", (1, 5), "on the next line"),
        ("a: [1,,2]\n", (1, 7), "write the value"),
        ("a: [\n", (2, 1), "ends too early"),
        ("{: 1}\n", (1, 2), "no key before this colon"),
        (": x\n", (1, 1), "no key before this colon"),
        ("%YAML 3.0\n---\na: 1\n", (1, 1), "version of YAML"),
    ],
)
def test_a_slip_in_the_syntax_says_where_and_what_to_do(text: str, place: tuple[int, int], words: str) -> None:
    problem = problem_of(text)
    assert problem.code == "TOC003"
    assert words in problem.message
    assert (problem.line, problem.column) == place


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: !!python/object/apply:os.system [ls]\n", (1, 4), "tag"),
        ("a: !!str 5\n", (1, 4), "tag"),
        ("a: !important\n", (1, 4), "tag"),
        ("a: !e!x y\n", (1, 4), "tag"),
        ("!x a: 1\n", (1, 1), "tag"),
        ("a: 1\n---\nb: 2\n", (2, 1), "second document"),
        ("a: 1\n...\n---\nb: 2\n", (3, 1), "second document"),
        ("[a, b]: 1\n", (1, 1), "plain text"),
        ("? {a: 1}\n: 2\n", (1, 3), "plain text"),
        ("a: &x b\n*x : 1\n", (2, 1), "plain text"),
        ("? \n: 1\n", (1, 2), "no key before this colon"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", (3, 7), "merge"),
        ("a: *literacey\nb: &literacy 1\n", (1, 4), "alias of nothing"),
        ("b: &literacy 1\na: *literacey\n", (2, 4), "did you mean '*literacy'?"),
    ],
)
def test_what_the_format_leaves_out_is_refused(text: str, place: tuple[int, int], words: str) -> None:
    problem = problem_of(text)
    assert problem.code == "TOC005"
    assert words in problem.message
    assert (problem.line, problem.column) == place


def test_an_alias_bomb_is_one_error() -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    assert problem_of("\n".join(lines)).code == "TOC004"


def test_a_long_text_repeated_by_aliases_is_one_error() -> None:
    text = f"a: &a {'x' * 50_000}\nb: [{', '.join(['*a'] * 30)}]"
    problem = problem_of(text)
    assert (problem.code, problem.line) == ("TOC004", 2)


def test_aliases_that_grow_level_by_level_are_too_deep() -> None:
    lines = ["a0: &a0 [x]", *(f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, 150))]
    problem = problem_of("\n".join(lines))
    assert (problem.code, problem.line) == ("TOC004", 100)


def test_an_alias_inside_what_it_names_is_refused() -> None:
    problem = problem_of("a: &x\n  b: *x\n")
    assert (problem.code, problem.line, problem.column) == ("TOC004", 2, 6)


@pytest.mark.parametrize("levels", [101, 999, 1001, 200_000])  # libyaml has its own limit since 0.2.6: 1,000
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[{a: ", "&a [", "[a, b: ["])
def test_deep_nesting_is_one_error_at_the_level_that_is_too_much(opening: str, levels: int) -> None:
    shallow, deep = problem_of(opening * 101), problem_of(opening * levels)
    assert (deep.code, deep.line, deep.column) == ("TOC004", shallow.line, shallow.column)
    assert deep.message == shallow.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[!!x " * 5000, "the YAML tag"),
        ("[*b, " * 5000, "alias of nothing"),
        ('["\\q", ' + "[" * 5000, "unknown escape"),
    ],
)
def test_a_mistake_before_deep_nesting_is_told_first(text: str, message: str) -> None:
    assert message in problem_of(text).message


def test_a_hundred_levels_are_allowed_and_one_more_is_not() -> None:
    assert read_yaml("[" * 100 + "]" * 100).value
    problem = problem_of("[" * 101 + "]" * 101)
    assert (problem.code, problem.column) == ("TOC004", 101)


@pytest.mark.parametrize("number", ["9" * 1_000_000, "-" + "1" * 4301, "0x" + "f" * 100_000, "0o" + "7" * 5000])
def test_an_endless_number_is_one_error_with_its_path(number: str) -> None:
    problem = problem_of(f"a:\n  - b: {number}")
    assert (problem.code, problem.path, problem.line, problem.column) == ("TOC014", ("a", 0, "b"), 2, 8)


def test_the_longest_number_can_still_be_shown() -> None:
    for number in ("9" * 4300, "0x" + "f" * 3400):
        assert str(read_yaml(number).value)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x7f", "\x9f", "\ufffe"])
def test_a_control_character_is_named(character: str) -> None:
    problem = problem_of(f"a: 1\nb: x{character}")
    assert (problem.code, problem.line, problem.column) == ("TOC002", 2, 5)


@pytest.mark.parametrize("line_break", ["\x85", "\u2028", "\u2029"])
def test_an_invisible_line_break_is_named(line_break: str) -> None:
    problem = problem_of(f"a: 1\nb: x{line_break}y")
    assert (problem.code, problem.line, problem.column) == ("TOC002", 2, 5)


def test_half_a_character_is_named() -> None:
    assert problem_of("a: \ud800").code == "TOC002"


json_text = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"), max_size=8
)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | json_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(json_text, inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_json_read_as_yaml_means_the_same(value: Any) -> None:
    assert read_yaml(json.dumps(value, ensure_ascii=False)) == (value, ())


@given(st.text(st.sampled_from("ab:-[]{},&*!|>'\"%@`#?~<= \n\t0.1é\u2028\ufeff\x00\\"), max_size=40))
def test_any_text_is_a_value_or_one_problem_and_recording_changes_nothing(text: str) -> None:
    outcomes = []
    for places in (None, Places()):
        try:
            outcomes.append(repr(read_yaml(text, places=places)))
        except TheoryError as error:
            outcomes.append(repr(error.problems))
            problem_of(text)
    assert outcomes[0] == outcomes[1]


WITHOUT_LIBYAML = """
import sys
sys.modules["yaml._yaml"] = None
from toc.errors import TheoryError
from toc.files.yaml_reader import read_yaml
import yaml
assert not yaml.__with_libyaml__
def said(text):
    try:
        return read_yaml(text)
    except TheoryError as error:
        return [(problem.code, problem.line) for problem in error.problems]
print([said(text) for text in eval(sys.argv[1])])
"""


def test_without_libyaml_the_same_is_read_and_refused() -> None:
    texts = [
        "a: no\nb: [1:30, 010, '5', *x]", "a: &x 0x1F\nb: *x", "a: 1\na: 2", "", "a:\n\tb: 1", "a: b: c", 'a: "x\nb: 1',
        "a: [1, 2\nb: 3", "a: !!str x", "a: 1\n---\nb: 2", "[a]: 1", "[" * 200, "a: @x", "a:\n  b: 1\n c: 2", "a: \x07", 'a: "\\d"',
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_LIBYAML, repr(texts)], capture_output=True, text=True, check=True
    )
    here = []
    for text in texts:
        try:
            here.append(str(read_yaml(text)))
        except TheoryError as error:
            here.append(str([(problem.code, problem.line) for problem in error.problems]))
    assert done.stdout.strip() == f"[{', '.join(here)}]"

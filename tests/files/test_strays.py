"""Characters that nobody meant and unfinished merges, put into any shipped example, are told at their line by name."""

from __future__ import annotations

import re
import warnings
from functools import cache
from importlib.resources import files
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from toc import Problem, TheoryError

SPACES = "\u00a0\u2003\u2007\u2009\u202f\u3000"
INVISIBLE = "\u00ad\u200b\u200d\u200e\u2060\ufeff"
EXAMPLES = ("small-charity", "rgs-newcastle")
# How a character gets into a line: what it takes the place of, and the characters that are tried there.
INSERTIONS = {
    "a space after a colon": (r"^ *(?!below)[\w-]+:(?P<at> )\S", SPACES),
    "something invisible in a key": (r"^ *\w\w(?P<at>)[\w-]+: ", INVISIBLE),
    "a space in the indentation": (r"^(?P<at> )+[\w-]+:", SPACES),
    "a wide colon": (r"^ *(?!below)[\w-]+(?P<at>: )\S", "：﹕"),
    "something in an id that is pointed to": (r"leads_to: [a-z]+(?P<at>)[a-z-]+(?=[,}\n])", INVISIBLE + SPACES),
    "a hyphen of an id": (r"measures: [a-z]+(?P<at>-)[a-z-]+(?=[,}\n])", "‑–−"),
    "a hyphen of a date": (r"(?:by|date|starts|ends): \d{4}(?P<at>-)\d\d-\d\d", "‑–−"),
    "a digit": (r"(?:participation|value): (?P<at>\d)\d*(?=[,}\n])", "１٢३"),
    "a quote before a word": (r"(?:certainty|recurs|level|frequency): (?P<at>)\w+(?=[,}\n])", "“„‘«"),
}


@cache
def text_of(name: str) -> str:
    return files("toc.examples").joinpath(f"{name}.yaml").read_text(encoding="utf-8")


@cache
def places(name: str, pattern: str) -> tuple[tuple[int, int], ...]:
    """Where a kind of insertion may be made in an example."""
    return tuple(found.span("at") for found in re.finditer(pattern, text_of(name), re.MULTILINE))


def problems(text: str, format: Literal["yaml", "json"] = "yaml") -> tuple[Problem, ...]:
    try:
        toc.loads(text, format=format)
    except TheoryError as error:
        return error.problems
    return ()


@pytest.mark.parametrize("kind", INSERTIONS)
@given(data=st.data())
def test_a_character_that_nobody_meant_is_told_by_name_at_its_line_and_nothing_else_is(
    kind: str, data: st.DataObject
) -> None:
    pattern, characters = INSERTIONS[kind]
    name = data.draw(st.sampled_from([name for name in EXAMPLES if places(name, pattern)]))
    start, end = data.draw(st.sampled_from(places(name, pattern)))
    odd = data.draw(st.sampled_from(characters))
    text = text_of(name)
    wrong = text[:start] + odd + text[end:]
    found = problems(wrong)
    line = text.count("\n", 0, start) + 1
    assert [(p.line, f"U+{ord(odd):04X}" in p.message) for p in found] == [(line, True)], [p.text() for p in found]


MERGE = "<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> mine\n"


@given(st.data())
def test_an_unfinished_merge_is_one_problem_with_its_lines_wherever_it_stands(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(EXAMPLES))
    format: Literal["yaml", "json"] = data.draw(st.sampled_from(["yaml", "json"]))
    text = text_of(name) if format == "yaml" else toc.example(name).dumps(format="json")
    lines = text.splitlines(keepends=True)
    first = data.draw(st.integers(0, len(lines) - 1))
    last = data.draw(st.integers(first, min(first + 6, len(lines))))
    part = "".join(lines[first:last])
    base = data.draw(st.sampled_from(["", f"||||||| base\n{part}"]))
    wrong = "".join(lines[:first]) + MERGE.format(ours=part + base, theirs=part) + "".join(lines[last:])
    (found,) = problems(wrong, format)
    assert (found.code, found.line) == ("TOC003", first + 1)
    assert f"an unfinished git merge stands here (`<<<<<<<`; lines {first + 1}, " in found.message


def test_an_underlined_heading_in_a_text_is_no_merge() -> None:
    text = "toc: 1\ntitle: T\ngoal: G\ndescription: |\n  Reading\n  =======\n  <<<<<<< is no mark here\n"
    assert toc.loads(text).description == "Reading\n=======\n<<<<<<< is no mark here"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("title:\u00a0Allotment club\n", 2, "a no-break space (U+00A0) stands here: type an ordinary space"),
        ("title: “Allotments: a plan”\n", 2, 'U+201C) stands here: type a straight quote, `"`'),
        ("title: A\npillars:\n  food：Food\n", 4, "： (fullwidth colon, U+FF1A) stands here: type `:` and a space"),
        ("title: A\npillars: {food: Food， sport: Sport}\n", 3, "U+FF0C"),
        ("title: A\nreview_on: 2026–07–31\n", 3, "– (en dash, U+2013) stands here: type `-`"),
        ("title: A\noutcomes: {a: {title: A, leads_to: “goal”}}\n", 3, "U+201C"),
        ("title: A\noutcomes: {a: {title: A, leads_to: goal\u200b}}\n", 3, "a zero width space (U+200B) stands here, which cannot be seen: delete it"),
        ("title: A\n\u00a0pillars: {}\n", 3, "U+00A0"),
        ("title: A\noutcomes:\n  a:\n    title: A\n    leads_to:\n      – goal\n", 7, "– (en dash, U+2013) stands here: type `-`"),
        ("title: A\noutcomes:\n  a:\n    title: A\n    leads_to:\n      • goal\n", 7, "• (bullet, U+2022) stands here: type `-` and a space"),
        ("title: A\nactivities: {a: {title: A, participation: “12”}}\n", 3, "“ (left double quotation mark, U+201C) stands here: delete it"),
        ("title: A\nkpis: {a: {title: A, measures: goal, target: −6}}\n", 3, "− (minus sign, U+2212) stands here: type `-`"),
    ],
)  # fmt: skip
def test_what_is_pasted_from_elsewhere_is_told_with_what_to_type(text: str, line: int, words: str) -> None:
    (found,) = problems(f"toc: 1\n{text}goal: G\n")
    assert found.line == line
    assert words in found.message


def test_one_problem_tells_of_the_same_character_on_other_lines() -> None:
    text = "toc: 1\ntitle: T\ngoal: G\noutcomes:\n\u00a0 a:\n\u00a0 \u00a0 title: A\n\u00a0 \u00a0 leads_to: goal\n"
    (found,) = problems(text)
    assert (found.line, "and on lines 6 and 7" in found.message) == (5, True)


def test_text_that_merely_holds_such_characters_is_not_accused() -> None:
    text = "toc: 1\ntitle: “Read – on”\u00a0club: a plan\ngoal: “G”\npillars: {a: Café –\u00a0here}\nkpis: {k: {title: K, measures: b}}\n"
    assert [(p.line, "U+" in p.message) for p in problems(text)] == [(2, False)]
    text = text.replace("club: a", "club, a")
    assert [(p.line, "U+" in p.message) for p in problems(text)] == [(5, False)]


def test_quotes_that_stay_part_of_a_unit_are_told_and_the_theory_is_read() -> None:
    text = "toc: 1\ntitle: T\ngoal: G\nkpis:\n  k:\n    title: K\n    measures: goal\n    unit: “% of pupils”\n"
    with pytest.warns(toc.TocWarning, match=r":8:11: the quotes “ \(U\+201C\) and ” \(U\+201D\) are part of this text"):
        assert toc.loads(text).kpis["k"].unit == "“% of pupils”"
    for right in ('unit: "“% of pupils”"', "unit: “% of” pupils", "method: “A quotation.”"):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            toc.loads(text.replace("unit: “% of pupils”", right))


def test_a_list_of_texts_with_dashes_is_read_as_one_text_and_told() -> None:
    text = "toc: 1\ntitle: T\ngoal: G\ncontext:\n  unintended:\n    – Less sleep\n    – More noise\n"
    with pytest.warns(
        toc.TocWarning, match=r":6:5: – \(en dash, U\+2013\) stands here: type `-` instead, if this is a list"
    ):
        assert list(toc.loads(text).context.unintended) == ["– Less sleep – More noise"]


def test_json_tells_such_characters_too() -> None:
    text = '{"toc": 1, "title": “T”, "goal": "G"}'
    assert [(p.line, p.column, "U+201C" in p.message) for p in problems(text, "json")] == [(1, 21, True)]
    text = '{"toc": 1,\n\u00a0"title": "T", "goal": "G"}'
    assert [(p.line, "U+00A0" in p.message) for p in problems(text, "json")] == [(2, True)]

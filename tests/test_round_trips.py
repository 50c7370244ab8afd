"""From a theory to a text and back: nothing is lost, and the same theory gives the same bytes."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import toc
from strategies import NASTY_IDS, NASTY_TEXTS, authored, json_values, tries
from toc import TheoryOfChange


def exactly(value: Any) -> str:
    """A JSON value as text in which order and kind count; 5.0 and 5 are the same number, as in JSON."""
    return json.dumps(_whole(value), allow_nan=False)


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


FORMATS = ("yaml", "json")
EXAMPLES = ("rgs-newcastle", "small-charity", "large-programme")


@pytest.mark.parametrize("format", FORMATS)
@tries(80)
@given(raw=authored())
def test_a_theory_reads_back_equal_and_in_the_same_order(raw: dict[str, Any], format: Any) -> None:
    theory = TheoryOfChange.model_validate(raw)
    text = theory.dumps(format)
    again = toc.loads(text, format=format)
    assert again == theory
    assert hash(again) == hash(theory)
    assert exactly(again.model_dump(mode="json")) == exactly(theory.model_dump(mode="json"))
    assert again.dumps(format) == text
    assert copy.deepcopy(theory).dumps(format) == text


@tries(40)
@given(raw=authored())
def test_the_long_form_reads_as_the_short_form(raw: dict[str, Any]) -> None:
    theory = TheoryOfChange.model_validate(raw)
    assert toc.loads(json.dumps(raw), format="json") == theory
    assert toc.loads(json.dumps(theory.model_dump(mode="json")), format="json") == theory


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("text", NASTY_TEXTS, ids=ascii)
def test_difficult_text_comes_back_as_it_was_wherever_it_stands(text: str, format: Any) -> None:
    raw = {
        "toc": 1,
        "title": text,
        "description": text,
        "context": {"external_factors": [text], "unintended": [text, "b"]},
        "goal": text,
        "outcomes": {"a": {"title": text, "leads_to": {"goal": text}, "tags": text}},
        "kpis": {
            "k": {
                "title": text,
                "measures": "a",
                "readings": [{"date": "2026-01-01", "value": 1, "where": {text: text}}],
            }
        },
        "x-note": {text: [text, {text: text}]},
    }
    theory = TheoryOfChange.model_validate(raw)
    again = toc.loads(theory.dumps(format), format=format)
    assert again == theory
    assert again.outcomes["a"].leads_to["goal"].because == text.strip()
    assert again.model_dump(mode="json")["x-note"] == raw["x-note"]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("id", NASTY_IDS)
def test_difficult_ids_come_back_as_they_were(id: str, format: Any) -> None:
    raw = {
        "toc": 1,
        "title": "T",
        "goals": {id: "G"},
        "pillars": {"p": {"title": "P", "leads_to": id}},
        "kpis": {"k": {"title": "K", "measures": [id]}},
        "partners": {id: "P"},
        "context": {"target_groups": {id: "Pupils"}},
    }
    theory = TheoryOfChange.model_validate(raw)
    assert toc.loads(theory.dumps(format), format=format) == theory


@pytest.mark.parametrize("format", FORMATS)
@tries(150)
@given(value=json_values(10))
@example(value={"": {"": []}})
@example(value=[[], {}, [[]], [{}], None, True, 0, -0.0, 1e300, 10**300, "", " ", "\n", "\t"])
@example(
    value={
        "a": "\n\n",
        "b": " lead",
        "c": "trail ",
        "d": "a\n\n\nb\n",
        "e": "\n a",
        "f": "# no",
        "- g": "? h",
        "i: j": ": k",
    }
)
@example(value={"\x00": "\x1b\x7f\x85\u2028", "\n": "key with a line end", "x" * 200: "a long key"})
def test_what_stands_under_x_keys_comes_back_exactly(value: Any, format: Any) -> None:
    raw = {"toc": 1, "title": "T", "goal": {"title": "G", "x-a": value}, "x-b": value, "x-c": {"a": [value]}}
    theory = TheoryOfChange.model_validate(raw)
    dumped = toc.loads(theory.dumps(format), format=format).model_dump(mode="json")
    assert exactly(dumped["x-b"]) == exactly(value)
    assert exactly(dumped["goals"]["goal"]["x-a"]) == exactly(value)
    assert exactly(dumped["x-c"]) == exactly({"a": [value]})


@pytest.mark.parametrize("format", FORMATS)
@tries(100)
@given(number=st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**60), 2**60))
@example(number=1e16)
@example(number=-0.0)
@example(number=5e-324)
@example(number=1e22)
@example(number=0.1)
def test_numbers_come_back_as_they_were(number: float, format: Any) -> None:
    raw = {
        "toc": 1,
        "title": "T",
        "goal": "G",
        "kpis": {"k": {"title": "K", "measures": "goal", "baseline": number, "target": number}},
    }
    theory = TheoryOfChange.model_validate(raw)
    again = toc.loads(theory.dumps(format), format=format)
    assert again == theory
    assert again.kpis["k"].baseline is not None
    assert again.kpis["k"].baseline.value == float(number)


@pytest.mark.parametrize("depth", [60, 90])
@pytest.mark.parametrize("format", FORMATS)
def test_a_theory_that_can_be_made_can_be_read_again_however_deep(depth: int, format: Any) -> None:
    value: Any = "deep"
    for _ in range(depth):
        value = [value]
    theory = TheoryOfChange.model_validate({"toc": 1, "title": "T", "goal": "G", "x-a": value})
    assert toc.loads(theory.dumps(format), format=format) == theory


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("format", FORMATS)
def test_the_examples_come_back_equal_in_both_formats(name: str, format: Any) -> None:
    theory = toc.example(name)
    text = theory.dumps(format)
    again = toc.loads(text, format=format)
    assert again == theory
    assert again.dumps(format) == text
    assert exactly(again.model_dump(mode="json")) == exactly(theory.model_dump(mode="json"))


@pytest.mark.parametrize("format", FORMATS)
@tries(30)
@given(raw=authored())
def test_a_saved_theory_loads_equal_and_saving_it_again_changes_no_byte(
    raw: dict[str, Any], format: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    theory = TheoryOfChange.model_validate(raw)
    path = Path(tmp_path_factory.mktemp("saved"), f"theory.{format}")
    theory.save(path)
    first = path.read_bytes()
    assert toc.load(path) == theory
    toc.load(path).save(path)
    assert path.read_bytes() == first


@pytest.mark.parametrize("format", ["yaml", "json"])
def test_a_pillar_keeps_its_own_order_of_the_goals(format: Literal["yaml", "json"]) -> None:
    theory = toc.loads("{toc: 1, title: T, goals: {a: A, b: B}, pillars: {p: {title: P, leads_to: [b, a]}, q: Q}}")
    again = toc.loads(theory.dumps(format), format=format)
    assert [list(again.pillars[id].leads_to) for id in "pq"] == [["b", "a"], ["a", "b"]]

"""What holds for every theory: copies are equal, order does not count, and nothing but our own errors is raised."""

from __future__ import annotations

import copy
import json
import pickle
import warnings
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, note, seed
from hypothesis import strategies as st
from pydantic import ValidationError

import strategies
import toc
from format_fields import fields, kinds, said, words
from strategies import authored, json_values, tries
from toc import TheoryError, TheoryOfChange
from toc.model import Theory
from toc.model.values import OwnWord, Vocabulary

# Every key of the format by the class it belongs to, and the words among which a key lets people choose. A key that holds
# its default says nothing: a test that generates the default only tries nothing.
KEYS = [(kind.__name__, key) for kind in kinds() for key in fields(kind)]
OWN_KEYS = [(kind.__name__, "x-…") for kind in kinds() if kind not in {OwnWord, Vocabulary}]
WORDS = {(kind.__name__, key): words(field) for kind in kinds() for key, field in fields(kind).items()}

SHORT_FORMS = {
    "goal text", "goal mapping", "goal id", "goals", "node text", "node null section", "leads_to id", "leads_to ids",
    "leads_to mapping", "leads_to null", "link null", "link because", "link mapping", "assumption text", "confidence word",
    "confidence number", "baseline number", "target number", "target mapping", "target list", "certainty word",
    "certainty mapping", "proven word", "proven mapping", "one name", "many names", "one id", "many ids",
}  # fmt: skip


@cache
def generated() -> tuple[dict[tuple[str, str], list[Any]], set[str]]:
    """What the generated theories hold: the values of each key that are not its default, and the short forms.

    One batch after the other, until nothing is missing or there have been enough.
    """
    found: dict[tuple[str, str], list[Any]] = {}
    forms: set[str] = set()

    def collect(raw: dict[str, Any]) -> None:
        forms.update(short_forms(raw))
        for place, key, value in said(Theory.model_validate(raw)):
            found.setdefault((place, key), []).append(value)

    for batch in range(24):
        seed(30 + batch)(tries(100)(given(authored())(collect)))()
        if not (unseen_keys(found) or unseen_words(found) or SHORT_FORMS - forms):
            break
    return found, forms


def unseen_keys(found: dict[tuple[str, str], list[Any]]) -> list[tuple[str, str]]:
    return [key for key in KEYS + OWN_KEYS if key not in found]


def unseen_words(found: dict[tuple[str, str], list[Any]]) -> list[tuple[str, str, Any]]:
    """The words that no theory holds, alone or in a list."""
    unseen = []
    for spot, choices in WORDS.items():
        held = [one for value in found.get(spot, ()) for one in (value if isinstance(value, tuple) else (value,))]
        unseen += [(*spot, word) for word in choices if word not in held]
    return unseen


def test_every_key_of_the_format_is_generated_with_a_value_that_is_not_its_default() -> None:
    found, _ = generated()
    assert unseen_keys(found) == []


def test_every_word_of_the_format_is_generated() -> None:
    found, _ = generated()
    assert unseen_words(found) == []
    assert {type(value) for value in found["Activity", "participation"]} == {int, str}


def test_every_short_form_is_generated() -> None:
    _, forms = generated()
    assert SHORT_FORMS - forms == set()


def short_forms(raw: dict[str, Any]) -> set[str]:
    forms = set()
    if "goal" in raw:
        forms.add("goal text" if isinstance(raw["goal"], str) else "goal mapping")
        forms.update({"goal id"} if isinstance(raw["goal"], dict) and "id" in raw["goal"] else ())
    for plural in strategies.PLURALS.values():
        if plural in raw:
            forms.update({"node null section"} if raw[plural] is None else {"goals"} if plural == "goals" else ())
            for node in (raw[plural] or {}).values():
                forms.update(node_forms(node))
    return forms


def node_forms(node: Any) -> set[str]:
    if isinstance(node, str):
        return {"node text"}
    shape = {str: "word", dict: "mapping", list: "list", int: "number", float: "number", type(None): "null"}
    forms = {
        f"{name} {shape[type(node[key])]}"
        for key, name in (
            ("baseline", "baseline"),
            ("target", "target"),
            ("certainty", "certainty"),
            ("evidence_strength", "proven"),
        )
        if key in node
    }
    if "tags" in node:
        forms.add("many names" if isinstance(node["tags"], list) else "one name")
    if "measures" in node:
        forms.add("many ids" if isinstance(node["measures"], list) else "one id")
    written = node.get("leads_to", 0)
    if written != 0:
        forms.add("leads_to " + {str: "id", list: "ids", dict: "mapping", type(None): "null"}[type(written)])
    for link in written.values() if isinstance(written, dict) else ():
        forms.add("link null" if link is None else "link because" if isinstance(link, str) else "link mapping")
        if isinstance(link, dict):
            forms.update({"assumption text"} if any(isinstance(a, str) for a in link.get("assumptions") or ()) else ())
            forms.add(f"confidence {shape[type(link.get('confidence'))]}")
    return forms


def reordered(value: Any) -> Any:
    """The same JSON value with every mapping turned round, but for what is kept and never read."""
    if isinstance(value, dict):
        return {key: item if key.startswith("x-") else reordered(item) for key, item in reversed(value.items())}
    return [reordered(item) for item in value] if isinstance(value, list) else value


@tries(60)
@given(authored())
def test_copies_through_the_normal_form_pickle_and_deepcopy_are_equal(raw: dict[str, Any]) -> None:
    theory = TheoryOfChange.model_validate(raw)
    dumped = theory.model_dump(mode="json")
    assert json.loads(json.dumps(dumped, allow_nan=False)) == dumped
    for same in (
        TheoryOfChange.model_validate(dumped),
        TheoryOfChange.model_validate(theory.model_dump()),
        TheoryOfChange.model_validate_json(theory.model_dump_json()),
        TheoryOfChange.model_validate(theory.model_dump(mode="json", exclude_unset=True)),
        TheoryOfChange.model_validate(theory.model_dump(mode="json", exclude_defaults=True)),
        pickle.loads(pickle.dumps(theory)),  # noqa: S301 - our own bytes
        copy.deepcopy(theory),
        copy.copy(theory),
        theory.model_copy(),
    ):
        assert same == theory
        assert hash(same) == hash(theory)
        assert same.model_dump(mode="json") == dumped
        assert [(link.source, link.target) for link in same.links] == [
            (link.source, link.target) for link in theory.links
        ]
        assert [node.id for node in same.nodes.values()] == list(theory.nodes)


@tries(40)
@given(authored())
def test_the_order_is_kept_and_does_not_count(raw: dict[str, Any]) -> None:
    theory = TheoryOfChange.model_validate(raw)
    dumped = theory.model_dump(mode="json")
    other = TheoryOfChange.model_validate(reordered(dumped))
    assert other == theory
    assert hash(other) == hash(theory)
    assert list(other.activities) == list(reversed(theory.activities))
    assert list(theory.activities) == list(raw.get("activities") or ())


@tries(25)
@given(authored(), st.data())
def test_a_changed_title_makes_a_theory_that_is_not_equal(raw: dict[str, Any], data: st.DataObject) -> None:
    theory = TheoryOfChange.model_validate(raw)
    id = data.draw(st.sampled_from(list(theory.nodes)))
    assert theory.edit(id, title=theory.nodes[id].title + "!") != theory
    assert theory.evolve(title=theory.title + "!") != theory


@tries(25)
@given(authored())
def test_validating_does_not_change_what_was_given(raw: dict[str, Any]) -> None:
    before = copy.deepcopy(raw)
    TheoryOfChange.model_validate(raw)
    assert raw == before


@pytest.mark.parametrize("json_text", [False, True], ids=["python", "json"])
@tries(150)
@given(value=json_values(12))
def test_any_json_value_is_refused_with_our_own_problems(value: Any, json_text: bool) -> None:
    refused_like_us(value, json_text=json_text)


PARTS = st.sampled_from([key for _, key in KEYS] + ["goal", "id", "source", "kind", "gaol"])
SHAPES = st.recursive(
    json_values(2) | st.sampled_from(["a", "b", "goal", "low", "2026-01-01"]),
    lambda inner: (
        st.dictionaries(PARTS | st.sampled_from(["a", "b", "goal", "Bad Id", ""]), inner, max_size=4)
        | st.lists(inner, max_size=3)
    ),
    max_leaves=15,
)


@tries(300)
@given(st.dictionaries(PARTS, SHAPES, min_size=1, max_size=6))
def test_the_right_keys_with_wrong_values_are_refused_with_our_own_problems(value: dict[str, Any]) -> None:
    refused_like_us({"toc": 1, "title": "Reading", **value}, json_text=False)


@tries(80)
@given(authored(), st.data())
def test_a_theory_with_anything_in_the_place_of_one_value_is_refused_with_our_own_problems(
    raw: dict[str, Any], data: st.DataObject
) -> None:
    raw = copy.deepcopy(raw)
    spots = list(places_in(raw))
    *above, last = data.draw(st.sampled_from(spots))
    here: Any = raw
    for step in above:
        here = here[step]
    here[last] = data.draw(SHAPES)
    refused_like_us(raw, json_text=False)


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Any:
    """The path of every value inside a JSON value."""
    for step, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, step)
        yield from places_in(part, (*path, step))


def refused_like_us(value: Any, *, json_text: bool) -> None:
    """Validation succeeds, or raises pydantic's error that holds none but our codes and the author's paths."""
    try:
        if json_text:
            TheoryOfChange.model_validate_json(json.dumps(value))
        else:
            TheoryOfChange.model_validate(value)
    except ValidationError as error:
        if not isinstance(value, dict):
            return  # pydantic's own words for what is not a mapping at all
        for detail in error.errors():
            note(str(detail))
            assert detail["type"] in toc.problems.CODES
            assert "\n" not in detail["msg"]
            assert is_authors_path(value, detail["loc"])


def is_authors_path(value: Any, path: tuple[Any, ...]) -> bool:
    """Whether a path leads to something that was written, or to a key that is missing in it."""
    for position, step in enumerate(path):
        if (isinstance(value, dict) and step in value) or (
            isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)
        ):
            value = value[step]
        else:
            return isinstance(value, dict) and position == len(path) - 1
    return True


@tries(60)
@given(json_values(6))
def test_what_can_stand_under_x_keys_can_be_written(value: Any) -> None:
    theory = TheoryOfChange.model_validate({"toc": 1, "title": "T", "goal": "G", "x-a": value})
    assert TheoryOfChange.model_validate_json(theory.model_dump_json()) == theory


@pytest.mark.parametrize(
    "value",
    [
        "half a \ud800 character",
        {"\udfff": 1},
        [["\ud800"]],
        float("nan"),
        float("inf"),
        {5: 1},
        {None: 1},
        b"bytes",
        {1, 2},
        object(),
        10**5000,
    ],
    ids=["surrogate", "key", "nested", "nan", "inf", "number key", "null key", "bytes", "set", "object", "endless"],
)
def test_what_json_cannot_hold_is_refused_under_x_keys(value: Any) -> None:
    for raw in ({"x-a": value}, {"x-a": [{"b": value}]}):
        with pytest.raises(ValidationError) as caught:
            TheoryOfChange.model_validate({"toc": 1, "title": "T", "goal": "G", **raw})
        assert [detail["type"] for detail in caught.value.errors(include_input=False)] == ["TOC012"]


def test_half_a_character_is_refused_everywhere_with_a_message_that_can_be_printed() -> None:
    for raw in (
        {"title": "\ud800"},
        {"x-\ud800": 1},
        {"outcomes": {"a": {"title": "A", "leads_to": "\ud800"}}},
        {"\ud800": 1},
    ):
        with pytest.raises(ValidationError) as caught:
            TheoryOfChange.model_validate({"toc": 1, "title": "T", "goal": "G", **raw})
        for detail in caught.value.errors(include_input=False):
            assert detail["type"] in toc.problems.CODES
            detail["msg"].encode()


GRAPHS = st.integers(1, 7).flatmap(
    lambda size: st.lists(st.lists(st.integers(0, size - 1), unique=True, max_size=3), min_size=size, max_size=size)
)


@tries(200)
@given(
    GRAPHS,
    st.sampled_from(["pillars", "outcomes", "outputs", "activities"]),
    st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6))),
)
def test_reported_cycles_are_cycles_in_walking_order_from_the_first_node_of_the_file(
    graph: list[list[int]], plural: str, feedback: set[tuple[int, int]]
) -> None:
    section = {
        f"n{i}": {
            "title": "N",
            "leads_to": {f"n{j}": {"feedback": True} if (i, j) in feedback and i != j else {} for j in targets},
        }
        for i, targets in enumerate(graph)
    }
    causal = {i: [j for j in targets if (i, j) not in feedback or i == j] for i, targets in enumerate(graph)}
    try:
        TheoryOfChange.model_validate({"toc": 1, "title": "T", "goal": "G", plural: section})
    except ValidationError as error:
        details = error.errors()
        assert {detail["type"] for detail in details} == {"TOC033"}
        for detail in details:
            walk = walk_of(detail["msg"])
            assert walk[0] == walk[-1] == min(walk)
            assert len(set(walk)) == len(walk) - 1
            assert all(there in causal[here] for here, there in pairwise(walk))
            assert detail["loc"] == (plural, f"n{walk[0]}", "leads_to", f"n{walk[1]}")
    else:
        assert not has_cycle(causal)
        return
    assert has_cycle(causal)


def walk_of(message: str) -> list[int]:
    """The numbers of `a cycle: n0 → n2 → n0; …`."""
    return [int(name.strip()[1:]) for name in message.split(":", 1)[1].split(";", maxsplit=1)[0].split("→")]


def has_cycle(graph: dict[int, list[int]]) -> bool:
    """Whether anything is left after taking away again and again what leads nowhere."""
    left = {node: set(targets) for node, targets in graph.items()}
    while leaves := [node for node, targets in left.items() if not targets]:
        for leaf in leaves:
            del left[leaf]
        for targets in left.values():
            targets.difference_update(leaves)
    return bool(left)


def problems_of(text: str, format: Any) -> tuple[toc.Problem, ...]:
    """What is wrong with a text; nothing, if it loads."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", toc.TocWarning)  # what a # cuts off is told beside the problems
            toc.loads(text, format=format)
    except TheoryError as error:
        assert error.problems  # noqa: PT017 - an error that lists nothing would pass for a theory
        return error.problems
    return ()


@pytest.mark.parametrize("format", ["yaml", "json"])
@tries(150)
@given(text=st.text(max_size=60) | st.lists(st.sampled_from("{}[]:,-&*!|>'\"#\n\t %@`?ab0 "), max_size=30).map("".join))
def test_any_text_is_a_theory_or_one_error_of_ours(text: str, format: Any) -> None:
    for written in (text, f"toc: 1\ntitle: T\ngoal: {text}\n", f'{{"toc": 1, "title": "T", "goal": {text}}}'):
        found = problems_of(written, format)
        assert all(problem.code in toc.problems.CODES for problem in found)
        assert all(problem.line and problem.column for problem in found)


@pytest.mark.parametrize("format", ["yaml", "json"])
@tries(100)
@given(data=st.binary(max_size=60))
def test_any_bytes_are_a_theory_or_one_error_of_ours(data: bytes, format: Any) -> None:
    with pytest.raises(TheoryError):
        toc.loads(data, format=format)

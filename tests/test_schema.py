"""The published JSON Schema and the program agree: what loads is accepted, wrong keys, types, words and ranges are not."""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given, note
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

import strategies
import toc
from strategies import authored, tries
from toc import TheoryOfChange

EXAMPLES = ("small-charity", "rgs-newcastle", "large-programme")
# What only the program can tell: unknown ids, ids used twice, the grammar of links, cycles, last goals.
GRAPH = {"TOC030", "TOC031", "TOC032", "TOC033"}

# The example of the format's own text.
FORMAT_EXAMPLE = """
toc: 1
title: Reading partners
description: One-to-one reading
context:
  problem: Too few children read well
  target_groups:
    pp-pupils: {title: Pupils eligible for Pupil Premium, disadvantaged: true}
  external_factors: [School budgets hold]
  unintended: [Volunteers' own study time shrinks]
goal: Every child in the city reads at their age
pillars:
  literacy: Literacy
outcomes:
  readers:
    title: Young readers catch up
    leads_to: literacy
    target_group: pp-pupils
    horizon: medium
outputs:
  sessions: {title: Weekly sessions held, leads_to: readers}
activities:
  reading-support:
    title: Weekly one-to-one reading
    leads_to:
      sessions:
      readers:
        because: Regular practice with a patient listener builds fluency
        assumptions:
          - Pupils are present most weeks
          - {text: Volunteers stay all year, test: attendance register, owner: Partnerships office, by: 2027-07-31, status: untested}
        evidence:
          - {source: "EEF Toolkit, one to one tuition", type: review, says: supports, strength: moderate, date: 2021-09-01, url: "https://example.org"}
        confidence: 0.7
        contribution: necessary
        sign: "+"
        feedback: false
    certainty: high
    participation: 100
    evidence_strength: established
    stakes: low
    starts: 2024-09-01
    ends: 2027-07-31
    recurs: weekly
    lead: Head of English
    funding: [School budget, Local foundation]
    partners: [st-marys]
    tags: [sixth-form]
kpis:
  reading-age:
    title: Reading-age gain over the school year
    measures: readers
    level: learning
    design: before-after
    unit: months
    direction: up
    baseline: {value: 0, date: 2025-09-01}
    target: {value: 14, by: 2026-07-31}
    readings:
      - {date: 2026-02-01, value: 6}
      - {date: 2026-07-31, value: 15, where: {group: pp-pupils}}
    source: Star Reading test
    method: before and after test
    frequency: termly
    owner: Partnerships office
    breakdowns: [pp-pupils]
partners:
  st-marys: St Mary's Primary School
settings:
  participation_scale: [50, 500]
  checks: {profile: plan, evidence_years: 10, silence: [{code: TOC999, node: readers, reason: agreed with the funder}]}
  vocabulary: {pillar: Workstream, activity: Project}
"""


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(toc.schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def accepts(raw: Any) -> bool:
    return bool(validator().is_valid(raw))


def parsed(text: str) -> Any:
    """YAML as plain JSON values, dates left as text."""
    return _parsed(yaml.compose(text, Loader=yaml.SafeLoader))


def _parsed(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _parsed(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_parsed(item) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    if node.tag.endswith((":int", ":float", ":bool", ":null")):
        return yaml.safe_load(node.value) if node.value else None
    return node.value


def value_problems(raw: Any) -> set[str]:
    """The codes of what is wrong with the values of a theory, as the program sees it.

    An unknown id that could not be an id at all is wrong in itself.
    """
    try:
        TheoryOfChange.model_validate(raw)
    except ValidationError as error:
        found = error.errors()
        return {
            e["type"]
            for e in found
            if e["type"] not in GRAPH or (e["type"] == "TOC030" and not is_id(written(raw, e["loc"])))
        }
    return set()


def is_id(id: Any) -> bool:
    return isinstance(id, str) and re.fullmatch("[a-z][a-z0-9-]*", id) is not None


def written(raw: Any, path: tuple[Any, ...]) -> Any:
    """The name at a path: the key itself where links are keyed by it, else the value."""
    return path[-1] if path[-2] == "leads_to" and isinstance(path[-1], str) else at(raw, path)


def test_it_is_a_schema_of_the_draft_it_names() -> None:
    schema = toc.schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(schema)) == schema


def test_it_is_the_same_every_time_and_no_one_elses_to_change() -> None:
    first = toc.schema()
    first["title"] = "changed"
    first["properties"].clear()
    assert toc.schema()["title"] != "changed"
    assert "title" in toc.schema()["properties"]


@tries(50)
@given(authored())
def test_it_accepts_every_theory_as_written_and_in_its_normal_form(raw: dict[str, Any]) -> None:
    theory = TheoryOfChange.model_validate(raw)
    for form in (
        raw,
        theory.model_dump(mode="json"),
        json.loads(theory.dumps("json")),
        theory.model_dump(mode="json", exclude_none=True),
    ):
        for error in validator().iter_errors(form):
            note(f"{list(error.absolute_path)}: {error.message[:200]}")
        assert accepts(form)


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_accepts_the_examples(name: str) -> None:
    raw = parsed(files("toc.examples").joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
    assert [error.message for error in validator().iter_errors(raw)] == []
    assert accepts(toc.example(name).model_dump(mode="json"))


def test_it_accepts_the_example_of_the_format() -> None:
    raw = parsed(FORMAT_EXAMPLE)
    assert [error.message for error in validator().iter_errors(raw)] == []
    assert toc.loads(FORMAT_EXAMPLE) == TheoryOfChange.model_validate(raw)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("goal",), {"title": "G"}), (("goal",), {"title": "G", "id": "impact"}), (("goal",), {"title": "G", "above_ceiling": False}),
        (("pillars", "literacy"), {"title": "L", "leads_to": []}), (("pillars",), None), (("outputs",), {}),
        (("outcomes", "readers", "leads_to"), ["literacy", "goal"]), (("outcomes", "readers", "leads_to"), {"literacy": None}),
        (("outcomes", "readers", "leads_to"), {"literacy": "because"}), (("outcomes", "readers", "leads_to"), None),
        (("outcomes", "readers", "target_group"), ["pp-pupils"]), (("outcomes", "readers", "by"), "2028-07-31"),
        (("outcomes", "readers"), "A title"), (("activities", "reading-support", "certainty"), {"level": "high", "because": "x"}),
        (("activities", "reading-support", "evidence_strength"), {"level": "none", "source": "x"}),
        (("activities", "reading-support", "participation"), "low"), (("activities", "reading-support", "participation"), 0),
        (("activities", "reading-support", "lead"), ["Head", "Deputy"]), (("activities", "reading-support", "partners"), "st-marys"),
        (("kpis", "reading-age", "measures"), ["readers", "literacy"]), (("kpis", "reading-age", "baseline"), 5),
        (("kpis", "reading-age", "target"), 5), (("kpis", "reading-age", "target"), [4, {"value": 5, "by": "2027-07-31"}]),
        (("kpis", "reading-age", "target"), [{"value": 5}]), (("kpis", "reading-age", "hours"), 0), (("kpis", "reading-age", "status"), "agreed"),
        (("context", "target_groups", "pp-pupils"), "Pupils"), (("partners", "st-marys"), {"title": "St Mary's", "url": "x", "description": "y"}),
        (("settings",), None), (("context", "external_factors"), "School budgets hold"), (("x-note",), {"any": ["thing"]}),
    ],
)  # fmt: skip
def test_it_accepts_every_short_and_long_form(path: tuple[str, ...], value: Any) -> None:
    raw = changed(path, value)
    assert value_problems(raw) == set()
    assert accepts(raw)


def changed(path: tuple[Any, ...], value: Any) -> Any:
    """The example of the format with one value put in its place."""
    raw = parsed(FORMAT_EXAMPLE)
    here = raw
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return raw


LINK = ("activities", "reading-support", "leads_to", "readers")
WRONG: list[tuple[tuple[Any, ...], Any]] = [
    # keys
    (("gaol",), "x"), (("goals",), {"a": "A"}), (("kind",), "x"), (("context", "probelm"), "x"), (("goal",), {"title": "G", "horizon": "short"}),
    (("outcomes", "readers", "id"), "readers"), (("outcomes", "readers", "kind"), "outcome"), (("outcomes", "readers", "measures"), "goal"),
    (("pillars", "literacy"), {"title": "L", "horizon": "short"}), (("pillars", "literacy"), {"title": "L", "pillar": "literacy"}),
    (("outputs", "sessions", "certainty"), "low"), (("activities", "reading-support", "horizon"), "short"),
    (("activities", "reading-support", "by"), "2026-01-01"), (("kpis", "reading-age", "leads_to"), "readers"),
    (("kpis", "reading-age", "pillar"), "literacy"), ((*LINK, "source"), "a"), ((*LINK, "target"), "a"), ((*LINK, "why"), "a"),
    ((*LINK, "assumptions"), [{"text": "a", "when": "b"}]), ((*LINK, "evidence"), [{"source": "a", "why": "b"}]),
    (("kpis", "reading-age", "target"), {"value": 1, "date": "2026-01-01"}), (("kpis", "reading-age", "baseline"), {"value": 1, "by": "2026-01-01"}),
    (("settings", "check"), {}), (("settings", "checks", "level"), "x"), (("settings", "vocabulary", "pilar"), "Workstream"),
    (("partners", "st-marys"), {"title": "x", "id": "y"}), (("outcomes", "Readers"), "x"), (("outcomes", "a b"), "x"), (("outcomes", ""), "x"),
    (("outcomes", "readers", "leads_to"), {"A B": None}), (("context", "target_groups", "A"), "x"), (("partners", "A"), "x"),
    # missing keys
    (("goal",), {}), (("goals",), {}), (("outcomes", "readers"), {}), (("outcomes", "readers"), None), (("kpis", "reading-age"), {"title": "K"}),
    ((*LINK, "assumptions"), [{}]), ((*LINK, "evidence"), [{}]), (("kpis", "reading-age", "target"), {}), (("kpis", "reading-age", "baseline"), {}),
    (("kpis", "reading-age", "readings"), [{"value": 1}]), (("kpis", "reading-age", "readings"), [{"date": "2026-01-01"}]),
    (("activities", "reading-support", "certainty"), {"because": "x"}), (("activities", "reading-support", "evidence_strength"), {}),
    (("settings", "checks", "silence"), [{"node": "readers"}]), (("kpis", "reading-age", "measures"), []), (("kpis", "reading-age", "measures"), None),
    # types
    (("title",), 5), (("title",), None), (("title",), ["x"]), (("goal",), 5), (("goal",), None), (("goal",), ["x"]), (("outcomes",), []), (("outcomes",), "x"),
    (("outcomes", "readers"), 5), (("outcomes", "readers"), ["x"]), (("kpis", "reading-age"), "A title"), (("outcomes", "readers", "tags"), 5),
    (("outcomes", "readers", "tags"), [5]), (("outcomes", "readers", "tags"), {}), (("outcomes", "readers", "above_ceiling"), "yes"),
    (("outcomes", "readers", "above_ceiling"), 1), (("outcomes", "readers", "leads_to"), 5), (("outcomes", "readers", "leads_to"), [5]),
    (("outcomes", "readers", "leads_to"), [["literacy"]]), (("outcomes", "readers", "leads_to"), {"literacy": 5}), ((*LINK, "feedback"), "true"),
    ((*LINK, "assumptions"), "one"), ((*LINK, "assumptions"), [5]), ((*LINK, "evidence"), ["a source"]), ((*LINK, "evidence"), {"source": "a"}),
    ((*LINK, "confidence"), "0.7"), ((*LINK, "confidence"), True), (("activities", "reading-support", "participation"), "12"),
    (("activities", "reading-support", "participation"), 12.5), (("activities", "reading-support", "participation"), True),
    (("kpis", "reading-age", "baseline"), "5"), (("kpis", "reading-age", "baseline"), True), (("kpis", "reading-age", "baseline"), [5]),
    (("kpis", "reading-age", "target"), "5"), (("kpis", "reading-age", "target"), []), (("kpis", "reading-age", "target"), ["5"]), (("kpis", "reading-age", "hours"), "5"),
    (("kpis", "reading-age", "readings"), {"date": "2026-01-01", "value": 1}), (("kpis", "reading-age", "readings"), [5]),
    (("kpis", "reading-age", "readings"), [{"date": "2026-01-01", "value": 1, "where": {"year": 9}}]),
    (("kpis", "reading-age", "readings"), [{"date": "2026-01-01", "value": 1, "n": "34"}]), (("kpis", "reading-age", "codes"), {"sdg": 4.1}),
    (("kpis", "reading-age", "readings"), [{"date": "2026-01-01", "value": 1, "n": -1}]), (("kpis", "reading-age", "path"), "curved"),
    (("settings", "monitoring"), {"tolerance": [0.1]}), (("settings", "monitoring"), {"tolerance": ["0.1", "0.2"]}), (("settings", "monitoring"), {"tolerance": [0, 0.2]}),
    (("settings", "iati"), {"status": 2}), (("settings", "iati"), {"reporting_org": "GB-CHC-1"}), (("settings", "cids"), {"organization": []}),
    (("settings", "participation_scale"), "50-500"), (("settings", "participation_scale"), [50]), (("settings", "participation_scale"), [1, 2, 3]),
    (("settings", "participation_scale"), ["50", "500"]), (("settings", "participation_scale"), [1.5, 5]), (("context",), "x"), (("context",), []),
    (("context", "external_factors"), 5), (("context", "target_groups"), []), (("partners", "st-marys"), 5), (("toc",), "1"), (("toc",), None), (("toc",), True),
    # words
    (("outcomes", "readers", "horizon"), "soon"), (("outcomes", "readers", "horizon"), "Short"), (("activities", "reading-support", "certainty"), "certain"),
    (("activities", "reading-support", "certainty"), {"level": "certain"}), (("activities", "reading-support", "participation"), "many"),
    (("activities", "reading-support", "evidence_strength"), "strong"), (("activities", "reading-support", "stakes"), "medium"),
    (("activities", "reading-support", "recurs"), "hourly"), ((*LINK, "contribution"), "needed"), ((*LINK, "sign"), "plus"), ((*LINK, "confidence"), "certain"),
    ((*LINK, "assumptions"), [{"text": "a", "status": "open"}]), ((*LINK, "evidence"), [{"source": "a", "type": "blog"}]),
    ((*LINK, "evidence"), [{"source": "a", "says": "yes"}]), ((*LINK, "evidence"), [{"source": "a", "strength": "high"}]),
    (("kpis", "reading-age", "level"), "impact"), (("kpis", "reading-age", "design"), "before"), (("kpis", "reading-age", "direction"), "higher"),
    (("kpis", "reading-age", "frequency"), "often"), (("kpis", "reading-age", "status"), "final"), (("settings", "checks", "profile"), "strict"),
    (("settings", "checks", "silence"), [{"code": "T1", "reason": "r"}]), (("language",), "English (UK)"),
    # ranges and forms
    (("toc",), 2), (("toc",), 0), ((*LINK, "confidence"), 1.5), ((*LINK, "confidence"), -0.1), (("activities", "reading-support", "participation"), -1),
    (("kpis", "reading-age", "hours"), -1), (("settings", "checks", "evidence_years"), 0), (("settings", "participation_scale"), [0, 5]),
    (("created",), "2026-7-1"), (("created",), "1.7.2026"), (("created",), "2026-02-30"), (("created",), "2026-07-31T10:00:00"), (("created",), 2026),
    (("outcomes", "readers", "by"), "2026"), (("title",), ""), (("title",), "  "), (("title",), "a\u0000b"), (("outcomes", "readers"), ""),
    (("outcomes", "readers", "tags"), [""]), (("outcomes", "readers", "tags"), ["a", "a"]), (("outcomes", "readers", "target_group"), ["pp-pupils", "pp-pupils"]),
    (("kpis", "reading-age", "measures"), ["readers", "readers"]), (("outcomes", "readers", "leads_to"), ["literacy", "literacy"]),
    (("outcomes", "readers", "pillar"), "Literacy!"), (("outcomes", "readers", "leads_to"), ""), (("outcomes", "readers", "target_group"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value"), WRONG, ids=lambda part: ascii(part)[-40:])
def test_it_refuses_what_the_program_refuses(path: tuple[Any, ...], value: Any) -> None:
    raw = changed(path, value)
    with pytest.raises(ValidationError):
        TheoryOfChange.model_validate(raw)
    assert not accepts(raw)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("created",), " 2026-07-31 "), (("outcomes", "readers", "horizon"), "short "), (("outcomes", "readers", "pillar"), " literacy"),
        (("activities", "reading-support", "participation"), " low "), (("outcomes", "readers", "leads_to"), [" literacy"]),
    ],
    ids=str,
)  # fmt: skip
def test_it_accepts_white_space_around_ids_words_and_dates_where_the_program_does(
    path: tuple[Any, ...], value: Any
) -> None:
    raw = changed(path, value)
    assert accepts(raw) == (value_problems(raw) == set())


@pytest.mark.parametrize(
    "raw", [None, 5, "text", [], {}, {"toc": 1}, {"toc": 1, "title": "T"}, {"title": "T", "goal": "G"}], ids=str
)
def test_it_refuses_what_is_no_theory(raw: Any) -> None:
    assert not accepts(raw)


ODD_VALUES = st.one_of(
    strategies.json_values(3),
    st.sampled_from([
        "", " ", "a", "goal", "low", "medium", "high", "2026-07-31", "2026-02-30", "12", 0, -1, 1,
        0.5, 10**10, True, False, None, [], {}, [""], ["a", "a"], {"a": None}, {"value": 1}, {"title": "T"}, "a\nb", "Not An Id",
        "\u00a0", "\u2028", "x" * 300, [1, 2], [50, 500], {"level": "low"}, "none", "+", "en-GB",
    ]),
)  # fmt: skip


@tries(150)
@given(authored(), st.data())
def test_with_one_value_changed_the_schema_and_the_program_agree(raw: dict[str, Any], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(places_in(raw), key=str)))
    agree(put(raw, path, data.draw(ODD_VALUES)))


@tries(80)
@given(authored(), st.data())
def test_with_one_key_added_the_schema_and_the_program_agree(raw: dict[str, Any], data: st.DataObject) -> None:
    mappings = [(), *(path for path in places_in(raw) if isinstance(at(raw, path), dict))]
    path = data.draw(st.sampled_from(sorted(mappings, key=str)))
    key = data.draw(st.sampled_from(sorted(EVERY_KEY)))
    agree(put(raw, (*path, key), data.draw(ODD_VALUES)))


@tries(60)
@given(authored(), st.data())
def test_with_one_key_taken_away_the_schema_and_the_program_agree(raw: dict[str, Any], data: st.DataObject) -> None:
    *above, last = data.draw(st.sampled_from(sorted(places_in(raw), key=str)))
    raw = copy.deepcopy(raw)
    del at(raw, tuple(above))[last]
    agree(raw)


EVERY_KEY = {
    "toc", "title", "description", "goal", "goals", "pillars", "kpis", "id", "kind", "source", "target", "leads_to", "by", "horizon",
    "measures", "value", "date", "text", "level", "because", "tags", "x-new", "X-new", "x", "Not An Id", "", "disadvantaged", "nodes", "zzz",
}  # fmt: skip


def agree(raw: Any) -> None:
    """Schema and program accept the same values (what hangs together with other values is the program's alone)."""
    refused = value_problems(raw)
    for error in validator().iter_errors(raw):
        note(f"schema: {list(error.absolute_path)}: {error.message[:200]}")
    note(f"program: {sorted(refused)}")
    assert accepts(raw) == (not refused)


@tries(40)
@given(authored())
def test_what_an_endpoint_answers_is_what_its_schema_says(raw: dict[str, Any]) -> None:
    schema = TypeAdapter(TheoryOfChange).json_schema(mode="serialization")
    dumped = TheoryOfChange.model_validate(raw).model_dump(mode="json")
    assert list(Draft202012Validator(schema).iter_errors(dumped)) == []


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Any:
    """The path of every value inside a JSON value, but for those under keys that are never read."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in steps:
        if not str(step).startswith("x-"):
            yield (*path, step)
            yield from places_in(part, (*path, step))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def put(raw: Any, path: tuple[Any, ...], value: Any) -> Any:
    raw = copy.deepcopy(raw)
    at(raw, path[:-1])[path[-1]] = value
    return raw

"""Every rule of the file format, by example. The tables are typed by hand from the format's own text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

import toc
from toc import Problem, TheoryError, TheoryOfChange

KINDS = ("goals", "pillars", "outcomes", "outputs", "activities", "kpis")
COMMON = {"title", "description", "target_group", "tags", "url", "above_ceiling"}
KEYS = {
    "goals": COMMON | {"by", "leads_to"},
    "pillars": COMMON | {"leads_to", "by"},
    "outcomes": COMMON | {"leads_to", "pillar", "horizon", "by"},
    "outputs": COMMON | {"leads_to", "pillar", "horizon", "by"},
    "activities": COMMON
    | {
        "leads_to",
        "pillar",
        "type",
        "certainty",
        "participation",
        "evidence_strength",
        "stakes",
        "starts",
        "ends",
        "recurs",
    }
    | {"lead", "funding", "partners"}
    | {"impact", "exchange", "reciprocates", "stage", "reach", "places", "only_together"},
    "kpis": COMMON
    | {
        "measures",
        "level",
        "design",
        "unit",
        "direction",
        "baseline",
        "target",
        "readings",
        "method",
        "source",
        "frequency",
    }
    | {"owner", "hours", "breakdowns", "status", "path", "codes", "agreed_on", "collected_by"},
}
LINKS = {  # from → to, without feedback
    "activities": {"activities", "outputs", "outcomes", "pillars", "goals"},
    "outputs": {"outputs", "outcomes", "pillars", "goals"},
    "outcomes": {"outcomes", "pillars", "goals"},
    "pillars": {"pillars", "goals"},
    "goals": set(),
}
# A right value for every key of a node, in a theory made by `whole()`.
VALUES: dict[str, Any] = {
    "title": "Another title", "description": "More", "target_group": "pupils", "tags": ["a", "b"], "url": "https://example.org",
    "above_ceiling": True, "by": "2030-01-31", "leads_to": {}, "pillar": "pillars-2", "horizon": "short", "type": "Club",
    "certainty": "low", "participation": 12, "evidence_strength": "none", "stakes": "high", "starts": "2026-09-01",
    "ends": "2027-07-31", "recurs": "termly", "lead": "Head", "funding": ["School"], "partners": "st-marys",
    "measures": ["outcomes-2"], "level": "learning", "design": "comparison", "unit": "months", "direction": "keep", "baseline": 1,
    "target": 2, "readings": [{"date": "2026-02-01", "value": 6}], "method": "Test", "source": "Star Reading",
    "frequency": "once", "owner": "Office", "hours": 1.5, "breakdowns": ["pupils"], "status": "draft",
    "path": "steps", "codes": {"sdg": "4.1.1"}, "agreed_on": "2026-06-01", "collected_by": "st-marys",
    "impact": {"internal": "low", "external": "high"}, "exchange": {"st-marys": {"gives": "venue", "gains": "provision"}},
    "reciprocates": "activities-2", "stage": "pilot", "reach": {"pupils": 12}, "places": "By need",
    "only_together": "No school could pay alone",
}  # fmt: skip


def whole() -> dict[str, Any]:
    """A theory with two nodes of every kind, `KIND-1` and `KIND-2`."""
    theory: dict[str, Any] = {"toc": 1, "title": "Reading", "context": {"target_groups": {"pupils": "Pupils"}}}
    for kind in KINDS:
        theory[kind] = {f"{kind}-{number}": {"title": "Node"} for number in (1, 2)}
    for kpi in theory["kpis"].values():
        kpi["measures"] = "outcomes-1"
    theory["partners"] = {"st-marys": {"title": "St Mary's"}}
    return theory


def small(**parts: Any) -> dict[str, Any]:
    return {"toc": 1, "title": "Reading", "goal": "Every child reads", **parts}


def read(raw: Any) -> TheoryOfChange:
    return TheoryOfChange.model_validate(raw)


def problems(raw: dict[str, Any]) -> list[Problem]:
    """What is wrong with a theory; it must not be valid."""
    with pytest.raises(ValidationError) as caught:
        read(raw)
    return [
        Problem(e["type"], e["msg"], e["loc"], suggestion=e.get("ctx", {}).get("suggestion"))
        for e in caught.value.errors()
    ]


def only_problem(raw: dict[str, Any]) -> Problem:
    found = problems(raw)
    assert len(found) == 1, found
    return found[0]


def with_key(kind: str, key: str, value: Any) -> dict[str, Any]:
    raw = whole()
    raw[kind][f"{kind}-1"][key] = value
    return raw


# What a file must say


def test_only_toc_title_and_a_goal_are_required() -> None:
    assert read({"toc": 1, "title": "T", "goal": "G"}).nodes.keys() == {"goal"}


@pytest.mark.parametrize("key", ["toc", "title"])
def test_a_missing_key_is_named(key: str) -> None:
    raw = small()
    del raw[key]
    found = only_problem(raw)
    assert (found.code, found.path) == ("TOC011", (key,))
    assert f"`{key}`" in found.message


def test_a_theory_without_a_goal_says_what_to_write() -> None:
    found = only_problem({"toc": 1, "title": "T"})
    assert found.code == "TOC035"
    assert "`goal:`" in found.message


@pytest.mark.parametrize("goals", [{}, None])
def test_empty_goals_are_no_goal(goals: Any) -> None:
    assert only_problem({"toc": 1, "title": "T", "goals": goals}).code == "TOC035"


@pytest.mark.parametrize("goals", [5, "text", True, [], 0, ["a"]])
def test_goals_of_the_wrong_kind_are_reported_at_goals(goals: Any) -> None:
    assert ("goals",) in {problem.path for problem in problems({"toc": 1, "title": "T", "goals": goals})}


def test_goals_of_the_wrong_kind_are_reported_besides_other_problems() -> None:
    raw = {"toc": 1, "title": "T", "goals": 5, "outcomes": {"a": {"title": "A", "leads_to": "nowhere"}}}
    assert {problem.path[0] for problem in problems(raw)} == {"goals", "outcomes"}


def test_goal_and_goals_together_are_an_error() -> None:
    found = only_problem(small(goals={"a": "A"}))
    assert (found.code, found.path) == ("TOC034", ("goals",))


# Short forms


def test_a_goal_as_text_has_the_id_goal() -> None:
    assert read(small()).goals["goal"].title == "Every child reads"


def test_a_goal_as_a_mapping_has_the_id_goal_unless_it_says_otherwise() -> None:
    assert list(read(small(goal={"title": "G"})).goals) == ["goal"]
    assert list(read(small(goal={"id": "impact", "title": "G"})).goals) == ["impact"]


@pytest.mark.parametrize("id", [5, None, True, [], {}])
def test_a_goals_id_of_the_wrong_kind_is_one_problem_about_that_id(id: Any) -> None:
    found = only_problem(small(goal={"id": id, "title": "G"}))
    assert found.path == ("goal", "id")
    assert found.code in {"TOC012", "TOC016"}


def test_a_goals_id_that_is_no_id_is_reported_at_the_id() -> None:
    found = only_problem(small(goal={"id": "The Goal", "title": "G"}))
    assert (found.code, found.path) == ("TOC016", ("goal", "id"))


def test_a_goals_bad_id_is_not_reported_again_at_every_pillar() -> None:
    raw = {"toc": 1, "title": "T", "goals": {"Bad Id": "G"}, "pillars": {"a": "A", "b": "B"}}
    assert only_problem(raw).path == ("goals", "Bad Id")


@pytest.mark.parametrize("kind", ["goals", "pillars", "outcomes", "outputs", "activities"])
def test_a_title_alone_stands_for_the_mapping(kind: str) -> None:
    raw = whole()
    raw[kind][f"{kind}-1"] = "A title"
    assert read(raw).nodes[f"{kind}-1"].title == "A title"


def test_a_title_alone_does_not_stand_for_a_kpi() -> None:
    found = only_problem(small(kpis={"gain": "Gain"}))
    assert (found.code, found.path) == ("TOC012", ("kpis", "gain"))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("outcomes-2", {"outcomes-2": {}}),
        (["outcomes-2", "pillars-1"], {"outcomes-2": {}, "pillars-1": {}}),
        ({"outcomes-2": None}, {"outcomes-2": {}}),
        ({"outcomes-2": "Practice"}, {"outcomes-2": {"because": "Practice"}}),
        (None, {}),
        ([], {}),
    ],
    ids=["id", "ids", "nothing", "because", "null", "empty"],
)
def test_short_forms_of_leads_to_mean_the_long_form(short: Any, full: Any) -> None:
    assert read(with_key("outcomes", "leads_to", short)) == read(with_key("outcomes", "leads_to", full))


@pytest.mark.parametrize(
    ("kind", "key", "short", "full"),
    [
        ("activities", "certainty", "high", {"level": "high"}),
        ("activities", "evidence_strength", "emerging", {"level": "emerging"}),
        ("activities", "lead", "Head", ["Head"]),
        ("activities", "funding", "Fund", ["Fund"]),
        ("activities", "partners", "st-marys", ["st-marys"]),
        ("outcomes", "tags", "one", ["one"]),
        ("outcomes", "target_group", "pupils", ["pupils"]),
        ("outcomes", "tags", None, []),
        ("kpis", "measures", "outputs-1", ["outputs-1"]),
        ("kpis", "baseline", 5, {"value": 5}),
        ("kpis", "target", 5, [{"value": 5}]),
        ("kpis", "target", {"value": 5, "by": "2026-01-01"}, [{"value": 5, "by": "2026-01-01"}]),
        ("kpis", "target", [4, 5], [{"value": 4}, {"value": 5}]),
        ("kpis", "breakdowns", "pupils", ["pupils"]),
        ("kpis", "collected_by", "st-marys", ["st-marys"]),
        ("activities", "impact", {"internal": "low"}, {"internal": {"level": "low"}}),
        ("activities", "exchange", {"st-marys": {"gives": "venue"}}, {"st-marys": {"gives": [{"resource": "venue"}]}}),
        ("activities", "exchange", {"st-marys": {"gives": "A boat"}}, {"st-marys": {"gives": [{"text": "A boat"}]}}),
        (
            "activities",
            "exchange",
            {"st-marys": {"gains": {"benefit": "synergy"}}},
            {"st-marys": {"gains": ["synergy"]}},
        ),
        ("activities", "exchange", {"st-marys": None}, {"st-marys": {}}),
        ("activities", "reciprocates", "activities-2", {"activities-2": None}),
        ("activities", "reciprocates", ["activities-2"], {"activities-2": None}),
        ("activities", "reciprocates", None, {}),
        ("kpis", "readings", None, []),
    ],
)
def test_short_forms_of_values_mean_the_long_form(kind: str, key: str, short: Any, full: Any) -> None:
    assert read(with_key(kind, key, short)) == read(with_key(kind, key, full))


def test_short_forms_of_assumptions_target_groups_and_partners_mean_the_long_form() -> None:
    short = read(with_key("outcomes", "leads_to", {"pillars-1": {"assumptions": ["Present"]}}))
    assert short == read(with_key("outcomes", "leads_to", {"pillars-1": {"assumptions": [{"text": "Present"}]}}))
    assert whole()["context"]["target_groups"]["pupils"] == "Pupils"
    raw = whole() | {
        "context": {"target_groups": {"pupils": {"title": "Pupils"}}},
        "partners": {"st-marys": "St Mary's"},
    }
    assert read(raw) == read(whole())


@pytest.mark.parametrize(
    "key",
    ["context", *KINDS[1:], "partners", "settings", "partnership", "reviews", "frames"],
)
def test_an_empty_section_is_as_good_as_none(key: str) -> None:
    assert read(small(**{key: None})) == read(small(**{key: {}})) == read(small())


def test_the_normal_form_abbreviates_nothing() -> None:
    raw = with_key("activities", "leads_to", {"pillars-1": "Practice"})
    raw["activities"]["activities-1"] |= {"certainty": "low", "lead": "Head", "target_group": "pupils"}
    raw["kpis"]["kpis-1"] |= {"target": 5, "baseline": 1}
    dumped = read(raw).model_dump(mode="json")
    activity = dumped["activities"]["activities-1"]
    assert activity["certainty"] == {"level": "low", "because": None}
    assert activity["lead"] == ["Head"]
    assert activity["leads_to"]["pillars-1"]["because"] == "Practice"
    assert activity["leads_to"]["pillars-1"]["sign"] == "+"
    assert not {"id", "kind", "source", "target"} & {*activity, *activity["leads_to"]["pillars-1"]}
    assert dumped["kpis"]["kpis-1"]["target"] == [{"value": 5, "by": None}]
    assert dumped["goals"]["goals-1"]["title"] == "Node"
    assert "goal" not in dumped


# Keys by kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_kind_is_taken(kind: str) -> None:
    for key in KEYS[kind]:
        node = read(with_key(kind, key, VALUES[key])).nodes[f"{kind}-1"]
        assert key in node.model_fields_set


def foreign_keys() -> Iterator[tuple[str, str]]:
    every = {key for keys in KEYS.values() for key in keys} | {
        "kind",
        "id",
        "source",
        "target",
        "goal",
        "pillars",
        "because",
    }
    for kind in KINDS:
        yield from ((kind, key) for key in sorted(every - KEYS[kind]))


@pytest.mark.parametrize(("kind", "key"), list(foreign_keys()))
def test_every_key_of_another_kind_is_refused(kind: str, key: str) -> None:
    found = only_problem(with_key(kind, key, VALUES.get(key, "x")))
    assert (found.code, found.path) == ("TOC010", (kind, f"{kind}-1", key))
    assert f"'{key}'" in found.message


@pytest.mark.parametrize("kind", KINDS)
def test_a_misspelt_key_comes_with_the_nearest_and_the_word_of_newer_versions(kind: str) -> None:
    for key in KEYS[kind] - {"by", "url"}:
        wrong = key[:-1] + "xx"
        found = only_problem(with_key(kind, wrong, VALUES[key]))
        assert (found.code, found.path, found.suggestion) == ("TOC010", (kind, f"{kind}-1", wrong), key)
        assert f"'{wrong}'" in found.message
        assert f"did you mean '{key}'" in found.message
        assert "newer version" in found.message


LINKED = ("outcomes", "outcomes-1", "leads_to", "pillars-1")
INSIDE = [  # where else keys stand: the path, a right mapping, a wrong key with the right one
    ((), None, "titel", "title"),
    ((), None, "activites", "activities"),
    (("context",), {}, "probelm", "problem"),
    (("context", "target_groups", "pupils"), {"title": "P"}, "disadvantged", "disadvantaged"),
    (("partners", "st-marys"), {"title": "P"}, "descripton", "description"),
    (("partners", "st-marys"), {"title": "P"}, "recieves", "receives"),
    (("partners", "st-marys", "brings", 0), {"resource": "venue"}, "becuase", "because"),
    (("partners", "st-marys", "receives"), {"benefit": "synergy"}, "benfit", "benefit"),
    (("partners", "st-marys", "disadvantage"), {"share": 0.4}, "mesure", "measure"),
    (("partnership",), {}, "decisons", "decisions"),
    (("partnership", "aim"), {"value": "broad"}, "becuase", "because"),
    (("partnership", "funding"), {}, "levle", "level"),
    (("partnership", "funding", "sources", "Trust"), {}, "untill", "until"),
    (("activities", "activities-1", "impact"), {}, "intrenal", "internal"),
    (("activities", "activities-1", "impact", "internal"), {"level": "low"}, "peple", "people"),
    (("activities", "activities-1", "exchange", "st-marys"), {}, "givs", "gives"),
    (("reviews", "autumn"), {"frame": "practices", "date": "2026-09-15"}, "anwsers", "answers"),
    (("frames", "ours"), {"title": "F", "source": "S", "statements": {"a": "A"}}, "licens", "licence"),
    (("settings",), {}, "vocabulry", "vocabulary"),
    (("settings", "checks"), {}, "profil", "profile"),
    (("settings", "checks", "silence", 0), {"code": "TOC999", "reason": "r"}, "nodes", "node"),
    (LINKED, {}, "becuse", "because"),
    (LINKED, {}, "confidense", "confidence"),
    ((*LINKED, "assumptions", 0), {"text": "A"}, "staus", "status"),
    ((*LINKED, "evidence", 0), {"source": "A"}, "strenght", "strength"),
    (("activities", "activities-1", "certainty"), {"level": "low"}, "becuase", "because"),
    (("activities", "activities-1", "evidence_strength"), {"level": "none"}, "sorce", "source"),
    (("kpis", "kpis-1", "baseline"), {"value": 1}, "dat", "date"),
    (("kpis", "kpis-1", "target"), {"value": 1}, "bye", "by"),
    (("kpis", "kpis-1", "target", 0), {"value": 1}, "bye", "by"),
    (("kpis", "kpis-1", "readings", 0), {"value": 1, "date": "2026-01-01"}, "wher", "where"),
]


def put(raw: dict[str, Any], path: tuple[Any, ...], mapping: Any) -> Any:
    """Put a mapping at a path, and give back the mapping that stands there."""
    here: Any = raw
    for step, following in zip(path, (*path[1:], None), strict=True):
        if isinstance(step, int):
            here.append({} if following is not None else mapping)
        elif following is None:
            here[step] = mapping
        elif step not in here or not isinstance(here[step], (dict, list)):
            here[step] = [] if isinstance(following, int) else {}
        here = here[step]
    return here


@pytest.mark.parametrize(("path", "mapping", "wrong", "right"), INSIDE)
def test_a_misspelt_key_is_found_in_every_mapping(path: tuple[Any, ...], mapping: Any, wrong: str, right: str) -> None:
    raw = whole()
    there = put(raw, path, dict(mapping)) if path else raw
    read(raw)
    there[wrong] = None
    found = only_problem(raw)
    assert (found.code, found.path, found.suggestion) == ("TOC010", (*path, wrong), right)


@pytest.mark.parametrize(("path", "mapping"), [(path, mapping) for path, mapping, *_ in INSIDE[1:]])
def test_a_key_that_begins_with_x_is_kept_in_every_mapping(path: tuple[Any, ...], mapping: Any) -> None:
    raw = whole()
    there = put(raw, path, dict(mapping)) if path else raw
    kept = {"nested": [1, {"deep": None}, True, "text", 1.5], "more": {}}
    there["x-note"] = kept
    dumped: Any = read(raw).model_dump(mode="json")
    for step in path:
        dumped = dumped[step]
    assert (dumped[0] if isinstance(dumped, list) else dumped)["x-note"] == kept


def test_a_key_that_begins_with_x_is_kept_in_the_vocabulary() -> None:
    raw = small(settings={"vocabulary": {"pillar": "Workstream", "x-note": {"a": 1}}})
    assert read(raw).model_dump(mode="json")["settings"]["vocabulary"]["x-note"] == {"a": 1}


def test_what_stands_under_x_keys_counts_in_equality() -> None:
    assert read(small(**{"x-note": [1, 2]})) != read(small(**{"x-note": [2, 1]}))
    assert read(small(**{"x-note": {"a": 1, "b": 2}})) == read(small(**{"x-note": {"b": 2, "a": 1}}))


@pytest.mark.parametrize("ends", ["source", "target"])
def test_a_link_has_no_ends_of_its_own(ends: str) -> None:
    for value in ("outcomes-1", 5, None):
        found = only_problem(with_key("outcomes", "leads_to", {"pillars-1": {ends: value}}))
        assert (found.code, found.path) == ("TOC010", (*LINKED, ends))


@pytest.mark.parametrize("value", ["outcomes-1", 5, None, {}])
def test_a_node_has_no_id_of_its_own(value: Any) -> None:
    found = only_problem(with_key("outcomes", "id", value))
    assert (found.code, found.path) == ("TOC010", ("outcomes", "outcomes-1", "id"))


@pytest.mark.parametrize(
    ("path", "mapping", "key"),
    [
        (("outcomes", "outcomes-1"), {}, "title"),
        (("kpis", "kpis-1"), {"title": "K"}, "measures"),
        (("partners", "st-marys"), {}, "title"),
        (("context", "target_groups", "pupils"), {}, "title"),
        (("partners", "st-marys", "disadvantage"), {}, "share"),
        (("partnership", "aim"), {}, "value"),
        (("activities", "activities-1", "impact", "internal"), {}, "level"),
        (("reviews", "autumn"), {"date": "2026-09-15"}, "frame"),
        (("reviews", "autumn"), {"frame": "practices"}, "date"),
        (("frames", "ours"), {"source": "S", "statements": {"a": "A"}}, "title"),
        (("frames", "ours"), {"title": "F", "source": "S"}, "statements"),
        ((*LINKED, "assumptions", 0), {}, "text"),
        ((*LINKED, "evidence", 0), {}, "source"),
        (("activities", "activities-1", "certainty"), {}, "level"),
        (("activities", "activities-1", "evidence_strength"), {}, "level"),
        (("kpis", "kpis-1", "baseline"), {}, "value"),
        (("kpis", "kpis-1", "target"), {}, "value"),
        (("kpis", "kpis-1", "target", 0), {}, "value"),
        (("kpis", "kpis-1", "readings", 0), {"value": 1}, "date"),
        (("kpis", "kpis-1", "readings", 0), {"date": "2026-01-01"}, "value"),
        (("settings", "checks", "silence", 0), {"reason": "r"}, "code"),
        (("settings", "checks", "silence", 0), {"code": "TOC999"}, "reason"),
    ],
)
def test_a_required_key_is_missed_in_every_mapping(path: tuple[Any, ...], mapping: Any, key: str) -> None:
    raw = whole()
    put(raw, path, mapping)
    found = only_problem(raw)
    assert (found.code, found.path) == ("TOC011", (*path, key))
    assert f"`{key}`" in found.message


@pytest.mark.parametrize("kind", KINDS)
def test_only_goals_are_above_the_ceiling_unless_they_say_otherwise(kind: str) -> None:
    assert read(whole()).nodes[f"{kind}-1"].above_ceiling is (kind == "goals")
    assert read(with_key(kind, "above_ceiling", kind != "goals")).nodes[f"{kind}-1"].above_ceiling is (kind != "goals")


def test_defaults_are_those_of_the_format() -> None:
    theory = read(
        with_key("outcomes", "leads_to", {"pillars-1": {"assumptions": ["A"], "evidence": [{"source": "S"}]}})
    )
    link = theory.outcomes["outcomes-1"].leads_to["pillars-1"]
    assert (link.contribution, link.sign, link.feedback, link.confidence) == ("contributory", "+", False, None)
    assert link.assumptions[0].status == "untested"
    assert link.evidence[0].says is None  # a source by itself takes no stance
    kpi = theory.kpis["kpis-1"]
    assert (kpi.design, kpi.direction, kpi.status) == ("after", "up", None)
    assert theory.settings.participation_scale == (50, 500)


# Ids


@pytest.mark.parametrize("id", ["a", "a1", "year-9-maths", "a-", "a--b", "x-ray", "no", "null"])
def test_kebab_case_is_an_id(id: str) -> None:
    assert id in read(small(outcomes={id: "A"})).outcomes


@pytest.mark.parametrize(
    "id", ["", " ", "A", "aB", "1a", "-a", "a_b", "a b", "a.b", "é", "aé", "a\n", " a", "a ", "読", "1", "a/b"]
)
@pytest.mark.parametrize("kind", ["pillars", "outcomes", "outputs", "activities", "kpis", "partners", "target_groups"])
def test_anything_else_is_not_an_id(id: str, kind: str) -> None:
    node = {"title": "A", **({"measures": "goal"} if kind == "kpis" else {})}
    raw = small(context={kind: {id: node}}) if kind == "target_groups" else small(**{kind: {id: node}})
    found = only_problem(raw)
    assert (found.code, found.path[-1]) == ("TOC016", id)


@pytest.mark.parametrize("first", KINDS)
@pytest.mark.parametrize("second", KINDS)
def test_an_id_in_two_kinds_is_an_error(first: str, second: str) -> None:
    if KINDS.index(first) >= KINDS.index(second):
        return
    raw = whole()
    raw[second][f"{first}-1"] = {"title": "A", **({"measures": "outcomes-2"} if second == "kpis" else {})}
    found = [problem for problem in problems(raw) if problem.code != "TOC032"]  # the KPIs measure what may now be a KPI
    assert [(problem.code, problem.path) for problem in found] == [("TOC031", (second, f"{first}-1"))]
    assert f"'{first}-1'" in found[0].message


def test_partners_and_target_groups_have_ids_of_their_own() -> None:
    raw = small(partners={"goal": "G"}, context={"target_groups": {"goal": "G"}})
    assert read(raw).partners["goal"].title == "G"


# Links


@pytest.mark.parametrize("source", LINKS)
@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("form", ["id", "ids", "mapping", "because"])
def test_links_go_where_the_grammar_says(source: str, target: str, form: str) -> None:
    id = f"{target}-2"
    written = {"id": id, "ids": [id], "mapping": {id: {"sign": "-"}}, "because": {id: "Why"}}[form]
    raw = with_key(source, "leads_to", written)
    if target in LINKS[source]:
        (link,) = (link for link in read(raw).links if link.source == f"{source}-1")
        assert link.target == id
        return
    found = only_problem(raw)
    where = () if form == "id" else (0,) if form == "ids" else (id,)
    assert (found.code, found.path) == ("TOC032", (source, f"{source}-1", "leads_to", *where))
    assert id in found.message


@pytest.mark.parametrize("source", LINKS)
@pytest.mark.parametrize("target", KINDS)
def test_a_feedback_link_goes_from_any_node_but_a_kpi_to_any_other(source: str, target: str) -> None:
    raw = with_key(source, "leads_to", {f"{target}-2": {"feedback": True}})
    if target == "kpis":
        assert only_problem(raw).code == "TOC032"
    else:
        assert [
            link.feedback for link in read(raw).links if link.source == f"{source}-1" and link.target == f"{target}-2"
        ] == [True]


@pytest.mark.parametrize("kind", LINKS)
def test_a_feedback_link_needs_another_node(kind: str) -> None:
    assert only_problem(with_key(kind, "leads_to", {f"{kind}-1": {"feedback": True}})).code in {"TOC032", "TOC033"}


@pytest.mark.parametrize("kind", ["pillars", "outcomes", "outputs", "activities"])
def test_a_cycle_is_named_in_walking_order(kind: str) -> None:
    raw = small(
        **{
            kind: {
                "c": {"title": "C", "leads_to": "a"},
                "b": {"title": "B", "leads_to": "c"},
                "a": {"title": "A", "leads_to": ["b"]},
            }
        }
    )
    found = only_problem(raw)
    assert (found.code, found.path) == ("TOC033", (kind, "c", "leads_to"))
    assert "c → a → b → c" in found.message
    assert "feedback: true" in found.message


@pytest.mark.parametrize("kind", ["pillars", "outcomes", "outputs", "activities"])
def test_a_link_to_itself_is_a_cycle(kind: str) -> None:
    found = only_problem(small(**{kind: {"a": {"title": "A", "leads_to": "a"}}}))
    assert found.code == "TOC033"
    assert "a → a" in found.message


def test_a_feedback_link_breaks_the_cycle() -> None:
    a_to_b = {"title": "A", "leads_to": "b"}
    assert read(small(outcomes={"a": a_to_b, "b": {"title": "B", "leads_to": {"a": {"feedback": True}}}}))


def test_every_knot_of_cycles_is_reported() -> None:
    pairs = {name: {"title": "N", "leads_to": name[::-1]} for name in ("ab", "ba", "cd", "dc")}
    assert [problem.code for problem in problems(small(outcomes=pairs))] == ["TOC033", "TOC033"]


def test_thousands_of_loops_are_each_reported() -> None:
    section: dict[str, Any] = {}
    for number in range(2_500):
        section |= {
            f"a{number}": {"title": "A", "leads_to": f"b{number}"},
            f"b{number}": {"title": "B", "leads_to": f"a{number}"},
        }
    assert [problem.code for problem in problems(small(outcomes=section))] == ["TOC033"] * 2_500


@pytest.mark.parametrize(("target", "code"), [("nowhere", "TOC030"), ("kpis-1", "TOC032")])
def test_a_wrong_argument_is_reported_besides_the_wrong_target_of_its_link(target: str, code: str) -> None:
    arguments: tuple[Any, ...] = (5, [], {"zzz": 1}, {"confidence": 7}, "")
    for argument in arguments:
        found = problems(with_key("outcomes", "leads_to", {target: argument}))
        assert len(found) == 2
        assert code in {problem.code for problem in found}


@pytest.mark.parametrize("written", [["pillars-1", " pillars-1"], {"pillars-1": "why", " pillars-1": "because"}])
def test_an_id_repeated_but_for_white_space_is_not_dropped(written: Any) -> None:
    assert {problem.code for problem in problems(with_key("outcomes", "leads_to", written))} <= {
        "TOC016",
        "TOC018",
        "TOC019",
        "TOC030",
    }


def test_a_name_repeated_in_leads_to_is_an_error() -> None:
    found = only_problem(with_key("outcomes", "leads_to", ["pillars-1", "pillars-1"]))
    assert found.code == "TOC018"
    assert "'pillars-1'" in found.message


@pytest.mark.parametrize(
    ("kind", "key", "names"),
    [
        ("outcomes", "tags", ["a", "b", "a"]),
        ("outcomes", "tags", ["a", " a "]),
        ("outcomes", "target_group", ["pupils", "pupils"]),
        ("activities", "lead", ["a", "a"]),
        ("activities", "funding", ["a", "a"]),
        ("activities", "partners", ["st-marys", "st-marys"]),
        ("kpis", "measures", ["outcomes-1", "outcomes-1"]),
        ("kpis", "breakdowns", ["a", "a"]),
    ],
)
def test_a_name_repeated_in_a_list_is_an_error(kind: str, key: str, names: list[str]) -> None:
    found = only_problem(with_key(kind, key, names))
    assert found.code == "TOC018"
    assert found.path[:3] == (kind, f"{kind}-1", key)


def test_a_name_repeated_in_the_context_is_an_error() -> None:
    for key in ("external_factors", "unintended"):
        assert only_problem(small(context={key: ["a", "a"]})).code == "TOC018"


# References


@pytest.mark.parametrize(
    ("kind", "key", "near", "right"),
    [
        *[(kind, "target_group", "pupls", "pupils") for kind in KINDS],
        *[(kind, "pillar", "pilars-1", "pillars-1") for kind in ("outcomes", "outputs", "activities")],
        ("activities", "partners", "st-mary", "st-marys"),
        ("kpis", "measures", "outcome-1", "outcomes-1"),
    ],
)
def test_an_unknown_id_comes_with_the_nearest(kind: str, key: str, near: str, right: str) -> None:
    found = only_problem(with_key(kind, key, near))
    assert (found.code, found.path, found.suggestion) == ("TOC030", (kind, f"{kind}-1", key), right)
    assert f"'{near}'" in found.message
    if key != "pillar":
        found = only_problem(with_key(kind, key, [right, near]))
        assert (found.code, found.path, found.suggestion) == ("TOC030", (kind, f"{kind}-1", key, 1), right)


@pytest.mark.parametrize("kind", LINKS)
def test_a_link_to_nowhere_comes_with_the_nearest_id(kind: str) -> None:
    for written, where in (("pilars-1", ()), (["pilars-1"], (0,)), ({"pilars-1": None}, ("pilars-1",))):
        found = only_problem(with_key(kind, "leads_to", written))
        assert (found.code, found.path) == ("TOC030", (kind, f"{kind}-1", "leads_to", *where))
        assert found.suggestion == "pillars-1"


def test_a_silence_of_a_node_that_does_not_exist_is_an_error() -> None:
    raw = whole() | {"settings": {"checks": {"silence": [{"code": "TOC999", "node": "pilars-1", "reason": "r"}]}}}
    found = only_problem(raw)
    assert (found.code, found.path) == ("TOC030", ("settings", "checks", "silence", 0, "node"))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "kpis"])
def test_a_kpi_measures_any_node_but_a_kpi(kind: str) -> None:
    assert read(with_key("kpis", "measures", f"{kind}-1")).kpis["kpis-1"].measures == (f"{kind}-1",)


def test_a_kpi_does_not_measure_a_kpi() -> None:
    found = only_problem(with_key("kpis", "measures", ["outcomes-1", "kpis-2"]))
    assert (found.code, found.path) == ("TOC032", ("kpis", "kpis-1", "measures", 1))


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("outcomes", "leads_to"),
        ("outcomes", "pillar"),
        ("outcomes", "target_group"),
        ("activities", "partners"),
        ("kpis", "measures"),
    ],
)
@pytest.mark.parametrize("blank", ["", " "])
def test_an_empty_id_is_an_error(kind: str, key: str, blank: str) -> None:
    assert len(problems(with_key(kind, key, blank))) == 1
    if key != "pillar":
        assert len(problems(with_key(kind, key, [blank]))) == 1


@pytest.mark.parametrize("measures", [[], None])
def test_a_kpi_measures_something(measures: Any) -> None:
    assert only_problem(with_key("kpis", "measures", measures)).code == "TOC011"


@pytest.mark.parametrize("key", ["leads_to", "pillar"])
def test_a_name_that_is_no_id_is_one_problem_and_not_two(key: str) -> None:
    assert only_problem(with_key("outcomes", key, "Pillars 1")).code in {"TOC016", "TOC030"}


# Pillars and their columns


def test_a_pillar_leads_to_every_goal_unless_it_says_otherwise() -> None:
    theory = read(whole())
    assert list(theory.pillars["pillars-1"].leads_to) == ["goals-1", "goals-2"]
    for form in ("A title", {"title": "A"}, {"title": "A", "leads_to": None}):
        assert list(read(whole() | {"pillars": {"pillars-1": form}}).pillars["pillars-1"].leads_to) == [
            "goals-1",
            "goals-2",
        ]


@pytest.mark.parametrize("nothing", [[], {}])
def test_a_pillar_told_to_lead_nowhere_leads_nowhere(nothing: Any) -> None:
    theory = read(with_key("pillars", "leads_to", nothing))
    assert theory.pillars["pillars-1"].leads_to == {}
    assert TheoryOfChange.model_validate(theory.model_dump(mode="json")) == theory


def test_a_pillar_that_names_one_goal_leads_to_that_one_alone() -> None:
    assert list(read(with_key("pillars", "leads_to", "goals-2")).pillars["pillars-1"].leads_to) == ["goals-2"]


def columns(**outcomes: Any) -> TheoryOfChange:
    return read(small(pillars={"stem": "STEM", "arts": "Arts"}, outcomes=outcomes))


def test_a_node_stands_in_the_column_of_the_nearest_pillar_it_leads_to() -> None:
    theory = columns(
        far={"title": "F", "leads_to": ["near", "direct"]},
        near={"title": "N", "leads_to": "middle"},
        middle={"title": "M", "leads_to": "stem"},
        direct={"title": "D", "leads_to": "arts"},
        alone={"title": "A", "leads_to": "goal"},
    )
    assert theory.pillar_of("far") == "arts"
    assert theory.pillar_of("near") == theory.pillar_of("middle") == "stem"
    assert theory.pillar_of("alone") is None


def test_pillar_names_the_column_whatever_the_node_leads_to() -> None:
    theory = columns(
        told={"title": "T", "leads_to": "stem", "pillar": "arts"},
        alone={"title": "A", "pillar": "arts"},
    )
    assert theory.pillar_of("told") == theory.pillar_of("alone") == "arts"


def test_at_equal_distance_the_authors_first_pillar_counts() -> None:
    assert columns(both={"title": "B", "leads_to": ["stem", "arts"]}).pillar_of("both") == "stem"


def test_feedback_does_not_draw_a_node_into_a_column() -> None:
    theory = columns(
        a={"title": "A", "leads_to": {"stem": {"feedback": True}, "b": None}}, b={"title": "B", "leads_to": "arts"}
    )
    assert theory.pillar_of("a") == "arts"


# Values


@pytest.mark.parametrize(
    ("kind", "key"),
    [("kpis", "hours"), ("kpis", "baseline"), ("kpis", "target"), ("activities", "participation")],
)
@pytest.mark.parametrize("wrong", ["5", " 5 ", "5.0", "five", "", True, False, [], {}, ["5"]])
def test_numbers_never_come_from_text_and_true_is_no_number(kind: str, key: str, wrong: Any) -> None:
    assert {problem.code for problem in problems(with_key(kind, key, wrong))} <= {"TOC011", "TOC012", "TOC013"}


@pytest.mark.parametrize("wrong", ["0.7", "1", True, False, [], {}, 1.01, -0.01, 70, float("nan"), float("inf")])
def test_confidence_is_a_share_or_a_word(wrong: Any) -> None:
    found = only_problem(with_key("outcomes", "leads_to", {"pillars-1": {"confidence": wrong}}))
    assert found.path == (*LINKED, "confidence")


@pytest.mark.parametrize(
    ("word", "share"), [("low", 0.25), ("medium", 0.5), ("high", 0.8), (0, 0.0), (1, 1.0), (0.7, 0.7)]
)
def test_words_of_confidence_are_shares(word: Any, share: float) -> None:
    theory = read(with_key("outcomes", "leads_to", {"pillars-1": {"confidence": word}}))
    confidence = theory.outcomes["outcomes-1"].leads_to["pillars-1"].confidence
    assert confidence == share
    assert isinstance(confidence, float)


@pytest.mark.parametrize("value", ["true", "yes", "no", 1, 0, None, []])
def test_true_and_false_come_from_nothing_else(value: Any) -> None:
    assert only_problem(with_key("outcomes", "above_ceiling", value)).code == "TOC012"
    assert problems(with_key("outcomes", "leads_to", {"pillars-1": {"feedback": value}}))[0].code == "TOC012"


@pytest.mark.parametrize("value", [0, 1, 100, 10**6, "low", "medium", "high"])
def test_participation_is_people_or_a_word(value: Any) -> None:
    assert read(with_key("activities", "participation", value)).activities["activities-1"].participation == value


@pytest.mark.parametrize("value", [-1, 12.5, float("nan"), float("inf"), "many", "12", True])
def test_participation_is_whole_and_not_negative(value: Any) -> None:
    assert only_problem(with_key("activities", "participation", value)).path[-1] == "participation"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("key", ["hours", "baseline", "target"])
def test_numbers_are_finite(key: str, value: float) -> None:
    assert only_problem(with_key("kpis", key, value)).code == "TOC014"


def test_hours_are_not_negative() -> None:
    assert only_problem(with_key("kpis", "hours", -1)).code == "TOC014"


DATES = [
    ("theory", "created"), ("theory", "review_on"), ("goals", "by"), ("pillars", "by"), ("outcomes", "by"), ("outputs", "by"),
    ("activities", "starts"), ("activities", "ends"),
]  # fmt: skip
NOT_DATES = [
    "2026-7-31", "31.07.2026", "2026-07", "2026", "20260731", "2026-07-31T00:00:00", "2026-07-31 12:00", "2026-02-30", "2026-13-01",
    "0000-01-01", "2026-W01-1", "٢٠٢٦-٠١-٠١", "tomorrow", "", 2026, 20260731, 1.5, True, [], {},
]  # fmt: skip


@pytest.mark.parametrize(("kind", "key"), DATES)
def test_dates_are_year_month_and_day(kind: str, key: str) -> None:
    raw = small(**{key: "2026-07-31"}) if kind == "theory" else with_key(kind, key, "2026-07-31")
    theory = read(raw)
    assert getattr(theory if kind == "theory" else theory.nodes[f"{kind}-1"], key) == date(2026, 7, 31)
    for wrong in NOT_DATES:
        raw = small(**{key: wrong}) if kind == "theory" else with_key(kind, key, wrong)
        found = only_problem(raw)
        assert (found.code, found.path[-1]) == ("TOC015", key)


@pytest.mark.parametrize(
    ("path", "mapping", "key"),
    [
        ((*LINKED, "assumptions", 0), {"text": "A"}, "by"),
        ((*LINKED, "evidence", 0), {"source": "A"}, "date"),
        (("kpis", "kpis-1", "baseline"), {"value": 1}, "date"),
        (("kpis", "kpis-1", "target", 0), {"value": 1}, "by"),
        (("kpis", "kpis-1", "readings", 0), {"value": 1}, "date"),
    ],
)
def test_dates_inside_values_are_dates_too(path: tuple[Any, ...], mapping: Any, key: str) -> None:
    for wrong in NOT_DATES:
        raw = whole()
        put(raw, path, mapping | {key: wrong})
        found = only_problem(raw)
        assert (found.code, found.path) == ("TOC015", (*path, key))


TEXTS = [
    ("description",), ("owner",), ("version",), ("title",), ("goal",), ("context", "problem"), ("outcomes", "a"),
    ("context", "target_groups", "pupils"), ("partners", "st-marys"), ("outcomes", "a", "tags"), ("outcomes", "a", "tags", 0),
    ("outcomes", "a", "title"), ("outcomes", "a", "leads_to", "goal"), ("outcomes", "a", "leads_to", "goal", "because"),
    ("outcomes", "a", "leads_to", "goal", "assumptions", 0), ("activities", "a", "lead"), ("activities", "a", "funding", 0),
    ("context", "external_factors"), ("context", "unintended", 0), ("settings", "vocabulary", "pillar"), ("outcomes", "a", "url"),
]  # fmt: skip


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: ".".join(map(str, path)))
@pytest.mark.parametrize("number", [2024, 1.5, True])
def test_a_number_where_text_is_expected_says_to_quote_it(path: tuple[Any, ...], number: Any) -> None:
    raw = small()
    if len(path) > 2 and path[0] in {"outcomes", "activities"} and path[2] != "title":
        raw[path[0]] = {"a": {"title": "A"}}
    put(raw, path, number)
    found = next(problem for problem in problems(raw) if problem.code == "TOC012")
    assert found.path == path
    assert "quotes" in found.message


@pytest.mark.parametrize("blank", ["", " ", "\n\t ", "\u00a0", "\u2003"])
def test_blank_text_is_an_error(blank: str) -> None:
    assert only_problem(small(title=blank)).code == "TOC017"
    assert only_problem(small(outcomes={"a": blank})).code == "TOC017"
    assert only_problem(small(outcomes={"a": {"title": "A", "leads_to": {"goal": blank}}})).code == "TOC017"
    assert only_problem(small(outcomes={"a": {"title": "A", "tags": ["b", blank]}})).code == "TOC017"


def test_text_is_stripped() -> None:
    raw = small(title="  Reading \n", outcomes={"a": {"title": " A ", "tags": [" b "], "leads_to": {"goal": " why "}}})
    theory = read(raw)
    outcome = theory.outcomes["a"]
    assert (theory.title, outcome.title, outcome.tags, outcome.leads_to["goal"].because) == (
        "Reading",
        "A",
        ("b",),
        "why",
    )


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("outcomes", "horizon", " medium "), ("outcomes", "pillar", " pillars-1 "), ("outcomes", "leads_to", " pillars-1 "),
        ("outcomes", "target_group", "pupils "), ("outcomes", "by", " 2026-07-31 "), ("activities", "recurs", "weekly "),
        ("activities", "participation", " low "), ("activities", "certainty", " low "), ("activities", "partners", [" st-marys"]),
        ("kpis", "measures", " outcomes-1"), ("kpis", "direction", "up "), ("kpis", "level", " learning"),
    ],
)  # fmt: skip
def test_ids_words_and_dates_are_stripped_as_text_is(kind: str, key: str, value: Any) -> None:
    bare = [value[0].strip()] if isinstance(value, list) else value.strip()
    assert read(with_key(kind, key, value)) == read(with_key(kind, key, bare))


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x7f", "\x9f"])
def test_control_characters_are_refused(control: str) -> None:
    assert only_problem(small(title=f"Rea{control}ding")).path == ("title",)


WORDS: list[tuple[str, str, set[str]]] = [
    ("outcomes", "horizon", {"short", "medium", "long"}),
    ("outputs", "horizon", {"short", "medium", "long"}),
    ("activities", "certainty", {"low", "medium", "high"}),
    ("activities", "evidence_strength", {"none", "emerging", "established"}),
    ("activities", "stakes", {"low", "high"}),
    (
        "activities",
        "recurs",
        {"once", "daily", "weekly", "fortnightly", "monthly", "termly", "quarterly", "half-yearly", "yearly"},
    ),
    ("kpis", "level", {"participation", "engagement", "feedback", "learning", "attainment", "practice"}),
    ("kpis", "design", {"after", "trend", "before-after", "comparison"}),
    ("kpis", "direction", {"up", "down", "keep"}),
    (
        "kpis",
        "frequency",
        {"once", "daily", "weekly", "fortnightly", "monthly", "termly", "quarterly", "half-yearly", "yearly"},
    ),
    ("kpis", "status", {"draft", "agreed"}),
]
EVERY_WORD = {word for _, _, words in WORDS for word in words} | {"Low", "LOW", "sometimes", "", "none", "before"}


@pytest.mark.parametrize(("kind", "key", "words"), WORDS)
def test_closed_lists_take_their_words_and_no_other(kind: str, key: str, words: set[str]) -> None:
    for word in words:
        assert read(with_key(kind, key, word))
    for word in EVERY_WORD - words:
        found = only_problem(with_key(kind, key, word))
        assert (found.code, found.path) == ("TOC013", (kind, f"{kind}-1", key))
        assert all(choice in found.message for choice in words)


@pytest.mark.parametrize(
    ("path", "mapping", "key", "words"),
    [
        ((*LINKED, "assumptions", 0), {"text": "A"}, "status", {"untested", "holding", "failing"}),
        ((*LINKED, "evidence", 0), {"source": "A"}, "type", {"evaluation", "review", "data", "testimony", "judgement"}),
        ((*LINKED, "evidence", 0), {"source": "A"}, "says", {"supports", "contradicts", "mixed"}),
        ((*LINKED, "evidence", 0), {"source": "A"}, "strength", {"weak", "moderate", "strong"}),
        (LINKED, {}, "contribution", {"necessary", "sufficient", "contributory"}),
        (LINKED, {}, "sign", {"+", "-"}),
        (LINKED, {}, "confidence", {"low", "medium", "high"}),
        (("settings", "checks"), {}, "profile", {"sketch", "plan", "funder"}),
        (("partners", "st-marys"), {"title": "P"}, "phase", {"early", "primary", "secondary", "post-16", "special"}),
        (("partners", "st-marys", "brings"), {"text": "A boat"}, "kind", {"tangible", "intangible"}),
        (("partnership",), {}, "type", {"connection", "collaboration", "alliance", "integration"}),
        (("partnership", "aim"), {}, "value", {"share", "need", "broad", "community"}),
        (("partnership", "agreement"), {}, "value", {"none", "note", "written", "mou", "legal"}),
        (("partnership", "power"), {}, "value", {"lead", "mostly-lead", "even"}),
        (("partnership", "funding"), {}, "level", {"none", "some", "significant", "high"}),
        (("partnership", "funding"), {}, "paid_by", {"mostly-one", "all"}),
        (("partnership", "funding", "sources", "T"), {}, "kind", {"money", "in-kind"}),
        (("activities", "activities-1"), {"title": "A"}, "stage", {"pilot", "running", "ended"}),
    ],
)
def test_closed_lists_inside_values_take_their_words_and_no_other(
    path: tuple[Any, ...], mapping: dict[str, Any], key: str, words: set[str]
) -> None:
    for word in words:
        raw = whole()
        put(raw, path, mapping | {key: word})
        assert read(raw)
    for word in EVERY_WORD - words:
        raw = whole()
        put(raw, path, mapping | {key: word})
        found = only_problem(raw)
        assert (found.code, found.path) == ("TOC013", (*path, key))


def test_a_misspelt_word_comes_with_the_nearest() -> None:
    found = only_problem(with_key("activities", "certainty", "hihg"))
    assert found.suggestion == "high"
    assert "did you mean 'high'" in found.message


@pytest.mark.parametrize(
    "scale",
    [[50], [1, 2, 3], [500, 50], [50, 50], [0, 5], [-1, 5], [1.5, 5], ["50", "500"], [True, 5], "50-500", 50, {}],
)
def test_a_participation_scale_is_two_rising_numbers_of_people(scale: Any) -> None:
    assert only_problem(small(settings={"participation_scale": scale})).path[:2] == ("settings", "participation_scale")


@pytest.mark.parametrize(
    "tolerance", [[0.1], [0.25, 0.1], [0.1, 0.1], [0, 0.1], [0.1, 1.5], [True, 1], ["10%", "25%"], 0.1, {}, [0.1, None]]
)
def test_a_tolerance_is_two_rising_shares(tolerance: Any) -> None:
    found = only_problem(small(settings={"monitoring": {"tolerance": tolerance}}))
    assert (found.code, found.path) == ("TOC014", ("settings", "monitoring", "tolerance"))
    assert "[0.1, 0.25]" in found.message


@pytest.mark.parametrize(("n", "code"), [(-1, "TOC014"), (1.5, "TOC012"), ("34", "TOC012"), (True, "TOC012")])
def test_a_reading_rests_on_a_whole_number(n: Any, code: str) -> None:
    found = only_problem(with_key("kpis", "readings", [{"date": "2026-07-31", "value": 1, "n": n}]))
    assert (found.code, found.path[-1]) == (code, "n")


def test_the_code_of_a_vocabulary_is_text() -> None:
    found = only_problem(with_key("kpis", "codes", {"sdg": 4.1}))
    assert found.path[-2:] == ("codes", "sdg")
    assert "quotes" in found.message


def test_evidence_years_are_more_than_none() -> None:
    for years in (0, -1):
        assert only_problem(small(settings={"checks": {"evidence_years": years}})).code == "TOC014"


# Versions


@pytest.mark.parametrize("version", [2, 3, 10])
def test_a_newer_file_is_one_clear_error(version: Any) -> None:
    raw = small(toc=version, gaols={}, outcomes={"a": {"title": "A", "leads_to": "nowhere", "horizon": "soon"}})
    found = only_problem(raw)
    assert (found.code, found.path) == ("TOC020", ("toc",))
    assert "newer" in found.message


@pytest.mark.parametrize("version", ["1", True, None, 0, -1, 1.5, [], {}])
def test_a_version_that_is_none_says_what_to_write(version: Any) -> None:
    found = only_problem(small(toc=version))
    assert found.path == ("toc",)
    assert "toc: 1" in found.message


@pytest.mark.parametrize("language", ["en", "en-GB", "zh-Hans-CN", "sr-Latn-RS", "de-1996", "es-419"])
def test_a_language_is_a_code(language: str) -> None:
    assert read(small(language=language)).language == language


@pytest.mark.parametrize("language", ["English (UK)", "en_GB", "e", "-", "", "en-", "englishlanguage"])
def test_words_are_not_a_language(language: str) -> None:
    assert only_problem(small(language=language)).path == ("language",)


def test_keys_that_are_not_text_are_refused() -> None:
    with pytest.raises(ValidationError):
        read({**small(), 5: "five"})
    with pytest.raises(ValidationError):
        read(small(outcomes={"a": {"title": "A", "leads_to": {5: None}}}))


# All problems at once


def test_problems_of_values_and_of_the_graph_are_reported_together_and_once() -> None:
    raw = small(
        colour="red",
        outcomes={"a": {"title": "", "leads_to": "nowhere"}, "b": {"title": "B", "horizon": "soon", "leads_to": "b"}},
        activities={"a": "A", "c": {"title": "C", "participation": "12", "leads_to": ["goal", "k"]}},
        kpis={"k": {"title": "K"}},
    )
    found = problems(raw)
    assert sorted(problem.code for problem in found) == [
        "TOC010", "TOC011", "TOC013", "TOC013", "TOC017", "TOC030", "TOC031", "TOC032", "TOC033",
    ]  # fmt: skip
    assert len({(problem.code, problem.path) for problem in found}) == len(found)


def test_every_message_says_something_on_one_line() -> None:
    raw = small(title=5, zzz=1, outcomes={"A": "A", "b": {"leads_to": {"c": 5}, "horizon": 5, "by": 5}}, kpis={"k": []})
    for problem in problems(raw):
        assert problem.message
        assert "\n" not in problem.message
        assert "pydantic" not in problem.message
        assert "input" not in problem.message.lower()


def test_the_same_problems_come_from_text_with_their_lines() -> None:
    text = "toc: 1\ntitle: Reading\ngoal: G\noutcomes:\n  a:\n    title: A\n    leads_to: nowhere\n    horizon: soon\n"
    with pytest.raises(TheoryError) as caught:
        toc.loads(text)
    assert [(problem.code, problem.line, problem.column) for problem in caught.value.problems] == [
        ("TOC030", 7, 15),
        ("TOC013", 8, 14),
    ]


def test_every_loop_that_needs_a_mark_of_its_own_is_told_in_one_run() -> None:
    outcomes: dict[str, dict[str, Any]] = {
        "fame": {"title": "The allotments are well known", "leads_to": "growers"},
        "growers": {"title": "Skilled growers join", "leads_to": ["fame", "crops"]},
        "crops": {"title": "Neighbours harvest more", "leads_to": ["fame", "goal"]},
    }
    told = [problem.message for problem in problems(small(outcomes=outcomes))]
    assert [message.partition(";")[0] for message in told] == [
        "a cycle: fame → growers → fame",
        "a cycle: fame → growers → crops → fame",
    ]
    assert told[1].endswith("crops → fame closes this loop and no other")
    outcomes["growers"]["leads_to"] = {"fame": {"feedback": True}, "crops": {}}
    outcomes["crops"]["leads_to"] = {"fame": {"feedback": True}, "goal": {}}
    assert read(small(outcomes=outcomes))

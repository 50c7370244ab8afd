from __future__ import annotations

import inspect
import io
import json
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import theories, tries

EXAMPLES = ("rgs-newcastle", "small-charity", "large-programme")
EVERYTHING = """
toc: 1
title: Everything
description: A theory with every key.
created: 2026-09-01
x-note: {a: [1, {b: null}]}
context:
  problem: Few children read
  target_groups: {pupils: {title: Pupils, disadvantaged: true, x-size: 4}}
  unintended: [Less sport]
goals:
  end: {title: End, by: 2030-07-31, above_ceiling: false, leads_to: {clubs: {feedback: true, because: More come}}}
  other: Other
pillars:
  literacy: {title: Literacy, leads_to: []}
  joy: {title: Joy, leads_to: {end: So they say}, above_ceiling: true}
outcomes:
  fluent: {title: Fluent, target_group: pupils, horizon: short, leads_to: literacy, url: "https://example.org"}
outputs:
  sessions: {title: Sessions, leads_to: fluent, pillar: joy, by: 2027-07-31}
activities:
  clubs:
    title: Clubs
    leads_to:
      sessions:
        because: They practise
        assumptions: [They come, {text: They stay, status: holding, by: 2027-07-31}]
        evidence: [{source: A review, says: mixed, date: 2021-09-01}]
        confidence: 0.7
        contribution: necessary
        sign: "-"
        x-seen: [2026]
    certainty: {level: high, because: Tested}
    participation: 100
    evidence_strength: {level: established, source: A review}
    stakes: low
    starts: 2024-09-01
    lead: [Head, Deputy]
    partners: [school]
    tags: [b, a]
    x-code: 7
kpis:
  age:
    title: Age
    measures: [literacy, fluent, end]
    level: learning
    design: before-after
    unit: months
    baseline: {value: 0, date: 2025-09-01}
    target: [{value: 6}, {value: 14, by: 2026-07-31}]
    readings: [{date: 2026-02-01, value: 6}, {date: 2026-07-31, value: 15, where: {group: pupils}}]
    hours: 2.5
partners: {school: {title: School, url: "https://example.org", x-id: s}}
settings:
  participation_scale: [20, 200]
  checks: {profile: plan, silence: [{code: TOC101, node: clubs, reason: agreed}]}
  vocabulary: {pillar: Strand}
"""


def codes_and_paths(graph: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    with pytest.raises(toc.TheoryError) as caught:
        toc.TheoryOfChange.from_networkx(graph)
    return [(problem.code, problem.path) for problem in caught.value.problems]


def by_hand() -> nx.DiGraph[Any]:
    graph: nx.DiGraph[Any] = nx.DiGraph(title="Reading")
    graph.add_node("goal", kind="goal", title="Every child reads")
    graph.add_node("literacy", kind="pillar", title="Literacy")
    graph.add_node("clubs", kind="activity", title="Clubs")
    graph.add_node("age", kind="kpi", title="Age")
    graph.add_edge("literacy", "goal")
    graph.add_edge("clubs", "literacy", because="They practise")
    graph.add_edge("age", "literacy")
    return graph


@pytest.fixture(params=[*EXAMPLES, "everything"])
def theory(request: pytest.FixtureRequest) -> toc.TheoryOfChange:
    return toc.loads(EVERYTHING) if request.param == "everything" else toc.example(request.param)


def test_a_theory_comes_back_as_it_was_in_the_same_order(theory: toc.TheoryOfChange) -> None:
    back = toc.TheoryOfChange.from_networkx(theory.to_networkx())
    assert back == theory
    assert list(back.nodes) == list(theory.nodes)
    assert [(link.source, link.target) for link in back.links] == [(link.source, link.target) for link in theory.links]
    assert [tuple(kpi.measures) for kpi in back.kpis.values()] == [tuple(kpi.measures) for kpi in theory.kpis.values()]


def test_the_graph_survives_json(theory: toc.TheoryOfChange) -> None:
    graph = theory.to_networkx()
    parameters = inspect.signature(nx.node_link_data).parameters
    named: Any = {"edges" if "edges" in parameters else "link": "edges"}  # networkx 3.4 renamed it
    text = json.dumps(nx.node_link_data(graph, **named), allow_nan=False)
    again: Any = nx.node_link_graph(json.loads(text), **named)
    assert toc.TheoryOfChange.from_networkx(again) == theory


def test_every_node_and_link_and_measurement_is_in_the_graph(theory: toc.TheoryOfChange) -> None:
    graph = theory.to_networkx()
    assert list(graph) == list(theory.nodes)
    assert {id: data["kind"] for id, data in graph.nodes(data=True)} == {id: n.kind for id, n in theory.nodes.items()}
    edges = {(a, b): data["kind"] for a, b, data in graph.edges(data=True)}
    links = {(link.source, link.target): "leads_to" for link in theory.links}
    measured = {(kpi.id, node): "measures" for kpi in theory.kpis.values() for node in kpi.measures}
    assert edges == links | measured


def test_the_graph_itself_holds_the_fields_of_the_theory_only() -> None:
    graph = toc.loads(EVERYTHING).to_networkx()
    assert set(graph.graph) == {"toc", "title", "description", "created", "x-note", "context", "settings", "partners"}
    assert graph.graph["created"] == "2026-09-01"
    assert graph.graph["x-note"] == {"a": [1, {"b": None}]}


def test_attributes_are_plain_values_without_defaults() -> None:
    graph = toc.loads(EVERYTHING).to_networkx()
    assert graph.nodes["sessions"] == {
        "title": "Sessions",
        "pillar": "joy",
        "by": "2027-07-31",
        "kind": "output",
        "toc_pillar": "joy",
        "toc_layer": 1,
    }
    assert graph.edges["end", "clubs"] == {"because": "More come", "feedback": True, "kind": "leads_to"}
    assert graph.nodes["age"]["toc_pillar"] == "literacy"
    assert "toc_layer" not in graph.nodes["age"]


def test_an_activity_says_how_to_measure_it_in_attributes_that_are_not_read_back() -> None:
    theory = toc.loads(EVERYTHING).with_node(toc.Activity(id="fair", title="Fair", participation=2000))
    graph = theory.to_networkx()
    advice = {key: value for key, value in graph.nodes["clubs"].items() if key.startswith("toc_")}
    assert advice == {
        "toc_pillar": "literacy",
        "toc_layer": 0,
        "toc_approach": "uptake",
        "toc_headline": theory.guidance("clubs").headline,
        "toc_minimum_level": "engagement",
        "toc_maximum_level": "attainment",
        "toc_basis": "extension",
        "toc_kpi_fit": "below",  # its only way works against what is measured
    }
    assert {type(value) for value in advice.values()} == {str, int}
    unrated = {key for key in graph.nodes["fair"] if key.startswith("toc_")}
    assert unrated == {"toc_layer", "toc_headline", "toc_basis"}
    graph.nodes["clubs"]["toc_approach"] = graph.nodes["fair"]["toc_kpi_fit"] = "anything"
    assert toc.TheoryOfChange.from_networkx(graph) == theory
    others = {key for id, data in graph.nodes(data=True) if id not in theory.activities for key in data}
    assert "toc_approach" not in others


def test_a_graph_edited_by_hand_reads_as_edited() -> None:
    theory = toc.loads(EVERYTHING)
    graph = theory.to_networkx()
    graph.remove_edge("joy", "end")
    graph.remove_edge("age", "fluent")
    graph.remove_node("other")
    graph.nodes["clubs"]["title"] = "Reading clubs"
    graph.add_node("calm", kind="outcome", title="Calm", tags=["new"])
    graph.add_edge("clubs", "calm", confidence="high")
    graph.edges["fluent", "literacy"]["because"] = "It counts"
    back = toc.TheoryOfChange.from_networkx(graph)
    assert back == (
        theory.without("other")
        .edit("joy", leads_to={})
        .edit("age", measures=["literacy", "end"])
        .edit("clubs", title="Reading clubs")
        .with_node(toc.Outcome(id="calm", title="Calm", tags=["new"]))
        .with_link("clubs", "calm", confidence="high")
        .with_link("fluent", "literacy", because="It counts")
    )


def test_a_graph_made_by_hand_needs_little() -> None:
    theory = toc.TheoryOfChange.from_networkx(by_hand())
    assert theory.title == "Reading"
    assert theory.links[1].because == "They practise"
    assert theory.kpis["age"].measures == ("literacy",)


def test_the_name_of_the_graph_is_its_title_where_it_has_no_other() -> None:
    graph = by_hand()
    graph.graph = {"name": "Named"}
    assert toc.TheoryOfChange.from_networkx(graph).title == "Named"
    graph.graph = {}
    assert codes_and_paths(graph) == [("TOC011", ("title",))]


def test_what_was_derived_is_passed_over() -> None:
    graph = by_hand()
    graph.graph["toc_made"] = "here"
    graph.nodes["clubs"].update(toc_layer=99, toc_pillar="nowhere", toc_rank=0.4)
    graph.edges["clubs", "literacy"]["toc_weight"] = 3
    assert toc.TheoryOfChange.from_networkx(graph) == toc.TheoryOfChange.from_networkx(by_hand())


def test_values_from_numpy_are_read_as_what_they_are() -> None:
    graph = by_hand()
    graph.nodes["clubs"].update(participation=np.int64(40), tags=np.array(["a", "b"]), above_ceiling=np.bool_(True))  # noqa: FBT003
    graph.edges["clubs", "literacy"]["confidence"] = np.float64(0.7)
    clubs = toc.TheoryOfChange.from_networkx(graph).activities["clubs"]
    assert (clubs.participation, clubs.tags, clubs.above_ceiling) == (40, ("a", "b"), True)
    assert clubs.leads_to["literacy"].confidence == 0.7


@pytest.mark.parametrize(
    ("graph", "message"),
    [
        (nx.Graph(), "build an nx.DiGraph"),
        (nx.MultiGraph(), "build an nx.DiGraph"),
        (nx.MultiDiGraph(), r"take nx.DiGraph\(g\)"),
        ({"a": ["b"]}, "expected a networkx DiGraph but found keys with values"),
        (None, "expected a networkx DiGraph but found nothing"),
    ],
)
def test_another_kind_of_graph_is_refused(graph: Any, message: str) -> None:
    with pytest.raises(toc.TheoryError, match=message):
        toc.TheoryOfChange.from_networkx(graph)


def test_every_problem_is_named_by_node_and_edge() -> None:
    graph = by_hand()
    graph.add_node(7, kind="outcome", title="Seven")
    graph.add_node("lost")
    graph.add_node("odd", kind="Outcom", title="Odd")
    graph.add_node("bare", kind="outcome")
    graph.nodes["clubs"].update(certanty="high", leads_to=["goal"])
    graph.add_edge("clubs", 7)
    graph.add_edge("odd", "goal", confidence=3)
    graph.add_edge("clubs", "goal", confidence=3)
    graph.add_edge("goal", "clubs")
    graph.add_edge("bare", "goal", kind="measures")
    graph.add_edge("age", "goal", kind="leads_to")
    graph.add_edge("age", "clubs", weight=2)
    graph.add_edge("clubs", "age")
    graph.add_edge("age", "age")
    graph.add_edge("bare", "literacy", kind="leeds_to")
    graph.graph["outcomes"] = {}
    graph.graph["ownr"] = "me"
    assert sorted(codes_and_paths(graph), key=str) == sorted(
        [
            ("TOC016", ("nodes", "7")),
            ("TOC011", ("nodes", "lost", "kind")),
            ("TOC013", ("nodes", "odd", "kind")),
            ("TOC010", ("outcomes",)),
            ("TOC010", ("ownr",)),
            ("TOC010", ("nodes", "clubs", "leads_to")),
            ("TOC010", ("nodes", "clubs", "certanty")),
            ("TOC011", ("nodes", "bare", "title")),
            ("TOC014", ("edges", "clubs", "goal", "confidence")),
            ("TOC032", ("edges", "goal", "clubs")),
            ("TOC032", ("edges", "bare", "goal", "kind")),
            ("TOC032", ("edges", "age", "goal", "kind")),
            ("TOC010", ("edges", "age", "clubs", "weight")),
            ("TOC032", ("edges", "clubs", "age")),
            ("TOC032", ("edges", "age", "age")),
            ("TOC013", ("edges", "bare", "literacy", "kind")),
        ],
        key=str,
    )


def test_the_nearest_kind_is_offered() -> None:
    graph = by_hand()
    graph.nodes["clubs"]["kind"] = "Activty"
    with pytest.raises(toc.TheoryError, match="did you mean 'activity'"):
        toc.TheoryOfChange.from_networkx(graph)


def test_a_graph_without_a_goal_is_told_how_to_have_one() -> None:
    with pytest.raises(toc.TheoryError, match=r"add a node with kind='goal'"):
        toc.TheoryOfChange.from_networkx(nx.DiGraph(title="Empty"))


def test_a_cycle_is_named_at_its_first_edge() -> None:
    graph = by_hand()
    graph.add_node("a", kind="outcome", title="Aa")
    graph.add_node("b", kind="outcome", title="Bb")
    graph.add_edges_from([("a", "b"), ("b", "a")])
    assert codes_and_paths(graph) == [("TOC033", ("edges", "a", "b"))]
    graph.edges["b", "a"]["feedback"] = True
    assert toc.TheoryOfChange.from_networkx(graph).outcomes["b"].leads_to["a"].feedback


ANY_VALUE: Any = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.lists(st.text(max_size=3), max_size=2)
)
NAMES = st.sampled_from(["goal", "a", "b", "Not an id", 7, ("t", 1), None, "kpi"])
KEYS = st.sampled_from(
    ["kind", "title", "leads_to", "measures", "feedback", "because", "tags", "x-a", "toc", "pillar", 5]
)
KINDS_OR_NOT = st.sampled_from(["goal", "pillar", "outcome", "kpi", "leads_to", "measures", "x", 5, None, ["goal"]])
ATTRIBUTES = st.dictionaries(KEYS, ANY_VALUE, max_size=3)


@given(
    st.lists(st.tuples(NAMES.filter(lambda name: name is not None), KINDS_OR_NOT, ATTRIBUTES), max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), KINDS_OR_NOT, ATTRIBUTES), max_size=6),
    ATTRIBUTES,
)
def test_any_graph_is_a_theory_or_one_error_of_ours(nodes: list[Any], edges: list[Any], fields: dict[Any, Any]) -> None:
    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.graph.update({"title": "Any", **fields})
    for name, kind, attributes in nodes:
        graph.add_node(name)
        graph.nodes[name].update({"kind": kind, "title": "Node", **attributes})
    names = list(graph)
    for source, target, kind, attributes in edges:
        if max(source, target) < len(names):
            graph.add_edge(names[source], names[target])
            graph.edges[names[source], names[target]].update({"kind": kind, **attributes})
    try:
        theory = toc.TheoryOfChange.from_networkx(graph)
    except toc.TheoryError:
        return
    assert set(theory.nodes) == set(names)


# Flat, for the files of other programs


WRITTEN: dict[str, tuple[Callable[..., None], Callable[..., Any]]] = {
    "graphml": (nx.write_graphml_xml, nx.read_graphml),
    "graphml by lxml": (nx.write_graphml_lxml, nx.read_graphml),
    "gml": (nx.write_gml, nx.read_gml),
    "gexf": (nx.write_gexf, nx.read_gexf),
}


def through(graph: nx.DiGraph[str], format: str) -> nx.DiGraph[str]:
    write, read = WRITTEN[format]
    file = io.BytesIO()
    write(graph, file)
    file.seek(0)
    found: nx.DiGraph[str] = read(file)
    return found


def same(format: str, here: dict[str, Any], back: dict[str, Any]) -> bool:
    """Whether attributes came back; each format has its own ways with a few."""
    if format == "gml":
        here = {key: value for key, value in here.items() if key != "label"}  # where it keeps the id
        here = {key: str(value) if type(value) is int and abs(value) >= 2**31 else value for key, value in here.items()}
    if format == "gexf":
        back = {key: value for key, value in back.items() if key != "id"}  # it numbers its edges
    return all(
        back.get(key) == value and isinstance(back[key], str) == isinstance(value, str) for key, value in here.items()
    )


@pytest.mark.parametrize("format", WRITTEN)
def test_the_flat_graph_goes_through_the_formats_of_networkx(theory: toc.TheoryOfChange, format: str) -> None:
    graph = theory.to_networkx(flat=True)
    back = through(graph, format)
    assert list(back) == list(graph)
    assert set(back.edges) == set(graph.edges)
    assert all(same(format, data, back.nodes[id]) for id, data in graph.nodes(data=True))
    assert all(same(format, data, back.edges[source, target]) for source, target, data in graph.edges(data=True))
    if format != "gexf":  # which has no place for what is said of the whole
        assert same(format, graph.graph, back.graph)


@tries(60)
@given(theories())
def test_the_flat_graph_of_any_theory_goes_through_the_formats_of_networkx(theory: toc.TheoryOfChange) -> None:
    graph = theory.to_networkx(flat=True)
    for format in WRITTEN:
        back = through(graph, format)
        assert {id: data["kind"] for id, data in back.nodes(data=True)} == {
            id: n.kind for id, n in theory.nodes.items()
        }
        assert set(back.edges) == set(graph.edges)
        for id, data in graph.nodes(data=True):
            assert same(format, data, back.nodes[id])


def test_flat_attributes_are_the_columns_of_the_tables() -> None:
    theory = toc.loads(EVERYTHING)
    graph = theory.to_networkx(flat=True)
    clubs = graph.nodes["clubs"]
    assert (clubs["kind"], clubs["label"], clubs["lead"], clubs["tags"], clubs["x_code"]) == (
        *("activity", "Clubs", "Head; Deputy", "b; a", 7),
    )
    assert (clubs["certainty"], clubs["certainty_because"], clubs["participation"]) == ("high", "Tested", 100)
    assert (clubs["approach"], clubs["starts"], clubs["toc_layer"]) == ("uptake", "2024-09-01", 0)
    assert graph.edges["clubs", "sessions"] == {
        "because": "They practise",
        "confidence": 0.7,
        "contribution": "necessary",
        "sign": "-",
        "feedback": False,
        "assumptions": 2,
        "evidence": 1,
        "x_seen": "[2026]",
        "kind": "leads_to",
    }
    assert graph.edges["age", "literacy"] == {"kind": "measures"}
    assert (graph.graph["name"], graph.graph["title"]) == ("Everything", "Everything")
    values = [*graph.graph.values(), *(value for _, data in graph.nodes(data=True) for value in data.values())]
    assert {type(value) for value in values} <= {str, int, float, bool}


def test_values_of_one_name_are_of_one_type() -> None:
    theory = toc.loads(
        "{toc: 1, title: T, goals: {a: {title: A, x-n: 1, x-m: true}, b: {title: B, x-n: 1.5, x-m: few}, c: {title: C, x-m: 7}}}"
    )
    nodes = theory.to_networkx(flat=True).nodes
    assert [nodes[id].get("x_n") for id in "abc"] == [1.0, 1.5, None]
    assert [nodes[id].get("x_m") for id in "abc"] == ["true", "few", "7"]


def test_two_keys_that_become_one_name_are_both_kept() -> None:
    theory = toc.loads("{toc: 1, title: T, goal: {title: G, x-a-b: 1, x-a_b: 2, x-ä: 3, 'x-': \"a\\u0001\"}}")
    data = theory.to_networkx(flat=True).nodes["goal"]
    assert {key: data[key] for key in data if key.startswith("x")} == {
        "x_a_b": 1,
        "x_a_b_": 2,
        "x_": 3,
        "x__": "a\ufffd",
    }

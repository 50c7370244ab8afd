from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from toc import graph

Adjacency = dict[str, list[str]]


@st.composite
def graphs(draw: st.DrawFn, *, acyclic: bool = False) -> Adjacency:
    names = [f"n{number}" for number in range(draw(st.integers(0, 7)))]
    pairs = list(itertools.combinations(names, 2)) if acyclic else list(itertools.product(names, names))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=14)) if pairs else []
    adjacency: Adjacency = {name: [] for name in draw(st.permutations(names))}
    for source, target in chosen:
        adjacency[source].append(target)
    return adjacency


def as_networkx(adjacency: Adjacency) -> nx.DiGraph[str]:
    whole: nx.DiGraph[str] = nx.DiGraph()
    whole.add_nodes_from(adjacency)
    whole.add_edges_from((source, target) for source, targets in adjacency.items() for target in targets)
    return whole


@given(graphs())
def test_order_holds_every_node_that_no_cycle_leads_to_after_its_causes(adjacency: Adjacency) -> None:
    found = graph.order(adjacency)
    whole = as_networkx(adjacency)
    knots = [knot for knot in nx.strongly_connected_components(whole) if len(knot) > 1 or whole.has_edge(*[*knot] * 2)]
    behind = set().union(*(nx.descendants(whole, node) | knot for knot in knots for node in knot))
    assert set(found) == set(adjacency) - behind
    assert all(found.index(a) < found.index(b) for a in found for b in adjacency[a] if b in found)


@given(graphs())
def test_every_loop_that_must_lose_a_link_is_named_at_once(adjacency: Adjacency) -> None:
    whole = as_networkx(adjacency)
    knots = [knot for knot in nx.strongly_connected_components(whole) if len(knot) > 1 or whole.has_edge(*[*knot] * 2)]
    found = graph.cycles(adjacency)
    assert {frozenset(knot) for knot in knots} == {frozenset(k) for walk in found.walks for k in knots if walk[0] in k}
    for cycle, closing in zip(found.walks, found.closing, strict=True):
        assert cycle[0] == cycle[-1]
        assert all(b in adjacency[a] for a, b in itertools.pairwise(cycle))
        assert len(set(cycle)) == len(cycle) - 1
        assert set(itertools.pairwise(cycle)) & set(found.closing) == {closing}
    whole.remove_edges_from(found.closing)
    assert nx.is_directed_acyclic_graph(whole) or found.more


@pytest.mark.parametrize("size", [40, 400])
def test_of_a_hopeless_tangle_a_hundred_loops_are_named_and_the_others_counted(size: int) -> None:
    names = [f"n{number}" for number in range(size)]
    found = graph.cycles({name: [other for other in names if other != name] for name in names})
    assert (len(found.walks), found.more) == (101, size * (size - 1) // 2 - 101)


@given(graphs(acyclic=True))
def test_ways_are_all_paths_and_counted_without_walking_them(adjacency: Adjacency) -> None:
    whole = as_networkx(adjacency)
    ends = {node for node in adjacency if not adjacency[node]}
    for start in adjacency:
        expected = {tuple(path) for end in ends - {start} for path in nx.all_simple_paths(whole, start, end)}
        found = list(graph.ways(adjacency, start, ends))
        assert set(found) == expected
        assert len(found) == len(expected) == graph.count_ways(adjacency, start, ends)


@given(graphs(acyclic=True))
def test_a_layer_is_the_length_of_the_longest_way_there(adjacency: Adjacency) -> None:
    expected = [set(layer) for layer in nx.topological_generations(as_networkx(adjacency))]
    longest: dict[str, int] = {}
    for node in graph.order(adjacency):
        longest[node] = 1 + max((longest[a] for a in longest if node in adjacency[a]), default=-1)
    found = graph.layers(adjacency)
    assert {node: depth for depth, layer in enumerate(found) for node in layer} == longest
    assert len(found) == len(expected)


# Through a theory

WIDE = 3
DEEP = 40


@pytest.fixture
def theory() -> toc.TheoryOfChange:
    return toc.loads("""
toc: 1
title: Reading
goals: {read: Every child reads, enjoy: Every child enjoys reading}
pillars: {literacy: Literacy, joy: {title: Joy, leads_to: enjoy}}
outcomes:
  fluent: {title: Fluent, leads_to: [literacy, joy]}
  calm: {title: Calm, leads_to: fluent}
  apart: Apart
outputs:
  sessions: {title: Sessions, leads_to: [calm, fluent]}
activities:
  pairs: {title: Pairs, leads_to: {sessions: , calm: {}}, pillar: joy}
  visits: {title: Visits, leads_to: {pairs: {feedback: true}, sessions: {}}}
kpis:
  age: {title: Age, measures: [fluent, literacy]}
  joyful: {title: Joyful, measures: enjoy}
  fluency: {title: Fluency, measures: fluent}
""")


@pytest.fixture
def deep() -> toc.TheoryOfChange:
    """More ways than anybody could walk: 3 to the power of 40."""
    outcomes = {
        f"o-{level}-{place}": {
            "title": f"Outcome {level}.{place}",
            "leads_to": [f"o-{level + 1}-{other}" for other in range(WIDE)] if level < DEEP - 1 else ["goal"],
        }
        for level in range(DEEP)
        for place in range(WIDE)
    }
    start = {"title": "Start", "leads_to": [f"o-0-{place}" for place in range(WIDE)]}
    return toc.TheoryOfChange.model_validate(
        {"toc": 1, "title": "Deep", "goal": "Goal", "outcomes": outcomes, "activities": {"start": start}}
    )


def test_causes_and_effects_are_in_the_order_of_the_author_and_include_feedback(theory: toc.TheoryOfChange) -> None:
    assert theory.causes("fluent") == ("calm", "sessions")
    assert theory.causes("pairs") == ("visits",)
    assert theory.causes("read") == ("literacy",)
    assert theory.causes("enjoy") == ("literacy", "joy")
    assert theory.effects("pairs") == ("sessions", "calm")
    assert theory.effects("visits") == ("pairs", "sessions")
    assert theory.causes("apart") == theory.effects("apart") == ()


def test_a_pillar_leads_to_every_goal_unless_it_says_otherwise(theory: toc.TheoryOfChange) -> None:
    assert theory.effects("literacy") == ("read", "enjoy")
    assert theory.effects("joy") == ("enjoy",)


def test_a_kpi_leads_nowhere_and_nothing_leads_to_it(theory: toc.TheoryOfChange) -> None:
    assert theory.causes("age") == theory.effects("age") == ()
    assert theory.kpis_of("age") == ()
    assert list(theory.paths("age")) == list(theory.paths("pairs", "age")) == []
    assert theory.count_paths("age") == theory.count_paths("pairs", "age") == 0


def test_paths_lead_to_the_goals_and_leave_feedback_out(theory: toc.TheoryOfChange) -> None:
    found = list(theory.paths("visits"))
    assert found[0] == ("visits", "sessions", "calm", "fluent", "literacy", "read")
    assert len(found) == theory.count_paths("visits") == 6
    assert all("pairs" not in path for path in found)


def test_paths_to_one_node_end_there(theory: toc.TheoryOfChange) -> None:
    assert list(theory.paths("pairs", "fluent")) == [
        ("pairs", "sessions", "calm", "fluent"),
        ("pairs", "sessions", "fluent"),
        ("pairs", "calm", "fluent"),
    ]
    assert theory.count_paths("pairs", "fluent") == 3
    assert list(theory.paths("fluent", "pairs")) == list(theory.paths("fluent", "fluent")) == []


def test_paths_are_found_one_at_a_time_and_counted_however_many(deep: toc.TheoryOfChange) -> None:
    assert deep.count_paths("start") == WIDE**DEEP
    assert len(next(deep.paths("start"))) == DEEP + 2
    assert len(list(deep.paths("start", limit=20))) == 20
    assert sum(1 for _ in itertools.islice(deep.paths("start"), 5000)) == 5000
    assert list(deep.paths("start", limit=0)) == []


def test_a_limit_below_nothing_is_refused(theory: toc.TheoryOfChange) -> None:
    with pytest.raises(toc.OptionError, match="0 or more, not -1"):
        theory.paths("pairs", limit=-1)


def test_layers_put_every_node_after_its_causes(theory: toc.TheoryOfChange) -> None:
    layers = theory.layers()
    assert layers == (
        ("apart", "pairs", "visits"),
        ("sessions",),
        ("calm",),
        ("fluent",),
        ("literacy", "joy"),
        ("read", "enjoy"),
    )


def test_kpis_are_those_that_measure_the_node(theory: toc.TheoryOfChange) -> None:
    assert [kpi.id for kpi in theory.kpis_of("fluent")] == ["age", "fluency"]
    assert [kpi.id for kpi in theory.kpis_of("enjoy")] == ["joyful"]
    assert theory.kpis_of("pairs") == ()


@pytest.mark.parametrize(
    ("id", "pillar"),
    [
        ("fluent", "literacy"),  # two pillars are as near: the author's first
        ("pairs", "joy"),  # it says so
        ("visits", "literacy"),
        ("literacy", "literacy"),
        ("age", "literacy"),
        ("joyful", None),
        ("read", None),
        ("apart", None),
    ],
)
def test_a_node_stands_in_the_column_it_names_or_reaches_first(
    theory: toc.TheoryOfChange, id: str, pillar: str | None
) -> None:
    assert theory.pillar_of(id) == pillar


@pytest.mark.parametrize(
    "question",
    [
        lambda theory: theory.causes("fluentt"),
        lambda theory: theory.effects("fluentt"),
        lambda theory: theory.paths("fluentt"),
        lambda theory: theory.paths("pairs", "fluentt"),
        lambda theory: theory.count_paths("pairs", "fluentt"),
        lambda theory: theory.kpis_of("fluentt"),
        lambda theory: theory.pillar_of("fluentt"),
    ],
)
def test_an_unknown_id_is_named_at_once_with_the_nearest(
    theory: toc.TheoryOfChange, question: Callable[[toc.TheoryOfChange], Any]
) -> None:
    with pytest.raises(toc.TheoryError, match="did you mean 'fluent'") as caught:
        question(theory)
    assert caught.value.problems[0].code == "TOC030"


def test_answers_follow_an_edit(theory: toc.TheoryOfChange) -> None:
    assert theory.causes("joy") == ("fluent",)
    assert theory.with_link("apart", "joy").causes("joy") == ("fluent", "apart")
    assert theory.causes("joy") == ("fluent",)

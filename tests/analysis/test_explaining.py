"""How a node leads to the goals: counted, listed and compared as if every way had been walked."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from analysis.shapes import NODES, ORDER, Walk, all_ways, as_networkx, ids_on, random_theory, small_theories
from strategies import theories, tries
from toc.language.numbers import number

SNAPSHOTS = Path(__file__).parent / "snapshots"
STARTS = {"rgs-newcastle": "scitt", "small-charity": "tea-and-games", "large-programme": "stay-and-play"}


def sketch(links: str) -> toc.TheoryOfChange:
    return toc.loads(
        f"""
        toc: 1
        title: A partnership
        goal: Every child learns more
        outcomes: {{o: {{title: Pupils try, leads_to: goal}}, u: {{title: Pupils tire, leads_to: {{goal: {{sign: "-"}}}}}}}}
        activities: {{a: {{title: Club, leads_to: {links}}}}}
        """
    )


def helps(walk: Walk) -> bool:
    return sum(link.sign == "-" for link in walk) % 2 == 0


def lowest(walk: Walk) -> float | None:
    return min((link.confidence for link in walk if link.confidence is not None), default=None)


@tries(150)
@given(small_theories(), st.sampled_from(ORDER), st.sampled_from((None, *ORDER)))
def test_ways_are_counted_listed_and_compared_as_if_each_had_been_walked(
    theory: toc.TheoryOfChange, start: str, to: str | None
) -> None:
    found = theory.explain(start, to=to, limit=10**6)
    ways = list(all_ways(theory, start, set(NODES["goals"]) if to is None else {to}))
    assert [way.nodes for way in found.listed] == [ids_on(walk) for walk in ways]
    assert (found.ways, found.against) == (len(ways), sum(not helps(walk) for walk in ways))
    assert found.ways == theory.count_paths(start, to)
    assert [way.helps for way in found.listed] == [helps(walk) for walk in ways]
    assert [way.weakest for way in found.listed] == [lowest(walk) for walk in ways]
    assert [way.unrated for way in found.listed] == [sum(link.confidence is None for link in walk) for walk in ways]

    rated = [walk for walk in ways if helps(walk) and all(link.confidence is not None for link in walk)]
    best = max(rated, key=lambda walk: lowest(walk) or 0, default=None)  # max and min keep the first of equals
    assert (found.strongest and found.strongest.nodes) == (best and ids_on(best))
    some = [walk for walk in ways if helps(walk) and lowest(walk) is not None]
    worst = min(some, key=lambda walk: lowest(walk) or 0, default=None)
    assert (found.weakest and found.weakest.nodes) == (worst and ids_on(worst))


@tries(80)
@given(small_theories(), st.sampled_from(ORDER))
def test_what_every_way_passes_is_what_all_have_in_common(theory: toc.TheoryOfChange, start: str) -> None:
    found = theory.explain(start)
    ways = list(all_ways(theory, start, set(NODES["goals"])))
    inner = [set(ids_on(walk)[1:-1]) for walk in ways]
    steps = [{(link.source, link.target) for link in walk} for walk in ways]
    assert set(found.passes) == (set.intersection(*inner) if inner else set())
    assert set(found.follows) == (set.intersection(*steps) if steps else set())
    used = {(link.source, link.target): link for walk in ways for link in walk}
    said = {*found.necessary, *found.sufficient, *found.contributory}
    assert said | set(found.unstated) == set(used)
    assert said == {pair for pair, link in used.items() if "contribution" in link.model_fields_set}
    assert set(found.necessary) == {pair for pair in said if used[pair].contribution == "necessary"}
    assert set(found.unrated) == {pair for pair, link in used.items() if link.confidence is None}


def at_least(limit: float, confidence: Mapping[tuple[str, str], float | None], start: str) -> nx.DiGraph[str]:
    """The links that are this strong, as networkx has them."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from((start, "goal"))
    graph.add_edges_from(pair for pair, stated in confidence.items() if stated is not None and stated >= limit)
    return graph


@pytest.mark.parametrize("seed", range(6))
def test_networkx_finds_the_same_counts_strengths_and_necessary_nodes(seed: int) -> None:
    theory = random_theory(seed, nodes=90, rated=0.9)
    whole = as_networkx(theory)
    confidence = {(link.source, link.target): link.confidence for link in theory.links}
    ways = dict.fromkeys(whole, 0) | {"goal": 1}
    for node in reversed(list(nx.topological_sort(whole))):
        ways[node] += sum(ways[target] for target in whole.successors(node))
    for start in list(theory.activities)[:10]:
        found = theory.explain(start, limit=3)
        assert found.ways == ways[start]
        if not found.ways:
            continue
        above = nx.immediate_dominators(whole.reverse(), "goal")
        passed = []
        node = above[start]
        while node != "goal":
            passed.append(node)
            node = above[node]
        assert list(found.passes) == passed
        strong = [
            limit for limit in (0.2, 0.4, 0.6, 0.8) if nx.has_path(at_least(limit, confidence, start), start, "goal")
        ]
        assert (found.strongest.weakest if found.strongest else None) == (strong[-1] if strong else None)
        on_way = nx.descendants(whole, start) | {start}
        on_way &= nx.ancestors(whole, "goal") | {"goal"}
        stated = [c for (a, b), c in confidence.items() if a in on_way and b in on_way and c is not None]
        assert (found.weakest.weakest if found.weakest else None) == min(stated, default=None)


def test_of_ways_that_are_equally_strong_the_first_of_the_file_is_named() -> None:
    theory = toc.loads(
        """
        toc: 1
        title: T
        goal: G
        outcomes: {x: {title: X, leads_to: {goal: {confidence: 0.5}}}, y: {title: Y, leads_to: {goal: {confidence: 0.9}}}}
        activities: {a: {title: A, leads_to: {y: {confidence: 0.5}, x: {confidence: 0.9}}}}
        """
    )
    found = theory.explain("a")
    assert found.strongest is not None
    assert found.weakest is not None
    assert found.strongest.nodes == found.weakest.nodes == ("a", "y", "goal")
    assert "All ways that are rated throughout are equally strong." in found.to_text(400)


def test_a_way_with_an_unrated_link_is_never_the_strongest_but_may_be_the_weakest() -> None:
    found = sketch("{o: {confidence: 0.25}, goal: {confidence: 0.5}}").explain("a")
    assert found.strongest is not None
    assert found.strongest.nodes == ("a", "goal")
    assert found.weakest is not None
    assert (found.weakest.nodes, found.weakest.weakest, found.weakest.unrated) == (("a", "o", "goal"), 0.25, 1)
    only_open = sketch("{o: {confidence: 0.25}}").explain("a")
    assert only_open.strongest is None
    assert "There is only one way to compare." in only_open.to_text(400)
    assert "; 1 more without a confidence" in only_open.to_text(400)


def test_a_way_over_a_minus_is_counted_but_not_compared() -> None:
    found = sketch("{o: {confidence: 0.8}, u: {confidence: 0.1}}").explain("a")
    assert (found.ways, found.against) == (2, 1)
    assert found.weakest is not None
    assert found.weakest.nodes == ("a", "o", "goal")
    assert "1 of them works against it." in found.to_text(400)
    assert "Pupils tire → Every child learns more (works against it)" in found.to_text(400)
    twice = sketch('{u: {sign: "-"}}').explain("a")
    assert (twice.ways, twice.against) == (1, 0)
    against = sketch("[u]").explain("a")
    assert "It works against it." in against.to_text(400)
    assert against.strongest is against.weakest is None


@pytest.mark.parametrize(
    ("id", "to", "said"),
    [
        ("goal", None, "ways end here, and none leads on."),
        ("new-friends", None, "is a KPI: it measures, and leads nowhere."),
        ("company", "tea-and-games", "No way leads from “Company” to “Tea, soup and board games”."),
        ("company", "company", "No way leads from “Company” to “Company”."),
    ],
)
def test_where_no_way_leads_the_page_says_why(id: str, to: str | None, said: str) -> None:
    found = toc.example("small-charity").explain(id, to=to)
    assert found.ways == 0
    assert found.listed == ()
    assert found.links == ()
    assert said in found.to_text(400)


def test_an_activity_without_any_way_is_said_to_have_none() -> None:
    assert "No way leads from “Club” to a goal." in sketch("[]").explain("a").to_text(400)


def test_what_the_author_says_and_what_the_drawing_shows_are_told_apart() -> None:
    text = toc.example("rgs-newcastle").explain("scitt").to_text(200)
    assert "The author says necessary: “Training maths and physics teachers (SCITT)” →" in text
    assert "The author has not said: 7 links." in text
    assert "Every way in this drawing passes: “More new maths and physics teachers”." in text


def test_feedback_is_named_and_not_followed() -> None:
    theory = sketch("[o]").with_link("o", "a", feedback=True)
    found = theory.explain("a")
    assert found.ways == 1
    assert found.feedback == (("o", "a"),)
    assert "Feedback, not counted as a way" in found.to_text(400)


def test_more_ways_than_can_be_listed_are_counted_and_the_first_are_listed() -> None:
    width, depth = 10, 60
    outcomes = {
        f"o{layer}-{n}": {
            "title": "x",
            "leads_to": [f"o{layer + 1}-{m}" for m in range(width)] if layer < depth - 1 else ["goal"],
        }
        for layer in range(depth)
        for n in range(width)
    }
    theory = toc.TheoryOfChange.model_validate({"toc": 1, "title": "T", "goal": "G", "outcomes": outcomes})
    found = theory.explain("o0-0", limit=5)
    assert found.ways == width ** (depth - 1)
    assert len(found.listed) == 5
    assert "About 10^59 ways lead from" in found.to_text(400)
    assert "These are the first 5 of about 10^59." in found.to_text(400)
    assert found.to_dict()["ways"] is None
    assert json.loads(json.dumps(found.to_dict()))["ways_in_words"] == number(found.ways)


def test_nothing_is_listed_with_a_limit_of_nought_and_a_negative_one_is_refused() -> None:
    found = toc.example("rgs-newcastle").explain("scitt", limit=0)
    assert found.listed == ()
    assert found.ways == 3
    with pytest.raises(toc.OptionError, match="0 or more, not -1"):
        toc.example("rgs-newcastle").explain("scitt", limit=-1)


@pytest.mark.parametrize(("id", "to"), [("sciitt", None), ("scitt", "litercy")])
def test_an_unknown_id_is_refused_with_the_nearest(id: str, to: str | None) -> None:
    with pytest.raises(toc.TheoryError, match=r"did you mean '(scitt|literacy)'"):
        toc.example("rgs-newcastle").explain(id, to=to)


def test_the_organisation_s_own_words_are_used() -> None:
    theory = toc.loads(
        """
        toc: 1
        title: T
        settings: {vocabulary: {goal: Impact, link: arrow, assumption: belief, kpi: measure}}
        goal: G
        activities: {a: {title: A, leads_to: {goal: {assumptions: [It rains]}}}, b: {title: B}}
        kpis: {k: {title: K, measures: a}}
        """
    )
    text = theory.explain("a").to_text(400)
    assert text.startswith("How “A” leads to the impact\n")
    assert "The reasons, arrow by arrow" in text
    assert "Belief, untested: It rains (no test named)" in text
    assert "to an impact." in theory.explain("b").to_text(400)
    assert "“K” is a measure:" in theory.explain("k").to_text(400)


def test_a_table_has_a_row_for_each_way() -> None:
    table = toc.example("rgs-newcastle").explain("scitt").to_pandas()
    assert list(table["links"]) == [3, 5, 4]
    assert table["weakest_link"][0] == ("scitt", "new-teachers")


def test_arrows_between_names_that_are_read_from_the_right_keep_their_direction() -> None:
    theory = toc.loads("{toc: 1, title: T, goal: كل طفل يقرأ, activities: {a: {title: נקרא יחד, leads_to: goal}}}")
    assert "נקרא יחד \u200e→\u200e كل طفل يقرأ" in theory.explain("a").to_text(200)


def test_markdown_and_html_are_escaped() -> None:
    theory = toc.example("small-charity").edit("tea-and-games", title="<b>*Tea*</b> & | soup")
    found = theory.explain("tea-and-games")
    assert "<b>" not in found.to_html().split("</style>")[-1]
    assert r"\<b\>\*Tea\*\</b\> \& \| soup" in found.to_markdown()
    assert "&lt;b&gt;" in found._repr_html_()


@pytest.mark.parametrize("name", STARTS)
def test_the_explanation_of_an_example_reads_as_it_was_agreed(name: str) -> None:
    """Read the new page, then run with TOC_UPDATE_SNAPSHOTS=1 to agree."""
    start = STARTS[name] if STARTS[name] in toc.example(name).nodes else next(iter(toc.example(name).activities))
    page = toc.example(name).explain(start).to_markdown()
    agreed = SNAPSHOTS / f"{name}-explain.md"
    if os.environ.get("TOC_UPDATE_SNAPSHOTS"):
        agreed.parent.mkdir(exist_ok=True)
        agreed.write_text(page, encoding="utf-8", newline="\n")
    assert page == agreed.read_text(encoding="utf-8")


@tries(40)
@given(theories(), st.data(), st.integers(40, 120))
def test_whatever_a_theory_holds_every_node_can_be_explained(
    theory: toc.TheoryOfChange, data: st.DataObject, width: int
) -> None:
    from toc.pages.plain_text import columns

    nodes = list(theory.nodes)
    found = theory.explain(data.draw(st.sampled_from(nodes)), to=data.draw(st.sampled_from((None, *nodes))))
    assert max(columns(line) for line in found.to_text(width).splitlines()) <= width
    assert found.to_markdown()
    assert found.to_html()
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False)) == found.to_dict()
    assert len(found.to_pandas()) == len(found.listed)
    for way in found.listed:
        assert all(b in theory.forwards[a] for a, b in pairwise(way.nodes))
    assert repr(found)


@pytest.mark.parametrize("limit", [-1, "x", 1.5])
def test_a_limit_that_is_no_count_is_refused_in_words(limit: Any) -> None:
    with pytest.raises(toc.OptionError, match="limit, the most ways to be listed, is a whole number"):
        toc.example("small-charity").explain("tea-and-games", limit=limit)

"""From tables back to a theory: what the tables hold comes back, and what is wrong is told by table, row and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import assume, given

import toc
from strategies import authored, tries
from toc import tables

NAMES = tuple(name for name in tables.TABLES if name != "answers")  # which needs frames, that stand in no table
EXAMPLES = ("rgs-newcastle", "small-charity", "large-programme")


def said(theory: toc.TheoryOfChange, table: str) -> list[dict[str, Any]]:
    """The rows of a table, without cells that say nothing."""
    return [{name: cell for name, cell in row.items() if cell not in (None, "")} for row in tables.rows(theory, table)]


def told(make: Callable[[], object]) -> list[str]:
    with pytest.raises(toc.TheoryError) as error:
        make()
    return str(error.value).splitlines()


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("form", ["to_pandas", "to_polars"])
def test_all_tables_of_an_example_make_it_again(example: str, form: str) -> None:
    theory = toc.example(example)
    given = {name: getattr(theory, form)(name) for name in NAMES}
    back = toc.from_pandas(title=theory.title, **given).evolve(settings=theory.settings)
    for name in NAMES:
        assert said(back, name) == said(theory, name)


@tries(60)
@given(raw=authored())
def test_whatever_the_tables_hold_comes_back(raw: dict[str, Any]) -> None:
    theory = toc.TheoryOfChange.model_validate(raw)
    dealt = [one for activity in theory.activities.values() for one in activity.exchange.values()]
    assume(all(one.gives or one.gains for one in dealt))  # an exchange of nothing has no row
    things: list[Any] = [thing for one in dealt for thing in (*one.gives, *one.gains)]
    things += [thing for one in theory.partners.values() for thing in (*one.brings, *one.receives)]
    own: list[str | None] = [thing.text for thing in things]
    assume(not any(text and re.fullmatch("[a-z0-9-]+", text) for text in own))  # in a cell it may be a misspelt word
    given = {name: theory.to_pandas(name) for name in NAMES}
    back = toc.from_pandas(title=theory.title, **given).evolve(settings=theory.settings)
    for name in NAMES:
        assert said(back, name) == said(theory, name)


def test_what_partners_give_and_gain_is_read_as_a_word_of_the_library_or_as_ones_own() -> None:
    nodes = [
        {"id": "goal", "kind": "goal", "title": "Every child reads"},
        {"id": "clubs", "kind": "activity", "title": "Clubs"},
    ]
    partners = [{"id": "hill", "title": "Hill School", "brings": "venue; A minibus"}]
    rows = [
        {"activity": "clubs", "partner": "hill", "way": "gives", "what": "A minibus", "kind": "tangible"},
        {"activity": "clubs", "partner": "hill", "way": "gains", "what": "attainment", "because": "They read"},
    ]
    theory = toc.from_pandas(title="Reading", nodes=nodes, partners=partners, exchange=rows)
    (gift,), (gain,) = (
        theory.activities["clubs"].exchange["hill"].gives,
        theory.activities["clubs"].exchange["hill"].gains,
    )
    assert (gift.text, gift.kind, gain.benefit, gain.because) == ("A minibus", "tangible", "attainment", "They read")
    assert [(one.resource, one.text) for one in theory.partners["hill"].brings] == [
        ("venue", None),
        (None, "A minibus"),
    ]
    rows[0] |= {"activity": "club"}
    rows[1] |= {"what": "atainment", "way": "wins"}
    assert [
        line.partition(" [")[0] for line in told(lambda: toc.from_pandas(title="R", nodes=nodes, exchange=rows))
    ] == [
        "exchange[0].activity: unknown id 'club': did you mean 'clubs'?",
        "exchange[1].way: `way` is missing or wrong: write gives or gains",
    ]


def test_a_table_that_is_not_read_says_why() -> None:
    with pytest.raises(toc.OptionError, match=r"the table 'answers' is not read: .* need their frames"):
        toc.from_pandas(title="R", answers=toc.example("rgs-newcastle").to_pandas("answers"))


def test_four_tables_are_enough_for_boxes_arrows_kpis_and_readings() -> None:
    theory = toc.example("rgs-newcastle")
    given = {name: theory.to_pandas(name) for name in ("nodes", "links", "kpis", "readings")}
    back = toc.from_pandas(title=theory.title, **given)
    for name in ("nodes", "kpis", "readings"):
        assert said(back, name) == said(theory, name)
    assert [(link.source, link.target, link.because) for link in back.links] == [
        (link.source, link.target, link.because) for link in theory.links
    ]
    assert back.context.target_groups["partner-pupils"].title == "partner-pupils"


def test_a_table_of_ones_own_may_hold_the_columns_of_every_kind() -> None:
    nodes = pd.DataFrame(
        [
            {"id": "goal", "kind": "goal", "title": "Every child reads"},
            {"id": "books", "kind": "pillar", "title": "Books"},
            {
                "id": "clubs",
                "kind": "activity",
                "title": "Clubs",
                "participation": 60,
                "certainty": "high",
                "tags": "a; b",
            },
            {"id": "talks", "kind": "activity", "title": "Talks", "participation_level": "low", "pillar": "books"},
            {"id": "age", "kind": "kpi", "title": "Age", "measures": "clubs", "target": 14, "target_by": "2027-07-31"},
        ]
    )
    links = [{"source": "clubs", "target": "books", "because": "They practise"}, {"source": "books", "target": "goal"}]
    theory = toc.from_pandas(title="Reading", nodes=nodes, links=links)
    assert theory.activities["clubs"].participation == 60
    assert theory.activities["clubs"].tags == ("a", "b")
    assert theory.activities["clubs"].leads_to["books"].because == "They practise"
    assert (theory.activities["talks"].participation, theory.activities["talks"].pillar) == ("low", "books")
    assert theory.activities["clubs"].pillar is None
    target = theory.kpis["age"].target
    assert target is not None
    assert (target.value, target.by) == (14, date(2027, 7, 31))
    assert toc.from_pandas(title="Reading", nodes=nodes).pillars["books"].leads_to.keys() == {"goal"}


def test_a_node_stays_in_the_column_of_the_pillar_that_the_table_tells() -> None:
    theory = toc.loads("""
toc: 1
title: Columns
goal: Goal
pillars: {one: One, two: Two}
outcomes: {far: {title: Far, leads_to: one}, near: {title: Near, leads_to: far, pillar: two}}
activities: {do: {title: Do, leads_to: near}, both: {title: Both, leads_to: [one, two]}}
""")
    back = toc.from_pandas(title="Columns", nodes=theory.to_pandas(), links=theory.to_pandas("links"))
    assert back.columns == theory.columns
    assert [id for id, node in back.nodes.items() if getattr(node, "pillar", None)] == ["near"]


def test_every_problem_is_told_by_table_row_and_column() -> None:
    nodes = [
        {"id": "goal", "kind": "goal", "title": "Goal"},
        {"id": "clubs", "kind": "activity", "title": "Clubs", "certainty": "hihg", "starts": "31/07/2027"},
        {"id": "Clubs 2", "kind": "activity", "title": "More"},
        {"id": "talks", "kind": "activty", "title": "Talks"},
        {"kind": "activity", "title": "No id"},
        {"id": "clubs", "kind": "activity", "title": "Twice"},
        {"id": "walks", "kind": "activity", "title": "Walks", "pillar": "outdoors"},
    ]
    kpis = [{"id": "age", "title": "Age", "measures": ["clubs", "clbs"], "target": "x", "baseline_date": "2026-01-01"}]
    found = told(
        lambda: toc.from_pandas(
            title="Wrong",
            nodes=nodes,
            kpis=kpis,
            links=[
                {"source": "clubs", "target": "gaol"},
                {"target": "goal"},
                {"source": "clubs", "target": "goal", "confidence": 3},
            ],
            readings=[
                {"kpi": "aeg", "date": "2026-01-01", "value": 1},
                {"kpi": "age", "date": "x", "value": 1, "where_group": " "},
            ],
            milestones=[{"kpi": "age", "value": 3, "by": "soon", "colour": "red"}],
        )
    )
    places = {(line.partition(": ")[0], line[-7:-1]) for line in found}
    assert places == {
        ("nodes[1].certainty", "TOC013"),
        ("nodes[1].starts", "TOC015"),
        ("nodes[2].id", "TOC016"),
        ("nodes[3].kind", "TOC013"),
        ("nodes[4].id", "TOC011"),
        ("nodes[5].id", "TOC031"),
        ("kpis[0].baseline", "TOC011"),
        ("kpis[0].measures", "TOC030"),
        ("links[0].target", "TOC030"),
        ("links[1].source", "TOC011"),
        ("links[2].confidence", "TOC014"),
        ("readings[0].kpi", "TOC030"),
        ("readings[1].date", "TOC015"),
        ("milestones[0].by", "TOC015"),
        ("milestones.colour", "TOC010"),
    }
    assert told(lambda: toc.from_pandas(title="Wrong", nodes=[nodes[0], nodes[6]])) == [
        "nodes[1].pillar: unknown id 'outdoors' [TOC030]"
    ]


def test_without_a_goal_or_a_table_there_is_no_theory() -> None:
    found = told(lambda: toc.from_pandas(title="None", nodes=[{"id": "a", "kind": "activity", "title": "A"}]))
    assert found == ["nodes: there is no goal: a row of `nodes` of the kind goal is one [TOC035]"]
    with pytest.raises(toc.OptionError, match="needs the table `nodes`"):
        toc.from_pandas(title="None")
    with pytest.raises(toc.OptionError, match="did you mean 'outcomes'"):
        toc.from_pandas(title="None", outcome=pl.DataFrame())
    assert told(lambda: toc.from_pandas(title=" ", nodes=[{"id": "g", "kind": "goal", "title": "G"}])) == [
        "title: the text is empty: write something or leave the key out [TOC017]"
    ]

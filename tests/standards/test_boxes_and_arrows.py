"""Kumu, ToC-Maker, and lists of nodes and edges: boxes and arrows out and in, nothing merged or dropped in silence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

import toc
from strategies import theories, tries

EXAMPLES = ("rgs-newcastle", "small-charity", "large-programme")
KINDS = ("goals", "pillars", "outcomes", "outputs", "activities")


def ends(theory: toc.TheoryOfChange) -> set[tuple[str, str]]:
    """Every link by its two titles."""
    return {(theory.nodes[link.source].title, theory.nodes[link.target].title) for link in theory.links}


def titles(theory: toc.TheoryOfChange) -> dict[str, list[str]]:
    """The titles of every kind."""
    return {kind: [node.title for node in getattr(theory, kind).values()] for kind in KINDS}


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_toc_maker_is_given_comes_back(name: str) -> None:
    theory = toc.example(name)
    back = toc.imported(theory.export("toc-maker").text, "toc-maker")
    assert titles(back.theory) == titles(theory)
    missing = ends(theory) - ends(back.theory)
    assert len(missing) == len(back.losses)
    shares = {(link.source, link.target): link.confidence for link in theory.links}
    assert all(shares[link.source, link.target] == link.confidence for link in back.theory.links)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_kumu_is_given_comes_back(name: str) -> None:
    theory = toc.example(name)
    back = toc.imported(theory.export("kumu").text, "kumu").theory
    assert (titles(back), ends(back)) == (titles(theory), ends(theory))
    assert [kpi.measures for kpi in back.kpis.values()] == [kpi.measures for kpi in theory.kpis.values()]


def test_equal_labels_in_kumu_are_told_apart_by_their_ids() -> None:
    raw = {
        "toc": 1,
        "title": "T",
        "goal": "Read",
        "outcomes": {"a": {"title": "Read", "leads_to": {"goal": {"confidence": "low", "because": "So"}}}},
    }
    made = json.loads(toc.TheoryOfChange.model_validate(raw).export("kumu").text)
    assert [one["label"] for one in made["elements"]] == ["Read (goal)", "Read (a)"]
    assert made["connections"] == [
        {
            "from": "Read (a)",
            "to": "Read (goal)",
            "direction": "directed",
            "type": "leads to",
            "description": "So",
            "strength": 0.25,
        }
    ]


@tries(80)
@given(theories())
def test_every_box_of_any_theory_is_in_both_files(raw: Any) -> None:
    theory = toc.TheoryOfChange.model_validate(raw)
    kumu = json.loads(theory.export("kumu").text)
    assert [one["id"] for one in kumu["elements"]] == list(theory.nodes)
    assert len({one["label"] for one in kumu["elements"]}) == len(theory.nodes)
    boxes = [
        node["id"]
        for one in json.loads(theory.export("toc-maker").text)["sections"]
        for node in one["columns"][0]["nodes"]
    ]
    assert sorted(boxes) == sorted(id for id, node in theory.nodes.items() if node.kind != "kpi")


SAID = (
    *(
        "certainty",
        "participation",
        "stakes",
        "recurs",
        "lead",
        "impact",
        "stage",
        "places",
        "only_together",
        "exchange",
    ),
    *("reciprocates", "reach"),
)


def test_what_is_said_of_the_partners_is_named_as_lost_by_every_standard() -> None:
    said = toc.example("rgs-newcastle")
    frames = {"ours": {"title": "Ours", "source": "Trustees", "statements": {"lead": "Each school names a lead"}}}
    iati = {"identifier": "GB-1", "reporting_org": {"ref": "GB-1", "type": "80", "name": "X"}, "starts": "2026-01-01"}
    cids = {"base": "https://example.org", "organization": {"id": "school", "legal_name": "The School Ltd"}}
    settings = {"iati": {**iati, "status": "2", "country": "GB", "sector": "11220"}, "cids": cids}
    theory = said.evolve(frames=frames, settings=settings).edit("sport", reach={"teachers": 12}, places="By lot")
    theory = theory.edit("reading-age", agreed_on="2026-01-01", collected_by="rgs")
    for standard in ("iati", "cids", "kumu", "toc-maker"):
        lost = {loss.path for loss in theory.losses(standard)}
        assert {("partnership",), ("reviews",), ("frames",), *((("partners", id)) for id in theory.partners)} <= lost
        assert {("activities", "zones-visits", key) for key in ("impact", "exchange", "reciprocates")} <= lost
        assert {("activities", "partnership-teachers", key) for key in ("stage", "only_together")} <= lost
        assert {("activities", "sport", "reach"), ("activities", "sport", "places")} <= lost
        assert {("kpis", "reading-age", key) for key in ("agreed_on", "collected_by")} <= lost
        groups = ("context", "target_groups")
        assert groups in lost or {(*groups, "sixth-formers", "partner"), (*groups, "teachers", "partner")} <= lost


@tries(80)
@given(theories())
def test_every_key_that_is_written_nowhere_is_named_as_lost(raw: Any) -> None:
    theory = toc.TheoryOfChange.model_validate(raw)
    for standard in ("kumu", "toc-maker"):
        lost = {loss.path for loss in theory.losses(standard)}
        for id, activity in theory.activities.items():
            said = {key for key in SAID if getattr(activity, key)}
            assert {("activities", id, key) for key in said} <= lost
        assert {("activities", id, key) for id, one in theory.activities.items() for key in one.model_extra} <= lost


def test_connections_of_toc_maker_keep_confidence_evidence_and_assumptions() -> None:
    text = json.dumps(
        {
            "title": "Clubs", "curvature": 0.4,
            "sections": [
                {"title": "Approaches", "columns": [{"nodes": [
                    {"id": "1", "title": "Clubs", "text": "After school", "connectionIds": ["2", "9"], "yPosition": 40,
                     "connections": [{"targetId": "2", "confidence": 85, "evidence": "Smith 2020\nJones 2021", "assumptions": "They come"}]},
                ]}]},
                {"title": "Intermediate outcomes", "columns": [{"nodes": [{"id": "2", "title": "Skills", "text": "", "connectionIds": ["3"]}]}]},
                {"title": "End Goal", "columns": [
                    {"nodes": [{"id": "3", "title": "Jobs", "text": "", "connectionIds": ["4"]}]},
                    {"nodes": [{"id": "4", "title": "Good lives", "text": "", "connectionIds": []}]},
                ]},
            ],
        }
    )  # fmt: skip
    made = toc.imported(text, "toc-maker")
    theory = made.theory
    assert titles(theory) == {
        "goals": ["Good lives"],
        "pillars": [],
        "outcomes": ["Skills", "Jobs"],
        "outputs": [],
        "activities": ["Clubs"],
    }
    link = theory.activities["clubs"].leads_to["skills"]
    assert (link.confidence, [one.source for one in link.evidence]) == (0.85, ["Smith 2020", "Jones 2021"])
    assert [one.text for one in link.assumptions] == ["They come"]
    assert {loss.why for loss in made.losses} == {
        "a theory is drawn anew: places and colours are not kept", "there is no box “9”", "a goal leads to nothing further: taken for an outcome",
    }  # fmt: skip


def test_rows_of_ends_are_a_theory_and_what_is_assumed_is_told() -> None:
    text = "From,To,From type,To type,Because,Confidence,Feedback\nClub,Skills,Activity,,They practise,85%,\nSkills,Jobs,,Goal,,,\nJobs,Club,,,,,yes\n"
    made = toc.imported(text, "nodes-and-edges")
    theory = made.theory
    assert (list(theory.activities), list(theory.outcomes)) == (["club"], ["skills"])
    link = theory.activities["club"].leads_to["skills"]
    assert (link.because, link.confidence) == ("They practise", 0.85)
    assert {loss.what for loss in made.losses} >= {"Skills"}


@pytest.mark.parametrize(
    "text",
    [
        '{"nodes": [{"id": "a", "label": "Club", "type": "activity"}, {"id": "b", "label": "Jobs", "type": "goal"}], "edges": [{"source": "a", "target": "b"}]}',
        '{"elements": [{"label": "Club", "type": "Project"}, {"label": "Jobs", "type": "Impact"}], "connections": [{"from": "Club", "to": "Jobs"}]}',
        '{"nodes": [{"data": {"id": "1", "name": "Club", "kind": "activity"}}, {"data": {"id": "2", "title": "Jobs", "kind": "goal"}}], "links": [{"data": {"source": 1, "target": 2}}]}',
    ],
)
def test_lists_of_nodes_and_edges_come_in_several_shapes(text: str) -> None:
    made = toc.imported(text, "nodes-and-edges")
    assert (
        ends(made.theory) == {("Club", "Jobs")}
        or ends(made.theory) == {("1", "2")}
        or titles(made.theory)["goals"] == ["Jobs"]
    )
    assert [node.title for node in made.theory.goals.values()] == ["Jobs"]
    assert len(made.theory.activities) == 1


@pytest.mark.parametrize(
    ("text", "standard", "said"),
    [
        ("{}", "toc-maker", "no list of `sections`"),
        ("[1]", "toc-maker", "no list of `sections`"),
        ("{", "toc-maker", ""),
        ('{"nodes": []}', "nodes-and-edges", "`nodes` and `edges`"),
        ("a,b\n1,2\n", "nodes-and-edges", "there must be `source` and `target`"),
        ("", "nodes-and-edges", "there must be `source` and `target`"),
    ],
)
def test_what_is_no_such_file_is_told(text: str, standard: str, said: str) -> None:
    with pytest.raises(toc.TheoryError) as caught:
        toc.imported(text, standard)
    assert said in str(caught.value)


def test_a_circle_is_told_as_in_every_theory() -> None:
    text = "source,target,source kind,target kind\na,b,outcome,outcome\nb,a,outcome,outcome\na,g,outcome,goal\n"
    with pytest.raises(toc.TheoryError, match="a → b → a"):
        toc.imported(text, "nodes-and-edges")


def test_an_unknown_standard_is_told_with_the_nearest() -> None:
    with pytest.raises(toc.OptionError, match="did you mean 'iati'"):
        toc.example("small-charity").export("iatti")
    with pytest.raises(toc.OptionError, match="only written"):
        toc.imported("{}", "cids")
    with pytest.raises(toc.OptionError, match="only read"):
        toc.example("small-charity").export("nodes-and-edges")
    with pytest.raises(toc.OptionError, match="leave `into` out"):
        toc.example("small-charity").export("kumu", into=b"{}")

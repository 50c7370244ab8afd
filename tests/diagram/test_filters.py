"""A part of a theory: what a filter lets through, where it stands, and what the drawing says about it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import theories, tries
from toc.diagram import VIEWS, Diagram
from toc.model.parts import part_of

RGS = toc.example("rgs-newcastle")
ALL = {"neighbourhood": {"node": "capital"}, "path": {"node": "careers-fair"}}


def ids(diagram: Diagram, kind: str = "") -> set[str]:
    return {box.id for box in diagram.boxes if kind in ("", box.kind)}


def notes(diagram: Diagram) -> list[str]:
    return [" ".join(caption.rows) for caption in diagram.captions if caption.role == "note"]


def theory_with(**sections: object) -> toc.TheoryOfChange:
    return toc.TheoryOfChange.model_validate({"toc": 1, "title": "T", "goal": "G", **sections})


def tagged() -> toc.TheoryOfChange:
    return theory_with(
        context={"target_groups": {"year-9": "Year 9 pupils", "staff": "Staff"}},
        pillars={"p": "Reading", "q": "Maths"},
        outcomes={"o": {"title": "O", "leads_to": "p", "target_group": "year-9"}},
        activities={
            "sung": {"title": "Sung", "tags": ["music"], "leads_to": "o", "target_group": ["year-9", "staff"]},
            "run": {"title": "Run", "tags": ["sport", "outdoors"], "leads_to": "q"},
            "sat": {"title": "Sat", "leads_to": "q"},
        },
        kpis={"k": {"title": "K", "measures": ["o", "sung"]}},
    )


@tries(60)
@given(theory=theories(), data=st.data())
def test_a_part_of_a_theory_is_what_loading_its_dump_gives(theory: toc.TheoryOfChange, data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(list(theory.nodes))))
    part = part_of(theory, chosen)
    assert type(part) is type(theory)
    assert toc.loads(part.dumps()) == part
    assert set(part.nodes) - set(theory.kpis) == {*theory.goals, *(chosen - theory.kpis.keys())}
    assert set(part.kpis) == {
        id for id in chosen & theory.kpis.keys() if set(theory.kpis[id].measures) & set(part.nodes)
    }
    assert {(link.source, link.target) for link in part.links} == {
        (link.source, link.target) for link in theory.links if {link.source, link.target} <= set(part.nodes)
    }


@tries(60)
@given(theory=theories(), data=st.data())
def test_what_is_kept_stays_in_its_column(theory: toc.TheoryOfChange, data: st.DataObject) -> None:
    part = part_of(theory, data.draw(st.sets(st.sampled_from(list(theory.nodes)))))
    for id in part.columns.keys() | theory.columns.keys():
        if id in part.nodes and theory.columns.get(id) in part.pillars:
            assert part.columns.get(id) == theory.columns[id]


def test_a_part_with_everything_is_the_whole() -> None:
    assert part_of(RGS, RGS.nodes) == RGS


def test_a_drawing_of_a_pillar_names_what_leads_there_from_another_column() -> None:
    said = notes(RGS.diagram(pillar="Outcomes in STEM", search="quick"))[0]
    assert said.endswith(
        "and 2 shared, not drawn here, which lead there from the column of another pillar: “More new maths and physics "
        "teachers” and “Training maths and physics teachers (SCITT)”"
    )
    assert "shared" not in notes(RGS.diagram(pillar="literacy", search="quick"))[0]
    assert (
        "and 1 shared, not drawn here, which leads there"
        in notes(RGS.diagram(pillar="stem", kind="outcome", search="quick"))[0]
    )
    assert "shared" not in notes(RGS.diagram(pillar=["stem", "cpd"], kind="outcome", search="quick"))[0]


def test_titles_stand_for_ids_where_only_one_bears_them() -> None:
    assert RGS.diagram(pillar="literacy", search="quick").boxes == RGS.diagram(pillar=" LITERACY", search="quick").boxes
    assert RGS.diagram("path", node="Careers fair for partner schools", search="quick") == RGS.diagram(
        "path", node="careers-fair", search="quick"
    )
    assert tagged().diagram(target_group="Year 9  pupils") == tagged().diagram(target_group="year-9")
    with pytest.raises(
        toc.OptionError, match=r"no pillar 'Outcome in stem'.*did you mean 'stem' \(“Outcomes in STEM”\)"
    ):
        RGS.diagram(pillar="Outcome in stem", search="quick")
    twins = theory_with(activities={"a": "Clubs", "b": "clubs"})
    with pytest.raises(toc.OptionError, match="several have that title; give the id of one: 'a' or 'b'"):
        twins.diagram("path", node="Clubs")


def test_a_part_drops_the_silences_of_what_is_gone() -> None:
    silence = [{"code": "TOC101", "reason": "Known", "node": "run"}, {"code": "TOC101", "reason": "Known"}]
    theory = tagged().evolve(settings={"checks": {"silence": silence}})
    assert [one.node for one in part_of(theory, {"sung"}).settings.checks.silence] == [None]


def test_a_pillar_keeps_what_stands_in_its_column_and_the_goals() -> None:
    assert ids(RGS.diagram(pillar="literacy", search="quick")) == {"goal", "literacy"} | {
        id for id, column in RGS.columns.items() if column == "literacy"
    }


def test_an_empty_pillar_that_is_asked_for_is_drawn() -> None:
    theory = theory_with(pillars={"p": "P", "q": "Q"})
    assert ids(theory.diagram(pillar="q", search="quick")) == {"goal", "q"}


def test_a_tag_keeps_its_activities_in_their_columns_though_what_lay_between_is_gone() -> None:
    diagram = tagged().diagram(tag="music")
    assert ids(diagram) == {"goal", "p", "sung"}
    (panel,) = diagram.groups
    (box,) = [box for box in diagram.boxes if box.id == "sung"]
    assert (panel.id, panel.x <= box.x) == ("p", True)


def test_a_target_group_keeps_what_is_meant_for_it() -> None:
    assert ids(tagged().diagram(target_group="year-9")) == {"goal", "p", "o", "sung"}
    assert ids(tagged().diagram(target_group="staff")) == {"goal", "p", "sung"}


def test_a_kind_keeps_its_nodes_and_the_pillars_they_stand_in() -> None:
    assert ids(tagged().diagram(kind="outcome")) == {"goal", "p", "o"}


def kpis_shown(diagram: Diagram) -> set[str]:
    return {box.id for box in diagram.boxes for line in box.lines if line.role == "kpi"}


def test_kpis_are_shown_when_kinds_are_named_only_if_they_are_among_them() -> None:
    theory = tagged()
    assert kpis_shown(theory.diagram(search="quick")) == {"o", "sung"}
    assert kpis_shown(theory.diagram(kind=["outcome", "activity"], search="quick")) == set()
    assert kpis_shown(theory.diagram(kind=["outcome", "kpi"], search="quick")) == {"o"}


def test_kpis_alone_show_what_they_measure() -> None:
    diagram = tagged().diagram(kind="kpi")
    assert ids(diagram) == {"goal", "p", "o", "sung"}
    assert kpis_shown(diagram) == {"o", "sung"}


def test_one_of_several_is_enough_and_every_filter_counts() -> None:
    theory = tagged()
    assert ids(theory.diagram(tag=["music", "sport"], search="quick"), "activity") == {"sung", "run"}
    assert ids(theory.diagram(tag=["music", "sport"], pillar="q", search="quick"), "activity") == {"run"}


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"pillar": "q"}, "Only what is in Maths: 3 of the theory's 7 boxes; the goal stands for orientation"),
        ({"tag": ["sport", "music"]}, "Only what is tagged music or sport: 2 of the theory's 7 boxes; {both}"),
        ({"kind": ["activity", "kpi"]}, "Only activities and KPIs: 3 of the theory's 7 boxes; {both}"),
        ({"kind": "kpi"}, "Only what KPIs measure: 2 of the theory's 7 boxes; {one}"),
        (
            {"kind": "activity", "pillar": "p", "target_group": "staff"},
            "Only activities in Reading, for Staff: 1 of the theory's 7 boxes; {one}",
        ),
        (
            {"tag": "music", "pillar": "q"},
            "Only what is in Maths, tagged music: none of the theory's 7 boxes; {one}",
        ),
        ({"kind": "goal"}, "Only goals: 1 of the theory's 7 boxes"),
    ],
)
def test_what_is_left_out_is_said_at_the_foot(filters: dict[str, Any], said: str) -> None:
    one = "the goal and the pillar stand for orientation"
    both = "the goal and the pillars stand for orientation"
    assert notes(tagged().diagram(**filters)) == [said.format(one=one, both=both)]


def test_the_note_uses_the_organisation_s_own_words() -> None:
    theory = tagged().evolve(settings={"vocabulary": {"activity": "Inquiry", "goal": "Aim", "pillar": "Strand"}})
    said = "Only inquiries: 3 of the theory's 7 boxes; the aim and the strands stand for orientation"
    assert notes(theory.diagram(kind="activity", search="quick")) == [said]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_filtered_alike(view: str) -> None:
    asked: dict[str, Any] = {**ALL.get(view, {}), "search": "quick"}
    part, whole = RGS.diagram(view, pillar="capital", **asked), RGS.diagram(view, **asked)
    others = set(RGS.pillars) - {"capital"}
    assert ids(part) <= ids(whole)
    assert not ids(part) & others
    assert any(note.startswith("Only what is in Cultural and social capital") for note in notes(part))
    assert not any(note.startswith("Only") for note in notes(whole))


def test_tooltips_tell_of_the_whole_theory() -> None:
    whole, part = RGS.diagram(search="quick"), RGS.diagram(kind="activity", search="quick")
    told = {box.id: box.tooltip for box in whole.boxes}
    assert all(box.tooltip == told[box.id] for box in part.boxes)


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"pillar": "readin"}, "there is no pillar 'readin'"),
        ({"tag": "musik"}, "did you mean 'music'"),
        ({"target_group": "year9"}, "did you mean 'year-9'"),
        ({"kind": "activty"}, "did you mean 'activity'"),
        ({"direction": "sideways"}, "there is no direction 'sideways'; the directions are up, down, right, left"),
        ({"node": "sumg"}, "did you mean 'sung'"),
        ({"steps": -1}, "steps is a whole number, 0 or more, not -1"),
        ({"piller": "p"}, "did you mean 'pillar'"),
    ],
)
def test_a_name_that_is_not_there_is_answered_with_the_nearest(filters: dict[str, Any], said: str) -> None:
    with pytest.raises(toc.OptionError) as caught:
        tagged().diagram(**filters)
    assert said in str(caught.value)


def test_a_node_that_the_filters_leave_out_is_named() -> None:
    with pytest.raises(toc.OptionError, match="the filters leave out 'sung', which is asked for"):
        tagged().diagram("path", node="sung", tag="sport")

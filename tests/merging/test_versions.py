"""Two versions of a theory joined: what one of them changed is taken, what both did is told, and nothing is decided in silence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import authored, tries
from toc import TheoryOfChange

RAW: dict[str, Any] = {
    "toc": 1,
    "title": "Reading",
    "goal": "Every child reads",
    "context": {"target_groups": {"pupils": "Pupils"}},
    "outcomes": {"readers": {"title": "Readers", "leads_to": "goal"}, "talk": {"title": "Talk", "leads_to": "goal"}},
    "activities": {
        "clubs": {"title": "Clubs", "leads_to": {"readers": "Practice"}, "tags": ["a", "b"], "certainty": {"level": "high", "because": "Seen"}},
        "visits": {"title": "Visits", "leads_to": "talk"},
        "camps": {"title": "Camps"},
    },
    "kpis": {"gain": {"title": "Gain", "measures": "readers", "readings": [{"date": "2026-01-31", "value": 1}]}},
    "partners": {"st-marys": "St Mary's"},
}  # fmt: skip
BASE = TheoryOfChange.model_validate(RAW)


def said(found: Any) -> list[tuple[Any, ...]]:
    """The conflicts: what, which field, and the three values."""
    return [(one.title, one.field, one.base, one.mine, one.theirs) for one in found.conflicts]


def test_fields_that_one_side_changed_are_joined() -> None:
    mine = BASE.edit("clubs", title="Chess clubs").edit_link("clubs", "readers", confidence=0.5)
    theirs = (
        BASE.edit("clubs", participation=12).edit_link("clubs", "readers", because="Daily practice").without("camps")
    )
    found = toc.merge(BASE, mine, theirs)
    assert found.conflicts == ()
    clubs = found.theory.activities["clubs"]
    assert (clubs.title, clubs.participation) == ("Chess clubs", 12)
    assert (clubs.leads_to["readers"].confidence, clubs.leads_to["readers"].because) == (0.5, "Daily practice")
    assert "camps" not in found.theory
    assert [(one.change, one.field, one.title) for one in found.changes] == [
        ("changed", "participation", "Chess clubs"),
        ("changed", "because", "Chess clubs → Readers"),
        ("removed", None, "Camps"),
    ]


def test_a_field_that_both_changed_is_a_conflict_of_one_field() -> None:
    mine = BASE.edit("clubs", certainty={"level": "low", "because": "Seen"})
    theirs = BASE.edit("clubs", certainty={"level": "medium", "because": "Heard"})
    found = toc.merge(BASE, mine, theirs)
    assert said(found) == [("Clubs", "certainty.level", "high", "low", "medium")]
    certainty = found.theory.activities["clubs"].certainty
    assert certainty is not None
    assert (certainty.level, certainty.because) == ("low", "Heard")
    (conflict,) = found.conflicts
    assert conflict.problem is not None
    assert (conflict.problem.code, conflict.problem.path) == ("TOC038", ("activities", "clubs", "certainty", "level"))
    assert "before “high”, in ours “low”, in theirs “medium”" in conflict.problem.message


def test_lists_of_texts_join_as_sets_in_their_order() -> None:
    found = toc.merge(BASE, BASE.edit("clubs", tags=["m", "a", "b"]), BASE.edit("clubs", tags=["b", "t"]))
    assert found.theory.activities["clubs"].tags == ("m", "b", "t")
    assert found.conflicts == ()
    fought = toc.merge(BASE, BASE.edit("clubs", tags=["b", "a", "m"]), BASE.edit("clubs", tags=["a", "x", "b"]))
    assert fought.theory.activities["clubs"].tags == ("b", "a", "x", "m")


def test_a_box_that_one_took_out_and_the_other_changed_is_a_conflict() -> None:
    for mine, theirs in (
        (BASE.without("clubs"), BASE.edit("clubs", title="C")),
        (BASE.edit("clubs", title="C"), BASE.without("clubs")),
    ):
        found = toc.merge(BASE, mine, theirs)
        assert [(one.kind, one.field) for one in found.conflicts] == [("Activity", None)]
        assert found.theory == mine


def test_a_box_that_one_took_out_and_the_other_leads_to_is_a_conflict() -> None:
    gone, linked = BASE.without("talk"), BASE.with_link("camps", "talk")
    found = toc.merge(BASE, gone, linked)
    assert [(one.kind, one.title, one.theirs is None) for one in found.conflicts] == [("Link", "Camps → Talk", False)]
    assert found.theory == gone
    found = toc.merge(BASE, linked, gone)
    assert [(one.kind, one.title, one.theirs) for one in found.conflicts] == [("Outcome", "Talk", None)]
    assert found.theory == linked
    assert "unknown id 'talk'" in str(found.conflicts[0].problem)


def test_links_that_make_a_circle_together_are_a_conflict() -> None:
    found = toc.merge(
        BASE, BASE.with_link("readers", "talk"), BASE.with_link("talk", "readers").edit("camps", title="Summer camps")
    )
    assert [(one.kind, one.title) for one in found.conflicts] == [("Link", "Talk → Readers")]
    assert found.theory.effects("readers") == ("goal", "talk")
    assert found.theory.activities["camps"].title == "Summer camps"
    assert "readers → talk → readers" in str(found.conflicts[0].problem)


def test_the_same_id_in_two_kinds_is_a_conflict() -> None:
    mine = BASE.with_node(toc.Outcome(id="new", title="New"))
    theirs = BASE.with_node(toc.Activity(id="new", title="New"))
    assert [(one.field, one.mine, one.theirs) for one in toc.merge(BASE, mine, theirs).conflicts] == [
        ("kind", "outcome", "activity")
    ]


def test_order_counts() -> None:
    moved = BASE.moved("camps")
    assert list(toc.merge(BASE, BASE, moved).theory.activities) == ["camps", "clubs", "visits"]
    assert list(toc.merge(BASE, moved, BASE.edit("visits", title="V")).theory.activities) == [
        "camps",
        "clubs",
        "visits",
    ]
    with_new = BASE.with_node(toc.Activity(id="new", title="New")).moved("new", after="clubs")
    assert list(toc.merge(BASE, moved, with_new).theory.activities) == ["camps", "clubs", "new", "visits"]
    found = toc.merge(BASE, moved, BASE.moved("visits"))
    assert said(found) == [
        (
            "Reading",
            "order of activities",
            ["Clubs", "Visits", "Camps"],
            ["Camps", "Clubs", "Visits"],
            ["Visits", "Clubs", "Camps"],
        )
    ]
    assert list(found.theory.activities) == ["camps", "clubs", "visits"]


def test_items_of_lists_are_known_by_what_they_say() -> None:
    mine = BASE.edit_link("clubs", "readers", assumptions=["They come", "They stay"])
    theirs = BASE.edit_link("clubs", "readers", assumptions=["They like it"])
    found = toc.merge(BASE, mine, theirs)
    assert [one.text for one in found.theory.activities["clubs"].leads_to["readers"].assumptions] == [
        "They like it",
        "They come",
        "They stay",
    ]
    read = {"date": "2026-01-31", "value": 2}
    assert said(
        toc.merge(BASE, BASE.edit("gain", readings=[read]), BASE.edit("gain", readings=[{**read, "value": 3}]))
    ) == [("Gain, 2026-01-31", "value", 1, 2, 3)]


def test_settings_reviews_and_the_partnership_join_key_by_key() -> None:
    mine = BASE.evolve(settings={"vocabulary": {"pillar": "Strand"}}, partnership={"since": 2021})
    theirs = BASE.evolve(settings={"vocabulary": {"goal": "Aim"}}, partnership={"home": "st-marys"})
    found = toc.merge(BASE, mine, theirs)
    assert found.conflicts == ()
    assert found.theory.settings.vocabulary.model_dump(exclude_none=True) == {
        "goal": {"one": "Aim"},
        "pillar": {"one": "Strand"},
    }
    assert found.theory.partnership.model_dump(exclude_defaults=True) == {"home": "st-marys", "since": 2021}


def test_without_a_base_what_differs_is_a_conflict() -> None:
    found = toc.merge(None, BASE, BASE.edit("clubs", title="C").with_node(toc.Activity(id="new", title="New")))
    assert said(found) == [("Clubs", "title", None, "Clubs", "C")]
    assert "new" in found.theory


def test_what_came_of_it_is_an_answer_with_ours_and_theirs() -> None:
    found = toc.merge(BASE, BASE.edit("clubs", title="Mine"), BASE.edit("clubs", title="Theirs"))
    text = found.to_text()
    assert "what their version changes" in text
    assert "Ours" in text
    assert list(found.to_pandas("conflicts").columns) == ["kind", "title", "field", "base", "mine", "theirs", "cell"]
    assert json.loads(found.to_json())["conflicts"][0]["theirs"] == "Theirs"
    with pytest.raises(toc.OptionError, match="is no theory"):
        toc.merge(BASE, BASE, "theirs")  # type: ignore[arg-type]


def form(theory: TheoryOfChange) -> str:
    return theory.dumps("json")


@tries(60)
@given(authored(), authored())
def test_one_side_alone_is_taken_whole(one: Any, other: Any) -> None:
    base, theirs = TheoryOfChange.model_validate(one), TheoryOfChange.model_validate(other)
    taken = toc.merge(base, base, theirs)
    assert taken.conflicts == ()
    assert taken.theory == theirs
    kept = toc.merge(base, theirs, base)
    assert (kept.theory, kept.changes, kept.conflicts) == (theirs, (), ())
    both = toc.merge(base, theirs, theirs)
    assert (form(both.theory), both.changes, both.conflicts) == (form(theirs), (), ())


def altered(theory: TheoryOfChange, data: st.DataObject) -> TheoryOfChange:
    """A theory after some edits."""
    for _ in range(data.draw(st.integers(1, 4))):
        id = data.draw(st.sampled_from(list(theory.nodes)))
        what = data.draw(st.sampled_from(["title", "without", "move", "link", "add", "tags", "rename"]))
        try:
            match what:
                case "title":
                    theory = theory.edit(id, title=data.draw(st.sampled_from(["One", "Two"])))
                case "tags":
                    theory = theory.edit(id, tags=data.draw(st.lists(st.sampled_from("abc"), unique=True)))
                case "without":
                    theory = theory.without(id)
                case "move":
                    theory = theory.moved(id)
                case "rename":
                    theory = theory.renamed(id, data.draw(st.sampled_from(["new-1", "new-2"])))
                case "link":
                    theory = theory.with_link(id, data.draw(st.sampled_from(list(theory.nodes))))
                case _:
                    theory = theory.with_node(
                        toc.Outcome(id=data.draw(st.sampled_from(["new-1", "new-2"])), title="New")
                    )
        except toc.TheoryError:
            continue
    return theory


@tries(120)
@given(st.one_of(st.just(RAW), authored()), st.data())
def test_any_two_versions_join_to_a_theory_alike_from_both_sides(raw: Any, data: st.DataObject) -> None:
    base = TheoryOfChange.model_validate(raw)
    mine, theirs = altered(base, data), altered(base, data)
    found, back = toc.merge(base, mine, theirs), toc.merge(base, theirs, mine)
    assert toc.loads(found.theory.dumps()) == found.theory
    assert bool(found.conflicts) == bool(back.conflicts)
    if not found.conflicts:
        assert found.theory == back.theory
    again = toc.merge(base, found.theory, theirs) if not found.conflicts else None
    assert again is None or (again.theory == found.theory and not again.conflicts)

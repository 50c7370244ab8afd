from __future__ import annotations

import json
import pickle
import re
from collections import Counter
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from analysis.shapes import small_theories
from strategies import theories, tries
from toc import TheoryOfChange
from toc.comparisons import Comparison

CHARITY = toc.example("small-charity")
KEYS = {
    "old", "new", "is_empty", "added", "removed", "renamed", "changed", "links_added", "links_removed", "links_changed",
    "assumptions", "theory", "support", "lost_by_word",
}  # fmt: skip


def loaded(**parts: Any) -> TheoryOfChange:
    return TheoryOfChange.model_validate({"toc": 1, "title": "Reading", "goal": "Every child reads", **parts})


def told(found: Comparison) -> set[str]:
    """The parts of a comparison in which anything stands, but for support, which follows from the others."""
    return {
        key for key, part in found.to_dict().items() if part and key not in {"old", "new", "support", "lost_by_word"}
    }


def ids(nodes: Any) -> list[str]:
    return [node.id for node in nodes]


def ends(links: Any) -> set[tuple[str, str]]:
    return {(link.source, link.target) for link in links}


# Nodes


def test_a_theory_and_itself_differ_in_nothing() -> None:
    found = toc.compare(CHARITY, toc.example("small-charity"))
    assert found.is_empty
    assert not found
    assert told(found) == {"is_empty"}
    assert repr(found) == "<Comparison: nothing changed>"


def test_the_order_of_the_author_does_not_count() -> None:
    one = loaded(
        outcomes={"a": {"title": "A", "tags": ["x", "y"]}, "b": "B"},
        activities={"c": {"title": "C", "leads_to": {"a": {"assumptions": ["p", "q"]}, "b": None}}},
        kpis={"k": {"title": "K", "measures": ["a", "b"], "readings": [{"date": "2026-01-01", "value": 1}] * 2}},
    )
    other = loaded(
        kpis={"k": {"title": "K", "readings": [{"value": 1, "date": "2026-01-01"}] * 2, "measures": ["b", "a"]}},
        activities={"c": {"leads_to": {"b": None, "a": {"assumptions": ["q", "p"]}}, "title": "C"}},
        outcomes={"b": "B", "a": {"tags": ["y", "x"], "title": "A"}},
    )
    assert toc.compare(one, other).is_empty


def test_what_is_not_a_theory_is_named() -> None:
    with pytest.raises(toc.OptionError, match=r"the second is 'a\.yaml', a text: load it with toc\.load\(path\)"):
        toc.compare(CHARITY, "a.yaml")  # type: ignore[arg-type]


def test_a_renamed_node_is_one_renaming_and_nothing_else() -> None:
    for id in CHARITY.nodes:
        found = CHARITY.compare(CHARITY.renamed(id, "another-name"))
        assert told(found) == {"renamed"}
        assert [(one.old, one.new) for one in found.renamed] == [(id, "another-name")]
        assert not found.support


def test_a_node_renamed_and_edited_is_renamed_and_changed() -> None:
    new = CHARITY.renamed("advice-table", "help-desk").edit("help-desk", participation=40)
    found = CHARITY.compare(new.with_link("help-desk", "early-help", confidence="high"))
    assert told(found) == {"renamed", "changed", "links_changed"}
    assert ids(found.changed) == ["help-desk"]
    (change,) = found.changed[0].changes
    assert (change.path, change.old, change.new) == (("participation",), 25, 40)
    (link,) = found.links_changed
    assert (link.source, link.target) == ("help-desk", "early-help")
    assert {change.path for change in link.changes} == {("because",), ("confidence",)}


def test_an_id_and_a_title_that_both_changed_are_no_renaming() -> None:
    found = CHARITY.compare(CHARITY.renamed("advice-table", "help-desk").edit("help-desk", title="Help desk"))
    assert not found.renamed
    assert ids(found.added) == ["help-desk"]
    assert ids(found.removed) == ["advice-table"]


def test_the_same_title_in_another_kind_is_no_renaming() -> None:
    old = loaded(outcomes={"a": "Clubs"})
    new = loaded(outputs={"b": "Clubs"})
    assert not toc.compare(old, new).renamed


def test_of_nodes_with_one_title_only_the_neighbours_tell_which_is_which() -> None:
    old = loaded(outcomes={"x": "X", "y": "Y"}, activities={"a": lead("Club", "x"), "b": lead("Club", "y")})
    new = loaded(outcomes={"x": "X", "y": "Y"}, activities={"c": lead("Club", "y"), "d": lead("Club", "x")})
    assert {one.old: one.new for one in toc.compare(old, new).renamed} == {"a": "d", "b": "c"}
    same = loaded(outcomes={"x": "X", "y": "Y"}, activities={"c": lead("Club", "x"), "d": lead("Club", "x")})
    found = toc.compare(old, same)
    assert not found.renamed
    assert ids(found.removed) == ["a", "b"]


def test_a_title_that_differs_in_capitals_alone_needs_the_same_neighbours() -> None:
    old = loaded(outcomes={"x": "X", "y": "Y"}, activities={"a": lead("After-school club", "x")})
    here = loaded(outcomes={"x": "X", "y": "Y"}, activities={"b": lead("After-School Club!", "x")})
    assert [one.new for one in toc.compare(old, here).renamed] == ["b"]
    elsewhere = loaded(outcomes={"x": "X", "y": "Y"}, activities={"b": lead("After-School Club!", "y")})
    assert not toc.compare(old, elsewhere).renamed
    alone = (loaded(outcomes={"a": "Club"}), loaded(outcomes={"b": "CLUB"}))
    assert not toc.compare(*alone).renamed


def test_neighbours_that_were_renamed_themselves_are_still_the_same_neighbours() -> None:
    old = loaded(outcomes={"x": "X"}, activities={"a": lead("After-school club", "x")})
    new = loaded(outcomes={"z": "X"}, activities={"b": lead("After-school Club", "z")})
    found = toc.compare(old, new)
    assert {one.old: one.new for one in found.renamed} == {"x": "z", "a": "b"}
    assert told(found) == {"renamed", "changed"}  # the capital of the title


def lead(title: str, target: str) -> dict[str, str]:
    return {"title": title, "leads_to": target}


def test_a_node_of_another_kind_has_changed_its_kind() -> None:
    old = loaded(outcomes={"a": {"title": "A", "horizon": "short", "leads_to": "goal"}})
    new = loaded(outputs={"a": {"title": "A", "horizon": "long", "leads_to": "goal"}})
    found = toc.compare(old, new)
    assert told(found) == {"changed"}
    assert [(one.path, one.old, one.new) for one in found.changed[0].changes] == [
        (("kind",), "outcome", "output"),
        (("horizon",), "short", "long"),
    ]
    assert "Output: A (a)" in found.to_markdown()
    assert "| kind | Outcome | Output |" in found.to_markdown()


# Fields


def test_answers_of_a_review_are_named_by_their_statement() -> None:
    old = toc.example("rgs-newcastle")
    review = old.reviews["autumn-2026"].model_dump(mode="json", exclude_defaults=True)
    review["answers"]["mutual-benefit"] |= {"judgement": "mostly", "owner": "Head of sport"}
    changes = toc.compare(old, old.evolve(reviews={"autumn-2026": review}))
    assert "autumn-2026: mutual-benefit | partly | mostly" in re.sub(r" +", " ", changes.to_markdown())
    assert "autumn-2026: mutual-benefit: owner | Director of partnerships | Head of sport" in changes.to_markdown()


def test_nested_fields_are_told_by_their_path() -> None:
    old = loaded(
        activities={
            "a": {
                "title": "A",
                "certainty": "low",
                "leads_to": {
                    "goal": {
                        "assumptions": ["Pupils come", "Volunteers stay"],
                        "evidence": [{"source": "EEF", "strength": "weak"}],
                    }
                },
            }
        },
        kpis={"k": {"title": "K", "measures": "a", "target": [{"value": 1, "by": "2026-07-31"}, 9], "baseline": 3}},
        context={"target_groups": {"pp": "Pupil Premium"}, "problem": "P"},
    )
    new = loaded(
        activities={
            "a": {
                "title": "A",
                "certainty": {"level": "high", "because": "B"},
                "leads_to": {
                    "goal": {
                        "assumptions": ["Parents agree", {"text": "Pupils come", "status": "holding", "owner": "Head"}],
                        "evidence": [{"source": "EEF", "strength": "strong"}],
                    }
                },
            }
        },
        kpis={"k": {"title": "K", "measures": "a", "target": [{"value": 2, "by": "2026-07-31"}, 9], "x-note": [1]}},
        context={"target_groups": {"pp": {"title": "Pupil Premium", "disadvantaged": True}}},
        settings={"vocabulary": {"activity": "Project"}},
    )
    found = toc.compare(old, new).to_dict()
    changes = [change for part in ("changed", "links_changed") for one in found[part] for change in one["changes"]]
    said = {(*map(str, change["path"]), repr(change["old"]), repr(change["new"])) for change in changes}
    assert said == {
        ("certainty", "level", "'low'", "'high'"),
        ("certainty", "because", "None", "'B'"),
        ("assumptions", "Pupils come", "status", "'untested'", "'holding'"),
        ("assumptions", "Pupils come", "owner", "None", "'Head'"),
        ("assumptions", "Volunteers stay", "{'text': 'Volunteers stay'}", "None"),
        ("assumptions", "Parents agree", "None", "{'text': 'Parents agree'}"),
        ("evidence", "EEF", "strength", "'weak'", "'strong'"),
        ("target", "2026-07-31", "value", "1.0", "2.0"),
        ("baseline", "value", "3.0", "None"),
        ("x-note", "None", "[1]"),
    }
    assert found["assumptions"] == [
        {"source": "a", "target": "goal", "text": "Pupils come", "old": "untested", "new": "holding"}
    ]
    assert found["theory"] == [
        {"path": ["context", "problem"], "old": "P", "new": None},
        {"path": ["context", "target_groups", "pp", "disadvantaged"], "old": False, "new": True},
        {"path": ["settings", "vocabulary", "activity", "one"], "old": None, "new": "Project"},
    ]


def test_of_items_known_by_the_same_only_those_that_differ_are_told() -> None:
    twice = [{"source": "EEF", "strength": "weak"}, {"source": "EEF", "strength": "strong"}]
    old = CHARITY.with_link("friendships", "goal", evidence=twice)
    assert old.compare(CHARITY.with_link("friendships", "goal", evidence=twice[::-1])).is_empty
    new = CHARITY.with_link("friendships", "goal", evidence=[{"source": "EEF", "strength": "moderate"}, twice[0]])
    (link,) = old.compare(new).links_changed
    assert [(one.path, one.old, one.new) for one in link.changes] == [
        (("evidence", "EEF", "strength"), "strong", "moderate")
    ]


def test_references_to_a_renamed_node_have_not_changed() -> None:
    old = loaded(
        pillars={"p": "P", "q": "Q"},
        outcomes={"a": {"title": "A", "pillar": "p", "leads_to": "q"}},
        kpis={"k": {"title": "K", "measures": ["p", "a"]}},
        settings={
            "checks": {"silence": [{"code": "TOC101", "node": "p", "reason": "R"}]},
            "vocabulary": {"pillar": "p"},  # a word, and no reference
        },
    )
    assert told(old.compare(old.renamed("p", "z"))) == {"renamed"}
    assert told(old.compare(old.renamed("p", "z").edit("a", pillar="q"))) == {"renamed", "changed"}


# Support


def test_what_stops_takes_support_from_what_it_led_to() -> None:
    found = CHARITY.compare(CHARITY.without("tea-and-games"))
    assert ids(found.lost) == ["friendships", "afternoons"]
    assert [(one.id, one.before, one.after, one.kept) for one in found.weakened] == [
        ("goal", 2, 1, 1),
        ("company", 2, 1, 1),
        ("early-help", 2, 1, 1),
    ]
    back = CHARITY.without("tea-and-games").compare(CHARITY)
    assert [one.effect.value for one in back.support] == [
        "strengthened", "strengthened", "gained", "strengthened", "gained",
    ]  # fmt: skip
    assert not back.lost
    assert not back.weakened


def test_a_link_that_goes_takes_support_too_and_feedback_gives_none() -> None:
    old = loaded(outcomes={"a": lead("A", "goal"), "b": "B"}, activities={"c": lead("C", "a")})
    fed_back = old.with_link("a", "b", feedback=True)
    assert not old.compare(fed_back).support
    cut = TheoryOfChange.model_validate({**old.model_dump(mode="json"), "activities": {"c": {"title": "C"}}})
    assert ids(old.compare(cut).lost) == ["goal", "a"]


def test_more_activities_than_are_followed_at_once_are_all_counted() -> None:
    many = {f"a{number}": lead(f"A {number}", "x") for number in range(4200)}
    theory = loaded(outcomes={"x": lead("X", "goal"), "y": "Y"}, activities=many)
    found = theory.compare(theory.without("a4150"))
    assert [(one.id, one.before, one.after, one.kept) for one in found.weakened] == [
        ("goal", 4200, 4199, 4199),
        ("x", 4200, 4199, 4199),
    ]


def led_to(theory: TheoryOfChange, id: str) -> set[str]:
    return {activity for activity in theory.activities if theory.count_paths(activity, id)}


def as_counted(old: TheoryOfChange, new: TheoryOfChange) -> set[tuple[str, int, int, int]]:
    """The support that differs, counted way by way, for theories between which nothing was renamed."""
    rows = set()
    for id in new.nodes.keys() & old.nodes.keys():
        kind, before = new.nodes[id].kind, old.nodes[id].kind
        if not {kind, before} & {"activity", "kpi"}:
            one, other = led_to(old, id), led_to(new, id)
            if len(one) != len(other):
                rows.add((id, len(one), len(other), len(one & other)))
    return rows


def as_found(found: Comparison) -> set[tuple[str, int, int, int]]:
    return {(one.id, one.before, one.after, one.kept) for one in found.support}


NURSES = toc.loads("""
toc: 1
title: Nurses
goal: Children thrive
pillars: {home: {title: Home, leads_to: {goal: {contribution: necessary}}}}
outcomes:
  trust: {title: Mothers trust the nurse, leads_to: {home: {contribution: necessary}, calm: {contribution: sufficient}}}
  calm: {title: Calmer homes, leads_to: home}
activities:
  training: {title: Nurses trained, leads_to: {trust: {contribution: necessary}}}
  visits: {title: Visits, leads_to: [trust, calm]}
  groups: {title: Groups, leads_to: trust}
""")


def test_a_necessary_support_that_goes_is_told_in_words_of_its_own() -> None:
    found = NURSES.compare(NURSES.without("training"))
    assert [(one.id, dict(one.without)) for one in found.lost_by_word] == [
        ("goal", {"home": "lost"}),
        ("home", {"trust": "lost"}),
        ("trust", {"training": "gone"}),
    ]
    text = found.to_text(200)
    assert "By the author's word 1 goal, 1 pillar and 1 outcome cannot come about any more." in text
    assert "Outcome: Mothers trust the nurse: it cannot come about without “Nurses trained”, which is gone" in text
    assert (
        "- Outcome: Mothers trust the nurse: 2 of the 3 activities that led to it still do, but by the author's word it "
        "cannot come about without “Nurses trained”, which is gone"
    ) in text
    assert "- Outcome: Calmer homes: 2 of the 3 activities that led to it still do\n" in text
    assert repr(found).endswith("3 lost by the author's word>")
    assert found.to_dict()["lost_by_word"][0]["without"] == {"home": "lost"}
    assert list(found.to_pandas("lost_by_word")["without"]) == [("home",), ("trust",), ("training",)]
    boxes = {box.id: " ".join(line.text for line in box.lines) for box in found.diagram().boxes}
    assert "by the author's word it cannot do without “Nurses trained”" in boxes["trust"]
    assert "author" not in boxes["calm"]


def test_what_is_called_necessary_and_stays_is_told_by_what_became_of_it() -> None:
    no_link = NURSES.edit("training", leads_to={"calm": None})
    assert dict(NURSES.compare(no_link).lost_by_word[2].without) == {"training": "unlinked"}
    assert "“Nurses trained”, which no longer leads to it" in NURSES.compare(no_link).to_text(200)
    against = NURSES.edit_link("training", "trust", sign="-")
    assert dict(NURSES.compare(against).lost_by_word[2].without) == {"training": "unlinked"}
    quiet = toc.loads("""
toc: 1
title: T
goal: G
outcomes: {a: {title: A, leads_to: {b: {contribution: necessary}}}, b: {title: B, leads_to: goal}}
activities: {c: {title: C, leads_to: a}, d: {title: D, leads_to: b}}
""")
    found = quiet.compare(quiet.without("c"))
    assert [(one.id, dict(one.without)) for one in found.lost_by_word] == [("b", {"a": "unsupported"})]
    assert "“A”, which no activity leads to any more" in found.to_text(200)


def test_what_is_renamed_or_no_longer_called_necessary_loses_nothing() -> None:
    assert NURSES.compare(NURSES.renamed("training", "nurse-training")).lost_by_word == ()
    assert NURSES.compare(NURSES.edit_link("training", "trust", contribution="contributory")).lost_by_word == ()
    assert NURSES.compare(NURSES.without("groups")).lost_by_word == ()


@tries(80)
@given(small_theories(), st.data())
def test_what_is_lost_by_the_author_s_word_is_what_a_necessary_way_leads_to(
    theory: TheoryOfChange, data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from([id for id in theory.forwards if id not in theory.goals]))
    found = theory.compare(theory.without(gone))
    needs: nx.DiGraph[str] = nx.DiGraph()
    needs.add_nodes_from(theory.forwards)
    needs.add_edges_from(
        (link.source, link.target)
        for link in theory.links
        if link.contribution == "necessary" and link.sign == "+" and not link.feedback
    )
    idle = {one.id for one in found.lost}
    lost = nx.descendants(needs, gone).union(*(nx.descendants(needs, id) for id in idle))
    assert {one.id for one in found.lost_by_word} == lost
    assert set(theory.exposure().lost_by_word(gone)) == nx.descendants(needs, gone)


@tries(20)
@given(theories(), st.data())
def test_support_is_what_counting_the_ways_gives(theory: TheoryOfChange, data: st.DataObject) -> None:
    id = data.draw(st.sampled_from([*theory.nodes]))
    if [id] != [*theory.goals]:
        new = theory.without(id)
        found = theory.compare(new)
        assert as_found(found) == as_counted(theory, new)
        assert not any(one.after > one.before for one in found.support)


# Any theories


@tries(20)
@given(theories(), theories())
def test_any_two_theories_can_be_compared_and_shown(one: TheoryOfChange, other: TheoryOfChange) -> None:
    found = one.compare(other)
    assert found.is_empty == (one == other)
    assert found.to_dict().keys() == KEYS
    assert json.loads(found.to_json()) == found.to_dict()
    for text in (found.to_text(40), found.to_markdown(), found.to_html(), found._repr_html_(), repr(found)):
        assert text
    assert hash(found) == hash(one.compare(other))
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # our own
    if not found.renamed:
        assert as_found(found) == as_counted(one, other)


def swapped(changes: Any) -> Counter[Any]:
    return Counter((change.path, change.new, change.old) for change in changes)


def as_is(changes: Any) -> Counter[Any]:
    return Counter((change.path, change.old, change.new) for change in changes)


@tries(20)
@given(theories(), theories())
def test_what_was_added_one_way_was_removed_the_other_way(one: TheoryOfChange, other: TheoryOfChange) -> None:
    there, back = one.compare(other), other.compare(one)
    assert there.added == back.removed
    assert there.removed == back.added
    assert {(r.old, r.new) for r in there.renamed} == {(r.new, r.old) for r in back.renamed}
    assert ends(there.links_added) == ends(back.links_removed)
    assert ends(there.links_removed) == ends(back.links_added)
    assert len(there.changed) == len(back.changed)
    assert len(there.links_changed) == len(back.links_changed)
    if not there.renamed:
        assert swapped(there.theory) == as_is(back.theory)
        for forth, reverse in ((there.changed, back.changed), (there.links_changed, back.links_changed)):
            assert swapped(c for part in forth for c in part.changes) == as_is(c for p in reverse for c in p.changes)
        assert {(s.id, s.before, s.after) for s in there.support} == {(s.id, s.after, s.before) for s in back.support}


@tries(20)
@given(theories(), st.data())
def test_an_edit_is_found_as_what_it_was(theory: TheoryOfChange, data: st.DataObject) -> None:
    id = data.draw(st.sampled_from([*theory.nodes]))
    node = theory.nodes[id]

    found = theory.compare(theory.edit(id, title=f"{node.title}!"))
    assert told(found) == {"changed"}
    assert [(change.path, change.old, change.new) for change in found.changed[0].changes] == [
        (("title",), node.title, f"{node.title}!")
    ]

    goal = next(iter(theory.goals))
    found = theory.compare(theory.with_node(toc.Outcome(id="a-new-one", title="New", leads_to=[goal])))
    assert told(found) == {"added", "links_added"}
    assert ids(found.added) == ["a-new-one"]
    assert ends(found.links_added) == {("a-new-one", goal)}

    assert told(theory.compare(theory.renamed(id, "a-new-one"))) == {"renamed"}
    assert told(theory.renamed(id, "a-new-one").compare(theory)) == {"renamed"}

    if [id] != [*theory.goals]:
        new = theory.without(id)
        found = theory.compare(new)
        assert {gone.id for gone in found.removed} == theory.nodes.keys() - new.nodes.keys()
        assert ends(found.links_removed) == {pair for pair in ends(theory.links) if id in pair}
        assert told(found) <= {"removed", "links_removed", "changed", "theory"}
        assert {change.path for one in found.changed for change in one.changes} <= {("pillar",), ("measures",)}

    if node.kind not in {"goal", "kpi"}:
        there = (id, goal) in ends(theory.links)
        found = theory.compare(theory.with_link(id, goal, because="for this reason alone"))
        assert told(found) == ({"links_changed"} if there else {"links_added"})
        assert ends(found.links_changed if there else found.links_added) == {(id, goal)}


# Words


NEXT_YEAR = (
    CHARITY.without("advice-table")
    .renamed("early-help", "help-in-time")
    .edit("tea-and-games", participation=90, tags=["winter"])
    .with_link("afternoons", "friendships", because="The same faces every week", confidence="high")
    .with_node(toc.Activity(id="lifts", title="Lifts to the hall", leads_to="afternoons"))
    .evolve(review_on="2028-09-30")
)
AS_TEXT = """\
What changed: A warm space on Tuesdays
======================================

1 activity and 1 link added. 1 activity and 1 link removed. 1 outcome renamed. 1 activity and 1 link
changed. The theory's own fields changed. Less support for 1 outcome.

Less support than before
------------------------

- Outcome: Visitors find help before a crisis: 1 of the 2 activities that led to it still does

More support than before
------------------------

- Outcome: Regular visitors make a friend: 2 activities lead to it now, and 1 did before
- Output: Warm afternoons held: 2 activities lead to it now, and 1 did before

Counted along the links, in one step or many. How strong a link is does not count here.

Added
-----

- Activity: Lifts to the hall (lifts), leads to Warm afternoons held

Removed
-------

- Activity: Advice table for bills and health (advice-table), leads to Visitors find help before a
  crisis

Renamed
-------

What                                                        Id before   Id now
----------------------------------------------------------  ----------  ------------
Outcome: Visitors find help before a crisis (help-in-time)  early-help  help-in-time

Changed
-------

What                                            Field          Before      Now
----------------------------------------------  -------------  ----------  -------------------------
The theory                                      review on      2027-09-30  2028-09-30

Activity: Tea, soup and board games             tags           not stated  winter
(tea-and-games)

Activity: Tea, soup and board games             participation  60          90
(tea-and-games)

Warm afternoons held → Regular visitors make a  because        not stated  The same faces every week
friend

Warm afternoons held → Regular visitors make a  confidence     not stated  high (0.8)
friend
"""
AS_MARKDOWN = """\
# What changed: A warm space on Tuesdays

**1 activity and 1 link added. 1 activity and 1 link removed. 1 outcome renamed. 1 activity and 1 link changed. The theory's own fields changed. Less support for 1 outcome.**

## Less support than before

- Outcome: Visitors find help before a crisis: 1 of the 2 activities that led to it still does

## More support than before

- Outcome: Regular visitors make a friend: 2 activities lead to it now, and 1 did before
- Output: Warm afternoons held: 2 activities lead to it now, and 1 did before

Counted along the links, in one step or many. How strong a link is does not count here.

## Added

- Activity: Lifts to the hall (lifts), leads to Warm afternoons held

## Removed

- Activity: Advice table for bills and health (advice-table), leads to Visitors find help before a crisis

## Renamed

| What | Id before | Id now |
|---|---|---|
| Outcome: Visitors find help before a crisis (help-in-time) | early-help | help-in-time |

## Changed

| What | Field | Before | Now |
|---|---|---|---|
| The theory | review on | 2027-09-30 | 2028-09-30 |
| Activity: Tea, soup and board games (tea-and-games) | tags | not stated | winter |
| Activity: Tea, soup and board games (tea-and-games) | participation | 60 | 90 |
| Warm afternoons held → Regular visitors make a friend | because | not stated | The same faces every week |
| Warm afternoons held → Regular visitors make a friend | confidence | not stated | high (0.8) |
"""


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("high", "low", "| high (0.8) | low (0.25) |"),
        (0.5, 0.65, "| medium (0.5) | 0.65 |"),
        (None, 0, "| not stated | 0 |"),
    ],
)
def test_a_confidence_that_a_word_stands_for_is_told_with_it(before: Any, now: Any, told: str) -> None:
    old, new = (CHARITY.with_link("afternoons", "friendships", confidence=one) for one in (before, now))
    found = old.compare(new)
    assert f"| confidence {told}" in found.to_markdown()
    assert re.split(" {2,}", found.to_text().splitlines()[-1])[1:] == ["confidence", *told.strip("| ").split(" | ")]
    (link,) = found.to_dict()["links_changed"]
    numbers = {"high": 0.8, "low": 0.25}
    change = {"path": ["confidence"], "old": numbers.get(before, before), "new": numbers.get(now, now)}
    assert change in link["changes"]


def test_what_changed_as_text() -> None:
    assert CHARITY.compare(NEXT_YEAR).to_text() == AS_TEXT.rstrip("\n")


def test_what_changed_as_markdown() -> None:
    assert CHARITY.compare(NEXT_YEAR).to_markdown() == AS_MARKDOWN


def test_the_words_are_the_organisation_s_own() -> None:
    own = {"vocabulary": {"activity": "Project", "outcome": "Change", "pillar": "Workstream", "goal": "Vision"}}
    theory = CHARITY.evolve(settings=own)
    text = theory.compare(theory.without("tea-and-games").edit("early-help", pillar="company")).to_text(200)
    assert "- Workstream: Company: 1 of the 2 projects that led to it still does" in text
    assert "Project: Tea, soup and board games" in text
    assert "workstream  not stated  Company" in text
    for word in ("activit", "outcome", "Outcome", "pillar", "Pillar", "goal", "Goal"):
        assert word not in text


def test_what_people_wrote_is_escaped_in_each_format() -> None:
    nasty = "<script>alert(1)</script> | *x*\n# y"
    found = CHARITY.compare(CHARITY.edit("company", title=nasty, description=nasty).evolve(title=nasty))
    assert "<script>" not in found.to_html()
    assert "<script>" not in found.to_markdown()
    assert all(line.count("|") - line.count("\\|") in {0, 5} for line in found.to_markdown().splitlines())

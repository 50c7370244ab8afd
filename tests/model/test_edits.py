"""Edits: each makes the theory that the edited file would make, or raises when that file would not load."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from pydantic import ValidationError

import strategies
import toc
from strategies import PLURALS, authored, mapping, texts, tries
from toc import TheoryError, TheoryOfChange
from toc.model.types import Kind

CLASSES: dict[Kind, Any] = {
    "goal": toc.Goal,
    "pillar": toc.Pillar,
    "outcome": toc.Outcome,
    "output": toc.Output,
    "activity": toc.Activity,
    "kpi": toc.Kpi,
}
Raw = dict[str, Any]


def fixed(**parts: Any) -> TheoryOfChange:
    return TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "Reading",
            "goals": {"goal": "Every child reads", "other": "Another"},
            "pillars": {"literacy": "Literacy", "stem": "STEM"},
            "outcomes": {"readers": {"title": "Readers", "leads_to": "literacy"}},
            "activities": {"clubs": {"title": "Clubs", "leads_to": {"readers": "Practice"}, "pillar": "literacy"}},
            "kpis": {"gain": {"title": "Gain", "measures": "readers"}},
            **parts,
        }
    )


def state(theory: TheoryOfChange) -> Any:
    """Everything that can be seen of a theory, its derived views included."""
    return (
        theory.model_dump(mode="json"),
        [(link.source, link.target, link.because, link.feedback) for link in theory.links],
        [(key, node.id, node.kind) for key, node in theory.nodes.items()],
        {kind: list(theory.of_kind(kind)) for kind in CLASSES},
        {id: list(targets) for id, targets in theory.forwards.items()},
        {id: list(kpis) for id, kpis in theory.measured_by.items()},
        dict(theory.columns),
        hash(theory),
    )


def same_as_the_file(theory: TheoryOfChange, edit: Callable[[], TheoryOfChange], edited: Raw | None) -> None:
    """The edit gives what the edited normal form loads as, or raises as that does (always, for None)."""
    before = pickle.loads(pickle.dumps(theory))  # noqa: S301 - our own bytes
    seen_before = state(theory)
    try:
        expected = None if edited is None else TheoryOfChange.model_validate(edited)
    except ValidationError as error:
        note(str(error))
        expected = None
    if expected is None:
        with pytest.raises(TheoryError) as caught:
            edit()
        assert caught.value.problems
    else:
        result = edit()
        assert type(result) is type(theory)
        assert state(result) == state(expected)
        assert result == expected
        assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301
    assert theory == before
    assert state(theory) == seen_before == state(before)


def causal(theory: TheoryOfChange) -> list[str]:
    return [id for id, node in theory.nodes.items() if node.kind != "kpi"]


@st.composite
def fields_of(draw: strategies.Draw, theory: TheoryOfChange, kind: str) -> Raw:
    """Some fields for a node of a kind, now and then wrong ones."""
    groups, pillars, partners = list(theory.context.target_groups), list(theory.pillars), list(theory.partners)
    own = strategies.node_fields(kind, groups, pillars, partners) | {"title": texts()}
    anywhere = st.sampled_from([*theory.nodes, "nowhere"])
    if kind == "kpi":
        own["measures"] = st.lists(anywhere, unique=True, max_size=2)
    else:
        link = st.none() | texts() | mapping(feedback=st.booleans(), because=texts())
        own["leads_to"] = (
            anywhere | st.lists(anywhere, unique=True, max_size=2) | st.dictionaries(anywhere, link, max_size=2)
        )
    wrong = {"horizon": st.just("soon"), "title": st.sampled_from(["", None, 5]), "zzz": st.just(1), "pillar": anywhere}
    keys = draw(st.lists(st.sampled_from(list(own)), unique=True, min_size=1, max_size=3))
    fields = {key: draw(own[key]) for key in keys}
    if draw(st.integers(0, 4)) == 0:
        key = draw(st.sampled_from(list(wrong)))
        fields[key] = draw(wrong[key])
    return fields


@tries(60)
@given(authored(), st.data())
def test_edit_gives_what_the_edited_file_gives(raw: Raw, data: st.DataObject) -> None:
    theory = TheoryOfChange.model_validate(raw)
    id = data.draw(st.sampled_from([*theory.nodes, "nowhere"]))
    if id == "nowhere":
        same_as_the_file(theory, lambda: theory.edit(id, title="x"), None)
        return
    kind = theory.nodes[id].kind
    fields = data.draw(fields_of(theory, kind))
    edited = theory.model_dump(mode="json")
    edited[PLURALS[kind]][id] |= copy.deepcopy(fields)
    same_as_the_file(theory, lambda: theory.edit(id, **fields), edited)


@tries(50)
@given(authored(), st.data())
def test_with_node_gives_what_the_edited_file_gives(raw: Raw, data: st.DataObject) -> None:
    theory = TheoryOfChange.model_validate(raw)
    kind: Any = data.draw(st.sampled_from(list(CLASSES)))
    id = data.draw(st.sampled_from([*theory.nodes, "brand-new", "Brand New"]))
    fields = {
        "title": "A node",
        **({"measures": list(theory.goals)} if kind == "kpi" else {}),
        **data.draw(fields_of(theory, kind)),
    }
    edited = theory.model_dump(mode="json")
    edited[PLURALS[kind]][id] = copy.deepcopy(fields)
    try:
        node = CLASSES[kind](id=id, **fields)
    except TheoryError:
        same_as_the_file(theory, lambda: _never(theory), edited)
        return
    same_as_the_file(theory, lambda: theory.with_node(node), edited)


def _never(theory: TheoryOfChange) -> TheoryOfChange:
    """Stands for a node that could not even be made."""
    raise TheoryError([toc.Problem("TOC036", "no such node")])


@tries(50)
@given(authored(), st.data())
def test_with_link_gives_what_the_edited_file_gives(raw: Raw, data: st.DataObject) -> None:
    theory = TheoryOfChange.model_validate(raw)
    ends = st.sampled_from([*theory.nodes, "nowhere"])
    source, target = data.draw(ends), data.draw(ends)
    argument = data.draw(
        mapping(
            because=texts(),
            sign=st.sampled_from("+-?"),
            feedback=st.booleans(),
            confidence=st.sampled_from(["low", 0.3]),
        )
    )
    if source == "nowhere" or source in theory.kpis:
        same_as_the_file(theory, lambda: theory.with_link(source, target, **argument), None)
        return
    edited = theory.model_dump(mode="json")
    links = edited[PLURALS[theory.nodes[source].kind]][source]
    links["leads_to"] = (links["leads_to"] or {id: {} for id in theory.goals if source in theory.pillars}) | {
        target: copy.deepcopy(argument)
    }
    same_as_the_file(theory, lambda: theory.with_link(source, target, **argument), edited)


@tries(50)
@given(authored(), st.data())
def test_without_gives_what_the_edited_file_gives(raw: Raw, data: st.DataObject) -> None:
    theory = TheoryOfChange.model_validate(raw)
    id = data.draw(st.sampled_from([*theory.nodes, "nowhere"]))
    last = list(theory.goals) == [id]
    edited = None if id == "nowhere" or last else taken_out(theory.model_dump(mode="json"), id)
    same_as_the_file(theory, lambda: theory.without(id), edited)


def taken_out(dumped: Raw, id: str) -> Raw:
    """A normal form without a node: its links, what named it, and the KPIs left measuring nothing."""
    gone = {id}
    for kpi_id, kpi in dumped["kpis"].items():
        kpi["measures"] = [name for name in kpi["measures"] if name != id]
        gone |= set() if kpi["measures"] else {kpi_id}
    for plural in PLURALS.values():
        dumped[plural] = {key: node for key, node in dumped[plural].items() if key not in gone}
        for node in dumped[plural].values():
            (node.get("leads_to") or {}).pop(id, None)
            (node.get("reciprocates") or {}).pop(id, None)
            if node.get("pillar") == id:
                node["pillar"] = None
    for answer in answers(dumped):
        answer["evidence"] = [one for one in answer["evidence"] if one["node"] not in gone]
    checks = dumped["settings"]["checks"]
    checks["silence"] = [silence for silence in checks["silence"] if silence["node"] not in gone]
    return dumped


def answers(dumped: Raw) -> Iterable[Raw]:
    """The answers of all reviews in a normal form."""
    return [answer for review in dumped["reviews"].values() for answer in review["answers"].values()]


@tries(50)
@given(authored(), st.data())
def test_renamed_gives_what_the_edited_file_gives_and_there_and_back_is_the_same(raw: Raw, data: st.DataObject) -> None:
    theory = TheoryOfChange.model_validate(raw)
    old = data.draw(st.sampled_from([*theory.nodes, "nowhere"]))
    new = data.draw(st.sampled_from(["brand-new", "brand-new", "brand-new", "Brand New", "", old, *theory.nodes]))
    refused = old == "nowhere" or (new in theory.nodes and new != old)
    edited = None if refused else rewritten(theory.model_dump(mode="json"), old, new)
    same_as_the_file(theory, lambda: theory.renamed(old, new), edited)
    if new == "brand-new" and not refused:
        there_and_back = theory.renamed(old, new).renamed(new, old)
        assert state(there_and_back) == state(theory)
        assert there_and_back == theory


def rewritten(dumped: Raw, old: str, new: str) -> Raw:
    """A normal form with a node under another id."""

    def name(id: str | None) -> str | None:
        return new if id == old else id

    for plural in PLURALS.values():
        dumped[plural] = {name(key): node for key, node in dumped[plural].items()}
        for node in dumped[plural].values():
            for key in {"leads_to", "reciprocates"} & node.keys():
                node[key] = node[key] and {name(other): said for other, said in node[key].items()}
            if "pillar" in node:
                node["pillar"] = name(node["pillar"])
            if "measures" in node:
                node["measures"] = [name(id) for id in node["measures"]]
    for answer in answers(dumped):
        for one in answer["evidence"]:
            one["node"] = name(one["node"])
    for silence in dumped["settings"]["checks"]["silence"]:
        silence["node"] = name(silence["node"])
    return dumped


@tries(50)
@given(authored(), st.data())
def test_evolve_and_model_copy_give_what_the_edited_file_gives(raw: Raw, data: st.DataObject) -> None:
    theory = TheoryOfChange.model_validate(raw)
    changes = {
        "title": texts() | st.just(""),
        "context": strategies.contexts(),
        "settings": strategies.own_settings([*theory.nodes, "nowhere"]),
        "owner": texts() | st.none(),
        "created": strategies.days() | st.just("yesterday"),
        "partners": st.dictionaries(strategies.ids(), texts(), max_size=2),
        "toc": st.sampled_from([1, 2]),
        "goals": st.dictionaries(st.sampled_from([*theory.goals, "brand-new"]), texts(), max_size=2),
        "zzz": st.none(),
        "x-note": strategies.json_values(),
    }
    keys = data.draw(st.lists(st.sampled_from(list(changes)), unique=True, max_size=2))
    fields = {key: data.draw(changes[key]) for key in keys}
    edited = theory.model_dump(mode="json") | copy.deepcopy(fields)
    same_as_the_file(theory, lambda: theory.evolve(**fields), edited)
    if fields:
        same_as_the_file(theory, lambda: theory.model_copy(update=fields), edited)


@tries(25)
@given(authored(), st.data())
def test_many_edits_one_after_the_other_leave_a_theory_that_loads(raw: Raw, data: st.DataObject) -> None:
    theory = TheoryOfChange.model_validate(raw)
    theories = [(theory, state(theory))]
    for number in range(data.draw(st.integers(2, 6))):
        ids = st.sampled_from(list(theory.nodes))
        try:
            match data.draw(st.integers(0, 4)):
                case 0:
                    id = data.draw(ids)
                    theory = theory.edit(id, **data.draw(fields_of(theory, theory.nodes[id].kind)))
                case 1:
                    theory = theory.with_node(toc.Outcome(id=f"new-{number}", title="New", leads_to=data.draw(ids)))
                case 2:
                    theory = theory.with_link(data.draw(ids), data.draw(ids), feedback=data.draw(st.booleans()))
                case 3:
                    theory = theory.without(data.draw(ids))
                case _:
                    theory = theory.renamed(data.draw(ids), f"renamed-{number}")
        except TheoryError:
            continue
        theories.append((theory, state(theory)))
    for made, seen_then in theories:
        assert state(made) == seen_then
        assert state(TheoryOfChange.model_validate(made.model_dump(mode="json"))) == seen_then


# By example


def test_an_edit_shares_every_node_that_stayed_the_same() -> None:
    theory = fixed()
    edited = theory.edit("readers", title="Young readers")
    assert edited.activities["clubs"] is theory.activities["clubs"]
    assert edited.pillars is theory.pillars
    assert edited.outcomes["readers"] is not theory.outcomes["readers"]


def test_renaming_leaves_the_ends_of_the_first_theorys_links() -> None:
    theory = fixed()
    theory.renamed("readers", "young-readers")
    assert [(link.source, link.target) for link in theory.links if link.source not in theory.pillars] == [
        ("readers", "literacy"),
        ("clubs", "readers"),
    ]


def test_without_takes_out_the_silences_of_the_kpis_that_measured_nothing_else() -> None:
    silence = [
        {"code": "TOC999", "node": "gain", "reason": "agreed"},
        {"code": "TOC999", "node": "readers", "reason": "agreed"},
    ]
    theory = fixed(settings={"checks": {"silence": silence}}).without("readers")
    assert theory.settings.checks.silence == ()
    assert TheoryOfChange.model_validate(theory.model_dump(mode="json")) == theory


def test_without_takes_out_a_goal_but_not_the_last() -> None:
    theory = fixed().without("other")
    assert list(theory.goals) == ["goal"]
    with pytest.raises(TheoryError) as caught:
        theory.without("goal")
    assert [problem.code for problem in caught.value.problems] == ["TOC036"]


def test_without_a_pillar_leaves_its_outcomes_without_a_column() -> None:
    theory = fixed().without("literacy")
    assert theory.activities["clubs"].pillar is None
    assert theory.outcomes["readers"].leads_to == {}


def test_a_new_pillar_leads_to_every_goal_unless_told() -> None:
    theory = fixed()
    assert list(theory.with_node(toc.Pillar(id="arts", title="Arts")).pillars["arts"].leads_to) == ["goal", "other"]
    assert theory.with_node(toc.Pillar(id="arts", title="Arts", leads_to=[])).pillars["arts"].leads_to == {}


def test_a_pillar_whose_links_are_set_to_nothing_leads_to_every_goal_as_in_a_file() -> None:
    assert list(fixed().edit("stem", leads_to=None).pillars["stem"].leads_to) == ["goal", "other"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda theory: theory.with_link("clubs", "literacy", source="readers"),
        lambda theory: theory.with_link("clubs", "literacy", target="readers"),
        lambda theory: theory.edit("clubs", id="other-clubs"),
        lambda theory: theory.edit("clubs", leads_to={"literacy": {"source": "readers"}}),
        lambda theory: theory.edit("clubs", kind="outcome"),
        lambda theory: theory.evolve(zzz=1),
        lambda theory: theory.evolve(nodes={}),
        lambda theory: theory.evolve(links=()),
    ],
    ids=["source", "target", "id", "ends", "kind", "unknown", "nodes", "links"],
)
def test_an_edit_refuses_what_is_no_key_of_the_file(edit: Callable[[TheoryOfChange], TheoryOfChange]) -> None:
    with pytest.raises(TheoryError) as caught:
        edit(fixed())
    assert {problem.code for problem in caught.value.problems} <= {"TOC010", "TOC036"}


@pytest.mark.parametrize(
    "edit",
    [
        lambda theory: theory.edit("reders", title="x"),
        lambda theory: theory.without("reders"),
        lambda theory: theory.renamed("reders", "b"),
        lambda theory: theory.with_link("reders", "goal"),
        lambda theory: theory.with_link("clubs", "reders"),
    ],
    ids=["edit", "without", "renamed", "source", "target"],
)
def test_an_edit_of_an_unknown_id_names_the_nearest(edit: Callable[[TheoryOfChange], TheoryOfChange]) -> None:
    with pytest.raises(TheoryError) as caught:
        edit(fixed())
    (problem,) = caught.value.problems
    assert (problem.code, problem.suggestion) == ("TOC030", "readers")
    assert "'reders'" in problem.message


@pytest.mark.parametrize("id", [5, None, ["readers"], True], ids=str)
def test_an_id_that_is_not_text_is_refused_by_every_edit(id: Any) -> None:
    theory = fixed()
    edits: tuple[Callable[[], object], ...] = (
        lambda: theory.edit(id, title="x"),
        lambda: theory.without(id),
        lambda: theory.renamed(id, "b"),
        lambda: theory.renamed("readers", id),
        lambda: theory.with_link(id, "goal"),
        lambda: theory.with_link("clubs", id),
    )
    for edit in edits:
        with pytest.raises(TheoryError):
            edit()


def test_an_edit_that_closes_a_loop_names_the_cycle_as_the_file_would() -> None:
    outcomes = {"a": {"title": "A"}, "b": {"title": "B", "leads_to": "a"}, "c": {"title": "C", "leads_to": "b"}}
    theory = fixed(outcomes={"readers": "R", **outcomes})
    edits: tuple[Callable[[], object], ...] = (
        lambda: theory.with_link("a", "c"),
        lambda: theory.edit("a", leads_to="c"),
    )
    for edit in edits:
        with pytest.raises(TheoryError) as caught:
            edit()
        (problem,) = caught.value.problems
        assert problem.code == "TOC033"
        assert "a → c → b → a" in problem.message
    late = theory.without("a").with_node(toc.Outcome(id="a", title="A", leads_to="c"))
    with pytest.raises(TheoryError, match="b → a → c → b"):
        late.with_link("b", "a")


def test_renaming_to_an_id_that_exists_or_is_none_is_refused() -> None:
    for new, code in (("clubs", "TOC031"), ("gain", "TOC031"), ("Young Readers", "TOC016"), ("", "TOC016")):
        with pytest.raises(TheoryError) as caught:
            fixed().renamed("readers", new)
        assert [problem.code for problem in caught.value.problems] == [code]


def test_renaming_keeps_the_place_in_the_order() -> None:
    assert list(fixed().renamed("goal", "impact").goals) == ["impact", "other"]
    assert list(fixed().renamed("goal", "impact").pillars["stem"].leads_to) == ["impact", "other"]


def test_an_edit_keeps_the_place_in_the_order() -> None:
    theory = fixed()
    assert list(theory.edit("literacy", title="Words").pillars) == ["literacy", "stem"]
    assert list(theory.with_node(toc.Pillar(id="literacy", title="Words")).pillars) == ["literacy", "stem"]
    assert list(theory.with_node(toc.Pillar(id="arts", title="Arts")).pillars) == ["literacy", "stem", "arts"]


def test_values_change_by_making_another_and_are_validated() -> None:
    link = fixed().activities["clubs"].leads_to["readers"]
    assert link.evolve(confidence="high").confidence == 0.8
    assert link.model_copy(update={"confidence": "high"}).confidence == 0.8
    assert link.confidence is None
    for change in ({"confidence": 7}, {"confidense": 0.7}):
        with pytest.raises(TheoryError):
            link.evolve(**change)
        with pytest.raises(TheoryError):
            link.model_copy(update=change)


def test_nothing_in_a_theory_can_be_changed_in_place() -> None:
    theory = fixed()
    changes: tuple[Callable[[], object], ...] = (
        lambda: setattr(theory, "title", "x"),
        lambda: setattr(theory.outcomes["readers"], "title", "x"),
        lambda: theory.outcomes.__setitem__("b", 1),
        lambda: theory.outcomes.update({}),
        lambda: theory.outcomes.pop("readers"),
        theory.outcomes.clear,
        lambda: theory.nodes.__delitem__("readers"),
        lambda: theory.outcomes["readers"].leads_to.setdefault("b", 1),
    )
    for change in changes:
        with pytest.raises((TypeError, AttributeError)):
            change()
    with pytest.raises(TypeError):
        theory.outcomes |= {}  # type: ignore[misc]
    assert theory == fixed()


def test_one_node_may_stand_in_several_theories() -> None:
    node = toc.Outcome(id="calm", title="Calm", leads_to={"literacy": "Why"})
    first, second = fixed().with_node(node), fixed().with_node(node).renamed("calm", "quiet")
    assert first.outcomes["calm"].leads_to["literacy"].source == "calm"
    assert second.outcomes["quiet"].leads_to["literacy"].source == "quiet"
    assert first == fixed().with_node(toc.Outcome(id="calm", title="Calm", leads_to={"literacy": "Why"}))


def test_a_node_moved_to_another_id_by_evolve_leaves_the_first_theory_alone() -> None:
    theory = fixed()
    before = state(theory)
    moved = theory.evolve(outcomes={"pupils": theory.outcomes["readers"]}, activities={}, kpis={})
    assert moved.outcomes["pupils"].id == "pupils"
    assert moved.outcomes["pupils"].leads_to["literacy"].source == "pupils"
    assert state(theory) == before


# Some fields of a link


@tries(40)
@given(authored(), st.data())
def test_edit_link_changes_what_is_given_and_keeps_the_rest(raw: Raw, data: st.DataObject) -> None:
    theory = TheoryOfChange.model_validate(raw)
    if not theory.links:
        return
    link = data.draw(st.sampled_from(theory.links))
    fields = data.draw(
        mapping(
            because=texts() | st.none(),
            confidence=st.sampled_from(["low", 0.3, None, 7]),
            assumptions=st.lists(texts(), max_size=2),
            contribution=st.just("necessary"),
        )
    )
    edited = theory.model_dump(mode="json")
    node = edited[PLURALS[theory.nodes[link.source].kind]][link.source]
    node["leads_to"] = node["leads_to"] or {goal: {} for goal in theory.goals}
    node["leads_to"][link.target] = link.model_dump(mode="json") | copy.deepcopy(fields)
    same_as_the_file(theory, lambda: theory.edit_link(link.source, link.target, **fields), edited)


def test_edit_link_keeps_what_the_link_holds_where_with_link_replaces_it() -> None:
    argued = fixed().with_link("clubs", "readers", because="Practice", evidence=[{"source": "Trial"}], confidence="low")
    link = argued.edit_link("clubs", "readers", assumptions=["Pupils come"]).activities["clubs"].leads_to["readers"]
    assert (link.because, link.evidence[0].source, link.confidence) == ("Practice", "Trial", 0.25)
    more = argued.edit_link("clubs", "readers", evidence=[*link.evidence, {"source": "Survey"}])
    assert [e.source for e in more.activities["clubs"].leads_to["readers"].evidence] == ["Trial", "Survey"]
    bare = argued.with_link("clubs", "readers", assumptions=["Pupils come"]).activities["clubs"].leads_to["readers"]
    assert (bare.because, bare.evidence) == (None, ())


@pytest.mark.parametrize(
    ("source", "target", "code", "message"),
    [
        ("club", "readers", "TOC030", "did you mean 'clubs'"),
        ("clubs", "reader", "TOC030", "did you mean 'readers'"),
        ("clubs", "literacy", "TOC030", "'clubs' does not lead to 'literacy': it leads to readers; with_link() adds a link"),
        ("goal", "clubs", "TOC030", "it leads nowhere"),
        ("gain", "readers", "TOC030", "it leads nowhere"),
    ],
)  # fmt: skip
def test_editing_a_link_that_is_not_there_is_an_error(source: str, target: str, code: str, message: str) -> None:
    with pytest.raises(TheoryError) as caught:
        fixed().edit_link(source, target, because="So")
    assert [problem.code for problem in caught.value.problems] == [code]
    assert message in str(caught.value)


# The order of nodes


@tries(40)
@given(authored(), st.data())
def test_a_moved_node_stands_where_it_was_sent_and_nothing_else_changes(raw: Raw, data: st.DataObject) -> None:
    theory = TheoryOfChange.model_validate(raw)
    id = data.draw(st.sampled_from(list(theory)))
    mates = list(theory.of_kind(theory.nodes[id].kind))
    beside = data.draw(st.sampled_from([None, *mates]))
    side = data.draw(st.sampled_from(["after", "before"]))
    moved = theory.moved(id, **{side: beside})
    order = list(moved.of_kind(theory.nodes[id].kind))
    assert moved == theory
    assert [other for other in order if other != id] == [other for other in mates if other != id]
    if beside is None:
        assert order[0] == id
    elif beside != id:
        assert order.index(id) - order.index(beside) == (1 if side == "after" else -1)
    edited = theory.model_dump(mode="json")
    section = edited[PLURALS[theory.nodes[id].kind]]
    edited[PLURALS[theory.nodes[id].kind]] = {other: section[other] for other in order}
    same_as_the_file(theory, lambda: theory.moved(id, **{side: beside}), edited)


def test_moving_beside_a_node_of_another_kind_or_both_ways_is_an_error() -> None:
    calls: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: fixed().moved("stem", after="clubs"), "'clubs' is an activity and 'stem' a pillar"),
        (lambda: fixed().moved("stem", after="literary"), "did you mean 'literacy'"),
        (lambda: fixed().moved("stm"), "did you mean 'stem'"),
        (lambda: fixed().moved("stem", after="literacy", before="literacy"), "give one of `after` and `before`"),
    )
    for call, message in calls:
        with pytest.raises((TheoryError, toc.OptionError), match=message):
            call()


def test_a_node_moves_in_its_file_and_no_other_line_does(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(
        "toc: 1\ntitle: T\ngoal: G\n# Pillars\npillars:\n  a: A  # one\n  # two\n  b:\n    title: B\n  c: {title: C}\n"
    )
    toc.load(path).moved("c", after="a").save(path)
    assert path.read_text() == (
        "toc: 1\ntitle: T\ngoal: G\n# Pillars\npillars:\n  a: A  # one\n  c: {title: C}\n  # two\n  b:\n    title: B\n"
    )


# Pillars that lead to every goal without saying so


def test_a_pillar_that_does_not_say_where_it_leads_leads_to_goals_that_come_later() -> None:
    theory = fixed().edit("literacy", leads_to=["goal"]).with_node(toc.Goal(id="third", title="Third"))
    assert list(theory.pillars["stem"].leads_to) == ["goal", "other", "third"]
    assert list(theory.pillars["literacy"].leads_to) == ["goal"]
    assert list(theory.without("other").pillars["stem"].leads_to) == ["goal", "third"]
    assert list(theory.moved("third").pillars["stem"].leads_to) == ["third", "goal", "other"]
    assert [link.source for link in theory.links if link.target == "third"] == ["stem"]


def test_links_that_go_without_saying_are_null_in_the_normal_form_and_not_written() -> None:
    theory = (
        fixed().edit("literacy", leads_to=["goal", "other"]).with_node(toc.Pillar(id="arts", title="Arts", leads_to=[]))
    )
    for mode in ("json", "python"):
        dumped = theory.model_dump(mode=mode)["pillars"]
        assert dumped["stem"]["leads_to"] is None
        assert list(dumped["literacy"]["leads_to"]) == ["goal", "other"]
        assert dumped["arts"]["leads_to"] == {}
    for again in (
        TheoryOfChange.model_validate(theory.model_dump(mode="json", exclude_defaults=True)),
        TheoryOfChange.model_validate(theory.model_dump(mode="json", exclude_unset=True)),
        TheoryOfChange.model_validate_json(theory.model_dump_json(exclude_none=True)),
        toc.loads(theory.dumps()),
    ):
        assert again.digest() == theory.digest()
        assert state(again) == state(theory)
    assert "  stem: STEM\n" in theory.dumps()
    assert "leads_to: [goal, other]" in theory.dumps()


def test_a_pillar_by_itself_leads_nowhere_yet() -> None:
    assert toc.Pillar(id="arts", title="Arts").leads_to == {}
    assert toc.Pillar(id="arts", title="Arts", leads_to=None).model_dump()["leads_to"] is None


# Words for confidences


@tries(40)
@given(authored())
def test_a_confidence_given_as_a_word_counts_as_its_number_and_is_written_as_the_word(raw: Raw) -> None:
    theory = TheoryOfChange.model_validate(raw)
    for link in theory.links:
        written = written_confidence(raw, link.source, link.target)
        words = {"low": 0.25, "medium": 0.5, "high": 0.8}
        assert link.confidence == words.get(written, written)
        assert type(link.model_dump(mode="json")["confidence"]) in (float, type(None))
        assert type(link.model_dump()["confidence"]) in (float, type(None))
        for format in ("yaml", "json"):
            again = toc.loads(theory.dumps(format), format=format)
            assert again.digest() == theory.digest()
    said = json.loads(theory.dumps("json"))
    for link in theory.links:
        if link.confidence is not None:
            assert written_confidence(said, link.source, link.target) == written_confidence(
                raw, link.source, link.target
            )


def written_confidence(raw: Raw, source: str, target: str) -> Any:
    """What a file says of one link's confidence, whichever form the link has."""
    if "goal" in raw:
        single = raw["goal"] if isinstance(raw["goal"], dict) else {"title": raw["goal"]}
        raw = raw | {"goals": {single.get("id", "goal"): single}}
    node = next(section[source] for kind in PLURALS.values() if source in (section := raw.get(kind) or {}))
    links = node.get("leads_to") if isinstance(node, dict) else None
    link = links.get(target) if isinstance(links, dict) else None
    return link.get("confidence") if isinstance(link, dict) else None


def test_a_word_given_in_code_is_saved_as_a_word_and_the_other_lines_stay(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    text = "toc: 1\ntitle: T\ngoal: G\nactivities:\n  a:\n    title: A\n    leads_to:\n      goal: {confidence: 0.8}  # ours\n"
    path.write_text(text)
    theory = toc.load(path)
    worded = theory.edit_link("a", "goal", confidence="high")
    assert worded == theory
    worded.save(path)
    assert path.read_text() == text.replace("0.8", "high")
    toc.load(path).edit("a", title="B").edit_link("a", "goal", because="So").save(path)
    assert "confidence: high" in path.read_text()
    assert toc.load(path).to_networkx().edges["a", "goal"]["confidence"] == 0.8

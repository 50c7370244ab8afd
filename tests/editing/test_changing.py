"""Operations on a text: what each does, what is refused, and that all of it can be undone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import authored, json_values, tries
from toc import editing

TODAY: Final = date(2026, 11, 26)
TEXT: Final = Path(__file__).with_name("every_form.yaml").read_text(encoding="utf-8")
SMALL: Final = """\
# A small theory
toc: 1
title: Reading   # for now
goal: Every child reads
outcomes:
  readers: {title: Readers, leads_to: goal}   # in braces
activities:
  # What we do
  clubs:
    title: Clubs
    leads_to: readers
  visits: Visits
"""


def done(*ops: Any, text: str = SMALL, **options: Any) -> dict[str, Any]:
    answer = editing.changed(text, ops, **options)
    assert answer["ok"], answer["problems"]
    return answer


def refused(*ops: Any, text: str = SMALL, **options: Any) -> list[tuple[int | None, str]]:
    answer = editing.changed(text, ops, **options)
    assert not answer["ok"]
    assert answer.keys() <= {"ok", "problems", "rewrites", "asks"}
    json.dumps(answer)
    return [(problem["op"], problem["code"]) for problem in answer["problems"]]


def lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that are gone, and those that are new."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


# What each operation does


def test_a_box_is_added_with_an_id_of_its_title_behind_another() -> None:
    answer = done(
        {"op": "add", "kind": "activity", "fields": {"title": "Art club", "leads_to": "readers"}, "after": "clubs"}
    )
    assert answer["created"] == ["art-club"]
    assert answer["changed"] == []
    assert answer["said"] == "Activity “Art club” added"
    assert lines(SMALL, answer["text"]) == ([], ["  art-club:", "    title: Art club"])
    assert list(toc.loads(answer["text"]).activities) == ["clubs", "art-club", "visits"]


def test_a_box_comes_first_where_it_stands_behind_nothing_and_last_where_nobody_says() -> None:
    first = done({"op": "add", "kind": "activity", "fields": {"title": "Art"}, "after": None})
    assert first["text"].splitlines()[6:10] == ["activities:", "  art: Art", "  # What we do", "  clubs:"]
    last = done({"op": "add", "kind": "activity", "fields": {"title": "Art"}})
    assert last["text"].endswith("  visits: Visits\n  art: Art\n")


def test_a_box_may_bring_its_id_along() -> None:
    answer = done({"op": "add", "kind": "outcome", "id": "calm", "fields": {"title": "Calmer pupils"}})
    assert answer["created"] == ["calm"]
    assert refused({"op": "add", "kind": "outcome", "id": "clubs", "fields": {"title": "T"}}) == [(0, "TOC031")]
    assert refused({"op": "add", "kind": "outcome", "id": "Not one", "fields": {"title": "T"}}) == [(0, "TOC016")]


def test_a_partner_is_added_and_changed_as_a_box_is() -> None:
    answer = done(
        {"op": "add", "kind": "partner", "fields": {"title": "St Mary's"}},
        {"op": "set", "id": "st-marys", "path": ["sector"], "value": "state"},
    )
    assert answer["created"] == ["st-marys"]
    assert toc.loads(answer["text"]).partners["st-marys"].sector == "state"
    assert answer["said"] == "Partner “St Mary's” added; Sector of “St Mary's” added"


@pytest.mark.parametrize(
    ("path", "value", "gone", "came", "said"),
    [
        (["title"], "Art club", ["    title: Clubs"], ["    title: Art club"], "Title of “Art club” changed"),
        (["certainty"], "low", [], ["    certainty: low"], "Certainty of “Clubs” added"),
        (["leads_to"], None, ["    leads_to: readers"], [], "Leads to of “Clubs” taken away"),
        (["leads_to", "readers", "because"], "They read", ["    leads_to: readers"], ["    leads_to:", "      readers: They read"],
         "Reason of the link from “Clubs” to “Readers” added"),
        (["tags", 0], "music", [], ["    tags: [music]"], "Tags of “Clubs” added"),
    ],
)  # fmt: skip
def test_a_field_is_set_in_its_own_line(path: Any, value: Any, gone: list[str], came: list[str], said: str) -> None:
    answer = done({"op": "set", "id": "clubs", "path": path, "value": value})
    assert lines(SMALL, answer["text"]) == (gone, came)
    assert answer["said"] == said
    assert answer["changed"] == ["clubs"]


def test_the_theory_itself_is_changed_by_about() -> None:
    answer = done({"op": "about", "path": ["context", "problem"], "value": "Children cannot read"})
    assert toc.loads(answer["text"]).context.problem == "Children cannot read"
    assert answer["said"] == "Problem added"
    assert refused({"op": "about", "path": ["activities", "clubs"], "value": None}) == [(0, "TOC010")]
    assert refused({"op": "about", "path": ["titel"], "value": "T"}) == [(0, "TOC010")]
    assert refused({"op": "about", "path": ["title"], "value": None}) == [(0, "TOC011")]


def test_a_link_is_added_and_what_is_said_of_one_is_added_to_what_it_holds() -> None:
    linked = done({"op": "link", "source": "visits", "target": "readers", "fields": {"because": "They see"}})
    assert linked["said"] == "Linked “Visits” to “Readers”"
    answer = done(
        {"op": "link", "source": "visits", "target": "readers", "fields": {"confidence": "high"}}, text=linked["text"]
    )
    link = toc.loads(answer["text"]).activities["visits"].leads_to["readers"]
    assert (link.because, link.confidence) == ("They see", 0.8)
    assert answer["said"] == "Link from “Visits” to “Readers” changed"
    undone = done(
        {"op": "link", "source": "visits", "target": "readers", "fields": {"confidence": None}}, text=answer["text"]
    )
    assert toc.loads(undone["text"]).dumps("json") == toc.loads(linked["text"]).dumps("json")


def test_a_link_is_taken_out() -> None:
    answer = done({"op": "unlink", "source": "clubs", "target": "readers"})
    assert lines(SMALL, answer["text"]) == (["    leads_to: readers"], [])
    assert refused({"op": "unlink", "source": "visits", "target": "readers"}) == [(0, "TOC030")]


def test_a_circle_is_refused_with_its_way() -> None:
    answer = editing.changed(
        SMALL,
        [
            {"op": "link", "source": "visits", "target": "clubs"},
            {"op": "link", "source": "clubs", "target": "visits"},
        ],
    )
    (problem,) = answer["problems"]
    assert (problem["code"], problem["op"]) == ("TOC033", 1)
    assert "clubs → visits → clubs" in problem["message"]


def test_a_box_moves_and_the_order_is_saved() -> None:
    answer = done({"op": "move", "id": "visits", "after": None})
    assert list(toc.loads(answer["text"]).activities) == ["visits", "clubs"]
    back = done({"op": "move", "id": "visits", "after": "clubs"}, text=answer["text"])
    assert back["text"] == SMALL
    moved = done({"op": "move", "id": "support", "pillar": "second"}, text=TEXT)
    assert toc.loads(moved["text"]).activities["support"].pillar == "second"
    assert moved["said"] == "“One to one” moved to the strand “Second”"
    assert done({"op": "move", "id": "support", "pillar": None}, text=moved["text"])["text"] == TEXT


def test_a_move_says_where_to() -> None:
    assert refused({"op": "move", "id": "visits"}) == [(0, "TOC011")]


def test_a_reason_on_a_link_that_goes_without_saying_leaves_the_others() -> None:
    text = "toc: 1\ntitle: T\ngoals: {one: One, two: Two}\npillars:\n  p: Pillar\n"
    answer = done({"op": "set", "id": "p", "path": ["leads_to", "two", "because"], "value": "So it is"}, text=text)
    links = toc.loads(answer["text"]).pillars["p"].leads_to
    assert {id: link.because for id, link in links.items()} == {"one": None, "two": "So it is"}
    assert done({"op": "set", "id": "p", "path": ["leads_to"], "value": None}, text=answer["text"])["changed"] == ["p"]


def test_a_text_with_mistakes_is_told_as_it_is_where_nothing_is_to_be_done() -> None:
    assert refused(text=SMALL + "titel: T\n") == [(None, "TOC010")]


def test_recast_asks_before_anything_is_lost() -> None:
    answer = editing.changed(TEXT, [{"op": "recast", "id": "support", "kind": "output"}])
    assert answer["asks"] == "drop"
    assert [problem["path"][2] for problem in answer["problems"]] == [
        "certainty", "participation", "evidence_strength", "partners", "impact", "exchange", "reach",
    ]  # fmt: skip
    made = done({"op": "recast", "id": "support", "kind": "output", "drop": True}, text=TEXT)
    assert toc.loads(made["text"]).outputs["support"].leads_to["readers"].because == "Practice builds fluency"
    assert made["changed"] == ["support"]


def test_an_id_is_another_everywhere() -> None:
    answer = done({"op": "rename", "id": "readers", "to": "young-readers"})
    assert (answer["created"], answer["changed"]) == ([], ["young-readers", "clubs"])
    assert done({"op": "rename", "id": "young-readers", "to": "readers"}, text=answer["text"])["text"] == SMALL


def test_what_goes_with_a_box_is_told() -> None:
    answer = done({"op": "remove", "id": "readers"}, text=TEXT)
    assert answer["said"] == "“Young readers catch up” removed, with 1 KPI"
    assert done({"op": "remove", "id": "visits"})["text"] == SMALL.removesuffix("  visits: Visits\n")


def test_kpis_are_suggested_once() -> None:
    op = {"op": "suggest-kpis", "id": "clubs"}
    answer = done({"op": "set", "id": "clubs", "path": ["certainty"], "value": "low"}, op)
    assert len(answer["created"]) > 0
    assert done(op, text=answer["text"])["said"] == "Nothing changed"


def test_a_finding_is_left_as_it_is_with_a_reason() -> None:
    op = {"op": "silence", "code": "TOC161", "reason": "Looked at every year"}
    answer = done(op, see=["findings"], today=TODAY)
    assert answer["said"] == "TOC161 left as it is, with a reason; 1 finding fewer"
    assert "TOC161" not in {finding["code"] for finding in answer["findings"]}
    again = done({**op, "reason": "Agreed"}, text=answer["text"])
    assert [one.reason for one in toc.loads(again["text"]).settings.checks.silence] == ["Agreed"]
    assert refused({**op, "code": "TOC999"}) == [(0, "TOC013")]


def test_unused_silences_are_fixed() -> None:
    text = SMALL + "settings:\n  checks:\n    silence:\n      - {code: TOC163, reason: Agreed}\n"
    answer = done({"op": "fix"}, text=text, today=TODAY)
    assert answer["text"] == SMALL
    assert answer["said"] == "1 mistake fixed"


def test_a_whole_text_and_a_whole_theory_take_the_place_of_what_was_there() -> None:
    other = SMALL.replace("Clubs", "Art clubs")
    assert done({"op": "text", "text": other})["text"] == other
    theory = json.loads(toc.loads(other).dumps("json"))
    answer = done({"op": "theory", "theory": theory})
    assert answer["text"] == other
    assert answer["changed"] == ["clubs"]


# What is to be seen


def test_what_is_asked_for_is_seen() -> None:
    answer = done(see=["picture", "findings", "theory"], today=TODAY, looks={"view": "layers"})
    assert answer["picture"]["view"] == "layers"
    assert answer["picture"]["svg"].startswith("<svg") or "<svg" in answer["picture"]["svg"]
    assert answer["findings"] == json.loads(toc.loads(SMALL).check(today=TODAY).to_json())["findings"]
    assert answer["theory"] == json.loads(toc.loads(SMALL).dumps("json"))
    assert answer["said"] == "Nothing changed"
    assert json.loads(json.dumps(answer)) == answer
    assert done().keys() == {"ok", "text", "etag", "created", "changed", "said"}


def test_findings_are_counted_and_not_guessed() -> None:
    op = {"op": "about", "path": ["review_on"], "value": "2027-07-31"}
    before, after = (len(toc.loads(text).check(today=TODAY)) for text in (SMALL, done(op)["text"]))
    assert after == before - 1
    assert done(op, see=["findings"], today=TODAY)["said"] == "Review on added; 1 finding fewer"


def test_a_drawing_that_cannot_be_made_does_not_undo_the_change() -> None:
    answer = done(
        {"op": "add", "kind": "activity", "fields": {"title": "Art"}},
        see=["picture"],
        looks={"limits": toc.Limits(nodes=2)},
    )
    assert answer["picture"]["svg"] is None
    assert "limit `nodes`" in answer["picture"]["message"]
    assert "art: Art" in answer["text"]


def test_the_tag_is_that_of_the_bytes() -> None:
    assert editing.etag("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
    assert done()["etag"] == editing.etag(SMALL)


# All or none


def test_nothing_is_done_where_one_operation_fails() -> None:
    add = {"op": "add", "kind": "activity", "fields": {"title": "Art"}}
    assert refused(add, {"op": "remove", "id": "nothing"}, add) == [(1, "TOC030")]


def test_a_text_with_mistakes_takes_another_text_and_nothing_else() -> None:
    wrong = SMALL.replace("leads_to: readers", "leads_to: reeders")
    answer = editing.changed(wrong, [{"op": "set", "id": "clubs", "path": ["title"], "value": "T"}])
    assert [(one["code"], one["line"], one["op"]) for one in answer["problems"]] == [
        ("TOC030", 11, None),
        ("TOC036", None, 0),
    ]
    assert done({"op": "text", "text": SMALL}, text=wrong)["text"] == SMALL
    assert refused({"op": "text", "text": wrong}) == [(0, "TOC030")]


def test_comments_are_lost_only_where_that_is_allowed() -> None:
    text = "toc: 1\ntitle: &t Reading   # a name\ngoal: *t\nowner: *t\n"
    op = {"op": "about", "path": ["title"], "value": "Another"}
    answer = editing.changed(text, [op])
    assert (answer["ok"], answer["rewrites"]) == (False, True)
    assert answer["problems"][0]["code"] == "TOC006"
    made = editing.changed(text, [op], allow_rewrite=True)
    assert (made["ok"], made["rewrites"]) == (True, True)
    assert toc.loads(made["text"]).title == "Another"
    assert "rewrites" not in done(op)


def test_json_is_changed_as_yaml_is() -> None:
    text = toc.loads(SMALL).dumps("json")
    answer = done({"op": "set", "id": "clubs", "path": ["title"], "value": "Art"}, text=text, format="json")
    assert lines(text, answer["text"]) == (['      "title": "Clubs",'], ['      "title": "Art",'])


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    text = "\ufeff" + SMALL.replace("\n", "\r\n")
    answer = done({"op": "set", "id": "clubs", "path": ["title"], "value": "Art"}, text=text)
    assert answer["text"] == text.replace("Clubs", "Art")


# What strangers send


@pytest.mark.parametrize(
    ("op", "code", "path"),
    [
        (None, "TOC012", []),
        ([], "TOC012", []),
        ({}, "TOC013", ["op"]),
        ({"op": None}, "TOC013", ["op"]),
        ({"op": ["set"]}, "TOC013", ["op"]),
        ({"op": "sett"}, "TOC013", ["op"]),
        ({"op": "remove"}, "TOC011", ["id"]),
        ({"op": "remove", "id": 3}, "TOC012", ["id"]),
        ({"op": "remove", "id": "clubs", "x": 1}, "TOC010", []),
        ({"op": "set", "id": "clubs", "path": "title", "value": 1}, "TOC012", ["path"]),
        ({"op": "set", "id": "clubs", "path": [], "value": 1}, "TOC012", ["path"]),
        ({"op": "set", "id": "clubs", "path": [True], "value": 1}, "TOC012", ["path"]),
        ({"op": "set", "id": "clubs", "path": [1.5], "value": 1}, "TOC012", ["path"]),
        ({"op": "set", "id": "clubs", "path": ["a"] * 21, "value": 1}, "TOC012", ["path"]),
        ({"op": "add", "kind": "goul", "fields": {}}, "TOC013", ["kind"]),
        ({"op": "add", "kind": "goal", "fields": []}, "TOC012", ["fields"]),
        ({"op": "recast", "id": "clubs", "kind": "output", "drop": 1}, "TOC012", ["drop"]),
        ({"op": "theory", "theory": "toc: 1"}, "TOC012", ["theory"]),
    ],
)
def test_an_operation_of_a_wrong_shape_is_a_problem(op: Any, code: str, path: list[str]) -> None:
    answer = editing.changed(SMALL, [op])
    assert [(one["op"], one["code"], one["path"]) for one in answer["problems"]] == [(0, code, path)]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (["id"], "other", "TOC010"),
        (["titel"], "T", "TOC010"),
        (["title"], "", "TOC017"),
        (["title"], None, "TOC011"),
        (["title", "de"], "T", "TOC012"),
        ([0], "T", "TOC012"),
        (["tags", 1], "T", "TOC012"),
        (["tags", "first"], "T", "TOC012"),
        (["participation"], "many", "TOC013"),
        (["starts"], "soon", "TOC015"),
        (["leads_to", "nowhere"], {}, "TOC030"),
        (["certainty", "because"], "No level", "TOC011"),
    ],
)
def test_a_value_that_cannot_be_is_a_problem_at_its_place(path: Any, value: Any, code: str) -> None:
    answer = editing.changed(SMALL, [{"op": "set", "id": "clubs", "path": path, "value": value}])
    (problem,) = answer["problems"]
    assert (problem["op"], problem["code"]) == (0, code)
    assert problem["path"][:2] == ["activities", "clubs"]


def test_depth_and_number_are_bounded() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    itself: list[Any] = []
    itself.append(itself)
    for value in (deep, itself, {"x": deep}):
        assert refused({"op": "set", "id": "clubs", "path": ["x-a"], "value": value}) == [(0, "TOC004")]
    assert refused(*[{"op": "fix"}] * 1_001) == [(None, "TOC004")]
    assert refused({"op": "set", "id": "clubs", "path": ["x-a"] * 20, "value": []}, limits=toc.Limits(bytes=100)) == [
        (None, "TOC004"), (0, "TOC036"),
    ]  # fmt: skip


def test_what_grows_over_a_limit_is_refused() -> None:
    few = toc.Limits(nodes=4, bytes=1_000)
    add = {"op": "add", "kind": "activity", "fields": {"title": "Art"}}
    assert refused(add, limits=few) == [(0, "TOC004")]
    long = {"op": "set", "id": "clubs", "path": ["title"], "value": "long " * 300}
    assert refused(long, limits=few) == [(None, "TOC004")]
    many = {"toc": 1, "title": "T", "goals": {f"g{n}": "G" for n in range(5)}}
    assert refused({"op": "theory", "theory": many}, limits=few) == [(0, "TOC004")]


@pytest.mark.parametrize("ops", [None, "set", {"op": "fix"}, 3])
def test_operations_that_are_no_list_are_a_problem(ops: Any) -> None:
    answer = editing.changed(SMALL, ops)
    assert [(one["op"], one["code"]) for one in answer["problems"]] == [(None, "TOC012")]


def test_a_wrong_argument_of_the_caller_is_raised() -> None:
    wrong: list[dict[str, Any]] = [
        {"format": "xml"}, {"see": ["pictures"]}, {"see": ["findings"]}, {"today": "today"}, {"looks": {"view": "x"}, "see": "picture"},
        {"allow_rewrite": 1}, {"limits": 3},
    ]  # fmt: skip
    for options in wrong:
        with pytest.raises(toc.OptionError):
            editing.changed(SMALL, [], **options)
    with pytest.raises(toc.OptionError, match="today"):
        editing.changed(SMALL, [{"op": "fix"}])


@tries(150)
@given(st.lists(st.dictionaries(st.sampled_from(["op", "id", "path", "value", "kind", "fields", "to", "x"]), json_values(), max_size=5)
       | json_values(), max_size=3))  # fmt: skip
def test_whatever_is_sent_is_answered(ops: Any) -> None:
    json.dumps(editing.changed(SMALL, ops))


@tries(150)
@given(st.data())
def test_any_value_at_any_place_is_answered(data: st.DataObject) -> None:
    steps = st.sampled_from(
        ["title", "leads_to", "readers", "because", "assumptions", "exchange", "impact", "x-a", "tags", 0, 1]
    )
    path = data.draw(st.lists(steps, min_size=1, max_size=4))
    op = {
        "op": "set",
        "id": data.draw(st.sampled_from(["clubs", "readers", "goal", "no"])),
        "path": path,
        "value": data.draw(json_values()),
    }
    answer = editing.changed(SMALL, [op])
    json.dumps(answer)
    if answer["ok"]:
        assert editing.changed(answer["text"], [op])["text"] == answer["text"]


# Undone, and the same as in Python


def edits(theory: toc.TheoryOfChange) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]], Any]]:
    """Operations that may be done, what undoes each of them, and the same edit in Python."""
    causal = [id for id, node in theory.nodes.items() if node.kind != "kpi"]
    for id, node in theory.nodes.items():
        form = json.loads(theory.dumps("json"))
        held = next(part[id] for part in form.values() if isinstance(part, dict) and id in part)
        yield (
            {"op": "set", "id": id, "path": ["title"], "value": "Quite another"},
            [{"op": "set", "id": id, "path": ["title"], "value": held["title"]}],
            lambda t, id=id: t.edit(id, title="Quite another"),
        )
        yield (
            {"op": "set", "id": id, "path": ["url"], "value": "https://example.org"},
            [{"op": "set", "id": id, "path": ["url"], "value": held.get("url")}],
            lambda t, id=id: t.edit(id, url="https://example.org"),
        )
        other = next(f"other-{number}" for number in range(9) if f"other-{number}" not in theory)
        yield (
            {"op": "rename", "id": id, "to": other},
            [{"op": "rename", "id": other, "to": id}],
            lambda t, id=id, other=other: t.renamed(id, other),
        )
        ids = list(theory.of_kind(node.kind))
        behind = ids[ids.index(id) - 1] if ids.index(id) else None
        yield (
            {"op": "move", "id": id, "after": None},
            [{"op": "move", "id": id, "after": behind}],
            lambda t, id=id: t.moved(id),
        )
    for kind in () if "one-more" in theory else ("outcome", "activity"):
        yield (
            {
                "op": "add",
                "kind": kind,
                "id": "one-more",
                "fields": {"title": "One more", "leads_to": list(theory.goals)},
            },
            [{"op": "remove", "id": "one-more"}],
            lambda t, kind=kind: t.with_node(
                (toc.Outcome if kind == "outcome" else toc.Activity)(
                    id="one-more", title="One more", leads_to=list(t.goals)
                )
            ),
        )
    for source in causal:
        for target in causal:
            if (
                source in theory.activities
                and target in theory.goals
                and target not in theory.activities[source].leads_to
            ):
                yield (
                    {"op": "link", "source": source, "target": target, "fields": {"because": "It is so"}},
                    [{"op": "unlink", "source": source, "target": target}],
                    lambda t, source=source, target=target: t.with_link(source, target, because="It is so"),
                )


@tries(60)
@given(authored(), st.data())
def test_any_operations_are_the_same_in_python_and_the_earlier_texts_undo_them(raw: Any, data: st.DataObject) -> None:
    theory = toc.TheoryOfChange.model_validate(raw)
    texts = [theory.dumps()]
    for _ in range(data.draw(st.integers(1, 4))):
        op, undo, edit = data.draw(st.sampled_from(list(edits(theory))))
        answer = editing.changed(texts[-1], [op])
        expected = edit(theory)
        assert answer["ok"], answer
        found = toc.loads(answer["text"])
        assert found.dumps("json") == expected.dumps("json")
        back = editing.changed(answer["text"], undo)
        assert back["ok"], back
        assert toc.loads(back["text"]).dumps("json") == theory.dumps("json")
        theory = expected
        texts.append(answer["text"])
    for before, after in zip(reversed(texts[:-1]), reversed(texts[1:]), strict=True):
        assert editing.changed(after, [{"op": "text", "text": before}])["text"] == before


@tries(40)
@given(st.data())
def test_operations_that_undo_each_other_give_the_first_bytes(data: st.DataObject) -> None:
    text, theory, undo = TEXT, toc.loads(TEXT), list[Any]()
    for _ in range(data.draw(st.integers(1, 5))):
        # A short form that was made long stays long: what undoes that is the earlier text.
        found = [one for one in edits(theory) if one[0].get("source") != "visits"]
        op, back, _edit = data.draw(st.sampled_from(found))
        answer = editing.changed(text, [op])
        assert answer["ok"], answer
        text, theory = answer["text"], toc.loads(answer["text"])
        undo = [*back, *undo]
    for op in undo:
        text = done(op, text=text)["text"]
    assert text == TEXT

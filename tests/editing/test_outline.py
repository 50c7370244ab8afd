"""A theory from indented lines, as people paste them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import tries

PLAIN = """\
Every child reads well
\tLiteracy
\t\tYoung readers catch up
\t\t\tWeekly one-to-one reading
\t\t\tKPI: Gain in reading age
\tEnjoyment
\t\tChildren know older readers
\t\t\tWeekly one-to-one reading
\t\t\t\tBecause: They copy those they look up to
"""
# The same four levels as different programs put them on the clipboard.
PASTED = {
    "tabs": "Reads\n\tLiteracy\n\t\tCatches up\n\t\t\tTutoring",
    "two spaces": "Reads\n  Literacy\n    Catches up\n      Tutoring",
    "uneven spaces": "Reads\n   Literacy\n    Catches up\n           Tutoring",
    "no-break spaces": "Reads\n\u00a0\u00a0Literacy\n\u00a0\u00a0\u00a0\u00a0Catches up\n\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0Tutoring",
    "bullets of Word without indentation": "•\tReads\no\tLiteracy\n\uf0a7\tCatches up\n▪\tTutoring",
    "numbers in numbers": "1. Reads\n1.1. Literacy\n1.1.1. Catches up\n1.1.1.1. Tutoring",
    "numbers and letters": "1) Reads\n  a) Literacy\n     i) ignored\n     - Catches up\n         – Tutoring".replace(
        "     i) ignored\n", ""
    ),
    "bullets and indentation": "- Reads\n  * Literacy\n    + Catches up\n      • Tutoring",
    "Windows, blank lines and a byte order mark": "\ufeffReads\r\n\r\n\tLiteracy\r\n\t\tCatches up\r\n\r\n\t\t\tTutoring\r\n",
}


def links(theory: toc.TheoryOfChange) -> set[tuple[str, str]]:
    return {(theory.nodes[link.source].title, theory.nodes[link.target].title) for link in theory.links}


@pytest.mark.parametrize("pasted", PASTED.values(), ids=PASTED)
def test_what_stands_under_a_line_leads_to_it_however_it_was_pasted(pasted: str) -> None:
    theory = toc.from_outline(pasted).theory
    assert [theory.nodes[id].title for id in theory.goals] == ["Reads"]
    assert [one.title for one in theory.pillars.values()] == ["Literacy"]
    assert [one.title for one in theory.outcomes.values()] == ["Catches up"]
    assert [one.title for one in theory.activities.values()] == ["Tutoring"]
    assert links(theory) == {("Literacy", "Reads"), ("Catches up", "Literacy"), ("Tutoring", "Catches up")}


def test_kpis_measure_and_reasons_argue_for_the_line_they_stand_under() -> None:
    theory = toc.from_outline(PLAIN).theory
    assert theory.kpis["gain-in-reading-age"].measures == ("young-readers-catch-up",)
    activity = theory.activities["weekly-one-to-one-reading"]
    reasons = {target: link.because for target, link in activity.leads_to.items()}
    assert list(reasons.values()) == [None, "They copy those they look up to"]


def test_the_same_title_twice_is_one_box_and_that_is_told() -> None:
    made = toc.from_outline(PLAIN)
    assert len(made.theory.activities) == 1
    assert any(
        remark == "line 8: the same as “Weekly one-to-one reading” (line 4), so it is one box, "
        "which leads to “Children know older readers” (line 7) too"
        for remark in made.remarks
    )


def test_a_title_that_would_lead_to_itself_is_a_box_of_its_own() -> None:
    made = toc.from_outline("G\n P\n  Change\n   Change\n    Change")
    assert [one.title for one in made.theory.outcomes.values()] == ["Change", "Change"]
    assert "line 4: a box of its own, because it cannot lead to “Change” (line 3), its own title" in made.remarks


def test_a_word_before_a_colon_says_what_a_line_is() -> None:
    text = "Impact: Reads\n Strand: Literacy\n  Output: Sessions held\n   Project 1: Tutoring\n  Result: Catches up"
    theory = toc.from_outline(text).theory
    kinds = {node.title: node.kind for node in theory.nodes.values()}
    assert kinds == {
        "Reads": "goal", "Literacy": "pillar", "Sessions held": "output", "Tutoring": "activity", "Catches up": "outcome"
    }  # fmt: skip


def test_words_with_a_colon_that_say_nothing_of_the_kind_stay_a_title() -> None:
    theory = toc.from_outline("Reads\n Literacy: the basics\n  Year 7: catch-up\n   Goal:").theory
    assert {node.title for node in theory.nodes.values()} == {
        "Reads",
        "Literacy: the basics",
        "Year 7: catch-up",
        "Goal:",
    }


def test_for_whom_is_a_target_group() -> None:
    theory = toc.from_outline("Reads\n For: Pupils in care\n Literacy\n  For whom: Pupils in care\n  Tutoring").theory
    assert {id: group.title for id, group in theory.context.target_groups.items()} == {
        "pupils-in-care": "Pupils in care"
    }
    assert theory.goals["goal"].target_group == theory.pillars["literacy"].target_group == ("pupils-in-care",)


def test_a_first_line_by_itself_is_the_title() -> None:
    made = toc.from_outline("Our partnership\nEvery child reads\n\tLiteracy")
    assert made.theory.title == "Our partnership"
    assert "line 1: taken for the title of the theory, because nothing stands under it" in made.remarks
    assert toc.from_outline("Theory of change: Ours\n\tReads\n\t\tLiteracy").theory.title == "Ours"


def test_a_first_line_before_a_line_that_says_it_is_a_goal_is_the_title() -> None:
    made = toc.from_outline("Our plan\nGoal: Reads\n Literacy\nGoal: Counts\n Numeracy")
    assert made.theory.title == "Our plan"
    assert [goal.title for goal in made.theory.goals.values()] == ["Reads", "Counts"]


def test_boxes_are_counted_once_the_same_titles_are_one() -> None:
    made = toc.from_outline(PLAIN)
    assert made.remarks[-1].startswith("by how deep they stand, 1 goal, 2 pillars, 2 outcomes and 1 activity were")
    assert "#  - Give it a title of your own." in made.text
    assert "title of your own" not in toc.from_outline(PLAIN, title="Ours").text


def test_an_assumption_of_a_goal_is_told_to_stand_elsewhere() -> None:
    made = toc.from_outline("Reads\n Literacy\n Assumption: Buses run")
    assert (
        "line 3: taken for a box, because it stands under nothing that leads on; put a reason or an assumption under the line whose link it is about"
        in made.remarks
    )


def test_lines_at_the_left_edge_are_goals_and_that_is_told() -> None:
    made = toc.from_outline("Reads\n Literacy\nCounts\n Numeracy")
    assert [goal.title for goal in made.theory.goals.values()] == ["Reads", "Counts"]
    assert links(made.theory) == {("Literacy", "Reads"), ("Numeracy", "Counts")}
    assert any("lines 1 and 3 stand at the left edge, so each is a goal" in remark for remark in made.remarks)


def test_an_indentation_of_no_line_above_is_told_with_what_was_assumed() -> None:
    made = toc.from_outline("Reads\n    Literacy\n        Catches up\n            Tutoring\n      Clubs")
    remark = "line 5: its indentation is that of no line above; it is taken to stand under “Literacy” (line 2)"
    assert remark in made.remarks
    assert ("Clubs", "Literacy") in links(made.theory)


def test_nothing_leads_to_a_kpi_or_a_reason_and_that_is_told() -> None:
    made = toc.from_outline(
        "Reads\n Literacy\n  KPI: Score\n   Tutoring\n  Clubs\n   Because: They practise\n    Trips"
    )
    assert ("Tutoring", "Literacy") in links(made.theory)
    assert ("Trips", "Clubs") in links(made.theory)
    assert sum("nothing can lead to" in remark for remark in made.remarks) == 2


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, "the outline is empty: write the goal in its first line"),
        (" \n\n", 0, "the outline is empty"),
        ("Pillar: Literacy\n Tutoring", 1, "no line is a goal"),
        ("Reads\n Activity: Tutoring\n  Outcome: Catches up", 3, "which cannot lead to an activity, and stands under “Tutoring” (line 2)"),
        ("Reads\n Goal: Counts", 2, "is taken for a goal, which cannot lead to a goal"),
        ("Reads\nKPI: Score", 2, "a KPI measures the line it stands under: indent it"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_named(text: str, line: int, words: str) -> None:
    with pytest.raises(toc.TheoryError) as raised:
        toc.from_outline(text, source="plan.txt")
    (problem,) = raised.value.problems
    assert words in problem.message
    assert (problem.line or 0) == line


def test_an_outline_has_bounds() -> None:
    for text in ("Goal\n" + " Pillar\n" * 10_000, "\n".join(" " * depth + "x" for depth in range(60))):
        with pytest.raises(toc.TheoryError, match="at most 10,000 lines and 50 levels"):
            toc.from_outline(text)


def test_the_text_is_a_file_to_go_on_with() -> None:
    made = toc.from_outline(PLAIN, source="plan.txt")
    assert made.text.startswith("# Made from plan.txt: 1 goal, 2 pillars, 2 outcomes, 1 activity and 1 KPI.\n")
    assert "checks: {profile: sketch}" in made.text
    assert toc.loads(made.text) == made.theory


LINES = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.sampled_from(["", "- ", "• ", "1. ", "1.1 ", "a) ", "o\t"]),
        st.sampled_from(["", "KPI: ", "Output: ", "Outcome: ", "Activity: ", "Because: ", "For: ", "Goal: "]),
        st.sampled_from(["Reads", "reads", "Clubs & teas", "读书", "العربية", "a: b", "#1 priority", "yes", "12", "'q'", "x" * 90]),
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


@tries(200)
@given(lines=LINES)
def test_any_outline_is_a_valid_theory_or_named_mistakes_and_no_words_are_lost(
    lines: list[tuple[int, str, str, str]],
) -> None:
    text = "\n".join(f"{'  ' * depth}{mark}{word}{title}" for depth, mark, word, title in lines)
    try:
        made = toc.from_outline(text)
    except toc.TheoryError as error:
        places = [problem.line for problem in error.problems]
    else:
        places = [1]
        assert toc.loads(made.text) == made.theory
        kept = {said.casefold() for said in texts(made.theory.model_dump(mode="json"))}
        assert [one for *_, one in lines if not any(one.casefold() in said for said in kept)] == []
    assert all(places)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)

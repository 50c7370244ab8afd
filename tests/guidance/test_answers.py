"""The three questions and what follows from their answers."""

from __future__ import annotations

from itertools import product

import pytest

from guidance.writing import theory_with
from toc.guidance import certainty_from_answers, questions


@pytest.mark.parametrize("answers", list(product((True, False), repeat=3)))
def test_three_times_yes_is_high_twice_medium_anything_less_low(answers: tuple[bool, bool, bool]) -> None:
    level, because = certainty_from_answers(*answers)
    assert level == {3: "high", 2: "medium", 1: "low", 0: "low"}[sum(answers)]
    assert because.count(";") == 2


def test_the_answers_become_the_reason() -> None:
    assert certainty_from_answers(True, True, True).because == (  # noqa: FBT003  # answers to questions
        "The same people come often enough to change; the change would show while we are in touch; "
        "we would be fairly sure that it was this activity"
    )
    reasons = {certainty_from_answers(*answers).because for answers in product((True, False), repeat=3)}
    assert len(reasons) == 8


def test_the_rating_can_be_written_into_the_theory() -> None:
    rating = certainty_from_answers(True, True, False)  # noqa: FBT003
    theory = theory_with("participation: low").edit("it", certainty=rating._asdict())
    found = theory.guidance("it")
    assert found.certainty == "medium"
    assert any("school, home or another programme could be the reason" in reason for reason in found.reasons)


def test_there_are_three_questions_and_guidance_asks_the_same() -> None:
    assert len(questions()) == 3
    assert all(question.endswith("?") for question in questions())
    assert theory_with("").guidance("it").questions == questions()

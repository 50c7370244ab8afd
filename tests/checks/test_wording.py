from __future__ import annotations

from typing import Final

import pytest

import toc
from checks.planting import TODAY
from checks.wording_titles import TITLES
from toc.checks import findings_of, rule_named

CODES: Final = tuple(TITLES)


def codes_of(title: str, *, kind: str = "outcome", language: str | None = None) -> list[str]:
    section = {"outcome": "outcomes", "pillar": "pillars", "output": "outputs"}[kind]
    theory = toc.TheoryOfChange.model_validate(
        {"toc": 1, "title": "T", "goal": "G", section: {"box": title}} | ({"language": language} if language else {})
    )
    return [finding.code for finding in findings_of(theory, today=TODAY, select=CODES)]


def right(code: str) -> tuple[int, int]:
    """How many titles a rule finds of those it should, and leaves alone of those it should."""
    titles = TITLES[code]
    return sum(code in codes_of(title) for title in titles.found), sum(code not in codes_of(t) for t in titles.left)


@pytest.mark.parametrize("code", CODES)
def test_a_rule_comes_with_twenty_titles_to_find_and_twenty_to_leave(code: str) -> None:
    assert [len(set(titles)) for titles in TITLES[code]] == [20, 20]


@pytest.mark.parametrize("code", CODES)
def test_the_page_of_a_rule_tells_how_many_titles_come_out_right(code: str) -> None:
    told = "of 20 titles that should be found it finds {}, and of 20 that should not it leaves {}."
    found, left = right(code)
    assert told.format(found, left) in rule_named(code).page.what
    assert found + left >= 36


@pytest.mark.parametrize("code", CODES)
def test_wording_is_advice_in_every_profile(code: str) -> None:
    assert {str(grade) for grade in rule_named(code).grades} == {"advice"}


@pytest.mark.parametrize("language", ["de", "cy", "zh-Hans", "enm"])
def test_only_english_is_read(language: str) -> None:
    assert codes_of("Train 500 teachers", language=language) == []


@pytest.mark.parametrize("language", [None, "en", "en-GB", "EN-us"])
def test_a_theory_that_names_no_language_is_taken_for_english(language: str | None) -> None:
    assert codes_of("Train 500 teachers", language=language) == ["TOC163"]


@pytest.mark.parametrize("title", ["读书伙伴", "كل طفل يقرأ", "Все дети читают"])
def test_another_script_is_no_english(title: str) -> None:
    assert codes_of(title) == []


def test_pillars_are_read_too_but_need_name_nobody() -> None:
    assert codes_of("Teacher training", kind="pillar") == ["TOC163"]
    assert codes_of("Literacy", kind="pillar") == []
    assert codes_of("Workshops held", kind="output") == []


def test_a_title_that_is_done_is_not_also_told_to_name_somebody() -> None:
    assert codes_of("Deliver workshops and run clubs") == ["TOC163"]


def test_the_target_groups_of_a_theory_are_its_own_people() -> None:
    theory = toc.TheoryOfChange.model_validate(
        {
            "toc": 1, "title": "T", "goal": "G",
            "context": {"target_groups": {"makers": "Bairns in the valley"}},
            "outcomes": {"readers": "Bairns read more", "others": "Reading rises"},
        }
    )  # fmt: skip
    assert [finding.nodes for finding in findings_of(theory, today=TODAY, select=["no-actor"])] == [("others",)]


def test_whom_an_outcome_is_meant_for_is_offered() -> None:
    theory = toc.TheoryOfChange.model_validate(
        {
            "toc": 1, "title": "T", "goal": "G",
            "context": {"target_groups": {"pupils": "Pupils in the valley"}},
            "outcomes": {"readers": {"title": "Increased confidence", "target_group": "pupils"}},
        }
    )  # fmt: skip
    (finding,) = findings_of(theory, today=TODAY, select=["no-actor"])
    assert finding.fix == "begin its title with them: it is meant for “Pupils in the valley”"
    assert finding.path == ("outcomes", "readers", "title")


@pytest.mark.parametrize("title", ["and " * 50_000, "a" * 200_000, "pupils read and " * 20_000, "’" * 100_000 + "s"])
def test_a_title_of_any_length_is_read_at_once(title: str) -> None:
    short = codes_of(title[:2000])
    assert codes_of(title) == short


@pytest.mark.parametrize(
    "title", ["&", ";", "-", "'", "and", "to", "Pupils and", "and pupils", "12", "½", "as well as"]
)
def test_hardly_a_title_at_all_does_no_harm(title: str) -> None:
    assert set(codes_of(title)) <= set(CODES)

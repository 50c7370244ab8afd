from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc

TEXTS = st.text(max_size=120)
SLUGS = st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,3}", fullmatch=True).filter(lambda id: len(id) <= 40)


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("Reading partners", "reading-partners"),
        ("  Year 9: maths & physics!  ", "year-9-maths-physics"),
        ("Café naïve Zürich", "cafe-naive-zurich"),
        ("Straße, Grüße, ẞ", "strasse-grusse-ss"),
        ("Łódź, København, Ærø, Đorđe, Þór", "lodz-kobenhavn-aero-dorde-thor"),
        ("St Mary's and St John’s", "st-marys-and-st-johns"),
        ("ﬁnance １２", "finance-12"),
        ("İstanbul ışık", "istanbul-isik"),
        ("Reading – 中文 – club", "reading-club"),
        ("℡ and Ⅻ", "tel-and-xii"),
    ],
)
def test_a_title_becomes_plain_small_letters(title: str, id: str) -> None:
    assert toc.slug(title) == id


def test_a_title_that_starts_with_a_digit_gets_its_kind_in_front() -> None:
    assert toc.slug("100 readers") == "node-100-readers"
    assert toc.slug("100 readers", kind="kpi") == "kpi-100-readers"


@pytest.mark.parametrize("title", ["", "   ", "中文", "🎉", "---", "́"])
def test_a_title_without_latin_letters_gets_a_number(title: str) -> None:
    assert toc.slug(title) == "node-1"
    assert toc.slug(title, kind="outcome", number=3) == "outcome-3"
    assert toc.slug(title, {"outcome-3", "outcome-4"}, kind="outcome", number=3) == "outcome-5"


def test_a_long_title_ends_with_a_whole_word() -> None:
    assert (
        toc.slug("Disadvantaged children raise their attainment and aspirations")
        == "disadvantaged-children-raise-their"
    )
    assert toc.slug("a " + "x" * 80) == "a-" + "x" * 38


def test_a_clash_is_counted_up_within_forty_characters() -> None:
    assert toc.slug("Readers", ["readers"]) == "readers-2"
    assert toc.slug("Readers", {"readers": 1, "readers-2": 2}) == "readers-3"
    assert toc.slug("x" * 60, ["x" * 40]) == "x" * 38 + "-2"


@given(TEXTS, st.sets(SLUGS | st.just("node-1")), st.sampled_from(["node", "kpi", "target_group", "", "9", "中"]))
def test_every_title_gives_an_id_that_is_free(title: str, taken: set[str], kind: str) -> None:
    id = toc.slug(title, taken, kind=kind)
    assert re.fullmatch("[a-z][a-z0-9]*(-[a-z0-9]+)*", id)
    assert len(id) <= 40
    assert id not in taken


@given(SLUGS)
def test_an_id_stays_as_it_is(id: str) -> None:
    assert toc.slug(id) == id


@given(TEXTS)
def test_an_id_made_from_a_title_is_its_own_id(title: str) -> None:
    assert toc.slug(toc.slug(title)) == toc.slug(title)


@given(st.lists(st.sampled_from(["Readers", "Readers 2", "", "2", "x" * 50]), max_size=30))
def test_many_titles_get_as_many_ids(titles: list[str]) -> None:
    ids: list[str] = []
    for title in titles:
        ids.append(toc.slug(title, ids))
    assert len(set(ids)) == len(titles)

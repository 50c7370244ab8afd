"""What would tell of few people stays in the office: neither a figure, nor a way to work it out."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import tries
from toc.monitoring.small_groups import hidden

DAY, TODAY = date(2026, 7, 31), date(2026, 9, 1)


def theory_of(*readings: dict[str, Any], **kpi: Any) -> toc.TheoryOfChange:
    return toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "T",
            "goal": "G",
            "activities": {"a": {"title": "A", "leads_to": "goal"}},
            "kpis": {
                "k": {
                    "title": "K",
                    "measures": "a",
                    "level": "participation",
                    "unit": "people",
                    "readings": [{"date": DAY, **one} for one in readings],
                    **kpi,
                }
            },
        }
    )


def whole(value: float, **more: Any) -> dict[str, Any]:
    return {"value": value, **more}


def part(value: float, n: int | None = None, **where: str) -> dict[str, Any]:
    return {"value": value, "where": where, "n": n}


def shown(theory: toc.TheoryOfChange) -> dict[str, str]:
    """What is read of each part, by whom it is about."""
    return {"/".join(one.where.values()): one.text for one in theory.progress(TODAY)["k"].parts}


def test_a_part_of_fewer_than_ten_is_not_shown_nor_one_of_nobody() -> None:
    theory = theory_of(part(9, g="a"), part(0, g="b"), part(10, g="c"))
    assert shown(theory) == {"a": "fewer than 10", "b": "fewer than 10", "c": "10 people"}


def test_a_part_that_leaves_fewer_than_ten_of_the_whole_is_not_shown() -> None:
    assert shown(theory_of(whole(100), part(91, g="a"))) == {"a": "hidden"}
    assert shown(theory_of(whole(100), part(90, g="a"))) == {"a": "90 people"}
    assert shown(theory_of(whole(100), part(100, g="a"))) == {"a": "100 people"}


def test_where_one_part_alone_is_hidden_the_next_smallest_is_too() -> None:
    parts = (part(61, g="c"), part(9, g="a"), part(30, g="b"))
    assert shown(theory_of(whole(100), *parts)) == {"c": "61 people", "a": "fewer than 10", "b": "hidden"}
    assert shown(theory_of(*parts)) == {"c": "61 people", "a": "fewer than 10", "b": "30 people"}


def test_parts_of_nobody_cannot_be_told_from_a_sum_that_comes_out() -> None:
    parts = (part(0, g="a"), part(0, g="b"), part(40, g="c"), part(60, g="d"))
    assert shown(theory_of(whole(100), *parts)) == {
        "a": "fewer than 10", "b": "fewer than 10", "c": "hidden", "d": "60 people"
    }  # fmt: skip


def test_the_few_in_no_part_cannot_be_told_either() -> None:
    parts = (part(40, g="a"), part(55, g="b"), part(30, k="c"), part(70, k="d"))
    found = shown(theory_of(whole(100), *parts))
    assert found == {"a": "hidden", "b": "hidden", "c": "30 people", "d": "70 people"}


def test_keys_that_divide_the_same_people_do_not_give_each_other_away() -> None:
    halves = (part(50, gender="girls"), part(50, gender="boys"))
    assert shown(theory_of(part(9, g="a"), part(91, g="b"), *halves))["b"] == "hidden"


def test_the_parts_of_a_hidden_part_are_hidden_with_it() -> None:
    theory = theory_of(
        whole(60),
        part(9, g="a"),
        part(20, g="b"),
        part(31, g="c"),
        part(10, g="b", year="7"),
        part(10, g="b", year="8"),
    )
    assert shown(theory) == {
        "a": "fewer than 10", "b": "hidden", "c": "31 people", "b/7": "hidden", "b/8": "hidden"
    }  # fmt: skip


def test_what_is_hidden_in_a_cross_table_is_hidden_in_both_directions() -> None:
    cells = {("a", "7"): 5, ("a", "8"): 25, ("b", "7"): 20, ("b", "8"): 50}
    sides = (part(30, g="a"), part(70, g="b"), part(25, year="7"), part(75, year="8"))
    theory = theory_of(whole(100), *sides, *(part(value, g=g, year=year) for (g, year), value in cells.items()))
    found = shown(theory)
    assert {who: text for who, text in found.items() if "/" in who} == {
        "a/7": "fewer than 10", "a/8": "hidden", "b/7": "hidden", "b/8": "hidden"
    }  # fmt: skip
    assert [text for who, text in found.items() if "/" not in who] == [
        "30 people",
        "70 people",
        "25 people",
        "75 people",
    ]


def test_a_cross_table_without_sides_is_a_division_of_the_whole() -> None:
    cells = {("a", "7"): 5, ("a", "8"): 25, ("b", "7"): 20, ("b", "8"): 50}
    theory = theory_of(whole(100), *(part(value, g=g, year=year) for (g, year), value in cells.items()))
    assert shown(theory) == {"a/7": "fewer than 10", "a/8": "25 people", "b/7": "hidden", "b/8": "50 people"}


def test_a_side_that_is_not_written_down_is_known_from_the_others() -> None:
    cells = {("a", "7"): 20, ("a", "8"): 30, ("b", "7"): 50, ("b", "8"): 1, ("c", "7"): 30, ("c", "8"): 20}
    sides = (part(50, g="a"), part(50, g="c"), part(100, year="7"), part(51, year="8"))
    theory = theory_of(whole(151), *sides, *(part(value, g=g, year=year) for (g, year), value in cells.items()))
    found = shown(theory)
    assert (found["b/7"], found["b/8"]) == ("hidden", "fewer than 10")  # b is what a and c leave of all: 51


@pytest.mark.parametrize(
    ("kpi", "reading", "text"),
    [
        ({"level": "learning", "unit": "%"}, part(64, 14, g="a"), "9 of 14"),
        ({"level": "learning", "unit": "%"}, part(64, 30, g="a"), "64%"),
        ({"level": "learning", "unit": "%"}, part(64, 9, g="a"), "fewer than 10"),
        ({"level": "learning", "unit": "%"}, part(7, g="a"), "7%"),
        ({"level": "participation", "unit": "% of pupils"}, part(7, g="a"), "7% of pupils"),
        ({"level": "learning", "unit": "months"}, part(7, g="a"), "7 months"),
        ({"level": "learning", "unit": "months"}, part(7, 8, g="a"), "fewer than 10"),
        ({"level": "engagement", "unit": "people"}, part(7, g="a"), "fewer than 10"),
        ({"level": "learning", "unit": "% change"}, part(-12, 14, g="a"), "-12% change"),
    ],
)
def test_the_size_of_a_part_is_its_n_or_what_counts_people(
    kpi: dict[str, Any], reading: dict[str, Any], text: str
) -> None:
    assert shown(theory_of(reading, **kpi)) == {"a": text}


def test_a_whole_is_shown_and_of_few_as_so_many_of_so_many() -> None:
    theory = theory_of(whole(78.6, n=14), unit="% of pupils", level="learning", baseline=50, target=90)
    assert "11 of 14 on 31 July 2026" in theory.progress(TODAY).to_markdown()
    assert "latest 11 of 14 on 31 July 2026" in theory.narrative()
    assert "11 of 14 on 31 July 2026" in theory.to_html(search="quick")
    assert "11 of 14 (Jul 2026)" in theory.describe(search="quick")


def test_of_two_readings_of_the_same_few_neither_is_shown() -> None:
    assert shown(theory_of(part(9, g="a"), part(12, g="a"))) == {"a": "fewer than 10"}


def test_on_request_all_is_shown_and_the_page_says_so() -> None:
    theory = theory_of(whole(100), part(9, g="a"), part(91, g="b"))
    progress = theory.progress(TODAY, small_groups=True)
    assert [one.text for one in progress["k"].parts] == ["9 people", "91 people"]
    assert "do not pass this on" in progress.to_text(200)
    assert progress.to_dict()["small_groups"] is True


NINE, REST = 9, 91


def outputs(theory: toc.TheoryOfChange) -> dict[str, str]:
    """Everything that leaves the office, as text."""
    progress = theory.progress(TODAY)
    empty = theory.edit("k", readings=[])
    other = theory.edit("k", readings=[one.evolve(value=one.value + 100) for one in theory.kpis["k"].readings])
    changes = (empty.compare(theory), theory.compare(empty), other.compare(theory), theory.compare(theory.without("k")))
    found = {
        "text": progress.to_text(200),
        "markdown": progress.to_markdown(),
        "html": progress._repr_html_(),
        "json": progress.to_json(),
        "values": repr(list(progress)),
        "narrative": theory.narrative(),
        "outline": theory.outline(),
        "description": theory.describe(search="quick"),
        "page": theory.to_html(search="quick"),
        "svg": theory.to_svg(search="quick"),
        "guidance": theory.guidance().to_markdown(),
        "plan": theory.measurement_plan().to_markdown() + theory.measurement_plan().to_csv(),
        "coverage": theory.coverage().to_markdown(),
        "findings": "".join(one.message for one in theory.check(profile="funder", today=TODAY)),
    }
    for place, change in enumerate(changes):
        found[f"changes {place}"] = change.to_markdown() + change.to_csv() + change.to_json() + repr(change.changed)
    return found | {f"csv {table}": progress.to_csv(table) for table in progress.tables}


def test_parts_of_9_and_91_of_100_are_in_no_output_nor_a_way_to_work_them_out() -> None:
    secret = 7321.0625, 64829.9375  # as 9 and 91 are, and found by chance nowhere else
    theory = theory_of(
        whole(sum(secret), n=100), part(secret[0], NINE, g="a"), part(secret[1], REST, g="b"), level="learning"
    )
    assert shown(theory) == {"a": "fewer than 10", "b": "hidden"}
    for name, text in outputs(theory).items():
        assert [figure for figure in ("7321", "7,321", "64829", "64,829", "7421", "7,421") if figure in text] == [], (
            name
        )
    assert '"n": 9' not in outputs(theory)["json"]
    assert '"n": 91' not in outputs(theory)["json"]
    assert "value: 7321.0625" in theory.dumps()


def test_what_changed_says_that_it_is_hidden() -> None:
    theory = theory_of(whole(100), part(9, g="a"), part(30, g="b"), part(61, g="c"))
    before = theory.edit("k", readings=theory.kpis["k"].readings[:1])
    changes = before.compare(theory).to_csv().splitlines()[1:]
    assert [line.rsplit(",", 2)[1:] for line in changes] == [["not stated", "hidden"]] * 2 + [["not stated", "61"]]
    record = json.loads(before.compare(theory).to_json())["changed"][0]["changes"]
    assert [one["new"].get("value") for one in record] == [None, None, 61]


SIZES = st.lists(st.integers(0, 60), min_size=1, max_size=6)


@tries(150)
@given(SIZES, st.integers(0, 30))
def test_whatever_the_parts_none_of_fewer_than_ten_can_be_worked_out(sizes: list[int], rest: int) -> None:
    total = sum(sizes) + rest
    theory = theory_of(whole(total), *(part(size, g=f"g{place}") for place, size in enumerate(sizes)))
    parts = theory.progress(TODAY)["k"].parts
    seen = [one.value for one in parts if one.hidden is None]
    assert all(value is not None and value >= 10 for value in seen)
    left = total - sum(value or 0 for value in seen)
    unseen = [size for size, one in zip(sizes, parts, strict=True) if one.hidden]
    if any(size < 10 for size in unseen) and seen:
        assert len(unseen) > 1
        assert left >= 10
    if 0 < rest < 10 and seen:
        assert unseen


@tries(100)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(0, 40)), max_size=9), st.booleans()
)
def test_the_order_of_readings_does_not_decide_which_are_of_few(
    cells: list[tuple[str, str, int]], has_sides: bool
) -> None:
    by_key = {(g, year): size for g, year, size in cells}
    readings = [part(size, g=g, year=year) for (g, year), size in by_key.items()]
    if has_sides:
        readings += [part(sum(size for (one, _), size in by_key.items() if one == g), g=g) for g, _ in by_key]
    for ordered in (readings, readings[::-1]):
        kpi = theory_of(whole(sum(by_key.values())), *ordered).kpis["k"]
        found = hidden(kpi)
        for one in kpi.readings:
            if one.where and one.value < 10:
                assert found[one.date, one.where] == "fewer than 10"

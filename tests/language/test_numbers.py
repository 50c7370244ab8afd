"""A number is written in one way wherever people read it, and stays exact where programs do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import tries
from toc.language.numbers import amount, counted_in_words, number, percent

LONGEST = 40
ANY = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**15), 10**15).map(float)


def read(text: str) -> float:
    """The number that a person reads."""
    factor, _, power = text.replace(",", "").rpartition("10^") if "10^" in text else (text.replace(",", ""), "", "0")
    sign = {"": "1", "-": "-1"}.get(factor, factor.removesuffix(" × "))
    return float(f"{sign}e{power}")


@given(ANY)
def test_a_number_reads_as_it_was_written_to_fifteen_digits(value: float) -> None:
    assert read(number(value)) == float(f"{value:.15g}")


@given(ANY | st.integers())
def test_a_number_is_short_and_has_no_digit_that_nobody_wrote(value: float) -> None:
    text = number(value)
    assert len(text) <= LONGEST
    assert not re.search(r"\.\d*0(?!\d)", text)
    assert not text.endswith(".")


@given(st.integers(0, 10**15 - 1))
def test_whole_numbers_below_a_thousand_million_million_are_exact(value: int) -> None:
    assert number(value) == number(float(value)) == f"{value:,}"


@given(st.integers(1, 5000).map(lambda power: 7**power))
def test_a_count_of_any_size_is_written(value: int) -> None:
    assert len(number(value)) <= LONGEST


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.30000000000000004, "0.3"),
        (1234567.891, "1,234,567.891"),
        (-0.0, "0"),
        (1e300, "10^300"),
        (-1e300, "-10^300"),
        (1.5e-12, "1.5 × 10^-12"),
        (0.000001, "0.000001"),
        (999999999999999.9, "10^15"),
        (5e-324, "4.94065645841247 × 10^-324"),
    ],
)
def test_some_numbers_that_were_hard_to_read(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.8, "80%"), (0.255, "25.5%"), (0.285, "28.5%"), (0.001, "0.1%"), (1, "100%"), (0.0, "0%")]
)
def test_a_percentage_is_not_rounded_to_another(share: float, text: str) -> None:
    assert percent(share) == text


def test_a_unit_stands_behind_its_number_in_one_way() -> None:
    assert amount(0.3, "%") == "0.3%"
    assert amount(64, "% of pupils") == "64% of pupils"
    assert amount(14, " months\n late") == "14 months late"
    assert counted_in_words(10, "goal", "goals") == "ten goals"
    assert counted_in_words(11, "goal", "goals") == "11 goals"


def theory(target: float, unit: str) -> toc.TheoryOfChange:
    return toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "T",
            "goal": "G",
            "activities": {"club": {"title": "Club", "leads_to": "goal", "certainty": "high", "participation": 40}},
            "kpis": {"gain": {"title": "Gain", "measures": "club", "unit": unit, "target": target}},
        }
    )


def outputs(theory: toc.TheoryOfChange) -> dict[str, str]:
    """Everything that people read about the KPIs of a theory."""
    diagram = theory.diagram()
    return {
        "drawing": "\n".join(line.text for box in diagram.boxes for line in box.lines),
        "outline": theory.outline(),
        "narrative": theory.narrative(),
        "page": theory.to_html(),
        "plan": theory.measurement_plan().to_markdown(),
    }


@tries(40)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_output_says_the_same_target(value: float) -> None:
    for name, said in outputs(theory(value, "%")).items():
        unit = "" if name == "plan" else "%"  # the plan has its units in a line of their own
        assert f"{number(value)}{unit}" in said, name


def test_machines_read_every_digit() -> None:
    found = theory(0.30000000000000004, "%")
    assert "0.30000000000000004" in found.measurement_plan().to_csv()
    assert found.kpis["gain"].target is not None
    assert found.model_dump(mode="json")["kpis"]["gain"]["target"][0]["value"] == 0.30000000000000004
    assert list(found.to_pandas("kpis")["target"]) == [0.30000000000000004]


def test_a_sum_that_no_float_holds_is_said_to_be_more_than_the_largest() -> None:
    assert (number(1e308 * 10), number(-1e308 * 10)) == ("more than 10^308", "less than -10^308")

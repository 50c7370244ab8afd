"""A message says what to write: where a key belongs, which id a title has, which digits and which day are meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import toc
from toc import Problem, TheoryError

HEAD = """toc: 1
title: T
goal: Everyone reads
pillars: {literacy: Literacy}
outcomes:
  readers: {title: Young readers catch up, leads_to: literacy}
"""
BOX = HEAD + "activities:\n  plots:\n    title: Plots\n    leads_to: readers\n"
KPI = HEAD + "kpis:\n  gain:\n    title: Gain\n    measures: readers\n"


def only(text: str) -> Problem:
    """The one problem of a text."""
    with pytest.raises(TheoryError) as caught:
        toc.loads(text)
    (found,) = caught.value.problems
    return found


@pytest.mark.parametrize(
    "key", ["because", "assumptions", "evidence", "confidence", "contribution", "sign", "feedback"]
)
def test_a_key_of_a_link_is_sent_under_leads_to_with_the_lines_to_write(key: str) -> None:
    found = only(BOX + f"    {key}: x\n")
    assert found.code == "TOC010"
    assert f"write `leads_to:` and on the line below, indented, `readers: {{{key}: …}}`" in found.message


@pytest.mark.parametrize("key", ["target", "baseline", "unit", "level", "readings", "measures", "direction"])
def test_a_key_of_a_kpi_is_sent_to_one_that_measures_the_box(key: str) -> None:
    assert "under `kpis`, in one with `measures: plots`" in only(BOX + f"    {key}: x\n").message


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("inputs", "here that is `lead`, `funding` or `partners`"),
        ("resources", "`lead`, `funding` or `partners`"),
        ("indicators", "`kpis:`, which stands at the left margin; each of them says `measures: plots`"),
        ("KPIs", "`measures: plots`"),
        ("outcomes", "`outcomes:`, which stands at the left margin; each of them says `leads_to: plots`"),
        ("cost", "write `x-cost`"),
        ("budget", "write `x-budget`"),
        ("risks", "that is `assumptions`"),
        ("rationale", "that is `because`"),
        ("impacts", "`goal:`"),
        ("purpose", "`goal:`"),
        ("results", "`outcomes:`"),
        ("beneficiaries", "here that is `target_group`"),
        ("Target audience", "here that is `target_group`"),
        ("stakeholders", "here that is `partners`"),
        ("responsible", "here that is `lead`"),
        ("owner", "here that is `lead`"),
        ("timeline", "here that is `starts` or `ends`"),
        ("start date", "here that is `starts`"),
        ("frequency", "here that is `recurs`"),
        ("name", "here that is `title`"),
        ("notes", "here that is `description`"),
        ("means_of_verification", "that is `source` of a KPI"),
        ("horizon", "it belongs to an outcome or an output"),
        ("external_factors", "`context`"),
    ],
)
def test_a_word_of_the_trade_is_sent_where_it_belongs(key: str, words: str) -> None:
    found = only(BOX + f"    {key}: x\n")
    assert (found.code, found.line) == ("TOC010", 11)
    assert words in found.message
    assert "did you mean" not in found.message


def test_an_impact_in_words_is_told_its_two_sides_and_where_the_goal_stands() -> None:
    found = only(BOX + "    impact: Happier children\n")
    assert (found.code, found.line) == ("TOC012", 11)
    assert "`internal` and `external`" in found.message
    assert "`goal:`" in found.message


@pytest.mark.parametrize("key", ["inputs", "assumptions", "indicators", "impact", "budget", "stakeholders", "risks"])
def test_a_word_of_the_trade_at_the_left_margin_is_answered_too(key: str) -> None:
    found = only(HEAD + f"{key}: x\n")
    assert "did you mean" not in found.message
    assert "newer version" not in found.message


def test_a_key_that_nobody_knows_comes_with_those_that_may_stand_there() -> None:
    assert only(KPI + "    zebra: x\n").message == (
        "unknown key 'zebra': it may come from a newer version; the keys here are title, description, target_group, tags, "
        "url, above_ceiling, measures, level, design, unit, direction, baseline, target, path, readings, method, source, frequency, "
        "owner, collected_by, hours, breakdowns, codes, status, agreed_on"
    )


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Young readers catch up", "that is its title; its id is `readers`"),
        ("young  readers catch up.", "its id is `readers`"),
        ("Young reader catch up", "did you mean 'Young readers catch up'? Its id is `readers`"),
        ("readers, literacy", "write [readers, literacy]"),
        ("readers and literacy", "write [readers, literacy]"),
        ("readers/literacy", "write [readers, literacy]"),
        ("readers; Literacy", "write [readers, literacy]"),
        ("readers literacy", "write [readers, literacy]"),
        ("-readers", "write a space after each hyphen, `- readers`"),
        ("reeders", "did you mean 'readers'?"),
        ("writers", "the ids are"),
        ("something", "the ids are readers, literacy, goal"),
    ],
)
def test_what_is_no_id_says_which_is_meant(written: str, words: str) -> None:
    found = only(BOX.replace("leads_to: readers", f"leads_to: {written}"))
    assert (found.code, found.line) == ("TOC030", 10)
    assert words in found.message or (written == "writers" and "readers" in found.message)
    assert words in only(KPI.replace("measures: readers", f"measures: {written}")).message or written in {"writers", "something"}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1,200", "write 1200"),
        ("1.200", "if 1200 are meant, write them without a point"),
        ("1 200", "write 1200"),
        ("1\u202f200", "write 1200"),
        ("£25k", "write 25000"),
        ("3m", "write 3000000"),
        ("about 100", "write 100"),
        ("~100", "write 100"),
        (">50", "write 50"),
        ("100+", "write 100"),
        ("12 (6 girls)", "write one number"),
        ("30-40", "write one number"),
        ("50%", "write how many people"),
        ("TBC", "leave the key out until it is known"),
        ("n/a", "leave the key out until it is known"),
        ("hihg", "did you mean 'high'?"),
    ],
)
def test_what_is_no_number_of_people_says_what_to_write(written: str, words: str) -> None:
    found = only(BOX + f"    participation: {written}\n")
    assert found.line == 11
    assert words in found.message


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1,200", "1200"), ("1,5", "1.5"), ("£1,200.50", "1200.5"), ("12 months", "12"), ("50%", "50")],
)
def test_what_is_no_number_of_a_kpi_says_what_to_write(written: str, meant: str) -> None:
    assert only(KPI + f"    target: {written}\n").message.endswith(f"write {meant}")


@given(st.integers(1000, 10**9), st.sampled_from([",", ".", " ", "'", "\u00a0", "\u2009", "\u202f"]))
def test_thousands_are_understood_however_they_are_grouped(number: int, mark: str) -> None:
    text = f"{number:,}".replace(",", mark)
    with pytest.raises(TheoryError) as caught:
        toc.loads(BOX + f'    participation: "{text}"\n')
    assert caught.value.problems[0].message.endswith(f"write {number}")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("31/07/2026", "write 2026-07-31"),
        ("07/31/2026", "write 2026-07-31"),
        ("31.7.26", "write 2026-07-31"),
        ("2026-7-1", "write 2026-07-01"),
        ("2026/07/31", "write 2026-07-31"),
        ("31 July 2026", "write 2026-07-31"),
        ("July 31st, 2026", "write 2026-07-31"),
        ("July 2026", "write a day of it, such as 2026-07-31"),
        ("2026-02", "write a day of it, such as 2026-02-28"),
        ("2026", "write a day of it, such as 2026-12-31"),
        ("03/04/2026", "write 2026-04-03 if 3 April is meant, or 2026-03-04 for 4 March"),
        ("Summer 2026", "write year, month and day like 2026-07-31"),
        ("31/02/2026", "write year, month and day like 2026-07-31"),
        ("soon", "write year, month and day like 2026-07-31"),
    ],
)
def test_what_is_no_date_says_which_is_meant(written: str, words: str) -> None:
    found = only(BOX + f"    ends: {written}\n")
    assert (found.code, found.line) == ("TOC015", 11)
    assert found.message.endswith(words)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("kpis: {meals: {title: M, measures: readers, target: 1,200}}\n", 7, "write 1200 without the comma: inside braces a comma starts the next key"),
        ("kpis: {meals: {title: M, measures: readers, target: 1,200,000}}\n", 7, "write 1200000 without the comma"),
        ("activities: {a: {title: Cooking, gardening, leads_to: readers}}\n", 7, 'put the text in quotes, "Cooking, gardening"'),
        ("activities: {a: {title: A, certainty:high}}\n", 7, "write a space after the colon, `certainty: high`"),
        ("kpis: {gain: Reading-age gain}\n", 7, "write `{title: Reading-age gain, measures: ID}`"),
        ("kpis:\n  gain:\n    title: G\n    measures: readers\n    readings:\n      - 12\n", 12, "write `{date: 2026-07-31, value: 12}`"),
        ("activities:\n  - Weekly reading\n", 8, "write without `- ` an id and the title, `weekly-reading: Weekly reading`"),
        ("activities: Weekly reading\n", 7, "on the line below, indented, an id and the title, `weekly-reading: Weekly reading`"),
        ("activities: {Year 9: Reading}\n", 7, "write `year-9`"),
    ],
)  # fmt: skip
def test_a_shape_that_does_not_fit_says_which_does(text: str, line: int, words: str) -> None:
    found = only(HEAD + text)
    assert found.line == line
    assert words in found.message


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("activities:\n  skills: Swimming\n    leads_to: readers\n", (9, 13), "`skills` has a text already: write it below, on a line of its own, as `title: Swimming`"),
        ("review_on:2027-07-31\n", (7, 10), "write a space after the colon: `review_on: 2027-07-31`"),
        ("owner:Head\nversion: 2\n", (7, 6), "write a space after the colon: `owner: Head`"),
        ("owner: [Draft] Reading\nversion: a\n", (7, 8), 'must stand in quotes: `owner: "[Draft] Reading"`'),
        ("activities: {a: {title: [Draft] Reading, leads_to: readers}}\n", (7, 25), 'must stand in quotes: `title: "[Draft] Reading"`'),
        ("kpis: {k: {title: K, measures: readers, target: {value: 14 by: 2027-07-31}}}\n", (7, 60), "a comma is missing before `by`"),
        ("kpis: {k: {title: K, measures: readers, target: {value: 14, by: 2027-07-31", (7, 75), "`}` is missing at the end of line 7"),
        ("kpis:\n  k: {title: K, measures: readers\n\n  l: {title: L, measures: readers}\n", (8, 34), "`}` is missing at the end of line 8"),
        ('owner: "Head\nversion: "2"\n', (7, 8), "a quote opens here and never closes"),
        ("owner: {a: b}}\nversion: a\n", (7, 14), "`}` closes nothing"),
        ("activities:\n  a: title: A\n", (8, 11), "start a new line before `title`"),
    ],
)  # fmt: skip
def test_a_slip_of_yaml_is_told_where_it_is_and_in_what_to_write(text: str, place: tuple[int, int], words: str) -> None:
    found = only(HEAD + text)
    assert (found.code, found.line, found.column) == ("TOC003", *place)
    assert words in found.message


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("girls-read", "boys-read"), ("numeracy", "literacy"), ("trust-in-law", "trust-in-staff"), ("food-hub", "food-bank"), ("year-7", "year-8")],
)  # fmt: skip
def test_a_different_thing_is_never_suggested(wrong: str, right: str) -> None:
    found = only(f"toc: 1\ntitle: T\ngoal: G\noutcomes: {{{right}: R, a: {{title: A, leads_to: {wrong}}}}}\n")
    assert found.suggestion is None
    assert "did you mean" not in found.message


@pytest.mark.parametrize("word", ["quarterly", "half-yearly"])
def test_quarters_and_half_years_are_words_of_recurrence(word: str) -> None:
    assert toc.loads(BOX + f"    recurs: {word}\n").activities["plots"].recurs == word
    assert toc.loads(KPI + f"    frequency: {word}\n").kpis["gain"].frequency == word


def test_an_unknown_key_without_a_value_is_told_beside_a_key_of_ones_own_without_a_value() -> None:
    link = {"goal": {"assumptions": [{"text": "Volunteers stay", "x-": None, "id": None}]}}
    theory = {"toc": 1, "title": "T", "goal": "G", "outcomes": {"o": {"title": "O", "leads_to": link}}}
    with pytest.raises(ValidationError) as error:
        toc.TheoryOfChange.model_validate(theory)
    assert [(one["type"], one["loc"][-1]) for one in error.value.errors()] == [("TOC010", "id")]

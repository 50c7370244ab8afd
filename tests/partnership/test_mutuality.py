"""Who gives and who gains: what is answered, balanced elsewhere or left open, and what the page says of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc

RGS = toc.example("rgs-newcastle")
LEVELS = (None, "low", "medium", "high")


def theory(activities: dict[str, Any], **more: Any) -> toc.TheoryOfChange:
    """A small theory with activities of two partners."""
    given = {id: {"title": id.capitalize(), "leads_to": "goal", **one} for id, one in activities.items()}
    partners = {"home": "Grammar school", "primary": "St Mary’s", "college": "College"}
    return toc.TheoryOfChange.model_validate(
        {"toc": 1, "title": "Café", "goal": "All thrive", "partners": partners, "partnership": {"home": "home"}}
        | {"activities": given, **more}
    )


def rated(internal: str | None, external: str | None, **more: Any) -> dict[str, Any]:
    """An activity with its ratings."""
    sides = {"internal": internal, "external": external}
    return {"impact": {side: level for side, level in sides.items() if level}, **more}


def test_rgs_is_reciprocal_as_its_sources_say() -> None:
    found = RGS.mutuality()
    reading = found.activities["reading-volunteers"]
    clubs, visits = found.activities["coding-clubs"], found.activities["zones-visits"]
    assert (reading.internal, reading.external, reading.sweet_spot, reading.lean) == ("high", "high", True, "even")
    assert (clubs.internal, clubs.external, clubs.lean, clubs.one_sided) == ("low", "high", "outward", True)
    assert (clubs.answered_by, visits.answered_by) == (("zones-visits",), ("coding-clubs",))
    assert visits.lean == "inward"
    assert found.half_rated == ("partnership-teachers",)
    assert (found.whole, found.home, found.sweet_spot, len(found.unrated)) == (
        "reciprocal", "rgs", ("reading-volunteers",), 9,
    )  # fmt: skip


def test_the_opening_says_what_the_ratings_come_to() -> None:
    opening = RGS.mutuality().to_markdown().splitlines()[2]
    assert opening.replace("**", "").replace("\\", "") == (
        "3 of 13 activities are rated on both sides. One is high on both: “Sixth-form reading volunteers in primary "
        "schools”. Two help one side only, and answer each other: “Visits to learn from the Zones of Regulation” and “Coding "
        "clubs for primary schools”. Of what is rated, nothing is left unanswered; 10 activities are not rated on both sides "
        "and are not judged. What the others gain is told by the home side alone: nobody is named under `said_by`."
    )


def test_without_its_answer_a_one_sided_activity_is_balanced_elsewhere_and_then_open() -> None:
    alone = RGS.edit("zones-visits", reciprocates={}, impact=None)
    found = alone.mutuality()
    assert found.activities["coding-clubs"].answered_by == ()
    assert found.activities["coding-clubs"].elsewhere == ("reading-volunteers",)
    assert found.whole == "reciprocal"
    left = alone.edit("reading-volunteers", impact=None)
    assert left.mutuality().activities["coding-clubs"].open
    assert left.mutuality().whole == "open"
    both = left.edit("sport", impact={"internal": "low", "external": "high"})
    assert both.mutuality().whole == "one-sided"


def test_an_unrated_answer_counts_and_one_that_is_low_there_does_not() -> None:
    unrated = theory({"clubs": rated("low", "high"), "visits": {"reciprocates": "clubs"}})
    assert unrated.mutuality().activities["clubs"].answered_by == ("visits",)
    low = unrated.edit("visits", impact={"internal": "low"}).mutuality()
    assert low.activities["clubs"].answered_by == ()
    assert low.whole == "open"


def test_another_activity_balances_one_only_with_a_partner_besides_home() -> None:
    one = {
        "clubs": rated("low", "high", partners=["home", "primary"]),
        "visits": rated("medium", None, partners="home"),
    }
    assert theory(one).mutuality().activities["clubs"].open
    exchanged = {**one, "visits": rated("medium", None, exchange={"primary": {"gives": "venue"}})}
    assert theory(exchanged).mutuality().activities["clubs"].elsewhere == ("visits",)


def test_without_a_home_internal_is_our_side_and_partners_of_both_count() -> None:
    clubs = {"clubs": rated("low", "high", partners="primary"), "play": rated("low", "medium", partners="college")}
    found = theory(clubs, partnership={}).mutuality()
    assert (found.home, found.whole) == (None, "one-sided")
    assert "little comes back to our side" in found.to_text(200)
    assert "Internal (our side)" in found.to_text(200)


def test_an_activity_that_ended_counts_too() -> None:
    visits = rated("high", "low", reciprocates="clubs", stage="ended")
    assert theory({"clubs": rated("low", "high"), "visits": visits}).mutuality().whole == "reciprocal"


def test_a_partnership_of_equals_has_its_matrix_without_any_rating() -> None:
    shared = {"play": {"partners": "college", "exchange": {
        "home": {"gives": "facilities", "gains": "diversity"},
        "primary": {"gives": "pupil-numbers"},
    }}}  # fmt: skip
    found = theory(shared, partnership={}).mutuality()
    assert found.whole is None
    assert found.matrix["play"] == {"home": "both", "primary": "gives", "college": "takes part"}
    assert found.to_text(200).splitlines()[3].startswith("1 activity is not rated on both sides, so nothing is judged.")


def test_the_matrix_has_home_first_and_many_partners_stand_in_lists() -> None:
    partners = {f"p{number}": f"School {number}" for number in range(12)} | {"home": "Ours"}
    found = theory(
        {"clubs": {"partners": ["p1"], "exchange": {"home": {"gives": "venue"}}}}, partners=partners
    ).mutuality()
    assert next(iter(found.matrix["clubs"])) == "home"
    assert sum(part != "" for part in found.matrix["clubs"].values()) == 2
    assert "Takes part, and no more is said" in found.to_text(100)


def test_what_each_partner_gives_and_gains_is_told_with_the_activities() -> None:
    text = " ".join(RGS.mutuality().to_text(200).split())
    assert (
        "“Partner primary schools” give special needs and inclusion through “Visits to learn from the Zones of Regulation”; "
        "they gain provision through “Partnership teachers in maths and physics” and “Coding clubs for primary schools”, "
        "complementarity through “Coding clubs for primary schools”, attainment through “Sixth-form reading volunteers in "
        "primary schools”."
    ) in text
    assert "“Partner secondary schools” give nothing that is named; they gain provision" in text
    assert "What “National Maths and Physics SCITT” gives and gains is not said." in text


def test_what_only_together_can_do_stands_in_the_authors_words_and_pairs_name_different_means() -> None:
    found = RGS.mutuality().together
    assert found.activities == {
        "partnership-teachers": "No school could have raised the money, paid or found such a teacher alone"
    }
    (pair,) = found.pairs
    assert pair.partners == ("rgs", "partner-primaries")
    assert pair.of_first == ("subject expertise", "facilities", "older pupils’ time")
    assert pair.of_second == ("special needs and inclusion",)


def test_pairs_that_name_the_same_means_do_not_complete_each_other() -> None:
    partners = {"home": {"title": "A", "brings": ["venue", "networks"]}, "b": {"title": "B", "brings": "venue"}}
    assert theory({}, partners=partners).mutuality().together.pairs == ()


def test_who_says_what_the_others_gain_is_asked_until_somebody_is_named() -> None:
    gain = {"benefit": "provision"}
    asked = theory({"clubs": {"exchange": {"primary": {"gains": [gain]}}}}).mutuality()
    assert "nobody is named under `said_by`" in asked.to_text(200)
    told = theory({"clubs": {"exchange": {"primary": {"gains": [{**gain, "said_by": "Head of St Mary’s"}]}}}})
    assert "said_by" not in told.mutuality().to_text(200).split("What each partner")[0]


def test_a_theory_without_activities_has_its_page() -> None:
    assert "No activity yet." in theory({}).mutuality().to_text()


def test_the_opening_names_what_answers_only_where_few_are_answered() -> None:
    pairs = {f"a{place}": rated("low", "high") for place in range(4)}
    pairs |= {f"b{place}": {"reciprocates": f"a{place}"} for place in range(4)}
    opening = theory(pairs).mutuality().to_text(2000).splitlines()[3]
    assert "Four help one side only, and are answered: “A0”, “A1”, “A2” and “A3”." in opening
    few = theory({id: one for id, one in pairs.items() if id[1] in "01"}).mutuality().to_text(2000).splitlines()[3]
    assert "Two help one side only, and are answered: “A0” by “B0” and “A1” by “B1”." in few


def test_of_very_many_activities_the_page_shows_sixty_and_the_tables_all() -> None:
    found = theory({f"a{place}": rated("high", "low", partners="primary") for place in range(100)}).mutuality()
    assert found.to_text(200).count("And 40 more, which the table") == 2
    assert len(found.to_pandas("activities")) == len(found.to_pandas("matrix")) == 100


def test_nothing_on_the_page_adds_up() -> None:
    text = RGS.mutuality().to_text(200)
    assert not any(word in text for word in ("%", "average", "score"))


impacts = st.tuples(st.sampled_from(LEVELS), st.sampled_from(LEVELS))


@given(
    st.lists(
        st.tuples(impacts, st.sets(st.sampled_from(["home", "primary", "college"])), st.integers(0, 4)), max_size=5
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_partners_and_activities_changes_no_judgement(rows: list[Any], random: Any) -> None:
    ids = [f"a{number}" for number in range(len(rows))]
    activities = {
        id: rated(
            *sides,
            partners=sorted(partners),
            reciprocates=[ids[answer]] if answer < len(ids) and ids[answer] != id else [],
        )
        for id, (sides, partners, answer) in zip(ids, rows, strict=True)
    }
    first = theory(activities)
    shuffled = [*activities.items()]
    random.shuffle(shuffled)
    second = theory(dict(shuffled)).evolve(partners=dict(reversed(first.partners.items())))
    one, other = first.mutuality(), second.mutuality()
    assert one.whole == other.whole
    assert set(one.sweet_spot) == set(other.sweet_spot)
    for id in ids:
        mine, theirs = one.activities[id], other.activities[id]
        assert (mine.lean, mine.one_sided, mine.open) == (theirs.lean, theirs.one_sided, theirs.open)
        assert set(mine.answered_by) == set(theirs.answered_by)
        assert set(mine.elsewhere) == set(theirs.elsewhere)
        assert one.matrix[id] == other.matrix[id]


@pytest.mark.parametrize("table", ["activities", "matrix", "partners"])
def test_every_table_has_rows(table: str) -> None:
    assert len(RGS.mutuality().to_pandas(table))


def test_an_own_word_with_commas_stays_one_thing_in_every_sentence() -> None:
    partners = {
        "home": {"title": "Home", "brings": ["venue", "Tea, and time"]},
        "primary": {"title": "Primary", "brings": "Songs and games"},
    }
    found = theory({"play": rated("low", "low")}, partners=partners)
    text = found.mutuality().to_text(200)
    assert "“Home” gives venue and “Tea, and time”;" in text
    assert "and “Tea, and time”; “Songs and games”." in text


def test_the_opening_of_many_activities_leaves_what_answers_them_to_the_table() -> None:
    many = {f"c{number}": rated("low", "high", partners="primary") for number in range(4)}
    page = theory({**many, "visits": rated("high", "medium", partners="primary")}).mutuality().to_text(500)
    assert (
        "Four help one side only, and are balanced elsewhere, with one of the same partners: “C0”, “C1”, “C2” and “C3”."
        in page
    )
    assert page.count("Visits") > 4

"""Reviews: what was judged, what stands in the file about it, what is open, what changed, and frames put into a theory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from partnership.test_frames import OURS, written
from strategies import theories, tries
from toc.model.frame_words import Probe
from toc.model.mappings import FrozenDict
from toc.partnership.prefill import Look
from toc.partnership.probing import PROBES, prefilled
from toc.spreadsheet.review_reading import review_read

RGS = toc.example("rgs-newcastle")
TODAY = date(2026, 11, 26)
WORDS = ("not-yet", "partly", "mostly", "fully", "not-ours")


def with_judged(
    theory: toc.TheoryOfChange, id: str, day: str, answers: dict[str, Any], frame: str = "practices"
) -> toc.TheoryOfChange:
    review = {"frame": frame, "date": day, "answers": answers}
    return theory.evolve(reviews={**theory.reviews, id: review})


def one(**answer: Any) -> Any:
    """A review with one answer."""
    return with_judged(RGS, "now", "2026-11-01", {"mutual-benefit": answer}).review("now", today=TODAY)


# What it says


def test_the_review_of_rgs_is_told_with_its_counts_its_day_and_who_judged() -> None:
    found = RGS.review("autumn-2026", today=TODAY)
    text = " ".join(found.to_text().split())
    assert (
        "13 practices, judged on 15 September 2026 by Director of partnerships: 1 mostly, 1 partly, 11 not answered."
        in text
    )
    assert (
        "“Identify a clear set of purposes”: mostly. In the file: the goal and four pillars; nobody has signed up to them yet."
        in text
    )
    assert list(found.counts.items()) == [("not-yet", 0), ("partly", 1), ("mostly", 1), ("fully", 0), ("not-ours", 0)]
    assert [*found.answers] == ["clear-purposes", "mutual-benefit"]
    assert len(found.unanswered) == 11
    assert "no grade and no inspection" in text


def test_what_the_file_says_is_facts_with_ids_and_nothing_where_nothing_bears_on_it() -> None:
    statements = RGS.review("autumn-2026", today=TODAY).statements
    purposes = statements["clear-purposes"].found
    assert [(fact.probe, fact.ids) for fact in purposes] == [
        ("goal", ("goal",)),
        ("pillars", tuple(RGS.pillars)),
        ("agreed", ()),
    ]
    assert statements["shared-identity"].found == ()
    assert statements["shared-identity"].in_the_file == ""
    benefit = statements["mutual-benefit"].in_the_file
    assert "“Partner secondary schools” gain provision and synergy" in benefit
    assert "something comes back for each" in benefit


def test_who_signed_up_is_named_with_the_day() -> None:
    partnership = {**RGS.partnership.contents(), "agreed_by": {"rgs": "2026-09-01", "partner-primaries": None}}
    found = RGS.evolve(partnership=partnership).review("autumn-2026").statements["clear-purposes"].in_the_file
    assert found == (
        "the goal and four pillars; “Royal Grammar School Newcastle” on 1 September 2026 and “Partner primary schools” "
        "have signed up to it."
    )


def test_every_probe_of_the_table_looks_at_something() -> None:
    assert set(PROBES) == set(get_args(Probe))


@given(theories())
@tries(30)
def test_a_probe_finds_texts_with_ids_and_never_a_judgement(theory: toc.TheoryOfChange) -> None:
    known = {*theory.nodes, *theory.partners, *theory.context.target_groups}
    for fact in prefilled(Look(theory), PROBES):
        assert fact.text.strip() == fact.text != ""
        assert {*fact.ids} <= known


def test_an_empty_theory_says_hardly_anything_and_guesses_nothing() -> None:
    bare = toc.loads("{toc: 1, title: T, goal: G, reviews: {a: {frame: practices, date: 2026-01-01}}}")
    found = bare.review("a", today=TODAY)
    said = {one.id: one.in_the_file for one in found.statements if one.found}
    assert set(said) == {"clear-purposes", "partner-priorities"}
    assert said["clear-purposes"] == "the goal; nobody has signed up to them yet."
    assert "13 practices, none of them answered yet." in found.to_text()


# What is open


@pytest.mark.parametrize(
    ("answer", "gaps"),
    [
        ({"judgement": "partly"}, ["no-next-step"]),
        ({"judgement": "not-yet", "next_step": "Ask"}, []),
        ({"judgement": "mostly"}, ["no-evidence"]),
        ({"judgement": "fully", "evidence": "goal"}, []),
        ({"judgement": "fully", "evidence": "goal", "by": "2026-11-25"}, ["overdue"]),
        ({"judgement": "partly", "next_step": "Ask", "by": "2026-11-26"}, []),
        ({"judgement": "partly", "by": "2026-01-01"}, ["no-next-step", "overdue"]),
        ({"judgement": "not-ours", "because": "We are one school"}, []),
        ({"because": "We could not agree"}, ["unanswered"]),
    ],
)
def test_what_is_open_about_an_answer(answer: dict[str, Any], gaps: list[str]) -> None:
    assert [gap.kind for gap in one(**answer).gaps if gap.statement == "mutual-benefit"] == gaps


def test_gaps_stand_in_the_order_unanswered_no_step_no_evidence_overdue() -> None:
    answers = {
        "local-need": "fully",
        "shared-impact": "not-yet",
        "all-contribute": {"judgement": "partly", "by": "2026-01-01"},
    }
    kinds = [gap.kind for gap in with_judged(RGS, "now", "2026-11-01", answers).review("now", today=TODAY).gaps]
    order = ["unanswered", "no-next-step", "no-evidence", "overdue"]
    assert sorted(kinds, key=order.index) == kinds
    assert {*kinds} == {*order}


@pytest.mark.parametrize(
    ("word", "gap"), [("red", "no-next-step"), ("amber", "no-next-step"), ("green", "no-evidence")]
)
def test_of_an_own_scale_the_upper_half_asks_for_evidence_and_the_lower_for_a_step(
    word: str, gap: str, tmp_path: Path
) -> None:
    theory = RGS.with_frame(toc.load_frame(written(tmp_path, OURS)))
    found = with_judged(theory, "now", "2026-11-01", {"named-lead": word}, "our-standards").review("now", today=TODAY)
    assert [gap.kind for gap in found.gaps] == ["unanswered", gap]


# What changed


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("not-yet", "partly", "up"), ("partly", "fully", "up"), ("fully", "mostly", "down"), ("mostly", "mostly", "same"),
        (None, "mostly", "new"), (None, "not-ours", "new"), ("mostly", None, "dropped"), ("not-ours", None, "dropped"),
        ("partly", "not-ours", "changed"), ("not-ours", "fully", "changed"), ("not-ours", "not-ours", "same"),
    ],
)  # fmt: skip
def test_how_a_judgement_changed(before: str | None, after: str | None, change: str) -> None:
    theory = RGS
    for id, day, word in (("then", "2026-01-01", before), ("now", "2027-01-01", after)):
        theory = with_judged(theory, id, day, {"local-need": word} if word else {})
    found = theory.review("now", today=TODAY).since("then")
    assert [(one.id, one.before, one.after, one.change) for one in found] == [("local-need", before, after, change)]


def test_only_reviews_by_one_frame_are_compared() -> None:
    theory = RGS.with_review("other", frame="lucas", date="2026-10-01")
    with pytest.raises(toc.OptionError, match="'autumn-2026' judges by 'practices' and 'other' by 'lucas'"):
        theory.review("other").since("autumn-2026")
    with pytest.raises(toc.TheoryError, match="unknown review 'autum-2026': did you mean 'autumn-2026'"):
        theory.review("other").since("autum-2026")


def test_a_review_is_not_compared_with_itself() -> None:
    with pytest.raises(toc.OptionError, match="'autumn-2026' is this review itself: name another one by 'practices'"):
        RGS.review("autumn-2026").since("autumn-2026")


def test_two_reviews_of_one_day_are_told_apart_by_their_ids() -> None:
    theory = RGS
    for id, word in (("heads", "partly"), ("teachers", "mostly")):
        theory = with_judged(theory, id, "2027-01-01", {"local-need": word})
    told = theory.review("teachers").since("heads").to_text(200)
    assert "1 practice judged on 1 January 2027 (heads) or 1 January 2027 (teachers): 1 up." in told


def test_what_is_said_of_a_statement_is_shown_though_nobody_judged_it() -> None:
    answers = {"local-need": {"because": "We have only begun to ask"}}
    told = with_judged(RGS, "new", "2027-01-01", answers).review("new").to_text(300)
    assert "“Address local and user need”: not judged yet." in told
    assert "Because: We have only begun to ask." in told


def test_what_changed_is_told_in_words_and_never_added_up() -> None:
    theory = with_judged(RGS, "spring-2027", "2027-03-01", {"clear-purposes": "fully", "mutual-benefit": "not-ours"})
    found = theory.review("spring-2027").since("autumn-2026")
    assert "2 practices judged on 15 September 2026 or 1 March 2027: 1 up, 1 to or from not-ours." in found.to_text(200)
    assert found.to_pandas()["change"].tolist() == ["up", "changed"]


# Reordering


def shuffled(held: Any, draw: Any) -> Any:
    """The same entries in another order."""
    return FrozenDict({key: held[key] for key in draw(st.permutations([*held]))})


@given(theories(), st.data())
@tries(20)
def test_reordering_answers_partners_and_activities_changes_no_judgement(theory: toc.TheoryOfChange, data: Any) -> None:
    moved = theory.evolve(
        reviews={
            id: review.evolve(answers=shuffled(review.answers, data.draw)) for id, review in theory.reviews.items()
        },
        partners=shuffled(theory.partners, data.draw),
        activities=shuffled(theory.activities, data.draw),
    )
    for id in theory.reviews:
        before, after = (one.review(id, today=TODAY) for one in (theory, moved))
        assert (after.counts, after.gaps, after.unanswered) == (before.counts, before.gaps, before.unanswered)
        assert [(one.id, one.judgement) for one in after.statements] == [
            (one.id, one.judgement) for one in before.statements
        ]


# Edits


def test_a_new_review_is_empty_and_stands_behind_the_others() -> None:
    theory = RGS.with_review("spring-2027", frame="practices", date=date(2027, 3, 1), by="Heads")
    assert [*theory.reviews] == ["autumn-2026", "spring-2027"]
    assert theory.reviews["spring-2027"].by == ("Heads",)
    assert len(theory.review("spring-2027").unanswered) == 13
    assert toc.loads(theory.dumps()) == theory


@pytest.mark.parametrize(
    ("id", "changes", "code", "told"),
    [
        ("autumn-2026", {}, "TOC031", "there is a review 'autumn-2026' already"),
        ("Spring 2027", {}, "TOC016", "write `spring-2027`"),
        ("new", {"frame": "practises"}, "TOC030", "did you mean 'practices'?"),
        ("new", {"date": "soon"}, "TOC015", "'soon'"),
    ],
)
def test_a_review_that_cannot_be_is_refused(id: str, changes: dict[str, str], code: str, told: str) -> None:
    with pytest.raises(toc.TheoryError) as refused:
        RGS.with_review(id, **{"frame": "practices", "date": "2027-03-01", **changes})
    assert [problem.code for problem in refused.value.problems] == [code]
    assert told in str(refused.value)


def test_a_frame_of_your_own_stands_in_the_theory_and_is_judged_by(tmp_path: Path) -> None:
    theory = RGS.with_frame(toc.load_frame(written(tmp_path, OURS)))
    assert theory.with_frame(toc.load_frame(written(tmp_path, OURS))) is theory
    found = theory.with_review("first", frame="our-standards", date="2027-01-01").review("first")
    assert found.frame.scale == ("red", "amber", "green")
    assert "to be asked: Director of partnerships" in found.statements["named-lead"].in_the_file
    assert toc.loads(theory.dumps()) == theory


def test_a_frame_of_the_library_or_another_one_of_that_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(toc.TheoryError, match="'practices' comes with the library"):
        RGS.with_frame(toc.frame("practices"))
    theory = RGS.with_frame(toc.load_frame(written(tmp_path, OURS)))
    with pytest.raises(toc.TheoryError, match="another frame 'our-standards'"):
        theory.with_frame(toc.load_frame(written(tmp_path, OURS.replace("Trustees, 2026", "Heads"))))


def test_the_frames_of_the_library_can_be_copied_under_another_id() -> None:
    for frame in toc.frames():
        theory = RGS.with_frame(replace(frame, id=f"our-{frame.id}"))
        assert theory.review("autumn-2026")
        made = theory.with_review("first", frame=f"our-{frame.id}", date="2027-01-01").review("first")
        assert (made.frame.scale, len(made.statements)) == (frame.scale, len(frame.statements))


# The form


def filled() -> toc.TheoryOfChange:
    """RGS with a review of 13 answers."""
    answers = {
        one.id: {
            "judgement": WORDS[place % 5],
            "because": ["=1+1", "Says “yes”; twice", "-3\n  degrees", "'tis so", "a,b"][place % 5],
            "evidence": [
                "goal",
                {"partner": "rgs"},
                {"text": "Minutes", "url": "https://a.org/b", "date": "2026-05-01"},
            ],
            "owner": "+Head",
            "next_step": "@all: ask",
            "by": "2027-02-28",
        }
        for place, one in enumerate(toc.frame("practices").statements)
    }
    return with_judged(RGS, "full", "2026-11-01", answers)


def read(theory: toc.TheoryOfChange, csv: str, **options: Any) -> Any:
    return review_read(theory, csv.encode(), "form.csv", **options)


def test_a_review_of_13_answers_goes_through_the_form_and_back() -> None:
    theory = filled()
    csv = theory.review("full").form().to_csv()
    assert read(theory, csv).theory == theory
    assert read(theory, csv).changes == ()
    elsewhere = read(RGS, csv)
    assert elsewhere.is_new
    assert len(elsewhere.changes) == 13
    there = {
        id: (one.judgement, one.evidence, one.owner, one.next_step, one.by)
        for id, one in theory.reviews["full"].answers.items()
    }
    back = elsewhere.theory.reviews["full"]
    assert {
        id: (one.judgement, one.evidence, one.owner, one.next_step, one.by) for id, one in back.answers.items()
    } == there
    assert back.answers["local-need"].because == "=1+1"
    assert back.date == date(2026, 11, 1)


def test_what_looks_like_a_formula_is_harmless_in_the_form() -> None:
    assert ",'=1+1," in filled().review("full").to_csv()
    assert ",'+Head," in filled().review("full").to_csv()


@given(theories())
@tries(30)
def test_a_form_that_nobody_changed_changes_nothing(theory: toc.TheoryOfChange) -> None:
    for id in theory.reviews:
        assert read(theory, theory.review(id, today=TODAY).to_csv()).theory == theory


def test_a_form_as_a_spreadsheet_saves_it_is_read() -> None:
    rows = "Id;Judgement;By when;Review;Frame;Date\nlocal-need;Not yet;28/02/2027;new;practices;15/09/2026\n"
    answer = read(RGS, rows).theory.reviews["new"].answers["local-need"]
    assert (answer.judgement, answer.by) == ("not-yet", date(2027, 2, 28))
    doubtful = rows.replace("28/02/2027", "03/02/2027").replace("15/09", "05/09")
    with pytest.raises(toc.TheoryError, match="may be two days"):
        read(RGS, doubtful)
    assert read(RGS, doubtful, day_first=True).theory.reviews["new"].answers["local-need"].by == date(2027, 2, 3)


def test_a_row_that_is_left_empty_keeps_the_answer_and_a_cell_that_is_emptied_takes_it_out() -> None:
    header = "Review,Frame,Date,Id,Judgement,Because,Evidence,Owner,Next step,By when\n"
    start = "autumn-2026,practices,2026-09-15,"
    kept = read(RGS, f"{header}{start}clear-purposes,,,,,,\n{start}mutual-benefit,mostly,,zones-visits,,,\n")
    answers = kept.theory.reviews["autumn-2026"].answers
    assert answers["clear-purposes"] == RGS.reviews["autumn-2026"].answers["clear-purposes"]
    assert kept.left == ("clear-purposes",)
    assert [(one.statement, one.after.judgement) for one in kept.changes] == [("mutual-benefit", "mostly")]
    assert answers["mutual-benefit"].next_step is None
    assert kept.theory.reviews["autumn-2026"].contents()["x-illustrative"] is True


FORM = "Review,Frame,Date,Id,Judgement,Evidence,By when\nnew,practices,2026-09-15,local-need,mostly,goal,2027-02-28\n"


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "told"),
    [
        (",mostly,", ",mostl,", "TOC013", (2, 5), "did you mean 'mostly'?"),
        ("local-need", "locl-need", "TOC030", (2, 4), "did you mean 'local-need'?"),
        (",goal,", ",gaol,", "TOC030", (2, 6), "did you mean 'goal'?"),
        (",goal,", ",partner: rsg,", "TOC030", (2, 6), "did you mean 'rgs'?"),
        ("2027-02-28", "2027-02-30", "TOC015", (2, 7), "no day of the calendar|not a day of the calendar"),
        ("2026-09-15", "autumn", "TOC015", (2, 3), "'autumn' is not a day"),
        ("practices", "practises", "TOC030", (2, 2), "did you mean 'practices'?"),
        ("\nnew", "\nNew one", "TOC016", (2, 1), "write `new-one`"),
        ("\nnew", "\nautumn-2026", "", (0, 0), ""),
        ("\nnew,practices", "\nautumn-2026,lucas", "TOC012", (2, 2), "judges by 'practices'"),
        ("\nnew", "\n", "TOC011", (2, 1), "Review is missing"),
        ("local-need", "", "TOC011", (2, 4), "the id of the statement is missing"),
        ("Judgement", "Judgment", "TOC010", (1, 5), "did you mean 'Judgement'?"),
        ("By when", "Id", "TOC019", (1, 7), "two columns are headed Id"),
        ("2027-02-28\n", "2027-02-28\nold,,,all-contribute,fully,,\n", "TOC012", (3, 1), "a form holds one review"),
        ("2027-02-28\n", "2027-02-28\n,,,local-need,fully,,\n", "TOC018", (3, 4), "stands in row 2 already"),
        (",goal,", ",#REF!,", "TOC039", (2, 6), "an error of its own"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_form_is_told_by_row_and_column(
    old: str, new: str, code: str, place: tuple[int, int], told: str
) -> None:
    text = FORM.replace(old, new, 1)
    if not code:
        assert read(RGS, text).changes
        return
    with pytest.raises(toc.TheoryError) as refused:
        read(RGS, text)
    found = {(problem.code, problem.line, problem.column): problem.message for problem in refused.value.problems}
    assert (code, *place) in found
    assert any(part in found[code, *place] for part in told.split("|"))


@pytest.mark.parametrize(
    ("cell", "evidence"),
    [
        ("goal, cpd", [{"node": "goal"}, {"node": "cpd"}]),
        ("Literacy, partner: rgs; Minutes", [{"node": "literacy"}, {"partner": "rgs"}, {"text": "Minutes"}]),
        ("What heads said, twice", [{"text": "What heads said, twice"}]),
    ],
)
def test_evidence_may_stand_between_commas_where_nothing_else_does(cell: str, evidence: list[dict[str, str]]) -> None:
    found = read(RGS, FORM.replace(",goal,", f',"{cell}",')).theory.reviews["new"].answers["local-need"].evidence
    assert [one.contents() for one in found] == evidence
    with pytest.raises(toc.TheoryError, match="unknown id 'gaol': did you mean 'goal'"):
        read(RGS, FORM.replace(",goal,", ',"cpd, gaol",'))


def test_all_that_is_wrong_in_a_form_is_told_at_once() -> None:
    text = FORM.replace("mostly", "mostl").replace("goal", "gaol").replace("2027-02-28", "never")
    with pytest.raises(toc.TheoryError) as refused:
        read(RGS, text)
    assert [(one.code, one.column) for one in refused.value.problems] == [("TOC013", 5), ("TOC030", 6), ("TOC015", 7)]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"a,b\n1,2\n", b"\xff\xfe", b'Review,Frame\n"a'])
def test_what_is_no_form_is_refused_in_our_words(data: bytes) -> None:
    with pytest.raises(toc.TheoryError):
        review_read(RGS, data, "form.csv")


def test_the_printed_form_has_every_statement_what_the_file_says_and_a_box_for_every_word() -> None:
    page = RGS.review("autumn-2026").form().to_html()
    for statement in toc.frame("practices").statements:
        assert statement.text in page
    assert page.count("[ ] not-ours") == 13
    assert page.count("[x] ") == 2
    assert "The goal and four pillars; nobody has signed up to them yet." in page


# The chart


def heads(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_gid() == "head"]


def places(ax: Any, label: str) -> set[tuple[float, ...]]:
    """Columns and rows of the marks of a kind."""
    return {
        tuple(map(float, spot)) for dots in ax.collections if dots.get_label() == label for spot in dots.get_offsets()
    }


def test_a_scale_of_three_words_has_three_columns(tmp_path: Path) -> None:
    theory = RGS.with_frame(toc.load_frame(written(tmp_path, OURS)))
    ax = with_judged(theory, "now", "2026-11-01", {"named-lead": "amber"}, "our-standards").plot_review("now")
    assert heads(ax) == ["red", "amber", "green"]


def test_dots_stand_in_the_column_of_their_word_and_an_earlier_review_is_hollow_and_joined() -> None:
    theory = with_judged(
        RGS, "now", "2027-01-01", {"clear-purposes": "fully", "local-need": "not-yet", "shared-impact": "not-ours"}
    )
    ax = theory.plot_review()
    assert heads(ax) == ["not-yet", "partly", "mostly", "fully"]
    assert places(ax, "1 January 2027") == {(3, 2), (0, 0)}
    assert places(ax, "15 September 2026") == {(2, 2), (1, 11)}
    names = [text.get_text().replace("\n", " ") for text in ax.texts if text.get_gid() == "name"]
    assert names[4] == "Deliver shared impact (not-ours)"
    open_rows = {row for _, row in places(ax, "not answered")}
    assert open_rows == {*range(13)} - {0, 2, 4}
    assert (1, 11) not in places(ax, "not answered")
    label = str(ax.figure.get_label())
    assert "Identify a clear set of purposes: fully, before mostly." in label
    assert not any(word in label for word in ("total", "score", "average"))


def test_a_chart_without_a_review_is_refused_with_what_to_do() -> None:
    with pytest.raises(toc.OptionError, match="no review to plot"):
        toc.example("small-charity").plot_review()


def test_statements_follow_each_other_as_in_their_frame_whatever_the_order_in_the_file() -> None:
    ids = [one.id for one in toc.frame("practices").statements]
    found = with_judged(RGS, "now", "2027-01-01", dict.fromkeys(reversed(ids), "partly")).review("now")
    assert [*found.answers] == ids


# One definition with the health view


STARTED = """
toc: 1
title: Chess
goal: Every child thinks ahead
outcomes: {planners: Pupils plan before they act}
activities:
  chess: {title: Chess club, leads_to: planners, starts: 2024-09-01, funding: A trust}
  fair: {title: Games fair, leads_to: planners, starts: 2027-09-01}
kpis:
  moves: {title: Moves ahead, measures: planners, agreed_on: 2025-01-01}
partners: {grammar: Grammar School}
partnership: {funding: {sources: {a TRUST: {}, The county: {}}}}
reviews: {a: {frame: seced-pillars, date: 2026-01-01}}
"""


def test_what_stands_beside_a_statement_is_counted_as_in_the_health_view() -> None:
    theory = toc.loads(STARTED, format="yaml")
    found = theory.review("a", today=TODAY)
    said = {fact.probe: fact.text for one in found.statements for fact in one.found}
    health = theory.health(today=date(2026, 1, 1))
    assert (
        said["years"]
        == health["years"].facts[0].text
        == "of 1 activity with dates 1 runs for more than 12 months: “Chess club”"
    )
    assert said["planned"] == "of 1 activity that started none had a KPI with a baseline, or agreed, by then"
    assert [fact.place for fact in health["planned"].facts] == ["activities.chess.starts"]
    assert said["funding"] == "paid for by A trust and The county"


def test_a_source_that_the_partnership_names_is_a_source_beside_those_of_activities() -> None:
    assert "TOC143" not in {one.code for one in toc.loads(STARTED, format="yaml").check(profile="funder")}

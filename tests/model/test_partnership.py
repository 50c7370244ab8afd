"""What a file says about partners, the partnership, reviews and frames: read, refused, written and carried by edits."""

from __future__ import annotations

from datetime import date

import pytest

import toc
from toc import Problem, TheoryError, TheoryOfChange

TEXT = """\
toc: 1
title: Coding and calm
goal: Every child thrives
activities:
  clubs:
    title: Coding clubs
    partners: [rgs, primaries]
    impact: {internal: low, external: {level: high, because: Skills, people: 100}}
    exchange:
      rgs: {gives: [facilities, Planetarium]}
      primaries: {gains: [provision, complementarity]}
    stage: running
    reach: {pupils: 40}
    places: By need
    only_together: No school could pay alone
  visits:
    title: Visits to learn
    impact: {internal: high}
    reciprocates: {clubs: The same schools taught us}
kpis:
  gain: {title: Gain, measures: clubs, agreed_on: 2026-09-01, collected_by: [rgs]}
partners:
  rgs:
    title: Grammar school
    sector: independent
    phase: [secondary, post-16]
    contact: Director of partnerships
    since: 2021
    disadvantage: {share: 0.1, measure: Pupil Premium}
    brings: {resource: subject-expertise, because: Teachers give most of their time}
    receives: shared-learning
  primaries: {title: Primary schools, sector: state, organisations: 50}
context:
  target_groups:
    pupils: {title: Pupils, partner: [rgs, primaries]}
settings:
  checks: {silence: [{code: TOC204, partner: primaries, reason: agreed}]}
partnership:
  home: rgs
  aim: {value: broad, because: About 60 projects}
  strategy: true
  type: alliance
  funding: {outside: true, sources: {Trust: {kind: money, until: 2028-08-31}}}
  agreed_by: {rgs: 2026-09-01, primaries: }
reviews:
  autumn:
    frame: practices
    date: 2026-09-15
    by: Director
    answers:
      clear-purposes: mostly
      mutual-benefit: {judgement: partly, evidence: [clubs, {partner: primaries}, {text: Minutes}], by: 2027-02-28}
frames:
  ours:
    title: Standards
    source: Trustees
    scale: [red, amber, green]
    themes: {people: People}
    statements: {lead: {text: Each school has a lead, theme: people, probes: [contacts]}}
"""


def theory() -> TheoryOfChange:
    return toc.loads(TEXT)


def faults(old: str, new: str) -> list[Problem]:
    """What is wrong once a piece of the text is another."""
    assert old in TEXT
    with pytest.raises(TheoryError) as caught:
        toc.loads(TEXT.replace(old, new, 1))
    return list(caught.value.problems)


def fault(old: str, new: str) -> Problem:
    (found,) = faults(old, new)
    return found


# Read and written


def test_the_keys_are_read_as_values() -> None:
    read = theory()
    assert read.partnership.home == "rgs"
    assert read.partners["rgs"].brings[0].resource == "subject-expertise"
    assert read.partners["rgs"].receives[0].benefit == "shared-learning"
    assert (read.partners["rgs"].since, read.partners["rgs"].organisations) == (2021, 1)
    clubs = read.activities["clubs"]
    assert clubs.impact is not None
    assert clubs.impact.internal is not None
    assert clubs.impact.internal.level == "low"
    assert [gift.resource or gift.text for gift in clubs.exchange["rgs"].gives] == ["facilities", "Planetarium"]
    assert read.activities["visits"].reciprocates["clubs"] == "The same schools taught us"
    assert read.kpis["gain"].collected_by == ("rgs",)
    assert read.partnership.agreed_by == {"rgs": date(2026, 9, 1), "primaries": None}
    assert read.reviews["autumn"].answers["clear-purposes"].judgement == "mostly"
    assert [one.node or one.partner or one.text for one in read.reviews["autumn"].answers["mutual-benefit"].evidence] == [
        "clubs", "primaries", "Minutes",
    ]  # fmt: skip
    assert read.frames["ours"].statements["lead"].probes == ("contacts",)


def test_what_nobody_wrote_is_not_said() -> None:
    plain = toc.loads("toc: 1\ntitle: T\ngoal: G\n")
    assert plain.partnership.funding.outside is None
    assert plain.partnership.aim is None
    assert not plain.reviews
    assert plain.dumps() == "toc: 1\ntitle: T\ngoal: G\n"


def test_the_normal_form_and_the_written_form_say_the_same() -> None:
    read = theory()
    assert TheoryOfChange.model_validate(read.model_dump(mode="json")) == read
    assert toc.loads(read.dumps()) == read
    assert toc.loads(read.dumps("json"), format="json") == read


def test_the_short_forms_are_written() -> None:
    text = theory().dumps()
    for line in (
        "    receives: shared-learning\n",
        "        gives: [facilities, Planetarium]\n",
        "      internal: low\n",
        "  strategy: true\n",
        "      clear-purposes: mostly\n",
        "          - clubs\n",
    ):
        assert line in text


def test_an_own_text_that_looks_like_a_word_of_the_table_stays_a_text() -> None:
    raw = {"toc": 1, "title": "T", "goal": "G", "partners": {"a": {"title": "A", "brings": {"text": "planetarium"}}}}
    read = TheoryOfChange.model_validate(raw)
    assert toc.loads(read.dumps()).partners["a"].brings[0].text == "planetarium"


# Refused


@pytest.mark.parametrize(
    ("old", "new", "wrong", "suggestion"),
    [
        ("home: rgs", "home: rsg", "rsg", "rgs"),
        ("      rgs: {gives", "      rgz: {gives", "rgz", "rgs"),
        ("{clubs: The same", "{club: The same", "club", "clubs"),
        ("reach: {pupils", "reach: {pupil", "pupil", "pupils"),
        ("partner: [rgs, primaries]", "partner: [rgs, primary]", "primary", None),
        ("partner: primaries, reason", "partner: primarys, reason", "primarys", "primaries"),
        ("agreed_by: {rgs:", "agreed_by: {rgss:", "rgss", "rgs"),
        ("collected_by: [rgs]", "collected_by: [rgss]", "rgss", "rgs"),
        ("frame: practices", "frame: practises", "practises", "practices"),
        ("clear-purposes:", "clear-purpose:", "clear-purpose", "clear-purposes"),
        ("evidence: [clubs", "evidence: [club", "club", "clubs"),
        ("{partner: primaries}", "{partner: primarie}", "primarie", "primaries"),
        ("theme: people", "theme: poeple", "poeple", "people"),
    ],
)  # fmt: skip
def test_what_nothing_bears_is_told_with_its_place_and_the_nearest(
    old: str, new: str, wrong: str, suggestion: str | None
) -> None:
    found = fault(old, new)
    before = TEXT[: TEXT.index(old) + new.rindex(wrong)]
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert (found.code, found.line, found.column, found.suggestion) == ("TOC030", *place, suggestion)


@pytest.mark.parametrize(
    ("old", "new", "code", "suggestion"),
    [
        ("facilities", "facilites", "TOC013", "facilities"),
        ("complementarity", "complementary", "TOC013", "complementarity"),
        ("resource: subject-expertise", "resource: subject-expertize", "TOC013", "subject-expertise"),
        ("value: broad", "value: braod", "TOC013", "broad"),
        ("type: alliance", "type: aliance", "TOC013", "alliance"),
        ("type: alliance", "type: 5", "TOC014", None),
        ("strategy: true", "strategy: joint", "TOC012", None),
        ("judgement: partly", "judgement: party", "TOC013", "partly"),
        ("clear-purposes: mostly", "clear-purposes: green", "TOC013", None),
        ("probes: [contacts]", "probes: [contact]", "TOC013", "contacts"),
        ("{clubs: The same", "{visits: The same", "TOC012", None),
        ("organisations: 50", "organisations: 0", "TOC014", None),
        ("share: 0.1", "share: 10", "TOC014", None),
        ("since: 2021", 'since: "2021"', "TOC012", None),
        ("since: 2021", "since: 21", "TOC014", None),
        ("{text: Minutes}", "{url: https://example.org}", "TOC011", None),
        ("{text: Minutes}", "{text: Minutes, partner: rgs}", "TOC012", None),
        ("scale: [red, amber, green]", "scale: [red]", "TOC014", None),
        ("  ours:\n", "  practices:\n", "TOC031", None),
    ],
)
def test_a_wrong_value_is_told_with_the_nearest_choice(old: str, new: str, code: str, suggestion: str | None) -> None:
    found = fault(old, new)
    assert (found.code, found.suggestion) == (code, suggestion)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("since: 2021", "since: soon", "'soon' is not a date: write year, month and day like 2026-07-31, or the year alone"),
        ("share: 0.1", "share: 10", "10 is not between 0 and 1: for 10% write 0.1"),
        ("share: 0.1", "share: 35%", "expected a number from 0 to 1 but found '35%': write 0.35"),
        ("share: 0.1", "share: some", "expected a number from 0 to 1 but found 'some'"),
        ("{share: 0.1, measure: Pupil Premium}", "0.35", "expected `share`, a number from 0 to 1, but found 0.35"),
        ("{gives: [facilities, Planetarium]}", "venue", "expected `gives` and `gains` but found 'venue'"),
        ("{kind: money, until: 2028-08-31}", "money", "expected `kind` and `until` but found 'money'"),
        ("clear-purposes: mostly", "clear-purposes:", "`clear-purposes` is empty: write a word of the scale or leave"),
        ("{level: high, because: Skills, people: 100}", "3", "expected low, medium or high but found 3"),
        ("{text: Minutes}", "Minutes of May", "unknown id 'Minutes of May': a text stands as {text: …}"),
        ("{partner: primaries}", "primaries", "unknown id 'primaries': that is a partner: write {partner: primaries}"),
        ("  home: rgs", "  said_by: Head", "it belongs to something under `brings`, something under `receives` or a word under"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_with_what_to_write(old: str, new: str, told: str) -> None:
    assert told in fault(old, new).message


def test_an_own_word_is_told_how_to_stand() -> None:
    assert "{text: planetarium}" in fault("Planetarium", "planetarium").message


def test_what_is_wrong_is_told_all_at_once() -> None:
    text = TEXT.replace("home: rgs", "home: nobody").replace("value: broad", "value: wide").replace("[contacts]", "[c]")
    with pytest.raises(TheoryError) as caught:
        toc.loads(text)
    assert [problem.code for problem in caught.value.problems] == ["TOC030", "TOC013", "TOC013"]


def test_a_frame_holds_at_most_500_statements() -> None:
    frame = {"title": "F", "source": "Us", "statements": {f"s{number}": "S" for number in range(501)}}
    with pytest.raises(TheoryError, match="501 statements: 500 are the most"):
        theory().evolve(frames={"ours": frame})


def test_a_word_of_a_frame_of_ones_own_is_judged_by_its_scale() -> None:
    own = {"frame: practices": "frame: ours", "clear-purposes: mostly": "lead: green"}
    text = TEXT
    for old, new in own.items():
        text = text.replace(old, new)
    text = text[: text.index("      mutual-benefit")] + text[text.index("frames:\n") :]
    assert toc.loads(text).reviews["autumn"].answers["lead"].judgement == "green"
    with pytest.raises(TheoryError, match="'mostly' is not one of red, amber, green, not-ours"):
        toc.loads(text.replace("lead: green", "lead: mostly"))


# Carried by edits


def test_a_node_that_goes_takes_what_mentions_it() -> None:
    left = theory().without("clubs")
    assert left.activities["visits"].reciprocates == {}
    evidence = left.reviews["autumn"].answers["mutual-benefit"].evidence
    assert [one.partner or one.text for one in evidence] == ["primaries", "Minutes"]
    assert toc.loads(left.dumps()) == left


def test_a_renamed_node_is_renamed_wherever_it_is_mentioned() -> None:
    renamed = theory().renamed("clubs", "coding")
    assert renamed.activities["visits"].reciprocates == {"coding": "The same schools taught us"}
    assert renamed.reviews["autumn"].answers["mutual-benefit"].evidence[0].node == "coding"
    assert renamed.renamed("coding", "clubs") == theory()


def test_a_partner_that_goes_takes_what_mentions_it() -> None:
    left = theory().without("primaries")
    assert list(left.partners) == ["rgs"]
    assert left.activities["clubs"].partners == ("rgs",)
    assert list(left.activities["clubs"].exchange) == ["rgs"]
    assert list(left.partnership.agreed_by) == ["rgs"]
    assert left.context.target_groups["pupils"].partner == ("rgs",)
    assert left.settings.checks.silence == ()
    assert toc.loads(left.dumps()) == left
    assert theory().without("rgs").partnership.home is None
    assert theory().without("rgs").kpis["gain"].collected_by == ()


def test_a_renamed_partner_is_renamed_wherever_it_is_mentioned() -> None:
    renamed = theory().renamed("rgs", "grammar")
    assert renamed.partnership.home == "grammar"
    assert list(renamed.partners) == list(renamed.activities["clubs"].exchange) == ["grammar", "primaries"]
    assert toc.loads(renamed.dumps()) == renamed
    assert renamed.renamed("grammar", "rgs") == theory()


def test_an_id_of_both_is_the_nodes() -> None:
    both = theory().evolve(partners={**theory().partners, "clubs": "Club partner"})
    assert "clubs" in both.without("clubs").partners
    assert "clubs" not in both.without("clubs").activities


@pytest.mark.parametrize(
    ("id", "new", "code"), [("rgs", "primaries", "TOC031"), ("rgs", "Not an id", "TOC016"), ("rsg", "x", "TOC030")]
)
def test_a_partner_gets_only_an_id_that_is_free(id: str, new: str, code: str) -> None:
    with pytest.raises(TheoryError) as caught:
        theory().renamed(id, new)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_an_edit_of_one_activity_is_checked_like_the_whole() -> None:
    for fields, code in (({"reciprocates": "clubs"}, "TOC012"), ({"exchange": {"rsg": {}}}, "TOC030")):
        with pytest.raises(TheoryError) as caught:
            theory().edit("clubs", **fields)
        assert [problem.code for problem in caught.value.problems] == [code]


# In code


def test_a_sketch_takes_the_keys() -> None:
    with toc.sketch("Coding and calm") as t:
        t.partner("Grammar school", id="rgs", sector="independent")
        primary = t.partner("St Mary's", sector="state", brings="send-inclusion")
        t.goal("Every child thrives")
        clubs = t.activity("Coding clubs", id="clubs", partners=primary, impact={"internal": "low", "external": "high"})
        t.activity("Visits to learn", partners=primary, impact={"internal": "high"}, reciprocates=clubs)
    made = t.theory
    assert made.activities["visits-to-learn"].reciprocates == {"clubs": None}
    assert made.partners[primary].brings[0].resource == "send-inclusion"


# Compared


def test_what_changed_is_named_down_to_the_answer() -> None:
    new = toc.loads(TEXT.replace("judgement: partly", "judgement: mostly").replace("home: rgs", "home: primaries"))
    told = {change.path: (change.old, change.new) for change in toc.compare(theory(), new).theory}
    assert told == {
        ("partnership", "home"): ("rgs", "primaries"),
        ("reviews", "autumn", "answers", "mutual-benefit", "judgement"): ("partly", "mostly"),
    }


def test_a_renamed_node_changes_nothing_else() -> None:
    found = toc.compare(theory(), theory().renamed("clubs", "coding"))
    assert [one.new for one in found.renamed] == ["coding"]
    assert not found.changed
    assert not found.theory

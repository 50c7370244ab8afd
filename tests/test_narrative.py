"""The narrative says all of a theory in sentences that read well whatever the titles are."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given

import toc
from diagram.shapes import shapes
from strategies import theories, tries
from toc.language.text import quoted, sentence
from toc.prose.reasons import clause

SNAPSHOTS = Path(__file__).parent / "snapshots"
EXAMPLES = ("small-charity", "rgs-newcastle", "large-programme")


def plain(text: str) -> str:
    """A text as it can be found in prose: on one line, in small letters, without its final full stop."""
    text = " ".join(text.split())
    if text[:8].lower() == "because ":
        text = text[8:]
    return re.sub(r"(?<!\.)\.$", "", text).rstrip().casefold()


def is_told(text: str, narrative: str) -> bool:
    return plain(text) in narrative


def all_told(theory: toc.TheoryOfChange) -> None:
    told = " ".join(theory.narrative().split()).casefold()
    for node in theory.nodes.values():
        assert is_told(node.title, told)
    for link in theory.links:
        for text in [link.because or "", *(assumption.text for assumption in link.assumptions)]:
            assert is_told(text, told)
        for evidence in link.evidence:
            assert is_told(evidence.source, told)


@pytest.mark.parametrize("example", ["small-charity", "rgs-newcastle"])
def test_the_narrative_of_an_example_is_the_one_agreed_on(example: str) -> None:
    """Read the new text aloud, then run with TOC_UPDATE_SNAPSHOTS=1 to agree."""
    told = toc.example(example).narrative() + "\n"
    snapshot = SNAPSHOTS / f"{example}-narrative.txt"
    if os.environ.get("TOC_UPDATE_SNAPSHOTS"):
        snapshot.write_text(told, encoding="utf-8", newline="\n")
    assert told == snapshot.read_text(encoding="utf-8")


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_told_in_full(example: str) -> None:
    all_told(toc.example(example))


@tries(60)
@given(theory=theories())
def test_every_title_reason_assumption_and_source_is_told(theory: toc.TheoryOfChange) -> None:
    all_told(theory)


@tries(40)
@given(theory=shapes())
def test_every_link_is_told_once_where_its_target_stands(theory: toc.TheoryOfChange) -> None:
    claims = re.findall(r"(?:If .*?, then |In turn, )", theory.narrative())
    groups = {
        (link.target, theory.nodes[link.source].kind, link.because, link.confidence, link.sign, link.feedback)
        for link in theory.links
    }
    into_goals = sum(link.target in theory.goals for link in theory.links)  # told in the column of each source
    assert len(groups) - into_goals <= len(claims) <= len(groups) + into_goals


@tries(40)
@given(theory=theories())
def test_the_same_theory_gives_the_same_words_and_clean_lines(theory: toc.TheoryOfChange) -> None:
    told = theory.narrative()
    assert told == theory.narrative()
    assert all(line == line.strip() for line in told.split("\n"))
    assert "\n\n\n" not in told


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_counts_are_those_of_the_outline(example: str) -> None:
    theory = toc.example(example)
    numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    lines = [line.strip() for line in theory.outline().splitlines() if not line.endswith(("above)", "below)", "”)"))]
    (counts,) = re.findall(r"This theory of change has (.*)\.", theory.narrative())
    for kind in ("goal", "pillar", "outcome", "output", "activity"):
        word = getattr(theory.settings.vocabulary, kind)
        own = word.one if word else kind.capitalize()
        count = sum(line.startswith(f"{own}: ") for line in lines)
        said = numbers[count] if count <= 10 else str(count)
        assert f"{said} {own[:-1].lower() if own.endswith('y') else own.lower()}" in counts


@pytest.fixture
def theory() -> toc.TheoryOfChange:
    return toc.loads("""
toc: 1
title: Reading.
goals: {read: {title: Every child reads, by: 2030-07-31}, enjoy: {title: Reading is fun, above_ceiling: false}}
pillars: {literacy: {title: Literacy, leads_to: {read: to build fluency}}}
outcomes:
  calm: {title: Calm, horizon: short, leads_to: {fluent: {because: Because calm children listen., contribution: necessary}}}
  fluent:
    title: Fluent
    by: 2027-07-31
    above_ceiling: true
    leads_to: {literacy: {sign: "-", confidence: low}, clubs: {feedback: true, because: Older readers help}}
  lonely: Nobody is joined
activities:
  clubs:
    title: Clubs
    leads_to: &links
      calm:
        because: STEM clubs take place every week
        assumptions: [Schools have a room, {text: Enough mentors?, status: failing, by: 2027-01-31}]
        evidence:
          - {source: A trial, says: contradicts, type: evaluation, strength: strong, date: 2020-01-01}
          - {source: A survey, says: mixed}
  talk: {title: Talk, leads_to: *links}
  walk: {title: Walk, leads_to: enjoy, participation: 1, recurs: weekly}
kpis:
  age: {title: Age, measures: [fluent, read], unit: "%", baseline: 0.5, target: {value: 14, by: 2026-07-31}}
settings: {vocabulary: {pillar: Strand, activity: Project, kpi: Indicator, assumption: Condition, evidence: Proof}}
""")


def test_one_reason_for_several_activities_is_told_once(theory: toc.TheoryOfChange) -> None:
    assert (
        "If we run the projects “Clubs” and “Talk”, then we expect the outcome “Calm” in the short term, because STEM "
        "clubs take place every week. This holds only if schools have a room (not yet tested). Condition (tested and "
        "failing, to be tested again by 31 January 2027): Enough mentors? Proof that contradicts this: “A trial” "
        "(evaluation, strong, 2020). Proof that is mixed: “A survey”."
    ) in theory.narrative()


def test_because_is_never_said_twice_and_no_clause_is_forced(theory: toc.TheoryOfChange) -> None:
    told = theory.narrative()
    assert "“Fluent” by 31 July 2027, because calm children listen. It cannot come about without this." in told
    assert "then we contribute to the goal “Every child reads”. The reason: to build fluency." in told


def test_what_works_against_or_feeds_back_says_so(theory: toc.TheoryOfChange) -> None:
    told = theory.narrative()
    assert "comes about, then this works against the strand “Literacy” (weak confidence)." in told
    assert "In turn, the outcome “Fluent” feeds back to the project “Clubs”, because older readers help." in told


def test_the_ceiling_and_the_measures_are_told(theory: toc.TheoryOfChange) -> None:
    told = theory.narrative()
    assert (
        "We aim for the goal “Every child reads” by 31 July 2030. It lies above the accountability ceiling: we aim for "
        "it together with others and do not answer for it alone. We measure this goal by the indicator “Age” (from 0.5 "
        "to 14% by 31 July 2026)."
    ) in told
    assert "“Reading is fun”. It lies below the accountability ceiling: we answer for it." in told
    assert "This outcome lies above the accountability ceiling" in told


def test_what_stands_in_no_pillar_and_what_no_link_joins_is_told(theory: toc.TheoryOfChange) -> None:
    (outside,) = re.findall(r"\n\nOutside every strand\n\n(.*)$", theory.narrative(), re.DOTALL)
    assert outside == (
        "We run one project: “Walk” (weekly, 1 person a year).\n\n"
        "Not joined to anything yet: the outcome “Nobody is joined”.\n\n"
        "If we run the project “Walk”, then we contribute to the goal “Reading is fun”."
    )


def test_one_pillar_alone_is_told_with_the_goals(theory: toc.TheoryOfChange) -> None:
    told = theory.narrative(pillar="literacy")
    assert "“Every child reads”" in told
    assert "“Fluent”" in told
    assert "“Walk”" not in told


@pytest.mark.parametrize(
    ("pillar", "message"),
    [
        ("litracy", "unknown pillar 'litracy'; the pillars are literacy: did you mean 'literacy'?"),
        ("clubs", "'clubs' is an activity, not a pillar; the pillars are literacy"),
    ],
)
def test_an_unknown_pillar_is_named_with_the_choices(theory: toc.TheoryOfChange, pillar: str, message: str) -> None:
    with pytest.raises(toc.TheoryError, match=re.escape(message)):
        theory.narrative(pillar=pillar)


def test_a_theory_in_another_language_keeps_its_capitals() -> None:
    theory = toc.loads("""
{toc: 1, title: Lesen, language: de, goal: Alle lesen,
 activities: {club: {title: Club, leads_to: {goal: {because: Kinder lesen gern zusammen}}}}}
""")
    assert "“Alle lesen”. The reason: Kinder lesen gern zusammen." in theory.narrative()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A friend is company", "a friend is company"),
        ("SCITT graduates stay nearby", "SCITT graduates stay nearby"),
        ("A-level results open doors", "A-level results open doors"),
        ("I learned it here", "I learned it here"),
        ("Pupils' own voices count", "pupils' own voices count"),
        ("Newcastle schools take part", None),
        ("They read. They enjoy it", None),
        ("Does it really work?", None),
        ("Through practice and patience", None),
        ("Regular practice", None),
        ("每个孩子 都能 读书", None),
    ],
)
def test_a_first_word_loses_its_capital_only_where_it_is_no_name(text: str, said: str | None) -> None:
    assert clause(text) == said


def test_a_word_that_the_theory_writes_small_is_no_name() -> None:
    assert clause("Gardens calm people down", {"garden"}) == "gardens calm people down"


def test_titles_and_sentences_end_as_they_should() -> None:
    assert [quoted("Reading."), quoted("Why read?"), quoted("The “big” read")] == [
        "“Reading”",
        "“Why read?”",
        "‘The “big” read’",
    ]
    assert [sentence("Read"), sentence("Read!"), sentence("读书。")] == ["Read.", "Read!", "读书。"]


# Who works together


def together(raw: str) -> list[str]:
    """The paragraphs about the partners."""
    told = toc.loads(f"toc: 1\ntitle: T\ngoal: G\n{raw}").narrative()
    return told.partition("Who works together\n\n")[2].split("\n\n")


def test_what_is_stated_of_partners_is_told_and_nothing_else() -> None:
    assert together("""
partners:
  home: {title: Grammar school, sector: independent, since: 2019}
  state: {title: St Mary’s, organisations: 3, brings: send-inclusion}
  silent: The library
partnership: {home: home}
activities:
  clubs: {title: Clubs, exchange: {home: {gives: facilities}, state: {gains: provision}}, only_together: None has a room}
  visits: {title: Visits, reciprocates: {clubs: They taught us}}
""") == [
        "“Grammar school” (the home partner; sector: independent; since: 2019) gives facilities through “Clubs”; it gains nothing that is named.",
        "“St Mary’s” (stands for: 3 organisations) give special needs and inclusion; they gain provision through “Clubs”.",
        "“Visits” is done in return for “Clubs”: They taught us. Only together, “Clubs”: None has a room.",
    ]  # fmt: skip


def test_the_footing_is_told_in_the_words_of_the_file_with_its_reasons() -> None:
    (told,) = together("""
partners: {a: A, b: B}
partnership:
  since: 2021-09-01
  type: alliance
  aim: {value: broad, because: Sixty projects}
  funding: {outside: true}
  decisions: Heads decide together
  agreed_by: {a: 2026-09-01, b: null}
  review: yearly
""")
    assert told == (
        "The partnership began on 1 September 2021. It calls itself type 3, alliance. What is stated of the partnership: aim "
        "(broad): Sixty projects; funding outside (yes). How decisions are made: Heads decide together. Signed up to this "
        "theory: “A” on 1 September 2026 and “B”. How often it is reviewed: yearly."
    )


def test_partners_that_are_only_named_are_no_part_of_their_own() -> None:
    assert together("partners: {a: A}\nactivities: {x: {title: X, partners: a}}") == [""]

"""Whether it is mutual: what the rules on the partnership say, and when they are silent."""

from __future__ import annotations

from datetime import date
from typing import Any

import toc
from checks.finding import found
from partnership.test_profile import YORK_SAYS, theory

RGS = toc.example("rgs-newcastle")


def codes(given: toc.TheoryOfChange | str) -> list[tuple[str, tuple[str, ...]]]:
    """The findings of the rules on the partnership, with their nodes."""
    return [(one.code, one.nodes) for one in found(given, "TOC20", profile="plan", day=date(2026, 9, 1))]


def test_rgs_is_told_of_one_partner_alone() -> None:
    (finding,) = found(RGS, "TOC20", profile="plan")
    assert (finding.code, finding.path, str(finding.severity)) == (
        "TOC204",
        ("partners", "partner-secondaries"),
        "advice",
    )
    assert finding.message == "“Partner secondary schools” gain something, and nothing is named that they give"
    assert finding.fix == (
        "write `brings:` under `partner-secondaries`, or `gives:` for it in the `exchange:` of an activity; knowledge and "
        "time count too"
    )


def test_what_answers_is_taken_away_step_by_step() -> None:
    rest = [("TOC204", ())]
    alone = RGS.edit("zones-visits", reciprocates={}, impact=None)
    assert codes(alone) == rest
    left = alone.edit("reading-volunteers", impact=None)
    assert codes(left) == [("TOC202", ("coding-clubs",)), *rest]
    both = left.edit("sport", impact={"internal": "low", "external": "high"})
    assert codes(both) == [("TOC201", ("coding-clubs", "sport")), *rest]
    (finding,) = found(both, "TOC201")
    assert finding.message == (
        "in both activities that are rated, little comes back to “Royal Grammar School Newcastle”"
    )


def test_it_is_told_which_side_has_little() -> None:
    low = {"impact": {"internal": "high", "external": "low"}}
    inward = RGS
    for id in RGS.activities:
        inward = inward.edit(id, impact=None, reciprocates={})
    for id in ("sport", "art-community", "careers-fair"):
        inward = inward.edit(id, **low)
    (finding,) = found(inward, "TOC201")
    assert finding.message == "in all 3 activities that are rated, little comes back to the other partners"


def test_an_answer_that_is_low_for_the_same_side_is_told_once() -> None:
    text = """
activities:
  clubs: {title: Clubs, reciprocates: play, impact: {internal: low, external: high}}
  play: {title: Play, reciprocates: clubs, impact: {internal: low, external: medium}}
"""
    (finding,) = found(text, "TOC203")
    assert finding.path == ("activities", "clubs", "reciprocates", "play")
    assert "both are rated low for our side" in finding.message
    assert found(text.replace("internal: low, external: medium", "external: medium"), "TOC203") == ()


def test_a_partner_of_which_nothing_is_said_is_left_alone_and_one_is_called_it() -> None:
    (finding,) = found("partners: {a: A, b: {title: B, brings: venue}}", "TOC204")
    assert finding.message == "“B” gives something, and nothing is named that it gains"
    assert finding.fix.startswith("write `receives:` under `b`, or `gains:` for it in the `exchange:`")


def test_what_a_partner_gives_in_one_activity_counts_for_the_whole_file() -> None:
    given = RGS.edit("sport", exchange={"partner-secondaries": {"gives": "pupil-numbers"}})
    assert codes(given) == []


def test_a_silence_may_name_the_partner_and_holds_for_no_other() -> None:
    text = """
partners: {a: {title: A, brings: venue}, b: {title: B, brings: venue}}
settings: {checks: {silence: [{code: TOC204, partner: a, reason: They know why}]}}
"""
    assert [one.path for one in found(text, "TOC204")] == [("partners", "b")]
    unused = text.replace("a: {title: A, brings: venue}", "a: A")
    (finding,) = [one for one in found(unused) if one.code == "TOC169"]
    assert "the silence of TOC204 for a silences nothing" in finding.message


def test_york_declared_as_a_connection_gives_one_finding_with_every_fact_that_is_unlike() -> None:
    (finding,) = found(theory({**YORK_SAYS, "type": 1}, schools=13), "TOC205")
    assert finding.message == (
        "declared as type 1, connection, but aim (broad) fits type 3, funding paid by (all) types 3 and 4, funding outside "
        "(yes) types 3 and 4, resourcing (equitable) type 3, coordinator (joint) type 3, agreement (written) types 2 and 3, "
        "governance (steering) type 3, heads (strategic) types 3 and 4, trust (high) types 3 and 4, power (even) types 3 and 4, "
        "leadership (joint) types 3 and 4 and communication (open) types 3 and 4"
    )
    assert found(theory(YORK_SAYS, schools=13), "TOC205") == ()


def test_trust_is_asked_for_from_the_third_type_on_declared_or_found() -> None:
    def told(**facts: Any) -> list[str]:
        return [one.message for one in found(theory(facts), "TOC206")]

    assert told(type=2, trust="motives") == []
    assert told(type=4, trust="high", power="even") == []
    assert told(type=4) == []
    assert told(type="alliance", power="lead") == [
        "it is declared as type 3, alliance, for which the guide expects high trust and even power, and says power (lead)"
    ]
    mostly = told(aim="broad", leadership="joint", communication="open", trust="activities", power="mostly-lead")
    assert mostly[0].startswith("it mostly fits type 3, alliance, for which")
    assert mostly[0].endswith("and says trust (activities) and power (mostly-lead)")


def test_a_file_without_the_new_keys_is_told_nothing() -> None:
    for name in ("large-programme", "small-charity"):
        assert found(toc.example(name), "TOC20", profile="funder") == ()

"""The theories that come with the library, and the small programs that use it."""

from __future__ import annotations

import os
import runpy
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import toc
from toc import examples
from toc.checks import Finding
from toc.model import Theory
from toc.model.types import Profile

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 12, 1)  # when what has been read so far has been read
YEARS_LATER = date(2040, 1, 1)
SIZES = {"rgs-newcastle": (15, 70), "small-charity": (8, 8), "large-programme": (120, 200)}


def test_the_names_are_those_of_the_files() -> None:
    shipped = {path.stem for path in (ROOT / "src/toc/examples").glob("*.yaml")}
    assert set(examples.NAMES) == shipped == SIZES.keys()


@pytest.mark.parametrize("name", examples.NAMES)
def test_every_example_is_a_theory_of_the_size_it_is_meant_to_be(name: str) -> None:
    theory = toc.example(name)
    assert type(theory) is toc.TheoryOfChange
    low, high = SIZES[name]
    assert low <= len(theory.nodes) <= high
    assert toc.loads(examples.text(name)) == theory


def test_an_example_can_be_read_into_a_type_of_one_s_own() -> None:
    class Ours(Theory):
        pass

    assert type(examples.example("small-charity", into=Ours)) is Ours


@pytest.mark.parametrize(("name", "nearest"), [("rgs-newcastel", "rgs-newcastle"), ("../errors", None), ("", None)])
def test_an_unknown_example_is_refused_with_the_names_there_are(name: str, nearest: str | None) -> None:
    with pytest.raises(toc.OptionError, match="rgs-newcastle, small-charity, large-programme") as caught:
        toc.example(name)
    assert ("did you mean" in str(caught.value)) is (nearest is not None)


@pytest.mark.parametrize("name", examples.NAMES)
def test_the_folder_of_examples_describes_every_one(name: str) -> None:
    assert f"`{name}.yaml`" in (ROOT / "examples/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("program", "makes"),
    [
        ("reading_partners.py", ["reading-partners.svg", "reading-partners.yaml"]),
        ("draw_rgs.py", ["rgs.pdf", "rgs.png", "rgs.svg"]),
        ("what_if.py", ["what-if.md", "what-if.svg"]),
    ],
)
def test_every_program_runs_and_makes_what_it_says(
    program: str, makes: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    runpy.run_path(os.fspath(ROOT / "examples" / program), run_name="__main__")
    assert sorted(path.name for path in tmp_path.iterdir()) == makes
    assert all(path.stat().st_size for path in tmp_path.iterdir())


def test_the_program_that_builds_a_theory_says_what_its_code_shows() -> None:
    theory = runpy.run_path(os.fspath(ROOT / "examples/reading_partners.py"))["theory"]
    (activity,) = theory.activities
    assert [*theory.paths(activity)] == [(activity, *theory.outcomes, "goal")]
    assert [kpi.unit for kpi in theory.kpis_of(next(iter(theory.outcomes)))] == ["months"]


@pytest.mark.parametrize("name", examples.NAMES)
def test_every_example_gives_advice_at_most_in_its_own_profile(name: str) -> None:
    found = toc.example(name).check(today=TODAY)
    assert [*found.errors, *found.warnings] == []


@pytest.mark.parametrize("name", examples.NAMES)
def test_time_alone_adds_one_reminder_of_the_review_and_of_what_else_has_a_day(name: str) -> None:
    theory = toc.example(name)
    before, after = ([*theory.check(today=today)] for today in (TODAY, YEARS_LATER))
    added = [finding for finding in after if finding not in before]
    names = [finding.name for finding in added]
    assert names.count("overdue-review") == 1
    assert set(names) <= {
        "overdue-review",
        "overdue-assumption-test",
        "ended-unread",
        "unread-target",
        "overdue-next-step",
    }
    assert {finding.name for finding in added if finding.severity != "advice"} == {"unread-target"}
    assert {finding.name for finding in before if finding not in after} <= {"stale-kpi"}


@pytest.mark.parametrize("profile", ["sketch", "plan", "funder"])
def test_a_failing_assumption_is_answered_for_and_stays_failing(profile: Profile) -> None:
    theory = toc.example("large-programme")
    (answer,) = theory.settings.checks.silence
    (link,) = theory.activities["a-level-bridge"].leads_to.values()
    assert [assumption.status for assumption in link.assumptions] == ["failing"]
    assert (answer.code, answer.node) == ("TOC132", "a-level-bridge")
    found = theory.check(profile=profile, today=TODAY, select=["TOC132", "TOC169"])
    assert [*found] == []
    checks = theory.settings.checks.evolve(silence=())
    unanswered = theory.evolve(settings=theory.settings.evolve(checks=checks))
    (finding,) = unanswered.check(profile=profile, today=TODAY, select=["TOC132"])
    assert finding.nodes[0] == "a-level-bridge"


def named(found: Iterable[Finding], name: str) -> list[Finding]:
    return [finding for finding in found if finding.name == name]


def test_what_is_found_in_the_worked_example_is_true_of_it() -> None:
    theory = toc.example("rgs-newcastle")
    found = theory.check(profile="funder", today=TODAY)
    links = {(link.source, link.target): link for link in theory.links}
    assumptions = [assumption for link in theory.links for assumption in link.assumptions]

    bare = {ends for ends, link in links.items() if link.because and not link.assumptions}
    assert {ends for finding in named(found, "link-without-assumption") for ends in finding.links} == bare

    untestable = [known.text for known in assumptions if not (known.test and known.owner and known.by)]
    told = [finding.message for finding in named(found, "incomplete-assumption")]
    assert len(told) == len(untestable)
    assert all(any(text in message for message in told) for text in untestable)

    for finding in named(found, "weak-only-way"):
        (ends,) = finding.links
        assert links[ends].confidence == 0.25
        ways = [[*pairwise(way)] for way in theory.paths(finding.nodes[0])]
        assert ways
        assert all(ends in way for way in ways)

    open_kpis = {id for id, kpi in theory.kpis.items() if None in (kpi.baseline, kpi.source, kpi.owner, kpi.unit)}
    assert {finding.nodes[0] for finding in named(found, "incomplete-kpi")} == open_kpis

    bare_shares = {id for id, kpi in theory.kpis.items() if (kpi.unit or "").startswith("%") and kpi.readings}
    assert {finding.nodes[0] for finding in named(found, "percentage-without-base")} == bare_shares

    whole = {id for id, kpi in theory.kpis.items() if kpi.breakdowns and not any(one.where for one in kpi.readings)}
    read = {id for id in whole if theory.kpis[id].readings}
    assert {finding.nodes[0] for finding in named(found, "missing-breakdown")} == read

    why = {one.kpi: one.why for one in theory.progress(today=TODAY)}
    assert {finding.nodes[0] for finding in named(found, "stale-kpi")} == {
        id for id, one in why.items() if one in {"no-reading", "stale"}
    }

    dealt = [each for one in theory.activities.values() for each in one.exchange.items()]
    gives = {id for id, one in theory.partners.items() if one.brings} | {id for id, one in dealt if one.gives}
    gains = {id for id, one in theory.partners.items() if one.receives} | {id for id, one in dealt if one.gains}
    assert {finding.path[1] for finding in named(found, "one-way-partner")} == gives ^ gains

    first = {}
    for id, activity in theory.activities.items():
        kpis = [theory.kpis[one.kpi] for one in theory.guidance(id).kpi_fit.kpis]
        days = [kpi.baseline.date for kpi in kpis if kpi.baseline and kpi.baseline.date]
        if activity.starts and activity.starts <= TODAY and days and min(days) > activity.starts:
            first[id] = min(days)
    assert {finding.nodes[0] for finding in named(found, "measured-too-late")} == {*first}

    footing = theory.partnership
    assert (footing.agreement, footing.coordinator) == (None, None)
    assert footing.governance
    assert footing.governance.value == "informal"

    known = {"link-without-assumption", "incomplete-assumption", "weak-only-way", "incomplete-kpi", "measured-too-late"}
    assert {finding.name for finding in found} == {
        *known, "percentage-without-base", "missing-breakdown", "stale-kpi", "no-infrastructure", "one-way-partner"
    }  # fmt: skip


@pytest.mark.parametrize("profile", ["sketch", "plan", "funder"])
def test_the_theory_of_the_guide_leaves_no_question_open(profile: Profile) -> None:
    theory = toc.load(ROOT / "examples" / "swimming.yaml")
    assert [*theory.check(profile=profile, today=TODAY)] == []

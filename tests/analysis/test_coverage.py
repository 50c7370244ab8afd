"""What is measured where: counted once, under the right pillar, level and target group."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import theories, tries
from toc.analysis.coverage.coverage import GroupRow, PillarRow

SNAPSHOTS = Path(__file__).parent / "snapshots"
EXAMPLES = ("rgs-newcastle", "small-charity", "large-programme")


def charity(kpis: str, *, groups: bool = True, more: str = "") -> toc.TheoryOfChange:
    context = (
        "context: {target_groups: {poor: {title: Poor pupils, disadvantaged: true}, all: All pupils, staff: Staff}}"
    )
    return toc.loads(
        f"""
        toc: 1
        title: A charity
        {context if groups else ""}
        {more}
        goal: Every child learns more
        pillars: {{read: {{title: Reading, leads_to: goal}}, play: {{title: Play, leads_to: goal}}}}
        outcomes:
          catch-up: {{title: They catch up, leads_to: read{", target_group: [poor, all]" if groups else ""}}}
          enjoy: {{title: They enjoy it, leads_to: read}}
          join: {{title: They join in, leads_to: play{", target_group: all" if groups else ""}}}
        kpis: {{{kpis}}}
        """
    )


def test_a_kpi_counts_once_in_its_pillar_at_its_level() -> None:
    found = charity(
        "age: {title: Age, measures: [catch-up, enjoy], level: learning}, "
        "both: {title: Both, measures: [catch-up, join], level: feedback}, "
        "heads: {title: Heads, measures: join, level: participation}"
    ).coverage()
    assert [(row.pillar, row.counts, row.kpis) for row in found.pillars] == [
        ("read", (0, 0, 1, 1, 0), ("age", "both")),
        ("play", (1, 0, 1, 0, 0), ("both", "heads")),
    ]
    assert [(row.outcomes, row.measured) for row in found.pillars] == [(2, 2), (1, 1)]


def test_a_kpi_is_about_its_own_groups_or_those_of_what_it_measures() -> None:
    found = charity(
        "age: {title: Age, measures: catch-up, level: learning}, "
        "own: {title: Own, measures: catch-up, level: learning, target_group: staff}, "
        "none: {title: None, measures: enjoy, level: feedback}"
    ).coverage()
    assert [(row.pillar, row.group, row.named, row.kpis) for row in found.groups] == [
        ("read", "poor", True, ("age",)),
        ("read", "all", True, ("age",)),
        ("read", "staff", False, ("own",)),
        ("read", None, False, ("none",)),
        ("play", "all", True, ()),
    ]
    text = found.to_text(200)
    assert "Named in a pillar, but measured elsewhere only: “All pupils” in “Play”." in text
    assert "nobody named" in text


def test_where_nobody_measures_is_listed() -> None:
    found = charity("heads: {title: Heads, measures: catch-up, level: participation}").coverage()
    assert found.unmeasured_pillars == ("play",)
    assert found.unmeasured_groups == ("staff",)
    assert found.unmeasured_levels == ("engagement", "feedback", "learning", "attainment")
    text = found.to_text(200)
    assert "Nobody measures “Play”." in text
    assert "No KPI at all: “Play”." in text
    assert "Counted or asked for an opinion, but no learning or attainment: “Reading”." in text
    assert "Target groups that no KPI is about: “Staff”." in text


def test_a_kpi_outside_every_pillar_has_a_row_of_its_own() -> None:
    found = charity("top: {title: Top, measures: goal, level: attainment}").coverage()
    assert [(row.pillar, row.kpis) for row in found.pillars] == [("read", ()), ("play", ()), (None, ("top",))]
    assert "Outside every pillar" in found.to_text()


def test_a_kpi_without_a_level_is_named() -> None:
    found = charity("open: {title: Open, measures: join}").coverage()
    assert found.without_level == ("open",)
    assert found.pillars[1].unsaid == 1
    assert "KPIs without a level, so nobody can tell how deep they look: “Open”." in found.to_text(200)


def test_kpis_without_a_level_have_a_column_and_no_level_is_called_unmeasured() -> None:
    found = charity(
        "open: {title: Open, measures: [catch-up, enjoy]}, heads: {title: Heads, measures: join, level: participation}"
    ).coverage()
    assert found.unmeasured_levels == ()
    text = found.to_text()
    rows = [line.split() for line in text.splitlines() if line.startswith(("Pillar ", "Reading ", "Play "))]
    assert rows[:3] == [
        ["Pillar", "participation", "engagement", "feedback", "learning", "attainment", "no", "level"],
        ["Reading", "?", "?", "?", "?", "?", "1"],
        ["Play", "1", "–", "–", "–", "–", "–"],
    ]
    assert "nobody measures anything" not in text
    assert "? means that nobody can tell" in text
    every = charity("heads: {title: Heads, measures: join, level: participation}").coverage().to_text()
    assert "no level" not in every


def test_a_kpi_that_measures_an_outcome_and_its_pillar_counts_once_with_its_group() -> None:
    found = charity(
        "age: {title: Age, measures: [catch-up, read], level: learning}, "
        "wide: {title: Wide, measures: [join, enjoy], level: feedback}, "
        "top: {title: Top, measures: [join, goal], level: attainment}"
    ).coverage()
    assert [(row.pillar, row.group, row.kpis) for row in found.groups] == [
        ("read", "poor", ("age",)),
        ("read", "all", ("age", "wide")),
        ("play", "all", ("wide", "top")),
    ]
    assert [row.pillar for row in found.pillars] == ["read", "play"]
    assert "nobody named" not in found.to_text(200).replace("about nobody named", "")


@pytest.mark.parametrize(
    ("fields", "followed"),
    [
        ("", False),
        ("target_group: poor", True),
        ("target_group: all", False),
        ("breakdowns: [Poor  PUPILS]", True),
        ("breakdowns: [by disadvantage]", True),
        ("breakdowns: [school]", False),
        ("readings: [{date: 2026-01-01, value: 1, where: {group: poor}}]", True),
        ("readings: [{date: 2026-01-01, value: 1, where: {Disadvantaged: yes please}}]", True),
    ],
)
def test_a_figure_tells_of_the_disadvantaged_by_group_breakdown_or_reading(fields: str, followed: bool) -> None:
    parts = ", ".join(filter(None, ("title: Age, measures: catch-up, level: learning", fields)))
    found = charity(f"age: {{{parts}}}").coverage()
    assert found.pillars[0].aimed == ("catch-up",)
    assert found.pillars[0].followed == (("age",) if followed else ())
    assert ("In 2 pillars no figure tells of the disadvantaged" in found.to_text(200)) != followed


def test_a_figure_of_what_is_meant_for_the_disadvantaged_alone_tells_of_them() -> None:
    theory = charity("fun: {title: Fun, measures: enjoy, level: feedback}")
    assert theory.coverage().pillars[0].followed == ()
    assert theory.edit("enjoy", target_group="poor").coverage().pillars[0].followed == ("fun",)
    both = theory.edit("enjoy", target_group=["poor", "all"])
    assert both.coverage().pillars[0].followed == ()
    assert (
        theory.edit("enjoy", target_group="poor").edit("fun", target_group="all").coverage().pillars[0].followed == ()
    )


def test_a_theory_that_marks_no_group_as_disadvantaged_is_told_so() -> None:
    text = charity("age: {title: Age, measures: catch-up}", groups=False).coverage().to_text(200)
    assert "No target group is marked as disadvantaged." in text
    assert "No target group says `disadvantaged: true`" in text


def test_a_theory_without_pillars_or_kpis_is_told_that_there_are_none() -> None:
    text = toc.loads("{toc: 1, title: T, goal: G}").coverage().to_text()
    assert "0 KPIs for 0 pillars." in text


def test_the_organisation_s_own_words_are_used() -> None:
    words = "settings: {vocabulary: {pillar: Strand, kpi: Measure, outcome: Change}}"
    found = charity("age: {title: Age, measures: catch-up, level: learning}", more=words).coverage()
    text = found.to_text(200)
    assert "1 measure for 2 strands." in text
    assert "1 of 2 changes measured" in text
    for word in ("KPI", "pillar", "outcome"):
        assert word not in text
    assert found.to_csv().startswith(
        "\ufeffPillar,Target group,Participation,Engagement,Feedback,Learning,Attainment,No level,KPIs"
    )


def test_the_csv_opens_without_running_anything() -> None:
    theory = charity("age: {title: '=1+1', measures: catch-up, level: learning}")
    rows = list(csv.DictReader(io.StringIO(theory.coverage().to_csv().removeprefix("\ufeff"))))
    assert [(row["Target group"], row["Learning"], row["KPIs"]) for row in rows] == [
        ("Poor pupils", "1", "'=1+1"),
        ("All pupils", "1", "'=1+1"),
        ("All pupils", "0", ""),
    ]


def test_markdown_and_html_are_escaped() -> None:
    theory = charity("age: {title: Age, measures: catch-up}").edit("read", title="<b>Reading</b> | writing")
    found = theory.coverage()
    assert "&lt;b&gt;Reading" in found._repr_html_()
    assert "<b>" not in found.to_html().split("</style>")[-1]
    assert r"\<b\>Reading\</b\> \| writing" in found.to_markdown()


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_coverage_of_an_example_reads_as_it_was_agreed(name: str) -> None:
    """Read the new page, then run with TOC_UPDATE_SNAPSHOTS=1 to agree."""
    page = toc.example(name).coverage().to_markdown()
    agreed = SNAPSHOTS / f"{name}-coverage.md"
    if os.environ.get("TOC_UPDATE_SNAPSHOTS"):
        agreed.parent.mkdir(exist_ok=True)
        agreed.write_text(page, encoding="utf-8", newline="\n")
    assert page == agreed.read_text(encoding="utf-8")


@tries(60)
@given(theories(), st.integers(40, 120))
def test_whatever_a_theory_holds_its_coverage_adds_up_and_can_be_shown(theory: toc.TheoryOfChange, width: int) -> None:
    from toc.pages.plain_text import columns

    found = theory.coverage()
    assert {id for row in found.pillars for id in row.kpis} == set(theory.kpis)
    assert {id for row in found.groups for id in row.kpis} == set(theory.kpis)
    rows: list[PillarRow | GroupRow] = [*found.pillars, *found.groups]
    for row in rows:
        assert sum(row.counts) + row.unsaid == len(row.kpis)
    for pillar in found.pillars:
        own = [row for row in found.groups if row.pillar == pillar.pillar]
        assert set(pillar.kpis) == {id for row in own for id in row.kpis}
        assert pillar.measured <= pillar.outcomes
        named = {id for id in pillar.kpis for node in theory.kpis[id].measures if theory.nodes[node].target_group}
        named |= {id for id in pillar.kpis if theory.kpis[id].target_group}
        nobody = {id for row in own if row.group is None for id in row.kpis}
        assert nobody == set(pillar.kpis) - named
    assert max(columns(line) for line in found.to_text(width).splitlines()) <= width
    assert found.to_markdown()
    assert found.to_html()
    assert len(found.to_csv().splitlines()) > len(found.groups)
    assert len(found.to_pandas()) == len(found.groups)
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False)) == found.to_dict()
    assert repr(found)

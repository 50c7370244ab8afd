"""Whatever a valid theory holds, guidance and plan answer, and what they answer holds together."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import theories, tries
from toc.guidance import Fit

LADDER = ("participation", "engagement", "feedback", "learning", "attainment")
DENIALS = ("not what came of it", "not the effect", "nothing says that it changes them")


@tries(80)
@given(theories())
def test_guidance_never_fails_and_holds_together(theory: toc.TheoryOfChange) -> None:
    table = theory.guidance()
    assert [found.activity for found in table] == list(theory.activities)
    for found in table:
        assert found.sources
        assert found.do_not_claim
        assert found.reasons
        assert 2 <= len(found.suggested_kpis) <= 4
        assert (
            (found.approach is None) == (theory.activities[found.activity].certainty is None) == bool(found.questions)
        )
        if found.minimum_level and found.maximum_level:
            assert LADDER.index(found.minimum_level) <= LADDER.index(found.maximum_level)
        assert (found.kpi_fit.fit is Fit.FITS) <= (found.kpi_fit.depth is found.kpi_fit.design is Fit.FITS)
        assert found.approach != "redesign" or found.kpi_fit.fit is not Fit.FITS
        assert (found.kpi_fit.change is None) == (found.kpi_fit.fit is Fit.FITS or found.approach is None)
    assert json.loads(json.dumps(table.to_dict(), allow_nan=False)) == table.to_dict()
    assert sum(table.summary.by_approach.values()) == sum(table.summary.by_fit.values()) == len(table)


@tries(60)
@given(theories())
def test_a_plan_never_fails_and_its_numbers_add_up(theory: toc.TheoryOfChange) -> None:
    plan = theory.measurement_plan()
    assert [row.kpi for row in plan if not row.missing] == list(theory.kpis)
    below = [found.activity for found in theory.guidance() if found.kpi_fit.fit is Fit.BELOW]
    assert set(below) <= {row.activities[0] for row in plan if row.missing}
    summary = plan.summary
    assert summary.unknown == sum(len(row.blanks) for row in plan) <= summary.cells
    assert all(words for row in plan for words in row.blanks.values())
    assert sum(one.kpis for one in summary.collectors) == summary.kpis == len(theory.kpis)
    assert 0 <= summary.hours_share <= 1
    assert json.loads(json.dumps(plan.to_dict(), allow_nan=False)) == plan.to_dict()


@tries(30)
@given(theories(), st.integers(40, 120))
def test_every_form_of_guidance_and_plan_can_be_made(theory: toc.TheoryOfChange, width: int) -> None:
    from toc.pages.plain_text import columns

    shown: list[Any] = [theory.guidance(), theory.measurement_plan(), *theory.guidance()[:1]]
    for one in shown:
        assert max(columns(line) for line in one.to_text(width).splitlines()) <= width
        assert one.to_markdown().startswith("# ")
        assert one.to_html().count("<table>") == one.to_html().count("</table>")
        assert one._repr_html_()


@tries(40)
@given(theories(), st.data())
def test_suggested_kpis_can_be_written_into_any_theory(theory: toc.TheoryOfChange, data: st.DataObject) -> None:
    if not theory.activities:
        return
    id = data.draw(st.sampled_from(list(theory.activities)))
    added = theory.with_suggested_kpis(id)
    assert added.with_suggested_kpis(id) == added
    assert type(added).model_validate(added.model_dump(mode="json")) == added
    assert added.guidance(id).kpi_fit.fit is not Fit.BELOW


@tries(80)
@given(theories())
def test_no_claim_that_is_warned_of_contradicts_a_kpi_in_reach(theory: toc.TheoryOfChange) -> None:
    for found in theory.guidance():
        said = " ".join(found.do_not_claim)
        if any(kpi.design == "comparison" for kpi in found.kpi_fit.kpis):
            assert "nobody comparable" not in said
        if any(kpi.level in {"learning", "attainment", "practice"} for kpi in found.kpi_fit.kpis):
            assert not any(denial in said for denial in DENIALS)


@tries(80)
@given(theories())
def test_a_change_that_is_proposed_is_never_another_label(theory: toc.TheoryOfChange) -> None:
    for found in theory.guidance():
        changes = [found.kpi_fit.change, *(kpi.change for kpi in found.kpi_fit.kpis if kpi.level)]
        assert not any("`design:" in change for change in changes if change)
        if all(kpi.level for kpi in found.kpi_fit.kpis):
            assert not any("`level:" in change for change in changes if change)


@tries(80)
@given(theories(), st.data())
def test_an_unmeasured_outcome_on_a_way_never_worsens_the_advice(
    theory: toc.TheoryOfChange, data: st.DataObject
) -> None:
    ways = [
        link
        for link in theory.links
        if not link.feedback
        and link.source not in theory.pillars
        and link.target not in {*theory.activities, *theory.outputs}
    ]
    if not ways:
        return
    link = data.draw(st.sampled_from(ways))
    longer = _through_another_outcome(theory, link)
    for before, after in zip(theory.guidance(), longer.guidance(), strict=True):
        assert (before.approach, before.kpi_fit.fit) == (after.approach, after.kpi_fit.fit)
        assert (before.kpi_fit.depth, before.kpi_fit.design) == (after.kpi_fit.depth, after.kpi_fit.design)
        assert [kpi.kpi for kpi in before.kpi_fit.kpis] == [kpi.kpi for kpi in after.kpi_fit.kpis] or (
            {kpi.kpi for kpi in before.kpi_fit.kpis} == {kpi.kpi for kpi in after.kpi_fit.kpis}
        )
        assert all(
            "nobody comparable" in " ".join(before.do_not_claim)
            for claim in after.do_not_claim
            if "nobody comp" in claim
        )


def _through_another_outcome(theory: toc.TheoryOfChange, link: Any) -> toc.TheoryOfChange:
    """The theory with an outcome in the middle of a link, which keeps its evidence at its beginning."""
    between = toc.Outcome(id="in-between", title="In between", leads_to={link.target: {"sign": link.sign}})
    links = {
        ("in-between" if target == link.target else target): one.contents() | {"source": None, "target": None}
        for target, one in theory.nodes[link.source].leads_to.items()  # type: ignore[attr-defined]
    }
    plain = {
        target: {key: value for key, value in one.items() if key not in {"source", "target"}}
        | ({"sign": "+"} if target == "in-between" else {})
        for target, one in links.items()
    }
    return theory.with_node(between).edit(link.source, leads_to=plain)

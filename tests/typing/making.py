"""Sketching, editing and extending a theory, as users write it. Nothing here is run: `make check-types-user` reads it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, assert_type

import toc
from toc.builder import Handle, Step, Steps
from toc.editing import changed

if TYPE_CHECKING:
    import networkx as nx


def sketching() -> None:
    with toc.sketch("Reading partners") as t:
        assert_type(t, toc.Sketch)
        goal = t.goal("Every child reads")
        readers = t.outcome("Young readers catch up", pillar=t.pillar("Literacy"))
        support = t.activity("Weekly one-to-one reading", certainty="high", participation=100)
        assert_type(support >> readers, Step)
        assert_type(support >> [readers, goal], Steps)
        assert_type([support] >> readers, Step)
        assert_type(support.leads_to(readers, because="practice"), Step)
        assert_type(t.kpi("Reading-age gain", measures=readers), Handle)
        assert_type(t.target_group("Year 9"), str)
    assert_type(t.theory, toc.TheoryOfChange)


def editing(theory: toc.TheoryOfChange) -> None:
    assert_type(theory.edit("clubs", title="Reading clubs"), toc.TheoryOfChange)
    assert_type(theory.evolve(title="Reading"), toc.TheoryOfChange)
    assert_type(theory.with_node(toc.Outcome(id="calm", title="Children are calm")), toc.TheoryOfChange)
    assert_type(theory.with_link("clubs", "calm", because="it is quiet"), toc.TheoryOfChange)
    assert_type(theory.edit_link("clubs", "calm", confidence="high"), toc.TheoryOfChange)
    assert_type(theory.recast("clubs", "output", drop=True).without_link("clubs", "calm"), toc.TheoryOfChange)
    assert_type(theory.dumps("yaml", over="toc: 1", force=True), str)
    assert_type(toc.merge(None, theory, theory), toc.Merged[toc.TheoryOfChange])
    assert_type(changed("toc: 1", [{"op": "fix"}], see=["picture"]), dict[str, Any])
    assert_type(theory.moved("clubs", after="calm").moved("calm", before="clubs"), toc.TheoryOfChange)
    assert_type(theory.without("clubs"), toc.TheoryOfChange)
    assert_type(theory.renamed("clubs", "reading-clubs"), toc.TheoryOfChange)
    assert_type(theory.with_suggested_kpis("clubs"), toc.TheoryOfChange)


def recording(theory: toc.TheoryOfChange) -> None:
    where = {"group": "disadvantaged"}
    assert_type(theory.with_reading("age", 13, date="2027-07-15", where=where, n=34), toc.TheoryOfChange)
    assert_type(
        theory.with_reading("age", 13.5, date=date(2027, 7, 15), note="One class", replace=True), toc.TheoryOfChange
    )
    assert_type(theory.with_readings("term.xlsx", dates="day-first"), toc.TheoryOfChange)
    assert_type(theory.with_readings(theory.to_pandas("readings"), today=date(2027, 9, 1)), toc.TheoryOfChange)
    assert_type(theory.with_readings([{"kpi": "age", "date": "2027-07-15", "value": 13}]), toc.TheoryOfChange)
    assert_type(toc.from_pandas(title="Reading", nodes=theory.to_pandas(), partners=[]), toc.TheoryOfChange)


class Ours(toc.TheoryOfChange):
    """A theory with a method of the user's own."""

    def busiest(self) -> str:
        return max(self.activities, key=self.count_paths)


def extending(ours: Ours, graph: nx.DiGraph[str]) -> None:
    assert_type(ours.edit("clubs", title="Reading clubs"), Ours)
    assert_type(ours.without("clubs").renamed("a", "b"), Ours)
    assert_type(ours.with_suggested_kpis("clubs"), Ours)
    assert_type(Ours.from_networkx(graph), Ours)
    assert_type(toc.TheoryOfChange.from_networkx(graph), toc.TheoryOfChange)
    assert_type(Ours.model_validate({"toc": 1}), Ours)
    assert_type(ours.edit("clubs", title="Clubs").busiest(), str)

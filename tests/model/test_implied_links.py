"""A pillar that does not say where it leads leads to every goal, and costs nothing more for it."""

from __future__ import annotations

import copy
import pickle
import tracemalloc
from datetime import date
from typing import Any

import pytest
from hypothesis import given

import toc
from strategies import theories, tries

TODAY = date(2026, 9, 1)


def wide(number: int) -> dict[str, Any]:
    """So many pillars and as many goals, of which no pillar says anything."""
    return {
        "toc": 1,
        "title": "Wide",
        "goals": {f"g{place}": "Goal" for place in range(number)},
        "pillars": {f"p{place}": "Pillar" for place in range(number)},
    }


def read(raw: dict[str, Any]) -> toc.TheoryOfChange:
    return toc.TheoryOfChange.model_validate(raw)


def said(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The same theory with every link written out."""
    pillars = {id: pillar.evolve(leads_to=pillar.leads_to) for id, pillar in theory.pillars.items()}
    return theory.evolve(pillars=pillars)


def test_links_that_go_without_saying_are_those_that_would_be_written() -> None:
    theory = read(wide(3))
    assert said(theory) == theory
    assert hash(said(theory)) == hash(theory)
    assert said(theory).links == theory.links == tuple(theory.links)
    assert [(link.source, link.target) for link in theory.links[2:4]] == [("p0", "g2"), ("p1", "g0")]
    assert (theory.links[-1].source, len(theory.links)) == ("p2", 9)
    assert theory.pillars["p1"].leads_to["g2"] == theory.links[5]


def test_a_pillar_that_says_less_is_another() -> None:
    theory = read(wide(3))
    other = theory.edit("p1", leads_to=["g0", "g1"])
    assert theory != other
    assert theory.pillars["p1"] != other.pillars["p1"]
    assert theory == other.edit("p1", leads_to=["g2", "g1", "g0"])


def test_what_is_unsaid_stays_unsaid() -> None:
    theory = read(wide(2))
    assert theory.model_dump()["pillars"]["p0"]["leads_to"] is None
    assert "leads_to" not in theory.dumps()
    assert dict(theory.pillars["p0"])["leads_to"] == theory.pillars["p0"].leads_to


def test_a_goal_that_comes_later_is_led_to_by_what_says_nothing() -> None:
    theory = read(wide(2)).edit("p1", leads_to="g0").with_node(toc.Goal(id="late", title="Late"))
    assert theory.causes("late") == ("p0",)
    assert theory.causes("g0") == ("p0", "p1")
    assert theory.renamed("late", "later").effects("p0") == ("g0", "g1", "later")
    assert theory.without("g1").effects("p0") == ("g0", "late")


def test_a_renamed_pillar_leads_on_under_its_new_name() -> None:
    theory = read(wide(2)).renamed("p0", "first")
    assert {link.source for link in theory.links} == {"first", "p1"}
    assert theory.compare(read(wide(2)).renamed("p0", "first")).is_empty


def test_causes_stand_in_the_order_of_the_file_whether_they_say_so_or_not() -> None:
    raw = wide(3) | {"outcomes": {"o": {"title": "Outcome", "leads_to": "g1"}}}
    raw["pillars"] |= {"p1": {"title": "Pillar", "leads_to": ["g1", "g2"]}}
    theory = read(raw)
    assert theory.causes("g1") == ("p0", "p1", "p2", "o")
    assert theory.causes("g0") == ("p0", "p2")
    assert theory.layers()[-1] == ("g0", "g1", "g2")


@tries(60)
@given(theories())
def test_everything_says_the_same_of_links_that_are_said_and_unsaid(theory: toc.TheoryOfChange) -> None:
    written = said(theory)
    assert written == theory
    assert hash(written) == hash(theory)
    assert written.links == theory.links
    assert copy.deepcopy(theory) == pickle.loads(pickle.dumps(theory)) == written
    assert written.layers() == theory.layers()
    assert all(written.causes(id) == theory.causes(id) for id in theory)
    assert all(written.count_paths(id) == theory.count_paths(id) for id in theory)
    assert list(written.check(today=TODAY)) == list(theory.check(today=TODAY))
    assert written.exposure().to_dict() == theory.exposure().to_dict()
    assert written.coverage().to_dict() == theory.coverage().to_dict()
    assert written.to_dot(view="layers") == theory.to_dot(view="layers")
    assert written.to_networkx().edges == theory.to_networkx().edges
    assert theory.compare(written).is_empty


@pytest.mark.parametrize(
    "use", ["loads", "check", "guidance", "plan", "coverage", "narrative", "outline", "dumps", "exposure"]
)
def test_memory_grows_with_the_file_and_not_with_its_square(use: str) -> None:
    def most(number: int) -> int:
        text = toc.TheoryOfChange.model_validate(wide(number)).dumps("json")
        tracemalloc.start()
        theory = toc.loads(text, format="json")
        USES[use](theory)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    USES[use](read(wide(2)))  # what is imported and kept is no matter of size
    assert most(800) < 3 * most(400)


USES: dict[str, Any] = {
    "loads": lambda theory: theory,
    "check": lambda theory: str(theory.check(today=TODAY)),
    "guidance": lambda theory: str(theory.guidance()),
    "plan": lambda theory: str(theory.measurement_plan()),
    "coverage": lambda theory: str(theory.coverage()),
    "narrative": lambda theory: theory.narrative(),
    "outline": lambda theory: theory.outline(),
    "dumps": lambda theory: theory.dumps() + theory.dumps("json"),
    "exposure": lambda theory: str(theory.exposure()),
}


def test_many_goals_are_told_as_every_goal() -> None:
    theory = read(wide(13))
    assert "If we make progress on the pillar “Pillar”, then we contribute to every goal." in theory.narrative()
    assert "13 pillars lead to every goal" in theory.outline()


def test_what_would_make_each_of_very_many_links_is_refused() -> None:
    theory = read(wide(101))
    for draw in (lambda: theory.to_svg(view="pillars"), lambda: theory.diagram("layers"), lambda: theory.to_html()):
        with pytest.raises(toc.DrawingError, match=r"101 pillars lead to each of 101 goals .* \(the limit `links`\)"):
            draw()
    for make in (lambda: theory.to_networkx(), lambda: theory.to_pandas("links")):
        with pytest.raises(toc.TheoryError, match="the limit `links`") as refused:
            make()
        assert refused.value.problems[0].code == "TOC004"
    assert len(read(wide(100)).to_networkx().edges) == 10_000


def test_comparing_theories_of_very_many_unsaid_links_is_cheap_or_refused() -> None:
    theory = read(wide(101))
    assert len(theory.compare(theory.without("g7")).links_removed) == 101
    raw = wide(101)
    raw["goals"] = {f"other-{id}": "Another goal" for id in raw["goals"]}
    with pytest.raises(toc.TheoryError, match="the limit `links`"):
        theory.compare(read(raw))

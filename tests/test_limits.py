"""How much a theory may take: what goes over is refused with the limit's name, and long lists are counted."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import toc
from toc import Limits

READING = "{toc: 1, title: Reading, goals: {a: A, b: B}, pillars: {p: {title: P, leads_to: [a, b]}}}"


def unknown(number: int) -> dict[str, Any]:
    return {
        "toc": 1,
        "title": "T",
        "goal": "G",
        "outcomes": {f"o{place}": {"title": "O", "leads_to": f"x{place}"} for place in range(number)},
    }


@pytest.mark.parametrize(
    ("limits", "name"),
    [({"bytes": 20}, "bytes"), ({"nodes": 2}, "nodes"), ({"links": 1}, "links"), ({"seconds": 1e-9}, "seconds")],
)
@pytest.mark.parametrize("format", ["yaml", "json"])
def test_what_goes_over_a_limit_is_refused_by_its_name(
    limits: dict[str, Any], name: str, format: Any, tmp_path: Path
) -> None:
    text = READING if format == "yaml" else toc.loads(READING).dumps("json")
    path = tmp_path / f"reading.{format}"
    path.write_text(text)
    ways: tuple[Callable[[], object], ...] = (
        lambda: toc.loads(text, format=format, limits=Limits(**limits)),
        lambda: toc.loads(text.encode(), format=format, limits=Limits(**limits)),
        lambda: toc.load(path, limits=Limits(**limits)),
    )
    for refused in ways:
        with pytest.raises(toc.TheoryError, match=f"the limit `{name}`") as raised:
            refused()
        assert [problem.code for problem in raised.value.problems] == ["TOC004"]
        assert raised.value.unreadable


def test_what_is_within_the_limits_is_read() -> None:
    limits = Limits(bytes=len(READING), nodes=3, links=2, problems=1, seconds=60)
    assert toc.loads(READING, limits=limits) == toc.loads(READING) == toc.loads(READING, limits=Limits.service())


def test_links_that_go_without_saying_do_not_count_when_a_file_is_read() -> None:
    assert len(toc.loads("{toc: 1, title: T, goals: {a: A, b: B}, pillars: {p: P}}", limits=Limits(links=1)).links) == 2


def test_limits_hold_for_one_call_alone() -> None:
    with pytest.raises(toc.TheoryError):
        toc.loads(READING, limits=Limits(nodes=1))
    assert len(toc.loads(READING)) == 3


def test_validation_is_held_to_limits_by_its_context() -> None:
    data = toc.loads(READING).model_dump(mode="json")
    assert toc.TheoryOfChange.model_validate(data, context={"limits": Limits.service()}) == toc.loads(READING)
    with pytest.raises(ValidationError, match="the limit `nodes`") as refused:
        toc.TheoryOfChange.model_validate(data, context={"limits": Limits(nodes=2)})
    assert [error["type"] for error in refused.value.errors()] == ["TOC004"]


@pytest.mark.parametrize(
    "draw",
    [
        lambda theory, limits: theory.to_dot(limits=limits),
        lambda theory, limits: theory.diagram("layers", limits=limits),
        lambda theory, limits: theory.describe(limits=limits),
        lambda theory, limits: theory.to_mermaid(view="pillars", limits=limits),
    ],
)
@pytest.mark.parametrize("name", ["nodes", "links", "seconds"])
def test_a_drawing_over_a_limit_is_refused_by_its_name(draw: Any, name: str) -> None:
    theory = toc.example("small-charity")  # drawn in time on a busy machine, too
    small: dict[str, Any] = {name: 1e-9 if name == "seconds" else 2}
    with pytest.raises(toc.DrawingError, match=f"the limit `{name}`"):
        draw(theory, Limits(**small))
    draw(theory, Limits.service())


def test_a_picture_in_a_file_is_held_to_limits(tmp_path: Path) -> None:
    with pytest.raises(toc.DrawingError, match="the limit `nodes`"):
        toc.example("rgs-newcastle").draw(tmp_path / "x.dot", limits=Limits(nodes=2))
    assert not (tmp_path / "x.dot").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"bytes": 0},
        {"nodes": -1},
        {"links": 1.5},
        {"problems": "3"},
        {"seconds": 0},
        {"seconds": True},
        {"seconds": float("nan")},
    ],
)
def test_a_limit_is_a_number_above_nothing(wrong: dict[str, Any]) -> None:
    with pytest.raises(toc.OptionError, match=f"the limit `{next(iter(wrong))}`"):
        Limits(**wrong)
    with pytest.raises(toc.OptionError, match=r"toc\.Limits"):
        toc.loads(READING, limits=wrong)  # type: ignore[call-overload]


def test_limits_are_values() -> None:
    assert Limits() == Limits(seconds=None)
    assert dataclasses.replace(Limits.service(), seconds=1).bytes == Limits.service().bytes
    with pytest.raises(dataclasses.FrozenInstanceError):
        Limits().bytes = 5  # type: ignore[misc]


# Long lists of problems


def test_problems_beyond_the_limit_are_counted() -> None:
    for limits, listed in ((Limits(problems=3), 3), (Limits(problems=100), 100)):
        with pytest.raises(toc.TheoryError) as refused:
            toc.loads(str(unknown(130)), limits=limits)
        *told, last = refused.value.problems
        assert [problem.code for problem in told] == ["TOC030"] * listed
        assert (last.code, last.message) == (
            "TOC021",
            f"and {130 - listed} more problems, not listed (the limit `problems`): mend these first",
        )


def test_validation_counts_problems_beyond_the_limit_of_its_context() -> None:
    with pytest.raises(ValidationError) as refused:
        toc.TheoryOfChange.model_validate(unknown(130), context={"limits": Limits(problems=3)})
    assert [error["type"] for error in refused.value.errors()] == ["TOC030"] * 3 + ["TOC021"]


def test_a_very_long_list_of_problems_is_cut_in_the_text_with_a_count() -> None:
    with pytest.raises(toc.TheoryError) as refused:
        toc.loads(str(unknown(700)))
    assert len(refused.value.problems) == 700
    assert str(refused.value).splitlines()[500:] == ["and 200 more, listed by `problems`"]


@pytest.mark.parametrize("kind", ["silences", "links", "measures", "partners"])
def test_what_was_meant_is_looked_for_fifty_times_at_most(kind: str) -> None:
    raw: dict[str, Any] = {"toc": 1, "title": "T", "goal": "G"}
    raw["outcomes"] = {
        f"outcome-{chr(97 + n // 26)}{chr(97 + n % 26)}": {"title": "O", "leads_to": "goal"} for n in range(120)
    }
    raw["partners"] = {f"partner-{id}": "P" for id in raw["outcomes"]}
    wrong = [id.replace("outcome", "outcom") for id in raw["outcomes"]]
    match kind:
        case "silences":
            raw["settings"] = {
                "checks": {"silence": [{"code": "TOC121", "node": id, "reason": "agreed"} for id in wrong]}
            }
        case "links":
            raw["activities"] = {f"a{n}": {"title": "A", "leads_to": id} for n, id in enumerate(wrong)}
        case "measures":
            raw["kpis"] = {f"k{n}": {"title": "K", "measures": id} for n, id in enumerate(wrong)}
        case _:
            wrong = [f"partnr-{id}" for id in raw["outcomes"]]
            raw["activities"] = {
                f"a{n}": {"title": "A", "leads_to": "goal", "partners": id} for n, id in enumerate(wrong)
            }
    with pytest.raises(toc.TheoryError) as refused:
        toc.loads(str(raw))
    assert len(refused.value.problems) == 120
    assert 0 < sum(problem.suggestion is not None for problem in refused.value.problems) <= 50

"""The theories that come with the library, and the small programs that use it."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import pytest

import toc
from toc import examples
from toc.model import Theory

ROOT = Path(__file__).resolve().parent.parent
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
    with pytest.raises(toc.TheoryError, match="rgs-newcastle, small-charity, large-programme") as caught:
        toc.example(name)
    (problem,) = caught.value.problems
    assert (problem.code, problem.suggestion) == ("TOC001", nearest)


@pytest.mark.parametrize("name", examples.NAMES)
def test_the_folder_of_examples_describes_every_one(name: str) -> None:
    assert f"`{name}.yaml`" in (ROOT / "examples/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("program", "makes"),
    [
        ("reading_partners.py", ["reading-partners.svg", "reading-partners.yaml"]),
        ("draw_rgs.py", ["rgs.pdf", "rgs.png", "rgs.svg"]),
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

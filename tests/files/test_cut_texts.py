"""A `#` that cuts a text without quotes is told, and a real note is not."""

from __future__ import annotations

import contextlib
import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import tries
from toc.cli import main

HEAD = "toc: 1\ntitle: Reading\ngoal: Every child reads\n"
TITLES = {
    "a title": ("title: Reading #1 priority\n", 'put the whole text in quotes, "Reading #1 priority"', "2:16"),
    "a value in braces": (
        "outcomes: {a: {leads_to: goal, title: Reading #1 priority\n  }}\n",
        '"Reading #1 priority"',
        "4:47",
    ),
    "what swallows a brace": ("outcomes:\n  a: {title: Reading #1, leads_to: goal}\n", '"Reading #1"', "5:22"),
    "a line of a list": ("outcomes:\n  a:\n    title: A\n    tags:\n      - year #9\n", '"year #9"', "8:14"),
    "nothing left": ("outcomes:\n  a:\n    title: A\n    description: #1 of all\n", "nothing is read", "7:18"),
    "with a note behind": ("outcomes: {}\nowner: Team #2  # ask Jo\n", '"Team #2"', "5:13"),
}


def warned(text: str) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with contextlib.suppress(toc.TheoryError):
            toc.loads(text, source="my.yaml")
    assert {one.category for one in caught} <= {toc.TocWarning}
    return [str(one.message) for one in caught]


@pytest.mark.parametrize("case", TITLES)
def test_what_is_cut_off_is_told_with_its_place_and_what_to_write(case: str) -> None:
    tail, says, place = TITLES[case]
    text = HEAD.replace("title: Reading\n", tail) if case == "a title" else HEAD + tail
    (told,) = warned(text)
    assert told.startswith(f"my.yaml:{place}: ")
    assert says in told


@pytest.mark.parametrize(
    "line",
    ["owner: Team # a note", "owner: Team ## a note", "owner: Team #", "owner: Team ###", "owner: 'Team #1'", 'owner: "Team #1"',
     "owner: Team#1", "# title: Team #1", "#owner: Team", "description: |\n  Team #1", "description: >\n  Team #1", "owner: 'Team' #1"],
)  # fmt: skip
def test_a_note_and_a_quoted_text_are_left_alone(line: str) -> None:
    assert warned(f"{HEAD}{line}\n") == []


def test_a_file_and_every_command_tell_it_and_the_exit_code_stays(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_text(HEAD.replace("goal: Every child reads", "goal: Reach place #1"), encoding="utf-8")
    with pytest.warns(toc.TocWarning, match="“#1” is cut off, and only “Reach place” is read"):
        toc.load(file)
    for command in (["check"], ["check", "--format", "json"], ["show"]):
        result = CliRunner().invoke(main, [*command, str(file)])
        assert result.exit_code == 0
        assert result.stderr.count("is cut off") == 1


@tries(100)
@given(st.text("ab #'\"\t,:{}[]\n-é", max_size=30))
def test_a_text_that_is_read_whole_is_never_told_and_one_that_is_told_is_shorter(title: str) -> None:
    told = warned(f"{HEAD}x-a: {title}\n")
    if told:
        assert " #" in title.replace("\t", " ") or title.startswith("#")


def test_a_text_of_spaces_and_marks_is_read_at_once() -> None:
    assert warned(f"{HEAD}owner: 'a{' ' * 200_000}b {'#' * 200_000}'\n") == []

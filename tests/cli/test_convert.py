from __future__ import annotations

import json
from pathlib import Path

import pytest

import toc
from cli.running import START, Run
from toc import examples


@pytest.mark.parametrize("name", examples.NAMES)
def test_there_and_back_is_the_same_theory(run: Run, name: str) -> None:
    Path("a.yaml").write_text(examples.text(name), encoding="utf-8")
    assert run("convert", "a.yaml", "a.json").stdout == "wrote a.json\n"
    assert run("convert", "a.json", "b.yml").stdout == "wrote b.yml\n"
    assert toc.load("b.yml") == toc.load("a.json") == toc.load("a.yaml")
    json.loads(Path("a.json").read_text(encoding="utf-8"))


def test_without_a_second_name_the_other_format_goes_to_stdout(run: Run) -> None:
    result = run("convert", "my.yaml")
    assert json.loads(result.stdout)["title"] == "Reading partners"
    Path("my.json").write_text(result.stdout, encoding="utf-8")
    assert run("convert", "my.json", "-").stdout == START
    assert run("convert", "-", "--read-as", "json", piped_in=result.stdout).stdout == START


def test_the_format_can_be_named(run: Run) -> None:
    assert run("convert", "my.yaml", "--to", "yaml").stdout == START
    assert run("convert", "my.yaml", "theory.txt", "--to", "json").exit_code == 0
    assert json.loads(Path("theory.txt").read_text(encoding="utf-8"))["toc"] == 1


def test_comments_in_the_file_that_is_written_over_stay(run: Run) -> None:
    run("convert", "my.yaml", "my.json")
    Path("kept.yaml").write_text("# ours\n" + START.replace("Reading partners", "Old title # so far"), encoding="utf-8")
    run("convert", "my.json", "kept.yaml")
    assert Path("kept.yaml").read_text(encoding="utf-8").startswith("# ours\ntoc: 1\ntitle: Reading partners")


def test_what_has_mistakes_is_written_over_only_by_force(run: Run) -> None:
    Path("kept.yaml").write_text("# ours\n" + START + "pillers: 1\n", encoding="utf-8")
    before = Path("kept.yaml").read_bytes()
    run("convert", "my.yaml", "my.json")
    result = run("convert", "my.json", "kept.yaml")
    assert result.exit_code == 2
    assert "kept.yaml" in result.stderr
    assert "unknown key 'pillers'" in result.stderr
    assert "toc convert --force" in result.stderr
    assert Path("kept.yaml").read_bytes() == before
    assert run("convert", "my.json", "kept.yaml", "--force").exit_code == 0
    assert Path("kept.yaml").read_text(encoding="utf-8") == START


def test_a_theory_is_not_written_over_itself(run: Run) -> None:
    before = Path("my.yaml").read_bytes()
    result = run("convert", "my.yaml", "./my.yaml")
    assert result.exit_code == 2
    assert "another name" in result.stderr
    assert Path("my.yaml").read_bytes() == before


def test_a_theory_with_mistakes_is_not_converted(run: Run) -> None:
    Path("my.yaml").write_text(START + "pillers: 1\n", encoding="utf-8")
    result = run("convert", "my.yaml", "my.json")
    assert result.exit_code == 1
    assert not Path("my.json").exists()


def test_a_form_of_others_is_told_by_its_ending_and_what_is_lost_is_counted(run: Run) -> None:
    result = run("convert", "my.yaml", "my.kumu.json", "--losses", "lost.csv")
    assert result.stdout == "wrote my.kumu.json\nwrote lost.csv\n"
    lost = toc.load("my.yaml").losses("kumu")
    assert result.stderr.startswith(f"Kumu: {len(lost)} thing is lost or changed in meaning (Kumu asks for the name")
    assert len(Path("lost.csv").read_text(encoding="utf-8").splitlines()) == len(lost) + 1
    assert json.loads(Path("my.kumu.json").read_text(encoding="utf-8"))["elements"]


def test_a_form_of_others_is_read_by_its_ending(run: Run) -> None:
    assert run("convert", "my.yaml", "my.tocmaker.json").exit_code == 0
    result = run("convert", "my.tocmaker.json", "back.yaml")
    assert (result.exit_code, result.stderr) == (0, "ToC-Maker: nothing is lost\n")
    ours, back = toc.load("my.yaml"), toc.load("back.yaml")
    assert [node.title for node in back.outcomes.values()] == [node.title for node in ours.outcomes.values()]


def test_what_a_standard_asks_and_nobody_said_is_told_with_the_file(run: Run) -> None:
    result = run("convert", "my.yaml", "my.iati.xml")
    assert result.exit_code == 1
    assert "my.yaml: settings.iati.identifier: IATI asks for" in result.stderr
    assert not Path("my.iati.xml").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["my.yaml", "x.json", "--into", "a.xml"], "--into is for IATI alone"),
        (["my.yaml", "x.foo"], "end it in .yaml, .json, .iati.xml"),
        (["my.yaml", "x.xml", "--to", "iatii"], "did you mean 'iati'?"),
        (["my.yaml", "x.kumu.json", "--losses", "x.kumu.json"], "another name"),
        (["my.yaml", "x.xml", "--to", "iati", "--into", "nowhere.xml"], "there is no such file"),
    ],
)
def test_what_cannot_be_converted_is_said_and_nothing_is_written(run: Run, arguments: list[str], said: str) -> None:
    result = run("convert", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not list(Path().glob("x.*"))

"""`toc explain`, `toc exposure` and `toc coverage`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import toc
from cli.running import Run, Shell
from toc import examples


@pytest.fixture(autouse=True)
def rgs(folder: Path) -> None:
    """The example stands in the folder as rgs.yaml."""
    Path("rgs.yaml").write_text(examples.text("rgs-newcastle"), encoding="utf-8")


def test_an_explanation_is_printed_as_text_markdown_and_json(run: Run) -> None:
    found = toc.example("rgs-newcastle").explain("scitt")
    assert run("explain", "rgs.yaml", "scitt").stdout == found.to_text() + "\n"
    assert run("explain", "rgs.yaml", "scitt", "--format", "markdown").stdout == found.to_markdown()
    assert json.loads(run("explain", "rgs.yaml", "scitt", "-f", "json").stdout) == found.to_dict()
    one = run("explain", "rgs.yaml", "scitt", "--to", "cpd", "--limit", "0", "-f", "json")
    assert json.loads(one.stdout)["ways"] == 1
    assert json.loads(one.stdout)["listed"] == []


@pytest.mark.parametrize("command", ["exposure", "coverage"])
def test_the_whole_theory_is_answered_for_as_text_markdown_and_json(run: Run, command: str) -> None:
    found = getattr(toc.example("rgs-newcastle"), command)()
    assert run(command, "rgs.yaml").stdout == found.to_text() + "\n"
    assert run(command, "rgs.yaml", "-f", "markdown").stdout == found.to_markdown()
    assert run(command, "rgs.yaml", "-f", "html").stdout == found.to_html()
    assert json.loads(run(command, "rgs.yaml", "-f", "json").stdout) == found.to_dict()
    assert run(command, "-", piped_in=examples.text("rgs-newcastle")).stdout == found.to_text() + "\n"


def test_the_ending_of_the_file_says_what_to_write(run: Run) -> None:
    assert run("coverage", "rgs.yaml", "-o", "coverage.csv").stdout == "wrote coverage.csv\n"
    assert Path("coverage.csv").read_text(encoding="utf-8").startswith("\ufeffPillar,")
    assert run("exposure", "rgs.yaml", "-o", "exposure.html").exit_code == 0
    assert Path("exposure.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("exposure", "rgs.yaml", "-o", "exposure.csv").exit_code == 0
    assert Path("exposure.csv").read_bytes().startswith(b"\xef\xbb\xbfLost,")


def test_a_part_that_is_not_there_is_refused_with_the_nearest(run: Run) -> None:
    for arguments in (["sciit"], ["scitt", "--to", "litercy"]):
        result = run("explain", "rgs.yaml", *arguments)
        assert result.exit_code == 2
        assert "did you mean" in result.stderr
        assert result.stdout == ""


def test_a_title_stands_for_an_id(run: Run) -> None:
    by_id = run("explain", "rgs.yaml", "scitt", "--to", "cpd").stdout
    titles = ("training maths and physics teachers  (SCITT)", "Continued Professional Development")
    assert run("explain", "rgs.yaml", titles[0], "--to", titles[1]).stdout == by_id
    assert (
        run("guide", "rgs.yaml", "--activity", titles[0]).stdout
        == run("guide", "rgs.yaml", "--activity", "scitt").stdout
    )
    refused = run("explain", "rgs.yaml", "Careers fair for partner school")
    assert refused.exit_code == 2
    assert "did you mean 'careers-fair' (“Careers fair for partner schools”)?" in refused.stderr
    twins = toc.loads("{toc: 1, title: T, goal: G, activities: {a: Chess, b: chess}}")
    twins.save("twins.yaml")
    refused = run("explain", "twins.yaml", "CHESS")
    assert "several have that title; give the id of one: 'a' or 'b'" in refused.stderr


@pytest.mark.parametrize("view", ["neighbourhood", "path"])
def test_a_title_stands_for_an_id_in_a_drawing(run: Run, view: str) -> None:
    run("draw", "rgs.yaml", "one.svg", "--view", view, "--node", "Careers fair for partner schools")
    run("draw", "rgs.yaml", "two.svg", "--view", view, "--node", "careers-fair")
    assert Path("one.svg").read_bytes() == Path("two.svg").read_bytes()


@pytest.mark.parametrize(
    "arguments", [["explain", "rgs.yaml", "scitt"], ["exposure", "rgs.yaml"], ["coverage", "rgs.yaml"]]
)
def test_a_page_is_not_written_over_its_theory(run: Run, arguments: list[str]) -> None:
    before = Path("rgs.yaml").read_bytes()
    result = run(*arguments, "-o", "rgs.yaml")
    assert result.exit_code == 2
    assert "would replace the theory itself" in result.stderr
    assert Path("rgs.yaml").read_bytes() == before


def test_a_theory_that_cannot_be_read_says_why(run: Run) -> None:
    result = run("exposure", "nowhere.yaml")
    assert result.exit_code == 2
    assert "there is no such file" in result.stderr


def test_the_answers_reach_a_pipe_in_utf_8(shell: Shell) -> None:
    result = shell("explain", "rgs.yaml", "scitt", PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert "→" in result.stdout.decode()


@pytest.mark.parametrize("form", ["text", "markdown", "html", "csv", "json"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "rgs.yaml", "--today", "2026-09-01"),
        ("guide", "rgs.yaml"),
        ("guide", "rgs.yaml", "--advice"),
        ("guide", "rgs.yaml", "--activity", "scitt"),
        ("explain", "rgs.yaml", "scitt"),
        ("exposure", "rgs.yaml"),
        ("coverage", "rgs.yaml"),
        ("diff", "rgs.yaml", "other.yaml"),
    ],
    ids=" ".join,
)
def test_every_command_that_answers_writes_every_format_by_name_and_by_ending(
    run: Run, arguments: tuple[str, ...], form: str
) -> None:
    toc.example("rgs-newcastle").edit("scitt", participation=14, title="Café").save("other.yaml")
    ending = {"text": "txt", "markdown": "md"}.get(form, form)
    printed = run(*arguments, "--format", form)
    written = run(*arguments, "--output", f"out.{ending}")
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert (written.exit_code, written.stdout, written.stderr) == (0, f"wrote out.{ending}\n", "")
    data = Path(f"out.{ending}").read_bytes()
    assert data == printed.stdout_bytes
    assert data.endswith(b"\n")
    assert data.count(b"\xef\xbb\xbf") == (form == "csv")
    assert data.startswith({"html": b"<!doctype html>", "csv": b"\xef\xbb\xbf", "markdown": b"# "}.get(form, b""))
    if form == "json":
        json.loads(data)


def test_a_difference_is_written_to_a_file_and_never_over_a_theory_or_for_git(run: Run) -> None:
    toc.example("rgs-newcastle").without("sport").save("other.yaml")
    assert run("diff", "rgs.yaml", "other.yaml", "-o", "changes.html", "--exit-code").exit_code == 1
    assert Path("changes.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    refused = run("diff", "rgs.yaml", "other.yaml", "-o", "other.yaml")
    assert refused.exit_code == 2
    assert "would replace the theory itself" in refused.stderr
    git = run("diff", "a.yaml", "rgs.yaml", "f00", "100644", "other.yaml", "f01", "100644", "-o", "changes.txt")
    assert git.exit_code == 2
    assert "leave out --output" in git.stderr

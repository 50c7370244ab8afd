"""`toc logframe`, and `toc new --from` a logframe."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import toc
from cli.running import Run
from toc import examples

TODAY = ("--today", "2026-11-25")


@pytest.fixture(autouse=True)
def charity(folder: Path) -> None:
    """The example stands in the folder as my.yaml."""
    Path("my.yaml").write_text(examples.text("small-charity"), encoding="utf-8")


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf", "md", "html", "csv", "json"])
def test_the_ending_of_out_says_the_form(run: Run, ending: str) -> None:
    result = run("logframe", "my.yaml", f"out.{ending}", "--style", "classic", *TODAY)
    assert (result.exit_code, result.stdout) == (0, f"wrote out.{ending}\n")
    assert Path(f"out.{ending}").stat().st_size > 100


def test_without_out_it_is_printed(run: Run) -> None:
    assert "Outcome 1.1: Regular visitors make a friend" in run("logframe", "my.yaml", *TODAY).stdout


def test_an_unknown_ending_or_style_is_named(run: Run) -> None:
    assert run("logframe", "my.yaml", "out.odt").exit_code == 2
    result = run("logframe", "my.yaml", "out.csv", "--style", "clasic")
    assert result.exit_code == 2
    assert "did you mean 'classic'?" in result.stderr


def test_it_is_not_written_over_the_theory(run: Run) -> None:
    assert run("logframe", "my.yaml", "my.yaml").exit_code == 2


@pytest.mark.parametrize("ending", ["xlsx", "docx", "csv"])
def test_a_theory_starts_from_a_logframe(run: Run, ending: str) -> None:
    run("logframe", "my.yaml", f"our-frame.{ending}", *TODAY)
    result = run("new", "new.yaml", "--from", f"our-frame.{ending}")
    assert (result.exit_code, result.stderr) == (0, "")
    made = toc.load("new.yaml")
    assert (made.title, made.kpis["visitors-who-meet-someone-outside-the"].target) == (
        "Our frame",
        toc.example("small-charity").kpis["new-friends"].target,
    )


def test_what_does_not_look_like_a_logframe_is_one_where_that_is_said(run: Run) -> None:
    Path("plain.csv").write_text("Result,Target,Indicator\nOutcome: Readers,4,Books\n", encoding="utf-8")
    result = run("new", "new.yaml", "--from", "plain.csv", "--as", "logframe")
    assert result.exit_code == 0
    assert [one.title for one in toc.load("new.yaml").outcomes.values()] == ["Readers"]
    assert run("new", "other.yaml", "--as", "logframe").exit_code == 2


def test_a_document_without_a_logframe_is_refused_with_what_one_looks_like(run: Run) -> None:
    run("coverage", "my.yaml", "-o", "no.docx")
    result = run("new", "new.yaml", "--from", "no.docx")
    assert result.exit_code == 1
    assert "begin blocks with Impact, Outcome, Output or Activity" in result.stderr


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_an_office_program_prints_every_title_whole(
    run: Run, require_tool: Callable[..., str], pdftotext: str, tmp_path: Path, form: str
) -> None:
    program = require_tool("soffice", "libreoffice")
    run("logframe", "my.yaml", f"out.{form}", *TODAY)
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [program, home, "--headless", "--convert-to", "pdf", f"out.{form}"]
    subprocess.run(command, check=True, capture_output=True, timeout=170)
    read = subprocess.run([pdftotext, "-raw", "out.pdf", "-"], check=True, capture_output=True, text=True).stdout
    words = "".join(read.split())
    for node in toc.example("small-charity").nodes.values():
        assert "".join(node.title.split()) in words

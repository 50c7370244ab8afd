"""`toc report`."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest

import toc
from cli.running import Run
from toc import examples

TODAY = ("--today", "2026-12-01")
SHORT = ("--sections", "summary,unknown")


@pytest.fixture(autouse=True)
def charity(folder: Path) -> None:
    """The small example stands in the folder as my.yaml."""
    Path("my.yaml").write_text(examples.text("small-charity"), encoding="utf-8")


def test_several_files_are_written_at_once_by_their_endings(run: Run) -> None:
    result = run("report", "my.yaml", "a.docx", "a.pdf", "a.html", "a.md", *TODAY, "--audience", "governors")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["wrote a.docx", "wrote a.pdf", "wrote a.html", "wrote a.md"]
    found = toc.example("small-charity").report(date(2026, 12, 1), "governors")
    assert Path("a.pdf").read_bytes() == found.to_pdf()
    assert Path("a.html").read_text(encoding="utf-8") == found.to_html()
    assert Path("a.md").read_text(encoding="utf-8") == found.to_markdown()
    assert Path("a.docx").read_bytes()[:2] == b"PK"


def test_only_the_parts_that_are_asked_for_are_written(run: Run) -> None:
    said = run("report", "my.yaml", "-", *TODAY, *SHORT).stdout
    assert [line for line in said.splitlines() if line.startswith("## ")] == [
        "## On one page",
        "## What we do not know",
    ]
    assert "did you mean 'unknown'" in run("report", "my.yaml", "a.md", "--sections", "unknwn").stderr


def test_a_letterhead_is_used_for_word_alone(run: Run) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Our letterhead"
    document.save("letterhead.docx")
    assert run("report", "my.yaml", "a.docx", *TODAY, *SHORT, "--template", "letterhead.docx").exit_code == 0
    made = docx.Document(io.BytesIO(Path("a.docx").read_bytes()))
    assert made.sections[0].header.paragraphs[0].text == "Our letterhead"
    assert run("report", "my.yaml", "a.pdf", "--template", "letterhead.docx").exit_code == 2


def test_a_broken_letterhead_is_told_in_one_line_and_nothing_is_written(run: Run) -> None:
    Path("letterhead.docm").write_bytes(b"no document")
    result = run("report", "my.yaml", "a.html", "a.docx", *TODAY, *SHORT, "--template", "letterhead.docm")
    assert result.exit_code == 2
    assert "letterhead.docm" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not Path("a.html").exists()


@pytest.mark.parametrize("out", ["my.yaml", "report.doc", "report"])
def test_a_name_that_a_report_cannot_have_is_refused(run: Run, out: str) -> None:
    before = Path("my.yaml").read_text(encoding="utf-8")
    assert run("report", "my.yaml", out).exit_code == 2
    assert Path("my.yaml").read_text(encoding="utf-8") == before

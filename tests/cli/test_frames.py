from __future__ import annotations

from pathlib import Path

import toc
from cli.running import Run

OURS = "frames:\n  ours: {title: Our standards, source: Trustees, statements: {lead: Each school names a lead}}\n"


def test_frames_are_listed_with_their_sources(run: Run) -> None:
    listed = run("frames")
    assert (listed.exit_code, listed.stderr) == (0, "")
    for frame in toc.frames():
        assert frame.id in listed.stdout.replace("\n", "") or frame.title.split()[0] in listed.stdout
    assert "not stated in our" in listed.stdout


def test_one_frame_is_shown_by_its_name_and_written_in_every_form(run: Run) -> None:
    assert run("frames", "practices").stdout == toc.frame("practices").to_text(100) + "\n"
    assert run("frames", "lucas", "-o", "lucas.csv").stdout == "wrote lucas.csv\n"
    assert Path("lucas.csv").read_text(encoding="utf-8-sig").startswith("Id,Theme,Name,Statement")


def test_an_unknown_frame_is_refused_with_the_nearest(run: Run) -> None:
    result = run("frames", "practises")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean 'practices'?" in result.stderr


def test_a_frame_of_your_own_is_read_from_a_file_and_never_written_over(run: Run) -> None:
    Path("ours.yaml").write_text(OURS, encoding="utf-8")
    shown = run("frames", "ours.yaml")
    assert (shown.exit_code, shown.stdout.splitlines()[0]) == (0, "Our standards")
    assert run("frames", "ours.yaml", "-f", "json", "-o", "ours.yaml").exit_code == 2
    assert Path("ours.yaml").read_text(encoding="utf-8") == OURS


def test_the_mistakes_in_a_frame_of_your_own_are_told_by_line(run: Run) -> None:
    Path("ours.yaml").write_text(OURS.replace("source", "sauce"), encoding="utf-8")
    result = run("frames", "ours.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "ours.yaml:2:3: " in result.stderr
    assert "did you mean 'source'?" in result.stderr


def test_every_id_stands_in_the_list_as_it_is_typed(run: Run) -> None:
    shown = run("frames").stdout.splitlines()
    assert [one.id for one in toc.frames() if not any(line.startswith(f"{one.id} ") for line in shown)] == []

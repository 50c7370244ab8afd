from __future__ import annotations

import importlib
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cli.running import START, Run, Shell
from toc import examples

STARTS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF", "dot": b"digraph"}


def test_one_theory_becomes_several_pictures(run: Run) -> None:
    result = run("draw", "my.yaml", "a.svg", "a.png", "a.pdf", "a.dot")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "".join(f"wrote a.{ending}\n" for ending in STARTS)
    for ending, start in STARTS.items():
        assert Path(f"a.{ending}").read_bytes().lstrip().startswith((start, b"<svg") if ending == "svg" else start)


@pytest.mark.parametrize("format", STARTS)
def test_a_picture_can_be_piped_on(shell: Shell, format: str) -> None:
    done = shell("draw", "-", "-", "--format", format, piped_in=START.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.lstrip().startswith((STARTS[format], b"<svg") if format == "svg" else STARTS[format])


def test_a_piped_picture_is_svg_unless_told_otherwise(run: Run) -> None:
    assert ET.fromstring(run("draw", "my.yaml", "-").stdout).tag.endswith("svg")  # noqa: S314  # our own drawing


def test_a_theory_too_large_to_read_is_collapsed_and_this_is_said_in_one_line(run: Run) -> None:
    clubs = "".join(f"  club-{number}: {{title: Club {number}, leads_to: p}}\n" for number in range(1_100))
    Path("large.yaml").write_text(f"{START}pillars: {{p: Clubs}}\nactivities:\n{clubs}", encoding="utf-8")
    result = run("draw", "large.yaml", "large.dot", "again.dot")
    assert result.exit_code == 0
    assert result.stderr.count("\n") == 1
    assert "--view pillars draws them all" in result.stderr
    assert "Club 7" not in Path("large.dot").read_text(encoding="utf-8")
    named = run("draw", "large.yaml", "named.dot", "--view", "collapsed")
    assert (named.exit_code, named.stderr) == (0, "")
    assert Path("named.dot").read_bytes() == Path("large.dot").read_bytes() == Path("again.dot").read_bytes()


def test_the_picture_never_replaces_the_theory(run: Run) -> None:
    before = Path("my.yaml").read_bytes()
    result = run("draw", "my.yaml", "./my.yaml", "--format", "svg")
    assert result.exit_code == 2
    assert Path("my.yaml").read_bytes() == before


@pytest.mark.parametrize("name", ["my.jpg", "my", "nowhere/my.svg"])
def test_a_picture_that_cannot_be_drawn_is_one_line(run: Run, name: str) -> None:
    result = run("draw", "my.yaml", name)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr


def test_characters_that_a_pdf_cannot_show_are_named_in_one_line(run: Run) -> None:
    pytest.importorskip("svglib")
    Path("my.yaml").write_text(START.replace("Reading partners", "读书伙伴"), encoding="utf-8")
    result = run("draw", "my.yaml", "my.pdf")
    assert result.exit_code == 0
    assert "wrote my.pdf" in result.stdout
    assert ".py:" not in result.stderr
    assert [line for line in result.stderr.splitlines() if "SVG shows them all" not in line] == []


def test_a_theory_with_mistakes_is_not_drawn(run: Run) -> None:
    result = run("draw", "-", "a.svg", piped_in=START + "pillers: 1\n")
    assert result.exit_code == 1
    assert result.stderr.startswith("<stdin>:4:1: unknown key 'pillers'")
    assert not Path("a.svg").exists()


def test_the_demo_puts_the_example_and_its_pictures_into_a_folder(run: Run) -> None:
    result = run("demo", "first/look")
    assert (result.exit_code, result.stderr) == (0, "")
    names = [Path("first", "look", f"rgs-newcastle.{ending}") for ending in ("yaml", "svg", "png", "pdf")]
    assert result.stdout.splitlines()[-4:] == [str(name) for name in names]
    assert names[0].read_text(encoding="utf-8") == examples.text("rgs-newcastle")
    assert all(name.stat().st_size > 1000 for name in names)
    assert "SCITT" in result.stdout


def test_the_demo_keeps_what_somebody_changed(run: Run) -> None:
    Path("out").mkdir()
    Path("out/rgs-newcastle.yaml").write_text(START, encoding="utf-8")
    result = run("demo")
    assert result.exit_code == 0
    assert result.stderr.startswith("out/rgs-newcastle.yaml is not the example as it comes")
    assert Path("out/rgs-newcastle.yaml").read_text(encoding="utf-8") == START
    assert result.stdout.startswith("Reading partners")


def test_without_the_libraries_for_pdf_the_demo_says_how_to_install_them(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("svglib", "svglib.svglib", "reportlab"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError):
        importlib.import_module("svglib")
    result = run("demo", "out")
    assert result.exit_code == 0
    assert result.stderr.startswith("no PDF: ")
    assert "pip install 'theory-of-change[pdf]'" in result.stderr
    assert not Path("out/rgs-newcastle.pdf").exists()
    alone = run("draw", "my.yaml", "my.pdf")
    assert alone.exit_code == 2
    assert alone.stderr.count("\n") == 1


def test_a_folder_that_is_a_file_is_one_line(run: Run) -> None:
    result = run("demo", "my.yaml")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("my.yaml: ")

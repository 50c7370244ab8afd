from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

import toc
from cli.running import START, Run, Shell
from toc import examples
from toc.diagram.drawing import VIEWS
from toc.diagram.looks.themes import THEMES
from toc.draw_options import Direction
from toc.model.types import KINDS
from toc.render import FORMATS

STARTS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF", "dot": b"digraph"}


@pytest.mark.usefixtures("needs_engine")
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


@pytest.mark.usefixtures("needs_engine")
def test_the_demo_puts_the_example_and_its_pictures_into_a_folder(run: Run) -> None:
    result = run("demo", "first/look")
    assert (result.exit_code, result.stderr) == (0, "")
    names = [Path("first", "look", f"rgs-newcastle.{ending}") for ending in ("yaml", "svg", "png", "pdf")]
    assert result.stdout.splitlines()[-4:] == [str(name) for name in names]
    assert names[0].read_text(encoding="utf-8") == examples.text("rgs-newcastle")
    assert all(name.stat().st_size > 1000 for name in names)
    assert "SCITT" in result.stdout


@pytest.mark.usefixtures("needs_engine")
def test_the_demo_keeps_what_somebody_changed(run: Run) -> None:
    Path("out").mkdir()
    Path("out/rgs-newcastle.yaml").write_text(START, encoding="utf-8")
    result = run("demo")
    assert result.exit_code == 0
    assert result.stderr.startswith("out/rgs-newcastle.yaml is not the example as it comes")
    assert Path("out/rgs-newcastle.yaml").read_text(encoding="utf-8") == START
    assert result.stdout.startswith("Reading partners")


@pytest.mark.usefixtures("needs_engine")
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


def test_without_an_engine_the_demo_draws_what_needs_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOC_ENGINE", "/nonexistent")
    result = run("demo", "out")
    assert result.exit_code == 0
    assert result.stderr.startswith("no PNG: TOC_ENGINE is set to '/nonexistent'")
    assert Path("out/rgs-newcastle.svg").read_bytes().startswith(b"<svg ")
    assert Path("out/rgs-newcastle.pdf").read_bytes().startswith(b"%PDF-")


def test_an_svg_is_drawn_without_tooltips_and_with_ids_of_ones_own(run: Run) -> None:
    assert run("draw", "my.yaml", "a.svg", "--no-tooltips", "--prefix", "mine").exit_code == 0
    svg = Path("a.svg").read_text(encoding="utf-8")
    assert svg.count("<title") == 1
    assert 'id="mine-goal"' in svg
    assert 'id="toc' not in svg
    refused = run("draw", "my.yaml", "a.svg", "--prefix", "1")
    assert refused.exit_code == 2
    assert refused.stderr == "a prefix is a letter, then letters, digits or _, not '1'\n"
    assert run("draw", "my.yaml", "a.dot", "--no-tooltips").stderr == "dot takes no tooltips: svg does\n"


def test_a_folder_that_is_a_file_is_one_line(run: Run) -> None:
    result = run("demo", "my.yaml")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("my.yaml: ")


def test_help_offers_every_view_theme_kind_and_format_that_there_is(run: Run) -> None:
    told = run("draw", "--help").stdout
    for words in (VIEWS, [*THEMES, "FILE"], KINDS, get_args(Direction), [format.name for format in FORMATS]):
        assert f"[{'|'.join(words)}]" in told
    for format in FORMATS:
        assert f"  {', '.join(f'.{suffix}' for suffix in format.suffixes)} " in told
    assert ".html" not in run("diff", "--help").stdout


@pytest.mark.parametrize(("option", "word", "meant"), [("--view", "pilars", "pillars"), ("--format", "svgz", "svg")])
def test_a_word_that_is_no_choice_is_told_with_the_nearest(run: Run, option: str, word: str, meant: str) -> None:
    result = run("draw", "my.yaml", "my.svg", option, word)
    assert result.exit_code == 2
    assert f"did you mean '{meant}'?" in result.stderr
    assert result.stderr.count("\n") <= 4


def test_every_view_and_every_theme_can_be_asked_for(run: Run) -> None:
    Path("ours.yaml").write_text(examples.text("small-charity"), encoding="utf-8")
    node = ("--node", "tea-and-games")
    drawn = {}
    for view, one in VIEWS.items():
        result = run("draw", "ours.yaml", f"{view}.dot", "--view", view, *(node if one.needs else ()))
        assert (result.exit_code, result.stderr) == (0, ""), view
        drawn[view] = Path(f"{view}.dot").read_bytes()
    for theme in THEMES:
        assert run("draw", "ours.yaml", f"{theme}.dot", "--theme", theme).exit_code == 0
        drawn[theme] = Path(f"{theme}.dot").read_bytes()
    assert drawn["pillars"] == drawn["light"]
    assert len(set(drawn.values())) == len(drawn) - 1


def test_the_options_of_a_view_and_the_filters_reach_the_drawing(run: Run) -> None:
    Path("ours.yaml").write_text(examples.text("rgs-newcastle"), encoding="utf-8")
    theory = toc.example("rgs-newcastle")

    def boxes(*options: str) -> set[str]:
        assert run("draw", "ours.yaml", "x.dot", *options).exit_code == 0
        return set(re.findall(r'^"([a-z][\w-]*)" \[id=', Path("x.dot").read_text(encoding="utf-8"), re.MULTILINE))

    near = boxes("--view", "neighbourhood", "--node", "scitt", "--steps", "1")
    assert near == {"scitt", *theory.effects("scitt"), *theory.causes("scitt")}
    assert boxes("--pillar", "stem", "--pillar", "literacy") & theory.pillars.keys() == {"stem", "literacy"}
    assert boxes("--kind", "activity") >= theory.activities.keys()
    assert boxes("--kind", "activity").isdisjoint(theory.outcomes)


def test_findings_are_marked_when_asked_for(run: Run) -> None:
    Path("loose.yaml").write_text(f"{START}outcomes: {{readers: Readers catch up}}\n", encoding="utf-8")
    assert run("draw", "loose.yaml", "plain.dot").exit_code == 0
    assert run("draw", "loose.yaml", "marked.dot", "--findings").exit_code == 0
    marked = Path("marked.dot").read_text(encoding="utf-8")
    assert "TOC1" in marked
    assert "TOC1" not in Path("plain.dot").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["ours.toml", "ours.yaml"])
def test_a_theme_of_ones_own_is_read_from_a_file(run: Run, name: str) -> None:
    own = 'logo = "The Alliance"\n' if name.endswith("toml") else "logo: The Alliance\n"
    Path(name).write_text(own, encoding="utf-8")
    result = run("draw", "my.yaml", "my.svg", "--theme", name)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "The Alliance" in Path("my.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--theme", "nowhere.toml"), "nowhere.toml"),
        (("--theme", "drak"), "did you mean 'dark'?"),
        (("--view", "path"), "the view 'path' needs a node"),
        (("--node", "goal"), "the view 'pillars' takes no node"),
        (("--view", "path", "--node", "gaol"), "did you mean 'goal'?"),
        (("--dpi", "300"), "svg takes no dpi: png does"),
        (("--transparent",), "svg takes no transparent: png does"),
        (("--timeout", "5"), "svg takes no timeout: png does"),
        (("--pillar", "stem"), "there is no pillar 'stem'"),
        (("--direction", "up"), "the view 'pillars' takes no direction"),
    ],
)
def test_an_option_that_does_not_fit_is_told_in_one_line(run: Run, options: tuple[str, ...], said: str) -> None:
    result = run("draw", "my.yaml", "my.svg", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert not Path("my.svg").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in engine is a script")
def test_how_long_a_drawing_may_take_can_be_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Path("hangs")
    engine.write_text("#!/bin/sh\nsleep 600\n", encoding="utf-8")
    engine.chmod(0o700)
    monkeypatch.setenv("TOC_ENGINE", str(engine.resolve()))
    result = run("draw", "my.yaml", "my.png", "--timeout", "0.5")
    assert (result.exit_code, result.stderr) == (
        2,
        "the drawing took longer than 0.5 seconds: draw a part of the theory\n",
    )
    assert run("draw", "my.yaml", "my.png", "--timeout", "0").exit_code == 2


def test_a_faint_theme_is_refused_with_the_contrast_it_lacks(run: Run) -> None:
    Path("faint.yaml").write_text("paper: '#ffffff'\nink: '#eeeeee'\n", encoding="utf-8")
    result = run("draw", "my.yaml", "my.svg", "--theme", "faint.yaml")
    assert result.exit_code == 2
    assert "faint.yaml:2" in result.stderr
    assert "Traceback" not in result.stderr
    assert not Path("my.svg").exists()


def test_a_page_can_be_asked_for_by_its_name_or_its_size(run: Run) -> None:
    for page, points in (("a4", "841.89"), ("210x99", "595.28")):
        assert run("draw", "my.yaml", "a.svg", "--page", page, "--search", "quick").exit_code == 0
        assert f'width="{points}pt"' in Path("a.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["0x0", "1e9x1", "A5 landscape"])
def test_a_page_that_there_cannot_be_is_refused_with_those_there_are(run: Run, page: str) -> None:
    result = run("draw", "my.yaml", "a.svg", "--page", page)
    assert (result.exit_code, Path("a.svg").exists()) == (2, False)
    assert f"{page!r} is not a page: choose one of slide, a4," in result.stderr


def test_progress_is_drawn_as_of_a_day(run: Run) -> None:
    Path("rgs.yaml").write_text(examples.text("rgs-newcastle"), encoding="utf-8")
    assert run("draw", "rgs.yaml", "a.svg", "--progress", "--today", "2026-11-25", "--search", "quick").exit_code == 0
    told = Path("a.svg").read_text(encoding="utf-8")
    assert "Progress on 25 November 2026" in told
    assert 'class="sign on-track"' in told

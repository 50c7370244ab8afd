from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cli.running import START, Run, Shell
from toc import examples

STARTS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.fixture(autouse=True)
def _plottable() -> None:
    pytest.importorskip("matplotlib")


@pytest.mark.parametrize("format", STARTS)
def test_the_ending_says_what_the_chart_becomes(run: Run, format: str) -> None:
    Path("rgs.yaml").write_text(examples.text("rgs-newcastle"), encoding="utf-8")
    result = run("plot", "rgs.yaml", f"chart.{format.upper()}")
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"wrote chart.{format.upper()}\n", "")
    assert Path(f"chart.{format.upper()}").read_bytes().startswith(STARTS[format])


def test_a_chart_can_be_piped_on_and_is_svg_unless_told_otherwise(shell: Shell) -> None:
    done = shell("plot", "-", "-", piped_in=START.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(STARTS["svg"])
    assert shell("plot", "my.yaml", "-", "--format", "png").stdout.startswith(STARTS["png"])


def test_the_chart_never_replaces_the_theory(run: Run) -> None:
    result = run("plot", "my.yaml", "./my.yaml", "--format", "svg")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert Path("my.yaml").read_text(encoding="utf-8") == START


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("my.jpg", "'jpg' is not a format to plot in"),
        ("my.pnq", "did you mean 'png'"),
        ("my", "the name has no ending; end the name in .svg, .png, .pdf"),
        ("nowhere/my.svg", "the folder does not exist"),
    ],
)
def test_a_chart_that_cannot_be_written_is_one_line(run: Run, name: str, said: str) -> None:
    result = run("plot", "my.yaml", name)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert said in result.stderr
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["my.yaml"]


def test_a_theory_with_mistakes_is_not_plotted(run: Run) -> None:
    result = run("plot", "-", "a.svg", piped_in=START + "pillers: 1\n")
    assert result.exit_code == 1
    assert result.stderr.startswith("<stdin>:4:1: unknown key 'pillers'")
    assert not Path("a.svg").exists()


def test_without_matplotlib_one_line_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = run("plot", "my.yaml", "a.png")
    assert result.exit_code == 2
    assert result.stderr == "plotting a chart needs more libraries: pip install 'theory-of-change[plot]'\n"


DAY = ("--today", "2026-11-25")


@pytest.mark.parametrize("format", STARTS)
def test_the_progress_is_a_chart_too(run: Run, format: str) -> None:
    Path("rgs.yaml").write_text(examples.text("rgs-newcastle"), encoding="utf-8")
    result = run("plot", "rgs.yaml", f"kpis.{format}", "--chart", "progress", *DAY)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"wrote kpis.{format}\n", "")
    assert Path(f"kpis.{format}").read_bytes().startswith(STARTS[format])


@pytest.mark.parametrize("chart", ["evidence", "benefits"])
@pytest.mark.parametrize("format", STARTS)
def test_what_is_known_and_who_gains_are_charts_too(run: Run, format: str, chart: str) -> None:
    Path("rgs.yaml").write_text(examples.text("rgs-newcastle"), encoding="utf-8")
    result = run("plot", "rgs.yaml", f"chart.{format}", "--chart", chart)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"wrote chart.{format}\n", "")
    assert Path(f"chart.{format}").read_bytes().startswith(STARTS[format])


def long_year() -> None:
    kpis = "".join(f"  k{n}: {{title: KPI {n}, measures: goal, target: 3}}\n" for n in range(30))
    Path("long.yaml").write_text(f"{START}kpis:\n{kpis}", encoding="utf-8")


def test_more_pages_than_one_are_numbered_and_a_pdf_holds_them_all(run: Run) -> None:
    long_year()
    result = run("plot", "long.yaml", "kpis.svg", "--chart", "progress", *DAY)
    assert (result.exit_code, result.stdout) == (0, "wrote kpis-1.svg\nwrote kpis-2.svg\n")
    assert not Path("kpis.svg").exists()
    assert run("plot", "long.yaml", "kpis.pdf", "--chart", "progress", *DAY).stdout == "wrote kpis.pdf\n"
    assert b"/Count 2" in Path("kpis.pdf").read_bytes()
    piped = run("plot", "long.yaml", "-", "--chart", "progress", *DAY)
    assert (piped.exit_code, piped.stdout) == (2, "")
    assert "the chart has 2 pages: give a name to number, or --format pdf" in piped.stderr


@pytest.mark.parametrize("option", [DAY, ("--small-groups",)], ids=lambda option: option[0])
def test_a_chart_without_progress_takes_no_day(run: Run, option: tuple[str, ...]) -> None:
    result = run("plot", "my.yaml", "a.svg", *option)
    assert result.exit_code == 2
    assert f"the chart 'certainty' takes no {option[0]}: 'progress' does" in result.stderr


def test_a_chart_that_there_is_not_is_refused_with_the_nearest(run: Run) -> None:
    result = run("plot", "my.yaml", "a.svg", "--chart", "progres")
    assert result.exit_code == 2
    assert "did you mean 'progress'?" in result.stderr


def test_the_help_explains_every_chart(run: Run) -> None:
    from toc.charts.chart_pictures import CHARTS

    told = run("plot", "--help").stdout
    assert [name for name in CHARTS if f"  {name}: " not in told] == []

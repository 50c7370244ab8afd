"""The engine is found in the promised order, kept within bounds, and its failures are told plainly."""

from __future__ import annotations

import os
import stat
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toc.errors import DrawingError, OptionError
from toc.render import engine, process
from toc.render.engine import is_embedded, paint, png_dpi

SMALL = 'digraph { layout=nop2; a [pos="0,0", label="Réading → 漢字"]; b [pos="0,100"]; a -> b [pos="0,18 0,40 0,60 0,82"] }'

UseStandIn = Callable[[str], Path]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in engines are scripts")


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UseStandIn:
    """Use a program of a few lines as the engine."""

    def use(body: str) -> Path:
        path = program(tmp_path / "stand-in", body)
        monkeypatch.setenv("TOC_ENGINE", str(path))
        return path

    return use


def program(path: Path, body: str) -> Path:
    """A program of a few lines."""
    path.write_text(f"#!{sys.executable}\nimport os, sys, time\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def size_of(png: bytes) -> tuple[int, int]:
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


def test_a_drawing_comes_back_in_each_format() -> None:
    assert b"R\xc3\xa9ading \xe2\x86\x92" in paint(SMALL, "svg")
    assert paint(SMALL, "png").startswith(b"\x89PNG")


def test_the_same_text_gives_the_same_bytes() -> None:
    assert paint(SMALL, "svg") == paint(SMALL, "svg")
    assert paint(SMALL, "png") == paint(SMALL, "png")


@posix_only
def test_the_embedded_engine_is_preferred_to_the_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedded = engine._embedded()
    if embedded is None:
        pytest.skip("no engine comes with the library on this machine")
    program(tmp_path / "dot", "print('the system paints')")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("TOC_ENGINE", raising=False)
    assert is_embedded()
    assert b"R\xc3\xa9ading" in paint(SMALL, "svg")


@posix_only
def test_a_systems_dot_is_used_when_nothing_is_embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "dot", "print('the system paints')")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("TOC_ENGINE", raising=False)
    monkeypatch.setattr(engine, "EMBEDDED", "no-such-program")
    engine._embedded.cache_clear()
    try:
        assert not is_embedded()
        assert paint(SMALL, "svg") == b"the system paints\n"
        monkeypatch.setenv("PATH", "")
        with pytest.raises(DrawingError, match=r"no drawing engine was found: .*`pip install theory-of-change`"):
            paint(SMALL, "svg")
    finally:
        engine._embedded.cache_clear()


def test_a_setting_that_is_no_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOC_ENGINE", "no-such-program")
    with pytest.raises(DrawingError, match="TOC_ENGINE is set to 'no-such-program'"):
        paint(SMALL, "svg")


@posix_only
def test_the_setting_comes_first(stand_in: UseStandIn) -> None:
    stand_in("print(sys.argv[1:], sys.stdin.read())")
    assert not is_embedded()
    assert paint("digraph {}", "svg") == b"['-q', '-Tsvg'] digraph {}\n"
    assert paint("digraph {}", "png", dpi=150) == b"['-q', '-Tpng', '-Gdpi=150'] digraph {}\n"


@posix_only
def test_the_engine_is_told_not_to_open_files(stand_in: UseStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GV_FILE_PATH", "/etc")
    stand_in("print('GV_FILE_PATH' in os.environ, bool(os.environ.get('SERVER_NAME')))")
    assert paint(SMALL, "svg") == b"False True\n"


def test_no_file_of_the_machine_gets_into_a_drawing(tmp_path: Path) -> None:
    picture = tmp_path / "secret.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>secret</text></svg>')
    painted = paint(f'digraph {{ layout=nop2; a [pos="0,0", image="{picture}", shapefile="{picture}"] }}', "svg")
    assert b"secret" not in painted


@posix_only
@pytest.mark.parametrize("body", ["time.sleep(60)", "os.system('sleep 60')"])
def test_an_engine_that_takes_too_long_is_stopped(stand_in: UseStandIn, body: str) -> None:
    stand_in(body)
    started = time.monotonic()
    with pytest.raises(DrawingError, match=r"longer than 0\.3 seconds"):
        paint(SMALL, "svg", timeout=0.3)
    assert time.monotonic() - started < 30


@posix_only
def test_output_without_end_is_stopped(stand_in: UseStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_OUTPUT_BYTES", 2**20)
    stand_in("while True: sys.stdout.write('x' * 65536)")
    with pytest.raises(DrawingError, match="larger than 1 MB"):
        paint(SMALL, "svg")


@posix_only
def test_a_flood_of_complaints_is_shortened(stand_in: UseStandIn) -> None:
    stand_in("sys.stderr.write('no good ' * 500_000); sys.exit(3)")
    with pytest.raises(DrawingError) as caught:
        paint(SMALL, "svg")
    assert "no good" in str(caught.value)
    assert len(str(caught.value)) < 600


@posix_only
def test_an_engine_that_never_reads_its_text_does_not_hang_us(stand_in: UseStandIn) -> None:
    stand_in("print('done')")
    assert paint("x" * 5_000_000, "svg") == b"done\n"


@posix_only
def test_an_error_beside_a_drawing_is_an_error(stand_in: UseStandIn) -> None:
    stand_in("print('<svg/>'); sys.stderr.write('Error: bad label\\n')")
    with pytest.raises(DrawingError, match="could not paint this: Error: bad label"):
        paint(SMALL, "svg")


@posix_only
def test_a_file_that_cannot_be_run_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x7fELF nonsense")
    broken.chmod(0o700)
    monkeypatch.setenv("TOC_ENGINE", str(broken))
    with pytest.raises(DrawingError, match=r"broken could not be started"):
        paint(SMALL, "svg")


@pytest.mark.usefixtures("needs_engine")
@pytest.mark.parametrize(
    ("dot", "message"),
    [
        ('digraph { layout=nop2; a [pos="0,0", label=<<b>x>] }', "Error: mismatched tag"),
        ('digraph { layout=nop2; a [pos="0,0", label=<Tom & Jerry>] }', "Error: not well-formed"),
        ("digraph { layout=nop2; a [pos=", "syntax error"),
        ("digraph { layout=nop2; a }", "no position"),
        ("", "it said nothing"),
    ],
)
def test_a_text_that_cannot_be_painted_says_why(dot: str, message: str) -> None:
    with pytest.raises(DrawingError, match=message):
        paint(dot, "svg")


def test_characters_that_are_none_do_no_harm() -> None:
    assert b"x?yz" in paint('digraph { layout=nop2; a [pos="0,0", label="x\ud800y\0z"] }', "svg")


def test_dpi_belongs_to_pictures_in_pixels() -> None:
    small, large = size_of(paint(SMALL, "png", dpi=72)), size_of(paint(SMALL, "png", dpi=144))
    assert [round(b / a) for a, b in zip(small, large, strict=True)] == [2, 2]
    with pytest.raises(ValueError, match="dpi is for png, not for svg"):
        paint(SMALL, "svg", dpi=72)


def test_an_unknown_format_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match="unknown format 'gif': choose one of svg, png"):
        paint(SMALL, "gif")  # type: ignore[arg-type]


def test_pdf_is_no_format_of_the_engine() -> None:
    with pytest.raises(ValueError, match="unknown format 'pdf': choose one of svg, png"):
        paint(SMALL, "pdf")  # type: ignore[arg-type]


@given(st.floats(min_value=1, max_value=250_000), st.floats(min_value=1, max_value=250_000), st.integers(1, 100_000))
def test_the_dots_per_inch_keep_a_picture_within_its_bounds(width: float, height: float, dpi: int) -> None:
    chosen = png_dpi(width, height, dpi)
    assert 1 <= chosen <= dpi
    wide, high = (side / 72 * chosen for side in (width + 8, height + 8))
    assert max(wide, high) < 16_000
    assert wide * high < 50_000_000


def test_a_picture_at_the_bound_is_within_it_when_painted() -> None:
    dot = 'digraph { layout=nop2; node [shape=point, width=0.01]; a [pos="0,0"]; b [pos="72000,10"] }'
    wide, high = size_of(paint(dot, "png", dpi=png_dpi(72_000, 10, 600)))
    assert 15_000 < wide < 16_000
    assert high > 1


def test_a_drawing_too_large_for_any_picture_steers_to_svg() -> None:
    with pytest.raises(DrawingError, match="too large for PNG: draw it as SVG"):
        png_dpi(1e8, 100)
    with pytest.raises(OptionError, match="dpi is a number from 1, such as 144, not 0"):
        png_dpi(100, 100, 0)


def test_no_environment_but_the_override_is_changed() -> None:
    before = dict(os.environ)
    paint(SMALL, "svg")
    assert dict(os.environ) == before

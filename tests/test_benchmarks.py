"""What the benchmarks print, and where they are listed; `make bench` runs them."""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"
READING = "import data, plain; theory = plain.Theory.model_validate_json(data.json_text(60)); assert theory.kpis"


def test_a_line_tells_the_ratio_first_and_whether_its_goal_was_met() -> None:
    compared = runpy.run_path(str(FOLDER / "timing.py"))["Comparison"]
    one = compared("reading", "the baseline", ratios=(2.0, 1.5, 4.0), seconds=0.002, baseline_seconds=1.5)
    assert one.line() == "reading: 2.00x (median of 3) the baseline  [2.0 ms against 1.5 s]"
    assert "the baseline; goal 2x met  [" in one.line(goal=2)
    assert "the baseline; goal 1.9x MISSED  [" in one.line(goal=1.9)


def test_what_other_processes_take_is_counted() -> None:
    cpu_seconds: Callable[[], float] = runpy.run_path(str(FOLDER / "timing.py"))["cpu_seconds"]
    if sys.platform == "win32":
        pytest.skip("what other processes take is not told on Windows")
    before = cpu_seconds()
    busy = "import time\nwhile time.process_time() < 0.2: pass"
    subprocess.run([sys.executable, "-c", busy], check=True)
    assert cpu_seconds() - before >= 0.2


def test_the_plain_models_read_the_theories_that_are_measured() -> None:
    subprocess.run([sys.executable, "-c", READING], check=True, cwd=FOLDER)


def test_every_benchmark_has_its_row_in_the_table() -> None:
    scripts = {path.name for path in FOLDER.glob("*.py")} - {"data.py", "plain.py", "timing.py"}
    table = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in sorted(scripts) if f"| `{name}` |" not in table] == []

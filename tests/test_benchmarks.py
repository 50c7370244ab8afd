from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"
SCRIPTS = sorted(path.name for path in FOLDER.glob("*.py") if path.stem not in {"data", "timing"})


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_benchmark_prints_its_ratios(name: str) -> None:
    run = subprocess.run(
        [sys.executable, FOLDER / name, "--quick"], check=False, capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stderr
    lines = [line for line in run.stdout.splitlines() if "x (median of 1) " in line]
    assert lines
    assert all(re.match(r"[\w\s,'.:`-]+: \d+(\.\d+)?x \(median of 1\) \S", line) for line in lines), run.stdout


def test_every_benchmark_has_its_row_in_the_table() -> None:
    table = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in SCRIPTS if f"| `{name}` |" not in table] == []

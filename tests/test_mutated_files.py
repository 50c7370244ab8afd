"""A few of the spoilt files of `scripts/fuzz.py`: nothing but the library's own errors comes out, whatever is done with them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from every_use import run_through
from mutated_files import KINDS, mutated

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "fuzz.py"
SEEDS = range(90)


@pytest.mark.parametrize("first", SEEDS[::15])
def test_a_spoilt_file_is_refused_in_our_words_or_goes_through_everything(first: int) -> None:
    for seed in range(first, first + 15):
        try:
            run_through(mutated(seed))
        except Exception as error:
            error.add_note(f"python scripts/fuzz.py --seed {seed}")
            raise


def test_a_seed_makes_the_same_file_every_time_and_the_sample_holds_every_kind() -> None:
    files = [mutated(seed) for seed in SEEDS[:30]]
    assert files[:10] == [mutated(seed) for seed in SEEDS[:10]]
    assert Counter(file.kind for file in files).keys() == {*KINDS}


FAKE = """
import os
from typing import NamedTuple


class Mutated(NamedTuple):
    kind: str


def mutated(seed):
    return Mutated("yaml")


def run_through(file):
    LEFT.pop()()
    return "valid"


def end():
    os._exit(3)


def eat():
    bytearray(600 << 20)


def fail():
    raise OverflowError("too large")


LEFT = [end, eat, fail, lambda: None]
"""


def test_the_script_tells_what_failed_with_the_seed_that_shows_it(tmp_path: Path) -> None:
    """An error that is not ours, more memory than is allowed, and a worker that dies; the next file goes to another."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / "tests").mkdir()
    copy = tmp_path / "scripts" / "fuzz.py"
    copy.write_text(SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("mutated_files", "every_use"):
        text = FAKE if name == "mutated_files" else "from mutated_files import run_through\n"
        (tmp_path / "tests" / f"{name}.py").write_text(text, encoding="utf-8")
    command = [sys.executable, str(copy), "--files", "5", "--first", "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "3 distinct failures:" in done.stdout
    assert "1 × OverflowError: too large (mutated_files.py:28)  seeds [8]" in done.stdout
    assert re.search(r"1 × MemoryError: .*seeds \[9\]", done.stdout)
    assert re.search(r"1 × died.*seeds \[10\]", done.stdout)
    assert re.search(r"^yaml +0 +2 +2$", done.stdout, re.MULTILINE)  # 7, and 11 by another worker

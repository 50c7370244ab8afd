"""A service that makes cycles of its own beside the library stays as large as it is: Python's collector works as ever.

What is counted are living objects, in a process of its own: when the collector is due depends on all that a process holds.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import gc
import toc

CYCLES = 300  # that each request leaves behind


class Left:
    alive = 0

    def __init__(self):
        self.me = self
        Left.alive += 1

    def __del__(self):
        Left.alive -= 1


def objects(times):
    most = found = 0
    for time in range(times):
        for _ in range(CYCLES):
            Left()
        theory = toc.loads(TEXT)
        WORK
        del theory
        most = max(most, Left.alive)
        if time % 5 == 4:
            found = max(found, len(gc.get_objects()))
    return most, found


TEXT = toc.example("small-charity").dumps()
objects(3)  # what is kept for the next time is made here
gc.collect()
_, few = objects(TIMES // 3)
most, many = objects(TIMES)
print(most, CYCLES * TIMES, few, many)
"""
CHART = "axes = theory.plot_certainty_participation(); axes.figure.clear(); axes = None"


@pytest.mark.parametrize(
    ("times", "work"),
    [
        (40, "pass"),
        (40, "theory.to_svg()"),
        (30, CHART),
        (40, "theory.measurement_plan().to_dict()"),
        (40, "theory.compare(theory.edit('tea-and-games', title='Tea')).to_dict()"),
    ],
    ids=["load", "svg", "chart", "plan", "compare"],
)
def test_cycles_that_a_program_makes_beside_loading_are_collected(times: int, work: str) -> None:
    pytest.importorskip("matplotlib") if work == CHART else None
    program = PROGRAM.replace("WORK", work).replace("TIMES", str(times))
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    most, made, few, many = map(int, said.split())
    assert most < made / 2, f"{most:,} of {made:,} cycles live on"
    assert many < few * 1.5, f"{few:,} objects after some requests, {many:,} after many"

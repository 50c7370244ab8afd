"""Compare one thing with its named baseline, in the same run.

Seconds differ from machine to machine and from hour to hour; a ratio of two things that take turns does not. Each round
measures both, one right after the other and in alternating order; what is printed is the median of the rounds' ratios.
"""

from __future__ import annotations

import gc
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]

QUICK = "--quick" in sys.argv[1:]
SHORTEST_SECONDS = 0.002 if QUICK else 0.05


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many times the baseline's time something takes."""

    name: str
    baseline: str
    ratios: tuple[float, ...]
    seconds: float
    baseline_seconds: float

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.ratios)

    def line(self, goal: float | None = None) -> str:
        """What is printed: the ratio first, the times of this machine last."""
        text = f"{self.name}: {_digits(self.ratio)}x (median of {len(self.ratios)}) {self.baseline}"
        if goal is not None:
            text += f"; goal {goal:g}x {'met' if self.ratio <= goal else 'MISSED'}"
        return f"{text}  [{_duration(self.seconds)} against {_duration(self.baseline_seconds)}]"


def compare(name: str, work: Work, baseline_name: str, baseline: Work, *, rounds: int = 9) -> Comparison:
    """Measure `work` and `baseline` by turns, after one run of each to warm up."""
    rounds = 1 if QUICK else rounds
    repeats, baseline_repeats = _repeats(work), _repeats(baseline)
    times: list[tuple[float, float]] = []
    for turn in range(rounds):
        if turn % 2:
            against = _seconds(baseline, baseline_repeats)
            times.append((_seconds(work, repeats), against))
        else:
            own = _seconds(work, repeats)
            times.append((own, _seconds(baseline, baseline_repeats)))
    return Comparison(
        name,
        baseline_name,
        tuple(own / against for own, against in times),
        statistics.median(own for own, _ in times),
        statistics.median(against for _, against in times),
    )


def report(name: str, work: Work, against: tuple[str, Work], *, goal: float | None = None, rounds: int = 9) -> None:
    """Measure and print one line; one quick round on a small theory says nothing about a goal."""
    print(compare(name, work, *against, rounds=rounds).line(None if QUICK else goal), flush=True)


def process(*command: str) -> Work:
    """Running a command as a whole, from starting it to its end."""
    # Compiled modules count: a program is compiled once and started many times.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=surroundings)

    return run


def python(program: str) -> Work:
    """Running a small program in a Python of its own."""
    return process(sys.executable, "-c", program)


def sizes(*wanted: int) -> tuple[int, ...]:
    """The sizes to measure; a quick run looks at no more than 100 nodes."""
    return tuple(dict.fromkeys(min(size, 100) for size in wanted)) if QUICK else wanted


def growth(name: str, make: Callable[[int], Work], wanted: tuple[int, ...]) -> None:
    """Print the exponent by which time grows with size: 1 is linear, 2 quadratic."""
    small, large = wanted[0], wanted[-1]
    if small == large:
        return
    first, last = make(small), make(large)
    times = _best(first), _best(last)
    exponent = math.log(times[1] / times[0]) / math.log(large / small)
    print(f"{name}: grows with the power {exponent:.2f} from {small:,} to {large:,}", flush=True)


def _best(work: Work) -> float:
    repeats = _repeats(work)
    return min(_seconds(work, repeats) for _ in range(1 if QUICK else 5))


def _repeats(work: Work) -> int:
    """So many runs that the clock has something to measure; the first, cold run is not counted."""
    work()
    once = _seconds(work, 1)
    return max(1, round(SHORTEST_SECONDS / once))


def _seconds(work: Work, repeats: int) -> float:
    gc.collect()
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - start) / repeats


def _digits(ratio: float) -> str:
    return f"{ratio:.3f}" if ratio < 1 else f"{ratio:.2f}"


def _duration(seconds: float) -> str:
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
        if seconds * factor >= 1:
            return f"{seconds * factor:.1f} {unit}"
    return f"{seconds * 1e9:.0f} ns"

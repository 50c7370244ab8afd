"""Compare one thing with its named baseline, in the same run.

What is measured is the processor's time, of the program and the system together, and of every process that was started and
has ended. Seconds differ from machine to machine and from hour to hour; a ratio of two things that take turns does not.
Each round measures both, one right after the other and in alternating order; what is printed is the median of the rounds'
ratios.
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

if sys.platform != "win32":  # what other processes take is not counted there
    import resource

Work = Callable[[], object]

QUICK = "--quick" in sys.argv[1:]
SHORTEST_SECONDS = 0.002 if QUICK else 0.05
MOST_REPEATS = 20_000


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
            text += f"; goal {goal:g}x {verdict(self.ratio, goal)}"
        return f"{text}  [{duration(self.seconds)} against {duration(self.baseline_seconds)}]"


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


def growth(name: str, make: Callable[[int], Work], wanted: tuple[int, ...], *, goal: float | None = None) -> None:
    """Print the exponent by which time grows with size: 1 is linear, 2 quadratic.

    `make` gives what is run once and not again: whatever a theory keeps once it is found must be found anew.
    """
    small, large = wanted[0], wanted[-1]
    times = _best(make, small, rounds=7), _best(make, large, rounds=3)
    if small == large:
        return
    exponent = math.log(times[1] / times[0]) / math.log(large / small)
    told = "" if goal is None else f"; goal {goal:g} {verdict(exponent, goal)}"
    shown = f"[{duration(times[0])} and {duration(times[1])}]"
    print(f"{name}: grows with the power {exponent:.2f} from {small:,} to {large:,}{told}  {shown}", flush=True)


def absolute(name: str, work: Work, goal: float, *, rounds: int = 15) -> None:
    """Print the time itself, in milliseconds: for what somebody waits for, whatever else is slow."""
    work()
    found = 1e3 * statistics.median(_seconds(work, 1) for _ in range(1 if QUICK else rounds))
    told = "" if QUICK else f"; goal {goal:g} ms {verdict(found, goal)}"
    print(f"{name}: {found:.1f} ms{told}", flush=True)


def peak_memory(name: str, program: str, goal: float) -> None:
    """Print the most memory that a small program takes, in megabytes (of a million bytes)."""
    if sys.platform == "win32":
        print(f"{name}: not known on this system", flush=True)
        return
    report = "\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    run = subprocess.run([sys.executable, "-c", program + report], check=True, capture_output=True, text=True)
    found = int(run.stdout.split()[-1]) * (1 if sys.platform == "darwin" else 1024) / 1e6
    told = "" if QUICK else f"; goal {goal:g} MB {verdict(found, goal)}"
    print(f"{name}: {found:.0f} MB{told}", flush=True)


def verdict(found: float, goal: float) -> str:
    """Whether a figure is as small as it should be."""
    return "met" if found <= goal else "MISSED"


def cpu_seconds() -> float:
    """The processor's time up to now: of this process, and of all that it started and that have ended."""
    if sys.platform == "win32":
        return time.process_time()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _best(make: Callable[[int], Work], size: int, *, rounds: int) -> float:
    """The shortest of some runs, each of something that was made for it."""
    return min(_seconds(make(size), 1) for _ in range(1 if QUICK else rounds))


def _repeats(work: Work) -> int:
    """So many runs that the clock has something to measure; the first, cold run is not counted."""
    work()
    once = _seconds(work, 1)
    return max(1, min(MOST_REPEATS, round(SHORTEST_SECONDS / max(once, 1e-9))))


def _seconds(work: Work, repeats: int) -> float:
    gc.collect()
    start = cpu_seconds()
    for _ in range(repeats):
        work()
    return (cpu_seconds() - start) / repeats


def _digits(ratio: float) -> str:
    return f"{ratio:.3f}" if ratio < 1 else f"{ratio:.2f}"


def duration(seconds: float) -> str:
    """A time in the unit that suits it."""
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
        if seconds * factor >= 1:
            return f"{seconds * factor:.1f} {unit}"
    return f"{seconds * 1e9:.0f} ns"

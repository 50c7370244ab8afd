"""Measure drawings: the goals that are set for them, then what can be counted on every page, then all in a browser.

What can be counted is how large the type is on the page, how the arrows run, and whether anything is wrong; of the
examples, and of files that are named. In a real browser the tests measure a sample, and this script every view, theme, size,
language, page and direction, with and without marks: does any text leave its box, does anything overlap, does an arrow
pass through a box or a heading? That takes about half an hour; the exit code is 1 if there is a fault:

    python scripts/measure_all_drawings.py
    python scripts/measure_all_drawings.py triangle print a4   # of the browser's only those of a view, a theme, a page
    python scripts/measure_all_drawings.py my.yaml             # the goals and the figures alone, of this file too
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from math import copysign
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))  # where the cases are written down

if TYPE_CHECKING:
    from browser import Measured
    from diagram.product import Case
    from toc import TheoryOfChange

AT_ONCE: Final = 96  # drawings in one page
SEARCHED: Final = 25  # boxes: so many are searched in full where the drawing is plain; all others take the start order
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
EXAMPLES: Final = ("small-charity", "rgs-newcastle", "large-programme")
COUNTED_VIEWS: Final = ("pillars", "layers", "collapsed")
PAGES: Final = ("slide", "a4", "a4-portrait", "a3", "a3-portrait", "free")
Row = tuple[str, str]
SMALL: Final = 25  # boxes, which a slide should hold with all that is said of KPIs
# What is asked of the worked example: on which page, with how much said of its KPIs, which figure, how much of it at
# least (or, below nothing, at most).
GOALS: Final = (
    ("pillars", "slide", "once", "pt", 9.0),
    ("pillars", "slide", "full", "pt", 8.2),
    ("pillars", "slide", "full", "crossings", -4),
    ("pillars", "slide", "full", "bends", -32),
    ("pillars", "slide", "full", "straight", 16),
    ("pillars", "slide", "full", "filled", 0.36),
    ("pillars", "slide", "full", "detours", -1),
    ("pillars", "slide", "full", "worst", -1.75),
    ("pillars", "a4", "short", "pt", 8.0),
    ("pillars", "a4-portrait", "full", "pt", 7.5),
    ("pillars", "a3", "full", "pt", 10.0),
    ("layers", "slide", "full", "pt", 7.0),
    ("layers", "slide", "full", "crossings", -3),
)
PLACED: Final = ((30, 1.0), (60, 3.0))  # boxes, and the seconds in which they are to be placed


def measured(chromium: str, cases: Sequence[Case]) -> Iterator[tuple[Case, Measured]]:
    """Each case as the browser shows it."""
    from browser import measure
    from diagram.product import picture_of

    for start in range(0, len(cases), AT_ONCE):
        some = {str(case): case for case in cases[start : start + AT_ONCE]}
        svgs = {name: picture_of(case, "full" if _is_searched(case) else "quick")[1] for name, case in some.items()}
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            found = measure(chromium, Path(folder), svgs)
        yield from ((case, found[name]) for name, case in some.items())
        print(f"\r{start + len(some)} of {len(cases)}", end="", file=sys.stderr, flush=True)
    print("\r", end="", file=sys.stderr)


def _is_searched(case: Case) -> bool:
    return case.is_plain and case.boxes <= SEARCHED


def table(found: Sequence[tuple[Case, Measured]]) -> Iterator[str]:
    """One line for each view and language: how much was measured, and how much of it is wrong."""
    rows: defaultdict[Row, list[Measured]] = defaultdict(list)
    for case, one in found:
        rows[case.view, case.language].append(one)
    yield f"{'view':<14} {'language':<8} {'drawings':>8} {'boxes':>8} {'texts':>8} {'arrows':>8} {'faults':>8}"
    for (view, language), ones in sorted(rows.items()):
        sums = (len(ones), *(sum(sizes) for sizes in zip(*(_sizes(one) for one in ones), strict=True)))
        yield f"{view:<14} {language:<8} " + " ".join(f"{number:>8,}" for number in sums)


def _sizes(one: Measured) -> tuple[int, int, int, int]:
    return one.boxes, len(one.texts), one.arrows, len(one.faults)


def goals(theories: Mapping[str, TheoryOfChange]) -> Iterator[str]:
    """What is asked, what is found, and whether that is enough; the crossings of all theories are to be compared with others'."""
    from diagram.figures import figures

    yield f"{'measure':<58} {'asked':>8} {'found':>8}"
    theory = theories["rgs-newcastle"]
    for view, page, kpis, name, goal in GOALS:
        found = getattr(figures(theory, theory.diagram(view, page=page, kpis=kpis)), name)
        yield _goal(f"rgs-newcastle, {view}, {page}, KPIs {kpis}: {name}", goal, found)
    on_slides = {
        name: figures(one, one.diagram("pillars", page="slide", kpis="full")) for name, one in theories.items()
    }
    for name, one in on_slides.items():
        if one.boxes <= SMALL:
            yield _goal(
                f"{name}, {one.boxes} boxes, slide, KPIs full: pt", 9.0 if theories[name].pillars else 7.8, one.pt
            )
    yield _goal(
        f"crossings of {len(on_slides)} theories on slides", None, sum(one.crossings for one in on_slides.values())
    )
    yield _goal("what is wrong with them", -0.0, sum(one.faults for one in on_slides.values()))
    yield from _placed()


def _goal(measure: str, goal: float | None, found: float) -> str:
    """A line of the table; below nothing the goal is a limit, as −0 is."""
    if goal is None:
        return f"{measure:<58} {'–':>8} {found:>8.4g}"
    is_limit = copysign(1, goal) < 0
    enough = round(found, 2) <= -goal if is_limit else round(found, 2) >= goal
    asked = f"{'≤' if is_limit else '≥'} {abs(goal):g}"
    return f"{measure:<58} {asked:>8} {found:>8.3g}{'' if enough else '  not met'}"


def _placed() -> Iterator[str]:
    """How many seconds of one processor a full search takes."""
    from diagram.product import SIZES
    from diagram.shapes import theory_of

    for boxes, most in PLACED:
        share = boxes / 60
        theory = theory_of({kind: max(1, round(count * share)) for kind, count in SIZES[60].items()}, seed=boxes)
        started = process_time()
        count = len(theory.diagram("pillars", page="slide").boxes)
        yield _goal(f"seconds to place {count} boxes on a slide", -most, process_time() - started)


def counted(theories: Mapping[str, TheoryOfChange]) -> Iterator[str]:
    """The figures of theories, a line for each view and page."""
    from diagram.figures import Figures, figures

    yield f"{'theory':<22} {'view':<12} {'page':<12} " + " ".join(f"{name:>9}" for name in Figures._fields)
    for name, theory in theories.items():
        for view in COUNTED_VIEWS:
            for page in PAGES:
                found = figures(theory, theory.diagram(view, page=page))
                numbers = " ".join(f"{one:>9.1f}" if isinstance(one, float) else f"{one:>9}" for one in found)
                yield f"{name:<22} {view:<12} {page:<12} {numbers}"


def main(words: Sequence[str]) -> int:
    """Measure, print the tables and every fault; 1 if there is any."""
    import toc
    from diagram.product import FACTORS, all_cases

    wanted = [{one for one in map(str, values) if one in words} for values in FACTORS]
    files = [word for word in words if not any(word in some for some in wanted)]
    warnings.simplefilter("ignore")  # of type that is too small: it stands in the table
    theories = {name: toc.example(name) for name in EXAMPLES} | {Path(name).stem: toc.load(name) for name in files}
    if files or not any(wanted):
        for line in chain(goals(theories), [""], counted(theories), [""]):
            print(line, flush=True)
    if files:
        return 0
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        print(f"needs {' or '.join(BROWSERS)} on the PATH", file=sys.stderr)
        return 2
    cases = [
        case
        for case in all_cases()
        if all(not some or str(one) in some for one, some in zip(case, wanted, strict=True))
    ]
    found = list(measured(chromium, cases))
    print(*table(found), sep="\n")
    for case, one in found:
        print(*(f"{case}: {fault}" for fault in one.faults), sep="\n", end="\n" if one.faults else "")
    return int(any(one.faults for _, one in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

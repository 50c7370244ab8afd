"""Measure drawings: first what can be counted of the examples, and of files that are named, on every page; then all in a browser.

What can be counted is how large the type is on the page, how the arrows run, and whether anything is wrong. In a real
browser the tests measure a sample, and this script every view, theme, size, language, page and direction, with and without
marks: does any text leave its box, does anything overlap, does an arrow pass through a box or a heading? That takes
minutes; the exit code is 1 if there is a fault:

    python scripts/measure_all_drawings.py
    python scripts/measure_all_drawings.py triangle   # one view in the browser
    python scripts/measure_all_drawings.py my.yaml    # the figures alone, of this file too
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))  # where the cases are written down

if TYPE_CHECKING:
    from browser import Measured
    from diagram.product import Case

AT_ONCE: Final = 96  # drawings in one page
SEARCHED: Final = 25  # boxes: so many are searched in full where the drawing is plain; all others take the start order
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
EXAMPLES: Final = ("small-charity", "rgs-newcastle", "large-programme")
COUNTED_VIEWS: Final = ("pillars", "layers", "collapsed")
PAGES: Final = ("slide", "a4", "a4-portrait", "a3", "a3-portrait", "free")
Row = tuple[str, str]


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


def counted(files: Sequence[str]) -> Iterator[str]:
    """The figures of the examples and of files, a line for each view and page. They are lists to read beside the goals."""
    import toc
    from diagram.figures import Figures, figures

    theories = {name: toc.example(name) for name in EXAMPLES} | {Path(name).stem: toc.load(name) for name in files}
    yield f"{'theory':<22} {'view':<12} {'page':<12} " + " ".join(f"{name:>9}" for name in Figures._fields)
    for name, theory in theories.items():
        for view in COUNTED_VIEWS:
            for page in PAGES:
                found = figures(theory, theory.diagram(view, page=page))
                numbers = " ".join(f"{one:>9.1f}" if isinstance(one, float) else f"{one:>9}" for one in found)
                yield f"{name:<22} {view:<12} {page:<12} {numbers}"


def main(words: Sequence[str]) -> int:
    """Measure, print the tables and every fault; 1 if there is any."""
    from diagram.product import all_cases
    from toc.diagram import VIEWS

    files, views = [word for word in words if word not in VIEWS], [word for word in words if word in VIEWS]
    warnings.simplefilter("ignore")  # of type that is too small: it stands in the table
    for line in counted(files) if files or not views else ():
        print(line, flush=True)
    if files:
        return 0
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        print(f"needs {' or '.join(BROWSERS)} on the PATH", file=sys.stderr)
        return 2
    cases = [case for case in all_cases() if not views or case.view in views]
    found = list(measured(chromium, cases))
    print(*table(found), sep="\n")
    for case, one in found:
        print(*(f"{case}: {fault}" for fault in one.faults), sep="\n", end="\n" if one.faults else "")
    return int(any(one.faults for _, one in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Draw a theory in every view, theme, size, language and direction, with and without marks, and measure them all.

What the tests do with a sample, in a real browser: does any text leave its box, does anything overlap, does an arrow
pass through a box or a heading? It takes minutes; the exit code is 1 if there is a fault:

    python scripts/measure_all_drawings.py
    python scripts/measure_all_drawings.py triangle   # one view only
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))  # where the cases are written down

if TYPE_CHECKING:
    from browser import Measured
    from diagram.product import Case

AT_ONCE: Final = 48  # drawings in one page
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
Row = tuple[str, str]


def measured(chromium: str, cases: Sequence[Case]) -> Iterator[tuple[Case, Measured]]:
    """Each case as the browser shows it."""
    from browser import measure
    from diagram.product import svg_of

    for start in range(0, len(cases), AT_ONCE):
        some = {str(case): case for case in cases[start : start + AT_ONCE]}
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            found = measure(chromium, Path(folder), {name: svg_of(case) for name, case in some.items()})
        yield from ((case, found[name]) for name, case in some.items())
        print(f"\r{start + len(some)} of {len(cases)}", end="", file=sys.stderr, flush=True)
    print("\r", end="", file=sys.stderr)


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


def main(views: Sequence[str]) -> int:
    """Measure, print the table and every fault; 1 if there is any."""
    from diagram.product import all_cases

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

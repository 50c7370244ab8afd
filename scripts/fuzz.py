"""Spoil files in every way, and do with each what a service might do: read, check, advise, compare and draw it.

Each file follows from its seed. A worker process of limited memory takes one after the other; a file that raises anything
but the library's own errors, or takes longer or more memory than allowed, is a failure, which its seed shows again:

    python scripts/fuzz.py                  # 10,000 files, in about half an hour
    python scripts/fuzz.py --files 500 --first 20000
    python scripts/fuzz.py --seed 1234      # one file, here, with the whole traceback

It lives beside the scripts and not the benchmarks, because what it asks is yes or no. The tests run a few files of it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import select
import subprocess
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, NamedTuple, cast

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))  # where the files are made

SECONDS: Final = 10
PATIENCE: Final = 3 * SECONDS  # a worker may have to wait for others; how long it works is counted apart
MEGABYTES: Final = 500
FILES_PER_WORKER: Final = 250


class Tried(NamedTuple):
    """What became of one file: `said` is "valid", "refused", or what went wrong."""

    seed: int
    kind: str
    said: str
    seconds: float
    megabytes: int = 0


def tried(seed: int) -> Tried:
    """Make the file of a seed and run it through everything."""
    from every_use import run_through
    from mutated_files import mutated

    file = mutated(seed)
    began = time.process_time()
    try:
        said = run_through(file)
    except Exception as error:  # noqa: BLE001  # any other error is the failure that is looked for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{type(error).__name__}: {str(error)[:80]} ({Path(frame.filename).name}:{frame.lineno})"
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Tried(seed, file.kind, said, time.process_time() - began, most)


def work() -> None:
    """A worker: seeds come in on lines, what became of them goes out."""
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    for line in sys.stdin:
        print(json.dumps(tried(int(line))), flush=True)


def worker() -> subprocess.Popen[bytes]:
    """A new worker. One thread for numpy: each would reserve memory that the limit counts."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-W", "ignore", __file__, "--work"]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, start_new_session=True
    )


def all_tried(first: int, files: int) -> Iterator[Tried]:
    """What became of each file, one after the other; a worker that is too slow or dies is told of and replaced."""
    one: subprocess.Popen[bytes] | None = None
    for number, seed in enumerate(range(first, first + files)):
        if one is None or number % FILES_PER_WORKER == 0:
            one = _replaced(one)
        stdin, stdout = cast("tuple[IO[bytes], IO[bytes]]", (one.stdin, one.stdout))
        stdin.write(f"{seed}\n".encode())
        stdin.flush()
        answered, _, _ = select.select([stdout], [], [], PATIENCE)
        line = stdout.readline() if answered else b""
        if not line:
            yield Tried(seed, "?", f"died ({one.poll()})" if answered else f"no answer in {PATIENCE} s", 0)
            one = _replaced(one)
            continue
        found = Tried(*json.loads(line))
        yield found._replace(said=f"over {SECONDS} s") if found.seconds > SECONDS else found
    _ended(one)


def _replaced(one: subprocess.Popen[bytes] | None) -> subprocess.Popen[bytes]:
    _ended(one)
    return worker()


def _ended(one: subprocess.Popen[bytes] | None) -> None:
    if one is not None:
        one.kill()
        one.communicate()


def table(found: list[Tried]) -> Iterator[str]:
    """How many files of each kind were refused and valid, then each failure with the seeds that show it."""
    counts = Counter((one.kind, one.said if one.said in {"valid", "refused"} else "failed") for one in found)
    yield f"{'kind':<10} {'refused':>8} {'valid':>8} {'failed':>8}"
    for kind in sorted({kind for kind, _ in counts}):
        yield f"{kind:<10} " + " ".join(f"{counts[kind, said]:>8,}" for said in ("refused", "valid", "failed"))
    slowest = max(found, key=lambda one: one.seconds)
    yield f"slowest: {slowest.seconds:.1f} s of CPU (seed {slowest.seed}); most memory: {max(one.megabytes for one in found)} MB"
    failures: defaultdict[str, list[int]] = defaultdict(list)
    for one in found:
        if one.said not in {"valid", "refused"}:
            failures[one.said].append(one.seed)
    yield f"{len(failures)} distinct failures" + (":" if failures else "")
    yield from (f"  {len(seeds):>5,} × {said}  seeds {seeds[:5]}" for said, seeds in failures.items())


def main() -> int:
    """Try the files, print the table; 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seed", type=int, help="try this one here")
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        work()
        return 0
    if asked.seed is not None:
        from every_use import run_through
        from mutated_files import mutated

        print(run_through(mutated(asked.seed)))
        return 0
    found = []
    for one in all_tried(asked.first, asked.files):
        found.append(one)
        if one.said not in {"valid", "refused"}:
            print(one.seed, one.said, file=sys.stderr, flush=True)
    print("\n".join(table(found)))
    return any(one.said not in {"valid", "refused"} for one in found)


if __name__ == "__main__":
    sys.exit(main())

"""A service with fifty clients at once, against the same calls without a server; needs `wrk` (https://github.com/wg/wrk).

Here the clock counts and not the processor, because a service keeps people waiting. wrk itself needs a part of the machine,
so a machine with few cores and other work to do shows lower ratios; its load is printed first.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import toc
from timing import QUICK

CLIENTS = 50
SECONDS = 1 if QUICK else 10
ROUNDS = 1 if QUICK else 3
DAY = date(2026, 11, 25)
BODY = toc.example("rgs-newcastle").dumps("json").encode()
LIMITS = toc.Limits.service()
LUA = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local file = io.open("body.json", "rb")
wrk.body = file:read("*a")
file:close()
"""


def check() -> object:
    """What `/check` does, without a server."""
    return toc.loads(BODY, format="json", limits=LIMITS).check(today=DAY).to_json()


def draw() -> object:
    """What `/draw` does, without a server."""
    return toc.loads(BODY, format="json", limits=LIMITS).to_svg(search="quick", limits=LIMITS)


def calls_a_second(work: Callable[[], object]) -> float:
    """How often something can be done in a second, one after the other."""
    work()
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        work()
        count += 1
    return count / (time.perf_counter() - began)


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """The address of `toc serve`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "toc.cli", "serve", "--port", str(port), *options])
    address = f"http://127.0.0.1:{port}"
    try:
        while health(address) is None:
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


def health(address: str) -> float | None:
    """How many seconds `/healthz` takes; None where nobody answers."""
    began = time.perf_counter()
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=10) as answer:  # noqa: S310  # our own server
            answer.read()
    except OSError:
        return None
    return time.perf_counter() - began


def warm(address: str, path: str) -> None:
    """Let every thread and process have worked: some were ended, because wrk goes before its answers have come."""
    asked = urllib.request.Request(f"{address}{path}", BODY, {"content-type": "application/json"})  # noqa: S310

    def ask(_: int) -> None:
        urllib.request.urlopen(asked, timeout=120).read()  # noqa: S310  # our own server

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(16)))


def loaded(address: str, path: str, folder: Path, seconds: float) -> tuple[float, float, list[float]]:
    """Answers in a second, the slowest of a hundred in seconds, and how long `/healthz` took meanwhile."""
    healths: list[float] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            healths.append(health(address) or 10)

    command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds:g}s", "--timeout", "30s", "--latency", "-s", "post.lua"]
    watcher = threading.Thread(target=watch)
    watcher.start()
    told = subprocess.run([*command, f"{address}{path}"], cwd=folder, check=True, capture_output=True, text=True).stdout
    done.set()
    watcher.join()
    if "Non-2xx" in told:
        raise SystemExit(told)
    slowest, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", told).groups()  # type: ignore[union-attr]
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)[1]  # type: ignore[index]
    return float(rate), float(slowest) * {"us": 1e-6, "ms": 1e-3, "s": 1}[unit], healths


def measured(name: str, path: str, work: Callable[[], object], goal: float, *options: str) -> None:
    """Measure the service and the bare calls by turns, and print the median of the ratios."""
    ratios, slowest, healths = [], [], []
    with TemporaryDirectory() as made, serving(*options) as address:
        folder = Path(made)
        (folder / "post.lua").write_text(LUA, encoding="utf-8")
        (folder / "body.json").write_bytes(BODY)
        for _ in range(ROUNDS):
            bare = calls_a_second(work)
            warm(address, path)
            rate, late, meanwhile = loaded(address, path, folder, SECONDS)
            ratios.append((rate / bare, rate, bare))
            slowest.append(late * rate / CLIENTS)
            healths += meanwhile
    ratio, rate, bare = sorted(ratios)[len(ratios) // 2]
    late, healthy = sorted(slowest)[len(slowest) // 2], sorted(healths)[int(0.95 * (len(healths) - 1))]
    print(
        f"{name}: {ratio:.2f}x (median of {ROUNDS}) bare calls; goal ≥ {goal:g}x {word(ratio >= goal)}  [{rate:.0f}/s against {bare:.0f}/s]"
    )
    print(f"{name}, the slowest of a hundred: {late:.2f}x {CLIENTS} clients / throughput; goal ≤ 2x {word(late <= 2)}")
    print(f"{name}, /healthz meanwhile: {1000 * healthy:.0f} ms (19 of 20); goal ≤ 50 ms {word(healthy <= 0.05)}")


def word(is_met: bool) -> str:  # noqa: FBT001
    """Whether a goal was met."""
    return "met" if is_met else "MISSED"


def main() -> None:
    """Measure, if there is something to measure with."""
    if shutil.which("wrk") is None:
        print("wrk is not installed: apt install wrk")
        return
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    measured("/check", f"/check?today={DAY}", check, 0.7)
    measured("/draw in two processes", "/draw?search=quick", draw, 1.6, "--processes", "2")


if __name__ == "__main__":
    main()

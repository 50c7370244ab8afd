"""Engines take turns, keep to their time, and leave nothing behind: real processes, real signals."""

from __future__ import annotations

import io
import logging
import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ctypes import sizeof
from pathlib import Path
from typing import Any

import pytest

import toc
from toc.render import process, windows_job

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in engines are scripts")

Use = Callable[[str], Path]
PAINT = "import toc; toc.example('small-charity').to_png()"


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Use:
    """Use a script of the shell as the engine."""

    def use(body: str) -> Path:
        path = tmp_path / "stand-in"
        path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("TOC_ENGINE", str(path))
        return path

    return use


@pytest.fixture
def hanging(stand_in: Use, tmp_path: Path) -> Callable[[int], list[int]]:
    """Use an engine that starts another program and hangs; a function that waits for the numbers of so many of both."""
    started = tmp_path / "started"
    stand_in(f"sleep 600 & echo $$ $! >>'{started}'; wait")

    def numbers(count: int) -> list[int]:
        until(lambda: started.exists() and len(started.read_text().splitlines()) >= count)
        return [int(number) for number in started.read_text().split()]

    return numbers


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, half a minute at most."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it never came to that")


def is_running(number: int) -> bool:
    """Whether a process runs: one that has ended but that nobody waited for does not."""
    try:
        os.kill(number, 0)
        told = Path(f"/proc/{number}/stat").read_text()
    except ProcessLookupError:
        return False
    except FileNotFoundError:  # it ended meanwhile, or this is no Linux, where somebody waits for orphans
        return not Path("/proc/self").exists()
    return told.rpartition(")")[2].split()[0] != "Z"


def png(**options: Any) -> bytes:
    return toc.example("small-charity").to_png(**options)


@pytest.mark.parametrize("ending", ["SIGKILL", "SIGTERM", "SIGHUP"])
def test_an_engine_that_hangs_ends_with_the_process_that_asked_for_it(
    hanging: Callable[[int], list[int]], ending: str
) -> None:
    asking = subprocess.Popen([sys.executable, "-c", PAINT], start_new_session=True)
    left = hanging(1)
    assert [number for number in left if is_running(number)] == left
    asking.send_signal(signal.Signals[ending])
    asking.wait(30)
    until(lambda: not any(map(is_running, left)))


def test_a_drawing_leaves_no_process_behind(stand_in: Use, tmp_path: Path) -> None:
    numbers = tmp_path / "numbers"
    stand_in(f"sleep 600 >/dev/null 2>&1 & echo $! >>'{numbers}'; echo picture; exit 1")
    with pytest.raises(toc.DrawingError, match="it said nothing and ended with the code 1"):
        png()
    until(lambda: not any(is_running(int(number)) for number in numbers.read_text().split()))


def test_nobody_has_to_wait_for_what_a_drawing_started() -> None:
    program = f"{PAINT}\nimport os\ntry: os.waitpid(-1, 0)\nexcept ChildProcessError: print('no child')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "no child\n"


def test_without_a_shell_there_is_a_drawing_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "STAND_BY", ("/no/such/shell",))
    assert png().startswith(b"\x89PNG")


@pytest.mark.parametrize("draw", ["to_png", "draw", "compare"])
def test_how_long_an_engine_may_take_can_be_said(draw: str, hanging: Callable[[int], list[int]]) -> None:
    theory = toc.example("small-charity")
    ways: dict[str, Callable[[], object]] = {
        "to_png": lambda: theory.to_png(timeout=0.5),
        "draw": lambda: theory.draw(io.BytesIO(), format="png", timeout=0.5),
        "compare": lambda: theory.compare(theory.without("tea-and-games")).to_png(timeout=0.5),
    }
    with pytest.raises(toc.DrawingError, match=r"took longer than 0\.5 seconds: draw a part of the theory"):
        ways[draw]()
    until(lambda: not any(map(is_running, hanging(1))))


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), "5", True, [5], b"5"])
def test_a_time_that_is_none_is_refused(timeout: Any) -> None:
    with pytest.raises(toc.OptionError, match="timeout is a number of seconds above 0, such as 60, not "):
        png(timeout=timeout)


@pytest.mark.parametrize("timeout", [float("inf"), 10**400, 1e300, 59.5])
def test_any_time_may_be_as_long_as_one_likes(timeout: float) -> None:
    assert png(timeout=timeout).startswith(b"\x89PNG")


def test_no_more_engines_run_at_once_than_are_allowed(
    stand_in: Use, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seats = tmp_path / "seats"
    seats.mkdir()
    # Each engine makes a file of its own, counts them, and takes it away.
    stand_in(f"cat >/dev/null; : >'{seats}'/$$; ls '{seats}' | wc -l >>'{tmp_path}/counts'; sleep 0.1; rm '{seats}'/$$")
    monkeypatch.setenv("TOC_ENGINES", "2")
    theory = toc.example("small-charity")

    def one(_: int) -> str:
        with pytest.raises(toc.DrawingError) as caught:
            theory.to_png()
        return str(caught.value)

    with ThreadPoolExecutor(6) as pool:
        told = set(pool.map(one, range(12)))
    assert told == {"the drawing engine could not paint this: it said nothing"}
    counts = [int(count) for count in (tmp_path / "counts").read_text().split()]
    assert len(counts) == 12
    assert max(counts) <= 2


@pytest.mark.parametrize("most", [1, 3])
def test_as_many_engines_run_as_are_allowed_and_the_next_one_waits_as_long_as_it_may_take(
    most: int, hanging: Callable[[int], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOC_ENGINES", str(most))
    failed: list[str] = []

    def hang() -> None:
        with pytest.raises(toc.DrawingError) as caught:
            png(timeout=600)
        failed.append(str(caught.value))

    running = [threading.Thread(target=hang) for _ in range(most)]
    for thread in running:
        thread.start()
    numbers = hanging(most)
    try:
        with pytest.raises(
            toc.DrawingError, match=rf"waited 0\.3 seconds for its turn: {most} drawing engines? may run at"
        ):
            png(timeout=0.3)
        assert hanging(most) == numbers  # the last one was never started
    finally:
        for number in numbers:
            os.kill(number, signal.SIGKILL)
        for thread in running:
            thread.join()
    assert len(failed) == most
    assert all("could not paint this: it was ended by the signal SIGKILL (Killed" in one for one in failed)


@pytest.mark.usefixtures("needs_engine")
@pytest.mark.parametrize("setting", ["0", "-1", "many", "1.5", "²", "9" * 5000])
def test_a_number_of_engines_that_is_none_is_named(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOC_ENGINES", setting)
    with pytest.raises(toc.DrawingError, match=r"TOC_ENGINES is set to .*, which is no whole number from 1"):
        png()


def _painted(answer: Any) -> None:
    answer.put(len(png(timeout=20)))


@pytest.mark.usefixtures("needs_engine")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_process_that_is_forked_while_others_draw_has_turns_of_its_own(
    hanging: Callable[[int], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOC_ENGINES", "1")

    def hang() -> None:
        with pytest.raises(toc.DrawingError, match="SIGKILL"):
            png(timeout=600)

    first = threading.Thread(target=hang)
    first.start()
    numbers = hanging(1)
    monkeypatch.delenv("TOC_ENGINE")
    fork = multiprocessing.get_context("fork")
    answer = fork.Queue()
    child = fork.Process(target=_painted, args=(answer,))
    try:
        child.start()
        assert answer.get(timeout=30) > 1000
    finally:
        child.join()
        for number in numbers:
            os.kill(number, signal.SIGKILL)
        first.join()


BROKEN = {
    "crashes": ("kill -SEGV $$", r"it was ended by the signal SIGSEGV \(Segmentation fault"),
    "is stopped by the system": ("kill -KILL $$", r"it was ended by the signal SIGKILL \(Killed"),
    "says nothing": ("exit 0", "it said nothing$"),
    "fails silently": ("exit 9", "it said nothing and ended with the code 9"),
    "complains in no known letters": ("printf '\\377\\376 no' >&2; exit 1", "\ufffd\ufffd no"),
    "writes no known letters": ("printf '\\377\\376\\377'", "did not write PNG"),
    "writes something else": ("echo '<svg/>'", "did not write PNG"),
    "stops in the middle": (
        "printf '\\211PNG\\r\\n\\032\\n'; head -c 100 /dev/zero",
        "did not write PNG",
    ),
}


@pytest.mark.parametrize(("body", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_engine_is_one_drawing_error(stand_in: Use, body: str, message: str) -> None:
    stand_in(body)
    with pytest.raises(toc.DrawingError, match=message) as caught:
        png()
    assert "\n" not in str(caught.value)


def test_a_log_that_listens_hears_of_files_and_engines_but_not_of_what_was_written(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    toc.example("small-charity").save(file := tmp_path / "my\ntheory.yaml")
    with caplog.at_level(logging.DEBUG, logger="toc"):
        toc.load(file).to_png()
    assert {record.name for record in caplog.records} == {"toc"}
    assert {record.levelno for record in caplog.records} == {logging.DEBUG}
    told = [record.getMessage() for record in caplog.records]
    assert [line.split(":")[0] for line in told] == ["read", "engine started", "engine ended", "drawn"]
    assert f"{str(file)!r}, {file.stat().st_size} bytes" in told[0]
    assert "warm space" not in "\n".join(told).lower()


def test_without_a_log_nothing_is_said_and_nothing_imported() -> None:
    program = f"{PAINT}; import sys; assert 'logging' not in sys.modules"
    silent = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (silent.stdout, silent.stderr) == ("", "")
    program = f"import logging; {PAINT}; print(logging.getLogger('toc').handlers)"
    silent = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (silent.stdout.count("NullHandler"), silent.stderr) == (1, "")


def test_what_windows_is_told_of_a_job_is_as_long_as_it_expects() -> None:
    assert sizeof(windows_job._Limits) == (144 if sys.maxsize > 2**32 else 112)

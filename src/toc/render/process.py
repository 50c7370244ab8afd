"""One run of a program: its turn, its time, its output, and its end, which comes with the end of this process at the latest.

A host that is killed cannot clean up. So on Linux and macOS a shell of one line stands by: it leads the group of
processes that the program runs in, waits at a pipe whose other end this process alone holds, and ends the group when that
end is gone. On Windows a job object does the same.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Final, cast

from toc.errors import DrawingError
from toc.log import now, tell

MOST_OUTPUT_BYTES: Final = 256 * 2**20
MOST_COMPLAINT: Final = 6_400  # bytes
AT_ONCE: Final = "TOC_ENGINES"
STAND_BY: Final = ("/bin/sh", "-c", "read -r end; kill -9 0")
_WINDOWS_NO_CONSOLE: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)


@dataclass(frozen=True, slots=True)
class Answer:
    """How a program ended, and what it wrote."""

    code: int
    output: bytes
    complaint: str


class Turns:
    """How many programs run at once in this process."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Nothing runs: so it is at first, and after a fork, in which the threads that had a turn are no more."""
        self._change = threading.Condition()
        self._running = 0

    @contextmanager
    def one(self, most: int, seconds: float) -> Iterator[None]:
        """A turn, waited for as long as it may take. Raises DrawingError."""
        with self._change:
            if not self._change.wait_for(lambda: self._running < most, seconds):
                raise DrawingError(
                    f"the drawing waited {seconds:g} seconds for its turn: {most} drawing engine{'s' * (most > 1)} may run "
                    f"at once here, as {AT_ONCE} says, or as there are processors; try again later"
                )
            self._running += 1
        try:
            yield
        finally:
            with self._change:
                self._running -= 1
                self._change.notify()


TURNS: Final = Turns()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=TURNS.begin)


def run(command: list[str], text: bytes, seconds: float) -> Answer:
    """What a program makes of a text on its standard input; waiting for a turn counts as part of its time.

    Raises:
        DrawingError: it could not be started, took too long, or wrote too much.
    """
    asked = now()
    with TURNS.one(_at_once(), seconds):
        left = max(0.0, seconds - (now() - asked))
        tell("engine started: %r, %d bytes, after %.1f ms", command[0], len(text), 1000 * (now() - asked))
        with _started(command) as (process, end):
            answer = _heard(process, text, left, end)
    if answer is None:
        raise DrawingError(f"the drawing took longer than {seconds:g} seconds: draw a part of the theory")
    tell("engine ended: code %d, %d bytes, after %.1f ms", answer.code, len(answer.output), 1000 * (now() - asked))
    return answer


def _at_once() -> int:
    """How many may run at once: as many as the environment says, else as there are processors."""
    setting = os.environ.get(AT_ONCE)
    if not setting:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if setting.isascii() and setting.isdecimal() and 0 < len(setting) < 10 and int(setting):
        return int(setting)
    raise DrawingError(f"{AT_ONCE} is set to {setting!r}, which is no whole number from 1: set it to one, or unset it")


@contextmanager
def _started(command: list[str]) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[], None]]]:
    """The program, running; and a function that ends it and all that it started, which is called at the end too."""
    with ExitStack() as stack:
        standby = stack.enter_context(found) if (found := _standby()) else None
        if standby:
            stack.callback(_end, standby)
        try:
            process = _opened(command, group=standby.pid if standby else 0)
        except OSError as error:
            reason = error.strerror or error
            raise DrawingError(f"the drawing engine {command[0]} could not be started: {reason}") from error
        stack.enter_context(process)
        if sys.platform == "win32":
            from toc.render.windows_job import job_of

            stack.enter_context(job_of(process))
        leader = standby or process
        stack.callback(_end, leader)
        yield process, lambda: _end(leader)


def _standby() -> subprocess.Popen[bytes] | None:
    """The shell that outlives this process, as the leader of a group; nothing where there is no shell."""
    if sys.platform == "win32":
        return None
    try:
        null = subprocess.DEVNULL
        return subprocess.Popen(STAND_BY, stdin=subprocess.PIPE, stdout=null, stderr=null, env={}, process_group=0)
    except OSError as error:
        tell("an engine that hangs would outlive this process: there is no %s (%s)", STAND_BY[0], error)
        return None


def _opened(command: list[str], group: int) -> subprocess.Popen[bytes]:
    """The program with its three pipes, in a group of processes, or with 0 in one of its own."""
    pipe, environment = subprocess.PIPE, _environment()
    if sys.platform == "win32":
        flags = _WINDOWS_NO_CONSOLE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment, creationflags=flags)
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment, process_group=group)


def _end(leader: subprocess.Popen[bytes]) -> None:
    """End a process and all of its group. As long as nobody waited for the leader, its number is no other's."""
    if leader.returncode is not None:
        return
    if sys.platform == "win32":
        leader.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):  # macOS forbids it where all have ended
            os.killpg(leader.pid, signal.SIGKILL)


def _heard(process: subprocess.Popen[bytes], text: bytes, seconds: float, end: Callable[[], None]) -> Answer | None:
    """What the process says, as long as it keeps to a bounded output; nothing where it does not keep to its time."""
    pipes = (process.stdin, process.stdout, process.stderr)
    stdin, stdout, stderr = cast("tuple[IO[bytes], IO[bytes], IO[bytes]]", pipes)
    late, complaint = threading.Event(), bytearray()

    def stop() -> None:
        late.set()
        end()

    threads = [
        threading.Thread(target=_feed, args=(stdin, text), daemon=True),
        threading.Thread(target=_keep_first, args=(stderr, complaint), daemon=True),
        alarm := threading.Timer(seconds, stop),
    ]
    try:
        for thread in threads:
            thread.start()
        output = stdout.read(MOST_OUTPUT_BYTES + 1)
        if len(output) > MOST_OUTPUT_BYTES:
            raise DrawingError(f"the drawing is larger than {MOST_OUTPUT_BYTES // 2**20} MB: draw a part of the theory")
        code = process.wait()
    except RuntimeError as error:  # no more threads are to be had
        raise DrawingError(f"the drawing engine could not be watched: {error}") from error
    finally:
        alarm.cancel()
        end()
        for thread in threads:
            if thread.ident is not None:
                thread.join()
    return None if late.is_set() else Answer(code, output, complaint.decode("utf-8", "replace"))


def _feed(pipe: IO[bytes], text: bytes) -> None:
    with suppress(OSError), pipe:  # an engine that stops reading says why in its answer
        pipe.write(text)


def _keep_first(pipe: IO[bytes], kept: bytearray) -> None:
    while part := pipe.read(4096):
        kept += part[: MOST_COMPLAINT - len(kept)]


def _environment() -> dict[str, str]:
    # SERVER_NAME makes Graphviz refuse to open files for images; GV_FILE_PATH would allow some again.
    kept = {name: value for name, value in os.environ.items() if name != "GV_FILE_PATH"}
    return {**kept, "SERVER_NAME": "toc"}

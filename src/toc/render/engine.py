"""The one module that starts processes: a Graphviz engine paints a finished layout.

The engine only paints; where everything stands is in the DOT text (`layout=nop2`). It gets the text on its standard
input, no files, no shell, and is not believed when it reports success with nothing or with an error.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import IO, Final, Literal, cast, get_args

from toc.errors import DrawingError, OptionError, as_given
from toc.scalars import plain

Format = Literal["svg", "png"]

EMBEDDED: Final = "graphviz-pure"
OVERRIDE: Final = "TOC_ENGINE"
MOST_OUTPUT_BYTES: Final = 256 * 2**20
MOST_PIXELS: Final = 50_000_000
MOST_PIXELS_A_SIDE: Final = 16_000
POINTS_PER_INCH: Final = 72

_MARGIN_POINTS: Final = 10.0  # the engine adds 4 points on each side and rounds up
_MOST_COMPLAINT: Final = 400
_WINDOWS_NO_CONSOLE: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_INSTALL: Final = (
    "install the engine with `pip install theory-of-change` (Linux, macOS or Windows on x86-64 or ARM64), or Graphviz "
    "from your system's package manager (`apt install graphviz`, `brew install graphviz`, `winget install graphviz`)"
)


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that paints: where it is, and how it was found."""

    path: str
    origin: Literal["setting", "embedded", "system"]


@dataclass(frozen=True, slots=True)
class _Answer:
    code: int
    output: bytes
    complaint: str


def paint(dot: str, format: Format, *, timeout: float = 60, dpi: int | None = None) -> bytes:
    """The picture that a DOT text describes, as the engine writes it.

    The engine is the one named by the environment variable `TOC_ENGINE`, else the embedded one, else the system's
    `dot`. `dpi` is for png alone; `png_dpi` says how much is sensible. `timeout` is in seconds.

    Raises:
        DrawingError: no engine was found, it took too long, or it could not paint this text.
    """
    if format not in get_args(Format):
        raise ValueError(f"unknown format {format!r}: choose one of {', '.join(get_args(Format))}")
    command = [_engine().path, "-q", f"-T{format}"]
    if dpi is not None:
        if format != "png":
            raise ValueError(f"dpi is for png, not for {format}")
        command.append(f"-Gdpi={int(dpi)}")
    # A NUL would end the text early, half a surrogate pair is no character.
    answer = _run(command, dot.replace("\0", "").encode("utf-8", "replace"), timeout)
    if answer.code or not answer.output or answer.complaint.startswith("Error:") or "\nError:" in answer.complaint:
        raise DrawingError(f"the drawing engine could not paint this: {_short(answer.complaint) or 'it said nothing'}")
    return answer.output


def is_embedded() -> bool:
    """Whether the embedded engine paints, which has Latin, Greek, Cyrillic and Hebrew letters only."""
    engine = _found()
    return engine is not None and engine.origin == "embedded"


def png_dpi(width_pt: float, height_pt: float, dpi: int = 192) -> int:
    """`dpi`, or as much of it as keeps a drawing of this size, in points, below 50 megapixels and 16,000 a side.

    Raises:
        OptionError: `dpi` is no number from 1.
        DrawingError: the drawing is too large for any picture in pixels.
    """
    wanted = plain(dpi)  # whatever a person gave
    if isinstance(wanted, bool) or not isinstance(wanted, (int, float)) or not wanted >= 1:
        raise OptionError(f"dpi is a number from 1, such as 144, not {as_given(dpi)}")
    width, height = ((side + _MARGIN_POINTS) / POINTS_PER_INCH for side in (width_pt, height_pt))
    # A little is kept for the engine's rounding.
    by_side = (MOST_PIXELS_A_SIDE - 2) / max(width, height)
    by_area = (MOST_PIXELS / (width * height)) ** 0.5 * 0.999
    most = int(min(wanted, by_side, by_area))
    if most < 1:
        raise DrawingError(f"a drawing of {width_pt:.0f} × {height_pt:.0f} points is too large for PNG: draw it as SVG")
    return most


def _engine() -> Engine:
    engine = _found()
    if engine is None:
        raise DrawingError(f"no drawing engine was found: {_INSTALL}")
    return engine


def _found() -> Engine | None:
    if setting := os.environ.get(OVERRIDE):
        if path := shutil.which(setting):
            return Engine(path, "setting")
        raise DrawingError(
            f"{OVERRIDE} is set to {setting!r}, which is not a program: name one such as `dot`, or unset it"
        )
    if path := _embedded():
        return Engine(path, "embedded")
    if path := shutil.which("dot"):
        return Engine(path, "system")
    return None


@cache
def _embedded() -> str | None:
    """The embedded engine: where its distribution says, where scripts are installed, or on the PATH."""
    folders = (sysconfig.get_path("scripts"), sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user")))
    for path in (*_distribution_files(), *(Path(folder) / EMBEDDED for folder in folders if folder)):
        if found := shutil.which(str(path)):
            return str(Path(found).resolve())
    return shutil.which(EMBEDDED)


def _distribution_files() -> list[Path]:
    try:
        files = metadata.files(EMBEDDED) or []
    except metadata.PackageNotFoundError:
        return []
    return [Path(str(file.locate())) for file in files if file.stem == EMBEDDED and file.suffix in ("", ".exe")]


def _run(command: list[str], text: bytes, timeout: float) -> _Answer:
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            creationflags=_WINDOWS_NO_CONSOLE,
            start_new_session=True,
        )
    except OSError as error:
        raise DrawingError(
            f"the drawing engine {command[0]} could not be started: {error.strerror or error}"
        ) from error
    with process:
        return _watched(process, text, timeout)


def _watched(process: subprocess.Popen[bytes], text: bytes, timeout: float) -> _Answer:
    """What the process says, as long as it keeps to its time and to a bounded output."""
    pipes = (process.stdin, process.stdout, process.stderr)
    stdin, stdout, stderr = cast("tuple[IO[bytes], IO[bytes], IO[bytes]]", pipes)
    late, complaint = threading.Event(), bytearray()
    threads = [
        threading.Thread(target=_feed, args=(stdin, text), daemon=True),
        threading.Thread(target=_keep_first, args=(stderr, complaint), daemon=True),
        alarm := threading.Timer(timeout, _stop, (process, late)),
    ]
    for thread in threads:
        thread.start()
    try:
        output = stdout.read(MOST_OUTPUT_BYTES + 1)
        if len(output) > MOST_OUTPUT_BYTES:
            raise DrawingError(f"the drawing is larger than {MOST_OUTPUT_BYTES // 2**20} MB: draw a part of the theory")
        code = process.wait()
    finally:
        alarm.cancel()
        _stop(process)
        for thread in threads:
            thread.join()
    if late.is_set():
        raise DrawingError(f"the drawing took longer than {timeout:g} seconds: draw a part of the theory")
    return _Answer(code, output, complaint.decode("utf-8", "replace"))


def _stop(process: subprocess.Popen[bytes], late: threading.Event | None = None) -> None:
    """End the process and what it started, unless it is over already."""
    if late is not None:
        late.set()
    if process.returncode is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _feed(pipe: IO[bytes], text: bytes) -> None:
    with suppress(OSError), pipe:  # an engine that stops reading says why in its answer
        pipe.write(text)


def _keep_first(pipe: IO[bytes], kept: bytearray) -> None:
    while part := pipe.read(4096):
        kept += part[: 16 * _MOST_COMPLAINT - len(kept)]


def _environment() -> dict[str, str]:
    # SERVER_NAME makes Graphviz refuse to open files for images; GV_FILE_PATH would allow some again.
    kept = {name: value for name, value in os.environ.items() if name != "GV_FILE_PATH"}
    return {**kept, "SERVER_NAME": "toc"}


def _short(complaint: str) -> str:
    line = " ".join(complaint.split())
    return line if len(line) <= _MOST_COMPLAINT else f"{line[: _MOST_COMPLAINT - 1]}…"

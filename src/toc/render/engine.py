"""Pictures in pixels: a Graphviz engine, which is a program of its own, paints a finished layout.

The engine only paints; where everything stands is in the DOT text (`layout=nop2`). It gets the text on its standard
input, no files, no shell, and is not believed when it reports success with nothing or with an error.
"""

from __future__ import annotations

import os
import shutil
import signal
import sysconfig
import threading
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final, Literal, get_args

from toc.errors import DrawingError, OptionError, as_given
from toc.limits import seconds_left
from toc.render.process import Answer, run
from toc.scalars import plain

Format = Literal["svg", "png"]

EMBEDDED: Final = "graphviz-pure"
OVERRIDE: Final = "TOC_ENGINE"
SECONDS: Final = 60
"""As long as an engine may take."""
WINDOWS_CRASH: Final = 0xC0000000
MOST_PIXELS: Final = 50_000_000
MOST_PIXELS_A_SIDE: Final = 16_000
POINTS_PER_INCH: Final = 72

_MARGIN_POINTS: Final = 10.0  # the engine adds 4 points on each side and rounds up
_MOST_COMPLAINT: Final = 400
_INSTALL: Final = (
    "install the engine with `pip install theory-of-change` (Linux, macOS or Windows on x86-64 or ARM64), or Graphviz "
    "from your system's package manager (`apt install graphviz`, `brew install graphviz`, `winget install graphviz`); "
    "an SVG or a PDF needs none"
)


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that paints: where it is, and how it was found."""

    path: str
    origin: Literal["setting", "embedded", "system"]


def paint(dot: str, format: Format, *, timeout: float = SECONDS, dpi: int | None = None) -> bytes:
    """The picture that a DOT text describes, as the engine writes it.

    The engine is the one named by the environment variable `TOC_ENGINE`, else the embedded one, else the system's
    `dot`. `dpi` is for png alone; `png_dpi` says how much is sensible. `timeout` is in seconds, and holds the wait for
    a turn where `TOC_ENGINES` engines run already.

    Raises:
        OptionError: `timeout` is no number of seconds.
        DrawingError: no engine was found, it took too long, or it could not paint this text.
    """
    if format not in get_args(Format):
        raise ValueError(f"unknown format {format!r}: choose one of {', '.join(get_args(Format))}")
    seconds, left = seconds_of(timeout), seconds_left()  # of the timeout, and of the limits of this drawing
    seconds = seconds if left is None else min(seconds, left)
    command = [_engine().path, "-q", f"-T{format}"]
    if dpi is not None:
        if format != "png":
            raise ValueError(f"dpi is for png, not for {format}")
        command.append(f"-Gdpi={int(dpi)}")
    # A NUL would end the text early, half a surrogate pair is no character.
    answer = run(command, dot.replace("\0", "").encode("utf-8", "replace"), seconds)
    if answer.code or not answer.output or answer.complaint.startswith("Error:") or "\nError:" in answer.complaint:
        raise DrawingError(f"the drawing engine could not paint this: {_why(answer)}")
    return answer.output


def is_embedded() -> bool:
    """Whether the embedded engine paints, which has Latin, Greek, Cyrillic and Hebrew letters only."""
    engine = _found()
    return engine is not None and engine.origin == "embedded"


def seconds_of(timeout: float) -> float:
    """The time that somebody gave the engine, in seconds: any number above 0, as far as a machine can wait.

    Raises:
        OptionError: it is none.
    """
    wanted = plain(timeout)
    if isinstance(wanted, bool) or not isinstance(wanted, (int, float)) or not wanted > 0:
        raise OptionError(f"timeout is a number of seconds above 0, such as {SECONDS}, not {as_given(timeout)}")
    return float(min(wanted, threading.TIMEOUT_MAX))


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


def _why(answer: Answer) -> str:
    """What is known of why nothing was painted."""
    if said := _short(answer.complaint):
        return said
    if answer.code < 0 or answer.code >= WINDOWS_CRASH:
        return f"it was ended by {_ending(answer.code)}"
    return "it said nothing" + (f" and ended with the code {answer.code}" if answer.code else "")


def _ending(code: int) -> str:
    """The signal that a code stands for, or the exception of Windows."""
    if code > 0:
        return f"the exception 0x{code:08X}"
    number = -code
    name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
    meaning = signal.strsignal(number)
    return f"the signal {name}" + (f" ({meaning})" if meaning else "")


def _short(complaint: str) -> str:
    line = " ".join(complaint.split())
    return line if len(line) <= _MOST_COMPLAINT else f"{line[: _MOST_COMPLAINT - 1]}…"

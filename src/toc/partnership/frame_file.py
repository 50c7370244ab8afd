"""An organisation's own frame from a small file, with every problem at once."""

from __future__ import annotations

import os
from typing import Any

from pydantic import ValidationError

from toc.errors import TheoryError, path_to
from toc.files.loader import format_of
from toc.files.locator import Format, Locator, read
from toc.files.opening import read_text
from toc.model import Theory
from toc.model.complaints import problems_of
from toc.model.mappings import FrozenDict
from toc.model.own_frames import OwnFrame, frame_problems
from toc.model.partner_words import SCALE
from toc.model.types import Id
from toc.model.values import Value
from toc.partnership.shelf import frame, statements_of
from toc.partnership.statements import Frame, Source, Statement
from toc.problems import Problem

FORM = "`frames:`, under it an id such as `our-standards:`, and under that `title:`, `source:` and `statements:`"


class FrameFile(Value):
    """A file that holds a frame as a theory would."""

    frames: FrozenDict[Id, OwnFrame]


def load_frame(path: str | os.PathLike[str]) -> Frame:
    r"""A frame of your own, from a file that says it as a theory would: `frames:`, an id, and the frame under it.

    Args:
        path: a file of at most 50 MB; JSON where its name ends in `.json`, else YAML.

    Raises:
        TheoryError: with everything that is wrong in the file, by line and column.

    >>> import toc, tempfile, pathlib
    >>> text = "frames:\n  ours:\n    title: Our standards\n    source: Trustees\n    statements: {lead: Each school names a lead}"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "ours.yaml")
    ...     _ = path.write_text(text)
    ...     toc.load_frame(path)
    <Frame 'ours': 1 statement>
    """
    source = os.fspath(path_to(path))
    format, text = format_of(source), read_text(source)
    try:
        parsed = read(text, format)
        problems = [*parsed.problems, *_strangers(parsed.value)]
        form, more = (None, []) if problems and not _has_frames(parsed.value) else _validated(parsed.value)
    except TheoryError as error:
        raise TheoryError(error.problems, source=source) from None
    problems += more
    if problems or form is None:
        raise TheoryError(_placed(problems, text, format), source=source)
    ((id, one),) = form.frames.items()
    return frame_of(id, one)


def frame_of(id: str, own: OwnFrame) -> Frame:
    """The frame that an organisation's own words make."""
    source = Source("own", own.source, own.source, own.licence or "not stated")
    found = {
        name: Statement(name, one.text, "own", source.id, theme=one.theme, probes=one.probes)
        for name, one in own.statements.items()
    }
    return Frame(id, own.title, (source,), own.scale or SCALE, statements_of(found), own.themes)


def frame_in(theory: Theory, id: str) -> Frame:
    """The frame that a theory means by an id: its own one, or one of the library's."""
    own = theory.frames.get(id)
    return frame(id) if own is None else frame_of(id, own)


def _has_frames(raw: Any) -> bool:
    return isinstance(raw, dict) and isinstance(raw.get("frames"), dict) and bool(raw["frames"])


def _strangers(raw: Any) -> list[Problem]:
    """What is wrong with the outermost keys: the file holds one frame, and nothing besides."""
    if not isinstance(raw, dict) or not raw.get("frames"):
        return [Problem("TOC011", f"this is no frame: write {FORM}")]
    if isinstance(raw["frames"], dict) and len(raw["frames"]) != 1:
        message = f"there are {len(raw['frames'])} frames: write each in a file of its own"
        return [Problem("TOC012", message, ("frames",))]
    return []


def _validated(raw: Any) -> tuple[FrameFile | None, list[Problem]]:
    more = list(frame_problems(raw["frames"], ("frames",)))
    try:
        return FrameFile.model_validate(raw), more
    except ValidationError as error:
        return None, [*problems_of(error, FrameFile, raw), *more]


def _placed(problems: list[Problem], text: str, format: Format) -> list[Problem]:
    """The problems with their places, in the order of the text."""
    locator = Locator(text, format)
    found = []
    for one in problems:
        place = None if one.line else locator.place(one.path, key=one.code in {"TOC010", "TOC016", "TOC031"})
        found.append(one.at(*place) if place else one)
    return sorted(found, key=lambda one: (one.line or 0, one.column or 0))

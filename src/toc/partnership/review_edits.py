"""Reviews and frames put into a theory."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypeVar

from toc.errors import OptionError, TheoryError, as_given, names_of
from toc.model import Theory
from toc.model.complaints import id_message
from toc.model.frame_words import STATEMENTS
from toc.model.own_frames import OwnFrame, OwnStatement
from toc.model.partner_words import SCALE
from toc.model.structure import is_id
from toc.model.types import shown
from toc.partnership.statements import Frame
from toc.problems import Problem

T = TypeVar("T", bound=Theory)


def with_review(theory: T, id: str, frame: str, date: date | str, by: str | Collection[str] = ()) -> T:
    """The theory with an empty review behind those that it has. Raises TheoryError, OptionError."""
    refuse_no_id(id, "reviews")
    if id in theory.reviews:
        message = f"there is a review '{id}' already: give the new one another id"
        raise TheoryError([Problem("TOC031", message, ("reviews", id))])
    who = names_of("those who judge are named by text", by)
    return with_reviews(theory, {id: {"frame": frame, "date": date, "by": [*who]}})


def with_reviews(theory: T, reviews: Mapping[str, Any]) -> T:
    """The theory with some reviews, as a file would say them, in the place of those with the same ids, or behind all."""
    return theory.evolve(reviews={**theory.reviews, **reviews})


def with_frame(theory: T, frame: Frame) -> T:
    """The theory with a frame that stands in it from then on. Raises TheoryError, OptionError."""
    if not isinstance(frame, Frame):
        raise OptionError(f"{as_given(frame)} is no frame: toc.load_frame(path) reads one")
    refuse_no_id(frame.id, "frames")
    if frame.id in STATEMENTS:
        message = f"'{frame.id}' comes with the library: every theory can be judged by it as it is"
        raise TheoryError([Problem("TOC031", message, ("frames", frame.id))])
    own = _as_own(frame)
    if frame.id in theory.frames and theory.frames[frame.id] != own:
        message = f"there is another frame '{frame.id}' already: give the new one another id"
        raise TheoryError([Problem("TOC031", message, ("frames", frame.id))])
    return theory if frame.id in theory.frames else theory.evolve(frames={**theory.frames, frame.id: own})


def refuse_no_id(id: object, where: str) -> None:
    """Go on where something can be an id. Raises TheoryError."""
    if not isinstance(id, str):
        raise TheoryError([Problem("TOC016", f"{shown(id)} is no id", (where,))])
    if not is_id(id):
        raise TheoryError([Problem("TOC016", id_message(id), (where, id))])


def _as_own(frame: Frame) -> OwnFrame:
    """A frame as it stands in a file: the statements as they are read aloud, each with its name where it has one."""
    statements = {
        one.id: OwnStatement(
            text=f"{one.name}: {one.text}" if one.name else one.text, theme=one.theme, probes=one.probes
        )
        for one in frame.statements
    }
    return OwnFrame(
        title=frame.title,
        source=frame.source,
        licence=None if frame.licence == "not stated" else frame.licence,
        scale=() if frame.scale == SCALE else frame.scale,
        themes=frame.themes,
        statements=statements,
    )

"""A frame that an organisation wrote for itself: its form, and what cannot be in one."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final

from pydantic import Field

from toc.model.frame_words import STATEMENTS, Probe
from toc.model.mappings import FrozenDict
from toc.model.types import (
    EMPTY,
    NULL_FORM,
    TEXT_SCHEMA,
    Id,
    Names,
    Reference,
    Short,
    Text,
    Word,
    one_or_many,
    wrapped_as,
)
from toc.model.values import Texts, Value
from toc.problems import Path, Problem
from toc.spelling import hint, listed, nearest

MOST_STATEMENTS: Final = 500
NOT_OURS: Final = "not-ours"
"""The judgement that a statement does not apply, in every frame."""
Probes = Annotated[
    tuple[Annotated[Probe, Word], ...],
    Field(json_schema_extra={"uniqueItems": True}),
    Short(one_or_many, (TEXT_SCHEMA, NULL_FORM)),
]


class OwnStatement(Value):
    """Something to be judged. `probes` say what of the theory bears on it."""

    text: Text
    theme: Reference | None = None
    probes: Probes = ()


class OwnFrame(Value):
    """Statements for partners to judge their work by. `scale` holds the words for it, least first.

    Without a `scale` it is the library's: not-yet, partly, mostly, fully.
    """

    title: Text
    source: Text
    licence: Text | None = None
    scale: Names = ()
    themes: Annotated[Texts, EMPTY] = FrozenDict()
    statements: FrozenDict[Id, Annotated[OwnStatement, wrapped_as("text")]]


def frame_problems(frames: Any, path: Path = ()) -> Iterator[Problem]:
    """What the types of frames cannot see, in frames as their author wrote them.

    >>> frames = {"practices": {"statements": {"a": {"text": "A", "theme": "peple"}}, "themes": {"people": "People"}}}
    >>> [problem.message for problem in frame_problems(frames)]
    ["'practices' comes with the library: give your frame another id", "unknown theme 'peple': did you mean 'people'?"]
    """
    for id, frame in frames.items() if isinstance(frames, Mapping) else ():
        if id in STATEMENTS:
            yield Problem("TOC031", f"'{id}' comes with the library: give your frame another id", (*path, id))
        if isinstance(frame, Mapping):
            yield from _within(frame, (*path, id))


def _within(frame: Mapping[Any, Any], path: Path) -> Iterator[Problem]:
    yield from _of_scale(frame.get("scale"), (*path, "scale"))
    statements, themes = frame.get("statements"), frame.get("themes")
    if not isinstance(statements, Mapping):
        return
    path = (*path, "statements")
    if not statements:
        yield Problem(
            "TOC011", "a frame needs at least one statement: write `named-lead: Each school names a lead`", path
        )
    if len(statements) > MOST_STATEMENTS:
        message = f"{len(statements):,} statements: {MOST_STATEMENTS} are the most, and a talk has time for far fewer"
        yield Problem("TOC014", message, path)
        return
    names = [theme for theme in themes if isinstance(theme, str)] if isinstance(themes, Mapping) else []
    for id, statement in statements.items():
        theme = statement.get("theme") if isinstance(statement, Mapping) else None
        if isinstance(theme, str) and theme.strip() and theme.strip() not in names:
            near = nearest(theme, names)
            choices = "" if near else listed("themes", names) or ": write it under `themes`, with its title"
            yield Problem(
                "TOC030", f"unknown theme '{theme}'{hint(near)}{choices}", (*path, id, "theme"), suggestion=near
            )


def _of_scale(scale: Any, path: Path) -> Iterator[Problem]:
    words = [scale] if isinstance(scale, str) else scale
    if not isinstance(words, (list, tuple)):
        return
    if len(words) == 1:
        yield Problem("TOC014", "a scale has two words or more, the least first: write [not yet, partly, fully]", path)
    if NOT_OURS in words:
        message = f"'{NOT_OURS}' is a judgement in every frame: leave it out of the scale"
        yield Problem("TOC018", message, (*path, [*words].index(NOT_OURS)))

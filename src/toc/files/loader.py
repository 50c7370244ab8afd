"""From a file or a text to a valid theory, or to every problem with its line and column."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast, get_args

from pydantic import ValidationError

from toc.errors import TheoryError, one_of, warn
from toc.files.locator import Format, Locator, read
from toc.files.opening import check_text, decode, read_bytes
from toc.files.spots import Parsed
from toc.limits import DEFAULT, Limits, bounds_of, held, in_time, limits_now
from toc.log import now, tell
from toc.model import Theory
from toc.model.complaints import MORE, problems_of
from toc.model.mentions import KEYED
from toc.model.origin import Origin, with_origin
from toc.model.structure import refuse_excess
from toc.problems import Problem

T = TypeVar("T", bound=Theory)

# Problems of a key stand where the key stands, all others where the value stands.
OF_KEYS = frozenset({"TOC010", "TOC016", "TOC031"})
SMALL = 4_000_000  # characters: fewer cannot hold too much by the default limits, so that nothing in them is counted
OF_LINKS = frozenset({"TOC016", "TOC030", "TOC032", "TOC033"})
IDS_AS_KEYS = frozenset((key,) for key in KEYED)


def load(
    path: str | os.PathLike[str], *, format: Format | None = None, into: type[T], limits: Limits | None = None
) -> T:
    """A theory from a file, which it remembers. Raises TheoryError with every problem."""
    asked = now()
    with held(bounds_of(limits)):
        data = read_bytes(path)
        format = format_of(path) if format is None else format
        theory = _loaded(data, format, os.fspath(path), into)
    tell("read: %r, %d bytes, in %.1f ms", os.fspath(path), len(data), 1000 * (now() - asked))
    return with_origin(theory, origin_at(path, data))


def origin_at(path: str | os.PathLike[str], data: bytes) -> Origin:
    """What a theory remembers of the file in which these bytes stand."""
    return Origin(os.path.normcase(os.path.realpath(path)), hashlib.sha256(data).hexdigest())


def loads(
    text: str | bytes,
    *,
    format: Format = "yaml",
    source: str | None = None,
    into: type[T],
    limits: Limits | None = None,
) -> T:
    """A theory from text. Raises TheoryError with every problem."""
    with held(bounds_of(limits)):
        return _loaded(text, format, source, into)


def _loaded(text: str | bytes, format: Format, source: str | None, into: type[T]) -> T:
    checked(format)
    text = decode(text, source=source) if isinstance(text, bytes) else check_text(text, source=source)
    if format == "yaml":
        tell_cuts(text, source)
    found, problems = _read(text, format, into)
    if found is not None:
        if format == "yaml" and not text.isascii():
            from toc.files.strays import doubts

            for line, column, words in doubts(text):
                warn(f"{source or '<text>'}:{line}:{column}: {words}")
        return found
    if not text.isascii():
        from toc.files.strays import straightened

        problems = _by_place(straightened(text, problems, _spans(format), lambda other: _read(other, format, into)[1]))
    raise TheoryError(problems, source=source)


def _read(text: str, format: Format, into: type[T]) -> tuple[T | None, list[Problem]]:
    """The theory in a text, or all its problems."""
    try:
        parsed = read(text, format)
        in_time()
        return _validated(parsed, text, format, into), []
    except TheoryError as error:
        return None, list(error.problems)


def _spans(format: Format) -> Callable[[str], Callable[[Problem], tuple[int, int] | None]]:
    """Where the text of a problem's key or value stands, for any text."""

    def of(text: str) -> Callable[[Problem], tuple[int, int] | None]:
        locator = Locator(text, format)
        return lambda problem: locator.span(problem.path, key=_is_of_key(problem))

    return of


def tell_cuts(text: str, source: str | None) -> None:
    """Warn of what a `#` cuts off from texts without quotes, whether or not there is a theory in them."""
    from toc.files.cut_texts import cut_texts

    for found in cut_texts(text):
        warn(f"{source or '<text>'}:{found.line}:{found.column}: {found.message}")


def checked(format: str) -> Format:
    """The name of a format. Raises OptionError for any other word."""
    return cast("Format", one_of("format", format, get_args(Format)))


def format_of(path: str | os.PathLike[str]) -> Format:
    """The format that a file's name tells: JSON for `.json`, else YAML."""
    return "json" if os.fspath(path).lower().endswith(".json") else "yaml"


def _validated(parsed: Parsed, text: str, format: Format, into: type[T]) -> T:
    if parsed.value is None and not parsed.problems:
        message = "the file is empty: `toc new my.yaml` writes one to start from"
        raise TheoryError([Problem("TOC003", message, line=1, column=1)])
    if limits_now() is not DEFAULT or len(text) > SMALL:
        refuse_excess(parsed.value)
    try:
        theory = into.model_validate(parsed.value)
        in_time()
    except ValidationError as error:
        problems = [*parsed.problems, *problems_of(error)]
    else:
        if not parsed.problems:
            return theory
        problems = list(parsed.problems)
    raise TheoryError(_in_order(problems, text, format))


def _in_order(problems: list[Problem], text: str, format: Format) -> list[Problem]:
    """The problems with their places, in the order of the text."""
    in_time()
    locator = Locator(text, format)
    placed = [problem if problem.line or problem.code == MORE else _placed(problem, locator) for problem in problems]
    return _by_place(placed)


def _by_place(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.code == MORE, problem.line or 0, problem.column or 0))


def _is_of_key(problem: Problem) -> bool:
    """Whether a problem is about a key, and not about what stands behind it."""
    return problem.code in OF_KEYS or (problem.code in OF_LINKS and problem.path[-2:-1] in IDS_AS_KEYS)


def _placed(problem: Problem, locator: Locator) -> Problem:
    place = locator.place(problem.path, key=_is_of_key(problem))
    return replace(problem, line=place[0], column=place[1]) if place else problem

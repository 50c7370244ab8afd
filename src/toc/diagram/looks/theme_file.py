"""An organisation's own theme from a small TOML or YAML file, with every problem at once and its contrasts checked."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Annotated, Any, Final, Literal

from pydantic import ValidationError

from toc.diagram.looks.contrast import too_faint
from toc.diagram.looks.themes import THEMES, Font, Paint, Theme
from toc.errors import TheoryError
from toc.files.locator import Locator
from toc.files.opening import decode, read_text
from toc.files.spots import DEEPEST
from toc.files.yaml_reader import read_yaml
from toc.model.complaints import problems_of
from toc.model.mappings import FrozenDict
from toc.model.types import Scalar, Text, Word, problem, shown
from toc.model.values import Value
from toc.problems import Path, Problem

LARGEST: Final = 100_000
"""The most characters of a theme's file."""
_COLOUR: Final = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")


def read_colour(value: Any) -> str:
    """A colour as #rrggbb, from that or from #rgb.

    >>> read_colour("#FA0")
    '#ffaa00'
    """
    if isinstance(value, str) and _COLOUR.fullmatch(value):
        digits = value[1:].lower()
        return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    raise problem("TOC012", f"expected a colour but found {shown(value)}: write it as '#17384a', with the quotes")


Colour = Annotated[str, Scalar(read_colour, {"type": "string", "pattern": _COLOUR.pattern})]


class PaintForm(Value):
    """The colours of one kind of box."""

    fill: Colour | None = None
    line: Colour | None = None
    text: Colour | None = None
    note: Colour | None = None


class BoxForms(Value):
    """The kinds of box."""

    goal: PaintForm = PaintForm()
    pillar: PaintForm = PaintForm()
    outcome: PaintForm = PaintForm()
    output: PaintForm = PaintForm()
    activity: PaintForm = PaintForm()
    input: PaintForm = PaintForm()


class ThemeForm(Value):
    """A theme's file: what it does not name is as in `base`."""

    base: Annotated[Literal["light", "dark", "print", "high-contrast"], Word] = "light"
    font: Annotated[Font, Word] | None = None
    logo: Text | None = None
    paper: Colour | None = None
    ink: Colour | None = None
    faint: Colour | None = None
    panel: Colour | None = None
    panel_line: Colour | None = None
    band: Colour | None = None
    ceiling: Colour | None = None
    arrow: Colour | None = None
    arrow_across: Colour | None = None
    arrow_feedback: Colour | None = None
    boxes: BoxForms = BoxForms()
    marks: FrozenDict[
        Annotated[
            Literal["focus", "added", "removed", "changed", "lost", "weakened", "error", "warning", "advice"], Word
        ],
        Colour,
    ] = FrozenDict()


def load_theme(path: str | os.PathLike[str]) -> Theme:
    """The theme in a file, which is TOML where its name ends so, else YAML.

    Raises:
        TheoryError: with every problem of the file: unknown keys, wrong values, colours too close to one another.

    """
    return theme_from(read_text(path), source=os.fspath(path))


def theme_from(text: str | bytes, *, source: str) -> Theme:
    """The theme in a text. `source` is the name of its file, whose ending tells the format.

    Raises:
        TheoryError: with every problem of the text.

    >>> theme = theme_from("{base: light, logo: The Alliance, boxes: {goal: {fill: '#030'}}}", source="ours.yaml")
    >>> theme.name, theme.logo, theme.boxes["goal"].fill
    ('ours', 'The Alliance', '#003300')

    """
    text = decode(text, source=source) if isinstance(text, bytes) else text
    if len(text) > LARGEST:
        message = f"the theme has {len(text):,} characters: {LARGEST:,} are the most"
        raise TheoryError([Problem("TOC004", message)], source=source)
    as_toml = source.lower().endswith(".toml")
    try:
        raw = _from_toml(text) if as_toml else read_yaml(text).value
        form = ThemeForm.model_validate({} if raw is None else raw)
    except ValidationError as error:
        problems = problems_of(error, ThemeForm)
    except TheoryError as error:
        problems = list(error.problems)
    else:
        theme = _made(form, FilePath(source).stem)
        problems = list(_faint(theme))
        if not problems:
            return theme
    raise TheoryError(problems if as_toml else _placed(problems, text), source=source)


def _from_toml(text: str) -> Any:
    # The parser of the standard library descends once for each bracket.
    if max(text.count("["), text.count("{")) > DEEPEST:
        raise TheoryError([Problem("TOC004", f"more than {DEEPEST} brackets: a theme needs far fewer")])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TheoryError([Problem("TOC003", f"this is not TOML: {error}")]) from None


def _made(form: ThemeForm, name: str) -> Theme:
    base = THEMES[form.base]
    values: dict[str, Any] = {
        field: getattr(form, field) for field in Theme._fields if field in type(form).model_fields
    }
    given: dict[str, Any] = {field: value for field, value in values.items() if isinstance(value, str)}
    colours = {str(mark): colour for mark, colour in form.marks.items()}
    boxes = ((kind, _painted(paint, getattr(form.boxes, kind))) for kind, paint in base.boxes.items())
    marks = ((mark, border._replace(colour=colours.get(mark, border.colour))) for mark, border in base.marks.items())
    return base._replace(name=name, boxes=FrozenDict(boxes), marks=FrozenDict(marks), **given)


def _painted(paint: Paint, form: PaintForm) -> Paint:
    given = {field: getattr(form, field) for field in ("fill", "line", "text", "note")}
    return paint._replace(**{field: colour for field, colour in given.items() if colour is not None})


def _faint(theme: Theme) -> Iterator[Problem]:
    """A problem for each pair of colours that WCAG 2.2 AA would not pass."""
    for pair in too_faint(theme):
        message = (
            f"{pair.front} {pair.front_colour} on {pair.back} {pair.back_colour} has a contrast of {pair.contrast:.1f}: "
            f"{pair.least:g} is the least for it to be read; make one lighter or the other darker"
        )
        yield Problem("TOC014", message, _path(pair.front))


def _path(name: str) -> Path:
    return tuple(name.split("."))


def _placed(problems: list[Problem], text: str) -> list[Problem]:
    locator = Locator(text, "yaml")
    places = (None if one.line else locator.place(one.path, key=one.code == "TOC010") for one in problems)
    return [one.at(*place) if place else one for one, place in zip(problems, places, strict=True)]

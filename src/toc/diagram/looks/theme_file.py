"""An organisation's own theme from a small TOML or YAML file, with every problem at once.

Its contrasts are checked too: WCAG 2.2 asks at level AA for 4.5 for text and 3 for shapes.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple, get_args

from pydantic import ValidationError, create_model

from toc.diagram.looks.themes import COLOURS, LIGHT, LIKE, PARTS, THEMES, Font, Theme
from toc.diagram.shapes import BoxKind
from toc.errors import TheoryError
from toc.files.locator import Locator
from toc.files.opening import decode, read_text
from toc.files.spots import DEEPEST
from toc.files.yaml_reader import read_yaml
from toc.model.complaints import problems_of
from toc.model.mappings import FrozenDict
from toc.model.types import Scalar, Text, Word, problem, shown
from toc.model.values import Value
from toc.problems import Problem

TEXT: Final = 4.5
SHAPE: Final = 3.0


class Pair(NamedTuple):
    """Two colours that must be told apart, by their names in a theme, and how well."""

    front: str
    back: str
    front_colour: str
    back_colour: str
    least: float

    @property
    def contrast(self) -> float:
        """From 1, the same colour, to 21, black on white."""
        return contrast(self.front_colour, self.back_colour)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (#rrggbb), from 1 to 21.

    Source: WCAG 2.2, definition of contrast ratio, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(theme: Theme) -> list[Pair]:
    """The pairs of colours in a theme that cannot be told apart well enough."""
    return [pair for pair in _pairs(theme) if pair.contrast < pair.least]


def _pairs(theme: Theme) -> Iterator[Pair]:
    grounds = {"paper": theme.paper, "panel": theme.panel, "band": theme.band}
    for name in ("ink", "faint", "ceiling"):
        yield Pair(name, "paper", getattr(theme, name), theme.paper, TEXT)
    for name in ("arrow", "arrow_across", "arrow_feedback"):
        yield from (Pair(name, ground, getattr(theme, name), grounds[ground], SHAPE) for ground in ("paper", "panel"))
    for kind, paint in theme.boxes.items():
        yield Pair(f"boxes.{kind}.text", f"boxes.{kind}.fill", paint.text, paint.fill, TEXT)
        yield Pair(f"boxes.{kind}.note", f"boxes.{kind}.fill", paint.note, paint.fill, TEXT)
        yield from (Pair(f"boxes.{kind}.line", ground, paint.line, grounds[ground], SHAPE) for ground in grounds)
    for mark, border in theme.marks.items():
        yield from (Pair(f"marks.{mark}", ground, border.colour, grounds[ground], SHAPE) for ground in grounds)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


LARGEST: Final = 100_000  # characters
_COLOUR: Final = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")


def read_colour(value: Any) -> str:
    """A colour as #rrggbb, from that or from #rgb."""
    if isinstance(value, str) and _COLOUR.fullmatch(value):
        digits = value[1:].lower()
        return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    raise problem("TOC012", f"expected a colour but found {shown(value)}: write it as '#17384a', with the quotes")


Colour = Annotated[str, Scalar(read_colour, {"type": "string", "pattern": _COLOUR.pattern})]


def _form(name: str, **fields: Any) -> Any:
    """The form of a part of the file: its keys with their types and what stands for each that is not named."""
    return create_model(name, __base__=Value, **fields)


_PAINT: Final = _form("PaintForm", **dict.fromkeys(PARTS, (Colour | None, None)))
_BOXES: Final = _form("BoxForms", **dict.fromkeys(get_args(BoxKind), (_PAINT, _PAINT())))
# What a file does not name is as in `base`.
_THEME: Final = _form(
    "ThemeForm",
    base=(Annotated[Literal[*THEMES], Word], "light"),
    font=(Annotated[Font, Word] | None, None),
    logo=(Text | None, None),
    **dict.fromkeys(COLOURS, (Colour | None, None)),
    boxes=(_BOXES, _BOXES()),
    marks=(FrozenDict[Annotated[Literal[*LIGHT.marks], Word], Colour], FrozenDict()),  # type: ignore[valid-type]  # mypy reads no names from values
)


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
    """
    text = decode(text, source=source) if isinstance(text, bytes) else text
    if len(text) > LARGEST:
        message = f"the theme has {len(text):,} characters: {LARGEST:,} are the most"
        raise TheoryError([Problem("TOC004", message)], source=source)
    as_toml = source.lower().endswith(".toml")
    try:
        raw = _from_toml(text) if as_toml else read_yaml(text).value
        form = _THEME.model_validate({} if raw is None else raw)
    except ValidationError as error:
        problems = problems_of(error, _THEME)
    except TheoryError as error:
        problems = list(error.problems)
    else:
        theme = _made(form, Path(source).stem)
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


def _made(form: Any, name: str) -> Theme:
    base = THEMES[form.base]
    boxes = {kind: paint._replace(**_given(getattr(form.boxes, kind), PARTS)) for kind, paint in base.boxes.items()}
    marks = {mark: border._replace(colour=form.marks.get(mark, border.colour)) for mark, border in base.marks.items()}
    given = _given(form, ("font", "logo", *COLOURS))
    made = base._replace(name=name, boxes=FrozenDict(boxes), marks=FrozenDict(marks), **given)
    return made._replace(plain=plain(made))


def plain(theme: Theme) -> frozenset[BoxKind]:
    """The kinds of boxes on whose ground the colour of a sign could not be told well enough."""
    colours = [theme.marks[mark].colour for mark in set(LIKE.values())]
    return frozenset(
        kind for kind, paint in theme.boxes.items() if any(contrast(one, paint.fill) < SHAPE for one in colours)
    )


def _given(form: Any, names: Iterable[str]) -> dict[str, Any]:
    """What a form says, without what it leaves to the base."""
    return {name: value for name in names if (value := getattr(form, name)) is not None}


def _faint(theme: Theme) -> Iterator[Problem]:
    """A problem for each pair of colours that WCAG 2.2 AA would not pass."""
    for pair in too_faint(theme):
        message = (
            f"{pair.front} {pair.front_colour} on {pair.back} {pair.back_colour} has a contrast of {pair.contrast:.1f}: "
            f"{pair.least:g} is the least for it to be read; make one lighter or the other darker"
        )
        yield Problem("TOC014", message, tuple(pair.front.split(".")))


def _placed(problems: list[Problem], text: str) -> list[Problem]:
    locator = Locator(text, "yaml")
    places = (None if one.line else locator.place(one.path, key=one.code == "TOC010") for one in problems)
    return [one.at(*place) if place else one for one, place in zip(problems, places, strict=True)]

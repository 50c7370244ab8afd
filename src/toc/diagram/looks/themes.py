"""How a drawing looks: colours and line styles by what they mean. Colour never carries a meaning alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from toc.diagram.shapes import Arrow, Box, BoxKind, Flow, Mark, Sign
from toc.errors import one_of
from toc.language.facts import Strength
from toc.model.mappings import FrozenDict
from toc.monitoring.statuses import Status

LineStyle = Literal["solid", "dashed", "dotted"]
# Text is measured as Arial is set; these are as wide as it or narrower, so that no text leaves its box.
Font = Literal["Arial", "Helvetica", "Calibri", "Times New Roman", "Arial Narrow"]


class Stroke(NamedTuple):
    """A line: its style in words that every format knows, and its width in points."""

    style: LineStyle
    width: float


class Paint(NamedTuple):
    """The colours of one kind of box, and its border."""

    fill: str
    line: str
    text: str
    note: str
    border: Stroke = Stroke("solid", 1)


class Border(NamedTuple):
    """The border of a box, or the line of an arrow, that is marked."""

    colour: str
    stroke: Stroke


class Theme(NamedTuple):
    """Everything that a renderer needs to know about looks. Colours are #rrggbb.

    `ink` is for the title, `faint` for what stands beside the boxes, `panel` lies behind a column, `band` behind the
    steps of the triangle; `logo` is a name that stands at the foot. In boxes of the kinds in `plain` the colours of marks are
    hard to see, so that the signs of how KPIs stand have the colour of the text.
    """

    name: str
    paper: str
    ink: str
    faint: str
    panel: str
    panel_line: str
    band: str
    ceiling: str
    arrow: str
    arrow_across: str
    arrow_feedback: str
    boxes: Mapping[BoxKind, Paint]
    strokes: Mapping[Strength, Stroke]
    marks: Mapping[Mark, Border]
    font: Font = "Arial"
    logo: str = ""
    plain: frozenset[BoxKind] = frozenset({"goal", "pillar"})

    def of_box(self, box: Box) -> Border:
        """The border of a box: that of its mark, if it has one, else that of its kind."""
        paint = self.boxes[box.kind]
        return self.marks[box.mark] if box.mark else Border(paint.line, paint.border)

    def of_sign(self, sign: Sign) -> str:
        """The colour of the sign of how KPIs stand, in a box or on the paper. Its shape alone says as much."""
        if sign.status is Status.UNKNOWN or sign.kind in self.plain:
            return self.boxes[sign.kind].note if sign.kind else self.faint
        return self.marks[LIKE[sign.status]].colour

    def of_arrow(self, arrow: Arrow) -> Border:
        """The line of an arrow: that of its mark, if it has one, else its colour by what it is and its style by strength."""
        if arrow.mark:
            return self.marks[arrow.mark]
        colour = self.arrow_feedback if arrow.is_open else self.arrow_across if arrow.is_hollow else self.arrow
        return Border(colour, self.strokes[FLOWS.get(arrow.flow, arrow.strength)])


# The mark whose colour each sign has.
LIKE: Final[Mapping[Status, Mark]] = FrozenDict(
    {
        Status.MET: "added", Status.ON_TRACK: "added", Status.BEHIND: "changed", Status.OFF_TRACK: "removed",
        Status.MISSED: "removed",
    }
)  # fmt: skip
# The line that each flow has.
FLOWS: Final[Mapping[Flow, Strength]] = FrozenDict({"gives": "strong", "gains": "medium", "reciprocates": "weak"})
# The colours of a theme by their names, and those of one kind of box.
COLOURS: Final = (
    "paper", "ink", "faint", "panel", "panel_line", "band", "ceiling", "arrow", "arrow_across", "arrow_feedback",
)  # fmt: skip
PARTS: Final = ("fill", "line", "text", "note")
STROKES: Final[Mapping[Strength, Stroke]] = FrozenDict(
    {
        "strong": Stroke("solid", 1.7),
        "medium": Stroke("dashed", 1.3),
        "weak": Stroke("dotted", 1.5),
        "unknown": Stroke("solid", 0.7),
    }
)


def _marks(good: str, bad: str, between: str, plain: str) -> Mapping[Mark, Border]:
    """The marks in four colours; a style of line and a word in the box tell them apart without."""
    thick, broken, dotted = Stroke("solid", 2.6), Stroke("dashed", 2.6), Stroke("dotted", 2.6)
    heavy, slight = Stroke("solid", 4.0), Stroke("dashed", 1.3)
    return FrozenDict(
        {
            "focus": Border(plain, Stroke("solid", 3.2)),
            "added": Border(good, thick),
            "removed": Border(bad, broken),
            "changed": Border(between, dotted),
            "lost": Border(bad, heavy),
            "weakened": Border(between, slight),
            "error": Border(bad, thick),
            "warning": Border(between, broken),
            "advice": Border(plain, dotted),
        }
    )


LIGHT: Final = Theme(
    name="light",
    paper="#ffffff", ink="#1f2d36", faint="#51636e", panel="#f2f6f7", panel_line="#d5e0e3",
    band="#e9f0f2", ceiling="#8a5a00", arrow="#3f5966", arrow_across="#7b3fa0", arrow_feedback="#a23b2a",
    boxes=FrozenDict({
        "goal": Paint("#17384a", "#17384a", "#ffffff", "#dbe7ec"),
        "pillar": Paint("#2b6d75", "#2b6d75", "#ffffff", "#e3f0f1"),
        "outcome": Paint("#ffffff", "#2b6d75", "#1f2d36", "#3c4f59"),
        "output": Paint("#e6f0e4", "#4f7d49", "#1f2d36", "#3c4f59"),
        "activity": Paint("#fdf5e4", "#a5761f", "#1f2d36", "#4a4232"),
        "input": Paint("#eef0f2", "#6b7a84", "#1f2d36", "#3c4f59"),
    }),
    strokes=STROKES,
    marks=_marks(good="#0a7d4f", bad="#b3261e", between="#9a5b00", plain="#1f5fa8"),
)  # fmt: skip
DARK: Final = Theme(
    name="dark",
    paper="#12191e", ink="#eef3f5", faint="#b3c1c9", panel="#1b252c", panel_line="#33434d",
    band="#22303a", ceiling="#f0b64c", arrow="#a9bcc6", arrow_across="#d1a1ee", arrow_feedback="#ff9d8a",
    boxes=FrozenDict({
        "goal": Paint("#d7ecf5", "#d7ecf5", "#10222c", "#274250"),
        "pillar": Paint("#8fd0d6", "#8fd0d6", "#0e2124", "#17383c"),
        "outcome": Paint("#1f2d35", "#7fc3ca", "#f2f6f8", "#cbd8de"),
        "output": Paint("#22332a", "#8cc48a", "#f2f6f8", "#d0ddd2"),
        "activity": Paint("#352c1c", "#e0b055", "#fbf5e8", "#e4d8be"),
        "input": Paint("#272e33", "#9aa8b0", "#f2f6f8", "#cbd5da"),
    }),
    strokes=STROKES,
    marks=_marks(good="#58d29b", bad="#ff8a80", between="#f0b64c", plain="#8ab8f2"),
)  # fmt: skip
PRINT: Final = Theme(
    name="print",
    paper="#ffffff", ink="#000000", faint="#000000", panel="#ffffff", panel_line="#8c8c8c",
    band="#ffffff", ceiling="#000000", arrow="#000000", arrow_across="#000000", arrow_feedback="#000000",
    boxes=FrozenDict({
        "goal": Paint("#ffffff", "#000000", "#000000", "#000000", Stroke("solid", 3)),
        "pillar": Paint("#ffffff", "#000000", "#000000", "#000000", Stroke("solid", 2)),
        "outcome": Paint("#ffffff", "#000000", "#000000", "#000000", Stroke("solid", 1)),
        "output": Paint("#ffffff", "#000000", "#000000", "#000000", Stroke("dashed", 1)),
        "activity": Paint("#ffffff", "#000000", "#000000", "#000000", Stroke("solid", 0.6)),
        "input": Paint("#ffffff", "#000000", "#000000", "#000000", Stroke("dotted", 1.2)),
    }),
    strokes=STROKES,
    marks=_marks(good="#000000", bad="#000000", between="#000000", plain="#000000"),
)  # fmt: skip
HIGH_CONTRAST: Final = Theme(
    name="high-contrast",
    paper="#ffffff", ink="#000000", faint="#000000", panel="#ffffff", panel_line="#000000",
    band="#ffffff", ceiling="#7a0000", arrow="#000000", arrow_across="#4b0082", arrow_feedback="#7a0000",
    boxes=FrozenDict({
        "goal": Paint("#000000", "#000000", "#ffffff", "#ffffff", Stroke("solid", 2)),
        "pillar": Paint("#00304a", "#000000", "#ffffff", "#ffffff", Stroke("solid", 2)),
        "outcome": Paint("#ffffff", "#000000", "#000000", "#000000", Stroke("solid", 2)),
        "output": Paint("#ffffff", "#000000", "#000000", "#000000", Stroke("dashed", 2)),
        "activity": Paint("#fff7c2", "#000000", "#000000", "#000000", Stroke("solid", 1.4)),
        "input": Paint("#ffffff", "#000000", "#000000", "#000000", Stroke("dotted", 2)),
    }),
    strokes=FrozenDict({
        "strong": Stroke("solid", 2.6),
        "medium": Stroke("dashed", 2),
        "weak": Stroke("dotted", 2.2),
        "unknown": Stroke("solid", 1.2),
    }),
    marks=_marks(good="#00512d", bad="#7a0000", between="#5c3300", plain="#00307a"),
)  # fmt: skip
THEMES: Final[Mapping[str, Theme]] = MappingProxyType(
    {theme.name: theme for theme in (LIGHT, DARK, PRINT, HIGH_CONTRAST)}
)


def theme_named(name: str) -> Theme:
    """The theme of a name.

    Raises:
        OptionError: there is no such theme.
    """
    return THEMES[one_of("theme", name, THEMES, or_else=", or a file of your own as a pathlib.Path")]

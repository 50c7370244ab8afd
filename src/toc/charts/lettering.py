"""Type on a matplotlib chart: which typefaces, how large a text is drawn, and where its lines break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from unicodedata import category

from toc.diagram.type.measures import width, wrap
from toc.errors import DrawingError, OptionError, as_given, missing_extra, warn

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Typefaces for scripts that the usual one lacks, as they are named on Linux, macOS and Windows.
FALLBACKS: Final = (
    "DejaVu Sans", "Arial", "Liberation Sans", "Noto Sans", "Segoe UI", "Noto Sans CJK SC", "Noto Sans CJK JP",
    "Noto Sans SC", "PingFang SC", "PingFang HK", "Hiragino Sans", "Microsoft YaHei", "SimHei", "Yu Gothic",
    "Malgun Gothic", "Apple SD Gothic Neo", "WenQuanYi Zen Hei", "Source Han Sans SC", "Arial Unicode MS",
    "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Thai", "Nirmala UI",
    "Leelawadee UI", "Segoe UI Symbol",
)  # fmt: skip
REFERENCE: Final = 40.0  # points: large enough that the rounding to pixels does not show
LEADING: Final = 1.15
ROOM: Final = 1.03  # another device may round a text to a little more
STAND_IN: Final = "□"
SMALLEST: Final = 6.0  # points of type


def figure_of(ax: Axes) -> Figure:
    """The figure on which axes stand. Raises OptionError."""
    try:
        return ax.figure.figure  # of a subfigure, the whole
    except AttributeError:
        raise OptionError(f"{as_given(ax)} has no figure: give axes of matplotlib, or none") from None


def room_of(ax: Axes) -> tuple[float, float]:
    """How wide and how high axes are, in points."""
    scale = 72 / figure_of(ax).dpi
    return ax.bbox.width * scale, ax.bbox.height * scale


def settled_room(ax: Axes) -> tuple[float, float]:
    """The same once a layout engine, where the figure has one, has given the axes their place."""
    if figure_of(ax).get_layout_engine() is not None:
        figure_of(ax).draw_without_rendering()
    return room_of(ax)


def need_matplotlib() -> None:
    """Go on where matplotlib is installed. Raises MissingExtraError."""
    try:
        import matplotlib  # noqa: F401, ICN001
    except ImportError as error:
        raise missing_extra("plot", "plotting a chart") from error


def too_small(wide: float, high: float, what: str) -> DrawingError:
    """What is said of axes on which not even the smallest type has room; lengths in points."""
    return DrawingError(f"{wide / 72:.1f} by {high / 72:.1f} inches are too few for {what}: make the axes larger")


@dataclass(frozen=True, slots=True)
class Extent:
    """How a text is drawn at 1 point: its width against that of the drawing's font, its first line, each further one."""

    ratio: float
    first: float
    further: float


class Lettering:
    """The type of one figure. It remembers every text, so that trying many sizes costs little."""

    def __init__(self, figure: Figure) -> None:
        import matplotlib as mpl
        from matplotlib.font_manager import fontManager
        from matplotlib.text import Text

        own = [str(family) for family in mpl.rcParams["font.family"]]
        there = set(fontManager.get_font_names())
        # Naming a typeface that is not there makes matplotlib complain at every text.
        self.families: Final = [*own, *(family for family in FALLBACKS if family in there and family not in own)]
        self.missing: dict[str, None] = {}
        self._text = Text(0, 0, "", **self.style(REFERENCE))
        self._text.set_figure(figure)
        self._pixel = 0.6 * 72 / figure.dpi
        self._scale = 72 / figure.dpi / REFERENCE
        self._extents: dict[str, Extent] = {}

    def style(self, size: float) -> dict[str, Any]:
        """How every text of the chart is set; a dollar sign is a dollar sign."""
        return {
            "fontsize": size,
            "fontfamily": self.families,
            "linespacing": LEADING,
            "parse_math": False,
            "usetex": False,
        }

    @cached_property
    def _fonts(self) -> list[Any]:
        from matplotlib.font_manager import FontProperties, findfont, get_font

        return [get_font(findfont(FontProperties(family=[family]))) for family in self.families]

    def drawable(self, text: str) -> str:
        """The text with a box for every character that no typeface here has; those are kept in `missing`."""
        return text if text.isascii() else "".join(map(self._drawable, text))

    def _drawable(self, char: str) -> str:
        if char.isascii() or any(font.get_char_index(ord(char)) for font in self._fonts):
            return char
        if category(char) in {"Mn", "Me", "Cf", "Cc"}:
            return ""
        self.missing[char] = None
        return STAND_IN

    def warn(self, size: float = SMALLEST, what: str = "") -> None:
        """Warn where the axes left room for type of this size only, and of characters that no typeface here has."""
        if size < SMALLEST:
            warn(f"the axes are small for {what}, and so is the type, {size:g} points: give them more room")
        if self.missing:
            shown = "".join(list(self.missing)[:8])
            warn(f"no typeface here has {shown}: a box stands instead; install one that has, such as Noto Sans")

    def wide(self, text: str, size: float) -> float:
        """How wide a line may be drawn at most, in points."""
        return width(text, size) * self._extent(text).ratio

    def lines(self, text: str, room: float, size: float) -> tuple[str, ...]:
        """The lines of a text that are no wider than `room` points."""
        return wrap(text, room / self._extent(text).ratio, size, balance=True)

    def cut(self, text: str, room: float, size: float, most: int) -> tuple[str, ...]:
        """The lines of a text, at most so many: what is left out is told by dots."""
        lines = self.lines(text, room, size)
        if len(lines) <= most:
            return lines
        left = _behind(" ".join(text.split()), lines[: most - 1])
        low, high = 0, len(left)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.wide(f"{left[:middle]}…", size) <= room else (low, middle - 1)
        return (*lines[: most - 1], f"{left[:low].rstrip()}…")

    def tall(self, text: str, lines: int, size: float) -> float:
        """How high a text of so many lines is, in points."""
        extent = self._extent(text)
        # Older matplotlib rounds each line up to whole pixels, which shows in small type.
        return (extent.first + extent.further * (lines - 1)) * size + self._pixel * lines if lines else 0.0

    def high(self, lines: Sequence[str], size: float) -> float:
        """How high some lines are, in points."""
        return self.tall(" ".join(lines), len(lines), size)

    def _extent(self, text: str) -> Extent:
        if text not in self._extents:
            first = self._measured(text)[1]
            further = self._measured(f"{text}\n{text}")[1] - first
            self._extents[text] = Extent(max(self._ratios(text), default=1.0) * ROOM, first, further)
        return self._extents[text]

    def _ratios(self, text: str) -> Iterator[float]:
        """How much wider than in the drawing the whole text and its longer words are."""
        for part in (text, *(word for word in text.split() if len(word) > 3)):
            known = width(part, 1)
            if known:
                yield self._measured(part)[0] / known

    def _measured(self, text: str) -> tuple[float, float]:
        self._text.set_text(text)
        box = self._text.get_window_extent()
        return box.width * self._scale, box.height * self._scale


def _behind(text: str, lines: Sequence[str]) -> str:
    """What is left of a text behind its first lines, which may end in a hyphen of their own."""
    at = 0
    for line in lines:
        for char in line:
            if char == text[at : at + 1]:
                at += 1
        at += text[at : at + 1] == " "
    return text[at:]

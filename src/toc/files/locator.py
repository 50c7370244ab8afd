"""Line and column of the value, or the key, at a path through a text, however short its author wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, Literal

from toc.errors import TheoryError
from toc.files.spots import Lines, Parsed, Places, Spot
from toc.model.complaints import Places as KnownPlaces
from toc.model.complaints import author_path
from toc.problems import Path

Format = Literal["yaml", "json"]
LONGEST_LINE: Final = 300
"""The most characters of a line that are shown: a whole file may stand in one."""
FAR_RIGHT: Final = 100


def read(text: str, format: Format, places: Places | None = None) -> Parsed:
    """What a text means; `places` holds afterwards where it stands. Raises TheoryError where it cannot be read.

    Each reader is imported by whoever has such a text.
    """
    if format == "json":
        from toc.files.json_reader import read_json

        return read_json(text, places=places)
    from toc.files.yaml_reader import read_yaml

    return read_yaml(text, places=places)


def walked(text: str, format: Format) -> tuple[Any, Spot | None]:
    """The value of a text and where everything stands in it. Raises TheoryError where it cannot be read."""
    places = Places()
    return read(text, format, places).value, places.root


class Locator:
    """Places in one text, which is walked once however many are asked for.

    Never raises on a text that could be read; of a text that cannot be read it knows no place.
    """

    def __init__(self, text: str, format: Format) -> None:
        text = text.removeprefix("\ufeff")
        self.value, self.root = None, None
        with suppress(TheoryError):
            self.value, self.root = walked(text, format)
        self.lines = Lines(text)

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int] | None:
        """Line and column, from 1, of the value at a path, or of its key.

        Where the path goes on inside a short form (`leads_to: literacy`) that short form is the place; where a
        mapping or list lacks the next step, the key of that mapping or list is (a missing key is reported at its
        parent). None only for a text that holds nothing or cannot be read.
        """
        if self.root is None:
            return None
        spot, missing = _nearest(self.root, path)
        wants_key = key if not missing else spot.parts is not None
        return self.lines.place(spot.key if wants_key and spot.key >= 0 else spot.start)

    def span(self, path: Path, *, key: bool = False) -> tuple[int, int] | None:
        """Where the text at a path, or its key, begins and ends, from 0; None where it is no single text."""
        if self.root is None:
            return None
        spot, missing = _nearest(self.root, path)
        if key and not missing and spot.key >= 0:
            return spot.key, spot.key_end
        return None if spot.parts is not None else (spot.start, spot.end)


class FindingPlaces:
    """Lines and columns of findings in the text of a theory, which is walked once however many are asked for."""

    def __init__(self, text: str, format: Format) -> None:
        self._text = text.removeprefix("\ufeff")
        self._locator = Locator(text, format)
        self._known: KnownPlaces = {}
        raw = self._locator.value
        self._raw: Mapping[str, Any] = raw if isinstance(raw, dict) else {}

    def place(self, path: Path) -> tuple[int, int] | None:
        """Line and column, from 1, of the key that a path leads to, or of the nearest key above it.

        None where nothing of it stands in the text: a key that is missing at the top has no line.
        """
        path = self.path(path)
        if not path or path[0] not in self._raw:
            return None
        return self._locator.place(path, key=True)

    def path(self, path: Path) -> Path:
        """A path through the text as its author wrote it, to the nearest place above what stands in no place of its own."""
        return author_path(self._raw, self._by_section(path), self._known)

    def line(self, number: int, column: int = 1) -> str:
        """The text of a line without its end; of a long line a stretch, from a column far to the right on."""
        starts = self._locator.lines.starts
        end = starts[number] if number < len(starts) else len(self._text)
        start = starts[number - 1] + (column - 1 if column > FAR_RIGHT else 0)
        found = self._text[start : min(end, start + LONGEST_LINE)].rstrip("\r\n")
        return f"…{found}" if column > FAR_RIGHT else found

    def _by_section(self, path: Path) -> Path:
        """A path in which the only goal stands under `goals`, as all other nodes do."""
        if path[:1] != ("goal",):
            return path
        section = self._raw.get("goals")
        ids = list(section) if isinstance(section, dict) else []
        return ("goals", ids[0] if ids else "goal", *path[1:])


def _nearest(root: Spot, path: Path) -> tuple[Spot, bool]:
    """The spot the path leads to, or the last one on the way, and whether steps are missing."""
    spot = root
    for step in path:
        part = spot.part(step)
        if part is None:
            return spot, True
        spot = part
    return spot, False

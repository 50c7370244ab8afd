"""Line and column of the value, or the key, at a path through a text."""

from __future__ import annotations

from typing import Literal

from toc.errors import TheoryError
from toc.files.json.json_reader import read_json
from toc.files.spots import Lines, Places, Spot
from toc.files.yaml.yaml_reader import read_yaml
from toc.problems import Path

__all__ = ["Format", "Locator", "Places", "locate"]

Format = Literal["yaml", "json"]


class Locator:
    r"""Places in one text, which is walked once however many are asked for.

    Never raises on a text that could be read; of a text that cannot be read it knows no place.

    >>> locator = Locator("title: Reading\noutcomes:\n  readers: {leads_to: literacy}\n", "yaml")
    >>> locator.place(("outcomes", "readers", "leads_to")), locator.place(("outcomes", "readers"), key=True)
    ((3, 23), (3, 3))
    """

    def __init__(self, text: str, format: Format) -> None:
        text = text.removeprefix("\ufeff")
        places = Places()
        try:
            if format == "json":
                read_json(text, places=places)
            else:
                read_yaml(text, places=places)
        except TheoryError:
            places = Places()
        self.root = places.root
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


def locate(text: str, path: Path, *, format: Format, key: bool = False) -> tuple[int, int] | None:
    """Line and column, from 1, of the value (or the key) at a path; see `Locator.place`.

    >>> locate('{"title": "Reading"}', ("title",), format="json")
    (1, 11)
    """
    return Locator(text, format).place(path, key=key)


def _nearest(root: Spot, path: Path) -> tuple[Spot, bool]:
    """The spot the path leads to, or the last one on the way, and whether steps are missing."""
    spot = root
    for step in path:
        part = spot.part(step)
        if part is None:
            return spot, True
        spot = part
    return spot, False

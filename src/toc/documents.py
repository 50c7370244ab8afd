"""A theory in the pages of a documentation: read from its file, drawn, and told in words."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from toc import drawings
from toc.diagram.description import described
from toc.draw_options import Looks
from toc.errors import one_of
from toc.front import load
from toc.language.text import one_line

LISTS: Final = ("pillar", "tag", "target_group", "kind", "hide")
LOOKS: Final = ("view", "node", "direction", "page", "kpis", "audience", "theme", "search", *LISTS)
"""What a page may ask of a drawing, by name; several names of `LISTS` stand behind commas."""
SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
STYLE: Final = "max-width:100%;height:auto"
IN_WORDS: Final = "The drawing in words"


class Shown(NamedTuple):
    """A theory as a page shows it: its drawing as SVG, all that this says, in words, and the page to explore it."""

    title: str
    svg: str
    description: str
    explore: str = ""

    def image(self, address: str) -> str:
        """The drawing as an HTML image that stands at an address. Its alternative text is what the description opens with."""
        alt = one_line(self.description.partition("\n")[0])
        return f'<img src="{escape(address)}" alt="{escape(alt)}" style="{STYLE}" />'

    def frame(self, source: str) -> str:
        """The page to explore in a frame of its own, in which nothing reaches the page around it; `source` says where it is."""
        title = escape(f"{self.title}, to explore")
        return (
            f'<iframe title="{title}" width="100%" height="720" style="border:0" sandbox="{SANDBOX}" {source}></iframe>'
        )


def shown(path: Path, wishes: Mapping[str, str], *, explore: bool = False) -> Shown:
    """A theory drawn as a page wishes, each wish a text.

    Raises:
        TheoryError: the file is missing or has mistakes.
        OptionError: there is no such wish, or not this choice.
    """
    theory = load(path)
    subject = drawings.subject_of(theory, looks_of(wishes, path.parent))
    svg, page = drawings.as_text(subject, "svg"), drawings.as_text(subject, "html") if explore else ""
    return Shown(theory.title, svg, described(subject.diagram), page)


def looks_of(wishes: Mapping[str, str], folder: Path) -> Looks:
    """What is asked of a drawing; a theme with an ending is a file, seen from `folder`.

    >>> looks_of({"view": "layers", "hide": "legend, badges"}, Path())
    {'view': 'layers', 'hide': ['legend', 'badges']}
    """
    looks: Any = {}
    for wish, value in wishes.items():
        name = one_of("option", wish.replace("-", "_"), LOOKS)
        looks[name] = [one.strip() for one in value.split(",")] if name in LISTS else value
    if Path(looks.get("theme", "")).suffix:
        looks["theme"] = folder / looks["theme"]
    return cast("Looks", looks)

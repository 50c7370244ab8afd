"""Draw every view of the three examples in every theme to `docs/gallery`, and write the page that shows them.

After a change to the examples, or to how theories are drawn:

    python scripts/make_gallery.py
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import toc
from toc.diagram.drawing import VIEWS
from toc.diagram.looks.themes import THEMES

DOCS: Final = Path(__file__).resolve().parent.parent / "docs"
TODAY: Final = date(2026, 9, 1)  # the day for which findings are marked
ACTIVITIES: Final = {
    "small-charity": "tea-and-games",
    "rgs-newcastle": "scitt",
    "large-programme": "speech-clinic",
}
WHOLE: Final = ("pillars", "layers", "logic-model", "triangle")  # views that show all of a theory
ABOUT: Final = {
    "small-charity": "Four activities and one pillar. Everything is readable on a slide.",
    "rgs-newcastle": "Thirteen activities and four pillars: as large as a theory can be and still go on one sheet.",
    "large-programme": (
        "Ninety activities and seven pillars. Whole, it is more than a yard wide and cannot be read on a screen or in a "
        "report ([see for yourself](pictures/large-programme.svg)), so the first four pictures show one pillar "
        '(`pillar="{pillar}"`). `collapsed`, `neighbourhood` and `path` show any theory at a readable size.'
    ),
}
INTRODUCTION: Final = """\
# Gallery

Every view of the three examples, as the library draws them now. A picture is shown in the theme `light`; click on it to
see it large, and under it on `dark`, `print` or `high-contrast` for the same in that theme.
[How to read a drawing](drawing.md) says what the shapes and lines mean, and which view is for whom.

<!-- This page is written by scripts/make_gallery.py. -->
"""


def pictures() -> dict[str, str]:
    """Every picture as SVG text, by the name of its file."""
    return {file_of(name, view, theme): picture(name, view, theme) for name, view, theme in entries()}


def entries() -> Iterator[tuple[str, str, str]]:
    """An example, what is shown of it, and a theme."""
    for name in ACTIVITIES:
        for view in VIEWS:
            yield from ((name, view, theme) for theme in THEMES)
    yield from (("rgs-newcastle", "findings", theme) for theme in THEMES)


def file_of(name: str, view: str, theme: str) -> str:
    """The name of a picture's file."""
    return f"{name}-{view}-{theme}.svg"


def picture(name: str, view: str, theme: str) -> str:
    """One picture as SVG text."""
    theory = toc.example(name)
    if view == "findings":
        return theory.to_svg(theme=theme, findings=theory.check(today=TODAY, profile="funder"))
    return theory.to_svg(view=view, theme=theme, **options(name, view))


def options(name: str, view: str) -> dict[str, Any]:
    """What a view is asked for beside the theme."""
    needed: dict[str, Any] = {"node": ACTIVITIES[name]} if "node" in VIEWS[view].needs else {}
    return needed | ({"pillar": pillar_of(name)} if name == "large-programme" and view in WHOLE else {})


def pillar_of(name: str) -> str:
    """The pillar that is shown where the whole is too large: that of the activity."""
    return toc.example(name).columns[ACTIVITIES[name]]


def page() -> str:
    """The page that shows the pictures."""
    return "\n".join([INTRODUCTION, *(section(name) for name in ACTIVITIES)])


def section(name: str) -> str:
    """The part of the page about one example."""
    theory = toc.example(name)
    about = ABOUT[name].replace("{pillar}", pillar_of(name))
    views = [entry(name, view, VIEWS[view].shows, options(name, view)) for view in VIEWS]
    if name == "rgs-newcastle":
        views.append(entry(name, "findings", "what `toc check` finds, marked on the boxes", {}))
    return "\n".join([f"## {theory.title}\n", f"{about}\n", *views])


def entry(name: str, view: str, shows: str, asked: Mapping[str, Any]) -> str:
    """One view of an example: the picture, what it shows, and the other themes."""
    light, *others = (f"gallery/{file_of(name, view, theme)}" for theme in THEMES)
    links = " · ".join(f"[{theme}]({path})" for theme, path in zip(list(THEMES)[1:], others, strict=True))
    command = "".join(f" --{option} {value}" for option, value in asked.items())
    how = "--findings" if view == "findings" else f"--view {view}{command}"
    title = toc.example(name).title
    return (
        f"### {title}: {view}\n\n{shows[0].upper()}{shows[1:]}: `toc draw {name}.yaml my.svg {how}`\n\n"
        f"[![{title}: {shows}]({light})]({light})\n\n{links}\n"
    )


def main() -> None:
    """Write the pictures and the page, and say how much it is."""
    folder = DOCS / "gallery"
    folder.mkdir(exist_ok=True)
    made = pictures()
    for old in folder.glob("*.svg"):
        if old.name not in made:
            old.unlink()
    for name, svg in made.items():
        (folder / name).write_text(svg, encoding="utf-8", newline="\n")
    (DOCS / "gallery.md").write_text(page(), encoding="utf-8", newline="\n")
    size = sum(len(svg.encode()) for svg in made.values())
    print(f"docs/gallery: {len(made)} pictures, {size / 2**20:.1f} MB")


if __name__ == "__main__":
    main()

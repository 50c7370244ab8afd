"""A diagram as Mermaid flowchart text, for pages that draw Mermaid: GitHub, GitLab, notebooks, wikis.

Mermaid lays the boxes out anew; columns, line styles and colours stay, and every link is an arrow. Every character of a
text that means something to Mermaid, to Markdown or to HTML is written as its number, so that a label is never
anything but text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from toc.diagram.description import above_ceiling, described, panels
from toc.diagram.looks.legend import TEXTS, samples
from toc.diagram.looks.themes import LIGHT, Stroke, Theme
from toc.diagram.shapes import Arrow, Box, Diagram, Flow, Group, Line, Point
from toc.diagram.type.measures import is_right_to_left
from toc.errors import warn
from toc.language.facts import Strength
from toc.language.vocabulary import WORDS
from toc.render.markup import SIGNS, safe_url

# The line of an arrow by its strength, up to its head.
LINES: Final[Mapping[Strength | Flow, str]] = MappingProxyType(
    {
        "strong": "==",
        "medium": "-.-",
        "weak": "-.-",
        "unknown": "--",
        "gives": "==",
        "gains": "-.-",
        "reciprocates": "--",
    }
)
SAMPLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "strong": "Thick line",
        "medium": "Dashed line",
        "weak": "Dotted line",
        "unknown": "Thin line",
        "across": "Round end",
        "negative": "Crossed end",
    }
)
DASHES: Final[Mapping[str, str]] = MappingProxyType(
    {"solid": "", "dashed": ",stroke-dasharray:6 4", "dotted": ",stroke-dasharray:2 2"}
)
FLOWS: Final[Mapping[Flow, str]] = MappingProxyType(
    {"gives": "gives", "gains": "gains", "reciprocates": TEXTS["reciprocates"]}
)
SHAPES: Final = MappingProxyType({"goal": ("([", "])"), "pillar": ("(", ")"), "outcome": ("(", ")")})
MOST_CHARACTERS: Final = 50_000  # what Mermaid draws unless the page that shows it allows more
MOST_ARROWS: Final = 500
# Letters of every script, digits and marks that never mean anything to Mermaid, Markdown or HTML stay as they are.
_CODED: Final = re.compile(r"[!-+/:-@\[-`{-~ﬂ°¶ß\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]|(?<=\d)\.(?=\s)|^-|--+")
_NO_ID: Final = re.compile("[^a-z0-9]")


def to_mermaid(diagram: Diagram, theme: Theme = LIGHT) -> str:
    """The diagram as a Mermaid flowchart: the same diagram always gives the same text.

    Mermaid does not keep places, so every link is an arrow, those too that a view tells by a column or not at all. What
    leads to nothing in its column is tied to its head by an invisible link, so that Mermaid places it below. Mermaid
    draws at most 500 arrows, these among them, and 50,000 characters unless the page allows more: a `UserWarning` says so.

    >>> import toc
    >>> print(to_mermaid(toc.example("small-charity").diagram()).splitlines()[0])
    flowchart BT
    """
    names = _names(diagram.boxes)
    free, grouped = panels(diagram)
    above = {box.id for box in above_ceiling(diagram)}
    parts = [
        f"flowchart {_direction(diagram)}",
        f"accTitle: {coded(diagram.title)}",
        f"accDescr: {coded(described(diagram).partition(chr(10))[0])}",
        *_ceiling(diagram, [box for box in free if box.id in above], names, theme),
        *(_box(box, names) for box in free if box.id not in above),
    ]
    grouped = [(group, boxes) for group, boxes in grouped if boxes]
    for index, (group, boxes) in enumerate(grouped):
        title = "" if any(box.id == group.id for box in boxes) else group.title
        parts += _subgraph(f"column{index}", title, boxes, names)
    arrows = (*diagram.arrows, *diagram.implied)
    ties = list(_ties(arrows, grouped, names))
    parts += (_arrow(arrow, names) for arrow in arrows)
    parts += ties
    parts += _legend(diagram)
    parts += (_link(box, names) for box in diagram.boxes if safe_url(box.url))
    parts += _looks(diagram, theme, names, len(grouped))
    text = "\n".join(parts) + "\n"
    _warn_of_limits(len(text), len(arrows) + len(ties))
    return text


def _warn_of_limits(characters: int, arrows: int) -> None:
    limits = ((characters, MOST_CHARACTERS, "characters"), (arrows, MOST_ARROWS, "arrows, some of them invisible"))
    over = [f"{number:,} {what} where it draws {most:,}" for number, most, what in limits if number > most]
    if over:
        message = f"Mermaid shows this only on a page that allows more: {' and '.join(over)}; draw a part of the theory"
        warn(message)


def coded(text: str) -> str:
    """A text on one line with every sign that could be read as something else as its number."""
    return _CODED.sub(lambda found: "".join(f"#{ord(char)};" for char in found[0]), " ".join(text.split()))


def _names(boxes: Iterable[Box]) -> dict[str, str]:
    """A name in Mermaid for each box: `end` and the like are words of its own, and two hyphens an arrow."""
    names: dict[str, str] = {}
    taken = set()
    for index, box in enumerate(boxes):
        name = f"n_{_NO_ID.sub('_', box.id)}"
        names[box.id] = name if name not in taken else f"{name}_{index}_"
        taken.add(names[box.id])
    return names


def _direction(diagram: Diagram) -> str:
    """Which way most arrows point at their heads: bottom to top, left to right, or the other way round."""
    heads = Counter(_heading(*arrow.points[-2:]) for arrow in diagram.arrows if arrow.points and not arrow.feedback)
    return heads.most_common(1)[0][0] if heads else "BT"


def _heading(start: Point, end: Point) -> str:
    right, down = end[0] - start[0], end[1] - start[1]
    if abs(right) > abs(down):
        return "LR" if right > 0 else "RL"
    return "TB" if down > 0 else "BT"


def _subgraph(name: str, title: str, boxes: Iterable[Box], names: Mapping[str, str]) -> Iterator[str]:
    inner = [f"  {_box(box, names)}" for box in boxes]
    if inner:
        yield f'subgraph {name}["{coded(title) or " "}"]'
        yield from inner
        yield "end"


def _ceiling(diagram: Diagram, boxes: Sequence[Box], names: Mapping[str, str], theme: Theme) -> Iterator[str]:
    """What stands above the accountability ceiling, in a frame whose dashes are those of its line."""
    if boxes:
        name = dict(diagram.words).get("ceiling", WORDS["ceiling"]).one
        yield from _subgraph("ceiling", f"Above the {name}", boxes, names)
        look = _stroke(theme.ceiling, Stroke("dashed", 1.4))
        yield f"classDef ceiling fill:{theme.paper},color:{theme.ceiling},{look}"
        yield "class ceiling ceiling"


def _box(box: Box, names: Mapping[str, str]) -> str:
    """A box with its lines; Mermaid wraps them by itself."""
    opened, closed = SHAPES.get(box.kind, ("[", "]"))
    rows = (_row(line, box) for line in box.lines)
    return f'{names[box.id]}{opened}"{"<br>".join(rows) or " "}"{closed}:::{box.kind}'


def _row(line: Line, box: Box) -> str:
    """A line of a box; one that is read from right to left is marked so, for every label of Mermaid runs to the right."""
    sign = "•" if line.role == "kpi" and not line.status else SIGNS.get(box.badge, "") if line.role == "badge" else ""
    row = f"{sign} {coded(line.text)}" if sign else coded(line.text)
    return f"\u2067{row}\u2069" if is_right_to_left(line.text) else row


def _arrow(arrow: Arrow, names: Mapping[str, str]) -> str:
    words = [FLOWS[arrow.flow]] if arrow.flow else []
    words += [TEXTS[name] for name in ("feedback", "negative") if getattr(arrow, name)]
    words += [arrow.mark] if arrow.mark else []
    said = f'|"{coded(", ".join(words))}"|' if words else ""
    head = "x" if arrow.negative else "o" if arrow.is_hollow else ">"
    return f"{names[arrow.source]} {LINES[arrow.flow or arrow.strength]}{head}{said} {names[arrow.target]}"


def _ties(
    arrows: Iterable[Arrow], grouped: Sequence[tuple[Group, Sequence[Box]]], names: Mapping[str, str]
) -> Iterator[str]:
    """Invisible links to the head of a column from what leads to nothing else in it."""
    homes = {box.id: group.id for group, boxes in grouped for box in boxes}
    onwards = {
        arrow.source for arrow in arrows if not arrow.feedback and homes.get(arrow.source) == homes.get(arrow.target)
    }
    for group, boxes in grouped:
        if group.id in names:
            loose = (box.id for box in boxes if box.id not in onwards and box.id != group.id)
            yield from (f"{names[id]} ~~~ {names[group.id]}" for id in loose)


def _legend(diagram: Diagram) -> Iterator[str]:
    """What lines and signs mean, in one box; feedback and marks are told by the words on the arrows themselves."""
    told = {key.sample: key.text for key in diagram.legend}
    pillar = dict(diagram.words).get("pillar", WORDS["pillar"]).one
    more = (key for key in samples(diagram.implied) if key not in told and key != "unknown")
    texts = told | {sample: TEXTS[sample].format(pillar=pillar) for sample in more}
    shown: dict[str, str] = {**SAMPLES, **dict[str, str](SIGNS.items())}
    rows = [f"{shown[sample]}: {text}" for sample, text in texts.items() if sample in shown]
    if not diagram.boxes:  # why there are none
        rows += [caption.text for caption in diagram.captions if caption.role == "note"]
    if rows:
        yield f'legend["{"<br>".join(map(coded, rows))}"]:::legend'


def _link(box: Box, names: Mapping[str, str]) -> str:
    """A web address behind a box; its tooltip says what the box is."""
    url = quote(box.url, safe="/:?&=@+,!$'()*~%#")
    return f'click {names[box.id]} href "{url}" "{coded(box.tooltip.partition(chr(10))[0])}" _blank'


def _looks(diagram: Diagram, theme: Theme, names: Mapping[str, str], columns: int) -> Iterator[str]:
    for kind in dict.fromkeys(box.kind for box in diagram.boxes):
        paint = theme.boxes[kind]
        yield f"classDef {kind} fill:{paint.fill},color:{paint.text},{_stroke(paint.line, paint.border)}"
    if any(_legend(diagram)):
        yield f"classDef legend fill:{theme.paper},color:{theme.ink},stroke:{theme.panel_line}"
    if columns:
        yield f"classDef panel fill:{theme.panel},color:{theme.ink},stroke:{theme.panel_line}"
        yield f"class {','.join(f'column{index}' for index in range(columns))} panel"
    for box in diagram.boxes:
        if box.mark:
            yield f"style {names[box.id]} {_stroke(*theme.of_box(box))}"
    alike: dict[str, list[str]] = {}
    for number, arrow in enumerate((*diagram.arrows, *diagram.implied)):
        alike.setdefault(_stroke(*theme.of_arrow(arrow)), []).append(str(number))
    yield from (f"linkStyle {','.join(numbers)} {look}" for look, numbers in alike.items())


def _stroke(colour: str, stroke: Stroke) -> str:
    return f"stroke:{colour},stroke-width:{stroke.width:g}px{DASHES[stroke.style]}"

"""All that a drawing says, in words, for people who cannot see it: the alternative text of its pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from toc.diagram.drawing import VIEWS
from toc.diagram.looks.legend import TEXTS
from toc.diagram.shapes import Arrow, Box, Diagram, Flow, Group, Line
from toc.language.facts import joins
from toc.language.numbers import counted_in_words
from toc.language.text import capital, listed, quoted, sentence
from toc.language.vocabulary import WORDS, Noun
from toc.model.mappings import FrozenDict
from toc.model.types import PLURALS
from toc.pages.blocks import Block, Bullets, Heading, Page, Paragraph


def panels(diagram: Diagram) -> tuple[list[Box], list[tuple[Group, list[Box]]]]:
    """The boxes that stand in no panel, and each panel with the boxes in it, all in reading order."""
    free: list[Box] = []
    grouped: list[tuple[Group, list[Box]]] = [(group, []) for group in diagram.groups]
    places = [(one.x, one.y, one.x + one.width, one.y + one.height, own) for one, own in grouped]
    for box in diagram.boxes:
        x, y = box.x + box.width / 2, box.y + box.height / 2
        for left, top, right, bottom, own in places:
            if left <= x <= right and top <= y <= bottom:
                own.append(box)
                break
        else:
            free.append(box)
    return free, grouped


def above_ceiling(diagram: Diagram) -> list[Box]:
    """The boxes on the far side of the accountability ceiling, where there is one: that of the goals above it."""
    if not diagram.ceilings:
        return []
    rule = diagram.ceilings[0]
    # Along the drawing: from the left where the rule is upright, else from the top.
    spans = [(box, *((box.x, box.width) if rule.height else (box.y, box.height))) for box in diagram.boxes]
    at = rule.x if rule.height else rule.y
    sides = [[box for box, start, long in spans if start + long <= at], [box for box, start, _ in spans if start >= at]]
    return max(sides, key=lambda boxes: sum(box.above_ceiling for box in boxes) / max(len(boxes), 1))


def description_page(diagram: Diagram) -> Page:
    """What `described` says as a page, before any format."""
    opening, *columns = described(diagram).split("\n\n")
    blocks: list[Block] = [Heading(diagram.title, 1)]
    for place, block in enumerate([opening, *columns]):
        first, *rest = block.splitlines()
        blocks += [Paragraph(first, strong=place > 0), *([Bullets(tuple(rest))] if rest else [])]
    return Page(diagram.title, tuple(blocks))


def described(diagram: Diagram) -> str:
    """A drawing in plain English: what it is, what lies above the ceiling, then each column with its boxes and arrows.

    There is a line for each box, in reading order, and an empty line before each column. An arrow is told with the box
    that it starts from, and so is a link that works against something and has no arrow: its place in a column would
    say the contrary. The same drawing always gives the same words.
    """
    said = _said(diagram)
    free, grouped = panels(diagram)
    blocks = [[_opening(diagram, said), *(_box(box, said) for box in free)]]
    blocks += [list(_group(group, boxes, said)) for group, boxes in grouped if boxes]
    notes = [sentence(caption.text) for caption in diagram.captions if caption.role == "note"]
    return "\n\n".join("\n".join(block) for block in [*blocks, notes] if block)


FLOWS: Final[Mapping[Flow, str]] = FrozenDict(
    {"gives": "Gives to", "gains": "Has gains for", "reciprocates": "In return for"}
)


class _Said(NamedTuple):
    """What the sentences need. `targets`: how arrows name their boxes. `alike`: every arrow has the same strength, so it is told once."""

    words: Mapping[str, Noun]
    titles: Mapping[str, str]
    legend: Mapping[str, str]
    targets: Mapping[str, str]
    arrows: Mapping[str, Sequence[Arrow]]
    alike: bool

    def counts(self, boxes: Iterable[Box]) -> str:
        """How many boxes of each kind there are."""
        numbers = Counter(box.kind for box in boxes)
        return listed([counted_in_words(n, self.words[kind].one, self.words[kind].many) for kind, n in numbers.items()])


def _said(diagram: Diagram) -> _Said:
    titles = {box.id: quoted(box.title) for box in diagram.boxes}
    goals = [box.id for box in diagram.boxes if box.kind == "goal"]
    said = _Said(
        words={**WORDS, **dict(diagram.words)},
        titles=titles,
        targets=titles,
        legend={**TEXTS, **{key.sample: key.text for key in diagram.legend}},
        arrows=_by_source((*diagram.arrows, *(arrow for arrow in diagram.implied if _says_more(arrow)))),
        alike=len({arrow.strength for arrow in diagram.arrows}) == 1,
    )
    # The only goal need not be named in full with every arrow.
    return said._replace(targets={**titles, goals[0]: f"the {said.words['goal'].one}"}) if len(goals) == 1 else said


def _says_more(arrow: Arrow) -> bool:
    """Whether a link without an arrow says more than the column in which it starts."""
    return arrow.negative or arrow.strength != "unknown"


def _by_source(arrows: Iterable[Arrow]) -> Mapping[str, Sequence[Arrow]]:
    found: dict[str, list[Arrow]] = {}
    for arrow in arrows:
        found.setdefault(arrow.source, []).append(arrow)
    return found


def _opening(diagram: Diagram, said: _Said) -> str:
    shows = _in_own_words(VIEWS[diagram.view].shows, said) if diagram.view in VIEWS else "a theory of change"
    arrows = f", joined by {counted_in_words(len(diagram.arrows), 'arrow', 'arrows')}" if diagram.arrows else ""
    parts = [
        sentence(diagram.title),
        f"The drawing shows {shows}. It has {said.counts(diagram.boxes) or 'no boxes'}{arrows}.",
        *_ceiling(diagram, said),
    ]
    if said.alike and not any(arrow.mark or arrow.flow for arrow in diagram.arrows):
        parts.append(f"All arrows: {said.legend[diagram.arrows[0].strength]}.")
    return " ".join(parts)


def _in_own_words(text: str, said: _Said) -> str:
    """The kinds that a text names as the organisation names them."""
    own = {kind: noun.one for kind, noun in said.words.items()} | {
        PLURALS[kind]: noun.many for kind, noun in said.words.items() if kind in PLURALS
    }
    return re.sub(r"\w+", lambda found: own.get(found[0], found[0]), text)


def _ceiling(diagram: Diagram, said: _Said) -> Iterator[str]:
    if diagram.ceilings:
        above = [said.titles[box.id] for box in above_ceiling(diagram)]
        stands = "stands" if len(above) == 1 else "stand"
        what = f"{stands} {listed(above)}" if above else "stands nothing"
        yield f"Above the {said.words['ceiling'].one}, a dashed line, {what}."


def _group(group: Group, boxes: Sequence[Box], said: _Said) -> Iterator[str]:
    """A panel: its pillar, or its title, with what stands in it, then its boxes."""
    others = [box for box in boxes if box.id != group.id]
    holds = said.counts(others)
    head = next((box for box in boxes if box.id == group.id), None)
    if head:
        yield _box(head, said, f" (a column with {holds})" if holds else "")
    else:
        name = f"Column {quoted(group.title)}" if group.title else f"Outside every {said.words['pillar'].one}"
        yield f"{name}: {holds}."
    yield from (_box(box, said) for box in others)


def _box(box: Box, said: _Said, aside: str = "") -> str:
    """A box with everything that it says and the arrows that start from it."""
    over = "".join(f" ({line.text})" for line in box.lines if line.role == "eyebrow")
    parts = [f"{said.words[box.kind].heading}{over} {said.titles[box.id]}{aside}."]
    parts += (_line(line, said) for line in box.lines if line.role not in {"title", "eyebrow"})
    if box.mark and not any(line.role == "mark" for line in box.lines):
        parts.append(f"Marked: {said.legend.get(box.mark, box.mark)}.")
    parts += _arrows(said.arrows.get(box.id, ()), said)
    return " ".join(parts)


def _line(line: Line, said: _Said) -> str:
    text = sentence(line.text)
    named = {"kpi": f"{said.words['kpi'].heading}: ", "badge": "How to measure: "}
    return f"{named[line.role]}{text}" if line.role in named else capital(text)


def _arrows(arrows: Iterable[Arrow], said: _Said) -> Iterator[str]:
    """The arrows from one box, those that say the same in one sentence."""
    grouped: dict[str, list[str]] = {}
    for arrow in arrows:
        verb = FLOWS.get(arrow.flow) or capital(joins(negative=arrow.negative, feedback=arrow.feedback))
        grouped.setdefault(verb, []).append(said.targets.get(arrow.target, arrow.target) + _look(arrow, said))
    for verb, targets in grouped.items():
        yield f"{verb} {listed(targets)}."


def _look(arrow: Arrow, said: _Said) -> str:
    """What an arrow's look means, in the words of the legend; of a link without an arrow how sure it is."""
    if not arrow.points:
        return f" ({said.legend[arrow.strength]})" if arrow.strength != "unknown" else ""
    looks = [] if said.alike else [said.legend[arrow.strength]]
    if arrow.across:
        looks.append(said.legend["across"])
    if arrow.mark:
        looks.append(said.legend.get(arrow.mark, arrow.mark))
    return f" ({', '.join(looks)})" if looks else ""

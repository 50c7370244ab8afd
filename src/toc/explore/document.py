"""The page put together: the picture, its facts, the drawing as a list, and one style sheet and one script that the page lets in by name."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from string import Template
from typing import Any, Final

from toc.diagram import Diagram
from toc.diagram.description import described
from toc.diagram.leaves import Leaf
from toc.diagram.looks.page import untitled
from toc.diagram.looks.themes import LIGHT, Theme
from toc.diagram.paper import POINTS_PER_MM
from toc.diagram.views.pillars import counted
from toc.explore.facts import facts_of, terms
from toc.explore.picture import colours, counterparts, palette, picture
from toc.explore.shown import Shown, reach, shown
from toc.language.dates import day
from toc.language.vocabulary import in_sentence
from toc.model import Theory
from toc.monitoring import Progress
from toc.pages.blocks import Heading, Paragraph
from toc.prose.partners_text import together
from toc.render.deck_page import deck_page
from toc.render.markup import element, json_block, paragraphs, said

NOT_DRAWN_ON: Final = 45.0  # millimetres of a sheet: its edges, and the title over the drawing


def outlined(part: Shown) -> str:
    """A nested list with a heading and the facts for each box, in reading order."""
    reached = reach(part)
    members: dict[str, list[str]] = {"": []}
    heads = [id for id, box in part.boxes.items() if box.kind in {"goal", "pillar"}]
    for id in part.boxes:
        if id not in heads:
            members.setdefault(part.pillar(id), []).append(id)
    items = [_item(part, id, reached, members.pop(id, ())) for id in heads]
    rest = [_item(part, id, reached) for id in members[""]]
    if rest and any(part.boxes[id].kind == "pillar" for id in heads):
        outside = element("p", said(f"Outside every {in_sentence(part.theory, 'pillar')}"), class_="outside")
        rest = [element("li", outside, element("ul", *rest))]
    return element("ul", *items, *rest, class_="outline")


def _item(part: Shown, id: str, reached: Mapping[str, str], within: Iterable[str] = ()) -> str:
    kind = element("span", said(part.word(id)), class_="kind")
    heading = element("h3", kind, " ", element("span", said(part.title(id)), class_="name", dir="auto"))
    facts = element("div", facts_of(part, id, reached[id]), class_="facts")
    inner = [_item(part, one, reached) for one in within]
    entry = f'<details open id="about-{said(id)}" tabindex="-1"><summary>{heading}</summary>{facts}</details>'
    return element("li", entry, element("ul", *inner) if inner else "", class_=part.boxes[id].kind)


def to_html(
    diagram: Diagram,
    theme: Theme = LIGHT,
    *,
    theory: Theory,
    deck: Sequence[Leaf] = (),
    progress: Progress | None = None,
) -> str:
    """The page to explore: a drawing of a theory with all that is known about what it shows, in one HTML file.

    The page asks nothing of any network, and its Content-Security-Policy lets in only its own script and style sheet.
    What the drawing leaves out is not in the page. Without JavaScript the picture, the outline and every fact are
    there to be read. A light or dark theme can be switched to the other; any other theme is shown as it is. The leaves of
    a deck are a plain page instead, one under the other, to be shown or printed.

    Raises:
        DrawingError: the theme has something that is no colour.
    """
    if deck:
        return deck_page(deck, theme)
    plain = untitled(diagram)  # the title stands over it
    part = shown(theory, plain)._replace(progress=progress)
    style = _resource("page.css") + palette(theme) + _paper(diagram)
    script = _resource("page.js")
    return Template(_resource("page.html")).substitute(
        language=said(theory.language or "en"),
        look=_look(theme),
        policy=_policy(script, style),
        title=said(diagram.title or theory.title),
        style=style,
        script=script,
        picture=picture(part, plain, theme),
        filters="\n".join(_filters(part)),
        about="\n".join((*_about(theory), *_together(part))),
        description="\n".join(element("p", said(line)) for line in described(diagram).splitlines() if line),
        outline=outlined(part),
        data=json_block(_data(part, plain)),
    )


def _paper(diagram: Diagram) -> str:
    """The sheet on which the drawing is printed, where it is made for one."""
    if diagram.page.is_free:
        return ""
    wide, high = (side / POINTS_PER_MM for side in diagram.page.sheet)
    room = f".picture svg, .script .picture svg {{ max-height: {max(high - NOT_DRAWN_ON, 1):g}mm; }}"
    return f"@media print {{ @page wide {{ size: {wide:g}mm {high:g}mm; }} {room} }}\n"


def _resource(name: str) -> str:
    return (files("toc.explore") / name).read_text(encoding="utf-8")


def _policy(script: str, style: str) -> str:
    """Nothing from anywhere, but one script and one style sheet, each known by its hash, and the empty icon."""
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _look(theme: Theme) -> str:
    """Which of the looks the page opens with."""
    names = [name for name, look in counterparts(theme).items() if colours(look) == colours(theme)]
    return f' data-look="{names[0]}"' if names else ""


def _filters(part: Shown) -> Iterator[str]:
    """Boxes to tick for every pillar and tag of the drawing, where there is a choice."""
    pillars = {id: part.title(id) for id, box in part.boxes.items() if box.kind == "pillar"}
    tags = {tag: tag for id in part.boxes if (node := part.node(id)) for tag in node.tags}
    name = part.word(next(iter(pillars))) if pillars else ""
    for of, heading, choices in (("pillar", name, pillars), ("tag", "Tag", dict(sorted(tags.items())))):
        if len(choices) > 1 or (of == "tag" and choices):
            yield f'<fieldset data-filter="{of}"><legend>{said(heading)}</legend>'
            for value, text in choices.items():
                label = element("span", said(text), dir="auto")
                yield f'<label><input type="checkbox" name="{of}" value="{said(value)}"> {label}</label>'
            yield "</fieldset>"


def _about(theory: Theory) -> Iterator[str]:
    """What the theory says about itself."""
    if theory.description:
        yield paragraphs(theory.description)
    if theory.context.problem:
        yield paragraphs(f"The problem: {theory.context.problem}")
    dates = (("Written", theory.created), ("Next review", theory.review_on))
    facts = [("Kept by", theory.owner or ""), ("Version", theory.version or "")]
    facts += [(name, day(date)) for name, date in dates if date]
    yield terms((name, text) for name, text in facts if text)


def _together(part: Shown) -> Iterator[str]:
    """Who works together, where the drawing shows every activity of which that tells."""
    telling = (
        id for id, one in part.theory.activities.items() if one.exchange or one.reciprocates or one.only_together
    )
    if all(id in part.boxes for id in telling):
        for block in together(part.theory):
            if isinstance(block, Heading):
                yield element("h3", said(block.text))
            elif isinstance(block, Paragraph):
                yield paragraphs(block.text)


def _data(part: Shown, diagram: Diagram) -> Mapping[str, Any]:
    """What the script needs beside the page itself: places, columns, tags, and the words to search in."""
    links = [[link.source, link.target, int(link.feedback)] for links in part.effects.values() for link in links]
    within: dict[str, list[str]] = {}
    for id in part.boxes:
        if part.pillar(id) not in {"", id}:
            within.setdefault(part.pillar(id), []).append(id)
    nodes = [_node(part, id, within.get(id, ())) for id in part.boxes]
    return {"width": diagram.width, "height": diagram.height, "nodes": nodes, "links": links}


def _node(part: Shown, id: str, within: Sequence[str]) -> Mapping[str, Any]:
    box, node = part.boxes[id], part.node(id)
    found: dict[str, Any] = {
        "id": id,
        "kind": box.kind,
        "word": part.word(id),
        "title": part.title(id),
        "pillar": part.pillar(id),
        "tags": list(node.tags) if node else [],
        "text": " ".join(_searched(part, id)),
        "box": [round(length, 1) for length in (box.x, box.y, box.width, box.height)],
    }
    if box.kind == "pillar" and within:
        found["holds"] = counted(part.theory, within, kpis="kpis" not in part.hidden)
    return found


def _searched(part: Shown, id: str) -> Iterator[str]:
    """What the search looks through."""
    node = part.node(id)
    yield part.title(id)
    if node:
        yield node.description or ""
        yield from node.tags
    for name in () if "kpis" in part.hidden else part.theory.measured_by.get(id, ()):
        kpi = part.theory.kpis[name]
        yield from (kpi.title, kpi.description or "", *kpi.tags)

"""The drawing as a list of everything in it, which needs no script: goals, each pillar with its boxes, and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from toc.model.vocabulary import in_sentence
from toc.page.facts import facts_of
from toc.page.markup import element, said
from toc.page.shown import Shown, reach


def outlined(part: Shown) -> str:
    """A nested list with a heading and the facts for each box, in reading order.

    >>> import toc
    >>> from toc.page.shown import shown
    >>> theory = toc.example("small-charity")
    >>> outlined(shown(theory, theory.diagram())).count("<h3>")
    7
    """
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
    return element("li", entry, element("ul", *inner) if inner else "")

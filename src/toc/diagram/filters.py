"""The part of a theory that is asked for, and a note of what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Final

from toc.diagram.options import Asked
from toc.language.numbers import counted
from toc.language.text import listed, quoted
from toc.language.vocabulary import in_sentence
from toc.model import Theory
from toc.model.nodes import Node
from toc.model.parts import part_of
from toc.model.types import KINDS
from toc.ways import shared

MOST: Final = 6  # titles in a note


def filtered(theory: Theory, asked: Asked) -> tuple[Theory, str]:
    """What the filters let through, with the goals and the pillars in which it stands, and a note that says so.

    >>> import toc
    >>> from toc.diagram.options import asked
    >>> theory = toc.example("small-charity")
    >>> part, note = filtered(theory, asked(theory, {"kind": "activity"}, {}))
    >>> list(part.nodes)
    ['goal', 'company', 'tea-and-games', 'advice-table']
    >>> note
    "Only activities: 2 of the theory's 7 boxes; the goal and the pillar stand for orientation"
    """
    alike = {id for id, node in theory.nodes.items() if node.kind != "kpi" and _passes(theory, asked, node)}
    chosen = {id for id in alike if not asked.pillar or theory.columns.get(id) in asked.pillar}
    kept = chosen | asked.pillar | {theory.columns[id] for id in chosen if id in theory.columns}
    part = part_of(theory, kept | theory.kpis.keys() if asked.shows_kpis else kept)
    boxes = len(theory.nodes) - len(theory.kpis)
    note = f"Only {_in_words(theory, asked)}: {f'{len(chosen):,}' if chosen else 'none'} of the theory's {counted(boxes, 'box', 'boxes')}"
    added = part.nodes.keys() - part.kpis.keys() - chosen
    return part, "; ".join([note, *_orientation(part, added), *_shared(theory, asked, alike - part.nodes.keys())])


def _shared(theory: Theory, asked: Asked, others: Collection[str]) -> Iterator[str]:
    """What leads to the pillars that are asked for and stands in the column of another one, so that it is not drawn."""
    if not asked.pillar or not others:
        return
    found = shared(theory)
    names = dict.fromkeys(id for pillar in theory.pillars if pillar in asked.pillar for id in found[pillar])
    titles = [quoted(theory.nodes[id].title) for id in names if id in others]
    if titles:
        verb = "leads" if len(titles) == 1 else "lead"
        column = f"the column of another {in_sentence(theory, 'pillar')}"
        yield f"and {len(titles):,} shared, not drawn here, which {verb} there from {column}: {listed(titles, most=MOST)}"


def _orientation(part: Theory, added: Collection[str]) -> Iterator[str]:
    """What is drawn without having passed the filters: goals, and pillars in which something else stands."""
    counts = Counter(part.nodes[id].kind for id in added)
    names = [f"the {in_sentence(part, kind, plural=counts[kind] > 1)}" for kind in KINDS if kind in counts]
    if names:
        yield f"{listed(names)} {'stand' if len(added) > 1 else 'stands'} for orientation"


def _passes(theory: Theory, asked: Asked, node: Node) -> bool:
    return (
        _is_of_kind(theory, asked, node)
        and (not asked.tag or not asked.tag.isdisjoint(node.tags))
        and (not asked.target_group or not asked.target_group.isdisjoint(node.target_group))
    )


def _is_of_kind(theory: Theory, asked: Asked, node: Node) -> bool:
    if asked.kind == {"kpi"}:
        return node.id in theory.measured_by
    return not asked.kind or node.kind in asked.kind


def _in_words(theory: Theory, asked: Asked) -> str:
    return f"{_subject(theory, asked)} {', '.join(_conditions(theory, asked))}".rstrip()


def _subject(theory: Theory, asked: Asked) -> str:
    if not asked.kind:
        return "what is"
    if asked.kind == {"kpi"}:
        return f"what {in_sentence(theory, 'kpi', plural=True)} measure"
    return listed([in_sentence(theory, kind, plural=True) for kind in KINDS if kind in asked.kind])


def _conditions(theory: Theory, asked: Asked) -> Iterator[str]:
    if asked.pillar:
        yield f"in {listed([pillar.title for id, pillar in theory.pillars.items() if id in asked.pillar], 'or')}"
    if asked.tag:
        yield f"tagged {listed(sorted(asked.tag), 'or')}"
    if asked.target_group:
        groups = theory.context.target_groups
        yield f"for {listed([group.title for id, group in groups.items() if id in asked.target_group], 'or')}"

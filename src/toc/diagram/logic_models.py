"""The logic model: what goes in, what is done, what comes of it, in columns from the left to the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from toc.diagram.asking import ALL, Asked
from toc.diagram.grid import levels_among
from toc.diagram.inputs import inputs_of
from toc.diagram.layering import Layer, Layered, layered
from toc.diagram.values import Diagram
from toc.model import Theory
from toc.model.vocabulary import word
from toc.model.words import Kind

COLUMNS: Final[tuple[Kind, ...]] = ("pillar", "outcome", "output", "activity")
ALSO: Final = {"pillar": "long-term outcomes", "goal": "impact"}  # what the field calls these columns


def logic_model_view(theory: Theory, asked: Asked = ALL) -> Diagram:
    """Inputs, activities, outputs, outcomes, pillars and goals in columns, with an arrow for every link.

    Inputs are the funding, the leads and the partners of the activities; each says what it serves. A kind of which
    nothing is there has no column; what leads on to others of its kind stands in a column before them.

    >>> import toc
    >>> diagram = logic_model_view(toc.example("small-charity"))
    >>> [caption.rows[0] for caption in diagram.captions if caption.role == "title"][-2:]
    ['Activities', 'Inputs']
    """
    inputs = {found.box.id: found for found in inputs_of(theory)}
    layers = [*_goals(theory), *(layer for kind in COLUMNS for layer in _columns(theory, kind))]
    if inputs:
        layers.append(Layer(tuple(inputs), "Inputs"))
    plan = Layered("logic-model", layers, theory.links, "right")
    plan = plan._replace(
        more={id: found.box for id, found in inputs.items()},
        beside={id: found.activities for id, found in inputs.items()},
    )
    return layered(theory, asked, plan)


def _goals(theory: Theory) -> list[Layer]:
    """Goals above the accountability ceiling beyond the others."""
    above = [id for id, goal in theory.goals.items() if goal.above_ceiling]
    below = [id for id, goal in theory.goals.items() if not goal.above_ceiling]
    return [Layer(ids, _name(theory, "goal", ids)) for ids in (above, below) if ids]


def _columns(theory: Theory, kind: Kind) -> list[Layer]:
    """The nodes of a kind, those that others of the kind lead to first."""
    levels = levels_among(theory, kind)
    columns = [[id for id in theory.of_kind(kind) if levels[id] == level] for level in sorted(set(levels.values()))]
    return [Layer(ids, _name(theory, kind, list(levels))) for ids in columns]


def _name(theory: Theory, kind: Kind, ids: Sequence[str]) -> str:
    name = word(theory, kind, plural=len(ids) > 1)
    own = getattr(theory.settings.vocabulary, kind)
    return f"{name} ({ALSO[kind]})" if kind in ALSO and own is None else name

"""The logic model: what goes in, what is done, what comes of it, in columns from the left to the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from toc.diagram.layout.grid import levels_among
from toc.diagram.layout.ranks import Layer, Layered, layered
from toc.diagram.options import ALL, Asked
from toc.diagram.shapes import Box, Diagram, Line, Role
from toc.diagram.type.box_text import BOX_WIDTH, INSET_X, height_of, line
from toc.language.text import listed
from toc.language.vocabulary import in_sentence, word
from toc.model import Theory
from toc.model.types import Kind

MOST_NAMED: Final = 3  # activities named in the box of an input; of more it says how many they are


class Input(NamedTuple):
    """What goes into some activities: its box, and their ids."""

    box: Box
    activities: tuple[str, ...]


def inputs_of(theory: Theory) -> list[Input]:
    """A box for each funder, lead and partner of the activities, which says what it serves.

    Its id begins with an underscore, as that of no node does.
    """
    return [Input(_input(theory, *one), tuple(one[-1])) for one in _found(theory)]


def _found(theory: Theory) -> Iterator[tuple[str, str, str, list[str]]]:
    """The id, the sort, the name and the activities of each input, in the author's order."""
    partner = word(theory, "partner")
    for field, sort in (("funding", "Funding"), ("lead", "Led by"), ("partners", partner)):
        served: dict[str, list[str]] = {}
        for activity in theory.activities.values():
            for name in getattr(activity, field):
                served.setdefault(name, []).append(activity.id)
        for number, (name, activities) in enumerate(served.items(), 1):
            yield f"_input-{field}-{number}", sort, name, activities


def _input(theory: Theory, id: str, sort: str, name: str, activities: Sequence[str]) -> Box:
    partner = theory.partners[name] if id.startswith("_input-partners-") else None
    title = partner.title if partner else name
    about = partner.description if partner else None
    titles = [theory.activities[activity].title for activity in activities]
    many = f"{len(titles)} {in_sentence(theory, 'activity', plural=True)}"
    lines = (
        _line("eyebrow", sort),
        _line("title", title),
        _line("note", f"For {listed(titles) if len(titles) <= MOST_NAMED else many}"),
    )
    return Box(
        id=id,
        kind="input",
        lines=lines,
        tooltip="\n".join(filter(None, (f"{sort}: {title}", about, f"For: {', '.join(titles)}"))),
        url=(partner.url or "") if partner else "",
        x=0.0,
        y=0.0,
        width=BOX_WIDTH,
        height=height_of("input", lines),
    )


def _line(role: Role, text: str) -> Line:
    return line("input", role, text, BOX_WIDTH - 2 * INSET_X)


COLUMNS: Final[tuple[Kind, ...]] = ("pillar", "outcome", "output", "activity")
ALSO: Final = {"pillar": "long-term outcomes", "goal": "impact"}  # what the field calls these columns


def logic_model_view(theory: Theory, asked: Asked = ALL) -> Diagram:
    """Inputs, activities, outputs, outcomes, pillars and goals in columns, with an arrow for every link.

    Inputs are the funding, the leads and the partners of the activities; each says what it serves. A kind of which
    nothing is there has no column; what leads on to others of its kind stands in a column before them.
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

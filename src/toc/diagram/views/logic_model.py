"""The logic model: what goes in, what is done, what comes of it and why, from left to right, a column for each kind.

More boxes of one kind than can be read in a column stand in a table, whose rows name what they lead to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from toc.diagram.layout.assembly import in_columns
from toc.diagram.layout.ranks import goals_apart, pillar_title
from toc.diagram.layout.scene import Text
from toc.diagram.links_out import OUT, other_end
from toc.diagram.options import ALL, Asked
from toc.diagram.shapes import Box, Diagram, Line, Role
from toc.diagram.type.box_text import BOX_WIDTH, INSET_X, height_of, line, lines_of, said
from toc.diagram.views.layers import Layer, layered
from toc.language.text import listed
from toc.language.vocabulary import how_many, in_sentence, word
from toc.model import Theory
from toc.model.nodes import Activity
from toc.model.types import Kind
from toc.model.values import Link
from toc.partnership.stated import offered, standing_of, things
from toc.ways import links_among

MOST: Final = 20  # boxes of one kind in a column; more stand in a table
MOST_NAMED: Final = 3  # activities named in the box of an input; of more it says how many they are


class Input(NamedTuple):
    """What goes into some activities: its box, and their ids."""

    box: Box
    activities: tuple[str, ...]


def inputs_of(theory: Theory) -> list[Input]:
    """A box for each funder, lead and partner of the activities, which says what it serves, and what a partner brings.

    Its id begins with an underscore, as that of no node does.
    """
    return [Input(_input(theory, *one), tuple(one[-1])) for one in _found(theory)]


def _found(theory: Theory) -> Iterator[tuple[str, str, str, list[str]]]:
    """The id, the sort, the name and the activities of each input, in the author's order."""
    partner = word(theory, "partner")
    for field, sort in (("funding", "Funding"), ("lead", "Led by"), ("partners", partner)):
        served: dict[str, list[str]] = {}
        for activity in theory.activities.values():
            giving = (id for id, one in activity.exchange.items() if one.gives) if field == "partners" else ()
            for name in dict.fromkeys((*getattr(activity, field), *giving)):
                served.setdefault(name, []).append(activity.id)
        if field == "partners":
            served |= {name: [] for name, one in theory.partners.items() if one.brings and name not in served}
        for number, (name, activities) in enumerate(served.items(), 1):
            yield f"_input-{field}-{number}", sort, name, activities


def _input(theory: Theory, id: str, sort: str, name: str, activities: Sequence[str]) -> Box:
    partner = theory.partners[name] if id.startswith("_input-partners-") else None
    title = partner.title if partner else name
    about = partner.description if partner else None
    titles = [theory.activities[activity].title for activity in activities]
    many = f"{len(titles)} {in_sentence(theory, 'activity', plural=True)}"
    notes = [f"Brings: {things(partner.brings)}"] if partner and partner.brings else []
    notes += [f"For {listed(titles) if len(titles) <= MOST_NAMED else many}"] if titles else []
    lines = (_line("eyebrow", sort), _line("title", title), *(_line("note", note) for note in notes))
    told = (f"{name}: {text}" for name, text in (*standing_of(partner), *offered(partner))) if partner else ()
    whom = f"For: {', '.join(titles)}" if titles else None
    return Box(
        id=id,
        kind="input",
        lines=lines,
        tooltip="\n".join(filter(None, (f"{sort}: {title}", about, *told, whom))),
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
    """Inputs, activities, outputs, outcomes, pillars and goals in columns, each in the author's order.

    Inputs are the funding, the leads and the partners of the activities; each says what it serves. A kind of which
    nothing is there has no column. An arrow stands for every link but those from and to the rows of a table, which are
    named where they begin.
    """
    inputs = {found.box.id: found.box for found in inputs_of(theory)}
    layers = [*_goals(theory), *(_column(theory, kind) for kind in COLUMNS if theory.of_kind(kind))]
    if inputs:
        layers.append(Layer(tuple(inputs), "Inputs"))
    rows = {id for layer in layers if len(layer.ids) > MOST for id in layer.ids if id in theory.nodes}
    links = links_among(theory, theory.nodes)
    plan = layered(
        theory, asked, "logic-model", layers, [link for link in links if rows.isdisjoint((link.source, link.target))]
    )
    texts = {
        **plan.texts,
        **dict(_rows(theory, asked, rows)),
        **{id: Text("input", box.lines) for id, box in inputs.items()},
    }
    for id, lines in _told(theory, [link for link in links if not rows.isdisjoint((link.source, link.target))]):
        texts[id] = texts[id]._replace(lines=(*texts[id].lines, *lines))
    notes = (*plan.notes, *_notes(theory, rows))
    return in_columns(theory, plan._replace(texts=texts, more=inputs, notes=notes))


def _rows(theory: Theory, asked: Asked, ids: Collection[str]) -> Iterator[tuple[str, Text]]:
    """What the rows of a table say: their title, their pillar, who leads them, and how many KPIs they have."""
    plain = asked._replace(hide=asked.hide | {"badges"})
    for id in ids:
        node = theory.nodes[id]
        title, *more = lines_of(theory, node, plain)
        facts = [pillar_title(theory, id)]
        facts += [f"led by {listed(node.lead)}"] if isinstance(node, Activity) and node.lead else []
        kpis = len(theory.measured_by.get(id, ())) if asked.shows_kpis else 0
        facts += [how_many(theory, "kpi", kpis)] if kpis else []
        about = [said("note", " · ".join(filter(None, facts)))] if any(facts) else []
        yield id, Text(node.kind, (title, *about, *more))  # type: ignore[arg-type]


def _told(theory: Theory, links: Sequence[Link]) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """For each box the line that names what it leads to without an arrow."""
    for id in dict.fromkeys(link.source for link in links):
        names = [other_end(theory, id, link.target, link) for link in links if link.source == id]
        yield id, (said("note", f"{OUT} {'; '.join(names)}"),)


def _notes(theory: Theory, rows: AbstractSet[str]) -> Iterator[str]:
    """How to read a table."""
    if rows:
        kinds = [
            in_sentence(theory, kind, plural=True) for kind in COLUMNS if not rows.isdisjoint(theory.of_kind(kind))
        ]
        yield f"More than {MOST} {listed(kinds)} stand in a table, where {OUT} names what each leads to"


def _goals(theory: Theory) -> list[Layer]:
    """Goals above the accountability ceiling beyond the others."""
    return [Layer(ids, _name(theory, "goal", ids)) for ids in goals_apart(theory) if ids]


def _column(theory: Theory, kind: Kind) -> Layer:
    ids = list(theory.of_kind(kind))
    return Layer(ids, _name(theory, kind, ids))


def _name(theory: Theory, kind: Kind, ids: Sequence[str]) -> str:
    name = word(theory, kind, plural=len(ids) > 1)
    own = getattr(theory.settings.vocabulary, kind)
    return f"{name} ({ALSO[kind]})" if kind in ALSO and own is None else name

"""What is asked of a drawing: which part of the theory, seen from where, marked how; and that part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, get_args

from toc.diagram.paper import FREE, Page, page
from toc.diagram.shapes import Mark
from toc.draw_options import Audience, Direction, Hidden, Kpis, Options, Search
from toc.errors import one_of, whole_number
from toc.language.numbers import counted
from toc.language.text import listed, quoted
from toc.language.vocabulary import how_many, in_sentence
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.nodes import Node
from toc.model.parts import part_of
from toc.model.references import titles
from toc.model.types import KINDS, PLURALS, Kind
from toc.monitoring import Progress, progress_given
from toc.ways import elsewhere

MOST: Final = 6  # titles in a note
STEPS: Final = 2
OUTSIDE: Final = ""  # in place of a pillar for what stands in none


class Marked(NamedTuple):
    """A mark on a box, what it says there, and what is told of it beyond that."""

    mark: Mark
    words: str = ""
    told: str = ""


class Asked(NamedTuple):
    """Options with every name known to exist. An empty filter lets everything through.

    `notes` are what is to be said at the foot of the drawing whatever the view, such as what the filters leave out, and
    `links_out` what is to be said in each box of links to what they leave out.
    Where `kpis` is not said, the page decides. With `progress` each KPI says how it stands.
    """

    node: str = ""
    steps: int = STEPS
    direction: Direction | None = None
    pillar: frozenset[str] = frozenset()
    tag: frozenset[str] = frozenset()
    target_group: frozenset[str] = frozenset()
    kind: frozenset[str] = frozenset()
    marks: Mapping[str, Marked] = FrozenDict()
    notes: tuple[str, ...] = ()
    links_out: Mapping[str, tuple[str, ...]] = FrozenDict()
    page: Page = FREE
    search: Search = "full"
    kpis: Kpis | None = None
    hide: frozenset[Hidden] = frozenset()
    progress: Progress | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether some of the theory is left out."""
        return bool(self.pillar or self.tag or self.target_group or self.kind)

    @property
    def shows_kpis(self) -> bool:
        """Whether boxes say what measures them."""
        return "kpis" not in self.hide and (not self.kind or "kpi" in self.kind)


ALL: Final = Asked()
FILTERS: Final = ("pillar", "tag", "target_group", "kind")


def asked(theory: Theory, options: Options, marks: Mapping[str, Marked]) -> Asked:
    """The options with every name looked up. Nodes, pillars and target groups may be named by their titles as well.

    Raises:
        OptionError: there is no such option, node, pillar, tag, target group, kind or direction.
    """
    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    for name in given:
        one_of("option", name, Options.__annotations__)
    choices = _choices(theory)
    filters: dict[str, Any] = {
        name: frozenset(
            one_of(name.replace("_", " "), one, choices[name], titles=choices[name]) for one in _many(given[name])
        )
        for name in FILTERS
        if name in given
    }
    if "node" in given:
        given["node"] = one_of("node", given["node"], theory.nodes, titles=titles(theory.nodes))
    if "direction" in given:
        one_of("direction", given["direction"], get_args(Direction))
    steps = whole_number("steps", given.get("steps", STEPS))
    for name, choice in (("search", Search), ("kpis", Kpis), ("audience", Audience)):
        if name in given:
            one_of(name, given[name], get_args(choice))
    if "page" in given:
        given["page"] = page(given["page"])
    plain = {name: given[name] for name in ("node", "direction", "page", "search", "kpis") if name in given}
    progress = progress_given(theory, given.get("progress"))
    return Asked(**plain, steps=steps, hide=_hidden(given), **filters, marks=marks, progress=progress)


def _hidden(given: Mapping[str, Any]) -> frozenset[Hidden]:
    """What is left out, by its name or because it is not for everybody."""
    named = (one_of("part to hide", one, get_args(Hidden)) for one in _many(given.get("hide", ())))
    inside = ("badges",) if given.get("audience") == "outside" else ()
    return frozenset((*inside, *named))


def _choices(theory: Theory) -> dict[str, Mapping[str, str]]:
    """What each filter may ask for, with its title."""
    return {
        "pillar": titles(theory.pillars),
        "tag": {tag: tag for node in theory.nodes.values() for tag in node.tags},
        "target_group": {id: group.title for id, group in theory.context.target_groups.items()},
        "kind": {kind: kind for kind in PLURALS},
    }


def _many(value: Any) -> Iterable[Any]:
    return value if isinstance(value, Iterable) and not isinstance(value, (str, bytes)) else (value,)


def filtered(theory: Theory, asked: Asked, only: Kind | None = None) -> tuple[Theory, str]:
    """What the filters let through, with the goals and the pillars in which it stands, and a note that says so.

    The note is about the nodes of one kind where a view draws no others.
    """
    alike = {id for id, node in theory.nodes.items() if node.kind != "kpi" and _passes(theory, asked, node)}
    chosen = {id for id in alike if not asked.pillar or _column(theory, id) in asked.pillar}
    kept = chosen | asked.pillar | {theory.columns[id] for id in chosen if id in theory.columns}
    part = part_of(theory, kept | theory.kpis.keys() if asked.shows_kpis else kept)
    what = f"{_subject(theory, asked)} {', '.join(_conditions(theory, asked))}".rstrip()
    if only is not None:
        section = theory.of_kind(only)
        many, all_of = len(chosen & section.keys()), how_many(theory, only, len(section))
        return part, f"Only {what}: {f'{many:,}' if many else 'none'} of the theory's {all_of}"
    boxes = counted(len(theory.nodes) - len(theory.kpis), "box", "boxes")
    note = f"Only {what}: {f'{len(chosen):,}' if chosen else 'none'} of the theory's {boxes}"
    added = part.nodes.keys() - part.kpis.keys() - chosen
    return part, "; ".join([note, *_orientation(part, added), *_shared(theory, asked, alike - part.nodes.keys())])


def _column(theory: Theory, id: str) -> str | None:
    """The pillar in whose column a node stands; a goal stands over all of them."""
    return None if id in theory.goals else theory.columns.get(id, OUTSIDE)


def _shared(theory: Theory, asked: Asked, others: Collection[str]) -> Iterator[str]:
    """What leads to the pillars that are asked for and stands in the column of another one, so that it is not drawn."""
    if not asked.pillar or not others:
        return
    pillars = [pillar for pillar in theory.pillars if pillar in asked.pillar]
    helping, any_way = elsewhere(theory, pillars), elsewhere(theory, pillars, negative=True)
    yield from _elsewhere(theory, {id: bits for id, bits in helping.items() if id in others}, against=False)
    against = {id: bits for id, bits in any_way.items() if id in others and not helping[id]}
    yield from _elsewhere(theory, against, against=True)


def _elsewhere(theory: Theory, found: Mapping[str, int], *, against: bool) -> Iterator[str]:
    """Those that lead there, or only work against it, in one note: by the first of the pillars, which are bits."""
    names = sorted((id for id in theory.nodes if found.get(id)), key=lambda id: found[id] & -found[id])
    titles = [quoted(theory.nodes[id].title) for id in names]
    if titles:
        one = len(titles) == 1
        verb = f"{'works' if one else 'work'} against it" if against else f"{'leads' if one else 'lead'} there"
        column = f"the column of another {in_sentence(theory, 'pillar')}"
        yield f"and {len(titles):,} shared, not drawn here, which {verb} from {column}: {listed(titles, most=MOST)}"


def _orientation(part: Theory, added: Collection[str]) -> Iterator[str]:
    """What is drawn without having passed the filters: goals, and pillars in which something else stands."""
    counts = Counter(part.nodes[id].kind for id in added)
    names = [f"the {in_sentence(part, kind, plural=counts[kind] > 1)}" for kind in KINDS if kind in counts]
    if names:
        yield f"{listed(names)} {'stand' if len(added) > 1 else 'stands'} for orientation"


def _passes(theory: Theory, asked: Asked, node: Node) -> bool:
    is_of_kind = node.id in theory.measured_by if asked.kind == {"kpi"} else not asked.kind or node.kind in asked.kind
    return (
        is_of_kind
        and (not asked.tag or not asked.tag.isdisjoint(node.tags))
        and (not asked.target_group or not asked.target_group.isdisjoint(node.target_group))
    )


def _subject(theory: Theory, asked: Asked) -> str:
    if not asked.kind:
        return "what is"
    if asked.kind == {"kpi"}:
        return f"what {in_sentence(theory, 'kpi', plural=True)} measure"
    return listed([in_sentence(theory, kind, plural=True) for kind in KINDS if kind in asked.kind])


def _conditions(theory: Theory, asked: Asked) -> Iterator[str]:
    if asked.pillar == {OUTSIDE}:
        yield f"outside every {in_sentence(theory, 'pillar')}"
    elif asked.pillar:
        yield f"in {listed([pillar.title for id, pillar in theory.pillars.items() if id in asked.pillar], 'or')}"
    if asked.tag:
        yield f"tagged {listed(sorted(asked.tag), 'or')}"
    if asked.target_group:
        groups = theory.context.target_groups
        yield f"for {listed([group.title for id, group in groups.items() if id in asked.target_group], 'or')}"

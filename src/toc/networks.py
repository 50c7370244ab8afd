"""A theory as a networkx graph, and back: the one module that knows networkx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import ValidationError

from toc import ways
from toc.errors import TheoryError, yes_or_no
from toc.limits import refuse_unsaid
from toc.model import Theory
from toc.model.complaints import problems_of
from toc.model.nodes import CausalNode, Kpi, Node
from toc.model.types import KINDS, PLURALS, Kind, shown
from toc.model.values import Value
from toc.problems import Path, Problem
from toc.scalars import UNSTATED, plain, stated
from toc.spelling import hint, nearest

if TYPE_CHECKING:
    import networkx as nx

T = TypeVar("T", bound=Theory)
Raw = dict[str, Any]

DERIVED: Final = "toc_"
LEADS_TO: Final = "leads_to"
MEASURES: Final = "measures"
SECTIONS: Final = frozenset(PLURALS.values())


def to_networkx(theory: Theory, *, flat: bool = False) -> nx.DiGraph[str]:
    """The theory as a graph: every node and KPI, every link, with plain JSON values that differ from their defaults.

    What is derived, such as the column and how to measure an activity, begins with `toc_`. With `flat`, attributes are
    the columns of `to_pandas` instead, as `flat_networks` makes them.
    """
    import networkx as nx

    refuse_unsaid(len(theory.unsaid), len(theory.goals))
    graph: nx.DiGraph[str] = nx.DiGraph()
    if yes_or_no("flat", flat):
        from toc.flat_networks import flat_edges, flat_nodes, flattened

        graph.graph.update(flattened({"name": theory.title, **_written(theory, leave_out=SECTIONS)}))
        graph.add_nodes_from(flat_nodes(theory).items())
        graph.add_edges_from((*ends, attributes) for ends, attributes in flat_edges(theory).items())
        return graph
    graph.graph.update(_written(theory, leave_out=SECTIONS))
    depths = {id: depth for depth, layer in enumerate(ways.layers(theory)) for id in layer}
    advice = dict(_advice(theory))
    for id, node in theory.nodes.items():
        pillar = theory.columns.get(node.measures[0] if isinstance(node, Kpi) else id)
        derived = {f"{DERIVED}pillar": pillar, f"{DERIVED}layer": depths.get(id), **advice.get(id, {})}
        graph.add_node(id, **_written(node, leave_out=frozenset({LEADS_TO, MEASURES})), kind=node.kind)
        graph.nodes[id].update((key, value) for key, value in derived.items() if value is not None)
    for id, node in theory.nodes.items():
        graph.add_edges_from((id, target, attributes) for target, attributes in _edges(node))
    return graph


def _advice(theory: Theory) -> Iterator[tuple[str, Raw]]:
    """How to measure each activity, as attributes of its node."""
    if not theory.activities:
        return
    from toc.guidance import advised

    for found in advised(theory):
        values = {
            "approach": found.approach and found.approach.value,
            "headline": found.headline,
            "minimum_level": found.minimum_level,
            "maximum_level": found.maximum_level,
            "basis": found.basis.value,
            "kpi_fit": found.kpi_fit.fit and found.kpi_fit.fit.value,
        }
        yield found.activity, {f"{DERIVED}{name}": value for name, value in values.items()}


def _written(value: Value, leave_out: frozenset[str] = frozenset()) -> Raw:
    return value.model_dump(mode="json", exclude_defaults=True, exclude=set(leave_out))


def _edges(node: Node) -> Iterator[tuple[str, Raw]]:
    if isinstance(node, Kpi):
        for target in node.measures:
            yield target, {"kind": MEASURES}
    elif isinstance(node, CausalNode):
        for target, link in node.leads_to.items():
            yield target, {**_written(link), "kind": LEADS_TO}


def from_networkx(graph: nx.DiGraph[str], *, into: type[T]) -> T:
    """The theory that a graph stands for. Raises TheoryError with every problem, at its path through the graph."""
    _refuse_other_graphs(graph)
    problems: list[Problem] = []
    kinds = dict(_kinds(graph, problems))
    data = _own_fields(graph, problems) | _sections(graph, kinds, problems)
    try:
        theory = into.model_validate(data)
    except ValidationError as error:
        found = problems_of(error, into, data)
    else:
        if not problems:
            return theory
        found = []
    unplaced = len(kinds) < len(graph)
    # A node of no kind leaves holes that are no faults of their own.
    rest = [p for p in found if not (unplaced and (p.code == "TOC035" or p.path[2:] == (MEASURES,)))]
    raise TheoryError([*problems, *(_in_graph(problem, data) for problem in rest)])


def _refuse_other_graphs(graph: Any) -> None:
    """Only one kind of graph has one direction for each link and one link between two nodes."""
    import networkx as nx

    if not isinstance(graph, nx.Graph):
        message = f"expected a networkx DiGraph but found {shown(graph)}"
    elif not graph.is_directed():
        message = "the graph has no directions, but a link runs from a cause to its effect: build an nx.DiGraph"
    elif graph.is_multigraph():
        message = "the graph may hold several edges between two nodes, a theory holds one: take nx.DiGraph(g)"
    else:
        return
    raise TheoryError([Problem("TOC012", message)])


def _kinds(graph: nx.DiGraph[Any], problems: list[Problem]) -> Iterator[tuple[str, Kind]]:
    """The kind of each node that has a name and a kind."""
    for name, attributes in graph.nodes(data=True):
        word = plain(attributes.get("kind"))
        kind = next((kind for kind in KINDS if kind == word), None)
        if not isinstance(name, str):
            message = f"the node {name!r} is not named by text: use nx.relabel_nodes to give it an id such as 'readers'"
            problems.append(Problem("TOC016", message, ("nodes", str(name))))
        elif kind is not None:
            yield name, kind
        elif word is None or word is UNSTATED:
            message = f"`kind` is missing: write g.nodes[{name!r}]['kind'] = one of {', '.join(map(repr, KINDS))}"
            problems.append(Problem("TOC011", message, ("nodes", name, "kind")))
        else:
            problems.append(_wrong_word(word, KINDS, ("nodes", name, "kind")))


def _own_fields(graph: nx.DiGraph[str], problems: list[Problem]) -> Raw:
    """What `graph.graph` says of the theory as a whole."""
    fields = {"toc": 1, **_attributes(graph.graph)}
    name = fields.pop("name", None)  # where networkx keeps the name of a graph
    title = fields.pop("title", None) or name
    if title is None:
        problems.append(Problem("TOC011", "the graph has no title: write g.graph['title'] = 'My theory'", ("title",)))
        title = "-"
    for key in sorted((SECTIONS | {"goal"}) & fields.keys()):
        del fields[key]
        problems.append(
            Problem("TOC010", f"g.graph[{key!r}] is not read: the nodes of the graph are the {key}", (key,))
        )
    return {"title": title, **fields}


def _sections(graph: nx.DiGraph[str], kinds: Mapping[str, Kind], problems: list[Problem]) -> dict[str, dict[str, Raw]]:
    """The nodes in the form of a file, with the edges in them."""
    sections: dict[str, dict[str, Raw]] = {PLURALS[kind]: {} for kind in KINDS}
    for name, kind in kinds.items():
        node = _attributes(graph.nodes[name])
        node.pop("kind", None)
        for key in {LEADS_TO, MEASURES} & node.keys():
            message = f"`{key}` is not read from a node: add an edge of kind={key!r} for each target"
            problems.append(Problem("TOC010", message, ("nodes", name, key)))
        edges = list(_links_from(graph, name, kind, problems))
        ends = dict(edge for edge in edges if edge[0] in kinds)
        links: Raw = {MEASURES: list(ends)} if kind == "kpi" else {LEADS_TO: ends}
        sections[PLURALS[kind]][name] = {**node, **links}
    return sections


def _links_from(graph: nx.DiGraph[str], name: str, kind: Kind, problems: list[Problem]) -> Iterator[tuple[str, Raw]]:
    """The targets of a node's edges, each with the link's own keys."""
    expected = MEASURES if kind == "kpi" else LEADS_TO
    for target, attributes in graph.adj[name].items():
        link = _attributes(attributes)
        path = ("edges", name, str(target))
        word = link.pop("kind", None) or expected
        if word not in (LEADS_TO, MEASURES):  # it may be of a type that cannot stand in a set
            problems.append(_wrong_word(word, (LEADS_TO, MEASURES), (*path, "kind")))
        elif word != expected:
            message = (
                f"the KPI '{name}' leads nowhere: give the edge kind='measures'"
                if kind == "kpi"
                else f"only a KPI measures, and '{name}' is of the kind {kind}: give the edge kind='leads_to'"
            )
            problems.append(Problem("TOC032", message, (*path, "kind")))
        elif kind == "kpi" and link:
            key = str(next(iter(link)))
            problems.append(
                Problem("TOC010", f"unknown key {key!r}: an edge from a KPI says no more than that", (*path, key))
            )
        yield target, link


def _attributes(mapping: Mapping[Any, Any]) -> Raw:
    """Attributes as plain values, without those that were derived."""
    return stated(
        {key: value for key, value in mapping.items() if not (isinstance(key, str) and key.startswith(DERIVED))}
    )


def _wrong_word(word: Any, choices: tuple[str, ...], path: Path) -> Problem:
    suggestion = nearest(word.lower(), choices) if isinstance(word, str) else None
    message = f"{shown(word)} is not one of {', '.join(choices)}{hint(suggestion)}"
    return Problem("TOC013", message, path, suggestion=suggestion)


def _in_graph(problem: Problem, data: Raw) -> Problem:
    """The problem with its path through the graph."""
    match problem.path:
        case (section, name, "leads_to", target, *rest) if section in SECTIONS:
            return replace(problem, path=("edges", name, target, *rest))
        case ("kpis", name, "measures", int(position)):
            return replace(problem, path=("edges", name, data["kpis"][name][MEASURES][position]))
        case (section, name, *rest) if section in SECTIONS:
            return replace(problem, path=("nodes", name, *rest))
        case _ if problem.code == "TOC035":
            return replace(problem, message="there is no goal: add a node with kind='goal'", path=())
        case _:
            return problem

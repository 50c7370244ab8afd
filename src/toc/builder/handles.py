"""What a sketch gives back for each node, and its parts put together in the form of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar, overload

from toc.model.types import Kind

T = TypeVar("T", bound="Step | Iterable[Step]")


class Joins(Protocol):
    """What a handle needs of the sketch it belongs to."""

    def _linked(
        self, sources: Step | Iterable[Step], targets: Step | Iterable[Step], argument: Mapping[str, Any] | None = None
    ) -> Any: ...


class Handle:
    """A node of a sketch, to be named in others: `measures=readers`, `pillar=literacy`."""

    __slots__ = ("_sketch", "id", "kind")

    def __init__(self, sketch: Joins, kind: Kind, id: str) -> None:
        self._sketch = sketch
        self.kind = kind
        self.id = id

    def __repr__(self) -> str:
        return f"{self.kind} {self.id!r}"


class Step(Handle):
    """A node that links may join: `a >> b`, `a >> [b, c] >> d`, or `a.leads_to(b, because="…")`."""

    __slots__ = ()

    @overload
    def __rshift__(self, target: Step) -> Step: ...
    @overload
    def __rshift__(self, target: Iterable[Step]) -> Steps: ...
    def __rshift__(self, target: Step | Iterable[Step]) -> Step | Steps:
        joined: Step | Steps = self._sketch._linked([self], target)
        return joined

    def __rrshift__(self, sources: Iterable[Step]) -> Step:
        """`[a, b] >> c`."""
        self._sketch._linked(sources, self)
        return self

    def leads_to(self, target: T, **argument: Any) -> T:
        """Link this node to another one, or to several, with the argument for it.

        Args:
            target: the node, or the nodes, that this one leads to.
            argument: the link's own keys, as in a file: `because`, `assumptions`, `evidence`, `confidence`,
                `contribution`, `sign`, `feedback`.

        Returns:
            The target, so that the chain can go on.

        >>> import toc
        >>> with toc.sketch("Reading") as t:
        ...     pairs = t.activity("Reading in pairs")
        ...     link = pairs.leads_to(t.goal("Every child reads"), because="Practice builds fluency", confidence="high")
        >>> t.theory.links[0].confidence
        0.8

        """
        self._sketch._linked([self], target, argument)  # noqa: SLF001  # steps and sketch are one thing
        return target


class Steps(tuple[Step, ...]):
    """Several steps side by side: what `a >> [b, c]` gives, so that `>> d` can follow."""

    __slots__ = ()

    @overload
    def __rshift__(self, target: Step) -> Step: ...
    @overload
    def __rshift__(self, target: Iterable[Step]) -> Steps: ...
    def __rshift__(self, target: Step | Iterable[Step]) -> Step | Steps:
        joined: Step | Steps = self[0]._sketch._linked(self, target) if self else Steps()
        return joined


Nodes = Mapping[str, Mapping[str, Any]]


def assembled(
    fields: Mapping[str, Any], sections: Mapping[str, Nodes], links: Mapping[str, Nodes], groups: Nodes
) -> dict[str, Any]:
    """The whole theory: the fields it began with, the sections of nodes and partners, links by source, target groups."""
    data = dict(fields)
    for name, section in sections.items():
        if section:
            data[name] = _joined(
                data.get(name), {id: _with_links(thing, links.get(id)) for id, thing in section.items()}
            )
    if groups:
        context: Any = data.get("context")
        if hasattr(context, "contents"):
            context = context.contents()
        everyone = _joined(given(fields, "context", "target_groups"), groups)
        data["context"] = _joined(context, {"target_groups": everyone})
    return data


def given(fields: Mapping[str, Any], *path: str) -> Any:
    """What stands at a path of the fields that a sketch began with, or None."""
    found: Any = fields
    for step in path:
        found = found.get(step) if isinstance(found, Mapping) else getattr(found, step, None)
    return found


def keys(value: Any) -> set[str]:
    """The keys of a mapping; none of anything else."""
    return set(value) if isinstance(value, Mapping) else set()


def _with_links(thing: Mapping[str, Any], links: Nodes | None) -> Mapping[str, Any]:
    """A node with the links drawn by arrows after those written in its fields."""
    if links is None:
        return thing
    written = thing.get("leads_to")
    if isinstance(written, str):
        written = {written: {}}
    elif isinstance(written, (list, tuple)) and all(isinstance(target, str) for target in written):
        written = {target: {} for target in written}
    return {**thing, "leads_to": _joined(written, links)}


def _joined(given: Any, made: Mapping[str, Any]) -> Any:
    """What was given with what was added; something else than a mapping is left to be refused."""
    if given is None:
        return dict(made)
    return {**given, **made} if isinstance(given, Mapping) else given

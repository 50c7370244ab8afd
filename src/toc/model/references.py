"""Which node is meant: the one with that id, or the only one with that title."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from toc.errors import TheoryError, as_given
from toc.problems import Problem
from toc.spelling import ids_titled, meant, nearest, nearest_title

if TYPE_CHECKING:
    from toc.model.nodes import Node
    from toc.model.partners import Partner
    from toc.model.theory import Theory

EMPTY: Final[Mapping[str, Any]] = MappingProxyType({})


def named(theory: Theory, given: Any) -> Node:
    """The node with that id, or the only one with that title, capitals and spaces aside: for questions, not for edits.

    Raises TheoryError with the nearest id and title, or with the ids of all that bear the title.

    >>> import toc
    >>> (
    ...     named(toc.example("small-charity"), "company").id,
    ...     named(toc.example("small-charity"), "warm afternoons held").id,
    ... )
    ('company', 'afternoons')
    """
    id = id_among(theory.nodes, given)
    if id is None:
        raise unknown(theory, given)
    return theory.nodes[id]


def id_among(nodes: Mapping[str, Node], given: Any) -> str | None:
    """The id of one of some nodes, given by it or by a title that only one of them bears; None for anything else."""
    if isinstance(given, str) and given in nodes:
        return given
    found = ids_titled(given, titles(nodes))
    return found[0] if len(found) == 1 else None


def unknown(theory: Theory, given: Any, *, also: Mapping[str, Partner] = EMPTY) -> TheoryError:
    """What is said of an id that is not in a theory, `also` not among what else may be meant."""
    return TheoryError([not_found(f"unknown id {as_given(given)}", given, {**also, **theory.nodes})])


def not_found(message: str, given: Any, among: Mapping[str, Node | Partner]) -> Problem:
    """A problem about an id that is not there, with the nearest of those that are, by their ids and titles."""
    called = titles(among)
    suggestion = nearest(given, called) or nearest_title(given, called)
    return Problem("TOC030", message + meant(given, called), suggestion=suggestion)


def titles(nodes: Mapping[str, Node | Partner]) -> dict[str, str]:
    """The titles of some nodes by their ids."""
    return {id: node.title for id, node in nodes.items()}

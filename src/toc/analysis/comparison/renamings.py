"""Which node of an old theory is which node of a new one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import partial

from toc.language.text import one_line
from toc.model import Theory
from toc.model.nodes import CausalNode, Kpi, Node

Key = Callable[[Node], Hashable]


def renamed_ids(old: Theory, new: Theory) -> dict[str, str]:
    """The ids of old nodes that stand under another id in the new theory, old to new.

    A node is known by its id. Only among ids that are gone and ids that are new is a node taken for another, and only
    one of the same kind,

    1. where it is the only one gone and the only one new with its title, or
    2. where several have that title, the only one with the same neighbours: what leads to it, what it leads to and
       what measures it, or
    3. where its title differs in capitals, spaces and punctuation alone, the only one with the same neighbours.

    Nothing else is guessed: a node whose id and title both changed is one removed and one added.

    >>> import toc
    >>> theory = toc.example("small-charity")
    >>> renamed_ids(theory, theory.renamed("early-help", "help-in-time"))
    {'early-help': 'help-in-time'}
    """
    gone = [node for id, node in old.nodes.items() if id not in new.nodes]
    fresh = [node for id, node in new.nodes.items() if id not in old.nodes]
    if not gone or not fresh:
        return {}
    names: dict[str, str] = {}

    def pair(before: Key, after: Key) -> None:
        taken = set(names.values())
        left = (node for node in gone if node.id not in names)
        names.update(_only_ones(left, before, (node for node in fresh if node.id not in taken), after))

    pair(_titled, _titled)
    certain = dict(names)  # the neighbours are compared under these names
    for known_by in (_titled, _worded):
        pair(partial(_placed, old, certain, known_by), partial(_placed, new, {}, known_by))
    return names


def _only_ones(gone: Iterable[Node], before: Key, fresh: Iterable[Node], after: Key) -> dict[str, str]:
    """The pairs with the same key, where nothing else on either side has it."""
    old, new = _by_key(gone, before), _by_key(fresh, after)
    return {ids[0]: new[key][0] for key, ids in old.items() if len(ids) == 1 == len(new.get(key, ()))}


def _by_key(nodes: Iterable[Node], key: Key) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = {}
    for node in nodes:
        known_by = key(node)
        if known_by is not None:
            found.setdefault(known_by, []).append(node.id)
    return found


def _titled(node: Node) -> Hashable:
    return node.kind, one_line(node.title)


def _worded(node: Node) -> Hashable:
    """The kind, and the title without capitals, spaces and punctuation; None where nothing is left of it."""
    folded = unicodedata.normalize("NFC", node.title).casefold()
    bare = "".join(letter for letter in folded if unicodedata.category(letter)[0] not in "PZC")
    return (node.kind, bare) if bare else None


def _placed(theory: Theory, names: Mapping[str, str], known_by: Key, node: Node) -> Hashable:
    """What a node is known by, with its neighbours under their new names; None for one without neighbours."""
    title = known_by(node)
    around = [theory.led_by.get(node.id, ()), theory.measured_by.get(node.id, ())]
    if isinstance(node, CausalNode):
        around.append(tuple(node.leads_to))
    elif isinstance(node, Kpi):
        around.append(node.measures)
    if title is None or not any(around):
        return None
    return title, *(frozenset(names.get(id, id) for id in ids) for ids in around)

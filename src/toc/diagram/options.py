"""What is asked of a drawing: which part of the theory, seen from where, and what is marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, get_args

from toc.diagram.shapes import Mark
from toc.draw_options import Direction, Options
from toc.errors import one_of, whole_number
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.references import titles
from toc.model.types import PLURALS

STEPS: Final = 2


class Marked(NamedTuple):
    """A mark on a box, and what it says there."""

    mark: Mark
    words: str = ""


class Asked(NamedTuple):
    """Options with every name known to exist. An empty filter lets everything through.

    `notes` are what is to be said at the foot of the drawing whatever the view, such as what the filters leave out.
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

    @property
    def is_filtered(self) -> bool:
        """Whether some of the theory is left out."""
        return bool(self.pillar or self.tag or self.target_group or self.kind)

    @property
    def shows_kpis(self) -> bool:
        """Whether boxes say what measures them."""
        return not self.kind or "kpi" in self.kind


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
    plain = {name: given[name] for name in ("node", "direction") if name in given}
    return Asked(**plain, steps=steps, **filters, marks=marks)


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

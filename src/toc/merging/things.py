"""A theory in the form of its file as things with fields, and back: what is joined where two versions of it come together.

A thing is a row: the theory itself, the partnership, a node, a link, an assumption, evidence, a milestone, a reading, a target
group, a partner, what one partner gives to one activity, an answer of a review, and so on. Where it belongs is one of its fields, so that it may be moved: an output may become an outcome, an assumption
may go to another link. Everything else that a file may hold is a field of the theory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from toc.merging.three_way import Field, Fields, Key, Things
from toc.model.types import PLURALS, Kind
from toc.problems import Path

Form = dict[str, Any]
THEORY: Final[Key] = ("theory",)
KIND: Final[Field] = ("kind",)
KPI: Final[Field] = ("kpi",)
ENDS: Final[tuple[Field, Field]] = (("source",), ("target",))
OF_LINK: Final[tuple[Field, Field]] = (("link", "source"), ("link", "target"))
LEADS_TO: Final = "leads_to"
KINDS_OF: Final[dict[str, Kind]] = {plural: kind for kind, plural in PLURALS.items()}
ALONE: Final[Mapping[str, Path]] = {"theory": (), "partnership": ("partnership",)}
"""Tables with one thing each, and where it stands."""


@dataclass(frozen=True, slots=True)
class Members:
    """Things in a mapping: the steps to them, `*` for the id of their owner; the fields that hold that id and their own.

    `alone` is the field of a value that is written without a mapping of its own.
    """

    path: tuple[str, ...]
    ids: tuple[Field, ...] = ()
    alone: str = ""


MEMBERS: Final[Mapping[str, Members]] = {
    "groups": Members(("context", "target_groups")),
    "partners": Members(("partners",)),
    "exchange": Members(("activities", "*", "exchange"), (("activity",), ("partner",))),
    "reciprocates": Members(("activities", "*", "reciprocates"), (("activity",), ("reciprocates",)), "because"),
    "reach": Members(("activities", "*", "reach"), (("activity",), ("group",)), "people"),
    "reviews": Members(("reviews",)),
    "answers": Members(("reviews", "*", "answers"), (("review",), ("statement",))),
    "frames": Members(("frames",)),
    "statements": Members(("frames", "*", "statements"), (("frame",), ("statement",))),
}


@dataclass(frozen=True, slots=True)
class Items:
    """Things in a list: under which key of their owner it stands, which fields name the owner, and by what each is known."""

    under: str
    owner: tuple[Field, ...]
    known_by: tuple[str, ...]


ITEMS: Final[Mapping[str, Items]] = {
    "assumptions": Items("assumptions", OF_LINK, ("text",)),
    "evidence": Items("evidence", OF_LINK, ("source",)),
    "milestones": Items("target", (KPI,), ("by",)),
    "readings": Items("readings", (KPI,), ("date", "where")),
}
PAIRS: Final = ("links", *(table for table, members in MEMBERS.items() if members.ids))
"""Tables of things that are known by both their ends."""
OF_MEMBERS: Final = tuple(members.path[-1] for members in MEMBERS.values() if members.ids)
OF_NODES: Final = (LEADS_TO, *OF_MEMBERS, *(items.under for items in ITEMS.values() if items.owner == (KPI,)))
OF_LINKS: Final = tuple(items.under for items in ITEMS.values() if items.owner == OF_LINK)


def flat(form: Mapping[str, Any], besides: Iterable[str] = (), path: Field = ()) -> dict[Field, Any]:
    """The values in a mapping and in those below it; what stands under an `x-…` key is one value.

    >>> flat({"title": "Chess", "certainty": {"level": "high"}, "x-cost": {"amount": 3}})
    {('title',): 'Chess', ('certainty', 'level'): 'high', ('x-cost',): {'amount': 3}}
    """
    found: dict[Field, Any] = {}
    for key, value in form.items():
        if key in besides:
            continue
        if isinstance(value, dict) and value and not key.startswith("x-"):
            found |= flat(value, (), (*path, key))
        else:
            found[*path, key] = value
    return found


def nested(fields: Fields) -> Form:
    """The mapping that holds these values.

    >>> nested({("title",): "Chess", ("certainty", "level"): "high"})
    {'title': 'Chess', 'certainty': {'level': 'high'}}
    """
    form: Form = {}
    for path, value in fields.items():
        place = form
        for step in path[:-1]:
            inner = place.get(step)
            place[step] = place = dict(inner) if isinstance(inner, dict) else {}
        place[path[-1]] = value
    return form


def things_of(form: Mapping[str, Any]) -> dict[Key, dict[Field, Any]]:
    """The things in a theory in the full form of its file, in its order."""
    apart = {*KINDS_OF, "context", "partnership", *(members.path[0] for members in MEMBERS.values())}
    own = {name: value for name, value in form.items() if name not in apart}
    context = {name: value for name, value in form.get("context", {}).items() if name != "target_groups"}
    things: dict[Key, dict[Field, Any]] = {THEORY: flat({**own, "context": context} if context else own)}
    things["partnership",] = flat(form.get("partnership", {}))
    for plural, kind in KINDS_OF.items():
        for id, node in form.get(plural, {}).items():
            things["nodes", id] = {KIND: kind, **flat(node, OF_NODES)} | _said_none(node)
            things |= _items((KPI,), (id,), node)
            for target, link in (node.get(LEADS_TO) or {}).items():
                things["links", id, target] = dict(zip(ENDS, (id, target), strict=True)) | flat(link, OF_LINKS)
                things |= _items(OF_LINK, (id, target), link)
    for table, members in MEMBERS.items():
        things |= _members(table, members, form)
    return things


def _members(table: str, members: Members, form: Mapping[str, Any]) -> dict[Key, dict[Field, Any]]:
    """The things in a mapping, or in the mappings of all that may have one."""
    if not members.ids:
        return {(table, id): flat(one, OF_MEMBERS) for id, one in _at(form, members.path).items()}
    section, _, under = members.path
    return {
        (table, owner, id): dict(zip(members.ids, (owner, id), strict=True)) | _of_member(members, one)
        for owner, whole in form.get(section, {}).items()
        for id, one in whole.get(under, {}).items()
    }


def _of_member(members: Members, value: Any) -> dict[Field, Any]:
    if not members.alone:
        return flat(value)
    return {} if value is None else {(members.alone,): value}


def _said_none(node: Mapping[str, Any]) -> dict[Field, Any]:
    """That a node leads nowhere by its author's word, which of a pillar is not the same as not saying where."""
    return {(LEADS_TO,): {}} if node.get(LEADS_TO) == {} else {}


def _at(form: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    for step in path:
        form = form.get(str(step), {})
    return form


def _items(owner: tuple[Field, ...], ids: tuple[str, ...], form: Mapping[str, Any]) -> dict[Key, dict[Field, Any]]:
    things: dict[Key, dict[Field, Any]] = {}
    for table, items in ITEMS.items():
        if items.owner == owner:
            for item in form.get(items.under) or ():
                fields = dict(zip(owner, ids, strict=True)) | flat(item)
                things[free(natural_key(table, fields), things)] = fields
    return things


def owner_of(table: str) -> tuple[Field, ...]:
    """The fields that say to what a thing belongs, and, where it has no id of its own, which of these it is."""
    return (
        ENDS
        if table == "links"
        else ITEMS[table].owner
        if table in ITEMS
        else MEMBERS[table].ids
        if table in MEMBERS
        else ()
    )


def natural_key(table: str, fields: Fields) -> Key:
    """By what a thing without an id is known: the link, the item of a list, the exchange of a partner.

    >>> natural_key("readings", {("kpi",): "gain", ("date",): "2026-07-31", ("where", "group"): "girls"})
    ('readings', 'gain', '2026-07-31', 'group: girls')
    """
    owner = (str(fields.get(end, "")) for end in owner_of(table))
    known = (_known(name, fields) for name in (ITEMS[table].known_by if table in ITEMS else ()))
    return (table, *owner, *known)


def _known(name: str, fields: Fields) -> str:
    parts = sorted((path, value) for path, value in fields.items() if path[0] == name)
    return ", ".join(": ".join((*path[1:], str(value))) for path, value in parts)


def free(key: Key, used: Things | Iterable[Key]) -> Key:
    """A key that is not used yet: the second of two things that are known by the same has a number behind it."""
    number, found = 1, key
    while found in used:
        number += 1
        found = (*key, str(number))
    return found


@dataclass(frozen=True, slots=True)
class Composed:
    """The form that things make, the key of what stands at each of its places, and things whose owner is not there."""

    form: Form
    places: Mapping[Path, Key]
    astray: tuple[Key, ...]

    def at(self, path: Path) -> tuple[Key, Field] | None:
        """The thing and the field at a path of the form, or above it."""
        for length in range(len(path), -1, -1):
            if key := self.places.get(path[:length]):
                return key, tuple(step for step in path[length:] if isinstance(step, str))
        return None


def form_of(things: Things) -> Composed:
    """The theory in the full form of its file that some things make, each where its fields say."""
    form: Form = {"context": {}}
    places: dict[Path, Key] = {(): THEORY}
    astray: list[Key] = []
    plurals = {key[1]: PLURALS[fields[KIND]] for key, fields in things.items() if key[0] == "nodes"}
    for key, fields in sorted(things.items(), key=lambda thing: RANKS[thing[0][0]]):
        table, own = key[0], nested(fields)
        value: Any = own
        if table == "theory":
            form |= {**own, "context": own.get("context", {})}
            continue
        if table in ALONE:
            form |= {table: own} if own else {}
            places[ALONE[table]] = key
            continue
        path, step = _place(table, key, fields, plurals)
        owner = owner_of(table)
        if owner and path[:-1] not in places:
            astray.append(key)
            continue
        for name in ("kind",) if table == "nodes" else {field[0] for field in owner}:
            own.pop(name, None)
        if table in MEMBERS and MEMBERS[table].alone:
            value = own.get(MEMBERS[table].alone)
        section = _section(form, path, [] if step is None else {})
        if step is None:
            places[*path, len(section)] = key
            section.append(value)
        else:
            places[*path, step] = key
            section[step] = value
    if not form["context"]:
        del form["context"]
    return Composed(form, places, tuple(astray))


RANKS: Final = {table: rank for rank, table in enumerate(("theory", "partnership", "nodes", "links", *ITEMS, *MEMBERS))}


def _place(table: str, key: Key, fields: Fields, plurals: Mapping[str, str]) -> tuple[Path, str | None]:
    """The path of the section in which a thing stands, and its step there; None for the next one of a list."""
    if table == "nodes":
        return (plurals[key[1]],), key[1]
    owner = [str(fields.get(end, "")) for end in owner_of(table)]
    if table in MEMBERS:
        path = MEMBERS[table].path
        return tuple(owner[0] if step == "*" else step for step in path), owner[1] if owner else key[1]
    node: Path = (plurals.get(owner[0], ""), owner[0])
    if table == "links":
        return (*node, LEADS_TO), owner[1]
    return (*node, *((LEADS_TO, owner[1]) if len(owner) > 1 else ()), ITEMS[table].under), None


def _section(form: Form, path: Path, empty: Any) -> Any:
    """What stands at a path of a form; made where nothing does."""
    place: Any = form
    for step in path[:-1]:
        place = place.setdefault(str(step), {})
    return place.setdefault(str(path[-1]), empty)

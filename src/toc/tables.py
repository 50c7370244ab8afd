"""A theory as tables: one row for each node, link, assumption, reading and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, get_args

from toc import ways
from toc.errors import one_of
from toc.language.facts import latest_reading
from toc.model import Theory
from toc.model.nodes import Activity, Node
from toc.model.partner_words import Sector, Stage
from toc.model.partners import Gain, Gift
from toc.model.types import LEVELS, Depth, EvidenceStrength, Horizon, Stakes, Strength
from toc.model.values import Link, Reading, Value
from toc.partnership.word_tables import entries

Row = dict[str, Any]
Read = Callable[[Theory, Any], Any]

TEXT: Final = "str"  # of pandas 3; before that there are only objects
NAMES: Final = "object"  # tuples of text, and whatever stands under a key of one's own
DAY: Final = "datetime64[s]"  # days outside the years 1677 to 2262 do not fit the nanoseconds of pandas
NUMBER: Final = "float64"
WHOLE: Final = "Int64"  # whole numbers among which some may be missing
COUNTED: Final = "int64"
FLAG: Final = "bool"
Dtype = str | tuple[str, ...]
"""A type of pandas, or the words of a column from the least to the most."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, what stands in it for a thing of the theory, and its type in pandas.

    `field` is the way to the field whose value it is; none where the value follows from others.
    """

    name: str
    read: Read
    dtype: Dtype = TEXT
    field: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the things that are its rows, and its columns."""

    things: Callable[[Theory], Iterable[Any]]
    columns: tuple[Column, ...]


def rows(theory: Theory, table: str) -> list[Row]:
    """The rows of one table as plain values: text, numbers, dates and tuples of text."""
    shape = TABLES[one_of("table", table, TABLES)]
    return [
        {column.name: column.read(theory, thing) for column in shape.columns} | _own_keys(thing)
        for thing in shape.things(theory)
    ]


def _own_keys(thing: Any) -> Row:
    """The `x-…` keys of a value, and who a reading is about."""
    value = thing[-1] if isinstance(thing, tuple) else thing
    about = {f"where_{key}": name for key, name in value.where.items()} if isinstance(value, Reading) else {}
    return about | (value.__pydantic_extra__ or {} if isinstance(value, Value) else {})


# How a cell is read. A thing is a value of the theory, or a tuple of the values it stands in and itself.


def _field(name: str, dtype: Dtype = TEXT, *, called: str | None = None) -> Column:
    """A field as it is, or `baseline.date`, a field of a value that may be missing; of a worded share the number alone."""
    steps = name.split(".")

    def read(_: Theory, thing: Any) -> Any:
        value = thing[-1] if isinstance(thing, tuple) else thing
        for step in steps:
            value = None if value is None else getattr(value, step)
        return float(value) if isinstance(value, float) else value

    return Column(called or "_".join(steps), read, dtype, tuple(steps))


def _advised(name: str) -> Column:
    """A word of the advice for an activity, or nothing where it cannot be given yet."""

    def read(theory: Theory, activity: Activity) -> str | None:
        from toc.guidance import advised_on

        found = advised_on(theory, activity.id)
        value = found.kpi_fit.fit if name == "kpi_fit" else getattr(found, name)
        return None if value is None else str(value)

    return Column(name, read)


def _participation_level(theory: Theory, activity: Activity) -> str | None:
    """Low, medium or high, by the theory's own scale where people are counted."""
    people = activity.participation
    if not isinstance(people, int):
        return people
    return LEVELS[sum(people >= bound for bound in theory.settings.participation_scale)]


def _latest(field: str) -> Read:
    return lambda _, kpi: getattr(latest_reading(kpi), field, None)


def _arguments(field: str) -> Callable[[Theory], Iterator[tuple[Link, Value]]]:
    """Each assumption or each evidence, with its link."""
    return lambda theory: ((link, value) for link in theory.written_links for value in getattr(link, field))


def _activities_of(theory: Theory, partner: tuple[str, Value]) -> tuple[str, ...]:
    """Those that it takes part in, as they name it or say what it gives or gains."""
    return tuple(id for id, one in theory.activities.items() if partner[0] in (*one.partners, *one.exchange))


def _named(thing: Gift | Gain) -> str | None:
    """What is given or gained: a word of the tables as it stands in the file, or an own text."""
    return (thing.resource if isinstance(thing, Gift) else thing.benefit) or thing.text


def _kind_of(thing: Gift | Gain) -> str | None:
    """Whether something that is given can be touched: as its author says, or the table of which it is a word."""
    if not isinstance(thing, Gift) or thing.resource is None:
        return getattr(thing, "kind", None)
    return thing.kind or entries("resources")[thing.resource].kind


def _things(field: str) -> Read:
    """What a partner brings or receives."""
    return lambda _, partner: tuple(_named(one) for one in getattr(partner[-1], field))


def _exchanges(theory: Theory) -> Iterator[tuple[str, str, str, str, str, Gift | Gain]]:
    """Each thing that a partner gives to an activity or gains from it, with where that stands."""
    for id, activity in theory.activities.items():
        for partner, exchange in activity.exchange.items():
            for way, things in (("gives", exchange.gives), ("gains", exchange.gains)):
                yield from ((id, activity.title, partner, theory.partners[partner].title, way, one) for one in things)


def _of_exchange(place: int) -> Read:
    return lambda _, thing: thing[place]


def _nodes_for(theory: Theory, group: tuple[str, Value]) -> tuple[str, ...]:
    return tuple(id for id, node in theory.nodes.items() if group[0] in node.target_group)


ID, TITLE = Column("id", lambda _, node: node.id), _field("title")
KIND = Column("kind", lambda _, node: node.kind)
PILLAR = Column("pillar", lambda theory, node: ways.pillar_of(theory, node.id))
LEADS_TO = Column("leads_to", lambda theory, node: ways.effects(theory, node.id), NAMES)
KPIS = Column("kpis", lambda theory, node: tuple(theory.measured_by.get(node.id, ())), NAMES)
BY = _field("by", DAY)
FOR_ALL = (
    _field("description"),
    _field("target_group", NAMES),
    _field("tags", NAMES),
    _field("url"),
    _field("above_ceiling", FLAG),
)
STEP = (ID, TITLE, PILLAR, LEADS_TO, KPIS, _field("horizon", get_args(Horizon)), BY, *FOR_ALL)
ENDS = (
    Column("source", lambda _, thing: _link(thing).source),
    Column("target", lambda _, thing: _link(thing).target),
)


_SIDES = tuple(
    _field(f"impact.{side}.{name}", dtype, called=f"{side}_impact" if name == "level" else f"{side}_{name}")
    for side in ("internal", "external")
    for name, dtype in (("level", LEVELS), ("because", TEXT), ("people", WHOLE))
)
OF_KPI = (Column("kpi", lambda _, thing: thing[0].id), Column("title", lambda _, thing: thing[0].title))
UNIT = Column("unit", lambda _, thing: thing[0].unit)


def _link(thing: Link | tuple[Link, Value]) -> Link:
    return thing[0] if isinstance(thing, tuple) else thing


def _nodes_of(section: str) -> Callable[[Theory], Iterable[Node]]:
    return lambda theory: getattr(theory, section).values()


TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {
        "nodes": Table(_nodes_of("nodes"), (ID, KIND, TITLE, PILLAR, KPIS, *FOR_ALL)),
        "goals": Table(_nodes_of("goals"), (ID, TITLE, KPIS, BY, *FOR_ALL)),
        "pillars": Table(_nodes_of("pillars"), (ID, TITLE, LEADS_TO, KPIS, BY, *FOR_ALL)),
        "outcomes": Table(_nodes_of("outcomes"), STEP),
        "outputs": Table(_nodes_of("outputs"), STEP),
        "activities": Table(
            _nodes_of("activities"),
            (
                ID,
                TITLE,
                PILLAR,
                LEADS_TO,
                KPIS,
                _field("type"),
                _field("certainty.level", LEVELS, called="certainty"),
                _field("certainty.because"),
                Column(
                    "participation",
                    lambda _, one: one.participation if isinstance(one.participation, int) else None,
                    WHOLE,
                    ("participation",),
                ),
                Column("participation_level", _participation_level, LEVELS),
                _field("evidence_strength.level", get_args(Strength), called="evidence_strength"),
                _field("evidence_strength.source", called="evidence_source"),
                _field("stakes", get_args(Stakes)),
                *map(_advised, ("approach", "headline", "kpi_fit")),
                _field("starts", DAY),
                _field("ends", DAY),
                _field("recurs"),
                _field("lead", NAMES),
                _field("funding", NAMES),
                _field("partners", NAMES),
                *_SIDES,
                Column("reciprocates", lambda _, one: tuple(one.reciprocates), NAMES, ("reciprocates",)),
                _field("stage", get_args(Stage)),
                Column("reach", lambda _, one: tuple(f"{id}: {n}" for id, n in one.reach.items()), NAMES, ("reach",)),
                _field("places"),
                _field("only_together"),
                *FOR_ALL,
            ),
        ),
        "kpis": Table(
            _nodes_of("kpis"),
            (
                ID,
                TITLE,
                PILLAR,
                _field("measures", NAMES),
                _field("level", get_args(Depth)),
                _field("design"),
                _field("unit"),
                _field("direction"),
                _field("baseline.value", NUMBER, called="baseline"),
                _field("baseline.date", DAY),
                _field("target.value", NUMBER, called="target"),
                _field("target.by", DAY),
                _field("path"),
                Column("latest", _latest("value"), NUMBER),
                Column("latest_date", _latest("date"), DAY),
                Column("readings", lambda _, kpi: len(kpi.readings), COUNTED),
                _field("source"),
                _field("method"),
                _field("frequency"),
                _field("owner"),
                _field("collected_by", NAMES),
                _field("hours", NUMBER),
                _field("breakdowns", NAMES),
                Column(
                    "codes",
                    lambda _, kpi: tuple(f"{key}: {code}" for key, code in kpi.codes.items()),
                    NAMES,
                    ("codes",),
                ),
                _field("status"),
                _field("agreed_on", DAY),
                *FOR_ALL,
            ),
        ),
        "links": Table(
            lambda theory: ways.links_among(theory, theory.nodes),
            (
                *ENDS,
                Column("source_kind", lambda theory, link: theory.kind_of(link.source)),
                Column("target_kind", lambda theory, link: theory.kind_of(link.target)),
                Column("source_title", lambda theory, link: theory.nodes[link.source].title),
                Column("target_title", lambda theory, link: theory.nodes[link.target].title),
                _field("because"),
                _field("confidence", NUMBER),
                _field("contribution"),
                _field("sign"),
                _field("feedback", FLAG),
                Column("assumptions", lambda _, link: len(link.assumptions), COUNTED),
                Column("evidence", lambda _, link: len(link.evidence), COUNTED),
            ),
        ),
        "assumptions": Table(
            _arguments("assumptions"),
            (*ENDS, _field("text"), _field("status"), _field("test"), _field("owner"), BY),
        ),
        "evidence": Table(
            _arguments("evidence"),
            (
                *ENDS,
                _field("source", called="evidence"),
                *map(_field, ("type", "says")),
                _field("strength", get_args(EvidenceStrength)),
                _field("date", DAY),
                _field("url"),
            ),
        ),
        "measures": Table(
            lambda theory: ((kpi, theory.nodes[id], id) for kpi in theory.kpis.values() for id in kpi.measures),
            (
                *OF_KPI,
                Column("measures", lambda _, thing: thing[1].id),
                Column("measures_kind", lambda _, thing: thing[1].kind),
                Column("measures_title", lambda _, thing: thing[1].title),
            ),
        ),
        "milestones": Table(
            lambda theory: ((kpi, one) for kpi in theory.kpis.values() for one in kpi.target or ()),
            (*OF_KPI, _field("value", NUMBER), UNIT, BY),
        ),
        "readings": Table(
            lambda theory: ((kpi, reading) for kpi in theory.kpis.values() for reading in kpi.readings),
            (
                *OF_KPI,
                _field("date", DAY),
                _field("value", NUMBER),
                UNIT,
                _field("n", WHOLE),
                _field("note"),
            ),
        ),
        "target_groups": Table(
            lambda theory: theory.context.target_groups.items(),
            (
                Column("id", lambda _, thing: thing[0]),
                *map(_field, ("title", "description")),
                _field("disadvantaged", FLAG),
                _field("partner", NAMES),
                Column("nodes", _nodes_for, NAMES),
            ),
        ),
        "partners": Table(
            lambda theory: theory.partners.items(),
            (
                Column("id", lambda _, thing: thing[0]),
                *map(_field, ("title", "description", "url")),
                _field("sector", get_args(Sector)),
                _field("phase", NAMES),
                _field("contact"),
                Column("since", lambda _, thing: str(thing[-1].since) if thing[-1].since else None, TEXT, ("since",)),
                _field("organisations", COUNTED),
                *(
                    _field(f"disadvantage.{name}", dtype)
                    for name, dtype in (("share", NUMBER), ("measure", TEXT), ("date", DAY), ("source", TEXT))
                ),
                *(Column(name, _things(name), NAMES, (name,)) for name in ("brings", "receives")),
                Column("activities", _activities_of, NAMES),
            ),
        ),
        "exchange": Table(
            _exchanges,
            (
                *(Column(name, _of_exchange(place)) for place, name in enumerate(("activity", "title", "partner"))),
                Column("partner_title", _of_exchange(3)),
                Column("way", _of_exchange(4)),
                Column("what", lambda _, thing: _named(thing[-1])),
                Column("kind", lambda _, thing: _kind_of(thing[-1])),
                *map(_field, ("because", "source", "said_by")),
            ),
        ),
        "answers": Table(
            lambda theory: (
                (id, review, statement, answer)
                for id, review in theory.reviews.items()
                for statement, answer in review.answers.items()
            ),
            (
                Column("review", lambda _, thing: thing[0]),
                Column("frame", lambda _, thing: thing[1].frame),
                Column("date", lambda _, thing: thing[1].date, DAY),
                Column("statement", lambda _, thing: thing[2]),
                *map(_field, ("judgement", "because")),
                Column(
                    "evidence",
                    lambda _, thing: tuple(one.node or one.partner or one.text for one in thing[-1].evidence),
                    NAMES,
                ),
                *map(_field, ("owner", "next_step")),
                BY,
            ),
        ),
    }
)

"""A theory of change: values, validation and edits. What it can do for people is added in the front door."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from inspect import Signature
from typing import Annotated, Any, ClassVar, Final, Literal, Self, cast

from pydantic import (
    Field,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import CoreSchema, core_schema

from toc import graph
from toc.errors import TheoryError
from toc.limits import bounds_of, held
from toc.model import edits
from toc.model.attachment import bound
from toc.model.complaints import Places, author_path, model_in, problems_of, raised
from toc.model.implied import ImpliedLinks, LinkSequence
from toc.model.mappings import FrozenDict
from toc.model.nodes import Activity, CausalNode, Goal, HasPillar, Kpi, Node, Outcome, Output, Pillar, written_links
from toc.model.own_frames import OwnFrame
from toc.model.partners import Partner, Partnership
from toc.model.reviews import Review
from toc.model.shorthand import normalised
from toc.model.structure import refuse_excess, structure_problems
from toc.model.types import (
    EMPTY,
    ID_PATTERN,
    KINDS,
    PLURALS,
    TEXT_SCHEMA,
    Day,
    Forms,
    Id,
    Kind,
    Language,
    Text,
    shown,
    wrapped_as,
)
from toc.model.values import Context, Link, Settings, Value, keys_of
from toc.problems import Problem
from toc.scalars import holds_foreign, stated

FEW_GOALS: Final = 12
TITLED = Forms((TEXT_SCHEMA,))  # expanded with the whole theory, in `shorthand`


class Theory(Value):
    """A valid theory of change. It cannot be changed; edits make another one that shares what stayed the same."""

    is_whole: ClassVar[bool] = True
    also_written: ClassVar[tuple[str, ...]] = ("goal",)  # a key of the file that stands for `goals`

    toc: Literal[1]
    title: Text
    description: Text | None = None
    owner: Text | None = None
    version: Text | None = None
    created: Day | None = None
    review_on: Day | None = None
    language: Language | None = None
    context: Annotated[Context, EMPTY] = Context.model_construct()
    goals: Annotated[
        FrozenDict[Id, Annotated[Goal, TITLED]], Field(min_length=1, json_schema_extra={"minProperties": 1})
    ]
    pillars: Annotated[FrozenDict[Id, Annotated[Pillar, TITLED]], EMPTY] = FrozenDict()
    outcomes: Annotated[FrozenDict[Id, Annotated[Outcome, TITLED]], EMPTY] = FrozenDict()
    outputs: Annotated[FrozenDict[Id, Annotated[Output, TITLED]], EMPTY] = FrozenDict()
    activities: Annotated[FrozenDict[Id, Annotated[Activity, TITLED]], EMPTY] = FrozenDict()
    kpis: Annotated[FrozenDict[Id, Kpi], EMPTY] = FrozenDict()
    partners: Annotated[FrozenDict[Id, Annotated[Partner, wrapped_as("title")]], EMPTY] = FrozenDict()
    partnership: Annotated[Partnership, EMPTY] = Partnership.model_construct()
    reviews: Annotated[FrozenDict[Id, Review], EMPTY] = FrozenDict()
    frames: Annotated[FrozenDict[Id, OwnFrame], EMPTY] = FrozenDict()
    settings: Annotated[Settings, EMPTY] = Settings.model_construct()

    @classmethod
    def _read(cls, data: Any, handler: ModelWrapValidatorHandler[Any], info: ValidationInfo) -> Any:
        """Report the problems of the values and of the graph together, once, with the author's paths."""
        limits = info.context.get("limits") if isinstance(info.context, Mapping) else None
        if limits is None:
            return cls._validated(data, handler)
        with held(bounds_of(limits)):
            try:
                refuse_excess(data)
            except TheoryError as error:
                raise raised([*error.problems], cls.__name__) from None
            return cls._validated(data, handler)

    @classmethod
    def _validated(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        if not isinstance(data, Mapping):
            message = f"expected a theory, which is keys with values such as `title: Reading`, but found {shown(data)}"
            raise raised([Problem("TOC012", message)], cls.__name__)
        version = data.get("toc")
        if isinstance(version, int) and not isinstance(version, bool) and version > 1:
            message = (
                f"the theory is written for a newer version (toc: {shown(version)}): update this program to read it"
            )
            raise raised([Problem("TOC020", message, ("toc",))], cls.__name__)
        raw, problems = normalised(data)
        try:
            fields = handler(raw)
        except ValidationError as error:
            if holds_foreign(data) and not holds_foreign(understood := stated(data)):
                return cls._validated(understood, handler)
            problems += structure_problems(raw)
            placed = _placed(problems, data)
            # A key that stands where none may is one problem, whatever its value; so is a goal that is not there.
            named = {problem.path for problem in placed if problem.code in {"TOC010", "TOC034", "TOC035"}}
            missing = ("goals",) if ("goal",) in named or ("goals",) in named else None
            found = [p for p in problems_of(error, cls, data) if p.path not in named and p.path != missing]
            raise raised(found + placed, cls.__name__) from None
        theory = cls.__new__(cls)  # with the very mapping that pydantic makes a theory of when all is sound
        object.__setattr__(theory, "__dict__", fields[0])
        if not bound(theory):
            problems += structure_problems(raw)
        if problems:
            raise raised(_placed(problems, data), cls.__name__)
        return fields

    # Views. Each is made on first use and kept; an edit makes another theory, with views of its own.

    @cached_property
    def nodes(self) -> FrozenDict[str, Node]:
        """Every node by id, goals first and KPIs last."""
        found: dict[str, Node] = {}
        for kind in KINDS:
            found.update(self.of_kind(kind))
        return FrozenDict(found)

    @cached_property
    def written_links(self) -> tuple[Link, ...]:
        """The links without those that go without saying: whatever an author says of a link is said of one of these."""
        return tuple([link for node in self._causal for link in written_links(node).values()])

    @cached_property
    def links(self) -> LinkSequence:
        """Every causal link, by source in the order of `nodes`; those that go without saying are made when asked for."""
        held = [node.__dict__["leads_to"] for node in self._causal]
        return LinkSequence(tuple(one if isinstance(one, ImpliedLinks) else tuple(one.values()) for one in held if one))

    @property
    def _causal(self) -> Iterator[CausalNode]:
        return (node for kind in KINDS if kind != "kpi" for node in self.of_kind(kind).values())

    @cached_property
    def unsaid(self) -> Mapping[str, None]:
        """The pillars that lead to every goal without saying so, in the author's order."""
        silent = (id for id, pillar in self.pillars.items() if isinstance(pillar.__dict__["leads_to"], ImpliedLinks))
        return FrozenDict(dict.fromkeys(silent))

    @property
    def has_many_goals(self) -> bool:
        """Whether what leads to every goal is told once, and not for each of them."""
        return len(self.goals) > FEW_GOALS

    @cached_property
    def forwards(self) -> Mapping[str, tuple[str, ...]]:
        """What each node but the KPIs leads to, feedback left out: a graph without cycles, with one row of all goals."""
        found = {
            node.id: tuple([target for target, link in written_links(node).items() if not link.feedback])
            for node in self._causal
        }
        return FrozenDict({**found, **dict.fromkeys(self.unsaid, tuple(self.goals))})

    @cached_property
    def backwards(self) -> Mapping[str, Sequence[str]]:
        """What leads to each node but the KPIs, feedback left out."""
        return graph.Reversed(self.forwards)

    @cached_property
    def led_by(self) -> Mapping[str, Sequence[str]]:
        """What leads to each node but the KPIs, feedback included."""
        said = {node.id: tuple(written_links(node)) for node in self._causal}
        return graph.Reversed({**said, **dict.fromkeys(self.unsaid, tuple(self.goals))})

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """The pillar in whose column each node but goals and KPIs stands, for the nodes that reach one."""
        declared = {id: n.pillar for id, n in self.nodes.items() if isinstance(n, HasPillar) and n.pillar}
        found = graph.nearest_of(self.backwards, {id: id for id in self.pillars}) | declared
        # What reaches a pillar only through a node that declares its column stands in that column too.
        return FrozenDict(graph.nearest_of(self.backwards, found) if declared else found)

    @cached_property
    def measured_by(self) -> Mapping[str, tuple[str, ...]]:
        """The KPIs of each node that has any."""
        found: dict[str, list[str]] = {}
        for id, kpi in self.kpis.items():
            for node in kpi.measures:
                found.setdefault(node, []).append(id)
        return FrozenDict({id: tuple(kpis) for id, kpis in found.items()})

    # A theory holds its nodes: KPIs too, goals first and KPIs last.

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]  # pydantic's own gives pairs of fields and values
        return iter(self.nodes)

    def __len__(self) -> int:
        return sum(len(self.of_kind(kind)) for kind in KINDS)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self.kind_of(id) is not None

    def of_kind(self, kind: Kind) -> FrozenDict[str, Any]:
        """The nodes of one kind by id."""
        return cast("FrozenDict[str, Any]", self.__dict__[PLURALS[kind]])

    def kind_of(self, id: str) -> Kind | None:
        """The kind of a node, or None for an id that is not in the theory."""
        return next((kind for kind in KINDS if id in self.of_kind(kind)), None)

    # Edits. Each returns another theory of the same type and raises TheoryError with every problem.

    def evolve(self, **fields: Any) -> Self:
        """The theory with some of its own fields changed: title, context, settings, partners and the like.

        Nodes change by `edit`, `with_node`, `with_link`, `without` and `renamed`; giving `goals`, `pillars` or another
        section here replaces it whole, and everything is validated again.

        >>> import toc
        >>> toc.example("small-charity").evolve(title="Warm welcome").title
        'Warm welcome'
        """
        return edits.evolved(self, fields)

    def edit(self, id: str, /, **fields: Any) -> Self:
        """The theory with some fields of one node changed.

        >>> import toc
        >>> theory = toc.example("rgs-newcastle")
        >>> theory.edit("scitt", participation=14).activities["scitt"].participation
        14
        """
        return edits.edited(self, id, fields)

    def with_node(self, node: Node) -> Self:
        """The theory with a node added, or replaced where its id exists. A new pillar leads to every goal unless told.

        >>> import toc
        >>> theory = toc.example("rgs-newcastle").with_node(
        ...     toc.Outcome(id="calm", title="Calmer pupils", leads_to="capital")
        ... )
        >>> theory.outcomes["calm"].title
        'Calmer pupils'
        """
        return edits.with_node(self, node)

    def with_link(self, source: str, target: str, /, **argument: Any) -> Self:
        """The theory with a link added, or replaced where it exists; `argument` holds all the link's own fields.

        `edit_link` changes some fields of a link and keeps the others.

        >>> import toc
        >>> theory = toc.example("rgs-newcastle").with_link("scitt", "capital", because="Teachers open doors")
        >>> theory.activities["scitt"].leads_to["capital"].because
        'Teachers open doors'
        """
        return edits.with_link(self, source, target, argument)

    def edit_link(self, source: str, target: str, /, **fields: Any) -> Self:
        """The theory with some fields of one link changed; what is not given stays.

        A list that is given, such as `assumptions`, takes the place of the one that was there: to add to it, write
        `assumptions=[*link.assumptions, "…"]`. None takes a field out. Raises TheoryError where there is no such link.

        >>> import toc
        >>> theory = toc.example("rgs-newcastle").edit_link("scitt", "new-teachers", confidence="low")
        >>> link = theory.activities["scitt"].leads_to["new-teachers"]
        >>> link.confidence, link.because[:27]
        (0.25, 'Trainees learn the job in r')
        """
        return edits.edited_link(self, source, target, fields)

    def moved(
        self, id: str, /, *, after: str | None = None, before: str | None = None, pillar: str | None = None
    ) -> Self:
        """The theory with a node elsewhere in the author's order of its kind, in another pillar's column, or both.

        It comes after another, before one, or first where neither they nor a `pillar` are given. `save` keeps the order.
        Raises TheoryError where the other node is of another kind, and OptionError where both are given.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> list(theory.activities), list(theory.moved("tea-and-games", after="advice-table").activities)
        (['tea-and-games', 'advice-table'], ['advice-table', 'tea-and-games'])
        >>> toc.example("rgs-newcastle").moved("scitt", pillar="capital").activities["scitt"].pillar
        'capital'
        """
        return edits.moved(self, id, after, before, pillar)

    def without_link(self, source: str, target: str, /) -> Self:
        """The theory without a link. Raises TheoryError where there is none.

        >>> import toc
        >>> toc.example("rgs-newcastle").without_link("scitt", "new-teachers").effects("scitt")
        ()
        """
        return edits.without_link(self, source, target)

    def recast(self, id: str, kind: Kind, /, *, drop: bool = False) -> Self:
        """The theory with a node as one of another kind: an outcome that is an output, a pillar that is an outcome.

        It keeps its id, and every field and link that the new kind may have; a KPI measures what it led to, and leads
        to what it measured. It comes last among those of its kind.

        Raises TheoryError with every field, link and mention that cannot stay, unless `drop` lets them go; and for the
        last goal, and a KPI that would measure nothing.

        >>> import toc
        >>> theory = toc.example("small-charity").recast("tea-and-games", "output", drop=True)
        >>> theory.outputs["tea-and-games"].title
        'Tea, soup and board games'
        """
        from toc.model import recasting

        return recasting.recast(self, id, kind, drop=drop)

    def without(self, id: str, /) -> Self:
        """The theory without a node, its links, the KPIs left measuring nothing, and its silenced findings.

        Raises TheoryError for the last goal.

        >>> import toc
        >>> "scitt" in toc.example("rgs-newcastle").without("scitt").nodes
        False
        """
        return edits.without(self, id)

    def renamed(self, old: str, new: str, /) -> Self:
        """The theory with a node under another id, every reference rewritten.

        >>> import toc
        >>> toc.example("rgs-newcastle").renamed("scitt", "teacher-training").activities["teacher-training"].kind
        'activity'
        """
        return edits.renamed(self, old, new)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        form = super().__get_pydantic_json_schema__(schema, handler)
        if handler.mode == "validation":
            section = form["properties"]["goals"]["patternProperties"][ID_PATTERN]["anyOf"]
            goal = _goal_form(cls, handler)
            properties = {"id": {"type": "string", "pattern": ID_PATTERN}, **goal["properties"]}
            only = {**goal, **keys_of(properties), "title": "The only goal", "properties": properties}
            form["properties"]["goal"] = {"anyOf": [*section[:-1], only]}
            form |= keys_of(form["properties"])
            form["required"] = [name for name in form["required"] if name != "goals"]
            form["oneOf"] = [{"required": ["goal"]}, {"required": ["goals"]}]
        return form

    def __getstate__(self) -> dict[Any, Any]:
        state = dict(super().__getstate__())
        fields = type(self).model_fields
        state["__dict__"] = {name: value for name, value in state["__dict__"].items() if name in fields}
        return state


def _goal_form(cls: type[Theory], handler: GetJsonSchemaHandler) -> dict[str, Any]:
    """The JSON Schema of a goal, made here: where a theory is part of larger models, nobody may have made it yet."""
    goal = model_in(cls.model_fields["goals"].annotation)[0] or Goal
    goal.model_rebuild()
    return handler.resolve_ref_schema(handler(core_schema.definitions_schema(goal.__pydantic_core_schema__, [])))


def _placed(problems: list[Problem], data: Mapping[Any, Any]) -> list[Problem]:
    known: Places = {}
    return [replace(problem, path=author_path(data, problem.path, known)) for problem in problems]


class _Signature:
    """What `help` shows of a model that is not built yet; pydantic's own takes its place."""

    def __get__(self, value: object | None, owner: type[Value]) -> Signature:
        if value is not None:
            raise AttributeError(name="__signature__", obj=value)
        owner.model_rebuild()
        return owner.__signature__


def _built_at_once(model: type[Value]) -> None:
    """What others derive from a model, or read with it, is built at once: pydantic warns FastAPI of all that is not."""
    model.model_config["defer_build"] = False
    model.__signature__ = _Signature()  # type: ignore[assignment]  # a descriptor, as pydantic's own is
    for derived in model.__subclasses__():
        _built_at_once(derived)


_built_at_once(Value)

"""The sketch itself: it collects nodes and links, and checks all of them at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NoReturn, Self

from toc.builder.handles import Handle, Step, Steps, assembled, given, keys
from toc.errors import TheoryError, caller, source_name
from toc.model.slugs import slug
from toc.model.types import PLURALS, Kind, shown
from toc.problems import Path, Problem
from toc.scalars import stated

if TYPE_CHECKING:
    from types import TracebackType

    from toc.front import TheoryOfChange

Nodes = dict[str, dict[str, Any]]
_PLACES: Final[dict[str, tuple[str, ...]]] = {"target_groups": ("context", "target_groups"), "partners": ("partners",)}


def sketch(title: str, **fields: Any) -> Sketch:
    """Begin a theory in code. Leaving the `with` block checks all of it; the theory is then in `.theory`.

    Args:
        title: the title of the theory.
        fields: the theory's own keys, as in a file: `description`, `context`, `settings`, `review_on` and so on.

    >>> import toc
    >>> with toc.sketch("Reading partners") as t:
    ...     goal = t.goal("Every child reads at their age")
    ...     readers = t.outcome("Young readers catch up", pillar=t.pillar("Literacy"))
    ...     support = t.activity("Weekly one-to-one reading", certainty="high", participation=100)
    ...     support >> readers >> goal
    ...     t.kpi("Reading age gain", measures=readers, unit="months", baseline=0, target=6)
    goal 'goal'
    kpi 'reading-age-gain'
    >>> t.theory.effects("weekly-one-to-one-reading")
    ('young-readers-catch-up',)

    """
    return Sketch(title, **fields)


class Sketch:
    """A theory in the making; see `toc.sketch`."""

    def __init__(self, title: str, **fields: Any) -> None:
        self._fields: dict[str, Any] = {"toc": 1, "title": title, **fields}
        self._nodes: dict[str, Nodes] = {plural: {} for plural in PLURALS.values()}
        self._links: dict[str, Nodes] = {}
        self._named: dict[str, Nodes] = {"target_groups": {}, "partners": {}}
        self._taken = {"nodes": _ids_in(fields), **{name: keys(given(fields, *_PLACES[name])) for name in self._named}}
        self._problems: list[Problem] = []
        self._lines: dict[Path, int] = {}
        self._file = caller()[0].f_code.co_filename
        self._open = False
        self._theory: TheoryOfChange | None = None

    def __enter__(self) -> Self:
        self._open = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._open = False
        if error is None:
            self._theory = self._finished()

    def __repr__(self) -> str:
        return f"<sketch of {shown(self._fields['title'])}, {sum(map(len, self._nodes.values()))} nodes>"

    @property
    def theory(self) -> TheoryOfChange:
        """The finished theory, once the `with` block has been left."""
        if self._theory is None:
            where = (
                "the `with` block has ended" if self._open else "`with toc.sketch(…) as t:` has ended without an error"
            )
            self._refuse("TOC036", f"there is no theory yet: read `theory` after {where}")
        return self._theory

    # The nodes. Each takes the same keys as in a file.

    def goal(self, title: str, *, id: str | None = None, **fields: Any) -> Step:
        """Add a goal. The first one has the id `goal` unless it is given another."""
        if id is None and not self._nodes["goals"] and "goal" not in self._taken["nodes"]:
            id = "goal"
        return Step(self, "goal", self._added("goal", title, id, fields))

    def pillar(self, title: str, *, id: str | None = None, **fields: Any) -> Step:
        """Add a pillar. It leads to every goal unless it is linked to something."""
        return Step(self, "pillar", self._added("pillar", title, id, fields))

    def outcome(self, title: str, *, id: str | None = None, **fields: Any) -> Step:
        """Add an outcome: a change in people or organisations."""
        return Step(self, "outcome", self._added("outcome", title, id, fields))

    def output(self, title: str, *, id: str | None = None, **fields: Any) -> Step:
        """Add an output: what an activity directly produces."""
        return Step(self, "output", self._added("output", title, id, fields))

    def activity(self, title: str, *, id: str | None = None, **fields: Any) -> Step:
        """Add an activity: what the partnership does."""
        return Step(self, "activity", self._added("activity", title, id, fields))

    def kpi(self, title: str, *, id: str | None = None, **fields: Any) -> Handle:
        """Add a KPI; `measures=` names the node or the nodes that it measures."""
        return Handle(self, "kpi", self._added("kpi", title, id, fields))

    def target_group(self, title: str, *, id: str | None = None, **fields: Any) -> str:
        """Add a group of people whom a change is meant for, and give its id, for `target_group=`.

        >>> import toc
        >>> with toc.sketch("Reading") as t:
        ...     pupils = t.target_group("Pupils eligible for Pupil Premium", disadvantaged=True)
        ...     goal = t.goal("Every child reads", target_group=pupils)
        >>> t.theory.goals["goal"].target_group
        ('pupils-eligible-for-pupil-premium',)

        """
        return self._named_thing("target_groups", title, id, fields)

    def partner(self, title: str, *, id: str | None = None, **fields: Any) -> str:
        """Add an organisation that takes part, and give its id, for `partners=`."""
        return self._named_thing("partners", title, id, fields)

    # What happens behind it.

    def _added(self, kind: Kind, title: str, id: str | None, fields: dict[str, Any]) -> str:
        self._must_be_open()
        section = self._nodes[PLURALS[kind]]
        free = slug(_text(title), self._taken["nodes"], kind=kind, number=len(section) + 1)
        id = self._own_id("nodes", (PLURALS[kind],), id, free)
        section[id] = {"title": title, **{key: self._plain(value) for key, value in fields.items()}}
        return id

    def _named_thing(self, section: str, title: str, id: str | None, fields: dict[str, Any]) -> str:
        self._must_be_open()
        things = self._named[section]
        free = slug(_text(title), self._taken[section], kind=section.removesuffix("s"), number=len(things) + 1)
        id = self._own_id(section, _PLACES[section], id, free)
        things[id] = {"title": title, **fields}
        return id

    def _own_id(self, among: str, path: Path, id: Any, free: str) -> str:
        """The id that was asked for, or the free one. An id that cannot be had is a problem for later."""
        line = self._line()
        chosen = free
        if isinstance(id, str) and id not in self._taken[among]:
            chosen = id
        elif isinstance(id, str):
            message = f"the id '{id}' is used twice: leave `id` out here, and it will be '{free}'"
            self._problems.append(Problem("TOC031", message, (*path, id), line, suggestion=free))
        elif id is not None:
            self._problems.append(Problem("TOC016", f"{shown(id)} is not an id: write text like {free!r}", path, line))
        self._taken[among].add(chosen)
        if line is not None:
            self._lines[*path, chosen] = line
        return chosen

    def _linked(
        self, sources: Step | Iterable[Step], targets: Step | Iterable[Step], argument: Mapping[str, Any] | None = None
    ) -> Any:
        """Join every source to every target."""
        self._must_be_open()
        froms, tos = self._steps(sources, "from"), self._steps(targets, "to")
        line = self._line()
        for source in froms:
            links = self._links.setdefault(source.id, {})
            for target in tos:
                links[target.id] = {**links.get(target.id, {}), **(argument or {})}
                if line is not None:
                    self._lines[PLURALS[source.kind], source.id, "leads_to", target.id] = line
        return targets if isinstance(targets, Step) else Steps(tos)

    def _steps(self, given: Any, way: str) -> list[Step]:
        several = isinstance(given, Iterable) and not isinstance(given, (str, bytes, Mapping))
        steps = list(given) if several else [given]
        for step in steps:
            if isinstance(step, Handle) and step.kind == "kpi":
                self._refuse(
                    "TOC032", f"a link cannot go {way} the KPI '{step.id}': a KPI measures; write `measures=` in it"
                )
            if not isinstance(step, Step):
                message = f"a link goes {way} a step of this sketch, not {way} {shown(step)}: write what t.outcome(…) gave you"
                self._refuse("TOC012", message)
            self._must_be_ours(step)
        return steps

    def _plain(self, value: Any) -> Any:
        """A field's value with the ids of the handles in it."""
        match value:
            case Handle():
                self._must_be_ours(value)
                return value.id
            case list() | tuple():
                return (
                    [self._plain(item) for item in value] if any(isinstance(item, Handle) for item in value) else value
                )
            case dict():
                return {self._plain(key): item for key, item in value.items()}
            case _:
                return value

    def _finished(self) -> TheoryOfChange:
        from pydantic import ValidationError

        from toc.front import TheoryOfChange
        from toc.model.complaints import problems_of

        sections = {**self._nodes, "partners": self._named["partners"]}
        data = stated(assembled(self._fields, sections, self._links, self._named["target_groups"]))
        try:
            theory = TheoryOfChange.model_validate(data)
        except ValidationError as error:
            found = [self._placed(problem) for problem in problems_of(error, TheoryOfChange, data)]
        else:
            if not self._problems:
                return theory
            found = []
        problems = sorted(self._problems + found, key=lambda problem: problem.line or 0)
        raise TheoryError(problems, source=self._source()) from None

    def _placed(self, problem: Problem) -> Problem:
        """The problem in words of code, at the line that made the nearest thing."""
        if problem.code == "TOC035":
            problem = replace(
                problem, message="there is no goal: write t.goal(…) with the long-term change this is all for"
            )
        for end in range(len(problem.path), 0, -1):
            if line := self._lines.get(problem.path[:end]):
                return replace(problem, line=line)
        return problem

    def _line(self) -> int | None:
        """The line of the statement that is running, if it stands in the file of the sketch."""
        frame, _ = caller()
        return frame.f_lineno if frame.f_code.co_filename == self._file else None

    def _source(self) -> str:
        return source_name(self._file)

    def _must_be_open(self) -> None:
        if self._open:
            return
        if self._theory is None:
            self._refuse(
                "TOC036", "nothing can be added here: write `with toc.sketch(…) as t:` and add it inside the block"
            )
        self._refuse("TOC036", "the sketch is finished: add it inside the `with` block, or use t.theory.with_node(…)")

    def _must_be_ours(self, handle: Handle) -> None:
        if handle._sketch is not self:  # noqa: SLF001
            self._refuse(
                "TOC030", f"the {handle!r} belongs to another sketch: add it to this one, or name it by its id"
            )

    def _refuse(self, code: str, message: str) -> NoReturn:
        raise TheoryError([Problem(code, message, line=self._line())], source=self._source())


def _text(title: Any) -> str:
    return title if isinstance(title, str) else ""


def _ids_in(fields: Mapping[str, Any]) -> set[str]:
    """The ids of nodes among the fields that a sketch began with."""
    ids: set[str] = {"goal"} if "goal" in fields else set()
    return ids.union(*(keys(fields.get(plural)) for plural in PLURALS.values()))

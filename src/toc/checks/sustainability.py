"""Whether it will last: several years, several people, several sources of funding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from toc.checks.check_context import CheckContext, quoted
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule, rule
from toc.language.dates import months_later
from toc.language.numbers import counted
from toc.language.text import listed
from toc.language.vocabulary import how_many
from toc.model import Theory
from toc.model.nodes import Activity, Outcome, Pillar
from toc.model.partners import Partnership
from toc.partnership.footing import STEERED, stated
from toc.partnership.timing import YEAR, dated, ending_money, folded, funders

FEW: Final = 3  # activities; that one person leads two is no risk to speak of, and two short ones are no habit
MANY_PARTNERS: Final = 4
MANY_ACTIVITIES: Final = 10


@rule("TOC141", "one-off-for-the-long-term", "sustainability", Grades(None, ADVICE, WARNING))
def one_off_for_the_long_term(context: CheckContext) -> Iterable[Fault]:
    one_offs = {id: activity for id, activity in context.theory.activities.items() if _is_one_off(activity)}
    furthest = _furthest(context) if one_offs else {}
    for id, activity in one_offs.items():
        changes = dict.fromkeys(_changes(context, id, furthest))
        far = [change for change in changes if _is_far(context, change, activity.starts)]
        if far:
            once = f"{context.called(id)} takes place once, yet is to lead to a long-term change: "
            message = once + listed([_long_term(context, outcome) for outcome in far], most=5)
            links = tuple((id, outcome) for outcome in far if outcome in activity.leads_to)
            fix = f"write how `{id}` goes on with `recurs:`, or add what follows it up"
            yield Fault((id, *far), context.path(id), message, fix, links)


@rule("TOC142", "single-lead", "sustainability", Grades(None, ADVICE, WARNING))
def single_lead(context: CheckContext) -> Iterable[Fault]:
    activities = context.theory.activities.values()
    if len(activities) < FEW:
        return
    leads = {folded(activity.lead[0]) if len(activity.lead) == 1 else None for activity in activities}
    if len(leads) == 1 and None not in leads:
        [lead, *_] = [activity.lead[0] for activity in activities]
        message = (
            f"{quoted(lead)} leads all {len(activities)} {context.word('activity', plural=True)}, and nobody else any"
        )
        yield Fault(
            (), ("activities",), message, "name a second role under `lead:` where somebody else could take over"
        )


@rule("TOC143", "single-funder", "sustainability", Grades(None, ADVICE, WARNING))
def single_funder(context: CheckContext) -> Iterable[Fault]:
    named = funders(context.theory)
    if len(named) == 1:
        [(source, path)] = named.items()
        message = f"{quoted(source)} is the only source of funding that is named"
        yield Fault((), path, message, "name the other sources under `funding:`, or plan for one")


@rule("TOC144", "short-lived", "sustainability", Grades(None, ADVICE, WARNING))
def short_lived(context: CheckContext) -> Iterable[Fault]:
    runs = dated(context.theory, context.today)
    if len(runs) >= FEW and not any(runs.values()):
        message = f"none of the {len(runs)} {context.word('activity', plural=True)} with dates runs for more than {YEAR} months"
        fix = "plan what goes on for several years, and write so: a later `ends:`, or none where no end is meant"
        yield Fault((), ("activities",), message, fix)


@rule("TOC145", "no-infrastructure", "sustainability", Grades(None, ADVICE, WARNING))
def no_infrastructure(context: CheckContext) -> Iterable[Fault]:
    theory = context.theory
    partners, activities = len(theory.partners), len(theory.activities)
    is_large = partners >= MANY_PARTNERS or activities >= MANY_ACTIVITIES
    if is_large and theory.partnership != Partnership.model_construct() and not _is_held(theory):
        counts = counted(partners, "partner", "partners"), how_many(theory, "activity", activities)
        message = (
            f"with {listed(counts)}, no agreement is named, no steering group or board, and nobody who coordinates: "
            "nothing is said to hold it when people leave"
        )
        fix = (
            "write what there is under `partnership:`, as `agreement:` (a note will do), `governance: steering` or "
            "`board`, or `coordinator:`; if there is nothing, begin with a note of who does what"
        )
        yield Fault((), ("partnership",), message, fix)


@rule("TOC146", "funding-ends-first", "sustainability", Grades(None, ADVICE, WARNING))
def funding_ends_first(context: CheckContext) -> Iterable[Fault]:
    for source, until, paid in ending_money(context.theory, context.today):
        message = f"{quoted(source)} pays until {until}, and goes no further with what it pays for: " + listed(
            [_ending(context, id) for id in paid], most=5
        )
        fix = "find what pays for the rest and name it under `funding:`, or correct `until:` or `ends:`"
        yield Fault(paid, ("partnership", "funding", "sources", source, "until"), message, fix)


def _ending(context: CheckContext, id: str) -> str:
    ends = context.theory.activities[id].ends
    return f"{context.called(id)} ({f'to {ends}' if ends else 'without an end'})"


def _is_held(theory: Theory) -> bool:
    """Whether an agreement, a steering group or board, or a coordinator is named."""
    said = {name: fact.value for name, fact in stated(theory).items()}
    is_named = any(said.get(name, "none") != "none" for name in ("agreement", "coordinator"))
    return is_named or said.get("governance") in STEERED


def _is_one_off(activity: Activity) -> bool:
    if activity.recurs is None:
        return activity.starts is not None and activity.starts == activity.ends
    return activity.recurs == "once"


def _changes(context: CheckContext, id: str, furthest: Mapping[str, str]) -> Iterator[str]:
    """The changes to which an activity leads straight, and of each output the one that lies furthest away."""
    theory = context.theory
    for step in theory.forwards[id]:
        change = furthest.get(step) if step in theory.outputs else step
        if change and (change in theory.outcomes or change in theory.pillars):
            yield change


def _furthest(context: CheckContext) -> dict[str, str]:
    """Of the outcomes and pillars to which each output leads, straight or through other outputs, the furthest away."""
    theory = context.theory
    found: dict[str, str] = {}
    for id in reversed(context.order):
        changes = list(_changes(context, id, found)) if id in theory.outputs else []
        if changes:
            found[id] = max(changes, key=lambda change: _distance(context, change))
    return found


def _distance(context: CheckContext, id: str) -> tuple[bool, date]:
    """How far away a change is: first by its horizon, then by its date."""
    node = context.theory.nodes[id]
    due = node.by if isinstance(node, (Outcome, Pillar)) else None
    return isinstance(node, Outcome) and node.horizon == "long", due or date.min


def _is_far(context: CheckContext, id: str, starts: date | None) -> bool:
    """Whether an outcome or pillar is long-term, seen from the day on which an activity starts."""
    is_long, due = _distance(context, id)
    return is_long or (starts is not None and due >= months_later(starts, YEAR))


def _long_term(context: CheckContext, id: str) -> str:
    """What is told of a long-term outcome or pillar: by what it is known to be one."""
    is_long, due = _distance(context, id)
    return f"{context.called(id)} ({'horizon long' if is_long else f'due on {due}'})"


RULES: Final[tuple[Rule, ...]] = (
    one_off_for_the_long_term,
    single_lead,
    single_funder,
    short_lived,
    no_infrastructure,
    funding_ends_first,
)

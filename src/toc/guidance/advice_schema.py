"""The shape of `advice.toml`: each class is one kind of table in it. The reasons for the values stand there.

They are named tuples, which are made in a sixth of the time of dataclasses: the first drawing waits for them.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from toc.guidance.scales import Approach, Basis, Effort
from toc.model.types import Depth, Design, Frequency, Level

Role = Literal["participation", "engagement", "fidelity", "feedback", "learning", "attainment", "comparison"]
Plural = tuple[str, ...]


class SourceEntry(NamedTuple):
    """A publication: how it is cited, in full, and what it supports."""

    cite: str
    reference: str
    supports: str
    url: str | None = None


class LevelEntry(NamedTuple):
    """A rung of the ladder: what is looked at, and its type at NPC."""

    asks: str
    npc: str


class DesignEntry(NamedTuple):
    """A design: how the answer is made, in two forms, and its type at the Office for Students."""

    asks: str
    made: str
    ofs: str


class Wanted(NamedTuple):
    """By approach, the designs that are asked for, in words and by name; none of them for any.

    Only KPIs that look at `since` or deeper need one. Where `certified`, a result that others recognise needs none.
    """

    words: str
    mend: str
    designs: tuple[Design, ...] = ()
    since: Depth = "participation"
    certified: bool = False


class MappingWords(NamedTuple):
    """How the mapping onto other frameworks is printed."""

    level: str
    design: str


class Range(NamedTuple):
    """The least and the most that is looked at."""

    minimum: Depth
    maximum: Depth


class Cell(NamedTuple):
    """The advice for one certainty and one participation, or for a refinement."""

    approach: Approach
    basis: Basis
    headline: str
    reasons: tuple[str, ...]
    effort: Effort
    who: str
    suggests: tuple[Role, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    minimum: Depth | None = None
    headline_few: str | None = None
    reason_few: str | None = None


class Pilot(NamedTuple):
    """What is added at low certainty when a decision depends on the answer."""

    basis: Basis
    reasons: tuple[str, ...]
    effort: Effort
    who: str
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    headlines: Mapping[str, str]


class Unknown(NamedTuple):
    """What is said while nobody has rated the certainty."""

    headline: str
    reasons: tuple[str, ...]
    who: str
    suggests: tuple[Role, ...]
    sources: tuple[str, ...]
    do_not_claim: str


class Question(NamedTuple):
    """One of the three questions, and how each answer is written down."""

    asks: str
    yes: str
    no: str


class Claims(NamedTuple):
    """What not to claim, by approach, and of feedback; `…_beside` where a KPI in reach looks at a change in people.

    `…_further` is for comparisons that lie beyond what is in reach.
    """

    count: str  # type: ignore[assignment]  # no list, of which one would count items
    count_beside: str
    redesign: str
    redesign_beside: str
    learning: str
    attainment: str
    attainment_further: str
    uptake: str
    uptake_beside: str
    comparison: str
    feedback_lasts: str
    feedback_silent: str


class NoteEntry(NamedTuple):
    """A note on samples or children, and when it is printed."""

    when: Literal["always", "cell", "groups"]
    text: str


class InputWords(NamedTuple):
    """How the inputs are read back."""

    people: str
    written: str
    scale: str
    participation_missing: str
    rated: str
    rated_plainly: str
    doubted: str
    contradicts: str
    mixed: str
    basis_source: str
    basis_extension: str


class GapWords(NamedTuple):
    """What is missing and what to write."""

    certainty: str
    participation: str
    evidence_source: str
    level: str
    levels: str
    comparison: str


class WordingWords(NamedTuple):
    """For which kind of activity the suggested KPIs are worded, and how a title says what they are about."""

    about: str
    about_change: str

    typed: str
    untyped: str
    unknown: str


class FitWords(NamedTuple):
    """Whether the KPIs of an activity fit; `…_on` where what decides is measured further on."""

    fits: str
    fits_on: str
    seen: str
    design: str
    design_on: str
    below: str
    below_on: str
    pillar: str
    nothing: str
    above: str
    redesign: str
    uncertain: str
    unlevelled: str


class Fixes(NamedTuple):
    """The smallest change that would make them fit: something to measure, never another name for it."""

    below: str
    beside: str
    nothing: str
    redesign: str
    above: str
    unlevelled: str


class KpiFitWords(NamedTuple):
    """Whether one KPI fits, and how far on it measures."""

    where: str
    counted: str
    fits: str
    beyond: str
    design: str
    supporting: str
    pillar: str
    below: str
    above: str
    uncertain: str
    unlevelled: str


class KpiEntry(NamedTuple):
    """A KPI to suggest."""

    role: Role
    title: str
    level: Depth
    unit: str
    collected_by: str
    frequency: Frequency
    method: str
    design: Design = "after"


class KpiSet(NamedTuple):
    """The KPIs to suggest for one type of activity, and other words for the type."""

    kpis: tuple[KpiEntry, ...]
    also: tuple[str, ...] = ()


class Blanks(NamedTuple):
    """What stands in a cell that nobody has filled in."""

    level: str
    unit: str
    baseline: str
    target: str
    method: str
    who: str
    how_often: str
    effort: str
    effort_unread: str
    status: str
    no_activity: str
    no_start: str
    no_end: str
    ends_first: str
    too_long: str
    collections: str


class PlanWords(NamedTuple):
    """What the rows of the plan say."""

    missing: str
    missing_unknown: str
    missing_status: str
    advice: str
    advice_open: str
    advice_none: str
    more: str
    more_at_least: str
    proportion: str
    proportion_redesign: str


class Book(NamedTuple):
    """All of `advice.toml`."""

    sources: Mapping[str, SourceEntry]
    levels: Mapping[Depth, LevelEntry]
    designs: Mapping[Design, DesignEntry]
    wanted: Mapping[Approach, Wanted]
    mapping: MappingWords
    certainty: Mapping[Level, Range]
    cells: Mapping[str, Cell]
    uncounted: Mapping[Level, Cell]
    uptake: Cell
    comparison: Cell
    pilot: Pilot
    unknown: Unknown
    questions: tuple[Question, ...]
    do_not_claim: Claims
    notes: Mapping[str, NoteEntry]
    inputs: InputWords
    gaps: GapWords
    wording: WordingWords
    fit: FitWords
    fixes: Fixes
    kpi_fit: KpiFitWords
    methods: Mapping[Effort, tuple[str, ...]]
    efforts: Mapping[Effort, str]
    rounds: Mapping[str, int]
    blanks: Blanks
    plan: PlanWords
    nouns: Mapping[str, Plural]
    words: Mapping[str, str]
    columns: Mapping[str, str]
    general: KpiSet
    types: Mapping[str, KpiSet]

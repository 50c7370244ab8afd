"""Theories to try things on, for hypothesis: valid by construction, with every key of the format.

`authored()` gives what people write, short forms and all; `theories()` gives valid theories; `json_values()` gives
anything at all. Nothing here asks the model what is valid: the rules are those of the format's own text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

import toc

Strategy = st.SearchStrategy[Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

LEVELS = ("low", "medium", "high")
FREQUENCIES = ("once", "daily", "weekly", "fortnightly", "monthly", "termly", "quarterly", "half-yearly", "yearly")
TERMS = (
    "goal",
    "pillar",
    "outcome",
    "output",
    "activity",
    "kpi",
    "link",
    "assumption",
    "evidence",
    "partner",
    "ceiling",
)
PLURALS = {
    "goal": "goals",
    "pillar": "pillars",
    "outcome": "outcomes",
    "output": "outputs",
    "activity": "activities",
    "kpi": "kpis",
}
# Which kinds a link may lead to, without being declared a feedback loop.
MAY_LEAD_TO = {
    "goal": (),
    "pillar": ("pillar", "goal"),
    "outcome": ("outcome", "pillar", "goal"),
    "output": ("output", "outcome", "pillar", "goal"),
    "activity": ("activity", "output", "outcome", "pillar", "goal"),
}
NASTY_TEXTS = (
    "no", "on", "Yes", "null", "~", "true", "1:30", "2024-01", "2026-07-31", "0x1F", "010", "1e3", ".inf", "12", "-",
    "- a dash", "-5", "# not a comment", "a # b", "key: value", "key:", '"quoted"', "it's", "'", "''", "\\", "\\n",
    "{brace}", "[a, b]", "*alias", "&anchor", "!tag", "|", ">", "%TAG", "@at", "`tick`", "?", "? a", "<<", "---", "...",
    "--- a", "a\n--- b", "Zoë’s café", "Über – naïve", "读书伙伴", "كل طفل يقرأ", "עברית", "🎓 reading 👩🏽‍🏫", "e\u0301",
    "two\nlines", "first\n\n  indented\nlast", "a\n# b", "tab\tinside", "ends with colon:\nnext", "carriage\rreturn",
    "windows\r\nlines", "next\x85line", "a\u2028b\u2029c", "zero\u200bwidth", "\u200estart", "no\u00a0break", "\ufeffmark", "a\ufffeb",
    "a  b   c", "word " * 40 + "end", "x" * 200, "\U0001f1ec\U0001f1e7", "½ \u00d7 ² = €", "a\n b", "a \nb", "=", "1_000",
)  # fmt: skip
NASTY_IDS = (
    "no",
    "on",
    "y",
    "null",
    "true",
    "e",
    "x-ray",
    "goal",
    "title",
    "id",
    "a-",
    "a--b",
    "goals",
    "year-9",
    "o1",
    "feedback",
)


def tries(count: int) -> settings:
    """So many cases, the same in every run: a test that fails is failed by a change and not by luck.

    A failing theory is shown as it was found; making it smaller would take minutes.
    """
    return settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
    )


@cache
def texts() -> Strategy:
    """Text that may stand in a theory: not blank, without control characters but for tabs and line ends."""
    letters = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t")
    free = st.text(letters, min_size=1, max_size=12).filter(str.strip)
    return st.sampled_from(NASTY_TEXTS) | free


@cache
def ids() -> Strategy:
    """Ids: small letters, digits and hyphens, starting with a letter."""
    return st.from_regex(r"[a-z][a-z0-9-]{0,5}", fullmatch=True) | st.sampled_from(NASTY_IDS)


@cache
def days() -> Strategy:
    """Dates as the file holds them."""
    return st.dates().map(str)


@cache
def numbers() -> Strategy:
    """Numbers, whole or not, that JSON can hold."""
    return st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)


@cache
def json_values(max_leaves: int = 5) -> Strategy:
    """Any JSON value."""
    any_text = st.text(max_size=6)
    leaves = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | numbers() | any_text | texts()
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
        max_leaves=max_leaves,
    )


@cache
def mapping(required: tuple[tuple[str, Strategy], ...] = (), **optional: Strategy) -> Strategy:
    """A mapping with some of the optional keys, and perhaps with a key that is kept and never read."""
    return st.fixed_dictionaries(dict(required), optional={**optional, "x-note": json_values(), "x-": st.none()})


def names(items: Strategy | None = None) -> Strategy:
    """One name, or a list of different ones, or nothing."""
    one = texts() if items is None else items
    return one | st.lists(one, unique_by=str.strip, max_size=3) | st.none()


def some_of(choices: Sequence[str]) -> Strategy:
    """One or several of the ids that exist."""
    return st.sampled_from(choices) | st.lists(st.sampled_from(choices), unique=True, min_size=1, max_size=3)


def stretch_of(table: Sequence[str], length: int) -> Strategy:
    """So many neighbours in a table, its end beside its start: each word of a long table is drawn often."""
    return st.integers(0, len(table) - 1).map(lambda first: [*table, *table][first : first + length])


def mostly(usual: Strategy, *others: Strategy) -> Strategy:
    """The usual in three cases of four (`one_of` counts an option once, however often it is named)."""
    return st.integers(0, 3).flatmap(lambda number: st.one_of(*others) if number == 3 else usual)


def often(lists: Strategy) -> Strategy:
    """Such a list, and sometimes an empty one or nothing."""
    return mostly(lists, st.just([]), st.none())


@cache
def links() -> Strategy:
    """What may stand behind a target: nothing, the reason alone, or the whole argument."""
    word = st.sampled_from
    assumption = mapping(
        (("text", texts()),),
        test=texts(),
        owner=texts(),
        by=days(),
        status=word(("holding", "failing", "untested")),
    )
    evidence = mapping(
        (("source", texts()),),
        type=word(("evaluation", "review", "data", "testimony", "judgement")),
        says=word(("supports", "contradicts", "mixed")),
        strength=word(("weak", "moderate", "strong")),
        date=days(),
        url=texts(),
    )
    link = mapping(
        because=texts(),
        assumptions=often(st.lists(mostly(assumption, texts()), min_size=1, max_size=2)),
        evidence=often(st.lists(evidence, min_size=1, max_size=2)),
        confidence=word(LEVELS) | st.floats(0, 1) | st.integers(0, 1),
        contribution=word(("necessary", "sufficient", "contributory")),
        sign=word("+-"),
        feedback=st.just(value=False),
    )
    return mostly(link, texts(), st.none())


@cache
def kpi_fields() -> dict[str, Strategy]:
    """The optional keys of a KPI that name nothing else."""
    word = st.sampled_from
    milestone = numbers() | mapping((("value", numbers()),), by=days())
    where = st.dictionaries(texts(), texts(), max_size=2)
    return {
        "level": word(("participation", "engagement", "feedback", "learning", "attainment", "practice")),
        "design": word(("after", "trend", "before-after", "comparison")),
        "unit": texts(),
        "direction": word(("up", "down", "keep")),
        "baseline": numbers() | mapping((("value", numbers()),), date=days()),
        "target": milestone | st.lists(milestone, min_size=1, max_size=3),
        "readings": st.lists(
            mapping((("date", days()), ("value", numbers())), where=where, n=st.integers(0, 10**6), note=texts()),
            max_size=2,
        ),
        "path": word(("linear", "steps")),
        "codes": st.dictionaries(texts(), texts(), max_size=2),
        "method": texts(),
        "source": texts(),
        "frequency": word(FREQUENCIES),
        "owner": texts(),
        "hours": st.floats(0, 1000) | st.integers(0, 1000),
        "breakdowns": names(),
        "status": word(("draft", "agreed")),
        "agreed_on": days(),
    }


@cache
def activity_fields() -> dict[str, Strategy]:
    """The keys that only an activity has, but for `partners`."""
    word = st.sampled_from
    return {
        "type": texts(),
        "certainty": word(LEVELS) | mapping((("level", word(LEVELS)),), because=texts()),
        "participation": word(LEVELS) | st.integers(0, 10**6),
        "evidence_strength": word(("none", "emerging", "established"))
        | mapping((("level", word(("none", "emerging", "established"))),), source=texts()),
        "stakes": word(("low", "high")),
        "starts": days(),
        "ends": days(),
        "recurs": word(FREQUENCIES),
        "lead": names(),
        "funding": names(),
        "impact": st.none() | mapping(internal=impact_sides(), external=impact_sides()),
        "stage": word(("pilot", "running", "ended")),
        "places": texts(),
        "only_together": texts(),
    }


@cache
def impact_sides() -> Strategy:
    """How much an activity does for one side: the level alone, or more of it."""
    level = st.sampled_from(LEVELS)
    return level | mapping((("level", level),), because=texts(), people=st.integers(0, 10**6))


SECTORS = (
    "state", "independent", "trust", "college", "university", "business", "charity", "foundation", "authority", "health",
    "training", "community", "other",
)  # fmt: skip
RESOURCES = (
    "diverse-pupils", "send-inclusion", "safeguarding", "data-evaluation", "means", "open-hours", "broad-curriculum",
    "co-curricular", "teaching-methods", "classroom", "subject-expertise", "facilities", "governance", "pupil-volunteers",
    "staff-time", "pupil-numbers", "networks", "work-experience", "venue",
)  # fmt: skip
BENEFITS = (
    "relationship", "community", "complementarity", "diversity", "innovation", "shared-learning", "synergy",
    "teacher-capacity", "provision", "reputation", "wellbeing", "attainment", "enrichment",
)  # fmt: skip
PROBES = (
    "need", "groups", "goal", "pillars", "outcomes", "activities", "together", "kpis", "targets", "readings", "rungs",
    "fit", "planned", "voices", "assumptions", "tested", "external", "unintended", "partners", "contacts", "leads",
    "collectors", "brings", "receives", "mutuality", "reciprocates", "learning", "reach", "places", "years", "pilots",
    "ends", "funding", "pooled", "agreement", "governance", "strategy", "heads", "coordinator", "decisions", "trust",
    "power", "design", "leadership", "communication", "type", "agreed", "review-day", "reviews",
)  # fmt: skip
OWN_WORDS = ("Planetarium", "a boat", "Über", "读书", "no way", "X", "two\nlines")


@cache
def worded(key: str, table: tuple[str, ...]) -> Strategy:
    """What is given or gained: a word of a table or an own text, alone, with more, or several of them."""
    said = {"because": texts(), "source": texts(), "said_by": texts()}
    if key == "resource":
        said["kind"] = st.sampled_from(("tangible", "intangible"))
    own = st.sampled_from(OWN_WORDS)
    of_table = st.sampled_from(table) | mapping(((key, st.sampled_from(table)),), **said)
    one = of_table | own | mapping((("text", texts()),), **said)
    return one | st.lists(one, max_size=4, unique_by=str) | stretch_of(table, 8) | st.none()


@cache
def gifts() -> Strategy:
    """What a partner brings or gives."""
    return worded("resource", RESOURCES)


@cache
def gains() -> Strategy:
    """What a partner receives or gains."""
    return worded("benefit", BENEFITS)


@cache
def partner_fields() -> dict[str, Strategy]:
    """The optional keys of a partner."""
    word = st.sampled_from
    phases = word(("early", "primary", "secondary", "post-16", "special"))
    return {
        "url": texts(),
        "sector": word(SECTORS),
        "phase": phases | st.lists(phases, unique=True, max_size=3) | st.none(),
        "contact": texts(),
        "since": days() | st.integers(1000, 9999),
        "organisations": st.integers(1, 10**4),
        "disadvantage": mapping((("share", st.floats(0, 1)),), measure=texts(), date=days(), source=texts()),
        "brings": gifts(),
        "receives": gains(),
    }


FACTS = {
    "aim": ("share", "need", "broad", "community"),
    "benefit": ("recipient", "needs", "shared", "society"),
    "resourcing": ("lent", "shared", "equitable", "pooled"),
    "coordinator": ("none", "one-partner", "each-partner", "joint", "team"),
    "agreement": ("none", "note", "written", "mou", "legal"),
    "governance": ("none", "informal", "steering", "board"),
    "heads": ("aware", "agree", "strategic", "regional"),
    "strategy": (True, False),
    "trust": ("activities", "motives", "high"),
    "power": ("lead", "mostly-lead", "even"),
    "design": ("offer", "co-designed"),
    "leadership": ("one", "joint"),
    "communication": ("limited", "open"),
    "reciprocity": ("low", "integrated"),
}


def partnerships(partners: Sequence[str]) -> Strategy:
    """What stands under `partnership` of a theory with these partners."""
    said = {"because": texts(), "source": texts(), "said_by": texts()}
    facts = {
        key: st.sampled_from(words) | mapping((("value", st.sampled_from(words)),), **said)
        for key, words in FACTS.items()
    }
    source = st.none() | mapping(kind=st.sampled_from(("money", "in-kind")), until=days())
    of_partners: dict[str, Strategy] = {}
    if partners:
        one = st.sampled_from(partners)
        of_partners = {"home": one, "agreed_by": st.dictionaries(one, days() | st.none(), max_size=2)}
    return mapping(
        since=days() | st.integers(1000, 9999),
        type=st.integers(1, 4) | st.sampled_from(("connection", "collaboration", "alliance", "integration")),
        review=st.sampled_from(FREQUENCIES),
        funding=mapping(
            level=st.sampled_from(("none", "some", "significant", "high")),
            paid_by=st.sampled_from(("mostly-one", "all")),
            outside=st.booleans(),
            pooled=st.booleans(),
            sources=st.dictionaries(texts(), source, max_size=2),
        ),
        decisions=texts(),
        **facts,
        **of_partners,
    )


@cache
def own_frames() -> Strategy:
    """A frame of one's own, whose statements may stand under its only theme."""
    statement = texts() | mapping(
        (("text", texts()),),
        theme=st.just("people"),
        probes=st.sampled_from(PROBES) | stretch_of(PROBES, 20),
    )
    return mapping(
        (
            ("title", texts()),
            ("source", texts()),
            ("themes", st.fixed_dictionaries({"people": texts()})),
            ("statements", st.dictionaries(ids(), statement, min_size=1, max_size=3)),
        ),
        licence=texts(),
        scale=st.just(["red", "amber", "green"]),
    )


def reviews(nodes: Sequence[str], partners: Sequence[str]) -> Strategy:
    """A review against a frame of the library, whose evidence stands in the theory."""
    proof = st.sampled_from(nodes) | mapping((("text", texts()),), url=texts(), date=days())
    if partners:
        proof |= mapping((("partner", st.sampled_from(partners)),))
    word = st.sampled_from(("not-yet", "partly", "mostly", "fully", "not-ours"))
    answer = word | mapping(
        judgement=word,
        because=texts(),
        evidence=proof | st.lists(proof, max_size=2, unique_by=str) | st.none(),
        owner=texts(),
        next_step=texts(),
        by=days(),
    )
    statements = st.sampled_from(("clear-purposes", "mutual-benefit", "shared-impact"))
    return mapping(
        (("frame", st.just("practices")), ("date", days())),
        by=names(),
        answers=st.dictionaries(statements, answer, max_size=3),
    )


def node_fields(
    kind: str, groups: Sequence[str], pillars: Sequence[str], partners: Sequence[str]
) -> dict[str, Strategy]:
    """The optional keys of a node but for its links and measures."""
    fields: dict[str, Strategy] = {
        "description": texts(),
        "tags": names(),
        "url": texts(),
        "above_ceiling": st.booleans(),
    }
    if groups:
        fields["target_group"] = some_of(groups)
    if kind in {"outcome", "output"}:
        fields["horizon"] = st.sampled_from(("short", "medium", "long"))
    if kind in {"goal", "pillar", "outcome", "output"}:
        fields["by"] = days()
    if kind in {"outcome", "output", "activity"} and pillars:
        fields["pillar"] = st.sampled_from(pillars)
    if kind == "activity":
        fields |= activity_fields()
        if partners:
            fields["partners"] = some_of(partners)
            exchange = st.none() | mapping(gives=gifts(), gains=gains())
            fields["exchange"] = st.dictionaries(st.sampled_from(partners), exchange, max_size=2)
        if groups:
            fields["reach"] = st.dictionaries(st.sampled_from(groups), st.integers(0, 10**6), max_size=2)
    if kind == "kpi":
        fields |= kpi_fields()
        if partners:
            fields["collected_by"] = some_of(partners)
    return fields


@st.composite
def authored(draw: Draw) -> Any:
    """A valid theory as a person may write it: plain JSON values, short forms included."""
    pool = draw(st.lists(ids(), unique=True, min_size=4, max_size=9))
    if "goal" not in pool and draw(st.booleans()):
        pool[0] = "goal"
    by_kind = _dealt(draw, pool)
    partners = draw(st.dictionaries(ids(), titled(**partner_fields()), max_size=2))
    context = draw(contexts(tuple(partners)))
    groups = list(context["target_groups"] or ()) if "target_groups" in context else []
    theory = draw(own_fields())
    if context or draw(st.booleans()):
        theory["context"] = context
    if partners:
        theory["partners"] = partners
    for kind, plural in PLURALS.items():
        own = by_kind[kind]
        section = {id: _node(draw, kind, id, by_kind, (groups, list(by_kind["pillar"]), list(partners))) for id in own}
        if section or draw(st.integers(0, 5)) == 0:
            theory[plural] = section or None
    if len(by_kind["goal"]) == 1 and draw(st.booleans()):
        _goal_alone(theory)
    of_reviews = st.dictionaries(ids(), reviews(pool, list(partners)), max_size=2)
    of_frames = st.dictionaries(ids(), own_frames(), max_size=1)
    more = {"partnership": partnerships(list(partners)), "reviews": of_reviews, "frames": of_frames}
    theory |= draw(st.fixed_dictionaries({}, optional=more | {"settings": own_settings(pool, list(partners))}))
    return theory


@cache
def theories() -> Strategy:
    """Valid theories."""
    return authored().map(toc.TheoryOfChange.model_validate)


@cache
def titled(**optional: Strategy) -> Strategy:
    """A title, or a mapping with one."""
    return texts() | mapping((("title", texts()),), description=texts(), **optional)


@cache
def contexts(partners: tuple[str, ...] = ()) -> Strategy:
    """What stands under `context` of a theory with these partners."""
    whose = {"partner": some_of(partners)} if partners else {}
    groups = st.dictionaries(ids(), titled(disadvantaged=st.booleans(), **whose), max_size=2)
    return mapping(problem=texts(), target_groups=groups, external_factors=names(), unintended=names())


@cache
def own_fields() -> Strategy:
    """The keys of the theory itself that name no other part."""
    return mapping(
        (("toc", st.just(1)), ("title", texts())),
        description=texts(),
        owner=texts(),
        version=texts(),
        created=days(),
        review_on=days(),
        language=st.sampled_from(("en", "en-GB", "zh-Hans-CN", "ar", "de-1996", "sr-Latn-RS")),
    )


def own_settings(nodes: Sequence[str], partners: Sequence[str] = ()) -> Strategy:
    """What stands under `settings` of a theory with these nodes and partners."""
    code = st.integers(100, 999).map("TOC{}".format)
    about = {"partner": st.sampled_from(partners)} if partners else {}
    silence = mapping((("code", code), ("reason", texts())), node=st.sampled_from(nodes), **about)
    own_word = texts() | st.fixed_dictionaries({"one": texts()}, optional={"many": texts()})
    return mapping(
        participation_scale=st.tuples(st.integers(1, 50), st.integers(51, 10**6)).map(list),
        checks=mapping(
            profile=st.sampled_from(("sketch", "plan", "funder")),
            evidence_years=st.integers(1, 50) | st.floats(0.5, 50),
            silence=st.lists(silence, min_size=1, max_size=2),
        ),
        monitoring=mapping(tolerance=st.sampled_from(([0.05, 0.1], [0.1, 1], [0.25, 0.5]))),
        iati=mapping(
            identifier=texts(),
            reporting_org=mapping(ref=texts(), type=texts(), name=texts()),
            starts=days(),
            status=texts(),
            country=texts(),
            sector=texts(),
        ),
        cids=mapping(base=texts(), organization=mapping(id=texts(), legal_name=texts())),
        vocabulary=st.fixed_dictionaries({}, optional=dict.fromkeys(TERMS, own_word)),
    )


def _dealt(draw: Draw, pool: list[str]) -> dict[str, list[str]]:
    """The ids by kind: at least one goal, and a few of every other kind."""
    kinds = ["goal", *(draw(st.sampled_from(list(PLURALS))) for _ in pool[1:])]
    return {kind: [id for id, its in zip(pool, kinds, strict=True) if its == kind] for kind in PLURALS}


def _node(
    draw: Draw, kind: str, id: str, by_kind: dict[str, list[str]], pools: tuple[list[str], list[str], list[str]]
) -> Any:
    if kind != "kpi" and draw(st.integers(0, 3)) == 0:
        return draw(texts())
    node = draw(mapping((("title", texts()),), **node_fields(kind, *pools)))
    causal = [other for its in by_kind if its != "kpi" for other in by_kind[its]]
    if kind == "activity" and draw(st.integers(0, 2)) == 0:
        others = [other for other in by_kind["activity"] if other != id]
        reasons = st.dictionaries(st.sampled_from(others), texts() | st.none(), max_size=2) if others else st.none()
        node["reciprocates"] = draw(reasons | some_of(others) if others else reasons)
    if kind == "kpi":
        node["measures"] = draw(some_of(causal))
    elif draw(st.integers(0, 3)):
        node["leads_to"] = _leads_to(draw, kind, id, by_kind, causal)
    return node


def _leads_to(draw: Draw, kind: str, id: str, by_kind: dict[str, list[str]], causal: list[str]) -> Any:
    """Links that obey the grammar: among nodes of one kind only onwards in their order, so that nothing turns back."""
    onwards = by_kind[kind][by_kind[kind].index(id) + 1 :]
    allowed = [other for its in MAY_LEAD_TO[kind] for other in (onwards if its == kind else by_kind[its])]
    targets = draw(st.lists(st.sampled_from(allowed), unique=True, max_size=3)) if allowed else []
    form = draw(st.sampled_from(("list", "mapping", "mapping")))
    if form == "list" and targets:
        return targets[0] if len(targets) == 1 else targets
    written = {target: draw(links()) for target in targets}
    others = [other for other in causal if other != id and other not in written]
    if others and draw(st.integers(0, 2)) == 0:
        written[draw(st.sampled_from(others))] = {"feedback": True, **draw(mapping(because=texts()))}
    return written or draw(st.sampled_from((None, [], {})))


def _goal_alone(theory: dict[str, Any]) -> None:
    """`goal` instead of `goals`, for a single one."""
    ((id, goal),) = theory.pop("goals").items()
    if id != "goal":
        goal = {"id": id, **goal} if isinstance(goal, dict) else {"id": id, "title": goal}
    theory["goal"] = goal

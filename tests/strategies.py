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
    }


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
    if kind == "kpi":
        fields |= kpi_fields()
    return fields


@st.composite
def authored(draw: Draw) -> Any:
    """A valid theory as a person may write it: plain JSON values, short forms included."""
    pool = draw(st.lists(ids(), unique=True, min_size=4, max_size=9))
    if "goal" not in pool and draw(st.booleans()):
        pool[0] = "goal"
    by_kind = _dealt(draw, pool)
    context = draw(contexts())
    groups = list(context["target_groups"] or ()) if "target_groups" in context else []
    partners = draw(st.dictionaries(ids(), titled(url=texts()), max_size=2))
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
    theory |= draw(st.fixed_dictionaries({}, optional={"settings": own_settings(pool)}))
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
def contexts() -> Strategy:
    """What stands under `context`."""
    groups = st.dictionaries(ids(), titled(disadvantaged=st.booleans()), max_size=2)
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


def own_settings(nodes: Sequence[str]) -> Strategy:
    """What stands under `settings` of a theory with these nodes."""
    code = st.integers(100, 999).map("TOC{}".format)
    silence = mapping((("code", code), ("reason", texts())), node=st.sampled_from(nodes))
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

"""Small valid files of every shape: no output may grow faster than its file.

Each shape of so many parts, and of four times as many, goes through every output; what is printed is the exponent by
which the CPU time grows, where it is above the bound. `shapes.py NAME …` looks only at shapes or outputs whose names
hold one of these words.
"""

# ruff: noqa: D103  # a shape is said by its name

from __future__ import annotations

import math
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final

import toc
from timing import QUICK

Shape = dict[str, Any]
Output = Callable[[toc.TheoryOfChange], object]

BOUND: Final = 1.3
NOTICED: Final = 0.1  # seconds: what takes less is not worth a line
SIZES: Final = (5, 20) if QUICK else (600, 2_400)

RATED: Final = {"title": "A", "certainty": "high", "participation": 10}


def _each(n: int, name: str, **fields: Any) -> Shape:
    return {f"{name}{i}": {"title": name.upper(), **fields} for i in range(n)}


def _goal(**parts: Any) -> Shape:
    return {"toc": 1, "title": "T", "goal": "G", **parts}


def _steps(n: int, target: Callable[[int], Any], **fields: Any) -> Shape:
    return {f"o{i}": {"title": "O", "leads_to": target(i), **fields} for i in range(n)}


def chain(n: int) -> Shape:
    return _goal(outcomes=_steps(n, lambda i: f"o{i + 1}" if i < n - 1 else "goal"))


def chain_with_kpis(n: int) -> Shape:
    kpis = {f"k{i}": {"title": "K", "measures": f"o{i}", "level": "learning"} for i in range(n)}
    return _goal(**(chain(n) | {"kpis": kpis}))


def star(n: int) -> Shape:
    return _goal(outcomes=_steps(n, lambda _: "goal"))


def star_on_a_pillar(n: int) -> Shape:
    return _goal(pillars={"p": "P"}, outcomes=_steps(n, lambda _: "p"))


def star_of_activities(n: int) -> Shape:
    return _goal(pillars={"p": "P"}, activities=_each(n, "a", leads_to="p", **RATED))


def fan_out(n: int) -> Shape:
    activity = {"title": "A", "leads_to": [f"o{i}" for i in range(n)]}
    return _goal(outcomes=_steps(n, lambda _: "goal"), activities={"a": activity})


def two_layers(n: int) -> Shape:
    side = max(2, round(n**0.5))
    return _goal(
        outcomes=_steps(side, lambda _: "goal"),
        activities=_each(side, "a", leads_to=[f"o{i}" for i in range(side)], certainty="low"),
    )


def ladder(n: int) -> Shape:
    def onwards(i: int) -> Any:
        return [f"o{i + 1}", f"o{i + 2}"] if i < n - 2 else "goal"

    return _goal(outcomes=_steps(n, onwards))


def braid(n: int) -> Shape:
    """Twenty chains side by side, knotted at every step."""

    def onwards(i: int) -> list[str]:
        return [f"o{i + 20}", f"o{(i // 20 + 1) * 20 + (i * 7) % 20}"]

    return _goal(outcomes=_steps(n, lambda i: list(dict.fromkeys(onwards(i))) if i < n - 40 else "goal"))


def feedback_fan(n: int) -> Shape:
    outcomes = _steps(n, lambda i: "goal" if i == 0 else {"goal": None, "o0": {"feedback": True}})
    return _goal(outcomes=outcomes)


def feedback_from_the_goal(n: int) -> Shape:
    goal = {"title": "G", "leads_to": {f"o{i}": {"feedback": True} for i in range(n)}}
    return _goal(outcomes=_steps(n, lambda _: "goal")) | {"goal": goal}


def feedback_chain(n: int) -> Shape:
    def onwards(i: int) -> Any:
        return {f"o{i + 1}" if i < n - 1 else "goal": None} | ({f"o{i // 2}": {"feedback": True}} if i else {})

    return _goal(outcomes=_steps(n, onwards))


def pillars(n: int) -> Shape:
    return _goal(pillars=dict.fromkeys((f"p{i}" for i in range(n)), "P"))


def a_pillar_each(n: int) -> Shape:
    activities = {f"a{i}": {"leads_to": f"p{i}", **RATED} for i in range(n)}
    kpis = {f"k{i}": {"title": "K", "measures": f"a{i}"} for i in range(n)}
    return _goal(pillars=dict.fromkeys((f"p{i}" for i in range(n)), "P"), activities=activities, kpis=kpis)


def pillars_in_a_row(n: int) -> Shape:
    row = {f"p{i}": {"title": "P", "leads_to": f"p{i + 1}" if i < n - 1 else "goal"} for i in range(n)}
    return _goal(pillars=row, activities={"a": {"leads_to": "p0", **RATED}})


def one_for_every_pillar(n: int) -> Shape:
    names = [f"p{i}" for i in range(n)]
    return _goal(pillars=dict.fromkeys(names, "P"), activities={"a": {"leads_to": names, **RATED}})


def half_pillars(n: int) -> Shape:
    """As many pillars as steps of a chain that leads to the first of them."""
    outcomes = _steps(n, lambda i: f"o{i + 1}" if i < n - 1 else "p0")
    return _goal(pillars=dict.fromkeys((f"p{i}" for i in range(n)), "P"), outcomes=outcomes)


def shared_by_pillars(n: int) -> Shape:
    """Pillars in a row of outcomes, so that each pillar shares what stands before it."""
    outcomes = _steps(n, lambda i: [f"p{i}", *([f"o{i + 1}"] if i < n - 1 else [])])
    return _goal(pillars=dict.fromkeys((f"p{i}" for i in range(n)), "P"), outcomes=outcomes)


def goals(n: int) -> Shape:
    names = {f"g{i}": "G" for i in range(n)}
    return {"toc": 1, "title": "T", "goals": names, "activities": {"a": {"leads_to": [*names], **RATED}}}


def kpis_x_activities(n: int) -> Shape:
    return _goal(
        pillars={"p": "P"},
        activities=_each(n, "a", leads_to="p", certainty="high", participation=10),
        kpis=_each(n, "k", measures="p", level="learning"),
    )


def kpis_x_activities_on_an_outcome(n: int) -> Shape:
    return _goal(
        outcomes={"o": {"title": "O", "leads_to": "goal"}},
        activities=_each(n, "a", leads_to="o", certainty="medium", participation=10),
        kpis=_each(n, "k", measures="o"),
    )


def kpis_on_an_output_of_all(n: int) -> Shape:
    return _goal(
        outputs={"o": {"title": "O", "leads_to": "goal"}},
        activities={f"a{i}": {"title": f"A{i}", "leads_to": "o", "certainty": "low"} for i in range(n)},
        kpis=_each(n, "k", measures="o", level="participation", method="test", design="comparison"),
    )


def kpis_of_every_activity(n: int) -> Shape:
    """As many KPIs as activities, each on its own sets of them."""
    kpis = {f"k{i}": {"title": "K", "measures": [f"a{i}", f"a{(i + n // 2) % n}"]} for i in range(n)}
    return _goal(activities=_each(n, "a", leads_to="goal", certainty="high"), kpis=kpis)


def kpis_along_a_chain(n: int) -> Shape:
    """An activity, an outcome and a KPI at every step; each KPI measures what stands before it in all."""
    outcomes = _steps(n, lambda i: f"o{i + 1}" if i < n - 1 else "goal")
    activities = {f"a{i}": {"leads_to": f"o{i}", **RATED} for i in range(n)}
    kpis = {f"k{i}": {"title": "K", "measures": f"o{i}"} for i in range(n)}
    return _goal(outcomes=outcomes, activities=activities, kpis=kpis)


def kpis_late_on_a_chain(n: int) -> Shape:
    """As many KPIs of nodes that no activity is in reach of as activities before them."""
    outcomes = _steps(n, lambda i: f"o{i + 1}" if i < n - 1 else "goal")
    activities = {f"a{i}": {"leads_to": "o0", **RATED} for i in range(n)}
    kpis = {f"k{i}": {"title": "K", "measures": f"o{i}"} for i in range(n)}
    return _goal(outcomes=outcomes, activities=activities, kpis=kpis)


def kpis_on_one_activity(n: int) -> Shape:
    return _goal(activities={"a": {"leads_to": "goal", **RATED}}, kpis=_each(n, "k", measures="a"))


def one_kpi_of_all(n: int) -> Shape:
    measured = [f"o{i}" for i in range(n)]
    return _goal(outcomes=_steps(n, lambda _: "goal"), kpis={"k": {"title": "K", "measures": measured}})


def owners(n: int) -> Shape:
    kpis = {f"k{i}": {"title": "K", "measures": "a", "owner": f"W{i}", "frequency": "monthly"} for i in range(n)}
    activity = {"leads_to": "goal", "starts": "2024-09-01", "ends": "2034-09-01", **RATED}
    return _goal(activities={"a": activity}, kpis=kpis)


def partners(n: int) -> Shape:
    names = [f"s{i}" for i in range(n)]
    activity = {"leads_to": "goal", "partners": names, "lead": names, "funding": names, **RATED}
    return _goal(partners=dict.fromkeys(names, "S"), activities={"a": activity, "b": activity})


def a_partner_each(n: int) -> Shape:
    activities = {
        f"a{i}": {"leads_to": "goal", "partners": f"s{i}", "lead": f"L{i}", "funding": f"F{i}", **RATED}
        for i in range(n)
    }
    return _goal(partners={f"s{i}": "S" for i in range(n)}, activities=activities)


def assumptions(n: int) -> Shape:
    link = {"assumptions": [f"Assumption {i}" for i in range(n)]}
    return _goal(activities={"a": {"leads_to": {"goal": link}, **RATED}})


def an_assumption_each(n: int) -> Shape:
    outcomes = _steps(n, lambda i: {f"o{i + 1}" if i < n - 1 else "goal": {"assumptions": ["It holds"]}})
    activities = {f"a{i}": {"leads_to": f"o{i}", **RATED} for i in range(n)}
    return _goal(outcomes=outcomes, activities=activities)


def evidence(n: int) -> Shape:
    found = [{"source": f"Source {i}", "says": "contradicts"} for i in range(n)]
    activity = {"leads_to": {"goal": {"evidence": found}}, "evidence_strength": "established", **RATED}
    return _goal(activities={"a": activity})


def evidence_behind_an_output(n: int) -> Shape:
    found = [{"source": f"Source {i}", "says": "mixed"} for i in range(n)]
    output = {"title": "U", "leads_to": {"goal": {"evidence": found}}}
    return _goal(outputs={"u": output}, activities=_each(n, "a", leads_to="u", certainty="low"))


def outputs_in_a_row(n: int) -> Shape:
    outputs = {f"u{i}": {"title": "U", "leads_to": f"u{i + 1}" if i < n - 1 else "goal"} for i in range(n)}
    return _goal(outputs=outputs, activities=_each(n, "a", leads_to="u0", certainty="low"))


def tags(n: int) -> Shape:
    return _goal(activities={f"a{i}": {"leads_to": "goal", "tags": [f"t{i}", "all"], **RATED} for i in range(n)})


def many_tags(n: int) -> Shape:
    names = [f"t{i}" for i in range(n)]
    return _goal(activities={"a": {"leads_to": "goal", "tags": names, **RATED}})


def readings(n: int) -> Shape:
    values = [{"date": f"{2000 + i % 90}-{1 + i % 12:02}-{1 + i % 28:02}", "value": i} for i in range(n)]
    kpi = {"title": "K", "measures": "a", "baseline": 0, "target": 5, "readings": values}
    return _goal(activities={"a": {"leads_to": "goal", **RATED}}, kpis={"k": kpi})


def target_groups(n: int) -> Shape:
    names = [f"y{i}" for i in range(n)]
    groups = {"context": {"target_groups": dict.fromkeys(names, "Y")}}
    return _goal(activities=_each(n, "a", leads_to="goal", target_group="y1"), **groups)


def groups_of_kpis(n: int) -> Shape:
    names = [f"y{i}" for i in range(n)]
    kpis = {f"k{i}": {"title": "K", "measures": "o", "target_group": f"y{i}"} for i in range(n)}
    activities = {f"a{i}": {"leads_to": "o", "target_group": f"y{i}", **RATED} for i in range(n)}
    outcomes = {"o": {"title": "O", "leads_to": "goal"}}
    context = {"target_groups": dict.fromkeys(names, "Y")}
    return _goal(context=context, outcomes=outcomes, activities=activities, kpis=kpis)


def long_title(n: int) -> Shape:
    return _goal(activities={"a": RATED | {"title": "word " * (n * 5), "leads_to": "goal"}})


def long_word(n: int) -> Shape:
    return _goal(activities={"a": RATED | {"title": "word" * (n * 5), "leads_to": "goal"}})


def long_description(n: int) -> Shape:
    return _goal(activities={"a": RATED | {"description": "word and another.\n" * n, "leads_to": "goal"}})


def silences(n: int) -> Shape:
    silent = [{"code": "TOC121", "node": f"o{i}", "reason": "agreed"} for i in range(n)]
    return star(n) | {"settings": {"checks": {"silence": silent}}}


def unlinked(n: int) -> Shape:
    return _goal(outcomes=_each(n, "o"), activities=_each(n, "a"))


def same_titles(n: int) -> Shape:
    return _goal(outcomes={f"o{i}": {"title": "Pupils enjoy maths", "leads_to": "goal"} for i in range(n)})


def long_way_up(n: int) -> Shape:
    """Activities at every step of a chain, each of which also leads straight to the goal."""
    outcomes = _steps(n, lambda i: f"o{i + 1}" if i < n - 1 else "goal")
    return _goal(outcomes=outcomes, activities={f"a{i}": {"leads_to": [f"o{i}", "goal"], **RATED} for i in range(n)})


def necessary_chain(n: int) -> Shape:
    def onwards(i: int) -> Any:
        return {f"o{i + 1}" if i < n - 1 else "goal": {"contribution": "necessary"}}

    return _goal(outcomes=_steps(n, onwards), activities={"a": {"leads_to": "o0", **RATED}})


def negative_fan(n: int) -> Shape:
    return _goal(pillars={"p": "P", "q": "Q"}, outcomes=_steps(n, lambda _: {"p": None, "q": {"sign": "-"}}))


def across(n: int) -> Shape:
    """Two columns, and every step of one leads to one of the other."""
    here = {f"o{i}": {"title": "O", "leads_to": "p"} for i in range(n)}
    there = {f"r{i}": {"title": "R", "leads_to": [f"o{(i * 7) % n}", "q"], "pillar": "q"} for i in range(n)}
    return _goal(pillars={"p": "P", "q": "Q"}, outcomes=here | there)


SHAPES: Final = {
    name: one
    for name, one in list(globals().items())
    if callable(one) and getattr(one, "__module__", None) == __name__ and not name.startswith("_")
}


def _changed(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    return theory.evolve(title="T", **{"activities": {}, "kpis": {}} if len(theory.activities) > 1 else {})


def _drawn(view: str, **options: Any) -> Output:
    return lambda theory: theory.diagram(view, search="quick", **options)


def _last(theory: toc.TheoryOfChange) -> str:
    return list(theory.forwards)[-1]


def _outline(theory: toc.TheoryOfChange) -> object:
    return toc.from_outline(theory.outline())


OUTPUTS: Final[dict[str, Output]] = {
    "check": lambda theory: theory.check(),
    "check text": lambda theory: theory.check().to_text(),
    "check json": lambda theory: theory.check().to_json(),
    "check markdown": lambda theory: theory.check().to_markdown(),
    "guidance": lambda theory: theory.guidance(),
    "guidance text": lambda theory: theory.guidance().to_text(all=True),
    "guidance json": lambda theory: theory.guidance().to_json(),
    "guidance html": lambda theory: theory.guidance().to_html(),
    "guidance csv": lambda theory: theory.guidance().to_csv(),
    "plan": lambda theory: theory.measurement_plan(),
    "plan text": lambda theory: theory.measurement_plan().to_text(all=True),
    "plan json": lambda theory: theory.measurement_plan().to_json(),
    "plan csv": lambda theory: theory.measurement_plan().to_csv(),
    "coverage json": lambda theory: theory.coverage().to_json(),
    "coverage text": lambda theory: theory.coverage().to_text(),
    "evidence json": lambda theory: theory.evidence_ladder().to_json(),
    "evidence text": lambda theory: theory.evidence_ladder().to_text(),
    "benefits text": lambda theory: theory.benefits().to_text(),
    "exposure json": lambda theory: theory.exposure().to_json(),
    "exposure text": lambda theory: theory.exposure().to_text(),
    "explain json": lambda theory: theory.explain(_last(theory)).to_json(),
    "explain text": lambda theory: theory.explain(_last(theory)).to_text(),
    "narrative": lambda theory: theory.narrative(),
    "outline": lambda theory: theory.outline(),
    "from outline": _outline,
    "describe": lambda theory: theory.describe(search="quick"),
    "describe pillars": lambda theory: theory.describe("pillars", search="quick"),
    "compare json": lambda theory: theory.compare(_changed(theory)).to_json(),
    "compare text": lambda theory: theory.compare(_changed(theory)).to_text(),
    "compare dot": lambda theory: theory.compare(_changed(theory)).to_dot(search="quick"),
    "dumps yaml": lambda theory: theory.dumps(),
    "dumps json": lambda theory: theory.dumps("json"),
    "loads yaml": lambda theory: toc.loads(theory.dumps()),
    "networkx": lambda theory: theory.to_networkx(),
    "networkx flat": lambda theory: theory.to_networkx(flat=True),
    "from networkx": lambda theory: toc.TheoryOfChange.from_networkx(theory.to_networkx()),
    "pandas": lambda theory: [theory.to_pandas(table) for table in ("nodes", "links", "kpis")],
    "pillars": _drawn("pillars"),
    "layers": _drawn("layers"),
    "logic model": _drawn("logic-model"),
    "triangle": _drawn("triangle"),
    "collapsed": _drawn("collapsed"),
    "neighbourhood": lambda theory: theory.diagram("neighbourhood", node=_last(theory), search="quick"),
    "path": lambda theory: theory.diagram("path", node=_last(theory), search="quick"),
    "filtered": lambda theory: theory.diagram("pillars", kind=("activity", "outcome")),
    "marked": lambda theory: theory.to_dot(view="pillars", findings=True, search="quick"),
    "dot": lambda theory: theory.to_dot(view="pillars", search="quick"),
    "mermaid": lambda theory: theory.to_mermaid(view="pillars", search="quick"),
    "graphml": lambda theory: theory.to_graphml(view="pillars", search="quick"),
    "drawio": lambda theory: theory.to_drawio(view="pillars", search="quick"),
    "svg": lambda theory: theory.to_svg(view="pillars", search="quick"),
    "html": lambda theory: theory.to_html(view="pillars", search="quick"),
    "suggested": lambda theory: theory.with_suggested_kpis(next(iter(theory.activities))) if theory.activities else 0,
    "digest": lambda theory: theory.digest(),
}


def growths(shape: str, output: str) -> tuple[float, float]:
    """The exponent by which one output of one shape grows, and the seconds that the larger takes."""
    small, large = (_seconds(SHAPES[shape](size), OUTPUTS[output]) for size in SIZES)
    return math.log(large / small) / math.log(SIZES[1] / SIZES[0]), large


def _seconds(contents: Shape, output: Output) -> float:
    """CPU seconds for one output of a fresh theory, because a theory keeps what was found out about it."""
    theory = toc.TheoryOfChange.model_validate(contents)
    start = time.process_time()
    with suppress(toc.TocError):  # what is refused, an outline with feedback for example, is refused in time
        output(theory)
    return max(time.process_time() - start, 1e-6)


def wanted(words: list[str]) -> Iterator[tuple[str, str]]:
    """The pairs of shape and output to look at."""
    for shape in SHAPES:
        for output in OUTPUTS:
            if not words or any(word in (shape, output) for word in words):
                yield shape, output


def main(words: list[str]) -> None:
    """Print what grows faster than it should, and how much was looked at."""
    pairs = list(wanted(words))
    found = 0
    for shape, output in pairs:
        power, seconds = growths(shape, output)
        if power > BOUND and seconds > NOTICED:
            found += 1
            print(f"{output}, {shape}: grows with the power {power:.2f}  [{seconds:.1f} s at {SIZES[1]:,}]", flush=True)
    print(
        f"{found} of {len(pairs):,} outputs grow with a power above {BOUND:g} from {SIZES[0]:,} to {SIZES[1]:,} parts"
    )


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main([word for word in sys.argv[1:] if not word.startswith("-")])

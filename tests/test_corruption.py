"""Every value and every key of the shipped examples, made wrong one at a time, is reported with exactly its line.

Where a value stands is found without the library, by PyYAML's own composer, and only the characters of that value or
key are replaced, so that the rest of the text is untouched.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import pytest
import yaml

import toc
from toc import Problem, TheoryError

EXAMPLES = ("small-charity", "rgs-newcastle", "large-programme")
MOST = {"small-charity": 1000, "rgs-newcastle": 60, "large-programme": 25}  # spots of a kind that are tried
SECTIONS = ("goals", "pillars", "outcomes", "outputs", "activities", "kpis", "partners")
NUMBERS = {
    "participation",
    "value",
    "hours",
    "confidence",
    "baseline",
    "target",
    "toc",
    "evidence_years",
    "n",
    "organisations",
    "people",
}
FLAGS = {"above_ceiling", "disadvantaged", "feedback", "outside", "pooled"}
DATES = {"created", "review_on", "by", "date", "starts", "ends", "until"}
WORDS = {
    "horizon", "certainty", "evidence_strength", "stakes", "recurs", "status", "type", "says", "strength", "contribution", "sign",
    "level", "design", "direction", "frequency", "profile", "sector", "phase", "internal", "external", "stage", "brings", "receives",
    "gives", "gains", "resource", "benefit", "judgement", "fact",
}  # fmt: skip
REFERENCES = {
    "target_group",
    "pillar",
    "partners",
    "measures",
    "node",
    "home",
    "partner",
    "evidence",
    "reciprocates",
    "frame",
}
OF_PARTNERS = ("partnership", "reviews")


class Spot(NamedTuple):
    """One value or key in a text: its path, the characters it takes and its line."""

    path: tuple[Any, ...]
    start: int
    end: int
    line: int
    node: yaml.Node
    is_key: bool = False


@cache
def text_of(name: str) -> str:
    return files("toc.examples").joinpath(f"{name}.yaml").read_text(encoding="utf-8")


def spots(node: yaml.Node | None, path: tuple[Any, ...] = ()) -> Iterator[Spot]:
    """Every key and value below a node; what stands under `x-…` keys is never read."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if not key.value.startswith("x-"):
                inner = (*path, key.value)
                yield spot(inner, key, is_key=True)
                yield spot(inner, value)
                yield from spots(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            yield spot((*path, position), value)
            yield from spots(value, (*path, position))


def spot(path: tuple[Any, ...], node: yaml.Node, *, is_key: bool = False) -> Spot:
    return Spot(path, node.start_mark.index, node.end_mark.index, node.start_mark.line + 1, node, is_key)


@cache
def all_spots(name: str) -> tuple[Spot, ...]:
    return tuple(spots(yaml.compose(text_of(name), Loader=yaml.SafeLoader)))


def chosen(found: list[Spot], name: str) -> list[Spot]:
    """All of them; of the larger theories as many as there is time for, the same in every run."""
    most = MOST[name]
    return found if len(found) <= most else random.Random(name).sample(found, most)  # noqa: S311 - chance, not secrecy


def replaced(name: str, at: Spot, by: str) -> str:
    """The example with the characters of one spot replaced."""
    text = text_of(name)
    assert "\n" not in text[at.start : at.end].rstrip() or not by.count("\n")
    removed = text[at.start : at.end]
    end = at.end - (len(removed) - len(removed.rstrip()))
    return text[: at.start] + by + text[end:]


def problems(text: str) -> tuple[Problem, ...]:
    """What is wrong with a text; nothing, if it loads."""
    try:
        toc.loads(text)
    except TheoryError as error:
        return error.problems
    return ()


def reported(name: str, at: Spot, by: str, *, alone: bool = True) -> str | None:
    """What is amiss with the report of one corruption; None when all is well.

    `alone`: no other line is reported, because nothing else became wrong.
    """
    found = problems(replaced(name, at, by))
    if not found:
        return f"{at.path} = {by!r}: nothing"
    lines = {problem.line for problem in found}
    if at.line not in lines or (alone and lines != {at.line}):
        return f"{at.path} = {by!r}: line {at.line}, but reported {[(p.line, p.code, p.message) for p in found][:3]}"
    return None


def one_line_scalars(name: str) -> list[Spot]:
    """The values that are plain or quoted text of one line."""
    return [
        at
        for at in all_spots(name)
        if not at.is_key and isinstance(at.node, yaml.ScalarNode) and at.node.style not in {"|", ">"} and at.start < at.end
        and at.node.start_mark.line == at.node.end_mark.line
    ]  # fmt: skip


def last_name(at: Spot) -> str:
    """The last step of a path that is a key."""
    return next(step for step in reversed(at.path) if isinstance(step, str))


def own_name(at: Spot) -> str:
    """The same, where two keys that mean different things have one name: what a fact says, and those who judged."""
    return {("partnership", "value"): "fact", ("reviews", 0): "name"}.get((at.path[0], at.path[-1]), last_name(at))


def meaning(at: Spot) -> str:
    """What sort of value stands there, told from its path alone."""
    key = own_name(at)
    if "vocabulary" in at.path:
        return "text"
    if key == "participation_scale":
        return "number"
    if "leads_to" in at.path and at.path.index("leads_to") == 2:
        inside = len(at.path) - 3
        if key == "leads_to":
            return "link"
        if inside == 1:
            return "text"
    if (
        key in REFERENCES
        and at.path[0] in {*SECTIONS, *OF_PARTNERS, "settings", "goal", "context"}
        and len(at.path) > 1
        and key != at.path[0]
    ):
        return "reference"
    for name, keys in (("number", NUMBERS), ("flag", FLAGS), ("date", DATES), ("word", WORDS)):
        if key in keys:
            return name
    return "text"


WRONG = {
    "number": ["'12'", "true", "[]", "'twelve'", "[[1]]"],
    "flag": ["'yes'", "1", "null", "[]", "no"],
    "date": ["2026-02-30", "31.07.2026", "2026-07", "5", "true", "[]"],
    "word": ["hihg", "5", "true", "[[]]", "{}", "''"],
    "reference": ["no-such-id", "5", "Not An Id", "{}", "true", "''"],
    "link": ["no-such-id", "Not An Id", "5", "true", "''", "[5]"],
    "text": ["2024", "true", "''", "' '", "[[]]", "1.5", '"\\a"'],
}


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("kind", WRONG)
def test_each_value_made_wrong_is_reported_with_its_line(name: str, kind: str) -> None:
    found = [at for at in one_line_scalars(name) if meaning(at) == kind]
    amiss: list[str | None] = []
    for number, at in enumerate(chosen(found, name)):
        if kind == "word" and at.path[-1] == "type" and at.path[0] == "activities" and "leads_to" not in at.path:
            continue  # what sort of activity it is may be any text
        if kind == "flag" and at.path[:2] == ("partnership", "funding"):
            continue  # where nothing goes without saying, null says nothing
        tried = [WRONG[kind][number % len(WRONG[kind])]] if len(found) > 12 else WRONG[kind]
        amiss += [reported(name, at, wrong) for wrong in tried]
    assert [line for line in amiss if line] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_mapping_and_list_made_a_number_is_reported_with_its_line(name: str) -> None:
    """Only those in brackets: what stands by indentation cannot be replaced without moving the lines below."""
    found = [
        at
        for at in all_spots(name)
        if isinstance(at.node, (yaml.MappingNode, yaml.SequenceNode)) and at.node.flow_style and "\n" not in text_of(name)[at.start : at.end]
    ]  # fmt: skip
    wrong = ["5", "true", "1.5"]
    kept = [at for at in chosen(found, name) if last_name(at) not in {"target", "baseline"}]
    assert kept
    assert [line for number, at in enumerate(kept) if (line := reported(name, at, wrong[number % 3]))] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_misspelt_key_is_reported_with_its_line_and_the_right_key(name: str) -> None:
    found = [at for at in all_spots(name) if at.is_key and is_key_of_the_format(at)]
    amiss = []
    for at in chosen(found, name):
        problems_found = problems(replaced(name, at, at.path[-1] + "zz"))
        here = [p for p in problems_found if p.code == "TOC010"]
        if [(p.line, p.path[-1]) for p in here] != [(at.line, at.path[-1] + "zz")]:
            amiss.append(
                f"{at.path}: line {at.line}, but reported {[(p.line, p.code, p.message) for p in problems_found][:4]}"
            )
        elif len(at.path[-1]) > 3 and at.path[-1] != "goal" and f"'{at.path[-1]}'" not in here[0].message:
            amiss.append(f"{at.path}: {here[0].message}")
    assert amiss == []


def is_key_of_the_format(at: Spot) -> bool:
    """Whether a key is a word of the format, and not an id or a name that the author chose."""
    *above, _ = at.path
    chosen_below = {
        "target_groups",
        "leads_to",
        "where",
        "vocabulary",
        "exchange",
        "reciprocates",
        "reach",
        "agreed_by",
        "answers",
        *(section for section in (*SECTIONS, "reviews", "frames") if len(above) == 1),
    }
    return not above or above[-1] not in chosen_below


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_id_made_none_is_reported_with_its_line(name: str) -> None:
    found = [
        at
        for at in all_spots(name)
        if at.is_key
        and (
            (len(at.path) == 2 and at.path[0] in SECTIONS)
            or (len(at.path) == 3 and at.path[1] == "target_groups")
            or (len(at.path) == 4 and at.path[2] == "leads_to")
        )
    ]
    wrong = ("Not-An-Id", "5", "'a b'")
    amiss = [reported(name, at, wrong[number % 3], alone=False) for number, at in enumerate(chosen(found, name))]
    assert [line for line in amiss if line] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_required_key_taken_away_is_reported_at_its_parent(name: str) -> None:
    """A missing title, on the line of the node that lacks it: the key is turned into one that is never read."""
    found = [
        at
        for at in all_spots(name)
        if at.is_key and at.path[-1] in {"title", "measures", "text", "source"} and required(at)
    ]
    amiss = []
    for at in chosen(found, name):
        parent = (
            next(other for other in all_spots(name) if other.path == at.path[:-1] and other.is_key)
            if at.path[:-1] and isinstance(at.path[-2], str)
            else None
        )
        lines = {
            parent.line if parent else 0,
            *(other.line for other in all_spots(name) if other.path == at.path[:-1]),
        } - {0} or {1, at.line}
        found_problems = problems(replaced(name, at, f"x-{at.path[-1]}"))
        if not any(p.code == "TOC011" and p.line in lines and f"`{at.path[-1]}`" in p.message for p in found_problems):
            amiss.append(
                f"{at.path}: lines {lines}, but reported {[(p.line, p.code, p.message) for p in found_problems][:3]}"
            )
    assert amiss == []


def required(at: Spot) -> bool:
    """Whether a key must be there (the `source` of an idea's proof and of a KPI need not)."""
    if at.path[-1] == "source":
        return "evidence" in at.path
    return len(at.path) > 1


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_id_used_again_is_reported_where_it_stands_the_second_time(name: str) -> None:
    """A node of another kind is given the id of the first activity, or of the first outcome."""
    ids = {
        section: [at for at in all_spots(name) if at.is_key and len(at.path) == 2 and at.path[0] == section]
        for section in SECTIONS[:-1]
    }
    amiss = []
    for section, taken in (("activities", "outcomes"), ("kpis", "outcomes"), ("outputs", "outcomes")):
        if not ids[taken]:
            continue
        for at in ids[section][:10]:
            found = problems(replaced(name, at, ids[taken][0].path[1]))
            if not any(p.code == "TOC031" and p.line == at.line for p in found):
                amiss.append(
                    f"{at.path}: line {at.line}, but reported {[(p.line, p.code, p.message) for p in found][:3]}"
                )
    assert amiss == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_problems_come_in_the_order_of_the_text_and_the_rest_of_the_text_is_right(name: str) -> None:
    """Several corruptions at once are all reported, each once, from the top of the text to its end."""
    titles = [
        at for at in one_line_scalars(name) if at.path[-1] == "title" and len(at.path) == 3 and at.path[0] in SECTIONS
    ]
    text = text_of(name)
    for at in sorted(titles, key=lambda at: at.start, reverse=True):
        text = text[: at.start] + "5" + text[at.end :]
    found = problems(text)
    assert [(p.code, p.line) for p in found] == sorted(("TOC012", at.line) for at in titles)

"""A theory cannot be changed, nor anything that it hands out; what it hands out speaks of its nodes."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator, Mapping, MutableMapping, MutableSequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import authored, json_values, theories, tries
from toc import TheoryError, TheoryOfChange
from toc.graph import Reversed
from toc.model.implied import LinkSequence
from toc.model.mappings import FrozenDict
from toc.model.values import Settings, Value

SCALARS = (str, int, float, date, type(None))
MUTATORS: tuple[Callable[[Any], object], ...] = (
    lambda mapping: mapping.__setitem__("a", 1),
    lambda mapping: mapping.__delitem__(next(iter(mapping), "a")),
    lambda mapping: mapping.clear(),
    lambda mapping: mapping.pop("a", None),
    lambda mapping: mapping.popitem(),
    lambda mapping: mapping.setdefault("a", 1),
    lambda mapping: mapping.update(a=1),
    lambda mapping: mapping.__ior__({"a": 1}),
)


def parts(thing: Any) -> Iterator[Any]:
    """What can be reached from a value in one step."""
    if isinstance(thing, Value):
        names = [*(name for name in dir(thing) if not name.startswith("_")), "model_extra", "model_fields_set"]
        yield from (part for part in (getattr(thing, name) for name in names) if not callable(part))
    elif isinstance(thing, Mapping):
        yield from thing.items()
    elif isinstance(thing, (tuple, frozenset, LinkSequence)):
        yield from thing


def reachable(thing: Any) -> Iterator[Any]:
    """Everything that can be reached from a value, itself first, each object once."""
    seen: set[int] = set()
    waiting = [thing]
    kept = []  # what is made on the way must live, or its identity is used again
    while waiting:
        here = waiting.pop()
        if id(here) not in seen:
            seen.add(id(here))
            kept.append(here)
            yield here
            waiting += parts(here)


@tries(40)
@given(theories())
def test_nothing_that_can_change_is_reachable_from_a_theory(theory: TheoryOfChange) -> None:
    before = theory.digest(), hash(theory), theory.forwards, theory.columns
    for thing in reachable(theory):
        if isinstance(thing, (LinkSequence, Reversed)):
            assert not isinstance(thing, (MutableMapping, MutableSequence))
        elif isinstance(thing, Mapping):
            assert type(thing) is FrozenDict
            for change in MUTATORS:
                with pytest.raises(TypeError):
                    change(thing)
        elif isinstance(thing, Value):
            for name in (*type(thing).model_fields, "model_extra", "brand_new"):
                with pytest.raises(TheoryError, match="does not change in place"):
                    setattr(thing, name, None)
                with pytest.raises(TheoryError, match="does not change in place"):
                    delattr(thing, name)
        else:
            assert isinstance(thing, (tuple, frozenset, *SCALARS)), type(thing)
    assert (theory.digest(), hash(theory), theory.forwards, theory.columns) == before


@tries(30)
@given(theories())
def test_what_is_dumped_belongs_to_whoever_asked(theory: TheoryOfChange) -> None:
    before = theory.digest()
    for dumped in (theory.model_dump(), theory.model_dump(mode="json"), theory.contents()):
        emptied(dumped)
    assert theory.digest() == before


def emptied(value: Any) -> None:
    """Empty every dict and list that a value holds, as far as they let it."""
    if isinstance(value, (dict, list)) and not isinstance(value, FrozenDict):
        for part in value.values() if isinstance(value, dict) else value:
            emptied(part)
        value.clear()


@pytest.mark.parametrize(
    "update", [{"title": 5}, {"goals": {}}, {"titel": "x"}, {"pillars": {"stem": {"leads_to": "x"}}}]
)
@pytest.mark.parametrize("copied", ["copy", "model_copy"])
def test_a_copy_with_an_update_is_validated(copied: str, update: dict[str, Any]) -> None:
    theory = toc.example("rgs-newcastle")
    with pytest.raises(TheoryError):
        getattr(theory, copied)(update=update)
    changed = getattr(theory, copied)(update={"title": "Another"})
    assert (changed.title, changed.evolve(title=theory.title)) == ("Another", theory)
    assert getattr(theory, copied)() == theory


def test_an_attempt_to_set_a_field_is_told_as_python_tells_it_too() -> None:
    theory = toc.example("small-charity")
    with pytest.raises(AttributeError, match=r"use evolve\(title="):
        theory.title = "Another"  # type: ignore[misc]
    with pytest.raises(TheoryError, match=r"use evolve\(title="):
        del theory.title


# Equality, which a hash must follow


@tries(60)
@given(st.lists(theories(), min_size=2, max_size=3))
def test_equal_values_have_equal_hashes_whatever_their_order(found: list[TheoryOfChange]) -> None:
    values = [thing for theory in found for thing in reachable(theory) if isinstance(thing, (Value, tuple, FrozenDict))]
    values = values[:60] + [copy.copy(value) for value in values[:20]]
    for one in values:
        for other in values:
            assert (one == other) == (other == one)
            if one == other:
                assert hash(one) == hash(other)


def test_the_lists_of_a_value_are_plain_tuples_whose_order_does_not_count_in_its_equality() -> None:
    one = toc.Kpi(id="k", title="K", measures=["a", "b"])
    other = toc.Kpi(id="k", title="K", measures=["b", "a"])
    assert type(one.measures) is tuple
    assert (one.measures, other.measures) == (("a", "b"), ("b", "a"))
    assert one.measures != other.measures
    assert one == other
    assert len({one, other}) == 1
    assert one != toc.Kpi(id="k", title="K", measures=["a", "c"])


def test_a_list_that_names_one_thing_twice_is_not_one_that_names_it_once() -> None:
    reading = {"date": "2026-01-01", "value": 1}
    later = {"date": "2026-02-01", "value": 1}
    twice = toc.Kpi(title="K", measures="a", readings=[reading, reading, later])
    assert twice != toc.Kpi(title="K", measures="a", readings=[reading, later, later])
    assert twice == toc.Kpi(title="K", measures="a", readings=[later, reading, reading])


# Nodes


@tries(40)
@given(theories())
def test_a_theory_holds_its_nodes(theory: TheoryOfChange) -> None:
    assert list(theory) == list(theory.nodes)
    assert len(theory) == len(theory.nodes)
    assert all(id in theory for id in theory.nodes)
    assert "no such node" not in theory
    assert "title" not in theory or "title" in theory.nodes
    assert None not in theory
    assert [] not in theory
    assert theory


def test_completion_offers_what_a_theory_can_do_and_none_of_what_pydantic_can_do_besides() -> None:
    theory = toc.example("small-charity")
    offered = {name for name in dir(theory) if not name.startswith("_")}
    assert {"title", "goals", "nodes", "links", "edit", "moved", "save", "draw", "digest"} <= offered
    assert {"model_validate", "model_dump", "model_dump_json", "model_validate_json", "model_copy"} <= offered
    assert "model_json_schema" in offered
    assert offered.isdisjoint({
        "parse_raw", "parse_obj", "parse_file", "construct", "from_orm", "copy", "dict", "json", "schema", "schema_json",
        "validate", "update_forward_refs", "model_construct", "model_config", "model_fields", "model_extra",
        "model_fields_set", "model_post_init", "model_rebuild", "model_computed_fields", "derived", "contents",
    })  # fmt: skip
    assert len(offered) < 130
    assert {"title", "leads_to", "evolve"} <= set(dir(theory.outcomes["early-help"]))


def test_a_notebook_may_read_an_attribute_to_complete_the_ids_behind_it() -> None:
    """IPython looks behind a name only where the class has no `__getattr__` that might run anything."""
    theory = toc.example("rgs-newcastle")
    assert getattr(type(theory), "__getattr__", None) is None
    assert theory.pillars._ipython_key_completions_() == ["cpd", "stem", "literacy", "capital"]
    with pytest.raises(AttributeError, match="has no attribute 'pilars'") as caught:
        theory.pilars  # type: ignore[attr-defined]  # noqa: B018
    assert caught.value.name == "pilars"
    assert not hasattr(theory, "pilars")


# Constructors


@pytest.mark.parametrize(
    ("make", "code", "message"),
    [
        (lambda: toc.Activity(title=5), "TOC012", "put it in quotes"),
        (lambda: toc.Outcome(id="x", title="Y", titel="Y"), "TOC010", "did you mean 'title'"),
        (lambda: toc.Kpi(title="K", measures="a", target="14"), "TOC012", "write 14"),
        (lambda: toc.Goal(title="G", by="soon"), "TOC015", "2026-07-31"),
        (lambda: toc.Pillar(title="P", leads_to=["a", "a"]), "TOC018", "twice"),
        (toc.Output, "TOC011", "`title` is missing"),
        (lambda: toc.Link(confidense=1), "TOC010", "did you mean 'confidence'"),
        (lambda: toc.Link(confidence=70), "TOC014", "write 0.7"),
        (lambda: toc.Reading(date="2026-01-01", value="1"), "TOC012", "write 1"),
        (lambda: toc.Milestone(value=None), "TOC012", "`value` is empty"),
        (lambda: toc.Assumption(text="A", status="held"), "TOC013", "untested, holding, failing"),
        (lambda: toc.Evidence(source="S", says="suports"), "TOC013", "did you mean 'supports'"),
        (lambda: Settings(participation_scale=[5]), "TOC014", "[50, 500]"),
        (lambda: toc.Link().evolve(confidense=1), "TOC010", "did you mean 'confidence'"),
        (lambda: TheoryOfChange(toc=1, title="T"), "TOC035", "there is no goal"),  # type: ignore[call-arg]
        (lambda: TheoryOfChange(toc=1, titel="T", goal="G"), "TOC010", "did you mean 'title'"),  # type: ignore[call-arg]
    ],
)  # fmt: skip
def test_constructors_speak_our_words(make: Callable[[], object], code: str, message: str) -> None:
    with pytest.raises(TheoryError) as caught:
        make()
    assert code in [problem.code for problem in caught.value.problems]
    assert message in str(caught.value)
    assert "pydantic" not in str(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems  # noqa: S301 - our own bytes


@tries(150)
@given(st.sampled_from([toc.Goal, toc.Kpi, toc.Link, toc.Reading, toc.Evidence, Settings]), st.data())
def test_a_constructor_gives_what_validation_gives_or_the_same_problems(model: Any, data: st.DataObject) -> None:
    keys = st.sampled_from([*model.model_fields, "x-note", "titel"])
    fields = data.draw(st.dictionaries(keys, json_values(3), max_size=4))
    try:
        expected = model.model_validate(fields)
    except ValueError as error:
        with pytest.raises(TheoryError) as caught:
            model(**fields)
        wrong = [(detail["type"], detail["loc"]) for detail in error.errors()]  # type: ignore[attr-defined]
        assert len(caught.value.problems) == len(wrong)
    else:
        assert model(**fields) == expected


@tries(30)
@given(authored())
def test_a_theory_is_made_of_keyword_arguments_as_of_a_mapping(raw: dict[str, Any]) -> None:
    assert TheoryOfChange(**raw).digest() == TheoryOfChange.model_validate(raw).digest()

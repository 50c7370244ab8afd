"""The data file: its shape is strict, and everything that is printed comes from it."""

from __future__ import annotations

import ast
import re
import runpy
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any, Final, get_args

import pytest

import toc
from guidance.test_grid import ROWS, written
from guidance.writing import theory_with
from toc.guidance import Guidance
from toc.guidance.advice_file import advice
from toc.guidance.advice_schema import Role
from toc.guidance.scales import Effort
from toc.model.types import LEVELS, Depth, Design

TEXT = (files("toc.guidance") / "advice.toml").read_text(encoding="utf-8")
SOURCES = {"SecEd", "Fiennes2012", "Fiennes2013", "EvAction", "NPC5", "CART", "OfS", "Nesta", "EbrahimRangan"}
BRACES = re.compile(r"\\{\w+\\}")


# The names that sentences may hold in braces.
NAMES: Final = frozenset(
    {
        "above", "activities", "activity", "approach", "asks", "baseline", "because", "below", "below_high", "cells",
        "certainty", "change", "cite", "claim", "count", "date", "dated", "effort", "fit", "fits", "given", "high",
        "hours", "kpi", "kpis", "level", "light", "low", "maximum", "method", "minimum", "missing", "moderate",
        "months", "names", "nodes", "npc", "ofs", "people", "reason", "reference", "rounds", "scale", "strength",
        "substantial", "suggestion", "supports", "target", "title", "type", "types", "unknown", "url", "value",
        "years", "design", "word", "steps", "source", "sources", "wanted", "made", "node", "seen",
        "own_activity", "own_activities", "own_kpi", "own_kpis", "own_pillar", "own_pillars", "Own_activity",
        "Own_activities", "Own_kpi", "Own_kpis", "Own_pillar", "Own_pillars",
    }
)  # fmt: skip


SCRIPT = runpy.run_path(str(Path(__file__).resolve().parents[2] / "scripts" / "make_advice.py"))


def test_the_module_says_what_the_file_says() -> None:
    # After a change to the advice: python scripts/make_advice.py
    module = (files("toc.guidance") / "advice_book.py").read_text(encoding="utf-8")
    assert module == SCRIPT["module"](SCRIPT["book_from"](TEXT))
    assert SCRIPT["book_from"](TEXT) == advice()


@pytest.mark.parametrize(
    ("found", "instead", "said"),
    [
        ('effort = "light"', 'efort = "light"', "efort"),
        ('basis = "source"\n', "", "basis"),
        ('approach = "count"', 'approach = "counting"', "counting"),
        ("certified = true", 'certified = "indeed"', "certified"),
        ("[gaps]\n", "[gaps]\nextra = 'more'\n", "extra"),
        ("[[questions]]", "[[question]]", "question"),
    ],
)
def test_a_key_that_is_unknown_or_missing_and_a_value_of_another_kind_are_not_passed_over(
    found: str, instead: str, said: str
) -> None:
    assert found in TEXT
    with pytest.raises(ValueError, match=said):
        SCRIPT["book_from"](TEXT.replace(found, instead))


def texts(value: Any) -> Iterator[str]:
    """Every text in a part of the file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


def test_no_text_is_empty_or_has_a_space_at_an_end() -> None:
    assert [text for text in texts(tomllib.loads(TEXT)) if not text or text != text.strip()] == []


def test_every_name_in_braces_can_be_filled_in() -> None:
    names = {
        name for text in texts(tomllib.loads(TEXT)) for _, name, _, _ in Formatter().parse(text) if name is not None
    }
    assert names <= NAMES


def test_every_closed_list_is_there_as_a_whole() -> None:
    book = advice()
    assert set(book.levels) == set(get_args(Depth))
    assert set(book.designs) == set(get_args(Design))
    assert set(book.certainty) == set(book.uncounted) == set(LEVELS)
    assert set(book.methods) == set(book.efforts) == set(Effort)
    assert set(book.cells) == {f"{certainty}-{people}" for certainty in LEVELS for people in LEVELS}
    assert {"count", "redesign"} <= set(book.pilot.headlines)
    assert len(book.questions) == 3


def test_every_cell_names_sources_and_notes_that_exist() -> None:
    book = advice()
    for cell in (*book.cells.values(), *book.uncounted.values(), book.uptake, book.comparison):
        assert cell.sources
        assert cell.reasons
        assert cell.suggests
        assert set(cell.sources) <= set(book.sources)
        assert set(cell.notes) <= set(book.notes)


def test_every_type_of_activity_has_a_kpi_for_every_role() -> None:
    for kpis in (advice().general, *advice().types.values()):
        assert {kpi.role for kpi in kpis.kpis} == set(get_args(Role))


def test_the_nine_sources_are_there_in_full() -> None:
    assert set(advice().sources) == SOURCES
    for source in advice().sources.values():
        assert len(source.reference) > len(source.cite)
        assert source.supports


def test_the_rule_is_cited_as_the_reading_of_the_article() -> None:
    assert advice().sources["SecEd"].cite == "Smith in SecEd, after Fiennes 2012"
    assert not re.search(r"Fiennes (2012 )?(has )?show", TEXT)
    for sentence in sentences(TEXT):
        if "Smith" in sentence:
            assert "Smith in SecEd, after Fiennes 2012" in sentence or sentence.startswith("J. Smith")


def sentences(text: str) -> list[str]:
    return re.findall(r'"([^"\n]+)"', "\n".join(line for line in text.splitlines() if not line.startswith("#")))


def templates() -> list[re.Pattern[str]]:
    """Each sentence of the file as a pattern: its names in braces stand for anything.

    The words of printed plans are left out: some of them are little more than names in braces.
    """
    found = []
    before, rest = TEXT.split("# ── The measurement plan")
    _, after = rest.split("# ── Suggested KPIs")
    for sentence in sentences(before + after):
        pattern = re.escape(sentence).replace(r"\{\{", r"\{").replace(r"\}\}", r"\}")
        found.append(re.compile(re.sub(r"\\\{\w+\\\}", ".*", pattern), re.DOTALL))
    return found


PATTERNS = templates()


def printed(found: Guidance) -> Iterator[str]:
    """Every sentence of a piece of guidance; what the author of the theory wrote is not among them."""
    yield from (found.headline, found.basis_words, found.wording, found.who, found.participation.words)
    for texts in (found.reasons, found.do_not_claim, found.questions, found.notes, found.mapping):
        yield from texts
    yield from (gap.message for gap in found.gaps)
    yield from (text for text in (found.kpi_fit.reason, found.kpi_fit.change) if text)
    for fit in found.kpi_fit.kpis:
        yield from (text for text in (fit.reason, fit.change) if text)
    for kpi in found.suggested_kpis:
        yield from (kpi.title, kpi.unit, kpi.collected_by, kpi.method)
    for source in found.sources:
        yield from (source.cite, source.reference, source.supports)


def every_guidance() -> Iterator[Any]:
    kpis = """
    bare: {title: Bare, measures: it}
    heads: {title: Heads, measures: it, level: participation}
    grades: {title: Grades, measures: it, level: attainment}
    beside: {title: Beside, measures: change, level: learning, design: comparison}
    """
    for row in ROWS:
        yield theory_with(written(row)).guidance("it")
        yield theory_with(written(row), kpis).guidance("it")
    for inputs in ("", "participation: 12, type: barbecue", "certainty: low", "certainty: high", "certainty: medium"):
        yield theory_with(inputs, kpis).guidance("it")
        yield theory_with(inputs, "heads: {title: Heads, measures: it, level: participation}").guidance("it")
    for name in ("rgs-newcastle", "small-charity", "large-programme"):
        yield from toc.example(name).guidance()


def test_every_printed_sentence_comes_from_the_file() -> None:
    told = {text for found in every_guidance() for text in printed(found)}
    assert len(told) > 100
    assert sorted(text for text in told if not any(pattern.fullmatch(text) for pattern in PATTERNS)) == []


def test_sources_and_what_not_to_claim_are_never_empty() -> None:
    for found in every_guidance():
        assert found.sources
        assert found.do_not_claim
        assert found.reasons
        assert found.notes


@pytest.mark.parametrize("module", ["page", "plan_page", "plan_kpis"])
def test_the_pages_have_no_sentences_of_their_own(module: str) -> None:
    tree = ast.parse((files("toc.guidance") / f"{module}.py").read_text(encoding="utf-8"))
    documented = (ast.Module, ast.FunctionDef, ast.ClassDef)
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [text for text in texts if re.search(r"[a-z]+ [a-z]+", text) and text not in docstrings] == []


def test_no_name_in_braces_is_left_unfilled() -> None:
    for found in every_guidance():
        assert not [text for text in printed(found) if re.search(r"\{\w+\}", text)]

"""The data file: its shape is strict, and everything that is printed comes from it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

import toc
from guidance.test_grid import ROWS, written
from guidance.writing import theory_with
from toc.guidance import Guidance
from toc.guidance.advice_file import advice, book_from

TEXT = (files("toc.guidance") / "advice.toml").read_text(encoding="utf-8")
SOURCES = {"SecEd", "Fiennes2012", "Fiennes2013", "EvAction", "NPC5", "CART", "OfS", "Nesta", "EbrahimRangan"}
BRACES = re.compile(r"\\{\w+\\}")


@pytest.mark.parametrize(
    ("found", "instead", "message"),
    [
        ("[cells.low-high]", "[cells.low-hihg]", "cells.low-hihg is not a cell of the grid|cells.low-high is missing"),
        ('approach = "count"', 'approach = "counting"', "approach 'counting' is not one of count, redesign"),
        ('effort = "light"', 'efort = "light"', "efort is not known: did you mean 'effort'"),
        ('basis = "source"\n', "", "basis is missing"),
        ('sources = ["SecEd", "CART"]', 'sources = ["SecEd", "CARD"]', "sources 'CARD' is not known: did you mean 'CART'"),
        ('sources = ["SecEd", "CART"]', "sources = []", "sources is empty"),
        ('notes = ["small-numbers", "small-groups"]', 'notes = ["small"]', "notes 'small' is not known"),
        ("daily = 365", 'daily = "365"', "rounds.daily must be a whole number"),
        ('cite = "Fiennes 2012"', 'cite = ""', "sources.Fiennes2012.cite is empty"),
        ('cite = "Fiennes 2012"', "cite = 2012", "sources.Fiennes2012.cite must be text"),
        ('suggests = ["participation", "feedback"]', 'suggests = "participation"', "suggests must be a list"),
        ("{maximum} at most", "{maximun} at most", r"holds \{maximun\}, which cannot be filled in: did you mean 'maximum'"),
        ("{maximum} at most", "{maximum at most", "has a brace without its partner"),
        ('role = "fidelity", title = "Lessons taught', 'role = "feedback", title = "Lessons taught', "none for the role 'fid"),
        ("[gaps]\n", "[gaps]\nextra = 'more'\n", "gaps.extra is not known"),
        ("[certainty.low]", "[certainty.lowest]", "certainty.low is missing"),
        ("[[questions]]", "[[question]]", "question is not known: did you mean 'questions'"),
        ("[levels.learning]\nasks", "[levels.learning]\nask", "levels.learning.ask is not known"),
    ],
)  # fmt: skip
def test_a_fault_in_the_file_is_named(found: str, instead: str, message: str) -> None:
    assert found in TEXT
    with pytest.raises(ValueError, match=rf"advice\.toml: .*(?:{message})"):
        book_from(TEXT.replace(found, instead))


def test_the_file_that_is_shipped_is_in_order() -> None:
    assert book_from(TEXT) == advice()


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

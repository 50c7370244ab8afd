"""The organisation's words: one form within a sentence everywhere, and a plural that is the author's or English."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import TERMS, texts, tries
from toc.language.vocabulary import Noun, in_sentence, noun, word

CHARITY = toc.example("small-charity")
FILE = """
toc: 1
title: Lesepaten
language: de
settings:
  vocabulary:
    pillar: Handlungsfeld
    activity: {one: Projekt, many: Projekte}
goal: Jedes Kind liest
pillars: {lesen: Lesen}
activities:
  a: {title: Eins, leads_to: lesen}
  b: {title: Zwei, leads_to: lesen}
"""


def own(one: str, many: str | None = None, language: str | None = None) -> Noun:
    value = {"one": one, "many": many} if many else one
    return noun(CHARITY.evolve(language=language, settings={"vocabulary": {"pillar": value}}), "pillar")


def test_the_author_s_plural_is_used_and_follows_the_same_rule() -> None:
    assert own("Key Person", "Key People") == Noun("Key Person", "Key People", "key person", "key people")
    assert own("Projekt", "Projekte", "de") == Noun("Projekt", "Projekte", "Projekt", "Projekte")
    assert own("Projet", "Projets", "fr").many == "projets"


def test_no_plural_is_invented_for_another_language() -> None:
    assert own("Handlungsfeld", language="de-CH").many == "Handlungsfeld"
    assert own("Proyecto", language="es").many == "proyecto"
    assert own("Priority Area", language="en-GB").many == "priority areas"


def test_two_words_are_small_in_every_output() -> None:
    words = "{pillar: Priority Area, activity: Core Project}"
    text = FILE.replace("language: de\n", "").replace("lesen: Lesen", "lesen: Lesen, rechnen: Rechnen")
    theory = toc.loads(re.sub(r"vocabulary:\n.*\n.*\n", f"vocabulary: {words}\n", text))
    said = [
        theory.narrative(),
        theory.outline(),
        *(theory.describe(view) for view in ("pillars", "collapsed", "layers", "triangle")),
        theory.measurement_plan().to_text(),
        theory.guidance().to_text(),
        theory.exposure().to_text(),
        theory.coverage().to_text(),
        theory.check(today=date(2026, 9, 1)).to_text(),
    ]
    assert "two priority areas" in said[0]
    assert "two priority areas" in said[2]
    for one in said:
        assert not re.search("priority Area|core Project", one)
        assert not re.search("(?<=[a-z,] )(Priority Area|Core Project)", one)


def test_a_german_theory_speaks_of_its_own_words() -> None:
    theory = toc.loads(FILE)
    assert "zwei" not in theory.narrative()
    assert "two Projekte" in theory.narrative()
    assert "one Handlungsfeld" in theory.describe()
    assert "2 Projekte" in theory.describe("collapsed")


def test_an_own_word_is_written_back_as_it_was_written() -> None:
    theory = toc.loads(FILE)
    written = theory.dumps()
    assert "pillar: Handlungsfeld" in written
    assert "activity: {one: Projekt, many: Projekte}" in written
    assert toc.loads(written) == theory


def test_a_word_that_is_no_text_is_told_so() -> None:
    with pytest.raises(toc.TheoryError, match='expected text but found 5: put it in quotes, like "5"'):
        toc.loads(FILE.replace("Handlungsfeld", "5"))
    with pytest.raises(toc.TheoryError, match="`one` is missing"):
        toc.loads(FILE.replace("one: Projekt, ", ""))


@tries(60)
@given(
    words=st.dictionaries(
        st.sampled_from(TERMS), texts() | st.fixed_dictionaries({"one": texts()}, optional={"many": texts()})
    )
)
def test_any_vocabulary_comes_back(words: dict[str, object]) -> None:
    theory = CHARITY.evolve(settings={"vocabulary": words})
    for format in ("yaml", "json"):
        assert toc.loads(theory.dumps(format), format=format) == theory


@given(
    st.lists(st.sampled_from(("KPI", "KS2", "UN", "GCSEs", "R&D", "SDG", "Step", "goal", "B", "of")), min_size=1),
    st.sampled_from((None, "en", "de", "fr")),
)
def test_no_abbreviation_is_changed_within_a_sentence(parts: list[str], language: str | None) -> None:
    found = own(" ".join(parts), language=language).one.split()
    assert [part for part in found if part.lower() not in {"step", "goal", "b", "of"}] == [
        part for part in parts if part.lower() not in {"step", "goal", "b", "of"}
    ]


@given(texts(), st.sampled_from((None, "en", "de", "fr")))
def test_a_word_in_a_sentence_differs_in_capitals_alone(one: str, language: str | None) -> None:
    theory = CHARITY.evolve(language=language, settings={"vocabulary": {"outcome": one}})
    assert (
        in_sentence(theory, "outcome").casefold()
        == word(theory, "outcome").casefold()
        == " ".join(one.split()).casefold()
    )

"""The words that a file may hold about partners: those of the model are those of the tables, and the glossary has them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import toc
from format_fields import fields, words
from toc.model.frame_words import FOOTING, STATEMENTS
from toc.model.partner_words import BENEFITS, RESOURCES, SCALE, SCALES
from toc.model.partner_words import TYPES as NAMES
from toc.model.partners import Exchange, Fact, Impact, Partner, Partnership, PartnershipFunding
from toc.model.reviews import Review, ReviewAnswer
from toc.partnership.word_tables import TYPES, entries, fact_words

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


def of_model() -> dict[str, list[Any]]:
    """The words of each fact of a partnership, as the model has them."""
    found: dict[str, list[Any]] = {}
    for key, field in fields(Partnership).items():
        kind = next(
            (one for one in Fact.__subclasses__() if one.__name__ in str(field.annotation).replace("partners.", "")),
            None,
        )
        if kind:
            found[key] = [*words(kind.model_fields["value"])] or [True, False]
    for key in ("level", "paid_by"):
        found[f"funding.{key}"] = [*words(fields(PartnershipFunding)[key])]
    return found


def test_every_fact_has_the_words_of_its_table_and_no_others() -> None:
    tables = {one.key or id: set(one.words) for id, one in fact_words().items() if not one.is_worked_out}
    model = {key: {str(word).lower() for word in listed} for key, listed in of_model().items()}
    assert tables.pop("funding.outside") == {"true", "false"}
    assert model == tables


@pytest.mark.parametrize(("key", "listed"), [*FOOTING.items()])
def test_the_ids_of_a_fact_s_words_are_those_of_its_table(key: str, listed: tuple[str, ...]) -> None:
    assert set(listed) == set(next(one for id, one in fact_words().items() if (one.key or id) == key).words)


def test_what_is_given_and_gained_has_the_words_of_the_tables() -> None:
    assert tuple(entries("resources")) == RESOURCES
    assert (*entries("benefits"), *entries("aims")) == BENEFITS


def test_the_four_types_have_one_order_and_one_name_each() -> None:
    assert tuple(TYPES.values()) == NAMES


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_judgement_has_the_words_of_the_frame_s_own_scale(name: str) -> None:
    assert tuple(toc.frame(name).scale) == SCALES.get(name, SCALE)
    assert tuple(one.id for one in toc.frame(name).statements) == tuple(STATEMENTS[name])


@pytest.mark.parametrize("kind", [Partner, Partnership, PartnershipFunding, Impact, Exchange, Review, ReviewAnswer])
def test_the_glossary_has_every_key_that_is_about_partners(kind: type[Any]) -> None:
    section = GLOSSARY.read_text(encoding="utf-8").partition("## Partners")[2].partition("\n## ")[0]
    said = set(re.findall(r"`([\w.]+)`", section))
    plain = {"title", "description", "url", "date", "source"}  # which say the same of a partner as of anything else
    assert fields(kind).keys() - plain - said == set()

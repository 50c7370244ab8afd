"""CIDS: every thing has what the standard requires of it, every word is one of the standard's, every loss is named."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

import pytest
from hypothesis import given

import toc
from strategies import theories, tries

WHO: Final = {"base": "https://example.org/impact", "organization": {"id": "school", "legal_name": "The School Ltd"}}
EXAMPLES: Final = ("rgs-newcastle", "small-charity", "large-programme")
# What the standard requires of a thing of each kind, exactly one of each; and what may stand there besides.
REQUIRED: Final = {
    "cids:ImpactPathway": {"hasName", "hasDescription", "forOrganization"},
    "cids:Organization": {"hasLegalName"},
    "cids:Outcome": {"hasName", "hasDescription", "forOrganization"},
    "cids:Theme": {"hasName", "hasDescription"},
    "cids:Activity": {"hasName", "hasDescription"},
    "cids:Output": {"hasName", "hasDescription"},
    "cids:BeneficialStakeholder": {"hasName", "hasDescription"},
    "cids:StakeholderOutcome": {"hasName", "hasDescription", "forStakeholder", "forOutcome"},
    "cids:Indicator": {"hasName", "hasDescription", "hasIdentifier", "unitDescription", "forOrganization"},
    "cids:Target": {"hasName", "startedAtTime", "endedAtTime", "hasComment", "value"},
    "cids:IndicatorReport": {"hasName", "startedAtTime", "endedAtTime", "value", "forOrganization", "forIndicator"},
    "cids:EvidenceRisk": {"hasIdentifier", "hasDescription"},
    "cids:ExternalRisk": {"hasIdentifier", "hasDescription"},
    "i72:Measure": {"hasNumericalValue"},
}
BESIDES: Final = {
    "hasOutcome", "hasActivity", "hasOutput", "hasIndicator", "hasStakeholder", "hasStakeholderOutcome", "hasImpactRisk", "canProduce",
    "forTheme", "isUnderserved", "hasBaseline", "hasTarget", "hasIndicatorReport", "hasComment", "unitDescription", "forOutcome",
}  # fmt: skip


def published(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The theory with all that CIDS asks for."""
    return theory.evolve(settings={**theory.settings.model_dump(mode="json"), "cids": WHO})


def things(theory: toc.TheoryOfChange) -> list[dict[str, Any]]:
    """All that is written, measures within others included."""
    found: list[dict[str, Any]] = json.loads(theory.export("cids").text)["@graph"]
    return [*found, *(value for one in found for value in one.values() if isinstance(value, dict))]


def wanting(found: list[dict[str, Any]]) -> list[str]:
    """What is missing, is there more than once, or is no word of the standard's."""
    faults = []
    for one in found:
        kind = one["@type"]
        faults += [f"{kind}: {key}" for key in REQUIRED[kind] if not one.get(key) or isinstance(one[key], list)]
        faults += [f"{kind}: {key}" for key in one.keys() - REQUIRED[kind] - BESIDES if not key.startswith("@")]
    return faults


def dangling(found: list[dict[str, Any]]) -> set[str]:
    """The addresses that are named and are of nothing."""
    ids = {one["@id"] for one in found if "@id" in one}
    named = set()
    for one in found:
        for key, value in one.items():
            if key.startswith(("has", "for", "can")) and isinstance(value, (str, list)):
                named |= {
                    each
                    for each in ([value] if isinstance(value, str) else value)
                    if each.startswith("https://example.org")
                }
    return named - ids


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_has_what_the_standard_requires(name: str) -> None:
    found = things(published(toc.example(name)))
    assert wanting(found) == []
    assert dangling(found) == set()
    assert max(Counter(one["@id"] for one in found if "@id" in one).values()) == 1


@tries(60)
@given(theories())
def test_any_theory_has_what_the_standard_requires(raw: Any) -> None:
    found = things(published(toc.TheoryOfChange.model_validate(raw)))
    assert wanting(found) == []
    assert dangling(found) == set()


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("cids:Outcome", "hasName"),
        ("cids:Indicator", "unitDescription"),
        ("cids:IndicatorReport", "endedAtTime"),
        ("cids:Indicator", "hasIdentifier"),
    ],
)
def test_what_is_taken_out_is_missed(kind: str, key: str) -> None:
    found = things(published(toc.example("rgs-newcastle")))
    del next(one for one in found if one["@type"] == kind)[key]
    assert len(wanting(found)) == 1


def test_the_context_is_the_published_one_and_a_word_that_it_lacks() -> None:
    whole = json.loads(published(toc.example("small-charity")).export("cids").text)
    address, more = whole["@context"]
    assert address == "https://ontology.commonapproach.org/contexts/cidsContext.jsonld"
    assert list(more) == ["hasTarget"]


def test_who_publishes_must_be_said() -> None:
    with pytest.raises(toc.TheoryError) as caught:
        toc.example("small-charity").export("cids")
    assert [one.path[-1] for one in caught.value.problems] == ["base", "id", "legal_name"]


def test_assumptions_become_risks_and_that_is_told() -> None:
    made = published(toc.example("rgs-newcastle")).export("cids")
    risks = [one for one in json.loads(made.text)["@graph"] if one["@type"] == "cids:EvidenceRisk"]
    told = [loss for loss in made.losses if loss.why == "worded as a risk" and "assumptions" in loss.path]
    assert len(risks) == len(told) == sum(len(link.assumptions) for link in toc.example("rgs-newcastle").links)
    assert risks[0]["hasDescription"].startswith("It may not hold that: ")


def test_groups_in_need_are_underserved() -> None:
    theory = published(toc.example("rgs-newcastle"))
    marked = {one["hasName"] for one in things(theory) if one.get("isUnderserved")}
    assert marked == {group.title for group in theory.context.target_groups.values() if group.disadvantaged}
    assert marked


def test_what_works_against_or_feeds_back_is_no_product_and_is_named() -> None:
    raw = {
        "toc": 1, "title": "T", "goal": {"title": "G", "leads_to": {"a": {"feedback": True}}},
        "outcomes": {"b": {"title": "B", "leads_to": {"goal": {"sign": "-"}}}},
        "activities": {"a": {"title": "A", "leads_to": ["b"]}},
    }  # fmt: skip
    theory = published(toc.TheoryOfChange.model_validate(raw))
    made = theory.export("cids")
    produced = {one["hasName"]: one["canProduce"] for one in things(theory) if "canProduce" in one}
    assert produced == {"G": [], "B": [], "A": ["https://example.org/impact/outcome/b"]}
    assert {loss.place for loss in made.losses if "can produce" in loss.why} == {
        "goals.goal.leads_to.a",
        "outcomes.b.leads_to.goal",
    }


def test_a_title_that_looks_like_markup_is_text() -> None:
    hostile = '#read("/etc/passwd") *b* $x$ </script> "@id"'
    theory = published(toc.example("small-charity").edit("tea-and-games", title=hostile))
    assert hostile in {one.get("hasName") for one in things(theory)}

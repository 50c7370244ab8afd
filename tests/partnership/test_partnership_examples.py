"""The five partnerships of the guide: they load, hold to their facts, and say things in words of their own."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import toc

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "partnerships"
FILES = sorted(FOLDER.glob("*.yaml"))
SCHOOLS = {"shared-pool": 0, "copthall-mill-hill": 2, "york": 13, "feltham": 4, "king-edward-vi": 13}
OTHERS = {"shared-pool": 0, "copthall-mill-hill": 0, "york": 0, "feltham": 3, "king-edward-vi": 1}
FACTS = {
    "shared-pool": {"aim": "share", "benefit": "recipient", "resourcing": "lent"},
    "copthall-mill-hill": {
        "aim": "need",
        "benefit": "needs",
        "resourcing": "shared",
        "strategy": True,
        "communication": "open",
    },
    "york": {
        "aim": "broad",
        "resourcing": "equitable",
        "coordinator": "joint",
        "agreement": "written",
        "governance": "steering",
        "heads": "strategic",
        "trust": "high",
        "power": "even",
        "leadership": "joint",
        "communication": "open",
    },
    "feltham": {"aim": "community", "benefit": "society"},
    "king-edward-vi": {"aim": "community", "resourcing": "pooled", "agreement": "legal", "governance": "board"},
}


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(item)


def test_there_are_five_of_them() -> None:
    assert {path.stem for path in FILES} == SCHOOLS.keys()
    named = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in named for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_partnership_of_the_guide_has_its_facts_and_no_errors(path: Path) -> None:
    theory = toc.load(path)
    assert not [one for one in theory.check() if one.severity == "error"]
    sizes: dict[bool, int] = {True: 0, False: 0}
    for one in theory.partners.values():
        if one.sector:
            sizes[one.sector in ("state", "independent", "trust")] += one.organisations
    assert (sizes[True], sizes[False]) == (SCHOOLS[path.stem], OTHERS[path.stem])
    said = theory.partnership.model_dump(mode="json", exclude_defaults=True)
    assert {key: one["value"] for key, one in said.items() if isinstance(one, dict) and "value" in one} == FACTS[
        path.stem
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_partnership_of_the_guide_is_saved_as_it_is_written(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    toc.load(path).save(copy)
    assert toc.load(copy) == toc.load(path)
    copy.write_bytes(path.read_bytes())
    toc.load(copy).save(copy)
    assert copy.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_sentence_repeats_six_words_of_a_source_and_ratings_are_marked(path: Path) -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "make_source_shingles.py"))
    size, stored = made["SIZE"], made["FILE"].read_bytes()
    known = {stored[at : at + size] for at in range(0, len(stored), size)}
    said = strings(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert [text for text in said if not known.isdisjoint(made["shingles"](text))] == []
    assert all(one.model_extra["x-illustrative"] for one in toc.load(path).activities.values() if one.certainty)

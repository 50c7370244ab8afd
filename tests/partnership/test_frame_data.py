"""The data files of the frames: what stands in them, that each entry says whence it comes, and that no source is copied."""

from __future__ import annotations

import re
import runpy
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

import toc
from toc.model.frame_words import FOOTING, STATEMENTS, Probe
from toc.partnership.shelf import sources
from toc.partnership.word_tables import TYPES, Dimension, FactWords, WordTable, dimensions, entries, fact_words

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "src" / "toc" / "partnership").rglob("*.toml"))
FRAMES = [frame for frame in toc.frames() if frame.id in STATEMENTS]
KEBAB = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")
# Names are the sources' own, or too short to be anybody's; titles and references have to be as they are.
NAMES = {"name", "title", "cite", "reference", "licence", "themes", "url", "supports"}

every_frame = pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.id)


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_frames_have_the_statements_of_their_sources() -> None:
    assert {frame.id: len(frame.statements) for frame in FRAMES} == {
        "practices": 13,
        "hgiocld-questions": 12,
        "hgiocld-illustration": 24,
        "lucas": 14,
        "spa-questions": 9,
        "spa-obstacles": 7,
        "spa-relationship": 13,
        "seced-pillars": 13,
    }


@pytest.mark.parametrize(
    ("frame", "counts"),
    [
        ("hgiocld-illustration", {"developing": 7, "vision": 8, "value": 9}),
        ("lucas", {"features": 8, "factors": 6}),
        ("spa-questions", {"approach": 5, "kind": 4}),
        ("seced-pillars", {"mutuality": 4, "sustainability": 4, "impact": 3, "disadvantage": 2}),
        ("spa-relationship", {"trust": 5, "equity": 7, "health": 1}),
    ],
)
def test_a_frame_has_so_many_statements_under_each_theme(frame: str, counts: dict[str, int]) -> None:
    found = toc.frame(frame)
    assert Counter(statement.theme for statement in found.statements) == counts
    assert list(found.themes) == list(counts)


def test_the_practices_stand_in_the_order_of_their_page_under_its_names() -> None:
    assert [statement.name for statement in toc.frame("practices").statements] == [
        "Address local and user need",
        "Build a relevant and diverse membership",
        "Identify a clear set of purposes",
        "Create a clear, shared identity",
        "Deliver shared impact",
        "Create opportunities for shared learning",
        "Grow trusting relationships",
        "Identify hard-edged drivers and incentives",
        "Undertake collaborative action",
        "Secure and share resources and opportunities",
        "Attend to individual partner priorities",
        "Provide clear and mutual benefit",
        "Enable all partners to contribute",
    ]


def test_the_ids_of_statements_are_never_changed() -> None:
    """A review in somebody's file names them."""
    numbers = {
        "hgiocld-questions": [f"q{n}" for n in range(1, 13)],
        "hgiocld-illustration": [f"{part}{n}" for part, most in (("ds", 7), ("jv", 8), ("av", 9)) for n in range(1, most + 1)],
        "lucas": [f"{part}{n}" for part, most in (("f", 8), ("s", 6)) for n in range(1, most + 1)],
        "spa-questions": [f"q{n}" for n in range(1, 10)],
        "spa-obstacles": [f"o{n}" for n in range(1, 8)],
        "spa-relationship": [*(f"t{n}" for n in range(1, 6)), *(f"e{n}" for n in range(1, 8)), "h1"],
        "seced-pillars": ["m1", "m2", "m3", "m4", "s1", "s2", "s3", "s4", "i1", "i2", "i3", "d1", "d2"],
    }  # fmt: skip
    practices = (
        "local-need diverse-membership clear-purposes shared-identity shared-impact shared-learning trusting-relationships"
        " drivers-incentives collaborative-action resources-opportunities partner-priorities mutual-benefit all-contribute"
    )
    found = {frame.id: [statement.id for statement in frame.statements] for frame in FRAMES}
    assert found == {"practices": practices.split(), **numbers}


@every_frame
def test_every_statement_says_whence_it_comes(frame: toc.Frame) -> None:
    known = {source.id for source in frame.sources}
    for statement in frame.statements:
        assert statement.basis in {"source", "extension"}
        assert statement.source in known
        assert statement.place
        assert set(statement.probes) <= set(get_args(Probe))
        assert statement.theme in (frame.themes or {None})
        assert KEBAB.fullmatch(statement.id)
    assert KEBAB.fullmatch(frame.id)
    assert frame.about
    assert frame.ours


def test_only_obstacles_have_a_way_forward_and_a_scale_of_their_own() -> None:
    for frame in FRAMES:
        is_obstacles = frame.id == "spa-obstacles"
        assert all(bool(statement.forward) is is_obstacles for statement in frame.statements)
        assert frame.scale == (
            ("in-the-way", "being-handled", "handled") if is_obstacles else ("not-yet", "partly", "mostly", "fully")
        )


@pytest.mark.parametrize(
    ("table", "counts"),
    [
        ("benefits", {"": 7}),
        ("aims", {"school improvement": 3, "progress for children": 3}),
        ("resources", {"state": 4, "independent": 4, "both": 5, "": 6}),
        ("ladder", {"": 5}),
        ("probes", {"": 49}),
    ],
)
def test_a_table_of_words_has_so_many_under_each_heading(table: WordTable, counts: dict[str, int]) -> None:
    found = entries(table)
    assert Counter(entry.group for entry in found.values()) == counts
    for entry in found.values():
        assert KEBAB.fullmatch(entry.id)
        assert entry.text
        assert entry.basis in {"source", "extension"}
        assert entry.source in sources()
        assert entry.place


def test_every_probe_is_asked_by_a_statement() -> None:
    asked = {probe for frame in FRAMES for statement in frame.statements for probe in statement.probes}
    assert asked == set(entries("probes"))


def test_the_kind_of_every_resource_is_one_of_two() -> None:
    assert {entry.kind for entry in entries("resources").values()} == {"tangible", "intangible"}


def test_the_words_of_the_types_fit_the_types_of_the_guide() -> None:
    """Typed by hand from the guide's table and its section on the relationship."""
    fits = {
        "aim": "share 1, need 2, broad 3, community 4",
        "members": "few-schools 12, few-schools-and-others 24, four-schools-or-more 134, four-schools-or-more-and-others 34",
        "benefit": "recipient 1, needs 2, shared 3, society 4",
        "gains": "one-partner 1, several-partners 23",
        "funding-level": "none 1, some 2, significant 3, high 4",
        "funding-paid-by": "mostly-one 2, all 34",
        "funding-outside": "true 34, false",
        "resourcing": "lent 1, shared 2, equitable 3, pooled 4",
        "coordinator": "none, one-partner 12, each-partner 3, joint 3, team 4",
        "agreement": "none 1, note 12, written 23, mou 3, legal 4",
        "governance": "none 1, informal 2, steering 3, board 4",
        "heads": "aware 1, agree 12, strategic 34, regional 4",
        "strategy": "true 34, false",
        "trust": "activities 1, motives 2, high 34",
        "power": "lead 1, mostly-lead 2, even 34",
        "design": "offer 12, co-designed 34",
        "leadership": "one 12, joint 34",
        "communication": "limited 12, open 34",
        "reciprocity": "low 12, integrated 34",
    }
    found = {
        id: ", ".join(f"{word} {''.join(map(str, sorted(types)))}".strip() for word, types in fact.words.items())
        for id, fact in fact_words().items()
    }
    assert found == fits


def test_every_fact_belongs_to_a_dimension_and_says_whence_it_comes() -> None:
    twelve = [
        "aim",
        "members",
        "benefit",
        "funding",
        "resourcing",
        "structure",
        "trust",
        "power",
        "design",
        "leadership",
        "communication",
        "reciprocity",
    ]
    assert sorted(dimensions()) == sorted(twelve)
    assert {fact.dimension for fact in fact_words().values()} == set(twelve)
    every: list[Dimension | FactWords] = [*dimensions().values(), *fact_words().values()]
    for one in every:
        assert one.basis in {"source", "extension"}
        assert one.source in sources()
        assert one.place
    assert [fact.id for fact in fact_words().values() if fact.is_worked_out] == ["members", "gains"]
    assert {fact.key for fact in fact_words().values() if fact.key} == set(FOOTING)


def test_what_the_guide_expects_is_said_for_every_type_where_it_prints_a_cell() -> None:
    said = {id: one.expects for id, one in dimensions().items() if one.expects}
    assert list(said) == ["aim", "benefit", "funding", "resourcing", "structure", "trust", "power"]
    assert {len(cells) for cells in said.values()} == {len(TYPES)} == {4}


def test_every_source_says_its_licence_as_the_document_does() -> None:
    licences = {id: source.licence for id, source in sources().items()}
    assert licences["SPA"].startswith("“© Published by S.P.A. 2023”")
    assert licences["Practices"] == licences["HGIOCLD"] == "not stated in our copy"
    assert all(source.cite and source.reference and source.supports for source in sources().values())


def strings(value: Any, key: str = "") -> Iterator[str]:
    """Every sentence of a data file that is ours."""
    if key in NAMES:
        return
    if isinstance(value, str):
        yield value
    for part, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from strings(item, str(part))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_sentence_repeats_six_words_of_a_source(path: Path) -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "make_source_shingles.py"))
    size, stored = made["SIZE"], made["FILE"].read_bytes()
    known = {stored[at : at + size] for at in range(0, len(stored), size)}
    assert len(known) > 10_000
    copied = [text for text in strings(read(path)) if not known.isdisjoint(made["shingles"](text))]
    assert copied == []


def test_a_name_that_is_a_source_s_own_would_be_noticed_as_a_sentence() -> None:
    """So the hashes are those of the sources, and words are cut as they were when the hashes were made."""
    made = runpy.run_path(str(ROOT / "scripts" / "make_source_shingles.py"))
    (shingle,) = made["shingles"]("IDENTIFY a clear set — of purposes!")
    assert shingle in {made["FILE"].read_bytes()[at : at + 4] for at in range(0, made["FILE"].stat().st_size, 4)}


def test_the_ids_that_a_theory_is_checked_by_are_those_of_the_data() -> None:
    # After a change to the data: python scripts/make_frame_words.py
    made = runpy.run_path(str(ROOT / "scripts" / "make_frame_words.py"))["module"]()
    assert (ROOT / "src" / "toc" / "model" / "frame_words.py").read_text(encoding="utf-8") == made
    assert {path.stem for path in FILES if path.parent.name == "frame_data"} == set(STATEMENTS)

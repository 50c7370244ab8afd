"""The author's order: it does not count in `==`, and it counts in the digest and in what is saved."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import PLURALS, authored, theories, tries
from toc import TheoryOfChange
from toc.files.patch.patcher import patched

TEXT = """\
# Agreed in May
toc: 1
title: Reading
goal: Every child reads
outcomes:
  # The first
  readers:
    title: Readers   # theirs
    leads_to: [goal, helpers]
    # not sure about this one

  helpers: {title: Helpers, leads_to: goal}

  # Kept for next year
  later:
    title: Later
    leads_to:
      goal: because   # why
      # and this
      helpers:
"""


def shuffled(raw: Any, data: st.DataObject) -> Any:
    """The same with every section, and every mapping of links, in some other order."""
    form = dict(raw)
    for plural in [*PLURALS.values(), "partners"]:
        nodes = dict(data.draw(st.permutations(list(form[plural].items()))))
        for node in nodes.values():
            if node.get("leads_to"):
                node["leads_to"] = dict(data.draw(st.permutations(list(node["leads_to"].items()))))
        form[plural] = nodes
    return form


def order_of(theory: TheoryOfChange) -> Any:
    return list(theory.nodes), [(link.source, link.target) for link in theory.links], list(theory.partners)


@tries(40)
@given(authored(), st.data())
def test_another_order_is_the_same_theory_with_another_digest(raw: Any, data: st.DataObject) -> None:
    # The normal form has numbers for the words of confidences, so both come from it.
    theory = TheoryOfChange.model_validate(TheoryOfChange.model_validate(raw).model_dump(mode="json"))
    other = TheoryOfChange.model_validate(shuffled(theory.model_dump(mode="json"), data))
    assert other == theory
    assert hash(other) == hash(theory)
    assert (other.digest() == theory.digest()) == (order_of(other) == order_of(theory))


@tries(40)
@given(authored(), st.data())
def test_what_is_saved_over_a_file_has_the_new_order(tmp_path_factory: Any, raw: Any, data: st.DataObject) -> None:
    theory = TheoryOfChange.model_validate(raw)
    other = TheoryOfChange.model_validate(shuffled(theory.model_dump(mode="json"), data))
    for name in ("my.yaml", "my.json"):
        path = tmp_path_factory.mktemp("order") / name
        theory.save(path)
        other.save(path)
        assert toc.load(path).digest() == other.digest()


@tries(60)
@given(theories())
def test_the_digest_is_that_of_what_is_written_in_either_format(theory: TheoryOfChange) -> None:
    assert theory.digest() == hashlib.sha256(theory.dumps("json").encode()).hexdigest()
    assert (
        theory.digest() == toc.loads(theory.dumps()).digest() == toc.loads(theory.dumps("json"), format="json").digest()
    )


@pytest.mark.parametrize("seed", ["0", "1", "77"])
def test_the_digest_does_not_change_with_the_seed_of_hashes(seed: str) -> None:
    code = f"import toc; print(toc.loads({TEXT!r}).digest())"
    told = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed}
    ran = subprocess.run([sys.executable, "-c", code], env=told, check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "876d0bd1ec22c2aacdeda91fee0a531b2e43671473fe030bad55de2f77dc960a"


def test_a_node_moves_in_its_file_with_the_comments_above_and_inside_it(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(TEXT)
    theory = toc.load(path)
    theory.evolve(outcomes=dict(reversed(theory.outcomes.items()))).save(path)
    assert (
        path.read_text()
        == """\
# Agreed in May
toc: 1
title: Reading
goal: Every child reads
outcomes:
  # Kept for next year
  later:
    title: Later
    leads_to:
      goal: because   # why
      # and this
      helpers:

  helpers: {title: Helpers, leads_to: goal}

  # The first
  readers:
    title: Readers   # theirs
    leads_to: [goal, helpers]
    # not sure about this one
"""
    )


@pytest.mark.parametrize(
    ("id", "before", "after"),
    [
        ("readers", "    leads_to: [goal, helpers]\n", "    leads_to: [helpers, goal]\n"),
        (
            "later",
            "      goal: because   # why\n      # and this\n      helpers:\n",
            "      # and this\n      helpers:\n      goal: because   # why\n",
        ),
    ],
)
def test_links_move_in_whichever_form_they_are_written(tmp_path: Path, id: str, before: str, after: str) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(TEXT)
    theory = toc.load(path)
    theory.edit(id, leads_to=dict(reversed(theory.outcomes[id].leads_to.items()))).save(path)
    assert path.read_text() == TEXT.replace(before, after)


def test_what_moves_and_changes_at_once_does_both(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(TEXT)
    theory = toc.load(path)
    turned = theory.evolve(outcomes=dict(reversed(theory.outcomes.items())))
    turned.edit("readers", title="Young readers").without("helpers").renamed("later", "sooner").save(path)
    text = path.read_text()
    assert text.index("  # Kept for next year\n  sooner:") < text.index("    title: Young readers   # theirs")
    assert "# not sure about this one" in text


def test_brackets_in_one_line_keep_their_commas() -> None:
    text = "a: {b: 1, c: {d: 2, e: 3}}  # why\n"
    turned = patched(text, {"a": {"b": 1, "c": {"d": 2, "e": 3}}}, {"a": {"c": {"e": 3, "d": 2}, "b": 1}})
    assert turned == "a: {c: {e: 3, d: 2}, b: 1}  # why\n"

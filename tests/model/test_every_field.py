"""A key that is added to the format has a place everywhere: what CONTRIBUTING says under "Add a key" is tested here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest

import toc
from format_fields import NODES, fields, kinds
from model.test_format import KEYS, VALUES, whole
from toc.model.nodes import Node
from toc.model.types import PLURALS

ROOT: Final = Path(__file__).resolve().parents[2]
OF_NODES: Final = [(kind, key) for kind in NODES for key in fields(kind)]
COMMON: Final = fields(Node).keys()

each_key_of_a_node = pytest.mark.parametrize(
    ("kind", "key"), OF_NODES, ids=[f"{kind.__name__}-{key}" for kind, key in OF_NODES]
)


def properties(part: Any) -> list[set[str]]:
    """The properties of every object that a JSON Schema describes."""
    if isinstance(part, list):
        return [found for item in part for found in properties(item)]
    if not isinstance(part, dict):
        return []
    own = [set(part["properties"])] if isinstance(part.get("properties"), dict) else []
    return own + [found for item in part.values() for found in properties(item)]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_key_stands_in_the_schema(kind: Any) -> None:
    also = set(getattr(kind, "also_written", ()))
    assert fields(kind).keys() | also in properties(toc.schema())


def test_every_part_says_in_the_schema_what_it_is() -> None:
    silent = [name for name, part in toc.schema()["$defs"].items() if not part.get("description")]
    assert silent == []


@each_key_of_a_node
def test_every_key_of_a_node_stands_in_the_hand_written_tables_of_the_tests(kind: type[Node], key: str) -> None:
    assert key in KEYS[PLURALS[kind.kind]]
    assert key in VALUES


@each_key_of_a_node
def test_every_key_of_a_node_has_a_row_in_the_documentation(kind: type[Node], key: str) -> None:
    page = (ROOT / "docs" / "file-format.md").read_text(encoding="utf-8")
    _, rows = page.split("## All keys by kind\n")
    word = "KPI" if kind.kind == "kpi" else kind.kind
    owner = "" if key in COMMON else rf"[^|]*\b{word}\b[^|]*\|"
    assert re.search(rf"^\|{owner} [^|]*`{key}`", rows, flags=re.MULTILINE)


def page_with(kind: type[Node], key: str, *, stated: bool) -> str:
    """The text of the page to explore, of a theory in which one node of a kind states a key or does not."""
    raw = whole()
    raw["outcomes"]["outcomes-1"]["leads_to"] = "goals-1"
    raw["kpis"]["kpis-1"] |= {"target": 5}
    node = raw[PLURALS[kind.kind]][f"{PLURALS[kind.kind]}-1"]
    if key not in {"title", "measures"}:
        node.pop(key, None)
    if stated:
        node[key] = VALUES[key]
    if stated and key == "leads_to":
        node[key] = {"activities-2": {"feedback": True, "because": "It pays"}}
    if stated and key == "above_ceiling":
        node[key] = kind.kind != "goal"
    page = toc.TheoryOfChange.model_validate(raw).to_html()
    return re.sub(r"<script.*?</script>|<style.*?</style>|<svg.*?</svg>|<[^>]+>", " ", page, flags=re.DOTALL)


@each_key_of_a_node
def test_every_key_of_a_node_makes_a_difference_to_the_page_to_explore(kind: type[Node], key: str) -> None:
    assert page_with(kind, key, stated=True) != page_with(kind, key, stated=False)

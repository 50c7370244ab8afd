"""Whatever is asked of a valid theory, in any form, is answered or refused, and never meets a fault."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import toc
from toc.web import app
from toc.web.endpoints import ENDPOINTS
from toc.web.query_options import Option
from web_client import PATIENT, YAML, client_of

TEXT = toc.example("small-charity").dumps()
NODES = ("goal", "tea-and-games", "Tea and games", "company")
# What there is to ask for, by the name of the option; of all others the words that the table has.
KNOWN = {
    **dict.fromkeys(("id", "to", "node", "pillar"), NODES),
    "view": ("pillars", "layers", "tree", "neighbourhood", "path", "collapsed", "kpis", "logic-model"),
    "theme": ("light", "dark", "print", "high-contrast"),
    "page": ("a4", "a4-portrait", "slide", "297x210", "60x60", "free"),
    "format": ("svg", "dot", "html", "pptx", "drawio", "mmd", "graphml", "pdf"),
    "kind": ("goal", "activity", "kpi"),
    "tag": ("warm",),
    "select": ("TOC1", "TOC121", "unmeasured-pillar"),
    "ignore": ("TOC1", "unmeasured-pillar"),
    "sections": ("summary", "plan", "unknown"),
    "standard": ("iati", "cids", "kumu", "toc-maker", "nodes-and-edges"),
    "table": ("kpis", "activities", "readings", "cuts", "findings"),
}
FORMS = ("", "application/json", "text/html", "text/markdown", "text/csv", "text/plain", "image/svg+xml", "*/*;q=0")


def values(option: Option) -> st.SearchStrategy[str]:
    """Mostly what there is, sometimes what there is not."""
    strange = st.text(max_size=5) | st.sampled_from(["-1", "1000000000", "é", "../x"])
    match option.sort:
        case "whole":
            return st.one_of(st.integers(0, 5).map(str), st.integers(0, 300).map(str), strange)
        case "flag":
            return st.sampled_from(["true", "false", "yes"])
        case "day":
            return st.dates().map(str) | strange
        case _:
            known = st.sampled_from(option.words or KNOWN.get(option.name, NODES))
            return st.one_of(*[known] * 9, strange)


def queries(options: tuple[Option, ...]) -> st.SearchStrategy[list[tuple[str, str]]]:
    pairs = [st.tuples(st.just(one.name), values(one)) for one in options]
    return st.lists(st.one_of(pairs), max_size=4, unique_by=lambda pair: pair[0]) if pairs else st.just([])


@pytest.mark.parametrize("name", [name for name, one in ENDPOINTS.items() if one.is_of_theory])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_query_meets_a_fault(name: str, data: st.DataObject) -> None:
    options = ENDPOINTS[name].options
    needed: list[Any] = [(one.name, data.draw(values(one))) for one in options if one.is_needed]
    asked = data.draw(queries(tuple(one for one in options if not one.is_needed)))
    # What takes long is not tried again and again.
    quick = {"draw": ("search", "quick"), "report": ("sections", "summary")}
    if name in quick:
        asked = [*((key, value) for key, value in asked if key != quick[name][0]), quick[name]]
    accept = data.draw(st.sampled_from(FORMS))
    answer = client_of(app(limits=PATIENT)).post(
        f"/{name}", params=[*needed, *asked], content=TEXT, headers=YAML | {"accept": accept}
    )
    assert answer.status_code in {200, 400, 406, 422}, answer.text
    if answer.status_code != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]

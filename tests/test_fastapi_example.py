"""The web service of the examples, asked as another program would ask it."""

from __future__ import annotations

import json
import runpy
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

import toc

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

EXAMPLE = Path(__file__).resolve().parent.parent / "examples/fastapi_app.py"
THEORY: dict[str, Any] = {
    "toc": 1,
    "title": "Reading partners",
    "goal": "Every child reads",
    "pillars": {"literacy": "Literacy"},
    "outcomes": {"readers": {"title": "Young readers catch up", "leads_to": "literacy"}},
}


@pytest.fixture(scope="module")
def client() -> TestClient:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # which HTTP library the client should use is between it and its authors
        from fastapi.testclient import TestClient

        app = runpy.run_path(str(EXAMPLE))["app"]
        return TestClient(app)


def test_the_example_is_about_twenty_lines() -> None:
    assert len(EXAMPLE.read_text(encoding="utf-8").splitlines()) <= 25


def test_a_theory_comes_back_as_svg(client: TestClient) -> None:
    answer = client.post("/svg", json=THEORY)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "Young readers catch up" in "".join(ET.fromstring(answer.text).itertext())  # noqa: S314  # our own drawing


@pytest.mark.parametrize(
    ("change", "place", "code"),
    [
        (
            {"outcomes": {"readers": {"title": "R", "leads_to": "literacey"}}},
            ["outcomes", "readers", "leads_to"],
            "TOC030",
        ),
        ({"pillers": {}}, ["pillers"], "TOC010"),
        ({"goal": {"title": ""}}, ["goal", "title"], "TOC017"),
        ({"activities": {"readers": "Twice"}}, ["activities", "readers"], "TOC031"),
        (
            {"activities": {"clubs": {"title": "C", "certainty": "hihg"}}},
            ["activities", "clubs", "certainty"],
            "TOC013",
        ),
        ({"kpis": {"gain": {"title": "Gain"}}}, ["kpis", "gain", "measures"], "TOC011"),
    ],
)
def test_a_problem_is_answered_with_422_its_place_and_its_code(
    client: TestClient, change: dict[str, Any], place: list[str], code: str
) -> None:
    answer = client.post("/svg", json=THEORY | change)
    assert answer.status_code == 422
    found = {(tuple(problem["loc"]), problem["type"]) for problem in answer.json()["detail"]}
    try:
        toc.loads(json.dumps(THEORY | change), format="json")
    except toc.TheoryError as error:
        (ours,) = error.problems
    assert found == {(("body", *ours.path), ours.code)}
    assert found == {(("body", *place), code)}


def test_all_problems_are_answered_at_once(client: TestClient) -> None:
    wrong = {"title": "", "pillars": {"Literacy": "L"}, "activities": {"clubs": {"title": "C", "leads_to": "nowhere"}}}
    answer = client.post("/svg", json=THEORY | wrong)
    assert answer.status_code == 422
    assert {problem["type"] for problem in answer.json()["detail"]} >= {"TOC017", "TOC016", "TOC030"}


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'"theory"', b"{", b'{"toc": 2}'])
def test_what_is_no_theory_is_answered_with_422(client: TestClient, body: bytes) -> None:
    assert client.post("/svg", content=body, headers={"content-type": "application/json"}).status_code == 422


def test_the_service_describes_the_format_to_other_programs(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    schema = document["components"]["schemas"]["TheoryOfChange"]
    assert {"toc", "title", "outcomes"} <= set(schema["properties"])
    assert "image/svg+xml" in document["paths"]["/svg"]["post"]["responses"]["200"]["content"]

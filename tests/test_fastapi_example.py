"""The web service of the examples, asked as another program would ask it."""

from __future__ import annotations

import json
import runpy
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

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


def test_the_example_is_one_page() -> None:
    assert len(EXAMPLE.read_text(encoding="utf-8").splitlines()) <= 85


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
    schema = document["components"]["schemas"]["TheoryOfChange-Input"]
    assert {"toc", "title", "outcomes"} <= set(schema["properties"])
    assert "image/svg+xml" in document["paths"]["/svg"]["post"]["responses"]["200"]["content"]


def test_a_theory_comes_back_with_nothing_abbreviated(client: TestClient) -> None:
    answer = client.post("/theory", json=THEORY)
    assert answer.json() == toc.TheoryOfChange.model_validate(THEORY).model_dump(mode="json")
    assert client.post("/theory", json=answer.json()).json() == answer.json()


def test_two_theories_come_back_as_what_changed(client: TestClient) -> None:
    new = THEORY | {"title": "Reading together"}
    answer = client.post("/compare", json={"old": THEORY, "new": new})
    assert answer.json() == toc.compare(*map(toc.TheoryOfChange.model_validate, (THEORY, new))).to_dict()
    wrong = client.post("/compare", json={"old": THEORY, "new": new | {"pillers": {}}})
    assert [(detail["type"], detail["loc"]) for detail in wrong.json()["detail"]] == [
        ("TOC010", ["body", "new", "pillers"])
    ]


def test_findings_follow_the_profile_that_is_asked_for(client: TestClient) -> None:
    counts = [client.post(f"/findings?profile={name}", json=THEORY).json()["counts"] for name in ("sketch", "funder")]
    assert sum(counts[0].values()) < sum(counts[1].values())
    assert client.post("/findings?profile=strict", json=THEORY).status_code == 422


@pytest.mark.parametrize("ask", ["view=nowhere", "theme=/etc/passwd"])
def test_a_view_or_theme_that_there_is_not_is_the_fault_of_who_asks(client: TestClient, ask: str) -> None:
    answer = client.post(f"/svg?{ask}", json=THEORY)
    assert answer.status_code in {400, 422}
    assert "layers" in answer.text or "dark" in answer.text


def test_a_theory_too_large_to_draw_here_is_read_and_not_drawn(client: TestClient) -> None:
    large = THEORY | {"outcomes": {f"o{number}": {"title": "O", "leads_to": "literacy"} for number in range(5_001)}}
    assert client.post("/theory", json=large).status_code == 200
    answer = client.post("/svg", json=large)
    assert answer.status_code == 503
    assert "the limit `nodes`" in answer.json()["detail"]


def test_a_body_of_too_many_bytes_is_not_read(client: TestClient) -> None:
    parts = [b" " * 800_000] * 3
    header = {"content-type": "application/json"}
    for content in (b"".join(parts), iter(parts)):  # the second says nothing of its length
        answer = client.post("/svg", content=content, headers=header)
        assert (answer.status_code, answer.json()) == (413, {"detail": "a body takes at most 2097152 bytes"})
    assert client.post("/theory", content=json.dumps(THEORY).ljust(2 * 1024 * 1024), headers=header).status_code == 200


def test_the_description_of_the_service_is_whole(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert set(document["paths"]) == {"/theory", "/svg", "/findings", "/compare"}
    for name, schema in document["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        root = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        assert list(Draft202012Validator(root).iter_errors(5))
    sent = {"$ref": "#/components/schemas/TheoryOfChange-Input", "components": document["components"]}
    got = {"$ref": "#/components/schemas/TheoryOfChange-Output", "components": document["components"]}
    assert list(Draft202012Validator(sent).iter_errors(THEORY)) == []
    assert list(Draft202012Validator(got).iter_errors(client.post("/theory", json=THEORY).json())) == []

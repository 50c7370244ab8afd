"""The description of the service: valid, true for every call that can be made from it, and good for making clients."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode

import toc
from conftest import RequireTool
from node_tools import NODE, need_package
from toc.web import DirectoryStore, app
from toc.web.endpoints import ENDPOINTS
from web_client import PATIENT, YAML, client_of

TEXT = "toc: 1\ntitle: Reading\ngoal: Every child reads\n"
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def document(tmp_path: Path) -> Any:
    return client_of(app(DirectoryStore(tmp_path), open=True, limits=PATIENT)).get("/openapi.json").json()


def values(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, value
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from values(part, (*path, str(key)))


def test_the_description_is_valid_and_names_every_address(tmp_path: Path) -> None:
    whole = document(tmp_path)
    assert list(OpenAPIV31SpecValidator(whole).iter_errors()) == []
    assert {f"/{name}" for name in ENDPOINTS} < set(whole["paths"])
    assert {"/theories", "/theories/{id}", "/events"} < set(whole["paths"])
    assert {f"/theories/{{id}}/{name}" for name, one in ENDPOINTS.items() if one.is_of_theory} < set(whole["paths"])
    alone = client_of(app(limits=PATIENT)).get("/openapi.json").json()
    assert not [path for path in alone["paths"] if path.startswith("/theories")]


def test_no_key_of_what_is_sent_has_a_default_that_would_make_it_a_required_one(tmp_path: Path) -> None:
    found = [path for path, value in values(document(tmp_path)) if isinstance(value, dict) and "default" in value]
    # A key of the format may be called so; a schema with a default is another matter.
    assert [path for path in found if path[-1] != "properties"] == []


def test_every_reference_leads_somewhere(tmp_path: Path) -> None:
    whole = document(tmp_path)
    for _, value in values(whole):
        if isinstance(value, dict) and isinstance(value.get("$ref"), str):
            here = whole
            for step in value["$ref"].removeprefix("#/").split("/"):
                here = here[step]


# Every call that the description allows, and many that it does not: none may meet a fault of ours.


def described(folder: Path) -> Any:
    """A service with two theories, as schemathesis knows it from its description."""
    for name in ("a", "reading"):
        (folder / f"{name}.yaml").write_text(TEXT, encoding="utf-8")
    return schemathesis.openapi.from_asgi("/openapi.json", app(DirectoryStore(folder), open=True, limits=PATIENT))


def operations() -> list[tuple[str, str]]:
    with TemporaryDirectory() as folder:
        paths = document(Path(folder))["paths"]
    verbs = ("get", "post", "put", "patch", "delete")
    return [(path, verb) for path, one in paths.items() for verb in one if verb in verbs and path != "/events"]


@pytest.mark.filterwarnings("ignore")  # what the tool has to say of our schemas is no fault of the service
@pytest.mark.parametrize(("path", "verb"), operations())
def test_no_call_meets_a_fault(tmp_path: Path, path: str, verb: str) -> None:
    operation = described(tmp_path)[path][verb.upper()]

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy() | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def met(case: Any) -> None:
        answer = case.call()
        assert answer.status_code < 500 or answer.json()["type"].endswith((":too-long", ":busy")), answer.text
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == ["application/problem+json"]
            assert {"type", "title", "status", "problems"} <= set(answer.json())

    met()


def test_a_client_in_typescript_takes_a_theory_as_it_is_written(tmp_path: Path, require_tool: RequireTool) -> None:
    node = require_tool("node")
    generator, compiler = need_package("openapi-typescript"), need_package("typescript")
    path, made = tmp_path / "openapi.json", tmp_path / "made.d.ts"
    (tmp_path / "theories").mkdir()
    path.write_text(json.dumps(document(tmp_path / "theories")), encoding="utf-8")
    subprocess.run(
        [node, generator / "bin/cli.js", path, "-o", made], check=True, capture_output=True, cwd=NODE, timeout=120
    )
    short = {"toc": 1, "title": "T", "goal": "G", "activities": {"clubs": {"title": "Clubs", "leads_to": "goal"}}}
    lines = [
        'import type { components, paths } from "./made";',
        'type Theory = components["schemas"]["TheoryOfChange"];',
        'type Body<P extends keyof paths> = paths[P] extends { post: { requestBody: { content: { "application/json": infer B } } } } ? B : never;',
        f"export const short: Theory = {json.dumps(short)};",
        f"export const whole: Theory = {toc.example('rgs-newcastle').dumps('json')};",
        'export const posted: Body<"/check"> = short;',
        'export const both: Body<"/compare"> = { old: short, new: "toc: 1" };',
        'export const change: Body<"/change"> = { text: "toc: 1", ops: [{ op: "remove", id: "clubs" }] };',
        'export const asked: paths["/draw"]["post"]["parameters"]["query"] = { view: "pillars", today: "2026-09-01" };',
        "// @ts-expect-error  a title is required",
        'export const untitled: Theory = { toc: 1, goal: "G" };',
        "// @ts-expect-error  an operation has a name",
        'export const nameless: Body<"/change"> = { text: "toc: 1", ops: [{ id: "clubs" }] };',
    ]
    program = tmp_path / "program.ts"
    program.write_text("\n".join(lines), encoding="utf-8")
    options = ["--strict", "--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"]
    done = subprocess.run(
        [node, compiler / "bin/tsc", *options, program], capture_output=True, text=True, check=False, timeout=240
    )
    assert done.stdout == ""
    assert done.returncode == 0


def test_addresses_in_the_description_begin_where_the_service_is_mounted(tmp_path: Path) -> None:
    service = app(DirectoryStore(tmp_path), open=True, limits=PATIENT)
    assert client_of(service).get("/openapi.json").json()["servers"] == [{"url": "/"}]
    assert client_of(service).post("/check", content=TEXT, headers=YAML).status_code == 200

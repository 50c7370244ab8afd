"""The service inside the applications of others, under a prefix: the same answers, with addresses that lead back to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django import conf
from django.core.asgi import get_asgi_application
from django.http import HttpResponse
from django.urls import path as django_path
from fastapi import FastAPI
from litestar import Litestar, asgi
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.applications import Starlette
from starlette.routing import Mount

import toc
from toc.editing import etag
from toc.web import DirectoryStore, app
from web_client import PATIENT, YAML, TestClient, client_of

TEXT = "# ours\ntoc: 1\ntitle: Reading\ngoal: Every child reads\n"


def in_starlette(service: Any) -> Any:
    return Starlette(routes=[Mount("/tools/toc", service)])


def in_fastapi(service: Any) -> Any:
    host = FastAPI()
    host.mount("/tools/toc", service)

    @host.middleware("http")
    async def timed(request: Any, call_next: Any) -> Any:
        return await call_next(request)

    return host


def in_litestar(service: Any) -> Any:
    @asgi("/tools/toc", is_mount=True, copy_scope=True)
    async def theories(scope: Any, receive: Any, send: Any) -> None:
        await service(scope, receive, send)

    return Litestar([theories])


urlpatterns = [django_path("hello", lambda _: HttpResponse("from Django"))]


def in_django(service: Any) -> Any:
    if not conf.settings.configured:
        conf.settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="for tests")  # noqa: S106
    return Starlette(routes=[Mount("/tools/toc", service), Mount("/", get_asgi_application())])


HOSTS: dict[str, Callable[[Any], Any]] = {
    "Starlette": in_starlette, "FastAPI": in_fastapi, "Litestar": in_litestar, "Django": in_django,
}  # fmt: skip


@pytest.fixture(params=HOSTS)
def client(request: pytest.FixtureRequest, tmp_path: Path) -> TestClient:
    (tmp_path / "reading.yaml").write_text(TEXT, encoding="utf-8")
    client = client_of(HOSTS[request.param](app(DirectoryStore(tmp_path), open=True, limits=PATIENT)))
    client.base_url = client.base_url.join("/tools/toc/")
    return client


def test_answers_are_those_of_the_service_by_itself(client: TestClient) -> None:
    alone = client_of(app(limits=PATIENT))
    for path in ("check?today=2026-11-25", "draw?search=quick", "coverage/"):
        answer = client.post(path, content=TEXT, headers=YAML)
        assert answer.status_code == 200
        assert answer.content == alone.post(f"/{path}", content=TEXT, headers=YAML).content
    assert client.get("healthz").json() == {"ok": True, "version": toc.__version__}
    assert client.get("examples/small-charity").text == alone.get("/examples/small-charity").text


def test_a_theory_is_made_read_changed_and_deleted(client: TestClient) -> None:
    made = client.post("theories?id=mine", content=TEXT, headers=YAML)
    assert (made.status_code, made.headers["location"]) == (201, "/tools/toc/theories/mine")
    assert client.get(f"http://testserver{made.headers['location']}").text == TEXT
    tag = made.headers["etag"]
    ops = {"ops": [{"op": "about", "path": ["title"], "value": "Books"}]}
    changed = client.patch("theories/mine", json=ops, headers={"if-match": tag})
    assert changed.headers["etag"] == f'"{etag(TEXT.replace("Reading", "Books"))}"'
    assert client.put("theories/mine", content=TEXT, headers={**YAML, "if-match": tag}).status_code == 412
    assert client.get("theories/mine/check").status_code == 200
    assert client.delete("theories/mine", headers={"if-match": "*"}).status_code == 204
    assert [one["id"] for one in client.get("theories").json()["theories"]] == ["reading"]


def test_what_is_wrong_is_a_problem_document(client: TestClient) -> None:
    for answer, status in (
        (client.post("check", content="toc: 1\ntitle: T\ngaol: G\n", headers=YAML), 422),
        (client.post("check", content=TEXT), 415),
        (client.get("nothing"), 404),
        (client.get("check"), 405),
        (client.get("theories/nobody"), 404),
        (client.get("theories/..%2freading"), 404),
        (client.put("theories/reading", content=TEXT, headers=YAML), 428),
        (client.post("check", content="x" * (2 * 1024 * 1024 + 1), headers=YAML), 413),
    ):
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_the_description_says_where_the_service_is(client: TestClient) -> None:
    whole = client.get("openapi.json").json()
    assert whole["servers"] == [{"url": "/tools/toc"}]
    assert list(OpenAPIV31SpecValidator(whole).iter_errors()) == []


def test_django_goes_on_answering_beside_it() -> None:
    assert client_of(in_django(app(limits=PATIENT))).get("/hello").text == "from Django"

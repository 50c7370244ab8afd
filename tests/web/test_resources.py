"""Theories in a store over HTTP: versions, conditions, operations and what is answered of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

import toc
from toc.editing import etag
from toc.web import Denied, DirectoryStore, app
from web_client import JSON, PATIENT, YAML, TestClient, client_of

TEXT = "# ours\ntoc: 1\ntitle: Reading  # for now\ngoal: Every child reads\nactivities:\n  clubs: {title: Clubs, leads_to: goal}\n"
NEW = TEXT.replace("Reading", "Books")
RENAME = {"ops": [{"op": "about", "path": ["title"], "value": "Books"}]}


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    (tmp_path / "reading.yaml").write_text(TEXT, encoding="utf-8")
    return client_of(app(DirectoryStore(tmp_path), open=True, limits=PATIENT))


def match(text: str = TEXT) -> dict[str, str]:
    return {"if-match": f'"{etag(text)}"'}


def test_a_theory_comes_as_its_author_wrote_it_under_the_tag_of_its_bytes(client: TestClient) -> None:
    answer = client.get("/theories/reading")
    assert (answer.text, answer.headers["content-type"]) == (TEXT, "application/yaml")
    assert answer.headers["etag"] == f'"{etag(TEXT)}"'


def test_as_json_it_has_another_tag_by_which_it_may_be_replaced_all_the_same(client: TestClient) -> None:
    answer = client.get("/theories/reading", headers={"accept": "application/json"})
    assert toc.loads(answer.text, format="json") == toc.loads(TEXT)
    assert answer.headers["etag"] != client.get("/theories/reading").headers["etag"]
    put = client.put("/theories/reading", content=NEW, headers={**YAML, "if-match": answer.headers["etag"]})
    assert put.status_code == 200


@pytest.mark.parametrize(
    "path", ["/theories/reading", "/theories/reading/draw?view=pillars", "/theories/reading/check"]
)
def test_who_has_a_version_already_is_told_so(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    again = client.get(path, headers={"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_a_drawing_has_another_tag_with_other_looks_and_another_text(client: TestClient) -> None:
    tags = {
        client.get(f"/theories/reading/draw{asked}").headers["etag"]
        for asked in ("", "?theme=dark", "?today=2026-01-01")
    }
    client.put("/theories/reading", content=NEW, headers=YAML | match())
    assert len(tags | {client.get("/theories/reading/draw").headers["etag"]}) == 4


def test_a_stored_theory_is_asked_as_one_that_is_posted(client: TestClient) -> None:
    for path in ("check?today=2026-11-25", "narrative", "coverage", "draw?search=quick", "convert?to=json"):
        assert (
            client.get(f"/theories/reading/{path}").content
            == client.post(f"/{path}", content=TEXT, headers=YAML).content
        )


def test_a_new_theory_takes_its_id_from_its_title(client: TestClient) -> None:
    ids = [client.post("/theories", content=TEXT, headers=YAML).json()["id"] for _ in range(2)]
    assert ids == ["reading-2", "reading-3"]
    made = client.post("/theories?id=mine", content=TEXT, headers=YAML)
    assert (made.status_code, made.headers["location"], made.headers["etag"]) == (
        201,
        "/theories/mine",
        f'"{etag(TEXT)}"',
    )
    assert client.get(made.headers["location"]).text == TEXT
    assert client.post("/theories?id=mine", content=TEXT, headers=YAML).status_code == 409
    assert client.post("/theories?id=Mine", content=TEXT, headers=YAML).status_code == 400


def test_a_theory_is_made_under_an_id_where_there_is_none_yet(client: TestClient) -> None:
    new = {**YAML, "if-none-match": "*"}
    assert client.put("/theories/mine", content=TEXT, headers=new).status_code == 201
    again = client.put("/theories/mine", content=NEW, headers=new)
    assert (again.status_code, again.json()["current"]) == (412, {"text": TEXT, "etag": etag(TEXT)})


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_who_does_not_say_which_version_is_meant_changes_nothing(client: TestClient, method: str) -> None:
    answer = client.request(method, "/theories/reading", content=NEW, headers=YAML)
    assert answer.status_code == 428
    assert client.get("/theories/reading").text == TEXT


@pytest.mark.parametrize("tag", ['"stale"', f'W/"{etag(TEXT)}"', '"one", "two"', "nothing"])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_who_means_another_version_gets_the_present_one(client: TestClient, method: str, tag: str) -> None:
    body: Any = {"json": RENAME} if method == "PATCH" else {"content": NEW}
    headers = {"if-match": tag} | ({} if method == "PATCH" else YAML)
    answer = client.request(method, "/theories/reading", headers=headers, **body)
    assert answer.status_code == 412
    assert answer.json()["current"] == {"text": TEXT, "etag": etag(TEXT)}
    assert answer.headers["etag"] == f'"{etag(TEXT)}"'
    assert client.get("/theories/reading").text == TEXT


@pytest.mark.parametrize("tag", ["*", f'"other", "{etag(TEXT)}"'])
def test_any_version_may_be_meant_or_one_of_several(client: TestClient, tag: str) -> None:
    answer = client.put("/theories/reading", content=NEW, headers={**YAML, "if-match": tag})
    assert (answer.status_code, answer.headers["etag"]) == (200, f'"{etag(NEW)}"')
    assert (
        client.delete("/theories/reading", headers={"if-match": tag if tag == "*" else f'"{etag(NEW)}"'}).status_code
        == 204
    )
    assert client.get("/theories/reading").status_code == 404
    assert client.put("/theories/reading", content=NEW, headers={**YAML, "if-match": "*"}).status_code == 412


def test_json_is_laid_over_the_text_that_is_there(client: TestClient) -> None:
    theory = toc.loads(TEXT).evolve(title="Books")
    answer = client.put("/theories/reading", content=theory.dumps("json"), headers=JSON | match())
    assert answer.status_code == 200
    assert client.get("/theories/reading").text == NEW


def test_json_that_cannot_be_laid_over_the_text_is_stored_only_where_comments_may_be_lost(client: TestClient) -> None:
    anchored = "toc: 1\ntitle: &t Reading  # for now\ngoal: *t\n"
    client.put("/theories/anchored", content=anchored, headers={**YAML, "if-none-match": "*"})
    body = toc.loads(anchored).evolve(title="Books").dumps("json")
    refused = client.put("/theories/anchored", content=body, headers=JSON | match(anchored))
    assert (refused.status_code, refused.json()["rewrites"]) == (422, True)
    assert client.get("/theories/anchored").text == anchored
    allowed = client.put("/theories/anchored?allow_rewrite=true", content=body, headers=JSON | match(anchored))
    assert allowed.status_code == 200
    assert client.get("/theories/anchored").text == "toc: 1\ntitle: Books\ngoal: Reading\n"


def test_operations_change_the_version_that_is_named(client: TestClient) -> None:
    answer = client.patch("/theories/reading", json={**RENAME, "see": ["theory"]}, headers=match())
    assert (answer.status_code, answer.headers["etag"]) == (200, f'"{etag(NEW)}"')
    assert (answer.json()["text"], answer.json()["theory"]["title"]) == (NEW, "Books")
    assert client.get("/theories/reading").text == NEW


def test_operations_of_which_one_cannot_be_done_change_nothing(client: TestClient) -> None:
    ops = [*RENAME["ops"], {"op": "remove", "id": "nobody"}]
    answer = client.patch("/theories/reading", json={"ops": ops}, headers=match())
    assert (answer.status_code, answer.json()["problems"][0]["op"]) == (422, 1)
    assert client.get("/theories/reading").text == TEXT


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_theory_with_mistakes_is_not_stored(client: TestClient, method: str) -> None:
    path = "/theories/reading" if method == "PUT" else "/theories"
    answer = client.request(method, path, content="toc: 1\ntitle: T\ngaol: G\n", headers=YAML | match())
    assert (answer.status_code, answer.json()["problems"][-1]["line"]) == (422, 3)
    assert len(client.get("/theories").json()["theories"]) == 1
    assert client.get("/theories/reading").text == TEXT


def test_a_list_comes_in_pages(client: TestClient) -> None:
    for number in range(4):
        client.post(f"/theories?id=theory-{number}", content=TEXT, headers=YAML)
    seen, after = [], None
    while True:
        page = client.get("/theories", params={"limit": 2, **({"after": after} if after else {})}).json()
        seen += [one["id"] for one in page["theories"]]
        assert all(one["etag"] == etag(TEXT) for one in page["theories"])
        if (after := page["after"]) is None:
            break
    assert seen == ["reading", "theory-0", "theory-1", "theory-2", "theory-3"]
    assert {client.get(f"/theories?limit={limit}").status_code for limit in ("0", "1001", "many", "-1")} == {400}


@pytest.mark.parametrize("id", ["..", "../reading", "..%2freading", "%2e%2e", "Reading", "con", "a_b", "reading.yaml", "a--b", "x" * 101, "%00", "é"])  # fmt: skip
def test_what_is_no_id_leads_nowhere(client: TestClient, tmp_path: Path, id: str) -> None:
    (tmp_path.parent / "reading.yaml").write_text("secret", encoding="utf-8")
    assert client.get(f"/theories/{id}").status_code == 404
    assert client.put(f"/theories/{id}", content=TEXT, headers={**YAML, "if-none-match": "*"}).status_code in {404, 405}
    assert {path.name for path in tmp_path.iterdir()} <= {"reading.yaml", ".toc-locks"}


def test_a_store_that_nobody_guards_is_refused(tmp_path: Path) -> None:
    with pytest.raises(toc.OptionError, match="authorize"):
        app(DirectoryStore(tmp_path))
    with pytest.raises(toc.OptionError, match="no folder"):
        DirectoryStore(tmp_path / "nowhere")


def test_the_host_says_who_may_do_what(tmp_path: Path) -> None:
    asked: list[tuple[str, str | None]] = []

    async def authorize(request: Request, action: str, id: str | None) -> None:
        asked.append((action, id))
        if action != "read":
            raise Denied(int(request.headers.get("x-status", "403")), "not you")

    (tmp_path / "reading.yaml").write_text(TEXT, encoding="utf-8")
    client = client_of(app(DirectoryStore(tmp_path), authorize=authorize, limits=PATIENT))
    assert client.get("/theories/reading").status_code == 200
    answers = [
        client.get("/theories"),
        client.post("/theories?id=mine", content=TEXT, headers=YAML),
        client.put("/theories/mine", content=TEXT, headers={**YAML, "if-none-match": "*"}),
        client.put("/theories/reading", content=TEXT, headers=YAML | match()),
        client.patch("/theories/reading", json=RENAME, headers=match()),
        client.delete("/theories/reading", headers=match()),
        client.post("/check", content=TEXT, headers=YAML),
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert answers[0].json()["detail"] == "not you"
    assert [action for action, _ in asked] == [
        "read",
        "list",
        "create",
        "create",
        "write",
        "write",
        "delete",
        "compute",
    ]
    assert {id for _, id in asked} == {"reading", "mine", None}
    assert client.get("/theories", headers={"x-status": "401"}).headers["www-authenticate"] == "Bearer"
    too_often = client.get("/theories", headers={"x-status": "429"})
    assert (too_often.status_code, too_often.headers["retry-after"]) == (429, "60")
    assert client.get("/healthz").status_code == client.get("/openapi.json").status_code == 200


def test_who_may_not_write_learns_nothing_of_the_text(tmp_path: Path) -> None:
    def authorize(_: Request, action: str, __: str | None) -> None:
        raise Denied(403, action)

    (tmp_path / "reading.yaml").write_text(TEXT, encoding="utf-8")
    client = client_of(app(DirectoryStore(tmp_path), authorize=authorize, limits=PATIENT))
    for tag in ('"stale"', '"one", "two"', "*"):
        for method in ("PUT", "PATCH", "DELETE", "GET"):
            answer = client.request(method, "/theories/reading", content=NEW, headers={**YAML, "if-match": tag})
            assert (answer.status_code, "Reading" in answer.text) == (403, False)


def test_without_a_store_there_are_no_theories() -> None:
    assert client_of(app(limits=PATIENT)).get("/theories").status_code == 404


def test_a_file_that_is_no_theory_can_still_be_read_and_replaced(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("toc: [", encoding="utf-8")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    assert client.get("/theories/broken").text == "toc: ["
    assert client.get("/theories/broken/check").status_code == 400
    assert client.get("/theories/bytes").status_code == 400
    assert client.put("/theories/broken", content=TEXT, headers=YAML | match("toc: [")).status_code == 200

"""What a service answers to a theory that is posted: the same as Python, in the form that is asked for."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import warnings
import zipfile
from datetime import date
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route

import toc
from toc.checks import RULES
from toc.editing import changed
from toc.render.formats import FORMATS
from toc.web import DirectoryStore, Stored, app
from toc.web.endpoints import ENDPOINTS
from web_client import JSON, PATIENT, YAML, TestClient, client_of

DAY = date(2026, 11, 25)
TEXT = toc.example("rgs-newcastle").dumps()
THEORY = toc.loads(TEXT)
SMALL = (
    "toc: 1\ntitle: Reading  # for now\ngoal: Every child reads\nactivities: {clubs: {title: Clubs, leads_to: goal}}\n"
)
KNOWN = {
    "explain": {"id": "scitt"},
    "guide": {"id": "careers-fair"},
    "report": {"sections": "summary"},
    "review": {"id": next(iter(THEORY.reviews), "")},
}
ANSWERED = sorted(
    name
    for name, one in ENDPOINTS.items()
    if one.is_of_theory and name not in {"draw", "narrative", "convert", "export"}
)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return client_of(app(limits=PATIENT))


def post(client: TestClient, path: str, content: str | bytes = TEXT, **headers: str) -> Any:
    return client.post(path, content=content, headers=YAML | headers)


@pytest.mark.parametrize("name", ANSWERED)
def test_an_endpoint_answers_what_the_method_of_its_name_answers(client: TestClient, name: str) -> None:
    options: dict[str, Any] = dict(KNOWN.get(name, {}))
    method = getattr(THEORY, ENDPOINTS[name].method)
    judged = {"today": DAY} if "today" in signature(method).parameters else {}
    asked = {**options, **{key: day.isoformat() for key, day in judged.items()}}
    answer = client.post(f"/{name}", params=asked, content=TEXT, headers=YAML)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    expected = json.loads(json.dumps(method(**options, **judged).to_dict()))
    assert answer.json() == ({"today": "2026-11-25", **expected} if judged else expected)
    sent = client.post(f"/{name}", params=asked, content=THEORY.dumps("json"), headers=JSON)
    assert sent.content == answer.content


@pytest.mark.parametrize("name", sorted(name for name, one in ENDPOINTS.items() if one.is_of_theory))
def test_the_options_of_an_endpoint_are_those_of_python(name: str) -> None:
    method = getattr(toc.TheoryOfChange, {"convert": "dumps", "draw": "draw"}.get(name, ENDPOINTS[name].method))
    in_python = set(signature(method).parameters) - {
        "self",
        "target",
        "timeout",
        "limits",
        "into",
        "format",
        "over",
        "force",
    }
    ours = {one.name for one in ENDPOINTS[name].options} - {"table", "format"}
    if name == "convert":
        assert ours == {"to"}
    else:
        assert ours == in_python - ({"progress"} if name == "narrative" else set())


@pytest.mark.parametrize(
    ("accept", "media", "start"),
    [
        ("text/html", "text/html; charset=utf-8", "<!doctype html>"),
        ("text/markdown", "text/markdown; charset=utf-8", "# "),
        ("text/csv", "text/csv; charset=utf-8", "\ufeff"),
        ("text/plain", "text/plain; charset=utf-8", "What is measured where"),
        ("application/json", "application/json", "{"),
        ("text/*;q=0.5, application/json;q=0.4", "text/html; charset=utf-8", "<!doctype html>"),
        ("*/*", "application/json", "{"),
        ("text/html;q=0, */*;q=0.1", "application/json", "{"),
    ],
)
def test_an_answer_has_the_form_that_is_liked_best(client: TestClient, accept: str, media: str, start: str) -> None:
    answer = post(client, "/coverage", accept=accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert answer.text.startswith(start)


@pytest.mark.parametrize("form", [one for one in FORMATS if one.name != "png"], ids=lambda one: one.name)
def test_a_drawing_has_the_format_of_the_query_or_of_the_header(client: TestClient, form: Any) -> None:
    of_query = post(client, f"/draw?format={form.name}&search=quick", SMALL)
    of_header = post(client, "/draw?search=quick", SMALL, accept=form.media_type)
    for answer in (of_query, of_header):
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, form.media_type)
    made = io.BytesIO()
    toc.loads(SMALL).draw(made, format=form.name, search="quick")
    if form.name != "pptx":  # which holds the time at which it was packed
        assert of_query.content == of_header.content == made.getvalue()


def test_a_drawing_has_the_looks_that_are_asked_for(client: TestClient) -> None:
    asked = "/draw?view=pillars&theme=dark&pillar=stem&pillar=literacy&hide=legend&tooltips=false&search=quick"
    looks: Any = {"theme": "dark", "pillar": ["stem", "literacy"], "hide": "legend", "search": "quick"}
    assert post(client, asked).text == THEORY.to_svg(view="pillars", tooltips=False, **looks)
    marked = post(client, "/draw?findings=true&progress=true&today=2026-11-25&search=quick")
    expected = THEORY.to_svg(findings=True, progress=True, today=DAY, search="quick")
    assert (marked.text, marked.headers["toc-today"]) == (expected, "2026-11-25")


def test_a_narrative_is_prose_or_a_page(client: TestClient) -> None:
    assert post(client, "/narrative").text == THEORY.narrative()
    assert post(client, "/narrative?pillar=stem", accept="application/json").json() == {
        "text": THEORY.narrative(pillar="stem")
    }
    assert post(client, "/narrative", accept="text/markdown").text.startswith("# RGS Newcastle")


def test_a_theory_is_converted_into_a_file(client: TestClient) -> None:
    assert post(client, "/convert").text == THEORY.dumps()
    assert post(client, "/convert?to=json").text == THEORY.dumps("json")
    assert post(client, "/convert?to=xlsx").content[:2] == b"PK"
    bundle = zipfile.ZipFile(io.BytesIO(post(client, "/convert?to=csv").content))
    assert "Activities.csv" in bundle.namelist()


def test_two_theories_are_compared_each_as_an_object_or_as_its_text(client: TestClient) -> None:
    new = THEORY.without("scitt")
    answer = client.post("/compare", json={"old": TEXT, "new": json.loads(new.dumps("json"))})
    assert answer.json() == json.loads(json.dumps(THEORY.compare(new).to_dict()))
    drawn = client.post(
        "/compare?search=quick", json={"old": TEXT, "new": new.dumps()}, headers={"accept": "image/svg+xml"}
    )
    assert drawn.text.startswith("<svg")


def test_two_versions_are_joined_with_what_both_changed(client: TestClient) -> None:
    base = toc.loads(SMALL)
    mine, theirs = base.evolve(title="Ours"), base.evolve(title="Theirs").edit("clubs", title="Reading clubs")
    body = {"base": SMALL, "mine": mine.dumps(), "theirs": json.loads(theirs.dumps("json"))}
    answer = client.post("/merge", json=body)
    found = toc.merge(base, mine, theirs)
    assert answer.json() == {
        **json.loads(json.dumps(found.to_dict())),
        "theory": json.loads(found.theory.dumps("json")),
        "text": found.theory.dumps(),
    }
    assert [one["field"] for one in answer.json()["conflicts"]] == ["title"]
    assert client.post("/merge", json={"mine": SMALL, "theirs": SMALL}).json()["conflicts"] == []


def test_operations_change_a_text_line_by_line(client: TestClient) -> None:
    ops = [{"op": "set", "id": "clubs", "path": ["title"], "value": "Reading clubs"}]
    answer = client.post("/change?today=2026-11-25", json={"text": SMALL, "ops": ops, "see": ["picture", "theory"]})
    assert answer.json() == {
        "today": "2026-11-25",
        **json.loads(json.dumps(changed(SMALL, ops, see=["picture", "theory"], today=DAY))),
    }
    assert answer.json()["text"] == SMALL.replace("Clubs", "Reading clubs")


def test_operations_that_cannot_be_done_are_a_problem_with_their_place(client: TestClient) -> None:
    answer = client.post("/change", json={"text": SMALL, "ops": [{"op": "remove", "id": "clbs"}]})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    told = answer.json()
    assert (told["ok"], told["type"], told["problems"][0]["op"]) == (False, "urn:theory-of-change:not-done", 0)
    assert told["problems"][0]["suggestion"] == "clubs"


def test_readings_are_recorded(client: TestClient) -> None:
    rows = [{"kpi": "reading-age", "date": "2027-07-15", "value": 13}]
    answer = client.post("/record?today=2027-09-01", json={"theory": TEXT, "readings": rows}).json()
    expected = THEORY.with_readings(rows, today=date(2027, 9, 1))
    assert toc.loads(answer["text"]) == toc.TheoryOfChange.model_validate(answer["theory"]) == expected


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("x.csv", b"Activity,Strand\nChess,STEM\n", "X"),
        ("plan.txt", b"Every child reads\n  Literacy\n    Readers catch up\n      Partners\n", "Our theory of change"),
        ("book.xlsx", THEORY.to_xlsx(), THEORY.title),
        ("my.yaml", SMALL.encode(), "Reading"),
        ("my.json", toc.loads(SMALL).dumps("json").encode(), "Reading"),
        ("boxes.edges.csv", b"source,target\nReading club,Children read\nChildren read,Literacy", "Literacy"),
    ],
)
def test_a_file_of_another_program_becomes_the_text_of_a_theory(
    client: TestClient, name: str, content: bytes, title: str
) -> None:
    answer = client.post("/import", params={"name": name}, content=content)
    assert answer.status_code == 200
    assert title in {
        (theory := toc.loads(answer.json()["text"])).title,
        *(goal.title for goal in theory.goals.values()),
    }


def test_a_theory_is_exported_with_what_is_lost_or_as_the_file_itself(client: TestClient) -> None:
    answer = post(client, "/export?standard=kumu").json()
    made = THEORY.export("kumu")
    assert (answer["text"], len(answer["losses"])) == (made.text, len(made.losses))
    assert post(client, "/export?standard=kumu", accept="text/plain").text == made.text


def test_the_catalogue_is_there(client: TestClient) -> None:
    assert client.get("/schema").json() == json.loads(json.dumps(toc.schema()))
    assert [one["code"] for one in client.get("/rules").json()["rules"]][: len(RULES)] == [one.code for one in RULES]
    assert client.get("/rules/toc121").status_code == client.get("/rules/unmeasured-pillar").status_code
    assert client.get("/rules/TOC121").json()["fix"] == RULES[0].page.fix or client.get("/rules/TOC121").json()["name"]
    assert client.get("/rules/TOC121", headers={"accept": "text/markdown"}).text.startswith("# TOC121")
    names = [one["name"] for one in client.get("/examples").json()["examples"]]
    assert names[0] == "rgs-newcastle"
    assert toc.loads(client.get(f"/examples/{names[0]}").text) == toc.example(names[0])
    assert "activity" in client.get("/forms").json()["forms"]
    assert client.get("/healthz").json() == {"ok": True, "version": toc.__version__}


@pytest.mark.parametrize(
    ("path", "content", "headers", "status", "sort"),
    [
        ("/check", "toc: [", YAML, 400, "unreadable"),
        ("/check", b"\xff\xfe", YAML, 400, "unreadable"),
        ("/check", "", YAML, 400, "unreadable"),
        ("/check?profil=plan", TEXT, YAML, 400, "not-offered"),
        ("/check?profile=pla", TEXT, YAML, 400, "not-offered"),
        ("/check?today=1.9.2026", TEXT, YAML, 400, "not-offered"),
        ("/check?today=2026-09-01&today=2026-09-02", TEXT, YAML, 400, "not-offered"),
        ("/draw?steps=many", TEXT, YAML, 400, "not-offered"),
        ("/draw?theme=/etc/passwd", TEXT, YAML, 400, "not-offered"),
        ("/draw?findings=yes", TEXT, YAML, 400, "not-offered"),
        ("/explain", TEXT, YAML, 400, "not-offered"),
        ("/export", TEXT, YAML, 400, "not-offered"),
        ("/nothing", TEXT, YAML, 404, "not-found"),
        ("/check", TEXT, {**YAML, "accept": "image/png"}, 406, "not-acceptable"),
        ("/check", "x" * (2 * 1024 * 1024 + 1), YAML, 413, "too-large"),
        ("/check", "[" * 3000, JSON, 413, "too-large"),
        ("/check", "- " * 3000, YAML, 413, "too-large"),
        ("/compare", '{"old":' * 3000, JSON, 413, "too-large"),
        ("/check", TEXT, {"content-type": "text/plain"}, 415, "unknown-media-type"),
        ("/check", TEXT, {}, 415, "unknown-media-type"),
        ("/check", TEXT, {"content-type": "application/yaml; charset=latin-1"}, 415, "unknown-media-type"),
        ("/check", "toc: 1\ntitle: R\ngoal: G\npillers: {}\n", YAML, 422, "invalid"),
        ("/explain?id=nowhere", TEXT, YAML, 422, "invalid"),
        ("/compare", '{"old": 5, "new": 6}', JSON, 422, "invalid"),
        ("/compare", "[]", JSON, 422, "invalid"),
        ("/compare", "{}", JSON, 422, "invalid"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_has_its_status_and_is_a_problem_document(  # noqa: PLR0917
    client: TestClient, path: str, content: Any, headers: dict[str, str], status: int, sort: str
) -> None:
    answer = client.post(path, content=content, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    told = answer.json()
    assert (told["status"], told["type"]) == (status, f"urn:theory-of-change:{sort}")
    assert told["title"]
    assert isinstance(told["problems"], list)


def test_a_method_that_there_is_not_is_405_with_those_there_are(client: TestClient) -> None:
    answer = client.get("/check")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json()["type"] == "urn:theory-of-change:wrong-method"


def test_a_problem_tells_its_line_and_where_it_stands_in_the_body(client: TestClient) -> None:
    wrong = SMALL.replace("leads_to: goal", "leads_to: gaol")
    (one,) = post(client, "/check", wrong).json()["problems"]
    assert (one["code"], one["line"], one["pointer"], one["suggestion"]) == (
        "TOC030", 4, "/activities/clubs/leads_to", "goal",
    )  # fmt: skip
    bad = {"toc": 1, "title": "T", "goal": "G", "activities": {"a": {"title": "A", "x/y~": 1, "leads_to": "goal"}}}
    (other,) = client.post("/compare", json={"old": bad, "new": SMALL}).json()["problems"]
    assert other["pointer"] == "/old/activities/a/x~1y~0"


def test_what_is_warned_of_is_told_to_who_asked_and_to_nobody_else(client: TestClient) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        answer = post(client, "/check", "toc: 1\ntitle: Reading #1 priority\ngoal: G\n")
    assert "cuts" in answer.headers["toc-note"] or "#" in answer.headers["toc-note"]
    assert [one for one in caught if one.category is toc.TocWarning] == []


def test_too_many_nodes_are_too_large(client: TestClient) -> None:
    many = "toc: 1\ntitle: T\ngoal: G\noutcomes:\n" + "".join(
        f"  o{n}: {{title: O, leads_to: goal}}\n" for n in range(5001)
    )
    answer = post(client, "/check", many)
    assert answer.status_code == 413
    assert "the limit `nodes`" in answer.json()["detail"]


def test_an_address_may_end_in_a_slash(client: TestClient) -> None:
    assert post(client, "/coverage/").json() == post(client, "/coverage").json()


def test_every_answer_is_marked_as_what_it_says_it_is(client: TestClient) -> None:
    for path in ("/healthz", "/nothing", "/schema"):
        assert client.get(path).headers["x-content-type-options"] == "nosniff"


def test_only_named_origins_may_ask_across_sites() -> None:
    header = {"origin": "https://tool.example"}
    asked = {**header, "access-control-request-method": "POST"}
    assert "access-control-allow-origin" not in client_of(app(limits=PATIENT)).get("/healthz", headers=header).headers
    open_to = client_of(app(cors=["https://tool.example"]))
    assert open_to.get("/healthz", headers=header).headers["access-control-allow-origin"] == "https://tool.example"
    assert open_to.options("/check", headers=asked).status_code == 200
    assert open_to.options("/check", headers={**asked, "origin": "https://other.example"}).status_code == 400


@pytest.mark.parametrize(
    "given", [{"limits": 5}, {"waiting": 0}, {"concurrent": 0}, {"processes": -1}, {"waiting": "many"}]
)
def test_what_no_service_can_be_made_with_is_refused(given: Any) -> None:
    with pytest.raises(toc.OptionError):
        app(**given)


def test_every_endpoint_has_an_address() -> None:
    paths = {route.path for route in app().routes if isinstance(route, Route)}
    assert {f"/{name}" for name in ENDPOINTS} <= paths


def test_a_fault_of_ours_is_told_without_what_it_was(tmp_path: Path) -> None:
    class Faulty(DirectoryStore):
        async def read(self, id: str) -> Stored:
            raise RuntimeError(f"the secret of {id}")

    answer = client_of(app(Faulty(tmp_path), open=True)).get("/theories/reading")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in answer.text


def test_without_the_extra_the_command_that_installs_it_is_told() -> None:
    program = "import sys; sys.modules['starlette'] = None\nimport toc.web"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].endswith("pip install 'theory-of-change[web]'")

"""A service that runs: calls that hang, that come too many at once, whose askers go or send slowly; in threads and processes."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import httpx
import pytest

import toc
from toc.editing import etag
from web_client import YAML, served

TEXT = "toc: 1\ntitle: Reading\ngoal: Every child reads\n"
HANGING = TEXT.replace("Reading", "Hang")
# A rule of another distribution that never ends for a theory called so.
RULE = """
import time
from toc.checks import Fault, Rule, RulePage
from toc.checks.rules import ADVICE, Grades

def endless(context):
    while context.theory.title == "Hang":
        time.sleep(0.01)
    return ()

PAGE = RulePage("it hangs", "what", "why", "fix", "ours", "activities: {}", "activities: {}")
RULE = Rule("END901", "never-ends", "hygiene", Grades(ADVICE, ADVICE, ADVICE), endless, PAGE)
"""
PROGRAM = """
import toc
from dataclasses import replace
from toc.editing import etag
from toc.web import DirectoryStore, app
limits = replace(toc.Limits.service(), seconds=2)
service = app(DirectoryStore("theories"), open=True, limits=limits, {settings})
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    metadata = folder / "endless-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: endless\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text("[toc.rules]\nendless = endless_rule:RULE\n", encoding="utf-8")
    (folder / "endless_rule.py").write_text(RULE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=["concurrent=1", "processes=1"])
def address(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("service")
    (folder / "theories").mkdir()
    settings = f"{request.param}, waiting=2"
    with served(PROGRAM.format(settings=settings), folder, str(site)) as address:
        assert httpx.post(f"{address}/check", content=TEXT, headers=YAML, timeout=120).status_code == 200
        yield address


def post(address: str, text: str) -> httpx.Response:
    return httpx.post(f"{address}/check", content=text, headers=YAML, timeout=120)


def test_a_hanging_call_ends_at_its_limit_and_the_next_one_is_served(address: str) -> None:
    for _ in range(2):
        late = post(address, HANGING)
        assert (late.status_code, late.headers["retry-after"]) == (503, "1")
        assert late.json()["detail"] == "this takes more than 2 seconds (the limit `seconds`)"
        assert post(address, TEXT).status_code == 200


def test_what_does_not_fit_into_the_queue_is_refused_at_once_and_health_is_told_meanwhile(address: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        calls = [pool.submit(post, address, HANGING) for _ in range(6)]
        time.sleep(0.3)
        assert httpx.get(f"{address}/healthz").status_code == 200
        answers = [call.result() for call in calls]
    details = sorted(answer.json()["detail"].partition(":")[0] for answer in answers)
    assert {answer.status_code for answer in answers} == {503}
    assert details == ["2 calls are waiting already"] * 3 + ["this takes more than 2 seconds (the limit `seconds`)"] * 3


def test_who_goes_away_while_waiting_is_not_worked_for(address: str) -> None:
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(post, address, HANGING)
        time.sleep(0.2)
        for _ in range(6):  # more than may wait, were they still counted
            with pytest.raises(httpx.ReadTimeout):
                httpx.post(f"{address}/check", content=HANGING, headers=YAML, timeout=0.1)
        assert post(address, TEXT).status_code == 200
        assert first.result().status_code == 503


def test_who_goes_away_from_a_call_in_a_process_leaves_room_for_the_next_before_its_limit(
    site: Path, tmp_path: Path
) -> None:
    (tmp_path / "theories").mkdir()
    program = PROGRAM.format(settings="processes=1").replace("seconds=2", "seconds=600")
    with served(program, tmp_path, str(site)) as patient:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{patient}/check", content=HANGING, headers=YAML, timeout=2)
        assert post(patient, TEXT).status_code == 200


def raw(address: str) -> socket.socket:
    host, port = address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=120)


def test_a_body_that_comes_too_slowly_is_not_waited_for(address: str) -> None:
    with raw(address) as line:
        line.sendall(
            b"POST /check HTTP/1.1\r\nHost: x\r\nContent-Type: application/yaml\r\nContent-Length: 100\r\n\r\ntoc"
        )
        assert line.recv(1000).startswith(b"HTTP/1.1 408 ")
    assert post(address, TEXT).status_code == 200


def test_a_body_that_does_not_say_how_long_it_is_is_counted(address: str) -> None:
    pieces = (b"#" * 100_000 for _ in range(30))
    answer = httpx.post(f"{address}/check", content=pieces, headers=YAML, timeout=120)
    assert answer.status_code == 413


def test_what_changes_is_told_as_it_happens_with_ids_and_tags_alone(address: str) -> None:
    told: list[dict[str, str]] = []
    listening = threading.Event()

    def listen() -> None:
        with httpx.stream("GET", f"{address}/events", timeout=120) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            for line in stream.iter_lines():
                listening.set()
                if line.startswith("data: "):
                    told.append(json.loads(line.removeprefix("data: ")))
                    return

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(listen)
        assert listening.wait(30)
        time.sleep(0.2)
        id = httpx.post(f"{address}/theories", content=TEXT, headers=YAML, timeout=120).json()["id"]
        done.result(30)
    assert told == [{"id": id, "etag": etag(TEXT)}]


def test_answers_are_those_of_python(address: str) -> None:
    answer = httpx.post(
        f"{address}/check?today=2026-11-25&ignore=never-ends", content=TEXT, headers=YAML, timeout=120
    ).json()
    expected = toc.loads(TEXT).check(today=date(2026, 11, 25)).to_dict()
    assert answer == {"today": "2026-11-25", **json.loads(json.dumps(expected))}

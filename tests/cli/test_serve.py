"""`toc serve`: who may ask a server of this computer, and who may ask one that others can reach."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from cli.running import Run
from web_client import YAML, free_port, running

TEXT = "toc: 1\ntitle: Reading\ngoal: Every child reads\n"
TOKEN = "0123456789abcdef-long"  # noqa: S105  # of a server that lives for one test
SERVE = [sys.executable, "-m", "toc.cli", "serve"]


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[str]:
    """The address of `toc serve theories`, at a port that was free a moment ago."""
    (folder / "theories").mkdir(exist_ok=True)
    port = free_port()
    with running([*SERVE, "theories", "--port", str(port), *options], folder, port) as address:
        yield address


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("server")) as address:
        yield address


def test_a_folder_of_theories_is_served(address: str) -> None:
    made = httpx.post(f"{address}/theories", content=TEXT, headers=YAML)
    assert made.status_code == 201
    assert httpx.get(f"{address}{made.headers['location']}").text == TEXT
    assert httpx.get(f"{address}{made.headers['location']}/draw?search=quick").text.startswith("<svg")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
def test_the_server_goes_by_the_names_of_this_computer(address: str, host: str) -> None:
    port = address.rpartition(":")[2]
    assert httpx.get(f"{address}/healthz", headers={"host": f"{host}:{port}"}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example:80", ""])
def test_a_name_that_leads_here_and_is_not_ours_is_refused(address: str, host: str) -> None:
    answer = httpx.get(f"{address}/healthz", headers={"host": host})
    assert (answer.status_code, answer.headers["content-type"]) == (421, "application/problem+json")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_a_page_of_another_site_may_not_ask(address: str, method: str, headers: dict[str, str]) -> None:
    answer = httpx.request(method, f"{address}/theories", headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert (
        httpx.get(f"{address}/healthz", headers={"origin": address, "sec-fetch-site": "same-origin"}).status_code == 200
    )


def test_a_form_of_another_site_is_of_no_type_that_is_understood(address: str) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert httpx.post(f"{address}/theories", content=TEXT, headers={"content-type": kind}).status_code == 415


@pytest.mark.parametrize("path", ["/theories/../secret", "/theories/..%2fsecret", "/theories/%2e%2e%2fsecret", "/theories/..%5csecret", "//theories//x"])  # fmt: skip
def test_no_path_is_taken_from_an_address(address: str, path: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        assert line.recv(100).startswith(b"HTTP/1.1 404 ")


def test_with_a_token_only_who_sends_it_may_ask_and_reading_only_is_reading_only(tmp_path: Path) -> None:
    (tmp_path / "token.txt").write_text(f"{TOKEN}\n", encoding="utf-8")
    with serving(tmp_path, "--token-file", "token.txt", "--read-only") as address:
        ours = {"authorization": f"Bearer {TOKEN}"}
        for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": f"Basic {TOKEN}"}):
            refused = httpx.get(f"{address}/theories", headers=headers)
            assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
            assert httpx.post(f"{address}/check", content=TEXT, headers=YAML | headers).status_code == 401
        assert httpx.get(f"{address}/theories", headers=ours).json() == {"theories": [], "after": None}
        assert httpx.post(f"{address}/check", content=TEXT, headers=YAML | ours).status_code == 200
        assert httpx.post(f"{address}/theories", content=TEXT, headers=YAML | ours).status_code == 403
        new = YAML | ours | {"if-none-match": "*"}
        assert httpx.put(f"{address}/theories/a", content=TEXT, headers=new).status_code == 403


def test_behind_a_proxy_any_name_will_do_that_its_pages_have_too(tmp_path: Path) -> None:
    with serving(tmp_path, "--behind-proxy", "--processes", "1") as address:
        headers = {"host": "tools.example", "origin": "https://tools.example"}
        assert httpx.get(f"{address}/healthz", headers=headers).status_code == 200
        assert httpx.get(f"{address}/healthz", headers={**headers, "origin": "https://evil.example"}).status_code == 403
        answer = httpx.post(f"{address}/draw?search=quick", content=TEXT, headers=YAML, timeout=60)
        assert answer.text.startswith("<svg")


def test_a_server_that_others_could_reach_unprotected_is_refused(run: Run) -> None:
    done = run("serve", "--host", "0.0.0.0")  # noqa: S104  # it is refused
    assert (done.exit_code, "--token-file" in done.stderr) == (2, True)


def test_what_cannot_be_served_is_said(run: Run) -> None:
    assert "there is no such folder" in run("serve", "nowhere").stderr
    Path("token.txt").write_text("short", encoding="utf-8")
    assert "16 characters" in run("serve", "--token-file", "token.txt").stderr
    assert "no such file" in run("serve", "--token-file", "nothing.txt").stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "cannot serve at 127.0.0.1:" in run("serve", "--port", str(taken.getsockname()[1])).stderr

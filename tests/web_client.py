"""A service that is asked without a network, and one that runs as a program of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

import toc

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # which HTTP library the client should use is between it and its authors
    from starlette.testclient import TestClient

__all__ = ["JSON", "PATIENT", "YAML", "TestClient", "client_of", "free_port", "running", "served"]

# A machine may be busy with other tests: only those of the limit of time are about it.
PATIENT = replace(toc.Limits.service(), seconds=600)
YAML = {"content-type": "application/yaml"}
JSON = {"content-type": "application/json"}
LONGEST = 60


def client_of(application: Any) -> TestClient:
    """A client whose answers a fault of the service reaches as the answer that strangers get."""
    return TestClient(application, raise_server_exceptions=False)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


@contextmanager
def served(program: str, folder: Path, *more: str) -> Iterator[str]:
    """The address of a service while a program of Python runs that serves `service` on a free port."""
    text = f"{program}\nif __name__ == '__main__':\n    import sys, uvicorn\n    uvicorn.run(service, fd=int(sys.argv[1]), log_level='error')\n"
    (folder / "program.py").write_text(text, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0), backlog=200) as at:
        command = [sys.executable, str(folder / "program.py"), str(at.fileno())]
        with running(command, folder, at.getsockname()[1], *more, pass_fds=[at.fileno()]) as address:
            yield address


@contextmanager
def running(
    command: list[str], folder: Path, port: int, *more: str, pass_fds: list[int] | None = None
) -> Iterator[str]:
    """The address of a server as soon as it answers, until the block ends; `more` are folders with modules."""
    path = os.pathsep.join([*more, *filter(None, sys.path)])
    log = folder / "log.txt"
    with log.open("wb") as told:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path},
            stdout=told,
            stderr=told,
            pass_fds=pass_fds or (),
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(LONGEST)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"{address}/healthz")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"no answer: {log.read_text(encoding='utf-8')}")

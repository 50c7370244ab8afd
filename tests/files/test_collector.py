"""The garbage collector belongs to the program: reading leaves it as it is, and what the program leaves behind is freed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

import toc

GOOD = "{toc: 1, title: Reading, goal: Every child reads}"


class Cycle:
    """What refers to itself, and so waits for the collector; it counts how many of it there are."""

    alive = 0

    def __init__(self) -> None:
        self.itself = self
        Cycle.alive += 1

    def __del__(self) -> None:
        Cycle.alive -= 1


@pytest.fixture
def running() -> Iterator[None]:
    was_running = gc.isenabled()
    gc.enable()
    yield
    if not was_running:
        gc.disable()


@pytest.fixture
def switched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is called of the collector's switches meanwhile."""
    called: list[str] = []
    for name in ("enable", "disable", "freeze", "unfreeze", "collect", "set_threshold"):
        monkeypatch.setattr(gc, name, lambda *_, name=name: called.append(name))
    return called


@pytest.mark.parametrize("text", [GOOD, "toc: 1", "a: ["])
def test_reading_never_touches_the_collector(text: str, switched: list[str]) -> None:
    for format in ("yaml", "json"):
        try:
            toc.loads(text, format=format)
        except toc.TheoryError:
            assert text != GOOD or format == "json"
    assert switched == []


@pytest.mark.usefixtures("running")
def test_a_collector_that_is_off_stays_off_in_every_thread() -> None:
    gc.disable()
    with ThreadPoolExecutor(4) as threads:
        states = list(threads.map(lambda _: (toc.loads(GOOD), gc.isenabled())[1], range(200)))
    assert not any(states)


@pytest.mark.usefixtures("running")
@pytest.mark.skipif(sys.implementation.name != "cpython", reason="counts the collections of CPython")
def test_cycles_made_beside_reading_are_collected() -> None:
    text = toc.example("small-charity").dumps("json")
    most = 0
    for _ in range(1_500):
        Cycle()
        toc.loads(text, format="json")
        most = max(most, Cycle.alive)
    assert most < 1_200

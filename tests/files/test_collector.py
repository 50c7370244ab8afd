"""Loading pauses the garbage collector; whoever calls it finds it as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

import toc

GOOD = "{toc: 1, title: Reading, goal: Every child reads}"


@pytest.fixture
def running() -> Iterator[None]:
    was_running = gc.isenabled()
    gc.enable()
    yield
    if not was_running:
        gc.disable()


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("text", [GOOD, "toc: 1", "a: ["])
def test_a_collector_that_runs_is_running_after_loading_and_after_failing(text: str) -> None:
    frozen = gc.get_freeze_count()
    try:
        toc.loads(text)
    except toc.TheoryError:
        assert text != GOOD
    assert gc.isenabled()
    assert gc.get_freeze_count() == frozen


@pytest.mark.usefixtures("running")
def test_a_collector_that_is_off_stays_off() -> None:
    gc.disable()
    toc.loads(GOOD)
    assert not gc.isenabled()


@pytest.mark.usefixtures("running")
def test_what_a_program_has_frozen_stays_frozen() -> None:
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        toc.loads(GOOD)
        assert gc.get_freeze_count() >= frozen * 0.9  # what is thrown away meanwhile may leave
    finally:
        gc.unfreeze()

"""The examples in docstrings run in a folder of their own, and what asks for a PNG is skipped where no engine can paint it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from doctest import UnexpectedException
from pathlib import Path

import pytest

from toc.errors import DrawingError
from toc.render import engine

NO_ENGINE = "no drawing engine was found"


@pytest.fixture(autouse=True)
def _own_folder_for_docstring_examples(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if isinstance(request.node, pytest.DoctestItem):
        folder: Path = request.getfixturevalue("tmp_path")
        monkeypatch.chdir(folder)


@pytest.fixture
def needs_engine() -> None:
    """For a test that asks a program for a PNG: without any engine it is skipped, and in CI it fails."""
    engine.paint("digraph {}", "png")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Iterator[None]:
    """A fixture that needs an engine skips its tests."""
    yield from _skipped_without_an_engine()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """A test that needs an engine, for a PNG or for what Graphviz makes of our DOT, is skipped without one."""
    yield from _skipped_without_an_engine()


def _skipped_without_an_engine() -> Iterator[None]:
    try:
        yield
    except (DrawingError, UnexpectedException) as error:
        cause = error.exc_info[1] if isinstance(error, UnexpectedException) else error
        if NO_ENGINE not in str(cause) or os.environ.get("CI", "").lower() not in {"", "0", "false"}:
            raise
        pytest.skip("needs an engine that paints: pip install graphviz-pure, or Graphviz")

"""Scenes: what is done to a page, step by step, written above the test that looks at what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, TypeVar

import pytest

Test = TypeVar("Test", bound=Callable[..., None])
Step = list[Any]


class Scene(NamedTuple):
    """A page by its name, what is done to it, and the browser's settings."""

    page: str
    steps: list[Step]
    settings: Mapping[str, Any]


SCENES: Final[dict[str, Scene]] = {}


def play(*steps: Step, page: str = "reading", **settings: Any) -> Callable[[Test], Test]:
    """The steps before a test, which then asks for `told`."""

    def known(test: Test) -> Test:
        SCENES[test.__name__] = Scene(page, [*steps], settings)
        return test

    return known


def play_each(ways: Mapping[str, list[Step]], page: str = "reading", **settings: Any) -> Callable[[Test], Test]:
    """The same test after each of several ways to do one thing: by mouse, by keyboard."""

    def known(test: Test) -> Test:
        for way, steps in ways.items():
            SCENES[f"{test.__name__}[{way}]"] = Scene(page, steps, settings)
        parametrized: Test = pytest.mark.parametrize("way", list(ways))(test)
        return parametrized

    return known


SEE: Final[Step] = ["see"]


def click(selector: str) -> Step:
    """A click of the mouse in the middle of something."""
    return ["click", selector]


def press(key: str, times: int = 1) -> Step:
    """A key, once or more often."""
    return ["press", key, times]


def at(id: str) -> Step:
    """The focus on a box."""
    return ["focus", f"#toc-{id} a"]

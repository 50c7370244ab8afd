"""One browser for all that is tried on the pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import pytest

import toc
from conftest import RequireTool
from node_tools import NODE, need_package
from page.playing import SCENES, Scene
from page.theories import nasty, reading


def notebook() -> str:
    """What a notebook makes of two theories drawn and explored, one after the other."""
    theories = (reading(), toc.example("small-charity"))
    cells = [theory._repr_mimebundle_()["text/html"] for theory in theories]
    cells += [theory.explore(height=700)._repr_html_() for theory in theories]
    body = "".join(f"<div>{cell}</div>" for cell in cells)
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Notebook</title><body>{body}</body></html>'


PAGES: Mapping[str, Callable[[], str]] = {
    "reading": lambda: reading().to_html(),
    "reading, print": lambda: reading().to_html(theme="print"),
    "reading, dark": lambda: reading().to_html(theme="dark"),
    "reading, collapsed": lambda: reading().to_html(view="collapsed"),
    "nasty": lambda: nasty().to_html(),
    "rgs": lambda: toc.example("rgs-newcastle").to_html(),
    "large": lambda: toc.example("large-programme").to_html(),
    "notebook": notebook,
}


Explore = Callable[[Scene], Mapping[str, Any]]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pages are, and what is printed of them."""
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="session")
def explore(require_tool: RequireTool, chromium: str, folder: Path) -> Iterator[Explore]:
    """Plays scenes, one after the other, in a browser that is started once."""
    need_package("playwright-core")
    need_package("axe-core")
    command = [require_tool("node"), str(NODE / "explore.mjs"), chromium]
    with Popen(command, stdin=PIPE, stdout=PIPE, encoding="utf-8") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        tell, listen = process.stdin, process.stdout

        def explored(scene: Scene) -> Mapping[str, Any]:
            page = folder / f"{scene.page}.html"
            if not page.exists():
                page.write_text(PAGES[scene.page](), encoding="utf-8")
            steps = [
                [str(folder / word[5:]) if str(word).startswith("file:") else word for word in step]
                for step in scene.steps
            ]
            tell.write(json.dumps({"page": str(page), "steps": steps, **scene.settings}) + "\n")
            tell.flush()
            found: Mapping[str, Any] = json.loads(listen.readline())
            return found

        yield explored
        tell.close()


@pytest.fixture
def told(request: pytest.FixtureRequest, explore: Explore) -> Sequence[Any]:
    """What the steps of a test told, in order. Nothing may have gone wrong meanwhile: no error, no request, no new page."""
    answer = explore(SCENES[request.node.name])
    assert answer["faults"] == []
    found: Sequence[Any] = answer["told"]
    return found

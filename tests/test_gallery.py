"""The gallery of the documentation is drawn by the library as it is now, and lacks no view and no theme."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from toc.diagram.drawing import VIEWS
from toc.diagram.looks.themes import THEMES
from toc.examples import NAMES

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "docs" / "gallery"
STALE = "run `python scripts/make_gallery.py`, and look at what it drew"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts/make_gallery.py"))


def test_every_view_of_every_example_is_there_in_every_theme_and_nothing_else(script: dict[str, Any]) -> None:
    shown = {(name, view, theme) for name in NAMES for view in VIEWS for theme in THEMES}
    assert shown <= set(script["entries"]())
    files = {script["file_of"](*entry) for entry in script["entries"]()}
    assert {path.name for path in GALLERY.iterdir()} == files
    page = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    assert {name for name in files if f"(gallery/{name})" not in page} == set()


def test_the_page_is_the_one_that_the_script_writes(script: dict[str, Any]) -> None:
    assert (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8") == script["page"](), STALE


def test_the_pictures_are_what_the_script_makes(script: dict[str, Any]) -> None:
    """Each view and each theme of the smallest example, and each view of the others in one theme, taking turns."""
    entries = list(script["entries"]())
    sample = [entry for entry in entries if entry[0] == "small-charity"] + entries[:: len(THEMES) + 1]
    changed = [
        script["file_of"](*entry)
        for entry in sample
        if (GALLERY / script["file_of"](*entry)).read_text(encoding="utf-8") != script["picture"](*entry)
    ]
    assert changed == [], STALE

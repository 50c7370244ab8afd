"""The pictures of the documentation are drawn by the library as it is now."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_committed_pictures_are_what_the_script_makes() -> None:
    made = runpy.run_path(str(ROOT / "scripts/make_pictures.py"))["pictures"]()
    there = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/pictures").glob("*.svg")}
    assert there.keys() == made.keys()
    changed = [name for name in made if there[name] != made[name]]
    assert changed == [], "run `python scripts/make_pictures.py`, and look at what it drew"

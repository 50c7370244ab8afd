"""Write the files that the tutorials give to copy after each step: `python scripts/make_steps.py`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from test_documentation import PAGES, files_to_copy  # noqa: E402  # the test holds the files to the same pages

for page in PAGES:
    for name, text in files_to_copy(page).items():
        (ROOT / "examples" / "steps" / name).write_text(text, encoding="utf-8")
        print(name)

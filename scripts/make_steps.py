"""Write the files that the tutorials give to copy after each step: `python scripts/make_steps.py`."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from test_documentation import COPY, PAGES, STEPS, run_page  # noqa: E402  # the test holds the files to the same pages

for page in PAGES:
    if not COPY.search(page.read_text(encoding="utf-8")):
        continue
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        files = run_page(page)
    for name, text in files.items():
        (STEPS / name).write_text(text, encoding="utf-8")
        print(name)

"""Programs written in JavaScript that tests need, installed once by `npm ci --prefix tests/node`.

All of them run on Node 18, the one of Debian 12; therefore playwright-core stays below 1.62.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from conftest import CI

NODE = Path(__file__).parent / "node"


def need_package(name: str) -> Path:
    """Where a package of npm is installed; without it the test is skipped, and in CI it fails."""
    place = NODE / "node_modules" / name
    if place.is_dir():
        return place
    reason = f"needs the npm package {name}: npm ci --prefix tests/node"
    if CI:
        pytest.fail(reason)
    pytest.skip(reason)


def answers_of(node: str, script: str, question: Any, folder: Path) -> Any:
    """What a script of `tests/node` answers, both as JSON, in one process."""
    asked, answered = folder / "question.json", folder / "answer.json"
    asked.write_text(json.dumps(question), encoding="utf-8")
    subprocess.run([node, NODE / script, asked, answered], check=True, capture_output=True, text=True, timeout=300)
    return json.loads(answered.read_text(encoding="utf-8"))

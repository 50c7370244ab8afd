"""What Graphviz itself understands of a DOT text, which no drawing of ours asks for."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from toc.render import engine


def parsed(dot: str) -> Any:
    """The engine's own account of a DOT text: its nodes, edges and clusters with all their attributes."""
    answer = subprocess.run(
        [engine._engine().path, "-q", "-Tjson"], input=dot.encode(), capture_output=True, check=True
    )
    return json.loads(answer.stdout)

"""Write `constraints.txt`: one version of everything that `make` installs, for every Python and system we support.

After a change to the requirements in `pyproject.toml`, or to take the newest versions that it allows:

    make constraints

Where one version does not do for all, there are several, each with the Pythons or systems it is for. It needs uv.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Written by scripts/make_constraints.py (`make constraints`), not by hand.\n"
COMMAND = (
    *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--all-extras"),
    *("--universal", "--no-config", "--upgrade", "--no-header", "--no-annotate", "--quiet"),
)


def main() -> None:
    """Write the file, from the lowest Python that pyproject.toml allows upwards."""
    made = subprocess.run(COMMAND, cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    (ROOT / "constraints.txt").write_text(HEADER + made.stdout, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

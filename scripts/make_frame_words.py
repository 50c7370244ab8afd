"""Write `src/toc/model/frame_words.py`: the ids of the data files in `src/toc/partnership/` by which a theory is checked.

After a change to a frame or a table:

    python scripts/make_frame_words.py
"""

from __future__ import annotations

import json
import textwrap
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

SOURCE: Final = Path(__file__).resolve().parent.parent / "src" / "toc"
FOLDER: Final = SOURCE / "partnership"
WORDS: Final = {"Benefit": "benefits", "Aim": "aims", "Resource": "resources", "Rung": "ladder", "Probe": "probes"}
# In the order in which they are listed; the files of all of them stand in the folder `frame_data`.
FRAMES: Final = (
    "practices", "hgiocld-questions", "hgiocld-illustration", "lucas", "spa-questions", "spa-obstacles",
    "spa-relationship", "seced-pillars",
)  # fmt: skip
FIRST: Final = '''"""The ids of the frames and tables in `partnership/`, written by `scripts/make_frame_words.py`: change those files."""

from __future__ import annotations

from typing import Final, Literal

from toc.model.mappings import FrozenDict
'''


def read(path: Path) -> dict[str, Any]:
    """What stands in a data file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def listed(ids: Iterable[str], indent: str) -> str:
    """Texts of Python, as many on a line as it holds."""
    text = "".join(f"{json.dumps(id)}, " for id in ids)
    return textwrap.fill(text, 120, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def module() -> str:
    """The text of the module."""
    parts = [FIRST]
    parts += [
        f"{name} = Literal[\n{listed(read(FOLDER / f'{table}.toml'), '    ')}\n]" for name, table in WORDS.items()
    ]
    facts = [fact for fact in read(FOLDER / "types.toml")["facts"].values() if "key" in fact]
    parts += [_mapping("FOOTING", {fact["key"]: fact["words"] for fact in facts}, "The words that each key may hold.")]
    frames = {id: read(FOLDER / "frame_data" / f"{id}.toml") for id in FRAMES}
    statements = {id: frame["statements"] for id, frame in frames.items()}
    parts += [_mapping("STATEMENTS", statements, "The statements of each frame that comes with the library.")]
    return "\n".join(parts) + "\n"


def _mapping(name: str, found: dict[str, Iterable[str]], doc: str) -> str:
    lines = "\n".join(
        f"        {json.dumps(key)}: (\n{listed(ids, ' ' * 12)}\n        )," for key, ids in found.items()
    )
    return f'{name}: Final = FrozenDict[str, tuple[str, ...]](\n    {{\n{lines}\n    }}\n)\n"""{doc}"""'


def main() -> None:
    """Read the data, write the module and say so."""
    text = module()
    (SOURCE / "model" / "frame_words.py").write_text(text, encoding="utf-8", newline="\n")
    print(f"src/toc/model/frame_words.py: {text.count(chr(10)):,} lines")


if __name__ == "__main__":
    main()

"""Write `src/toc/guidance/advice_book.py` from `advice.toml`, so that no drawing waits for the reading of it.

After a change to the advice:

    python scripts/make_advice.py
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from toc.guidance.advice_schema import Book

FOLDER: Final = Path(__file__).resolve().parent.parent / "src" / "toc" / "guidance"
STEP: Final = "    "

MODULE: Final = '''"""The advice of `advice.toml` as values, written by `scripts/make_advice.py`: change the file and never this module."""

from __future__ import annotations

from typing import Final

from toc.guidance.advice_schema import (
{names}
)
from toc.guidance.scales import Approach, Basis, Effort
from toc.model.mappings import FrozenDict

BOOK: Final = {book}
'''


def book_from(text: str) -> Book:
    """The advice in a text of the form of `advice.toml`.

    Raises ValueError for every table or key that is unknown or missing, and every value of the wrong kind.
    """
    return TypeAdapter(Book).validate_python(tomllib.loads(text), extra="forbid")


def written(value: Any, broken: int = 0, indent: str = "") -> str:
    """A value as Python, so many levels of it with a line for each part."""
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (Mapping, tuple)):
        return repr(value)
    begin, parts, end = _parts(value)
    items = [name + written(item, max(0, broken - 1), indent + STEP) for name, item in parts]
    if broken:
        return "\n".join([begin, *(f"{indent}{STEP}{item}," for item in items), indent + end])
    return f"{begin}{', '.join(items)}{',' if begin == '(' and len(items) == 1 else ''}{end}"


def _parts(value: Any) -> tuple[str, list[tuple[str, Any]], str]:
    """What begins a value of several parts, the parts with what stands before each, and what ends it."""
    if isinstance(value, Mapping):
        return "FrozenDict({", [(f"{written(key)}: ", item) for key, item in value.items()], "})"
    if not hasattr(value, "_fields"):
        return "(", [("", item) for item in value], ")"
    unsaid = value._field_defaults
    said = [(name, item) for name, item in value._asdict().items() if name not in unsaid or item != unsaid[name]]
    return f"{type(value).__name__}(", [(f"{name}=", item) for name, item in said], ")"


def classes(value: Any) -> set[str]:
    """The names of the classes of the schema in a value."""
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else ()
    own = {type(value).__name__} if hasattr(value, "_fields") else set()
    return own.union(*map(classes, parts))


def module(book: Book) -> str:
    """The text of the module."""
    names = "\n".join(f"{STEP}{name}," for name in sorted(classes(book)))
    # A line for each table of the file: whoever reviews the advice reads the file.
    return MODULE.format(names=names, book=written(book, 2))


def main() -> None:
    """Read the advice, write the module and say so."""
    text = module(book_from((FOLDER / "advice.toml").read_text(encoding="utf-8")))
    (FOLDER / "advice_book.py").write_text(text, encoding="utf-8", newline="\n")
    print(f"src/toc/guidance/advice_book.py: {text.count(chr(10)):,} lines")


if __name__ == "__main__":
    main()

"""Write the hashes by which a test knows that no sentence of the frames repeats six words of a source.

    python scripts/make_source_shingles.py TEXT…

TEXT… are the sources as plain text. They are not part of this project, and no word of them can be read from the hashes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).resolve().parent.parent / "tests" / "partnership" / "source_shingles.bin"
IN_A_ROW: Final = 6
SIZE: Final = 4  # bytes of a hash: in 300,000 new shingles one would be taken for another
MARKS: Final = re.compile("<[^<>]*>|['’]")  # marks of HTML, and apostrophes, which people write in two ways


def words(text: str) -> list[str]:
    """The words of a text without what makes no difference: capitals, marks, the ends of lines."""
    return re.findall(r"[^\W_]+", MARKS.sub("", text).casefold())


def shingles(text: str) -> Iterator[bytes]:
    """The hash of every six words in a row."""
    found = words(text)
    for at in range(len(found) - IN_A_ROW + 1):
        yield blake2b(" ".join(found[at : at + IN_A_ROW]).encode(), digest_size=SIZE).digest()


def joined(texts: Iterable[str]) -> bytes:
    """The hashes of texts, each once, in order."""
    return b"".join(sorted({one for text in texts for one in shingles(text)}))


def main(files: list[str]) -> None:
    """Read the sources and write their hashes."""
    FILE.write_bytes(joined(Path(file).read_text(encoding="utf-8") for file in files))
    print(f"{FILE.name}: {FILE.stat().st_size // SIZE:,} hashes")


if __name__ == "__main__":
    main(sys.argv[1:])

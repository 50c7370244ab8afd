"""Write `src/toc/diagram/type/letter_widths.py`: how wide each letter of Liberation Sans is.

Run it after a new release of the font:

    python scripts/make_widths.py DIRECTORY

where DIRECTORY holds `LiberationSans-Regular.ttf` and `LiberationSans-Bold.ttf`, version 2 or later
(https://github.com/liberationfonts; on Debian and Ubuntu the package `fonts-liberation2` or `fonts-liberation`).
It needs fontTools.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

TARGET: Final = Path(__file__).parents[1] / "src" / "toc" / "diagram" / "type" / "letter_widths.py"
DIGITS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-"
LINE: Final = 100
PRIVATE_USE: Final = range(0xE000, 0xF900)

TABLE: Final = '''"""Advance widths of Liberation Sans {version}, regular and bold; written by `scripts/make_widths.py`, not by hand.

Liberation Sans (https://github.com/liberationfonts, SIL Open Font License 1.1) is as wide as Arial and Helvetica, letter by
letter, so that one table serves wherever a drawing is opened. Only the widths are here, no outlines.

`RANGES` lists the code points in hexadecimal, first and last of each run. `REGULAR` and `BOLD` hold one number of two
digits to base {base} for each code point, in the same order, counted in {units} to the em; the digits are `DIGITS`.
"""

from __future__ import annotations

from typing import Final

DIGITS: Final = "{digits}"
RANGES: Final = """\\
{ranges}
"""
REGULAR: Final = """\\
{regular}
"""
BOLD: Final = """\\
{bold}
"""
'''


def widths(font: TTFont) -> dict[int, int]:
    """The advance width of each code point the font has a glyph for, private use left out."""
    advances = font["hmtx"]
    return {code: advances[glyph][0] for code, glyph in sorted(font.getBestCmap().items()) if code not in PRIVATE_USE}


def runs(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each unbroken run."""
    first = last = None
    for code in codes:
        if first is None or last is None or code != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = code
        last = code
    if first is not None and last is not None:
        yield first, last


def encoded(numbers: Iterable[int]) -> str:
    """Each number as two digits."""
    return "".join(DIGITS[number // len(DIGITS)] + DIGITS[number % len(DIGITS)] for number in numbers)


def literal(text: str, words: Sequence[str] = ()) -> str:
    """A long string as lines of Python; `words` are kept whole, each followed by a space."""
    lines = [""]
    for part in words or [text[start : start + LINE] for start in range(0, len(text), LINE)]:
        if len(lines[-1]) + len(part) > LINE:
            lines.append("")
        lines[-1] += f"{part} " if words else part
    return "\n".join(f"{line}\\" for line in lines)


def table(regular: TTFont, bold: TTFont) -> str:
    """The text of the file."""
    plain, heavy = widths(regular), widths(bold)
    if plain.keys() != heavy.keys():
        raise SystemExit("the regular and the bold font do not hold the same characters")
    return TABLE.format(
        version=regular["name"].getDebugName(5).removeprefix("Version "),
        base=len(DIGITS),
        units=regular["head"].unitsPerEm,
        digits=DIGITS,
        ranges=literal("", [f"{first:x}-{last:x}" for first, last in runs(plain)]),
        regular=literal(encoded(plain.values())),
        bold=literal(encoded(heavy.values())),
    )


def main() -> None:
    """Read the two fonts and write the table."""
    parser = argparse.ArgumentParser(description="Write the table of letter widths.")
    parser.add_argument("directory", type=Path)
    directory: Path = parser.parse_args().directory
    regular = TTFont(directory / "LiberationSans-Regular.ttf")
    bold = TTFont(directory / "LiberationSans-Bold.ttf")
    if regular["head"].fontRevision < 2:
        raise SystemExit("version 2 of Liberation Sans or later is needed: version 1 has a quarter of the letters")
    TARGET.write_text(table(regular, bold), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Where a command's result goes: a file, written completely or not at all, or `-` for the next program."""

from __future__ import annotations

from toc.cli.terminal import say, write


def put(text: str, file: str) -> None:
    """Write text to a file and say so, or to stdout for `-`. Raises TheoryError when it cannot be written."""
    if file == "-":
        write(text.encode())
        return
    from toc.files.atomic import write_bytes

    write_bytes(file, text.encode())
    say(f"wrote {file}")

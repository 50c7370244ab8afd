"""Three files joined into one: for people, and as the command that git calls where two branches changed a theory."""

from __future__ import annotations

import json
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from toc.cli.failures import FINE, INVALID, tell_problems
from toc.cli.streams import bytes_from, harmless, note, say, width
from toc.errors import TheoryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toc.files.locator import Format

OF_NAMES: Final[dict[str, Format]] = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}


def joined_versions(files: Sequence[str], name: str | None, read_as: Format | None, *, dry_run: bool) -> int:
    """Write into ours what theirs changed since the base, unless they contradict each other. The exit code.

    Whatever keeps it from that is no fault of git's: it ends with 1, as a conflict does, and ours stays as it is.
    """
    shown = name or files[1]
    try:
        is_joined = _is_joined(files, shown, read_as, dry_run=dry_run)
    except TheoryError as error:
        tell_problems([error])
        is_joined = False
    if (not is_joined or dry_run) and Path(files[1]).exists():
        say(f"{shown} was left as it is")
    return FINE if is_joined else INVALID


def _is_joined(files: Sequence[str], shown: str, read_as: Format | None, *, dry_run: bool) -> bool:
    """Whether what theirs changed goes together with ours, into which it is then written. Raises TheoryError."""
    import toc

    base, ours, theirs = (bytes_from(file) for file in files)
    format = read_as or _format_of(shown, ours)
    before = toc.loads(base, format=format, source=files[0]) if base.strip() else None
    mine = toc.load(files[1], format=format)
    found = toc.merge(before, mine, toc.loads(theirs, format=format, source=files[2]))
    say(harmless(found.to_text(width())))
    if format == "yaml" and (lost := len(_comments(theirs) - _comments(base) - _comments(ours))):
        note(f"{shown}: comments are not joined: {lost} that only theirs has {'is' if lost == 1 else 'are'} left out")
    if found.conflicts:
        tell_problems([TheoryError((one.problem for one in found.conflicts if one.problem), source=shown)])
        return False
    if found.changes and not dry_run:
        found.theory.save(files[1], format=format)
    return True


def _format_of(name: str, data: bytes) -> Format:
    """What a name says, or else what stands in the file: git gives files without an ending."""
    named = OF_NAMES.get(PurePath(name).suffix.lower())
    if named is not None:
        return named
    try:
        return "json" if isinstance(json.loads(data), dict) else "yaml"
    except (ValueError, RecursionError):
        return "yaml"


def _comments(data: bytes) -> set[str]:
    """The comments in a text that has been read."""
    from toc.files.opening import decode
    from toc.files.patch.text_edits import comment_lines

    lines = decode(data).splitlines()
    return {lines[number - 1].partition("#")[2].strip() for number in comment_lines("\n".join(lines))}

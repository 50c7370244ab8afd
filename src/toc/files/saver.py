"""From a theory to text and to a file, changing no line that need not change."""

from __future__ import annotations

import os
from pathlib import PurePath

from toc.errors import TheoryError
from toc.files.atomic import write_bytes
from toc.files.json.json_writer import to_json
from toc.files.loader import checked, format_of, loads
from toc.files.opening import read_text
from toc.files.patch.patcher import patched
from toc.files.short_forms import shortened, written
from toc.files.source.locator import Format
from toc.files.yaml.yaml_writer import to_yaml
from toc.model import Theory
from toc.problems import Problem


def dumps(theory: Theory, *, format: Format = "yaml") -> str:
    """The theory as text: the same theory always gives the same text."""
    checked(format)
    if format == "json":
        return to_json(theory)
    return to_yaml(shortened(written(theory), ()))


def save(theory: Theory, path: str | os.PathLike[str], *, format: Format | None = None) -> None:
    """Write a theory to a file at one stroke; a file that says the same already is left alone."""
    format = _told_by(path) if format is None else checked(format)
    text = _over_existing(theory, path, format)
    if text is None:
        text = dumps(theory, format=format)
    write_bytes(path, text.encode())


def _told_by(path: str | os.PathLike[str]) -> Format:
    """The format that a name asks for. Raises TheoryError for a name that asks for another one."""
    ending = PurePath(path).suffix.lower()
    if ending not in {".yaml", ".yml", ".json", ""}:
        message = f"'{ending}' is not the ending of a theory: end the name in .yaml or .json, or say format='yaml'"
        raise TheoryError([Problem("TOC001", message)], source=os.fspath(path))
    return format_of(path)


def _over_existing(theory: Theory, path: str | os.PathLike[str], format: Format) -> str | None:
    """The text of the file that stands there, changed as little as possible; None where it must be written anew."""
    try:
        text = read_text(path)
        before = loads(text, format=format, into=type(theory))
    except TheoryError:
        return None
    if _is_same(before, theory):
        return text
    if format == "json":
        return None
    changed = patched(text, written(before), written(theory), shortened)
    return changed if changed is not None and _says(changed, theory) else None


def _says(text: str, theory: Theory) -> bool:
    """Whether a text means that theory: the proof of every patch."""
    try:
        return _is_same(loads(text, into=type(theory)), theory)
    except TheoryError:
        return False


def _is_same(one: Theory, other: Theory) -> bool:
    """Whether two theories say the same in the same order, so that they are written alike."""
    return one == other and to_json(one) == to_json(other)

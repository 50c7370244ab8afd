"""From a theory to text and to a file, changing no line that need not change and losing nothing that somebody wrote."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from toc.errors import OptionError, TheoryError, as_given
from toc.files.atomic import write_bytes
from toc.files.loader import checked, format_of, loads, origin_at
from toc.files.locator import Format
from toc.files.opening import BOM, decode, read_bytes
from toc.files.short_forms import shortened, written
from toc.model import Theory
from toc.model.origin import origin_of, with_origin
from toc.problems import Problem

StrPath = str | os.PathLike[str]
Read = Callable[[str], Theory]
FORCE = "save with force=True (`toc convert --force`)"


class There(NamedTuple):
    """What stands in the file already: its bytes, its text and the theory that it means."""

    data: bytes
    text: str
    theory: Theory


class Laid(NamedTuple):
    """The text of a theory laid over another text, the lines in which comments began that are lost by it, and its full form."""

    text: str
    lost: tuple[int, ...] = ()
    form: dict[str, Any] | None = None


def dumps(theory: Theory, *, format: Format = "yaml", over: str | None = None, force: bool = False) -> str:
    """The theory as text: the same theory always gives the same text.

    `over` is a text to change as little as may be. Raises TheoryError where that has mistakes, or comments that would be
    lost and must not be.
    """
    checked(format)
    if over is not None:
        if not isinstance(over, str):
            raise OptionError(f"`over` is the text of a theory, not {as_given(over)}")
        made = laid_over(theory, over, loads(over, format=format, into=type(theory)), format)
        if made.lost and not force:
            message = f"{_cannot_patch(made.lost)}: make the change by hand, or allow that with force=True"
            raise TheoryError([Problem("TOC006", message, line=made.lost[0], column=1)])
        return made.text
    if format == "json":
        return to_json(theory)
    from toc.files.yaml_writer import to_yaml

    return to_yaml(shortened(written(theory), ()))


def save(
    theory: Theory,
    path: StrPath,
    *,
    format: Format | None = None,
    force: bool = False,
    if_unchanged: str | None = None,
) -> None:
    """Write a theory to a file at one stroke; a file that says the same in the same order is left alone.

    Raises TheoryError (TOC006), and writes nothing, where something would be lost that somebody wrote.
    """
    format = _told_by(path) if format is None else checked(format)
    there = _there(path, format, type(theory), force=force)
    if if_unchanged is not None:
        _refuse_unless(if_unchanged, there, path)
    elif not force:
        _refuse_changed(theory, there, path)
    data = _bytes_for(theory, there, format, path, force=force)
    if there is None or data != there.data:
        write_over(path, data, there.data if there else None)
    origin, here = origin_of(theory), origin_at(path, data)
    if origin is None or origin.path == here.path:
        with_origin(theory, here)


def write_over(path: StrPath, data: bytes, before: bytes | None) -> None:
    """Replace a file at one stroke, unless other bytes stand in it by now than those before."""
    if before is not None and read_bytes(path) != before:
        message = "somebody changed the file meanwhile: nothing was written, try again"
        raise _refused(path, message)
    write_bytes(path, data)


def like(data: bytes, text: str) -> bytes:
    """The bytes of a text, with a byte order mark where other bytes have one."""
    return (BOM if data.startswith(BOM) else b"") + text.encode()


def _told_by(path: StrPath) -> Format:
    """The format that a name asks for. Raises TheoryError for a name that asks for another one."""
    ending = PurePath(path).suffix.lower()
    if ending not in {".yaml", ".yml", ".json", ""}:
        message = f"'{ending}' is not the ending of a theory: end the name in .yaml or .json, or say format='yaml'"
        raise TheoryError([Problem("TOC001", message)], source=os.fspath(path))
    return format_of(path)


def _there(path: StrPath, format: Format, into: type[Theory], *, force: bool) -> There | None:
    """What stands in the file; None where there is nothing to lose, or where it may be lost."""
    if not os.path.isfile(path):  # noqa: PTH113  # a `Path` raises where the folder may not be looked into
        return None
    source = os.fspath(path)
    try:
        data = read_bytes(path)
        if not data.removeprefix(BOM).strip():
            return None
        text = decode(data, source=source)
        return There(data, text, loads(text, format=format, source=source, into=into))
    except TheoryError as error:
        if force:
            return None
        raise _refused_mistakes(path, error) from None


def _refused_mistakes(path: StrPath, error: TheoryError) -> TheoryError:
    first, *others = error.problems
    if first.code == "TOC001":  # the system does not let us look
        return error
    alone = "it cannot be read" if error.unreadable else "it has a mistake"
    state = f"it has {1 + len(others)} mistakes, the first of them here" if others else alone
    message = (
        f"nothing was saved, because what stands in this file could get lost: {state} ({first.message}). "
        f"Put it right (`toc check` lists all that is wrong), choose another name, or {FORCE}"
    )
    return _refused(path, message, first.line, first.column)


def _refuse_unless(expected: object, there: There | None, path: StrPath) -> None:
    """Refuse a file whose theory does not have the digest that is expected of it."""
    if not isinstance(expected, str):
        raise OptionError(f"if_unchanged is what theory.digest() gives, not {as_given(expected)}")
    found = digest(there.theory) if there else None
    if found == expected:
        return
    state = f"the theory in this file has the digest {found}" if found else "no theory stands in this file"
    message = (
        f"nothing was saved: {state}, and not {expected}. Load the file, and make your changes to what it says now"
    )
    raise _refused(path, message)


def _refuse_changed(theory: Theory, there: There | None, path: StrPath) -> None:
    """Refuse a file that was changed since the theory was read from it, unless it says the same as the theory."""
    origin = origin_of(theory)
    if there is None or origin is None or _is_same(there.theory, theory):
        return
    now = origin_at(path, there.data)
    if now.path == origin.path and now != origin:
        message = (
            "nothing was saved: the file was changed since this theory was read from it, and that would be undone. "
            f"Load the file again and repeat your changes (or give the command again), choose another name, or {FORCE}"
        )
        raise _refused(path, message)


def _bytes_for(theory: Theory, there: There | None, format: Format, path: StrPath, *, force: bool) -> bytes:
    """What is to stand in the file: what stands there, changed as little as may be."""
    if there is None:
        return dumps(theory, format=format).encode()
    if _is_same(there.theory, theory):
        return there.data
    made = laid_over(theory, there.text, there.theory, format)
    if made.lost and not force:
        message = (
            f"nothing was saved: {_cannot_patch(made.lost)}. Make the change by hand, choose another name, or {FORCE}"
        )
        raise _refused(path, message, made.lost[0], 1)
    return like(there.data, made.text)


def laid_over(theory: Theory, text: str, there: Theory, format: Format, read: Read | None = None) -> Laid:
    """The theory over a text that means `there`, whose other lines stay; else, and in JSON always, the text anew.

    `read` reads the YAML text that is made, to prove that it means the theory.
    """
    if there is theory:
        return Laid(text)
    old, new = written(there), written(theory)
    if json.dumps(old) == json.dumps(new):
        return Laid(text)
    from toc.files.patch.patcher import patched
    from toc.files.patch.text_edits import comment_lines, line_end_of

    lost: list[int] = []
    if format == "yaml":
        changed = patched(text, old, new, shortened)
        if changed is not None and _says(changed, new, read or partial(loads, into=type(theory))):
            return Laid(changed, form=new)
        lost = comment_lines(text)
    return Laid(dumps(theory, format=format).replace("\n", line_end_of(text)), tuple(lost), new)


def _cannot_patch(lost: Sequence[int]) -> str:
    """That comments which begin in these lines would be lost."""
    comments = f"its {len(lost)} comments, of which this is the first," if lost[1:] else "this comment"
    return (
        f"this change cannot be made line by line in this file, and if it were written anew, {comments} would be lost"
    )


def _says(text: str, form: dict[str, Any], read: Read) -> bool:
    """Whether a text means the theory of that full form, in its order: the proof of every patch."""
    try:
        return json.dumps(written(read(text))) == json.dumps(form)
    except TheoryError:
        return False


def _is_same(one: Theory, other: Theory) -> bool:
    """Whether two theories say the same in the same order, so that they are written alike."""
    return one == other and _in_order(one) == _in_order(other)


def _in_order(theory: Theory) -> str:
    """What a theory says, order included, in a text that is quickly made."""
    return json.dumps(written(theory))


def _refused(path: StrPath, message: str, line: int | None = None, column: int | None = None) -> TheoryError:
    return TheoryError([Problem("TOC006", message, line=line, column=column)], source=os.fspath(path))


# Characters that no reader of files lets pass as they are; in JSON they can be written as escapes.
UNWELCOME: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def to_json(theory: Theory) -> str:
    """The theory as JSON text; two theories have the same text where they say the same in the same order."""
    text = json.dumps(written(theory), ensure_ascii=False, indent=2)
    return UNWELCOME.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def digest(theory: Theory) -> str:
    """The SHA-256 of the theory's JSON text in UTF-8, in 64 hexadecimal digits."""
    return hashlib.sha256(to_json(theory).encode()).hexdigest()

"""Text without quotes that a `#` cuts: `title: Reading #1 priority` says only "Reading"."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent, ScalarEvent

from toc.files.yaml_reader import events_of

MOST: Final = 20
"""So many are told; whoever has more has a habit, and has understood."""
LONGEST: Final = 60
# A note has a space behind its `#`, or is a line of them.
_MARK: Final = r"#(?!#*(?:\s|$))"
_ANY: Final = re.compile(rf"(?<=[ \t]){_MARK}")
_CUT: Final = re.compile(rf"[ \t]+({_MARK}[^\r\n]*)")


class CutText(NamedTuple):
    """Where a `#` cuts a text, from 1, what is read, and what is not."""

    line: int
    column: int
    kept: str
    cut: str

    @property
    def message(self) -> str:
        """What is lost, why, and what to write."""
        whole = f"{self.kept} {self.cut}".strip()
        quoted = "'" + whole.replace("'", "''") + "'" if '"' in whole or "\\" in whole else f'"{whole}"'
        kept = f"only “{_shown(self.kept)}” is read" if self.kept else "nothing is read"
        return (
            f"“{_shown(self.cut)}” is cut off, and {kept}: a # behind a space begins a note; "
            f"put the whole text in quotes, {_shown(quoted)}, or a space behind the # of a note"
        )


def cut_texts(text: str) -> list[CutText]:
    """The texts of a YAML file that a `#` cuts, as far as it can be read; a quoted text is never cut.

    >>> [found] = cut_texts("title: Reading #1 priority  # a note")
    >>> found.line, found.column, found.kept, found.cut
    (1, 16, 'Reading', '#1 priority')
    >>> cut_texts("title: Reading # a note"), cut_texts("title: 'Reading #1'")
    ([], [])
    """
    if "#" not in text or not _ANY.search(text):  # most files have none, and that is found out at once
        return []
    text = text.removeprefix("\ufeff")
    found: list[CutText] = []
    depth = 0
    try:
        for event in events_of(text):
            depth += isinstance(event, CollectionStartEvent) and bool(event.flow_style or depth)
            depth -= isinstance(event, CollectionEndEvent) and depth > 0
            if isinstance(event, ScalarEvent) and not event.style and len(found) < MOST:
                mark: Any = event.end_mark  # no parser's event lacks one
                cut = _CUT.match(text, mark.index)
                if cut:
                    column = mark.column + cut.start(1) - mark.index + 1
                    found.append(
                        CutText(mark.line + 1, column, event.value, _without_note(cut[1], in_brackets=depth > 0))
                    )
    except (yaml.YAMLError, UnicodeError):
        pass  # told elsewhere
    return found


def _without_note(cut: str, *, in_brackets: bool) -> str:
    """What is cut off, without the note behind it or what it swallows of the brackets around it."""
    cut = re.split(r"\s+#+(?:\s|$)", cut, maxsplit=1)[0]
    return (re.split(r"[,\]}]", cut, maxsplit=1)[0] if in_brackets else cut).rstrip()


def _shown(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"

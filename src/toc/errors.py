"""What the library says when something is wrong, and nothing else.

Every problem carries a stable code. A code is never reused and its meaning never changes; `CODES` is the whole list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Final

Step = str | int
Path = tuple[Step, ...]

CODES: Final = MappingProxyType(
    {
        # Nothing could be read: the command line exits with 2.
        "TOC001": "the file cannot be opened",
        "TOC002": "the file is not text that may stand in a theory",
        "TOC003": "the text is not YAML or JSON",
        "TOC004": "the file goes over a limit of size, depth or repetition",
        "TOC005": "the YAML uses something this format leaves out",
        # A value is wrong: the command line exits with 1, from here on.
        "TOC010": "unknown key",
        "TOC011": "missing key",
        "TOC012": "wrong kind of value",
        "TOC013": "word outside its closed list",
        "TOC014": "value out of range",
        "TOC015": "not a date",
        "TOC016": "not an id",
        "TOC017": "empty text",
        "TOC018": "repeated name in a list",
        "TOC019": "repeated key",
        "TOC020": "newer version of the format",
        # The values do not fit together.
        "TOC030": "unknown id",
        "TOC031": "id used twice",
        "TOC032": "link between kinds that do not link",
        "TOC033": "cycle",
        "TOC034": "both `goal` and `goals`",
        "TOC035": "no goal",
        "TOC036": "edit that cannot be made",
    }
)
UNREADABLE: Final = frozenset({"TOC001", "TOC002", "TOC003", "TOC004", "TOC005"})


class TocError(Exception):
    """Base class of every error this library raises on purpose."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it stands and what to do about it.

    `path` is the author's own path through the file, `line` and `column` count from 1 and are None
    when there is no text to point into.

    >>> Problem("TOC030", "unknown node 'literacey'", ("outcomes", "readers", "leads_to"), line=31, column=15)
    Problem(code='TOC030', message="unknown node 'literacey'", path=('outcomes', 'readers', 'leads_to'), line=31, column=15, suggestion=None)
    """

    code: str
    message: str
    path: Path = ()
    line: int | None = None
    column: int | None = None
    suggestion: str | None = None

    def __post_init__(self) -> None:
        # Half a character (a lone surrogate) cannot be printed, so it is shown as its number.
        object.__setattr__(self, "message", printable(self.message))
        object.__setattr__(self, "path", tuple(printable(s) if isinstance(s, str) else s for s in self.path))

    def at(self, line: int | None, column: int | None) -> Problem:
        """The same problem with a place in the text."""
        return replace(self, line=line, column=column)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values.

        >>> Problem("TOC017", "the title is empty", ("title",)).to_dict()["path"]
        ['title']
        """
        return {
            "code": self.code,
            "message": self.message,
            "path": list(self.path),
            "line": self.line,
            "column": self.column,
            "suggestion": self.suggestion,
        }

    def text(self, source: str | None = None) -> str:
        """One line: `FILE:LINE:COLUMN: message`, or the path where there is no line.

        >>> Problem("TOC017", "the title is empty", ("title",), 2, 8).text("my.yaml")
        'my.yaml:2:8: the title is empty [TOC017]'
        >>> Problem("TOC017", "the title is empty", ("title",)).text()
        'title: the title is empty [TOC017]'
        """
        if self.line is not None:
            place = f"{source or '<text>'}:{self.line}:{self.column or 1}: "
        else:
            parts = [source] if source else []
            if self.path:
                parts.append(dotted(self.path))
            place = "".join(f"{part}: " for part in parts)
        return f"{place}{self.message} [{self.code}]"


class TheoryError(TocError, ValueError):
    r"""A theory that cannot be: `problems` lists everything that is wrong, in the order of the text.

    >>> import toc
    >>> try:
    ...     toc.loads("toc: 1\ntitle: Reading\ngaol: Every child reads", format="yaml")
    ... except toc.TheoryError as error:
    ...     [(problem.code, problem.line) for problem in error.problems]
    [('TOC035', 1), ('TOC010', 3)]
    """

    def __init__(self, problems: Iterable[Problem], *, source: str | None = None) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.source = source
        super().__init__(self.problems, source)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (type(self), self.problems, self.source)

    def __str__(self) -> str:
        return "\n".join(problem.text(self.source) for problem in self.problems)

    def _render_traceback_(self) -> list[str]:
        """The lines a notebook shows: the problems, without the wall of calls that led to them."""
        count = len(self.problems)
        return [f"TheoryError: {count} problem{'' if count == 1 else 's'}", *str(self).splitlines()]

    @property
    def unreadable(self) -> bool:
        """Whether the text could not even be read, as against a text that says something wrong."""
        return any(problem.code in UNREADABLE for problem in self.problems)


class DrawingError(TocError, RuntimeError):
    """A drawing that could not be made; the message says what to install or to change."""


class MissingExtraError(TocError, ImportError):
    """An optional part is not installed; the message holds the command that installs it."""


def printable(text: str) -> str:
    r"""The text with what is no character shown as its number.

    >>> printable("a\ud800")
    'a\\ud800'
    """
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def missing_extra(extra: str, purpose: str) -> MissingExtraError:
    """The error for a feature whose libraries are not installed.

    >>> print(missing_extra("pdf", "drawing a PDF"))
    drawing a PDF needs more libraries: pip install 'theory-of-change[pdf]'
    """
    return MissingExtraError(f"{purpose} needs more libraries: pip install 'theory-of-change[{extra}]'")


def dotted(path: Sequence[Step]) -> str:
    """A path as people write it.

    >>> dotted(("activities", "scitt", "tags", 0))
    'activities.scitt.tags[0]'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice most like `word`, or None when nothing is close.

    >>> nearest("literacey", ["literacy", "stem"])
    'literacy'
    """
    if len(word) > 200:
        return None
    matches = get_close_matches(
        word, [choice for choice in choices if abs(len(choice) - len(word)) <= 8], n=1, cutoff=0.6
    )
    return matches[0] if matches else None


def hint(suggestion: str | None) -> str:
    """The end of a message that offers the nearest valid choice.

    >>> hint("literacy"), hint(None)
    (": did you mean 'literacy'?", '')
    """
    return f": did you mean '{suggestion}'?" if suggestion else ""


def _rebuilt(cls: type[TheoryError], problems: tuple[Problem, ...], source: str | None) -> TheoryError:
    return cls(problems, source=source)

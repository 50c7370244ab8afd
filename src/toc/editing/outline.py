"""From an outline to a theory: what stands under a line leads to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from toc.editing.pasted_lines import DEEPEST, Line, pasted_lines
from toc.errors import TheoryError
from toc.files.loader import loads
from toc.files.opening import check_text, decode
from toc.files.yaml_writer import to_yaml
from toc.language.numbers import counted
from toc.language.text import listed, quoted
from toc.model import Theory
from toc.model.slugs import slug
from toc.model.structure import MAY_LEAD_TO
from toc.model.types import PLURALS, Kind
from toc.problems import Problem

T = TypeVar("T", bound=Theory)

MOST_LINES: Final = 10_000
UNTITLED: Final = "Our theory of change"
LONGEST_SHOWN: Final = 60  # characters of a title in a remark
_HEADER: Final = """\
# Made from {origin}: {found}.
#
# What to do next:
#  - Read it through, and move what stands in the wrong part.{untitled}
#  - Say under `leads_to` why one leads to the other.
#  - Find mistakes with toc check, and see the picture with toc draw.
"""
# What may stand before a colon to say what a line is, besides the words of the file.
_KINDS: Final = {
    "goal": ("impact", "aim", "vision", "mission", "long-term goal"),
    "pillar": ("outcome pillar", "strand", "workstream", "work stream", "theme", "priority"),
    "outcome": ("short-term outcome", "medium-term outcome", "long-term outcome", "change", "result"),
    "output": ("product", "deliverable"),
    "activity": ("activity stream", "project", "action", "programme", "program"),
    "kpi": ("indicator", "measure", "metric"),
    "because": ("why", "reason", "rationale"),
    "assumption": ("assumes", "assuming"),
    "for": ("for whom", "target group", "target groups"),
    "title": ("theory of change",),
}
# What may stand before a colon to say what a line is: the words of the file, and others that people use for them.
WORDS: Final = MappingProxyType({word: kind for kind, others in _KINDS.items() for word in (kind, *others)})
_WORD: Final = re.compile(
    rf"({'|'.join(map(re.escape, sorted(WORDS, key=len, reverse=True)))})\s*\d{{0,3}}\s*[:\uff1a]\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FromOutline(Generic[T]):
    """A theory read from an outline, the text of its file, and what was guessed or assumed on the way.

    `text` is YAML with notes for its author; `remarks` name the lines of the outline they are about.
    """

    theory: T
    text: str
    remarks: tuple[str, ...]


@dataclass(slots=True)
class _Upward:
    """What an entry leads to, or measures, and the argument of that link."""

    end: _Entry
    because: str = ""
    assumptions: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Entry:
    """A line with what is made of it."""

    line: Line
    kind: str
    is_said: bool
    title: str
    id: str = ""
    links: list[_Upward] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    children: list[_Entry] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{quoted(self.title, LONGEST_SHOWN)} (line {self.line.number})"


def from_outline(
    text: str | bytes, *, title: str | None = None, source: str | None = None, into: type[T]
) -> FromOutline[T]:
    """The theory that an outline stands for; `toc.from_outline` tells how it is read. Raises TheoryError."""
    said = check_text(text, source=source) if isinstance(text, str) else decode(text, source=source)
    reading = _Reading(_lines(said, source))
    document = reading.document(title)
    if reading.problems:
        raise TheoryError(reading.problems, source=source)
    yaml = _file(document, reading, source)
    return FromOutline(loads(yaml, source=source, into=into), yaml, tuple(reading.remarks))


def _lines(text: str, source: str | None) -> list[Line]:
    lines = pasted_lines(text)
    if not lines:
        raise TheoryError([Problem("TOC035", "the outline is empty: write the goal in its first line")], source=source)
    if len(lines) > MOST_LINES or max(line.depth for line in lines) > DEEPEST:
        message = f"an outline has at most {MOST_LINES:,} lines and {DEEPEST} levels: leave out what matters least"
        raise TheoryError([Problem("TOC004", message)], source=source)
    return lines


class _Reading:
    """The entries of an outline as they are found, with what is wrong and what was guessed."""

    def __init__(self, lines: list[Line]) -> None:
        self.problems: list[Problem] = []
        self.remarks: list[str] = []
        self.title = ""
        self.entries: list[_Entry] = []
        self._boxes: dict[tuple[str, str], _Entry] = {}
        self._read(self._without_title(lines))
        self._name_kinds()
        self._check_links()

    def _without_title(self, lines: list[Line]) -> list[Line]:
        """The lines but for a title: one that says so, or a first line with nothing under it before one with something."""
        first, *rest = lines
        found = _WORD.match(first.text)
        if found and WORDS[found[1].lower()] == "title":
            self.title = first.text[found.end() :].strip()
            return self._after_title(rest, found[1])
        left = [line for line in lines if line.depth == 0]
        stands_alone = not found and len(left) > 1 and left[1] is rest[0]
        if stands_alone and (len(left) == 2 < len(lines) or _is_goal(left[1].text)):
            self.title = first.text
            self.remarks.append(
                f"line {first.number}: taken for the title of the theory, because nothing stands under it"
            )
            return rest
        return lines

    def _after_title(self, rest: list[Line], word: str) -> list[Line]:
        """The lines under a title, moved to the left edge where all of them stand under it."""
        if not rest or not self.title:
            self.problems.append(
                Problem("TOC017", f"nothing stands after `{word}:`, or under it: write the goal below", line=1)
            )
            return rest
        least = min(line.depth for line in rest)
        return [line._replace(depth=line.depth - least) for line in rest]

    def _read(self, lines: list[Line]) -> None:
        above: list[_Entry] = []
        for line in lines:
            del above[line.depth :]
            parent = above[-1] if above else None
            if line.stray:
                where = f"under {parent}" if parent else "at the left edge"
                self.remarks.append(
                    f"line {line.number}: its indentation is that of no line above; it is taken to stand {where}"
                )
            entry = self._entry(line, parent)
            above.append(entry)

    def _entry(self, line: Line, parent: _Entry | None) -> _Entry:
        found = _WORD.match(line.text)
        kind = WORDS[found[1].lower()] if found else ""
        words = line.text[found.end() :].strip() if found else line.text
        if kind in {"because", "assumption"} and words and parent is not None and parent.links and parent.kind != "kpi":
            return self._argument(line, kind, words, parent)
        if kind == "for" and words and parent is not None and parent.kind not in {"kpi", "note"}:
            parent.groups.append(words)
            return _Entry(line, "note", is_said=True, title=words, links=[_Upward(parent)])
        if kind in {"because", "assumption"} and words:
            self.remarks.append(
                f"line {line.number}: taken for a box, because it stands under nothing that leads on; put a reason or an "
                "assumption under the line whose link it is about"
            )
        if kind not in PLURALS or not words:
            kind, words = "", line.text
        entry = _Entry(line, kind, bool(kind), words)
        if parent is not None and parent.kind in {"kpi", "note"}:
            parent = self._beside(entry, parent)
        if parent is not None:
            entry.links.append(_Upward(parent))
            parent.children.append(entry)
        self.entries.append(entry)
        return entry

    def _argument(self, line: Line, kind: str, words: str, parent: _Entry) -> _Entry:
        """A reason or an assumption, kept with the line whose link it is about."""
        link = parent.links[0]
        if kind == "assumption":
            link.assumptions.append(words)
        else:
            link.because = f"{link.because}; {words}" if link.because else words
        return _Entry(line, "note", is_said=True, title=words, links=[_Upward(parent)])

    def _beside(self, entry: _Entry, parent: _Entry) -> _Entry | None:
        """What a line leads to that stands under a KPI or a reason, to which nothing can lead."""
        above = parent.links[0].end if parent.links else None
        where = f"under {above}" if above else "at the left edge"
        self.remarks.append(
            f"line {entry.line.number}: nothing can lead to {parent}, so {entry} is taken to stand {where}"
        )
        return above

    def _name_kinds(self) -> None:
        """What each line is, where it does not say; then lines of the same title become one box."""
        for entry in self.entries:
            if not entry.is_said:
                entry.kind = self._guess(entry)
        self._join()
        self._tell_guesses()

    def _guess(self, entry: _Entry) -> Kind:
        if not entry.links:
            return "goal"
        parent = entry.links[0].end.kind
        has_causes = any(child.kind != "kpi" for child in entry.children)
        if parent == "goal" and entry.line.depth == 1:
            return "pillar"
        if not has_causes or parent == "activity":
            return "activity"
        return "output" if parent == "output" else "outcome"

    def _tell_guesses(self) -> None:
        guessed = [entry for entry in self.entries if not entry.is_said]
        counts = Counter(entry.kind for entry in guessed)
        words = _counts(counts)
        if words:
            self.remarks.append(
                f"by how deep they stand, {listed(words)} were recognised; a word and a colon before a line says otherwise"
            )
        goals = [entry for entry in guessed if entry.kind == "goal"]
        if len(goals) > 1:
            lines = listed([str(entry.line.number) for entry in goals], most=8)
            self.remarks.append(
                f"lines {lines} stand at the left edge, so each is a goal: indent what leads to one under it"
            )
        empty = [entry for entry in guessed if entry.kind == "pillar" and not entry.children]
        if empty:
            said = listed([str(entry) for entry in empty], most=4)
            self.remarks.append(
                f"nothing stands under {said}: taken for a pillar; write `Activity:` before what you do"
            )

    def _join(self) -> None:
        kept: list[_Entry] = []
        for entry in self.entries:
            key = (entry.kind, " ".join(entry.title.casefold().split()))
            first = self._boxes.setdefault(key, entry)
            if first is entry:
                kept.append(entry)
            elif _is_above(first, entry):
                self._boxes[key] = entry
                kept.append(entry)
                self.remarks.append(
                    f"line {entry.line.number}: a box of its own, because it cannot lead to {first}, its own title"
                )
            else:
                self._merge(first, entry)
        self.entries = kept

    def _merge(self, first: _Entry, again: _Entry) -> None:
        """The same title a second time: one box, which leads to what both stand under."""
        ends = [link.end for link in first.links]
        new = [link for link in again.links if link.end not in ends]
        first.links += new
        first.groups += [group for group in again.groups if group not in first.groups]
        for child in again.children:
            for link in child.links:
                link.end = first if link.end is again else link.end
        first.children += again.children
        what = "measures" if first.kind == "kpi" else "leads to"
        said = f", which {what} {listed([str(link.end) for link in new])} too" if new else ""
        self.remarks.append(f"line {again.line.number}: the same as {first}, so it is one box{said}")

    def _check_links(self) -> None:
        for entry in self.entries:
            for parent in (link.end for link in entry.links):
                if entry.kind != "kpi" and parent.kind not in MAY_LEAD_TO.get(entry.kind, ()):  # type: ignore[call-overload]
                    message = (
                        f"{quoted(entry.title, LONGEST_SHOWN)} is taken for {_a(entry.kind)}, which cannot lead to {_a(parent.kind)}, "
                        f"and stands under {parent}: move it, or write another word before its colon"
                    )
                    self.problems.append(Problem("TOC032", message, line=entry.line.number, column=1))
            if entry.kind not in {"kpi", "goal"} and not entry.links:
                self.remarks.append(
                    f"line {entry.line.number}: {entry} stands under nothing, so it leads to nothing yet"
                )
            if entry.kind == "kpi" and not entry.links:
                message = "a KPI measures the line it stands under: indent it under what it measures"
                self.problems.append(Problem("TOC011", message, line=entry.line.number, column=1))
        if not any(entry.kind == "goal" for entry in self.entries):
            message = "no line is a goal: write what you want in the end in the first line, at the left edge"
            self.problems.append(
                Problem("TOC035", message, line=self.entries[0].line.number if self.entries else 1, column=1)
            )

    def document(self, title: str | None) -> dict[str, Any]:
        """The theory in the short form in which people write."""
        goals = [entry for entry in self.entries if entry.kind == "goal"]
        self._give_ids("goal" if len(goals) == 1 else "")
        groups = _target_groups(self.entries)
        parts: dict[str, Any] = {plural: {} for plural in PLURALS.values()}
        for entry in self.entries:
            parts[PLURALS[entry.kind]][entry.id] = _form(entry, len(goals), groups)  # type: ignore[index]
        head: dict[str, Any] = {"toc": 1, "title": title or self.title or UNTITLED}
        if groups:
            head["context"] = {"target_groups": {id: name for name, id in groups.items()}}
        if len(goals) == 1:
            head["goal"] = parts.pop("goals")["goal"]
        filled = {name: part for name, part in parts.items() if part}
        return {**head, **filled, "settings": {"checks": {"profile": "sketch"}}}

    def _give_ids(self, goal: str) -> None:
        """An id for each box; `goal` is that of the only goal, where there is one."""
        taken = {goal}
        for number, entry in enumerate(self.entries, 1):
            is_goal = bool(goal) and entry.kind == "goal"
            entry.id = goal if is_goal else slug(entry.title, taken, kind=entry.kind, number=number)
            taken.add(entry.id)


def _is_goal(text: str) -> bool:
    """Whether a line says by a word before a colon that it is a goal."""
    found = _WORD.match(text)
    return bool(found and WORDS[found[1].lower()] == "goal")


def _is_above(first: _Entry, entry: _Entry) -> bool:
    """Whether a line stands somewhere under another one."""
    waiting, seen = [entry], set()
    while waiting:
        one = waiting.pop()
        if one is first and one is not entry:
            return True
        if id(one) not in seen:
            seen.add(id(one))
            waiting += [link.end for link in one.links]
    return False


def _target_groups(entries: list[_Entry]) -> dict[str, str]:
    """The target groups that are named, and the id of each."""
    ids: dict[str, str] = {}
    for name in dict.fromkeys(group for entry in entries for group in entry.groups):
        ids[name] = slug(name, set(ids.values()), kind="group", number=len(ids) + 1)
    return ids


def _form(entry: _Entry, goals: int, groups: Mapping[str, str]) -> Any:
    """What stands under the id of an entry."""
    named = [groups[name] for name in entry.groups]
    whom = {"target_group": named[0] if len(named) == 1 else named} if named else {}
    if entry.kind == "goal":
        return {"title": entry.title, **whom} if whom else entry.title
    ids = [link.end.id for link in entry.links]
    if entry.kind == "kpi":
        return {"title": entry.title, **whom, "measures": ids[0] if len(ids) == 1 else ids}
    is_bare = not any(link.because or link.assumptions for link in entry.links)
    if entry.kind == "pillar" and goals == 1 and is_bare and not whom:
        return entry.title  # it leads to the goal without saying so
    links: Any = (
        (ids[0] if len(ids) == 1 else ids) if is_bare else {link.end.id: _argument(link) for link in entry.links}
    )
    return {"title": entry.title, **whom, **({"leads_to": links} if ids else {})}


def _argument(link: _Upward) -> Any:
    """A link as short as it can be written: nothing, its reason alone, or all that is said."""
    if not link.assumptions:
        return link.because or None
    return {**({"because": link.because} if link.because else {}), "assumptions": link.assumptions}


def _counts(counts: Counter[str]) -> list[str]:
    """How many there are of each kind, in words."""
    nouns = {kind: (kind, plural) for kind, plural in PLURALS.items()} | {"kpi": ("KPI", "KPIs")}
    return [counted(counts[kind], *nouns[kind]) for kind in PLURALS if counts[kind]]


def _file(document: dict[str, Any], reading: _Reading, source: str | None) -> str:
    counts = Counter(entry.kind for entry in reading.entries)
    found = listed(_counts(counts))
    name = "".join(char if char.isprintable() else " " for char in source or "an outline")
    text = to_yaml(document)
    spaced = re.sub(r"(?m)^(?=(?:context|goal|goals|pillars|outcomes|outputs|activities|kpis|settings):)", "\n", text)
    untitled = "\n#  - Give it a title of your own." if document["title"] == UNTITLED else ""
    return _HEADER.format(origin=" ".join(name.split()), found=found, untitled=untitled) + "\n" + spaced


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {'KPI' if kind == 'kpi' else kind}"

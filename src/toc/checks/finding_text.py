"""Findings for a terminal: what to do first, or all by pillar, with the line of the file that each is about."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType
from typing import Final, Literal

from toc.checks.finding import Finding, Severity
from toc.checks.page import MARKS, Group, counted_kind
from toc.checks.priorities import MOST, Kind
from toc.language.text import one_line
from toc.pages.plain_text import WIDTH, columns, wrapped

SHOWN: Final = MappingProxyType({Severity.ERROR: sys.maxsize, Severity.WARNING: 3, Severity.ADVICE: 1})
"""How many findings of one kind are told in full before the others are counted."""
FIRST: Final = "What to do first"
THEN: Final = "Then"
LINES_NAMED: Final = 8

Ink = Literal["error", "warning", "advice", "strong", "faint", "plain"]
Paint = Callable[[str, Ink], str]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The line of a file that a finding is about: what messages call the place, its number and its text."""

    place: str
    line: int
    text: str


@dataclass(frozen=True)
class Layout:
    """How findings are laid out: where they stand, how wide and in which colours."""

    excerpts: Mapping[Finding, Excerpt] = field(default_factory=dict)
    width: int = WIDTH
    paint: Paint = lambda text, _: text

    def wrap(self, text: str, ink: Ink, indent: int, rest: int | None = None) -> Iterator[str]:
        """A text in lines of at most `width` columns, all but the first `rest` spaces in."""
        deeper = indent if rest is None else rest
        first, *others = wrapped(text, max(12, self.width - deeper))
        yield " " * indent + self.paint(first, ink)
        yield from (" " * deeper + self.paint(line, ink) for line in others)


PLAIN: Final = Layout()


def as_report(groups: Iterable[Group], layout: Layout = PLAIN) -> str:
    """All findings, the groups one after the other, each rule once in each.

    >>> from toc.checks import Severity
    >>> shaky = Finding("TOC999", "shaky", Severity.ADVICE, (), (), (), "It is shaky.", "Steady it.")
    >>> print(as_report([Group("The whole theory", (shaky,))]))
    The whole theory
    ----------------
    ● advice: shaky (TOC999)
      It is shaky.
      To fix it: Steady it.
    """
    return "\n\n".join("\n".join(_group(group, layout)) for group in groups)


def as_priorities(kinds: Sequence[Kind], layout: Layout = PLAIN) -> str:
    """The first few kinds in full, each with its first findings, then a line for each of the others."""
    first, others = kinds[:MOST], kinds[MOST:]
    lines = [*_heading(FIRST if others else FIRST.removesuffix(" first"), layout)]
    for place, kind in enumerate(first):
        lines += ["", *_of_one_rule(kind.findings, layout, SHOWN[kind.severity])][not place :]
    if others:
        lines += ["", *_heading(THEN, layout)]
        lines += [
            line
            for kind in others
            for line in layout.wrap(f"{MARKS[kind.severity]} {counted_kind(kind)}", "plain", 0, 2)
        ]
    return "\n".join(lines)


def left_out(kinds: Sequence[Kind]) -> int:
    """How many findings `as_priorities` does not tell in full."""
    told = sum(min(len(kind.findings), SHOWN[kind.severity]) for kind in kinds[:MOST])
    return sum(len(kind.findings) for kind in kinds) - told


def _heading(text: str, layout: Layout) -> Iterator[str]:
    heading = wrapped(text, layout.width)
    yield from (layout.paint(line, "strong") for line in heading)
    yield layout.paint("-" * max(map(columns, heading)), "strong")


def _group(group: Group, layout: Layout) -> Iterator[str]:
    yield from _heading(group.heading, layout)
    for place, (_, members) in enumerate(groupby(group.findings, key=lambda finding: finding.code)):
        if place:
            yield ""
        yield from _of_one_rule(list(members), layout)


def _of_one_rule(found: Sequence[Finding], layout: Layout, most: int | None = None) -> Iterator[str]:
    first = found[0]
    title = layout.paint(f"{MARKS[first.severity]} {first.severity}:", first.severity.value)
    yield f"{title} {layout.paint(f'{first.name} ({first.code})', 'plain')}"
    shown = found[:most]
    for finding, following in zip(shown, [*shown[1:], None], strict=True):
        yield from layout.wrap(finding.message, "plain", 2)
        if finding in layout.excerpts:
            yield from _excerpt(layout.excerpts[finding], layout)
        if following is None or following.fix != finding.fix:
            yield from layout.wrap(f"To fix it: {finding.fix}", "plain", 2)
    if len(found) > len(shown):
        yield from layout.wrap(_more(len(shown), found[len(shown) :], layout), "faint", 2)


def _excerpt(excerpt: Excerpt, layout: Layout) -> Iterator[str]:
    """The place, which editors and terminals follow, and the line with as much of it as fits."""
    room = max(20, layout.width - columns(excerpt.place) - 7)
    text = one_line(excerpt.text)
    while columns(text) > room:
        text = f"{text[: len(text) - 1 - max(1, (columns(text) - room) // 2)].rstrip()}…"
    yield f"    {layout.paint(f'{excerpt.place} |', 'faint')} {layout.paint(text, 'faint')}".rstrip()


def _more(shown: int, left: Sequence[Finding], layout: Layout) -> str:
    lines = sorted({layout.excerpts[finding].line for finding in left if finding in layout.excerpts})
    named = ", ".join(map(str, lines[:LINES_NAMED])) + (", …" if len(lines) > LINES_NAMED else "")
    where = f", on line{'' if len(lines) == 1 else 's'} {named}" if lines else ""
    return f"… and {len(left)} more like {'this' if shown == 1 else 'these'}{where}"

"""The page of a rule, on the web and in a terminal: the same words, from the rule itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, get_args

from toc.checks import RULES, Rule, all_rules
from toc.checks.silences import UNUSED_SILENCE
from toc.model.types import Profile
from toc.pages.blocks import Block, Cell, Heading, Page, Paragraph, Table
from toc.pages.plain_text import WIDTH, as_text, wrapped

PROFILES: Final[tuple[Profile, ...]] = get_args(Profile)
LEFT_OUT: Final = "not looked for"


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of a file."""

    text: str


Part = Block | Example


def rule_markdown(rule: Rule) -> str:
    """The page of a rule as Markdown."""
    return _markdown(rule_parts(rule))


def rule_text(rule: Rule, width: int = WIDTH) -> str:
    """The page of a rule for a terminal."""
    return _text(rule_parts(rule), width)


def index_markdown() -> str:
    """The list of all rules as Markdown, each with a link to its page."""
    return _markdown(_index(RULES))


def index_text(width: int = WIDTH) -> str:
    """The list of all rules for a terminal: code, name, how grave in each profile, and what is wrong."""
    heading, opening, *_ = _index(())
    shown = [_text((heading, opening), width)]
    for group, rules in _by_group(all_rules()).items():
        shown.append(_text((Heading(group.capitalize()),), width))
        shown += ["\n".join(_entry(rule, width)) for rule in rules]
    return "\n\n".join(shown)


def _entry(rule: Rule, width: int) -> Iterator[str]:
    grades = ", ".join(f"{profile}: {_grade(rule, profile)}" for profile in PROFILES)
    yield f"{rule.code} {rule.name}"
    for text in (rule.page.summary, grades):
        yield from (f"  {line}" for line in wrapped(text, width - 2))


def rule_parts(rule: Rule) -> Iterator[Part]:
    """Everything that a rule says of itself, from top to bottom."""
    page = rule.page
    yield Heading(f"{rule.code} {rule.name}", 1)
    yield from _paragraphs(page.summary)
    yield Table(
        ("group", *(f"profile {profile}" for profile in PROFILES)),
        ((rule.group, *(_grade(rule, profile) for profile in PROFILES)),),
    )
    yield from _section("What it looks for", page.what)
    yield from _section("Why it matters", page.why)
    yield from _section("How to fix it", page.fix)
    yield Heading("An example that has it")
    yield Example(page.fails)
    yield Heading("An example that does not")
    yield Example(page.passes)
    yield from _section("Source", page.source)
    if rule is UNUSED_SILENCE:
        return
    if rule not in RULES:
        yield Heading("Leaving it out")
        yield Paragraph(
            "A plug-in adds this rule, and what a file silences are the library's own: "
            f"`toc check --ignore {rule.code}` leaves it out."
        )
        return
    yield Heading("Silencing it")
    yield Paragraph("Where the finding is known and answered for, say so in the file, with the reason:")
    yield Example(
        f"settings:\n  checks:\n    silence:\n      - {{code: {rule.code}, node: the-id, reason: why it may stand}}"
    )
    yield Paragraph("Without `node` the silence holds for the whole theory.")


def _by_group(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.group, []).append(rule)
    return groups


def _index(rules: Iterable[Rule]) -> Iterator[Part]:
    yield Heading("Rules", 1)
    yield Paragraph(
        "What `toc check` looks for in a theory that is well-formed, and how grave it is in each profile. "
        "`toc rule TOC101`, or the name of a rule, prints its page."
    )
    for group, found in _by_group(rules).items():
        yield Heading(group.capitalize())
        yield Table(
            ("code", "name", *PROFILES, "what is wrong"),
            tuple(
                (
                    f"[{rule.code}]({rule.code}.md)",
                    rule.name,
                    *(_grade(rule, profile, "–") for profile in PROFILES),
                    rule.page.summary,
                )
                for rule in found
            ),
        )


def _grade(rule: Rule, profile: Profile, nothing: str = LEFT_OUT) -> str:
    return rule.grades.of(profile) or nothing


def _section(heading: str, text: str) -> Iterator[Part]:
    yield Heading(heading)
    yield from _paragraphs(text)


def _paragraphs(text: str) -> Iterator[Paragraph]:
    return (Paragraph(part) for part in text.split("\n\n"))


def _markdown(parts: Iterable[Part]) -> str:
    # The words are the library's own, so their marks are meant: `id` is code and not text in backticks.
    return "\n\n".join("\n".join(_markdown_lines(part)) for part in parts) + "\n"


def _markdown_lines(part: Part) -> Iterator[str]:
    match part:
        case Heading(text, level):
            yield f"{'#' * level} {text}"
        case Paragraph(text):
            yield text
        case Example(text):
            yield from ("```yaml", text, "```")
        case Table(columns, rows):
            yield f"| {' | '.join(columns)} |"
            yield "|" + "---|" * len(columns)
            yield from (f"| {' | '.join(map(_cell, row))} |" for row in rows)
        case _:
            raise TypeError(f"a rule's page holds no {type(part).__name__}")


def _cell(cell: Cell) -> str:
    return str(cell).replace("|", "\\|")


def _text(parts: Iterable[Part], width: int) -> str:
    return "\n\n".join(_as_it_stands(part) if isinstance(part, Example) else _laid_out(part, width) for part in parts)


def _laid_out(block: Block, width: int) -> str:
    return as_text(Page("", (block,)), width)


def _as_it_stands(example: Example) -> str:
    return "\n".join(f"    {line}".rstrip() for line in example.text.splitlines())

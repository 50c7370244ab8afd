"""A plug-in to copy: a format and a rule of one's own. `pip install .` in this folder, and `toc draw my.yaml my.txt` works."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from toc.checks import CheckContext, Fault, Grades, RulePage, Severity, rule
from toc.diagram import Diagram
from toc.diagram.looks.themes import Theme
from toc.render import Format


def to_txt(diagram: Diagram, theme: Theme, *, description: str) -> str:  # noqa: ARG001  # text has no colours
    """The drawing in words, under its title, no line wider than 80 columns."""
    lines = "\n".join(fill(line, 80) for line in description.splitlines())
    return f"{diagram.title.upper()}\n\n{lines}\n"


TXT = Format("txt", ("txt",), "text/plain", to_txt, "letters that hold no picture", takes=("description",))


@rule(
    "HSE101",
    "title-in-capitals",
    "hygiene",
    Grades(None, Severity.ADVICE, Severity.WARNING),
    RulePage(
        summary="A title in capitals.",
        what="A node whose title has no small letter.",
        why="Capitals are slow to read, and screen readers may spell them out.",
        fix="Write the title in small letters, as in a sentence.",
        source="Our house style.",
        fails="activities: {clubs: {title: READING CLUBS, leads_to: goal}}",
        passes="activities: {clubs: {title: Reading clubs, leads_to: goal}}",
    ),
)
def title_in_capitals(context: CheckContext) -> Iterator[Fault]:
    """Find titles in capitals. `context.theory` is the whole theory, `context.today` the day."""
    for id, node in context.theory.nodes.items():
        if node.title.isupper():
            message = f"the title “{node.title}” is in capitals"
            yield Fault((id,), context.path(id, "title"), message, "write it as in a sentence")


RULES = (title_in_capitals,)

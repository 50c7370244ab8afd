"""What goes into the activities of a theory: funding, people and partners, as boxes of a logic model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from toc.diagram.boxes import BOX_WIDTH, INSET_X, height_of, line
from toc.diagram.values import Box, Line, Role
from toc.diagram.wording import in_sentence
from toc.model import Theory
from toc.phrases import listed

MOST_NAMED: Final = 3  # activities named in the box of an input; of more it says how many they are


class Input(NamedTuple):
    """What goes into some activities: its box, and their ids."""

    box: Box
    activities: tuple[str, ...]


def inputs_of(theory: Theory) -> list[Input]:
    """A box for each funder, lead and partner of the activities, which says what it serves.

    Its id begins with an underscore, as that of no node does.

    >>> import toc
    >>> first = inputs_of(toc.example("rgs-newcastle"))[0]
    >>> first.box.id, [line.role for line in first.box.lines]
    ('_input-funding-1', ['eyebrow', 'title', 'note'])
    """
    return [Input(_input(theory, *one), tuple(one[-1])) for one in _found(theory)]


def _found(theory: Theory) -> Iterator[tuple[str, str, str, list[str]]]:
    """The id, the sort, the name and the activities of each input, in the author's order."""
    partner = theory.settings.vocabulary.partner or "Partner"
    for field, sort in (("funding", "Funding"), ("lead", "Led by"), ("partners", partner)):
        served: dict[str, list[str]] = {}
        for activity in theory.activities.values():
            for name in getattr(activity, field):
                served.setdefault(name, []).append(activity.id)
        for number, (name, activities) in enumerate(served.items(), 1):
            yield f"_input-{field}-{number}", sort, name, activities


def _input(theory: Theory, id: str, sort: str, name: str, activities: Sequence[str]) -> Box:
    partner = theory.partners[name] if id.startswith("_input-partners-") else None
    title = partner.title if partner else name
    about = partner.description if partner else None
    titles = [theory.activities[activity].title for activity in activities]
    many = f"{len(titles)} {in_sentence(theory, 'activity', plural=True)}"
    lines = (
        _line("eyebrow", sort),
        _line("title", title),
        _line("note", f"For {listed(titles) if len(titles) <= MOST_NAMED else many}"),
    )
    return Box(
        id=id,
        kind="input",
        lines=lines,
        tooltip="\n".join(filter(None, (f"{sort}: {title}", about, f"For: {', '.join(titles)}"))),
        url=(partner.url or "") if partner else "",
        x=0.0,
        y=0.0,
        width=BOX_WIDTH,
        height=height_of("input", lines),
    )


def _line(role: Role, text: str) -> Line:
    return line("input", role, text, BOX_WIDTH - 2 * INSET_X)

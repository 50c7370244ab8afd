"""What changed, in words: names of nodes and fields, and what became of the support of a node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from toc.analysis.comparison.differences import Effect, FieldChange, LostByWord, Missing, SupportChange
from toc.language.facts import confidence, joins
from toc.language.numbers import number
from toc.language.text import chained, listed, one_line, quoted
from toc.language.vocabulary import how_many, in_sentence, word
from toc.model import Theory
from toc.model.nodes import CausalNode
from toc.problems import Path

if TYPE_CHECKING:
    from toc.analysis.comparison.changes import Changes

NOT_STATED: Final = "not stated"
HIDDEN: Final = "hidden"
# Fields that hold ids, and where the titles of what they name stand.
TITLES: Final[Mapping[str, Callable[[Theory], Mapping[str, Any]]]] = {
    "pillar": lambda theory: theory.pillars,
    "measures": lambda theory: theory.nodes,
    "target_group": lambda theory: theory.context.target_groups,
    "partners": lambda theory: theory.partners,
}


def titled(theory: Theory, id: str) -> str:
    """The title of a node."""
    return one_line(theory.nodes[id].title)


def named(theory: Theory, id: str) -> str:
    """A node by what it is, its title and its id."""
    return f"{word(theory, theory.nodes[id].kind)}: {titled(theory, id)} ({id})"


def arrow(theory: Theory, source: str, target: str) -> str:
    """A link by the titles of its ends, and what it does where it does not simply lead from one to the other."""
    node = theory.nodes.get(source)
    link = node.leads_to.get(target) if isinstance(node, CausalNode) else None
    names = chained([titled(theory, source), titled(theory, target)])
    special = link and (link.feedback or link.sign == "-")
    return f"{names} ({joins(negative=link.sign == '-', feedback=link.feedback)} it)" if link and special else names


def field_name(theory: Theory, path: Path) -> str:
    """A field as the file calls it, a kind of node by the organisation's own word."""
    if path == ("pillar",):
        return in_sentence(theory, "pillar")
    if path[0] == "reviews" and path[2:3] == ("answers",):  # of an answer first of all the judgement is meant
        path = (path[1], *(path[3:-1] if path[4:] == ("judgement",) else path[3:]))
    first, *others = (one_line(str(step)) for step in path)
    return ": ".join([first.replace("_", " "), *others])


def before_and_after(old: Theory, new: Theory, change: FieldChange) -> tuple[str, str]:
    """What a field said and what it says now; where it holds ids, the titles of what they name.

    A confidence that a word stands for is told with the word, since that is what most authors write.

    >>> import toc
    >>> theory = toc.example("small-charity")
    >>> before_and_after(theory, theory, FieldChange(("pillar",), None, "company"))
    ('not stated', 'Company')
    >>> before_and_after(theory, theory, FieldChange(("confidence",), 0.8, 0.3))
    ('high (0.8)', '0.3')
    """
    field = str(change.path[0])
    if field == "readings":
        return _reading(change.old, change.path), _reading(change.new, change.path)
    # Old ids are given under their new names, which the old theory does not know.
    return _value(change.old, field, (old, new)), _value(change.new, field, (new, old))


def _reading(value: Any, path: Path) -> str:
    """A reading without its date, which the field names, or one thing that is said of it; what is not shown is hidden."""
    if isinstance(value, Mapping):
        parts = {key: _value(part, "", ()) for key, part in value.items() if key not in {"date", "where"}}
        said = parts.values() if parts.keys() == {"value"} else (f"{key}: {part}" for key, part in parts.items())
        return "; ".join(said) or HIDDEN
    if value is None and len(path) > 2 and ", " in str(path[1]):
        return HIDDEN if path[2] == "value" else f"{NOT_STATED}, or {HIDDEN}"
    return _value(value, "", ())


def missing_title(found: Changes, id: str) -> str:
    """The title of something that is missing; what is gone stands in the old theory alone."""
    return titled(found.new if id in found.new else found.old, id)


MISSING: Final[Mapping[Missing, str]] = {
    Missing.GONE: "is gone",
    Missing.UNLINKED: "no longer leads to it",
    Missing.UNSUPPORTED: "no {activity} leads to any more",
    Missing.LOST: "is lost likewise",
}


def without(found: Changes, lost: LostByWord) -> str:
    """Why a node is lost by the author's word: what is missing, and what became of that."""
    doing = in_sentence(found.new, "activity")
    missing = (
        f"{quoted(missing_title(found, id))}, which {MISSING[how].format(activity=doing)}" for id, how in lost.without
    )
    return f"it cannot come about without {listed(list(missing), most=3)}"


def word_sentence(found: Changes, lost: LostByWord) -> str:
    """What is lost by the author's word, in a sentence."""
    return f"{word(found.new, lost.kind)}: {one_line(lost.title)}: {without(found, lost)}"


def support_sentence(found: Changes, change: SupportChange, lost: LostByWord | None = None) -> str:
    """What became of the support of a node, in a sentence; where it is lost by the author's word, that too."""
    theory = found.new
    joint = "; " if change.effect is Effect.LOST else ", but "
    by_word = f"{joint}by the author's word {without(found, lost)}" if lost else ""
    return f"{word(theory, change.kind)}: {one_line(change.title)}: {_support(theory, change)}{by_word}"


def _support(theory: Theory, change: SupportChange) -> str:
    before, after = change.before, change.after
    doing = in_sentence(theory, "activity", plural=True)
    match change.effect:
        case Effect.LOST:
            return f"{how_many(theory, 'activity', before)} led to it, and none does now"
        case Effect.WEAKENED if change.kept == after:
            return f"{after:,} of the {before:,} {doing} that led to it still {'does' if after == 1 else 'do'}"
        case Effect.GAINED:
            verb = "leads" if after == 1 else "lead"
            return f"{how_many(theory, 'activity', after)} {verb} to it now, and none did before"
        case _:
            verb = "leads" if after == 1 else "lead"
            return f"{how_many(theory, 'activity', after)} {verb} to it now, and {before:,} did before"


def _value(value: Any, field: str, theories: tuple[Theory, ...]) -> str:
    match value:
        case None:
            return NOT_STATED
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return confidence(value) if field == "confidence" else number(value)
        case str():
            return _title(value, field, theories)
        case dict():
            parts = (f"{key}: {_value(part, '', theories)}" for key, part in value.items())
            return "; ".join(parts) or "nothing"
        case _:
            return ", ".join(_value(part, field, theories) for part in value) or NOT_STATED


def _title(text: str, field: str, theories: tuple[Theory, ...]) -> str:
    """The title of what an id names, the organisation's word for a kind, or the text itself."""
    if field == "kind":
        return word(theories[0], text)
    if field in TITLES:
        known = next((titles[text] for titles in map(TITLES[field], theories) if text in titles), None)
        return text if known is None else one_line(known.title)
    return one_line(text)

"""From what is to be drawn to a picture in a file: which view, which theme, which format, and where it goes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import IO, TYPE_CHECKING, Any, cast

from toc.diagram import Diagram, Marked, drawn
from toc.diagram.description import described
from toc.diagram.ladder import warn_of_size
from toc.diagram.leaves import Leaf
from toc.diagram.looks.legend import SIGNS
from toc.diagram.looks.page import signed
from toc.diagram.looks.themes import LIGHT, Theme, theme_named
from toc.diagram.options import FILTERS, asked, filtered
from toc.draw_options import Looks, Options
from toc.errors import DrawingError, OptionError, TheoryError, as_given, one_of, yes_or_no
from toc.language.vocabulary import in_sentence
from toc.limits import for_drawing, held, in_time
from toc.model import Theory
from toc.model.parts import for_outside, part_of
from toc.model.types import KINDS
from toc.monitoring import progress_given
from toc.render.formats import Format, Subject, chosen_of, format_of, rendered

if TYPE_CHECKING:
    import graphviz

    from toc.checks import Finding


def draw(
    subject: Callable[..., Subject],
    target: str | os.PathLike[str] | IO[bytes],
    format: str | None,
    options: Mapping[str, Any],
) -> None:
    """Draw to a path or an open binary file. What does not fit is refused before the subject is made, for a page or as a deck."""
    wanted = format_of(target, format)
    chosen = chosen_of(wanted, options)
    _put(_painted(wanted, subject(page=wanted.page, deck=chosen.pop("deck", None)), chosen), target)


def as_bytes(subject: Subject, format: str, **options: Any) -> bytes:
    """A picture in a format, as it stands in a file."""
    wanted = format_of(None, format)
    return _painted(wanted, subject, chosen_of(wanted, options))


def _painted(format: Format, subject: Subject, options: Mapping[str, Any]) -> bytes:
    """A picture as it stands in a file, while there is time for it."""
    with held(subject.bounds):
        in_time()
        content = rendered(format, subject, options)
        in_time()
    return content.encode() if isinstance(content, str) else content


def as_text(subject: Subject, format: str, **options: Any) -> str:
    """A picture in a format that is text."""
    return as_bytes(subject, format, **options).decode()


def as_graphviz(subject: Subject) -> graphviz.Digraph:
    """A picture as a `graphviz.Digraph`: the same drawing, to be added to."""
    import graphviz

    graph: graphviz.Digraph = graphviz.Digraph("theory", engine="neato")
    lines = as_text(subject, "dot").splitlines()
    graph.body.extend(f"\t{line}\n" for line in lines[1:-1])
    return graph


def subject_of(theory: Theory, looks: Looks, *, page: str = "free", deck: bool | None = None) -> Subject:
    """A theory in a view and a theme, for a page where none is asked for; as a deck, or perhaps as one where nobody says.

    Raises:
        OptionError: there is no such option, or a deck is asked for in one view.
    """
    options: dict[str, Any] = dict(looks)
    for name in options:  # the diagram itself knows but some of them
        one_of("option", name, Looks.__annotations__)
    if options.get("page") is None:
        options["page"] = page
    theme, bounds = theme_of(options.pop("theme", None)), for_drawing(options.pop("limits", None))
    view, findings = options.pop("view", None), options.pop("findings", None)
    progress = progress_given(theory, options.get("progress"))
    deck = None if deck is None else yes_or_no("deck", deck)
    if deck and view is not None:
        raise OptionError("a deck chooses its views by itself: leave out the view, or the deck")
    with held(bounds):
        if options.get("audience") is None:
            marks = _marks(theory, findings)
        else:
            theory, marks = for_outside(theory), {}
        diagram = None if deck else drawn(theory, view, marks=marks, **options)
        may_be_deck = deck or (deck is None and page == "slide" and view is None)
        leaves = _leaves(theory, options, marks, diagram) if may_be_deck else []
    if diagram is not None and not leaves:
        warn_of_size(diagram)
    diagram = signed(diagram or leaves[0].diagram, theme.logo)
    given: dict[str, Callable[[], Any]] = {
        "description": partial(described, diagram),
        "notes": partial(_notes, theory, diagram, looks),
        "theory": lambda: theory,
        "progress": lambda: progress,
        "deck": lambda: [leaf._replace(diagram=signed(leaf.diagram, theme.logo)) for leaf in leaves],
    }
    return Subject(diagram, theme, given, bounds)


def _leaves(
    theory: Theory, options: Mapping[str, Any], marks: Mapping[str, Marked], instead_of: Diagram | None
) -> list[Leaf]:
    """The theory as a deck; instead of a diagram only if that is too small for a slide. What is too small is told."""
    from toc.diagram.deck import deck, needs_deck, warn_of_deck  # a drawing does not pay for the narrative

    if instead_of is not None and not needs_deck(theory, instead_of, options):
        return []
    leaves = deck(theory, cast("Options", options), marks)
    warn_of_deck(leaves, instead_of)
    return leaves


def _marks(theory: Theory, findings: Any) -> Mapping[str, Marked]:
    """A mark for each box that a finding is about: its main node, or for a KPI the first node that it measures."""
    if findings is None or findings is False:
        return {}
    from toc.checks import Finding  # a drawing without marks does not pay for the checks

    by_box: dict[str, list[Finding]] = {}
    for one in findings if isinstance(findings, Iterable) else [findings]:
        if not isinstance(one, Finding):
            raise OptionError(
                f"{as_given(one)} is no finding: give what theory.check() found, or True for all of today"
            )
        box = next((id for id in one.nodes if theory.kind_of(id) not in (None, "kpi")), None)
        if box is not None:
            by_box.setdefault(box, []).append(one)
    return {box: _marked(theory, found) for box, found in by_box.items()}


def _marked(theory: Theory, findings: Iterable[Finding]) -> Marked:
    """The mark of the gravest of some findings, and the names of their rules in words, those of each severity together."""
    from toc.checks.finding import Severity

    found = sorted(findings, key=lambda one: list(Severity).index(one.severity))
    said: dict[str, dict[str, None]] = {}
    for one in found:
        said.setdefault(one.severity.value, {})[_named(theory, one.name)] = None
    words = (f"{SIGNS[severity]} {', '.join(names)}" for severity, names in said.items())
    messages = (f"{one.severity.capitalize()} {one.code}: {one.message}" for one in found)
    return Marked(found[0].severity.value, "; ".join(words), "\n".join(messages))


def _named(theory: Theory, rule: str) -> str:
    """The name of a rule in the organisation's words."""
    return " ".join(in_sentence(theory, word) if word in KINDS else word for word in rule.split("-"))


def theme_of(theme: Any) -> Theme:
    """A theme, the one of a name, or that in the file of a `Path`; the light one where none is named."""
    if theme is None:
        return LIGHT
    if isinstance(theme, Theme):
        return theme
    if isinstance(theme, os.PathLike):  # text may come from a request, which must not name files
        from toc.diagram.looks.theme_file import load_theme

        try:
            return load_theme(theme)
        except TheoryError as error:
            raise DrawingError(str(error)) from None
    if isinstance(theme, str):
        return theme_named(theme)
    raise OptionError(f"{as_given(theme)} is no theme: give the name of one, or a file of your own as a pathlib.Path")


def _notes(theory: Theory, diagram: Diagram, looks: Looks) -> str:
    """The narrative of what is drawn, as far as a speaker can use it: a slide tells nobody what was left out of it."""
    from toc.prose import brief, narrative

    part = theory
    filters = {name: value for name, value in looks.items() if name in FILTERS}
    wish = asked(theory, cast("Options", filters), {})
    if wish.is_filtered:
        part, _ = filtered(theory, wish)
    if diagram.view != "collapsed":  # whose boxes stand for all that is in them
        boxes = {box.id for box in diagram.boxes}
        part = part_of(part, boxes | part.kpis.keys())
    whole = len(part.nodes) == len(theory.nodes)
    if "kpis" in diagram.hidden:
        part = part_of(part, part.nodes.keys() - part.kpis.keys())
    return brief(narrative(part, whole=whole, progress=looks.get("progress")))


def _put(content: bytes, target: str | os.PathLike[str] | IO[bytes]) -> None:
    """Write a picture to a path or an open binary file."""
    if isinstance(target, (str, os.PathLike)):
        _write(target, content)
    elif not hasattr(target, "write"):
        raise OptionError(f"{as_given(target)} is neither a path nor an open file")
    else:
        try:
            target.write(content)
        except TypeError:
            raise DrawingError("the file is open for text: open it for bytes, with mode 'wb'") from None
        except ValueError as error:  # closed, or open for reading alone
            raise DrawingError(f"the file takes no picture: {error}") from None


def _write(path: str | os.PathLike[str], content: bytes) -> None:
    from toc.files.atomic import write_bytes

    try:
        write_bytes(path, content)
    except TheoryError as error:
        raise DrawingError(str(error)) from None

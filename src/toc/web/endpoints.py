"""What can be posted here and what is answered: one table, from which the routes, the resources and OpenAPI are made."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, NamedTuple

from toc.front import TheoryOfChange
from toc.render.formats import FORMATS
from toc.web import makers
from toc.web.bodies import Part
from toc.web.makers import Asked
from toc.web.media_forms import JSON, METHODS, YAML
from toc.web.query_options import CHECKED, DRAWN, PAPER, SMALL_GROUPS, TABLE, TODAY, Option
from toc.web.replies import Reply

ANSWERS: Final = (JSON, "text/html", "text/markdown", "text/csv", "text/plain", "application/pdf", [*METHODS][6])
ALLOW_REWRITE: Final = Option(
    "allow_rewrite", "flag", "Of JSON: also where comments in the text that there is are lost."
)
THEORY: Final = Part("theory", "theory", "the theory, as an object or as the text of its file")


class Endpoint(NamedTuple):
    """One thing that can be asked.

    Args:
        name: the last part of its address.
        says: what it answers, in a sentence.
        options: what may be asked in the query, by the names that Python has.
        makes: the function that makes the reply; the method of a theory by default.
        parts: what stands in the body by name; nothing for a body that is a theory.
        method: the method of a theory; by default that of its name.
        forms: the media types that it can answer.
        is_file: whether the body is a file of any kind.

    """

    name: str
    says: str
    options: tuple[Option, ...] = ()
    makes: Callable[[Asked], Reply] = makers.answered
    parts: tuple[Part, ...] = ()
    forms: tuple[str, ...] = ANSWERS
    is_file: bool = False

    @property
    def method(self) -> str:
        """The method of a theory that it asks."""
        return {"plan": "measurement_plan", "guide": "guidance"}.get(self.name, self.name.replace("-", "_"))

    @property
    def is_of_theory(self) -> bool:
        """Whether its body is one theory and nothing else, so that it can be asked of a stored one."""
        return not self.parts and not self.is_file


_ID: Final = Option("id", "text", "The id or the title of a node.")
CHANGES: Final = (
    Part("ops", "operations", "the operations, in their order"),
    Part("format", "word", '"yaml" or "json"', is_needed=False),
    Part("see", "list", 'what to see of it: "picture", "findings", "theory"', is_needed=False),
    Part("looks", "object", "how the picture looks", is_needed=False),
    Part("allow_rewrite", "flag", "whether comments may be lost", is_needed=False),
)

_ALL: Final = (
    Endpoint("check", "Every weakness that the rules find, with how to fix it.", (*CHECKED, TABLE)),
    Endpoint(
        "draw", "The drawing, in the format that is asked for.",
        (
            Option("format", "text", "The format; SVG unless it or the header says otherwise.", tuple(one.name for one in FORMATS)),
            Option("dpi", "whole", "Dots per inch of a PNG."),
            Option("transparent", "flag", "Leave the paper out of a PNG."),
            Option("tooltips", "flag", "Whether an SVG has tooltips."),
            Option("prefix", "text", "What every id of an SVG begins with."),
            Option("arrows", "text", "Those of a PowerPoint slide.", ("glued", "drawn")),
            Option("deck", "flag", "Several slides or pages."),
            *DRAWN,
        ),
        makers.drawn, forms=tuple(one.media_type for one in FORMATS),
    ),
    Endpoint("guide", "How to measure an activity, or every one, and what not to claim.", (_ID, TABLE), makers.guided),
    Endpoint("plan", "The plan of what is measured, how, by whom and how often.", (TABLE,)),
    Endpoint(
        "explain", "How a node leads to the goals, or to one node.",
        (_ID._replace(is_needed=True), Option("to", "text", "The node to which it leads."), Option("limit", "whole", "How many ways are listed."), TABLE),
    ),
    Endpoint("exposure", "What the theory hangs on.", (TABLE,)),
    Endpoint("coverage", "How many KPIs measure where, and where nobody measures.", (TABLE,)),
    Endpoint(
        "narrative", "The theory as prose.", (Option("pillar", "text", "The pillar to tell of."),), makers.narrated,
        forms=("text/plain", JSON, "text/markdown", "text/html"),
    ),
    Endpoint(
        "convert", "The same theory as a file.",
        (Option("to", "text", "As which file.", ("yaml", "json", "xlsx", "csv")),), makers.converted,
        forms=(YAML, JSON, makers.XLSX, makers.ZIP),
    ),
    Endpoint(
        "compare", "What changed from one theory to another.", (TABLE, *PAPER), makers.compared,
        (Part("old", "theory", "the theory before"), Part("new", "theory", "the theory after")), (*ANSWERS, "image/svg+xml"),
    ),
    Endpoint(
        "merge", "Two versions of a theory joined, with what both changed.", (TABLE,), makers.merged,
        (
            Part("base", "theory", "the version from which both come, where it is known", is_needed=False), Part("mine", "theory", "the one version"),
            Part("theirs", "theory", "the other version"),
        ),
    ),
    Endpoint(
        "change", "A text with operations done on it: all of them, or none.", (TODAY,), makers.changed,
        (Part("text", "text", "the text of a theory"), *CHANGES), (JSON,),
    ),
    Endpoint(
        "import", "The theory in a file: an outline, a spreadsheet, a logframe or a standard.",
        (
            Option("name", "text", "What the file is called: its ending tells what it is.", is_needed=True),
            Option("title", "text", "The title of the theory."), Option("standard", "text", "The standard that it is of."),
        ), makers.imported, forms=(JSON,), is_file=True,
    ),
    Endpoint("progress", "How every KPI stands.", (TODAY, SMALL_GROUPS, TABLE)),
    Endpoint(
        "record", "The theory with more readings of its KPIs.",
        (
            Option("replace", "flag", "Put readings in the place of those of the same day and people."),
            Option("dates", "text", "What comes first in 03/04/2027.", ("day-first", "month-first")), TODAY,
        ), makers.recorded, (THEORY, Part("readings", "list", "the readings, each an object with kpi, date and value")), (JSON,),
    ),
    Endpoint(
        "report", "A document to hand in.",
        (
            TODAY, Option("audience", "text", "For whom.", ("governors", "trustees", "funder", "team")),
            Option("sections", "words", "Only these sections."), Option("view", "text", "How it is drawn."), TABLE,
        ),
    ),
    Endpoint(
        "logframe", "The theory as a logframe.",
        (Option("style", "text", "Which style.", ("milestones", "classic", "results")), TODAY, SMALL_GROUPS, TABLE),
        forms=(*ANSWERS, makers.XLSX),
    ),
    Endpoint(
        "export", "The theory in a standard, and what that cannot hold.",
        (Option("standard", "text", "Which standard: iati, cids, kumu or toc-maker.", is_needed=True),), makers.exported, forms=(JSON, "application/xml", "application/ld+json", "text/plain"),
    ),
    Endpoint("mutuality", "Who gives and who gains.", (TABLE,)),
    Endpoint("partnership-profile", "On what footing the partnership stands.", (TABLE,)),
    Endpoint("health", "How well the partnership is kept.", (TODAY, TABLE)),
    Endpoint("benefits", "Who benefits from what.", (TABLE,)),
    Endpoint("evidence-ladder", "What each partner can show.", (TABLE,)),
    Endpoint(
        "review", "How the partners judge their partnership.",
        (Option("id", "text", "The id of the review.", is_needed=True), TODAY, TABLE),
    ),
)  # fmt: skip

ENDPOINTS: Final = MappingProxyType(
    {one.name: one for one in _ALL if one.makes is not makers.answered or hasattr(TheoryOfChange, one.method)}
)
# What the resources ask besides.
INTERNAL: Final = MappingProxyType(
    {
        "keep": Endpoint("keep", "The text under which a theory is stored.", (ALLOW_REWRITE,), makers.kept),
        "change-stored": Endpoint(
            "change-stored", "A stored text with operations done on it.", (TODAY,), makers.changed, CHANGES
        ),
    }
)

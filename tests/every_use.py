"""Everything that a service might do with a file that somebody sends."""

from __future__ import annotations

import json
import random
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import toc
from mutated_files import Mutated
from toc.diagram import VIEWS
from toc.diagram.looks.theme_file import theme_from
from toc.spreadsheet import converted


def run_through(file: Mutated) -> str:
    """Do with a file whatever a service may do; what the library says to it: "refused", or "told" with the outputs tried.

    Only the library's own errors are caught.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", toc.TocWarning)
        try:
            theory = _read(file)
        except toc.TheoryError as error:
            str(error)
            return "refused"
        if theory is not None:
            _everything(theory, random.Random(file.name))  # noqa: S311 - chance, not secrecy
        return "valid"


def _read(file: Mutated) -> toc.TheoryOfChange | None:
    match file.kind:
        case "csv":
            return toc.loads(converted(file.data, title="A table", source=file.name).text)
        case "outline":
            return toc.from_outline(file.data, source=file.name).theory
        case "theme":
            toc.example("small-charity").to_dot(theme=theme_from(file.data, source=file.name), search="quick")
            return None
        case _:
            return toc.loads(file.data, format="json" if file.kind == "json" else "yaml", source=file.name)


def _everything(theory: toc.TheoryOfChange, chance: random.Random) -> None:
    """Every answer as a JSON that any program reads, and some other forms of some of them; pictures in some of the views."""
    other = toc.example("small-charity")
    ids = [*theory.nodes]
    answers: list[Callable[[], Any]] = [
        theory.check, theory.guidance, theory.measurement_plan, theory.coverage, theory.exposure, theory.logframe,
        theory.evidence_ladder, theory.benefits, theory.mutuality, theory.partnership_profile,
        *(partial(theory.review, id) for id in theory.reviews),
        lambda: theory.explain(chance.choice(ids)), lambda: toc.compare(theory, other), lambda: toc.compare(other, theory),
    ]  # fmt: skip
    for answer in answers:
        found = answer()
        json.dumps(found.to_dict(), allow_nan=False).encode()
        getattr(found, chance.choice(("to_text", "to_markdown", "to_html", "to_csv", "to_json", "to_pandas")))()
    for form in ("yaml", "json"):
        again = toc.loads(theory.dumps(form), format=form)
        assert again == theory, f"dumps({form!r}) says something else"
    theory.model_dump_json().encode()
    looks: dict[str, Any] = {"view": chance.choice([*VIEWS]), "search": "quick"}
    if looks["view"] in {"path", "neighbourhood"}:
        looks["node"] = chance.choice(ids)
    pictures: list[Callable[..., Any]] = [
        theory.to_dot,
        theory.to_mermaid,
        theory.to_drawio,
        theory.to_graphml,
        theory.to_html,
        theory.describe,
    ]
    for picture in (*chance.sample(pictures, 3), *([theory.to_svg] if chance.random() < 0.2 else [])):
        try:
            picture(**looks)
        except toc.TocError as error:
            str(error)
    chance.choice(
        (
            theory.outline,
            theory.narrative,
            theory.to_pandas,
            theory.to_networkx,
            lambda: toc.compare(other, theory).to_dot(search="quick"),
        )
    )()

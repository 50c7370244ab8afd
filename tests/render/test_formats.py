"""The table of formats is the one there is: methods, options, type checkers and documentation say what it says."""

from __future__ import annotations

import io
import re
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, get_args

import pytest

import toc
from toc.diagram import Diagram
from toc.diagram.looks.themes import LIGHT, Theme
from toc.draw_options import Looks
from toc.errors import OptionError
from toc.render import FORMATS, Format
from toc.render.formats import Picture, Subject, Take, format_of, rendered, renderer_of

DOCS = Path(__file__).resolve().parents[2] / "docs"
WORKED_OUT = ("description", "notes", "progress", "theory")
each_format = pytest.mark.parametrize("format", FORMATS, ids=[format.name for format in FORMATS])
NEEDED: dict[str, object] = {"pdf": "svglib", "pptx": "pptx"}


@pytest.fixture(scope="module")
def theory() -> toc.TheoryOfChange:
    return toc.example("small-charity")


def method_of(format: Format) -> str:
    """What the method is called that makes a format: as its function."""
    assert isinstance(format.renderer, str)
    return format.renderer.partition(":")[2]


def rows_under(page: str, heading: str) -> list[str]:
    """The rows of the first table under a heading."""
    text = (DOCS / page).read_text(encoding="utf-8").partition(f"\n{heading}\n")[2]
    table = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert table, heading
    return table[0].splitlines()[2:]


# One table


def test_type_checkers_know_the_names_of_our_formats() -> None:
    assert list(get_args(Picture)) == [format.name for format in FORMATS]


def test_no_two_formats_share_an_ending_or_a_media_type() -> None:
    endings = [suffix for format in FORMATS for suffix in format.suffixes]
    assert len(set(endings)) == len(endings)
    assert len({format.media_type for format in FORMATS}) == len(FORMATS)
    assert [format_of(f"x.{ending}", None) for ending in endings] == [
        format for format in FORMATS for _ in format.suffixes
    ]
    assert [format_of(None, format.name) for format in FORMATS] == list(FORMATS)


@each_format
def test_a_renderer_takes_by_name_what_the_table_says_and_nothing_else(format: Format) -> None:
    named = [one for one in signature(renderer_of(format)).parameters.values() if one.kind is Parameter.KEYWORD_ONLY]
    assert {one.name for one in named} & set(get_args(Take)) - {"transparent"} == set(format.takes) - {"transparent"}


@each_format
def test_nothing_is_worked_out_that_a_format_does_not_take(format: Format, theory: toc.TheoryOfChange) -> None:
    asked: list[str] = []

    def given(name: str) -> object:
        asked.append(name)
        return {"theory": theory, "progress": theory.progress()}.get(name, "In words.")

    of = {name: lambda name=name: given(name) for name in WORKED_OUT}
    pytest.importorskip(str(NEEDED.get(format.extra, "toc")))
    content = rendered(format, Subject(theory.diagram(), LIGHT, of))
    assert sorted(asked) == sorted(set(format.takes) & set(WORKED_OUT))
    assert isinstance(content, str) == format.is_text


@each_format
def test_every_format_has_a_method_that_gives_what_is_drawn(format: Format, theory: toc.TheoryOfChange) -> None:
    pytest.importorskip(str(NEEDED.get(format.extra, "toc")))
    found = theory.compare(theory.edit("advice-table", participation=40))
    for one in (theory, found) if "theory" not in format.takes else (theory,):
        made = getattr(one, method_of(format))()
        file = io.BytesIO()
        one.draw(file, format=format.name)  # type: ignore[arg-type]
        assert isinstance(made, str) == format.is_text
        assert file.getvalue() == (made.encode() if isinstance(made, str) else made)


def test_a_page_about_one_theory_cannot_show_two(theory: toc.TheoryOfChange) -> None:
    with pytest.raises(OptionError, match="'html' is for one theory: draw what changed as svg, png, pdf, pptx, "):
        theory.compare(theory).draw("x.html")


@each_format
@pytest.mark.parametrize(("option", "value"), [("dpi", 20), ("transparent", True), ("timeout", 30)])
def test_an_option_is_refused_by_formats_that_do_not_take_it(
    format: Format, option: str, value: object, theory: toc.TheoryOfChange
) -> None:
    asked: Any = {"format": format.name, option: value}
    if option in format.takes:
        theory.draw(io.BytesIO(), **asked)
        return
    with pytest.raises(OptionError, match=f"{format.name} takes no {option}: png does"):
        theory.draw(io.BytesIO(), **asked)


# What people see of it


@pytest.mark.parametrize("name", ["draw", "explore", "to_graphviz", *map(method_of, FORMATS)])
def test_a_method_that_draws_names_every_option_in_its_signature(name: str) -> None:
    shown = signature(getattr(toc.TheoryOfChange, name)).parameters
    assert set(Looks.__annotations__) <= shown.keys()
    assert not any(one.kind is Parameter.VAR_KEYWORD for one in shown.values())
    options = {"dpi", "transparent", "timeout"} if name in {"draw", "to_png"} else set()
    assert shown.keys() & {"dpi", "transparent", "timeout"} == options


def test_the_options_of_a_view_stand_in_the_signature_of_diagram_and_describe() -> None:
    for method in (toc.TheoryOfChange.diagram, toc.TheoryOfChange.describe):
        assert set(signature(method).parameters) == set(Looks.__annotations__) - {"theme", "findings"} | {"self"}


def test_the_guide_lists_every_format_with_what_it_is_for() -> None:
    rows = [
        f"| {', '.join(f'`.{suffix}`' for suffix in format.suffixes)} | {format.shows} | "
        + (f"`pip install 'theory-of-change[{format.extra}]'` |" if format.extra else "|")
        for format in FORMATS
    ]
    assert rows_under("drawing.md", "## Which format") == rows


def test_the_reference_lists_every_format_with_its_method() -> None:
    rows = [
        f"| `{format.name}` | {', '.join(f'`.{suffix}`' for suffix in format.suffixes)} | `{format.media_type}` | "
        f"`{method_of(format)}()` | {'text' if format.is_text else 'bytes'} | "
        + (", ".join(f"`{name}`" for name in format.takes if name not in WORKED_OUT) or "–")
        + f" | {'–' if 'theory' in format.takes else 'yes'} |"
        for format in FORMATS
    ]
    assert rows_under("api.md", "### Formats") == rows


def test_a_format_of_ones_own_is_a_function_of_a_diagram_and_a_theme(theory: toc.TheoryOfChange) -> None:
    def to_titles(diagram: Diagram, theme: Theme, *, notes: str) -> str:
        return f"{theme.font}: {len(diagram.boxes)} {len(notes.split())}"

    format = Format("titles", ("titles",), "text/plain", to_titles, "a test", takes=("notes",))
    subject = Subject(theory.diagram(), LIGHT, {"notes": lambda: "three words here"})
    assert rendered(format, subject) == "Arial: 7 3"

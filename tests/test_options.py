"""What is asked for wrongly: every public function refuses it in our words, and warnings name the caller's own line."""

from __future__ import annotations

import inspect
import io
import linecache
import traceback
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import toc
from toc.draw_options import Options
from toc.model import Theory
from toc.model.values import Value

SMALL = toc.example("small-charity")
# What a call needs at least; a method that is not named here needs nothing.
NEEDED: dict[str, dict[str, Any]] = {
    "causes": {"id": "company"},
    "compare": {"new": SMALL},
    "count_paths": {"id": "tea-and-games"},
    "draw": {"target": io.BytesIO(), "format": "dot"},
    "export": {"standard": "kumu"},
    "losses": {"standard": "kumu"},
    "merge": {"path": "my.xlsx"},
    "updated": {"path": "log.csv"},
    "edit": {"id": "advice-table"},
    "effects": {"id": "company"},
    "explain": {"id": "tea-and-games"},
    "from_networkx": {"g": SMALL.to_networkx()},
    "kpis_of": {"id": "company"},
    "paths": {"id": "tea-and-games"},
    "pillar_of": {"id": "company"},
    "with_reading": {"kpi": "new-friends", "value": 1, "date": "2026-01-01"},
    "with_readings": {"rows": []},
    "renamed": {"old": "advice-table", "new": "help"},
    "edit_link": {"source": "advice-table", "target": "early-help"},
    "moved": {"id": "advice-table"},
    "plot_kpi": {"id": "new-friends"},
    "review": {"id": "first"},
    "with_review": {"id": "first", "frame": "practices", "date": "2027-03-01"},
    "with_frame": {"frame": toc.frame("practices")},
    "save": {"path": "my.yaml"},
    "with_link": {"source": "advice-table", "target": "company"},
    "with_node": {"node": toc.Outcome(id="calm", title="Calm")},
    "with_suggested_kpis": {"id": "advice-table"},
    "without": {"id": "advice-table"},
}
FUNCTIONS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "load": (toc.load, {"path": "my.yaml"}),
    "loads": (toc.loads, {"text": "{toc: 1, title: A, goal: G}"}),
    "example": (toc.example, {"name": "small-charity"}),
    "compare": (toc.compare, {"old": SMALL, "new": SMALL}),
    "from_pandas": (toc.from_pandas, {"title": "A", "nodes": [{"id": "g", "kind": "goal", "title": "G"}]}),
    "imported": (toc.imported, {"text": SMALL.export("kumu").text, "standard": "kumu"}),
    "slug": (toc.slug, {"text": "Readers"}),
    "exposure.to_pandas": (SMALL.exposure().to_pandas, {}),
    "exposure.cut_off_by": (SMALL.exposure().cut_off_by, {"node": "advice-table"}),
    "exposure.left_by": (SMALL.exposure().left_by, {"node": "advice-table"}),
    "explanation.to_text": (SMALL.explain("advice-table").to_text, {}),
    "findings.to_text": (SMALL.check().to_text, {}),
    "findings.of": (SMALL.check().of, {"id": "goal"}),
    "comparison.draw": (SMALL.compare(SMALL).draw, {"target": io.BytesIO(), "format": "dot"}),
}
ODD: tuple[Any, ...] = (
    *(None, True, 5, -1, 10**5000, 1.5, float("nan"), "", "nonsense", "x" * 5000, "\ud800", b"x", object(), len),
    *([], ["a"], (), set(), {}, {"a": 1}, datetime(2024, 1, 1, 5)),  # noqa: DTZ001  # as people write it
    *(
        pd.NaT,
        pd.NA,
        np.int64(-3),
        np.float64("nan"),
        np.array([1, 2]),
        pd.Series(["a", "b"]),
        pd.DataFrame({"a": [1]}),
    ),
)
# the model's own, beneath the front door; what validates answers with pydantic's own kind of error
INHERITED = {"contents", "of_kind", "kind_of", "model_copy", "model_validate", "model_validate_json"}
SLOW = {
    "to_pptx",
    "to_png",
    "to_pdf",
    "to_html",
    "to_svg",
    "to_graphviz",
    "explore",
}  # the engine runs; their options are those of to_dot


def public_methods() -> Iterator[str]:
    for owner in (toc.TheoryOfChange, Theory, Value):
        for name in vars(owner):
            if not name.startswith("_") and name not in INHERITED and callable(getattr(SMALL, name, None)):
                yield name


METHODS = sorted(set(public_methods()))


def asked(call: Callable[..., Any], needed: dict[str, Any], argument: str, odd: Any) -> None:
    """Call a function with one odd argument; it may answer, or refuse in our words and on few lines."""
    given = {**needed, argument: odd}
    parameters = inspect.signature(call).parameters.values()
    first = [given.pop(one.name) for one in parameters if one.kind is one.POSITIONAL_ONLY]
    refused: toc.TocError | None = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", toc.TocWarning)
            found = call(*first, **given)
            if isinstance(found, Iterator):
                list(found)
    except toc.TocError as error:
        refused = error
    assert refused is None or str(refused)
    assert not isinstance(refused, toc.OptionError) or len(str(refused)) < 600


def arguments_of(call: Callable[..., Any], name: str) -> list[str]:
    parameters = inspect.signature(call).parameters.values()
    named = [one.name for one in parameters if one.kind not in (one.VAR_KEYWORD, one.VAR_POSITIONAL)]
    if not set(Options.__annotations__) <= set(named):
        return named
    return [*(one for one in named if name not in SLOW or one not in Options.__annotations__), "nonsense"]


@pytest.mark.parametrize("name", METHODS)
def test_every_method_answers_or_refuses_in_our_words(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call = getattr(SMALL, name)
    odds = ODD if name not in SLOW else (None, 5, "nonsense", pd.NA, np.array([1, 2]))
    for argument in arguments_of(call, name):
        for odd in odds:
            asked(call, NEEDED.get(name, {}), argument, odd)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_answers_or_refuses_in_our_words(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call, needed = FUNCTIONS[name]
    for argument in arguments_of(call, name):
        for odd in ODD:
            asked(call, needed, argument, odd)


WRONG: dict[str, tuple[Callable[[], Any], str]] = {
    "table": (
        lambda: SMALL.to_pandas("kpi"),
        "there is no table 'kpi'; the tables are nodes, .*: did you mean 'kpis'?",
    ),
    "view": (lambda: SMALL.diagram("pilars"), "there is no view 'pilars'; the views are .*: did you mean 'pillars'?"),
    "theme": (lambda: SMALL.to_dot(theme="drak"), "there is no theme 'drak'; the themes are .*: did you mean 'dark'?"),
    "format": (lambda: SMALL.draw("x.docx"), r"'docx' is not a format to draw in; end the name in \.svg, "),
    "file format": (lambda: SMALL.dumps("ymal"), "there is no format 'ymal'; the formats are yaml, json: .*'yaml'"),  # type: ignore[arg-type]
    "option": (lambda: SMALL.to_dot(piller="a"), "there is no option 'piller'; .*: did you mean 'pillar'?"),  # type: ignore[call-arg]
    "profile": (lambda: SMALL.check(profile="founder"), "there is no profile 'founder'; .*: did you mean 'funder'?"),  # type: ignore[arg-type]
    "rule": (
        lambda: SMALL.check(select=["unmeasured-pilar"]),
        "there is no rule .*: did you mean 'unmeasured-pillar'?",
    ),
    "example": (lambda: toc.example("small"), "there is no example 'small'; the examples are rgs-newcastle, "),
    "limit": (lambda: SMALL.explain("goal", limit=-1), "limit, the most ways to be listed, is a .*, 0 or more, not -1"),
    "steps": (lambda: SMALL.diagram("neighbourhood", node="goal", steps=1.5), "steps is a whole number, .* not 1.5"),  # type: ignore[arg-type]
    "height": (lambda: SMALL.explore(height=20), "the height in pixels is a whole number, 200 or more, not 20"),
    "theory": (lambda: SMALL.compare(5), "the second is of type int"),  # type: ignore[arg-type]
    "path": (lambda: toc.load(5), "5 is no path: write the name of a file as text, or as a pathlib.Path"),  # type: ignore[call-overload]
    "text": (lambda: toc.loads(None), "None is neither text nor bytes"),  # type: ignore[call-overload]
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_argument_is_one_error_that_names_the_choices(what: str) -> None:
    call, said = WRONG[what]
    with pytest.raises(toc.OptionError, match=said.replace("?", r"\?")) as caught:
        call()
    assert isinstance(caught.value, toc.TocError)
    assert isinstance(caught.value, ValueError)
    assert not isinstance(caught.value, toc.DrawingError)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize("what", WRONG)
def test_a_notebook_shows_who_asked_and_what_is_wrong_on_two_lines(what: str) -> None:
    with pytest.raises(toc.OptionError) as caught:
        WRONG[what][0]()
    asked, told = caught.value._render_traceback_()
    assert asked.startswith("test_options.py, line ")
    assert WRONG[what][1].split()[0] in told
    assert told == f"OptionError: {caught.value}"


def test_a_cell_is_named_by_its_line_alone() -> None:
    cell, file = 'import toc\ntoc.example("small-charity").to_pandas("kpi")', "/tmp/ipykernel_7/1234.py"  # noqa: S108
    linecache.cache[file] = (len(cell), None, cell.splitlines(keepends=True), file)
    with pytest.raises(toc.OptionError) as caught:
        exec(compile(cell, file, "exec"), {})  # noqa: S102  # as a notebook does
    assert caught.value._render_traceback_()[0] == 'line 2: toc.example("small-charity").to_pandas("kpi")'


@pytest.mark.parametrize("error", [toc.DrawingError("no engine"), toc.MissingExtraError("pip install …")])
def test_errors_that_were_never_raised_are_shown_all_the_same(error: toc.TocError) -> None:
    assert error._render_traceback_() == [f"{type(error).__name__}: {error}"]


def test_bytes_are_read_whatever_holds_them() -> None:
    text = b"{toc: 1, title: A, goal: G}"
    assert toc.loads(bytearray(text)) == toc.loads(memoryview(text)) == toc.loads(text)


# Warnings


def crowded() -> toc.TheoryOfChange:
    outcomes = {f"o{number}": {"title": f"Outcome {number}", "leads_to": "goal"} for number in range(1000)}
    return toc.TheoryOfChange.model_validate({"toc": 1, "title": "Many", "goal": "Goal", "outcomes": outcomes})


HAN = toc.loads("{toc: 1, title: T, goal: 每个孩子都能读}")
WARNED: dict[str, Callable[[], Any]] = {
    "crowded drawing": lambda: crowded().diagram(),
    "crowded description": lambda: crowded().describe(),
    "crowded text": lambda: crowded().to_dot(),
    "crowded comparison": lambda: crowded().compare(SMALL).diagram(),
    "mermaid": lambda: crowded().draw(io.BytesIO(), format="mmd", view="layers"),
    "png": HAN.to_png,
    "pdf": HAN.to_pdf,
    "chart": lambda: long_named().plot_certainty_participation(Figure(figsize=(3, 2)).subplots()),
}


def long_named() -> toc.TheoryOfChange:
    rated = {"certainty": "high", "participation": "high", "leads_to": "goal"}
    activities = {f"a{number}": {"title": f"Activity {number}", **rated} for number in range(90)}
    return toc.TheoryOfChange.model_validate({"toc": 1, "title": "Many", "goal": "Goal", "activities": activities})


@pytest.mark.parametrize("what", WARNED)
def test_a_warning_names_the_callers_own_line(what: str, request: pytest.FixtureRequest) -> None:
    if what == "png":
        request.getfixturevalue("needs_engine")
    call = WARNED[what]
    with pytest.warns(toc.TocWarning) as caught:
        call()
    for warning in caught:
        assert warning.category is toc.TocWarning
        assert warning.filename == __file__


def test_no_module_warns_by_itself() -> None:
    """One function finds the caller's line, so that nobody counts calls."""
    package = Path(str(toc.__file__)).parent
    callers = [file.name for file in package.rglob("*.py") if "warnings.warn(" in file.read_text(encoding="utf-8")]
    assert callers == ["errors.py"]


def test_a_traceback_of_python_is_short_where_an_argument_is_wrong() -> None:
    with pytest.raises(toc.OptionError) as caught:
        SMALL.to_pandas("kpi")
    assert len(traceback.extract_tb(caught.value.__traceback__)) <= 5

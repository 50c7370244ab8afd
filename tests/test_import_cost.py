"""What is loaded is looked at in a fresh process: in this one the tests have long loaded everything."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

THEORY = json.dumps(
    {
        "toc": 1,
        "title": "Reading partners",
        "goal": "Every child in the city reads at their age",
        "pillars": {"literacy": "Literacy"},
        "activities": {"reading-support": {"title": "Weekly one-to-one reading", "leads_to": "literacy"}},
    }
)
OPTIONAL = {
    "networkx",
    "matplotlib",
    "graphviz",
    "pandas",
    "numpy",
    "click",
    "rich",
    "svglib",
    "reportlab",
    "lxml",
    "PIL",
    "pptx",
}


def loaded_by(program: str) -> set[str]:
    """The top-level modules that are loaded once a small program has run."""
    report = "\nimport sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    run = subprocess.run([sys.executable, "-c", program + report], check=True, capture_output=True, text=True)
    return set(run.stdout.splitlines()[-1].split())


def test_importing_the_library_loads_nothing_but_itself() -> None:
    bare = loaded_by("")
    heavy = OPTIONAL | {"pydantic", "pydantic_core", "yaml", "json", "dataclasses", "importlib.metadata", "subprocess"}
    assert (loaded_by("import toc") - bare) & heavy == set()


WORK = {
    "reading JSON": "toc.loads(TEXT, format='json')",
    "reading YAML": "toc.loads(TEXT, format='yaml')",
    "validating": "toc.TheoryOfChange.model_validate_json(TEXT)",
    "editing": "toc.loads(TEXT, format='json').edit('literacy', title='Reading')",
    "writing YAML": "toc.loads(TEXT, format='json').dumps(format='yaml')",
    "DOT": "toc.loads(TEXT, format='json').to_dot()",
    "the schema": "toc.schema()",
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_reading_editing_writing_and_dot_load_none_of_the_optional_libraries(work: str) -> None:
    assert loaded_by(f"import toc\nTEXT = {THEORY!r}\n{work}") & OPTIONAL == set()


def test_the_command_line_starts_without_the_libraries_that_draw() -> None:
    assert loaded_by("import toc.cli") & (OPTIONAL - {"click"}) == set()


def test_every_public_name_is_loaded_only_when_asked_for() -> None:
    # Completion in a notebook lists names; listing them must not load them.
    assert "pydantic" not in loaded_by("import toc; dir(toc); toc.__all__; toc.__version__")

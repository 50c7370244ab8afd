"""What is loaded is looked at in a fresh process: in this one the tests have long loaded everything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

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


# What each use of the library does without; a module stands for all that it holds.
DOES_WITHOUT = {
    "reading JSON": (
        "import toc\ntoc.loads(TEXT, format='json')",
        "yaml json subprocess tomllib toc.files.yaml_reader toc.files.saver toc.files.strays toc.guidance toc.language",
    ),
    "writing JSON": (
        "import toc\ntoc.loads(TEXT, format='json').dumps('json')",
        "yaml subprocess tomllib toc.files.yaml_writer toc.files.patch toc.guidance toc.language",
    ),
    "reading YAML": (
        "import toc\ntoc.loads(TEXT)",
        "subprocess tomllib toc.files.json_reader toc.files.saver toc.guidance toc.language",
    ),
    "toc check": (
        "COMMAND = 'check', FILE",
        "subprocess toc.diagram toc.render toc.drawings toc.cli.draw toc.guidance.plan toc.files.saver",
    ),
    "toc draw": (
        "COMMAND = 'draw', FILE, OUT",
        "tomllib toc.checks toc.analysis toc.prose toc.explore toc.cli.check toc.guidance.plan toc.files.saver",
    ),
}
RUNNING = """
import sys
if COMMAND:
    sys.argv = ["toc", *COMMAND]
    from toc.cli.__main__ import start
    try:
        start()
    except SystemExit as end:
        assert not end.code, end.code
print()
print(*sys.modules)
"""


@pytest.mark.parametrize(("program", "without"), DOES_WITHOUT.values(), ids=DOES_WITHOUT)
def test_each_use_loads_only_what_it_needs(tmp_path: Path, program: str, without: str) -> None:
    file = tmp_path / "theory.yaml"
    file.write_text(THEORY, encoding="utf-8")
    names = f"TEXT, FILE, OUT, COMMAND = {THEORY!r}, {str(file)!r}, {str(tmp_path / 'x.svg')!r}, ()\n"
    run = subprocess.run(
        [sys.executable, "-c", f"{names}{program}{RUNNING}"], check=False, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    loaded = run.stdout.splitlines()[-1].split()
    assert [name for name in loaded if any(f"{name}.".startswith(f"{one}.") for one in without.split())] == []


def test_the_program_sets_its_own_process_and_no_host_s() -> None:
    state = "import gc, os; print(gc.get_threshold(), gc.isenabled(), os.environ.get('PYDANTIC_DISABLE_PLUGINS'))"
    called = "from toc.cli import main; main(['rule', 'TOC121'], standalone_mode=False)"

    def printed(program: str) -> str:
        run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
        return run.stdout.splitlines()[-1]

    assert printed(f"{called}\n{state}") == printed(state)
    started = "import sys; sys.argv = ['toc', '--version']\nfrom toc.cli.__main__ import start"
    assert printed(f"{started}\ntry: start()\nexcept SystemExit: {state}") != printed(state)


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

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import toc
from cli.running import START, Run
from toc import examples


def test_the_outline_is_printed_from_a_file_and_from_a_pipe(run: Run) -> None:
    outline = toc.example("small-charity").outline()
    Path("a.yaml").write_text(examples.text("small-charity"), encoding="utf-8")
    assert run("show", "a.yaml").stdout.rstrip("\n") == outline.rstrip("\n")
    assert run("show", "-", piped_in=examples.text("small-charity")).stdout == run("show", "a.yaml").stdout


@pytest.mark.parametrize(
    ("form", "of"), [("narrative", "narrative"), ("description", "describe"), ("outline", "outline")]
)
def test_a_theory_is_told_in_the_form_asked_for(run: Run, form: str, of: str) -> None:
    told = getattr(toc.example("small-charity"), of)()
    result = run("show", "-", "--as", form, piped_in=examples.text("small-charity"))
    assert result.stdout.rstrip("\n") == told.rstrip("\n")


def test_a_theory_that_cannot_be_shown_says_why(run: Run) -> None:
    result = run("show", "-", piped_in=START.replace("goal", "gaol"))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1] == "2 problems"


def test_the_schema_is_printed_or_written(run: Run) -> None:
    schema = json.loads(run("schema").stdout)
    Draft202012Validator.check_schema(schema)
    assert schema == toc.schema()
    result = run("schema", "--output", "toc.schema.json")
    assert result.stdout == "wrote toc.schema.json\n"
    assert json.loads(Path("toc.schema.json").read_text(encoding="utf-8")) == schema

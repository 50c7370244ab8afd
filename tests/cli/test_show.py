from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import toc
from cli.running import START, Run
from pages.test_printed import squeezed, words_of_docx
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


@pytest.mark.parametrize("form", ["outline", "narrative", "description"])
def test_what_is_told_can_be_handed_round_in_word_pdf_and_html(run: Run, form: str) -> None:
    theory = toc.example("small-charity")
    Path("a.yaml").write_text(examples.text("small-charity"), encoding="utf-8")
    for name in ("a.docx", "a.pdf", "a.html", "a.md", "a.txt"):
        assert run("show", "a.yaml", "--as", form, "-o", name).exit_code == 0
    told = {"outline": theory.outline, "narrative": theory.narrative, "description": theory.describe}[form]()
    assert Path("a.txt").read_text(encoding="utf-8").rstrip("\n") == told.rstrip("\n")
    words = squeezed(words_of_docx(Path("a.docx").read_bytes()))
    assert [line for line in told.splitlines() if squeezed(line) not in words] == []
    assert Path("a.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert Path("a.pdf").read_bytes()[:5] == b"%PDF-"
    assert Path("a.md").read_text(encoding="utf-8").startswith("# A warm space on Tuesdays")


def test_prose_is_no_table_and_replaces_no_theory(run: Run) -> None:
    Path("a.yaml").write_text(examples.text("small-charity"), encoding="utf-8")
    assert "has no rows" in run("show", "a.yaml", "-o", "a.csv").stderr
    assert run("show", "a.yaml", "-o", "a.yaml").exit_code == 2

"""Whatever a file, an id, an option or a title is called, no command lets it steer the terminal or begin a line of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cli.running import START, Run

NAME = "a\nb\x1b[31m\x9b1m\u202e\udcff.yaml"  # the last letter is a byte that is no UTF-8
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
TITLE = "Clubs \u202e\u2066 \u2028 after school"
THEORY = f"{START}activities:\n  clubs: {{title: {json.dumps(TITLE)}, leads_to: goal}}\n  quiz: Quiz\n"
ID = "x\x1b]0;owned\x07"
COMMANDS = [
    ("new", "new", NAME),
    ("new", "outline", "new.yaml", "--from", NAME.replace(".yaml", ".txt")),
    ("new", "table", NAME, "--from", NAME.replace(".yaml", ".csv")),
    ("new", "no table", "new.yaml", "--from", f"{NAME}.csv"),
    ("new", "title", "new.yaml", "--title", ID),
    ("new", "ending", f"{NAME}.docx"),
    ("check", "file", NAME),
    ("check", "all", NAME, NAME, "--all", "--profile", "funder"),
    ("check", "nowhere", f"{NAME}.yaml"),
    ("check", "fix", NAME, "--fix"),
    ("check", "rule", NAME, "--select", ID),
    ("check", "output", NAME, "--output", NAME.replace(".yaml", ".md")),
    ("rule", "rule", ID),
    ("show", "show", NAME),
    ("show", "narrative", NAME, "--as", "narrative"),
    ("explain", "id", NAME, ID),
    ("explain", "text", NAME, "clubs"),
    ("explain", "to", NAME, "clubs", "--to", ID),
    ("exposure", "text", NAME),
    ("coverage", "text", NAME, "--output", NAME.replace(".yaml", ".txt")),
    ("coverage", "ending", NAME, "--output", f"{NAME}.docx"),
    ("progress", "text", NAME),
    ("partnership", "text", NAME),
    ("partnership", "part", NAME, "--part", ID),
    ("logframe", "text", NAME),
    ("logframe", "wrote", NAME, NAME.replace(".yaml", ".md")),
    ("report", "wrote", NAME, NAME.replace(".yaml", ".md"), "--sections", "summary"),
    ("report", "template", NAME, "a.docx", "--sections", "summary", "--template", NAME.replace(".yaml", ".csv")),
    ("report", "section", NAME, "a.md", "--sections", ID),
    ("diff", "text", NAME, "my.yaml"),
    ("diff", "nowhere", NAME, f"{NAME}.yaml"),
    ("workbook", "wrote", NAME, NAME.replace(".yaml", ".xlsx")),
    ("merge", "no workbook", NAME, NAME.replace(".yaml", ".xlsx")),
    ("update", "wrote", NAME, "--from", NAME.replace(".yaml", ".csv")),
    ("update", "sheet", NAME, "--from", NAME.replace(".yaml", ".csv"), "--sheet", ID),
    ("guide", "text", NAME),
    ("guide", "id", NAME, "--activity", ID),
    ("guide", "ask", NAME, "--ask"),
    ("record", "kpi", NAME, ID, "3", "--date", "2026-01-01"),
    ("record", "table", NAME, "--from", NAME.replace(".yaml", ".csv")),
    ("record", "template", NAME, "--template", NAME.replace(".yaml", "-2.csv")),
    ("frames", "name", ID),
    ("frames", "file", NAME),
    ("frames", "nowhere", f"{NAME}.yaml"),
    ("frames", "add", "--add", NAME, NAME),
    ("review", "id", NAME, ID),
    ("review", "frame", NAME, "--frame", ID),
    ("review", "form", NAME, "--frame", "practices"),
    ("review", "ask", NAME, "--frame", "practices", "--ask"),
    ("review", "read", NAME, "--read", NAME.replace(".yaml", ".csv")),
    ("serve", "folder", NAME),
    ("draw", "wrote", NAME, NAME.replace(".yaml", ".dot")),
    ("draw", "ending", NAME, f"{NAME}.docx"),
    ("draw", "view", NAME, "my.dot", "--view", ID),
    ("draw", "theme", NAME, "my.dot", "--theme", f"{NAME}.toml"),
    ("draw", "node", NAME, "my.dot", "--view", "path", "--node", ID),
    ("draw", "itself", NAME, NAME),
    ("plot", "ending", NAME, f"{NAME}.docx"),
    ("convert", "wrote", NAME, NAME.replace(".yaml", ".json")),
    ("convert", "ending", NAME, f"{NAME}.docx"),
    ("schema", "output", "--output", NAME.replace(".yaml", ".json")),
    ("demo", "folder", NAME.replace(".yaml", "")),
    (ID, "command"),
    (f"--{ID}", "option"),
    ("check", "option", f"--{ID}"),
    ("show", "word", NAME, "--as", ID),
    ("convert", "too many", NAME, ID, ID),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: re.sub(r"\W", "", f"{command[0]}-{command[1]}"))
def test_no_name_and_no_title_steers_the_terminal(run: Run, command: tuple[str, ...]) -> None:
    for name in (NAME, "my.yaml"):
        Path(name).write_text(THEORY, encoding="utf-8")
    Path(NAME.replace(".yaml", ".txt")).write_text("Every child reads\n  Reading\n", encoding="utf-8")
    Path(NAME.replace(".yaml", ".csv")).write_text("Activity,Colour\nChess,red\n", encoding="utf-8")
    result = run(command[0], *command[2:], piped_in="y\ny\n")
    printed = result.stdout + result.stderr
    assert result.exit_code in {0, 1, 2}, printed
    assert printed
    assert STEERS.findall(printed) == []
    assert not re.search(r"^b\\?\W", printed, re.MULTILINE), "the rest of a name stands on a line of its own"


def test_every_command_is_tried_with_a_hostile_name() -> None:
    from toc.cli import main

    assert set(main.commands) <= {command[0] for command in COMMANDS}


@pytest.mark.parametrize("form", ["text", "markdown", "html", "csv", "json", "sarif", "github"])
def test_no_report_of_a_check_lets_a_file_name_steer_a_terminal(run: Run, form: str) -> None:
    Path(NAME).write_text(THEORY, encoding="utf-8")
    printed = run("check", NAME, "--format", form).stdout
    assert printed
    assert [letter for letter in "\x1b\x9b\udcff" if letter in printed] == []

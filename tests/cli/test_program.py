from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

import toc
from cli.running import Run, Shell
from toc.cli import main

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = list(main.commands)


def test_without_arguments_the_program_says_what_it_can_do(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    assert result.stdout == run("--help").stdout
    assert [command for command in COMMANDS if f"\n  {command} " not in result.stdout] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_row_and_an_example_in_the_documentation(command: str) -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert f"\n| [`toc {command}`](#" in page
    assert f"\n$ toc {command}" in page


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_called_in_a_test_of_its_own(command: str) -> None:
    called = re.compile(rf"""run\(\s*\*?\(?"{command}\"""")
    assert any(called.search(path.read_text(encoding="utf-8")) for path in Path(__file__).parent.glob("test_*.py"))


@pytest.mark.parametrize("command", [[], *([command] for command in COMMANDS)], ids=str)
def test_every_help_has_an_example_that_starts_with_the_command(run: Run, command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert result.stderr == ""
    _, example, commands = result.stdout.partition("\n  Example")
    assert example
    assert "\n    toc " + " ".join(command) in commands
    assert result.stdout == run(*command, "-h").stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_summary_fits_one_line(command: str) -> None:
    summary = main.commands[command].get_short_help_str(limit=60)
    assert summary.endswith(".")
    assert not summary.endswith("...")


def test_every_option_says_what_it_does() -> None:
    silent = [
        f"{name} {parameter.opts[0]}"
        for name, command in main.commands.items()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert silent == []


def test_the_version_is_the_library_s(run: Run) -> None:
    assert run("--version").stdout == f"toc {toc.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "No such command 'chekc'"),
        (["check"], "Missing argument 'FILE...'"),
        (["draw", "my.yaml"], "Missing argument 'OUT...'"),
        (["show", "my.yaml", "other.yaml"], "unexpected extra argument"),
        (["draw", "my.yaml", "my.svg", "--view", "pilars"], "'pilars' is not one of"),
        (["check", "--colour", "my.yaml"], "No such option"),
        (["new", "my.txt"], "end it in .yaml"),
        (["new", "other.yaml", "--title", " "], "a title is one line of text"),
        (["convert", "my.yaml", "my.txt"], "end it in .yaml, .json, .iati.xml"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_where_help_is(run: Run, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_as_a_process_it_reads_and_writes_utf8_whatever_the_locale(shell: Shell) -> None:
    theory = "toc: 1\ntitle: Café – Ångström 数\ngoal: Größe\n".encode()
    done = shell("convert", "-", "--to", "yaml", piped_in=theory, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout, done.stderr) == (0, theory, b"")


def test_a_message_survives_a_screen_that_knows_few_characters(shell: Shell) -> None:
    done = shell("check", "Größe.yaml", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"there is no such file" in done.stderr


def test_a_file_name_cannot_steer_the_terminal_or_break_the_line(run: Run) -> None:
    result = run("check", "a\nb\x1b[31m\u202e.yaml")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("a b\\x1b[31m\\u202e.yaml: there is no such file")


def test_no_colour_reaches_a_pipe(shell: Shell) -> None:
    assert b"\x1b" not in shell("check", "nowhere.yaml").stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a matter of Unix")
@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
    ids=str,
)
def test_a_terminal_sees_colour_unless_no_color_is_set(environment: dict[str, str], coloured: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    done = subprocess.run(
        [sys.executable, "-m", "toc.cli", "check", "nowhere.yaml"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=False,
        env={**clean, "TERM": "xterm", **environment},
    )
    os.close(theirs)
    said = os.read(ours, 10_000)
    os.close(ours)
    assert done.returncode == 2
    assert b"there is no such file" in said
    assert (b"\x1b[" in said) is coloured


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close in another way there")
def test_a_reader_that_goes_away_ends_the_program_without_a_word() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "toc.cli", "schema"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "toc.cli", "schema"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (2, b"cannot write: the disk is full\n")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are a matter of Unix")
def test_ctrl_c_ends_the_program_with_130_and_one_word() -> None:
    # The program waits for what is piped in; the first byte shows that it has come so far.
    program = "import os, signal, sys\nimport toc.cli.streams as streams\nimport toc.cli\n"
    program += "real = streams.piped_in\n"
    program += "def announced():\n    print('reading', file=sys.stderr, flush=True)\n    return real()\n"
    program += "streams.piped_in = announced\ntoc.cli.main(['show', '-'])\n"
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stderr
    assert process.stderr.readline() == b"reading\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert (process.returncode, said) == (130, b"stopped\n")


def test_a_fault_of_ours_is_one_line_and_no_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr(toc.TheoryOfChange, "outline", broken)
    result = run("show", "my.yaml")
    assert result.exit_code == 70
    assert result.stderr.count("\n") == 1
    assert "RuntimeError: two lines" in result.stderr
    assert "test_program.py" in result.stderr


def test_help_loads_neither_pydantic_nor_networkx() -> None:
    program = (
        "import sys\nfrom toc.cli import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit:\n    print(sorted({'pydantic', 'networkx', 'yaml', 'graphviz', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


# What strangers wrote

STEERING = """\
toc: 1
title: "Reading \\u202egnidaer\\u2066"
goal: {title: "Every child \\u202esdaer\\x85"}
pillars: {literacy: {title: "Literacy \\u2067", leads_to: goal}}
activities:
  clubs:
    title: "Clubs \\u202dnow \\u200fעברית\\u206a"
    leads_to: {literacy: {because: "they \\u2068read", assumptions: ["they \\u202acome"]}}
kpis: {age: {title: "Age \\u202b", measures: literacy}}
"""
STEERS = [chr(one) for one in (0x85, *range(0x202A, 0x202F), *range(0x2066, 0x206B))]
TOLD = [
    *(("show", "s.yaml", "--as", form) for form in ("outline", "narrative", "description")),
    ("explain", "s.yaml", "clubs"),
    ("exposure", "s.yaml"),
    ("coverage", "s.yaml"),
    ("progress", "s.yaml"),
    ("guide", "s.yaml"),
    ("guide", "s.yaml", "--advice"),
    ("guide", "s.yaml", "--activity", "clubs"),
    ("diff", "my.yaml", "s.yaml"),
    ("check", "s.yaml", "--all", "--profile", "funder"),
]


@pytest.mark.parametrize("command", TOLD, ids=" ".join)
def test_no_title_steers_the_terminal_or_turns_a_line_round(run: Run, command: tuple[str, ...]) -> None:
    Path("s.yaml").write_text(STEERING, encoding="utf-8")
    result = run(*command)
    assert "\\u202" in result.stdout
    assert [char for char in STEERS if char in result.stdout] == []
    assert result.stdout.count("\n") > 3


def test_a_page_of_text_is_as_harmless_in_a_file_and_writing_from_the_right_keeps_its_marks(run: Run) -> None:
    Path("s.yaml").write_text(STEERING, encoding="utf-8")
    assert run("explain", "s.yaml", "clubs", "--output", "why.txt").exit_code == 0
    text = Path("why.txt").read_text(encoding="utf-8")
    assert [char for char in STEERS if char in text] == []
    assert "\u200fעברית" in text


@pytest.mark.parametrize("command", ["explain", "exposure", "coverage", "guide", "diff"])
def test_what_programs_read_holds_every_letter(run: Run, command: str) -> None:
    Path("s.yaml").write_text(STEERING, encoding="utf-8")
    theory = toc.load("s.yaml")
    arguments = {"explain": ("s.yaml", "clubs"), "diff": ("my.yaml", "s.yaml")}.get(command, ("s.yaml",))
    found = json.loads(run(command, *arguments, "--format", "json").stdout)
    answers: dict[str, Callable[[], Any]] = {
        "explain": lambda: theory.explain("clubs"),
        "exposure": theory.exposure,
        "coverage": theory.coverage,
        "guide": theory.measurement_plan,
        "diff": lambda: toc.load("my.yaml").compare(theory),
    }
    assert found == json.loads(json.dumps(answers[command]().to_dict()))
    assert [char for char in STEERS if char in json.dumps(found, ensure_ascii=False)]

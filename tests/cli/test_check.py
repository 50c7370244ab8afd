from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from cli.running import Run

START = "toc: 1\ntitle: Reading\ngoal: Every child reads\n"
WRONG = {
    "a misspelt key": (
        f"{START}pillers: {{reading: Reading}}\n",
        "4:1: unknown key 'pillers': did you mean 'pillars'?",
        "TOC010",
    ),
    "an unknown id": (
        f"{START}outcomes:\n  readers: {{title: Readers, leads_to: gaol}}\n",
        "5:39: unknown node 'gaol': did you mean 'goal'?",
        "TOC030",
    ),
    "an id twice": (f"{START}pillars: {{a: A}}\noutcomes: {{a: B}}\n", "5:12: the id 'a' is used twice", "TOC031"),
    "a cycle of three": (
        f"{START}outcomes:\n  a: {{title: A, leads_to: b}}\n  b: {{title: B, leads_to: c}}\n  c: {{title: C, leads_to: a}}\n",
        "5:27: a cycle: a → b → c → a",
        "TOC033",
    ),
    "a KPI that measures nothing": (
        f"{START}kpis:\n  growth: {{title: Growth, measures: []}}\n",
        "a KPI must measure something",
        "TOC011",
    ),
}
UNREADABLE = {
    "tabs": (
        f"{START}pillars:\n\treading: Reading\n".encode(),
        "5:1: line 5 is indented with a tab: use spaces",
        "TOC003",
    ),
    "a quote left open": (b'toc: 1\ntitle: "Reading\n', "2:8: a quote opens here", "TOC003"),
    "nothing at all": (b"", "the file is empty", "TOC003"),
    "another encoding": ("title: Größe".encode("latin-1"), "1:10: byte 10 (0xF6) is not UTF-8", "TOC002"),
    "a tag that would run code": (b"toc: !!python/object/apply:os.system [ls]\n", "1:6: ", "TOC005"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_with_its_place_and_exits_with_1(run: Run, case: str) -> None:
    text, said, code = WRONG[case]
    Path("my.yaml").write_text(text, encoding="utf-8")
    result = run("check", "my.yaml")
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("my.yaml:")
    assert said in line
    assert line.endswith(f" [{code}]")


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_one_line_and_exits_with_2(run: Run, case: str) -> None:
    data, said, code = UNREADABLE[case]
    Path("my.yaml").write_bytes(data)
    result = run("check", "my.yaml")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert said in line
    assert line.endswith(f" [{code}]")


def test_a_word_file_with_another_name_is_recognised(run: Run) -> None:
    with zipfile.ZipFile("my.yaml", "w") as word:
        word.writestr("word/document.xml", "<document/>")
    result = run("check", "my.yaml")
    assert result.exit_code == 2
    assert result.stderr.startswith("my.yaml: this is a Word or Excel file: ")


def test_a_missing_file_a_folder_and_a_pipe_are_one_line_each(run: Run) -> None:
    Path("folder").mkdir()
    names = ["missing.yaml", "folder"]
    if hasattr(os, "mkfifo"):
        os.mkfifo("pipe.yaml")
        names.append("pipe.yaml")
    for name in names:
        result = run("check", name)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"{name}: ")
        assert result.stderr.count("\n") == 1


def test_a_file_that_is_right_is_counted(run: Run) -> None:
    Path("my.yaml").write_text(
        f"{START}pillars: {{a: A, b: B}}\nactivities: {{c: {{title: C, leads_to: a}}}}\n", encoding="utf-8"
    )
    result = run("check", "my.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "my.yaml: fine: 1 goal, 2 pillars, 1 activity, 3 links\n"


def test_all_problems_of_all_files_come_at_once_and_are_counted(run: Run) -> None:
    Path("one.yaml").write_text(f"{START}a: 1\nb: 2\n", encoding="utf-8")
    result = run("check", "one.yaml", "my.yaml", "missing.yaml")
    *lines, count = result.stderr.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["one.yaml:4:1", "one.yaml:5:1", "missing.yaml"]
    assert count == "3 problems"
    assert result.stdout == "my.yaml: fine: 1 goal\n"
    assert result.exit_code == 2


def test_what_is_piped_in_is_checked_too(run: Run) -> None:
    assert run("check", "-", piped_in=START).stdout == "<stdin>: fine: 1 goal\n"
    assert run("check", "-", piped_in=f"{START}a: 1\n").stderr.startswith("<stdin>:4:1: ")
    assert run("check", "-", piped_in="\ufeff" + START).exit_code == 0
    assert run("check", "-", piped_in=b"\xff").exit_code == 2


def test_more_than_50_mb_from_a_pipe_is_one_line(run: Run) -> None:
    result = run("check", "-", piped_in=b"#" * (50 * 1024 * 1024 + 1))
    assert (result.exit_code, result.stderr) == (2, "<stdin>: what is piped in is larger than 50 MB [TOC004]\n")


def test_piped_json_is_read_as_json_when_told_so(run: Run) -> None:
    twice = '{"toc": 1, "title": "A", "title": "B", "goal": "G"}'
    assert run("check", "-", "--read-as", "json", piped_in=twice).stderr.startswith("<stdin>:1:26: ")
    assert run("check", "-", "--read-as", "json", piped_in=START).exit_code == 2


def test_as_json_every_problem_carries_its_file(run: Run) -> None:
    Path("one.yaml").write_text(f"{START}pillers: 1\n", encoding="utf-8")
    result = run("check", "--format", "json", "one.yaml", "my.yaml", "missing.yaml")
    assert (result.exit_code, result.stderr) == (2, "")
    first, second = json.loads(result.stdout)
    assert first == {
        "file": "one.yaml",
        "code": "TOC010",
        "message": first["message"],
        "path": ["pillers"],
        "line": 4,
        "column": 1,
        "suggestion": "pillars",
    }
    assert (second["file"], second["code"], second["line"]) == ("missing.yaml", "TOC001", None)


def test_as_json_a_file_that_is_right_is_an_empty_list(run: Run) -> None:
    result = run("check", "--format", "json", "my.yaml")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_a_key_cannot_break_the_line_of_its_problem(run: Run) -> None:
    Path("my.yaml").write_text(f'{START}outcomes: {{a: {{title: A, leads_to: "x\\ny\\e[31m"}}}}\n', encoding="utf-8")
    result = run("check", "my.yaml")
    assert result.exit_code in {1, 2}
    assert "\x1b" not in result.stderr
    assert [
        line for line in result.stderr.splitlines() if not line.startswith("my.yaml:") and not line.endswith("problems")
    ] == []

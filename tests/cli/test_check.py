from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from io import StringIO
from pathlib import Path
from typing import get_args

import pytest

from cli.running import Run, Shell
from toc.cli.check import PROFILES
from toc.files.locator import FindingPlaces
from toc.model.types import Profile

START = "toc: 1\ntitle: Reading\ngoal: Every child reads\n"
WRONG = {
    "a misspelt key": (
        f"{START}pillers: {{reading: Reading}}\n",
        "4:1: unknown key 'pillers': did you mean 'pillars'?",
        "TOC010",
    ),
    "an unknown id": (
        f"{START}outcomes:\n  readers: {{title: Readers, leads_to: gaol}}\n",
        "5:39: unknown id 'gaol': did you mean 'goal'?",
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
        "5:1: line 5 is indented with a tab (U+0009): use spaces",
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
    result = run("check", "--select", "unused-silence", "my.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith(" 1 goal, 2 pillars, 1 activity, 3 links\n")


def test_all_problems_of_all_files_come_at_once_and_are_counted(run: Run) -> None:
    Path("one.yaml").write_text(f"{START}a: 1\nb: 2\n", encoding="utf-8")
    result = run("check", "--select", "TOC169", "one.yaml", "my.yaml", "missing.yaml")
    *lines, count = result.stderr.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["one.yaml:4:1", "one.yaml:5:1", "missing.yaml"]
    assert count == "3 problems"
    assert result.stdout == "my.yaml: fine: 1 goal\n"
    assert result.exit_code == 2


def test_what_is_piped_in_is_checked_too(run: Run) -> None:
    assert run("check", "--select", "TOC169", "-", piped_in=START).stdout == "<stdin>: fine: 1 goal\n"
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
    result = run("check", "--format", "json", "--select", "TOC169", "one.yaml", "my.yaml", "missing.yaml")
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


def test_as_json_a_file_in_which_nothing_is_found_is_an_empty_list(run: Run) -> None:
    result = run("check", "--format", "json", "--select", "TOC169", "my.yaml")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_a_key_cannot_break_the_line_of_its_problem(run: Run) -> None:
    Path("my.yaml").write_text(f'{START}outcomes: {{a: {{title: A, leads_to: "x\\ny\\e[31m"}}}}\n', encoding="utf-8")
    result = run("check", "my.yaml")
    assert result.exit_code in {1, 2}
    assert "\x1b" not in result.stderr
    assert [
        line for line in result.stderr.splitlines() if not line.startswith("my.yaml:") and not line.endswith("problems")
    ] == []


# Findings. The theory below has one of each severity, whatever other rules there are.

WEAK = """\
toc: 1
title: Reading
goal: Every child reads
pillars:
  literacy:
    title: "Literacy \u202e"
activities:
  stray:   {title: Book fair, leads_to: []}
  fair:    {title: Careers fair, leads_to: goal}
kpis:
  age: {title: Reading age, measures: literacy, baseline: 2, target: 1, direction: up}
review_on: 2026-08-01
"""
SEEN = ("check", "--today", "2026-09-01", "--select", "TOC101,TOC104", "--select", "TOC165,incomplete-kpi")


@pytest.fixture
def weak() -> Path:
    file = Path("weak theory.yaml")
    file.write_text(WEAK, encoding="utf-8")
    return file


def test_findings_stand_under_their_pillar_with_their_line_and_what_to_do(run: Run, weak: Path) -> None:
    result = run(*SEEN, "--all", str(weak))
    assert (result.exit_code, result.stderr) == (1, "")
    first, _, heading, *_ = result.stdout.splitlines()
    assert first == "weak theory.yaml: 1 error and 1 warning in 1 goal, 1 pillar, 2 activities, 1 KPI, 2 links"
    assert heading == "Pillar: Literacy \\u202e"
    assert "\u202e" not in result.stdout
    outside = result.stdout.partition("Outside every pillar\n--------------------\n")[2]
    error = outside.index("✖ error: activity-without-way (TOC101)\n")
    place = outside.index("\n    weak theory.yaml:8:3 | stray: {title: Book fair, leads_to: []}\n")
    fix = outside.index("\n  To fix it: ")
    assert error < place < fix < outside.index("▲ warning: skipped-level (TOC104)\n")
    assert "\n    weak theory.yaml:9:34 | fair: {title: Careers fair, leads_to: goal}\n" in outside
    assert result.stdout.endswith(" in the profile “plan”. `toc rule TOC101` says more about activity-without-way.\n")


def test_only_an_error_makes_the_exit_code_1(run: Run, weak: Path) -> None:
    assert run(*SEEN, str(weak)).exit_code == 1
    assert run(*SEEN, "--ignore", "activity-without-way", str(weak)).exit_code == 0
    assert run(*SEEN, "--profile", "sketch", str(weak)).exit_code == 0
    assert run(*SEEN, str(weak), "missing.yaml").exit_code == 2


def test_the_profile_asks_for_more_or_less(run: Run, weak: Path) -> None:
    def count(*options: str) -> int:
        return len(json.loads(run("check", "--format", "json", *options, str(weak)).stdout))

    assert count("--profile", "sketch") < count("--profile", "plan") <= count("--profile", "funder")
    assert count() == count("--profile", "plan")
    assert "Invalid value for '--profile'" in run("check", "--profile", "founder", str(weak)).stderr


def test_the_profiles_of_the_command_are_those_of_the_format() -> None:
    assert get_args(Profile) == PROFILES


def test_a_rule_that_is_none_is_refused_with_the_nearest(run: Run, weak: Path) -> None:
    for option in ("--select", "--ignore"):
        result = run("check", option, "TOC101,unused-silense", str(weak))
        assert result.exit_code == 2
        assert "did you mean 'unused-silence'?" in result.stderr
    assert run("check", "--select", "toc10, ", str(weak)).exit_code == 1


def test_many_of_a_kind_are_folded_unless_all_are_asked_for(run: Run) -> None:
    activities = "".join(f"  a{place}: {{title: A, leads_to: goal}}\n" for place in range(12))
    Path("my.yaml").write_text(f"{START}activities:\n{activities}", encoding="utf-8")
    folded = run("check", "--select", "TOC104", "my.yaml").stdout
    assert folded.count("To fix it") == 3
    assert "… and 9 more like these, on lines 8, 9, 10, 11, 12, 13, 14, 15, …\n" in folded
    assert folded.endswith("`--all` lists them all, and `toc rule TOC104` says more about skipped-level.\n")
    everything = run("check", "--select", "TOC104", "--all", "my.yaml").stdout
    assert everything.count("my.yaml:") == 12 + 2
    assert "more like" not in everything
    assert "--all" not in everything


IMPORTED = """\
toc: 1
title: Partnerships
goal: The change that all of this is for
pillars: {literacy: Literacy, stem: STEM, arts: Arts}
activities:
  a1: {title: Reading buddies, leads_to: literacy}
  a2: {title: Lab visits, leads_to: stem}
  a3: {title: Choir, leads_to: arts}
"""


@pytest.mark.parametrize("profile", ["sketch", "plan", "funder"])
def test_what_is_worth_most_comes_first_and_the_rest_is_a_line_a_kind(run: Run, profile: str) -> None:
    Path("my.yaml").write_text(IMPORTED, encoding="utf-8")
    told = run("check", "--profile", profile, "my.yaml").stdout
    first, _, then = told.partition("\nThen\n----\n")
    names = [line.split(": ")[1] for line in first.splitlines() if line.startswith(("✖", "▲", "●"))]
    assert names == ["placeholder (TOC166)", "no-outcome-between (TOC108)", "no-target-group (TOC151)"]
    lines = then.partition("\n\n")[0].splitlines()
    assert all(line[0] in "✖▲● " for line in lines)
    assert "A pillar that is to be reached and has no KPI (3 times) [TOC121]" in lines[0] or "TOC121" in " ".join(
        lines[:2]
    )
    found = json.loads(run("check", "--profile", profile, "--format", "json", "my.yaml").stdout)
    codes = {one["code"] for one in found}
    assert sorted(code for code in codes if f"[{code}]" in then or f"({code})" in first) == sorted(codes)
    assert told.rstrip().rsplit("\n", 1)[-1].count("`--all` lists them all") == 1
    everything = run("check", "--profile", profile, "--all", "my.yaml").stdout
    assert all(one["message"][:20] in everything.replace("\n  ", " ") for one in found)


def test_errors_come_before_what_is_only_weak_and_behind_a_goal_that_nobody_has_written(run: Run) -> None:
    Path("my.yaml").write_text(f"{IMPORTED}  a4: {{title: Fair, leads_to: []}}\n", encoding="utf-8")
    result = run("check", "my.yaml")
    assert result.exit_code == 1
    names = [line.partition("(")[2] for line in result.stdout.splitlines() if line.startswith(("✖", "▲", "●"))]
    assert names[:3] == ["TOC166)", "TOC101)", "TOC108)"]


def test_an_error_is_never_folded(run: Run) -> None:
    activities = "".join(f"  a{place}: {{title: A, leads_to: []}}\n" for place in range(12))
    Path("my.yaml").write_text(f"{START}activities:\n{activities}", encoding="utf-8")
    assert run("check", "--select", "TOC101", "my.yaml").stdout.count(" | a") == 12


def test_as_json_a_finding_has_the_keys_of_a_problem_and_its_own(run: Run, weak: Path) -> None:
    Path("one.yaml").write_text(f"{START}pillers: 1\n", encoding="utf-8")
    problem, *findings = json.loads(run(*SEEN, "--format", "json", "one.yaml", str(weak)).stdout)
    for finding in findings:
        assert list(finding)[: len(problem)] == list(problem)
        assert list(finding)[len(problem) :] == ["name", "severity", "nodes", "links", "fix"]
    told = [(one["file"], one["code"], one["line"], one["column"], one["severity"]) for one in findings]
    assert ("weak theory.yaml", "TOC101", 8, 3, "error") in told
    assert ("weak theory.yaml", "TOC104", 9, 34, "warning") in told


def test_as_json_the_path_of_a_finding_leads_through_the_file_however_short_it_is_written(run: Run) -> None:
    text = f"{START}pillars: {{a: A, b: B}}\noutcomes: {{c: {{title: C, leads_to: [a, b]}}, d: {{title: D, leads_to: a}}}}\n"
    Path("my.yaml").write_text(text, encoding="utf-8")
    found = json.loads(run("check", "--select", "TOC111,TOC151", "--format", "json", "my.yaml").stdout)
    assert {(one["code"], *one["path"]) for one in found} == {
        ("TOC111", "outcomes", "c", "leads_to", 0),
        ("TOC111", "outcomes", "c", "leads_to", 1),
        ("TOC111", "outcomes", "d", "leads_to"),
        ("TOC151",),
    }


def test_as_sarif_problems_and_findings_of_all_files_are_one_run(run: Run, weak: Path) -> None:
    Path("one.yaml").write_text(f"{START}pillers: 1\n", encoding="utf-8")
    result = run(*SEEN, "--format", "sarif", "one.yaml", str(weak))
    assert (result.exit_code, result.stderr) == (1, "")
    (log,) = json.loads(result.stdout)["runs"]
    places = [one["locations"][0]["physicalLocation"] for one in log["results"]]
    assert [place["artifactLocation"]["uri"] for place in places][:2] == ["one.yaml", "weak%20theory.yaml"]
    assert [one["level"] for one in log["results"]][:2] == ["error", "error"]
    assert places[1]["region"] == {"startLine": 8, "startColumn": 3}


def test_github_shows_each_beside_its_line(run: Run, weak: Path) -> None:
    lines = run(*SEEN, "--format", "github", str(weak), "missing.yaml").stdout.splitlines()
    assert lines[0].startswith("::error file=weak theory.yaml,line=8,col=3,title=TOC101 activity-without-way::")
    assert lines[-1].startswith("::error file=missing.yaml,title=TOC001::there is no such file")


def test_markdown_has_a_table_for_each_pillar(run: Run, weak: Path) -> None:
    Path("one.yaml").write_text(f"{START}pillers: 1\n", encoding="utf-8")
    text = run(*SEEN, "--format", "markdown", str(weak), "one.yaml").stdout
    assert "# Findings: Reading\n" in text
    assert "\n## Outside every pillar\n" in text
    assert "| TOC101 activity-without-way | weak theory.yaml:8:3 |" in text
    assert "# Problems: one.yaml\n\n- one.yaml:4:1: unknown key" in text


def test_a_silence_in_the_file_is_the_answer_to_a_finding(run: Run) -> None:
    Path("my.yaml").write_text(
        f"{START}activities: {{a: {{title: A, leads_to: []}}, b: {{title: B, leads_to: []}}}}\n"
        "settings: {checks: {silence: [{code: TOC101, node: a, reason: it ends this year}]}}\n",
        encoding="utf-8",
    )
    found = json.loads(run("check", "--select", "TOC101", "--format", "json", "my.yaml").stdout)
    assert [one["nodes"] for one in found] == [["b"]]


GOALS = {
    "alone": ("title: T\ngoal: Every child reads\n", "yaml", (2, 1)),
    "with an id": ("goal:\n  id: reading\n  title: T\n  target_group: all\n", "yaml", (4, 3)),
    "in its section": ("title: T\ngoals:\n  reading: Every child reads\n", "yaml", (3, 3)),
    "in JSON": ('{"title": "T",\n"goals": {"reading": {"target_group": "all"}}}', "json", (2, 23)),
    "nowhere": ("title: T\n", "yaml", None),
    "in a list": ("goals: [reading]\n", "yaml", (1, 1)),
}


@pytest.mark.parametrize("case", GOALS)
def test_a_finding_about_the_goal_is_placed_however_the_goal_is_written(case: str) -> None:
    text, format, place = GOALS[case]
    places = FindingPlaces(text, "json" if format == "json" else "yaml")
    assert places.place(("goal", "target_group")) == place


def test_a_finding_stands_at_the_link_in_a_list_and_at_the_node_where_a_key_is_missing() -> None:
    places = FindingPlaces(
        "pillars: {a: A, b: B}\noutcomes:\n  c:\n    title: C\n    leads_to:\n      - a\n      - b\n", "yaml"
    )
    assert places.place(("outcomes", "c", "leads_to", "b")) == (7, 9)
    assert places.place(("outcomes", "c", "leads_to", "b", "because")) == (7, 9)
    assert places.place(("outcomes", "c", "target_group")) == (3, 3)
    assert places.place(("pillars", "b", "title")) == (1, 17)
    assert places.place(("review_on",)) is None
    assert places.line(7) == "      - b"


def on_a_terminal(*arguments: str, **environment: str) -> bytes:
    """What a terminal is given."""
    pty = pytest.importorskip("pty", reason="this system has no such terminals")
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        [sys.executable, "-m", "toc.cli", *arguments], stdout=theirs, env={**os.environ, **environment}
    )
    os.close(theirs)
    given = b""
    try:
        while piece := os.read(ours, 65536):
            given += piece
    except OSError:  # Linux says so when the other side is closed
        pass
    os.close(ours)
    started.wait()
    return given


def test_colour_is_for_a_terminal_only_and_never_against_the_reader_s_wish(shell: Shell, weak: Path) -> None:
    plain = shell(*SEEN, str(weak)).stdout
    assert b"\x1b" not in plain
    assert "✖ error".encode() in plain
    assert b"\x1b[31m" in on_a_terminal(*SEEN, str(weak), NO_COLOR="", TERM="xterm")
    assert b"\x1b" not in on_a_terminal(*SEEN, str(weak), NO_COLOR="1", TERM="xterm")


# Fixing

BROKEN = f"""\
{START}review_on: 2999-01-01
pillars: {{literacy: Literacy}}
outcomes:
  a: {{title: A, leads_to: literacey}}   # up
settings:
  checks:
    silence:
      - {{code: TOC161, reason: we meet every month}}
      - {{code: TOC116, reason: nothing outside matters}}
"""


def test_fix_fixes_what_it_can_says_so_and_checks_what_is_there_then(run: Run) -> None:
    Path("my.yaml").write_bytes(BROKEN.replace("\n", "\r\n").encode())
    result = run("check", "--fix", "--select", "TOC16,TOC116", "my.yaml")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "my.yaml:7: fixed: 'literacey' is now 'literacy' [TOC030]",
        "my.yaml:11: fixed: the unused silence of TOC161 is deleted [TOC169]",
    ]
    assert "unused-silence" not in result.stdout
    fixed = BROKEN.replace("literacey", "literacy").replace("      - {code: TOC161, reason: we meet every month}\n", "")
    assert Path("my.yaml").read_bytes() == fixed.replace("\n", "\r\n").encode()
    again = run("check", "--fix", "--select", "TOC16,TOC116", "my.yaml")
    assert (again.stdout, again.stderr) == (result.stdout, "")


def test_fix_leaves_what_is_not_sure_with_the_reason(run: Run) -> None:
    text = f"{START}pillars: {{reader-a: A, reader-b: B}}\noutcomes: {{c: {{title: C, leads_to: reader-x}}}}\n"
    Path("my.yaml").write_text(text, encoding="utf-8")
    result = run("check", "--fix", "my.yaml", "missing.yaml")
    first, *others = result.stderr.splitlines()
    assert first.startswith("my.yaml:5: 'reader-x' is left: several ids are like it: reader-")
    assert [line.rpartition(" ")[2] for line in others] == ["[TOC030]", "[TOC001]", "problems"]
    assert Path("my.yaml").read_text(encoding="utf-8") == text
    assert result.exit_code == 2


def test_fix_refuses_what_is_piped_in(run: Run) -> None:
    result = run("check", "--fix", "-", piped_in=BROKEN)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "--fix writes into files: name one in place of -, or leave out --fix\n"


def test_fix_says_when_a_file_cannot_be_written_and_leaves_it_as_it_was(run: Run) -> None:
    resource = pytest.importorskip("resource", reason="this system knows no limit for the size of files")
    Path("my.yaml").write_text(BROKEN, encoding="utf-8")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    try:
        result = run("check", "--fix", "my.yaml")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert result.stderr.startswith("my.yaml: nothing was fixed: the file cannot be written")
    assert Path("my.yaml").read_text(encoding="utf-8") == BROKEN


def test_a_name_and_a_title_cannot_steer_the_terminal(run: Run) -> None:
    file = Path("a\x1b[31m\u202e,b.yaml")
    file.write_text(WEAK, encoding="utf-8")
    for form in ("text", "github", "markdown", "html", "csv", "json", "sarif"):
        printed = run(*SEEN, "--format", form, str(file)).stdout
        assert "\x1b" not in printed
        assert form in {"json", "sarif", "markdown", "html", "csv"} or "\u202e" not in printed


def test_a_day_that_is_none_is_refused_with_how_to_write_it(run: Run) -> None:
    Path("a.yaml").write_text(START, encoding="utf-8")
    result = run("check", "--today", "tomorrow", "a.yaml")
    assert result.exit_code == 2
    assert "'tomorrow' is no day: write it as YEAR-MONTH-DAY" in " ".join(result.stderr.split())


def test_a_theory_without_pillars_has_one_heading_for_all_of_it(run: Run) -> None:
    Path("a.yaml").write_text(
        "{toc: 1, title: T, goal: Pupils read, activities: {a: {title: Clubs, leads_to: goal}}}", encoding="utf-8"
    )
    told = run("check", "--all", "--today", "2026-09-01", "a.yaml").stdout
    assert told.count("The whole theory\n") == 1
    assert "skipped-level" in told


def test_a_spreadsheet_has_a_row_for_each_problem_and_finding_of_all_files(run: Run, weak: Path) -> None:
    Path("bad.yaml").write_text(START.replace("goal", "gaol"), encoding="utf-8")
    result = run(*SEEN, "--format", "csv", str(weak), "bad.yaml")
    assert result.exit_code == 1
    rows = list(csv.DictReader(StringIO(result.stdout.removeprefix("\ufeff"))))
    told = json.loads(run(*SEEN, "--format", "json", str(weak), "bad.yaml").stdout)
    assert [(row["File"], row["Code"], row["Line"], row["Finding"]) for row in rows] == [
        (one["file"], one["code"], str(one["line"]), one["message"]) for one in told
    ]
    assert {row["How grave"] for row in rows if row["File"] == "bad.yaml"} == {"error"}


def test_one_page_of_html_holds_all_files(run: Run, weak: Path) -> None:
    Path("bad.yaml").write_text(START.replace("goal", "<b>gaol"), encoding="utf-8")
    page = run(*SEEN, "--format", "html", str(weak), "bad.yaml").stdout
    assert page.count("<!doctype html>") == page.count("</html>") == 1
    assert page.count("<h1>") == 2
    assert "Problems: bad.yaml" in page
    assert "<b>gaol" not in page


def test_findings_in_a_file_are_not_coloured_and_keep_the_exit_code(run: Run, weak: Path) -> None:
    printed = run(*SEEN, str(weak))
    written = run(*SEEN, str(weak), "-o", "findings.txt")
    assert written.exit_code == printed.exit_code
    assert written.stdout == "wrote findings.txt\n"
    assert Path("findings.txt").read_text(encoding="utf-8") == printed.stdout


def test_a_name_with_spaces_typed_without_quotes_is_asked_for_in_quotes(run: Run) -> None:
    Path("Plan One.yaml").write_text(START, encoding="utf-8")
    for words in (["check", "Plan", "One.yaml"], ["show", "Plan", "One.yaml"], ["draw", "Plan", "One.yaml", "x.svg"]):
        result = run(*words)
        assert result.exit_code == 2
        assert result.stderr == 'the name of the file holds spaces: put it in quotes, "Plan One.yaml"\n'
    assert "Plan: there is no such file" in run("check", "Plan", "Two.yaml").stderr


def test_very_many_problems_are_cut_with_a_count(run: Run, tmp_path: Path) -> None:
    outcomes = {f"o{number}": {"title": "O", "leads_to": "nowhere"} for number in range(620)}
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps({"toc": 1, "title": "Reading", "goal": "G", "outcomes": outcomes}))
    result = run("check", str(path))
    told = result.stderr.splitlines()
    assert len(told) == 502
    assert told[500:] == [f"{path}: and 120 more, which `toc check --format json` lists", "620 problems"]
    assert len(json.loads(run("check", "--format", "json", str(path)).stdout)) == 620


def test_findings_can_be_handed_round_in_word_and_pdf(run: Run, weak: Path) -> None:
    Path("bad.yaml").write_text("toc: 1\n", encoding="utf-8")
    for name, start in (("a.docx", b"PK"), ("a.pdf", b"%PDF-")):
        result = run(*SEEN, str(weak), "bad.yaml", "-o", name)
        assert result.stdout.strip() == f"wrote {name}"
        assert Path(name).read_bytes().startswith(start)


def test_what_is_misspelt_about_partners_is_told_at_its_place_with_the_nearest_choice(run: Run) -> None:
    Path("ours.yaml").write_text(
        """\
toc: 1
title: Coding and calm
goal: Every child thrives
activities:
  clubs:
    title: Coding clubs
    leads_to: goal
    exchange:
      rgs: {gives: facilites}
      primarys: {gains: attainment}
    reciprocates: clubs
    impact: {internal: lo}
partners:
  rgs: {title: Grammar school, sector: independant}
  primaries: {title: Primary schools}
partnership: {home: rgss, power: evn}
reviews:
  autumn:
    frame: practices
    date: 2026-09-15
    answers: {clear-purpose: mostly, mutual-benefit: party}
""",
        encoding="utf-8",
    )
    result = run("check", "ours.yaml")
    assert result.exit_code == 1
    told = [line for line in result.stderr.splitlines() if line.startswith("ours.yaml:")]
    assert [(line.split(" ", 1)[0], line.rpartition("[")[2]) for line in told] == [
        ("ours.yaml:9:20:", "TOC013]"),
        ("ours.yaml:10:7:", "TOC030]"),
        ("ours.yaml:11:19:", "TOC012]"),
        ("ours.yaml:12:24:", "TOC013]"),
        ("ours.yaml:14:40:", "TOC013]"),
        ("ours.yaml:16:21:", "TOC030]"),
        ("ours.yaml:16:34:", "TOC013]"),
        ("ours.yaml:21:15:", "TOC030]"),
        ("ours.yaml:21:54:", "TOC013]"),
    ]
    meant = ("facilities", "primaries", None, "low", "independent", "rgs", "even", "clear-purposes", "partly")
    for line, word in zip(told, meant, strict=True):
        assert word is None or f"did you mean '{word}'?" in line
    assert "'clubs' cannot reciprocate itself" in told[2]

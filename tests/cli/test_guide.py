"""`toc guide`: the plan, the advice, and the three questions whose answers go into the file."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

import toc
from cli.running import START, Run, Shell
from toc import examples

CITED = "Smith in SecEd, after Fiennes 2012"
OPEN = """\
# What we do, and why.
toc: 1
title: Reading partners   # working title
goal: Every child reads at their age
activities:
  # The oldest one
  reading:
    title: Weekly reading      # one to one
    participation: 100         # pupils, not volunteers
    leads_to: goal
  talk: {title: An author's talk, participation: 2000}   # once a year
  club: Book club
"""
RATED = """\
    certainty:
      level: medium
      because: The same people come often enough to change; the change would show while we are in touch; school, home
"""
ALL_YES = "y\ny\ny\n"
NO_GROUP = "\n"  # Enter where it is asked for whom
CLUB = ALL_YES + "24\n" + NO_GROUP


@pytest.fixture
def file(folder: Path) -> Path:
    """A file in which no activity has a certainty."""
    path = folder / "open.yaml"
    path.write_text(OPEN, encoding="utf-8")
    return path


def theory_of(activity: str, kpis: str = "") -> str:
    return (
        f"{START}outcomes: {{change: {{title: Pupils change, leads_to: goal}}}}\n"
        f"activities: {{it: {{{activity}, leads_to: change}}}}\nkpis: {{{kpis}}}\n"
    )


# The cases that the article names, from files and through the program. Typed by hand.
CASES = {
    "careers fair": ("title: Careers fair, certainty: low, participation: high, type: event", "count", "source"),
    "lecture": ("title: One-off lecture, certainty: low, participation: 2000, type: lecture", "count", "source"),
    "scitt": ("title: SCITT, certainty: high, participation: low, type: teacher-training", "attainment", "source"),
    "swimming": ("title: Swimming, certainty: high, participation: 24, type: teaching", "attainment", "source"),
    "music exams": ("title: Music exams, certainty: high, participation: low, type: music", "attainment", "source"),
    "workshop": ("title: Workshop, certainty: low, participation: 12, type: workshop", "redesign", "extension"),
    "reading": ("title: Reading, certainty: high, participation: 100, type: tutoring", "attainment", "extension"),
}
HEADLINES = {
    "careers fair": "Count who took part and who they were; claim nothing about change",
    "lecture": "Count who took part and who they were; claim nothing about change",
    "scitt": "Follow every participant: before, after, and one result that somebody else certifies",
    "swimming": "Follow every participant: before, after, and one result that somebody else certifies",
    "music exams": "Follow every participant: before, after, and one result that somebody else certifies",
    "workshop": "Redesign before measuring: reach more people, deepen the contact, or run a pilot with an end date and "
    "one question",
    "reading": "Use a certified result, or before and after, for everyone; take it from existing records where you can",
}


@pytest.mark.parametrize("case", CASES)
def test_the_cases_of_the_article_come_out_right(run: Run, case: str) -> None:
    activity, approach, basis = CASES[case]
    Path("case.yaml").write_text(theory_of(activity), encoding="utf-8")
    found = json.loads(run("guide", "case.yaml", "--activity", "it", "--format", "json").stdout)
    assert (found["approach"], found["basis"], found["headline"]) == (approach, basis, HEADLINES[case])
    assert found["sources"][0]["cite"] == CITED
    assert found["do_not_claim"]
    text = " ".join(run("guide", "case.yaml", "--activity", "it").stdout.split())
    assert HEADLINES[case] in text
    assert CITED in text
    assert HEADLINES[case] in " ".join(run("guide", "case.yaml", "--format", "markdown").stdout.split())


def test_trainees_are_followed_to_graduation_a_job_and_staying(run: Run) -> None:
    Path("case.yaml").write_text(theory_of(CASES["scitt"][0]), encoding="utf-8")
    found = json.loads(run("guide", "case.yaml", "--activity", "it", "--format", "json").stdout)
    assert [kpi["title"] for kpi in found["suggested_kpis"]][:3] == [
        "Trainees who graduate: SCITT, for “Pupils change”",
        "Graduates who gain a teaching job: SCITT, for “Pupils change”",
        "Graduates still teaching after three years: SCITT, for “Pupils change”",
    ]


def test_a_reading_age_before_and_after_fits_weekly_reading(run: Run) -> None:
    kpi = "age: {title: Reading age, measures: change, level: learning, design: before-after}"
    Path("case.yaml").write_text(theory_of(CASES["reading"][0], kpi), encoding="utf-8")
    found = json.loads(run("guide", "case.yaml", "--activity", "it", "--format", "json").stdout)
    assert found["kpi_fit"]["fit"] == "fits"


def test_without_more_the_plan_is_printed(run: Run) -> None:
    Path("rgs.yaml").write_text(examples.text("rgs-newcastle"), encoding="utf-8")
    result = run("guide", "rgs.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == toc.example("rgs-newcastle").measurement_plan().to_text() + "\n"
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_each_format_is_what_the_library_makes(run: Run) -> None:
    Path("rgs.yaml").write_text(examples.text("rgs-newcastle"), encoding="utf-8")
    theory = toc.example("rgs-newcastle")
    for options, found in (((), theory.measurement_plan()), (("--advice",), theory.guidance())):

        def printed(format: str, options: tuple[str, ...] = options) -> str:
            result = run("guide", "rgs.yaml", *options, "--format", format)
            assert (result.exit_code, result.stderr) == (0, "")
            return result.stdout_bytes.decode("utf-8")

        assert json.loads(printed("json")) == found.to_dict()
        assert printed("csv") == found.to_csv()
        assert printed("html").startswith("<!doctype html>")
        assert printed("html").rstrip() == found.to_html().rstrip()
        assert printed("markdown").rstrip() == found.to_markdown().rstrip()


def test_the_advice_for_one_activity_is_one_row_of_csv(run: Run) -> None:
    Path("rgs.yaml").write_text(examples.text("rgs-newcastle"), encoding="utf-8")
    one = list(csv.reader(StringIO(run("guide", "rgs.yaml", "--activity", "scitt", "--format", "csv").stdout)))
    every = list(csv.reader(StringIO(run("guide", "rgs.yaml", "--advice", "--format", "csv").stdout)))
    assert one == every[:2]
    assert len(every) == 14


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("plan.txt", "Measurement plan: "),
        ("plan.MD", "# Measurement plan: "),
        ("plan.html", "<!doctype html>"),
        ("plan.csv", "\ufeffPillar,"),
        ("plan.json", "{\n"),
    ],
)
def test_the_ending_of_the_file_says_what_is_written(run: Run, name: str, start: str) -> None:
    result = run("guide", "my.yaml", "--output", name)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"wrote {name}\n", "")
    text = Path(name).read_text(encoding="utf-8")
    assert text.startswith(start)
    assert text.endswith("\n")


def test_a_plan_is_made_of_what_is_piped_in(run: Run, shell: Shell) -> None:
    done = shell("guide", "-", "--format", "markdown", piped_in=OPEN.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"# Measurement plan: Reading partners")
    as_json = toc.loads(OPEN).dumps(format="json")
    assert run("guide", "-", "--read-as", "json", "--format", "markdown", piped_in=as_json).stdout_bytes == done.stdout


def test_an_unknown_activity_is_one_line_with_the_nearest(run: Run, file: Path) -> None:
    result = run("guide", "open.yaml", "--activity", "raeding")
    assert result.exit_code == 2
    assert result.stderr == "open.yaml: there is no activity 'raeding': did you mean 'reading'? [TOC030]\n"
    assert result.stdout == ""
    other = run("guide", "open.yaml", "--activity", "goal", "--ask")
    assert other.exit_code == 2
    assert "'goal' is a goal, and guidance is for activities" in other.stderr
    assert file.read_text(encoding="utf-8") == OPEN


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["guide", "nowhere.yaml"], 2, "there is no such file"),
        (["guide", "my.yaml", "--output", "my.yaml"], 2, "would replace the theory itself"),
        (["guide", "my.yaml", "--output", "my.xlsm"], 2, "end it in .txt, .md, .html, .csv, .json, .docx or .pdf"),
        (["guide", "my.yaml", "--format", "png"], 2, "'png' is not one of"),
        (["guide", "-", "--ask"], 2, "name one in place of -"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    run: Run, arguments: list[str], code: int, said: str
) -> None:
    result = run(*arguments, piped_in=START)
    assert result.exit_code == code
    assert said in result.stderr
    assert result.stdout == ""
    assert Path("my.yaml").read_text(encoding="utf-8") == START
    assert [path.name for path in Path().iterdir()] == ["my.yaml"]


def test_a_file_with_mistakes_gets_no_plan(run: Run) -> None:
    Path("my.yaml").write_text(START + "activities: {a: {title: A, certianty: high}}\n", encoding="utf-8")
    result = run("guide", "my.yaml", "--ask", piped_in=ALL_YES)
    assert result.exit_code == 1
    assert "did you mean 'certainty'" in result.stderr


# The three questions


def test_the_answers_become_a_rating_and_no_other_line_changes(run: Run, file: Path) -> None:
    result = run("guide", "open.yaml", "--ask", "--activity", "reading", piped_in="y\nyes\nN\n")
    assert result.exit_code == 0
    before, after = OPEN.splitlines(), file.read_text(encoding="utf-8").splitlines()
    added = [line for line in after if line not in before]
    assert [line for line in after if line in before] == before
    assert "\n".join(added).startswith(RATED.strip("\n"))
    assert after.index(added[0]) in range(before.index("  reading:"), before.index("  reading:") + 5)
    assert toc.load(file).activities["reading"].certainty.level == "medium"  # type: ignore[union-attr]
    assert toc.load(file).activities["talk"].certainty is None
    assert result.stdout.startswith("Weekly reading\n")
    assert "Ask or test before and after: everyone, or at least 30 people" in result.stdout


def test_how_many_people_and_for_whom_is_asked_too(run: Run, file: Path) -> None:
    result = run("guide", "open.yaml", "--ask", "--activity", "club", piped_in=ALL_YES + "lots\n1,200\nYear 4 pupils\n")
    assert result.exit_code == 0
    assert "how many different people" in result.stderr.lower()
    assert "please answer a whole number, low, medium, high" in result.stderr
    assert "For whom is it?" in result.stderr
    theory = toc.load(file)
    assert (theory.activities["club"].participation, theory.activities["club"].target_group) == (
        1200,
        ("year-4-pupils",),
    )
    assert theory.context.target_groups["year-4-pupils"].title == "Year 4 pupils"
    again = run("guide", "open.yaml", "--ask", "--activity", "reading", piped_in=ALL_YES + "1\n")
    assert "    1 Year 4 pupils\n" in again.stderr
    assert toc.load(file).activities["reading"].target_group == ("year-4-pupils",)
    text = file.read_text(encoding="utf-8")
    assert all(comment in text for comment in ("# What we do, and why.", "# one to one", "# once a year"))


def test_people_alone_are_asked_for_where_the_certainty_is_written(run: Run) -> None:
    Path("rated.yaml").write_text(START + "activities: {club: {title: Club, certainty: high}}\n", encoding="utf-8")
    result = run("guide", "rated.yaml", "--ask", piped_in="low\nY4\n")
    assert "Do the same people" not in result.stderr
    assert toc.load("rated.yaml").activities["club"].participation == "low"
    assert "nothing to ask" in run("guide", "rated.yaml", "--ask").stderr


def test_every_activity_without_certainty_is_asked_about_by_name_and_with_the_reason(run: Run, file: Path) -> None:
    result = run("guide", "open.yaml", "--ask", piped_in=ALL_YES + "\nn\ny\nn\n\ny\nn\ny\n24\n\n")
    assert result.exit_code == 0
    assert [line for line in result.stderr.splitlines() if line.endswith(" of 3)")] == [
        "Weekly reading (1 of 3)",
        "An author's talk (2 of 3)",
        "Book club (3 of 3)",
    ]
    assert "how certain it is that it changes those who take part" in result.stderr
    theory = toc.load(file)
    assert [one.certainty.level for one in theory.activities.values() if one.certainty] == ["high", "low", "medium"]
    text = file.read_text(encoding="utf-8")
    for comment in ("# What we do, and why.", "# working title", "# The oldest one", "# one to one", "# once a year"):
        assert comment in text
    assert result.stdout == theory.measurement_plan().to_text() + "\n"
    again = run("guide", "open.yaml", "--ask")
    assert again.exit_code == 0
    assert "nothing to ask" in again.stderr
    assert file.read_text(encoding="utf-8") == text


def test_enter_skips_an_activity_and_q_stops(run: Run, file: Path) -> None:
    skipped = run("guide", "open.yaml", "--ask", piped_in="y\ny\n\nq\n")
    assert skipped.exit_code == 0
    assert skipped.stderr.endswith("left open: 3 of 3\n")
    assert file.read_text(encoding="utf-8") == OPEN
    assert "nobody has rated how certain the effect is" in " ".join(skipped.stdout.split())


def test_what_is_neither_yes_nor_no_is_asked_for_again(run: Run, file: Path) -> None:
    result = run("guide", "open.yaml", "--ask", "--activity", "club", piped_in="perhaps\n\xff\n" + CLUB)
    assert result.exit_code == 0
    assert result.stderr.count("please answer y, n, Enter or q") == 2
    assert toc.load(file).activities["club"].certainty.level == "high"  # type: ignore[union-attr]


def test_when_the_answers_run_out_the_complete_ones_are_kept(run: Run, file: Path) -> None:
    result = run("guide", "open.yaml", "--ask", piped_in=ALL_YES + NO_GROUP + "y\n")
    assert result.exit_code == 0
    assert "no more answers" in result.stderr
    assert result.stderr.endswith("left open: 2 of 3\n")
    rated = {id for id, one in toc.load(file).activities.items() if one.certainty}
    assert rated == {"reading"}


def test_answers_go_into_json_too(run: Run) -> None:
    Path("open.json").write_text(toc.loads(OPEN).dumps(format="json"), encoding="utf-8")
    assert run("guide", "open.json", "--ask", "--activity", "club", piped_in=CLUB).exit_code == 0
    rated = toc.load("open.json").activities["club"].certainty
    assert rated is not None
    assert rated.level == "high"


def test_answers_can_be_piped_into_the_program(shell: Shell, file: Path) -> None:
    done = shell("guide", "open.yaml", "--ask", "--format", "json", piped_in=((ALL_YES + NO_GROUP) * 2 + CLUB).encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["summary"]["by_fit"]["unknown"] == 0
    assert all(one.certainty for one in toc.load(file).activities.values())


@pytest.mark.skipif(sys.platform == "win32", reason="signals are a matter of Unix")
def test_after_ctrl_c_the_activities_that_were_answered_are_in_the_file(file: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "toc.cli", "guide", "open.yaml", "--ask"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=file.parent,
        env=os.environ,
    )
    assert process.stdin
    assert process.stderr
    process.stdin.write((ALL_YES + NO_GROUP + "y\n").encode())
    process.stdin.flush()
    said = b""
    while b"Would the change show" not in said.partition(b"(2 of 3)")[2]:
        said += process.stderr.read(1)
    process.send_signal(signal.SIGINT)
    printed, rest = process.communicate()
    assert (process.returncode, printed) == (130, b"")
    assert rest.endswith(b"stopped\n")
    assert {id for id, one in toc.load(file).activities.items() if one.certainty} == {"reading"}


def test_what_was_changed_in_the_file_while_questions_were_asked_is_kept(file: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "toc.cli", "guide", "open.yaml", "--ask", "--activity", "club"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=file.parent,
    )
    assert process.stderr
    said = b""
    while b"Do the same people" not in said:
        said += process.stderr.read(1)
    file.write_text(OPEN.replace("Weekly reading ", "Daily reading "), encoding="utf-8")
    process.communicate(CLUB.encode())
    assert process.returncode == 0
    theory = toc.load(file)
    assert theory.activities["reading"].title == "Daily reading"
    assert theory.activities["club"].certainty is not None

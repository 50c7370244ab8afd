"""`toc review`, and frames that are written into a theory."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import toc
from cli.running import Run

OURS = """\
frames:
  ours:
    title: Our standards
    source: Trustees
    scale: [red, amber, green]
    statements: {lead: {text: Each school names a lead, probes: contacts}, calendar: We share one calendar}
"""
THEORY = """\
toc: 1   # a comment that stays
title: Reading partners
goal: Every child reads   # and another
partners: {hill: {title: Hill School, contact: Head}}
"""


@pytest.fixture(autouse=True)
def file() -> Path:
    path = Path("my.yaml")
    path.write_text(THEORY, encoding="utf-8")
    Path("ours.yaml").write_text(OURS, encoding="utf-8")
    return path


def test_a_frame_of_your_own_is_written_into_a_theory_whose_comments_stay(run: Run, file: Path) -> None:
    added = run("frames", "--add", "ours.yaml", "my.yaml")
    assert (added.exit_code, added.stdout) == (
        0, "my.yaml: judged by 'ours' from now on: toc review my.yaml --frame ours\n"
    )  # fmt: skip
    text = file.read_text(encoding="utf-8")
    assert text.startswith(THEORY)
    assert toc.load(file).frames["ours"].scale == ("red", "amber", "green")
    assert "stands in it already" in run("frames", "--add", "ours.yaml", "my.yaml").stdout
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--add", "ours.yaml"], 2, "name its file"),
        (["--add", "practices", "my.yaml"], 1, "'practices' comes with the library"),
        (["--add", "practises", "my.yaml"], 2, "did you mean 'practices'?"),
        (["--add", "nowhere.yaml", "my.yaml"], 2, "nowhere.yaml"),
    ],
)
def test_a_frame_that_cannot_be_added_is_refused(
    run: Run, file: Path, arguments: list[str], code: int, told: str
) -> None:
    result = run("frames", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr
    assert file.read_text(encoding="utf-8") == THEORY


def test_a_form_is_made_filled_in_and_read_back(run: Run, file: Path) -> None:
    run("frames", "--add", "ours.yaml", "my.yaml")
    made = run("review", "my.yaml", "spring", "--frame", "ours", "--date", "2027-03-01", "-o", "form.csv")
    assert (made.exit_code, made.stdout) == (0, "wrote form.csv\n")
    rows = list(csv.DictReader(Path("form.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["In the file"] for row in rows] == ["to be asked: Head (“Hill School”).", ""]
    rows[0] |= {"Judgement": "amber", "Because": "=1+1", "Next step": "Ask", "By when": "2027-06-01"}
    with Path("form.csv").open("w", encoding="utf-8-sig", newline="") as form:
        writer = csv.DictWriter(form, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    read = run("review", "my.yaml", "--read", "form.csv")
    assert (read.exit_code, read.stdout) == (0, "my.yaml: spring, a new review by ours: 1 answer\n  lead: – → amber\n")
    assert toc.load(file).reviews["spring"].answers["lead"].because == "=1+1"
    assert "# a comment that stays" in file.read_text(encoding="utf-8")
    assert run("review", "my.yaml", "--read", "form.csv").stdout == "my.yaml: spring: no new answers\n"
    shown = run("review", "my.yaml", "spring").stdout
    assert "2 statements, judged on 1 March 2027: 1 amber, 1 not answered." in shown
    assert run("review", "my.yaml").stdout == shown
    overdue = run("review", "my.yaml", "--today", "2027-07-01").stdout
    assert "was due before 1 July 2027: “Each school names a lead”" in overdue


def test_a_form_with_mistakes_is_refused_whole_with_row_and_column(run: Run, file: Path) -> None:
    Path("form.csv").write_text(
        "Review,Frame,Date,Id,Judgement\nspring,practices,2027-03-01,local-need,fuly\nspring,,,local-ned,fully\n",
        encoding="utf-8",
    )
    result = run("review", "my.yaml", "--read", "form.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "form.csv:2:5: 'fuly' is not one of not-yet" in result.stderr
    assert "form.csv:3:4: unknown statement 'local-ned': did you mean 'local-need'?" in result.stderr
    assert file.read_text(encoding="utf-8") == THEORY


def test_no_row_and_no_cell_of_a_form_is_passed_over_in_silence(run: Run, file: Path) -> None:
    run("review", "my.yaml", "spring-2027", "--frame", "practices", "-o", "form.csv")
    head, *rows = Path("form.csv").read_text(encoding="utf-8-sig").splitlines()
    first = rows[0].replace("local-need", "local-ned")
    Path("form.csv").write_text("\r\n".join([head, first, f"{rows[1]},note", *rows[2:]]), encoding="utf-8")
    result = run("review", "my.yaml", "--read", "form.csv")
    assert result.exit_code == 1
    assert "the column N without a heading is no column of a review: empty it, or take it out" in result.output
    Path("form.csv").write_text("\r\n".join([head, first, *rows[1:]]), encoding="utf-8")
    result = run("review", "my.yaml", "--read", "form.csv")
    assert result.exit_code == 1
    assert "unknown statement 'local-ned': did you mean 'local-need'?" in result.output


def test_what_changed_since_another_review_is_shown(run: Run, file: Path) -> None:
    for name, word in (("autumn", "partly"), ("spring", "mostly")):
        answers = {"local-need": word, "shared-impact": "fully"}
        theory = toc.load(file)
        day = "2026-09-01" if name == "autumn" else "2027-03-01"
        review = {"frame": "practices", "date": day, "answers": answers}
        theory.evolve(reviews={**theory.reviews, name: review}).save(file)
    shown = run("review", "my.yaml", "spring", "--since", "autumn")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "2 practices judged on 1 September 2026 or 1 March 2027: 1 up, 1 the same." in shown.stdout
    assert run("review", "my.yaml", "spring", "--since", "autum").exit_code == 1
    plotted = run("plot", "my.yaml", "review.svg", "--chart", "review", "--review", "spring", "--since", "autumn")
    assert (plotted.exit_code, plotted.stdout) == (0, "wrote review.svg\n")
    assert "before partly" in Path("review.svg").read_text(encoding="utf-8")
    assert run("plot", "my.yaml", "review.svg", "--since", "autumn").exit_code == 2


def test_each_answer_is_in_the_file_before_the_next_question(run: Run, file: Path) -> None:
    run("frames", "--add", "ours.yaml", "my.yaml")
    asked = ("review", "my.yaml", "spring", "--frame", "ours", "--date", "2027-03-01", "--ask")
    result = run(*asked, piped_in="perhaps\n2\nSome do\nWrite to heads\n\nsoon\n2027-06-01\nq\n")
    assert result.exit_code == 0
    assert "Each school names a lead (1 of 2)" in result.stderr
    assert "In the file: to be asked: Head" in result.stderr
    assert result.stderr.count("please answer as the brackets say") == 2
    assert "left open: 1 of 2" in result.stderr
    answer = toc.load(file).reviews["spring"].answers["lead"]
    assert (answer.judgement, answer.because, answer.next_step, answer.owner) == (
        "amber",
        "Some do",
        "Write to heads",
        None,
    )
    assert str(answer.by) == "2027-06-01"
    assert "# a comment that stays" in file.read_text(encoding="utf-8")
    again = run("review", "my.yaml", "spring", "--ask", piped_in="not ours\n\n")
    assert "We share one calendar (1 of 1)" in again.stderr
    assert toc.load(file).reviews["spring"].answers["calendar"].judgement == "not-ours"
    assert "nothing to ask" in run("review", "my.yaml", "spring", "--ask").stderr


def test_nothing_is_written_where_nothing_is_answered(run: Run, file: Path) -> None:
    run("review", "my.yaml", "--frame", "practices", "--ask", piped_in="\nq\n")
    assert file.read_text(encoding="utf-8") == THEORY
    assert run("review", "my.yaml", "--frame", "practices", "--date", "2027-03-01", "-o", "form.md").exit_code == 0
    assert (
        Path("form.md")
        .read_text(encoding="utf-8")
        .startswith("# Thirteen practices of powerful partnerships: practices-2027-03-01")
    )
    assert file.read_text(encoding="utf-8") == THEORY


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["my.yaml"], 2, "there is no review in it yet"),
        (["my.yaml", "autumn"], 1, "there is no review 'autumn'"),
        (["my.yaml", "--frame", "practises"], 1, "did you mean 'practices'?"),
        (["my.yaml", "A b", "--frame", "practices"], 1, "'A b' is not an id"),
        (["my.yaml", "--date", "2027-03-01"], 2, "say by which --frame"),
        (["my.yaml", "--frame", "practices", "-o", "my.yaml"], 2, "would replace the theory"),
        (["my.yaml", "--frame", "practices", "-o", "form.xlsx"], 2, "does not say what to write"),
        (["-", "--frame", "practices", "--ask"], 2, "name one in place of -"),
        (["my.yaml", "--read", "form.csv", "--frame", "practices"], 2, "from the form"),
        (["my.yaml", "--read", "form.csv", "--ask"], 2, "choose one of"),
        (["my.yaml", "--read", "nowhere.csv"], 2, "nowhere.csv"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_to_do(
    run: Run, file: Path, arguments: list[str], code: int, told: str
) -> None:
    result = run("review", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr
    assert file.read_text(encoding="utf-8") == THEORY


def test_all_that_a_form_changes_is_told(run: Run, file: Path) -> None:
    start = "Review,Frame,Date,Judged by,Id,Judgement,Because\n"
    Path("form.csv").write_text(f"{start}spring,practices,2027-03-01,,local-need,fully,\n", encoding="utf-8")
    run("review", "my.yaml", "--read", "form.csv")
    Path("form.csv").write_text(f"{start}spring,practices,2027-04-01,Head; Bursar,local-need,fully,We asked\n")
    assert run("review", "my.yaml", "--read", "form.csv").stdout.splitlines() == [
        "my.yaml: spring: 1 answer",
        "  date: 2027-03-01 → 2027-04-01",
        "  judged by: – → Head, Bursar",
        "  local-need: fully; changed: because",
    ]

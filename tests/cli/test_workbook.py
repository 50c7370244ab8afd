from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import toc
from cli.running import Run, Shell
from toc import examples

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
from workbooks import edited

MEANWHILE = "title: Young readers catch up with their age"


@pytest.fixture(autouse=True)
def rgs(folder: Path) -> Path:
    """The file is that of the school, and its workbook stands beside it."""
    path = folder / "my.yaml"
    path.write_text(examples.text("rgs-newcastle"), encoding="utf-8")
    Path("my.xlsx").write_bytes(toc.load(path).to_xlsx())
    return path


def test_a_workbook_is_written_and_replaced_only_by_force(run: Run) -> None:
    assert run("workbook", "my.yaml", "new.xlsx").stdout == "wrote new.xlsx\n"
    assert Path("new.xlsx").read_bytes() == Path("my.xlsx").read_bytes()
    Path("new.xlsx").write_bytes(b"mine")
    refused = run("workbook", "my.yaml", "new.xlsx")
    assert (refused.exit_code, Path("new.xlsx").read_bytes()) == (2, b"mine")
    assert refused.stderr == "new.xlsx exists already: choose another name, or add --force to replace it\n"
    assert run("workbook", "my.yaml", "new.xlsx", "--force").exit_code == 0


def test_a_zip_or_a_folder_gets_csv_files(run: Run) -> None:
    assert run("workbook", "my.yaml", "new.zip").exit_code == 0
    assert run("workbook", "my.yaml", "tables/").stdout == "wrote tables/\n"
    with zipfile.ZipFile("new.zip") as bundle:
        assert {name: bundle.read(name) for name in bundle.namelist()} == {
            path.name: path.read_bytes() for path in Path("tables").iterdir()
        }
    refused = run("workbook", "my.yaml", "tables/")
    assert refused.exit_code == 2
    assert "tables/Theory.csv exists already" in refused.stderr


@pytest.mark.parametrize("name", ["my.xls", "my.yaml", "tables"])
def test_another_ending_is_refused(run: Run, name: str) -> None:
    result = run("workbook", "my.yaml", name)
    assert result.exit_code == 2
    assert "end it in .xlsx, or in .zip or / for CSV files" in result.stderr


def test_it_can_be_piped(shell: Shell, rgs: Path) -> None:
    done = shell("workbook", "-", "-", piped_in=rgs.read_bytes())
    assert zipfile.ZipFile(io.BytesIO(done.stdout)).testzip() is None


def test_an_untouched_workbook_leaves_the_file_alone(run: Run, rgs: Path) -> None:
    before = rgs.read_bytes()
    result = run("merge", "my.yaml", "my.xlsx")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "no changes, no conflicts." in result.stdout
    assert result.stdout.endswith("my.yaml was left as it is\n")
    assert rgs.read_bytes() == before


def test_what_was_changed_is_written_and_told(run: Run, rgs: Path) -> None:
    with edited(Path("my.xlsx")) as book:
        book.put("Activities", "sport", "certainty", "high")
    before = rgs.read_text(encoding="utf-8")
    dry = run("merge", "my.yaml", "my.xlsx", "--dry-run")
    assert (dry.exit_code, rgs.read_text(encoding="utf-8")) == (0, before)
    result = run("merge", "my.yaml", "my.xlsx")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "1 change, no conflicts." in result.stdout
    assert result.stdout.endswith("wrote my.yaml\n")
    lines = zip(before.splitlines(), rgs.read_text(encoding="utf-8").splitlines(), strict=True)
    ((old, new),) = [(old, new) for old, new in lines if old != new]
    assert (old.split("#")[0].strip(), new.split("#")[0].strip()) == ("certainty: low", "certainty: high")


def test_a_conflict_is_told_and_nothing_is_saved_until_somebody_decides(run: Run, rgs: Path) -> None:
    with edited(Path("my.xlsx")) as book:
        book.put("Outcomes", "young-readers", "title", "Young readers overtake")
        book.put("Activities", "sport", "certainty", "high")
    text = rgs.read_text(encoding="utf-8").replace(MEANWHILE, "title: Young readers catch up")
    rgs.write_text(text, encoding="utf-8")
    result = run("merge", "my.yaml", "my.xlsx")
    assert (result.exit_code, rgs.read_text(encoding="utf-8")) == (1, text)
    assert "1 change, 1 conflict." in result.stdout
    assert result.stderr.startswith(
        "my.xlsx:Outcomes!B13: Outcome “Young readers catch up”, title: changed on both sides: before “Young readers catch up "
        "with their age”, in the file “Young readers catch up”, in the workbook “Young readers overtake”; decide in one of them, "
        "or with --take workbook or --take file [TOC038]"
    )
    assert run("merge", "my.yaml", "my.xlsx", "--take", "workbook").exit_code == 0
    assert toc.load(rgs).outcomes["young-readers"].title == "Young readers overtake"


def test_every_cell_that_cannot_be_read_is_told_and_nothing_is_saved(run: Run, rgs: Path) -> None:
    with edited(Path("my.xlsx")) as book:
        book.put("Activities", "sport", "participation", "many")
        book.put("Readings", "reading-age #1", "value", "#N/A")
        book.put("Outcomes", "stem", "title", "Outcomes in science")
    before = rgs.read_bytes()
    result = run("merge", "my.yaml", "my.xlsx")
    assert (result.exit_code, result.stdout, rgs.read_bytes()) == (1, "", before)
    first, second, count = result.stderr.splitlines()
    assert first.startswith("my.xlsx:Activities!G12: expected a number, or low, medium, high, but found 'many'")
    assert second.startswith("my.xlsx:Readings!C6: '#N/A' is an error of the spreadsheet")
    assert count == "2 problems"


def test_rows_that_are_gone_go_when_asked_and_columns_are_kept_when_asked(run: Run, rgs: Path) -> None:
    with edited(Path("my.xlsx")) as book:
        book.delete("Activities", "careers-fair")
        sheet = book.sheet("Activities")
        sheet.cell(1, 40).value, sheet.cell(2, 40).value = "Room", "Lab"
    assert run("merge", "my.yaml", "my.xlsx", "--delete", "--keep", "Room").exit_code == 0
    theory = toc.load(rgs)
    assert "careers-fair" not in theory.activities
    assert theory.activities["scitt"].model_extra["x-room"] == "Lab"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .xlsx without a password"),
        (b"toc: 1", "this is no Excel workbook"),
        (b"", "the file is empty"),
    ],
)
def test_a_file_that_is_no_workbook_is_one_line(run: Run, data: bytes, said: str) -> None:
    Path("back.xlsx").write_bytes(data)
    result = run("merge", "my.yaml", "back.xlsx")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert said in result.stderr


def test_a_zip_that_is_damaged_or_holds_nothing_of_ours_is_one_line(run: Run) -> None:
    Path("cut.zip").write_bytes(toc.load("my.yaml").to_csv_bundle()[:900])
    with zipfile.ZipFile("other.zip", "w") as bundle:
        bundle.writestr("a.csv", "1,2\n")
    for name in ("cut.zip", "other.zip"):
        result = run("merge", "my.yaml", name)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.stderr


def test_a_theory_that_is_piped_in_is_only_looked_at(run: Run, rgs: Path) -> None:
    text = rgs.read_text(encoding="utf-8")
    assert run("merge", "-", "my.xlsx", piped_in=text).exit_code == 2
    assert run("merge", "-", "my.xlsx", "--dry-run", piped_in=text).exit_code == 0


def test_a_workbook_of_ours_starts_a_file(run: Run, rgs: Path) -> None:
    with edited(Path("my.xlsx")) as book:
        book.put("Activities", "sport", "certainty", "high")
    assert run("new", "other.yaml", "--from", "my.xlsx").exit_code == 0
    made, ours = toc.load("other.yaml"), toc.load(rgs)
    assert made == ours.edit("sport", certainty="high").evolve(settings=made.settings)


def test_a_workbook_of_another_theory_is_not_taken_for_one_that_changes_nothing(run: Run) -> None:
    for name in ("rgs-newcastle", "small-charity"):
        Path(f"{name}.yaml").write_text(examples.text(name), encoding="utf-8")
    run("workbook", "small-charity.yaml", "back.xlsx")
    result = run("merge", "rgs-newcastle.yaml", "back.xlsx")
    assert (result.exit_code, result.stderr) == (
        2,
        "back.xlsx: it was made of another theory, “A warm space on Tuesdays”, of which nothing stands in this one [TOC002]\n",
    )
    assert run("merge", "small-charity.yaml", "back.xlsx").exit_code == 0


def test_a_column_to_keep_that_is_nowhere_is_told_with_the_nearest(run: Run) -> None:
    Path("tea.yaml").write_text(examples.text("small-charity"), encoding="utf-8")
    run("workbook", "tea.yaml", "back.xlsx")
    with edited(Path("back.xlsx")) as back:
        back.sheet("Activities")["AB1"], back.sheet("Activities")["AB2"] = "Room", "Hall"
    result = run("merge", "tea.yaml", "back.xlsx", "--keep", "Rooom")
    assert result.exit_code == 2
    assert result.stderr == "no column is headed 'Rooom': did you mean 'Room'?\n"
    assert run("merge", "tea.yaml", "back.xlsx", "--keep", " room").exit_code == 0
    assert "x-room: Hall" in Path("tea.yaml").read_text(encoding="utf-8")


def test_a_workbook_with_a_frame_of_ours_starts_a_file_with_it(run: Run) -> None:
    frame = {"title": "Ours", "source": "Trustees", "themes": {"people": "People", "own": "Own"}}
    statements = {"lead": {"text": "Each school names a lead", "theme": "own", "probes": ["contacts", "leads"]}}
    theory = toc.example("rgs-newcastle").evolve(
        frames={"ours": {**frame, "scale": ["red", "green"], "statements": statements}}
    )
    Path("ours.xlsx").write_bytes(theory.to_xlsx())
    assert run("new", "mine.yaml", "--from", "ours.xlsx").exit_code == 0
    made = toc.load("mine.yaml")
    assert (made.frames, made.reviews, made.partnership) == (theory.frames, theory.reviews, theory.partnership)
    assert (made.partners, made.activities) == (theory.partners, theory.activities)

"""Saving never destroys: what somebody else wrote is refused, and what need not change stays to the byte."""

from __future__ import annotations

import copy
import errno
import os
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import authored, tries
from toc import TheoryOfChange
from toc.problems import Problem

TEXT = """\
# Agreed in May
toc: 1
title: Reading   # working title
goal: Every child reads
outcomes:
  readers: {title: Readers, leads_to: goal}
  # Not sure about this one
  helpers: {title: Helpers, leads_to: goal}
activities:
  clubs:
    title: Clubs
    leads_to:
      - readers   # most of all
      - helpers
"""
BOM = b"\xef\xbb\xbf"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def refused(theory: TheoryOfChange, path: Path, **options: Any) -> Problem:
    """The one problem of saving there, which left everything as it was."""
    before = [(entry.name, entry.read_bytes(), entry.stat().st_mtime_ns) for entry in sorted(path.parent.iterdir())]
    with pytest.raises(toc.TheoryError) as caught:
        theory.save(path, **options)
    after = [(entry.name, entry.read_bytes(), entry.stat().st_mtime_ns) for entry in sorted(path.parent.iterdir())]
    assert after == before
    assert caught.value.source == str(path)
    (problem,) = caught.value.problems
    return problem


# Over a file with mistakes


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (TEXT.replace("leads_to: goal}\n  #", "leads_to: gaol}\n  #").encode(), (6, 39), "it has a mistake (unknown id 'gaol'"),
        (TEXT.replace("title: ", "tilte: ").encode(), (2, 1), "mistakes, the first of them here"),
        (b"title: [\n", (2, 1), "it cannot be read ("),
        (b"# only a comment\n", (1, 1), "it cannot be read (the file is empty"),
        (b"PK\x03\x04" + bytes(9), (None, None), "it cannot be read (this is a Word or Excel file"),
        (b"title: caf\xe9", (1, 11), "it cannot be read (byte 11"),
        (b"name: foreign\nversion: 3\n", (1, 1), "5 mistakes"),
    ],
)  # fmt: skip
def test_a_file_with_mistakes_is_not_written_over(file: Path, data: bytes, place: Any, message: str) -> None:
    theory = toc.loads(TEXT)
    file.write_bytes(data)
    problem = refused(theory, file)
    assert problem.code == "TOC006"
    assert message in problem.message
    assert (
        "Put it right (`toc check` lists all that is wrong), choose another name, or save with force=True"
        in problem.message
    )
    assert (problem.line, problem.column) == place
    theory.save(file, force=True)
    assert toc.load(file).digest() == theory.digest()


@pytest.mark.parametrize("data", [b"", b"\n \n", BOM, BOM + b"\r\n"], ids=repr)
def test_an_empty_file_holds_nothing_to_lose(file: Path, data: bytes) -> None:
    theory = toc.loads(TEXT)
    file.write_bytes(data)
    theory.save(file)
    assert toc.load(file) == theory


def test_a_theory_in_another_format_is_not_written_over(file: Path) -> None:
    assert refused(toc.loads(TEXT), file, format="json").code == "TOC006"


# Over a file that was changed since


def test_two_loads_and_two_saves_lose_nothing(file: Path) -> None:
    mine, theirs = toc.load(file), toc.load(file)
    theirs.edit("readers", title="Young readers").save(file)
    problem = refused(mine.edit("helpers", title="More helpers"), file)
    assert problem.code == "TOC006"
    assert problem.message == (
        "nothing was saved: the file was changed since this theory was read from it, and that would be undone. Load the "
        "file again and repeat your changes (or give the command again), choose another name, or save with force=True (`toc convert --force`)"
    )
    mine.edit("helpers", title="More helpers").save(file, force=True)
    assert [node.title for node in toc.load(file).outcomes.values()] == ["Readers", "More helpers"]


def test_a_comment_that_was_added_meanwhile_is_a_change(file: Path) -> None:
    theory = toc.load(file)
    file.write_text(TEXT + "# one more thing\n", encoding="utf-8")
    assert refused(theory.evolve(title="New"), file).code == "TOC006"
    theory.save(file)  # it says the same
    assert file.read_text(encoding="utf-8") == TEXT + "# one more thing\n"
    theory.evolve(title="New").save(file)
    assert file.read_text(encoding="utf-8") == TEXT.replace("Reading ", "New ") + "# one more thing\n"


def edits(theory: TheoryOfChange) -> dict[str, TheoryOfChange]:
    return {
        "evolve": theory.evolve(title="New"),
        "edit": theory.edit("clubs", title="New"),
        "with_node": theory.with_node(toc.Outcome(id="new", title="New", leads_to="goal")),
        "with_link": theory.with_link("clubs", "goal"),
        "edit_link": theory.edit_link("clubs", "readers", because="New"),
        "moved": theory.moved("readers", after="helpers"),
        "without": theory.without("helpers"),
        "renamed": theory.renamed("helpers", "new"),
        "model_copy": theory.model_copy(update={"title": "New"}),
        "copy": copy.copy(theory).evolve(title="New"),
        "deepcopy": copy.deepcopy(theory).evolve(title="New"),
    }


@pytest.mark.parametrize("edit", edits(toc.loads(TEXT)))
def test_every_edit_still_knows_the_file(file: Path, edit: str) -> None:
    theory = toc.load(file)
    file.write_text(TEXT + "# one more thing\n", encoding="utf-8")
    assert "was changed since this theory was read from it" in refused(edits(theory)[edit], file).message


def test_the_file_is_known_by_whatever_name_it_is_called(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (file.parent / "link.yaml").symlink_to(file)
    theory = toc.load(file.parent / "link.yaml")
    file.write_text(TEXT + "# one more thing\n", encoding="utf-8")
    assert refused(theory.evolve(title="New"), file).code == "TOC006"
    monkeypatch.chdir(file.parent)
    with pytest.raises(toc.TheoryError, match="TOC006"):
        theory.evolve(title="New").save("my.yaml")


def test_what_was_saved_there_is_known_too_and_can_be_saved_again(file: Path) -> None:
    theory = toc.load(file)
    for title in ("One", "Two"):
        theory = theory.evolve(title=title)
        theory.save(file)
    assert toc.load(file).title == "Two"
    made = TheoryOfChange.model_validate(toc.loads(TEXT).model_dump())
    made.save(file.with_name("made.yaml"))
    file.with_name("made.yaml").write_text(TEXT, encoding="utf-8")
    assert refused(made.evolve(title="New"), file.with_name("made.yaml")).code == "TOC006"


def test_a_copy_elsewhere_does_not_make_the_file_forgotten(file: Path) -> None:
    theory = toc.load(file)
    theory.save(file.with_name("backup.yaml"))
    file.write_text(TEXT + "# one more thing\n", encoding="utf-8")
    assert refused(theory.evolve(title="New"), file).code == "TOC006"


def test_the_file_counts_in_no_comparison_and_stands_in_no_dump_and_no_pickle(file: Path) -> None:
    theory, other = toc.load(file), toc.loads(TEXT)
    assert theory == other
    assert hash(theory) == hash(other)
    assert repr(theory) == repr(other)
    assert theory.model_dump() == other.model_dump()
    assert theory.model_dump_json() == other.model_dump_json()
    assert theory.digest() == other.digest()
    assert pickle.dumps(theory) == pickle.dumps(other)
    assert str(file).encode() not in pickle.dumps(theory)


def test_a_file_that_was_deleted_meanwhile_is_made_again(file: Path) -> None:
    theory = toc.load(file)
    file.unlink()
    theory.evolve(title="New").save(file)
    assert toc.load(file).title == "New"


# if_unchanged


def test_a_digest_says_which_theory_may_be_replaced(file: Path) -> None:
    seen = toc.load(file).digest()
    sent = TheoryOfChange.model_validate(toc.load(file).model_dump(mode="json")).evolve(title="Sent")
    file.write_text(TEXT + "# one more thing\n", encoding="utf-8")
    sent.save(file, if_unchanged=seen)  # the same theory, whatever its comments
    assert file.read_text(encoding="utf-8") == TEXT.replace("Reading ", "Sent ") + "# one more thing\n"
    problem = refused(sent.evolve(title="Late"), file, if_unchanged=seen)
    assert problem.code == "TOC006"
    assert problem.message == (
        f"nothing was saved: the theory in this file has the digest {sent.digest()}, and not {seen}. "
        "Load the file, and make your changes to what it says now"
    )
    assert refused(sent.evolve(title="Late"), file, if_unchanged=seen, force=True) == problem
    turned = toc.load(file).evolve(outcomes=dict(reversed(sent.outcomes.items())))
    assert refused(sent, file, if_unchanged=turned.digest()).code == "TOC006"


def test_a_file_that_is_not_there_has_no_digest(tmp_path: Path) -> None:
    theory = toc.loads(TEXT)
    problem = refused(theory, tmp_path / "new.yaml", if_unchanged=theory.digest())
    assert "no theory stands in this file" in problem.message


# What need not change


@pytest.mark.parametrize("format", ["yaml", "json"])
@tries(30)
@given(raw=authored(), ends=st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=1), has_bom=st.booleans())
def test_an_unchanged_theory_leaves_its_file_alone(
    raw: Any, ends: list[str], has_bom: Any, format: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("saved") / f"theory.{format}"
    lines = TheoryOfChange.model_validate(raw).dumps(format).split("\n")
    text = "".join(line + ends[number % len(ends)] for number, line in enumerate(lines[:-1]))
    data = BOM * has_bom + text.encode()
    path.write_bytes(data)
    path.chmod(0o640)
    os.utime(path, ns=(10**18, 10**18))
    toc.load(path).save(path)
    assert path.read_bytes() == data
    assert path.stat().st_mtime_ns == 10**18
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("format", ["yaml", "json"])
@tries(40)
@given(two=st.tuples(authored(), authored()), end=st.sampled_from(["\n", "\r\n", "\r"]), has_bom=st.booleans())
def test_a_saved_theory_is_loaded_equal_in_order_and_with_the_files_line_ends(
    two: Any, end: str, has_bom: Any, format: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("saved") / f"theory.{format}"
    first, second = map(TheoryOfChange.model_validate, two)
    path.write_bytes(BOM * has_bom + first.dumps(format).replace("\n", end).encode())
    second.save(path)
    assert toc.load(path) == second
    assert toc.load(path).digest() == second.digest()
    data = path.read_bytes()
    assert data.startswith(BOM) == has_bom
    assert set(re.findall(b"\r\n|\r|\n", data)) == {end.encode()}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=ascii)
def test_comments_and_line_ends_stay_when_something_changes(file: Path, end: str) -> None:
    file.write_bytes(BOM + TEXT.replace("\n", end).encode())
    theory = toc.load(file)
    turned = theory.evolve(outcomes=dict(reversed(theory.outcomes.items()))).with_link(
        "clubs", "readers", because="fun"
    )
    turned.save(file)
    assert (
        file.read_bytes()
        == BOM
        + TEXT.replace(
            """\
  readers: {title: Readers, leads_to: goal}
  # Not sure about this one
  helpers: {title: Helpers, leads_to: goal}
""",
            """\
  # Not sure about this one
  helpers: {title: Helpers, leads_to: goal}
  readers: {title: Readers, leads_to: goal}
""",
        )
        .replace("- readers ", "readers: fun ")
        .replace("- helpers", "helpers:")
        .replace("\n", end)
        .encode()
    )


def test_comments_that_would_be_lost_are_named_and_kept(file: Path) -> None:
    text = "# ours\ntoc: 1\ntitle: T\ngoal: {\n  title: G,   # the trustees' words\n  tags: [a]}\n"
    file.write_text(text, encoding="utf-8")
    theory = toc.load(file).edit("goal", tags=["b"], description="D").evolve(goals={"g": {"title": "G"}, "h": "H"})
    problem = refused(theory, file)
    assert (problem.code, problem.line) == ("TOC006", 1)
    assert problem.message == (
        "nothing was saved: this change cannot be made line by line in this file, and if it were written anew, its 2 "
        "comments, of which this is the first, would be lost. Make the change by hand, choose another name, or save "
        "with force=True (`toc convert --force`)"
    )
    theory.save(file, force=True)
    assert toc.load(file).digest() == theory.digest()


def test_what_is_written_anew_without_comments_needs_no_word(file: Path) -> None:
    file.write_text("toc: 1\ntitle: T\ngoal: {title: &t G, description: *t}\n", encoding="utf-8")
    theory = toc.load(file).edit("goal", title="H")
    theory.save(file)
    assert toc.load(file).digest() == theory.digest()


# When the system refuses


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EIO], ids=errno.errorcode.get)
def test_a_save_that_fails_loses_nothing_and_says_what_to_do(
    file: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    theory = toc.load(file).evolve(title="New")

    def failing(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        assert refused(theory, file).code == "TOC001"
    theory.save(file)
    assert toc.load(file).title == "New"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(toc.TheoryError, match="this is a folder: give the name of a file in it"):
        toc.loads(TEXT).save(tmp_path / "folder.yaml", force=True)


def test_a_file_that_may_not_be_read_is_not_written_over(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    theory = toc.loads(TEXT)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", closed)
        with pytest.raises(toc.TheoryError, match="no permission to read this file"):
            theory.save(file)
    assert file.read_text(encoding="utf-8") == TEXT


# into


class Ours(TheoryOfChange):
    """A theory with something of our own."""

    def shout(self) -> str:
        return self.title.upper()


def test_a_class_of_ones_own_is_read_and_edited_and_saved(file: Path) -> None:
    theory = toc.load(file, into=Ours).edit("clubs", title="Many clubs")
    assert theory.shout() == "READING"
    theory.save(file)
    assert toc.loads(file.read_text(encoding="utf-8"), into=Ours) == theory


@pytest.mark.parametrize(
    "into", [dict, toc.Activity, None, "Ours", toc.loads(TEXT)], ids=lambda into: type(into).__name__
)
def test_only_a_class_of_theories_can_be_read_into(file: Path, into: Any) -> None:
    with pytest.raises(toc.OptionError, match="is not TheoryOfChange or a class derived from it"):
        toc.load(file, into=into)
    with pytest.raises(toc.OptionError, match="is not TheoryOfChange or a class derived from it"):
        toc.loads(TEXT, into=into)


def test_a_theory_is_written_over_a_text_as_save_writes_it_over_a_file() -> None:
    text = "toc: 1\r\ntitle: Reading   # for now\r\ngoal: Every child reads\r\n"
    theory = toc.loads(text)
    assert theory.dumps(over=text) == text
    assert theory.evolve(title="Reading partners").dumps(over=text) == text.replace("Reading", "Reading partners")
    as_json = theory.dumps("json")
    assert theory.evolve(title="T").dumps("json", over=as_json) == theory.evolve(title="T").dumps("json")


def test_a_text_with_mistakes_or_with_comments_that_would_be_lost_is_not_written_over() -> None:
    text = "toc: 1\ntitle: &t Reading   # a name\ngoal: *t\n"
    theory = toc.loads(text).evolve(title="Another")
    with pytest.raises(toc.TheoryError, match="cannot be made line by line") as caught:
        theory.dumps(over=text)
    assert [(problem.code, problem.line) for problem in caught.value.problems] == [("TOC006", 2)]
    assert theory.dumps(over=text, force=True) == theory.dumps()
    with pytest.raises(toc.TheoryError, match="TOC010"):
        theory.dumps(over=text + "titel: T\n")

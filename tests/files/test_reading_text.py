from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toc.errors import TheoryError
from toc.files.opening import LARGEST, check_text, decode, read_bytes, read_text
from toc.problems import Problem


def problem_of(path: Path) -> Problem:
    with pytest.raises(TheoryError) as caught:
        read_text(path)
    assert caught.value.source == str(path)
    (problem,) = caught.value.problems
    assert "\n" not in str(caught.value)
    assert caught.value.unreadable
    return problem


def problem_with(data: bytes) -> Problem:
    with pytest.raises(TheoryError) as caught:
        decode(data)
    (problem,) = caught.value.problems
    return problem


def test_a_file_is_read_with_its_line_ends_and_without_its_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_bytes(b"\xef\xbb\xbftitle: Caf\xc3\xa9\r\n\tx\r\n")
    assert read_text(file) == "title: Café\r\n\tx\r\n"
    assert read_text(str(file)) == read_text(file)
    assert read_bytes(file).startswith(b"\xef\xbb\xbf")


def test_an_empty_file_is_empty_text(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.touch()
    assert read_text(file) == ""


def test_a_missing_file_suggests_the_nearest_name_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "reading-partners.yaml").touch()
    problem = problem_of(tmp_path / "reading-partner.yaml")
    assert problem.code == "TOC001"
    assert problem.suggestion == str(tmp_path / "reading-partners.yaml")
    assert "did you mean" in problem.message


def test_a_missing_folder_is_a_missing_file(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "nowhere" / "my.yaml").message == "there is no such file"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    problem = problem_of(tmp_path)
    assert (problem.code, "folder" in problem.message) == ("TOC001", True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert problem_of(tmp_path / "pipe.yaml").code == "TOC001"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_device_is_refused() -> None:
    assert problem_of(Path("/dev/zero")).code == "TOC001"


def test_a_link_that_leads_back_to_itself_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    problem = problem_of(loop)
    assert (problem.code, "leads back to itself" in problem.message) == ("TOC001", True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret.yaml"
    file.touch(mode=0o000)
    problem = problem_of(file)
    assert (problem.code, "permission" in problem.message) == ("TOC001", True)


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000])
def test_a_name_that_no_file_can_bear_is_refused(name: str) -> None:
    assert problem_of(Path(name)).code == "TOC001"


def test_a_file_of_60_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.yaml"
    with file.open("wb") as stream:
        stream.truncate(60 * 1024 * 1024)
    problem = problem_of(file)
    assert problem.code == "TOC004"
    assert problem.message == "60 MB is too large: a theory takes at most 50 MB"


def test_text_and_bytes_over_the_limit_are_refused() -> None:
    assert problem_with(b" " * (LARGEST + 1)).code == "TOC004"
    for text in (" " * (LARGEST + 1), "é" * (LARGEST // 2 + 1)):
        with pytest.raises(TheoryError) as caught:
            check_text(text)
        assert caught.value.problems[0].code == "TOC004"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04\x14\x00", "Word or Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "Word or Excel"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"{\\rtf1\\ansi Hello}", "Rich Text"),
        ("title: x".encode("utf-16"), "UTF-16"),
        ("title: x".encode("utf-16-be"), "UTF-16"),
        (b"\xfe\xff\x00t", "UTF-16"),
    ],
)
def test_other_kinds_of_file_are_recognised(data: bytes, words: str) -> None:
    problem = problem_with(data)
    assert problem.code == "TOC002"
    assert words in problem.message


def test_a_word_file_renamed_says_what_to_do_instead(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_bytes(b"PK\x03\x04" + bytes(100))
    assert "toc new my.yaml --from file.xlsx" in problem_of(file).message


def test_bytes_that_are_not_utf_8_are_named_with_their_place() -> None:
    problem = problem_with(b"\xef\xbb\xbftitle: x\r\nlead: Caf\xe9\n")
    assert (problem.code, problem.line, problem.column) == ("TOC002", 2, 10)
    assert "byte 23 (0xE9)" in problem.message
    assert "UTF-8" in problem.message


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9f", "\ufffe", "\uffff"])
def test_control_characters_are_named_with_their_place(character: str) -> None:
    text = f"title: é\r\nlead: a{character}b\n"
    problem = problem_with(text.encode())
    assert (problem.code, problem.line, problem.column) == ("TOC002", 2, 8)
    assert f"U+{ord(character):04X}" in problem.message
    with pytest.raises(TheoryError) as caught:
        check_text(text, source="my.yaml")
    assert caught.value.problems == (problem,)
    assert caught.value.source == "my.yaml"


def test_half_a_character_in_text_is_refused() -> None:
    with pytest.raises(TheoryError) as caught:
        check_text("title: \ud83d")
    assert (caught.value.problems[0].code, caught.value.problems[0].column) == ("TOC002", 8)


@pytest.mark.parametrize("text", ["", "a\tb\r\nc\rd\n", "£ “ ” – 😀 \u00a0 \u2028 naïve \U0010fffd"])
def test_everything_people_type_is_let_through(text: str) -> None:
    assert check_text(text) == decode(text.encode()) == check_text("\ufeff" + text) == text


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_one_problem(data: bytes) -> None:
    try:
        text = decode(data)
    except TheoryError:
        problem_with(data)
    else:
        assert check_text(text) == text
        with tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            assert read_text(file.name) == text


def test_a_file_that_another_program_has_locked_is_to_be_closed_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "my.yaml"
    file.touch()

    def locked(*_: object) -> int:
        error = PermissionError(13, "Permission denied")
        vars(error)["winerror"] = 32  # as Windows says it
        raise error

    monkeypatch.setattr(os, "open", locked)
    assert problem_of(file).message == "another program has locked this file: close it there and try again"


def test_a_file_to_which_an_editor_gave_a_second_ending_is_named(tmp_path: Path) -> None:
    (tmp_path / "my.yaml.txt").write_text("toc: 1", encoding="utf-8")
    assert problem_of(tmp_path / "my.yaml").suggestion == str(tmp_path / "my.yaml.txt")

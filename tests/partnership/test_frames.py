"""Frames as people use them: shown, and read from files of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toc

OURS = """\
frames:
  our-standards:
    title: Our trust's standards
    source: Trustees, 2026
    licence: internal
    scale: [red, amber, green]
    themes: {people: People}
    statements:
      named-lead: {text: Each school names a lead, theme: people, probes: contacts}
      shared-calendar: We share one calendar
"""


def written(folder: Path, text: str, name: str = "ours.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def told(folder: Path, text: str, name: str = "ours.yaml") -> list[tuple[str, int | None, str]]:
    """Code, line and message of everything that is wrong in a file."""
    with pytest.raises(toc.TheoryError) as refused:
        toc.load_frame(written(folder, text, name))
    return [(problem.code, problem.line, problem.message) for problem in refused.value.problems]


def test_a_frame_shows_its_statements_its_sources_and_their_licence() -> None:
    page = toc.frame("spa-obstacles").to_markdown()
    assert page.startswith("# Seven obstacles, and ways forward\n")
    assert "in-the-way, being-handled or handled, or as not-ours" in page
    assert "Begin small and plain" in page
    assert "© Published by S.P.A. 2023" in page
    assert "no grade and no inspection" in page


def test_statements_stand_under_the_themes_of_their_frame() -> None:
    page = toc.frame("seced-pillars").to_markdown()
    places = [page.index(text) for text in ("## Mutuality", "| m1 |", "## Sustainability", "| s1 |", "## Disadvantage")]
    assert places == sorted(places)


def test_every_frame_prints_the_licence_of_its_source() -> None:
    for frame in toc.frames():
        assert frame.licence == frame.sources[0].licence
        assert frame.licence in frame.to_html()
    assert toc.frame("practices").licence == toc.frame("hgiocld-questions").licence == "not stated in our copy"


def test_a_frame_is_csv_for_a_spreadsheet_and_json_for_programs() -> None:
    frame = toc.frame("hgiocld-illustration")
    assert len(frame.to_csv().splitlines()) == 25
    record = json.loads(frame.to_json())
    assert record["statements"][0]["place"] == "level 5 illustration, first theme, sentence 1"
    assert record["themes"]["vision"] == "Joint vision, planning and evaluation"


def test_the_list_of_frames_has_a_row_for_each() -> None:
    found = toc.frames()
    assert found["lucas"] == toc.frame("lucas")
    assert len(found.to_csv().splitlines()) == 1 + len(found)
    assert {"practices", "seced-pillars"} < {frame["id"] for frame in found.to_dict()["frames"]}


@pytest.mark.parametrize("name", ["practises", "", 3, None])
def test_an_unknown_frame_is_refused_with_the_names_there_are(name: object) -> None:
    with pytest.raises(toc.OptionError, match="the frames are practices, hgiocld-questions"):
        toc.frame(name)  # type: ignore[arg-type]


def test_a_frame_of_your_own_is_read_and_shown(tmp_path: Path) -> None:
    frame = toc.load_frame(written(tmp_path, OURS))
    assert (frame.id, frame.title, frame.source, frame.licence) == (
        "our-standards",
        "Our trust's standards",
        "Trustees, 2026",
        "internal",
    )
    assert frame.scale == ("red", "amber", "green")
    lead, calendar = frame.statements
    assert (lead.theme, lead.probes, lead.basis, lead.label) == ("people", ("contacts",), "own", lead.text)
    assert (calendar.text, calendar.theme) == ("We share one calendar", None)
    page = frame.to_text()
    assert page.index("We share one calendar") < page.index("People\n") < page.index("Each school names a lead")


def test_a_frame_without_a_scale_has_the_library_s(tmp_path: Path) -> None:
    short = {"frames": {"ours": {"title": "T", "source": "S", "statements": {"a": "A"}}}}
    frame = toc.load_frame(written(tmp_path, json.dumps(short), "ours.json"))
    assert frame.scale == toc.frame("practices").scale
    assert frame.licence == "not stated"


def test_everything_wrong_in_a_frame_is_told_at_once_with_its_line_and_the_nearest_choice(tmp_path: Path) -> None:
    text = """\
frames:
  practices:
    titel: Our standards
    source: ""
    scale: [red]
    themes: {people: People}
    statements:
      named-lead: {text: Each school names a lead, theme: peple, probes: [contact]}
      Named: We do
      number: 3
"""
    found = told(tmp_path, text)
    assert [(code, line) for code, line, _ in found] == [
        ("TOC011", 2),
        ("TOC031", 2),
        ("TOC010", 3),
        ("TOC017", 4),
        ("TOC014", 5),
        ("TOC030", 8),
        ("TOC013", 8),
        ("TOC016", 9),
        ("TOC012", 10),
    ]
    messages = " ".join(message for _, _, message in found)
    for meant in ("title", "people", "contacts"):
        assert f"did you mean '{meant}'?" in messages


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", "TOC011", "this is no frame: write `frames:`"),
        ("title: Ours\nstatements: {a: A}\n", "TOC011", "this is no frame"),
        ("[1, 2]", "TOC011", "this is no frame"),
        ("frames: [a, b]", "TOC012", "expected"),
        ("frames: {}", "TOC011", "this is no frame"),
        ("frames:", "TOC011", "this is no frame"),
        ("frames: {a: Our standards}", "TOC012", "expected `title`, `source` and `statements`"),
        ("frames: {a: {title: A, source: S, statements: {}}}", "TOC011", "at least one statement"),
        ("frames: {a: {title: A, source: S}}", "TOC011", "statements"),
        ("frames: {a: {title: A, source: S, scale: [x, not-ours], statements: {a: A}}}", "TOC018", "in every frame"),
        ("frames: {a: {title: A, source: S, scale: [x, x], statements: {a: A}}}", "TOC018", "x"),
        ("frames: {a: {title: A, source: S, statements: {a: A, a: B}}}", "TOC019", "a"),
        ("frames: {a: {title: A, source: S, statements: {a: {text: A, theme: b}}}}", "TOC030", "write it under `themes`"),
        ("frames: {a: {title: A", "TOC003", ""),
        ("frames: &a {a: *a}", "TOC00", ""),
        ("frames: !!python/object/apply:os.getcwd []", "TOC005", ""),
        ("toc: 1\nframes: {a: {title: A, source: S, statements: {a: A}}}", "TOC010", "toc"),
        (f"frames: {'[' * 5000}", "TOC00", ""),
    ],
)  # fmt: skip
def test_a_file_that_holds_no_frame_says_why(tmp_path: Path, text: str, code: str, said: str) -> None:
    found = told(tmp_path, text)
    assert any(one.startswith(code) and said in message for one, _, message in found), found


def test_two_frames_in_a_file_are_refused(tmp_path: Path) -> None:
    two = OURS + "  other: {title: O, source: S, statements: {a: A}}\n"
    assert told(tmp_path, two) == [("TOC012", 2, "there are 2 frames: write each in a file of its own")]


KEYS = st.sampled_from(
    ["ours", "practices", "title", "source", "scale", "themes", "statements", "text", "theme", "probes", "x-a"]
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), parts, max_size=6),
    max_leaves=20,
)


@settings(max_examples=60, deadline=None)
@given(junk=JUNK, under=st.sampled_from([None, "scale", "themes", "statements", "probes"]))
def test_whatever_stands_in_a_file_is_a_frame_or_told_with_its_line(
    tmp_path_factory: pytest.TempPathFactory, junk: object, under: str | None
) -> None:
    own = {"title": "T", "source": "S", "statements": {"a": {"text": "A"}}}
    if under == "probes":
        own["statements"] = {"a": {"text": "A", "probes": junk}}
    elif under:
        own |= {under: junk}  # type: ignore[dict-item]  # junk on purpose
    path = tmp_path_factory.mktemp("junk") / "ours.json"
    path.write_text(json.dumps({"frames": {"ours": own if under else junk}}), encoding="utf-8", errors="replace")
    try:
        page, lines = toc.load_frame(path).to_markdown(), [1]
    except toc.TheoryError as error:
        page, lines = str(error), [problem.line or 0 for problem in error.problems]
    assert page
    assert all(lines)


def test_of_too_many_statements_one_problem_is_told(tmp_path: Path) -> None:
    many = {f"s{n}": {"text": "A", "theme": "none"} for n in range(501)}
    text = json.dumps({"frames": {"ours": {"title": "T", "source": "S", "statements": many}}})
    ((code, _, message),) = told(tmp_path, text, "ours.json")
    assert (code, message[:15]) == ("TOC014", "501 statements:")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(toc.TheoryError, match="there is no such file"):
        toc.load_frame(tmp_path / "nowhere.yaml")


def test_what_a_stranger_wrote_is_harmless_in_every_form(tmp_path: Path) -> None:
    evil = "=1+1 <script>alert(1)</script> | `x`"
    text = json.dumps({"frames": {"ours": {"title": evil, "source": evil, "statements": {"a": evil}}}})
    frame = toc.load_frame(written(tmp_path, text, "ours.json"))
    assert "<script>" not in frame.to_html()
    assert ",'=1+1" in frame.to_csv()
    assert frame.statements["a"].text == evil


def test_the_page_of_the_documentation_names_every_frame_and_leads_to_its_sources() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "frames.md").read_text(encoding="utf-8")
    for frame in toc.frames():
        assert f"| `{frame.id}` | {frame.title} | {len(frame.statements)} | {frame.source} | {frame.ours} |" in page
    assert "(bibliography.md)" in page  # which another test reads

"""Themes: readable by measure, alike in what they say, and an organisation's own from a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from toc.diagram.looks.theme_file import contrast, load_theme, theme_from, too_faint
from toc.diagram.looks.themes import LIGHT, THEMES, Theme

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.fixture(scope="module")
def small() -> toc.TheoryOfChange:
    return toc.example("small-charity")


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_theme_passes_wcag_aa(theme: Theme) -> None:
    assert too_faint(theme) == []


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_theme_has_a_look_for_every_kind_strength_and_mark(theme: Theme) -> None:
    assert theme.boxes.keys() == LIGHT.boxes.keys()
    assert theme.strokes.keys() == LIGHT.strokes.keys()
    assert theme.marks.keys() == LIGHT.marks.keys()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_no_two_confidences_and_no_two_marks_of_one_comparison_differ_by_colour_alone(theme: Theme) -> None:
    assert len(set(theme.strokes.values())) == len(theme.strokes)
    for together in (("added", "removed", "changed"), ("lost", "weakened"), ("error", "warning", "advice")):
        assert len({theme.marks[mark].stroke for mark in together}) == len(together)


def test_the_print_theme_is_black_on_white_and_tells_kinds_by_their_borders() -> None:
    theme = THEMES["print"]
    svg = toc.example("rgs-newcastle").to_svg(theme="print")
    assert set(re.findall(r"#[0-9a-f]{6}\b", svg)) <= {"#ffffff", "#000000", theme.panel_line}
    borders = [paint.border for paint in theme.boxes.values()]
    assert len(set(borders)) == len(borders)


def test_a_theme_changes_colours_and_nothing_else(small: toc.TheoryOfChange) -> None:
    texts = {name: re.findall(r">([^<>\n]+)</text>", small.to_svg(theme=name)) for name in THEMES}
    assert texts["light"]
    assert all(found == texts["light"] for found in texts.values())
    assert len({small.to_svg(theme=name) for name in THEMES}) == len(THEMES)


def test_an_unknown_theme_is_refused_with_the_nearest_one(small: toc.TheoryOfChange) -> None:
    with pytest.raises(toc.OptionError, match=r"there is no theme 'prnt'; .*did you mean 'print'\?"):
        small.to_svg(theme="prnt")
    with pytest.raises(toc.OptionError, match="3 is no theme"):
        small.to_svg(theme=3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ours.toml", 'base = "dark"\nlogo = "Our alliance"\nfont = "Calibri"\n[boxes.goal]\nfill = "#fff"\n'),
        ("ours.yaml", "base: dark\nlogo: Our alliance\nfont: Calibri\nboxes:\n  goal: {fill: '#fff'}\n"),
    ],
)
def test_an_organisation_brings_its_own_theme_in_a_file(
    small: toc.TheoryOfChange, tmp_path: Path, name: str, text: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    theme = load_theme(path)
    assert (theme.name, theme.logo, theme.boxes["goal"].fill) == ("ours", "Our alliance", "#ffffff")
    assert theme.boxes["pillar"] == THEMES["dark"].boxes["pillar"]
    svg = small.to_svg(theme=path)
    assert "Our alliance</text>" in svg
    assert 'font-family="Calibri, ' in svg


def test_every_problem_of_a_theme_is_named_at_its_line() -> None:
    text = "base: lihgt\nfont: Comic\ninkk: '#000'\nboxes:\n  goal: {fill: red}\nmarks: {added: 3}\n"
    with pytest.raises(toc.TheoryError) as caught:
        theme_from(text, source="ours.yaml")
    told = [(one.line, one.message) for one in caught.value.problems]
    assert sorted(line or 0 for line, _ in told) == [1, 2, 3, 5, 6]
    assert any("did you mean 'light'" in message for _, message in told)
    assert any("did you mean 'ink'" in message for _, message in told)
    assert any("Arial, Helvetica, Calibri" in message for _, message in told)


def test_colours_that_nobody_could_read_are_refused_with_the_contrast_they_have() -> None:
    with pytest.raises(toc.TheoryError) as caught:
        theme_from("boxes:\n  activity: {text: '#ddd'}\n", source="ours.yaml")
    (problem,) = caught.value.problems
    assert problem.line == 2
    assert "boxes.activity.text #dddddd on boxes.activity.fill #fdf5e4 has a contrast of 1.3: 4.5" in problem.message


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.toml", "ink = '#000", "TOC003"),
        ("a.toml", "a = " + "[" * 500 + "]" * 500, "TOC004"),
        ("a.yaml", "ink: [", "TOC003"),
        ("a.yaml", "- ink", "TOC012"),
        ("a.yaml", "#" * 200_000, "TOC004"),
        ("a.yaml", "logo: ''", "TOC017"),
    ],
)
def test_what_is_no_theme_is_refused_in_words(name: str, text: str, code: str) -> None:
    with pytest.raises(toc.TheoryError) as caught:
        theme_from(text, source=name)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_an_empty_file_is_the_light_theme() -> None:
    assert theme_from("", source="mine.yaml") == LIGHT._replace(name="mine")


def test_a_theme_file_that_is_not_there_is_a_drawing_error(small: toc.TheoryOfChange) -> None:
    with pytest.raises(toc.DrawingError, match="there is no such file"):
        small.to_svg(theme=Path("nowhere.toml"))


@pytest.mark.parametrize("name", ["ours.toml", "ours.yaml", "/etc/hostnam.toml", "../ours.yml", "\0.toml"])
def test_a_text_names_a_shipped_theme_and_never_a_file(
    small: toc.TheoryOfChange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A service may hand on what a request asks for: it reads no file, and learns no name of one."""
    monkeypatch.chdir(tmp_path)
    Path("ours.toml").write_text('base = "dark"\n', encoding="utf-8")
    Path("ours.yaml").write_text("base: dark\n", encoding="utf-8")
    for draw in (small.to_dot, toc.compare(small, small).to_dot):
        with pytest.raises(toc.OptionError, match=r"there is no theme .*, or a file of your own as a pathlib\.Path$"):
            draw(theme=name)


@given(colours, colours)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21
    assert contrast(one, one) == 1


def test_findings_are_marked_on_their_boxes_in_words(small: toc.TheoryOfChange) -> None:
    finding = toc.Finding("TOC122", "unmeasured-pillar", toc.Severity.WARNING, ("company",), (), (), "No.", "Do.")
    marked = small.evolve(settings={"vocabulary": {"pillar": "Workstream"}}).to_svg(findings=[finding])
    assert "▲ unmeasured workstream</text>" in marked
    assert "Warning TOC122: No." in marked
    assert ">▲ warning</text>" in marked
    assert "TOC122" not in small.to_svg()
    assert f'stroke="{LIGHT.marks["warning"].colour}"' in marked


def test_findings_true_means_the_findings_of_today(small: toc.TheoryOfChange) -> None:
    assert small.to_svg(findings=True) == small.to_svg(findings=small.check())
    assert small.to_svg(findings=False) == small.to_svg()

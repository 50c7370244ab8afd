"""Drawing a theory to a file: every format is a real picture of all of it, and what cannot be drawn is told plainly."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import toc
from toc.errors import DrawingError
from toc.render.engine import is_embedded

SVG = "{http://www.w3.org/2000/svg}"
EXAMPLES = ["small-charity", "rgs-newcastle", "large-programme"]
STARTS = {
    "svg": b"<svg ",
    "png": b"\x89PNG\r\n",
    "pdf": b"%PDF-",
    "dot": b"digraph theory {",
    "gv": b"digraph theory {",
}
LATIN = re.compile(r"[\x20-\xff‘’“”–—•…€]+")
Pixel = tuple[int, ...]


@pytest.fixture(scope="module")
def small() -> toc.TheoryOfChange:
    return toc.example("small-charity")


def size_of(png: bytes) -> tuple[int, int]:
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


def pixels_of(png: bytes) -> list[list[Pixel]]:
    """The rows of a PNG of eight bits a channel, not interlaced: enough to look at what we make."""
    wide, high = size_of(png)
    depth, kind, _, _, interlace = png[24:29]
    assert (depth, interlace) == (8, 0)
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[kind]
    packed, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += 12 + length
    data = zlib.decompress(packed)
    stride = wide * channels
    above, rows = bytearray(stride), []
    for start in range(0, high * (stride + 1), stride + 1):
        above = _unfiltered(data[start], data[start + 1 : start + 1 + stride], above, channels)
        rows.append(list(zip(*(above[channel::channels] for channel in range(channels)), strict=True)))
    return rows


def _unfiltered(kind: int, line: bytes, above: bytearray, channels: int) -> bytearray:
    row = bytearray(line)
    for i, value in enumerate(line):
        left, corner = (row[i - channels], above[i - channels]) if i >= channels else (0, 0)
        guess = left + above[i] - corner
        nearest = min((left, above[i], corner), key=lambda part: abs(guess - part))  # the first of equals
        row[i] = (value + (0, left, above[i], (left + above[i]) // 2, nearest)[kind]) % 256
    return row


def colour(pixel: Pixel) -> str:
    return "#" + bytes(pixel[:3]).hex()


# The formats


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_svg_is_one_well_formed_image_that_needs_nothing_else(name: str) -> None:
    theory = toc.example(name)
    text = theory.to_svg()
    root = ET.fromstring(text)  # noqa: S314  # our own text
    assert root.tag == f"{SVG}svg"
    assert root.attrib["role"] == "img"
    assert [child.tag for child in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert root[0].text == theory.title
    for node in theory.nodes.values():
        assert " ".join(node.title.split()) in " ".join((root[1].text or "").split())
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "g", "title", "desc", "a", "path", "polygon", "polyline", "ellipse", "text"}
    assert "url(" not in text
    assert "javascript" not in text
    addresses = set(re.findall(r'="(https?:[^"]*)"', text))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"} | {
        node.url for node in theory.nodes.values() if node.url
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_png_is_a_picture_of_the_whole_drawing(name: str) -> None:
    theory = toc.example(name)
    diagram = theory.diagram()
    dpi = 14
    png = theory.to_png(dpi=dpi)
    wide, high = size_of(png)
    assert wide == pytest.approx((diagram.width + 1) * dpi / 72, abs=2)
    assert high == pytest.approx((diagram.height + 1) * dpi / 72, abs=2)
    rows = pixels_of(png)
    found = {colour(pixel) for row in rows for pixel in row}
    assert len(found) > 100
    for box in diagram.boxes:
        x, y = (box.x + 2 + min(5, box.width / 4)) * dpi / 72, (box.y + box.height / 2) * dpi / 72
        inside = rows[round(y)][round(x)]
        assert colour(inside) != "#ffffff" or box.kind == "outcome", box.id


def test_a_png_is_as_large_as_asked(small: toc.TheoryOfChange) -> None:
    one, two = size_of(small.to_png(dpi=50)), size_of(small.to_png(dpi=100))
    assert list(two) == pytest.approx([2 * one[0], 2 * one[1]], abs=2)
    assert size_of(small.to_png()) == size_of(small.to_png(dpi=144))


def test_a_png_has_no_more_pixels_than_a_computer_can_hold(small: toc.TheoryOfChange) -> None:
    wide, high = size_of(small.to_png(dpi=100_000))
    assert 40_000_000 < wide * high <= 50_000_000
    assert max(wide, high) <= 16_000


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_pdf_holds_every_title_as_text(name: str, pdftotext: str, tmp_path: Path) -> None:
    theory = toc.example(name)
    theory.draw(tmp_path / "drawing.pdf")
    command = [pdftotext, "-raw", "-enc", "UTF-8", str(tmp_path / "drawing.pdf"), "-"]
    read = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    text = closed_up(read)
    titles = [node.title for node in theory.nodes.values() if LATIN.fullmatch(node.title)]
    assert len(titles) >= 0.9 * len(theory.nodes)
    assert [title for title in titles if closed_up(title) not in text] == []


def closed_up(text: str) -> str:
    """Without spaces, and without hyphens, which also stand where a word was broken."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def test_a_pdf_page_is_as_large_as_the_drawing(small: toc.TheoryOfChange) -> None:
    (box,) = re.findall(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+) ?\]", small.to_pdf())
    diagram = small.diagram()
    assert [float(side) for side in box] == [
        pytest.approx(diagram.width, abs=4),
        pytest.approx(diagram.height, abs=4),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for the system's Graphviz is a script")
def test_a_pdf_is_the_same_whether_or_not_the_system_has_graphviz(
    small: toc.TheoryOfChange, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if not is_embedded():
        pytest.skip("the system's Graphviz is the only engine here")
    systems = tmp_path / "dot"
    systems.write_text("#!/bin/sh\necho 'Use one of: dot pdf svg' >&2\necho '%PDF of the system'\n")
    systems.chmod(0o755)
    monkeypatch.setenv("PATH", "")
    alone = small.to_pdf()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert small.to_pdf() == alone
    assert b"/Title (" in alone
    assert b"/CreationDate () " in alone


@pytest.mark.usefixtures("needs_engine")
def test_a_title_in_another_script_is_warned_of_where_a_format_has_no_letters_for_it() -> None:
    theory = toc.loads("{toc: 1, title: T, goal: 每个孩子都能读}")
    assert "每个孩子都能读" in theory.to_svg()
    with pytest.warns(UserWarning, match="PNG .* 个 .* SVG"):
        theory.to_png()
    with pytest.warns(UserWarning, match="PDF.* 个 "):
        theory.to_pdf()


@pytest.mark.parametrize("ending", ["svg", "png", "pdf", "dot"])
def test_the_same_theory_gives_the_same_bytes(small: toc.TheoryOfChange, ending: str) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    small.draw(first, format=ending)  # type: ignore[arg-type]
    toc.loads(small.dumps()).draw(second, format=ending)  # type: ignore[arg-type]
    assert first.getvalue() == second.getvalue()


# Where it goes


@pytest.mark.parametrize("ending", STARTS)
def test_the_ending_of_the_name_tells_the_format(small: toc.TheoryOfChange, tmp_path: Path, ending: str) -> None:
    for path in (tmp_path / f"one.{ending}", tmp_path / f"two.{ending.upper()}"):
        small.draw(path)
        assert path.read_bytes().startswith(STARTS[ending])
    small.draw(str(tmp_path / f"three.x.{ending}"))
    assert (tmp_path / f"three.x.{ending}").read_bytes() == (tmp_path / f"one.{ending}").read_bytes()


def test_the_format_asked_for_wins_over_the_ending(small: toc.TheoryOfChange, tmp_path: Path) -> None:
    small.draw(tmp_path / "picture.svg", format="png")
    assert (tmp_path / "picture.svg").read_bytes().startswith(STARTS["png"])
    small.draw(tmp_path / "picture", format="dot")
    assert (tmp_path / "picture").read_bytes().startswith(STARTS["dot"])


def test_a_binary_file_takes_the_picture(small: toc.TheoryOfChange, tmp_path: Path) -> None:
    with (tmp_path / "picture.png").open("wb") as file:
        small.draw(file)
        assert not file.closed
    assert (tmp_path / "picture.png").read_bytes().startswith(STARTS["png"])
    memory = io.BytesIO()
    small.draw(memory)
    assert memory.getvalue().startswith(STARTS["svg"])
    assert memory.getvalue().decode() == small.to_svg()


def test_a_picture_replaces_an_older_one_whole(small: toc.TheoryOfChange, tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    path.write_text("x" * 1_000_000)
    small.draw(path)
    assert path.read_text(encoding="utf-8") == small.to_svg()
    assert [file.name for file in tmp_path.iterdir()] == ["picture.svg"]


# What cannot be drawn


@pytest.mark.parametrize(
    ("name", "format", "said"),
    [
        ("picture.jpg", None, r"'jpg' is not a format to draw in.*\.svg, \.png, \.pdf, .*\.dot"),
        ("picture.svgg", None, r"'svgg' is not a format to draw in.*svg"),
        ("picture", None, r"the name has no ending; end the name in \.svg"),
        (".svg", None, r"the name has no ending"),
        ("picture.svg", "gif", r"'gif' is not a format to draw in"),
        ("picture.svg", "SVG", r"'SVG' is not a format to draw in.*svg"),
    ],
)
def test_another_format_is_refused_with_those_there_are(
    small: toc.TheoryOfChange, tmp_path: Path, name: str, format: str | None, said: str
) -> None:
    with pytest.raises(toc.OptionError, match=said):
        small.draw(tmp_path / name, format=format)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_a_file_open_for_text_is_refused_with_the_mode_to_use(small: toc.TheoryOfChange, tmp_path: Path) -> None:
    with (tmp_path / "picture.svg").open("w") as file, pytest.raises(DrawingError, match="mode 'wb'"):
        small.draw(file)  # type: ignore[arg-type]
    with pytest.raises(DrawingError, match="mode 'wb'"):
        small.draw(io.StringIO())  # type: ignore[arg-type]


def test_a_file_that_is_closed_takes_no_picture(small: toc.TheoryOfChange) -> None:
    file = io.BytesIO()
    file.close()
    with pytest.raises(DrawingError, match="the file takes no picture: I/O operation on closed file"):
        small.draw(file)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"view": ["pillars"]}, "the view is named by text, not by a list; the views are pillars, "),
        ({"view": 3}, "the view is named by text, not by 3; the views are pillars, "),
        ({"theme": 3}, "3 is no theme: give the name of one"),
        ({"pillar": 5}, "the pillar is named by text, not by 5; the only pillar is company"),
        ({"tag": [None]}, "the tag is named by text, not by None"),
        ({"themes": "dark"}, "there is no option 'themes'; the options are .*view, theme, .*: did you mean 'theme'"),
        ({"format": 5}, r"5 is not a format to draw in; end the name in \.svg"),
        ({"findings": "all"}, "'a' is no finding: give what theory.check"),
        ({"findings": 3}, "3 is no finding"),
        ({"format": "png", "dpi": 0}, "dpi is a number from 1, such as 144, not 0"),
        ({"format": "png", "dpi": -3}, "dpi is a number from 1, such as 144, not -3"),
        ({"format": "png", "dpi": "300"}, "dpi is a number from 1, such as 144, not '300'"),
        ({"format": "png", "dpi": float("nan")}, "dpi is a number from 1, such as 144, not nan"),
    ],
    ids=str,
)
def test_a_value_of_the_wrong_sort_is_named_with_what_is_wanted(
    small: toc.TheoryOfChange, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(toc.OptionError, match=said):
        small.draw(io.BytesIO(), **options)


def test_a_folder_that_does_not_exist_is_named(small: toc.TheoryOfChange, tmp_path: Path) -> None:
    with pytest.raises(DrawingError, match="nowhere"):
        small.draw(tmp_path / "nowhere" / "picture.svg")


def test_a_folder_is_no_place_for_a_picture(small: toc.TheoryOfChange, tmp_path: Path) -> None:
    (tmp_path / "folder.svg").mkdir()
    with pytest.raises(DrawingError, match=r"folder\.svg"):
        small.draw(tmp_path / "folder.svg")


@pytest.mark.parametrize("view", ["pilars", "", "Pillars", "layer"])
def test_an_unknown_view_is_refused_with_those_there_are(small: toc.TheoryOfChange, view: str) -> None:
    for draw in (small.to_svg, small.to_dot, small.to_png, small.to_pdf, small.to_graphviz):
        with pytest.raises(toc.OptionError, match=r"there is no view .*; the views are pillars, layers, logic-model, "):
            draw(view=view)


def test_an_engine_that_is_not_there_is_told_with_the_next_step(
    small: toc.TheoryOfChange, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TOC_ENGINE", "/nonexistent")
    with pytest.raises(DrawingError, match=r"TOC_ENGINE is set to '/nonexistent', .* or unset it"):
        small.draw(tmp_path / "picture.png")
    assert not list(tmp_path.iterdir())
    for ending in ("svg", "html", "dot"):
        small.draw(tmp_path / f"picture.{ending}")
        assert (tmp_path / f"picture.{ending}").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in engine is a script")
def test_an_engine_that_fails_leaves_the_old_picture_alone(
    small: toc.TheoryOfChange, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    engine = tmp_path / "engine"
    engine.write_text("#!/bin/sh\necho 'out of paint' >&2\nexit 1\n")
    engine.chmod(0o755)
    monkeypatch.setenv("TOC_ENGINE", str(engine))
    (tmp_path / "picture.png").write_text("the old one")
    with pytest.raises(DrawingError, match="out of paint"):
        small.draw(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_text() == "the old one"


# Which view


def test_only_a_theory_too_large_to_read_is_collapsed_and_this_is_said(tmp_path: Path) -> None:
    doing = {f"x{number}": {"title": f"Doing {number}", "leads_to": "p"} for number in range(999)}
    theory = toc.TheoryOfChange.model_validate(
        {"toc": 1, "title": "T", "goal": "G", "pillars": {"p": "P"}, "activities": doing}
    )
    assert len(theory.nodes) == 1001
    for draw in (theory.to_svg, theory.to_dot):
        with pytest.warns(UserWarning, match="1,001 boxes are too many .* view='pillars' draws them all"):
            assert "999 activities" in draw()
    theory.draw(tmp_path / "all.svg", view="pillars")
    drawn = ET.parse(tmp_path / "all.svg").getroot()  # noqa: S314  # our own text
    assert sum(group.attrib.get("class") == "node activity" for group in drawn.iter(f"{SVG}g")) == 999
    fewer = theory.without("x0")
    assert "Doing 7" in fewer.to_dot()


@pytest.mark.parametrize("view", ["pillars", "layers", "triangle", "logic-model", "collapsed"])
def test_titles_that_cannot_be_seen_are_drawn_as_empty_boxes(view: str) -> None:
    unseen = "\u200b"
    theory = toc.loads(
        f"{{toc: 1, title: '{unseen}', goal: '{unseen}', activities: {{a: {{title: '{unseen}', leads_to: goal}}}}}}"
    )
    assert theory.to_svg(view=view).count("<svg") == 1
    file = io.BytesIO()
    theory.draw(file, format="pptx", view=view)
    assert file.getvalue()[:2] == b"PK"

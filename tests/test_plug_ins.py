"""What other distributions add is used like our own, and one that is broken harms nobody but itself.

Each test installs distributions into a folder, as pip would, and asks a Python that finds them there.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "plug_in"
Points = Mapping[str, Mapping[str, str]]
Done = subprocess.CompletedProcess[str]

THEORY = """\
toc: 1
title: Reading partners
goal: Every child reads at their age
activities:
  clubs: {title: READING CLUBS, leads_to: goal}
"""


def install(folder: Path, name: str, points: Points, modules: Mapping[str, str]) -> None:
    """Put a distribution into a folder: its modules, and metadata with its entry points."""
    metadata = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    lines = [
        line for group, names in points.items() for line in (f"[{group}]", *(f"{k} = {v}" for k, v in names.items()))
    ]
    (metadata / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    for module, text in modules.items():
        (folder / f"{module}.py").write_text(text, encoding="utf-8")


def install_example(folder: Path) -> None:
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (EXAMPLE / "toc_house_style.py").read_text(encoding="utf-8")
    install(folder, project["name"], project["entry-points"], {"toc_house_style": text})


def site_in(folder: Path) -> Path:
    """A folder to install into, beside one with a theory."""
    (folder / "work").mkdir()
    (folder / "work" / "my.yaml").write_text(THEORY, encoding="utf-8")
    return folder / "site"


def python_at(site: Path) -> Callable[..., Done]:
    """Runs Python where what is installed in the folder is found."""

    def started(*arguments: str) -> Done:
        path = os.pathsep.join([str(site), *filter(None, sys.path)])
        command = [sys.executable, "-X", "utf8", *arguments]
        environment = {**os.environ, "PYTHONPATH": path}
        return subprocess.run(
            command, env=environment, cwd=site.parent / "work", capture_output=True, encoding="utf-8", check=False
        )

    return started


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return site_in(tmp_path)


@pytest.fixture
def run(site: Path) -> Callable[..., Done]:
    return python_at(site)


# The example to copy


def test_a_format_of_others_is_drawn_by_its_ending_from_python(site: Path, run: Callable[..., Done]) -> None:
    install_example(site)
    done = run("-W", "error", "-c", "import toc; toc.load('my.yaml').draw('x.txt')")
    assert done.stderr == ""
    drawn = (site.parent / "work" / "x.txt").read_text(encoding="utf-8")
    assert drawn.startswith("READING PARTNERS\n\nReading partners. ")
    assert "Activity “READING CLUBS”" in drawn
    assert max(map(len, drawn.splitlines())) <= 80


def test_a_format_of_others_is_drawn_by_the_command_and_stands_in_its_help(
    site: Path, run: Callable[..., Done]
) -> None:
    install_example(site)
    done = run("-m", "toc.cli", "draw", "my.yaml", "x.txt", "x.dot")
    assert (done.returncode, done.stdout, done.stderr) == (0, "wrote x.txt\nwrote x.dot\n", "")
    assert run("-m", "toc.cli", "draw", "my.yaml", "-", "-f", "txt").stdout.startswith("READING PARTNERS")
    told = run("-m", "toc.cli", "draw", "--help").stdout
    assert "|dot|txt]" in told
    assert "letters that hold no picture" in told
    assert "end the name in .svg" in (wrong := run("-m", "toc.cli", "draw", "my.yaml", "x.txd").stderr)
    assert "did you mean 'txt'?" in wrong


def test_a_format_of_others_tells_what_changed_too(site: Path, run: Callable[..., Done]) -> None:
    install_example(site)
    (site.parent / "work" / "next.yaml").write_text(THEORY.replace("READING CLUBS", "Reading clubs"), encoding="utf-8")
    done = run("-m", "toc.cli", "diff", "my.yaml", "next.yaml", "--draw", "x.txt")
    assert (done.returncode, done.stderr) == (0, "")
    drawn = (site.parent / "work" / "x.txt").read_text(encoding="utf-8")
    assert drawn.startswith("WHAT CHANGED: READING PARTNERS")
    assert "READING CLUBS" in drawn


def test_a_format_of_others_takes_no_option_that_it_does_not_name(site: Path, run: Callable[..., Done]) -> None:
    install_example(site)
    done = run("-m", "toc.cli", "draw", "my.yaml", "x.txt", "--dpi", "300")
    assert (done.returncode, done.stderr) == (2, "txt takes no dpi: png does\n")


def test_a_rule_of_others_is_followed_listed_and_explained(site: Path, run: Callable[..., Done]) -> None:
    install_example(site)
    code = "import toc; print([f.code for f in toc.load('my.yaml').check(select=['hse'])])"
    assert run("-W", "error", "-c", code).stdout == "['HSE101']\n"
    found = run("-m", "toc.cli", "check", "my.yaml", "--select", "HSE1")
    assert "the title “READING CLUBS” is in capitals" in found.stdout
    assert "HSE101" not in run("-m", "toc.cli", "check", "my.yaml", "--ignore", "title-in-capitals").stdout
    page = run("-m", "toc.cli", "rule", "hse101").stdout
    assert page.startswith("HSE101 title-in-capitals\n")
    assert "toc check --ignore HSE101" in " ".join(page.split())
    assert "Silencing it" not in page
    assert "\nHSE101 title-in-capitals\n" in run("-m", "toc.cli", "rule").stdout
    report = run("-m", "toc.cli", "check", "my.yaml", "--format", "sarif").stdout
    assert '"ruleId": "HSE101"' in report


def test_rules_of_others_stand_after_ours(site: Path, run: Callable[..., Done]) -> None:
    install_example(site)
    code = "from toc.checks import RULES, all_rules; print(all_rules()[:len(RULES)] == RULES, len(all_rules()) - len(RULES))"
    assert run("-c", code).stdout == "True 1\n"


def test_nobody_looks_for_plug_ins_before_they_can_matter(site: Path, run: Callable[..., Done]) -> None:
    install(site, "toc-loud", {"toc.formats": {"a": "loud:A"}, "toc.rules": {"b": "loud:B"}}, {"loud": "print('loud')"})
    code = (
        "import io, sys, toc; theory = toc.load('my.yaml'); theory.draw(io.BytesIO(), format='svg'); theory.to_svg();"
        "theory.dumps(); print('loud' in sys.modules, 'toc.plug_ins' in sys.modules)"
    )
    assert run("-c", code).stdout == "False True\n"
    assert "loud" not in run("-m", "toc.cli", "--help").stdout


# Broken ones: all of them are installed at once, beside the example, which works

FORMAT = "from toc.render import Format\n"
FORMATS = (
    ("import nowhere_at_all", "it cannot be imported (ModuleNotFoundError: No module named 'nowhere_at_all')"),
    ("raise SystemExit(3)", "it cannot be imported (SystemExit: 3)"),
    ("Y = 1", "it cannot be imported (AttributeError: "),
    ("def X(diagram, theme): ...", "and no toc.render.Format"),
    (f"{FORMAT}X = Format('svg', ('svgx',), 'a/b', print, 'x')", "'svg' belongs to the format 'svg' already"),
    (f"{FORMAT}X = Format('vec', ('vec', 'gv'), 'a/b', print, 'x')", "'gv' belongs to the format 'dot' already"),
    (f"{FORMAT}X = Format('txt2', ('txt',), 'a/b', print, 'x')", "'txt' belongs to the format 'txt' already"),
    (f"{FORMAT}X = Format('vec', 'vec', 'a/b', print, 'x')", "the suffixes in a tuple"),
    (f"{FORMAT}X = Format('.vec', ('.vec',), 'a/b', print, 'x')", "words of small letters and digits"),
    (f"{FORMAT}X = Format('vec', ('vec',), 'a/b', print, 'x', takes=('ink',))", "it takes ('ink',)"),
)
RULE = """\
from toc.checks import Grades, RulePage, Severity, rule
PAGE = RulePage("S.", "W.", "W.", "F.", "S.", "goal: G", "goal: G")
def made(check=lambda look: (), code="ABC101", name="too-loud", group="hygiene", page=PAGE):
    return rule(code, name, group, Grades(None, Severity.ADVICE, Severity.ADVICE), page)(check)
"""
RULES = (
    ("1 / 0", "it cannot be imported (ZeroDivisionError: division by zero)"),
    ("X = 'ABC101'", "it is 'ABC101', and no toc.checks.Rule"),
    (f"{RULE}X = [3]", "it is 3, and no toc.checks.Rule"),
    (f"{RULE}X = made(code='TOC101')", "the code 'TOC101' is not 2 to 8 capitals and 3 digits"),
    (f"{RULE}X = made(code='abc1')", "the code 'abc1' is not"),
    (f"{RULE}X = made(name='Loud')", "the name 'Loud' of ABC101 is not small words"),
    (f"{RULE}X = made(name='unmeasured-pillar')", "there is a rule 'unmeasured-pillar' already"),
    (f"{RULE}X = made(code='HSE101')", "there is a rule 'HSE101' already"),
    (f"{RULE}X = made(group='style')", "ABC101 needs Grades, and a group: one of structure, "),
    (f"{RULE}X = made(page=None)", "ABC101 has no page: give the rule a RulePage"),
    (
        f"{RULE}def check(look):\n    return 1 / 0\nX = made(check, 'DEF101', 'one-fails')",
        "the rule DEF101 failed (ZeroDivisionError: division by zero)",
    ),
    (
        f"{RULE}def check(look):\n    yield 'loud'\nX = made(check, 'DEF102', 'two-fails')",
        "the rule DEF102 failed (AttributeError: ",
    ),
)


def told_with(folder: Path, group: str, texts: Iterable[str], *arguments: str) -> Done:
    """What a command says where the example is installed, and broken distributions named by their numbers."""
    site = site_in(folder)
    install_example(site)
    for number, text in enumerate(texts):
        install(site, f"toc-wrong-{number:02}", {group: {"x": f"wrong{number:02}:X"}}, {f"wrong{number:02}": text})
    return python_at(site)("-m", "toc.cli", *arguments)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Done:
    texts = [text for text, _ in FORMATS]
    return told_with(tmp_path_factory.mktemp("formats"), "toc.formats", texts, "draw", "my.yaml", "-", "-f", "txt")


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Done:
    texts = [text for text, _ in RULES]
    return told_with(tmp_path_factory.mktemp("rules"), "toc.rules", texts, "check", "my.yaml")


@pytest.mark.parametrize("number", range(len(FORMATS)))
def test_a_format_that_cannot_be_is_named_and_left_out(drawn: Done, number: int) -> None:
    assert FORMATS[number][1] in complaint_of(drawn, number)


@pytest.mark.parametrize("number", range(len(RULES)))
def test_a_rule_that_cannot_be_is_named_and_left_out(checked: Done, number: int) -> None:
    assert RULES[number][1] in complaint_of(checked, number)


def complaint_of(done: Done, number: int) -> str:
    """The one line that names a distribution."""
    name = f"the plug-in 'x' of toc-wrong-{number:02} is left out: "
    (line,) = (line for line in done.stderr.splitlines() if line.startswith(name))
    return line


def test_broken_plug_ins_harm_none_that_works(drawn: Done, checked: Done) -> None:
    assert drawn.returncode == checked.returncode == 0
    assert drawn.stdout.startswith("READING PARTNERS")
    assert "HSE101" in checked.stdout
    assert len(drawn.stderr.splitlines()) == len(FORMATS)


def test_a_renderer_that_fails_or_makes_no_picture_names_its_distribution(site: Path, run: Callable[..., Done]) -> None:
    text = f"{FORMAT}X = Format('vec', ('vec',), 'a/b', 'wrong:paint', 'x')\ndef paint(diagram, theme): return 1 / 0\n"
    text += "Y = Format('nil', ('nil',), 'a/b', lambda diagram, theme: None, 'x')\n"
    install(site, "toc-wrong", {"toc.formats": {"x": "wrong:X", "y": "wrong:Y"}}, {"wrong": text})
    done = run("-m", "toc.cli", "draw", "my.yaml", "x.vec")
    said = "the plug-in 'x' of toc-wrong could not draw this: ZeroDivisionError: division by zero\n"
    assert (done.returncode, done.stderr) == (2, said)
    done = run("-m", "toc.cli", "draw", "my.yaml", "x.nil")
    said = "the plug-in 'y' of toc-wrong made neither text nor bytes but NoneType\n"
    assert (done.returncode, done.stderr) == (2, said)


# Standards

A_STANDARD = """
from toc import Loss, Standard

def written(theory):
    return theory.title.upper() + "\\n", [Loss(("goals",), "all of it", "a title has no room for it")]

def read(text):
    text = text.decode() if isinstance(text, bytes) else text
    return {"toc": 1, "title": text.strip().capitalize(), "goal": "Any"}, []

TITLE = Standard("title", "The title alone", (".title",), "text/plain", written, read)
TAKEN = Standard("iati", "Not ours", (".x",), "text/plain", written)
BROKEN = "no standard"
"""


def test_a_standard_of_others_is_written_and_read_by_its_ending(site: Path, run: Callable[..., Done]) -> None:
    install(site, "titles", {"toc.standards": {"title": "titles:TITLE"}}, {"titles": A_STANDARD})
    done = run("-m", "toc.cli", "convert", "my.yaml", "my.title")
    assert (done.returncode, done.stdout) == (0, "wrote my.title\n")
    assert done.stderr.startswith(
        "The title alone: 1 thing is lost or changed in meaning (a title has no room for it: 1)"
    )
    assert run("-m", "toc.cli", "convert", "my.title", "back.yaml").returncode == 0
    assert "title: Reading partners" in (site.parent / "work" / "back.yaml").read_text(encoding="utf-8")


def test_a_standard_that_is_none_or_whose_name_is_taken_is_left_out_by_name(
    site: Path, run: Callable[..., Done]
) -> None:
    points = {"toc.standards": {"a": "titles:BROKEN", "b": "titles:TAKEN"}}
    install(site, "titles", points, {"titles": A_STANDARD})
    done = run("-m", "toc.cli", "convert", "my.yaml", "my.kumu.json")
    assert done.returncode == 0
    assert "the plug-in 'a' of titles is left out: it is no toc.Standard" in done.stderr
    assert "the plug-in 'b' of titles is left out: there is a standard 'iati' already" in done.stderr


A_FRAME = """
from dataclasses import replace
from pathlib import Path
import toc
TEXT = "frames: {house: {title: House standards, source: Our federation, statements: {lead: Each school names a lead}}}"
FILE = Path(__file__).with_name("house.yaml")
FILE.write_text(TEXT, encoding="utf-8")
HOUSE = toc.load_frame(FILE)
TAKEN = replace(HOUSE, id="practices")
BROKEN = TEXT
"""


def test_a_frame_of_others_is_listed_behind_ours_and_shown(site: Path, run: Callable[..., Done]) -> None:
    install(site, "house", {"toc.frames": {"house": "house:HOUSE"}}, {"house": A_FRAME})
    assert run("-W", "error", "-c", "import toc; print([one.id for one in toc.frames()][-2:])").stdout == (
        "['seced-pillars', 'house']\n"
    )
    assert run("-m", "toc.cli", "frames", "house").stdout.startswith("House standards\n")


def test_a_frame_that_is_none_or_whose_id_is_taken_is_left_out_by_name(site: Path, run: Callable[..., Done]) -> None:
    install(site, "house", {"toc.frames": {"a": "house:BROKEN", "b": "house:TAKEN"}}, {"house": A_FRAME})
    done = run("-m", "toc.cli", "frames", "practices")
    assert done.stdout.startswith("Thirteen practices")
    assert "the plug-in 'a' of house is left out: it is no toc.Frame" in done.stderr
    assert "the plug-in 'b' of house is left out: there is a frame 'practices' already" in done.stderr

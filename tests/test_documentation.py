"""Every page of the documentation is executed: Python, terminal sessions and the files they use.

The blocks of a page run in order and in one folder of their own. In a block of `python` either the prompts and what
they print are checked, or the code only has to run. A block of `console` holds commands of `toc` after `$ ` and what
they print; `...` stands for anything. A block whose first line is `# name.yaml` (or .csv, .txt) is written to that file, and
one that begins with `# name.yaml, further down` is added to its end. One that begins with `# name.yaml, changed` is
laid over it, as a reader would who puts each line in the place of the one that stands there. Any other block of `yaml`
is a piece of a file: laid over the last whole file of its page, or over a goal and nothing else, it must make a valid
theory. A block after the comment `<!-- not run: reason -->` is left alone. A link to `examples/steps/name-2.yaml` gives
to copy what stands in `name.yaml` by then.
"""

from __future__ import annotations

import doctest
import re
import runpy
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import toc
from format_fields import fields, kinds
from toc.files.yaml_reader import read_yaml
from toc.guidance.advice_file import advice
from toc.problems import CODES

ROOT = Path(__file__).resolve().parent.parent
STEPS = ROOT / "examples" / "steps"
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(
    r"^(?P<left_out><!-- not run: .+? -->\n+)?```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
PNG = re.compile(r"\.png\b|toc demo|to_png")
FILE_NAME = re.compile(r"# (?P<name>[\w-]+\.(?:yaml|csv|txt))(?P<how>, further down|, changed)?\s*$", re.MULTILINE)
COPY = re.compile(r"\]\(\.\./examples/steps/(?P<copy>[\w-]+\.yaml)\)")
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)|<img src=\"(?!\w+:)([^\"]+)\"")
PARTS = [{"goals": "goal"}.get(name, name) for name in toc.TheoryOfChange.model_fields]
SMALLEST = {"toc": 1, "title": "A title", "goal": "A goal"}
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Block:
    language: str
    code: str
    line: int


def blocks(page: Path) -> list[Block]:
    """What is executed on a page, and the names of the files that it gives to copy."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            found["language"] or "copy",
            found["code"] or found["copy"],
            text.count("\n", 0, max(found.start("code"), 0)) + 1,
        )
        for found in re.finditer(f"{BLOCK.pattern}|{COPY.pattern}", text, BLOCK.flags)
        if not found["left_out"]
    ]


def run_page(page: Path) -> dict[str, str]:
    """Do in this folder what a page says; each file that it gives to copy, and what must stand in it."""
    names: dict[str, Any] = {"__name__": "page"}
    whole = ""
    copies = {}
    for block in blocks(page):
        if block.language in {"python", "pycon"}:
            run_python(block, page, names)
        elif block.language == "console":
            run_console(block, page)
        elif block.language == "copy":
            name = re.sub(r"-\d+(?=\.yaml$)", "", block.code)
            copies[block.code] = Path(name).read_text(encoding="utf-8").removeprefix(f"# {name}\n")
        elif named := FILE_NAME.match(block.code):
            write_file(block.code, named)
            whole = Path(named["name"]).read_text(encoding="utf-8")
        elif block.language == "yaml":
            try_piece(block.code, whole)
    return copies


def run_python(block: Block, page: Path, names: dict[str, Any]) -> None:
    if ">>>" not in block.code:
        exec(compile("\n" * (block.line - 1) + block.code, str(page), "exec"), names)  # noqa: S102  # our own page
        return
    test = doctest.DocTestParser().get_doctest(block.code, names, page.name, str(page), block.line - 1)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    failed = runner.run(test, out=said.append, clear_globs=False).failed
    names.update(test.globs)
    assert not failed, "".join(said)


def run_console(block: Block, page: Path) -> None:
    from click.testing import CliRunner

    from toc.cli import main

    for session in re.split(r"^\$ ", block.code, flags=re.MULTILINE)[1:]:
        line, _, expected = session.partition("\n")
        command, *arguments = shlex.split(line, comments=True)
        if command != "toc":
            continue  # pip and make are tried elsewhere
        output = CliRunner().invoke(main, arguments, prog_name="toc").output
        if expected.strip():
            assert doctest.OutputChecker().check_output(expected.rstrip() + "\n", output.rstrip() + "\n", FLAGS), (
                f"{page.name}:{block.line}: $ {line}\nexpected:\n{expected}\nprinted:\n{output}"
            )


def write_file(code: str, named: re.Match[str]) -> None:
    path = Path(named["name"])
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(as_written(before, code, named), encoding="utf-8")


def as_written(before: str, code: str, named: re.Match[str]) -> str:
    """What stands in a file once its reader has done what a block says."""
    if named["name"].endswith(".txt"):
        code = code.partition("\n")[2]  # in a plain text the line with its name would be a line of its own
    match named["how"]:
        case ", changed":
            return laid_over(before.removeprefix(f"# {named['name']}\n"), code)
        case ", further down":
            return before + code
        case _:
            return code


def laid_over(text: str, piece: str, margin: str = "") -> str:
    """The lines of a file with those of a piece of it: in their place where the key is there, else behind the others.

    What both hold in lines of their own is laid over each other; new parts of a file go where the format has them.
    """
    deeper = margin + "  "
    whole = entries(text, margin)
    head = text.removesuffix("".join(whole.values()))
    known = set(whole)
    for key, part in entries(piece, margin).items():
        both = entries(whole.get(key, ""), deeper) and entries(part, deeper)
        whole[key] = laid_over(whole[key], part, deeper) if both else part
    keys = whole if margin or known == set(whole) else sorted(whole, key=PARTS.index)
    return head + "".join(whole[key] for key in keys)


def entries(text: str, margin: str) -> dict[str, str]:
    """What stands under each key at this margin, with the line of the key."""
    _, *parts = re.split(rf"^(?={margin}[\w-]+:)", text, flags=re.MULTILINE)
    return {part.partition(":")[0].strip(): part for part in parts}


def try_piece(code: str, whole: str) -> None:
    piece = read_yaml(code).value
    if "toc" in piece:
        toc.loads(code)
        return
    theory = (read_yaml(whole).value if whole else SMALLEST) | {}
    if "goals" in piece:
        del theory["goal"]
    for key, value in piece.items():
        both = isinstance(value, dict) and isinstance(theory.get(key), dict)
        theory[key] = theory[key] | value if both else value
    toc.TheoryOfChange.model_validate(theory)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_on_the_page_runs_as_written(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if any(PNG.search(block.code) for block in blocks(page)):
        request.getfixturevalue("needs_engine")
    monkeypatch.chdir(tmp_path)
    # After a change to a page that gives files to copy: python scripts/make_steps.py
    for name, text in run_page(page).items():
        assert (STEPS / name).read_text(encoding="utf-8") == text


def test_the_steps_of_the_guide_end_in_the_file_that_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for block in blocks(ROOT / "docs" / "from-a-sketch-to-a-funder.md"):
        if named := FILE_NAME.match(block.code):
            write_file(block.code, named)
    shown = (ROOT / "examples" / "swimming.yaml").read_text(encoding="utf-8")
    comment, _, rest = shown.partition("toc: 1\n")
    assert Path("swimming.yaml").read_text(encoding="utf-8") == f"toc: 1\n{rest}"
    assert all(line.startswith("#") for line in comment.split("\n") if line)


def test_every_file_to_copy_is_a_theory_that_a_page_gives() -> None:
    given = [name for page in PAGES for name in COPY.findall(page.read_text(encoding="utf-8"))]
    assert sorted(given) == sorted(path.name for path in STEPS.iterdir())
    for name in given:
        toc.load(STEPS / name)


def test_the_pages_of_the_first_hour_hold_no_python() -> None:
    for name in ("from-a-paragraph-to-a-diagram", "from-a-sketch-to-a-funder", "command-line"):
        assert "```python" not in (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md", *(ROOT / "docs/decisions").glob("*.md")], ids=str)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    links = ["".join(found) for found in LINK.findall(page.read_text(encoding="utf-8"))]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_code_has_a_section_that_shows_its_message() -> None:
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    _, *sections = re.split(r"^### ", page, flags=re.MULTILINE)
    headings = [section.partition("\n")[0] for section in sections]
    assert headings == [f"{code}: {meaning}" for code, meaning in CODES.items()]
    for code, section in zip(CODES, sections, strict=True):
        assert f" [{code}]\n" in section
    assert re.findall(r"^\| `(TOC\d+)` \| (.+) \|$", page, flags=re.MULTILINE) == list(CODES.items())


def test_a_page_reads_as_well_in_a_clone_as_built() -> None:
    # Only the reference is made from docstrings, only the first page lists the others for the site, and the directive of
    # this library is shown where it is told of.
    raw = {
        page.name: set(re.findall(r"^```\{(\w[\w-]*)\}", page.read_text(encoding="utf-8"), re.MULTILINE))
        for page in PAGES
    }
    assert {name: found for name, found in raw.items() if found} == {
        "api.md": {"eval-rst"},
        "index.md": {"toctree"},
        "in-your-documentation.md": {"theory"},
    }


def test_every_public_name_stands_in_the_reference() -> None:
    reference = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    named = re.findall(r"^\.\. auto\w+:: (\w+)$", reference, flags=re.MULTILINE)
    assert sorted(named) == sorted(toc.__all__)


def test_every_key_of_the_format_stands_on_its_page() -> None:
    page = (ROOT / "docs" / "file-format.md").read_text(encoding="utf-8")
    keys = {key for kind in kinds() for key in fields(kind)}
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_what_the_page_on_guidance_says_of_the_advice_is_what_the_advice_says() -> None:
    # After a change to the advice: python scripts/make_guidance_tables.py
    made = runpy.run_path(str(ROOT / "scripts" / "make_guidance_tables.py"))["page"]
    text = (ROOT / "docs" / "measurement-guidance.md").read_text(encoding="utf-8")
    assert made(text) == text
    assert text.count("**source** |") == 2
    for source in advice().sources.values():
        assert source.reference in text
    for cell in advice().cells.values():
        assert cell.headline in text


def test_the_rule_is_never_said_to_be_the_source_s_source() -> None:
    for page in PAGES:
        text = " ".join(page.read_text(encoding="utf-8").split())
        assert not re.search(r"Fiennes (?:shows|says|advises|proves)", text), page.name
        for found in re.finditer(r"Smith in SecEd", text):
            assert text[found.start() :].startswith("Smith in SecEd, after Fiennes 2012"), page.name

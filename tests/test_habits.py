"""What people who work on the library, or build on it, rely on: change notes, hooks and lowest versions that are true."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
WANTED = [
    *PROJECT["project"]["dependencies"],
    *(name for key, extra in EXTRAS.items() if key != "all" for name in extra),
]
THEIR_HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def drafted(tmp_path: Path) -> Path:
    """A copy of what the change notes are made from."""
    for name in ("pyproject.toml", "CHANGELOG.md", "changelog.d"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    return tmp_path


def towncrier(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    if importlib.util.find_spec("towncrier") is None:
        reason = "needs towncrier, which `make install` brings"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    command = [sys.executable, "-m", "towncrier", *arguments, "--version", "99.0", "--date", "2030-01-31"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_change_note_of_an_unknown_kind_is_refused_and_named(drafted: Path) -> None:
    assert towncrier(drafted, "build", "--draft").returncode == 0
    (drafted / "changelog.d" / "7.feature.md").write_text("It sings.\n", encoding="utf-8")
    refused = towncrier(drafted, "build", "--draft")
    assert refused.returncode == 1
    assert "7.feature.md" in refused.stderr


def test_a_new_version_stands_below_the_introduction_and_above_the_last_one(drafted: Path) -> None:
    (drafted / "changelog.d" / "7.fixed.md").write_text("It no longer sings.\n", encoding="utf-8")
    before = (drafted / "CHANGELOG.md").read_text(encoding="utf-8")
    done = towncrier(drafted, "build", "--keep")
    assert done.returncode == 0, done.stderr
    after = (drafted / "CHANGELOG.md").read_text(encoding="utf-8")
    introduction, _, versions = before.partition("<!-- towncrier release notes start -->\n")
    assert after.startswith(introduction)
    assert "## 99.0 (2030-01-31)" in after
    assert "### Fixed\n\n- It no longer sings. (#7)" in after
    assert after.endswith(versions)


def test_our_hook_for_others_looks_at_theories_and_at_nothing_else() -> None:
    (hook,) = THEIR_HOOKS
    looked_at = re.compile(hook["files"])
    theories = ("theories/reading.yaml", "My-Theory.yml", "docs/theory-of-change/a/b.yaml", "reading.toc.yaml")
    others = ("mkdocs.yml", "_toc.yml", ".github/workflows/ci.yaml", "tools/protocol.yaml")
    assert all(looked_at.search(path) for path in theories)
    assert not any(looked_at.search(path) for path in others)


def test_our_hook_for_others_starts_a_program_that_the_package_brings() -> None:
    (hook,) = THEIR_HOOKS
    program, command = hook["entry"].split()
    assert program in PROJECT["project"]["scripts"]
    assert command == "check"


def test_our_own_hooks_fetch_nothing() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    for hook in config["repos"][0]["hooks"]:
        assert hook["language"] == "system"
        program = ROOT / hook["entry"].split()[0]
        assert os.access(program, os.X_OK), program


def test_every_requirement_names_the_lowest_version_that_works() -> None:
    # `make lowest` installs exactly these; without one it would try the first version there ever was.
    assert [name for name in WANTED if ">=" not in name] == []


def test_every_requirement_is_pinned_and_every_pin_is_allowed() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if not line.startswith("#")]
    for wanted in map(Requirement, WANTED):
        name = canonicalize_name(wanted.name)
        versions = [str(pin.specifier).removeprefix("==") for pin in pins if canonicalize_name(pin.name) == name]
        assert versions, f"{name} is not in constraints.txt: run `make constraints`"
        assert [version for version in versions if version not in wanted.specifier] == [], (
            f"{name}: run `make constraints`"
        )


# Nothing of the process that imports the library is changed, but by the command line, whose process is its own.
HOUSE_RULES = re.compile(
    r"""gc\.\w+ | os\.(umask|chdir|fchdir|putenv|unsetenv|nice|setpgrp|setsid|fork\w*|dup2) | locale\.setlocale
    | signal\.(signal|set\w+|alarm) | faulthandler\.\w+ | resource\.set\w+ | random\.seed | atexit\.register
    | warnings\.(simplefilter|filterwarnings|resetwarnings|catch_warnings|warn\w*|showwarning)
    | logging\.(basicConfig|disable|captureWarnings|setLoggerClass|setLogRecordFactory)
    | sys\.(set\w+|exit|stdin|stdout|stderr|path|displayhook|excepthook) | threading\.(stack_size|set\w+)
    | decimal\.(setcontext|getcontext) | socket\.setdefaulttimeout | tempfile\.tempdir | time\.(sleep|tzset)
    | mimetypes\.(init|add_type) | os\.environ\.(update|setdefault|pop|clear)""",
    re.VERBOSE,
)
ALLOWED = {("errors.py", "warnings.warn")}  # with the class TocWarning, for all of us


def touches(file: Path) -> Iterator[str]:
    """What a module uses that belongs to the whole process, by its full name."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield ast.unparse(node)
        elif isinstance(node, (ast.Assign, ast.AugAssign, ast.Delete)):
            targets = [node.target] if isinstance(node, ast.AugAssign) else node.targets
            if any(ast.unparse(target).startswith("os.environ") for target in targets):
                yield "os.environ.update"
        elif isinstance(node, ast.Name) and node.id == "print":
            yield "sys.stdout"


def test_a_guest_does_not_touch_the_house() -> None:
    source = ROOT / "src" / "toc"
    library = [file for file in source.rglob("*.py") if file.relative_to(source).parts[0] != "cli"]
    found = {
        (file.relative_to(source).as_posix(), touched)
        for file in library
        for touched in touches(file)
        if HOUSE_RULES.fullmatch(touched)
    }
    assert found == ALLOWED
    warned = (source / "errors.py").read_text(encoding="utf-8")
    assert "warnings.warn(message, TocWarning, stacklevel=calls)" in warned


def test_every_way_to_touch_the_house_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "guest.py"
    lines = (
        "import gc, os",
        "from locale import setlocale",
        "gc.freeze()",
        "os.environ['A'] = 'b'",
        "del os.environ['A']",
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    seen = sorted(touched for touched in touches(file) if HOUSE_RULES.fullmatch(touched))
    assert seen == ["gc.freeze", "locale.setlocale", "os.environ.update", "os.environ.update"]

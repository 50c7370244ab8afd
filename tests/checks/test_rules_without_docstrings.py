"""`python -OO` leaves docstrings out: nothing that people read may stand in one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from toc.checks import RULES, rule_named

FILE = str(Path(__file__).with_name("clean.yaml"))


def toc(*arguments: str, optimised: bool = True) -> str:
    """What the program prints, with or without docstrings."""
    options = ["-OO"] if optimised else []
    command = [sys.executable, *options, "-m", "toc.cli", *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def test_the_page_of_a_rule_is_printed() -> None:
    rule = rule_named("TOC101")
    assert " ".join(rule.page.what.split()) in " ".join(toc("rule", rule.code).split())


def test_sarif_describes_every_rule() -> None:
    (run,) = json.loads(toc("check", FILE, "--format", "sarif", "--today", "2026-09-01"))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.code for rule in RULES]


@pytest.mark.parametrize("command", [("rule", "TOC101"), ("rule",), ("guide", FILE), ("--help",)])
def test_what_is_printed_is_the_same(command: tuple[str, ...]) -> None:
    assert toc(*command) == toc(*command, optimised=False) != ""


def test_a_picture_is_drawn(tmp_path: Path) -> None:
    toc("draw", FILE, str(tmp_path / "x.svg"))
    assert (tmp_path / "x.svg").read_text(encoding="utf-8").rstrip().endswith("</svg>")

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from cli.running import Run
from toc.checks import RULES, Rule

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "rules"


def words(text: str) -> list[str]:
    """The words of a page without what marks headings, tables and examples."""
    return re.findall(r"[^\s|`*#=-]+", text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_program_prints_the_words_of_the_web_page(run: Run, rule: Rule) -> None:
    printed = run("rule", rule.code)
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert run("rule", rule.name).stdout == run("rule", rule.code.lower()).stdout == printed.stdout
    page = (PAGES / f"{rule.code}.md").read_text(encoding="utf-8").replace("```yaml", "")
    assert words(printed.stdout) == words(page)


def test_the_list_names_every_rule_with_its_grades(run: Run) -> None:
    listed = run("rule").stdout
    assert [f"\n{rule.code} {rule.name}\n" in listed for rule in RULES] == [True] * len(RULES)
    assert listed.count("sketch: ") == listed.count("funder: ") == len(RULES)
    assert max(map(len, listed.splitlines())) <= 100


def test_an_unknown_rule_is_refused_with_the_nearest(run: Run) -> None:
    result = run("rule", "unused-silense")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean 'unused-silence'?" in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_pages_are_those_of_the_rules() -> None:
    # After a change to a rule: python scripts/make_rule_pages.py
    made = runpy.run_path(str(ROOT / "scripts" / "make_rule_pages.py"))["pages"]()
    assert sorted(made) == sorted(page.name for page in PAGES.glob("*"))
    stale = [name for name, text in made.items() if (PAGES / name).read_bytes() != text.encode()]
    assert stale == []

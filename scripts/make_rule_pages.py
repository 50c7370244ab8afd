"""Write `docs/rules/`: an index and a page for each rule, from the rules themselves.

After a change to a rule:

    python scripts/make_rule_pages.py
"""

from __future__ import annotations

from pathlib import Path

from toc.checks import RULES
from toc.checks.rule_pages import index_markdown, rule_markdown

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"


def pages() -> dict[str, str]:
    """Every page by the name of its file."""
    contents = "\n".join(rule.code for rule in RULES)
    index = f"{index_markdown()}\n```{{toctree}}\n:hidden:\n\n{contents}\n```\n"
    return {"index.md": index, **{f"{rule.code}.md": rule_markdown(rule) for rule in RULES}}


def main() -> None:
    """Write the pages, delete those of rules that are gone, and say so."""
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"docs/{FOLDER.name}/: {len(made)} pages")


if __name__ == "__main__":
    main()

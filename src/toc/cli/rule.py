"""`toc rule`: what a rule of `toc check` looks for, why, and how to mend it."""

from __future__ import annotations

import click

from toc.cli.failures import Refused
from toc.cli.terminal import say, width
from toc.cli.wording import examples


@click.command(
    short_help="Say what a finding means and how to mend it.",
    epilog=examples("toc rule", "toc rule TOC121", "toc rule unmeasured-pillar"),
)
@click.argument("rule", required=False)
def rule(rule: str | None) -> None:
    """Say what a rule looks for, why it matters and how to mend it; without a RULE, list them all.

    RULE is the code of a rule or its name.
    """
    from toc.checks import rule_named
    from toc.report.rule_pages import index_text, rule_text

    if rule is None:
        say(index_text(width()))
        return
    word = rule.strip()
    try:
        found = rule_named(word.upper() if word[:3].lower() == "toc" else word.lower())
    except ValueError as error:
        raise Refused(str(error)) from None
    say(rule_text(found, width()))

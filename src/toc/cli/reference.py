"""`toc rule` and `toc schema`: what a rule looks for, and the format for editors and other programs."""

from __future__ import annotations

import json

import click

from toc.cli.command_options import examples
from toc.cli.failures import Refused
from toc.cli.streams import put, say, width
from toc.errors import OptionError


@click.command(
    help="""Say what a rule looks for, why it matters and how to fix it; without a RULE, list them all.

    RULE is the code of a rule or its name.
    """,
    short_help="Say what a finding means and how to fix it.",
    epilog=examples("toc rule", "toc rule TOC121", "toc rule unmeasured-pillar"),
)
@click.argument("rule", required=False)
def rule(rule: str | None) -> None:
    from toc.checks import rule_named
    from toc.checks.rule_pages import index_text, rule_text

    if rule is None:
        say(index_text(width()))
        return
    try:
        found = rule_named(rule)
    except OptionError as error:
        raise Refused(str(error)) from None
    say(rule_text(found, width()))


@click.command(
    help="""Print the JSON Schema of the file format. Editors use it to complete keys and to mark mistakes as you type.

    For that, keep the schema beside your file and let the file begin with the line
    `# yaml-language-server: $schema=toc.schema.json`.
    """,
    short_help="Print the JSON Schema of the file format.",
    epilog=examples("toc schema --output toc.schema.json", "toc schema | less"),
)
@click.option("-o", "--output", default="-", metavar="FILE", help="Write to a file.  [default: stdout]")
def schema(output: str) -> None:
    import toc

    put(json.dumps(toc.schema(), ensure_ascii=False, indent=2) + "\n", output)

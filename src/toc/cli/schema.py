"""`toc schema`: the format, for editors and other programs."""

from __future__ import annotations

import json

import click

from toc.cli.outputs import put
from toc.cli.wording import examples


@click.command(
    short_help="Print the JSON Schema of the file format.",
    epilog=examples("toc schema --output toc.schema.json", "toc schema | less"),
)
@click.option("-o", "--output", default="-", metavar="FILE", help="Write to a file.  [default: stdout]")
def schema(output: str) -> None:
    """Print the JSON Schema of the file format. Editors use it to complete keys and to mark mistakes as you type.

    For that, keep the schema beside your file and let the file begin with the line
    `# yaml-language-server: $schema=toc.schema.json`.
    """
    import toc

    put(json.dumps(toc.schema(), ensure_ascii=False, indent=2) + "\n", output)

"""`toc serve`: the theories of a folder, and all that the library answers, over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from toc.cli.command_options import examples
from toc.cli.failures import Refused
from toc.cli.streams import say


@click.command(
    help="""Serve all that the library answers to other programs over HTTP, and keep the theories of FOLDER, a YAML file each.

    Without FOLDER nothing is kept. The address `/openapi.json` describes everything that can be asked. Only this computer
    is served, and only to programs and pages of its own. Another --host needs a file with a secret word, which everybody
    who asks has to send as `Authorization: Bearer …`, or a proxy in front that asks people who they are.
    """,
    short_help="Serve theories and answers over HTTP.",
    epilog=examples(
        "toc serve theories/",
        "toc serve theories/ --read-only --port 8080",
        "toc serve theories/ --host 0.0.0.0 --token-file secret.txt --processes 2",
    ),
)
@click.argument("folder", required=False)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
@click.option(
    "--processes",
    type=click.IntRange(0, 64),
    default=0,
    help="Work in so many processes, which can be stopped, in place of threads.",
)
@click.option("--read-only", is_flag=True, help="Nobody may change a theory.")
@click.option("--token-file", metavar="FILE", help="Only who sends the secret word in this file may ask.")
@click.option("--behind-proxy", is_flag=True, help="A proxy in front says who may ask.")
def serve(  # noqa: PLR0913  # one for each option
    *,
    folder: str | None,
    port: int,
    host: str,
    processes: int,
    read_only: bool,
    token_file: str | None,
    behind_proxy: bool,
) -> None:
    from toc.web.serving import Serving, listening
    from toc.web.serving import serve as served

    token = None if token_file is None else token_in(token_file)
    if folder is not None and not Path(folder).is_dir():
        raise Refused(f"{folder}: there is no such folder: make it first")
    wish = Serving(folder, host, port, processes, read_only, token, behind_proxy)
    with listening(wish) as at:
        name = f"[{host}]" if ":" in host else host
        say(f"serving {folder or 'answers'} at http://{name}:{at.getsockname()[1]}/; Ctrl+C ends.")
        served(wish, at)


def token_in(file: str) -> str:
    """The secret word in a file: its only line, long enough that nobody guesses it. Raises Refused."""
    from toc.files.opening import read_text

    token = read_text(file).strip()
    if len(token) < 16 or len(token.split()) != 1:
        raise Refused(f"{file}: the secret is one word of 16 characters or more")
    return token

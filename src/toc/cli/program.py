"""The program as a whole: its commands, its help, and how it ends when something goes wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

import click

import toc
from toc.cli.command_options import examples
from toc.cli.failures import GIVEN, UNUSABLE, tell_cut_name, told_in_words, usage_told, warnings_told

# In the order in which people need them, each with the module in which it stands.
MODULES: Final = MappingProxyType(
    {
        "new": "new",
        "check": "check",
        "rule": "reference",
        "show": "show",
        "explain": "analysis",
        "exposure": "analysis",
        "coverage": "analysis",
        "diff": "diff",
        "guide": "guide",
        "record": "record",
        "progress": "progress",
        "partnership": "partnership",
        "frames": "frames",
        "review": "review",
        "logframe": "logframe",
        "report": "report",
        "workbook": "workbook",
        "merge": "workbook",
        "update": "update",
        "draw": "draw",
        "plot": "draw",
        "convert": "convert",
        "schema": "reference",
        "serve": "serve",
        "demo": "demo",
    }
)


class Commands(Mapping[str, click.Command]):
    """The commands by name: each is imported when it is called, or its help is asked for."""

    def __getitem__(self, name: str) -> click.Command:
        command: click.Command = getattr(import_module(f"toc.cli.{MODULES[name]}"), name)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)


class Program(click.Group):
    """A group of commands that keeps their order and never ends with a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click passes it
        """The commands in their own order, not that of the alphabet."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command, and say in words what went wrong and what the library warned of."""
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
            ctx.color = False
        with told_in_words(), warnings_told():
            try:
                with usage_told():
                    return super().invoke(ctx)
            except click.UsageError:
                if tell_cut_name():
                    ctx.exit(UNUSABLE)
                raise

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Remember what was typed: a name with spaces arrives in pieces."""
        ctx.meta[GIVEN] = tuple(args)
        with usage_told():
            return super().parse_args(ctx, args)


@click.group(
    help="""Write down a theory of change, check it, plan what to measure and draw it.

    A theory of change says what you want to bring about, what has to change for that to happen, and what you do
    about it. It is kept in a small text file (YAML, or JSON for programs).

    To see a finished one first, try `toc demo`.

    A dash (-) in place of a file stands for what is piped in or out. The exit code is 0 when all is well, 1 when a
    file says something wrong, and 2 when it could not be read or written or the command was not understood.
    """,
    cls=Program,
    commands=Commands(),
    invoke_without_command=True,
    epilog=examples(
        "toc new my.yaml              write a file to start from, then put your own words in",
        "toc check my.yaml            find the mistakes and the weak places in it",
        "toc guide my.yaml            say what to measure, and what not to claim",
        "toc draw my.yaml my.svg      draw it",
        heading="Example, from nothing to a picture",
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(toc.__version__, "-V", "--version", prog_name="toc", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())

"""Words to choose from that the library knows: no command writes them down a second time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click
from click.shell_completion import CompletionItem

from toc.spelling import hint, nearest


class Known(click.ParamType):  # type: ignore[type-arg]  # generic for type checkers since click 8.4 alone
    """One of the words that the library knows; it is asked for them when they are needed, for `toc --help` does without."""

    name = "word"

    def __init__(self, words: Callable[[], Iterable[str]], besides: str = "") -> None:
        """`besides` names what may stand there too, and is then for the library to judge."""
        self.words = words
        self.besides = besides

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002  # click passes them
        """The words, as help shows them."""
        return f"[{'|'.join([*self.words(), *filter(None, [self.besides])])}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The word that somebody wrote, if there is such a one."""
        if self.besides or value in tuple(self.words()):
            return value
        words = tuple(self.words())
        return self.fail(
            f"{value!r} is not one of {', '.join(map(repr, words))}{hint(nearest(value, words))}", param, ctx
        )

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002  # click passes them
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """The words that begin so."""
        return [CompletionItem(word) for word in self.words() if word.startswith(incomplete)]


def views() -> Iterable[str]:
    """The views there are."""
    from toc.diagram import VIEWS

    return VIEWS


def themes() -> Iterable[str]:
    """The themes there are."""
    from toc.diagram.looks.themes import THEMES

    return THEMES


def kinds() -> Iterable[str]:
    """The kinds of nodes there are."""
    from toc.model.types import KINDS

    return KINDS


def formats() -> Iterable[str]:
    """The formats there are, those of plug-ins too."""
    from toc.render import all_formats

    return [format.name for format in all_formats()]

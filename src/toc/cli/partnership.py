"""`toc partnership`: who gives and gains, on what footing, how well, and what is known of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import click

from toc.cli.command_options import Known, examples, page_format, page_options, page_text, today_option
from toc.cli.streams import put, read_as_option, theory_from

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from toc.files.locator import Format
    from toc.pages.answer import Answer

PARTS: Final = MappingProxyType(
    {
        "health": "health",
        "mutuality": "mutuality",
        "types": "partnership_profile",
        "benefits": "benefits",
        "evidence": "evidence_ladder",
    }
)
"""What `--part` may name, and the method of the theory that answers it."""


@click.command(
    help="""Show how the partnership of the theory in FILE stands: is it mutual, will it last, does it show what it does, does
    it reach those in need? Each line holds, is to be looked at, or is not said.

    With `--part` show more of one matter: `mutuality` (who gives and gains), `types` (which of the four types of the SPA guide
    the facts fit), `benefits` (who gains what, and what is known of it), `evidence` (what is known of each activity).

    Only the first of them depends on the day. Nothing is added up to a score, and what nobody wrote is not said. Groups of
    fewer than ten people are not shown. The exit code is 0 whatever it finds.
    """,
    short_help="Show how the partnership stands.",
    epilog=examples(
        "toc partnership my.yaml",
        "toc partnership my.yaml --today 2027-07-31 --output trustees.pdf",
        "toc partnership my.yaml --part mutuality --output mutuality.html",
        "toc partnership my.yaml --part evidence --output evidence.csv",
    ),
)
@click.argument("file")
@click.option("--part", type=Known(lambda: PARTS), default="health", show_default=True, help="What to show.")
@today_option
@page_options()
@read_as_option
def partnership(  # noqa: PLR0913  # one for each option
    *, file: str, part: str, today: date | None, format: str | None, output: str, read_as: Format | None
) -> None:
    form = page_format((file,), output, format)
    answer: Callable[..., Answer] = getattr(theory_from(file, read_as), PARTS[part])
    put(page_text(answer(today) if part == "health" else answer(), form), output)

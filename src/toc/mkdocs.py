"""The fence `theory` for MkDocs and whatever else reads Markdown with `pymdownx.superfences`.

In `mkdocs.yml` stands:

    markdown_extensions:
      - pymdownx.superfences:
          custom_fences:
            - {name: theory, class: theory, format: !!python/name:toc.mkdocs.fence}

and in a page:

    ```theory
    theories/my.yaml
    view: pillars
    caption: How our clubs are meant to work.
    ```
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from pymdownx.superfences import SuperFencesException

from toc.documents import IN_WORDS, LOOKS, shown
from toc.errors import OptionError, TocError, one_of


def fence(source: str, _language: str, class_name: str, _options: Any, _md: Any, **_: Any) -> str:
    """The theory named in a fence: its drawing, what this says, in words, and the caption.

    The first line is a file, seen from the folder in which the pages are built; each further one is a wish, such as
    `view: layers`, or `caption: …`, or `explore: yes` for the page to explore in place of the picture.

    Raises:
        SuperFencesException: the file is missing or has mistakes, or there is no such wish.
    """
    first, *lines = [line for line in map(str.strip, source.splitlines()) if line] or [""]
    try:
        return _figure(first, _wishes(lines), class_name)
    except TocError as error:
        raise _failed(str(error)) from None


def _figure(file: str, wishes: Mapping[str, str], class_name: str) -> str:
    looks = dict(wishes)
    caption, explore = looks.pop("caption", ""), looks.pop("explore", "no")
    found = shown(Path(file), looks, explore=one_of("explore", explore, ("yes", "no")) == "yes")
    picture = "data:image/svg+xml;base64," + b64encode(found.svg.encode()).decode()
    shows = found.frame(f'srcdoc="{escape(found.explore)}"') if found.explore else found.image(picture)
    told = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    words = f'<pre style="white-space:pre-wrap">{escape(found.description)}</pre>'
    return f'<figure class="{class_name}">{shows}{told}<details><summary>{IN_WORDS}</summary>{words}</details></figure>'


def _wishes(lines: list[str]) -> dict[str, str]:
    wishes = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            raise OptionError(f"'{line}' is no wish: write it as `view: layers`")
        wishes[one_of("option", name.strip(), (*LOOKS, "caption", "explore"))] = value.strip()
    return wishes


def _failed(message: str) -> SuperFencesException:
    """An error that stops the build; MkDocs shows its own kind without a traceback."""
    try:
        from mkdocs.exceptions import BuildError
    except ImportError:
        return SuperFencesException(message)
    return type("FenceError", (SuperFencesException, BuildError), {})(message)

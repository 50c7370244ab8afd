"""The directive `theory` for Sphinx and MyST: a theory drawn where it is told of, from the file in which it is kept.

In `conf.py` stands `extensions = ["toc.sphinx"]`, and in a page:

    ```{theory} my.yaml
    :view: pillars

    How our clubs are meant to work.
    ```
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

import toc
from toc.documents import IN_WORDS, LOOKS, Shown, looks_of, shown
from toc.errors import TocError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

log = logging.getLogger(__name__)


class theory(nodes.General, nodes.Element):  # noqa: N801  # the names of docutils' nodes are lower case
    """A theory in a page, until it is known for which builder. Beneath it stands what the drawing says, in words."""


class TheoryDirective(SphinxDirective):
    """Draws the theory in a file, with its alternative text, and tells it in words; the content is the caption."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        **{name.replace("_", "-"): directives.unchanged_required for name in LOOKS},
        "explore": directives.flag,
        "name": directives.unchanged,
        "class": directives.class_option,
    }

    def run(self) -> list[nodes.Node]:
        """A figure with the theory in it. What is wrong with the file or a wish is an error of the directive's line."""
        within, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(within)
        wishes = {name: text for name, text in self.options.items() if name not in {"explore", "name", "class"}}
        try:
            found = shown(Path(path), wishes, explore="explore" in self.options)
        except TocError as error:
            raise self.error(str(error)) from None
        figure = nodes.figure("", theory("", *_in_words(found), shown=tuple(found), path=path, wishes=wishes))
        figure["classes"] += ["theory", *self.options.get("class", ())]
        self.set_source_info(figure)
        if self.content:
            text, messages = self.state.inline_text("\n".join(self.content), self.lineno)
            figure += [nodes.caption("", "", *text), *messages]
        self.add_name(figure)
        return [figure]


def _in_words(found: Shown) -> Iterator[nodes.Element]:
    """What the drawing says as paragraphs and lists."""
    for block in found.description.split("\n\n"):
        first, *rest = block.splitlines()
        yield nodes.paragraph("", first)
        if rest:
            yield nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", line)) for line in rest))


class InItsBuilder(SphinxPostTransform):
    """Puts in the place of each theory what its builder can show: a picture and words, a picture, or the words alone."""

    default_priority = 200

    def run(self, **_: Any) -> None:
        """For the builder that goes on with this page."""
        for node in list(self.document.findall(theory)):
            made = {"html": self._html, "latex": self._latex}.get(self.app.builder.format, self._words)(node)
            node.replace_self(made)

    def _words(self, node: theory) -> list[nodes.Node]:
        return node.children

    def _html(self, node: theory) -> list[nodes.Node]:
        found = Shown(*node["shown"])
        picture = self._address(found.svg.encode(), "svg")
        shows = f'<a href="{picture}">{found.image(picture)}</a>'
        if found.explore:
            shows = found.frame(f'src="{self._address(found.explore.encode(), "html")}"')
        opening = f'{shows}\n<details class="theory-in-words" style="text-align:left"><summary>{IN_WORDS}</summary>\n'
        return [nodes.raw("", opening, format="html"), *node.children, nodes.raw("", "</details>\n", format="html")]

    def _latex(self, node: theory) -> list[nodes.Node]:
        path = Path(node["path"])
        try:
            picture = toc.load(path).to_pdf(**looks_of(node["wishes"], path.parent))
        except TocError as error:
            log.warning("%s", error, location=node.parent)
            return node.children
        size = r"width=\linewidth,height=.9\textheight,keepaspectratio"
        name = self._written(picture, "pdf")
        return [nodes.raw("", rf"\noindent\sphinxincludegraphics[{size}]{{{name}}}", format="latex")]

    def _address(self, content: bytes, ending: str) -> str:
        """Where the page finds what is written beside it."""
        page = self.app.builder.get_target_uri(self.env.docname)
        return relative_uri(page, f"{self.app.builder.imagedir}/{self._written(content, ending)}")

    def _written(self, content: bytes, ending: str) -> str:
        """The name under which something stands among the pictures: that of its content, so that two are never mixed up."""
        name = f"theory-{hashlib.sha256(content).hexdigest()[:16]}.{ending}"
        folder = Path(self.app.builder.outdir, self.app.builder.imagedir)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        return name


def setup(app: Sphinx) -> ExtensionMetadata:
    """Called by Sphinx."""
    app.add_node(theory)
    app.add_directive("theory", TheoryDirective)
    app.add_post_transform(InItsBuilder)
    return {"version": toc.__version__, "parallel_read_safe": True, "parallel_write_safe": True}

"""How Sphinx builds the documentation; every warning is an error (`make check-docs`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

import toc

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "theory-of-change"
author = "the theory-of-change authors"
project_copyright = f"2026, {author}"
version = release = toc.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode", "toc.sphinx"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
default_role = "code"  # as people read it in a docstring
smartquotes = False
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = "theory-of-change"
html_copy_source = False
html_show_sourcelink = False


def is_value(kind: str, item: object) -> bool:
    """Whether autodoc shows one of the classes that hold values."""
    return kind in {"class", "exception"} and isinstance(item, type) and issubclass(item, BaseModel)


def short_signature(_app: Sphinx, kind: str, _name: str, item: object, *_: Any) -> tuple[str, None] | None:
    """A value is made from its fields by name; their rules would fill a page."""
    return ("(**fields)", None) if is_value(kind, item) else None


def add_fields(_app: Sphinx, kind: str, _name: str, item: Any, _options: Any, lines: list[str]) -> None:
    """The names of a value's fields, in the order of the file."""
    if is_value(kind, item):
        lines += ["", "Fields: " + ", ".join(f"``{name}``" for name in item.model_fields) + ".", ""]


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("autodoc-process-signature", short_signature)
    app.connect("autodoc-process-docstring", add_fields)

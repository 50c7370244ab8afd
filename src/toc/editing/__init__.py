"""Text in, theory out: an outline as people paste it from a document becomes a theory and the text of its file."""

from toc.editing.outline import FromOutline, from_outline

__all__ = ["FromOutline", "from_outline"]

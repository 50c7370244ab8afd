"""A theory in words: prose for people who read rather than look."""

from toc.prose.narrative_text import brief, narrative, narrative_page

__all__ = ["brief", "narrative", "narrative_page"]

"""A theory in words: prose for people who read rather than look."""

from toc.prose.narrative_text import brief, narrative

__all__ = ["brief", "narrative"]

"""A theory in words: prose for people who read rather than look."""

from toc.prose.telling import narrative

__all__ = ["narrative"]

"""The values of a theory, their validation and their edits. pydantic lives here."""

from toc.model.theory import Theory

__all__ = ["Theory"]

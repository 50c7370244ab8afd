"""The library as a web service: stateless answers, theories in a store, and a description for other programs."""

from toc.errors import missing_extra

try:
    import starlette  # noqa: F401  # only to say what is missing
except ImportError:
    raise missing_extra("web", "a web service") from None

from toc.web.directory_store import DirectoryStore
from toc.web.service import app
from toc.web.stores import Change, Conflict, Denied, Entry, Missing, Page, Store, Stored

__all__ = [
    "Change",
    "Conflict",
    "Denied",
    "DirectoryStore",
    "Entry",
    "Missing",
    "Page",
    "Store",
    "Stored",
    "app",
]

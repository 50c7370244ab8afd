"""Bytes to theory and back: limits on text, YAML and JSON readers, places, the writer and the saver."""

from toc.files.loader import format_of, load, loads
from toc.files.locator import Format
from toc.files.saver import digest, dumps, save

__all__ = ["Format", "digest", "dumps", "format_of", "load", "loads", "save"]

"""Bytes to theory and back: limits on text, YAML and JSON readers, places, the writer and the saver."""

from toc.files.json.json_writer import digest
from toc.files.loader import cuts_told, format_of, load, loads
from toc.files.saver import dumps, save
from toc.files.source.locator import Format

__all__ = ["Format", "cuts_told", "digest", "dumps", "format_of", "load", "loads", "save"]

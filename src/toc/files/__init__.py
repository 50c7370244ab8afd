"""Bytes to theory and back: limits on text, YAML and JSON readers, places, the writer and the saver."""

from toc.files.places import Format
from toc.files.saving import dumps, save
from toc.files.theories import format_of, load, loads

__all__ = ["Format", "dumps", "format_of", "load", "loads", "save"]

"""The shape of the help texts."""

from __future__ import annotations


def examples(*lines: str, heading: str = "Examples") -> str:
    """The end of a help text: commands to copy, each on a line of its own."""
    # click wraps every paragraph that does not start with this character.
    return "\b\n" + "\n".join([f"{heading}:", *(f"  {line}" for line in lines)])

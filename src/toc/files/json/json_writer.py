"""From a theory to JSON text in the author's order, and to the digest of that text."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Final

from toc.files.short_forms import written
from toc.model import Theory

# Characters that no reader of files lets pass as they are; in JSON they can be written as escapes.
UNWELCOME: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def to_json(theory: Theory) -> str:
    """The theory as JSON text; two theories have the same text where they say the same in the same order."""
    text = json.dumps(written(theory), ensure_ascii=False, indent=2)
    return UNWELCOME.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def digest(theory: Theory) -> str:
    """The SHA-256 of the theory's JSON text in UTF-8, in 64 hexadecimal digits."""
    return hashlib.sha256(to_json(theory).encode()).hexdigest()

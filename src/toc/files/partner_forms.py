"""The short forms of what a file says about partners, the partnership, reviews and frames."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from toc.model.partners import Partnership
from toc.model.types import ID_PATTERN
from toc.problems import Path

SECTIONS: Final = frozenset({"partnership", "reviews", "frames"})
KEYS: Final = frozenset({"brings", "receives", "impact", "exchange", "reciprocates"})  # of partners and activities


def partner_form(value: Any, path: Path) -> Any:
    """A value of the full form at `path`, which begins with one of the sections or keys, in its shortest form."""
    if isinstance(value, dict):
        value = {key: partner_form(part, (*path, key)) for key, part in value.items()}
    elif isinstance(value, list):
        value = [partner_form(part, (*path, place)) for place, part in enumerate(value)]
    return next((shorten(value) for steps, shorten in _SHORT if _leads_to(path, steps)), value)


def _leads_to(path: Path, steps: tuple[str, ...]) -> bool:
    return len(path) == len(steps) and all(step in (at, "*") for step, at in zip(steps, path, strict=True))


def lone(value: Any, key: str) -> Any:
    """A mapping that holds one key only as that key's value."""
    return value[key] if isinstance(value, dict) and value.keys() == {key} else value


def _worded(key: str, value: Any) -> Any:
    """A word of the table as that word, and an own text as that text unless it would be taken for a word."""
    short = lone(value, key)
    own = lone(value, "text")
    return own if isinstance(own, str) and not re.fullmatch(ID_PATTERN, own.strip()) else short


def _reciprocated(reasons: dict[str, Any]) -> Any:
    if any(reasons.values()):
        return reasons
    return next(iter(reasons)) if len(reasons) == 1 else list(reasons)


def _alone(items: Any) -> Any:
    return items[0] if len(items) == 1 else items


def _short(key: str) -> Callable[[Any], Any]:
    return lambda value: lone(value, key)


_SHORT: Final[tuple[tuple[tuple[str, ...], Callable[[Any], Any]], ...]] = (
    (("brings", "*"), partial(_worded, "resource")),
    (("brings",), _alone),
    (("receives", "*"), partial(_worded, "benefit")),
    (("receives",), _alone),
    (("exchange", "*", "gives", "*"), partial(_worded, "resource")),
    (("exchange", "*", "gives"), _alone),
    (("exchange", "*", "gains", "*"), partial(_worded, "benefit")),
    (("exchange", "*", "gains"), _alone),
    (("impact", "internal"), _short("level")),
    (("impact", "external"), _short("level")),
    (("reciprocates",), _reciprocated),
    *((("partnership", name), _short("value")) for name in Partnership.model_fields),
    (("reviews", "*", "answers", "*", "evidence", "*"), _short("node")),
    (("reviews", "*", "answers", "*", "evidence"), _alone),
    (("reviews", "*", "answers", "*"), _short("judgement")),
    (("frames", "*", "statements", "*"), _short("text")),
)
"""How what stands at the end of some steps is written shorter; `*` is any id or place in a list."""

"""What the cells of a form say: words of a scale, and what a judgement rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from toc.language.text import one_line
from toc.model import Theory
from toc.model.references import id_among
from toc.model.structure import is_id
from toc.partnership.review_sheet import PARTNER

_MORE: Final = re.compile(r"(.+?) \((?:(\S+?:\S+?))?(?:, )?([0-9]{4}-[0-9]{2}-[0-9]{2})?\)")


def scale_word(text: str, scale: Iterable[str]) -> str:
    """A word of the scale, however it is spaced and whatever its capitals; else what is written, for the model to refuse.

    >>> scale_word("Not yet", ("not-yet", "partly")), scale_word("hardly", ("not-yet", "partly"))
    ('not-yet', 'hardly')
    """
    known = {word.casefold(): word for word in scale}
    plain = one_line(text).casefold()
    return known.get(plain) or known.get(plain.replace(" ", "-")) or one_line(text)


def parts(text: str) -> list[str]:
    """What stands between semicolons, each once."""
    return list(dict.fromkeys(part for part in map(one_line, text.split(";")) if part))


def evidence_parts(theory: Theory, text: str) -> list[Any]:
    """The pieces of evidence between semicolons; between commas too, where nothing but ids, titles and partners stands.

    >>> import toc
    >>> evidence_parts(toc.example("rgs-newcastle"), "stem, partner: rgs; Minutes, May 2026")
    ['stem', {'partner': 'rgs'}, {'text': 'Minutes, May 2026'}]
    """
    found: list[Any] = []
    for part in parts(text):
        whole, pieces = evidence_in(theory, part), [*map(one_line, part.split(","))]
        apart = [evidence_in(theory, piece) for piece in pieces]
        found += (
            apart if "," in part and not isinstance(whole, str) and not any("text" in one for one in apart) else [whole]
        )
    return found


def evidence_in(theory: Theory, text: str) -> Any:
    """A box by its id or title, a partner, or a text; what looks like an id is left for the model to refuse.

    >>> import toc
    >>> theory = toc.example("rgs-newcastle")
    >>> evidence_in(theory, "Outcomes in STEM"), evidence_in(theory, "Minutes (2026-05-01)")
    ('stem', {'text': 'Minutes', 'date': '2026-05-01'})
    """
    mark = PARTNER.strip()
    if text.startswith(mark):
        return {"partner": text.removeprefix(mark).strip()}
    if (box := id_among(theory.nodes, text)) or is_id(text):
        return box or text
    more = _MORE.fullmatch(text)
    if more is None or not (more[2] or more[3]):
        return {"text": text}
    return {key: value for key, value in zip(("text", "url", "date"), more.groups(), strict=True) if value}

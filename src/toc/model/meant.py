"""What was meant by a text that stands where a number, a date or an id should: looked for only once it was refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from toc.spelling import hint, listed, nearest

_NUMBER: Final = re.compile(
    r"(?<![\w.,])(?P<whole>\d{1,3}(?:(?P<mark>[.,'’ \u00a0\u2009\u202f])\d{3})(?:(?P=mark)\d{3})*|\d+)"
    r"(?:[.,](?P<part>\d+))?\s?(?P<times>[kKmM]\b)?(?![\d.,]*\d)"
)
_TIMES: Final = {"k": 1000, "m": 1_000_000, "": 1}
_UNKNOWN: Final = frozenset({"", "?", "-", "n/a", "na", "none", "tba", "tbc", "tbd", "unknown", "x"})
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d\d)")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[./\- ](\d{1,2})[./\- ](\d{1,2})")
_MONTH_NAMES: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTHS: Final = tuple(name[:3].casefold() for name in _MONTH_NAMES)
_MONTH: Final = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.?", re.IGNORECASE)
LONGEST: Final = 400
"""The most characters in which several ids are looked for."""
_LOOSE: Final = re.compile(r"\s*(?:[,;/&+|\n]|\band\b)\s*")


def number_meant(text: str) -> str | None:
    """The digits to write for a number that was written as text, or None where it is none or more than one.

    >>> number_meant("1,200"), number_meant("£25k"), number_meant("about 100"), number_meant("30-40")
    ('1200', '25000', '100', None)
    """
    found = [*_NUMBER.finditer(text)] if len(text) <= 60 else []
    if len(found) != 1 or sum(character.isdigit() for character in text) != sum(map(str.isdigit, found[0][0])):
        return None
    whole = re.sub(r"\D", "", found[0]["whole"])
    value = float(f"{whole}.{found[0]['part'] or 0}") * _TIMES[(found[0]["times"] or "").casefold()]
    before = text[: found[0].start()].rstrip()
    sign = "-" if before.endswith(("-", "−")) else ""
    return sign + (whole if value == float(whole) else f"{value:.10g}")


def number_advice(value: Any) -> str:
    """The end of a message about a text that is no number.

    >>> number_advice("1 200"), number_advice("30-40"), number_advice("TBC")
    (': write 1200', ': write one number, in digits alone', ': leave the key out until it is known')
    """
    if not isinstance(value, str):
        return ""
    if meant := number_meant(value):
        return f": write {meant}"
    if value.strip(" .").casefold() in _UNKNOWN:
        return ": leave the key out until it is known"
    return ": write one number, in digits alone" if re.search(r"\d", value) else ""


def day_advice(value: Any) -> str:
    """What to write instead of something that is no date.

    >>> day_advice("31/07/2026"), day_advice("July 2026")
    ('write 2026-07-31', 'write a day of it, such as 2026-07-31')
    >>> day_advice("03/04/2026")
    'write 2026-04-03 if 3 April is meant, or 2026-03-04 for 4 March'
    """
    text = str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if found := _YEAR_FIRST.fullmatch(text):
        days = [_day(found[1], found[2], found[3])]
    elif found := _DAY_FIRST.fullmatch(text):
        year = found[3] if len(found[3]) == 4 else f"20{found[3]}"
        days = [_day(year, found[2], found[1]), _day(year, found[1], found[2])]
    else:
        return _in_words(text)
    possible = [day for day in dict.fromkeys(days) if day]
    if len(possible) < 2:
        return f"write {possible[0]}" if possible else _NO_DAY
    one, other = (f"{day.day} {_MONTH_NAMES[day.month - 1]}" for day in possible)
    return f"write {possible[0]} if {one} is meant, or {possible[1]} for {other}"


_NO_DAY: Final = "write year, month and day like 2026-07-31"


def _in_words(text: str) -> str:
    """What to write for a day, or only a month or a year, that is written with words or without a day."""
    month = _MONTH.search(text)
    numbers = re.findall(r"\d+", text)
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) != 1 or len(numbers) > 2 or (not month and re.search("[^\\W\\d_]", text)):
        return _NO_DAY
    named = _MONTHS.index(month[1].casefold()) + 1 if month else int(days[0]) if days else 12
    if month and days and (day := _day(years[0], named, days[0])):
        return f"write {day}"
    if len(numbers) == 2 and (month or not re.fullmatch(r"\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{4}", text)):
        return _NO_DAY
    last = next((day for number in (31, 30, 29, 28) if (day := _day(years[0], named, number))), None)
    return f"write a day of it, such as {last}" if last else _NO_DAY


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def id_advice(
    written: str, known: Mapping[str, Any] | Iterable[str], what: str = "ids", *, besides: str = ""
) -> tuple[str, str | None]:
    """The end of a message about an id that nothing bears, and the id that was meant, where that is certain.

    `known` holds what each id stands for: its keys, its title, or a value that has one; `besides` cannot be meant.

    >>> id_advice("Young readers catch up", {"readers": "Young readers catch up"})
    (': that is its title; its id is `readers`', 'readers')
    >>> id_advice("readers and literacy", {"readers": "R", "literacy": "L"})
    (': several need a list: write [readers, literacy]', None)
    """
    titles: dict[str, str | None] = {}
    if isinstance(known, Mapping):
        known = {id: value for id, value in known.items() if isinstance(id, str)}  # in Python keys may be anything
        titles = {id: _title(value) for id, value in known.items()}
    bearing: dict[str, list[str]] = {}
    for id, title in titles.items():
        bearing.setdefault(_plain(title or id), []).append(id)
    bearers = bearing.get(_plain(written), [])
    if len(bearers) == 1:
        return f": that is its title; its id is `{bearers[0]}`", bearers[0]
    if bearers:
        return f": several have that title; choose an id: {', '.join(bearers)}", None
    ids = titles or known
    for parts in (_LOOSE.split(written.strip("[]() ")), written.split()) if len(written) <= LONGEST else ():
        each = [part if part in ids else (*bearing.get(_plain(part), ()), "")[0] for part in parts if part]
        if len(each) > 1 and all(each):
            return f": several need a list: write [{', '.join(dict.fromkeys(each))}]", None
    items = [part.lstrip("-") for part in written.split()]
    if written.startswith("-") and all(item in ids for item in items):
        return f": write a space after each hyphen, `- {items[0]}`", items[0] if len(items) == 1 else None
    if close := nearest(written, ids):
        return hint(close), close
    by_title = {title: id for id, title in titles.items() if title}
    if " " in written and (close := nearest(written, by_title)):
        return f": did you mean '{close}'? Its id is `{by_title[close]}`", by_title[close]
    return listed(what, [id for id in ids if id != besides]), None


def _title(value: Any) -> str | None:
    """The title of what stands under an id, in whichever form."""
    if isinstance(value, str):
        return value
    found = value.get("title") if isinstance(value, dict) else getattr(value, "title", None)
    return found if isinstance(found, str) else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .\"'“”‘’")

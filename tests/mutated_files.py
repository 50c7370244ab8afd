"""Files as strangers spoil them, each from a seed: `scripts/fuzz.py` tries thousands of them, `test_mutated_files.py` a few."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any, Final, NamedTuple

import yaml

Place = tuple[Any, Any]  # a mapping or a list, and the key or the position in it

KINDS: Final = ("yaml", "yaml", "yaml", "json", "json", "csv", "theme", "outline")
EXAMPLES: Final = (*["small-charity"] * 3, *["rgs-newcastle"] * 2, "large-programme")
TEXTS: Final = (
    "", " ", "a" * 20_000, "word " * 4_000, "\ud83d", "\u202egnp.exe", "e\u0301" * 300, "中文" * 200, "שלום", "\u2028", "\x1b[31m", "\x00",
    '"><script>alert(1)</script>', "]]>", "=1+1", "a;=1+1", "{{7*7}}", "javascript:alert(1)", "https://example.org/[", "%s%n", "null", "~",
    "2024-01-01", "1e999", "&a *a", "<<", "!!python/object:os.system", "’“”", "🧒🏽‍🏫" * 50, "`|\\", "no", "goal", "x-", "http://[::1", "\ufeff",
)  # fmt: skip
NUMBERS: Final = (
    0, -0.0, 1, -1, 1e308, -1e308, 5e-324, 1e15, 1e16, 2**53 + 1, 2**63, 10**9, 10**10, 10**40, 10**309, 10**400, 10**4299,
    0.1 + 0.2, float("inf"), float("nan"), 1.5,
)  # fmt: skip
FINITE: Final = tuple(number for number in NUMBERS if -1.8e308 < number < 1.7e308)
DEEPEST: Final = 200  # levels
PEOPLE: Final = (0, 1, 24, 10**9, 10**10 - 1, "low", "high")
DAYS: Final = (
    "0001-01-01", "0001-01-02", "9999-12-31", "1969-12-31", "2024-02-29", "1677-01-01", "2262-12-31", "2026-09-01", "2027-07-31",
)  # fmt: skip
DATES: Final = (*DAYS, "2023-02-29", "10000-01-01", "31.07.2026")
WRITTEN: Final = tuple(text for text in TEXTS if text.strip() and not set(text) & set("\ud83d\x1b\x00\ufeff"))
WRONG: Final[tuple[Any, ...]] = (
    None, True, [], {}, [[]], [None], {"a": {}}, {"": 1}, "low", "high", ["a", "a"], {"x-a": 1},
)  # fmt: skip
KEYS: Final = (
    "toc", "title", "goal", "goals", "pillars", "outcomes", "outputs", "activities", "kpis", "partners", "settings", "context", "leads_to",
    "measures", "target", "baseline", "readings", "x-a", "X", "", "hours", "starts", "ends", "language", "target_groups", "evidence", "url",
)  # fmt: skip


class Mutated(NamedTuple):
    """A spoilt file: its kind, how it is named, and what stands in it."""

    kind: str
    name: str
    data: bytes


def mutated(seed: int) -> Mutated:
    """The file of a seed, the same one every time."""
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    kind = chance.choice(KINDS)
    data = (_theory if kind in {"yaml", "json"} else _text)(chance, kind).encode("utf-8", "surrogatepass")
    if chance.random() < 0.15:
        data = _bytes_changed(data, chance)
    return Mutated(
        kind, f"seed-{seed}.{'toml' if data.startswith(b'base =') else 'txt' if kind == 'outline' else kind}", data
    )


def _theory(chance: random.Random, kind: str) -> str:
    raw = deepcopy(_example(chance.choice(EXAMPLES)))
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        raw = chance.choice(CHANGES)(raw, chance)
    raw = _without_loops(raw)
    if kind == "json":
        return json.dumps(raw, default=str, ensure_ascii=chance.random() < 0.5)
    return yaml.safe_dump(raw, sort_keys=False, allow_unicode=True)


def _without_loops(value: Any, above: frozenset[int] = frozenset()) -> Any:
    """The value with nothing in it that holds itself, which no text can say, and no deeper than PyYAML can write."""
    if not isinstance(value, (dict, list)):
        return value
    if id(value) in above or len(above) > DEEPEST:
        return "itself"
    above |= {id(value)}
    if isinstance(value, list):
        return [_without_loops(item, above) for item in value]
    return {key: _without_loops(item, above) for key, item in value.items()}


@cache
def _example(name: str) -> Any:
    return yaml.safe_load(files("toc.examples").joinpath(f"{name}.yaml").read_text(encoding="utf-8"))


def _places(value: Any) -> Iterator[Place]:
    """Every value below a value, by what holds it; what several hold together is walked once."""
    found, seen = [value], set()
    while found:
        holder = found.pop()
        if id(holder) in seen or not isinstance(holder, (dict, list)):
            continue
        seen.add(id(holder))
        for key in [*holder] if isinstance(holder, dict) else range(len(holder)):
            yield holder, key
            found.append(holder[key])


def _place(raw: Any, chance: random.Random, fits: Callable[[Any], bool] = lambda _: True) -> Place | None:
    fitting = [(holder, key) for holder, key in _places(raw) if fits(holder[key])]
    return chance.choice(fitting) if fitting else None


def _put(raw: Any, chance: random.Random, value: Any, fits: Callable[[Any], bool] = lambda _: True) -> Any:
    """Another value in one place of those whose value fits."""
    if found := _place(raw, chance, fits):
        holder, key = found
        holder[key] = value
    return raw


def _removed(raw: Any, chance: random.Random) -> Any:
    if found := _place(raw, chance):
        holder, key = found
        del holder[key]
    return raw


def _doubled(raw: Any, chance: random.Random) -> Any:
    """One entry many times over."""
    if found := _place(raw, chance):
        holder, key = found
        for number in range(chance.choice((1, 2, 60))):
            if isinstance(holder, list):
                holder.append(holder[key])
            else:
                holder[f"{key}-{number}"] = holder[key]
    return raw


def _swapped(raw: Any, chance: random.Random) -> Any:
    one, other = _place(raw, chance), _place(raw, chance)
    if one and other:
        (holder, key), (second, its) = one, other
        holder[key], second[its] = _copied(second[its]), _copied(holder[key])
    return raw


def _copied(value: Any) -> Any:
    return deepcopy(value)


def _renamed(raw: Any, chance: random.Random) -> Any:
    if (found := _place(raw, chance)) and isinstance(found[0], dict):
        holder, key = found
        holder[chance.choice([*KEYS, *TEXTS, chance.choice(_ids(raw))])] = holder.pop(key)
    return raw


def _wrong(raw: Any, chance: random.Random) -> Any:
    return _put(raw, chance, chance.choice([*WRONG, *NUMBERS, *TEXTS, *DATES]))


def _number(raw: Any, chance: random.Random) -> Any:
    return _put(
        raw, chance, chance.choice(NUMBERS), lambda value: isinstance(value, (int, float)) and value is not True
    )


def _words(raw: Any, chance: random.Random) -> Any:
    return _put(raw, chance, chance.choice(TEXTS), lambda value: isinstance(value, str))


def _day(raw: Any, chance: random.Random) -> Any:
    return _put(
        raw,
        chance,
        chance.choice(DATES),
        lambda value: not isinstance(value, (dict, list, str, int, float, type(None))),
    )


def _reference(raw: Any, chance: random.Random) -> Any:
    """An id in the place of another: cycles, and ends that nothing bears or that do not fit."""
    ids = _ids(raw)
    return _put(raw, chance, chance.choice([*ids, "nowhere"]), lambda value: value in ids)


def _link(raw: Any, chance: random.Random) -> Any:
    """Links from any node to any other."""
    nodes = [
        one
        for section in raw.values()
        if isinstance(section, dict)
        for one in section.values()
        if isinstance(one, dict)
    ]
    for _ in range(chance.choice((1, 5, 40)) if nodes else 0):
        chance.choice(nodes)["leads_to"] = chance.sample(_ids(raw), min(len(_ids(raw)), chance.choice((1, 2, 9))))
    return raw


def _addition(raw: Any, chance: random.Random) -> Any:
    """A key more, known or unknown, where there are keys."""
    value = chance.choice([*WRONG, *NUMBERS, *TEXTS, *DATES])
    holders = [holder for holder, _ in _places(raw) if isinstance(holder, dict)] or [raw]
    chance.choice(holders)[chance.choice(KEYS)] = value
    return raw


def _measured(raw: Any, chance: random.Random) -> Any:
    """Numbers and days of every size that is allowed wherever a KPI or an activity may have some."""
    for kpi in _entries(raw, "kpis"):
        kpi |= {"hours": abs(chance.choice(FINITE)), "frequency": chance.choice(("daily", "yearly"))}
        kpi |= {"baseline": {"value": chance.choice(FINITE), "date": chance.choice(DAYS)}}
        kpi |= {"target": {"value": chance.choice(FINITE), "by": chance.choice(DAYS)}}
        kpi["readings"] = [{"value": chance.choice(FINITE), "date": day} for day in chance.sample(DAYS, 3)]
    for activity in _entries(raw, "activities"):
        days = sorted(chance.sample(DAYS, 2))
        activity |= {"starts": days[0], "ends": days[1], "participation": chance.choice(PEOPLE)}
    return raw


def _worded(raw: Any, chance: random.Random) -> Any:
    """Texts of every kind that is allowed wherever there is a title."""
    for section in ("goals", "pillars", "outcomes", "outputs", "activities", "kpis"):
        for entry in _entries(raw, section):
            if "title" in entry:
                entry["title"] = f"{chance.choice(WRITTEN)} {chance.random()}"
                entry["description"] = chance.choice(WRITTEN)
    return raw


def _extended(raw: Any, chance: random.Random) -> Any:
    """What the library keeps and never reads, wherever there is a node."""
    for entry in (raw, *_entries(raw, "activities"), *_entries(raw, "kpis")):
        if isinstance(entry, dict):
            entry["x-own"] = [chance.choice([*WRITTEN, *FINITE, 10**400, -(10**4000), None, True, {}, [[]]]), {"a": 1}]
    return raw


def _entries(raw: Any, section: str) -> list[dict[str, Any]]:
    found = raw.get(section) if isinstance(raw, dict) else None
    return [one for one in found.values() if isinstance(one, dict)] if isinstance(found, dict) else []


def _nested(raw: Any, chance: random.Random) -> Any:
    value: Any = 1
    for _ in range(chance.choice((20, 90, 110, DEEPEST))):
        value = [value] if chance.random() < 0.5 else {"a": value}
    return _put(raw, chance, value) if chance.random() < 0.5 else _keyed(raw, value)


def _keyed(raw: Any, value: Any) -> Any:
    if isinstance(raw, dict):
        raw["x-deep"] = value
    return raw


def _ids(raw: Any) -> list[str]:
    sections = [section for section in raw.values() if isinstance(section, dict)] if isinstance(raw, dict) else []
    return [key for section in sections for key in section if isinstance(key, str)] or ["goal"]


CHANGES: Final[tuple[Callable[[Any, random.Random], Any], ...]] = (
    _removed, _doubled, _swapped, _renamed, _wrong, _number, _words, _words, _day, _reference, _reference, _link, _link, _addition, _nested,
    *[_measured, _worded, _extended] * 4,
)  # fmt: skip

CSV: Final = (
    (
        "Activity",
        "Strand",
        "Outcome",
        "Certainty",
        "Number of pupils",
        "Target group",
        "Lead",
        "Start",
        "End",
        "KPI",
        "Baseline",
        "Target",
    ),
    (
        "Chess club",
        "Thinking",
        "Pupils plan ahead",
        "high",
        "24",
        "Year 4",
        "Ms A",
        "2026-09-01",
        "31.07.2027",
        "Games won",
        "3",
        "9",
    ),
    (
        "Reading",
        "Literacy",
        "Pupils read",
        "low",
        "1,200",
        "Year 5; Year 6",
        "Mr B",
        "19/9/2026",
        "2027-07-31",
        "Books read",
        "0",
        "80%",
    ),
)
OUTLINE: Final = (
    "Title: Reading for all", "Goal: Every child reads", "  Pillar: Reading", "    Outcome: Children read at home", "      Output: Books lent",
    "        Activity: A library", "          because: books are near", "          assumption: parents help", "          KPI: books lent a week",
    "          for: Year 4", "  Pillar: Talking", "    - Activity: Debates",
)  # fmt: skip
THEMES: Final = (
    ("base: dark", "font: Calibri", "logo: Ours", "ink: '#fff'", "boxes:", "  goal: {fill: '#123456', text: '#fff', note: '#fff'}", "marks: {added: '#5a5'}"),
    ('base = "dark"', 'font = "Calibri"', 'logo = "Ours"', 'ink = "#fff"', "[boxes.goal]", 'fill = "#d0e0f0"', "[marks]", 'added = "#5a5"'),
)  # fmt: skip


def _text(chance: random.Random, kind: str) -> str:
    """A table, a theme or an outline with some of its cells or lines changed."""
    if kind == "csv":
        rows = [_changed([row] if isinstance(row, str) else [*row], chance) for row in _changed([*CSV], chance)]
        file = StringIO()
        csv.writer(file, delimiter=chance.choice(",;\t")).writerows(rows)
        return file.getvalue()
    return "\n".join(_changed([*(OUTLINE if kind == "outline" else chance.choice(THEMES))], chance))


def _changed(items: list[Any], chance: random.Random) -> list[Any]:
    for _ in range(chance.choice((0, 0, 1, 4))):
        at = chance.randrange(len(items)) if items else 0
        match chance.randrange(5) if items else 9:
            case 9:
                break
            case 0:
                items[at] = chance.choice([*TEXTS, *DATES, *(str(number) for number in NUMBERS if number != 10**4299)])
            case 1:
                items.insert(at, chance.choice(items))
            case 2 if len(items) > 1:
                del items[at]
            case 3 if isinstance(items[at], str):
                items[at] = " " * chance.choice((1, 7, 300)) + items[at] + chance.choice(TEXTS)
            case _:
                items += [items[at]] * chance.choice((1, 1, 200))
    return items


def _bytes_changed(data: bytes, chance: random.Random) -> bytes:
    """Some bytes other than they were, away, or there again."""
    found = bytearray(data or b" ")
    for _ in range(chance.choice((1, 2, 10))):
        at = chance.randrange(len(found) or 1)
        match chance.randrange(4):
            case 0 if at < len(found):
                found[at] = chance.randrange(256)
            case 1:
                del found[at : at + chance.choice((1, 40))]
            case 2:
                found[at:at] = chance.choice(
                    (
                        b"\t",
                        b"\n",
                        b'"',
                        b"{",
                        b"[" * 200,
                        b"- " * 50,
                        b": ",
                        b"\xff",
                        b"\xed\xa0\x80",
                        b"9" * 5000,
                        b"&a ",
                        b"*a",
                    )
                )
            case _:
                found[at:at] = found[max(0, at - 200) : at] * chance.choice((1, 30))
    return bytes(found)

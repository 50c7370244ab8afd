"""Every key of the format has a field in a form, and each field changes its own lines and no others."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import toc
from format_fields import fields, values_in
from toc import editing
from toc.editing.forms import FILLED
from toc.model.values import Value

TEXT: Final = Path(__file__).with_name("every_form.yaml").read_text(encoding="utf-8")
ROWS: Final = {"rows", "group", "entries", "links"}
# Where in the file something stands that each form fills in: the box, or None for the theory, and the path there.
PLACES: Final[dict[str, tuple[str | None, list[Any]]]] = {
    "theory": (None, []),
    "goal": ("goal", []),
    "pillar": ("second", []),
    "outcome": ("readers", []),
    "output": ("sessions", []),
    "activity": ("support", []),
    "kpi": ("gain", []),
    "link": ("support", ["leads_to", "readers"]),
    "assumption": ("support", ["leads_to", "readers", "assumptions", 1]),
    "evidence": ("support", ["leads_to", "readers", "evidence", 0]),
    "baseline": ("gain", ["baseline"]),
    "milestone": ("gain", ["target", 0]),
    "reading": ("gain", ["readings", 1]),
    "certainty": ("support", ["certainty"]),
    "proven-idea": ("support", ["evidence_strength"]),
    "exchange": ("support", ["exchange", "st-marys"]),
    "gift": ("support", ["exchange", "st-marys", "gives", 0]),
    "gain": ("st-marys", ["receives", 0]),
    "impact-side": ("support", ["impact", "external"]),
    "partner": ("st-marys", []),
    "disadvantage": ("st-marys", ["disadvantage"]),
    "target-group": (None, ["context", "target_groups", "pupils"]),
    "fact": (None, ["partnership", "trust"]),
    "funding-source": (None, ["partnership", "funding", "sources", "Trust"]),
    "review": (None, ["reviews", "spring"]),
    "review-answer": (None, ["reviews", "autumn", "answers", "clear-purposes"]),
    "review-evidence": (None, ["reviews", "autumn", "answers", "clear-purposes", "evidence", 1]),
    "frame": (None, ["frames", "ours"]),
    "statement": (None, ["frames", "ours", "statements", "lead"]),
    "silence": (None, ["settings", "checks", "silence", 0]),
    "own-word": (None, ["settings", "vocabulary", "pillar"]),
}
IDS: Final = {
    "nodes": "visits",
    "pillars": "second",
    "partners": "other",
    "target_groups": "volunteers",
    "activities": "visits",
}
# Values of which only some kinds are right.
SPECIAL: Final[dict[tuple[str, ...], Any]] = {
    ("disadvantage", "share"): 0.2,
    ("link", "confidence"): 0.3,
    ("link", "contribution"): "necessary",
    ("theory", "language"): "en-GB",
    ("theory", "settings", "participation_scale"): [10, 20],
    ("theory", "settings", "monitoring", "tolerance"): [0.2, 0.3],
    ("goal", "leads_to"): {"visits": {"feedback": True}},
    ("theory", "reviews"): {"autumn": {"frame": "practices", "date": "2026-09-16"}},
    ("theory", "partnership", "strategy"): {"value": True},
    ("theory", "frames"): {"ours": {"title": "S", "source": "T", "statements": {"lead": "Each has a lead"}}},
    ("review", "answers"): {"lead": {"judgement": "fully"}},
    ("review", "frame"): "practices",
    ("review-answer", "judgement"): "fully",
    ("statement", "theme"): None,
    ("silence", "code"): "TOC162",
    ("fact", "value"): "motives",
    ("fact", "because"): "Long",
    ("theory", "partners"): {"st-marys": "St Mary's", "other": "The other school"},
    ("theory", "context", "target_groups"): {"pupils": {"title": "All pupils"}, "volunteers": {"title": "Volunteers"}},
}


# Keys of which only one may be said: the row is filled in anew.
ONE_OF: Final = {
    "gift": ("resource", "text"),
    "gain": ("benefit", "text"),
    "review-evidence": ("node", "partner", "text"),
}


def all_fields() -> list[tuple[str, dict[str, Any]]]:
    return [
        (name, field)
        for name, form in editing.FORMS.items()
        for part in form["sections"]
        for field in part["fields"]
        if field["path"]
    ]


def missing(name: str, model: type[Value], above: tuple[str, ...] = ()) -> Iterator[str]:
    """The keys of a model for which the form has no field, neither for them nor for what they hold."""
    paths = {field["path"]: field for form, field in all_fields() if form == name}
    for key, field in fields(model).items():
        path = (*above, key)
        inner = next(values_in(field.annotation), None)
        if path in paths:
            form = str(paths[path].get("form"))
            assert inner is None or (form in FILLED and issubclass(inner, FILLED[form])), (name, path)
        elif ".".join((name, *path)) not in editing.NOT_IN_FORMS:
            if inner is None:
                yield ".".join((name, *path))
            else:
                yield from missing(name, inner, path)


@pytest.mark.parametrize("name", FILLED)
def test_every_key_of_the_format_has_a_field_or_a_reason(name: str) -> None:
    model: Any = FILLED[name]
    assert [*missing(name, model)] == []


def test_what_is_in_no_form_is_a_key_and_has_a_reason() -> None:
    named = {f"{name}.{key}" for name, model in FILLED.items() for key in model.model_fields}
    assert set(editing.NOT_IN_FORMS) - named == {"x-…"}
    assert all(reason.strip() for reason in editing.NOT_IN_FORMS.values())


def test_every_form_is_json_and_every_control_knows_what_it_needs() -> None:
    assert json.loads(json.dumps(editing.FORMS))["kpi"]["sections"][0]["label"]
    for name, field in all_fields():
        asks = {
            "choice": "choices", "choices": "choices", "rows": "form", "group": "form", "entries": "form",
            "links": "form", "pairs": "values", "node": "from", "nodes": "from",
        }.get(field["control"])  # fmt: skip
        assert asks is None or field.get(asks) or name == "fact", (name, field)  # whose words stand where it does
        assert field.get("form", name) in editing.FORMS


def test_forms_speak_in_the_words_of_a_theory() -> None:
    theory = toc.loads(TEXT)
    (column,) = (
        one
        for part in editing.forms_of(theory)["outcome"]["sections"]
        for one in part["fields"]
        if one["path"] == ["pillar"]
    )
    assert column["help"] == "The strand in whose column it stands; without it the nearest one it leads to"


def sample(name: str, field: Any) -> Any:
    """A right value for a field, other than the one in the file."""
    if (name, *field["path"]) in SPECIAL:
        return SPECIAL[name, *field["path"]]
    key, form = field["path"][-1], field.get("form", "")
    here, among = before(name, field["path"]), IDS.get(field.get("from", ""))
    others = [word for word in field.get("choices", ()) if f" {word} " not in f" {here} "]
    samples: dict[str, Any] = {
        "choice": lambda: others[-1],
        "choices": lambda: [others[0]],
        "number": lambda: 12,
        "date": lambda: "2030-01-31",
        "year": lambda: 2019,
        "flag": lambda: here is not True and name != "goal",
        "list": lambda: ["First", "Second"],
        "node": lambda: among,
        "nodes": lambda: [among],
        "pairs": lambda: {among or "people": {"text": "Something", "number": 7, "date": "2030-01-31"}[field["values"]]},
        "links": lambda: {"goal" if name == "pillar" else "second": {"because": "It does"}},
        "group": lambda: filled(form),
        "rows": lambda: [filled(form)],
        "entries": lambda: {among or "new-one": filled(form)},
    }
    return samples.get(field["control"], lambda: f"Another {key}")()


def filled(form: str) -> Any:
    """What a form gives whose needed fields are filled in."""
    if form == "fact":
        return {"because": "Only said"}
    needed = {
        "gift": {"text": "A hand"}, "gain": {"text": "A hand"}, "review-evidence": {"text": "Minutes"},
        "exchange": {"gives": [{"text": "A hand"}]}, "funding-source": {"kind": "in-kind"},
    }  # fmt: skip
    if form in needed:
        return needed[form]
    model = FILLED[form]
    inside = {field["path"][0]: field for name, field in all_fields() if name == form}
    return {key: sample(form, inside[key]) for key, one in model.model_fields.items() if one.is_required()}


def before(name: str, path: tuple[str, ...], text: str = TEXT) -> Any:
    """What stands at a path of what a form fills in, as JSON has it."""
    box, there = PLACES[name]
    held: Any = json.loads(toc.loads(text).dumps("json"))
    if box is not None:
        held = next(part[box] for part in held.values() if isinstance(part, dict) and box in part)
    for step in (*there, *path):
        held = held[step] if isinstance(held, list) else (held or {}).get(step)
    return held


def operation(name: str, path: tuple[str, ...], value: Any) -> dict[str, Any]:
    box, there = PLACES[name]
    place = {"op": "about"} if box is None else {"op": "set", "id": box}
    return {**place, "path": [*there, *path], "value": value}


@pytest.mark.parametrize(
    ("name", "field"), [pytest.param(*one, id=f"{one[0]}-{'.'.join(one[1]['path'])}") for one in all_fields()]
)
def test_a_key_set_through_its_form_changes_its_own_lines_and_goes_back(name: str, field: dict[str, Any]) -> None:
    value = sample(name, field)
    row: tuple[str, ...] = ()
    path: tuple[str, ...] = field["path"]
    if field.get("form") == "fact" and value == {"because": "Only said"}:
        value = {"value": sample(name, {**field, "control": "choice"}), "because": "Seen"}
    if path[0] in ONE_OF.get(name, ()):
        path, value = row, {path[0]: value}
    was = before(name, path)
    answer = editing.changed(TEXT, [operation(name, path, value)])
    assert answer["ok"], answer["problems"]
    assert answer["text"] != TEXT
    again = editing.changed(answer["text"], [operation(name, path, value)])
    assert again["text"] == answer["text"]
    assert_only_these_lines(answer["text"], was, name)
    back = editing.changed(answer["text"], [operation(name, path, was)])
    assert back["ok"], back["problems"]
    assert before(name, path, back["text"]) == was
    if not isinstance(was, (dict, list)):
        assert back["text"] == TEXT


def assert_only_these_lines(text: str, was: Any, name: str) -> None:
    """Everything that differs stands together, and no comment but those of what was taken out is lost."""
    old, new = TEXT.splitlines(), text.splitlines()
    hunks = [
        code for code in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if code[0] != "equal"
    ]
    gone = [line for _, start, end, *_ in hunks for line in old[start:end]]
    came = "\n".join(line for *_, start, end in hunks for line in new[start:end])
    assert len(hunks) <= 1 + isinstance(was, (dict, list))
    if not isinstance(was, (dict, list)):
        assert len(gone) <= 1 + (len(str(was)) > 90)
        assert all("#" not in line or line.partition("   #")[2] in came for line in gone)

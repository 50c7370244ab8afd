"""From pydantic's errors to problems a person can act on."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from toc.limits import limits_now
from toc.model.belongings import belongs
from toc.model.meant import number_advice
from toc.model.slugs import slug
from toc.model.types import EXTENSION_PATTERN, ID_PATTERN, LANGUAGE_PATTERN, TEXT_PATTERN, shown
from toc.problems import Path, Problem, Step
from toc.spelling import hint, listed, nearest

FACTS = (  # of the partnership: a word, or the word with the reason and who says so
    *("aim", "benefit", "resourcing", "coordinator", "agreement", "governance", "heads", "trust", "power", "design"),
    *("leadership", "communication", "reciprocity"),
)
SECTIONS = ("goals", "pillars", "outcomes", "outputs", "activities", "partners")
Places = dict[int, dict[str, int]]  # by the identity of a list: where each name stands in it
KEYS = "keys with values"
WANTED = {
    "string_type": "text",
    "string_unicode": "text",
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "dict_type": KEYS,
    "model_type": KEYS,
    "model_attributes_type": KEYS,
    "tuple_type": "a list",
}
# What to ask for where a value may be written shorter than the mapping that it stands for.
WANTED_AT = {
    "baseline": "a number",
    "target": "a number",
    "certainty": "low, medium or high",
    "evidence_strength": "none, emerging or established",
    "leads_to": "an id, a list of ids, or ids with reasons",
    "reciprocates": "an id, a list of ids, or ids with reasons",
    "impact": "`internal` and `external`, each low, medium or high (the long-term impact stands under `goal:`),",
    "exchange": "partners with what they give and gain",
    "reach": "target groups with numbers of people",
    "agreed_by": "partners with dates",
    "funding": "`level`, `paid_by`, `outside`, `pooled` or `sources`",
    "disadvantage": "`share`, a number from 0 to 1,",
    "answers": "statements, each with a judgement,",
    "statements": "ids, each with a statement,",
    **dict.fromkeys(("internal", "external"), "low, medium or high"),
    **dict.fromkeys(("brings", "receives", "gives", "gains"), "a word of the table, or a text"),
    **dict.fromkeys(FACTS, "a word"),
    **dict.fromkeys((*SECTIONS, "target_groups"), "ids with titles"),
}
# The same where the key is an id or a name of the author's own, by what it stands in.
WANTED_IN = {
    "exchange": "`gives` and `gains`",
    "sources": "`kind` and `until`",
    "reviews": "`frame`, `date` and `answers`",
    "answers": "a word of the scale",
    "frames": "`title`, `source` and `statements`",
}
# The form to write, by the key or by what it stands in.
FORMS = {
    "readings": "{date: 2026-07-31, value: %s}",
    "kpis": "{title: %s, measures: ID}",
    "evidence": "{source: %s}",
    "silence": "{code: TOC121, node: ID, reason: %s}",
}
# Lists and mappings that one text may stand for.
TEXTS_AT = frozenset({"tags", "funding", "lead", "external_factors", "unintended", "breakdowns", "assumptions"})
TITLES_IN = frozenset({"target_groups", "partners", "leads_to", "vocabulary"})
KEYS_LISTED = 32
ADVISED = 50  # problems with advice on what was meant: to look for it costs more than it helps after that many
MORE = "TOC021"


def problems_of(error: ValidationError, model: type[BaseModel] | None = None, author: Any = None) -> list[Problem]:
    """Every problem of a validation error of `model`, in our words.

    `author` is what was validated, so that each path is the one its author wrote.
    """
    found: list[Problem] = []
    known: Places = {}
    for detail in error.errors(include_url=False):
        problem = _problem(detail, model if len(found) < ADVISED else None, author, known)
        found += [problem] if problem else []
    return found


def unknown_key(key: str, known: Collection[str] = ()) -> tuple[str, str, str | None]:
    """Code, message and nearest valid key for a key that the format does not have."""
    suggestion = nearest(key, known)
    may = "" if suggestion else listed("keys here", known, KEYS_LISTED).replace(": the", "; the")
    ending = f"{hint(suggestion) or ':'} it may come from a newer version{may}"
    return "TOC010", f"unknown key {shown(key)}{ending}", suggestion


def _misplaced(
    key: str, above: Sequence[Step], model: type[BaseModel], author: Any
) -> tuple[str, str, str | None] | None:
    """Code, message and right key for a key that may not stand below `above`; None for what another one told already."""
    beside = _at(author, author_path(author, tuple(above)))
    if told := belongs(key, above, beside, lambda path: keys_at(model, path)):
        return "TOC010", f"unknown key {shown(key)}: {told[0]}", told[1]
    known = keys_at(model, above)
    first, colon, rest = key.partition(":")
    if colon and rest and first.strip() in known:
        return "TOC010", f"unknown key {shown(key)}: write a space after the colon, `{first}: {rest.strip()}`", None
    if isinstance(beside, Mapping) and beside.get(key, key) is None and not nearest(key, known):
        before = _cut_by_commas(key, beside, known)
        if before is None:
            return None
        if len(before) > 1:
            return "TOC010", f"unknown key {shown(key)}: {_joined(before)}", None
    return unknown_key(key, known)


def _at(raw: Any, path: Path) -> Any:
    for step in path:
        if isinstance(raw, Mapping):
            raw = raw.get(step)
        elif isinstance(raw, (list, tuple)):
            raw = raw[step] if isinstance(step, int) and step < len(raw) else None
        else:
            raw = getattr(raw, str(step), None)
    return raw


def _cut_by_commas(key: str, beside: Mapping[Any, Any], known: Collection[str]) -> list[Any] | None:
    """What stood before and behind commas inside braces, which `key` ends; None where an earlier key tells it.

    >>> _cut_by_commas("200", {"title": "A", "target": 1, "200": None, "000": None}, ["title", "target"])
    [1, '200', '000']
    """
    names = list(beside)
    start = end = names.index(key)
    # A key that begins with `x-` is the author's own, and told by nobody.
    is_cut = [beside[name] is None and name not in known and not str(name).startswith("x-") for name in names]
    if start and is_cut[start - 1]:
        return None
    while end < len(names) and is_cut[end]:
        end += 1
    written = beside[names[start - 1]] if start else None
    return [written, *names[start:end]] if type(written) in (int, str) else []


def _joined(parts: list[Any]) -> str:
    """What to write for a number or a text that commas cut."""
    first, *others = parts
    if isinstance(first, int) and all(re.fullmatch("[0-9]{3}", other) for other in others):
        return f"write {first}{''.join(others)} without the comma: inside braces a comma starts the next key"
    text = ", ".join(map(str, parts))
    return f'inside braces a comma starts the next key: put the text in quotes, "{text[:60]}{"…" * (len(text) > 60)}"'


def keys_at(model: type[BaseModel], path: Sequence[Step]) -> list[str]:
    """The keys that the mapping at `path` may hold, where `model` is the form of the whole.

    >>> from toc.model import Theory
    >>> keys_at(Theory, ("pillars", "stem"))[:2]
    ['title', 'description']
    """
    here: type[BaseModel] | None = model
    inside = 0  # ids and positions still to be passed before the next mapping of keys
    for step in path:
        if inside:
            inside -= 1
        elif here is None or step not in here.model_fields:
            return []
        else:
            here, inside = model_in(here.model_fields[str(step)].annotation)
    if here is None or inside:
        return []
    derived = getattr(here, "derived", ())
    return [*getattr(here, "also_written", ()), *(name for name in here.model_fields if name not in derived)]


def model_in(annotation: Any) -> tuple[type[BaseModel] | None, int]:
    """The model inside an annotation, and how many steps of a mapping or list lie before it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, 0
    origin = get_origin(annotation)
    container = isinstance(origin, type) and issubclass(origin, (dict, tuple))
    for part in get_args(annotation):
        model, steps = model_in(part)
        if model is not None:
            return model, steps + container
    return None, 0


class RefusedError(ValidationError):
    """pydantic's error with our codes, which have no page among pydantic's own."""

    def json(self, *, include_url: bool = False, **options: Any) -> str:
        """The problems as JSON, without addresses: a code's meaning stands in our documentation."""
        del include_url
        return super().json(include_url=False, **options)


def raised(problems: list[Problem], title: str) -> ValidationError:
    """The problems as one pydantic error, which nests in the errors of a larger model; beyond the limit they are counted."""
    most = limits_now().problems
    if (more := len(problems) - most) > 0:
        told = f"and {more:,} more problem{'s' * (more > 1)}, not listed (the limit `problems`): mend these first"
        problems = [*problems[:most], Problem(MORE, told)]
    return refused(problems, title)


def refused(problems: list[Problem], title: str) -> ValidationError:
    """All the problems as one pydantic error."""
    return RefusedError.from_exception_data(
        title,
        [
            InitErrorDetails(
                type=PydanticCustomError(
                    problem.code,
                    "{message}",
                    {"message": problem.message, "suggestion": problem.suggestion},
                ),
                loc=problem.path,
                input=None,
            )
            for problem in problems
        ],
    )


def author_path(raw: Any, path: tuple[Step, ...], known: Places | None = None) -> Path:
    """A path through the normal form as a path through what the author wrote, however short that was.

    `known` remembers where names stand in lists, for a caller who asks for many paths.

    >>> author_path({"goal": "Read"}, ("goals", "goal", "title"))
    ('goal',)
    >>> author_path({"outcomes": {"a": {"leads_to": ["b", "c"]}}}, ("outcomes", "a", "leads_to", "c"))
    ('outcomes', 'a', 'leads_to', 1)
    """
    steps = [step for step in path if step != "[key]"]
    if len(steps) > 1 and steps[0] == "goals" and isinstance(raw, Mapping) and "goals" not in raw and "goal" in raw:
        single = raw["goal"]
        of_id = path[-1] == "[key]" and isinstance(single, Mapping) and "id" in single
        steps[:2] = ["goal", "id"] if of_id else ["goal"]
    walked: list[Step] = []
    for position, step in enumerate(steps):
        if isinstance(raw, Mapping):
            if step == 0 and step not in raw:
                continue  # one mapping stands for a list of one
            if step not in raw:
                # A key that is missing is named at the end of its path; a key of an unwritten mapping is not there.
                return (*walked, *(steps[position:] if position == len(steps) - 1 else ()))
            walked.append(step)
            raw = raw[step]
        elif isinstance(raw, (list, tuple)):
            index = _position(raw, step, {} if known is None else known)
            if not isinstance(index, int) or index >= len(raw):
                break
            walked.append(index)
            raw = raw[index]
        elif isinstance(step, str) and hasattr(type(raw), "model_fields"):
            walked.append(step)
            raw = getattr(raw, step, None)
        else:
            break
    return tuple(walked)


def _position(names: Sequence[Any], step: Step, known: Places) -> Step:
    """The position of a name in a list, or the step as it is."""
    if isinstance(step, int):
        return step
    if id(names) not in known:
        known[id(names)] = {name: place for place, name in reversed(list(enumerate(names))) if isinstance(name, str)}
    return known[id(names)].get(step, step)


def _problem(detail: ErrorDetails, model: type[BaseModel] | None, author: Any, known: Places) -> Problem | None:
    path = detail["loc"] if author is None else author_path(author, detail["loc"], known)
    context = detail.get("ctx", {})
    kind = detail["type"]
    if kind.startswith("TOC"):
        return Problem(kind, context["message"], path, suggestion=context.get("suggestion"))
    if kind == "string_pattern_mismatch" and context["pattern"] == EXTENSION_PATTERN:
        *above, key = (step for step in detail["loc"] if step != "[key]")
        told = _misplaced(str(key), above, model, author) if model else unknown_key(str(key))
        if told is None:
            return None
        code, message, suggestion = told
    else:
        code, message, suggestion = _worded(kind, detail, context)
    return Problem(code, message, path, suggestion=suggestion)


def _worded(kind: str, detail: ErrorDetails, context: Mapping[str, Any]) -> tuple[str, str, str | None]:
    value = detail["input"]
    match kind:
        case "missing":
            return "TOC011", f"`{detail['loc'][-1]}` is missing", None
        case "invalid_key":
            return "TOC010", f"the key {shown(detail['loc'][-1])} is not text: put it in quotes", None
        case "literal_error":
            return _wrong_word(value, context["expected"])
        case "string_too_short":
            return "TOC017", "the text is empty: write something or leave the key out", None
        case "string_pattern_mismatch":
            return _wrong_text(value, context["pattern"])
        case "greater_than" | "greater_than_equal" | "less_than_equal" | "finite_number":
            return "TOC014", f"{shown(value)} is out of range: {_bound(kind, context)}", None
        case _ if kind in WANTED:
            return (
                "TOC014" if kind == "float_type" and _is_long(value) else "TOC012",
                _wrong_kind(_wanted(kind, detail), value, str(detail["loc"][-1] if detail["loc"] else ""))
                + _form(value, detail["loc"]),
                None,
            )
        case _:
            return "TOC012", f"{shown(value)} does not fit here ({detail['msg']})", None


def _wanted(kind: str, detail: ErrorDetails) -> str:
    """What should stand where something of another kind was found."""
    names = [step for step in detail["loc"] if isinstance(step, str)]
    key, inside = (*names[-1:], "")[0], (*names[-2:-1], "")[0]
    if isinstance(detail["input"], (bool, int, float)) and (key in TEXTS_AT or inside in TITLES_IN):
        return "text"
    return (WANTED_AT.get(key) or WANTED_IN.get(inside) or KEYS) if WANTED[kind] == KEYS else WANTED[kind]


def _form(value: Any, place: Sequence[Step]) -> str:
    """The end of a message that shows what to write for a text or number, or a list of such, that is too short."""
    key, inside = (*[step for step in reversed(place) if isinstance(step, str)], "", "")[:2]
    first = next(iter(value), None) if isinstance(value, (list, tuple)) else value
    first = first.get("title") if isinstance(first, Mapping) else first
    if isinstance(first, bool) or not isinstance(first, (str, int, float)) or _is_long(first):
        return ""
    if key in (*SECTIONS, "target_groups") and isinstance(first, str) and (id := slug(first, kind="x")):
        how = "without `- `" if first is not value else "on the line below, indented,"
        return f": write {how} an id and the title, `{id}: {first[:60]}`"
    form = FORMS.get(key) or (FORMS.get(inside) if not (place and isinstance(place[-1], int)) else None)
    written = f'"{first}"' if isinstance(first, str) and re.search("[][{},:#&*!|>'\"%@`]", first) else str(first)[:60]
    return f": write `{form % written}`" if form and not isinstance(value, Mapping) else ""


def _is_long(value: Any) -> bool:
    """Whether a whole number has more digits than anybody wants to see; from 309 on no float holds it."""
    return isinstance(value, int) and abs(value) >= 10**40


def _wrong_kind(wanted: str, value: Any, key: str) -> str:
    found = shown(value)
    if isinstance(value, (bool, int, float)) and wanted == "text":
        return f'expected text but found {found}: put it in quotes, like "{found}"'
    if value is None:
        return (
            f"`{key}` is empty: write {wanted} or leave the key out" if key else f"expected {wanted} but found nothing"
        )
    if wanted == "a number" and _is_long(value):
        return f"{found}: write a smaller number"
    if wanted == "a number" and isinstance(value, str):
        return f"expected a number but found the text {found}{number_advice(value) or ': write digits alone'}"
    return f"expected {wanted} but found {found}"


def _wrong_word(value: Any, expected: str) -> tuple[str, str, str | None]:
    if expected == "1":
        return "TOC013", version_message(value), None
    choices = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    suggestion = nearest(value, choices) if isinstance(value, str) else None
    return "TOC013", f"{shown(value)} is not one of {', '.join(choices)}{hint(suggestion)}", suggestion


def _wrong_text(value: Any, pattern: str) -> tuple[str, str, str | None]:
    if pattern == ID_PATTERN:
        return "TOC016", id_message(value), None
    if pattern == TEXT_PATTERN:
        return "TOC014", "the text holds a control character: delete it", None
    if pattern == LANGUAGE_PATTERN:
        return "TOC014", f"{shown(value)} is not a language code: write one like en or en-GB", None
    return "TOC014", f"{shown(value)} is not a code of a check, such as TOC101", None


def version_message(version: Any) -> str:
    """Why a value is no version of the format."""
    return f"{shown(version)} is not a version of this format: write `toc: 1`"


def id_message(id: Any) -> str:
    """Why a text is not an id."""
    made = slug(id, kind="x") if isinstance(id, str) else ""
    such = f": write `{made}`" if made and re.search("[A-Za-z]", str(id)) else ""
    return f"{shown(id)} is not an id: an id is small letters, digits and hyphens, and starts with a letter{such}"


def _bound(kind: str, context: Mapping[str, Any]) -> str:
    match kind:
        case "greater_than":
            return f"it must be more than {context['gt']:g}"
        case "greater_than_equal":
            return f"it must be {context['ge']:g} or more"
        case "less_than_equal":
            return f"it must be {context['le']:g} or less"
        case _:
            return "it must be a finite number"

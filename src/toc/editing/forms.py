"""The forms in which a theory is filled in, as data: `forms.toml`, with the words to choose from that the model has."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel

from toc.language.vocabulary import WORDS, in_sentence, word
from toc.model import Theory
from toc.model.complaints import model_in
from toc.model.mappings import FrozenDict
from toc.model.own_frames import OwnFrame, OwnStatement
from toc.model.partners import Disadvantage, Exchange, Fact, FundingSource, Gain, Gift, ImpactSide, Partner
from toc.model.recasting import MODELS
from toc.model.reviews import Review, ReviewAnswer, ReviewEvidence
from toc.model.types import CONFIDENCES, PLURALS
from toc.model.values import (
    Assumption,
    Baseline,
    Certainty,
    Evidence,
    Link,
    Milestone,
    OwnWord,
    ProvenIdea,
    Reading,
    Silence,
    TargetGroup,
)
from toc.problems import Path

FILLED: Final[Mapping[str, type[BaseModel]]] = FrozenDict(
    {
        "theory": Theory,
        **MODELS,
        "link": Link,
        "assumption": Assumption,
        "evidence": Evidence,
        "baseline": Baseline,
        "milestone": Milestone,
        "reading": Reading,
        "certainty": Certainty,
        "proven-idea": ProvenIdea,
        "exchange": Exchange,
        "gift": Gift,
        "gain": Gain,
        "impact-side": ImpactSide,
        "partner": Partner,
        "disadvantage": Disadvantage,
        "target-group": TargetGroup,
        "fact": Fact,
        "funding-source": FundingSource,
        "review": Review,
        "review-answer": ReviewAnswer,
        "review-evidence": ReviewEvidence,
        "frame": OwnFrame,
        "statement": OwnStatement,
        "silence": Silence,
        "own-word": OwnWord,
    }
)
"""What each form fills in."""
ROWS: Final = frozenset({"rows", "group", "entries", "links", "kpi-table"})
"""Controls whose detail is the form of what stands in them; that of the others says among what to choose."""


CHOOSING: Final = {"id": "node", "ids": "nodes"}
"""What the controls are called in which an id is chosen, or several."""


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(files("toc.editing").joinpath("forms.toml").read_text(encoding="utf-8"))


def not_in_forms() -> Mapping[str, str]:
    """The keys that no form has, and why."""
    return FrozenDict(_data()["not-in-forms"])


@cache
def forms() -> Mapping[str, Any]:
    """For each kind its sections, and in each its fields, with the words of the format in braces."""
    return FrozenDict({name: FrozenDict({"sections": tuple(_sections(name))}) for name in FILLED})


def forms_of(theory: Theory) -> dict[str, Any]:
    """The forms in the words of a theory.

    >>> import toc
    >>> theory = toc.example("small-charity").evolve(settings={"vocabulary": {"activity": "Project"}})
    >>> [
    ...     one["help"]
    ...     for part in forms_of(theory)["activity"]["sections"]
    ...     for one in part["fields"]
    ...     if one["path"] == ["type"]
    ... ]
    ['What sort of project it is, in your own word, such as tutoring or a visit']
    """
    return {
        name: {
            "sections": [
                {
                    "label": _filled(theory, part["label"]),
                    "fields": [
                        {
                            **one,
                            "path": [*one["path"]],
                            "label": _filled(theory, one["label"]),
                            "help": _filled(theory, one["help"]),
                        }
                        for one in part["fields"]
                    ],
                }
                for part in form["sections"]
            ]
        }
        for name, form in forms().items()
    }


def label_of(theory: Theory, name: str, path: Path) -> str:
    """What a form calls what stands at a path, in the words of a theory; what it does not know by its last key."""
    keys = tuple(step for step in path if isinstance(step, str))
    fields = [one for part in forms()[name]["sections"] for one in part["fields"] if one["path"]]
    found = [one for one in fields if one["path"] == keys[: len(one["path"])]]
    return _filled(theory, max(found, key=lambda one: len(one["path"]))["label"]) if found else f"`{'.'.join(keys)}`"


def _sections(name: str) -> Iterator[FrozenDict[str, Any]]:
    """The sections of a form: its own, each joined by what every box has under the same heading."""
    own, model = _data().get(name, {}), FILLED[name]
    shared = _data()["box"] if name in PLURALS else {}
    for label in _in_order(name):
        boxes = {path: said for path, said in shared.get(label, {}).items() if _fits(name, path)}
        fields = tuple(_field(model, path, *said) for path, said in {**boxes, **own.get(label, {})}.items())
        if fields:
            yield FrozenDict({"label": label, "fields": fields})


def _in_order(name: str) -> list[str]:
    """The headings of a form in the order of the data file."""
    mine = (name, "box") if name in PLURALS else (name,)
    return [*dict.fromkeys(label for form, parts in _data().items() if form in mine for label in parts)]


def _fits(name: str, path: str) -> bool:
    """Whether a field of every box is one of a kind: what is no key of it is asked of what can be measured."""
    return path in FILLED[name].model_fields if path else name != "kpi"


def _field(model: type[BaseModel], dotted: str, control: str, label: str, help: str) -> FrozenDict[str, Any]:  # noqa: A002
    path = tuple(dotted.split(".")) if dotted else ()
    named, _, detail = control.partition(":")
    detail, _, among = detail.partition(":")
    field: dict[str, Any] = {"path": path, "control": CHOOSING.get(named, named), "label": label, "help": help}
    if detail:
        field["form" if named in ROWS else "values" if named == "pairs" else "from"] = detail.replace("boxes", "nodes")
    if among:
        field["from"] = among
    choices = tuple(CONFIDENCES) if dotted == "confidence" else _choices(model, path)
    if choices:
        field["choices"] = choices
    return FrozenDict(field)


def _choices(model: type[BaseModel], path: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(_words(annotation_at(model, path)))) if path else ()


def annotation_at(model: type[BaseModel], path: tuple[str, ...]) -> Any:
    """What a model says of the value at a path of keys."""
    field = model.model_fields[path[0]]
    if len(path) == 1:
        return field.annotation
    inner, _ = model_in(field.annotation)
    assert inner is not None  # noqa: S101  # a test walks every path
    return annotation_at(inner, path[1:])


def _words(annotation: Any) -> Iterator[Any]:
    """The words of closed lists in an annotation, but for those of the models in it; of a fact those of its value."""
    if isinstance(annotation, type) and issubclass(annotation, Fact):
        said = annotation.model_fields["value"].annotation
        yield from (True,) if said is bool else _words(said)
    elif get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for part in get_args(annotation):
            yield from _words(part)


def _filled(theory: Theory, text: str) -> str:
    """A text with the theory's words in the place of those in braces."""
    if "{" not in text:
        return text
    said: dict[str, str] = {}
    for idea in WORDS:
        for name, plural in ((idea, False), (PLURALS.get(idea, f"{idea}s"), True)):  # type: ignore[call-overload]
            said[name] = in_sentence(theory, idea, plural=plural)
            said[name.capitalize()] = word(theory, idea, plural=plural)
    return text.format_map(said)

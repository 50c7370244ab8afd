"""How the partners judge themselves: reviews against a frame."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from toc.model.mappings import FrozenDict
from toc.model.partners import MentionedId, alone_too, one_of, one_or_listed, refuse_but_one
from toc.model.types import (
    EMPTY,
    ID_FORM,
    Day,
    Names,
    Reference,
    Short,
    Text,
    wrapped_as,
)
from toc.model.values import Value

_SHOWS: Final = ("node", "partner", "text")


class ReviewEvidence(Value):
    """What a judgement rests on: a box of the theory, a partner, or a text with its address and date."""

    model_config = one_of(_SHOWS)

    node: Reference | None = None
    partner: Reference | None = None
    text: Text | None = None
    url: Text | None = None
    date: Day | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        refuse_but_one(self, _SHOWS)
        return self


_Evidence = Annotated[ReviewEvidence, wrapped_as("node", ID_FORM)]


class ReviewAnswer(Value):
    """What is judged of one statement, on what grounds, and who does what next; `judgement` is a word of the scale."""

    judgement: Text | None = None
    because: Text | None = None
    evidence: Annotated[tuple[_Evidence, ...], Field(json_schema_extra=alone_too), Short(one_or_listed)] = ()
    owner: Text | None = None
    next_step: Text | None = None
    by: Day | None = None


class Review(Value):
    """One self-evaluation: the frame, the day, who judged, and the answers by statement."""

    frame: Reference
    date: Day
    by: Names = ()
    answers: Annotated[FrozenDict[MentionedId, Annotated[ReviewAnswer, wrapped_as("judgement")]], EMPTY] = FrozenDict()

"""Mistakes that a type checker must find: each line is expected to fail, and it is an error when one does not."""

from __future__ import annotations

import toc


def misspelt(theory: toc.TheoryOfChange) -> None:
    theory.pilars.items()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    theory.pillars["stem"].titel.upper()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    toc.exmaple("rgs-newcastle")  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


def wrong_arguments(theory: toc.TheoryOfChange) -> None:
    theory.draw("my.svg", format="svgz")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    theory.guidance(7)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    theory.save("my.yaml", "yaml")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    toc.load()  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    toc.load("my.yaml", into=dict)  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]
    toc.Outcome(id="calm")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def short_forms() -> None:
    """They work where a value is made, and pydantic's plugin for mypy lets them pass; other checkers see the fields."""
    toc.Outcome(id="calm", title="Calm", leads_to="goal")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

"""Loading and reading a theory, as users write it. Nothing here is run: `make check-types-user` reads it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, assert_type

import toc


class Ours(toc.TheoryOfChange):
    def shout(self) -> str:
        return self.title.upper()


def loading() -> None:
    assert_type(toc.load("my.yaml"), toc.TheoryOfChange)
    assert_type(toc.load(Path("my.json"), format="json"), toc.TheoryOfChange)
    assert_type(toc.loads(b"toc: 1"), toc.TheoryOfChange)
    assert_type(toc.load("my.yaml", into=Ours), Ours)
    assert_type(toc.loads("{}", format="json", into=Ours).edit("clubs", title="Clubs"), Ours)
    toc.load("my.yaml", into=Ours).save("my.yaml", force=True)
    toc.load("my.yaml").save("my.yaml", if_unchanged=toc.load("my.yaml").digest())
    assert_type(toc.example("rgs-newcastle"), toc.TheoryOfChange)
    assert_type(list(toc.example("rgs-newcastle")), list[str])
    assert_type(toc.schema(), dict[str, Any])
    assert_type(toc.slug("Young readers"), str)


def asking(theory: toc.TheoryOfChange) -> None:
    pillar = theory.pillars["stem"]
    assert_type(pillar, toc.Pillar)
    assert_type(pillar.title, str)
    assert_type(theory.kpis["trainees"], toc.Kpi)
    assert_type(theory.activities["clubs"].title, str)
    assert_type(theory.outcomes["readers"].leads_to["goal"], toc.Link)
    links: Sequence[toc.Link] = theory.links
    assert_type(links[0].target, str)
    assert_type(theory.links[0].source, str)
    assert_type(theory.causes("goal"), tuple[str, ...])
    assert_type(next(theory.paths("clubs")), tuple[str, ...])
    assert_type(theory.count_paths("clubs"), int)
    assert_type(theory.kpis_of("readers"), tuple[toc.Kpi, ...])
    assert_type(theory.pillar_of("clubs"), str | None)
    for id, node in theory.nodes.items():
        assert_type(id, str)
        assert_type(node.title, str)


def telling_kinds_apart(node: toc.Node) -> str:
    if isinstance(node, toc.Kpi):
        assert_type(node, toc.Kpi)
        return node.title
    return node.kind


def fixing(path: str) -> tuple[str, ...]:
    try:
        toc.load(path)
    except toc.TheoryError as error:
        assert_type(error.problems, tuple[toc.Problem, ...])
        return tuple(problem.code for problem in error.problems)
    return ()


def judging(theory: toc.TheoryOfChange) -> str | None:
    later = theory.with_review("spring", frame="practices", date="2027-03-01", by="Heads")
    assert_type(later, toc.TheoryOfChange)
    found = later.review("spring")
    assert_type(found, toc.Evaluation)
    assert_type(found.counts["mostly"], int)
    assert_type(found.since("autumn"), toc.ReviewChanges)
    assert_type(found.form(), toc.ReviewForm)
    return found.statements["local-need"].judgement

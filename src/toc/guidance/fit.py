"""Which KPIs belong to an activity, and whether they look as deep as advised, and no deeper than it can answer for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toc.guidance.advice import ActivityFit, KpiFit, SuggestedKpi
from toc.guidance.advice_file import filled
from toc.guidance.advice_schema import Book
from toc.guidance.grid import Settled
from toc.guidance.scales import Fit, rung
from toc.model import Theory
from toc.model.nodes import Kpi
from toc.model.types import Depth, Level


@dataclass(frozen=True, slots=True)
class Reach:
    """What an activity directly brings about, and the KPIs of it, in the author's order.

    `own` are the KPIs of the activity and its outputs, `beyond` those that measure only its direct outcomes.
    """

    outputs: tuple[str, ...]
    outcomes: tuple[str, ...]
    own: tuple[Kpi, ...]
    beyond: tuple[Kpi, ...]

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """All of them, the activity's own first."""
        return self.own + self.beyond


def reach(theory: Theory, id: str) -> Reach:
    """The outputs and direct outcomes of an activity and their KPIs.

    An outcome is direct when the activity leads to it at once, or through nothing but outputs: outputs are a step that
    may be left out. A pillar counts as an outcome. Goals, other activities and feedback are not followed.
    """
    outputs, outcomes = _first_steps(theory, id)
    own = _kpis(theory, (id, *outputs))
    beyond = {key: kpi for key, kpi in _kpis(theory, outcomes).items() if key not in own}
    return Reach(tuple(outputs), tuple(outcomes), tuple(own.values()), tuple(beyond.values()))


def _first_steps(theory: Theory, id: str) -> tuple[list[str], list[str]]:
    """Outputs and direct outcomes, each as soon as a walk in the author's order comes to it."""
    outputs: dict[str, None] = {}
    outcomes: dict[str, None] = {}
    waiting = list(reversed(theory.forwards[id]))
    while waiting:
        node = waiting.pop()
        if node in theory.outputs and node not in outputs:
            outputs[node] = None
            waiting.extend(reversed(theory.forwards[node]))
        elif node in theory.outcomes or node in theory.pillars:
            outcomes[node] = None
    return list(outputs), list(outcomes)


def _kpis(theory: Theory, nodes: Iterable[str]) -> dict[str, Kpi]:
    return {id: theory.kpis[id] for node in nodes for id in theory.measured_by.get(node, ())}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the KPIs of an activity, and by what words it is said."""

    certainty: Level
    minimum: Depth
    maximum: Depth
    book: Book

    def said(self, template: str, **fields: str) -> str:
        """A sentence with the levels and the certainty filled in."""
        return filled(template, certainty=self.certainty, minimum=self.minimum, maximum=self.maximum, **fields)


def activity_fit(
    reach: Reach, certainty: Level | None, found: Settled | None, suggested: Sequence[SuggestedKpi], book: Book
) -> ActivityFit:
    """How the KPIs of an activity stand to its advice, together and one by one."""
    if certainty is None or found is None:
        return ActivityFit(None, book.fit.uncertain, None, tuple(_uncertain(kpi, book) for kpi in reach.kpis))
    asked = Asked(certainty, found.minimum, found.maximum, book)
    kpis = _kpi_fits(reach, asked)
    fit = _overall(kpis)
    suggestion = next((kpi.title for kpi in suggested if rung(kpi.level) >= rung(asked.minimum)), suggested[0].title)
    return ActivityFit(fit, _reason(fit, kpis, asked), _fix(fit, kpis, suggestion, asked), kpis)


def _uncertain(kpi: Kpi, book: Book) -> KpiFit:
    if kpi.level is None:
        return _unlevelled(kpi, book)
    return KpiFit(kpi.id, kpi.title, kpi.level, None, filled(book.kpi_fit.uncertain, level=kpi.level))


def _unlevelled(kpi: Kpi, book: Book) -> KpiFit:
    change = filled(book.fixes.unlevelled, kpi=kpi.title)
    return KpiFit(kpi.id, kpi.title, None, None, book.kpi_fit.unlevelled, change)


def _kpi_fits(reach: Reach, asked: Asked) -> tuple[KpiFit, ...]:
    deep_enough = any(kpi.level and rung(kpi.level) >= rung(asked.minimum) for kpi in reach.kpis)
    own = [_own_fit(kpi, asked) or _ladder_fit(kpi, asked, deep_enough=deep_enough) for kpi in reach.own]
    beyond = [_ladder_fit(kpi, asked, deep_enough=deep_enough) for kpi in reach.beyond]
    return (*own, *beyond)


def _own_fit(kpi: Kpi, asked: Asked) -> KpiFit | None:
    """The fit of a KPI on the activity or an output that claims too much; None for any other."""
    if kpi.level is None or rung(kpi.level) <= rung(asked.maximum):
        return None
    words = asked.book
    change = asked.said(words.fixes.above, kpi=kpi.title, asks=words.levels[asked.maximum].asks)
    reason = asked.said(words.kpi_fit.above, level=kpi.level)
    return KpiFit(kpi.id, kpi.title, kpi.level, Fit.ABOVE, reason, change, asked.maximum)


def _ladder_fit(kpi: Kpi, asked: Asked, *, deep_enough: bool) -> KpiFit:
    """The fit of a KPI that does not claim too much: deep enough, beside one that is, or not deep enough."""
    book, words = asked.book, asked.book.kpi_fit
    if kpi.level is None:
        return _unlevelled(kpi, book)
    if rung(kpi.level) >= rung(asked.minimum):
        template = words.fits if rung(kpi.level) <= rung(asked.maximum) else words.beyond
        return KpiFit(kpi.id, kpi.title, kpi.level, Fit.FITS, asked.said(template, level=kpi.level))
    if deep_enough:
        return KpiFit(kpi.id, kpi.title, kpi.level, Fit.SUPPORTING, asked.said(words.supporting, level=kpi.level))
    reason = asked.said(words.below, level=kpi.level)
    change = asked.said(book.fixes.below_kpi, kpi=kpi.title, asks=book.levels[asked.minimum].asks)
    return KpiFit(kpi.id, kpi.title, kpi.level, Fit.BELOW, reason, change, asked.minimum)


def _overall(kpis: Sequence[KpiFit]) -> Fit | None:
    """Above when one claims too much, fits when one is deep enough; None when a missing level leaves it open."""
    fits = {kpi.fit for kpi in kpis}
    if Fit.ABOVE in fits:
        return Fit.ABOVE
    if Fit.FITS in fits:
        return Fit.FITS
    return None if None in fits else Fit.BELOW


def _reason(fit: Fit | None, kpis: Sequence[KpiFit], asked: Asked) -> str:
    words = asked.book.fit
    if fit is None:
        return words.unlevelled
    if fit is Fit.BELOW:
        return asked.said(words.below, level=_deepest(kpis).level or "") if kpis else asked.said(words.nothing)
    return asked.said(words.above if fit is Fit.ABOVE else words.fits)


def _fix(fit: Fit | None, kpis: Sequence[KpiFit], suggestion: str, asked: Asked) -> str | None:
    """The smallest change that would make the activity fit; None where it fits."""
    words = asked.book.fixes
    if fit is None or fit is Fit.ABOVE:
        return next(kpi.change for kpi in kpis if kpi.fit is fit)
    if fit is Fit.FITS:
        return None
    if not kpis:
        return filled(words.nothing, suggestion=suggestion)
    asks = asked.book.levels[asked.minimum].asks
    return asked.said(words.below, kpi=_deepest(kpis).title, suggestion=suggestion, asks=asks)


def _deepest(kpis: Sequence[KpiFit]) -> KpiFit:
    return max(kpis, key=lambda kpi: rung(kpi.level) if kpi.level else -1)

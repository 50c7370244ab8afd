"""Whether the KPIs in reach of an activity look as deep as advised, and whether their answers are made as advised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from toc.guidance.advice import ActivityFit, KpiFit, SuggestedKpi
from toc.guidance.advice_file import filled, some, stepped
from toc.guidance.advice_schema import Book, Wanted
from toc.guidance.grid import Settled
from toc.guidance.reach import MOST_HELD, Held, Reach
from toc.guidance.scales import Approach, Fit, rung
from toc.model import Theory
from toc.model.nodes import Activity
from toc.model.types import Depth, Design, Level

MOST_KPIS: Final = MOST_HELD  # told one by one of one activity; the others are counted
DECIDING: Final = (Fit.ABOVE, Fit.FITS, Fit.DESIGN, None, Fit.SUPPORTING, Fit.BELOW)
TOP: Final = rung("attainment")


class Demand(NamedTuple):
    """What is asked of the KPIs of an activity."""

    certainty: Level
    approach: Approach
    minimum: Depth
    maximum: Depth


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the KPIs of an activity, and by what words it is said."""

    demand: Demand
    theory: Theory
    book: Book

    @property
    def approach(self) -> Approach:
        """How the activity is to be measured."""
        return self.demand.approach

    @property
    def minimum(self) -> Depth:
        """The least that is asked for."""
        return self.demand.minimum

    @property
    def maximum(self) -> Depth:
        """The most that the activity can answer for."""
        return self.demand.maximum

    @property
    def wanted(self) -> Wanted:
        """How the answers should be made."""
        return self.book.wanted[self.approach]

    def said(self, template: str, held: Held | None = None, **fields: str) -> str:
        """A sentence with the levels, the certainty and a KPI filled in: of the KPI what the sentence asks for."""
        if held is not None:
            told: dict[str, Callable[[], str]] = {
                "kpi": lambda: held.kpi.title,
                "level": lambda: str(held.level),
                "made": lambda: self.book.designs[held.made].made,
                "seen": lambda: self._seen(held),
                "node": lambda: self.theory.nodes[held.node].title,
                "steps": lambda: stepped(held.steps, self.book),
            }
            fields |= {name: say() for name, say in told.items() if f"{{{name}}}" in template}
        least, most = self.minimum, self.maximum
        return filled(template, certainty=self.demand.certainty, minimum=least, maximum=most, **fields)

    def _seen(self, held: Held) -> str:
        """What a KPI looks at, and how its answer is made where that is asked for."""
        level = str(held.level)
        if held.made not in self.wanted.designs:
            return level
        return filled(self.book.fit.seen, level=level, made=self.book.designs[held.made].made)

    def is_made(self, held: Held) -> bool:
        """Whether the answer of a KPI is made as it should be."""
        return is_made(held.level, held.made, self.wanted)

    def is_deep(self, held: Held) -> bool:
        """Whether a KPI looks deep enough."""
        return held.level is not None and rung(held.level) >= rung(self.minimum)


def reach_fit(reach: Reach, asked: Asked) -> ActivityFit:
    """How the KPIs in reach stand to what is asked, without the change that would mend it."""
    depth = _depth(reach, asked)
    design = _design(reach, asked)
    fit = _together(depth, design, asked)
    return _whole(reach, (fit, depth, design, _reason(fit, reach, asked)), _kpi_fits(reach, asked))


def verdict(reach: Reach, asked: Asked) -> Fit | None:
    """How the KPIs in reach stand to what is asked, without the sentences that say so."""
    return _together(_depth(reach, asked), _design(reach, asked), asked)


def uncertain_fit(reach: Reach, theory: Theory, book: Book) -> ActivityFit:
    """The KPIs in reach of an activity that nobody has rated: nothing can be said of them."""
    asked = Asked(Demand("low", Approach.COUNT, "participation", "participation"), theory, book)  # of no account below
    words = book.kpi_fit
    kpis = [
        _told(one, asked, None, words.uncertain if one.level else words.unlevelled) for one in reach.every[:MOST_KPIS]
    ]
    return _whole(reach, (None, None, None, book.fit.uncertain), kpis)


def _whole(
    reach: Reach, verdict: tuple[Fit | None, Fit | None, Fit | None, str], kpis: Sequence[KpiFit]
) -> ActivityFit:
    more = len(reach.every) + reach.left - len(kpis)
    return ActivityFit(*verdict, None, tuple(kpis), more, bool(reach.own), bool(reach.beyond), reach.is_read)


def mended(found: ActivityFit, activity: Activity, suggested: Sequence[SuggestedKpi], asked: Asked) -> ActivityFit:
    """The fit with the smallest change that would mend it: a KPI to add, or another design for one of the same people."""
    words = asked.book.fixes
    match found.fit:
        case Fit.FITS:
            return found
        case Fit.ABOVE:
            change = next(kpi.change for kpi in found.kpis if kpi.fit is Fit.ABOVE)
        case None if asked.approach is Approach.REDESIGN:
            change = words.redesign
        case None:
            change = next(kpi.change for kpi in found.kpis if kpi.fit is None)
        case Fit.DESIGN:
            same = (
                kpi.change for kpi in found.kpis if kpi.fit is Fit.DESIGN and _same_people(activity, kpi, asked.theory)
            )
            change = next(same, None) or asked.said(words.beside, suggestion=_fitting(suggested, asked))
        case _:
            template = words.below if found.kpis else words.nothing
            asks = asked.book.levels[asked.minimum].asks
            change = asked.said(template, suggestion=_fitting(suggested, asked), asks=asks)
    return replace(found, change=change)


def asked_of(theory: Theory, certainty: Level, found: Settled, book: Book) -> Asked:
    """What is asked of the KPIs of an activity whose advice is settled."""
    return Asked(Demand(certainty, found.cell.approach, found.minimum, found.maximum), theory, book)


def is_made(level: Depth | None, made: Design, wanted: Wanted) -> bool:
    """Whether an answer that is made like this meets what is wanted at its level."""
    if not wanted.designs or made in wanted.designs:
        return True
    return level is not None and ((wanted.certified and rung(level) == TOP) or rung(level) < rung(wanted.since))


def fitting(suggested: Sequence[SuggestedKpi], minimum: Depth, wanted: Wanted) -> SuggestedKpi:
    """The first suggestion that is deep enough and made as it should be, else the first deep one."""
    deep = [kpi for kpi in suggested if rung(kpi.level) >= rung(minimum)]
    return next((kpi for kpi in deep if is_made(kpi.level, kpi.design, wanted)), (*deep, *suggested)[0])


def _fitting(suggested: Sequence[SuggestedKpi], asked: Asked) -> str:
    return fitting(suggested, asked.minimum, asked.wanted).title


def _same_people(activity: Activity, kpi: KpiFit, theory: Theory) -> bool:
    """Whether a KPI may be about those whom an activity means to change: nobody says that they are others."""
    about = theory.kpis[kpi.kpi].target_group or theory.nodes[kpi.node].target_group
    return not (about and activity.target_group) or not set(about).isdisjoint(activity.target_group)


def _depth(reach: Reach, asked: Asked) -> Fit | None:
    if any(_is_above(one, asked) for one in reach.own):
        return Fit.ABOVE
    if any(asked.is_deep(one) for one in reach.telling):
        return Fit.FITS
    return None if reach.open else Fit.BELOW


def _is_above(one: Held, asked: Asked) -> bool:
    """Whether a KPI of the activity or an output claims more than the activity can answer for."""
    return one.level is not None and rung(one.level) > rung(asked.maximum)


def _design(reach: Reach, asked: Asked) -> Fit | None:
    """Of those that are deep enough, or where none is, of all."""
    deep = [one for one in reach.telling if asked.is_deep(one)] or reach.telling
    if not deep:
        return None
    return Fit.FITS if any(asked.is_made(one) for one in deep) else Fit.DESIGN


def _together(depth: Fit | None, design: Fit | None, asked: Asked) -> Fit | None:
    """Both verdicts in one; an activity that should be redesigned first never fits."""
    if depth is Fit.ABOVE:
        return Fit.ABOVE
    if asked.approach is Approach.REDESIGN:
        return None
    return design if depth is Fit.FITS else depth


def _reason(fit: Fit | None, reach: Reach, asked: Asked) -> str:
    words = asked.book.fit
    if fit is Fit.ABOVE:
        return asked.said(words.above, next(one for one in reach.own if _is_above(one, asked)))
    if asked.approach is Approach.REDESIGN:
        return words.redesign
    if fit is None:
        return words.unlevelled
    if fit is Fit.BELOW:
        return _short_reason(reach, asked)
    deep = [one for one in reach.telling if asked.is_deep(one)]
    one = next((one for one in deep if asked.is_made(one)), deep[0])
    if fit is Fit.DESIGN:
        return asked.said(words.design if one in reach.own else words.design_on, one, wanted=asked.wanted.words)
    return asked.said(words.fits if one in reach.own else words.fits_on, one)


def _short_reason(reach: Reach, asked: Asked) -> str:
    words = asked.book.fit
    if reach.telling:
        deepest = max(reach.telling, key=lambda one: rung(one.level) if one.level else -1)
        return asked.said(words.below if deepest in reach.own else words.below_on, deepest)
    if reach.pillars:
        return asked.said(words.pillar, reach.pillars[0])
    return asked.said(words.nothing)


def _kpi_fits(reach: Reach, asked: Asked) -> list[KpiFit]:
    """Each KPI by itself: those that decide first where there are more than are told."""
    deep = [one for one in reach.telling if asked.is_deep(one)]
    is_deep, is_met = bool(deep), any(asked.is_made(one) for one in deep)
    own = frozenset(one.kpi.id for one in reach.own)
    judged = [
        (one, *_judged(one, asked, own=one.kpi.id in own, is_deep=is_deep, is_met=is_met)) for one in reach.telling
    ]
    judged += [(one, Fit.SUPPORTING, asked.book.kpi_fit.pillar) for one in reach.pillars]
    if len(judged) > MOST_KPIS:
        judged.sort(key=lambda one: DECIDING.index(one[1]))
    return [_told(one, asked, fit, template) for one, fit, template in judged[:MOST_KPIS]]


def _judged(one: Held, asked: Asked, *, own: bool, is_deep: bool, is_met: bool) -> tuple[Fit | None, str]:
    """The fit of one KPI, and the sentence that says it."""
    words = asked.book.kpi_fit
    if one.level is None:
        return None, words.unlevelled
    if own and _is_above(one, asked):
        return Fit.ABOVE, words.above
    if not asked.is_deep(one):
        return (Fit.SUPPORTING, words.supporting) if is_deep else (Fit.BELOW, words.below)
    if not asked.is_made(one):
        return Fit.SUPPORTING if is_met else Fit.DESIGN, words.design
    return Fit.FITS, words.beyond if _is_above(one, asked) else words.fits


def _told(one: Held, asked: Asked, fit: Fit | None, template: str) -> KpiFit:
    """A KPI with its fit, its distance, and that it counts as another design where it does."""
    words = asked.book
    reason = [asked.said(template, one, wanted=asked.wanted.words)]
    if one.steps:
        reason.insert(0, asked.said(words.kpi_fit.where, one))
    if one.made != one.kpi.design:
        reason.append(words.kpi_fit.counted)
    kpi, change = one.kpi, _change(one, asked, fit)
    return KpiFit(
        kpi.id, kpi.title, one.node, one.steps, one.level, kpi.design, one.made, fit, " ".join(reason), change
    )


def _change(one: Held, asked: Asked, fit: Fit | None) -> str | None:
    """What would mend one KPI."""
    if fit is Fit.ABOVE:
        return asked.said(asked.book.fixes.above, one, asks=asked.book.levels[asked.maximum].asks)
    if fit is Fit.DESIGN:
        return asked.said(asked.wanted.mend, one)
    return asked.said(asked.book.fixes.unlevelled, one) if one.level is None else None


def unlevelled(titles: Sequence[str], count: int, book: Book) -> str:
    """What is missing where so many KPIs, the first of them named, do not say what they look at."""
    if count == 1:
        return filled(book.gaps.level, kpi=titles[0])
    return filled(book.gaps.levels, kpis=some(book, titles, count=count))

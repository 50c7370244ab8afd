"""Too many links: between two levels, and from one box."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toc.checks.looking import Look
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, rule
from toc.model.words import PLURALS, Kind

FEWEST: Final = 3  # boxes on each of two levels: below that, everything may well lead to everything
MOST: Final = (2, 3)  # of the possible links between two levels: two of three
HANDFUL: Final = 5


@rule("TOC105", "everything-leads-to-everything", "structure", Grades(None, WARNING, WARNING))
def everything_leads_to_everything(look: Look) -> Iterable[Fault]:
    """Two levels between which nearly every link is drawn.

    What: At least two thirds of all possible links between two kinds of box, such as activities and outcomes, where
    each kind has three boxes or more. Feedback and links to the goals are not counted.

    Why: Where everything leads to everything, nothing is claimed. Such a theory cannot be shown wrong, because
    whatever happens agrees with it, and nobody can tell from it what matters.

    Mend: Keep, for each box, the one or two links without which the theory would fall, and delete the others.

    Source: Davies 2018, *Representing theories of change: technical challenges with evaluation consequences* (CEDIL
    Inception Paper 15), on theories with very many pathways. The thresholds are an extension.

    Fails:
        outcomes:
          readers: {title: Pupils catch up, leads_to: goal}
          keen: {title: Pupils choose books, leads_to: goal}
          parents: {title: Parents read aloud, leads_to: goal}
        activities:
          tutoring: {title: Weekly reading, leads_to: [readers, keen, parents]}
          fair: {title: Book fair, leads_to: [readers, keen, parents]}
          evenings: {title: Parents' evenings, leads_to: [readers, keen, parents]}
    Passes:
        outcomes:
          readers: {title: Pupils catch up, leads_to: goal}
          keen: {title: Pupils choose books, leads_to: goal}
          parents: {title: Parents read aloud, leads_to: goal}
        activities:
          tutoring: {title: Weekly reading, leads_to: readers}
          fair: {title: Book fair, leads_to: [keen, parents]}
          evenings: {title: Parents' evenings, leads_to: parents}
    """
    for (lower, upper), (count, possible) in _dense(look).items():
        message = (
            f"{count} of the {possible} possible links lead from {look.word(lower, plural=True)} to "
            f"{look.word(upper, plural=True)}: nearly everything leads to everything"
        )
        mend = "keep the one or two links of each box that matter most under `leads_to:`, and delete the others"
        yield Fault((), (PLURALS[lower],), message, mend)


@rule("TOC106", "too-many-effects", "structure", Grades(None, ADVICE, WARNING))
def too_many_effects(look: Look) -> Iterable[Fault]:
    """A box that leads to more than a handful of others.

    What: More than five links from one activity, output or outcome. Feedback is not counted, nor are links that TOC105
    reports together.

    Why: Each link is a claim that needs a reason, an assumption and some day a test. Nobody can argue for six of them
    from one box, and a drawing of them cannot be followed.

    Mend: Keep the nearest changes. What lies further away is reached through them.

    Source: Davies 2018, *Representing theories of change: technical challenges with evaluation consequences* (CEDIL
    Inception Paper 15), on theories with very many pathways. The number is an extension.

    Fails:
        outcomes:
          a: {title: Pupils read, leads_to: goal}
          b: {title: Pupils write, leads_to: goal}
          c: {title: Pupils count, leads_to: goal}
          d: {title: Pupils sing, leads_to: goal}
          e: {title: Pupils draw, leads_to: goal}
          f: {title: Pupils swim, leads_to: goal}
        activities:
          club: {title: Club after school, leads_to: [a, b, c, d, e, f]}
    Passes:
        outcomes:
          a: {title: Pupils read, leads_to: [b, goal]}
          b: {title: Pupils write, leads_to: goal}
        activities:
          club: {title: Club after school, leads_to: a}
    """
    theory, dense = look.theory, _dense(look)
    for id in (*theory.outcomes, *theory.outputs, *theory.activities):
        if len(theory.forwards[id]) > HANDFUL:
            kind = theory.nodes[id].kind
            targets = [t for t in theory.forwards[id] if (kind, theory.nodes[t].kind) not in dense]
            if len(targets) > HANDFUL:
                message = f"{look.called(id)} leads to {len(targets)} others, which is more than can be argued for"
                links = tuple((id, target) for target in targets)
                mend = f"keep the nearest changes under `leads_to:` of `{id}`, at most {HANDFUL}"
                yield Fault((id, *targets), look.path(id, "leads_to"), message, mend, links)


def _dense(look: Look) -> dict[tuple[Kind, Kind], tuple[int, int]]:
    """The pairs of kinds between which nearly every link is drawn: how many are, how many could be."""
    found = {}
    for (lower, upper), count in look.links_between.items():
        sources, targets = len(look.theory.of_kind(lower)), len(look.theory.of_kind(upper))
        possible = sources * targets
        if min(sources, targets) >= FEWEST and count * MOST[1] >= possible * MOST[0]:
            found[lower, upper] = (count, possible)
    return found

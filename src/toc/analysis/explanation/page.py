"""How a node leads to the goals, as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from toc.analysis.explanation.strengths import Pair
from toc.language.dates import month
from toc.language.facts import confidence
from toc.language.numbers import number
from toc.language.text import capital, chained, listed
from toc.language.vocabulary import Wording
from toc.model.values import Assumption, Evidence, Link
from toc.pages.blocks import Block, Bullets, Heading, Page, Paragraph

if TYPE_CHECKING:
    from toc.analysis.explanation.explanation import Explanation, Way

LONGEST_WAY: Final = 30
MOST_LINKS: Final = 60
SAYS: Final = {
    "supports": " that supports it",
    "contradicts": " that contradicts it",
    "mixed": " that is mixed",
    None: "",
}
SOURCES: Final = {"supports": "supporting", "contradicts": "contradicting", "unsaid": "without a stance"}
CAN_BEAR: Final = (
    (
        "A confidence is a word, or a number in its place (low 0.25, medium 0.5, high 0.8). It says what somebody thought "
        "when writing. It puts links in an order; it does not say how far apart they are."
    ),
    (
        "The strength of a way is the lowest confidence written on it: a statement about what was written, not the "
        "probability that the way works. Confidences are never multiplied or added."
    ),
    (
        "A link without a confidence is neither weak nor strong. A way that holds one is never called the strongest, "
        "because nobody has said how strong that link is. It can be the weakest: whatever is missing, it is no stronger "
        "than what is written on it."
    ),
    "Where several ways are equally strong, the first in the order of the file is named.",
)
SIGNS: Final = (
    (
        "A link with a minus lowers what it leads to. A way with an odd number of them works against its end; such ways are "
        "counted and listed apart, and are neither the strongest nor the weakest."
    ),
    "Links declared as feedback are not followed.",
)


def explanation_page(found: Explanation) -> Page:
    """The ways, the argument on them link by link, what stands out, and how far this can be trusted."""
    title = f"How {found.wording.title(found.id)} leads to {_aim(found)}"
    opening = Paragraph(_opening(found), strong=True)
    if not found.ways:
        return Page(title, (Heading(title, 1), opening, *_feedback(found)))
    blocks: list[Block] = [Heading(title, 1), opening, Paragraph(_grounds(found))]
    blocks += [Heading("The ways"), *_ways(found)]
    blocks += [Heading("Strongest and weakest"), Bullets(tuple(_extremes(found)))]
    blocks += [Heading("What has to hold"), Bullets(tuple(_needed(found)))]
    blocks += _arguments(found)
    blocks += [*_feedback(found), Heading("How to read this"), Bullets(tuple(_caution(found)))]
    return Page(title, tuple(blocks))


def _aim(found: Explanation) -> str:
    """Where the ways go, for the title."""
    if found.to is not None:
        return found.wording.title(found.to)
    return f"the {found.wording.one('goal') if len(found.ends) < 2 else found.wording.many('goal')}"


def _opening(found: Explanation) -> str:
    say = found.wording
    if not found.ways:
        return _no_way(found)
    ways = "one way leads" if found.ways == 1 else f"{number(found.ways)} ways lead"
    ends = listed([*map(say.title, found.ends)], most=3)
    text = f"{capital(ways)} from {say.title(found.id)} to {ends}."
    if not found.against:
        return text
    if found.against == found.ways:
        return f"{text} {'It works' if found.ways == 1 else 'All of them work'} against it."
    return f"{text} {number(found.against)} of them {'works' if found.against == 1 else 'work'} against it."


def _no_way(found: Explanation) -> str:
    say = found.wording
    name = say.title(found.id)
    if found.kind == "kpi":
        return f"{name} is {say.a('kpi')}: it measures, and leads nowhere."
    if found.to is not None:
        return f"No way leads from {name} to {say.title(found.to)}."
    if found.kind == "goal":
        return f"{name} is {say.a('goal')}: ways end here, and none leads on."
    return f"No way leads from {name} to {say.a('goal')}."


def _grounds(found: Explanation) -> str:
    """How much argument there is on all the ways together."""
    say = found.wording
    assumed = sum(count for _, count in found.assumptions)
    sources = sum(count for _, count in found.evidence)
    first = (
        f"{say.count(assumed, 'assumption')}{_split(found.assumptions)}" if assumed else f"no {say.many('assumption')}"
    )
    second = f"{say.count(sources, 'source')} of {say.one('evidence')}{_split(found.evidence)}"
    return (
        f"On {'it' if found.ways == 1 else 'them'}: {first} and {second if sources else 'no ' + say.one('evidence')}."
    )


def _split(tallies: Iterable[tuple[str, int]]) -> str:
    return f" ({', '.join(f'{number(count)} {SOURCES.get(word, word)}' for word, count in tallies)})"


def _ways(found: Explanation) -> Iterator[Block]:
    yield (
        Bullets(tuple(_way(way, found.wording) for way in found.listed))
        if found.listed
        else Paragraph("None is listed.")
    )
    if found.ways > len(found.listed) > 0:
        yield Paragraph(f"These are the first {len(found.listed):,} of {number(found.ways)}.")


def _way(way: Way, say: Wording) -> str:
    """The titles on a way; those in the middle of a very long one are counted."""
    note = "" if way.helps else " (works against it)"
    names = [say.titles[id] for id in way.nodes]
    if len(names) > LONGEST_WAY:
        middle = f"({len(names) - LONGEST_WAY:,} more)"
        names = [*names[: LONGEST_WAY // 2], middle, *names[-LONGEST_WAY // 2 :]]
    return chained(names) + note


def _extremes(found: Explanation) -> Iterator[str]:
    say = found.wording
    if found.ways == found.against:
        yield "No way works towards the end, so none is the strongest."
        return
    if found.weakest is None:
        yield f"Not known: no {say.one('link')} on these ways has a confidence."
        return
    if found.ways - found.against == 1:
        yield f"There is only one way to compare. {_at_weakest(found.weakest, say)}"
    elif found.strongest is None:
        yield f"Strongest: not known, because every way holds {say.many('link')} without a confidence."
        yield f"Weakest: {_way(found.weakest, say)}. {_at_weakest(found.weakest, say)}"
    elif found.strongest.weakest == found.weakest.weakest:
        yield f"All ways that are rated throughout are equally strong. {_at_weakest(found.strongest, say)}"
    else:
        yield f"Strongest: {_way(found.strongest, say)}. {_at_weakest(found.strongest, say)}"
        yield f"Weakest: {_way(found.weakest, say)}. {_at_weakest(found.weakest, say)}"
    if found.unrated:
        yield f"Without a confidence: {_links(found.unrated, say)}."


def _at_weakest(way: Way, say: Wording) -> str:
    if way.weakest is None or way.weakest_link is None:
        return f"No {say.one('link')} on it has a confidence."
    open_ones = f"; {way.unrated:,} more without a confidence" if way.unrated else ""
    return f"Its weakest {say.one('link')}: {say.link(way.weakest_link)}, {confidence(way.weakest)}{open_ones}."


def _needed(found: Explanation) -> Iterator[str]:
    say = found.wording
    for word, pairs in (("necessary", found.necessary), ("sufficient", found.sufficient)):
        said = _links(pairs, say) if pairs else f"no {say.one('link')} on these ways"
        yield f"The author says {word}: {said}."
    if found.contributory:
        yield f"The author says contributory: {_links(found.contributory, say)}."
    if found.unstated:
        yield (
            f"The author has not said: {say.count(len(found.unstated), 'link')}. "
            "Until somebody does, each counts as contributory."
        )
    middle = listed([*map(say.title, found.passes)], most=5) if found.passes else "nothing between its two ends"
    yield f"Every way in this drawing passes: {middle}."
    yield (
        f"Every way in this drawing follows: {_links(found.follows, say)}."
        if found.follows
        else f"Every way in this drawing follows: no single {say.one('link')}."
    )
    yield (
        "The two are different things. The author's word is a claim about the world; what every way passes is a fact "
        "about the drawing, which changes when somebody draws another way."
    )


def _links(pairs: Iterable[Pair], say: Wording) -> str:
    return listed([say.link(pair) for pair in pairs], most=4)


def _arguments(found: Explanation) -> Iterator[Block]:
    say = found.wording
    if not found.links:
        return
    yield Heading(f"The reasons, {say.one('link')} by {say.one('link')}")
    for link in found.links[:MOST_LINKS]:
        yield Heading(chained((say.titles[link.source], say.titles[link.target])), 3)
        yield Bullets(tuple(_argument(link, say)))
    if len(found.links) > MOST_LINKS:
        yield Paragraph(f"And {say.count(len(found.links) - MOST_LINKS, 'link')} more.")


def _argument(link: Link, say: Wording) -> Iterator[str]:
    yield f"Because: {link.because}" if link.because else "Because: nobody has said why."
    yield from (f"{capital(say.one('assumption'))}, {one.status}: {_assumed(one)}" for one in link.assumptions)
    yield from (f"{capital(say.one('evidence'))}{SAYS[one.says]}{_kind_of(one)}: {one.source}" for one in link.evidence)
    rated = "nobody has said how sure they are" if link.confidence is None else confidence(link.confidence)
    yield f"Confidence: {rated}."
    if "contribution" in link.model_fields_set:
        yield f"The author says: {link.contribution}."
    if link.sign == "-":
        yield "Minus: more of the first means less of the second."


def _assumed(one: Assumption) -> str:
    """The assumption with its test, owner and date, as far as they are written."""
    owner = one.owner or ""
    day = f"by {month(one.by)}" if one.by else ""
    test = ", ".join(filter(None, (one.test, owner, day)))
    return f"{one.text}{f' (test: {test})' if test else ' (no test named)'}"


def _kind_of(one: Evidence) -> str:
    """The strength and type of a piece of evidence, as far as they are written."""
    found = ", ".join(filter(None, (one.strength, one.type)))
    return f" ({found})" if found else ""


def _feedback(found: Explanation) -> Iterator[Block]:
    if found.feedback:
        yield Heading("Feedback, not counted as a way")
        yield Bullets(tuple(found.wording.link(pair) for pair in found.feedback[:10]))


def _caution(found: Explanation) -> Iterator[str]:
    yield from CAN_BEAR
    yield from SIGNS if found.against or found.feedback else SIGNS[1:]

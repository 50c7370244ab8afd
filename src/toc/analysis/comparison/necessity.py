"""What is lost by the author's word: something that a link calls necessary for it is missing in the new theory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from toc.analysis.comparison.differences import LostByWord, Missing
from toc.model import Theory
from toc.model.values import Link

Ends = tuple[str, str]
Without = dict[str, dict[str, Missing]]


def lost_by_word(
    before: Mapping[Ends, Link], after: Mapping[Ends, Link], new: Theory, unsupported: Collection[str]
) -> tuple[LostByWord, ...]:
    """The nodes of the new theory that cannot come about by the author's word, in its order.

    A node is lost where what the old theory calls necessary for it is gone or leads there no more, and where what the
    new one calls necessary for it has lost all activities (`unsupported`), or is lost likewise. Feedback and what works
    against a node are no supports. The links stand by the ids of the new theory. Linear in their number.
    """
    without: Without = {}
    for source, target in _necessary(before):
        if target in new and not _supports(after.get((source, target))):
            without.setdefault(target, {})[source] = Missing.UNLINKED if source in new else Missing.GONE
    needs: dict[str, list[str]] = {}
    for source, target in _necessary(after):
        needs.setdefault(source, []).append(target)
        if source in unsupported:
            without.setdefault(target, {})[source] = Missing.UNSUPPORTED
    waiting = list(without)
    for source in waiting:  # grows while it is walked
        for target in needs.get(source, ()):
            waiting += [target] if target not in without else []
            without.setdefault(target, {}).setdefault(source, Missing.LOST)
    return tuple(
        LostByWord(id, node.kind, node.title, tuple(without[id].items()))
        for id, node in new.nodes.items()
        if id in without
    )


def _necessary(links: Mapping[Ends, Link]) -> Iterator[Ends]:
    return (ends for ends, link in links.items() if link.contribution == "necessary" and _supports(link))


def _supports(link: Link | None) -> bool:
    return link is not None and link.sign == "+" and not link.feedback

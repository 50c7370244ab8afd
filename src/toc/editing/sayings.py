"""What was done to a theory, in a few words: for a live region, and for the list of steps that may be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from toc.editing.forms import label_of
from toc.language.numbers import counted
from toc.language.text import capital, one_line, quoted
from toc.language.vocabulary import in_sentence, word
from toc.model import Theory
from toc.problems import Path

LONGEST: Final = 60
MOST_SAID: Final = 3
NOTHING: Final = "Nothing changed"


class Said:
    """Says what was done, with the titles and the words of a theory."""

    def __init__(self, theory: Theory) -> None:
        self.theory = theory

    def added(self, kind: str, title: str) -> str:
        """That something is new."""
        return f"{word(self.theory, kind)} {quoted(one_line(title), LONGEST)} added"

    def field(self, id: str, path: Path, became: str) -> str:
        """That a field of a node or a partner is another."""
        kind = self.theory.kind_of(id) or "partner"
        if path[0] == "leads_to" and len(path) > 1:
            ends = f"from {self._title(id)} to {self._title(str(path[1]))}"
            what = label_of(self.theory, "link", path[2:])
            return f"{what} of the {in_sentence(self.theory, 'link')} {ends} {became}"
        return f"{label_of(self.theory, kind, path)} of {self._title(id)} {became}"

    def about(self, path: Path, became: str) -> str:
        """That a field of the theory as a whole is another."""
        return f"{label_of(self.theory, 'theory', path)} {became}"

    def linked(self, source: str, target: str, *, is_new: bool) -> str:
        """That a link is new, or says something else."""
        ends = self._title(source), self._title(target)
        if is_new:
            return f"Linked {ends[0]} to {ends[1]}"
        return f"{word(self.theory, 'link')} from {ends[0]} to {ends[1]} changed"

    def unlinked(self, source: str, target: str) -> str:
        """That a link is gone."""
        return f"{word(self.theory, 'link')} from {self._title(source)} to {self._title(target)} removed"

    def moved(self, id: str, op: Mapping[str, Any]) -> str:
        """That a node stands elsewhere."""
        where = []
        if "pillar" in op:
            pillar = op["pillar"]
            column = in_sentence(self.theory, "pillar")
            where.append(f"to the {column} {self._title(pillar)}" if pillar else f"out of its {column}")
        if "after" in op:
            where.append(f"after {self._title(op['after'])}" if op["after"] else "to the first place")
        return f"{self._title(id)} moved {' and '.join(where)}".rstrip()

    def recast(self, id: str) -> str:
        """That a node is of another kind."""
        return f"{self._title(id)} is now of the kind {in_sentence(self.theory, self.theory.nodes[id].kind)}"

    def renamed(self, id: str) -> str:
        """That an id is another."""
        return f"Id of {self._title(id)} is now {id}"

    def removed(self, id: str, gone: Sequence[str]) -> str:
        """That something is gone, and what went with it."""
        others = len(gone) - 1
        also = (
            f", with {counted(others, in_sentence(self.theory, 'kpi'), in_sentence(self.theory, 'kpi', plural=True))}"
        )
        return f"{self._title(id)} removed{also if others else ''}"

    def suggested(self, id: str, count: int) -> str:
        """How many KPIs are suggested for an activity."""
        one, many = (in_sentence(self.theory, "kpi", plural=plural) for plural in (False, True))
        return f"{capital(counted(count, one, many))} suggested for {self._title(id)}"

    def silenced(self, code: str, *about: str) -> str:
        """That a finding is answered."""
        return f"{code}{f' for {self._title(about[0])}' if about else ''} left as it is, with a reason"

    def fixed(self, fixes: Sequence[str]) -> str:
        """What was fixed in the text."""
        return f"{capital(counted(len(fixes), 'mistake', 'mistakes'))} fixed"

    def text(self) -> str:
        """That the text is another."""
        return "Text changed"

    def theory_taken(self) -> str:
        """That the whole theory is another."""
        return "Theory taken over"

    def _title(self, id: str) -> str:
        if id in self.theory:
            return quoted(one_line(self.theory.nodes[id].title), LONGEST)
        partner = self.theory.partners.get(id)
        return quoted(one_line(partner.title) if partner else id, LONGEST)


def in_words(said: Sequence[str], before: int | None, after: int | None) -> str:
    """What was done, and how many findings there are more or fewer."""
    told = [*said[:MOST_SAID]] or [NOTHING]
    if len(said) > MOST_SAID:
        told.append(f"{counted(len(said) - MOST_SAID, 'more change', 'more changes')}")
    if before is not None and after is not None and before != after:
        told.append(f"{counted(abs(after - before), 'finding', 'findings')} {'more' if after > before else 'fewer'}")
    return "; ".join(told)

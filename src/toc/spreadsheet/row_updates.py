"""What rows change in a theory, thing by thing: they know less than it does, so that nothing of it is taken away."""

from __future__ import annotations

from typing import Any

from toc import graph
from toc.files.short_forms import written
from toc.merging.things import KIND, things_of
from toc.merging.three_way import Field, Fields, Key
from toc.model import Theory
from toc.model.types import PLURALS
from toc.spreadsheet.gathering import Plan
from toc.spreadsheet.row_matching import Matches
from toc.spreadsheet.starting_file import document
from toc.ways import pillar_of

Things = dict[Key, dict[Field, Any]]


class RowUpdate:
    """What the theory says once the rows have said theirs."""

    def __init__(self, theory: Theory, plan: Plan, matches: Matches) -> None:
        self.theory, self.plan, self.goal = theory, plan, plan.book.goal.id
        self.known = {*matches.ids.values()}
        self.named_by_id = {id for entry, id in matches.ids.items() if entry.title == id}
        self.new = {entry.id for entry in plan.book.everything() if entry not in matches.ids}
        self.things: Things = things_of(written(theory))
        self.theirs = things_of(written(Theory.model_validate(self.document())))
        self.reached: dict[str, set[str]] = {}
        self.beneath: dict[Key, list[Key]] = {}
        for key in self.things:
            self.beneath.setdefault(key[:2], []).append(key)
        for key, fields in self.theirs.items():
            self.take(key, fields)
        if plan.goal and len(theory.goals) == 1:
            self.things["nodes", next(iter(theory.goals))][("title",)] = plan.goal

    def document(self) -> dict[str, Any]:
        """What the rows say, as a theory of its own with the ids of ours."""
        made = document(self.plan, self.theory.title)
        del made["goal"]
        made["goals"] = {self.goal: "goal"} | {id: goal.title for id, goal in self.theory.goals.items()}
        for id in [target.id for one in self.plan.book.activities for target in one.named]:
            node = self.theory.nodes.get(id)
            if node and node.kind != "goal":
                made.setdefault(PLURALS[node.kind], {}).setdefault(node.id, node.title)
        return made

    def take(self, key: Key, fields: Fields) -> None:
        """One thing that the rows speak of."""
        match key[0]:
            case "nodes" | "partners" | "groups":
                self.take_titled(key, fields)
            case "links":
                for target in self.theory.goals if key[2] == self.goal else (key[2],):
                    self.lead(key[1], target)
            case "assumptions":
                self.assume(key, fields)
            case "milestones":
                self.aim(key, fields)
            case _:
                pass  # of the theory itself, rows say nothing but the goal

    def take_titled(self, key: Key, fields: Fields) -> None:
        """A node, a partner or a group: a new one as it is, of a known one what is said."""
        if key[1] in self.new:
            self.things[key] = dict(fields)
        elif key[1] in self.known and key in self.things:
            for field, value in fields.items():
                if not self.is_kept(key[1], field, value):
                    self.things[key][field] = value

    def is_kept(self, id: str, field: Field, value: Any) -> bool:
        """Whether a field of a known thing stays as it is."""
        if field in {KIND, ("measures",), ("leads_to",)} or (field == ("title",) and id in self.named_by_id):
            return True
        if field == ("pillar",):
            return bool(pillar_of(self.theory, id) == value)
        before = self.things["nodes", id].get(field) if ("nodes", id) in self.things else None
        if isinstance(value, list) and isinstance(before, list):
            return sorted(map(str, value)) == sorted(map(str, before))
        if isinstance(before, bool):
            value, before = str(value).casefold(), str(before).casefold()
        return field[0].startswith("x-") and str(value) == str(before)  # a cell is text, and a file may hold a number

    def lead(self, source: str, target: str) -> None:
        """A link, unless the theory leads there already, by whatever way."""
        if source not in self.reached:
            self.reached[source] = graph.reachable(self.theory.forwards, [source]) if source in self.theory else set()
        if (source in self.known or source in self.new) and target not in self.reached[source]:
            self.add(("links", source, target), {("source",): source, ("target",): target})

    def add(self, key: Key, fields: Fields) -> None:
        """A link, or a thing in a list, that is new."""
        self.things[key] = dict(fields)
        self.beneath.setdefault(key[:2], []).append(key)

    def assume(self, key: Key, fields: Fields) -> None:
        """An assumption on the link it is said of, or on the first one of the way there."""
        _, source, target, text = key
        said = {one[3] for one in self.beneath.get(("assumptions", source), ())}
        links = self.beneath.get(("links", source), [])
        if text in said or not links:
            return
        direct = [one for one in links if one[2] == target or (target == self.goal and one[2] in self.theory.goals)]
        on = (direct or links)[0]
        self.add(("assumptions", source, on[2], text), {**fields, ("link", "target"): on[2]})

    def aim(self, key: Key, fields: Fields) -> None:
        """A target: a new one, or another value or day of one that is there."""
        _, kpi, by = key
        there = self.beneath.get(("milestones", kpi), [])
        same = [one for one in there if str(self.things[one].get(("by",), "")) == by]
        on = same or (there[-1:] if not by or len(there) == 1 else [])
        if on:
            self.things[on[0]].update(fields)
        else:
            self.add(key, fields)

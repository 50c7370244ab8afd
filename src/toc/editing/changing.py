"""Text and operations in, text and picture out: the one pure function on which every editor stands."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from typing import Any, Final, cast

from toc import checks, drawings, monitoring
from toc.draw_options import Looks
from toc.editing.known_texts import findings_in, theory_in
from toc.editing.operation_shapes import MOST, shape_problems
from toc.editing.operations import APPLIED
from toc.editing.sayings import in_words
from toc.editing.states import Means, NeedsConsentError, State
from toc.errors import DrawingError, OptionError, TheoryError, as_given, day_of, names_of, one_of, yes_or_no
from toc.files.loader import checked
from toc.files.locator import Format
from toc.files.opening import check_text
from toc.files.saver import Laid, laid_over
from toc.files.short_forms import written
from toc.limits import Limits, bounds_of, held, in_time, refuse_over
from toc.model import Theory
from toc.problems import Problem

BOM_SIGN: Final = "\ufeff"
SEEN: Final = ("picture", "findings", "theory")


def changed(  # noqa: PLR0913  # by name, as they stand in a request
    text: str,
    ops: Sequence[Mapping[str, Any]],
    format: Format = "yaml",
    *,
    see: Collection[str] = (),
    today: date | None = None,
    looks: Mapping[str, Any] | None = None,
    allow_rewrite: bool = False,
    limits: Limits | None = None,
) -> dict[str, Any]:
    r"""The text of a theory with operations done, all of them or none, and what is to be seen of it then, as JSON values.

    Args:
        text: of a theory. One with mistakes takes the operation `text` alone.
        ops: mappings with the name of an operation under `op` and its fields beside it, as `OPERATIONS` describes them.
        format: of the text, "yaml" or "json".
        see: what is to be shown of it: "picture", "findings", "theory".
        today: the day from which dates are judged; needed to see findings, and by the operation `fix`.
        looks: of the picture: `view`, `theme` and what else `to_svg` takes. It is drawn with `search="quick"` unless
            this says otherwise.
        allow_rewrite: also where the text cannot be changed line by line, and its comments are lost.
        limits: how much reading and drawing may take.

    Returns:
        With `ok` true: the `text`, its `etag`, the ids `created` and `changed`, what was `said` of it in words, and what
        was to be seen. With `ok` false: the `problems`, each with the place `op` in `ops` of the operation that it is
        about (None for the text itself), and, where something would be lost, what allows it: `rewrites` with
        `allow_rewrite`, `asks` with that field of the operation.

    Raises:
        OptionError: an argument other than `text` and `ops` is wrong.

    >>> from toc import editing
    >>> text = "toc: 1\ntitle: Reading  # for now\ngoal: Every child reads\n"
    >>> answer = editing.changed(text, [{"op": "about", "path": ["title"], "value": "Reading partners"}])
    >>> answer["said"], answer["text"].splitlines()[1]
    ('Title changed', 'title: Reading partners  # for now')
    >>> answer = editing.changed(text, [{"op": "remove", "id": "gaol"}])
    >>> answer["ok"], [(one["op"], one["code"], one["suggestion"]) for one in answer["problems"]]
    (False, [(0, 'TOC030', 'goal')])

    """
    if looks is not None and not isinstance(looks, Mapping):
        raise OptionError(f"looks are options of a drawing with their values, not {as_given(looks)}")
    call = _Call(checked(format), _seen(see), None if today is None else day_of(today), dict(looks or {}), limits)
    if "findings" in call.see:
        _ = call.means.day
    rewrites = yes_or_no("allow_rewrite", allow_rewrite)
    if not isinstance(text, str):
        raise OptionError(f"the text is text, not {as_given(text)}")
    with call.within():
        return call.answer(text, ops, allow_rewrite=rewrites)


def etag(text: str) -> str:
    """The strong tag of a text: the SHA-256 of its bytes in UTF-8, in 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _seen(see: Any) -> tuple[str, ...]:
    names = names_of("what is to be seen is named by texts", see)
    return tuple(one_of("part to see", name, SEEN) for name in names)


class _Call:
    """One call: how texts are read in it, and what is to be seen."""

    def __init__(
        self, format: Format, see: tuple[str, ...], today: date | None, looks: dict[str, Any], limits: Limits | None
    ) -> None:
        self.see = see
        self.looks = looks
        self.limits = limits
        self.bounds = bounds_of(limits)
        self.means = Means(format, self.read, self.lay, limits, today)

    def within(self) -> AbstractContextManager[Limits]:
        """Hold what is done to the limits."""
        return held(self.bounds)

    def read(self, text: str) -> Theory:
        """The theory in a text."""
        theory = theory_in(text, self.means.format, self.limits)
        in_time()
        return theory

    def lay(self, state: State) -> str:
        """The text of the theory by now, for an operation on texts. Raises TheoryError where comments would be lost."""
        made = self.laid(state)
        if made.lost:
            raise TheoryError([_rewriting(made)])
        return made.text

    def laid(self, state: State) -> Laid:
        """The theory by now, laid over the text."""
        if state.theory is state.there:
            return Laid(state.text)
        bom = BOM_SIGN if state.text.startswith(BOM_SIGN) else ""
        made = laid_over(state.theory, state.text.removeprefix(BOM_SIGN), state.there, self.means.format, self.read)
        return made._replace(text=bom + made.text)

    def answer(self, text: str, ops: Any, *, allow_rewrite: bool) -> dict[str, Any]:
        """What comes of some operations on a text."""
        if problems := _shapes(ops):
            return _refused(problems)
        start = self.start(text, ops)
        if not isinstance(start, State):
            return start
        done = self.done(start, ops)
        if not isinstance(done, State):
            return done
        made = self.laid(done)
        try:
            check_text(made.text)
        except TheoryError as error:
            return _refused((None, problem) for problem in error.problems)
        if made.lost and not allow_rewrite:
            return {**_refused([(None, _rewriting(made))]), "rewrites": True}
        answer = {"ok": True, "text": made.text, "etag": etag(made.text), **_differences(start, done)}
        if made.lost:
            answer["rewrites"] = True
        return answer | self.shown(start, replace(done, text=made.text), made, is_changed=made.text != text)

    def start(self, text: str, ops: Sequence[Mapping[str, Any]]) -> State | dict[str, Any]:
        """The text before anything is done, which may have mistakes if it is replaced at once."""
        try:
            there = self.read(text)
        except TheoryError as error:
            if ops and ops[0]["op"] == "text":
                return State(text, NOTHING, NOTHING)
            message = "the text has mistakes: until they are gone, only the operation `text` can be done"
            told = [(None, problem) for problem in error.problems]
            return _refused([*told, (0, Problem("TOC036", message))] if ops else told)
        return State(text, there, there)

    def done(self, state: State, ops: Sequence[Mapping[str, Any]]) -> State | dict[str, Any]:
        """What one operation after the other makes of it."""
        for place, op in enumerate(ops):
            try:
                state = APPLIED[op["op"]](state, op, self.means)
                in_time()
                refuse_over("nodes", len(state.theory))
                refuse_over("links", len(state.theory.written_links))
            except NeedsConsentError as error:
                return {**_refused((place, problem) for problem in error.problems), "asks": error.asks}
            except TheoryError as error:
                return _refused((place, problem) for problem in error.problems)
            except OptionError as error:
                if op["op"] == "fix" and self.means.today is None:
                    raise
                return _refused([(place, Problem("TOC036", str(error)))])
        return state

    def shown(self, start: State, done: State, made: Laid, *, is_changed: bool) -> dict[str, Any]:
        """What is said and to be seen of it."""
        answer: dict[str, Any] = {}
        before = after = None
        if "findings" in self.see:
            found = self.findings(done.text)
            before, after = None if start.there is NOTHING else len(self.findings(start.text)), len(found)
            answer["findings"] = [one.to_dict() for one in found]
        if "theory" in self.see:
            answer["theory"] = written(done.theory) if made.form is None else made.form
        if "picture" in self.see:
            answer["picture"] = self.picture(done)
        return {"said": in_words(done.said if is_changed else (), before, after), **answer}

    def findings(self, text: str) -> tuple[checks.Finding, ...]:
        """What the rules find in a text."""
        return findings_in(text, self.means.format, self.limits, self.means.day)

    def picture(self, done: State) -> dict[str, Any]:
        """The theory as it is drawn, or why it is not."""
        looks = {"search": "quick", **self.looks}
        options = {name: looks.pop(name) for name in ("tooltips", "prefix") if name in looks}
        if looks.get("findings") is True:
            looks["findings"] = self.findings(done.text)
        if looks.get("progress") is True:
            looks["progress"] = monitoring.Progress(done.theory, self.means.day)
        try:
            subject = drawings.subject_of(done.theory, cast("Looks", {"limits": self.limits, **looks}))
            return {"svg": drawings.as_text(subject, "svg", **options), "view": subject.diagram.view}
        except DrawingError as error:
            return {"svg": None, "view": looks.get("view"), "message": str(error)}


NOTHING: Final = Theory.model_validate({"toc": 1, "title": "Nothing", "goal": "Nothing"})
"""In the place of a theory that could not be read."""


def _shapes(ops: Any) -> list[tuple[int | None, Problem]]:
    if not isinstance(ops, (list, tuple)):
        return [(None, Problem("TOC012", f"the operations stand in a list, not in {as_given(ops)}"))]
    if len(ops) > MOST:
        return [(None, Problem("TOC004", f"{len(ops):,} operations are too many: at most {MOST:,} go together"))]
    return [(place, problem) for place, op in enumerate(ops) for problem in shape_problems(op)]


def _refused(problems: Any) -> dict[str, Any]:
    return {"ok": False, "problems": [{**problem.to_dict(), "op": place} for place, problem in problems]}


def _rewriting(made: Laid) -> Problem:
    message = (
        "this change cannot be made line by line in this text, and if it were written anew, its comments would be lost "
        f"({len(made.lost)}, the first in line {made.lost[0]}): allow that with `allow_rewrite`"
    )
    return Problem("TOC006", message, line=made.lost[0], column=1)


def _differences(start: State, done: State) -> dict[str, list[str]]:
    """The ids that are new, and those of which something else is said."""
    was, now = _things(start.theory), _things(done.theory)
    names = {new: old for old, new in done.renames.items()}
    created = [id for id in now if names.get(id, id) not in was]
    touched = {done.renames.get(id, id) for id in done.touched}
    others = [id for id in now if id not in set(created)]
    changed_ids = [
        id for id in others if id in touched or ((one := was[names.get(id, id)]) is not now[id] and one != now[id])
    ]
    return {"created": created, "changed": changed_ids}


def _things(theory: Theory) -> dict[str, Any]:
    return {} if theory is NOTHING else {**theory.partners, **theory.nodes}

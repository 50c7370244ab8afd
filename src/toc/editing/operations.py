"""What each operation does to a theory, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import ValidationError

from toc import checks, fixing, guidance
from toc.editing.inner_values import part, put
from toc.editing.sayings import Said
from toc.editing.states import Means, NeedsConsentError, Op, State
from toc.errors import TheoryError
from toc.model import Theory, recasting
from toc.model.complaints import problems_of
from toc.model.edits import known, validated
from toc.model.nodes import Node
from toc.model.partners import Partner
from toc.model.references import unknown
from toc.model.slugs import slug
from toc.model.types import PLURALS
from toc.problems import Path, Problem
from toc.scalars import UNSTATED
from toc.spelling import hint, nearest


def _add(state: State, op: Op, _: Means) -> State:
    theory, kind, fields = state.theory, op["kind"], dict(op.get("fields") or {})
    taken = {**theory.nodes, **theory.partners}
    title = fields.get("title")
    id = op.get("id") or slug(title if isinstance(title, str) else "", taken, kind=kind, number=1)
    if kind == "partner":
        return _add_partner(state, op, id, fields)
    if id in theory:
        raise TheoryError([Problem("TOC031", f"the id '{id}' is used already: choose another", (PLURALS[kind], id))])
    model: type[Node] = recasting.MODELS[kind]
    if "id" in fields:
        raise TheoryError(
            [Problem("TOC010", "the id stands beside `kind`, not among the fields", (PLURALS[kind], id, "id"))]
        )
    node = validated(model, {**{k: v for k, v in fields.items() if v is not None}, "id": id}, (PLURALS[kind], id))
    made = theory.with_node(node)
    if "after" in op:
        made = made.moved(id, after=op["after"])
    return state.with_theory(made, Said(made).added(kind, node.title), id)


def _add_partner(state: State, op: Op, id: str, fields: Mapping[str, Any]) -> State:
    theory = state.theory
    if id in theory.partners:
        raise TheoryError([Problem("TOC031", f"the id '{id}' is used already: choose another", ("partners", id))])
    ids = [*theory.partners]
    after = op.get("after", ids[-1] if ids else None)
    if after is not None and after not in ids:
        raise TheoryError(
            [Problem("TOC030", f"there is no partner '{after}'{hint(nearest(after, ids))}", ("partners",))]
        )
    ids.insert(ids.index(after) + 1 if after else 0, id)
    made = theory.evolve(partners={one: theory.partners.get(one, fields) for one in ids})
    return state.with_theory(made, Said(made).added("partner", made.partners[id].title), id)


def _set(state: State, op: Op, _: Means) -> State:
    theory, id, path, value = state.theory, op["id"], tuple(op["path"]), op["value"]
    one = _one(theory, id)
    _refuse_number(path, _place(one, id))
    if path[0] == "id":
        raise TheoryError([Problem("TOC010", "the id is changed by the operation `rename`", (*_place(one, id), "id"))])
    before = one
    for step in path:
        before = part(before, step)
    try:
        inner = put(part(one, path[0]), path[1:], value)
    except TheoryError as error:
        raise _at((*_place(one, id), path[0]), error) from None
    if isinstance(one, Partner):
        fields = {name: held for name, held in {**one.contents(), path[0]: inner}.items() if held is not UNSTATED}
        made = theory.evolve(partners={**theory.partners, id: fields})
    else:
        made = theory.edit(id, **{path[0]: inner})
    return state.with_theory(made, Said(made).field(id, path, _became(before, value)), id)


def _about(state: State, op: Op, _: Means) -> State:
    theory, path, value = state.theory, tuple(op["path"]), op["value"]
    _refuse_number(path, ())
    if path[0] in {"toc", "goal", *PLURALS.values()}:
        message = f"`{path[0]}` is no field of the theory as a whole: boxes change by `add`, `set`, `link` and `remove`"
        raise TheoryError([Problem("TOC010", message, path[:1])])
    before: Any = theory
    for step in path:
        before = part(before, step)
    try:
        inner = put(part(theory, path[0]), path[1:], value)
    except TheoryError as error:
        raise _at(path[:1], error) from None
    made = theory.evolve(**{path[0]: inner})
    return state.with_theory(made, Said(made).about(path, _became(before, value)))


def _link(state: State, op: Op, _: Means) -> State:
    theory, source, target = state.theory, op["source"], op["target"]
    fields = {name: UNSTATED if value is None else value for name, value in (op.get("fields") or {}).items()}
    is_there = target in getattr(known(theory, source), "leads_to", ())
    made = (theory.edit_link if is_there else theory.with_link)(source, target, **fields)
    return state.with_theory(made, Said(made).linked(source, target, is_new=not is_there), source)


def _unlink(state: State, op: Op, _: Means) -> State:
    source, target = op["source"], op["target"]
    return state.with_theory(
        state.theory.without_link(source, target), Said(state.theory).unlinked(source, target), source
    )


def _move(state: State, op: Op, _: Means) -> State:
    made, id = state.theory, op["id"]
    if not op.keys() & {"after", "pillar"}:
        raise TheoryError([Problem("TOC011", "the operation `move` needs `after` or `pillar`", ("after",))])
    if "pillar" in op:
        made = made.edit(id, pillar=op["pillar"])
    if "after" in op:
        made = made.moved(id, after=op["after"])
    return state.with_theory(made, Said(made).moved(id, op), id)


def _recast(state: State, op: Op, _: Means) -> State:
    theory, id, kind = state.theory, op["id"], op["kind"]
    lost = recasting.losses(theory, id, kind)
    if lost and not op.get("drop"):
        raise NeedsConsentError(lost)
    made = theory.recast(id, kind, drop=True)
    return state.with_theory(made, Said(made).recast(id), id)


def _rename(state: State, op: Op, _: Means) -> State:
    old, new = op["id"], op["to"]
    made = state.theory.renamed(old, new)
    renames = {was: new if now == old else now for was, now in {old: old, **state.renames}.items()}
    return replace(state.with_theory(made, Said(made).renamed(new), new), renames=renames)


def _remove(state: State, op: Op, _: Means) -> State:
    made = state.theory.without(op["id"])
    gone = [id for id in (*state.theory.nodes, *state.theory.partners) if id not in made and id not in made.partners]
    return state.with_theory(made, Said(state.theory).removed(op["id"], gone))


def _suggest_kpis(state: State, op: Op, _: Means) -> State:
    made = guidance.with_suggested_kpis(state.theory, op["id"])
    return state.with_theory(made, Said(made).suggested(op["id"], len(made.kpis) - len(state.theory.kpis)))


def _silence(state: State, op: Op, _: Means) -> State:
    theory, code = state.theory, op["code"]
    codes = [rule.code for rule in checks.RULES]
    if code not in codes:
        message = f"there is no rule '{code}'{hint(nearest(code, codes))}"
        raise TheoryError(
            [Problem("TOC013", message, ("settings", "checks", "silence"), suggestion=nearest(code, codes))]
        )
    about = {name: op[name] for name in ("node", "partner") if op.get(name) is not None}
    kept = [
        one
        for one in theory.settings.checks.silence
        if (one.code, one.node, one.partner) != (code, about.get("node"), about.get("partner"))
    ]
    silences = [*kept, {"code": code, **about, "reason": op["reason"]}]
    made = theory.evolve(settings=put(theory.settings, ("checks", "silence"), silences))
    return state.with_theory(made, Said(made).silenced(code, *about.values()))


def _fix(state: State, _: Op, means: Means) -> State:
    text = means.lay(state)

    def check(theory: Theory) -> tuple[checks.Finding, ...]:
        return checks.findings_of(theory, today=means.day)

    found = fixing.fixed(text, check, format=means.format, into=Theory)
    there = means.read(found.text)
    return state.with_text(found.text, there, Said(there).fixed([one.what for one in found.made]))


def _text(state: State, op: Op, means: Means) -> State:
    there = means.read(op["text"])
    return state.with_text(op["text"], there, Said(there).text())


def _theory(state: State, op: Op, means: Means) -> State:
    try:
        made = Theory.model_validate(op["theory"], context={"limits": means.limits} if means.limits else None)
    except ValidationError as error:
        raise TheoryError(problems_of(error)) from None
    return state.with_theory(made, Said(made).theory_taken())


def _one(theory: Theory, id: str) -> Node | Partner:
    """The node, or else the partner, with an id."""
    one = theory.nodes[id] if id in theory else theory.partners.get(id)
    if one is None:
        raise unknown(theory, id, also=theory.partners)
    return one


def _place(one: Node | Partner, id: str) -> Path:
    return ("partners" if isinstance(one, Partner) else PLURALS[one.kind], id)


def _refuse_number(path: Path, place: Path) -> None:
    """Refuse a path that begins with a number."""
    if not isinstance(path[0], str):
        raise TheoryError(
            [Problem("TOC012", "a path begins with the name of a key, not with a number", (*place, path[0]))]
        )


def _at(place: Path, error: TheoryError) -> TheoryError:
    return TheoryError([replace(problem, path=(*place, *problem.path)) for problem in error.problems])


def _became(before: Any, value: Any) -> str:
    """What happened to a value, in a word."""
    if value is None:
        return "taken away"
    return "added" if before is None or before in ((), {}) else "changed"


APPLIED: Final[Mapping[str, Callable[[State, Op, Means], State]]] = {
    "add": _add,
    "set": _set,
    "about": _about,
    "link": _link,
    "unlink": _unlink,
    "move": _move,
    "recast": _recast,
    "rename": _rename,
    "remove": _remove,
    "suggest-kpis": _suggest_kpis,
    "silence": _silence,
    "fix": _fix,
    "text": _text,
    "theory": _theory,
}

"""What can be looked up: the schema, the rules, the examples, and the forms for editing; worked out in threads."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import Any

from starlette.requests import Request

import toc
from toc.errors import OptionError
from toc.web.arrivals import refused
from toc.web.media_forms import JSON, YAML, accepted
from toc.web.replies import Reply, as_json, encoded


@cache
def _schema() -> bytes:
    return encoded(toc.schema())


def schema(_: Request) -> Reply:
    """The JSON Schema of the file format."""
    return Reply(200, "application/schema+json", _schema())


def rules(_: Request) -> Reply:
    """Every rule, with how grave it is in each profile."""
    from toc.checks import all_rules

    return as_json({"rules": [_brief(rule) for rule in all_rules()]})


def rule(request: Request) -> Reply:
    """What a rule looks for, why, and how to fix what it finds."""
    from toc.checks import rule_named
    from toc.checks.rule_pages import rule_markdown

    try:
        found = rule_named(request.path_params["code"])
    except OptionError as error:
        raise refused("not-found", str(error)) from None
    if accepted(request.headers.get("accept", ""), (JSON, "text/markdown")) != JSON:
        return Reply(200, "text/markdown", rule_markdown(found).encode())
    return as_json({**_brief(found), **asdict(found.page)})


def _brief(rule: Any) -> dict[str, Any]:
    named = {profile: None if grade is None else str(grade) for profile, grade in rule.grades._asdict().items()}
    return {"code": rule.code, "name": rule.name, "group": rule.group, "grades": named}


_example = cache(toc.example)


def examples(_: Request) -> Reply:
    """The names and titles of the examples."""
    from toc.examples import NAMES

    return as_json({"examples": [{"name": name, "title": _example(name).title} for name in NAMES]})


def example(request: Request) -> Reply:
    """An example as its author wrote it, or as JSON."""
    from toc.examples import NAMES, text

    if (name := request.path_params["name"]) not in NAMES:
        raise refused("not-found", f"the examples are {', '.join(NAMES)}")
    if accepted(request.headers.get("accept", ""), (YAML, "text/yaml", JSON)) == JSON:
        return Reply(200, JSON, _example(name).dumps("json").encode())
    return Reply(200, YAML, text(name).encode())


def forms(_: Request) -> Reply:
    """The forms by which a theory is edited: sections and fields for each kind."""
    from toc import editing
    from toc.pages.answer import plain

    return as_json({"forms": plain(editing.FORMS)})

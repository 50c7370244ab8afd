"""What makes the answers that no single method of a theory gives: drawings, joined and changed theories, files of others."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from toc.errors import TheoryError, one_of
from toc.files.opening import decode
from toc.limits import bounds_of, held
from toc.web.media_forms import JSON, METHODS, YAML, accepted, forms_of
from toc.web.replies import Reply, encoded, problem

if TYPE_CHECKING:
    from toc.front import TheoryOfChange
    from toc.web.calls import Call
    from toc.web.endpoints import Endpoint

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"


class Asked(NamedTuple):
    """What is asked of an endpoint: its options, and what stands in the body, by the names of its parts."""

    endpoint: Endpoint
    options: dict[str, Any]
    given: Mapping[str, Any]
    call: Call

    @property
    def theory(self) -> TheoryOfChange:
        """The theory that is asked about."""
        found: TheoryOfChange = self.given["theory"]
        return found

    def left(self, *names: str) -> dict[str, Any]:
        """The options but some."""
        return {name: value for name, value in self.options.items() if name not in names}


def answered(asked: Asked) -> Reply:
    """What the method of a theory answers, in a form that is accepted."""
    method = getattr(asked.theory, asked.endpoint.method)
    return in_form(method(**asked.left("table")), asked)


def in_form(made: Any, asked: Asked) -> Reply:
    """An answer in the form that is liked best."""
    form = accepted(asked.call.accept, forms_of(made))
    match form:
        case "application/json":
            return record(made.to_dict(), asked)
        case "text/csv":
            content: str | bytes = made.to_csv(asked.options.get("table"))
        case "text/plain":
            content = made.to_text(all=True)
        case "image/svg+xml":
            content = made.to_svg(**asked.left("table"))
        case _:
            content = getattr(made, METHODS[form])()
    return _whole(form, content)


def record(values: Mapping[str, Any], asked: Asked) -> Reply:
    """An answer in JSON, with the day from which it judges."""
    day = {"today": asked.options["today"].isoformat()} if "today" in asked.options else {}
    return Reply(200, JSON, encoded({**day, **values}))


def _whole(media: str, content: str | bytes) -> Reply:
    return Reply(200, media, content.encode() if isinstance(content, str) else content)


def drawn(asked: Asked) -> Reply:
    """A drawing, in the format of the query or else of the header."""
    from toc.render.formats import FORMATS, format_of

    if (name := asked.options.get("format")) is None:
        names = {format.media_type: format.name for format in FORMATS}
        name = names[accepted(asked.call.accept, names)]
    format, file = format_of(None, name), BytesIO()
    asked.theory.draw(file, format=format.name, limits=asked.call.limits, **asked.left("format"))  # type: ignore[arg-type]
    return _whole(format.media_type, file.getvalue())


def narrated(asked: Asked) -> Reply:
    """A theory in words: paragraphs, or a page with headings."""
    from toc.pages.html import as_html
    from toc.pages.markdown import as_markdown
    from toc.prose import narrative_page

    form = accepted(asked.call.accept, ("text/plain", JSON, "text/markdown", "text/html"))
    if form in {"text/plain", JSON}:
        text = asked.theory.narrative(**asked.options)
        return _whole(form, text) if form != JSON else record({"text": text}, asked)
    page = narrative_page(asked.theory, **asked.options)
    return _whole(form, as_markdown(page) if form == "text/markdown" else as_html(page))


def converted(asked: Asked) -> Reply:
    """The same theory as the text of a file, as a workbook, or as a zip of CSV files."""
    theory = asked.theory
    to = one_of("form", asked.options.get("to", "yaml"), ("yaml", "json", "xlsx", "csv"))
    match to:
        case "xlsx":
            return _whole(XLSX, theory.to_xlsx())
        case "csv":
            return _whole(ZIP, theory.to_csv_bundle())
        case "json":
            return _whole(JSON, theory.dumps("json"))
        case _:
            return _whole(YAML, theory.dumps())


def compared(asked: Asked) -> Reply:
    """What changed from the old theory to the new one."""
    return in_form(asked.given["old"].compare(asked.given["new"]), asked)


def merged(asked: Asked) -> Reply:
    """Two versions of a theory, joined."""
    from toc.front import merge

    found = merge(asked.given.get("base"), asked.given["mine"], asked.given["theirs"])
    if accepted(asked.call.accept, forms_of(found)) != JSON:
        return in_form(found, asked)
    return record({**found.to_dict(), **_both(found.theory)}, asked)


def _both(theory: TheoryOfChange) -> dict[str, Any]:
    """A theory for programs, and the text of its file."""
    from toc.files.short_forms import written

    return {"theory": written(theory), "text": theory.dumps()}


def changed(asked: Asked) -> Reply:
    """A text with operations done on it, all of them or none."""
    from toc import editing

    given = dict(asked.given)
    text, ops = given.pop("text", asked.call.stored), given.pop("ops")
    answer = editing.changed(text, ops, today=asked.options["today"], limits=asked.call.limits, **given)
    if answer["ok"]:
        return record(answer, asked)
    return problem("not-done", answer["problems"][0]["message"], **answer)


def kept(asked: Asked) -> Reply:
    """The text under which a theory is stored: YAML as it came, JSON laid over what there was, so that comments stay."""
    text = decode(asked.call.body)
    if asked.call.format == "json":
        rewrites = asked.options.get("allow_rewrite", False)
        try:
            text = asked.theory.dumps(over=asked.call.stored or None, force=rewrites)
        except TheoryError as error:  # about the text that there was
            detail = f"{error.problems[0].message}: allow that with allow_rewrite=true"
            return problem("not-done", detail, rewrites=True)
    return record({"text": text, "title": asked.theory.title}, asked)


def recorded(asked: Asked) -> Reply:
    """The theory with more readings."""
    return record(_both(asked.theory.with_readings(asked.given["readings"], **asked.options)), asked)


def imported(asked: Asked) -> Reply:
    """The theory in a file of another program."""
    from toc.web.brought_in import brought_in

    with held(bounds_of(asked.call.limits)):
        made = brought_in(asked.given["data"], **asked.options)
    return record({"text": made.text, "remarks": list(made.remarks)}, asked)


def exported(asked: Asked) -> Reply:
    """The theory in a standard, with what that cannot hold; or, where its own media type or plain text is asked for, its text."""
    from toc.standards.registry import standard

    form = standard(asked.options["standard"])
    made = asked.theory.export(form.name)
    if (media := accepted(asked.call.accept, dict.fromkeys((JSON, form.media_type, "text/plain")))) != JSON:
        return Reply(200, media, made.text.encode(made.encoding, "xmlcharrefreplace"))
    return record({"text": made.text, **made.losses.to_dict()}, asked)


def guided(asked: Asked) -> Reply:
    """How to measure an activity, or every one."""
    return in_form(asked.theory.guidance(asked.options.get("id")), asked)

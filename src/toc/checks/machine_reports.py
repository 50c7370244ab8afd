"""Problems and findings where they stand in their files, as GitHub and as SARIF 2.1.0 tell them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from toc.checks import Finding, Rule, Severity, all_rules
from toc.checks.rule_pages import rule_markdown, rule_text
from toc.language.text import capital, one_line, sentence
from toc.problems import CODES, UNREADABLE, Path, Problem, dotted


@dataclass(frozen=True, slots=True)
class Placed:
    """A problem or a finding with its line and column, both from 1, or None where no line can be named.

    `path` leads to a finding through the file as its author wrote it, short forms and all; None is the finding's own.
    """

    found: Problem | Finding
    line: int | None = None
    column: int | None = None
    path: Path | None = None

    @property
    def severity(self) -> Severity:
        """How grave it is; a problem always is an error."""
        return Severity.ERROR if isinstance(self.found, Problem) else self.found.severity

    @property
    def sentences(self) -> str:
        """What is wrong and what to do, on one line."""
        if isinstance(self.found, Problem):
            return one_line(self.found.message)
        return f"{sentence(self.found.message)} To fix it: {one_line(self.found.fix)}"

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values: a finding has the keys of a problem, and its own behind them."""
        shared = {"line": self.line, "column": self.column}
        if isinstance(self.found, Problem):
            return {**self.found.to_dict(), **shared}
        found = self.found.to_dict()
        first = {"code": found.pop("code"), "message": found.pop("message"), "path": found.pop("path")}
        if self.path is not None:
            first["path"] = list(self.path)
        return {**first, **shared, "suggestion": None, **found}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file and everything that was found in it. `uri` is its percent-encoded address, relative where it can be."""

    name: str
    uri: str
    found: tuple[Placed, ...]


ANNOTATION_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def as_annotations(files: Iterable[CheckedFile]) -> Iterator[str]:
    """One workflow command for each problem and finding.

    >>> from toc.problems import Problem
    >>> file = CheckedFile("a,b.yaml", "a%2Cb.yaml", (Placed(Problem("TOC017", "the title is empty"), 2, 8),))
    >>> print(*as_annotations([file]))
    ::error file=a%2Cb.yaml,line=2,col=8,title=TOC017::the title is empty
    """
    return (_command(file, placed) for file in files for placed in file.found)


def _command(file: CheckedFile, placed: Placed) -> str:
    found = placed.found
    title = f"{found.code} {found.name}" if isinstance(found, Finding) else found.code
    values = {"file": file.name, "line": placed.line, "col": placed.column, "title": title}
    named = ",".join(f"{key}={_property(str(value))}" for key, value in values.items() if value is not None)
    return f"::{ANNOTATION_LEVELS[placed.severity]} {named}::{_data(placed.sentences)}"


def _data(text: str) -> str:
    r"""The message of a command: what would end it or be read as an escape is escaped.

    >>> _data("100 %\nof them")
    '100 %25%0Aof them'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a property, which a comma or a colon would end."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
FINGERPRINT: Final = "tocFinding/v1"


def as_sarif(files: Iterable[CheckedFile], version: str) -> dict[str, Any]:
    """One run of the program over some files, as plain JSON values.

    Malformed files give results too, whose rules are the codes of their problems. Advice is of the level "note".
    `version` is that of this library.

    >>> from toc.problems import Problem
    >>> file = CheckedFile("my plan.yaml", "my%20plan.yaml", (Placed(Problem("TOC017", "the title is empty"), 2, 8),))
    >>> (result,) = as_sarif([file], "1.0")["runs"][0]["results"]
    >>> result["ruleId"], result["locations"][0]["physicalLocation"]["region"]
    ('TOC017', {'startLine': 2, 'startColumn': 8})
    """
    files = list(files)
    problems = {placed.found.code for file in files for placed in file.found if isinstance(placed.found, Problem)}
    described = [*(_problem_rule(code) for code in CODES if code in problems), *map(_rule, all_rules())]
    places = {rule["id"]: index for index, rule in enumerate(described)}
    run = {
        "tool": {"driver": {"name": "toc", "semanticVersion": version, "rules": described}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": problems.isdisjoint(UNREADABLE)}],
        "results": [result for file in files for result in _results(file, places)],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    page = rule.page
    level = rule.grades.plan
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.what},
        "help": {"text": rule_text(rule), "markdown": rule_markdown(rule)},
        "defaultConfiguration": {"enabled": level is not None, "level": LEVELS[level or Severity.ADVICE]},
        "properties": {"tags": [rule.group]},
    }


def _problem_rule(code: str) -> dict[str, Any]:
    meaning = CODES[code]
    return {
        "id": code,
        "name": meaning.replace("`", "").replace(" ", "-").lower(),
        "shortDescription": {"text": sentence(capital(meaning))},
        "fullDescription": {"text": f"The file makes no theory: {meaning}."},
        "help": {"text": "The message of each result says what to do."},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["format"]},
    }


def _results(file: CheckedFile, places: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for placed in file.found:
        key = _key(placed.found)
        seen[key] += 1
        yield {
            "ruleId": placed.found.code,
            "ruleIndex": places[placed.found.code],
            "level": LEVELS[placed.severity],
            "message": {"text": placed.sentences},
            "locations": [_location(file, placed)],
            "partialFingerprints": {FINGERPRINT: sha256(f"{key}#{seen[key]}".encode()).hexdigest()[:32]},
        }


def _key(found: Problem | Finding) -> str:
    """What stays the same while other lines of the file change: no line, no position in a list, no figures."""
    names = ".".join(step for step in found.path if isinstance(step, str))
    if isinstance(found, Problem):
        return f"{found.code}|{names}|{found.suggestion or ''}"
    return f"{found.code}|{names}|{','.join(found.nodes)}|{','.join('>'.join(ends) for ends in found.links)}"


def _location(file: CheckedFile, placed: Placed) -> dict[str, Any]:
    artifact = {"uri": file.uri} if ":" in file.uri else {"uri": file.uri, "uriBaseId": "%SRCROOT%"}
    # What is about the file as a whole stands at its first line: a region is what code hosts ask for.
    region = {"startLine": placed.line or 1, **({"startColumn": placed.column} if placed.column else {})}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": artifact, "region": region}}
    if logical := list(_logical(placed.found)):
        location["logicalLocations"] = logical
    return location


def _logical(found: Problem | Finding) -> Iterator[dict[str, str]]:
    """The nodes concerned, the main one first; of a problem the path."""
    if isinstance(found, Finding):
        for id in dict.fromkeys(found.nodes):
            yield {"name": id, "fullyQualifiedName": id, "kind": "object"}
    elif found.path:
        yield {"fullyQualifiedName": dotted(found.path), "kind": "member"}

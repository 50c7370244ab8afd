"""One file read and checked: what was found in it, and where each finding stands."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from toc.cli.streams import bytes_from, name_of
from toc.errors import TheoryError

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.checks import Finding
    from toc.checks.finding_text import Excerpt
    from toc.checks.findings import Findings
    from toc.checks.machine_reports import CheckedFile
    from toc.files.locator import FindingPlaces, Format
    from toc.model.types import Profile


@dataclass(frozen=True)
class Asked:
    """What is asked of the checks."""

    profile: Profile | None = None
    today: date | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def of(self, theory: TheoryOfChange) -> Findings:
        """What is found in a theory."""
        return theory.check(profile=self.profile, today=self.today, select=self.select, ignore=self.ignore)


@dataclass(frozen=True)
class Inspection:
    """A file with its problems, or with its theory and the findings in it."""

    file: str
    error: TheoryError | None = None
    theory: TheoryOfChange | None = None
    findings: Findings | None = None
    text: str = ""
    format: Format = "yaml"

    @property
    def name(self) -> str:
        """What messages call the file."""
        return name_of(self.file)

    @cached_property
    def places(self) -> FindingPlaces:
        """Where findings stand in the text, which is looked over once."""
        from toc.files.locator import FindingPlaces

        return FindingPlaces(self.text, self.format)

    def excerpts(self) -> dict[Finding, Excerpt]:
        """For each finding that has one, the line that it is about."""
        from toc.checks.finding_text import Excerpt

        found = {}
        for finding in self.findings or ():
            if place := self.places.place(finding.path):
                line, column = place
                found[finding] = Excerpt(f"{self.name}:{line}:{column}", line, self.places.line(line, column))
        return found

    def checked(self) -> CheckedFile:
        """Problems and findings with their places, for reports that programs read."""
        from toc.checks.machine_reports import CheckedFile, Placed

        problems = self.error.problems if self.error else ()
        found = [Placed(problem, problem.line, problem.column) for problem in problems]
        for finding in self.findings or ():
            line, column = self.places.place(finding.path) or (None, None)
            found.append(Placed(finding, line, column, self.places.path(finding.path)))
        return CheckedFile(self.name, address(self.file), tuple(found))


def inspected(file: str, read_as: Format | None, asked: Asked) -> Inspection:
    """A file read and checked. Raises ValueError where there is no such profile or rule."""
    import toc
    from toc.files.loader import format_of
    from toc.files.opening import decode

    format: Format = read_as or ("yaml" if file == "-" else format_of(file))
    try:
        text = decode(bytes_from(file), source=name_of(file))
        theory = toc.loads(text, format=format, source=name_of(file))
    except TheoryError as error:
        return Inspection(file, TheoryError(error.problems, source=name_of(file)))
    return Inspection(file, theory=theory, findings=asked.of(theory), text=text, format=format)


def address(file: str) -> str:
    """The percent-encoded address of a file: relative to the folder in which the program runs, where it lies in it."""
    if file == "-":
        return "stdin"
    path = Path(os.path.normpath(Path.cwd() / file))
    if path.is_relative_to(Path.cwd()):
        # What is no UTF-8 in a name is kept as its bytes.
        return quote(os.fsencode(PurePath(path.relative_to(Path.cwd())).as_posix()), safe="/")
    return path.as_uri()

"""SARIF against the official validator, which `npm ci` in `tests/node` installs."""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import toc
from conftest import CI
from toc.checks import RULES, Finding, Severity
from toc.checks.machine_reports import CheckedFile, Placed, as_annotations, as_sarif
from toc.problems import Problem

SYSTEM = {"linux": "linux", "darwin": "darwin", "win32": "win32"}.get(sys.platform, "linux")
VALIDATOR = (
    Path(__file__).parents[1] / "node" / "node_modules" / "@microsoft" / f"sarif-multitool-{SYSTEM}" / "Sarif.Multitool"
)
FINDING = Finding(
    "TOC111",
    "unexplained-link",
    Severity.ADVICE,
    ("readers", "literacy"),
    (("readers", "literacy"),),
    ("outcomes", "readers", "leads_to", "literacy"),
    "50 % of\nit: weak",
    "say why",
)
PROBLEM = Problem("TOC030", "unknown id 'x'", ("outcomes", "a", "leads_to", 0), suggestion="y")


def log_of(*found: Placed, name: str = "my plan.yaml", uri: str = "my%20plan.yaml") -> dict[str, Any]:
    return as_sarif([CheckedFile(name, uri, found)], "0.1.0")


def results(log: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log["runs"][0]["results"]
    return found


@pytest.fixture
def validator() -> Path:
    if VALIDATOR.exists() and platform.machine() in {"x86_64", "AMD64", "arm64"}:
        VALIDATOR.chmod(0o755)  # npm, told to run no scripts of packages, leaves it as a plain file
        return VALIDATOR
    reason = "needs the validator: npm ci in tests/node"
    if CI:
        pytest.fail(reason)
    pytest.skip(reason)


def test_the_official_validator_finds_no_error_in_it(validator: Path, tmp_path: Path) -> None:
    theory = toc.example("rgs-newcastle")
    findings = theory.check(profile="funder", today=date(2026, 9, 1))
    placed = [*(Placed(finding, 3, 7) for finding in findings), Placed(FINDING), Placed(PROBLEM, 2, 1)]
    good, bad = tmp_path / "good.sarif", tmp_path / "bad.sarif"
    log = log_of(*placed)
    good.write_text(json.dumps(log), encoding="utf-8")
    results(log)[0]["line"] = 3
    bad.write_text(json.dumps(log), encoding="utf-8")
    done = subprocess.run([validator, "validate", good, bad], capture_output=True, text=True, check=True)
    told = {file: [line for line in done.stdout.splitlines() if line.startswith(str(file))] for file in (good, bad)}
    # The one thing it always misses, since there is no such address: it says that the file was really looked through.
    assert [re.findall(r"SARIF2005|error \w+", line) for line in told[good]] == [["SARIF2005"]]
    assert any(" error JSON1005: " in line for line in told[bad])


def test_every_rule_is_described_with_the_words_of_its_page() -> None:
    described = log_of()["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == [rule.code for rule in RULES]
    for told, rule in zip(described, RULES, strict=True):
        assert told["shortDescription"]["text"] == rule.page.summary
        assert told["help"]["markdown"].startswith(f"# {rule.code} {rule.name}\n")
        assert "helpUri" not in told


def test_a_result_points_at_its_rule_its_line_and_its_nodes() -> None:
    log = log_of(Placed(FINDING, 3, 7), Placed(PROBLEM, 2, 1))
    finding, problem = results(log)
    described = log["runs"][0]["tool"]["driver"]["rules"]
    for result in (finding, problem):
        assert described[result["ruleIndex"]]["id"] == result["ruleId"]
    assert (finding["level"], problem["level"]) == ("note", "error")
    physical = finding["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "my%20plan.yaml", "uriBaseId": "%SRCROOT%"}
    assert physical["region"] == {"startLine": 3, "startColumn": 7}
    logical = finding["locations"][0]["logicalLocations"]
    assert [place["fullyQualifiedName"] for place in logical] == ["readers", "literacy"]
    assert finding["message"]["text"] == "50 % of it: weak. To fix it: say why"


def test_a_finding_about_the_whole_file_stands_at_its_first_line_and_an_absolute_address_has_no_base() -> None:
    (result,) = results(log_of(Placed(FINDING), uri="file:///a/b.yaml"))
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "file:///a/b.yaml"},
        "region": {"startLine": 1},
    }


def fingerprints(*found: Placed) -> list[str]:
    return [result["partialFingerprints"]["tocFinding/v1"] for result in results(log_of(*found))]


def test_a_fingerprint_stays_when_lines_move_and_tells_equal_findings_apart() -> None:
    (before,) = fingerprints(Placed(FINDING, 3, 7))
    assert fingerprints(Placed(FINDING, 30, 1), Placed(FINDING, 30, 1))[0] == before
    assert len(set(fingerprints(Placed(FINDING, 3, 7), Placed(FINDING, 4, 7), Placed(PROBLEM, 2, 1)))) == 3


def test_a_file_that_could_not_be_read_is_no_success() -> None:
    for found, success in ((Placed(Problem("TOC003", "no")), False), (Placed(PROBLEM), True)):
        (invocation,) = log_of(found)["runs"][0]["invocations"]
        assert invocation["executionSuccessful"] is success


def test_annotations_are_escaped_as_github_reads_them() -> None:
    file = CheckedFile("a,b:c%.yaml", "", (Placed(FINDING, 3, 7), Placed(PROBLEM)))
    assert list(as_annotations([file])) == [
        (
            "::notice file=a%2Cb%3Ac%25.yaml,line=3,col=7,title=TOC111 unexplained-link::"
            "50 %25 of it: weak. To fix it: say why"
        ),
        "::error file=a%2Cb%3Ac%25.yaml,title=TOC030::unknown id 'x'",
    ]

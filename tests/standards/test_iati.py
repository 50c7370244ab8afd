"""IATI: what goes out is valid by the official schema, rules and lists; what comes in is read, or named as lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from lxml import etree

import toc
from strategies import theories, tries

WHO: Final = {
    "identifier": "GB-CHC-1-reading",
    "reporting_org": {"ref": "GB-CHC-1", "type": "22", "name": "The school & friends"},
    "starts": "2024-09-01",
    "status": "2",
    "country": "GB",
    "sector": "11220",
}
EXAMPLES: Final = ("rgs-newcastle", "small-charity", "large-programme")
HOSTILE: Final = '#read("/etc/passwd") *b* $x$ <result type="3"> ]]> &lt;'
SPEC: Final = find_spec("iati")
OFFICIAL: Final = Path(
    ((SPEC and SPEC.submodule_search_locations) or ["pip install --no-deps pyIATI==0.4.1"])[0], "resources"
)
STANDARD: Final = OFFICIAL / "standard" / "2-03"
OWN: Final = "{urn:theory-of-change:1}"


def published(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The theory with all that IATI asks for."""
    return theory.evolve(settings={"iati": WHO})


def theory_of(**kpi: Any) -> toc.TheoryOfChange:
    """A theory with one KPI."""
    whole = {"title": "Reading age", "measures": "readers", **kpi}
    raw = {
        "toc": 1,
        "title": "Reading",
        "goal": "All read",
        "outcomes": {"readers": {"title": "Readers", "leads_to": "goal"}},
    }
    return published(toc.TheoryOfChange.model_validate({**raw, "kpis": {"reading-age": whole}}))


def tree(text: str) -> Any:
    """What stands in a text of XML."""
    return etree.fromstring(text.encode())


def faults(text: str) -> list[str]:
    """What the official schema has against a file."""
    schema = etree.XMLSchema(etree.parse(str(STANDARD / "schemas" / "iati-activities-schema.xsd")))
    schema.validate(tree(text))
    return [error.message for error in schema.error_log]


def broken_rules(text: str) -> list[str]:
    """The official rules that a file breaks: something that must be there, dates in order, how a code may look."""
    rules = json.loads((STANDARD / "rulesets" / "standard_ruleset.json").read_text(encoding="utf-8"))
    found = []
    for where, tests in rules.items():
        for place in tree(text).xpath(where):
            needed = tests.get("atleast_one", {}).get("cases", ())
            found += [f"{where}: {case}" for case in needed if not any(place.xpath(path) for path in case["paths"])]
            ordered = [case for case in tests.get("date_order", {}).get("cases", ()) if case["more"] != "NOW"]
            found += [
                f"{where}: {case}" for case in ordered if _is_late(place.xpath(case["less"]), place.xpath(case["more"]))
            ]
            for case in tests.get("regex_matches", {}).get("cases", ()):
                texts = [
                    value if isinstance(value, str) else value.text
                    for path in case["paths"]
                    for value in place.xpath(path)
                ]
                found += [f"{where}: {text}" for text in texts if not re.fullmatch(case["regex"], text)]
    return found


def _is_late(early: list[str], late: list[str]) -> bool:
    return bool(early and late) and early[0] > late[0]


def codes(name: str) -> set[str]:
    """The codes of an official list."""
    return set(etree.parse(str(STANDARD / "codelists" / f"{name}.xml")).xpath("//codelist-item/code/text()"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_valid_by_schema_rules_and_lists(name: str) -> None:
    text = published(toc.example(name)).export("iati").text
    assert faults(text) == []
    assert broken_rules(text) == []
    whole = tree(text)
    assert set(whole.xpath("//result/@type")) <= codes("ResultType")
    assert set(whole.xpath("//indicator/@measure")) <= codes("IndicatorMeasure")
    assert set(whole.xpath("//indicator/reference/@vocabulary")) <= codes("IndicatorVocabulary")
    assert len(whole.xpath("//indicator")) == len(toc.example(name).kpis)


def test_the_rules_refuse_a_file_without_a_sector() -> None:
    text = published(toc.example("small-charity")).export("iati").text
    assert broken_rules(text.replace('<sector vocabulary="1" code="11220" />', "")) != []


def test_what_the_settings_do_not_say_is_one_problem_each() -> None:
    with pytest.raises(toc.TheoryError) as caught:
        toc.example("small-charity").evolve(settings={"iati": {"identifier": "a", "country": "GB"}}).export("iati")
    paths = [".".join(map(str, one.path)) for one in caught.value.problems]
    assert {one.code for one in caught.value.problems} == {"TOC011"}
    assert paths == [
        *(f"settings.iati.reporting_org.{key}" for key in ("ref", "type", "name")),
        *(f"settings.iati.{key}" for key in ("starts", "status", "sector")),
    ]


@tries(60)
@given(theories())
def test_any_theory_with_a_kpi_is_valid(raw: Any) -> None:
    theory = toc.TheoryOfChange.model_validate(raw)
    settings = {**theory.settings.model_dump(mode="json"), "iati": WHO}
    theory = theory.evolve(settings=settings)
    if theory.kpis:
        text = theory.export("iati").text
        assert faults(text) == []
        assert toc.imported(text, "iati").theory.kpis.keys() == theory.kpis.keys()


def test_a_kpi_that_is_called_goal_keeps_its_id_where_no_goal_is_measured() -> None:
    theory = toc.loads("{toc: 1, title: T, goals: {far: G}, outcomes: {a: A}, kpis: {goal: {title: K, measures: a}}}")
    back = toc.imported(published(theory).export("iati").text, "iati").theory
    assert list(back.kpis) == ["goal"]
    assert list(back.goals) == ["goal-2"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_our_own_file_reads_back_with_every_kpi(name: str) -> None:
    theory = published(toc.example(name))
    made = theory.export("iati")
    back = toc.imported(made.text, "iati")
    lost = {loss.path[1:3] for loss in made.losses if loss.path[0] == "kpis"}
    differing = {
        (id, field)
        for id, kpi in theory.kpis.items()
        for field in type(kpi).model_fields
        if getattr(kpi, field) != getattr(back.theory.kpis[id], field)
    }
    assert differing <= lost
    assert back.theory.settings.iati == theory.settings.iati


def test_periods_end_on_each_date_and_a_near_reading_shares_the_milestones() -> None:
    theory = theory_of(
        baseline={"value": 0, "date": "2025-09-01"},
        target=[{"value": 6, "by": "2026-07-31"}, {"value": 14, "by": "2027-07-31"}],
        frequency="termly",
        readings=[
            {"date": "2026-02-01", "value": 3},
            {"date": "2026-07-15", "value": 5, "n": 34, "note": "Two classes"},
        ],
    )
    periods = tree(theory.export("iati").text).xpath("//period")
    told = [
        (
            one.xpath("string(period-start/@iso-date)"), one.xpath("string(period-end/@iso-date)"),
            one.xpath("target/@value"), one.xpath("actual/@value"), one.xpath("actual/comment/narrative/text()"),
        )
        for one in periods
    ]  # fmt: skip
    assert told == [
        ("2025-09-02", "2026-02-01", [], ["3"], []),
        ("2026-02-02", "2026-07-31", ["6"], ["5"], ["Read on 2026-07-15. Two classes"]),
        ("2026-08-01", "2027-07-31", ["14"], [], []),
    ]


def test_a_first_period_without_a_baseline_is_as_long_as_a_step() -> None:
    theory = theory_of(readings=[{"date": "2026-02-01", "value": 3}], frequency="monthly")
    assert tree(theory.export("iati").text).xpath("string(//period-start/@iso-date)") == "2026-01-02"


def test_what_iati_cannot_hold_is_named_one_by_one() -> None:
    theory = theory_of(
        direction="keep", baseline=3, target=4, codes={"sdg": "4.1.1", "own": "A1"}, measures=["readers", "goal"]
    )
    made = theory.export("iati")
    lost = {loss.place: loss.why for loss in made.losses}
    assert lost["kpis.reading-age.direction"] == "IATI knows more and less, and not a value to be kept"
    for place in ("baseline", "target", "measures", "codes.own"):
        assert f"kpis.reading-age.{place}" in lost
    assert lost["outcomes.readers.leads_to.goal"] == "IATI has no links"
    assert "goals.goal" in lost
    assert tree(made.text).xpath("//reference[@vocabulary='9']/@code") == ["4.1.1"]
    assert not tree(made.text).xpath("//indicator/@ascending")


def test_a_percentage_is_one_and_is_not_added_up() -> None:
    indicator = tree(theory_of(unit="% of pupils").export("iati").text).xpath("//indicator")[0]
    assert (indicator.get("measure"), indicator.get("aggregation-status")) == ("2", "false")


def test_what_would_tell_of_few_people_stays_in_the_office() -> None:
    theory = theory_of(
        level="participation",
        readings=[
            {"date": "2026-07-31", "value": 100},
            {"date": "2026-07-31", "value": 9, "where": {"group": "a"}},
            {"date": "2026-07-31", "value": 91, "where": {"group": "b"}},
        ],
    )
    made = theory.export("iati")
    assert tree(made.text).xpath("//actual/@value") == ["100"]
    assert [loss.what for loss in made.losses if "readings" in loss.path] == ["fewer than 10", "hidden"]


def test_a_title_that_looks_like_markup_is_text() -> None:
    theory = theory_of(title=HOSTILE)
    text = theory.export("iati").text
    assert faults(text) == []
    assert toc.imported(text, "iati").theory.kpis["reading-age"].title == HOSTILE


FOREIGN: Final = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!-- ours -->
<iati-activities version='2.03'  linked-data-default="x">
<iati-activity>
  <iati-identifier>GB-OTHER</iati-identifier>
</iati-activity>
<iati-activity default-currency="GBP">
  <iati-identifier> GB-CHC-1-reading </iati-identifier>
  <title><narrative>Caf\xe9</narrative></title>
  <result type="1"><title><narrative>Theirs</narrative></title></result>
  <crs-add/>
</iati-activity>
</iati-activities>
"""


def test_results_go_into_a_file_that_exists_and_every_other_byte_stays(tmp_path: Path) -> None:
    file = tmp_path / "activities.xml"
    file.write_bytes(FOREIGN.encode("latin-1"))
    theory = theory_of(title="Ma\u00efs \u4e2d")
    theory.export("iati", into=file).save(tmp_path / "once.xml")
    theory.export("iati", into=tmp_path / "once.xml").save(tmp_path / "twice.xml")
    once = (tmp_path / "once.xml").read_bytes()
    assert once == (tmp_path / "twice.xml").read_bytes()
    begin, end = once.index(b"    <result"), once.index(b"  <crs-add/>")
    assert (once[:begin] + once[end:]).decode("latin-1") == FOREIGN
    whole = etree.fromstring(once)
    assert whole.xpath("//iati-activity[2]/result[2]/indicator/title/narrative/text()") == ["Ma\u00efs \u4e2d"]
    assert [one.tag for one in whole.xpath("//iati-activity[2]/*")][-2:] == ["result", "crs-add"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", ""),
        lambda text: text.replace("\n  <crs-add/>\n", "<!-- > --><crs-add/>"),
    ],
    ids=["lines-of-windows", "one-line", "no-line-of-its-own"],
)
def test_a_file_keeps_its_lines_and_writing_into_it_twice_is_writing_once(change: Callable[[str], str]) -> None:
    file = change(FOREIGN)
    theory = theory_of(readings=[{"date": "2026-07-15", "value": 12}])
    once = theory.export("iati", into=file.encode("latin-1")).text
    assert theory.export("iati", into=once.encode("latin-1")).text == once
    begin, end = once.index("<result", once.index("Theirs")), once.rindex("</result>") + len("</result>")
    assert "".join((once[:begin] + once[end:]).split()) == "".join(file.split())
    assert "\r" not in once.replace("\r\n", "")
    assert ("\n" in once.replace("\r\n", "")) is ("\r\n" not in file)


def test_an_empty_result_of_ours_goes_and_what_follows_it_stays() -> None:
    own = '<result xmlns:t="urn:theory-of-change:1" t:id="a>b" type="1"/>'
    theory = theory_of()
    made = theory.export("iati", into=FOREIGN.replace("  <crs-add/>\n", own).encode("latin-1")).text
    assert own not in made
    assert etree.fromstring(made.encode("latin-1")).xpath("count(//iati-activity[2]/result)") == 2


def test_a_file_that_cannot_be_written_into_is_told_in_one_line() -> None:
    with pytest.raises(toc.TheoryError, match=r"the file is written in UTF-16: save it as UTF-8 \[TOC002\]"):
        theory_of().export("iati", into=FOREIGN.replace("ISO-8859-1", "UTF-16").encode("utf-16"))
    for empty in ("<a/>", "<iati-activities><iati-activity/></iati-activities>"):
        with pytest.raises(toc.TheoryError, match="there is no activity in this file"):
            theory_of().evolve(settings={}).export("iati", into=empty.encode())


def test_an_activity_that_is_not_in_the_file_is_told_with_those_that_are() -> None:
    theory = theory_of().evolve(settings={"iati": {"identifier": "GB-CHC-1-readin"}})
    with pytest.raises(toc.TheoryError, match=r"did you mean 'GB-CHC-1-reading'\?.*GB-OTHER, GB-CHC-1-reading"):
        theory.export("iati", into=FOREIGN.encode("latin-1"))
    with pytest.raises(toc.TheoryError, match="one of GB-OTHER, GB-CHC-1-reading"):
        theory.evolve(settings={}).export("iati", into=FOREIGN.encode("latin-1"))


def test_the_results_of_others_become_goal_outcomes_and_outputs() -> None:
    text = """<iati-activities version="2.03"><iati-activity xml:lang="en"><iati-identifier>X-1</iati-identifier>
      <title><narrative>Wells</narrative></title><budget/>
      <result type="3"><title><narrative>Healthy villages</narrative></title>
        <indicator measure="1"><title><narrative>Deaths</narrative></title></indicator></result>
      <result type="1"><title><narrative>Wells dug</narrative></title>
        <indicator measure="2" ascending="0"><title><narrative>Wells that fail</narrative></title>
          <reference vocabulary="9" code="6.1.1"/><reference vocabulary="3" code="HL.8"/>
          <baseline iso-date="2020-01-01" year="2020" value="1,200"/><baseline year="2021" value="9"/>
          <period><period-start iso-date="2020-01-02"/><period-end iso-date="2020-12-31"/>
            <target value="10"/><target value="4"><dimension name="sex" value="f"/></target>
            <actual value="8"><location ref="AF"/><comment><narrative>So far</narrative></comment></actual>
            <actual value="some"/></period></indicator></result>
      <result type="9"><title><narrative>Else</narrative></title></result>
    </iati-activity></iati-activities>"""
    made = toc.imported(text, "iati")
    theory = made.theory
    assert (theory.title, theory.language, [goal.title for goal in theory.goals.values()]) == (
        "Wells",
        "en",
        ["Healthy villages"],
    )
    assert theory.effects("wells-dug") == theory.effects("else") == ("healthy-villages",)
    kpi = theory.kpis["wells-that-fail"]
    assert (kpi.direction, kpi.unit, kpi.codes) == ("down", "%", {"sdg": "6.1.1"})
    assert kpi.baseline == toc.Baseline(value=1200, date="2020-01-01")
    assert kpi.target == toc.Kpi(title="x", measures="y", target={"value": 10, "by": "2020-12-31"}).target
    assert kpi.readings == (toc.Reading(date="2020-12-31", value=8, where={"location": "AF"}, note="So far"),)
    lost = {(loss.path[-1], loss.why) for loss in made.losses}
    assert {why for _, why in lost} == {
        "a KPI has one baseline, of everybody", "targets are of everybody", "a value that is no number",
        "there is no name here for the vocabulary 3", "other results become outcomes", "a theory says nothing of that",
    }  # fmt: skip


def test_without_an_impact_the_activity_stands_for_the_goal_and_that_is_told() -> None:
    made = toc.imported(
        "<iati-activities><iati-activity><title><narrative>Wells</narrative></title></iati-activity></iati-activities>",
        "iati",
    )
    assert made.theory.goals["goal"].title == "Wells"
    assert "stands for the goal" in made.losses[0].why


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "TOC003"),
        ("<a", "TOC003"),
        ("<html/>", "TOC003"),
        (
            "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><iati-activities>&b;</iati-activities>",
            "TOC005",
        ),
        (
            "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><iati-activities>&b;</iati-activities>",
            "TOC005",
        ),
        ("<iati-activities>" + "<a>" * 200 + "</a>" * 200 + "</iati-activities>", "TOC004"),
        (b"<?xml version='1.0' encoding='nonsense'?><iati-activities/>", "TOC002"),
    ],
)
def test_what_is_no_such_file_is_one_problem(text: str | bytes, code: str) -> None:
    with pytest.raises(toc.TheoryError) as caught:
        toc.imported(text, "iati")
    assert [one.code for one in caught.value.problems] == [code]


def official_files() -> list[Path]:
    """The files of the standard's own tests that hold results and should pass."""
    found = sorted(OFFICIAL.glob("test_data/2-0*/**/*.xml"))
    return [path for path in found if "-pass" in str(path) and b"<result" in path.read_bytes()]


def test_every_file_of_the_standards_own_tests_is_read() -> None:
    files = official_files()
    assert len(files) > 50
    for path in files:
        made = toc.imported(path.read_bytes(), "iati")
        assert made.theory.goals, path

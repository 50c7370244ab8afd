"""Every answer has every form: whoever adds an answer adds an example of it here, or the first test fails."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser
from inspect import isabstract
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import toc
from toc.pages.answer import Answer, Rows
from toc.pages.plain_text import columns

THEORY = toc.example("rgs-newcastle").evolve(title="Café").edit("scitt", title="Café des élèves → ça")
OTHER = THEORY.without("partnership-teachers").edit("scitt", participation=14).with_link(
    "sport", "aspirations", confidence="low"
).edit_link("scitt", "new-teachers", confidence="low")  # fmt: skip


def merged(theory: toc.TheoryOfChange, back: toc.TheoryOfChange) -> Answer:
    """What the CSV files of another theory change in one."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "back.zip")
        path.write_bytes(back.to_csv_bundle())
        return theory.merge(path)


JUDGED = THEORY.with_review("spring-2027", frame="practices", date="2027-03-01")
FRAME = replace(toc.frame("spa-obstacles"), title="Café")
EXAMPLES: dict[str, Answer] = {
    "Frame": FRAME,
    "Evaluation": JUDGED.review("autumn-2026", today=date(2026, 9, 1)),
    "ReviewForm": JUDGED.review("autumn-2026", today=date(2026, 9, 1)).form(),
    "ReviewChanges": JUDGED.review("spring-2027", today=date(2026, 9, 1)).since("autumn-2026"),
    "Frames": toc.Frames([FRAME, toc.frame("practices")]),
    "Findings": THEORY.check(today=date(2026, 9, 1), profile="funder"),
    "Guidance": THEORY.guidance("scitt"),
    "GuidanceTable": THEORY.guidance(),
    "MeasurementPlan": THEORY.measurement_plan(),
    "Explanation": THEORY.explain("scitt"),
    "Exposure": THEORY.exposure(),
    "Coverage": THEORY.coverage(),
    "Comparison": THEORY.compare(OTHER),
    "Losses": THEORY.losses("kumu"),
    "Report": THEORY.report(date(2026, 11, 25), sections=["cover", "summary", "measuring", "progress", "unknown"]),
    "Progress": THEORY.progress(today=date(2026, 11, 25)),
    "Benefits": THEORY.benefits(),
    "EvidenceLadder": THEORY.evidence_ladder(),
    "Health": THEORY.health(today=date(2026, 9, 1)),
    "Merged": merged(THEORY, OTHER),
    "Mutuality": THEORY.mutuality(),
    "PartnershipProfile": THEORY.partnership_profile(),
    # Of the styles this one alone has the same columns whatever the KPIs: the others have one for each milestone.
    "Logframe": THEORY.logframe("classic", today=date(2026, 11, 25)),
}
TABLES = [(name, table) for name, answer in EXAMPLES.items() for table in answer.tables]
BOM = "\ufeff"

every_answer = pytest.mark.parametrize("answer", EXAMPLES.values(), ids=EXAMPLES)
every_table = pytest.mark.parametrize(("name", "table"), TABLES)


def kinds(below: Iterable[type[Answer]]) -> Iterator[type[Answer]]:
    """The classes of answers that people are given: those that no other derives from."""
    for one in below:
        deeper = one.__subclasses__()
        yield from kinds(deeper) if deeper else [one]


def test_every_kind_of_answer_has_an_example_here_and_can_be_imported_from_toc() -> None:
    ours = {kind for kind in kinds(Answer.__subclasses__()) if kind.__module__.startswith("toc.")}
    assert {kind.__name__ for kind in ours} == set(EXAMPLES)
    assert {getattr(toc, name) for name in EXAMPLES} == ours
    assert not [kind for kind in ours if isabstract(kind)]


class Texts(HTMLParser):
    """All the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


@every_answer
def test_its_page_is_text_markdown_html_and_a_notebook_s_display(answer: Answer) -> None:
    assert str(answer) == answer.to_text()
    assert max(columns(line) for line in answer.to_text(60).splitlines()) <= 60 or isinstance(answer, toc.Findings)
    assert "Café" in answer.to_text() or isinstance(answer, toc.Findings)
    assert answer.to_markdown().startswith("# ")
    assert "Café" in answer.to_markdown()
    assert answer.to_html().startswith("<!doctype html>")
    shown = Texts()
    shown.feed(answer._repr_html_())
    assert shown.text.count("\n") > 5


@every_answer
def test_its_record_is_json_and_the_same_as_the_dict(answer: Answer) -> None:
    assert json.loads(answer.to_json()) == json.loads(json.dumps(answer.to_dict()))
    assert "Café" in answer.to_json() or isinstance(answer, toc.Explanation)


@every_answer
def test_its_dict_holds_nothing_but_what_json_has(answer: Answer) -> None:
    """Some writers of JSON refuse what derives from a number or a text."""
    assert set(types_in(answer.to_dict())) <= {dict, list, tuple, str, int, float, bool, type(None)}


def types_in(value: object) -> Iterator[type]:
    yield type(value)
    if isinstance(value, (dict, list, tuple)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from types_in(part)


@every_table
def test_a_table_has_the_same_rows_in_csv_and_pandas(name: str, table: str) -> None:
    pytest.importorskip("pandas")
    answer = EXAMPLES[name]
    frame, text = answer.to_pandas(table), answer.to_csv(table)
    heading, *rows = csv.reader(StringIO(text.removeprefix(BOM)))
    assert len(frame) == len(rows)
    assert len(set(heading)) == len(heading) <= len(frame.columns)
    assert all(heading)
    assert {len(row) for row in rows} <= {len(heading)}


@every_table
def test_a_table_keeps_its_columns_where_it_has_no_row(name: str, table: str) -> None:
    pytest.importorskip("pandas")
    bare = toc.loads("{toc: 1, title: T, goal: G, activities: {scitt: {title: A, leads_to: []}}}")
    unjudged = replace(JUDGED.review("spring-2027"), statements=Rows((), {}))
    empty: dict[str, Answer] = {
        "Frame": replace(FRAME, statements=Rows((), {})),
        "Frames": toc.Frames([]),
        "Findings": bare.check(select="TOC165"),
        "Report": bare.report(date(2026, 11, 25), sections="summary"),
        "Guidance": bare.guidance("scitt"),
        "GuidanceTable": toc.loads("{toc: 1, title: T, goal: G}").guidance(),
        "MeasurementPlan": toc.loads("{toc: 1, title: T, goal: G}").measurement_plan(),
        "Explanation": bare.explain("scitt"),
        "Exposure": bare.exposure(),
        "Coverage": bare.coverage(),
        "Comparison": bare.compare(bare),
        "Evaluation": unjudged,
        "ReviewForm": unjudged.form(),
        "ReviewChanges": toc.ReviewChanges(unjudged, unjudged),
        "Progress": bare.progress(today=date(2026, 11, 25)),
        "Benefits": THEORY.benefits(),
        "EvidenceLadder": THEORY.evidence_ladder(),
        "Health": bare.health(today=date(2026, 9, 1)),
        "Merged": merged(bare, bare),
        "Mutuality": toc.loads("{toc: 1, title: T, goal: G}").mutuality(),
        "PartnershipProfile": toc.loads("{toc: 1, title: T, goal: G}").partnership_profile(),
        "Losses": toc.imported(toc.example("small-charity").export("kumu").text, "kumu").losses,
        "Logframe": bare.logframe("classic", today=date(2026, 11, 25)),
    }
    full, none = EXAMPLES[name].to_pandas(table), empty[name].to_pandas(table)
    assert list(none.columns) == list(full.columns)
    assert list(none.dtypes) == list(full.dtypes)
    assert empty[name].to_csv(table).splitlines()[0] == EXAMPLES[name].to_csv(table).splitlines()[0]


@every_answer
def test_without_a_name_it_is_the_first_table(answer: Answer) -> None:
    assert answer.to_csv() == answer.to_csv(answer.tables[0])


@every_answer
def test_an_unknown_table_is_named_with_the_choices_and_the_nearest(answer: Answer) -> None:
    first = answer.tables[0]
    for form in (answer.to_csv, answer.to_pandas):
        with pytest.raises(toc.OptionError, match=f"there is no table .*{', '.join(answer.tables)}") as refused:
            form(first[:-1] + "x")
        assert f"did you mean {first!r}?" in str(refused.value)


@every_table
def test_a_csv_file_begins_with_one_byte_order_mark_and_excel_reads_its_accents(
    name: str, table: str, tmp_path: Path
) -> None:
    pandas = pytest.importorskip("pandas")
    text = EXAMPLES[name].to_csv(table)
    assert text.startswith(BOM)
    assert text.count(BOM) == 1
    path = tmp_path / "answer.csv"
    path.write_text(text, encoding="utf-8", newline="")
    assert path.read_bytes()[:6].count(b"\xef\xbb\xbf") == 1
    back = pandas.read_csv(path)
    assert list(back.columns) == text.removeprefix(BOM).splitlines()[0].split(",")


def test_a_table_says_titles_to_people_and_ids_to_programs() -> None:
    pytest.importorskip("pandas")
    changes = EXAMPLES["Comparison"]
    frame = changes.to_pandas("links")
    assert ["added", "sport", "aspirations"] in frame[["change", "source", "target"]].to_numpy().tolist()
    fields = changes.to_pandas().set_index("id").loc["scitt"]
    assert (fields["field"], fields["old"], fields["new"]) == ("participation", "low", 14)
    assert "changed,activity,Café des élèves → ça,scitt,participation,low,14\r\n" in changes.to_csv()
    assert "scitt" in EXAMPLES["Explanation"].to_pandas()["way"][0]
    assert "Café des élèves → ça → " in EXAMPLES["Explanation"].to_csv()
    exposure = toc.example("rgs-newcastle").exposure()
    assert exposure.to_pandas("losses")["node"][0] == "reading-volunteers"
    assert "reading-volunteers" not in exposure.to_csv("losses")


def test_dates_are_dates_in_pandas_and_iso_in_csv() -> None:
    pytest.importorskip("pandas")
    theory = toc.example("small-charity").with_link(
        "afternoons", "friendships", assumptions=[{"text": "People come back", "by": "2027-07-31"}]
    )
    exposure = theory.exposure()
    assert exposure.to_pandas("untested")["by"][0] == datetime(2027, 7, 31)  # noqa: DTZ001  # a day has no zone
    (row,) = csv.DictReader(StringIO(exposure.to_csv("untested").removeprefix(BOM)))
    assert (row["By"], row["Assumption"]) == ("2027-07-31", "People come back")

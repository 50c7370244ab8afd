"""The theory people hold: the model's values and edits, with everything that can be done with them a tab away.

Each method only hands over to the function that does the work, imported when it is called.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import partial
from typing import IO, TYPE_CHECKING, Any, Literal, Self, TypeVar, Unpack, overload

from toc.draw_options import Looks, Options, StrPath, naming
from toc.errors import OptionError, as_given, day_of, name_or_none, path_to, text_of, warn, yes_or_no
from toc.model import Theory
from toc.model.types import PLURALS

if TYPE_CHECKING:
    import graphviz
    import networkx as nx
    import pandas as pd
    import polars as pl
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from toc.analysis import Coverage, Explanation, Exposure
    from toc.checks import Findings
    from toc.comparisons import Comparison
    from toc.diagram import Diagram
    from toc.editing import FromOutline
    from toc.files.locator import Format
    from toc.guidance import Guidance, GuidanceTable, MeasurementPlan
    from toc.limits import Limits
    from toc.merging.merged import Merged
    from toc.model.nodes import Kpi
    from toc.model.types import Profile
    from toc.monitoring import Progress
    from toc.monitoring.recording import Recorded
    from toc.notebook import Explorer
    from toc.partnership import Frame, Mutuality, PartnershipProfile
    from toc.partnership.benefits import Benefits
    from toc.partnership.evaluation import Evaluation
    from toc.partnership.health import Health
    from toc.partnership.ladder import EvidenceLadder
    from toc.render.formats import Picture, Subject
    from toc.reports import Logframe
    from toc.reports.report import Report
    from toc.reports.result_levels import Style
    from toc.standards import Export, Import, Losses

Writing = str | bytes | bytearray | memoryview
T = TypeVar("T", bound="TheoryOfChange")
L = TypeVar("L", Looks, Options)


class TheoryOfChange(Theory):
    """A theory of change: goals, pillars, outcomes, outputs, activities and KPIs, joined by causal links.

    It is valid by construction and never changes; edits make another theory. Make one with `toc.load`, `toc.loads`,
    `toc.sketch`, `toc.example` or `TheoryOfChange.model_validate`.

    >>> import toc
    >>> theory = toc.loads(
    ...     "{toc: 1, title: Reading, goal: Every child reads, activities: {clubs: {title: Clubs, leads_to: goal}}}"
    ... )
    >>> theory.effects("clubs")
    ('goal',)
    """

    # Files

    def save(
        self, path: StrPath, *, format: Format | None = None, force: bool = False, if_unchanged: str | None = None
    ) -> None:
        """Write the theory to a file; over an existing YAML file, only the lines that changed.

        The file is written beside its place and then moved there, so it is never half written. A file that says the
        same already, in the same order, is left alone.

        Args:
            path: where to; `.yaml`, `.yml` or `.json` tells the format unless `format` does.
            format: "yaml" or "json".
            force: also over a file with mistakes, over one that was changed since this theory, or the one it was
                edited from, was read from it or saved there, and where comments in the file would be lost.
            if_unchanged: the `digest()` that the theory in the file must have, whatever this theory was read from;
                `force` makes no exception to it.

        Raises:
            TheoryError: the file cannot be written (TOC001), or something in it would be lost (TOC006); then nothing
                is written.

        >>> import toc, tempfile, pathlib
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "my.yaml")
        ...     toc.example("small-charity").save(path)
        ...     toc.load(path) == toc.example("small-charity")
        True

        """
        from toc.files import saver

        over = yes_or_no("force", force)
        saver.save(self, path_to(path), format=format, force=over, if_unchanged=if_unchanged)

    def dumps(self, format: Format = "yaml", *, over: str | None = None, force: bool = False) -> str:
        r"""The theory as text, in the author's order; the same theory always gives the same text.

        Args:
            format: "yaml" or "json".
            over: a text of a theory to change as little as may be, as `save` changes a file: of YAML its comments, its
                quotes and every line that says the same stay. JSON is written anew.
            force: also where comments in `over` would be lost.

        Raises:
            TheoryError: `over` has mistakes, or comments in it would be lost (TOC006).

        >>> import toc
        >>> print(toc.example("small-charity").dumps().splitlines()[0])
        toc: 1
        >>> text = "toc: 1\ntitle: Reading  # for now\ngoal: Every child reads\n"
        >>> print(toc.loads(text).evolve(title="Reading partners").dumps(over=text).splitlines()[1])
        title: Reading partners  # for now
        """
        from toc.files import saver

        return saver.dumps(self, format=format, over=over, force=yes_or_no("force", force))

    def digest(self) -> str:
        """What the theory says, order included, as 64 hexadecimal digits: the SHA-256 of `dumps("json")` in UTF-8.

        Two theories have the same digest if `dumps` writes the same for both, however their files are written. It
        depends on nothing else: a YAML file and a JSON file of the same theory give the same one, on every machine.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> theory.digest() == toc.loads(theory.dumps("json"), format="json").digest()
        True
        >>> theory.digest() == theory.evolve(outcomes=dict(reversed(theory.outcomes.items()))).digest()
        False
        """
        from toc.files import saver

        return saver.digest(self)

    # The graph

    def causes(self, id: str) -> tuple[str, ...]:
        """What leads straight to a node, feedback included, in the author's order.

        >>> import toc
        >>> "scitt" in toc.example("rgs-newcastle").causes("new-teachers")
        True
        """
        from toc import ways

        return ways.causes(self, id)

    def effects(self, id: str) -> tuple[str, ...]:
        """What a node leads straight to, feedback included, in the author's order.

        >>> import toc
        >>> toc.example("rgs-newcastle").effects("scitt")
        ('new-teachers',)
        """
        from toc import ways

        return ways.effects(self, id)

    def paths(self, id: str, to: str | None = None, *, limit: int | None = None) -> Iterator[tuple[str, ...]]:
        """Every way from a node to the goals, or to one node; each is found when it is asked for.

        Feedback links are not followed. There may be very many: `count_paths` tells how many without listing them, and
        with a `limit` the iterator ends after so many.

        >>> import toc
        >>> next(toc.example("rgs-newcastle").paths("scitt"))[-1] in toc.example("rgs-newcastle").goals
        True
        """
        from toc import ways

        return ways.paths(self, id, to, limit)

    def count_paths(self, id: str, to: str | None = None) -> int:
        """How many ways lead from a node to the goals, or to one node, however many there are.

        >>> import toc
        >>> toc.example("small-charity").count_paths("goal")
        0
        """
        from toc import ways

        return ways.count_paths(self, id, to)

    def layers(self) -> tuple[tuple[str, ...], ...]:
        """Every node but the KPIs by causal depth: first those that nothing leads to, each after all its causes.

        >>> import toc
        >>> toc.example("small-charity").layers()[-1]
        ('goal',)
        """
        from toc import ways

        return ways.layers(self)

    def kpis_of(self, id: str) -> tuple[Kpi, ...]:
        """The KPIs that measure a node, in the author's order.

        >>> import toc
        >>> [kpi.id for kpi in toc.example("rgs-newcastle").kpis_of("new-teachers")][0]
        'graduating-trainees'
        """
        from toc import ways

        return ways.kpis_of(self, id)

    def pillar_of(self, id: str) -> str | None:
        """The pillar in whose column a node stands: the declared one, else the nearest that it leads to.

        A KPI stands with the first node that it measures; a goal stands in no column.

        >>> import toc
        >>> toc.example("rgs-newcastle").pillar_of("scitt")
        'cpd'
        """
        from toc import ways

        return ways.pillar_of(self, id)

    def to_networkx(self, *, flat: bool = False) -> nx.DiGraph[str]:
        """The theory as a networkx graph: a node for every node, KPIs included, with plain JSON values.

        Links are edges of `kind="leads_to"`, and a KPI points at what it measures with `kind="measures"`. Attributes
        that begin with `toc_` are derived and are ignored by `from_networkx`.

        Args:
            flat: for files of other programs. Every attribute is text, a number or a flag, so that networkx can write
                the graph as GraphML, GML and GEXF: the columns of `to_pandas` for each kind and for the links, with
                several names as "a; b", dates as text and `x-…` keys as `x_…`. `from_networkx` takes the other form back.

        >>> import toc
        >>> graph = toc.example("small-charity").to_networkx()
        >>> graph.nodes["goal"]["kind"]
        'goal'
        """
        from toc import networks

        return networks.to_networkx(self, flat=flat)

    @classmethod
    def from_networkx(cls, g: nx.DiGraph[str]) -> Self:
        """The theory that a networkx graph stands for, whether it came from `to_networkx` or was made by hand.

        Raises:
            TheoryError: with everything that is wrong in the graph.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> toc.TheoryOfChange.from_networkx(theory.to_networkx()) == theory
        True

        """
        from toc import networks

        return networks.from_networkx(g, into=cls)

    def to_pandas(self, table: str = "nodes", *, today: date | None = None) -> pd.DataFrame:
        """One table of the theory as a pandas DataFrame: "nodes", "goals", …, "kpis", "links", "readings", "progress", "benefits".

        Args:
            table: its name.
            today: for "progress", the day from which dates are judged; without it the present day.

        Raises:
            MissingExtraError: pandas is not installed.
            OptionError: there is no such table.

        >>> import toc
        >>> list(toc.example("small-charity").to_pandas("links").columns)[:2]
        ['source', 'target']

        """
        from toc import data_frames

        return data_frames.to_pandas(self, table, _today() if today is None else today)

    def to_polars(self, table: str = "nodes", *, today: date | None = None) -> pl.DataFrame:
        """One table of the theory as a polars DataFrame: the same tables, rows and columns as `to_pandas`.

        Raises:
            MissingExtraError: polars is not installed.
            OptionError: there is no such table.

        >>> import toc
        >>> toc.example("small-charity").to_polars("kpis").height
        1

        """
        from toc import data_frames

        return data_frames.to_polars(self, table, _today() if today is None else today)

    # Readings

    def with_reading(  # noqa: PLR0913  # what a reading is made of
        self,
        kpi: str,
        value: float,
        *,
        date: date | str,
        where: Mapping[str, str] | None = None,
        n: int | None = None,
        note: str | None = None,
        replace: bool = False,
        today: date | None = None,
    ) -> Self:
        """The theory with one more reading of a KPI, behind those that it has.

        A reading of the same day and the same people that says the same changes nothing; where it has another `n` or
        note, a `TocWarning` says that they are not written.

        Args:
            kpi: its id, or its title where only one bears it.
            value: in the KPI's unit.
            date: the day of the measurement, not after `today`.
            where: of whom, where that is not everybody: `{"group": "disadvantaged"}`.
            n: on how many people or things the value rests.
            note: what should be known of it.
            replace: put it in the place of a reading of that day and those people that has another value.
            today: without it the present day.

        Raises:
            TheoryError: something of it is wrong, or the KPI has another value of that day and those people (TOC037).

        >>> import datetime, toc
        >>> today = datetime.date(2027, 9, 1)
        >>> theory = toc.example("rgs-newcastle").with_reading("reading-age", 13, date="2027-07-15", today=today)
        >>> theory.kpis["reading-age"].readings[-1]
        Reading(date=datetime.date(2027, 7, 15), value=13.0)

        """
        from toc.spreadsheet import reading_files

        stated = {"kpi": kpi, "value": value, "date": date, "where": where, "n": n, "note": note}
        day = _today() if today is None else day_of(today)
        over = yes_or_no("replace", replace)
        return _recorded(reading_files.with_one(self, stated, replace=over, today=day))

    def with_readings(
        self,
        rows: Any,
        *,
        replace: bool = False,
        dates: Literal["day-first", "month-first"] | None = None,
        today: date | None = None,
    ) -> Self:
        """The theory with the readings of a table, or of a file, behind those that its KPIs have.

        In a long table each row is a reading: `kpi` (id or title), `date`, `value`, and where there is more to say
        `n`, `note` and `where_…`, such as `where_group`. In a wide table, without `kpi`, each row is a day: `date`, and a
        column for each KPI. What the theory says already changes nothing, so that doing it twice is doing it once.

        Args:
            rows: a DataFrame of pandas or polars, mappings, or the path of a `.csv` or `.xlsx` file.
            replace: put readings in the place of those of the same day and people that have another value.
            dates: what comes first in 03/04/2027, where no day above 12 in the table shows it; 2027-04-03 is always
                understood.
            today: the day after which nothing can have been measured; without it the present day.

        Raises:
            TheoryError: with every problem, by cell, or by row and column; then nothing is recorded.
            OptionError: `rows` is no table.
            MissingExtraError: the extra `xlsx` is not installed, and the file is a workbook.

        >>> import datetime, toc
        >>> theory, today = toc.example("rgs-newcastle"), datetime.date(2027, 9, 1)
        >>> theory.with_readings(theory.to_pandas("readings"), today=today) == theory
        True

        """
        from toc.spreadsheet import reading_files

        day = _today() if today is None else day_of(today)
        over = yes_or_no("replace", replace)
        return _recorded(reading_files.with_table(self, rows, replace=over, order=dates, today=day))

    # Checking

    def to_xlsx(self) -> bytes:
        """The theory as an Excel workbook to change and give back: one sheet a kind, with dropdowns and notes.

        Settings, who agreed, sources of funding, the reasons of gifts and gains, and what stands under `x-…` keys and is no
        single value, stay in the file alone. `merge` joins what comes back.

        Raises:
            MissingExtraError: the extra `xlsx` is not installed.

        >>> import toc
        >>> toc.example("small-charity").to_xlsx()[:2]
        b'PK'
        """
        from toc.spreadsheet.workbook import to_xlsx

        return to_xlsx(self)

    def to_csv_bundle(self) -> bytes:
        """The sheets of the workbook as CSV files in a zip, for programs that read no workbooks.

        >>> import io, toc, zipfile
        >>> bundle = zipfile.ZipFile(io.BytesIO(toc.example("small-charity").to_csv_bundle()))
        >>> bundle.namelist()[:3]
        ['Theory.csv', 'Outcomes.csv', 'Activities.csv']
        """
        from toc.spreadsheet.workbook import to_csv_bundle

        return to_csv_bundle(self)

    def merge(
        self,
        path: StrPath,
        *,
        take: Literal["workbook", "file"] | None = None,
        delete: bool = False,
        keep: Collection[str] = (),
    ) -> Merged[Self]:
        """What a workbook that comes back changes, joined with what this theory says now; nothing is saved.

        A cell that still says what was written into it changes nothing, so that whatever this theory changed meanwhile
        stays. Where both changed the same field into something else there is a conflict, and `theory` keeps what it had.

        Args:
            path: an .xlsx file that `to_xlsx` made, or a zip or a folder with CSV files as `to_csv_bundle` makes them.
            take: "workbook" or "file", whose word counts where both changed something.
            delete: whether things whose rows are gone are taken out; else they are kept and told.
            keep: headings of columns of people's own, to be kept under `x-…` keys.

        Raises:
            TheoryError: every cell that cannot be read, with its sheet; or the file is no workbook.
            MissingExtraError: the extra `xlsx` is not installed.
            OptionError: an argument is of the wrong type.

        >>> import pathlib, tempfile, toc
        >>> theory = toc.example("small-charity")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     back = pathlib.Path(folder, "back.xlsx")
        ...     _ = back.write_bytes(theory.to_xlsx())
        ...     theory.edit("advice-table", participation=40).merge(back)
        <Merged: no changes, no conflicts>
        """
        from toc.spreadsheet.workbook import merged

        return merged(self, path_to(path), take=take, delete=yes_or_no("delete", delete), keep=keep)

    def updated(self, path: StrPath, *, sheets: Collection[str] = (), delete: bool = False) -> Merged[Self]:
        r"""This theory with what a spreadsheet of other people's says of it, such as a log that comes every term.

        A row is known by its id, or else by the only title of its kind that equals its own. What the row says is taken, and
        what it leaves empty means nothing. Links are added where the theory does not lead there by any way, and none
        is taken away. Nothing is saved.

        Args:
            path: a workbook (.xlsx) or a CSV file, with headings as `toc new --from` knows them.
            sheets: the sheets of the workbook to read; else the first that lists activities, and those headed like it.
            delete: whether things that no row names any more are taken out; else they are kept and told.

        Raises:
            TheoryError: every cell that cannot be read, and every row that fits two things (TOC039).
            MissingExtraError: it is a workbook, and the extra `xlsx` is not installed.
            OptionError: an argument is of the wrong type, or there is no such sheet.

        >>> import pathlib, tempfile, toc
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     log = pathlib.Path(folder, "log.csv")
        ...     _ = log.write_text("Ref,Activity,Pupils\nadvice-table,Advice table,40\n", encoding="utf-8")
        ...     found = toc.example("small-charity").updated(log)
        >>> [(change.field, change.old, change.new) for change in found.changes]
        [('title', 'Advice table for bills and health', 'Advice table'), ('participation', 25, 40)]

        """
        from toc.spreadsheet.updating import updated

        return updated(self, path_to(path), sheets, delete=yes_or_no("delete", delete))

    def check(
        self,
        *,
        profile: Profile | None = None,
        today: date | None = None,
        select: Collection[str] = (),
        ignore: Collection[str] = (),
    ) -> Findings:
        """What a critical friend would say: every weakness that the rules find, with why it matters and how to fix it.

        A weakness is no error: this never raises because of what stands in the theory. Findings that the file answers
        for under `settings.checks.silence` are left out.

        Args:
            profile: how much is asked for: "sketch", "plan" or "funder"; without it what the file says, else "plan".
            today: the day from which dates are judged; without it the present day.
            select: the only rules to follow, by code ("TOC121"), beginning of a code ("TOC12") or name.
            ignore: rules to leave out, likewise.

        Raises:
            OptionError: there is no such profile or rule, or `today` is no date.

        >>> import datetime, toc
        >>> findings = toc.example("small-charity").check(today=datetime.date(2026, 9, 1))
        >>> findings.errors, findings.warnings
        (<Findings: nothing>, <Findings: nothing>)

        """
        from toc import checks

        day = _today() if today is None else today
        found = checks.findings_of(self, today=day, profile=profile, select=select, ignore=ignore)
        return checks.Findings(self, found, profile)

    # Progress

    def progress(self, today: date | None = None, *, small_groups: bool = False) -> Progress:
        """How every KPI stands: what was read, what should have been there by then, and what is not known.

        A KPI is judged on the day of its latest reading by the path from its baseline to its target. What cannot be known
        is said, and never taken for good. Readings of fewer than ten people are not shown, nor those from which
        they could be worked out.

        Args:
            today: the day from which dates are judged; without it the present day. Later readings do not count.
            small_groups: True shows readings of few people as well, and the answer says so.

        Raises:
            OptionError: `today` is no date.

        >>> import datetime, toc
        >>> progress = toc.example("rgs-newcastle").progress(today=datetime.date(2026, 11, 25))
        >>> progress.summary.text
        '4 on track, 2 behind, 5 not known'
        >>> progress["reading-age"].status.value, progress["reading-age"].gap
        ('on-track', 0.0)

        """
        from toc import monitoring

        day = _today() if today is None else today
        return monitoring.Progress(self, day, small_groups=small_groups)

    # The partnership

    def mutuality(self) -> Mutuality:
        """Who gives and who gains: what each activity changes on both sides, as rated, and what answers what helps one only.

        A one-sided activity, high on one side and low on the other, is answered where `reciprocates` joins it to one that
        is not low there, and balanced elsewhere where another with one of the same partners is medium or high there.

        >>> import toc
        >>> found = toc.example("rgs-newcastle").mutuality()
        >>> found.whole, found.sweet_spot
        ('reciprocal', ('reading-volunteers',))

        """
        from toc.partnership.mutuality import mutuality

        return mutuality(self)

    def partnership_profile(self) -> PartnershipProfile:
        """Which of the four types of the SPA guide the facts about the partnership fit, and where they do not.

        Who takes part, who gains and what comes back are worked out where nobody wrote them. A declared `type` changes
        nothing. The types are descriptions and not grades.

        >>> import toc
        >>> toc.example("rgs-newcastle").partnership_profile().types
        (3,)

        """
        from toc.partnership.profile import partnership_profile

        return partnership_profile(self)

    def health(self, today: date | None = None) -> Health:
        """How the partnership stands on a day, by the four pillars of SecEd: eighteen lines, each with what the file says.

        Each line holds, is to be looked at, or is not said where nobody wrote what it looks at. They are counted, and
        never added up. Who takes part stands beneath; groups of fewer than ten are not shown.

        Args:
            today: the day from which dates are judged; without it the present day.

        Raises:
            OptionError: `today` is no day.

        >>> import datetime, toc
        >>> health = toc.example("rgs-newcastle").health(today=datetime.date(2026, 9, 1))
        >>> print(health["years"].state, "|", health["years"].facts[0].text[:56])
        to look at | of 5 activities with dates 2 run for more than 12 months

        """
        from toc.partnership.health import health

        return health(self, _today() if today is None else today)

    # Handing it in

    def logframe(
        self, style: Style = "milestones", *, today: date | None = None, small_groups: bool = False
    ) -> Logframe:
        """The theory as a logframe or a results framework, in the rows and columns that funders ask for.

        Goals are its impact, pillars and outcomes its outcomes; codes such as 1.1 say what stands under what. A KPI
        is written in full under the first node that it measures.

        Args:
            style: "milestones", a block for each result with what was planned and what was achieved; "classic", the
                four columns; "results", one row for each indicator.
            today: the day up to which readings count; without it the present day.
            small_groups: True shows readings of few people as well, and the page says so.

        Raises:
            OptionError: there is no such style, or `today` is no date.

        >>> import datetime, toc
        >>> frame = toc.example("rgs-newcastle").logframe(today=datetime.date(2026, 11, 25))
        >>> frame
        <Logframe milestones: 30 results, 14 indicators>

        """
        from toc import reports

        day = _today() if today is None else today
        return reports.Logframe(self, style, day, small_groups=small_groups)

    def report(
        self,
        today: date | None = None,
        audience: str = "trustees",
        sections: Collection[str] | str | None = None,
        view: str = "pillars",
    ) -> Report:
        """The theory as a document to hand in: what it is for, the drawing, how it is measured, and what is not known.

        Args:
            today: the day of the report, up to which readings count; without it the present day.
            audience: "governors", one page and the pictures of a deck; "trustees"; "funder", with every KPI of the plan
                and the findings of the profile "funder"; "team", with what is meant for the office.
            sections: only some of "cover", "summary", "drawing", "narrative", "measuring", "plan", "progress", "unknown",
                "partners", "partnership" and "logframe". One about which the theory says nothing says what is missing; partners are left out.
            view: how it is drawn; where the letters would be too small to read, page by page.

        Returns:
            Its `blocks`, and `to_docx(template)`, `to_pdf(paper)`, `to_html()` and `to_markdown()`.

        Raises:
            OptionError: there is no such audience, section or view, or `today` is no date.

        >>> import datetime, toc
        >>> report = toc.example("rgs-newcastle").report(datetime.date(2026, 11, 25), "funder", sections=["unknown"])
        >>> [block.text for block in report.blocks[:2]]
        ['RGS Newcastle school partnerships', 'What we do not know']
        """
        from toc.reports.report import report

        return report(self, _today() if today is None else today, audience, sections, view)

    # Guidance

    @overload
    def guidance(self, id: None = None) -> GuidanceTable: ...
    @overload
    def guidance(self, id: str) -> Guidance: ...
    def guidance(self, id: str | None = None) -> Guidance | GuidanceTable:
        """How to measure an activity, how hard, and what not to claim; without an id, for every activity.

        The rule is that of Smith in SecEd, after Fiennes 2012: the certainty of an activity says how deep to measure,
        its participation how many. Each piece of advice says whether it is the source's or this library's extension.

        Raises:
            TheoryError: there is no activity with that id.

        >>> import toc
        >>> advice = toc.example("rgs-newcastle").guidance("careers-fair")
        >>> print(advice.headline)
        Count who took part and who they were; claim nothing about change
        >>> advice.do_not_claim[0]
        'Do not claim that anyone changed because of this activity: other things change what “Pupils who can name a next step and how to take it” shows, too.'
        >>> toc.example("rgs-newcastle").guidance().summary.by_fit["below"]
        0

        """
        from toc.guidance import GuidanceTable, advised_on

        return GuidanceTable(self) if id is None else advised_on(self, id)

    def measurement_plan(self) -> MeasurementPlan:
        """The plan to take into a first meeting: every KPI, how, by whom and how often, and what is still missing.

        >>> import toc
        >>> plan = toc.example("rgs-newcastle").measurement_plan()
        >>> plan["reading-age"].who, plan["reading-age"].effort.value
        ('Voluntary service coordinator', 'moderate')
        >>> plan.to_csv().count("no baseline yet")
        2
        """
        from toc.guidance import MeasurementPlan

        return MeasurementPlan(self)

    def with_suggested_kpis(self, id: str) -> Self:
        """The theory with the KPIs that are suggested for an activity, as drafts to agree on.

        A KPI of learning or attainment measures the first direct outcome, where there is one; all others measure the
        activity. Those that are there already are left as they are, so that doing it twice changes nothing.

        Raises:
            TheoryError: there is no activity with that id.

        >>> import toc
        >>> theory = toc.example("small-charity").with_suggested_kpis("advice-table")
        >>> [kpi.status for kpi in theory.kpis_of("advice-table")]
        ['draft', 'draft']

        """
        from toc.guidance import with_suggested_kpis

        return with_suggested_kpis(self, id)

    def plot_certainty_participation(self, ax: Axes | None = None) -> Axes:
        """Draw the activities on the grid of certainty and participation that decides how to measure them.

        Each stands in its cell as a point with its title, or with a number and the title beside the grid where there
        are too many. Shape and colour say how its KPIs stand to the advice; only the cell to redesign is shaded.
        Activities without certainty or participation are listed beneath.

        Args:
            ax: where to draw, without a title; everything is arranged for the size it has now. Without it the chart
                makes a figure of its own, A4 or larger, that pyplot does not know; `ax.figure.savefig("chart.pdf")`
                keeps it.

        Returns:
            The axes. Cells are one unit wide and high, the lowest at the origin. Those of a figure of the chart's own
            are the chart in a notebook, as the last line of a cell; those that were handed over are shown as ever.

        Raises:
            DrawingError: the axes are too small for so many activities.
            MissingExtraError: matplotlib is not installed.

        >>> import toc
        >>> ax = toc.example("rgs-newcastle").plot_certainty_participation()
        >>> sum(len(points.get_offsets()) for points in ax.collections)
        13

        """
        from toc import charts

        return charts.plot_certainty_participation(self, ax)

    def plot_progress(
        self, *kpis: str, today: date | None = None, columns: int | None = None, small_groups: bool = False
    ) -> Figure | list[Figure]:
        """Draw how KPIs stand as small multiples on a page as wide as A4, a panel for each; all of them without ids.

        A panel has the path to the target with the band in which a value is still on track, the baseline as a bar, milestones
        as diamonds, the readings of everybody, the latest of them in bold, and the day. Readings of a part of the
        people are drawn where they can be compared with those of all: of a percentage, and of what is measured before and after;
        else they are listed beneath. Those of few people are left out, as `progress` says.

        Args:
            *kpis: ids or titles of KPIs.
            today: the day from which dates are judged; without it the present day. Later readings are not drawn.
            columns: how many panels stand side by side, at most 6; as many as there is room for unless it says otherwise.
            small_groups: True shows readings of few people as well, and the page says so.

        Returns:
            A figure that pyplot does not know, and that a notebook shows; of more than 24 panels a list of figures.

        Raises:
            TheoryError: there is no KPI with that id.
            OptionError: `today` is no date, or `columns` no such number.
            MissingExtraError: matplotlib is not installed.

        >>> import datetime, toc
        >>> figure = toc.example("rgs-newcastle").plot_progress(today=datetime.date(2026, 11, 25))
        >>> len(figure.axes)
        14

        """
        from toc import charts

        return charts.plot_progress(self.progress(today, small_groups=small_groups), kpis, columns)

    def plot_kpi(
        self, id: str, ax: Axes | None = None, today: date | None = None, *, small_groups: bool = False
    ) -> Axes:
        """Draw how one KPI stands, as a panel of `plot_progress`.

        Args:
            id: the id or the title of a KPI.
            ax: where to draw; words are arranged for the size it has now. Without it the chart makes a figure of its own,
                that pyplot does not know; `ax.figure.savefig("chart.pdf")` keeps it.
            today: the day from which dates are judged; without it the present day.
            small_groups: True shows readings of few people as well.

        Returns:
            The axes: days across, values in the KPI's unit up. What is drawn is labelled, for `ax.legend()`.

        Raises:
            TheoryError: there is no KPI with that id.
            OptionError: `today` is no date.
            MissingExtraError: matplotlib is not installed.

        >>> import datetime, toc
        >>> ax = toc.example("rgs-newcastle").plot_kpi("reading-age", today=datetime.date(2026, 11, 25))
        >>> ax.get_title("left"), ax.get_ylabel()
        ('Reading-age gain over the school year', 'months')

        """
        from toc import charts

        return charts.plot_kpi(self.progress(today, small_groups=small_groups), id, ax)

    def plot_mutuality(self, ax: Axes | None = None) -> Axes:
        """Draw how much each activity changes for either side: external to the right, internal upwards.

        The sweet spot, high on both, is outlined. What is one-sided is joined to what answers it, and has another shape
        where nothing does. Many activities are numbers with a list beside. What is not rated on both sides is
        listed beneath.

        Args:
            ax: where to draw, without a title; everything is arranged for the size it has now. Without it the chart makes a
                figure of its own, A4 or larger, that pyplot does not know.

        Returns:
            The axes. Cells are one unit wide and high, the lowest at the origin.

        Raises:
            DrawingError: no activity is rated on both sides, or the axes are too small for so many.
            MissingExtraError: matplotlib is not installed.

        >>> import toc
        >>> ax = toc.example("rgs-newcastle").plot_mutuality()
        >>> sum(len(points.get_offsets()) for points in ax.collections)
        3

        """
        from toc import charts

        return charts.plot_mutuality(self.mutuality(), ax)

    def plot_types(self, ax: Axes | None = None) -> Axes:
        """Draw which of the four types each fact about the partnership fits: a row a dimension, a column a type.

        A square is filled where all that is stated on a dimension fits, and hollow where only some of a mixed one does. The
        type that most dimensions fit is outlined, and a declared one with dashes.

        Args:
            ax: where to draw, without a title; everything is arranged for the size it has now. Without it the chart makes a
                figure of its own, A4 wide or larger, that pyplot does not know.

        Returns:
            The axes: columns at 0, 1, … to the right, rows at 0, 1, … downwards.

        Raises:
            DrawingError: the axes are too small.
            MissingExtraError: matplotlib is not installed.

        >>> import toc
        >>> ax = toc.example("rgs-newcastle").plot_types()
        >>> [patch.get_gid() for patch in ax.patches]
        ['type']

        """
        from toc import charts

        return charts.plot_types(self.partnership_profile(), ax)

    def plot_review(self, id: str | None = None, ax: Axes | None = None, *, since: str | None = None) -> Axes:
        """Draw how each statement of a review was judged: a row for each, a column for each word of the scale.

        Args:
            id: that of the review; without it the newest one.
            ax: where to draw; without it the chart makes a figure of its own, that pyplot does not know.
            since: another review by the same frame, drawn hollow; without it the one before, where there is one.

        Returns:
            The axes: words across, the least first, statements down.

        Raises:
            TheoryError: there is no such review.
            OptionError: `since` judges by another frame.
            MissingExtraError: matplotlib is not installed.

        >>> import toc
        >>> ax = toc.example("rgs-newcastle").plot_review("autumn-2026")
        >>> [text.get_text() for text in ax.texts if text.get_gid() == "head"]
        ['not-yet', 'partly', 'mostly', 'fully']

        """
        from toc import charts

        return charts.plot_review(self, id, ax, since=since)

    # Judging the partnership

    def review(self, id: str, *, today: date | None = None) -> Evaluation:
        """One of the file's reviews: what was judged by its frame, what the file says about it, and what is open.

        Args:
            id: that of the review.
            today: the day from which next steps are overdue; without it the present day.

        Raises:
            TheoryError: there is no such review.
            OptionError: `today` is no date.

        >>> import datetime, toc
        >>> found = toc.example("rgs-newcastle").review("autumn-2026", today=datetime.date(2026, 11, 25))
        >>> found.counts["partly"], found.answers["mutual-benefit"].answer.next_step
        (1, 'Ask five partner heads what they gain and give')

        """
        from toc.partnership.evaluation import evaluation

        return evaluation(self, id, _today() if today is None else day_of(today))

    def with_review(self, id: str, *, frame: str, date: date | str, by: str | Collection[str] = ()) -> Self:
        """The theory with one more review, in which nothing is judged yet.

        Args:
            id: the id that it gets, such as "spring-2027".
            frame: the id of a frame of the library, or of one that stands in the theory.
            date: the day on which it is judged.
            by: who judges: roles, and no names of people.

        Raises:
            TheoryError: the id is taken, there is no such frame in the library or the theory, or `date` is no day.
            OptionError: `by` is no text and no list of texts.

        >>> import toc
        >>> theory = toc.example("rgs-newcastle").with_review("spring-2027", frame="practices", date="2027-03-01")
        >>> len(theory.review("spring-2027").unanswered)
        13

        """
        from toc.partnership import review_edits

        return review_edits.with_review(self, id, frame, date, by)

    def with_frame(self, frame: Frame) -> Self:
        """The theory with a frame that stands in it from then on, so that reviews can judge by it.

        Args:
            frame: what `toc.load_frame` reads, or one that another distribution adds.

        Raises:
            TheoryError: its id is that of a frame of the library, or of another one in the theory.
            OptionError: it is no frame.

        >>> import dataclasses, toc
        >>> ours = dataclasses.replace(toc.frame("lucas"), id="ours")
        >>> toc.example("small-charity").with_frame(ours).frames["ours"].title
        'Independent–state school partnerships: features and success factors'

        """
        from toc.partnership import review_edits

        return review_edits.with_frame(self, frame)

    # Analysis

    def explain(self, id: str, *, to: str | None = None, limit: int = 20) -> Explanation:
        """How a node leads to the goals, or to one node: the ways, their reasons, the strongest and the weakest.

        All ways are counted and at most `limit` are listed. Feedback is not followed. A way is as strong as the lowest
        confidence written on it, which is no probability of success.

        Raises:
            TheoryError: there is no node with that id.
            OptionError: the limit is negative.

        >>> import toc
        >>> found = toc.example("rgs-newcastle").explain("scitt")
        >>> found.ways, found.strongest.nodes
        (3, ('scitt', 'new-teachers', 'cpd', 'goal'))

        """
        from toc.analysis import explained

        return explained(self, id, to=to, limit=limit)

    def exposure(self) -> Exposure:
        """What the theory hangs on: single nodes and links, smallest cuts, untested assumptions, leads and funders.

        >>> import toc
        >>> found = toc.example("rgs-newcastle").exposure()
        >>> [cut.node for cut in found.cuts if len(cut.nodes) == 1]
        ['literacy']
        """
        from toc.analysis import exposed

        return exposed(self)

    def coverage(self) -> Coverage:
        """How many KPIs measure where: by pillar, level and target group, and where nobody measures.

        >>> import toc
        >>> toc.example("small-charity").coverage().unmeasured_levels
        ('participation', 'engagement', 'learning', 'attainment')
        """
        from toc.analysis import covered

        return covered(self)

    # Partners

    def evidence_ladder(self) -> EvidenceLadder:
        """On which rung of evidence each activity stands today, which its KPIs would reach, and which the advice asks for.

        The rungs are none, anecdote (people tell of it), counts, outcomes and comparison. Only readings of everybody count
        as today. A rung says how sturdy what is known is, and not how well an activity works.

        >>> import toc
        >>> ladder = toc.example("rgs-newcastle").evidence_ladder()
        >>> ladder["zones-visits"].today, ladder["zones-visits"].planned, ladder["zones-visits"].asked
        ('anecdote', 'counts', 'outcomes')
        """
        from toc.partnership.ladder import evidence_ladder

        return evidence_ladder(self)

    def benefits(self) -> Benefits:
        """What each partner is said to gain, and what is known today for that partner's people.

        A KPI, or what people tell, counts for a partner when a target group that it is about is that partner's; for others
        than home also when no group says whose people they are. A benefit that is stated has not been shown.

        >>> import toc
        >>> found = toc.example("rgs-newcastle").benefits()
        >>> found.of("attainment", "partner-primaries").known, found.of("complementarity", "partner-primaries").known
        ('outcomes', 'stated')
        """
        from toc.partnership.benefits import benefits

        return benefits(self)

    def plot_evidence(self, ax: Axes | None = None) -> Axes:
        """Draw the ladder of evidence: a row for each activity, a column for each rung.

        A filled dot is today, a ring what the KPIs planned would reach, brackets what the advice asks.

        Args:
            ax: where to draw, without a title; everything is arranged for the size it has now. Without it the chart
                makes a figure of its own, A4 or larger, that pyplot does not know; `ax.figure.savefig("chart.pdf")`
                keeps it.

        Returns:
            The axes: rungs at 0, 1, … to the right, activities at 0, 1, … downwards.

        Raises:
            DrawingError: the axes are too small for so many activities.
            MissingExtraError: matplotlib is not installed.

        >>> import toc
        >>> ax = toc.example("rgs-newcastle").plot_evidence()
        >>> [text.get_text() for text in ax.texts if text.get_gid() == "head"]
        ['none', 'anecdote', 'counts', 'outcomes', 'comparison']

        """
        from toc import charts

        return charts.plot_evidence(self.evidence_ladder(), ax)

    def plot_benefits(self, ax: Axes | None = None) -> Axes:
        """Draw who gains what: a row for each type of benefit and each aim, a column for each partner.

        The shape of a mark says what is known of it today for that partner's people; a hollow one is only stated.

        Args:
            ax: where to draw, without a title; everything is arranged for the size it has now. Without it the chart
                makes a figure of its own, A4 or larger, that pyplot does not know; `ax.figure.savefig("chart.pdf")`
                keeps it.

        Returns:
            The axes: partners at 0, 1, … to the right, home first; rows at 0, 1, … downwards, their headings included.

        Raises:
            DrawingError: the axes are too small for so many partners.
            MissingExtraError: matplotlib is not installed.

        >>> import toc
        >>> ax = toc.example("rgs-newcastle").plot_benefits()
        >>> sum(text.get_text() == "not said" for text in ax.texts)
        7

        """
        from toc import charts

        return charts.plot_benefits(self.benefits(), ax)

    # Comparing

    def export(self, standard: str, *, into: StrPath | bytes | None = None) -> Export:
        r"""The theory in a form that funders and other tools read, with the list of all that it cannot hold.

        Args:
            standard: "iati" (results of an IATI activity), "cids" (Common Impact Data Standard, JSON-LD), "kumu",
                "toc-maker", or what a plug-in adds.
            into: of IATI, a file that exists, or its bytes: the results go into the activity that `settings: iati:`
                identifies, in place of earlier ones of a theory, and every other byte stays. The file itself is not written.

        Returns:
            Its `text`, the `losses`, and `save(path)`.

        Raises:
            OptionError: there is no such standard, or it is only read.
            TheoryError: the settings do not say what the standard asks for (TOC011), one problem for each key.

        >>> import toc
        >>> toc.example("small-charity").export("kumu").text[:14]
        '{\n  "elements"'
        """
        from toc import standards
        from toc.files.opening import read_bytes

        data = into if into is None or isinstance(into, bytes) else read_bytes(path_to(into))
        return standards.export(self, standard, data)

    def losses(self, standard: str) -> Losses:
        """What a standard cannot hold of this theory: a sequence, and a page like every answer.

        >>> import toc
        >>> [loss.place for loss in toc.example("small-charity").losses("toc-maker")][:2]
        ['kpis.new-friends', 'description']
        """
        return self.export(standard).losses

    def compare(self, new: Theory) -> Comparison:
        """What changed from this theory to another one, and which nodes lost support by it: "what if this stops?".

        Raises:
            OptionError: `new` is not a theory.

        >>> import toc
        >>> theory = toc.example("rgs-newcastle")
        >>> [lost.title for lost in theory.compare(theory.without("partnership-teachers")).lost]
        ['Daytime classes and after-school clubs taught']

        """
        from toc import comparisons

        return comparisons.comparison(self, new)

    # Drawing

    @naming(Options)
    def diagram(self, view: str | None = None, **options: Unpack[Options]) -> Diagram:
        """The drawing as a frozen value, before any format: boxes, arrows and groups with their places in points.

        Without a `view`, a theory too large to read is collapsed to its pillars; naming a view always shows it all.
        The options are those of `toc.diagram.Options`: `node`, `steps`, `direction`, and the filters `pillar`, `tag`,
        `target_group` and `kind`; `page`, `search`, `kpis`, `hide` and `audience`.

        Raises:
            OptionError: there is no such view, or an option that does not fit it.

        >>> import toc
        >>> len(toc.example("small-charity").diagram("pillars").boxes)
        7

        """
        from toc import diagram
        from toc.diagram.ladder import warn_of_size

        found = diagram.drawn(self, view, **self._judged(options))
        warn_of_size(found)
        return found

    @naming(Looks)
    def draw(  # noqa: PLR0913  # by name, and each is one thing to ask for
        self,
        target: StrPath | IO[bytes],
        *,
        format: Picture | None = None,
        dpi: int | None = None,
        transparent: bool = False,
        timeout: float | None = None,
        tooltips: bool = True,
        prefix: str | None = None,
        arrows: Literal["glued", "drawn"] | None = None,
        deck: bool | None = None,
        **looks: Unpack[Looks],
    ) -> None:
        """Draw the theory to a file, or to a binary file that is open.

        Args:
            target: a path, whose ending tells the format, or an open binary file.
            format: "svg", "png", "pdf", "html", "pptx", "drawio", "mmd", "graphml", "dot" or one that a plug-in adds,
                for a target without an ending.
            dpi: dots per inch of a PNG, 144 unless it says otherwise.
            transparent: leave the paper out of a PNG.
            timeout: how many seconds the engine that makes a PNG may take, 60 unless it says otherwise.
            tooltips: False leaves out of an SVG what boxes and arrows say when they are pointed at.
            prefix: what every id of an SVG begins with, "toc" unless it says otherwise.
            arrows: those of a PowerPoint slide are "glued" to their boxes, so that they follow one that is moved, unless
                it says "drawn": then they look alike in LibreOffice and Google Slides, and stay where they are.
            deck: True makes several slides or pages, as PPTX, PDF or HTML: an overview, one for each pillar, the KPIs that
                are not told in full there, what is not claimed. A PPTX is one by itself where one slide would be too
                small to read and no view is named, unless this is False.
            **looks: `view`, `theme`, `findings` and the options of `diagram`.

        Raises:
            OptionError: there is no such view, theme, format or option.
            DrawingError: there is no engine to paint a PNG, it failed or took too long, or the file cannot be written.
            MissingExtraError: the format needs an extra that is not installed.

        >>> import io, toc
        >>> file = io.BytesIO()
        >>> toc.example("small-charity").draw(file, format="dot")
        >>> file.getvalue().startswith(b"digraph")
        True

        """
        from toc import drawings

        options: dict[str, object] = {"dpi": dpi, "transparent": transparent, "timeout": timeout}
        options |= {"tooltips": tooltips, "prefix": prefix, "arrows": arrows, "deck": deck}
        drawings.draw(partial(self._subject, looks), target, format, options)

    def _subject(self, looks: Looks, *, page: str = "free", deck: bool | None = None) -> Subject:
        """What is drawn, for a page or as a deck, with the findings of today where they are only asked for."""
        from toc import drawings

        marked: Looks = self._judged(looks)
        if marked.get("findings") is True:
            marked["findings"] = self.check(today=looks.get("today"))
        return drawings.subject_of(self, marked, page=page, deck=deck)

    def _judged(self, options: L) -> L:
        """The options of a drawing with the progress of their day, where it is only asked for."""
        options = options.copy()
        today = options.pop("today", None)
        if options.get("progress") is True:
            options["progress"] = self.progress(today)
        return options

    @naming(Looks)
    def to_svg(self, *, tooltips: bool = True, prefix: str = "toc", **looks: Unpack[Looks]) -> str:
        """The drawing as SVG text, with a title, a description and a name for every box.

        Without `tooltips` nothing shows when a box or an arrow is pointed at, and the text is about half as long. Every
        id begins with `prefix`, a letter and then letters, digits or _: give two drawings in one page two prefixes.

        >>> import toc
        >>> "<svg" in toc.example("small-charity").to_svg()
        True
        """
        from toc import drawings

        return drawings.as_text(self._subject(looks), "svg", tooltips=tooltips, prefix=prefix)

    @naming(Looks)
    def to_png(
        self, *, dpi: int = 144, transparent: bool = False, timeout: float = 60, **looks: Unpack[Looks]
    ) -> bytes:
        """The drawing as a PNG image. `dpi` is lowered where the image would pass 50 million pixels.

        `transparent` leaves the paper out, for a slide that has a ground of its own. `timeout` is how many seconds the
        engine may take, the wait for its turn included.

        >>> import toc
        >>> toc.example("small-charity").to_png()[1:4]
        b'PNG'
        """
        from toc import drawings

        return drawings.as_bytes(self._subject(looks), "png", dpi=dpi, transparent=transparent, timeout=timeout)

    @naming(Looks)
    def to_pdf(self, *, deck: bool = False, **looks: Unpack[Looks]) -> bytes:
        """The drawing as a PDF page with text that can be selected and searched; or a deck, which `draw` tells of.

        Raises:
            MissingExtraError: svglib and reportlab are not installed.

        >>> import toc
        >>> toc.example("small-charity").to_pdf()[:4]
        b'%PDF'

        """
        from toc import drawings

        return drawings.as_bytes(self._subject(looks, deck=deck), "pdf")

    @naming(Looks)
    def to_html(self, *, deck: bool = False, **looks: Unpack[Looks]) -> str:
        """The drawing as a page to explore: one HTML file with all that is known about each box, and no need of a network.

        Click a box, search, filter, collapse, zoom; it works by keyboard and for people who listen to it. What the
        drawing leaves out is not in the page. A deck, which `draw` tells of, is a plain page to show and to print.

        >>> import toc
        >>> "Content-Security-Policy" in toc.example("small-charity").to_html()
        True
        """
        from toc import drawings

        return drawings.as_text(self._subject(looks, deck=deck), "html")

    @naming(Looks)
    def to_pptx(
        self,
        *,
        arrows: Literal["glued", "drawn"] = "glued",
        deck: bool | None = None,
        **looks: Unpack[Looks],
    ) -> bytes:
        """The drawing as a PowerPoint file of one slide of native shapes with notes, or as a deck of several.

        `draw` says what the options do.

        Raises:
            MissingExtraError: python-pptx is not installed.

        >>> import toc
        >>> toc.example("small-charity").to_pptx()[:2]
        b'PK'

        """
        from toc import drawings

        return drawings.as_bytes(self._subject(looks, page="slide", deck=deck), "pptx", arrows=arrows)

    @naming(Looks)
    def to_drawio(self, **looks: Unpack[Looks]) -> str:
        """The drawing as a draw.io file, to be edited in diagrams.net.

        >>> import toc
        >>> toc.example("small-charity").to_drawio()[:7]
        '<mxfile'
        """
        from toc import drawings

        return drawings.as_text(self._subject(looks), "drawio")

    @naming(Looks)
    def to_mermaid(self, **looks: Unpack[Looks]) -> str:
        """The drawing as a Mermaid flowchart, for Markdown pages. Mermaid places the boxes in its own way.

        >>> import toc
        >>> toc.example("small-charity").to_mermaid().splitlines()[0]
        'flowchart BT'
        """
        from toc import drawings

        return drawings.as_text(self._subject(looks), "mmd")

    @naming(Looks)
    def to_graphml(self, **looks: Unpack[Looks]) -> str:
        """The drawing as GraphML, for other programs of graphs: the boxes with their places, and every link between them.

        A KPI is a line of what it measures. `to_networkx` gives the theory itself, with KPIs as nodes.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> theory.to_graphml().count("<edge ") == len(theory.links)
        True
        """
        from toc import drawings

        return drawings.as_text(self._subject(looks), "graphml")

    @naming(Looks)
    def to_dot(self, **looks: Unpack[Looks]) -> str:
        """The drawing as DOT text, with every place settled: any Graphviz paints the same picture.

        >>> import toc
        >>> toc.example("small-charity").to_dot()[:7]
        'digraph'
        """
        from toc import drawings

        return drawings.as_text(self._subject(looks), "dot")

    @naming(Looks)
    def to_graphviz(self, **looks: Unpack[Looks]) -> graphviz.Digraph:
        """The drawing as a `graphviz.Digraph`, for those who want to go on from there.

        >>> import toc
        >>> toc.example("small-charity").to_graphviz().name
        'theory'
        """
        from toc import drawings

        return drawings.as_graphviz(self._subject(looks))

    def outline(self) -> str:
        """The theory as indented text: goals, then each pillar with its outcomes, outputs, activities and KPIs.

        >>> import toc
        >>> toc.example("small-charity").outline().splitlines()[0] == toc.example("small-charity").title
        True
        """
        from toc.prose import outline_text as outlines

        return outlines.outline(self)

    def narrative(self, *, pillar: str | None = None, progress: Progress | bool = False) -> str:
        """The theory as prose, pillar by pillar: if we do this, then we expect that, because of this.

        Plain paragraphs with an empty line between them, for a report, a letter or the notes of a slide. It says every
        title, reason, assumption and piece of evidence; the same theory always gives the same words.

        Args:
            pillar: the id of a pillar, to tell of the goals and of that pillar alone.
            progress: what `progress` found, so that each KPI says how it stands; True stands for that of today.

        Raises:
            TheoryError: there is no pillar with that id.
            OptionError: the progress is that of another theory, or none.

        >>> import toc
        >>> text = toc.example("small-charity").narrative()
        >>> text.count("because"), text.splitlines()[0]
        (2, 'A warm space on Tuesdays')

        """
        from toc import prose

        return prose.narrative(self, pillar, progress=self.progress() if progress is True else progress)

    @naming(Options)
    def describe(self, view: str | None = None, **options: Unpack[Options]) -> str:
        """All that a drawing says, in words, for somebody who listens to it: its boxes, arrows, marks and legend.

        The options are those of `diagram`.

        Raises:
            OptionError: there is no such view, or an option that does not fit it.

        >>> import toc
        >>> print(toc.example("small-charity").describe().splitlines()[-1])
        Activity “Advice table for bills and health”. How to measure: learning. Leads to “Visitors find help before a crisis”.

        """
        from toc import diagram
        from toc.diagram.description import described

        return described(diagram.drawn(self, view, **self._judged(options)))

    def __repr__(self) -> str:
        counts = {kind: len(self.of_kind(kind)) for kind in PLURALS}
        words = (f"{n} {kind if n == 1 else PLURALS[kind]}" for kind, n in counts.items() if n)
        return f"<{type(self).__name__} {self.title!r}: {', '.join(words)}>"

    def __str__(self) -> str:
        return self.outline()

    # Notebooks

    @naming(Looks)
    def explore(self, *, height: int = 720, **looks: Unpack[Looks]) -> Explorer:
        """The page to explore, in a frame of its own in Jupyter, marimo or VS Code; `height` is in pixels.

        Where a notebook shows no frames, and on paper, the drawing by itself stands in its place.

        Raises:
            OptionError: the height is less than 200.

        >>> import toc
        >>> toc.example("small-charity").explore()
        Explorer(title='A warm space on Tuesdays', height=720)

        """
        from toc import notebook

        return notebook.explorer(self, self._subject(looks), height)

    def _repr_mimebundle_(self, **_: Any) -> Mapping[str, Any]:
        from toc import notebook

        return notebook.bundle(self, _today())

    def _mime_(self) -> tuple[str, str]:
        from toc import notebook

        return notebook.marimo(self, _today())


def _recorded(found: Recorded[T]) -> T:
    """The theory with its readings, and a warning where something said besides was not written."""
    if left := found.left_out("replace=True"):
        warn(left)
    return found.theory


@overload
def load(path: StrPath, *, format: Format | None = None, limits: Limits | None = None) -> TheoryOfChange: ...
@overload
def load(path: StrPath, *, format: Format | None = None, into: type[T], limits: Limits | None = None) -> T: ...
def load(
    path: StrPath,
    *,
    format: Format | None = None,
    into: type[TheoryOfChange] = TheoryOfChange,
    limits: Limits | None = None,
) -> TheoryOfChange:
    """Read a theory from a YAML or JSON file.

    A `#` that cuts a text without quotes (`title: Reading #1 priority`) gives a `TocWarning`.

    The theory, and each that is edited from it, knows the file it comes from, so that `save` can tell whether somebody
    has changed it meanwhile.

    Args:
        path: the file; `.json` is read as JSON, everything else as YAML unless `format` says otherwise.
        format: "yaml" or "json".
        into: `TheoryOfChange`, or a class of your own that is derived from it.
        limits: how much the file may take; `Limits()` unless it says otherwise.

    Raises:
        TheoryError: with every problem of the file, each with its line and column; over a limit with that alone (TOC004).
        OptionError: `into` is no such class.

    >>> import toc
    >>> toc.load("nowhere.yaml")
    Traceback (most recent call last):
    toc.errors.TheoryError: nowhere.yaml: there is no such file [TOC001]

    """
    from toc.files import loader

    return loader.load(path_to(path), format=format, into=_theory_class(into), limits=limits)


@overload
def loads(
    text: Writing, *, format: Format = "yaml", source: str | None = None, limits: Limits | None = None
) -> TheoryOfChange: ...
@overload
def loads(
    text: Writing, *, format: Format = "yaml", source: str | None = None, into: type[T], limits: Limits | None = None
) -> T: ...
def loads(
    text: Writing,
    *,
    format: Format = "yaml",
    source: str | None = None,
    into: type[TheoryOfChange] = TheoryOfChange,
    limits: Limits | None = None,
) -> TheoryOfChange:
    """Read a theory from text.

    A `#` that cuts a text without quotes (`title: Reading #1 priority`) gives a `TocWarning`.

    Args:
        text: YAML, or JSON with `format="json"`; bytes, in whatever holds them, are read as UTF-8.
        format: "yaml" or "json".
        source: what error messages call the text, a file name for example.
        into: `TheoryOfChange`, or a class of your own that is derived from it.
        limits: how much the text may take; `Limits()` unless it says otherwise.

    Raises:
        TheoryError: with every problem of the text, each with its line and column; over a limit with that alone (TOC004).
        OptionError: `into` is no such class.

    >>> import toc
    >>> toc.loads('{"toc": 1, "title": "Reading", "goal": "Every child reads"}', format="json").goals["goal"].title
    'Every child reads'

    """
    from toc.files import loader

    source = name_or_none("source", source)
    return loader.loads(text_of(text), format=format, source=source, into=_theory_class(into), limits=limits)


def _theory_class(into: Any) -> type[TheoryOfChange]:
    if isinstance(into, type) and issubclass(into, TheoryOfChange):
        return into
    raise OptionError(f"into={as_given(into)} is not TheoryOfChange or a class derived from it")


def from_outline(text: Writing, *, title: str | None = None, source: str | None = None) -> FromOutline[TheoryOfChange]:
    r"""A theory from indented lines, as Word, mail and note programs paste them: a line leads to the one it stands under.

    A line at the left edge is a goal, one level in stand the pillars, below them the outcomes, and a line under which
    nothing stands is an activity. A word before a colon says otherwise: `Output: …`, `Activity: …`. `KPI: …` measures the
    line it stands under; `Because: …` and `Assumption: …` are about what that line leads to. The same title twice is one
    box. Bullets and numbers fall away; without indentation they tell how deep a line stands.

    Args:
        text: at most 10,000 lines and 50 levels; bytes are read as UTF-8.
        title: the title of the theory. Without it a first line under which nothing stands, else "Our theory of change".
        source: what messages and the first line of the file call the outline.

    Returns:
        The theory, the `text` of a file to go on with, and `remarks`: what was guessed or assumed, by line.

    Raises:
        TheoryError: with every line that cannot be understood.

    >>> import toc
    >>> made = toc.from_outline("Every child reads\n  Literacy\n    Young readers catch up\n      Reading partners")
    >>> made.theory.effects("reading-partners"), made.theory.pillar_of("reading-partners")
    (('young-readers-catch-up',), 'literacy')

    """
    from toc import editing

    title, source = name_or_none("title", title), name_or_none("source", source)
    return editing.from_outline(text_of(text), title=title, source=source, into=TheoryOfChange)


def from_pandas(
    *,
    title: str,
    nodes: Any = None,
    links: Any = None,
    kpis: Any = None,
    readings: Any = None,
    **tables: Any,
) -> TheoryOfChange:
    """A theory from tables: those of `to_pandas`, or tables of your own with such columns.

    What follows from other columns (`kind` of a link's ends, `latest`, `headline` and so on) is not read. `nodes` may have
    the columns of every kind: then no other table of nodes is needed. Several names in a cell are a list, or text with
    semicolons between them. With `links`, a pillar leads only where that says. Groups and partners that no table explains
    bear their id as title.

    Args:
        title: what the theory is called.
        nodes: `id`, `kind` and `title`, and what else there is to say.
        links: `source` and `target`, and what else there is to say.
        kpis: `id`, `title` and `measures`, and what else there is to say.
        readings: `kpi`, `date` and `value`, and what else there is to say.
        tables: more of the tables of `to_pandas`: `activities`, `milestones`, `target_groups`, `exchange` and so on, but
            `answers`, since the frames that they answer stand in no table.

    Raises:
        TheoryError: with every problem, by table, row and column.
        OptionError: there is no such table, or something is no table.

    >>> import toc
    >>> theory = toc.example("small-charity")
    >>> tables = {name: theory.to_pandas(name) for name in ("nodes", "links", "kpis", "readings")}
    >>> toc.from_pandas(title="Warm welcome", **tables).effects("advice-table") == theory.effects("advice-table")
    True

    """
    from toc import table_reader

    named = {"nodes": nodes, "links": links, "kpis": kpis, "readings": readings, **tables}
    return table_reader.from_tables(named, title=title, into=TheoryOfChange)


def imported(text: Writing, standard: str) -> Import[TheoryOfChange]:
    r"""The theory that stands in a form of others: "iati", "toc-maker", "nodes-and-edges", or what a plug-in reads.

    Args:
        text: what stands in the file; bytes are read as the form has it.
        standard: which form it is.

    Returns:
        The `theory`, and the `losses`: what of the form it does not hold, and what was assumed.

    Raises:
        OptionError: there is no such standard, or it is only written.
        TheoryError: the text is not of that form, or what it says is no theory.

    >>> import toc
    >>> made = toc.imported("source,target\nReading club,Children read\nChildren read,Literacy", "nodes-and-edges")
    >>> made.theory.goals["literacy"].title, len(made.losses)
    ('Literacy', 3)
    """
    from toc import standards

    return standards.imported(text_of(text), standard, into=TheoryOfChange)


def example(name: str) -> TheoryOfChange:
    """One of the theories that come with the library: "rgs-newcastle", "small-charity", "large-programme".

    >>> import toc
    >>> toc.example("rgs-newcastle").title
    'RGS Newcastle school partnerships'
    """
    from toc import examples

    return examples.example(name, into=TheoryOfChange)


def compare(old: Theory, new: Theory) -> Comparison:
    """What changed from an old theory to a new one: nodes, links, fields, assumptions, and who lost support by it.

    A node is known by its id. One whose id changed is recognised where its kind and its title stayed and no other node
    could be meant; for a title that differs in capitals and punctuation only, or that several have, its neighbours must
    be the same as well. Nothing else is guessed: it is one node removed and one added.

    Raises:
        OptionError: one of the two is not a theory.

    >>> import toc
    >>> old = toc.example("small-charity")
    >>> toc.compare(old, old.renamed("advice-table", "help-desk"))
    <Comparison: 1 renamed>

    """
    from toc import comparisons

    return comparisons.comparison(old, new)


def merge(base: Theory | None, mine: T, theirs: Theory) -> Merged[T]:
    """Join two versions of a theory that come from one, field by field: a branch, or a copy that somebody else changed.

    Things are known by their ids, links by their ends, and what stands in a list by what it says. Lists of texts take
    what each side added and lose what each took out. What both changed into something else, and what one took out and
    the other changed, is a conflict, and so is what makes no theory together, such as a circle. Order counts.

    Args:
        base: what both come from; None where nobody knows, and all that differs is a conflict.
        mine: the version that keeps what it says wherever there is a conflict.
        theirs: the version whose changes are taken.

    Returns:
        The `theory` with their changes, `changes`, and `conflicts`, each with all three values.

    >>> import toc
    >>> base = toc.example("small-charity")
    >>> mine, theirs = base.evolve(title="Ours"), base.edit("advice-table", title="Advice for all")
    >>> found = toc.merge(base, mine, theirs)
    >>> found.theory.title, found.theory.activities["advice-table"].title, found
    ('Ours', 'Advice for all', <Merged: 1 change, no conflicts>)
    >>> [(one.field, one.mine, one.theirs) for one in toc.merge(base, mine, base.evolve(title="Theirs")).conflicts]
    [('title', 'Ours', 'Theirs')]
    """
    from toc.merging.versions import merged_versions

    given: tuple[object, ...] = (mine, theirs) if base is None else (base, mine, theirs)
    for one in given:
        if not isinstance(one, Theory):
            raise OptionError(f"{as_given(one)} is no theory: give three, the first of which may be None")
    return merged_versions(base, mine, theirs)


def schema() -> dict[str, Any]:
    """The JSON Schema of the file format, short forms included.

    >>> import toc
    >>> toc.schema()["required"][:2]
    ['toc', 'title']
    """
    from toc.model import schema as json_schema

    return json_schema.schema(TheoryOfChange)


def _today() -> date:
    """The present day: the one look at a clock, here at the front door."""
    return date.today()  # noqa: DTZ011  # the day where the reader is

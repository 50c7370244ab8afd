"""Every way a drawing can come out: views, directions, pages, sizes, languages, marks and themes, and a sample of them.

A fault of a drawing nearly always needs one of these or two together: a long word in the triangle, say. So the tests
draw a sample in which every two of them meet; `scripts/measure_all_drawings.py` draws them all.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import combinations, product
from types import MappingProxyType
from typing import Any, Final, NamedTuple, cast, get_args

import toc
from diagram.shapes import SECTIONS, theory_of
from toc.diagram import Diagram
from toc.diagram.drawing import VIEWS
from toc.diagram.looks.themes import THEMES
from toc.diagram.paper import PAGES
from toc.draw_options import Direction, Looks, Search
from toc.drawings import as_text, subject_of
from toc.render.formats import Subject

TODAY: Final = date(2026, 9, 1)
SIZES: Final[Mapping[int, Mapping[str, int]]] = MappingProxyType(  # by how many boxes there are
    {
        8: {"goal": 1, "pillar": 2, "outcome": 2, "activity": 3, "kpi": 2},
        25: {"goal": 1, "pillar": 3, "outcome": 6, "output": 3, "activity": 12, "kpi": 6},
        60: {"goal": 2, "pillar": 5, "outcome": 14, "output": 5, "activity": 34, "kpi": 12},
        130: {"goal": 3, "pillar": 6, "outcome": 20, "output": 6, "activity": 95, "kpi": 20},
    }
)
PARTNERS: Final[Mapping[int, int]] = MappingProxyType({8: 2, 25: 4, 60: 12, 130: 12})  # by how many boxes there are
LANGUAGES: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        "de": (
            "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfungsvorbereitung",
            "Jugendliche beherrschen Wahrscheinlichkeitsrechnung und Differentialgleichungen",
            "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
            "Schülerpatenschaften",
            "Mehr Übergänge in die Kraftfahrzeugmechatronikerberufsausbildung durch Betriebsbesichtigungen",
            "SONDERPÄDAGOGISCHE FÖRDERSCHWERPUNKTE",
        ),
        "fr": (
            "Élèves bénévoles à l’école où naît l’intérêt pour la littérature européenne",
            "Été",
            "ÉVALUATION DES APPRENTISSAGES À L’ŒUVRE DÈS LA RENTRÉE",
            "Zażółć gęślą jaźń, příliš žluťoučký kůň",
            "Plant sy’n darllen yn Gymraeg: tŷ, dŵr, ŵyn",
            "Các em học sinh đọc sách mỗi ngày với người lớn",
        ),
        "zh": (
            "每个孩子都能读到自己年龄应有的水平",
            "数学",
            "教师们一起备课、互相听课，并且每个学期都反思自己的教学方法和学生的学习情况",
            "与大学合作的STEM俱乐部（2026年起）",
            "家长参与：「一起读书」",
        ),
        "ar": (
            "كل طفل يقرأ بمستوى عمره في مدارس المدينة",
            "القراءة",
            "يشارك الطلاب من المدارس الشريكة في نوادي العلوم والمسابقات بمساعدة المعلمين",
            "برنامج STEM للفتيات (2026)",
            "STEM: نوادي العلوم والمسابقات في المدارس",
            "تَحْسِينُ مَهَارَاتِ الْقِرَاءَةِ",
        ),
    }
)


class Case(NamedTuple):
    """One drawing of all those that there can be."""

    view: str
    direction: str
    page: str
    boxes: int
    language: str
    marks: bool
    theme: str

    @property
    def is_plain(self) -> bool:
        """Whether it leads the usual way, without marks."""
        return self.direction == FACTORS[1][0] and not self.marks

    def __str__(self) -> str:
        marked = ", marked" if self.marks else ""
        return f"{self.view}, {self.direction}, {self.page}, {self.boxes} boxes, {self.language}{marked}, {self.theme}"


FACTORS: Final[Sequence[Sequence[Any]]] = (
    tuple(VIEWS),
    get_args(Direction),
    tuple(PAGES),
    tuple(SIZES),
    tuple(LANGUAGES),
    (False, True),
    tuple(THEMES),
)


def sampled() -> list[Case]:
    """A sample in which every two values of two factors meet."""
    return [Case(*row) for row in covering(FACTORS)]


def all_cases() -> list[Case]:
    """The full product, plain ones first; a view that takes no direction comes in one only."""
    cases = (Case(*row) for row in product(*FACTORS))
    some = (case for case in cases if case.direction == FACTORS[1][0] or takes_direction(case.view))
    return sorted(some, key=lambda case: not case.is_plain)  # those that differ in theme alone stay side by side


def takes_direction(view: str) -> bool:
    return "direction" in VIEWS[view].takes


def picture_of(case: Case, search: Search) -> tuple[Diagram, str]:
    """The drawing of a case, and its SVG. Those that differ in theme alone are laid out once."""
    subject = _laid_out(case._replace(theme=""), search)
    return subject.diagram, as_text(subject._replace(theme=THEMES[case.theme]), "svg")


@lru_cache(maxsize=1)
def _laid_out(case: Case, search: Search) -> Subject:
    theory = written(case.boxes, case.language)
    if case.view == "partners":
        theory = exchanging(theory, PARTNERS[case.boxes], LANGUAGES[case.language])
    looks: dict[str, Any] = {"view": case.view, "page": case.page, "search": search, "kpis": "full"}
    if "node" in VIEWS[case.view].needs:
        looks["node"] = busiest(theory)
    if takes_direction(case.view):
        looks["direction"] = case.direction
    if case.marks:
        looks["findings"] = theory.check(today=TODAY, profile="funder")
    return subject_of(theory, cast("Looks", looks))


def covering(factors: Sequence[Sequence[Hashable]]) -> Iterator[tuple[Any, ...]]:
    """Rows with one value of each factor, few of them, in which any two values of two factors meet at least once.

    Greedy: each row begins with a pair that has not met yet, and takes for every other factor the value that brings
    the most such pairs. There is no chance in it.
    """
    pairs = combinations(range(len(factors)), 2)
    left: dict[tuple[tuple[int, Any], ...], None] = dict.fromkeys(
        ((i, a), (j, b)) for i, j in pairs for a in factors[i] for b in factors[j]
    )
    while left:
        row: dict[int, Any] = dict(next(iter(left)))
        for place, values in enumerate(factors):
            if place not in row:
                row[place] = max(values, key=lambda value: sum(pair in left for pair in _pairs({**row, place: value})))
        for pair in _pairs(row):
            left.pop(pair, None)
        yield tuple(row[place] for place in range(len(factors)))


def _pairs(row: Mapping[int, Any]) -> Iterator[tuple[tuple[int, Any], ...]]:
    return combinations(sorted(row.items(), key=lambda one: one[0]), 2)


@cache
def written(boxes: int, language: str) -> toc.TheoryOfChange:
    """A theory of so many boxes, all of whose texts are in one language."""
    data = json.loads(theory_of(dict(SIZES[boxes]), seed=boxes).dumps("json"))
    texts = LANGUAGES[language]
    data |= {"title": texts[0], "language": language}
    keys = ["activities" if kind == "activity" else f"{kind}s" for kind in SECTIONS]
    nodes = [node for key in [*keys, "kpis"] for node in data.get(key, {}).values()]
    for place, node in enumerate(nodes):
        node["title"] = texts[place % len(texts)]
    for place, node in enumerate(data["kpis"].values()):
        node["unit"] = texts[(place + 1) % len(texts)]
    for place, node in enumerate(data["activities"].values()):
        node |= {"certainty": ("low", "medium", "high")[place % 3], "participation": (12, 100, 1200)[place // 3 % 3]}
        if place % 5 == 0:
            node |= {"funding": [texts[place % len(texts)]], "lead": [texts[1]], "tags": [texts[2]]}
    return toc.TheoryOfChange.model_validate(data)


def exchanging(theory: toc.TheoryOfChange, many: int, texts: Sequence[str]) -> toc.TheoryOfChange:
    """The theory with so many partners, who give to its activities and gain from them; some are done in return for others."""
    data = json.loads(theory.dumps("json"))
    words, gains = ("facilities", "subject-expertise", "send-inclusion"), ("attainment", "shared-learning", "synergy")
    ids = [f"partner-{number}" for number in range(many)]
    data["partners"] = {
        id: {
            "title": texts[place % len(texts)],
            "sector": "state",
            "organisations": 1 + place,
            "brings": words[place % 3],
        }
        for place, id in enumerate(ids)
    }
    data["partnership"] = {"home": ids[-1]}
    activities = list(data["activities"].items())
    for place, (_, activity) in enumerate(activities):
        taking = [ids[(place + step * step) % many] for step in range(1 + place % 4)]
        activity["exchange"] = {
            id: {"gives": list(words[: 1 + place % 3])}
            if step % 2
            else {"gains": [gains[step % 3], {"text": texts[0]}]}
            for step, id in enumerate(dict.fromkeys(taking))
        }
        if place % 4 == 3:
            activity["reciprocates"] = [activities[place // 2][0]]
    return toc.TheoryOfChange.model_validate(data)


def busiest(theory: toc.TheoryOfChange) -> str:
    """The activity from which the most ways lead on: it has the most to show."""
    return max(theory.activities, key=theory.count_paths)

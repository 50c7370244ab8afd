"""Every way a drawing can come out: views, themes, sizes, languages, directions and marks, and a sample of them.

A fault of a drawing nearly always needs one of these or two together: a long word in the triangle, say. So the tests
draw a sample in which every two of them meet; `scripts/measure_all_drawings.py` draws them all.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import combinations, product
from types import MappingProxyType
from typing import Any, Final, NamedTuple, get_args

import toc
from diagram.shapes import SECTIONS, theory_of
from toc.diagram.drawing import VIEWS
from toc.diagram.looks.themes import THEMES
from toc.draw_options import Direction

TODAY: Final = date(2026, 9, 1)
SIZES: Final[Mapping[int, Mapping[str, int]]] = MappingProxyType(
    {
        8: {"goal": 1, "pillar": 2, "outcome": 4, "output": 2, "activity": 8, "kpi": 4},
        25: {"goal": 2, "pillar": 4, "outcome": 12, "output": 4, "activity": 25, "kpi": 9},
        90: {"goal": 3, "pillar": 6, "outcome": 20, "output": 6, "activity": 90, "kpi": 20},
    }
)
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
    theme: str
    activities: int
    language: str
    direction: str
    page: str
    marks: bool

    def __str__(self) -> str:
        marked = ", marked" if self.marks else ""
        size = f"{self.activities} activities"
        return f"{self.view}, {self.theme}, {size}, {self.language}, {self.direction}, {self.page}{marked}"


FACTORS: Final[Sequence[Sequence[Any]]] = (
    tuple(VIEWS),
    tuple(THEMES),
    tuple(SIZES),
    tuple(LANGUAGES),
    get_args(Direction),
    ("free", "slide", "a4-portrait"),
    (False, True),
)


def sampled() -> list[Case]:
    """A sample in which every two values of two factors meet."""
    return [Case(*row) for row in covering(FACTORS)]


def all_cases() -> list[Case]:
    """The full product; a view that takes no direction comes in one only."""
    cases = (Case(*row) for row in product(*FACTORS))
    first = FACTORS[4][0]
    return [case for case in cases if case.direction == first or takes_direction(case.view)]


def takes_direction(view: str) -> bool:
    return "direction" in VIEWS[view].takes


def theory_in(case: Case) -> toc.TheoryOfChange:
    """The theory that a case draws."""
    return _written(case.activities, case.language)


def options_of(case: Case) -> dict[str, Any]:
    """What `diagram` is asked for."""
    theory = theory_in(case)
    options: dict[str, Any] = {"view": case.view, "page": case.page, "search": "quick", "kpis": "full"}
    if "node" in VIEWS[case.view].needs:
        options["node"] = _busiest(theory)
    if takes_direction(case.view):
        options["direction"] = case.direction
    return options


def svg_of(case: Case) -> str:
    """The drawing of a case."""
    theory = theory_in(case)
    findings = theory.check(today=TODAY, profile="funder") if case.marks else ()
    return theory.to_svg(**options_of(case), theme=case.theme, findings=findings)


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
def _written(activities: int, language: str) -> toc.TheoryOfChange:
    """A theory of so many activities, all of whose texts are in one language."""
    data = json.loads(theory_of(dict(SIZES[activities]), seed=activities).dumps("json"))
    texts = LANGUAGES[language]
    data |= {"title": texts[0], "language": language}
    keys = ["activities" if kind == "activity" else f"{kind}s" for kind in SECTIONS]
    nodes = [node for key in [*keys, "kpis"] for node in data[key].values()]
    for place, node in enumerate(nodes):
        node["title"] = texts[place % len(texts)]
    for place, node in enumerate(data["kpis"].values()):
        node["unit"] = texts[(place + 1) % len(texts)]
    for place, node in enumerate(data["activities"].values()):
        node |= {"certainty": ("low", "medium", "high")[place % 3], "participation": (12, 100, 1200)[place // 3 % 3]}
        if place % 5 == 0:
            node |= {"funding": [texts[place % len(texts)]], "lead": [texts[1]], "tags": [texts[2]]}
    return toc.TheoryOfChange.model_validate(data)


def _busiest(theory: toc.TheoryOfChange) -> str:
    """The activity from which the most ways lead on: it has the most to show."""
    return max(theory.activities, key=theory.count_paths)

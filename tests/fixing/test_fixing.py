from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import tries
from toc.checks import Finding, findings_of
from toc.files.locator import Format
from toc.fixing import fix_file, fixed
from toc.fixing.fixes import Fixed
from toc.spelling import distance

TODAY = date(2026, 9, 1)
HEAD = """\
# ours
toc: 1
title: "Reading"   # in quotes
review_on: 2999-01-01
goal: Every child reads
pillars: {literacy: Literacy, numeracy: Numeracy}
context: {target_groups: {pupils: Pupils}}
partners: {library: The library}
"""


def check(theory: toc.TheoryOfChange) -> Sequence[Finding]:
    return findings_of(theory, today=TODAY)


def fixes_in(text: str, format: Format = "yaml") -> Fixed:
    return fixed(text, check, format=format, into=toc.TheoryOfChange)


def problems(text: str, format: Format = "yaml") -> list[tuple[str, str]]:
    try:
        toc.loads(text, format=format)
    except toc.TheoryError as error:
        return [(problem.code, problem.message) for problem in error.problems]
    return []


MISSPELT = {
    "a single link": ("outcomes:\n  a:\n    title: A\n    leads_to: literacey  # up\n", "literacey", "literacy"),
    "single quotes": ("outcomes: {a: {title: A, leads_to: 'literacey'}}\n", "'literacey'", "'literacy'"),
    "double quotes": ('outcomes: {a: {title: A, leads_to: "literacey"}}\n', '"literacey"', '"literacy"'),
    "a list in brackets": ("outcomes: {a: {title: A, leads_to: [numeracy,  literacey]}}\n", "literacey", "literacy"),
    "a list with dashes": (
        "outcomes:\n  a:\n    title: A\n    leads_to:\n      # first\n      - literacey # x\n      - numeracy\n",
        "literacey",
        "literacy",
    ),
    "the key of a link": (
        "outcomes:\n  a:\n    title: A\n    leads_to:\n      literacey:\n        because: why\n",
        "literacey",
        "literacy",
    ),
    "what a KPI measures": ("kpis:\n  k: {title: K, measures: literacey}\n", "literacey", "literacy"),
    "the goal": ("outcomes: {a: {title: A, leads_to: gaol}}\n", "gaol", "goal"),
    "a target group": ("outcomes: {a: {title: A, leads_to: goal, target_group: pupil}}\n", "pupil}", "pupils}"),
    "a partner": ("activities: {a: {title: A, leads_to: goal, partners: [libary]}}\n", "libary", "library"),
    "a pillar": ("outcomes: {a: {title: A, leads_to: goal, pillar: literasy}}\n", "literasy", "literacy"),
    "a partner in an exchange": (
        "activities: {a: {title: A, leads_to: goal, exchange: {libary: {gives: networks}}}}\n",
        "libary",
        "library",
    ),
    "an activity that is answered": (
        "activities:\n  visits: {title: A, leads_to: goal}\n  b: {title: B, leads_to: goal, reciprocates: visit}\n",
        "visit}",
        "visits}",
    ),
    "one of two that are answered": (
        "activities:\n  visits: {title: A, leads_to: goal}\n  b: {title: B, leads_to: goal, reciprocates: {visit: in return}}\n",
        "visit:",
        "visits:",
    ),
    "a group that is reached": (
        "activities: {a: {title: A, leads_to: goal, reach: {pupil: 3}}}\n",
        "pupil:",
        "pupils:",
    ),
    "the home partner": ("partnership: {home: libary}\n", "libary", "library"),
    "a partner who agreed": ("partnership: {agreed_by: {libary: 2026-01-01}}\n", "libary", "library"),
    "who collects": ("kpis: {k: {title: K, measures: goal, collected_by: libary}}\n", "libary", "library"),
    "a statement": (
        "reviews: {r: {frame: practices, date: 2026-01-01, answers: {clear-purpose: mostly}}}\n",
        "clear-purpose:",
        "clear-purposes:",
    ),
    "a frame": ("reviews: {r: {frame: practises, date: 2026-01-01}}\n", "practises", "practices"),
    "the evidence of an answer": (
        "reviews: {r: {frame: practices, date: 2026-01-01, answers: {clear-purposes: {judgement: fully, evidence: literacey}}}}\n",
        "literacey",
        "literacy",
    ),
    "a partner as evidence": (
        "reviews: {r: {frame: practices, date: 2026-01-01, answers: {clear-purposes: {evidence: [goal, {partner: libary}]}}}}\n",
        "libary",
        "library",
    ),
    "a theme": (
        "frames: {f: {title: F, source: us, themes: {people: People}, statements: {s: {text: S, theme: peeple}}}}\n",
        "peeple",
        "people",
    ),
    "the node of a silence": (
        "settings: {checks: {silence: [{code: TOC121, node: literacey, reason: r}]}}\n",
        "literacey",
        "literacy",
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("case", MISSPELT)
def test_a_misspelt_id_is_spelt_right_and_nothing_else_changes(case: str, newline: str) -> None:
    tail, wrong, right = MISSPELT[case]
    text = (HEAD + tail).replace("\n", newline)
    found = fixes_in(text)
    assert found.text == (HEAD + tail.replace(wrong, right)).replace("\n", newline)
    assert problems(found.text) == []
    assert [fix.code for fix in found.made] == ["TOC030"]
    assert found.left == ()
    assert (
        found.made[0].line
        == text[: text.index(wrong, len(HEAD))].replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    )


LEFT = {
    "two ids are as near": (
        "outcomes: {reader-a: A, reader-b: B}\nactivities: {c: {title: C, leads_to: reader-x}}\n",
        "several ids are like it: reader-",
    ),
    "no id is near": ("outcomes: {a: {title: A, leads_to: zzzzzz}}\n", "no id is like it"),
    "it would be the same link twice": (
        "outcomes: {a: {title: A, leads_to: {literacy: one, literacey: two}}}\n",
        "another mistake",
    ),
    "it would make a cycle": (
        "outcomes: {first: {title: A, leads_to: second}, second: {title: B, leads_to: firstt}}\n",
        "another mistake",
    ),
    "it is an alias": (
        "x-wrong: &w literacey\noutcomes: {a: {title: A, leads_to: *w}}\n",
        "fix it by hand",
    ),
    "it is a block of text": ("outcomes:\n  a:\n    title: A\n    leads_to: >-\n      literacey\n", "fix it by hand"),
}


@pytest.mark.parametrize("case", LEFT)
def test_an_id_that_cannot_be_fixed_safely_is_left_with_the_reason(case: str) -> None:
    tail, reason = LEFT[case]
    found = fixes_in(HEAD + tail)
    assert found.text == HEAD + tail
    assert found.made == ()
    assert [reason in fix.what for fix in found.left] == [True]


def test_of_several_misspelt_ids_those_that_can_be_fixed_are() -> None:
    tail = """\
outcomes:
  a: {title: A, leads_to: literacey}
  b: {title: B, leads_to: zzzzz}
  c: {title: C, leads_to: d}
  d: {title: D, leads_to: numeracie}
"""
    text = HEAD + tail
    found = fixes_in(text)
    assert found.text == text.replace("literacey", "literacy").replace("numeracie", "numeracy")
    assert [fix.line for fix in found.made] == [10, 13]
    assert [(fix.line, fix.what) for fix in found.left] == [(11, "'zzzzz' is left: no id is like it")]
    assert set(problems(found.text)) < set(problems(text))


def test_other_problems_are_neither_fixed_nor_multiplied() -> None:
    text = HEAD + "outcomes: {a: {title: A, leads_to: literacey, certianty: 1}}\n"
    found = fixes_in(text)
    assert [fix.code for fix in found.made] == ["TOC030"]
    assert [code for code, _ in problems(found.text)] == ["TOC010"]


def test_a_text_that_cannot_be_read_or_is_right_is_left_alone() -> None:
    for text in ("toc: [", "", HEAD, "- 1\n", "a: *b\n"):
        assert fixes_in(text) == Fixed(text)


# Silences: TOC161 asks for a day of review, which `HEAD` names, so a silence of it is unused.

SILENCED = {
    "the only one": (
        "settings:\n  checks:\n    silence:\n      - {code: TOC161, reason: r}\n# end\n",
        "# end\n",
    ),
    "over several lines": (
        "settings:\n  checks:\n    profile: plan\n    silence:\n      - code: TOC161\n        reason: |\n          # no comment\n          r\n",
        "settings:\n  checks:\n    profile: plan\n",
    ),
    "comments in lines of their own stay": (
        "settings:\n  # how strict\n  checks:\n    silence:\n      # why not\n      - {code: TOC161, reason: r}  # goes\n",
        "  # how strict\n      # why not\n",
    ),
    "beside one that is needed": (
        (
            "settings:\n  checks:\n    silence:\n      - {code: TOC161, reason: r}\n      # this one stays\n"
            "      - {code: TOC116, reason: nothing outside matters}\n"
        ),
        (
            "settings:\n  checks:\n    silence:\n      # this one stays\n"
            "      - {code: TOC116, reason: nothing outside matters}\n"
        ),
    ),
    "in brackets, the first": (
        "settings: {checks: {silence: [{code: TOC161, reason: r}, {code: TOC116, reason: r}]}}\n",
        "settings: {checks: {silence: [{code: TOC116, reason: r}]}}\n",
    ),
    "in brackets, the last": (
        "settings: {checks: {silence: [{code: TOC116, reason: r}, {code: TOC161, reason: r}]}}\n",
        "settings: {checks: {silence: [{code: TOC116, reason: r}]}}\n",
    ),
    "in brackets, beside a profile": (
        "settings: {checks: {silence: [{code: TOC161, reason: r}], profile: plan}} # x\n",
        "settings: {checks: {profile: plan}} # x\n",
    ),
    "in brackets, beside a vocabulary": (
        "settings: {checks: {silence: [{code: TOC161, reason: r}]}, vocabulary: {pillar: Strand}}\n",
        "settings: {vocabulary: {pillar: Strand}}\n",
    ),
    "no line end at the end": ("settings:\n  checks:\n    silence:\n      - {code: TOC161, reason: r}", ""),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("case", SILENCED)
def test_an_unused_silence_is_deleted_with_its_own_lines(case: str, newline: str) -> None:
    tail, rest = SILENCED[case]
    text = (HEAD + tail).replace("\n", newline)
    found = fixes_in(text)
    assert found.text == (HEAD + rest).replace("\n", newline)
    assert [fix.code for fix in found.made] == ["TOC169"]
    before, after = check(toc.loads(text)), check(toc.loads(found.text))
    assert [finding for finding in before if finding.code != "TOC169"] == list(after)


UNSAFE = {
    "a comment beside the comma": (
        "settings: {checks: {silence: [{code: TOC116, reason: r}, # ours\n  {code: TOC161, reason: r}]}}\n"
    ),
    "an alias": (
        "x-all: &all [{code: TOC161, reason: r}]\nsettings: {checks: {silence: *all}}\n"
    ),
    "an anchor that is used elsewhere": (
        "settings:\n  checks:\n    silence:\n      - &one {code: TOC161, reason: r}\nx-more: *one\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNSAFE)
def test_a_silence_that_cannot_be_deleted_safely_is_left_with_the_reason(case: str) -> None:
    text = HEAD + UNSAFE[case]
    found = fixes_in(text)
    assert (found.text, found.made) == (text, ())
    assert [(fix.code, "fix it by hand" in fix.what) for fix in found.left] == [("TOC169", True)]


def test_a_silence_whose_code_is_mistyped_is_left_and_no_other_code_is_guessed() -> None:
    right = "settings: {checks: {silence: [{code: TOC168, node: literacy, reason: ours}]}}\n"
    found = fixes_in(HEAD + right)
    assert (found.text, found.made) == (HEAD + right, ())
    (fix,) = found.left
    assert fix.what == ("the unused silence of TOC168 for literacy is left: there is no rule TOC168")


def test_beside_a_mistyped_silence_the_others_are_deleted() -> None:
    text = f"{HEAD}settings:\n  checks:\n    silence:\n      - {{code: TOC198, reason: r}}\n"
    found = fixes_in(f"{text}      - {{code: TOC161, reason: r}}\n")
    assert found.text == text
    assert [fix.line for fix in found.made] == [13]
    assert [fix.line for fix in found.left] == [12]


@pytest.mark.parametrize("indent", [None, 0, 2, "\t"], ids=repr)
def test_json_is_fixed_in_its_own_layout(indent: int | str | None) -> None:
    silences = [{"code": "TOC161", "reason": "r"}, {"code": "TOC116", "reason": "r"}, {"code": "TOC161", "reason": "s"}]
    theory = {
        "toc": 1,
        "title": "T",
        "review_on": "2999-01-01",
        "goal": "G",
        "settings": {"checks": {"silence": silences}},
        "pillars": {"literacy": {"title": "L"}},
        "outcomes": {"a": {"title": "A", "leads_to": {"literacey": "why"}}},
    }
    text = json.dumps(theory, indent=indent)
    found = fixes_in(text, "json")
    theory["settings"] = {"checks": {"silence": silences[1:2]}}
    assert found.text == json.dumps(theory, indent=indent).replace("literacey", "literacy")
    assert [fix.code for fix in found.made] == ["TOC030", "TOC169", "TOC169"]


ENTRY = st.sampled_from(["TOC161", "TOC116", "TOC115", "TOC198", "TOC121"])


@tries(60)
@given(codes=st.lists(ENTRY, min_size=1, max_size=6), style=st.sampled_from(["flow", "block", "long", "lines"]))
def test_fixing_deletes_exactly_the_unused_silences_in_every_style(codes: list[str], style: str) -> None:
    entries = [f"{{code: {code}, reason: r{place}}}" for place, code in enumerate(codes)]
    if style == "flow":
        silence = f" [{', '.join(entries)}]\n"
    elif style == "lines":
        silence = " [\n" + "".join(f"      {entry},\n" for entry in entries) + "    ]\n"
    elif style == "long":
        silence = "\n" + "".join(f"    - code: {code}\n      reason: r{place}\n" for place, code in enumerate(codes))
    else:
        silence = "\n" + "".join(f"    - {entry}  # {place}\n" for place, entry in enumerate(entries))
    text = f"{HEAD}settings:\n  checks:\n    silence:{silence}# end\n"
    found = fixes_in(text)
    before, after = check(toc.loads(text)), check(toc.loads(found.text))
    unused = [finding for finding in before if finding.code == "TOC169"]
    assert [one for one in before if one.code != "TOC169"] == [one for one in after if one.code != "TOC169"]
    assert sum(one.code == "TOC169" for one in after) == codes.count("TOC198")
    mistyped = codes.count("TOC198")
    assert (len(found.made), len(found.left)) == (len(unused) - mistyped, mistyped)
    kept = [entry.reason for entry in toc.loads(found.text).settings.checks.silence]
    gone = {place for place, code in enumerate(codes) if code != "TOC198"} & {finding.path[-1] for finding in unused}
    assert kept == [f"r{place}" for place in range(len(codes)) if place not in gone]
    lines = text.splitlines()
    if style != "flow":
        assert [line for line in found.text.splitlines() if line not in lines] == []
    assert fixes_in(found.text)[:2] == Fixed(found.text)[:2]


@tries(60)
@given(place=st.integers(0, 7), letter=st.sampled_from("abcdefgh-"), swap=st.booleans())
def test_a_slip_of_the_finger_is_fixed_or_left_and_never_makes_it_worse(place: int, letter: str, swap: bool) -> None:
    right = "literacy"
    wrong = (
        right[:place]
        + (letter if not swap else right[place + 1 : place + 2] + right[place])
        + right[place + 1 + swap :]
    )
    if wrong == right or not re.fullmatch("[a-z][a-z0-9-]*", wrong):
        return
    text = f"{HEAD}outcomes:\n  reading: {{title: A, leads_to: [{wrong}, numeracy]}}  # up\n"
    found = fixes_in(text)
    assert found.text in {text, text.replace(wrong, right)}
    assert bool(found.made) == (problems(found.text) == [])
    assert len(found.made) + len(found.left) == 1


def test_a_file_keeps_its_byte_order_mark_and_is_not_written_when_nothing_is_fixed(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    wrong = f"{HEAD}outcomes: {{a: {{title: A, leads_to: literacey}}}}\n".encode()
    file.write_bytes(b"\xef\xbb\xbf" + wrong)
    assert len(fix_file(file, check, format="yaml", into=toc.TheoryOfChange).made) == 1
    assert file.read_bytes() == b"\xef\xbb\xbf" + wrong.replace(b"literacey", b"literacy")
    before = file.stat().st_mtime_ns
    assert fix_file(file, check, format="yaml", into=toc.TheoryOfChange).made == ()
    assert file.stat().st_mtime_ns == before


def test_what_somebody_else_writes_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_text(f"{HEAD}outcomes: {{a: {{title: A, leads_to: literacey}}}}\n", encoding="utf-8")

    def while_somebody_writes(theory: toc.TheoryOfChange) -> Sequence[Finding]:
        file.write_text(HEAD, encoding="utf-8")
        return check(theory)

    with pytest.raises(toc.TheoryError, match="changed the file meanwhile: nothing was written"):
        fix_file(file, while_somebody_writes, format="yaml", into=toc.TheoryOfChange)
    assert file.read_text(encoding="utf-8") == HEAD


@pytest.mark.parametrize(
    ("wrong", "there"),
    [
        ("girls-read", "boys-read"), ("numeracy-now", "literacy-now"), ("trust-in-law", "trust-in-staff"),
        ("food-hub", "food-bank"), ("market-awareness", "market-demand"), ("women-cook", "men-cook"),
        ("year-8-reads", "year-9-reads"), ("unsafe-homes", "safe-homes"), ("mothers", "fathers"), ("arts", "art-x"),
    ],
)  # fmt: skip
def test_an_id_that_may_be_another_thing_stays_an_error(wrong: str, there: str) -> None:
    text = f"{HEAD}outcomes: {{{there}: A}}\nactivities: {{c: {{title: C, leads_to: {wrong}}}}}\n"
    assert fixes_in(text)[:2] == (text, ())


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("cook-skills", "cook-skill"), ("Cook-Skill", "cook-skill"), ("cookskill", "cook-skill"), ("cook_skill", "cook-skill")],
)  # fmt: skip
def test_a_slip_of_the_pen_is_fixed_although_something_else_begins_alike(wrong: str, right: str) -> None:
    text = f"{HEAD}outcomes: {{cook-skill: A, cook-books: B}}\nactivities: {{c: {{title: C, leads_to: {wrong}}}}}\n"
    assert fixes_in(text).text == text.replace(wrong, right)


IDS = st.from_regex("[a-d]{2,6}(-[a-d]{1,4}){0,2}", fullmatch=True)


@tries(200)
@given(there=st.lists(IDS, min_size=1, max_size=5, unique=True), wrong=IDS)
def test_what_is_fixed_is_within_two_letters_case_or_hyphens(there: list[str], wrong: str) -> None:
    boxes = ", ".join(f"{id}: A" for id in there)
    text = f"{HEAD}outcomes: {{{boxes}}}\nactivities: {{zz: {{title: C, leads_to: [{wrong}]}}}}\n"
    for fix in fixes_in(text).made:
        found = re.fullmatch("'(.+)' is now '(.+)'", fix.what)
        assert found
        one, other = (word.replace("-", "") for word in found.groups())
        assert distance(one, other, 3) <= 2
        assert [id for id in there if distance(id.replace("-", ""), one, 3) <= distance(one, other, 3)] == [found[2]]

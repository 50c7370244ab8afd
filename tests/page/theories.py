"""Theories to explore, small enough to say what is seen of each of their boxes."""

from __future__ import annotations

from typing import Final

import toc

READING: Final = """
toc: 1
title: Reading together
description: How a village learns to read.
language: en-GB
review_on: 2027-07-31
settings:
  vocabulary: {activity: Project, pillar: Strand}
context:
  problem: Too few children read for pleasure.
  target_groups:
    young: {title: Young readers, disadvantaged: true}
goal: Every child reads
pillars:
  words: Words for all
  homes: Books at home
outcomes:
  fluent:
    title: Pupils read fluently
    target_group: young
    horizon: short
    leads_to: {words: {because: Practice makes fluent, confidence: high}}
  borrow:
    title: Families borrow books
    leads_to:
      homes: Books come home
      fluent: {because: Children read what lies about, confidence: low}
outputs:
  sessions: {title: Sessions held, leads_to: fluent}
activities:
  clubs:
    title: Reading clubs
    description: Once a week after school, with juice.
    tags: [primary, after-school]
    target_group: young
    url: https://example.org/clubs
    certainty: {level: high, because: Each child is heard reading}
    participation: 40
    lead: Librarian
    leads_to:
      sessions:
        because: Clubs are where sessions happen
        confidence: high
        assumptions:
          - {text: Children can get home afterwards, status: holding}
          - Parents like the idea
        evidence:
          - {source: Report on clubs, type: evaluation, says: supports, strength: strong, url: "https://example.org/report"}
          - {source: A doubtful column, says: contradicts, url: "javascript:alert(1)"}
  mentors:
    title: Mentors read with pupils
    tags: [primary]
    leads_to: fluent
  visits: {title: Library visits, tags: [families], leads_to: borrow}
  stories: {title: Fête of stories, tags: [families], leads_to: borrow}
kpis:
  gain:
    title: Reading age gain
    measures: fluent
    unit: months
    baseline: {value: 6, date: 2025-07-31}
    target: {value: 14, by: 2027-07-31}
    readings: [{date: 2026-07-31, value: 10}]
    owner: Head of English
    source: Standard reading test
"""
NASTY: Final = (
    '"><script>alert(1)</script>',
    "</script><img src=x onerror=alert(1)>",
    '=HYPERLINK("https://example.org/bad";"x")',
    "javascript:alert(1)",
    "one\u2028two",
    "</style><style>*{display:none}</style>",
    "{{7*7}} ${title} $$ &lt;b&gt; <!-- ",
    "Grundschulleiterinnenfortbildungsveranstaltungsreihenkoordination",
    "Élèves à l’aise à l’école",
    "每个孩子都喜欢阅读",
    "كل طفل يقرأ في البيت",
)


def reading() -> toc.TheoryOfChange:
    """Two strands, six kinds of things to see, one argument in full."""
    return toc.loads(READING)


def nasty() -> toc.TheoryOfChange:
    """Texts that would act if a page let them, and scripts that run the other way."""
    ids = ("title", "node1", "graph0", "description", "box", "search", "panel", "a--b", "data", "about", "results")
    return toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": NASTY[0],
            "description": NASTY[1],
            "goal": {"title": NASTY[1], "description": NASTY[5], "url": "javascript:alert(1)"},
            "pillars": {"p": NASTY[9], "q": NASTY[10]},
            "outcomes": {
                id: {
                    "title": text,
                    "description": text,
                    "tags": [" ".join(text.split())],
                    "url": "javascript:alert(1)",
                    "leads_to": {("p", "q")[at % 2]: {"because": text, "assumptions": [text]}},
                }
                for at, (id, text) in enumerate(zip(ids, NASTY, strict=True))
            },
            "kpis": {"k": {"title": NASTY[0], "measures": "title", "unit": NASTY[5], "target": 3, "owner": NASTY[2]}},
        }
    )

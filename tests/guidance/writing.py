"""Small theories as text, so that the tests go the way that people go: YAML, `toc.loads`, guidance."""

from __future__ import annotations

import toc
from toc import Guidance

HEAD = """\
toc: 1
title: A partnership
goal: Every child learns more
outcomes:
  change: {title: Pupils change, leads_to: goal}
outputs:
  sessions: {title: Sessions held, leads_to: change}
"""


def theory_with(activity: str, kpis: str = "", leads_to: str = "change") -> toc.TheoryOfChange:
    """A theory with one activity, `it`; `kpis` holds lines such as `heads: {measures: it, level: learning}`."""
    text = f"{HEAD}activities:\n  it: {{title: An activity, leads_to: {leads_to}{activity and ', '}{activity}}}\n"
    if kpis:
        text += "kpis:\n" + "".join(f"  {line.strip()}\n" for line in kpis.strip().splitlines())
    return toc.loads(text)


def advice_for(activity: str, kpis: str = "", leads_to: str = "change") -> Guidance:
    """The advice for that activity."""
    return theory_with(activity, kpis, leads_to).guidance("it")

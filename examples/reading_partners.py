"""A theory of change in Python: the code reads like the diagram."""

from __future__ import annotations

import toc

with toc.sketch("Reading partners") as t:
    goal = t.goal("Every child reads at their age")
    readers = t.outcome("Young readers catch up", pillar=t.pillar("Literacy"))
    support = t.activity("Weekly one-to-one reading", certainty="high", participation=100)
    support >> readers >> goal
    t.kpi("Reading age gain", measures=readers, unit="months", baseline=0, target=6)

theory = t.theory

if __name__ == "__main__":
    theory.save("reading-partners.yaml")
    theory.draw("reading-partners.svg")

"""How the year goes: what the readings of the KPIs say of the way from baseline to target, and what must not be shown."""

from toc.monitoring.kpi_progress import KpiProgress, MilestoneProgress, PartReading, Reached
from toc.monitoring.progress import Progress, progress_given
from toc.monitoring.statuses import Status, Why
from toc.monitoring.tally import RollUp, Tally

__all__ = [
    "KpiProgress",
    "MilestoneProgress",
    "PartReading",
    "Progress",
    "Reached",
    "RollUp",
    "Status",
    "Tally",
    "Why",
    "progress_given",
]

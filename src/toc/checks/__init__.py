"""Is this a good theory of change? Rules that read a valid theory as a critical friend would."""

from toc.checks.catalogue import RULES, all_rules, rule_named, rules_meant
from toc.checks.check_context import CheckContext
from toc.checks.checking import findings_of
from toc.checks.finding import Finding, Severity
from toc.checks.findings import Findings
from toc.checks.rules import Fault, Grades, Rule, RulePage, rule

__all__ = [
    "RULES",
    "CheckContext",
    "Fault",
    "Finding",
    "Findings",
    "Grades",
    "Rule",
    "RulePage",
    "Severity",
    "all_rules",
    "findings_of",
    "rule",
    "rule_named",
    "rules_meant",
]

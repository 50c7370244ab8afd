"""Is this a good theory of change? Rules that read a valid theory as a critical friend would."""

from toc.checks.catalogue import RULES, rule_named
from toc.checks.checking import findings_of
from toc.checks.finding import Finding, Severity
from toc.checks.findings import Findings
from toc.checks.rules import Fault, Rule, RulePage

__all__ = ["RULES", "Fault", "Finding", "Findings", "Rule", "RulePage", "Severity", "findings_of", "rule_named"]

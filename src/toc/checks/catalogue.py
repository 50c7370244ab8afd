"""Every rule, in the order of its code: a table to read, filled by no import side effect."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, partial
from typing import Any, Final, get_args

from toc.checks import (
    argument,
    evidence,
    hygiene,
    kpi_standing,
    measurement,
    partnering,
    people,
    review_gaps,
    structure,
    sustainability,
)
from toc.checks.check_context import CheckContext
from toc.checks.rules import Fault, Grades, Group, Rule, RulePage
from toc.checks.silences import UNUSED_SILENCE
from toc.errors import OptionError, as_given
from toc.plug_ins import PlugIn, complaint, leave_out, plugged_in
from toc.spelling import hint, nearest

RULES: Final[tuple[Rule, ...]] = (
    *structure.RULES,  # TOC101–109
    *argument.RULES,  # TOC111–119
    *measurement.RULES,  # TOC121–130
    *evidence.RULES,  # TOC131–139
    *sustainability.RULES,  # TOC141–149
    *people.RULES,  # TOC151–159
    *hygiene.RULES,  # TOC161–168
    UNUSED_SILENCE,  # TOC169
    *kpi_standing.RULES,  # TOC171–181
    *partnering.RULES,  # TOC201–206
    *review_gaps.RULES,  # TOC211–213
)
# The codes of others: letters of their own, so that none of ours is ever theirs.
THEIR_CODE: Final = re.compile("(?!TOC)[A-Z]{2,8}[0-9]{3}")
THEIR_NAME: Final = re.compile("[a-z0-9]+(-[a-z0-9]+)+")


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule: ours, then those that plug-ins add under the group `toc.rules`.

    What is no `Rule`, or has a code or a name that is taken, is left out with a `TocWarning`.

    >>> all_rules()[: len(RULES)] == RULES
    True
    """
    found = list(RULES)
    for plug_in in plugged_in("toc.rules"):
        value = plug_in.value
        for rule in value if isinstance(value, (tuple, list)) else (value,):
            if why := _unfit(rule, found):
                leave_out(plug_in, why)
            else:
                found.append(replace(rule, check=partial(_guarded, plug_in, rule)))
    return tuple(found)


def _unfit(rule: Any, others: Iterable[Rule]) -> str:
    """Why an object cannot be one of the rules; nothing where it can."""
    if not isinstance(rule, Rule):
        return f"it is {rule!r}, and no toc.checks.Rule"
    made: Any = rule  # by a stranger, so that its fields may hold anything
    if not isinstance(made.code, str) or not THEIR_CODE.fullmatch(made.code):
        return f"the code {made.code!r} is not 2 to 8 capitals and 3 digits, such as 'ABC101'; those with TOC are ours"
    if not isinstance(made.name, str) or not THEIR_NAME.fullmatch(made.name):
        return f"the name {made.name!r} of {made.code} is not small words with hyphens, such as 'goal-too-long'"
    if made.group not in get_args(Group) or not isinstance(made.grades, Grades):
        return f"{made.code} needs Grades, and a group: one of {', '.join(get_args(Group))}"
    if not isinstance(made.own_page, RulePage):
        return f"{made.code} has no page: give the rule a RulePage"
    taken = {word for other in others for word in (other.code, other.name)}
    return next((f"there is a rule {word!r} already" for word in (made.code, made.name) if word in taken), "")


def _guarded(plug_in: PlugIn, rule: Rule, context: CheckContext) -> list[Fault]:
    """What somebody else's rule finds; where it fails, nothing, and a warning that names it."""
    try:
        return [
            Fault(tuple(fault.nodes), tuple(fault.path), str(fault.message), str(fault.fix), tuple(fault.links))
            for fault in rule.check(context)
        ]
    except Exception as error:  # noqa: BLE001  # a stranger's function may fail in any way
        leave_out(plug_in, f"the rule {rule.code} failed ({complaint(error)})")
        return []


def rules_meant(word: str) -> list[Rule]:
    """The rules whose code begins with a word, or the one of that name, in capitals or small letters.

    Raises:
        OptionError: there is none.

    >>> [rule.code for rule in rules_meant("toc16")]
    ['TOC161', 'TOC162', 'TOC163', 'TOC164', 'TOC165', 'TOC166', 'TOC169']
    """
    code = word.strip().upper()
    begun = [rule for rule in all_rules() if rule.code.startswith(code) and code.startswith(rule.code[:-3])]
    return begun or [rule_named(word)]


def rule_named(word: str) -> Rule:
    """The rule of a code or a name, in capitals or small letters.

    Raises:
        OptionError: there is none.

    >>> rule_named("TOC169").name, rule_named("unused-silence").code
    ('unused-silence', 'TOC169')
    """
    code, name = word.strip().upper(), word.strip().lower()
    for rule in all_rules():
        if code == rule.code or name == rule.name:
            return rule
    choices = [name for rule in all_rules() for name in (rule.code, rule.name)]
    near = nearest(name, choices) or nearest(code, choices)
    raise OptionError(f"there is no rule {as_given(word)}: `toc rule` lists them all{hint(near)}")

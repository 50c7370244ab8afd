"""Every rule, in the order of its code: a table to read, filled by no import side effect."""

from __future__ import annotations

from typing import Final

from toc.checks import argument, evidence, hygiene, measurement, people, structure, sustainability
from toc.checks.rules import Rule
from toc.checks.silences import UNUSED_SILENCE
from toc.errors import OptionError, as_given
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
)


def rule_named(word: str) -> Rule:
    """The rule of a code or a name.

    Raises:
        OptionError: there is none.

    >>> rule_named("TOC169").name, rule_named("unused-silence").code
    ('unused-silence', 'TOC169')
    """
    for rule in RULES:
        if word in (rule.code, rule.name):
            return rule
    choices = [name for rule in RULES for name in (rule.code, rule.name)]
    raise OptionError(f"there is no rule {as_given(word)}: `toc rule` lists them all{hint(nearest(word, choices))}")

"""The probes of `probes.toml`: each finds what a theory says of one thing, in sentences with ids, and never a judgement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from toc.partnership.footing_probes import FOOTING_PROBES
from toc.partnership.measure_probes import MEASURE_PROBES
from toc.partnership.prefill import FactFound, Look, Probe
from toc.partnership.theory_probes import THEORY_PROBES

PROBES: Final[Mapping[str, Probe]] = MappingProxyType({**THEORY_PROBES, **MEASURE_PROBES, **FOOTING_PROBES})


def prefilled(look: Look, probes: Iterable[str]) -> tuple[FactFound, ...]:
    """What some probes find, in their order."""
    wanted = tuple(probes)
    for name in wanted:
        if name not in look.known:
            look.known[name] = tuple(PROBES[name](look, name))
    return tuple(fact for name in wanted for fact in look.known[name])

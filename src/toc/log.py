"""What a host can read of the library's work in its log: the logger `toc`, which says nothing unless somebody listens.

Only sizes, counts, times and names of files and programs are told, never what somebody wrote into a theory.
"""

from __future__ import annotations

import sys
from time import perf_counter as now

__all__ = ["now", "tell"]


def tell(message: str, *values: object) -> None:
    """Write a line at the level DEBUG.

    A host that has not even imported `logging` cannot listen, so nobody pays for importing it.
    """
    logging = sys.modules.get("logging")
    if logging is None:
        return
    logger = logging.getLogger("toc")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.debug(message, *values)

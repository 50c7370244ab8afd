"""Work off the loop: so many calls at once, so many that wait, none for longer than its limit; in threads or processes."""

from __future__ import annotations

import math
import os
from collections.abc import Awaitable, Callable
from datetime import date
from functools import cache, cached_property
from typing import Final, TypeVar

import anyio
from anyio import to_process, to_thread

from toc.limits import Limits
from toc.web.bodies import theory_in
from toc.web.calls import Call, reply_to
from toc.web.replies import Reply, problem

SOON: Final = (("retry-after", "1"),)
PATIENCE: Final = 1.0
"""For how many seconds a process goes on for somebody who has gone."""
ENDED: Final = "the process that worked on this has ended: ask again"
T = TypeVar("T")


class Workers:
    """Where calls are worked on; it starts nothing before the first of them.

    Who goes while they wait is not worked for. In a thread a call that is late is told so and left to end by itself, since a
    thread cannot be stopped; it counts no longer. A process is killed, and so it is a moment after whoever asked has gone:
    at once would be dearer than most calls, because another process has to start.
    """

    def __init__(self, concurrent: int | None, waiting: int, processes: int, seconds: float | None) -> None:
        self.count = processes or concurrent or os.cpu_count() or 1
        self.waiting = waiting
        self.in_processes = bool(processes)
        self.seconds = math.inf if seconds is None else seconds

    @cached_property
    def _slots(self) -> anyio.CapacityLimiter:
        return anyio.CapacityLimiter(self.count)

    @cached_property
    def _unbounded(self) -> anyio.CapacityLimiter:
        """For anyio, which would count by itself: the slots count already."""
        return anyio.CapacityLimiter(math.inf)

    async def reply(self, call: Call, gone: Callable[[], Awaitable[None]]) -> Reply | None:
        """Answer a call as soon as there is room; None where whoever asked is `gone` before."""
        if self._slots.statistics().tasks_waiting >= self.waiting:
            return problem("busy", f"{self.waiting} calls are waiting already: ask again in a moment", headers=SOON)
        reply: Reply | None = None
        queue, work = anyio.CancelScope(), anyio.CancelScope()

        async def watch() -> None:
            await gone()
            queue.cancel()
            if self.in_processes:
                await anyio.sleep(PATIENCE)
                work.cancel()

        async with anyio.create_task_group() as group:
            group.start_soon(watch)
            with queue:
                await self._slots.acquire()
            if not queue.cancelled_caught:
                try:
                    with work:
                        reply = await self._worked(call)
                finally:
                    self._slots.release()
            group.cancel_scope.cancel()
        return reply

    async def _worked(self, call: Call) -> Reply:
        if self.in_processes:
            await self._in_process(ready)  # so that the start of a process is nobody's time
        with anyio.move_on_after(self.seconds):
            if self.in_processes:
                return await self._in_process(reply_to, call) or problem("busy", ENDED, headers=SOON)
            return await to_thread.run_sync(reply_to, call, abandon_on_cancel=True, limiter=self._unbounded)
        return problem("too-long", f"this takes more than {self.seconds:g} seconds (the limit `seconds`)", headers=SOON)

    async def _in_process(self, work: Callable[..., T], *given: object) -> T | None:
        """What comes of some work in a process; None where the process has ended, for want of memory for example."""
        try:
            return await to_process.run_sync(work, *given, cancellable=True, limiter=self._unbounded)
        except anyio.BrokenWorkerProcess:
            return None


@cache
def ready() -> None:
    """What a process does first: it reads all that most calls need."""
    theory = theory_in(b"{toc: 1, title: Nothing, goal: Nothing}", "yaml", Limits())
    theory.check(today=date.min)
    theory.to_svg(search="quick")

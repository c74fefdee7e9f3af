"""One heartbeat: jobs that find nothing to do share a transaction, and whoever did something has a commit of his own.

Almost every beat finds nothing, and then opening and closing a transaction for each job is most of its cost. What a
job does stays separate from every other's: a job that did something ends the transaction at once, and when one fails,
all that ran in that transaction run again, each in its own, so that a failure takes nobody's work with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.turn import Desk, World
from storage import Store

log = structlog.get_logger()

SHARE_SECONDS = 0.02  # a press waits for no more than this and one job, however many jobs there are


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """One kind of due thing. `run` does what is due at the desk's moment and says how many things it did.

    It may run twice at the same moment, the first time undone: what it does, it does by the desk's transaction alone.
    """

    name: str
    run: Callable[[Desk], Awaitable[int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Beat:
    """One beat at one moment."""

    store: Store
    world: World
    now: datetime
    share_seconds: float = SHARE_SECONDS

    async def run(self, jobs: Sequence[Job]) -> int:
        """This function will run every job in order; gives how much was done. One that fails is logged and left."""
        done, waiting = 0, list(jobs)
        while waiting:
            begun: list[Job] = []
            try:
                done += await self._shared(waiting, begun)
            except Exception:  # whose fault it was, and who only stood beside it, shows when each runs alone
                begun = begun or waiting[:1]  # not even the transaction opened
                done += sum([await self._alone(job) for job in begun])
            del waiting[: len(begun)]
        return done

    async def _shared(self, waiting: Sequence[Job], begun: list[Job]) -> int:
        """Job after job in one transaction, until one did something or the others have waited long enough."""
        loop = asyncio.get_running_loop()
        async with self.store.transaction() as db:
            until = loop.time() + self.share_seconds
            desk = self.world.desk(db, now=self.now)
            for job in waiting:
                begun.append(job)
                done = await job.run(desk)
                if done or loop.time() > until:
                    return done
        return 0

    async def _alone(self, job: Job) -> int:
        try:
            async with self.store.transaction() as db:
                return await job.run(self.world.desk(db, now=self.now))
        except Exception:  # one job that fails must not keep the others from their hour
            log.exception("job_failed", action="job_failed", job=job.name)
            return 0

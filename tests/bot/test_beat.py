"""One heartbeat on both databases: idle jobs share a transaction, and nobody's work depends on another's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from sqlalchemy import text
from structlog.testing import capture_logs

from bot.app import world_of
from bot.jobs import JOBS
from bot.jobs.beat import Beat, Job
from bot.settings import settings_of
from bot.turn import Desk
from storage import Store, marks

NOW = datetime(2026, 11, 18, 7, 10, tzinfo=UTC)
WORLD = world_of(settings_of({}), today_year=NOW.year)


def beat_of(store: Store) -> Beat:
    return Beat(store=store, world=WORLD, now=NOW, share_seconds=60)


def claiming(name: str, *, done: int) -> Job:
    """A job that leaves its claim behind whenever it runs, and says how much that was."""

    async def run(desk: Desk) -> int:
        await marks.claim_run(desk.db, job="beat", slot=name, now=desk.now)
        return done

    return Job(name=name, run=run)


def failing(then: Callable[[Desk], Awaitable[object]]) -> Job:
    async def run(desk: Desk) -> int:
        await marks.claim_run(desk.db, job="beat", slot="failing", now=desk.now)
        await then(desk)
        return 1

    return Job(name="failing", run=run)


async def a_bug(_desk: Desk) -> None:
    raise RuntimeError


async def a_refused_statement(desk: Desk) -> None:
    """After this PostgreSQL refuses everything else in the transaction."""
    await desk.db.execute(text("SELECT nothing FROM nowhere"))


async def claims(store: Store) -> set[str]:
    async with store.transaction() as db:
        return set(await marks.claimed(db, "beat", ["quiet", "busy", "failing", "late"]))


async def test_everything_is_done_and_counted_whoever_shares(store: Store) -> None:
    jobs = (claiming("quiet", done=0), claiming("busy", done=2), claiming("late", done=3))
    assert await beat_of(store).run(jobs) == 5
    assert await claims(store) == {"quiet", "busy", "late"}


async def test_a_failure_is_named_and_takes_nobody_elses_work_with_it(store: Store) -> None:
    for fault in (a_bug, a_refused_statement):
        with capture_logs() as logs:
            jobs = (claiming("quiet", done=0), failing(fault), claiming("late", done=1))
            assert await beat_of(store).run(jobs) == 1
        assert [one["job"] for one in logs if one["event"] == "job_failed"] == ["failing"]
        assert await claims(store) == {"quiet", "late"}


async def test_idle_jobs_share_a_transaction_and_who_did_something_ends_it(store: Store) -> None:
    used: list[Desk] = []

    def looking(name: str, *, done: int) -> Job:
        async def run(desk: Desk) -> int:
            used.append(desk)
            return done

        return Job(name=name, run=run)

    jobs = [looking("a", done=0), looking("b", done=0), looking("c", done=1), looking("d", done=0)]
    assert await beat_of(store).run(jobs) == 1
    assert used[0].db is used[1].db is used[2].db
    assert used[3].db is not used[2].db


async def test_without_a_database_every_job_is_named_and_the_beat_goes_on() -> None:
    store = Store("postgresql://127.0.0.1:1/nobody_listens")
    with capture_logs() as logs:
        assert await beat_of(store).run((claiming("quiet", done=0), claiming("late", done=1))) == 0
    assert [one["job"] for one in logs] == ["quiet", "late"]


def test_the_names_of_the_jobs_tell_them_apart() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)

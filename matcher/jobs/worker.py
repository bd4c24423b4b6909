"""The worker: takes ids from the queue and carries out their jobs, several at once, as threads.

A training is a process of its own, and everything else is Python that waits for the database, so
threads do. Once a minute the table of jobs is looked through for what the queue lost, what a dead
worker left, and what the clock wants done.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event
from typing import Any

from huey.consumer import Consumer, Scheduler

from matcher.actions.job_work import due, forget_old, recover, run_job
from matcher.actions.job_workers import registered
from matcher.actions.jobs import ask_on_schedule
from matcher.actions.platform import Platform
from matcher.domain.job import Job, JobState
from matcher.errors import MatcherError
from matcher.jobs import schedule
from matcher.jobs.queue import Queue, opened

GRACE = 20.0
"""How long running jobs may take to stop, in seconds; what doesn't is begun again elsewhere."""
_LONGEST_PAUSE = 1.0
_HEALTH_SECONDS = 10.0
_log = logging.getLogger("matcher.jobs")


def work(platform: Platform, threads: int, ended: Event, ready: Callable[[], None]) -> None:
    """Carry out jobs until `ended`, which SIGTERM and SIGINT set; to be called by the main thread.

    ready: is called once work can begin. Then no job is begun any more, and those that run are put
    back to wait, or are done within `GRACE`. Raises UsageError for a schedule that can't be.
    """
    clock = schedule.entries(platform.settings)
    with registered(platform.settings.home) as name, _queue(platform, name, ended) as queue:
        consumer = _Consumer(
            queue.huey,
            lambda: sweep(platform, queue, clock),
            workers=threads,
            max_delay=_LONGEST_PAUSE,
            shutdown_timeout=GRACE,
        )
        consumer.start()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        ready()
        while not ended.wait(_HEALTH_SECONDS):
            consumer.check_worker_health()
        consumer.stop(graceful=True)


def sweep(platform: Platform, queue: Queue, clock: tuple[schedule.Entry, ...]) -> None:
    """Look through the table of jobs; what can't be done now is tried again in a minute.

    Ids are sent only where none wait: those that do will come to it anyway.
    """
    try:
        for id_ in recover(platform):
            _log.warning("job %s: its worker ended; it waits again", id_)
        for wanted in schedule.due(clock, platform.now()):
            ask_on_schedule(platform, wanted.kind, wanted.at)
        if not queue.waiting():
            for id_ in due(platform):
                queue.put(id_, 0.0)
        forget_old(platform)
    except (MatcherError, OSError) as error:
        _log.warning("looking for jobs: %s", error)


@contextmanager
def _queue(platform: Platform, name: str, ended: Event) -> Iterator[Queue]:
    """The queue, with what is done about an id that is taken from it."""
    held: list[Queue] = []

    def run(id: str) -> None:
        if ended.is_set():
            return  # It waits in the table for the next worker.
        job = run_job(platform, id, name, ended.is_set)
        if job is not None:
            _tell(job)
            if job.state is JobState.WAITING and not ended.is_set():
                held[0].put(id, (job.run_at - platform.now()).total_seconds())

    with opened(platform.settings, run) as queue:
        held.append(queue)
        yield queue


def _tell(job: Job) -> None:
    why = f": {job.error.get('message', '')}" if job.error else ""
    _log.info("job %s (%s): %s%s", job.id, job.kind.value, job.state.value, why)


class _Consumer(Consumer):  # type: ignore[misc]
    """Threads that take ids, and one that sweeps."""

    def __init__(self, huey: Any, sweep: Callable[[], None], **options: Any) -> None:
        self._sweep = sweep
        super().__init__(huey, **options)

    def _create_scheduler(self) -> Scheduler:
        return _Sweeper(
            huey=self.huey,
            stop_flag=self.stop_flag,
            interval=self.scheduler_interval,
            periodic=True,
            sweep=self._sweep,
        )


class _Sweeper(Scheduler):  # type: ignore[misc]
    """Sends on what was put off, and sweeps once a minute: itself, since every worker may be busy
    for an hour."""

    def __init__(self, sweep: Callable[[], None], **options: Any) -> None:
        self._sweep = sweep
        super().__init__(**options)

    def enqueue_periodic_tasks(self, now: datetime | None) -> None:
        """A minute is over."""
        self._sweep()

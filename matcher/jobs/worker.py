"""The worker: takes ids from the queue and carries out their jobs, several at once, as threads.

A training is a process of its own, and everything else is Python that waits for the database, so
threads do. Once a minute the table of jobs is looked through for what the queue lost, what a dead
worker left, and what the clock wants done.
"""

from __future__ import annotations

import logging
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event, Lock
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
_SIGNAL_SECONDS = 0.2
"""How often it is looked whether a signal came."""
_LOOKS = 50
"""Looks for a signal after which it is looked whether the threads are there."""
_log = logging.getLogger("matcher.jobs")


def work(platform: Platform, threads: int, ended: Event, ready: Callable[[], None]) -> None:
    """Carry out jobs until `ended`, which SIGTERM and SIGINT set; to be called by the main thread.

    ready: is called once work can begin. Then no job is begun any more, and those that run are put
    back to wait, or are done within `GRACE`. Raises UsageError for a schedule that can't be.
    """
    clock, busy = schedule.entries(platform.settings), _Busy()
    with registered(platform.settings.home) as name, _queue(platform, name, busy, ended) as queue:
        consumer = _Consumer(
            queue.huey,
            lambda: sweep(platform, queue, clock, name, busy.ids()),
            workers=threads,
            max_delay=_LONGEST_PAUSE,
            shutdown_timeout=GRACE,
        )
        consumer.start()
        signals: list[int] = []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, _: signals.append(number))
        ready()
        _wait(ended, signals, consumer.check_worker_health)
        consumer.stop(graceful=True)


def _wait(ended: Event, signals: list[int], look: Callable[[], None]) -> None:
    """Until the end, with a look at the threads now and then.

    A handler that took the lock of `ended` could come upon the main thread while that has it, so
    it leaves word, and the main thread looks for that.
    """
    looks = 0
    while not ended.wait(_SIGNAL_SECONDS):
        if signals:
            ended.set()
        looks += 1
        if looks % _LOOKS == 0:
            look()


def sweep(
    platform: Platform,
    queue: Queue,
    clock: tuple[schedule.Entry, ...],
    worker: str = "",
    busy: frozenset[str] = frozenset(),
) -> None:
    """Look through the table of jobs; what can't be done now is tried again in a minute.

    worker, busy: who looks, and what it is at work on. Ids are sent only where none wait: those
    that do will come to it anyway.
    """
    try:
        for id_ in recover(platform, worker, busy):
            _log.warning("job %s: its worker ended; it waits again", id_)
        for wanted in schedule.due(clock, platform.now(), platform.settings.zone):
            ask_on_schedule(platform, wanted.kind, wanted.at)
        if not queue.waiting():
            for id_ in due(platform):
                queue.put(id_, 0.0)
        forget_old(platform)
    except (MatcherError, OSError) as error:
        _log.warning("looking for jobs: %s", error)


class _Busy:
    """The jobs that the threads of this worker are at."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ids: Counter[str] = Counter()

    @contextmanager
    def at(self, id: str) -> Iterator[None]:
        """One of them is, for as long as the block lasts; two may have taken the same id."""
        with self._lock:
            self._ids[id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._ids[id] -= 1
                self._ids = +self._ids

    def ids(self) -> frozenset[str]:
        """All of them now."""
        with self._lock:
            return frozenset(self._ids)


@contextmanager
def _queue(platform: Platform, name: str, busy: _Busy, ended: Event) -> Iterator[Queue]:
    """The queue, with what is done about an id that is taken from it."""
    held: list[Queue] = []

    def run(id: str) -> None:
        if ended.is_set():
            return  # It waits in the table for the next worker.
        with busy.at(id):
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

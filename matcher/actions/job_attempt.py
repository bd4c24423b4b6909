"""One attempt at a job: its signs of life, how far it has come, and whether it is to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import NamedTuple

from matcher.actions.platform import Platform
from matcher.domain.job import Job, JobState, beaten
from matcher.errors import MatcherError
from matcher.store import jobs

LOOK_SECONDS = 0.5
"""How often it is looked whether the job is to stop, and written down how far it has come."""
_SIGNS = 10
"""Looks after which a sign of life is given even where nothing has changed."""
_log = logging.getLogger("matcher.jobs")


class Stop(Exception):
    """Takes the attempt out of what it does; nothing of that is kept."""


class Cancelled(Stop):
    """Somebody cancelled the job."""


class Released(Stop):
    """The worker ends; another one goes on."""


class Lost(Stop):
    """Another worker has it: this one was taken for dead."""


class _Progress(NamedTuple):
    doing: str = ""
    done: int = 0
    total: int | None = None


class Attempt:
    """What a job that runs is told through; for the thread of the work, and one that gives the
    signs of life. ending: whether the worker is to end."""

    def __init__(
        self, platform: Platform, job: Job, ending: Callable[[], bool] = lambda: False
    ) -> None:
        self.job = job
        self._platform, self._ending = platform, ending
        self._progress, self._told = _Progress(), _Progress()
        self._stop: type[Stop] | None = None
        self._over = Event()
        self._looks = 0

    def step(self, doing: str, total: int | None = None) -> None:
        """Another step begins; raises Stop where the job is to stop."""
        self._progress = _Progress(doing, 0, total)
        self.look()

    def at(self, done: int) -> None:
        """So many of the step are done; raises Stop where the job is to stop."""
        self._progress = self._progress._replace(done=done)
        self.look()

    def note(self, doing: str, done: int, total: int) -> None:
        """The same from another thread than that of the work: nothing is raised."""
        self._progress = _Progress(doing, done, total)

    def past_cancelling(self, done: int) -> None:
        """So many of a step are done that nobody can cancel; raises Released where the worker is
        to end."""
        self._progress = self._progress._replace(done=done)
        if self._ending():
            raise Released(self.job.id)

    def look(self) -> None:
        """Raise Stop where the job is to stop."""
        if self._stop is not None:
            raise self._stop(self.job.id)
        if self._ending():
            raise Released(self.job.id)

    def beat(self) -> None:
        """See whether the job is to stop, and write down how far it has come where that's news."""
        with self._platform.database.reading() as session:
            kept = jobs.get(session, self.job.id)
        if kept is None or kept.job.state is not JobState.RUNNING or not kept.job.is_of(self.job):
            self._stop = Lost
            return
        if kept.job.cancelling:
            self._stop = Cancelled
        self._looks += 1
        if self._progress != self._told or self._looks % _SIGNS == 0:
            self._write()

    def _write(self) -> None:
        told = self._progress
        with self._platform.database.writing() as session:
            kept = jobs.get(session, self.job.id)
            if kept is None or not kept.job.is_of(self.job):
                return
            jobs.save(session, beaten(kept.job, self._platform.now(), *told), kept.version)
        self._told = told

    def run(self) -> None:
        """Beat until `end`, whatever happens: without signs of life the job would be taken away,
        and couldn't be cancelled. What the database can't do now it can at the next look."""
        while not self._over.wait(LOOK_SECONDS):
            try:
                self.beat()
            except MatcherError as error:
                _log.warning("job %s: %s", self.job.id, error)
            except Exception:  # noqa: BLE001 - it is logged, and the thread goes on
                _log.exception("job %s: no sign of life could be given", self.job.id)

    def end(self) -> None:
        """No more beats."""
        self._over.set()


@contextmanager
def attempting(
    platform: Platform, job: Job, ending: Callable[[], bool] = lambda: False
) -> Iterator[Attempt]:
    """The attempt, with signs of life for as long as the block lasts."""
    attempt = Attempt(platform, job, ending)
    thread = Thread(target=attempt.run, name=f"beat {job.id}", daemon=True)
    thread.start()
    try:
        yield attempt
    finally:
        attempt.end()
        thread.join()

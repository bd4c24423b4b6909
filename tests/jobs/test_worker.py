"""Real workers, as processes: they do what is asked, and a death of theirs leaves nothing half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from threading import Event

import pytest

from matcher.actions import jobs
from matcher.actions.job_workers import FOLDER
from matcher.actions.platform import Platform
from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun
from matcher.domain.job import Job, JobKind, JobState
from matcher.domain.visibility import SYSTEM
from matcher.jobs import worker
from matcher.jobs.queue import opened, send
from matcher.settings import Settings
from matcher.store import imports, records
from tests.actions.job_cases import upload

Process = subprocess.Popen[str]
MANY = 2000
PATIENCE = 120.0


@pytest.fixture
def place(standard_settings: Settings) -> Iterator[Platform]:
    """The platform with the clock of the machine, as the workers have it."""
    with open_platform(standard_settings) as platform:
        yield platform


@pytest.fixture
def started(standard_settings: Settings) -> Iterator[Callable[[int], list[Process]]]:
    """Starts workers, and waits until they work."""
    address = standard_settings.database.get_secret_value()
    environ = {**os.environ, "MATCHER_DATABASE": address, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "matcher", "--home", str(standard_settings.home), "worker"]
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    with ExitStack() as ending:

        def start(count: int) -> list[Process]:
            found = [
                ending.enter_context(
                    subprocess.Popen(command, stdout=pipe, stderr=quiet, text=True, env=environ)
                )
                for _ in range(count)
            ]
            for process in found:
                ending.callback(process.kill)
                assert process.stdout is not None
                assert process.stdout.readline() == "Working, 2 jobs at a time.\n"
            return found

        yield start


def seen(platform: Platform, job: Job, wanted: Callable[[Job], bool]) -> Job:
    """The job once it is as wanted."""
    deadline = time.monotonic() + PATIENCE
    while not wanted(found := jobs.get_job(platform, SYSTEM, job.id)):
        assert time.monotonic() < deadline, found
        time.sleep(0.02)
    return found


def asked(platform: Platform, *rows: object) -> Job:
    file = upload(*rows)
    job = jobs.ask(platform, SYSTEM, JobKind.IMPORT, {"noun": "outcomes"}, upload=file)
    send(platform.settings, job)
    return job


def there(platform: Platform) -> tuple[int, int]:
    """How many outcomes and imports there are."""
    with platform.database.reading() as session:
        return records.count(session, Noun.OUTCOME), len(imports.recent(session))


@pytest.mark.slow
def test_a_worker_carries_out_what_is_asked_and_ends_when_told_to(
    place: Platform, started: Callable[[int], list[Process]]
) -> None:
    [process] = started(1)
    done = seen(place, asked(place), lambda job: job.is_over)
    assert (done.state, done.result["counts"]["created"]) == (JobState.DONE, 2)
    assert there(place) == (7, 1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert list((place.settings.home / FOLDER).iterdir()) == []


@pytest.mark.slow
def test_a_worker_killed_at_work_leaves_nothing_half_done_and_another_goes_on(
    place: Platform, started: Callable[[int], list[Process]]
) -> None:
    """The import has read its file, or is reading it, when it is killed: it can't write before,
    since this test is the one that writes."""
    [process] = started(1)
    job = asked(place, *({"id": f"x{number}", "title": f"t{number}"} for number in range(MANY)))
    seen(place, job, lambda job: job.state is JobState.RUNNING)
    with place.database.writing():
        process.kill()
        process.wait()
    killed = jobs.get_job(place, SYSTEM, job.id)
    assert (killed.state, killed.attempts, there(place)) == (JobState.RUNNING, 1, (5, 0))
    started(1)
    waits = seen(place, job, lambda job: job.state is JobState.WAITING)
    assert waits.error["code"] == "worker_lost"
    assert (waits.run_at - waits.made_at).total_seconds() > 10
    send(place.settings, jobs.retry_job(place, SYSTEM, job.id))
    done = seen(place, job, lambda job: job.is_over)
    assert (done.state, done.result["counts"]["created"]) == (JobState.DONE, MANY)
    assert there(place) == (5 + MANY, 1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_two_workers_share_the_jobs_and_do_each_once(
    place: Platform, started: Callable[[int], list[Process]]
) -> None:
    started(2)
    found = [asked(place, {"id": f"x{number}", "title": "t"}) for number in range(8)]
    for job in found:
        # A second time is no harm.
        send(place.settings, job)
    done = [seen(place, job, lambda job: job.is_over) for job in found]
    assert {(job.state, job.attempts) for job in done} == {(JobState.DONE, 1)}
    assert there(place) == (13, 8)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_the_queue_lost_is_found_again(place: Platform) -> None:
    job = jobs.ask(place, SYSTEM, JobKind.EXPORT, {"noun": "need"})
    with opened(place.settings) as queue:
        worker.sweep(place, queue, ())
        assert queue.waiting() == 1
        worker.sweep(place, queue, ())
        assert queue.waiting() == 1
    assert jobs.get_job(place, SYSTEM, job.id).state is JobState.WAITING


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_sweep_that_fails_says_so_and_is_no_end(
    place: Platform, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> tuple[str, ...]:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(worker, "recover", gone)
    with opened(place.settings) as queue:
        worker.sweep(place, queue, ())
    assert "Input/output error" in caplog.text


def test_a_signal_is_heard_between_two_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_SIGNAL_SECONDS", 0.0)
    monkeypatch.setattr(worker, "_LOOKS", 2)
    ended, signals, looks = Event(), [], []

    def look() -> None:
        looks.append(ended.is_set())
        if len(looks) == 3:
            signals.append(signal.SIGTERM)

    worker._wait(ended, signals, look)
    assert (ended.is_set(), looks) == (True, [False] * 3)


def test_a_worker_knows_what_it_is_at() -> None:
    busy = worker._Busy()
    with busy.at("J-1"):
        with busy.at("J-1"), busy.at("J-2"):
            assert busy.ids() == {"J-1", "J-2"}
        assert busy.ids() == {"J-1"}
    assert busy.ids() == frozenset()

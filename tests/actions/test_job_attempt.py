"""An attempt tells how far it has come, and hears that it is to stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions import job_attempt
from matcher.actions import jobs as actions
from matcher.actions.job_attempt import Attempt, Cancelled, Lost, Released, attempting
from matcher.actions.platform import Platform
from matcher.domain.job import Job, JobKind, put_off
from matcher.domain.visibility import SYSTEM
from matcher.errors import StoreUnavailable
from matcher.store import jobs
from tests.actions.job_cases import asked
from tests.platforms import NOW

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
LATER = NOW + timedelta(seconds=7)


@pytest.fixture
def running(platform: Platform) -> Job:
    job = asked(platform, SYSTEM, JobKind.EXPORT, noun="needs")
    with platform.database.writing() as session:
        kept = jobs.claim(session, job.id, "w1", NOW)
    assert kept is not None
    return kept.job


def now(platform: Platform, job: Job) -> Job:
    return actions.get_job(platform, SYSTEM, job.id)


def test_how_far_it_has_come_is_written_down(platform: Platform, running: Job) -> None:
    attempt = Attempt(replace(platform, now=lambda: LATER), running)
    attempt.step("rows", 9)
    attempt.at(4)
    attempt.beat()
    job = now(platform, running)
    assert (job.doing, job.done, job.total, job.beat_at) == ("rows", 4, 9, LATER)
    attempt.note("fit", 3, 6)
    attempt.beat()
    assert (now(platform, running).doing, now(platform, running).done) == ("fit", 3)


def test_a_sign_of_life_is_given_also_where_nothing_moves(platform: Platform, running: Job) -> None:
    attempt = Attempt(replace(platform, now=lambda: LATER), running)
    attempt.beat()
    assert now(platform, running).beat_at == NOW
    for _ in range(9):
        attempt.beat()
    assert now(platform, running).beat_at == LATER


def test_a_cancelled_job_stops(platform: Platform, running: Job) -> None:
    attempt = Attempt(platform, running)
    actions.cancel_job(platform, SYSTEM, running.id)
    attempt.look()
    attempt.beat()
    for stopping in (attempt.look, lambda: attempt.at(1), lambda: attempt.step("x")):
        with pytest.raises(Cancelled):
            stopping()


def test_what_another_worker_has_is_lost(platform: Platform, running: Job) -> None:
    attempt = Attempt(platform, running)
    attempt.at(3)
    with platform.database.writing() as session:
        waits = jobs.save(session, put_off(running, NOW, {"code": "worker_lost"}), 2)
        again = jobs.claim(session, running.id, "w1", waits.job.run_at)
    assert again is not None
    attempt.beat()
    with pytest.raises(Lost):
        attempt.look()
    assert now(platform, running) == again.job


def test_a_worker_that_is_to_end_gives_its_job_back(platform: Platform, running: Job) -> None:
    with pytest.raises(Released):
        Attempt(platform, running, ending=lambda: True).at(1)


def test_past_cancelling_only_the_end_of_the_worker_counts(
    platform: Platform, running: Job
) -> None:
    attempt, ending = Attempt(platform, running), Attempt(platform, running, ending=lambda: True)
    actions.cancel_job(platform, SYSTEM, running.id)
    attempt.beat()
    attempt.past_cancelling(3)
    with pytest.raises(Cancelled):
        attempt.look()
    with pytest.raises(Released):
        ending.past_cancelling(3)


def test_a_database_that_is_gone_for_a_while_is_no_end(
    platform: Platform,
    running: Job,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The signs of life go on by themselves, and end with the block."""
    monkeypatch.setattr(job_attempt, "LOOK_SECONDS", 0.001)
    asked_twice = []

    class Tried(Attempt):
        def beat(self) -> None:
            asked_twice.append(1)
            if len(asked_twice) == 1:
                raise StoreUnavailable("gone")
            if len(asked_twice) == 2:
                raise ZeroDivisionError
            self.end()

    monkeypatch.setattr(job_attempt, "Attempt", Tried)
    with attempting(platform, running) as attempt:
        assert attempt._over.wait(30)
    assert len(asked_twice) == 3
    assert "gone" in caplog.text
    assert "ZeroDivisionError" in caplog.text

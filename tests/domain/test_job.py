"""A job's states: what may follow on what, how long it waits, and that nothing else can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain import job as jobs
from matcher.domain.job import BACKOFF, LONGEST_TRY, Job, JobKind, JobState
from matcher.errors import IllegalTransition, InvalidValue

AT = dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC)
WHY = {"code": "store_unavailable", "message": "m"}
NEW = Job(id="J-1", kind=JobKind.IMPORT, account="a1", made_at=AT, run_at=AT)
RUNNING = jobs.claimed(NEW, "w", AT)

STEPS: dict[str, Callable[[Job, dt.datetime], Job]] = {
    "claim": lambda job, at: jobs.claimed(job, "w", at),
    "beat": lambda job, at: jobs.beaten(job, at, "rows", 3, 5),
    "finish": lambda job, at: jobs.finished(job, at, {"rows": 3}),
    "fail": lambda job, at: jobs.failed(job, at, WHY),
    "stop": jobs.stopped,
    "put off": lambda job, at: jobs.put_off(job, at, WHY),
    "release": jobs.released,
    "cancel": jobs.cancelled,
    "retry": jobs.retried,
}
LEGAL = {
    JobState.WAITING: {"claim", "cancel"},
    JobState.RUNNING: {"beat", "finish", "fail", "stop", "put off", "release", "cancel"},
    JobState.DONE: set(),
    JobState.FAILED: {"retry"},
    JobState.CANCELLED: {"retry"},
}


@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 400)), max_size=30))
def test_whatever_is_tried_a_job_goes_only_where_it_may(
    tried: list[tuple[str, int]],
) -> None:
    job, at = NEW, AT
    for name, seconds in tried:
        at += dt.timedelta(seconds=seconds)
        try:
            after = STEPS[name](job, at)
        except IllegalTransition:
            early = name == "claim" and job.attempts > 0 and job.run_at > at
            assert name not in LEGAL[job.state] or early
            continue
        assert name in LEGAL[job.state] or (name == "retry" and job.error)
        assert (after.state is JobState.RUNNING) == bool(after.worker)
        assert after.is_over == (after.ended_at is not None)
        assert 0 <= after.attempts <= LONGEST_TRY
        assert after.state is not JobState.DONE or not after.error
        assert after.can_cancel <= (not after.is_over)
        job = after


def test_what_came_to_nothing_waits_longer_each_time_and_then_fails() -> None:
    job, waits = NEW, []
    for _ in range(LONGEST_TRY):
        job = jobs.put_off(jobs.claimed(job, "w", job.run_at), job.run_at, WHY)
        waits.append(job.run_at - AT)
    assert [wait.total_seconds() for wait in BACKOFF] == [10, 60, 300]
    assert waits[:3] == [BACKOFF[0], BACKOFF[0] + BACKOFF[1], sum(BACKOFF, dt.timedelta())]
    assert (job.state, job.error, job.attempts) == (JobState.FAILED, WHY, LONGEST_TRY)
    again = jobs.retried(job, AT)
    assert (again.state, again.attempts, again.error) == (JobState.WAITING, 0, {})


def test_a_job_is_not_begun_before_its_time_but_can_be_retried_at_once() -> None:
    later = jobs.put_off(RUNNING, AT, WHY)
    with pytest.raises(IllegalTransition, match="isn't due"):
        jobs.claimed(later, "w", AT)
    assert later.can_retry
    assert not NEW.can_retry
    assert jobs.claimed(jobs.retried(later, AT), "w", AT).attempts == 1


def test_what_was_never_tried_is_begun_also_by_a_clock_that_is_behind() -> None:
    assert jobs.claimed(NEW, "w", AT - dt.timedelta(minutes=5)).attempts == 1


@pytest.mark.parametrize("step", ["put off", "release"])
def test_what_was_asked_to_stop_is_not_begun_again(step: str) -> None:
    asked = jobs.cancelled(RUNNING, AT)
    assert (asked.state, asked.can_cancel) == (JobState.RUNNING, False)
    assert STEPS[step](asked, AT).state is JobState.CANCELLED


def test_a_worker_that_ends_in_good_order_costs_no_attempt() -> None:
    given_back = jobs.released(RUNNING, AT)
    assert (given_back.state, given_back.attempts) == (JobState.WAITING, 0)
    assert not given_back.is_of(RUNNING)
    assert jobs.beaten(RUNNING, AT, "rows", 2, 3).is_of(RUNNING)
    again = jobs.claimed(given_back, "w", AT + dt.timedelta(seconds=1))
    assert (again.worker, again.attempts) == (RUNNING.worker, RUNNING.attempts)
    assert not again.is_of(RUNNING)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": JobState.RUNNING},
        {"worker": "w"},
        {"ended_at": AT},
        {"state": JobState.DONE},
        {"id": " "},
        {"run_at": AT.replace(tzinfo=None)},
    ],
)
def test_a_job_that_contradicts_itself_cannot_be_made(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        replace(NEW, **wrong)  # type: ignore[arg-type]

"""How far a job is, as a page tells it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matcher.domain.enums import Language
from matcher.domain.job import Job, JobKind, JobState, claimed
from matcher.web.job_progress import DONE, NOW, TO_COME, job_progress
from matcher.web.job_words import TRAINING
from matcher.web.say import Say
from training.steps import STEPS

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
SAY = Say(Language.EN, AT)
WAITS = Job(id="J-1", kind=JobKind.TRAINING, account="a1", made_at=AT, run_at=AT)
RUNS = claimed(WAITS, "w1", AT)


def test_the_steps_are_those_of_a_training() -> None:
    assert tuple(TRAINING) == STEPS


def test_what_is_told_last_is_done_and_the_next_one_is_under_way() -> None:
    found = job_progress(replace(RUNS, doing="features", done=2, total=6), None, AT, SAY)
    assert [step.state for step in found.steps] == [DONE, DONE, NOW, TO_COME, TO_COME, TO_COME]
    assert (found.percent, found.doing) == (33, "Learn once without the last days")
    publishes = replace(RUNS, arguments={"publish": True}, doing="publish")
    assert job_progress(publishes, None, AT, SAY).steps[-1].state == NOW


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (None, "the first training: how long it takes isn’t known"),
        (150.0, "about 2 min left, going by last time"),
        (50.0, "about 20 s left, going by last time"),
        (20.0, "longer than last time (20 s)"),
    ],
)
def test_the_time_left_is_that_of_the_last_time(last: float | None, told: str) -> None:
    assert job_progress(RUNS, last, AT + timedelta(seconds=30), SAY).left == told


def test_what_waits_or_stops_promises_nothing() -> None:
    waits = job_progress(WAITS, 60.0, AT, SAY)
    assert (waits.left, waits.doing, waits.percent) == ("", "Waiting for a worker", 0)
    stops = job_progress(replace(RUNS, cancelling=True), 60.0, AT, SAY)
    assert (stops.left, stops.doing) == ("", "Stopping")
    assert waits.seen != stops.seen


@pytest.mark.parametrize("kind", [JobKind.PUBLISH, JobKind.ROLLBACK, JobKind.COMPARISON])
def test_other_jobs_are_one_step(kind: JobKind) -> None:
    job = replace(RUNS, kind=kind, arguments={"version": "0002-0a1b2c3d"})
    found = job_progress(job, None, AT, SAY)
    assert [step.state for step in found.steps] == [NOW]
    assert (found.percent, bool(found.left), job.state) == (None, True, JobState.RUNNING)

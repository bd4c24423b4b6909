"""What is being done about models."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.model_work import comparison_of, model_work, require_idle
from matcher.actions.platform import Platform
from matcher.domain.job import JobKind, JobState
from matcher.domain.visibility import SYSTEM
from matcher.errors import EditConflict, NotAllowed
from matcher.store import jobs
from tests.actions.job_cases import asked, done, signed_up
from tests.actions.test_models import again
from tests.platforms import NOW


def test_open_jobs_and_the_last_one_that_is_over_are_told(platform: Platform) -> None:
    current = platform.library.pointer().version
    over = done(platform, asked(platform, SYSTEM, JobKind.PUBLISH, version=current))
    asked(platform, SYSTEM, JobKind.PROMPTS)
    later = replace(platform, now=lambda: NOW + timedelta(seconds=1))
    waits = asked(later, SYSTEM, JobKind.TRAINING)
    found = model_work(platform, SYSTEM)
    assert (found.open, found.last, found.seconds) == ((waits,), over, None)


def test_how_long_the_last_training_took(platform: Platform) -> None:
    job = asked(platform, SYSTEM, JobKind.TRAINING)
    with platform.database.writing() as session:
        kept = jobs.claim(session, job.id, "w", NOW)
        assert kept is not None
        from_, to = NOW, NOW + timedelta(seconds=90)
        ended = replace(kept.job, state=JobState.DONE, worker="", started_at=from_, ended_at=to)
        jobs.save(session, ended, kept.version)
    assert model_work(platform, SYSTEM).seconds == 90


def test_it_is_for_admins_of_the_whole(platform: Platform) -> None:
    with pytest.raises(NotAllowed):
        model_work(platform, signed_up(platform, "east", node="n2"))


def test_who_saw_something_else_changes_nothing(platform: Platform) -> None:
    current = platform.library.pointer().version
    require_idle(platform, SYSTEM, current, current)
    with pytest.raises(EditConflict):
        require_idle(platform, SYSTEM, current, "another")
    asked(platform, SYSTEM, JobKind.PUBLISH, version=current)
    with pytest.raises(EditConflict):
        require_idle(platform, SYSTEM, current, current)


def test_the_newest_comparison_of_two_is_found(platform: Platform) -> None:
    first, second = again(platform, seq=99), platform.library.pointer().version
    job = asked(platform, SYSTEM, JobKind.COMPARISON, first=first, second=second)
    assert comparison_of(platform, SYSTEM, first, second) == job
    assert comparison_of(platform, SYSTEM, second, first) is None

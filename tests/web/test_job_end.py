"""What came of a job, as a page tells it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matcher.domain.enums import Language
from matcher.domain.job import Job, JobKind, cancelled, claimed, failed, finished
from matcher.web.job_end import NEWS, job_end
from matcher.web.say import Say

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
SAY = Say(Language.EN, AT)
VERSION = "0002-0a1b2c3d"


def job(kind: JobKind, **arguments: Any) -> Job:
    return Job(id="J-1", kind=kind, account="a", made_at=AT, run_at=AT, arguments=arguments)


@pytest.mark.parametrize(
    ("kind", "published", "says", "made"),
    [
        (JobKind.TRAINING, False, f"A new model, {VERSION}, has been trained", VERSION),
        (JobKind.TRAINING, True, f"{VERSION} is in use now", VERSION),
        (JobKind.PUBLISH, True, f"{VERSION} is in use now", ""),
    ],
)
def test_what_was_made_is_told(kind: JobKind, published: bool, says: str, made: str) -> None:
    result = {"model": VERSION, "published": published}
    found = job_end(finished(claimed(job(kind), "w", AT), AT, result), AT, SAY)
    assert found is not None
    assert (found.says.startswith(says), found.tone, found.made) == (True, "good", made)


def test_what_failed_says_that_nothing_changed_and_why() -> None:
    error = {"message": "It broke.", "hint": "Mend it."}
    ended = failed(claimed(job(JobKind.ROLLBACK, version=VERSION), "w", AT), AT, error)
    found = job_end(ended, AT, SAY)
    assert found is not None
    assert found.says == f"Going back to {VERSION} failed; the current model stays"
    assert (found.tone, found.detail, found.hint) == ("bad", "It broke.", "Mend it.")


def test_what_was_cancelled_is_told_as_long_as_it_is_news() -> None:
    over = cancelled(job(JobKind.COMPARISON), AT)
    found = job_end(over, AT, SAY)
    assert found is not None
    assert found.says == "The comparison was cancelled; nothing changed"
    assert job_end(over, AT + NEWS + timedelta(seconds=1), SAY) is None
    assert job_end(job(JobKind.TRAINING), AT, SAY) is None

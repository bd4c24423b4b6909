"""Asking for a job: it is kept, a worker is woken, and the answer says where to look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from matcher.actions.jobs import cancel_job
from matcher.domain.enums import Role
from matcher.domain.job import JobKind
from matcher.errors import UsageError
from matcher.jobs.queue import opened
from matcher.settings import Settings
from matcher.web.asking import asked, asked_again
from matcher.web.context import platform, sign_in, viewer
from tests.web.conftest import token_of


@pytest.fixture
def signed_in(app: Flask) -> Iterator[None]:
    """Within a request of somebody."""
    with app.test_request_context():
        secret = token_of(platform(), Role.HOLDER)
    with app.test_request_context(headers={"Authorization": f"Bearer {secret}"}):
        sign_in()
        yield


def waiting(settings: Settings) -> int:
    with opened(settings) as queue:
        return queue.waiting()


@pytest.mark.usefixtures("signed_in")
def test_a_job_is_told_with_its_place_and_sent_to_a_worker(standard_settings: Settings) -> None:
    shown, status, headers = asked(JobKind.EXPORT, {"noun": "outcome", "format": "csv"})
    assert (shown["state"], status) == ("waiting", 202)
    assert headers == {"Location": f"/api/v1/jobs/{shown['id']}"}
    assert waiting(standard_settings) == 1


@pytest.mark.usefixtures("signed_in")
def test_what_is_refused_is_not_sent(standard_settings: Settings) -> None:
    with pytest.raises(UsageError):
        asked(JobKind.EXPORT, {"noun": "outcome", "format": "exe"})
    assert waiting(standard_settings) == 0


@pytest.mark.usefixtures("signed_in")
def test_a_job_that_was_cancelled_is_sent_again(standard_settings: Settings) -> None:
    shown, *_ = asked(JobKind.EXPORT, {"noun": "outcome", "format": "csv"})
    from_queue = waiting(standard_settings)
    cancel_job(platform(), viewer(), shown["id"])
    again, status, _ = asked_again(shown["id"])
    assert (again["id"], again["state"], status) == (shown["id"], "waiting", 202)
    assert waiting(standard_settings) == from_queue + 1

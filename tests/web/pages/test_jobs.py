"""Jobs without a browser: what is told of them, and what can be done about them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from matcher.actions.job_work import run_job
from matcher.actions.jobs import ask, get_job, list_jobs
from matcher.bootstrap import open_platform
from matcher.domain.enums import Language, Role
from matcher.domain.job import JobKind, JobState
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from tests.web.pages.test_imports import HTMX, post
from tests.web.people import csrf_of, signed_in


@pytest.fixture
def admin(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    return signed_in(stranger, person("chief", Role.ADMIN, node="n1", language=Language.EN))


@pytest.fixture
def job(standard_settings: Settings) -> str:
    """An export that waits."""
    with open_platform(standard_settings) as platform:
        return ask(platform, SYSTEM, JobKind.EXPORT, {"noun": "needs"}).id


def test_a_job_is_told_cancelled_and_done_after_all(
    admin: FlaskClient, job: str, standard_settings: Settings
) -> None:
    page = admin.get("/jobs")
    assert "Export of Needs" in page.text
    assert "the operator" in page.text
    assert 'hx-trigger="every 1s"' in page.text
    assert post(admin, f"/jobs/{job}/cancel", page).headers["Location"] == "/jobs"
    cancelled = admin.get("/jobs")
    assert "Cancelled" in cancelled.text
    assert "every 1s" not in cancelled.text
    token = {"csrf_token": csrf_of(admin)}
    again = admin.post(f"/jobs/{job}/retry", data=token, headers=HTMX)
    assert again.text.startswith('<div id="jobs" hx-get=')
    with open_platform(standard_settings) as platform:
        run_job(platform, job, "tests")
        assert get_job(platform, SYSTEM, job).is_over
    assert "3 records" in admin.get("/jobs").text
    assert admin.post(f"/jobs/{job}/cancel", data=token, headers=HTMX).status_code == 409


def test_the_clock_is_shown_to_admins(admin: FlaskClient) -> None:
    text = admin.get("/jobs").text
    assert "No jobs" in text
    assert "prompts_at = 0 6 * * *" in text


def test_an_admin_of_all_has_a_round_of_notices_made_once(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    page = admin.get("/jobs")
    for _ in range(2):
        assert post(admin, "/jobs/notices", page).headers["Location"] == "/jobs"
    with open_platform(standard_settings) as platform:
        [job] = list_jobs(platform, SYSTEM, kinds=[JobKind.NOTICES]).rows
        run_job(platform, job.id, "tests")
        assert get_job(platform, SYSTEM, job.id).state is JobState.DONE


def test_to_admins_of_a_part_it_is_not_offered_nor_done(
    stranger: FlaskClient, person: Callable[..., str], standard_settings: Settings
) -> None:
    client = signed_in(stranger, person("east", Role.ADMIN, node="n2", language=Language.EN))
    page = client.get("/jobs")
    assert "notices_at" in page.text
    assert "Run now" not in page.text
    data = {"csrf_token": csrf_of(client), "key": "k" * 20}
    assert client.post("/jobs/notices", data=data).status_code == 403
    with open_platform(standard_settings) as platform:
        assert not list_jobs(platform, SYSTEM).rows


def test_others_see_their_own_alone(
    stranger: FlaskClient, person: Callable[..., str], job: str, standard_settings: Settings
) -> None:
    client = signed_in(stranger, person("lin", Role.ENTERPRISE, node="n1", language=Language.EN))
    text = client.get("/jobs").text
    assert "Export of Needs" not in text
    assert "prompts_at" not in text
    data = {"csrf_token": csrf_of(client)}
    assert client.post(f"/jobs/{job}/cancel", data=data).status_code == 404
    assert client.get(f"/jobs/{job}/file").status_code == 404

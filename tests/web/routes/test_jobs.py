"""Jobs over HTTP: looked at, cancelled, begun anew, and the file that came of one."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from matcher.actions.job_work import run_job
from matcher.bootstrap import open_platform
from matcher.domain.enums import Role
from matcher.settings import Settings
from tests.web.conftest import Caller

API = "/api/v1"


@pytest.fixture
def holder(caller: Caller) -> FlaskClient:
    return caller(Role.HOLDER, node="n2")


def export(client: FlaskClient, **more: str) -> str:
    answer = client.post(f"{API}/exports", json={"noun": "outcome", "format": "jsonl", **more})
    assert answer.status_code == 202
    id_: str = answer.get_json()["id"]
    assert answer.headers["Location"] == f"{API}/jobs/{id_}"
    return id_


def test_an_export_is_fetched_once_it_is_done(
    holder: FlaskClient, standard_settings: Settings
) -> None:
    id_ = export(holder)
    assert holder.get(f"{API}/jobs/{id_}/file").status_code == 404
    with open_platform(standard_settings) as platform:
        run_job(platform, id_, "tests")
    job = holder.get(f"{API}/jobs/{id_}").get_json()
    assert (job["state"], job["result"]["rows"]) == ("done", 5)
    file = holder.get(f"{API}/jobs/{id_}/file", buffered=True)
    assert (file.status_code, file.data.count(b"\n")) == (200, 5)
    assert "attachment; filename=outcome.jsonl" in file.headers["Content-Disposition"]
    assert (file.headers["Cache-Control"], file.headers.get("ETag")) == ("no-store", None)
    part = holder.get(f"{API}/jobs/{id_}/file", headers={"Range": "bytes=0-3"}, buffered=True)
    assert (part.status_code, part.data) == (200, file.data)
    assert str(standard_settings.home) not in str(job)


def test_a_job_is_cancelled_and_begun_anew(holder: FlaskClient) -> None:
    path = f"{API}/jobs/{export(holder)}"
    cancelled = holder.post(f"{path}/cancel").get_json()
    assert (cancelled["state"], cancelled["can_retry"]) == ("cancelled", True)
    assert holder.post(f"{path}/cancel").status_code == 409
    again = holder.post(f"{path}/retry")
    assert (again.status_code, again.get_json()["state"]) == (202, "waiting")
    assert again.headers["Location"] == path
    assert holder.post(f"{path}/retry").status_code == 409


def test_jobs_come_by_pages(holder: FlaskClient) -> None:
    ids = {export(holder), export(holder, language="en")}
    first = holder.get(f"{API}/jobs?limit=1&kind=export&state=waiting,running").get_json()
    cursor = first["next_cursor"]
    second = holder.get(
        f"{API}/jobs?limit=1&kind=export&state=waiting,running&cursor={cursor}"
    ).get_json()
    assert {one["id"] for page in (first, second) for one in page["items"]} == ids
    assert second["next_cursor"] is None
    assert holder.get(f"{API}/jobs?limit=1&cursor={cursor}").status_code == 422


def test_a_job_is_known_to_who_asked_and_to_admins_of_its_node(
    holder: FlaskClient, caller: Caller
) -> None:
    path = f"{API}/jobs/{export(holder)}"
    assert caller(Role.ADMIN).get(path).status_code == 200
    for client in (caller(Role.ADMIN, node="n3"), caller(Role.MANAGER, manager="m1")):
        missing = client.get(f"{API}/jobs/nothing").get_json()["detail"]
        for answer in (client.get(path), client.post(f"{path}/cancel")):
            assert answer.status_code == 404
            told = answer.get_json()["detail"].replace(path.rpartition("/")[2], "nothing")
            assert told == missing
        assert client.get(f"{API}/jobs").get_json()["items"] == []

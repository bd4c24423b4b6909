"""Imports over HTTP: a file is sent, read by a worker, looked at and taken back."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask.testing import FlaskClient

from matcher.actions.job_work import run_job
from matcher.bootstrap import open_platform
from matcher.domain.enums import Role
from matcher.settings import Settings
from matcher.web import uploads
from tests.web.conftest import Caller

API = "/api/v1"
ROWS = b"id,title,problem\nw8,Seals,Leaking seals\nw9,,\n"


@pytest.fixture
def admin(caller: Caller) -> FlaskClient:
    return caller(Role.ADMIN)


def send(client: FlaskClient, content: bytes = ROWS, name: str = "needs.csv", **more: str):  # type: ignore[no-untyped-def]
    form = {"file": (BytesIO(content), name), "noun": "need", **more}
    return client.post(f"{API}/imports", data=form, content_type="multipart/form-data")


def work(settings: Settings, job: str) -> None:
    with open_platform(settings) as platform:
        run_job(platform, job, "tests")


def test_a_file_is_read_by_a_worker_and_its_rows_are_looked_at(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    answer = send(admin, name="../../etc/needs.csv", partial="true")
    job = answer.get_json()
    assert (answer.status_code, job["kind"], job["arguments"]["file"]) == (
        *(202, "import", "needs.csv"),
    )
    assert admin.get(f"{API}/imports").get_json()["items"] == []
    work(standard_settings, job["id"])
    done = admin.get(answer.headers["Location"]).get_json()
    assert (done["state"], done["error"]) == ("done", {})
    [listed] = admin.get(f"{API}/imports").get_json()["items"]
    assert (listed["id"], listed["file"]) == (done["result"]["import"], "needs.csv")
    assert listed["counts"]["created"] == 1
    whole = admin.get(f"{API}/imports/{listed['id']}").get_json()
    assert [(row["row"], row["action"]) for row in whole["rows"]] == [(3, "refused")]
    assert whole["rows"][0]["problems"][0]["message"]
    report = admin.get(f"{answer.headers['Location']}/file", buffered=True)
    assert (report.status_code, report.mimetype) == (200, "application/octet-stream")
    assert b"refused" in report.data


def test_an_import_is_taken_back_by_a_worker(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    job = send(admin, partial="true").get_json()["id"]
    work(standard_settings, job)
    [listed] = admin.get(f"{API}/imports").get_json()["items"]
    undone = admin.post(f"{API}/imports/{listed['id']}/undo", json={})
    assert (undone.status_code, undone.get_json()["kind"]) == (202, "import_undo")
    work(standard_settings, undone.get_json()["id"])
    assert admin.get(f"{API}/needs/w8").status_code == 404
    assert admin.get(f"{API}/imports/{listed['id']}").get_json()["state"] == "undone"
    assert admin.post(f"{API}/imports/{listed['id']}/undo", json={}).status_code == 409


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"name": "needs.exe"}, 400),
        ({"mapping": "../../etc/passwd"}, 400),
        ({"node": "n9"}, 404),
        ({"noun": "account"}, 422),
        ({"colour": "red"}, 422),
        ({"dry_run": "perhaps"}, 422),
        ({"content": b""}, 422),
    ],
)
def test_what_is_not_read_is_no_job(
    admin: FlaskClient, more: dict[str, str], status: int, standard_settings: Settings
) -> None:
    assert send(admin, **more).status_code == status
    assert admin.get(f"{API}/jobs").get_json()["items"] == []
    folder = standard_settings.home / "jobs"
    assert not folder.exists() or not list(folder.iterdir())


def test_a_file_is_sent_as_a_form_and_has_an_end(
    admin: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert admin.post(f"{API}/imports", json={"noun": "need"}).status_code == 415
    monkeypatch.setattr(uploads, "MAX_UPLOAD", 100)
    assert send(admin, b"x" * 200).status_code == 413


def test_a_form_has_few_parts_and_of_who_is_no_admin_it_is_not_read(
    admin: FlaskClient, caller: Caller
) -> None:
    many = {f"f{n}": "x" for n in range(20)}
    kind = "multipart/form-data"
    assert admin.post(f"{API}/imports", data=many, content_type=kind).status_code == 413
    stranger = caller(Role.ENTERPRISE)
    assert stranger.post(f"{API}/imports", data=b"no", content_type=kind).status_code == 403


def test_an_import_is_the_business_of_the_admins_of_its_node(
    admin: FlaskClient, caller: Caller, standard_settings: Settings
) -> None:
    job = send(admin, partial="true").get_json()["id"]
    work(standard_settings, job)
    [listed] = admin.get(f"{API}/imports").get_json()["items"]
    manager, below = caller(Role.MANAGER, manager="m1"), caller(Role.ADMIN, node="n2")
    assert send(manager).status_code == 403
    assert send(below, node="n1").status_code == 403
    for client in (manager, below):
        assert client.get(f"{API}/imports").get_json()["items"] == []
        assert client.get(f"{API}/jobs/{job}").status_code == 404
        for answer in (
            client.get(f"{API}/imports/{listed['id']}"),
            client.post(f"{API}/imports/{listed['id']}/undo", json={}),
        ):
            assert answer.status_code == 404

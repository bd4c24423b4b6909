"""Import without a browser: handing in a file, earlier imports, and taking one back."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.actions.job_work import due, run_job
from matcher.bootstrap import open_platform
from matcher.domain.enums import Language, Role
from matcher.settings import Settings
from matcher.web import uploads
from tests.web.people import csrf_of, signed_in, token_in

ROWS = "编号,需求名称,需求描述\nX1,泵,漏水\nX2,,\n".encode()
HTMX = {"HX-Request": "true"}


@pytest.fixture
def admin(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    return signed_in(stranger, person("chief", Role.ADMIN, node="n1", language=Language.EN))


def send(
    client: FlaskClient, content: bytes = ROWS, name: str = "需求.csv", **more: str
) -> TestResponse:
    form = {"csrf_token": csrf_of(client), "noun": "need", **more}
    data = {**form, "file": (BytesIO(content), name)}
    return client.post("/import", data=data, content_type="multipart/form-data")


def work(settings: Settings) -> None:
    with open_platform(settings) as platform:
        for id_ in due(platform):
            run_job(platform, id_, "tests")


def post(client: FlaskClient, path: str, page: TestResponse) -> TestResponse:
    """Send the form of a page that goes to the path, as it stands there."""
    form = next(one for one in page.text.split("<form")[1:] if f'action="{path}"' in one)
    hidden = re.findall(r'name="(\w+)" value="([^"]*)"', form.split("</form>")[0])
    return client.post(path, data=dict(hidden))


def imported(client: FlaskClient, settings: Settings) -> str:
    """The address of an import that was made on the pages."""
    draft = send(client).headers["Location"].removesuffix("/columns")
    columns = client.get(f"{draft}/columns")
    post(client, f"{draft}/columns", columns)
    work(settings)
    done = post(client, f"{draft}/confirm", client.get(f"{draft}/check"))
    work(settings)
    return done.headers["Location"]


def test_an_import_is_looked_at_and_taken_back_once(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    run = imported(admin, standard_settings)
    text = admin.get(run).text
    assert "1 new, 1 refused" in text
    assert "No title and no text" in text
    assert b"refused" in admin.get(f"{run}/report", buffered=True).data
    assert "No title and no text" in admin.get(f"{run}/report").text
    assert f'href="{run}/undo"' in admin.get("/import").text
    asking = admin.get(f"{run}/undo")
    assert "that it made will be deleted" in asking.text
    for _ in range(2):
        assert post(admin, f"{run}/undo", asking).headers["Location"] == run
    assert 'id="progress"' in admin.get(f"{run}?progress=1", headers=HTMX).text
    work(standard_settings)
    assert admin.get(f"{run}?progress=1", headers=HTMX).headers["HX-Redirect"] == run
    assert "The import was undone" in admin.get(run).text
    assert "1 deleted" in admin.get(run).text
    assert f'href="{run}/undo"' not in admin.get("/import").text


@pytest.mark.parametrize(
    ("content", "name", "more", "said"),
    [
        (b"", "a.csv", {}, "This file can’t be read"),
        (b"<html>", "a.xlsx", {}, "This file can’t be read"),
        (ROWS, "a.exe", {}, "This can’t be imported as it is"),
        (ROWS, "", {}, "No file was chosen"),
        (ROWS, "a.csv", {"noun": "account"}, "Choose what the file holds"),
        (ROWS, "a.csv", {"source": "a b"}, "can&#39;t be the name of a source"),
    ],
)
def test_a_file_that_cant_be_imported_is_said_so_and_nothing_is_kept(
    admin: FlaskClient, content: bytes, name: str, more: dict[str, str], said: str
) -> None:
    answer = send(admin, content, name, **more)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Nothing was kept." in answer.text
    assert "Not finished" not in admin.get("/import").text


def test_a_file_may_be_larger_than_other_forms_and_has_an_end(
    app: Flask, admin: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    large = ROWS + b"X3,a,b\n" * 1000
    assert send(admin, large).status_code == 303
    monkeypatch.setattr(uploads, "MAX_UPLOAD", 2000)
    answer = send(admin, large)
    assert answer.status_code == 413
    assert "What was sent is too large" in answer.text


def test_an_import_that_is_cancelled_leads_back_to_its_check(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    draft = send(admin).headers["Location"].removesuffix("/columns")
    post(admin, f"{draft}/columns", admin.get(f"{draft}/columns"))
    work(standard_settings)
    run = post(admin, f"{draft}/confirm", admin.get(f"{draft}/check")).headers["Location"]
    job = "J-" + run.rsplit("/", 1)[1]
    page = admin.get(run)
    assert post(admin, f"/jobs/{job}/cancel", page).status_code == 303
    cancelled = admin.get(run)
    assert "The import was cancelled; nothing was written" in cancelled.text
    assert post(admin, f"{draft}/reopen", cancelled).headers["Location"] == f"{draft}/check"
    work(standard_settings)
    assert "What the check found" in admin.get(f"{draft}/check").text


def test_an_import_that_there_is_none_of_isnt_found(admin: FlaskClient) -> None:
    page = admin.get("/import")
    data = {"csrf_token": token_in(page)}
    assert admin.post("/import/runs/20261122-000000-aaaaaa/retry", data=data).status_code == 404
    assert admin.get("/import/runs/20261122-000000-aaaaaa").status_code == 404


@pytest.mark.parametrize("after", ["9" * 30, "-1", "x", "²"])
def test_a_row_that_there_cant_be_is_said_so(
    admin: FlaskClient, standard_settings: Settings, after: str
) -> None:
    answer = admin.get("/import/runs/I1", query_string={"after": after})
    assert answer.status_code == 400
    assert "is no row" in answer.text


def test_to_other_roles_it_isnt_there(stranger: FlaskClient, person: Callable[..., str]) -> None:
    client = signed_in(stranger, person("qin", Role.MANAGER, node="n1", manager="m1"))
    assert client.get("/import").status_code == 404
    assert send(client).status_code == 404

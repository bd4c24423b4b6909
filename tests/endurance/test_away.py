"""The database goes away and comes back, or the models' folder takes nothing: it is told in words,
the service lives, and is right again by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matcher.actions.job_work import run_job
from matcher.actions.jobs import ask, get_job
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun, Role
from matcher.domain.job import JobKind, JobState
from matcher.domain.visibility import SYSTEM
from matcher.setting_values import NO_LIMIT
from matcher.settings import Settings
from matcher.web import context
from matcher.web.app import create_app
from tests.platforms import outcome, put, standard_platform
from tests.servers import Stoppable, stoppable_server
from tests.web.conftest import token_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
ASKED = "/api/v1/needs/w1/matches?limit=3"


@pytest.fixture
def server() -> Iterator[Stoppable]:
    with stoppable_server() as server:
        yield server


def asking(app: Flask, platform: Platform) -> FlaskClient:
    client = app.test_client()
    token = token_of(platform, Role.MANAGER)
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def opened(settings: Settings) -> Flask:
    return create_app(settings.model_copy(update={"rate_limit": NO_LIMIT}))


def close(app: Flask) -> None:
    opened: context.Opened = app.extensions[context.EXTENSION]
    opened.platform().database.dispose()


def assert_away(client: FlaskClient) -> None:
    """Every request is told when to come back, but the one whether the process lives."""
    for path in ("/readyz", ASKED, "/api/v1/me"):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
        assert answer.get_json(force=True)["type"].endswith(":store_unavailable")
        assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert client.get("/healthz").status_code == 200


def test_a_server_that_is_stopped_and_started(server: Stoppable, tmp_path: Path) -> None:
    platform = standard_platform(tmp_path / "home", server.address)
    app = opened(platform.settings)
    client = asking(app, platform)
    before = client.get(ASKED).get_json()
    for _ in range(2):
        server.stop()
        assert_away(client)
        server.start()
        assert client.get("/readyz").status_code == 200
        assert client.get(ASKED).get_json() == before
    put(platform, Noun.OUTCOME, outcome("new", "Graphene", "graphene coating"))
    assert '"new"' in client.get(ASKED.replace("3", "9")).get_data(as_text=True)
    platform.database.dispose()
    close(app)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_disk_that_is_not_there_yet(
    platform: Platform,
    standard_settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file that is moved while it is open goes on being read, so here it never was."""
    monkeypatch.setattr(context, "PAUSE", 0.0)
    home, away = standard_settings.home, tmp_path / "away"
    client = asking(opened(standard_settings), platform)
    platform.database.dispose()
    home.rename(away)
    assert_away(client)
    assert not home.exists()
    away.rename(home)
    assert client.get(ASKED).status_code == 200
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("place", ["training", "models/.locks"])
def test_a_training_that_cannot_write(
    platform: Platform, standard_settings: Settings, place: str
) -> None:
    """A file stands where a folder has to be: so it fails for the superuser, too."""
    client = asking(opened(standard_settings), platform)
    before = client.get(ASKED).get_json()
    replaced_by_a_file(standard_settings.home / place)
    for kind, arguments in (
        (JobKind.TRAINING, {}),
        (JobKind.PUBLISH, {"version": before["model_version"]}),
    ):
        job = ask(platform, SYSTEM, kind, arguments)
        run_job(platform, job.id, "tests")
        failed = get_job(platform, SYSTEM, job.id)
        if kind is JobKind.TRAINING or place != "training":
            assert (failed.state, "can't be written" in failed.error["message"]) == (
                *(JobState.FAILED, True),
            )
            assert str(standard_settings.home) not in str(failed.error)
    assert client.get(ASKED).get_json() == before
    assert client.get("/readyz").get_json()["degraded"] == []
    assert [entry.version for entry in platform.library.versions()] == [before["model_version"]]


def replaced_by_a_file(folder: Path) -> None:
    if folder.exists():
        folder.rename(folder.with_name("elsewhere"))
    folder.write_text("", encoding="utf-8")

"""The page of models without a browser: what it says, and what its forms ask for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from matcher.actions.job_work import due, run_job
from matcher.actions.jobs import list_jobs
from matcher.actions.platform import Platform
from matcher.actions.ruling import Ruling
from matcher.domain.enums import Language, Role
from matcher.domain.job import JobKind
from matcher.domain.visibility import SYSTEM
from matcher.evaluate.comparison import Comparison
from tests.actions.test_models import again
from tests.web.people import csrf_of, signed_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def chief(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    """The browser of an admin of the root."""
    return signed_in(stranger, person("chief", Role.ADMIN, node="n1", language=Language.EN))


def send(client: FlaskClient, path: str, **form: str) -> int:
    data = {"csrf_token": csrf_of(client), "key": "k" * 20, **form}
    return client.post(path, data=data).status_code


def asked(platform: Platform) -> list[tuple[JobKind, dict[str, object]]]:
    return [(job.kind, job.arguments) for job in list_jobs(platform, SYSTEM).rows]


def work(platform: Platform) -> None:
    """A worker with the clock of the service."""
    served = replace(platform, now=lambda: datetime.now(UTC))
    for id_ in due(served):
        run_job(served, id_, "tests")


def test_a_training_that_is_sent_twice_is_asked_for_once(
    chief: FlaskClient, platform: Platform
) -> None:
    for _ in range(2):
        assert send(chief, "/models/trainings", publish="", recipe="") == 303
    [(kind, arguments)] = asked(platform)
    assert (kind, arguments["publish"]) == (JobKind.TRAINING, False)
    page = chief.get("/models").text
    assert "Waiting for a worker" in page
    seen = re.search(r"/models/work\?seen=([^\"]+)", page)
    assert seen is not None
    assert chief.get(f"/models/work?seen={seen[1]}", headers=HTMX).status_code == 204
    [id_] = [job.id for job in list_jobs(platform, SYSTEM).rows]
    answer = chief.post(
        f"/models/jobs/{id_}/cancel", data={"csrf_token": csrf_of(chief)}, headers=HTMX
    )
    assert "cancelled; nothing changed" in answer.text
    assert answer.headers["HX-Trigger"] == "models-changed"


def test_a_version_is_published_after_it_said_what_will_happen(
    chief: FlaskClient, platform: Platform
) -> None:
    first, second = platform.library.pointer().version, again(platform, seq=99)
    ask = chief.get(f"/models/{second}/publish", headers=HTMX).text
    assert f"go from {first} to {second}" in ask
    assert f"You can go back to {first} at any time" in ask
    assert send(chief, f"/models/{second}/publish", current="another") == 409
    assert send(chief, f"/models/{second}/publish", current=first) == 303
    work(platform)
    assert platform.library.pointer().version == second
    assert f"{second} is in use now" in chief.get("/models").text
    assert send(chief, f"/models/{first}/rollback", current=second, key="r" * 20) == 303
    work(platform)
    assert platform.library.pointer().version == first


def test_what_is_worse_needs_a_reason(chief: FlaskClient, platform: Platform) -> None:
    first = platform.library.pointer().version
    worse = Comparison(-0.03, -0.05, -0.01, 0.001, 88)
    metrics = Ruling(against=first, why="", comparison=worse).to_metrics()
    second = again(platform, metrics=metrics, parent=first)
    ask = chief.get(f"/models/{second}/publish").text
    assert "worse by .030 [.010, .050]" in ask
    assert 'name="why"' in ask
    assert send(chief, f"/models/{second}/publish", current=first) == 422
    assert asked(platform) == []
    assert send(chief, f"/models/{second}/publish", current=first, why="Better for us") == 303
    work(platform)
    assert platform.library.pointer().version == second


def test_to_an_admin_of_a_part_it_says_whose_it_is(
    stranger: FlaskClient, person: Callable[..., str]
) -> None:
    client = signed_in(stranger, person("east", Role.ADMIN, node="n2", language=Language.EN))
    answer = client.get("/models")
    assert answer.status_code == 403
    assert "admins of the core node" in answer.text
    assert client.get("/models/work", follow_redirects=True).status_code == 403
    part = client.get("/models/work", headers={"HX-Request": "true"})
    assert part.status_code == 403
    assert send(client, "/models/trainings") == 403


def test_to_other_roles_it_is_not_there(stranger: FlaskClient, person: Callable[..., str]) -> None:
    client = signed_in(stranger, person("qin", Role.MANAGER, node="n1", manager="m1"))
    for path in ("/models", "/models/work", "/models/compare", "/quality", "/duplicates"):
        assert client.get(path).status_code == 404

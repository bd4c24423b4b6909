"""Two versions side by side, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from matcher.actions import model_comparison
from matcher.actions.job_work import due, run_job
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Role
from tests.actions.test_models import again
from tests.web.people import csrf_of, signed_in


@pytest.fixture
def chief(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    """The browser of an admin of the root."""
    return signed_in(stranger, person("chief", Role.ADMIN, node="n1", language=Language.EN))


def test_with_one_version_there_is_nothing_to_compare(chief: FlaskClient) -> None:
    assert "There is nothing to compare yet" in chief.get("/models/compare").text


def test_both_are_asked_the_same_and_what_moved_is_shown(
    chief: FlaskClient, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = again(platform, seq=99), platform.library.pointer().version
    page = chief.get("/models/compare").text
    assert f"<option selected>{first}</option>" in page
    assert "not measured" in page
    named = {"first": first, "second": second}
    data = {"csrf_token": csrf_of(chief), "key": "k" * 20, **named}
    assert chief.post("/models/compare/same", data=data).status_code == 303
    assert "Waiting for a worker" in chief.get("/models/compare").text
    moved = {"need": "w1", "overlap": 0.5, "first": ["o1", "o2"], "second": ["o2", "gone"]}
    found: dict[str, Any] = {"why": "1 needs", "metrics": {}, "moved": [moved]}
    monkeypatch.setattr(model_comparison, "run_training", lambda *_, **__: found)
    for id_ in due(platform):
        run_job(platform, id_, "tests")
    done = chief.get("/models/compare").text
    assert "Graphene coating wanted" in done
    assert "50% alike" in done
    assert "石墨烯耐磨涂层" in done
    assert "too few needs were met" in done


def test_what_is_not_there_is_not_compared(chief: FlaskClient, platform: Platform) -> None:
    assert chief.get("/models/compare?first=x&second=y").status_code == 404
    data = {"csrf_token": csrf_of(chief), "key": "k" * 20, "first": "<b>", "second": "y"}
    assert chief.post("/models/compare/same", data=data).status_code == 404

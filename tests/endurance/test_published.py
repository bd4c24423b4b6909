"""Models are published and rolled back while many ask: nobody gets an error, and each answer is one
model's.

ENDURANCE_SWAPS sets how often; a few times in an ordinary run.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from flask.testing import FlaskClient

from matcher.actions.models import publish_model, rollback_model
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun, Role
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from matcher.web.answered import HEADER
from matcher.web.app import create_app
from tests.platforms import outcome, publish, put
from tests.web.conftest import token_of

SWAPS = int(os.environ.get("ENDURANCE_SWAPS", "4"))
ASKERS = 4
WORKERS = 2

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture
def kind() -> str:
    return "sqlite"


def ask(client: FlaskClient, over: Event) -> list[tuple[int, str, str]]:
    """Status, model by the header and model by the body, of every answer until it's over."""
    told = []
    while not over.is_set():
        answer = client.get("/api/v1/needs/w1/matches?limit=3&trl_min=1&facts=false")
        body = answer.get_json()
        told.append((answer.status_code, answer.headers.get(HEADER, ""), body["model_version"]))
        assert body["degraded"] == []
    return told


def clients(settings: Settings, token: str) -> list[FlaskClient]:
    """Callers of several applications, which keep models of their own as processes do."""
    apps = [create_app(settings) for _ in range(WORKERS)]
    made = [apps[number % WORKERS].test_client() for number in range(ASKERS)]
    for client in made:
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return made


def test_swaps_under_load_fail_no_request(platform: Platform, standard_settings: Settings) -> None:
    token = token_of(platform, Role.MANAGER)
    settings = Settings(**{**standard_settings.model_dump(), "rate_limit": "off"})
    first = platform.library.current().version
    second = publish(platform)
    rollback_model(platform, SYSTEM)
    over = Event()
    with ThreadPoolExecutor(ASKERS) as pool:
        asked = [pool.submit(ask, client, over) for client in clients(settings, token)]
        try:
            for turn in range(SWAPS):
                publish_model(platform, SYSTEM, second, "measured")
                put(platform, Noun.OUTCOME, outcome(f"new{turn}", "Graphene", "graphene coating"))
                rollback_model(platform, SYSTEM)
        finally:
            over.set()
        told = [each for one in asked for each in one.result()]
    assert {status for status, _, _ in told} == {200}
    assert all(header == body for _, header, body in told)
    assert {body for _, _, body in told} == {first, second}
    # The last answer of each is of what is current now.
    last = {client.get("/readyz").headers[HEADER] for client in clients(settings, token)}
    assert last == {first}

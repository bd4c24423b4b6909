"""Who is asking, over HTTP."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from matcher.actions.accounts import set_password
from matcher.bootstrap import open_platform
from matcher.domain.enums import Role
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from tests.web.conftest import Caller

API = "/api/v1"
OLD, NEW = "four words that fit", "four other words here"


@pytest.fixture
def m1(caller: Caller) -> FlaskClient:
    return caller(Role.MANAGER, manager="m1")


def test_one_is_told_who_one_is_and_changes_the_language(m1: FlaskClient) -> None:
    body = m1.get(f"{API}/me").get_json()
    assert (body["login"], body["acting_as"], body["node"]) == ("manager-n1-m1", ["manager"], "n1")
    assert (body["manager"], body["language"]) == ("m1", "zh")
    assert body["product_version"]
    changed = m1.patch(f"{API}/me", json={"language": "en", "name": "Li"}).get_json()
    assert (changed["language"], changed["name"]) == ("en", "Li")
    assert m1.get(f"{API}/me").get_json() == changed
    assert m1.patch(f"{API}/me", json={"roles": ["admin"]}).status_code == 422


def test_another_password_needs_the_old_one(m1: FlaskClient, standard_settings: Settings) -> None:
    with open_platform(standard_settings) as platform:
        set_password(platform, SYSTEM, "manager-n1-m1", OLD)
    wrong = m1.post(f"{API}/me/password", json={"old": NEW, "new": NEW})
    assert (wrong.status_code, wrong.get_json()["errors"][0]["loc"]) == (403, ["body", "old"])
    assert OLD not in wrong.get_data(as_text=True)
    right = m1.post(f"{API}/me/password", json={"old": OLD, "new": NEW})
    assert (right.status_code, right.data) == (204, b"")
    assert m1.post(f"{API}/me/password", json={"old": OLD, "new": NEW}).status_code == 403

"""Prompts over HTTP: what is due is told, and gone once it was confirmed."""

from __future__ import annotations

from datetime import date, timedelta

from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun, Role
from matcher.settings import Settings
from tests.platforms import outcome, put
from tests.web.conftest import Caller

API = "/api/v1"


def test_a_stale_listing_is_told_by_pages_until_it_is_confirmed(
    caller: Caller, standard_settings: Settings
) -> None:
    admin, stranger = caller(Role.ADMIN), caller(Role.ENTERPRISE)
    today = date.today()
    with open_platform(standard_settings) as platform:
        old = outcome("o8", "old", updated_at=today - timedelta(900), node="n1")
        over = outcome("o9", "over", valid_until=today - timedelta(3), node="n1")
        put(platform, Noun.OUTCOME, old, over)
    assert stranger.get(f"{API}/prompts").get_json()["items"] == []
    first = admin.get(f"{API}/prompts?limit=1").get_json()
    [expired] = first["items"]
    assert (expired["id"], expired["reason"], expired["days"]) == ("o9", "expired", 3)
    [stale] = admin.get(f"{API}/prompts?cursor={first['next_cursor']}").get_json()["items"]
    assert (stale["id"], stale["reason"], stale["noun"]) == ("o8", "stale", "outcome")
    path = f"{API}/outcomes/o8/confirm"
    assert admin.post(path).status_code == 428
    assert stranger.post(path, headers={"If-Match": '"1-000000000000"'}).status_code == 403
    tag = admin.get(f"{API}/outcomes/o8").headers["ETag"]
    answer = admin.post(path, headers={"If-Match": tag})
    assert answer.get_json()["updated_at"] == today.isoformat()
    assert admin.post(path, headers={"If-Match": tag}).status_code == 412
    assert [one["id"] for one in admin.get(f"{API}/prompts").get_json()["items"]] == ["o9"]

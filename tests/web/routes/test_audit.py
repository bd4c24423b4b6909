"""The audit over HTTP: for admins, by pages, and in itself."""

from __future__ import annotations

from flask.testing import FlaskClient

from matcher.domain.enums import Role
from tests.web.conftest import Caller

URL = "/api/v1/audit"


def test_an_admin_reads_what_was_done_by_pages(caller: Caller) -> None:
    admin = caller(Role.ADMIN)
    first = admin.get(f"{URL}?limit=1").get_json()
    [event] = first["items"]
    assert event.keys() == {"seq", "at", "actor", "login", "verb", "subjects"}
    assert (event["actor"], event["login"], event["verb"]) == ("operator", None, "token_made")
    assert [one["noun"] for one in event["subjects"]] == ["account", "token"]
    answer = admin.get(f"{URL}?limit=1&cursor={first['next_cursor']}")
    second = answer.get_json()
    assert [one["verb"] for one in second["items"]] == ["account_added"]
    assert second["next_cursor"] is None
    own = admin.get(f"{URL}?verb=read_audit").get_json()["items"]
    assert [one["login"] for one in own] == ["admin-n1"]


def test_it_is_narrowed_down(caller: Caller) -> None:
    admin = caller(Role.ADMIN)
    [made] = admin.get(f"{URL}?verb=account_added").get_json()["items"]
    [subject] = made["subjects"]
    about = f"{URL}?noun=account&id={subject['id']}"
    assert len(admin.get(about).get_json()["items"]) == 2
    assert admin.get(f"{about}&until=2020-01-01").get_json()["items"] == []
    assert admin.get(f"{URL}?noun=account").status_code == 422
    assert admin.get(f"{URL}?cursor=x").status_code == 422


def test_it_is_for_admins(caller: Caller, client: FlaskClient, stranger: FlaskClient) -> None:
    assert client.get(URL).status_code == 403
    assert stranger.get(URL).status_code == 401
    assert caller(Role.ADMIN, node="n3").get(URL).status_code == 200

"""The page of notices without a browser: what it shows, what opening one does, whose they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matcher.actions.notice_places import HERE, OWN, place_of
from matcher.actions.notice_reading import SeenNotice
from matcher.bootstrap import open_platform
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.notice import NoticeKind
from matcher.errors import StoreUnavailable
from matcher.settings import Settings
from matcher.store import accounts
from matcher.web import notice_shown
from tests.actions.notice_cases import about, keep, notice
from tests.platforms import NOW, outcome, put
from tests.web.people import csrf_of, signed_in

STILL = NoticeKind.STILL_VALID


@pytest.fixture
def lin(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    return signed_in(stranger, person("lin", Role.HOLDER, node="n1", language=Language.EN))


@pytest.fixture
def told(standard_settings: Settings) -> Callable[..., int]:
    """Keeps a notice of somebody by their login."""

    def kept(login: str, kind: NoticeKind, *subjects: tuple[str, str], days: int = 0) -> int:
        with open_platform(standard_settings) as platform:
            with platform.database.reading() as session:
                account = accounts.by_login(session, login)
            assert account is not None
            matters = [about(one) for one in subjects]
            at = NOW - timedelta(days=days)
            return keep(platform, notice(account.id, kind, *matters, at=at))

    return kept


def unread(client: FlaskClient) -> int:
    """What the bell says, on a page that has nothing to do with notices."""
    found = re.search(
        r'<span class="visually-hidden">Notices(?:, (\d+) unread)?<', client.get("/find").text
    )
    assert found is not None
    return int(found[1] or 0)


def test_they_stand_by_day_and_lead_to_where_one_sees_to_them(
    lin: FlaskClient, told: Callable[..., int]
) -> None:
    old = told("lin", STILL, ("outcome", "o1"), days=40)
    new = told("lin", STILL, ("outcome", "o1"), ("outcome", "o2"))
    assert unread(lin) == 2
    text = lin.get("/notices").text
    assert text.index("2 listings want a look") < text.index("Is “石墨烯耐磨涂层” still valid?")
    assert text.count("</span> New</span>") == 2
    data = {"csrf_token": csrf_of(lin)}
    answer = lin.post(f"/notices/{old}", data=data)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/outcomes/o1")
    assert unread(lin) == 1
    assert lin.post(f"/notices/{new}", data=data).headers["Location"] == "/outcomes"
    text = lin.get("/notices").text
    assert "</span> New</span>" not in text
    assert "Mark all as read" not in text


def test_all_are_read_that_were_on_the_page(lin: FlaskClient, told: Callable[..., int]) -> None:
    told("lin", STILL, ("outcome", "o1"))
    shown = lin.get("/notices").text
    last = re.search(r'name="last" value="(\d+)"', shown)
    assert last is not None
    told("lin", STILL, ("outcome", "o2"))
    data = {"csrf_token": csrf_of(lin), "last": last[1]}
    assert lin.post("/notices/read", data=data).headers["Location"] == "/notices"
    assert unread(lin) == 1
    for wrong in ("", "x", "-1", "9" * 40, "１"):
        assert lin.post("/notices/read", data={**data, "last": wrong}).status_code == 422


def test_nobody_elses_and_nothing_without_the_token(
    app: Flask, lin: FlaskClient, person: Callable[..., str], told: Callable[..., int]
) -> None:
    seq = told("lin", STILL, ("outcome", "o1"))
    boss = signed_in(app.test_client(), person("boss", Role.ADMIN, node="n1", language=Language.EN))
    assert "No notices" in boss.get("/notices").text
    assert boss.post(f"/notices/{seq}", data={"csrf_token": csrf_of(boss)}).status_code == 404
    assert lin.post(f"/notices/{seq}").status_code == 400
    assert lin.post(f"/notices/{10**30}", data={"csrf_token": csrf_of(lin)}).status_code == 404
    assert unread(lin) == 1


def test_whatever_is_in_a_title_is_text(
    lin: FlaskClient, told: Callable[..., int], standard_settings: Settings
) -> None:
    with open_platform(standard_settings) as platform:
        put(platform, Noun.OUTCOME, outcome("x", "<script>alert(1)</script> \u05d0" + "长" * 900))
    told("lin", STILL, ("outcome", "x"))
    text = lin.get("/notices").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_there_are_pages_of_them(lin: FlaskClient, told: Callable[..., int]) -> None:
    seqs = [told("lin", STILL, ("outcome", "o1")) for _ in range(53)]
    text = lin.get("/notices").text
    assert text.count("/notices/") - text.count("/notices/read") == 50
    assert f'href="/notices?before={seqs[3]}"' in text
    rest = lin.get(f"/notices?before={seqs[3]}").text
    assert f'action="/notices/{seqs[0]}"' in rest
    assert "Earlier ones" not in rest
    assert lin.get("/notices?before=x").status_code == 422


def test_the_bell_is_silent_where_the_store_is(
    lin: FlaskClient, told: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    told("lin", STILL, ("outcome", "o1"))

    def gone(*_: object) -> int:
        raise StoreUnavailable("gone")

    monkeypatch.setattr(notice_shown, "unread_count", gone)
    assert lin.get("/find").status_code == 200
    assert unread(lin) == 0


@pytest.mark.parametrize("role", Role)
def test_every_notice_leads_to_a_page_that_is_there(app: Flask, role: Role) -> None:
    addresses = app.url_map.bind("localhost")
    one, two = about(("need", "n"), ("outcome", "o")), about(("need", "m"), ("outcome", "p"))
    for kind in NoticeKind:
        for matters in ((one,), (one, two)):
            kept = notice("a", kind, *matters, key="need")
            path = place_of(SeenNotice(kept, matters, len(matters)), (role,))
            assert addresses.match(path.partition("?")[0])
    assert addresses.match(HERE)
    assert addresses.match(OWN)
